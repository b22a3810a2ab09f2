"""Answers to names on the command line: written, given, kept, offered again, packed."""

from __future__ import annotations

import io
import tomllib
import zipfile
from pathlib import Path

import pytest

from loaders.store import catalogue, read_edition
from tests.commands import Command
from tests.loaders.answers.files import files

pytestmark = pytest.mark.slow

ANSWERS = """\
[places]
Atlantis = "-"

[minerals]
xyzzyite = "xyzzyite"

[[new_minerals]]
id = "xyzzyite"
name = "Xyzzyite"
part_of = "rare-earths"
"""


def export(folder: Path, year: str = "2020", **texts: str) -> Path:
    """An export of the BGS, of two rows; its last year names the edition."""
    (item,) = files("bgs", **texts)
    path = folder / f"export-{year}.csv"
    path.write_bytes(item.content.replace(b"2020-01-01", f"{year}-01-01".encode()))
    return path


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.toml"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


def test_questions_are_written_answered_and_kept(run: Command, tmp_path: Path) -> None:
    path, asked = export(tmp_path, mineral="xyzzyite"), tmp_path / "asked.toml"
    told = run("add", path, "--yes")
    assert told.code == 1
    assert "1 name can be answered" in told.err
    assert "--questions" in told.err
    assert run("add", path, "--questions", asked).code == 1
    assert tomllib.loads(asked.read_text(encoding="utf-8")) == {"minerals": {"xyzzyite": ""}}
    assert run("add", path, "--questions", asked).code == 1  # it is there already
    asked.write_text('[minerals]\nxyzzyite = "cobalt"\n', encoding="utf-8")
    told = run("add", path, "--answers", asked, "--yes")
    assert told.code == 0
    assert "mineral 'xyzzyite': Cobalt" in told.out
    assert (
        run("answers", "bgs-wms", "2020", "--format", "csv").out.splitlines()[1] == "mineral,xyzzyite,Cobalt"
    )
    kept = tmp_path / "kept.toml"
    assert run("answers", "bgs-wms", "2020", "-o", kept).code == 0
    assert tomllib.loads(kept.read_text(encoding="utf-8")) == {"minerals": {"xyzzyite": "cobalt"}}


def test_a_known_publisher_needs_no_record(run: Command, tmp_path: Path) -> None:
    told = run("add", export(tmp_path))
    assert told.code == 0, told.err
    (item,) = [item for item in catalogue().editions if item.dataset.id == "bgs-wms"]
    assert item.dataset.publisher == "British Geological Survey"
    assert item.dataset.title == "World Mineral Statistics"
    assert "UKRI" in item.dataset.licence
    assert "British Geological Survey, World Mineral Statistics" in item.edition.citation


def test_answers_are_offered_again_and_need_a_yes(run: Command, tmp_path: Path, answers: Path) -> None:
    assert run("add", export(tmp_path, mineral="xyzzyite"), answers, "--yes").code == 0
    again = export(tmp_path, "2021", mineral="xyzzyite")
    told = run("add", again)
    assert told.code == 1
    assert "1 answer to names, given with an earlier edition, used again" in told.out
    assert "needs a yes" in told.out
    assert run("add", again, "--yes").code == 0
    assert run("answers", "bgs-wms", "2021", "--format", "json").json == [
        {"kind": "mineral", "printed": "xyzzyite", "means": "new: Xyzzyite, part of Rare earths"}
    ]


def test_a_new_mineral_is_known_to_every_command(run: Command, tmp_path: Path, answers: Path) -> None:
    assert run("add", export(tmp_path, mineral="xyzzyite"), "--answers", answers, "--yes").code == 0
    for name in ("xyzzyite", "Xyzzyite"):
        found = run("observations", "--mineral", name, "--format", "json").json
        assert [line["mineral"] for line in found] == ["xyzzyite"]
    told = run("rank", "--mineral", "xyzzyite", "--measure", "mine_production", "--edition", "2020")
    assert told.code == 0
    assert "PER" in told.out


