"""A mineral that an edition of the workspace adds: its name in choices, titles, tables and cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.analysis.scope import groups, members, scope_reason
from dashboard.cli.main import main
from dashboard.drawing.draw import sketch
from dashboard.intake.claim import fields
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics.explore import lists_words
from dashboard.topics.parameters import settle_asked
from loaders.added_minerals import know
from loaders.names import mineral_name, minerals
from loaders.store import catalogue, remove
from tests.loaders.answers.files import bgs
from tests.sweep import topics

pytestmark = pytest.mark.slow

ANSWERS = """\
[minerals]
xyzzy = "xyzzyite"
[[new_minerals]]
id = "xyzzyite"
name = "Xyzzy stone"
part_of = "tungsten"
"""


@pytest.fixture
def added(own_home: Path, tmp_path: Path) -> Snapshot:
    """The bundled editions, and two of an export that prints a mineral that our tables do not have."""
    answers = tmp_path / "answers.toml"
    answers.write_text(ANSWERS, encoding="utf-8")
    for year, amounts in (("2020", ("5", "70")), ("2021", ("6", "80"))):
        rows = [
            {
                "country_trans": place,
                "bgs_commodity_trans": "xyzzy",
                "quantity": amount,
                "year": f"{last}-01-01",
            }
            for last in ("2020", year)
            for place, amount in zip(("Chile", "Peru"), amounts, strict=True)
        ]
        (item,) = bgs(*rows)
        path = tmp_path / f"{year}.csv"
        path.write_bytes(item.content)
        assert main(["add", "--home", str(own_home), str(path), "--answers", str(answers), "--yes"]) == 0
    return snapshot(own_home)


WANTED = {"mineral": "xyzzyite", "dataset": "bgs-wms", "edition": "bgs-wms.2021"}


@pytest.mark.parametrize("name", ["explore", "revisions", "concentration"])
def test_a_view_of_it_has_its_name(added: Snapshot, name: str) -> None:
    topic = topics()[name]
    named = {parameter.name for parameter in topic.PARAMETERS}
    wanted = {key: value for key, value in WANTED.items() if key in named}
    asked = settle_asked(topic.PARAMETERS, wanted, added)[0]
    assert asked["mineral"] == "xyzzyite"
    view = topic.view(asked, added)
    told = view.chart.title if view.chart else view.empty
    assert "yzzy stone" in told
    assert "xyzzyite" not in told
    if view.chart:
        sketch(view.chart)


def test_the_other_views_are_as_before(added: Snapshot) -> None:
    for name in ("figures", "claims", "glance", "disagree"):
        topic = topics()[name]
        assert topic.view(settle_asked(topic.PARAMETERS, {}, added)[0], added)


def test_it_is_among_the_choices_and_in_its_group(added: Snapshot) -> None:
    assert "xyzzyite" in minerals().index
    (field,) = [field for field in fields() if field.path == "claims.mineral"]
    assert "xyzzyite" in field.options
    assert groups("xyzzyite") == ("tungsten",)
    assert "xyzzyite" in members("tungsten")
    assert scope_reason("xyzzyite", "tungsten") == "Xyzzy stone is only a part of tungsten."
    assert lists_words("xyzzyite").startswith("Xyzzy stone: on none of the lists")


def test_it_leaves_with_its_last_edition_but_keeps_its_name(added: Snapshot, own_home: Path) -> None:
    for year in ("2020", "2021"):
        remove("bgs-wms", year, own_home)
    catalogue(own_home)
    assert "xyzzyite" not in minerals().index
    assert members("tungsten") == ()
    assert mineral_name("xyzzyite") == "Xyzzy stone"  # a link to the version before still opens
    know(())
