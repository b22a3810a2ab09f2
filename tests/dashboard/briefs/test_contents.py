"""What a brief says today: what was asked for or nothing, never something near it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.briefs.contents import part_of_brief, tell
from dashboard.snapshot import Snapshot
from loaders.store import Brief, BriefItem
from tests.dashboard.briefs.making import ASKED, GONE, brief, item, told

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("topic", "asked"), ASKED, ids=[topic for topic, _ in ASKED])
def test_an_item_is_the_chart_that_was_added(topic: str, asked: dict[str, str], data: Snapshot) -> None:
    kept = item(topic, asked, data)
    part = part_of_brief(kept, data)
    assert part.chart is not None
    assert part.title == part.finding == kept.finding == part.chart.title
    assert part.otherwise == ""
    assert kept.data_version == data.stamp.data
    assert asked.items() <= kept.asked.items()


BROKEN = [
    ({"topic": "explore", "asked": GONE.asked}, "There is no edition “usgs-mcs.1999” now"),
    ({"topic": "explore", "asked": {"mineral": "unobtainium"}}, "There is no mineral “unobtainium” now"),
    ({"topic": "explore", "asked": {"places": "RUS,XXX,CHN"}}, "There is no countries “XXX” now"),
    ({"topic": "claims", "asked": {"claim": "nobody-said"}}, "There is no claim “nobody-said” now"),
    ({"topic": "explore", "asked": {"colour": "red"}}, "There is no choice “colour”"),
    ({"topic": "weather", "asked": {}}, "There is no topic “weather”"),
    ({"topic": "disagree", "asked": {}}, "Add a second one"),
]


@pytest.mark.parametrize(("fields", "words"), BROKEN, ids=[words for _, words in BROKEN])
def test_what_cannot_be_shown_says_why(fields: dict[str, object], words: str, data: Snapshot) -> None:
    part = part_of_brief(BriefItem.model_validate({**fields, "finding": "Of then"}), data)
    assert part.chart is None
    assert words in part.problem
    assert part.title == "Of then"


def test_a_chart_of_an_edition_that_is_removed_is_not_that_of_another(data: Snapshot) -> None:
    kept = item("explore", {"mineral": "lithium", "edition": "usgs-mcs.2024"}, data)
    left = tuple(one for one in data.catalogue.editions if one.edition.edition != "2024")
    rows = data.observations[data.observations["edition"] != "2024"]
    fewer = replace(data, catalogue=replace(data.catalogue, editions=left), observations=rows)
    assert part_of_brief(kept, data).chart
    assert "edition" in part_of_brief(kept, fewer).problem


def test_a_finding_that_changed_is_told(data: Snapshot) -> None:
    kept = item("explore", {"mineral": "lithium"}, data).model_copy(update={"finding": "Another one"})
    part = part_of_brief(kept, data)
    assert part.otherwise == "Another one"
    assert part.title == part.finding != "Another one"


def test_charts_are_numbered_and_each_source_stands_once() -> None:
    found = told()
    assert [one.number for one in found.drawn] == [1, 2, 3, 4]
    assert [part.title for part in found.missing] == [GONE.finding]
    ids = [source.id for source, _ in found.sources]
    assert len(ids) == len(set(ids))
    assert dict(zip(ids, [numbers for _, numbers in found.sources], strict=True))["usgs-mcs.2025"] == [1, 2]


def test_the_order_is_that_of_the_brief(data: Snapshot) -> None:
    moved = tell("x", brief().moving(1, 1), data)
    assert [one.part.item.key for one in moved.drawn] == [2, 1, 3, 4]


def test_a_brief_without_charts_says_nothing(data: Snapshot) -> None:
    found = tell("x", Brief(name="x"), data)
    assert (found.drawn, found.missing, found.sources) == ([], [], [])


def test_the_command_names_the_brief_as_a_shell_takes_it(data: Snapshot) -> None:
    found = tell("it-s", Brief(name='It\'s "x"'), data)
    assert found.command(".pdf") == """minerals brief 'It'"'"'s "x"' -o it-s.pdf"""
    earlier = tell("x", Brief(name="x"), replace(data, as_of="5ab924c85849"))
    assert earlier.command(".pdf") == "minerals brief x --as-of 5ab924c85849 -o x.pdf"
