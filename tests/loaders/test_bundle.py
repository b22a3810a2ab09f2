"""The bundled editions: made by the loader from the publisher's files, and the same when made again."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import pytest

from loaders.bundle import build, main
from loaders.errors import StoreError
from loaders.store import bundled_folder, catalogue, read_edition
from tests.usgs_inputs import long, long_row

pytestmark = pytest.mark.slow

BUNDLED = bundled_folder("data") / "usgs-mcs"
RECORD = """\
# a remark
id = "usgs-mcs"
title = "t"
short_title = "s"
publisher = "p"
licence = "l"

[[editions]]
edition = "2026"
citation = "c"
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A dataset folder that announces the edition 2026 and holds no figures."""
    folder = tmp_path / "data" / "usgs-mcs"
    folder.mkdir(parents=True)
    (folder / "dataset.toml").write_text(RECORD, encoding="utf-8")
    return folder


def _published(folder: Path, *rows: list[str]) -> Path:
    folder.mkdir()
    (folder / "2026.csv").write_bytes(long(*rows).content)
    return folder


def test_an_edition_is_written_with_its_version_and_its_files(tmp_path, target):
    published = _published(tmp_path / "published", long_row("Chile", "5"))
    build(published, target)
    (item,) = catalogue(home="no folder here", bundled=target.parent).editions
    assert list(read_edition(item)["value"]) == [5.0]
    (file,) = item.edition.files
    content = (published / "2026.csv").read_bytes()
    assert (file.name, file.sha256, file.size) == (
        "2026.csv",
        hashlib.sha256(content).hexdigest(),
        len(content),
    )
    assert (target / "dataset.toml").read_text(encoding="utf-8").startswith("# a remark")


def test_the_same_files_make_the_same_bytes(tmp_path, target):
    published = _published(tmp_path / "published", long_row("Chile", "5"))
    made = []
    for _ in range(2):
        build(published, target)
        made.append({path.name: path.read_bytes() for path in target.iterdir()})
    assert made[0] == made[1]


# rows of the published file, part of the message
REFUSED = [
    ([long_row("Chile", "5"), long_row("Nowhere", "5")], "2026.csv, row 3, column Country: 'Nowhere'"),
    ([long_row("Chile", "5", year=2023)], "edition 2024 of usgs-mcs is not announced"),
]


@pytest.mark.parametrize(("rows", "message"), REFUSED)
def test_an_edition_with_errors_or_without_a_record_is_not_bundled(tmp_path, target, rows, message):
    published = _published(tmp_path / "published", *rows)
    with pytest.raises(StoreError, match=message):
        build(published, target)
    assert [path.name for path in target.iterdir()] == ["dataset.toml"]


def test_the_command_says_what_it_read(tmp_path, target, monkeypatch, capsys):
    published = _published(tmp_path / "published", long_row("Chile", "5"))
    monkeypatch.setattr(sys, "argv", ["bundle", str(published), str(target)])
    assert main() == 0
    assert capsys.readouterr().out == "2026 1 observations\n"


def test_the_command_says_what_is_wrong(tmp_path, target, monkeypatch, capsys):
    published = _published(tmp_path / "published", long_row("Nowhere", "5"))
    monkeypatch.setattr(sys, "argv", ["bundle", str(published), str(target)])
    assert main() == 1
    assert "'Nowhere' is no place name" in capsys.readouterr().err


@pytest.mark.parametrize("item", catalogue(home="no folder here").all, ids=lambda item: item.edition.id)
def test_a_bundled_edition_has_the_version_that_its_record_says(item):
    assert hashlib.sha256(item.path.read_bytes()).hexdigest() == item.edition.version
    assert {"published", "address", "citation", "files"} <= item.edition.model_fields_set


@pytest.fixture
def of_the_united_states(tmp_path: Path, shared: Path) -> Path:
    """The publisher's files that hold figures of the United States alone, a folder for each edition."""
    salient, world = shared / "published" / "usgs-mcs-salient", shared / "published" / "usgs-mcs"
    folder = tmp_path / "published"
    for source in (salient / "2023", salient / "2024", world / "2026"):
        shutil.copytree(source, folder / source.name)
    return folder


@pytest.mark.published
@pytest.mark.parametrize("dataset", ["usgs-mcs", "usgs-mcs-us"])
def test_the_bundled_editions_are_what_the_loader_makes_of_the_published_files(
    tmp_path, shared, of_the_united_states, dataset
):
    ours = BUNDLED.parent / dataset
    copy = tmp_path / dataset
    shutil.copytree(ours, copy)
    for path in copy.glob("*.csv"):
        path.unlink()
    build(shared / "published" / "usgs-mcs" if dataset == "usgs-mcs" else of_the_united_states, copy)
    made = {path.name: path.read_bytes() for path in copy.iterdir()}
    bundled = {path.name: path.read_bytes() for path in ours.iterdir() if path.suffix in (".csv", ".toml")}
    assert sorted(made) == sorted(bundled)
    assert [name for name in made if made[name] != bundled[name]] == []


def test_the_bundled_data_are_small_enough_for_a_wheel():
    size = sum(path.stat().st_size for path in BUNDLED.parent.rglob("*") if path.is_file())
    assert size < 8_000_000
