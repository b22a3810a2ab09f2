"""Tables that no publisher should print, but somebody hands in: no page breaks, no sentence is false."""

from __future__ import annotations

import math
import re
import tempfile
from functools import cache
from itertools import count, product
from xml.etree import ElementTree

import pandas as pd
import pytest

from dashboard import exports
from dashboard.charts.chart import Chart, Map, Stack
from dashboard.charts.view import View
from dashboard.drawing.draw import sketch
from dashboard.snapshot import Snapshot
from dashboard.topics.parameters import settle_asked
from loaders.store import catalogue, install, read_all
from loaders.vocabulary import Status
from tests.long import some
from tests.sweep import flaws, topics
from tests.workspaces import bundled

pytestmark = pytest.mark.slow

ODD = "odd-survey"
WITHHELD = math.nan
TABLES: dict[tuple[str, str], dict[str, list[float]]] = {
    ("lithium", "reserves"): {"CHL": [31_000], "AUS": [20], "WLD": [100]},
    ("gallium", "mine_production"): {"CHN": [2], "RUS": [1], "WLD": [3]},
    ("gallium", "reserves"): {"CHN": [100.005], "RUS": [0], "WLD": [100]},
    ("cobalt", "mine_production"): {"COD": [0], "RUS": [0], "WLD": [0]},
    ("cobalt", "reserves"): {"COD": [5], "RUS": [5], "WLD": [0]},
    ("tin", "mine_production"): {"CHN": [7]},
    ("tin", "reserves"): {"CHN": [0], "AUS": [0]},
    ("zinc", "mine_production"): {"CHN": [60], "AUS": [40], "PER": [20], "WLD": [100]},
    ("iron-ore", "mine_production"): {"AUS": [5, 7], "WLD": [12]},
    ("iron-ore", "reserves"): {"AUS": [99.96], "CHN": [0.04], "WLD": [100]},
    ("vanadium", "mine_production"): {"CHN": [50], "RUS": [0], "WLD": [50]},
    ("graphite", "mine_production"): {"CHN": [60], "MOZ": [40]},
    ("nickel", "mine_production"): {"OTH": [500], "WLD": [500]},
    ("niobium", "mine_production"): {"CHN": [WITHHELD], "VNM": [3], "RUS": [2], "WLD": [100]},
    ("tellurium", "reserves"): {"CHN": [3], "RUS": [2], "OTH": [4], "WLD": [100]},
    ("tungsten", "reserves"): {"CHN": [1e99], "RUS": [1e-30], "WLD": [1]},
    ("tungsten", "mine_production"): {"CHN": [31_000], "RUS": [1e-30], "WLD": [100]},
    ("antimony", "reserves"): {"CHN": [1e300], "RUS": [1e300], "WLD": [1e300]},
    ("antimony", "mine_production"): {"CHN": [1e300], "TJK": [5], "WLD": [2e300]},
}
ABSURD = ("tungsten", "antimony", "lithium", "gallium", "cobalt")


@cache
def odd() -> Snapshot:
    """The bundled editions, and beside them one of `TABLES`, in tonnes."""
    own = bundled()
    rows, numbers = own.observations, count(2)
    same = (rows["mineral"] == "lithium") & (rows["edition"] == "2026") & (rows["place"] == "CHL")
    like = {name: rows[same & (rows["measure"] == name)].iloc[0] for name in ("mine_production", "reserves")}
    made = [
        {**like[measure], "dataset": ODD, "mineral": mineral, "place": place, "value": value,
         "printed_value": "W" if math.isnan(value) else str(value), "printed_name": place,
         "status": str(Status.WITHHELD if math.isnan(value) else Status.AS_PUBLISHED),
         "row": next(numbers), "note": "", "year": 2025, "detail": "", "file": "odd.csv"}
        for (mineral, measure), places in TABLES.items()
        for place, values in places.items() for value in values
    ]  # fmt: skip
    table = pd.DataFrame(made)[list(rows)].astype(rows.dtypes)
    item, home = own.installed("usgs-mcs", "2026"), tempfile.mkdtemp(prefix="odd-")
    names = {"id": ODD, "title": "Odd Survey", "short_title": "Odd Survey", "publisher": "Odd Survey"}
    dataset = item.dataset.model_copy(update={**names, "abbreviation": "Odd"})
    install(table, dataset, item.edition.model_copy(update={"dataset": ODD, "edition": "2026"}), home)
    found = catalogue(home)
    return Snapshot(found, read_all(found), own.seeds)


def seen(topic: str, **wanted: str) -> View:
    """The view of a choice of the odd edition; it has no flaw."""
    found = topics()[topic]
    asked = settle_asked(found.PARAMETERS, {"edition": f"{ODD}.2026", **wanted}, odd())[0]
    view = found.view(asked, odd())
    assert flaws(view) == []
    return view


