"""Excel, Parquet, JSON lines and compressed files become the same tables of text as CSV."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date, datetime

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from loaders.errors import UnreadableFile
from loaders.files import json_lines as records
from loaders.files import parquet, workbooks, worksheets
from loaders.files.archives import unpack
from loaders.files.inputs import open_inputs
from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.formats.tidy import REQUIRED
from loaders.read import load_inputs
from loaders.spreadsheets.template import template

ROWS = [
    ["x", "2025", "lithium", "CHL", "reserves", "2024", "9,300,000", "t"],
    ["x", "2025", "Lithium", "Namibia", "reserves", "2024", "NA", "t"],
    ["x", "2025", "cobalt", "Côte d’Ivoire", "mine_production", "2024", ">5.5", "kt"],
]


def _text(delimiter: str) -> bytes:
    lines = [REQUIRED, *ROWS]
    return "".join(delimiter.join(f'"{cell}"' for cell in line) + "\n" for line in lines).encode()


def _book(sheets: dict[str, list[list[object]]], *merged: str) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _parquet(columns: dict[str, object]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def _json_lines() -> bytes:
    return "".join(json.dumps(dict(zip(REQUIRED, row, strict=True))) + "\n" for row in ROWS).encode()


def _zip(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(f"folder/{name}", content)
    return stream.getvalue()


_COLUMNS = {name: [row[i] for row in ROWS] for i, name in enumerate(REQUIRED)}
FORMS = {
    "a.csv": _text(","),
    "a.tsv": _text("\t"),
    "a.txt": _text(";"),
    "a.xlsx": _book({"table": [list(REQUIRED), *ROWS]}),
    "a.parquet": _parquet(_COLUMNS),
    "b.parquet": _parquet({name: pa.array(cells).dictionary_encode() for name, cells in _COLUMNS.items()}),
    "a.jsonl": _json_lines(),
    "a.ndjson": b"\xef\xbb\xbf" + _json_lines(),
    "a.csv.gz": gzip.compress(_text(",")),
    "a.jsonl.gz": gzip.compress(_json_lines()),
    "a.zip": _zip("a.csv", _text(",")),
    "b.zip": _zip("a.xlsx", _book({"table": [list(REQUIRED), *ROWS]})),
    "c.zip": _zip("a.tsv.gz", gzip.compress(_text("\t"))),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_our_table_reads_the_same_in_every_form(tmp_path, name):
    (tmp_path / name).write_bytes(FORMS[name])
    found = load_inputs(open_inputs([tmp_path]))
    assert found.report.problems == ()
    expected = load_inputs([InputFile("a.csv", _text(","))]).observations
    columns = [name for name in expected if name not in ("file", "row")]
    pd.testing.assert_frame_equal(found.observations[columns], expected[columns])


def _with_password(packed: bytes) -> bytes:
    """An archive whose members say that they have a password, in both places where they say it."""
    locked = bytearray(packed)
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(start) + flags] |= 1
    return bytes(locked)


CLOSED = [
    ("locked.zip", _with_password(_zip("a.csv", _text(","))), "a.csv in it has a password"),
    ("text.zip", b"hello", "this is no zip archive, whatever its name says"),
]


@pytest.mark.parametrize(("name", "content", "message"), CLOSED, ids=[name for name, *_ in CLOSED])
def test_an_archive_that_cannot_be_opened_says_why(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=message):
        open_inputs([tmp_path / name])


@pytest.mark.parametrize("readme", ["Read me", "Released in 2026, by the survey, in Reston"])
def test_a_text_beside_a_table_is_named_and_not_read(readme):
    files = [InputFile("a.csv", _text(",")), InputFile("readme.txt", readme.encode())]
    load = load_inputs(files)
    assert [(problem.rule, problem.file) for problem in load.report.problems] == [("no table", "readme.txt")]
    assert len(load.observations) == len(ROWS)
    assert not load_inputs([InputFile("a.txt", _text(";"))]).report.problems


def test_the_template_is_a_table_that_can_be_read():
    load = load_inputs([InputFile("template.xlsx", template())])
    assert load.report.problems == ()
    assert len(load.observations) == 3
    assert [item.reason for item in load.report.ignored] == ["the sheet has not our columns"]
    assert {item.file for item in load.report.ignored} == {"template.xlsx, sheet columns"}


# a cell of a workbook -> its text
CELL_CASES = [
    ("1 234,5", "1 234,5"),
    (4780, "4780"),
    (0.1 + 0.2, "0.3"),
    (2.0, "2"),
    (1e21, "1e+21"),
    (True, "TRUE"),
    (date(2024, 1, 31), "2024-01-31"),
    (datetime(2024, 1, 31, 12, 30), "2024-01-31T12:30:00"),
    (None, ""),
    ("  ", ""),
    ("тыс. т", "тыс. т"),
]


@pytest.mark.parametrize(("cell", "text"), CELL_CASES)
def test_cells_of_a_workbook_are_text(cell, text):
    table = read_tables(InputFile("a.xlsx", _book({"s": [["a", "b"], ["x", cell]]})))[0]
    assert table.frame["b"].tolist() == [text]


# rows of a sheet, merged cells -> lines above, header, row numbers
SHEET_CASES = [
    ([["a", "b"], [1, 2]], (), (), ("a", "b"), [2]),
    ([["Title"], [], ["a", "b"], [1, 2], [], [3, 4]], (), ("Title",), ("a", "b"), [4, 6]),
    ([["Title", None, None], ["kt"], ["a", "b", "c"], [1, 2, 3]], ("A1:C1",),
     ("Title", "kt"), ("a", "b", "c"), [4]),
    ([["a", "b", None], [None, 2022, 2023], [1, 2, 3]], ("A1:A2", "B1:C1"),
     (), ("a", "b | 2022", "b | 2023"), [3]),
    ([["a", "b", None], [None, 2022, 2023], [1, 2, 3]], ("B1:C1",),
     (), ("a", "b | 2022", "b | 2023"), [3]),
    ([["Title"], ["a", "b"], [1, 2]], ("A1:Z1",), ("Title",), ("a", "b"), [3]),
    ([["a", "a", None], [1, 2, 3]], (), (), ("a", "a (2)", "column (3)"), [2]),
    ([["国家", "储量"], ["中国", 1]], (), (), ("国家", "储量"), [2]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "merged", "above", "header", "numbers"), SHEET_CASES)
def test_the_header_is_found_below_the_titles(rows, merged, above, header, numbers):
    table = read_tables(InputFile("a.xlsx", _book({"s": rows}, *merged)))[0]
    assert (table.above, table.header, table.frame.index.tolist()) == (above, header, numbers)


def test_each_sheet_is_a_table_and_blank_ones_are_none():
    content = _book({"Iron": [["a", "b"], [1, 2]], "Blank": [], "Tin": [["c", "d"], [3, 4]]})
    tables = read_tables(InputFile("a.xlsx", content))
    assert [(table.sheet, table.name) for table in tables] == [
        ("Iron", "a.xlsx, sheet Iron"),
        ("Tin", "a.xlsx, sheet Tin"),
    ]


def test_a_merged_name_holds_for_all_its_rows_but_a_number_for_the_first():
    rows = [["a", "b", "c"], ["Chile", 1, 5], [None, 2, None]]
    table = read_tables(InputFile("a.xlsx", _book({"s": rows}, "A2:A3", "C2:C3")))[0]
    assert table.frame.to_numpy().tolist() == [["Chile", "1", "5"], ["Chile", "2", ""]]


def _with_part(content: bytes, part: str, change) -> bytes:
    """The workbook with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if info.filename == part else data)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


