"""Events with their dates: exact, about, or counted from the article's own day."""

from __future__ import annotations

from datetime import date

import pytest

from loaders.articles import read_article

DAY = date(2025, 3, 31)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("On 18 February 2025", date(2025, 2, 18), None),
        ("On Feb. 18", date(2025, 2, 18), None),
        ("On February 18th, 2024,", date(2024, 2, 18), None),
        ("On 2025-01-09", date(2025, 1, 9), None),
        ("On 9.1.2025", date(2025, 1, 9), None),
        ("In mid-April", date(2025, 4, 11), date(2025, 4, 20)),
        ("In early June", date(2025, 6, 1), date(2025, 6, 10)),
        ("In February", date(2025, 2, 1), date(2025, 2, 28)),
        ("On Monday", date(2025, 3, 31), None),
        ("On Sunday", date(2025, 3, 30), None),
        ("Last month", date(2025, 2, 1), date(2025, 2, 28)),
        ("In the second half of 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("In the fourth quarter of 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("In Q1 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("Until Nov. 27, 2026", date(2026, 11, 27), None),
        ("Last week", date(2025, 3, 24), date(2025, 3, 30)),
        ("Yesterday", date(2025, 3, 30), None),
    ],
)
def test_date_words(words: str, first: date, last: date | None):
    events = read_article(f"{words} the two sides signed a deal about lithium.", date=DAY).events
    assert [(event.date, event.until) for event in events] == [(first, last)]


def test_without_a_day_the_date_stays_open():
    event = read_article("On Monday the two sides signed a deal about lithium.").events[0]
    assert event.date is None
    assert "no date to count from" in event.decision
    assert event.printed_date == "On Monday"


def test_the_following_week_counts_from_the_day_before_it():
    text = "On March 26 he said that the lithium deal could be signed as early as the following week."
    events = read_article(text, date=date(2025, 4, 20)).events
    assert [(event.date, event.until) for event in events] == [
        (date(2025, 3, 26), None),
        (date(2025, 3, 31), date(2025, 4, 6)),
    ]


def test_what_lies_ahead_is_planned():
    text = "The lithium talks are scheduled for mid-April. The first round was held on 2 March."
    ahead, held = read_article(text, date=DAY).events
    assert (ahead.planned, held.planned) == (True, False)
    text = "Talks about lithium began on 14 March and will resume next Tuesday."
    assert [event.planned for event in read_article(text, date=DAY).events] == [False, True]
    assert [event.planned for event in read_article(text).events] == [False, True]


def test_the_phrase_holds_the_words_around_its_date_and_no_marks_of_links():
    text = (
        "China imposed the controls on gallium on 1 August 2023 and banned exports to the United States on "
        "3 December 2024; the ban was suspended until 27 November 2025.\n"
        "The minister [said](#) last month that Chile would share lithium."
    )
    assert [event.phrase for event in read_article(text, date=DAY).events] == [
        "China imposed the controls on gallium on 1 August 2023",
        "and banned exports to the United States on 3 December",
        "the ban was suspended until 27 November 2025.",
        "Chile would share lithium.",
    ]


def test_an_impossible_day_is_no_event():
    assert read_article("On 31 February 2025 they signed a lithium deal.", date=DAY).events == ()


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Zambia dug up 5 tonnes of copper, the chamber of mines said on Tuesday.", []),
        ("Zambia sold 5 tonnes of copper last year, he said.", []),
        ("A copper mine in Texas gets $94 million, officials said Tuesday.", []),
        ("The minister said on 3 March that the copper would be shared.", ["3 March"]),
        ("On Tuesday the minister told reporters that the copper would be shared.", ["On Tuesday"]),
        ("Zambia banned copper exports on 3 May, the minister said.", ["3 May"]),
        ("Copper exports slumped 41% in July after the ban, customs said on Tuesday.", []),
        ("Copper rose to $9 a pound this week, from $8 at the start of the year.", []),
        ("Zambia will lift the ban on copper on 3 May, the ministry said on Sunday.", ["3 May"]),
        ("Copper sank to $9 a pound in February, when Zambia halted exports.", ["in February"]),
        ("Published: 2 April 2025, 09:14 GMT\nZambia mines copper.", []),
    ],
)
def test_the_day_of_a_number_that_somebody_gave_is_no_event(text: str, dated: list[str]):
    assert [event.printed_date for event in read_article(text).events] == dated


def test_a_text_without_minerals_has_no_events():
    assert read_article("On 3 March 2025 the two sides signed a deal about fish.").events == ()
