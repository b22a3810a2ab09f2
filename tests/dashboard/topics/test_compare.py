"""Several minerals or countries beside each other: each in its own unit, panels of one unit on one scale."""

from __future__ import annotations

import pytest

from dashboard.charts.chart import Heat, Stack
from dashboard.charts.view import View
from dashboard.drawing.draw import sketch
from dashboard.snapshot import Snapshot
from dashboard.topics import compare
from dashboard.topics.explore import Offer
from dashboard.topics.parameters import answer, link_of, settle_asked

pytestmark = pytest.mark.slow

OWN_SCALES = "Each panel has a scale of its own: compare lengths within one panel alone."


def seen(data: Snapshot, **wanted: str) -> View:
    """The view of a choice."""
    asked, missed = settle_asked(compare.PARAMETERS, wanted, data)
    assert not missed
    return answer(compare, asked, data)


def test_panels_of_one_unit_run_equally_far(data: Snapshot) -> None:
    view = seen(data, minerals="rare-earths,cobalt,lithium")
    assert view.chart
    assert isinstance(view.chart.drawing, Stack)
    assert [part.title for part in view.chart.drawing.panels] == ["Rare earths", "Cobalt", "Lithium"]
    layout = sketch(view.chart).layout
    ends = {tuple(layout[name]["range"]) for name in ("xaxis", "xaxis2", "xaxis3")}
    assert len(ends) == 1
    first = view.chart.drawing.panels[0]
    assert "first three together at most 84 %" in first.subtitle


def test_a_reader_may_ask_for_a_scale_for_each_panel(data: Snapshot) -> None:
    shared, own = (seen(data, minerals="rare-earths,graphite", scales=scales) for scales in ("shared", "own"))
    assert shared.chart
    assert own.chart
    assert "--scales" not in shared.command
    assert "--scales own" in own.command
    assert own.chart.subtitle == f"{shared.chart.subtitle} {OWN_SCALES}"
    assert "Not to the scale" in str(sketch(own.chart).layout["annotations"])
    assert "Not to the scale" not in str(sketch(shared.chart).layout["annotations"])


def test_what_is_remembered_stands_first_among_as_many_as_usual(data: Snapshot) -> None:
    asked, _ = settle_asked(compare.PARAMETERS, {}, data, {"minerals": "tungsten"})
    assert asked["minerals"] == "tungsten,rare-earths,cobalt,lithium,graphite,copper"
    assert link_of(compare.PARAMETERS, asked, data)["minerals"] == asked["minerals"]
    usual, _ = settle_asked(compare.PARAMETERS, {}, data, {"minerals": "copper"})
    assert usual["minerals"] == ",".join(compare.USUAL_MINERALS)
    assert link_of(compare.PARAMETERS, usual, data) == {"edition": "usgs-mcs.2026"}


def test_an_edition_without_reserves_is_asked_who_makes(
    data: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = next(iter(data.edition_names))
    made = Offer({"cobalt": {"mine_production": {edition: [2023]}}}, {}, data.edition_titles)
    monkeypatch.setattr(compare, "offered_by", lambda _: made)
    question = next(item for item in compare.PARAMETERS if item.name == "question")
    asked = {"of": "minerals", "edition": edition}
    assert question.default(data, asked, question.options(data, asked)) == "makes"


def test_more_than_six_and_a_mineral_without_the_table_are_said(data: Snapshot) -> None:
    many = "rare-earths,cobalt,lithium,copper,nickel,zinc,lead"
    assert "Compared are the first 6; chosen besides: 1." in seen(data, minerals=many).notes
    none = seen(data, minerals="cobalt,cesium", question="makes")
    assert any("no table by country for production of cesium" in note for note in none.notes)


def test_countries_stand_in_one_table(data: Snapshot) -> None:
    view = seen(data, of="countries", question="makes", places="COD,CHL")
    assert view.chart
    assert isinstance(view.chart.drawing, Heat)
    assert view.chart.drawing.columns == ("DR Congo", "Chile")
    cells = view.chart.drawing.cells
    cobalt = cells[(cells["row"] == "Cobalt") & (cells["column"] == "DR Congo")]
    assert list(cobalt["words"]) == ["74 %"]
