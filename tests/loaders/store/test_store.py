"""Editions on disk: what is found, which one wins, and what a fault leaves behind."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from loaders.errors import StoreError
from loaders.model import OBSERVATION_COLUMNS, Dataset, Edition
from loaders.store import (
    bundled_folder,
    catalogue,
    from_csv,
    install,
    read_all,
    read_edition,
    to_csv,
    workspace,
)
from tests.usgs_inputs import load_alone, long, long_row

DATASET = Dataset(id="own", title="Own figures", short_title="Own", publisher="A ministry", licence="none")


def _edition(name: str = "2025", dataset: str = "own") -> Edition:
    return Edition(dataset=dataset, edition=name, citation="A ministry, 2025.")


def _table(*values: str) -> pd.DataFrame:
    return load_alone(
        long(*(long_row(place, value) for place, value in zip(PLACES, values, strict=False)))
    ).observations


PLACES = ("Chile", "Peru", "Mali")
EMPTY = Path("no folder here")


def _files(home: Path) -> list[str]:
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())


# --- what there is


def test_the_bundled_editions_are_found_and_intact():
    found = catalogue(home=EMPTY)
    assert [item.edition.id for item in found.editions] == [
        f"usgs-mcs.{year}" for year in (2023, 2024, 2025, 2026)
    ]
    table = read_all(found)
    assert table.dtypes.astype(str).to_dict() == OBSERVATION_COLUMNS
    assert set(table["edition"]) == {"2023", "2024", "2025", "2026"}
    for item in found.editions:
        assert item.bundled
        assert item.edition.published != "not stated"
        assert item.source.files


def test_there_may_be_no_edition_at_all(tmp_path):
    found = catalogue(home=tmp_path, bundled=tmp_path)
    assert found.editions == ()
    assert read_all(found).dtypes.astype(str).to_dict() == OBSERVATION_COLUMNS


def test_an_edition_that_is_not_there_is_an_error_that_names_the_others():
    with pytest.raises(StoreError, match=r"no edition 1999 of usgs-mcs.*usgs-mcs\.2023"):
        catalogue(home=EMPTY).get("usgs-mcs", "1999")


@pytest.mark.parametrize(
    ("home", "variable", "expected"),
    [("/a", "/b", "/a"), (None, "/b", "/b"), (None, None, None), (None, "", None)],
)
def test_the_workspace_is_the_one_that_is_named(monkeypatch, home, variable, expected):
    monkeypatch.delenv("MINERALS_HOME", raising=False)
    if variable is not None:
        monkeypatch.setenv("MINERALS_HOME", variable)
    found = workspace(home)
    assert found == Path(expected) if expected else found.is_absolute()


@pytest.mark.parametrize("name", ["data", "seeds"])
def test_the_bundled_folders_are_found(name):
    assert bundled_folder(name).is_dir()


# --- installing


def test_an_installed_edition_is_read_back(tmp_path):
    table = _table("5", ">7", "W")
    edition = install(table, DATASET, _edition(), tmp_path)
    item = catalogue(tmp_path, bundled=EMPTY).get("own", "2025")
    assert not item.bundled
    assert item.edition == edition
    assert edition.version == hashlib.sha256(to_csv(table)).hexdigest()
    assert item.source.publisher == "A ministry"
    pd.testing.assert_frame_equal(read_edition(item), table)


@pytest.mark.slow
def test_a_second_edition_stands_beside_the_first(tmp_path):
    install(_table("5"), DATASET, _edition("2024"), tmp_path)
    install(_table("6"), DATASET, _edition("2025"), tmp_path)
    found = catalogue(tmp_path, bundled=EMPTY)
    assert [item.edition.edition for item in found.editions] == ["2024", "2025"]
    assert list(read_all(found)["value"]) == [5.0, 6.0]


@pytest.mark.slow
def test_an_edition_takes_the_place_of_one_of_the_same_name(tmp_path):
    first = install(_table("5"), DATASET, _edition(), tmp_path)
    before = catalogue(tmp_path, bundled=EMPTY)
    second = install(_table("6"), DATASET, _edition(), tmp_path)
    after = catalogue(tmp_path, bundled=EMPTY)
    assert [item.edition.version for item in after.editions] == [second.version] != [first.version]
    assert before.version != after.version
    assert list(read_all(after)["value"]) == [6.0]


def test_an_edition_of_the_user_wins_over_a_bundled_one_of_the_same_name(tmp_path):
    before = catalogue(tmp_path)
    install(
        _table("5"), DATASET.model_copy(update={"id": "usgs-mcs"}), _edition("2025", "usgs-mcs"), tmp_path
    )
    after = catalogue(tmp_path)
    assert [item.edition.id for item in after.editions] == [item.edition.id for item in before.editions]
    assert [item.bundled for item in after.editions] == [True, True, False, True]
    assert list(read_edition(after.get("usgs-mcs", "2025"))["value"]) == [5.0]


def test_the_same_figures_have_the_same_version(tmp_path):
    first = install(_table("5", "6"), DATASET, _edition(), tmp_path / "a")
    second = install(_table("5", "6"), DATASET, _edition(), tmp_path / "b")
    assert first.version == second.version
    assert catalogue(tmp_path / "a").version == catalogue(tmp_path / "b").version


TEXTS = [
    *("", "a,b", 'say "x"', "two\nlines", "two\rlines", "two\r\nlines", " padded ", "\xa0", "NA", "—", "½"),
    "long " * 900_000,
]


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text[:12]))
def test_any_text_survives_the_file(text):
    table = _table("5").assign(note=pd.Series([text], dtype="string"))
    assert list(from_csv(to_csv(table))["note"]) == [text]


# --- faults


@pytest.mark.parametrize("damage", [b"", b"changed", None])
def test_a_damaged_edition_is_an_error_and_not_a_wrong_figure(tmp_path, damage):
    install(_table("5"), DATASET, _edition(), tmp_path)
    item = catalogue(tmp_path, bundled=EMPTY).get("own", "2025")
    if damage is None:
        item.path.unlink()
    else:
        item.path.write_bytes(item.path.read_bytes()[:-4] + damage)
    with pytest.raises(StoreError) as error:
        read_edition(item)
    assert error.value.file == str(item.path)


def test_a_table_that_is_no_table_is_an_error_that_names_the_file(tmp_path):
    install(_table("5"), DATASET, _edition(), tmp_path)
    item = catalogue(tmp_path, bundled=EMPTY).get("own", "2025")
    content = item.path.read_bytes() + b"one cell\n"
    item.path.write_bytes(content)
    edition = item.edition.model_copy(update={"version": hashlib.sha256(content).hexdigest()})
    with pytest.raises(StoreError, match="not a table") as error:
        read_edition(replace(item, edition=edition))
    assert error.value.file == str(item.path)


OUTSIDE = {"id": "../own", "title": "t", "short_title": "s", "publisher": "p", "licence": "l"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("store.json", b""),
        ("store.json", b"{"),
        ("store.json", b"\xff\xfe"),
        ("store.json", b'{"datasets": [{"id": "own"}]}'),
        ("store.json", json.dumps({"datasets": [OUTSIDE]}).encode()),
        ("own/dataset.toml", b"id ="),
        ("own/dataset.toml", b"\xff"),
        ("own/dataset.toml", b'id = "own"\n'),
    ],
)
def test_a_damaged_record_is_an_error_that_names_the_file(tmp_path, name, content):
    (tmp_path / "own").mkdir()
    (tmp_path / name).write_bytes(content)
    with pytest.raises(StoreError, match=r"record .*(is damaged|cannot be used)") as error:
        catalogue(home=tmp_path, bundled=tmp_path)
    assert error.value.file == str(tmp_path / name)


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["replace", "fsync"])
def test_a_fault_while_writing_leaves_the_old_edition_and_nothing_else(tmp_path, monkeypatch, fault):
    install(_table("5"), DATASET, _edition(), tmp_path)
    before = _files(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, fault, _full)
        with pytest.raises(StoreError, match=r"No space left on device.*nothing was changed"):
            install(_table("6"), DATASET, _edition(), tmp_path)
    assert _files(tmp_path) == before
    assert list(read_all(catalogue(tmp_path, bundled=EMPTY))["value"]) == [5.0]


@pytest.mark.slow
def test_a_fault_between_the_figures_and_the_record_leaves_the_old_edition(tmp_path, monkeypatch):
    install(_table("5"), DATASET, _edition(), tmp_path)
    before = _files(tmp_path)
    replace = os.replace

    def only_figures(source: str, target: Path) -> None:
        replace(source, target) if target.suffix == ".csv" else _full()

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", only_figures)
        with pytest.raises(StoreError, match="cannot be written"):
            install(_table("6"), DATASET, _edition(), tmp_path)
    assert _files(tmp_path) == before
    assert list(read_all(catalogue(tmp_path, bundled=EMPTY))["value"]) == [5.0]


def test_a_workspace_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "editions").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        install(_table("5"), DATASET, _edition(), tmp_path)


def test_an_interrupt_leaves_no_half_written_file(tmp_path, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        install(_table("5"), DATASET, _edition(), tmp_path)
    assert _files(tmp_path) == [".lock"]
