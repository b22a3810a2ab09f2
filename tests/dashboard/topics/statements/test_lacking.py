"""What is said of an edition that lacks something, or has the very number, is true of its table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from dashboard.analysis.checks import EditionRef, check_all
from dashboard.snapshot import Snapshot
from dashboard.topics.statements.amounts import quantity_view
from dashboard.topics.statements.shares import share_view
from loaders.model import Claim
from loaders.names import mineral_name, place_name
from loaders.text import in_sentence
from loaders.vocabulary import Basis, Measure, ReserveClass
from tests import oracle_claims
from tests.figures import check_claim, claim, observations
from tests.long import some
from tests.specs import drawn
from tests.workspaces import SECOND, two

pytestmark = pytest.mark.slow

MEASURES = [Measure.RESERVES, Measure.MINE_PRODUCTION, Measure.REFINERY_PRODUCTION, Measure.PRODUCTION]
LACKS = re.compile(r"The edition has no figures of (?P<what>.+?)(?:; it has figures of (?P<has>.+))?\.")
NO_ROW = re.compile(
    r"(?P<place>.+) has no row (?:for (?P<year>\d+) )?in the (?P<mineral>.+) tables"
    r"(?: of (?P<measure>.+?))?(?:; its last one is for (?P<last>\d+))?\."
)


def asked(data: Snapshot) -> Iterator[Claim]:
    """Amounts of Russia and Bolivia, of minerals and stages that one dataset or none has."""
    for mineral in [*some(sorted(data.observations["mineral"].unique()), 20), "cobalt", "lithium"]:
        for measure in MEASURES:
            for place in ("RUS", "BOL"):
                yield claim(mineral=mineral, measure=measure, place=place, value=1.0, printed_value="1")


def test_each_sentence_of_what_is_missing_is_true() -> None:
    """Of a survey with mine production of four minerals beside the bundled editions."""
    data, told = two(), set()
    asked_of = {f"{number}": item for number, item in enumerate(asked(data))}
    named = [item.model_copy(update={"id": name}) for name, item in asked_of.items()]
    for name, checks in check_all(named, data.observations, data.editions).items():
        item = asked_of[name]
        for check in checks:
            table = data.observations
            table = table[(table["dataset"] == check.dataset) & (table["edition"] == check.edition)]
            own = table[table["mineral"] == item.mineral]
            for found in filter(None, (LACKS.fullmatch(reason) for reason in check.reasons)):
                told.add("lacks")
                labels = {in_sentence(Measure(code).label) for code in own["measure"].unique()}
                assert (found["what"] == in_sentence(mineral_name(item.mineral or ""))) == own.empty
                assert not {*re.split(r" or | of ", found["what"])} & labels
                assert set(filter(None, re.split(", | and ", found["has"] or ""))) == labels
            for found in filter(None, (NO_ROW.fullmatch(reason) for reason in check.reasons)):
                told.add("no row")
                assert found["place"] == place_name(item.place)
                rows = own[own["place"] == item.place]
                if found["measure"]:
                    labels = rows["measure"].map(lambda code: in_sentence(Measure(code).label))
                    rows = rows[labels == found["measure"]]
                assert rows[rows["year"] == int(found["year"])].empty if found["year"] else rows.empty
    assert told == {"lacks", "no row"}


RESERVES = {"class": "reserve", "scheme": "usgs-circular-831"}
USGS = EditionRef("usgs-mcs", "2025", "USGS", "U.S. Geological Survey")
MISSING = [
    ("another measure",
     [{"place": "RUS", "mineral": "cobalt"},
      {"place": "RUS", "measure": "mine_production", "class": "not_applicable"}],
     "The edition has no figures of reserves or resources of rare earths; it has figures of mine "
     "production."),
    ("another mineral", [{"place": "RUS", "mineral": "cobalt"}],
     "The edition has no figures of rare earths."),
    ("another year", [{"place": "CHN", "year": 2024}, {"place": "RUS", "year": 2019}],
     "Russia has no row for 2024 in the rare earths tables of reserves; its last one is for 2019."),
    ("the place under another measure",
     [{"place": "CHN"}, {"place": "RUS", "measure": "mine_production", "class": "not_applicable"}],
     "Russia has no row in the rare earths tables of reserves."),
    ("no such place", [{"place": "CHN"}], "Russia has no row in the rare earths tables."),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "words"), [case[1:] for case in MISSING], ids=[case[0] for case in MISSING])
def test_what_is_missing(rows: list[dict[str, object]], words: str) -> None:
    table = observations([{"value": 5.0, **row} for row in rows])
    (found,) = check_claim(claim(value=5.0, printed_value="5"), table, [USGS])
    assert (str(found.outcome), found.reasons) == ("cannot_check", (words,))


# The same number ----------------------------------------------------------------------------------------

VAGUE = {"reserve_class": ReserveClass.UNDEFINED, "basis": Basis.UNDEFINED}
NUMBERS = [
    ("the very number", {**VAGUE, "value": 3.8e6, "printed_value": "3.8"}, "ministry",
     "The 3.8 Mt stated for Russia is the number of USGS 2026; class and basis not stated"),
    ("the publisher's own", {**VAGUE, "value": 3.8e6, "printed_value": "3.8"}, "the U.S. Geological Survey",
     "The 3.8 Mt stated for Russia is the same number as the latest statistic, 3.8 Mt"),
    ("the publisher's own, called holdings",
     {**VAGUE, "measure": Measure.HOLDINGS, "value": 3.8e6, "printed_value": "3.8"},
     "the U.S. Geological Survey",
     "The 3.8 Mt stated for Russia is the number of USGS 2026, which it names; class and basis not stated"),
    ("rounded", {**VAGUE, "value": 4e6, "printed_value": "4"}, "ministry",
     "The 4 Mt stated for Russia fits USGS 2026, 3.8 Mt; class and basis not stated"),
    ("another number", {**VAGUE, "value": 28.5e6, "printed_value": "28.5"}, "ministry",
     "The 28.5 Mt stated for Russia is 7.5 times the latest statistic, and may not count the same thing: "
     "class and basis not stated"),
    ("the same, and told", {"value": 3.8e6, "printed_value": "3.8"}, "ministry",
     "The 3.8 Mt stated for Russia is the same number as the latest statistic, 3.8 Mt"),
    ("the same of another class", {"reserve_class": ReserveClass.STATE_BALANCE, "value": 3.8e6,
                                   "printed_value": "3.8"}, "ministry",
     "The 3.8 Mt stated for Russia is the same number as the latest statistic, and the two do not count "
     "the same thing"),
    ("at least", {"lower": 3e6}, "ministry",
     "The at least stated for Russia agrees with USGS 2026, which has 3.8 Mt"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "origin", "title"), [case[1:] for case in NUMBERS], ids=[case[0] for case in NUMBERS]
)
def test_a_number_that_an_edition_prints_is_said_to_be_that(
    data: Snapshot, stated: dict[str, object], origin: str, title: str
) -> None:
    item = data.claim("russia-rare-earths-holdings").model_copy(
        update={**_told(), "value": None, "printed_value": "at least", "chain": (origin,), **stated}
    )
    view = quantity_view(item, check_claim(item, data.observations, data.editions), data)
    assert drawn(view).title == title


def _told() -> dict[str, object]:
    """What an amount says that counts what the USGS counts."""
    usual = claim()
    return {name: getattr(usual, name) for name in ("measure", "reserve_class", "scheme", "basis")}


# Shares -------------------------------------------------------------------------------------------------


@cache
def long_series() -> Snapshot:
    """The survey with rare earths back to 1992, ten times as much then, without a printed total."""
    data = two()
    table = data.observations
    survey = (table["dataset"] == SECOND) & (table["mineral"] == "rare-earths")
    rows = table[survey & (table["place"] != "WLD") & table["value"].notna()]
    one = rows[rows["year"] == rows["year"].max()]
    times = (one["place"] == "RUS").map({True: 10.0, False: 1.0})
    early = [one.assign(year=year, value=one["value"] * times) for year in (1992, 2012)]
    return replace(data, observations=pd.concat([table[~survey], rows, *early], ignore_index=True))


def test_a_share_is_of_the_latest_years_and_its_whole_is_told_by_publisher() -> None:
    data = long_series()
    item = data.claim("russia-rare-metals-share")
    view = share_view(item, data.checks[item.id], data)
    chart, panels = drawn(view), drawn(view).drawing.panels
    facts = oracle_claims.Facts(
        data.observations, {item.id: item}, (), {SECOND: "Survey", "usgs-mcs": "USGS"}, None, {},
        data.observations.iloc[:0],
    )  # fmt: skip
    pattern, judge = next(case[1:] for case in oracle_claims.CLAIMS if case[0] == "share in editions")
    found = re.fullmatch(pattern, chart.title)
    assert found, chart.title
    assert not judge(found, {"claim": item.id}, facts)
    assert "Survey 2026 goes back to 1992; its latest years are drawn." in chart.subtitle
    assert not any("1992" in label for panel in panels for label in panel.rows["label"])
    of_its_year = drawn(share_view(item.model_copy(update={"year": 1993}), data.checks[item.id], data))
    labels = {label for panel in of_its_year.drawing.panels for label in panel.rows["label"]}
    assert {label[:4] for label in labels if "Survey" in label} == {"1992", "2012"}
    assert "stage of production not stated, year 1993" in of_its_year.drawing.panels[0].subtitle
    told = " ".join(panel.subtitle for panel in panels)
    assert "the sum of the printed rows, for no world total is printed (Survey)" in told
    assert "printed world total (USGS)" in told