def test_a_package_brings_its_answers_and_minerals(run: Command, tmp_path: Path, answers: Path) -> None:
    assert run("add", export(tmp_path, mineral="xyzzyite"), "--answers", answers, "--yes").code == 0
    package, other = tmp_path / "edition.zip", tmp_path / "other"
    assert run("pack", "bgs-wms", "2020", "-o", package).code == 0
    with zipfile.ZipFile(io.BytesIO(package.read_bytes())) as archive:
        assert "xyzzyite" in archive.read("answers.toml").decode()
    (before,) = [item for item in catalogue().editions if item.dataset.id == "bgs-wms"]
    told = run("add", "--home", other, package)
    assert told.code == 0, told.err
    (after,) = [item for item in catalogue(other).editions if item.dataset.id == "bgs-wms"]
    assert after.edition.answers == before.edition.answers
    assert after.edition.version == before.edition.version
    assert set(read_edition(after)["mineral"]) == {"lithium", "xyzzyite"}
    told = run(
        "rank", "--home", other, "--mineral", "Xyzzyite", "--measure", "mine_production", "--edition", "2020"
    )
    assert told.code == 0, told.err


def test_an_edition_keeps_the_name_of_a_mineral_that_another_one_added(
    run: Command, tmp_path: Path, answers: Path
) -> None:
    assert run("add", export(tmp_path, mineral="xyzzyite"), "--answers", answers, "--yes").code == 0
    (table,) = files("tidy", mineral="xyzzyite")
    path = tmp_path / "tidy.csv"
    path.write_bytes(table.content)
    assert run("add", path, "--yes").code == 0  # it is known in this workspace
    assert run("remove", "bgs-wms", "2020", "--yes").code == 0
    (item,) = [item for item in catalogue().editions if not item.bundled]
    assert 'name = "Xyzzyite"' in item.edition.answers
    assert run("observations", "--mineral", "Xyzzyite", "--format", "json").json


def test_a_package_whose_mineral_has_another_name_here_is_refused(
    run: Command, tmp_path: Path, answers: Path
) -> None:
    assert run("add", export(tmp_path, mineral="xyzzyite"), "--answers", answers, "--yes").code == 0
    package, other = tmp_path / "edition.zip", tmp_path / "other"
    assert run("pack", "bgs-wms", "2020", "-o", package).code == 0
    answers.write_text(ANSWERS.replace('name = "Xyzzyite"', 'name = "Quux"'), encoding="utf-8")
    mine = export(tmp_path, "2019", mineral="xyzzyite")
    assert run("add", "--home", other, mine, "--answers", answers, "--yes").code == 0
    told = run("add", "--home", other, package, "--yes")
    assert told.code == 1
    assert "'xyzzyite', which is taken by" in told.err
    assert [item.edition.edition for item in catalogue(other).editions if item.dataset.id == "bgs-wms"] == [
        "2019"
    ]


# answers -> what is said of them
WRONG = [
    ('[places]\nAtlantis = "Nowhere"\n', "'Atlantis' cannot be 'Nowhere'"),
    ('[[new_minerals]]\nid = "x"\nname = "Cobalt"\n', "taken by Cobalt"),
    ('[[new_minerals]]\nid = "x"\nname = "X"\npart_of = "x"\n', "part of itself"),
    ("[places\n", "not TOML"),
]


@pytest.mark.parametrize(("text", "says"), WRONG)
def test_a_wrong_answer_is_told_with_its_file_and_installs_nothing(
    run: Command, tmp_path: Path, answers: Path, own_home: Path, text: str, says: str
) -> None:
    answers.write_text(text, encoding="utf-8")
    told = run("add", export(tmp_path, place="Atlantis"), "--answers", answers, "--yes")
    assert told.code == 1
    assert says in " ".join(told.err.split())
    assert str(answers) in told.err.replace("\n", "")
    assert not (own_home / "store.json").exists()


def test_read_takes_answers_and_writes_questions_too(run: Command, tmp_path: Path, answers: Path) -> None:
    path = export(tmp_path, place="Atlantis")
    assert run("read", path).code == 1
    told = run("read", path, "--answers", answers, "--format", "json")
    assert told.code == 0
    assert [item["printed"] for item in told.json["answered"]] == ["Atlantis"]
    assert told.json["ignored"] == [
        {"file": path.name, "reason": "left out by answer: place 'Atlantis'", "count": 1}
    ]
    assert told.json["questions"] == []