EXPLORED = [
    ("lithium", "reserves",
     "Chile has the largest number printed for reserves of lithium: 31 kt, "
     "more than the printed world total (2025)"),
    ("gallium", "reserves",
     "China has the largest number printed for reserves of gallium: 100 t, "
     "more than the printed world total (2025)"),
    ("cobalt", "mine_production",
     "Mine production of cobalt: every country that has a number has zero (2025)"),
    ("cobalt", "reserves",
     "DR Congo and Russia have the largest number printed for reserves of cobalt: 5 t (2025)"),
    ("iron-ore", "mine_production", "Mine production of iron ore: no country has a single number (1 with "
     "several rows that are not added up), 2025"),
    ("vanadium", "mine_production",
     "China accounts for 100 % of the world’s mine production of vanadium (2025)"),
    ("nickel", "mine_production",
     "Mine production of nickel: no single country is named, only Other countries (2025)"),
    ("niobium", "mine_production",
     "Mine production of niobium: Vietnam has the largest number printed, 3 % of the world total; "
     "95 % of the total is in no row (China withheld), 2025"),
    ("tellurium", "reserves",
     "Reserves of tellurium: China has the largest number printed, 3 % of the world total; "
     "91 % of the total is in no row (2025)"),
]  # fmt: skip


@pytest.mark.parametrize(("mineral", "measure", "title"), EXPLORED)
def test_what_explore_says(mineral: str, measure: str, title: str) -> None:
    chart = seen("explore", mineral=mineral, measure=measure).chart
    assert chart
    assert chart.title == title


CONCENTRATED = [
    ("lithium", "Chile has the largest number printed for reserves of lithium (31 kt), 2025"),
    (
        "gallium",
        "China has the largest number printed for reserves of gallium (100 t) and makes 67 % of mine "
        "production (2025)",
    ),
    ("cobalt", "DR Congo, tied, has the largest number printed for reserves of cobalt (5 t), 2025"),
    ("tin", "China is the only country with a number for mine production of tin, 7 t (2025)"),
    ("zinc", "China makes 60 % of mine production of zinc (2025)"),
    ("iron-ore", "Australia holds 99.96 % of reserves of iron ore (2025)"),
    ("vanadium", "China makes 100 % of mine production of vanadium (2025)"),
    ("niobium", "Vietnam makes 3 % of mine production of niobium (95 % of the total in no row), 2025"),
]


@pytest.mark.parametrize(("mineral", "title"), CONCENTRATED)
def test_what_concentration_says(mineral: str, title: str) -> None:
    chart = seen("concentration", mineral=mineral).chart
    assert chart
    assert chart.title == title


def test_shares_of_a_total_that_is_too_small_say_so() -> None:
    tiles = {tile.about: tile.figure for tile in seen("concentration", mineral="zinc").tiles}
    assert tiles["of mine production in the first three: China, Australia, Peru"] == (
        "120 % (total smaller than its rows)"
    )
    of_gallium = [tile.figure for tile in seen("concentration", mineral="gallium").tiles]
    assert of_gallium[:4] == ["not computed", "not computed", "100 %", "5,600"]


@pytest.mark.parametrize("critical_list", ["us-2022", "us-2025", "eu-2024"])
def test_a_list_at_a_glance_stands(critical_list: str) -> None:
    chart = seen("glance", list=critical_list).chart
    assert chart
    assert "nan" not in str(chart.drawing)


def _absurd() -> list[tuple[str, dict[str, str]]]:
    """A choice of every topic for every third absurd table; of topics without a mineral, one."""
    found: list[tuple[str, dict[str, str]]] = []
    for name, topic in topics().items():
        asks = {item.name for item in topic.PARAMETERS}
        if "mineral" not in asks:
            found.append((name, {"edition": f"{ODD}.2026"} if "edition" in asks else {}))
            continue
        measures = ("reserves", "mine_production") if "measure" in asks else ("",)
        found += [
            (name, {"dataset": ODD, "edition": f"{ODD}.2026", "mineral": mineral, "measure": measure})
            for mineral, measure in some(product(ABSURD, measures), 3, start=len(found) % 3)
        ]
    return found


@pytest.mark.parametrize(("topic", "wanted"), _absurd())
def test_an_absurd_value_breaks_no_page_no_drawing_and_no_file(topic: str, wanted: dict[str, str]) -> None:
    found = topics()[topic]
    asked = settle_asked(found.PARAMETERS, wanted, odd())[0]
    view = found.view(asked, odd())
    assert flaws(view) == []
    if view.chart is None:
        assert view.empty
        return
    assert "rgb(-" not in str(sketch(view.chart))
    ElementTree.fromstring(exports.file_of("svg", view, odd().stamp))
    for kind in ("csv", "json", "xlsx", "pptx"):
        assert exports.file_of(kind, view, odd().stamp)


def test_what_an_edition_does_not_name_another_one_says() -> None:
    told = seen("stages", mineral="copper").empty
    assert told.startswith("Odd 2026 names no country that mines, refines or holds copper. ")
    assert re.search(r" USGS 2026: Chile mines (at most )?[\d.]+ % \(2025\)\.$", told)


def test_a_country_with_zero_has_no_rank() -> None:
    """Vanadium of China 50 t, of Russia 0 t."""
    view = seen("explore", mineral="vanadium", measure="mine_production")
    assert isinstance(view.chart, Chart)
    assert view.chart.table["rank"].isna().tolist()[:2] == [False, True]
    assert dict(view.cards[0].facts)["not ranked, zero"] == "Russia"
    assert isinstance(view.chart.drawing, Stack)
    assert view.chart.drawing.panels[0].rows["label"].tolist() == ["1 China", "Russia"]


def test_a_map_without_a_world_total_shades_shares_of_what_is_printed() -> None:
    chart = seen("map", mineral="graphite", measure="mine_production", by="share").chart
    assert isinstance(chart, Chart)
    assert "of the printed mine production of graphite" in chart.title
    assert isinstance(chart.drawing, Map)
    assert chart.drawing.heading == "Share of the printed mine production of graphite (natural), 2025"
