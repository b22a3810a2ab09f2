"""What pages open with where nothing says it: the newest figures, whatever else is installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from dashboard.snapshot import Snapshot
from dashboard.topics import revisions
from dashboard.topics.explore import offered_by
from dashboard.topics.home import headlines
from dashboard.topics.pages import PAGES
from dashboard.topics.parameters import settle_asked
from dashboard.topics.tabs import tab_links
from loaders.store import Catalogue
from tests.figures import bundled_data

pytestmark = pytest.mark.slow  # every mineral on seven pages, beside made-up datasets

BY_NAME = {page.name: page for page in PAGES}
OF_A_MINERAL = ("mineral", "explore", "map", "concentration", "over-time", "prices", "revisions")
OF_ALL = ("country", "compare", "figures")
OUTPUT = ("mine_production", "refinery_production", "smelter_production", "production")


@cache
def beside(later: int, name: str) -> Snapshot:
    """All that is bundled, and an edition of somebody's own with its output, so many years later."""
    data = bundled_data()
    item = data.installed("usgs-mcs", "2026")
    rows = data.observations
    rows = rows[(rows["edition"] == "2026") & rows["measure"].isin(OUTPUT)]
    rows = rows.assign(dataset=name, edition="2017", year=rows["year"] + later)
    own = replace(
        item,
        dataset=item.dataset.model_copy(update={"id": name, "title": name, "short_title": name}),
        edition=item.edition.model_copy(update={"dataset": name, "edition": "2017"}),
        bundled=False,
    )
    editions = sorted([*data.catalogue.editions, own], key=lambda one: one.edition.id)
    found = Catalogue(tuple(editions), data.catalogue.national)
    return Snapshot(found, pd.concat([data.observations, rows], ignore_index=True), data.seeds)


def opened(data: Snapshot) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Page, mineral, and what the page opens with."""
    for page in OF_A_MINERAL:
        for mineral in offered_by(data).minerals:
            asked, _ = settle_asked(BY_NAME[page].parameters, {"mineral": mineral}, data)
            yield page, mineral, asked
    for page in OF_ALL:
        yield page, "", settle_asked(BY_NAME[page].parameters, {}, data)[0]


@cache
def without() -> list[tuple[str, str, dict[str, str]]]:
    return list(opened(bundled_data()))


OLDER = [(-10, "zz"), (0, "aa")]


@pytest.mark.parametrize(("later", "name"), OLDER)
def test_nothing_that_is_not_newer_changes_what_a_page_opens_with(later: int, name: str) -> None:
    changed = [
        now for now, before in zip(opened(beside(later, name)), without(), strict=True) if now != before
    ]
    assert changed == []


def test_home_says_the_same_beside_an_old_yearbook(data: Snapshot) -> None:
    assert headlines(beside(-10, "zz")) == headlines(data)


@pytest.mark.parametrize("name", ["aa", "zz"])
def test_the_newest_output_is_shown_whatever_its_name(name: str) -> None:
    data = beside(1, name)
    known = numbers(data)
    for mineral in offered_by(data).minerals:
        asked, _ = settle_asked(
            BY_NAME["explore"].parameters, {"mineral": mineral, "measure": OUTPUT[0]}, data
        )
        of = known[(known["mineral"] == mineral) & (known["measure"] == asked["measure"])]
        of = of[of["id"].isin(data.in_use)]
        if len(of):
            assert asked["year"] == str(of["year"].max()), mineral
            assert asked["edition"] == f"{name}.2017" if asked["measure"] in OUTPUT else "usgs-mcs.2026"


def numbers(data: Snapshot) -> pd.DataFrame:
    """The numbers of countries, with the `id` of their edition."""
    rows = data.observations
    rows = rows[rows["value"].notna() & ~rows["place"].isin(["WLD", "OTH"])]
    return rows.assign(id=rows["dataset"] + "." + rows["edition"])


def test_tabs_open_a_table_with_numbers_of_the_edition_in_use_if_it_has_any(data: Snapshot) -> None:
    known = numbers(data)
    for mineral in offered_by(data).minerals:
        of = known[known["mineral"] == mineral]
        in_use = of[of["id"].isin(data.in_use)]
        for page in ("explore", "map"):
            asked, _ = settle_asked(BY_NAME[page].parameters, {"mineral": mineral}, data)
            table = in_use if len(in_use) else of
            shown = table[(table["id"] == asked["edition"]) & (table["measure"] == asked["measure"])]
            assert len(shown) or of.empty, (mineral, page, asked)


def test_the_tab_revisions_opens_a_revised_figure_if_there_is_one(data: Snapshot) -> None:
    known = numbers(data)
    known["of"] = known["year"].where(~known["measure"].isin(["reserves", "resources"]), 0)
    several = known.groupby(["mineral", "measure", "of", "place", "basis", "unit"])["value"].nunique() > 1
    revised = set(several[several].index.get_level_values("mineral"))
    for mineral in offered_by(data).minerals:
        tabs = {tab.page: link for tab, link in tab_links({"mineral": mineral}, data)}
        asked, _ = settle_asked(revisions.PARAMETERS, tabs["revisions"] or {}, data)
        told = revisions.revisions_finding(asked, data)
        assert (" went from " in told.words) >= (mineral in revised), (mineral, told)


DEAD_ENDS = [
    # mineral, tab, what it opens with
    ("gallium", "explore", {"measure": "primary_production", "edition": "usgs-mcs.2026", "year": "2025"}),
    ("gallium", "revisions", {"measure": "primary_production", "year": "2024"}),
    ("lithium", "explore", {"measure": "reserves", "edition": "usgs-mcs.2026", "year": "2025"}),
    ("lithium", "revisions", {"measure": "reserves", "year": ""}),
]


@pytest.mark.parametrize(("mineral", "tab", "opens"), DEAD_ENDS)
def test_a_tab_opens(data: Snapshot, mineral: str, tab: str, opens: dict[str, str]) -> None:
    asked, _ = settle_asked(BY_NAME[tab].parameters, {"mineral": mineral}, data)
    assert asked | opens == asked


def test_a_measure_without_revisions_is_not_carried_to_them(data: Snapshot) -> None:
    carried = {"mineral": "gallium", "measure": "reserves"}
    assert dict(tab_links(carried, data)[4].link or {}) == {"mineral": "gallium"}
