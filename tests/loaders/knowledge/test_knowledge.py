"""The tables of knowledge: what a row that an analyst added wrongly is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from loaders import knowledge
from loaders.errors import UnreadableFile

HEADING = "words,role,example\n"
BROKEN = {
    "a comma without quotation marks": (
        "out of,sent,from Peru\nover, under,sent,to Peru\n",
        3,
        "4 cells where the heading has 3; the row begins 'over'",
        "in double quotation marks",
    ),
    "a cell too few": ("out of,sent\n", 2, "2 cells where the heading has 3", "a comma for each cell"),
    "a mark that nothing closes": ('"out of,sent,from Peru\n', 2, "cannot be read", "with another"),
    "a mark in the middle": ('"out" of,sent,from Peru\n', 2, "cannot be read", "twice"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(knowledge, "FOLDER", tmp_path)
    knowledge.table.cache_clear()
    knowledge.rules.cache_clear()
    yield tmp_path
    knowledge.table.cache_clear()
    knowledge.rules.cache_clear()


@pytest.mark.parametrize("case", BROKEN)
def test_a_wrong_row_is_named_with_what_to_do(folder: Path, case: str):
    lines, row, message, remedy = BROKEN[case]
    (folder / "own.csv").write_text(f"{HEADING}{lines}", encoding="utf-8")
    with pytest.raises(UnreadableFile) as error:
        knowledge.rules("own")
    assert (error.value.file, error.value.row) == ("own.csv", row)
    assert message in error.value.message
    assert remedy in str(error.value.remedy)


def test_a_table_as_a_spreadsheet_saves_it(folder: Path):
    saved = '\ufeffwords,role,example\r\n"over, under",,NA\r\n\r\n'
    (folder / "own.csv").write_bytes(saved.encode())
    assert knowledge.rules("own") == ({"words": "over, under", "role": "", "example": "NA"},)


@pytest.mark.parametrize("path", sorted(Path(knowledge.__file__).parent.glob("*.csv")), ids=lambda p: p.stem)
def test_every_table_is_read_as_pandas_reads_it(path: Path):
    read = pd.read_csv(path, dtype="string", keep_default_na=False, encoding="utf-8-sig")
    pd.testing.assert_frame_equal(knowledge.table(path.stem), read)