# the XML of a formula cell -> its text, or the column that is refused
FORMULA_CASES = [
    (b'<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
    (b'<c r="B2" t="str"><f>""</f><v></v></c>', ""),
    (b'<c r="B2"><f>1+1</f></c>', None),
    (b'<c r="B2"><f>1+1</f><v></v></c>', None),
    (b'<c r="B2"><f>1+1</f><v/></c>', None),
    (b'<c r="B2" s="1"><f t="shared" si="0"/></c>', None),
]


@pytest.mark.parametrize(("xml", "text"), FORMULA_CASES)
def test_a_formula_is_its_result_or_a_refusal(xml, text):
    content = _book({"s": [["a", "b"], ["x", 77]]})
    changed = _with_part(content, SHEET, lambda data: data.replace(b'<c r="B2" t="n"><v>77</v></c>', xml))
    assert xml in zipfile.ZipFile(io.BytesIO(changed)).read(SHEET)
    if text is None:
        with pytest.raises(UnreadableFile, match="row 2, column B: sheet s has a formula without its result"):
            read_tables(InputFile("a.xlsx", changed))
    else:
        assert read_tables(InputFile("a.xlsx", changed))[0].frame["b"].tolist() == [text]


def test_json_lines_keep_digits_and_line_numbers():
    content = b'{"a": 1.10, "b": true}\n\n{"a": 1e400, "c": null}\n{"c": "\xc3\xa9"}'
    table = read_tables(InputFile("a.jsonl", content))[0]
    assert table.header == ("a", "b", "c")
    assert table.frame.to_numpy().tolist() == [["1.10", "true", ""], ["1e400", "", ""], ["", "", "é"]]
    assert table.frame.index.tolist() == [1, 3, 4]


def test_json_lines_of_several_blocks_are_one_table(monkeypatch):
    monkeypatch.setattr(records, "_BLOCK", 3)
    lines = [json.dumps({"n": number, f"k{number}": "x"}) for number in range(10)]
    table = read_tables(InputFile("a.jsonl", "\n".join(lines).encode()))[0]
    assert table.frame["n"].tolist() == [str(number) for number in range(10)]
    assert table.frame["k9"].tolist() == [""] * 9 + ["x"]


def test_json_lines_of_whole_blocks_are_one_table(monkeypatch):
    monkeypatch.setattr(records, "_BLOCK", 3)
    table = read_tables(InputFile("a.jsonl", b'{"a": "x"}\n' * 6))[0]
    assert table.frame["a"].tolist() == ["x"] * 6


# lines -> row, part of the message
BAD_LINE_CASES = [
    (b'{"a": 1}\n{"a": \n', 2, "cannot be read as JSON"),
    (b'{"a": 1}\n[1]\n', 2, "not an object"),
    (b'{"a": 1}\n{"a": 1}, {"a": 2}\n', 2, "cannot be read as JSON"),
    (b'{"a": 1}\n{"a": NaN}\n', 2, "NaN"),
    (b'{"a": 1}\n{"a": {"b": 1}}\n', 2, "holds a list, an object"),
    (b'{"a": 1}\n{"a": 1, "a": 2}\n', 2, "'a' stands twice in one object"),
    (b'{"a": "x"}\n{"a": "\\ud800"}\n', 2, r"holds \\ud800, which is half a character"),
    (b'{"\\ud800": "x"}\n', 1, r"holds \\ud800, which is half a character"),
    (b'{"a": "x"}\n\n{"a": "\\u0097"}\n', 3, r"character U\+0097: it was saved in a wrong encoding"),
    (b'{"a": "x"}\n\n{"a": "\\u0000"}\n', 3, r"character U\+0000"),
    (b'{"a": ' + b"[" * 100_000 + b"\n", 1, "nested too deeply"),
]


@pytest.mark.parametrize(("content", "row", "message"), BAD_LINE_CASES)
def test_a_bad_line_is_refused_with_its_number(content, row, message):
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_tables(InputFile("a.jsonl", content))
    assert caught.value.row == row


def test_parquet_columns_become_text():
    content = _parquet({"a": [1, 2], "b": [1.5, None], "c": [date(2024, 1, 31), None], " d ": ["x", ""]})
    table = read_tables(InputFile("a.parquet", content))[0]
    assert table.frame.to_numpy().tolist() == [["1", "1.5", "2024-01-31", "x"], ["2", "", "", ""]]
    assert (table.header, table.frame.index.tolist()) == (("a", "b", "c", "d"), [1, 2])


NO_TEXT = pa.Array.from_buffers(
    pa.string(), 1, [None, pa.array([0, 1], pa.int32()).buffers()[1], pa.py_buffer(b"\xff")]
)
"""A column of text whose bytes are none."""

# what is in the file -> part of the message
REFUSED_CASES = [
    ("a.parquet", _parquet({"a": [[1, 2]]}), "lists or structures"),
    ("a.parquet", _parquet({"a": [b"x"]}), "binary"),
    ("a.parquet", b"PAR1 and no more", "cannot be read"),
    ("a.parquet", _parquet({"mineral": ["x"]}).replace(b"mineral", b"\x80ineral"), "cannot be read"),
    ("a.parquet", _parquet({"a": ["x", "\x97"]}), r"row 2, column a: .* U\+0097"),
    ("a.parquet", _parquet({"a": ["x", "\0"]}), r"row 2, column a: .* U\+0000"),
    ("a.parquet", _parquet({"a": NO_TEXT}), "Invalid UTF8"),
    ("a.xlsx", _book({"s": [["a", "b"], ["x", "y\x97"]]}), r"row 2: .* U\+0097"),
    ("a.xlsx", _book({"s": []}), "empty"),
    ("a.xlsx", b"PK\x03\x04 and no more", "cannot be opened"),
    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "cannot be opened"),
    ("a.xlsx", _book({"s": [["place", "value"], ["Chile", "\x97"]]}), r"sheet s, row 2: .*U\+0097"),
    ("a.xlsx", _book({"s": [["place"], ["CÃ´te d'Ivoire"]]}), "row 2: .*wrong encoding"),
    ("a.parquet", _parquet({"place": ["Chile"], "value": ["\x97"]}), r"column value: .*U\+0097"),
    ("a.parquet", _parquet({"place": ["Chile", "CÃ´te"]}), "column place: .*wrong encoding"),
    ("a.csv", b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
    ("a.csv", b"<html>\n<table></table></html>", "web page"),
    ("a.json", b'[{"mineral": "lithium"}]', "JSON list"),
    ("metadata.json", b"{", "not JSON"),
    ("metadata.json", b"[1]", "not an object"),
    ("metadata.json", b"[" * 100_000, "not JSON"),
    ("a.jsonl", b"{}\n" * 3, "empty"),
]


@pytest.mark.parametrize(("name", "content", "message"), REFUSED_CASES)
def test_what_is_no_table_is_refused_with_the_reason(name, content, message):
    with pytest.raises(UnreadableFile, match=message):
        read_tables(InputFile(name, content))


# limit, its value for the test, a file that passes it -> part of the message
LIMIT_CASES = [
    (workbooks, "MAX_BOOK_BYTES", 1000, "a.xlsx", "unpacks to"),
    (worksheets, "MAX_BOOK_CELLS", 30, "a.xlsx", "more than 30 cells"),
    (workbooks, "MAX_ROWS", 2, "a.xlsx", "too many elements"),
    (workbooks, "MAX_OTHER_TAGS", 5, "a.xlsx", "too many elements"),
    (worksheets, "MAX_CELL_TEXT", 5, "a.xlsx", "Excel allows 5"),
    (parquet, "MAX_CELLS", 10, "a.parquet", "at most 10 cells"),
    (parquet, "MAX_UNPACKED", 50, "a.parquet", "unpacks to more than 50"),
    (parquet, "MAX_UNPACKED", 50, "b.parquet", "unpacks to more than 50"),
    (records, "MAX_CELLS", 10, "a.jsonl", "too many cells"),
]


@pytest.mark.parametrize(("module", "limit", "value", "name", "message"), LIMIT_CASES)
def test_a_limit_is_an_error_that_names_it(monkeypatch, module, limit, value, name, message):
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(UnreadableFile, match=message):
        read_tables(InputFile(name, FORMS[name]))


def test_an_excel_lock_file_is_passed_over(tmp_path):
    (tmp_path / "~$a.xlsx").write_bytes(b"lock")
    (tmp_path / "a.xlsx").write_bytes(FORMS["a.xlsx"])
    assert [item.name for item in open_inputs([tmp_path])] == ["a.xlsx"]


def test_a_workbook_is_known_by_its_content():
    assert [item.name for item in unpack("book.bin", FORMS["a.xlsx"])] == ["book.bin"]
    assert read_tables(InputFile("book.bin", FORMS["a.xlsx"]))[0].sheet == "table"
