"""Copies of large tables: the same table as their text, and never believed where either was changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from loaders.errors import StoreError
from loaders.model import Dataset, Edition
from loaders.read import load
from loaders.store import (
    Installed,
    catalogue,
    copies,
    empty,
    from_csv,
    install,
    read_each,
    read_edition,
    remove,
    tables,
)
from tests.benchmarks import bench_million
from tests.long import LONG

NO_FOLDER = Path("no folder here")
DATASET = Dataset(id="made-up", title="Made up", short_title="Made up", publisher="Nobody", licence="CC0")


@pytest.fixture(autouse=True)
def _every_table_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_LARGE", 0)


def _fail(_item: Installed) -> None:
    raise AssertionError("the text was read")


def _made_up(home: Path, count: int) -> Installed:
    """An edition of rows drawn by lot."""
    source = home.parent / "rows.csv"
    bench_million.rows(count, "random").to_csv(source, index=False)
    edition = Edition(dataset="made-up", edition="2025", citation="Nobody, 2025.")
    install(load([source]).observations, DATASET, edition, home)
    return catalogue(home, NO_FOLDER).get("made-up", "2025")


def _bundled(home: Path) -> list[Installed]:
    """The bundled editions, as if they were the user's own."""
    found = []
    for item in catalogue(NO_FOLDER).all:
        path = home / "editions" / f"{item.edition.id}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(item.path, path)
        found.append(replace(item, path=path, bundled=False))
    return found


def test_a_copy_gives_the_table_that_its_text_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [*_bundled(tmp_path / "home"), _made_up(tmp_path / "home", 1_000_000 if LONG else 3_000)]
    texts = pd.concat([from_csv(item.path.read_bytes()) for item in items], ignore_index=True)
    first = read_each(items)
    monkeypatch.setattr(tables, "_read_text", _fail)
    for table in (first, read_each(items)):
        pd.testing.assert_frame_equal(table, texts)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


DAMAGES: dict[str, Callable[[Path, Path], object]] = {
    "no copy": lambda _text, copy: copy.unlink(),
    "an empty copy": lambda _text, copy: copy.write_bytes(b""),
    "half a copy": lambda _text, copy: os.truncate(copy, copy.stat().st_size // 2),
    "another bit": lambda _text, copy: _flip(copy),
    "another copy": lambda _text, copy: copy.write_bytes(copy.with_name("other.arrow").read_bytes()),
    "a text that was written again": lambda text, _copy: _touch(text),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_does_not_fit_is_not_believed_and_made_again(tmp_path: Path, damage: str) -> None:
    other, item = (_small(tmp_path, name) for name in ("2024", "2025"))
    texts, copy = read_edition(item), copies.folders(tmp_path).copy(item.path)
    read_edition(other)
    copies.folders(tmp_path).copy(other.path).rename(copy.with_name("other.arrow"))
    before = copy.read_bytes()
    DAMAGES[damage](item.path, copy)
    pd.testing.assert_frame_equal(read_edition(item), texts)
    assert (copy.read_bytes() == before) == (damage != "a text that was written again")
    item.path.write_bytes(item.path.read_bytes().replace(b"5.0", b"6.0"))
    with pytest.raises(StoreError, match="its hash differs"):
        read_edition(item)


def _small(home: Path, name: str) -> Installed:
    row = from_csv(catalogue(NO_FOLDER).editions[0].path.read_bytes()).head(1)
    edition = Edition(dataset="made-up", edition=name, citation=f"Nobody, {name}.")
    install(row.assign(value=5.0, edition=name), DATASET, edition, home)
    return catalogue(home, NO_FOLDER).get("made-up", name)


@pytest.mark.parametrize("fault", ["access", "replace", "fsync"])
def test_a_folder_that_cannot_be_written_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    item = _small(tmp_path, "2025")

    def refuse(*_: object) -> bool:
        if fault == "access":
            return False
        raise PermissionError

    monkeypatch.setattr(os, fault, refuse)
    assert list(read_edition(item)["value"]) == [5.0]
    assert not list(tmp_path.glob("copies/*")) + list(tmp_path.glob(".parts/*"))


def test_a_copy_goes_with_its_table(tmp_path: Path) -> None:
    items = [_small(tmp_path, name) for name in ("2024", "2025")]
    read_each(items)
    remove("made-up", "2024", tmp_path, bundled=NO_FOLDER)
    assert len(list(tmp_path.glob("copies/*"))) == 2
    empty(tmp_path, bundled=NO_FOLDER)
    assert [path.stem for path in tmp_path.glob("copies/*")] == [items[1].path.stem]


def test_small_tables_and_bundled_ones_have_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_each(replace(item, bundled=True) for item in _bundled(tmp_path))
    monkeypatch.setattr(copies, "_LARGE", 2**20)
    read_edition(_small(tmp_path, "2025"))
    assert not (tmp_path / "copies").exists()
