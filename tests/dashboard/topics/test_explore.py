"""What can be chosen on Explore: links read back as they were written, and what is missing falls back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.topics.explore import PARAMETERS, choice_of, choosable_places, lists_words, offer
from dashboard.topics.parameters import SHARED_SCALE, link_of, settle_asked
from dashboard.topics.ranking import AUTO, FIRST, Choice

pytestmark = pytest.mark.slow

EDITIONS = {"usgs-mcs.2024": "USGS 2024", "usgs-mcs.2025": "USGS 2025"}


@dataclass(frozen=True, eq=False)
class Few:
    """As much of a snapshot as the parameters look at."""

    observations: pd.DataFrame
    edition_names: dict[str, str] = field(default_factory=lambda: EDITIONS)
    in_use: frozenset[str] = frozenset()
    later: dict[str, Any] = field(default_factory=dict)


SERIES = [
    ("2024", "rare-earths", "reserves", 2023, "t"),
    ("2025", "rare-earths", "reserves", 2024, "t"),
    ("2025", "rare-earths", "mine_production", 2023, "t"),
    ("2025", "rare-earths", "mine_production", 2024, "t"),
    ("2024", "lithium", "reserves", 2023, "t"),
    ("2025", "helium", "production", 2024, "m3"),
]


COLUMNS = ["edition", "mineral", "measure", "year", "unit"]
KNOWN = {"dataset": "usgs-mcs", "basis": "content", "status": "A", "place": "CHN", "value": 1.0}
DATA: Any = Few(pd.DataFrame(SERIES, columns=COLUMNS).assign(**KNOWN, lower=None, upper=None))


def settled(wanted: dict[str, str], data: Any = DATA) -> tuple[Choice, list[str]]:
    asked, missed = settle_asked(PARAMETERS, wanted, data)
    return choice_of(asked), missed


def link(choice: Choice, data: Any = DATA) -> dict[str, str]:
    """The link to a view."""
    asked = {name: str(value or "") for name, value in choice._asdict().items()}
    asked |= {"places": ",".join(choice.places), "reading": "published", "scales": SHARED_SCALE}
    return link_of(PARAMETERS, asked, data)


REE = Choice("rare-earths", "reserves", "usgs-mcs.2025", 2024)

SETTLED = [
    ("nothing is asked", {}, REE, 0),
    ("all as asked", {"mineral": "rare-earths", "measure": "mine_production", "year": "2023",
                      "places": "RUS,UKR", "which": "chosen", "unit": "Mt"},
     Choice("rare-earths", "mine_production", "usgs-mcs.2025", 2023, ("RUS", "UKR"), "chosen", "Mt"), 0),
    ("latest edition with figures", {"mineral": "lithium"},
     Choice("lithium", "reserves", "usgs-mcs.2024", 2023), 0),
    ("an edition without figures stays", {"mineral": "lithium", "edition": "usgs-mcs.2025"},
     Choice("lithium", "reserves", "usgs-mcs.2025", 0), 0),
    ("no such mineral", {"mineral": "unobtainium"}, REE, 1),
    ("a mineral without figures", {"mineral": "lanthanum"}, REE, 1),
    ("a measure that the mineral has not", {"mineral": "helium", "measure": "reserves"},
     Choice("helium", "production", "usgs-mcs.2025", 2024), 1),
    ("no such edition", {"edition": "usgs-mcs.1999"}, REE, 1),
    ("no such year", {"year": "1815"}, REE, 1),
    ("a year that is no number", {"year": "<b>"}, REE, 1),
    ("codes of no country", {"places": "RUS,XXX,,WLD,RUS"}, REE._replace(places=("RUS",)), 1),
    ("a unit of something else", {"unit": "m3"}, REE, 1),
    ("a unit that fits", {"mineral": "helium", "unit": "m3"},
     Choice("helium", "production", "usgs-mcs.2025", 2024, unit="m3"), 0),
    ("no such list of rows", {"which": "none"}, REE, 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "choice", "missed"), [case[1:] for case in SETTLED], ids=[c[0] for c in SETTLED]
)
def test_what_is_asked_becomes_a_view(wanted: dict[str, str], choice: Choice, missed: int) -> None:
    found, said = settled(wanted)
    assert found == choice
    assert len(said) == missed, said


IN_USE = [
    ({}, "usgs-mcs.2024", "usgs-mcs.2024"),
    ({"mineral": "helium"}, "usgs-mcs.2024", "usgs-mcs.2025"),  # the one in use has no helium
    ({"edition": "usgs-mcs.2025"}, "usgs-mcs.2024", "usgs-mcs.2025"),
]


@pytest.mark.parametrize(("wanted", "in_use", "edition"), IN_USE)
def test_the_edition_in_use_is_shown_where_it_has_the_table(
    wanted: dict[str, str], in_use: str, edition: str
) -> None:
    found, said = settled(wanted, Few(DATA.observations, in_use=frozenset({in_use})))
    assert (found.edition, said) == (edition, [])


def test_what_is_missing_is_named() -> None:
    said = settled({"mineral": "lanthanum", "measure": "capacity", "places": "XXX"})[1]
    assert said == [
        "There is no mineral “Lanthanum” to choose here; this is Rare earths.",
        "There is no measure “Capacity” to choose here; this is Reserves.",
        "No country has the code “XXX”.",
    ]


@given(
    places=st.lists(st.sampled_from(["RUS", "UKR", "CHN", "USA"]), unique=True),
    which=st.sampled_from(["first", "all", "chosen"]),
    unit=st.sampled_from([AUTO, "t", "kt", "Mt"]),
    year=st.sampled_from([2023, 2024]),
)
def test_a_link_is_read_back_as_it_was_written(places: list[str], which: str, unit: str, year: int) -> None:
    choice = Choice("rare-earths", "mine_production", "usgs-mcs.2025", year, tuple(places), which, unit)
    assert settled(link(choice)) == (choice, [])


LINKS = [
    (REE._replace(places=("RUS", "UKR"), which=FIRST),
     {"mineral": "rare-earths", "measure": "reserves", "edition": "usgs-mcs.2025", "year": "2024",
      "places": "RUS,UKR"}),
    (Choice("lithium", "reserves", "usgs-mcs.2025", 0, which="all", unit="kt", basis="LCE"),
     {"mineral": "lithium", "measure": "reserves", "edition": "usgs-mcs.2025", "which": "all", "unit": "kt",
      "basis": "LCE"}),
]  # fmt: skip


@pytest.mark.parametrize(("choice", "expected"), LINKS, ids=["places", "no such table"])
def test_a_link_holds_ids_and_no_labels(choice: Choice, expected: dict[str, str]) -> None:
    assert link(choice) == expected


LISTS = [
    ("rare-earths", "Rare earths: on US 2022, US 2025, EU 2024"),
    ("copper", "Copper: on US 2025, EU 2024"),
    ("helium", "Helium: on EU 2024"),
    ("iron-ore", "Iron ore: on none of the lists US 2022, US 2025, EU 2024"),
]


@pytest.mark.parametrize(("mineral", "lists"), LISTS, ids=[case[0] for case in LISTS])
def test_official_lists_are_named(mineral: str, lists: str) -> None:
    assert lists_words(mineral) == lists


def test_countries_can_be_chosen_also_if_no_table_names_them() -> None:
    codes = choosable_places()
    assert {"UKR", "RUS", "TUV"} <= set(codes)
    assert not {"WLD", "OTH"} & set(codes)


@pytest.mark.parametrize(
    ("printed", "bases"),
    [
        ("content", ["printed", "content", "LCE", "Li2O"]),
        ("LCE", ["printed", "content", "LCE", "Li2O"]),
        ("gross", ["printed"]),
        ("undefined", ["printed"]),
    ],
)
def test_only_what_is_printed_on_a_known_basis_is_offered_on_another(printed: str, bases: list[str]) -> None:
    line = {"mineral": "lithium", "measure": "reserves", "edition": "2025", "year": 2024, "unit": "t"}
    offered = offer(
        pd.DataFrame([line]).assign(dataset="usgs-mcs", basis=printed, is_forecast=False), EDITIONS
    )
    assert offered.bases("lithium", "reserves") == bases
