"""Rows of totals, and marks beside numbers: neither takes a name from above, nor a meaning, unsaid."""

from __future__ import annotations

import pytest

from loaders.spreadsheets.flags import split_flag
from loaders.spreadsheets.totals import total_of
from tests.loaders.spreadsheets.sheets import Rows, as_mapped, book, read

# word -> what it is a total of; None for a name
WORDS = [
    *[(word, "") for word in ("Total", "TOTAL:", "Summe", "Sum", "Итого", "Всего", "合计", "Total Africa")],
    *[(word, "some") for word in ("Subtotal", "Sub-total", "小计", "Zwischensumme")],
    *[(word, "all") for word in ("Grand total", "总计")],
    *[(word, None) for word in ("World total", "Togo", "Cobalt", "Sumatra", "", "5", "Totalan", "Plan")],
]


@pytest.mark.parametrize(("word", "of"), WORDS)
def test_words_for_totals_are_told_from_names(word, of):
    assert total_of(word) == of


MINE = "Mine production (t)"
HEAD = ["Mineral", "Country", "Year", MINE]

# layout -> rows, what is asked, what is answered, figures as 'mineral place'
TOTALS: dict[str, tuple[Rows, str, dict, dict[str, float]]] = {
    "below each mineral, in the first column": (
        [
            HEAD,
            ["Cobalt", "DR Congo", 2023, 5],
            [None, "Russia", 2023, 4],
            ["Итого", None, 2023, 9],
            ["Nickel", "Indonesia", 2023, 7],
            ["Итого", None, 2023, 7],
        ],
        "A total, as it seems, among the names of a mineral: 'Итого'. Name it under leave_out.",
        {"leave_out": ("Итого",)},
        {"cobalt COD": 5, "cobalt RUS": 4, "nickel IDN": 7},
    ),
    "among the countries": (
        [
            HEAD,
            ["Cobalt", "DR Congo", 2023, 5],
            [None, "Russia", 2023, 4],
            [None, "Total", 2023, 9],
            ["Nickel", "Indonesia", 2023, 7],
            [None, "Grand total", 2023, 16],
        ],
        "a place: 'Total', 'Grand total'. Say under [places] \"WLD\" for one that is the world's",
        {"places": {"Total": "WLD"}, "leave_out": ("Grand total",)},
        {"cobalt COD": 5, "cobalt RUS": 4, "cobalt WLD": 9, "nickel IDN": 7},
    ),
    "in a column that is not used": (
        [
            ["Region", "Country", "Mineral", "Year", MINE],
            ["Africa", "DR Congo", "Cobalt", 2023, 5],
            [None, None, "Copper", 2023, 4],
            ["Summe", None, "Cobalt", 2023, 9],
        ],
        "'Summe' in Region seems to be a total, and has no Country: name it under leave_out.",
        {"leave_out": ("Summe",)},
        {"cobalt COD": 5, "copper COD": 4},
    ),
}


@pytest.mark.parametrize(("rows", "asked", "said", "figures"), TOTALS.values(), ids=TOTALS)
def test_no_country_and_no_mineral_that_is_not_its_own_goes_down_to_a_total(rows, asked, said, figures):
    item = book({"D": rows})
    outcome = read(item)
    assert asked in outcome.asked
    places = {**outcome.mapping.places, **said.get("places", {})}
    told = {**said, "places": places, "questions": ()}
    for mapping in (
        outcome.mapping.model_copy(update={"questions": ()}),
        outcome.mapping.model_copy(update=told),
    ):
        found = as_mapped(item, mapping).figures
        wanted = (
            figures
            if mapping.leave_out
            else {key: value for key, value in figures.items() if "WLD" not in key}
        )
        assert {f"{mineral} {place}": value for (mineral, place, *_), (value, _) in found.items()} == wanted


# printed -> number and mark
MARKS = [
    ("650*", "650", "*"), ("1,200 (2)", "1,200", "(2)"), ("850 ᵃ", "850", "a"), ("850ᵉ", "850", "e"),
    ("20000 (a)", "20000", "a"), ("12 000 1)", "12 000", "1)"), ("450¹⁾", "450", "¹⁾"),
    ("6.3万", "6.3", "万"),
    ("66 0001)", "66 0001)", ""), ("12)", "12)", ""), ("1 200", "1 200", ""),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "number", "mark"), MARKS)
def test_a_mark_is_divided_from_its_number_where_it_is_sure_where_that_ends(printed, number, mark):
    assert split_flag(printed) == (number, mark)


def test_each_mark_is_asked_about_once_and_its_numbers_wait_for_the_answer():
    rows = [
        ["Country", "Tin mine production 2023 (t)"],
        ["Peru", "650*"],
        ["China", "700*"],
        ["Chile", "9 (2)"],
    ]
    item = book({"D": [*rows, ["Laos", "5ᵉ"], ["Cuba", "7¹"]]})
    outcome = read(item)
    assert outcome.asked.count("What does '*' beside a number mean in '650*'?") == 1
    assert outcome.asked.count("What does") == 2
    assert {place: told for (_, place, *_), told in outcome.figures.items()} == {
        "LAO": (5, "E"),
        "CUB": (7, "A"),
    }
    answers = {**outcome.mapping.flags, "*": "E", "(2)": "footnote 2"}
    answered = as_mapped(item, outcome.mapping.model_copy(update={"flags": answers}))
    assert answered.asked == ""
    assert {place: told for (_, place, *_), told in answered.figures.items()} == {
        "PER": (650, "E"), "CHN": (700, "E"), "CHL": (9, "A"), "LAO": (5, "E"), "CUB": (7, "A"),
    }  # fmt: skip
    assert {answered.notes[key] for key in answered.figures if key[1] in ("CHL", "CUB")} == {
        "footnote 2", "footnote 1",
    }  # fmt: skip


# unit of the header -> tonnes of '6.3万', None where it is asked
TENS_OF_THOUSANDS = [("吨", 63000), ("万吨", None), ("千克", None)]


@pytest.mark.parametrize(("unit", "tonnes"), TENS_OF_THOUSANDS)
def test_ten_thousands_are_read_beside_plain_tonnes_alone(unit, tonnes):
    outcome = read(book({"D": [["国家", f"锡矿山产量({unit}) 2023"], ["中国", "6.3万"], ["秘鲁", 500]]}))
    found = {place: value for (_, place, *_), (value, _) in outcome.figures.items()}
    assert found.get("CHN") == tonnes
    assert ("What does '万'" in outcome.asked) == (tonnes is None)
