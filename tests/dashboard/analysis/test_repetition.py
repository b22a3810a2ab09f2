"""What is said a second time: figures of one origin, events of one day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.analysis.repetition import redated_event, repetitions, same_event, same_origin
from dashboard.snapshot import Snapshot
from loaders.model import Event, Mention
from loaders.vocabulary import Direction

ORIGINS = [
    ("Natural Resources Ministry", "Russia's Natural Resources Ministry", True),
    ("The  natural resources ministry", "Natural Resources Ministry", True),
    ("Vladimir Putin", "Putin", True),
    ("Natural Resources Ministry", "Ministry of Finance", False),
    ("the", "a", False),
    ("", "Putin", False),
]


@pytest.mark.parametrize(("one", "other", "same"), ORIGINS, ids=[f"{a} / {b}" for a, b, _ in ORIGINS])
def test_whether_two_names_may_be_of_one_speaker(one: str, other: str, same: bool) -> None:
    assert same_origin(one, other) is same
    assert same_origin(other, one) is same


CHANGES: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"basis": "REO"}, True),
    ({"value": 28.6e6}, False),
    ({"mineral": "lithium"}, False),
    ({"place": "UKR"}, False),
    ({"measure": "reserves"}, False),
]


@pytest.mark.parametrize(("changed", "found"), CHANGES, ids=[str(case[0]) for case in CHANGES])
def test_the_same_figure_is_known(data: Snapshot, changed: dict[str, Any], found: bool) -> None:
    known = data.claim("russia-rare-earths-holdings")
    again = known.model_copy(update={"id": "again", **changed})
    assert (known.id in [item.claim.id for item in repetitions(again, data.seeds.claims)]) is found


@pytest.mark.parametrize(("known", "again", "found"), [("up", "up", 1), ("up", "down", 0), (None, "down", 1)])
def test_a_rise_is_no_fall(data: Snapshot, known: str | None, again: str | None, found: int) -> None:
    seed = data.claim("russia-rare-metals-share")
    one, other = (
        seed.model_copy(update={"id": f"id-{n}", "direction": way and Direction(way)})
        for n, way in enumerate((known, again))
    )
    assert len(repetitions(other, [one])) == found


def test_a_share_of_the_world_is_the_same_with_and_without_the_world(data: Snapshot) -> None:
    known = data.claim("russia-rare-metals-share")
    again = known.model_copy(update={"id": "again", "compared_place": "WLD"})
    assert [item.claim.id for item in repetitions(again, data.seeds.claims)] == [known.id]


def test_a_claim_is_no_repetition_of_itself(data: Snapshot) -> None:
    claim = data.claim("russia-rare-earths-holdings")
    assert claim.id not in [item.claim.id for item in repetitions(claim, data.seeds.claims)]


PACT = Event(
    id="pact",
    what="The pact is signed",
    mentions=(
        Mention(
            source="post",
            date=date(2028, 3, 3),
            paragraph=1,
            phrase="Peru and Chile signed the copper pact in Arica on",
        ),
    ),
)
REDATED = [
    ("On 9 March 2028 Chile and Peru signed a copper pact in Arica", date(2028, 3, 9), True),
    ("The copper pact was signed by both ministers in Arica", date(2028, 3, 1), True),
    ("Ministers left the copper pact in Arica", date(2028, 3, 9), False),
    ("Peru and Chile signed a lithium pact in Arica", date(2028, 3, 9), False),
    ("Peru and Chile signed a copper pact in Arica", date(2028, 3, 14), False),  # after the document
    ("Peru and Chile signed a copper pact in Arica", date(2028, 2, 1), False),
]


@pytest.mark.parametrize(("words", "day", "found"), REDATED, ids=[f"{e[0]} {e[1]}" for e in REDATED])
def test_an_event_that_another_document_dates_otherwise(words: str, day: date, found: bool) -> None:
    published = {"post": date(2028, 3, 12)}
    assert redated_event(words, day, date(2028, 3, 20), [PACT], published) == (PACT if found else None)
    assert redated_event(words, day, date(2028, 3, 2), [PACT], published) is None


EVENTS = [
    ("Izvestia published an interview with Dmitriev", date(2025, 3, 31), "dmitriev-interview"),
    ("Izvestia published an interview with Dmitriev", date(2024, 3, 31), None),
    ("The council met about the bridge", date(2025, 3, 31), None),
    ("Izvestia published an interview with Dmitriev", None, None),
    ("The United States and Ukraine agreed on a draft deal", date(2025, 2, 24), None),
]


@pytest.mark.parametrize(("words", "day", "found"), EVENTS, ids=[f"{e[0]} {e[1]}" for e in EVENTS])
def test_a_known_event_is_found_by_its_days_and_words(
    data: Snapshot, words: str, day: date | None, found: str | None
) -> None:
    event = same_event(words, day, None, data.seeds.events)
    assert (event.id if event else None) == found
