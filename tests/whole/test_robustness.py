"""No input crashes, hangs or fills the memory: whatever is read gives a load or an error of ours.

Hostile files are read in a process of their own, whose memory and time are limited.
"""

from __future__ import annotations

import gzip
import io
import json
import signal
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.errors import MineralsError
from loaders.files.archives import unpack
from loaders.files.inputs import open_inputs
from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.formats.tidy import REQUIRED
from loaders.read import load_inputs
from loaders.spreadsheets.applying import apply
from loaders.spreadsheets.proposing import propose
from loaders.spreadsheets.template import template
from tests.checkout import ROOT

pytestmark = pytest.mark.slow

SECONDS = 60
MEMORY = 3 * 2**30

ROW = "x,2025,lithium,Chile,reserves,2024,5,t\n"
TIDY = (",".join(REQUIRED) + "\n" + ROW * 3).encode()


def _zip(compression: int = zipfile.ZIP_DEFLATED, **members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _book(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _parquet() -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table({name: ["x", "5"] for name in REQUIRED}), stream)
    return stream.getvalue()


SAMPLES: dict[str, bytes] = {
    "a.csv": TIDY,
    "a.csv.gz": gzip.compress(TIDY),
    "a.zip": _zip(**{"a.csv": TIDY}),
    "a.xlsx": template(),
    "a.parquet": _parquet(),
    "a.jsonl": (json.dumps(dict.fromkeys(REQUIRED, "5")) + "\n").encode() * 3,
    "datapackage.json": json.dumps({"name": "x", "resources": [{"path": "a.csv"}]}).encode(),
    "bgs.csv": b"country_trans,year,quantity\nChile,1990-01-01 00:00:00,5\n",
    "usgs.csv": b"Source,Country,Type,Prod_t_2023,Reserves_t\nMCS2024,Chile,Mine production,5,>6\n",
    "owid.csv": b"Entity,Code,Year,Lithium production\nChile,CHL,2022,5\n",
}


def _outcome(name: str, content: bytes) -> str:
    """What a load says, or what an error of ours says; anything else fails the test."""
    try:
        load = load_inputs(unpack(name, content))
    except MineralsError as error:
        return str(error)
    return f"{load.report.counts.observations} of {len(load.observations)}"


@pytest.mark.parametrize("name", SAMPLES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_a_load_or_an_error(name, data):
    content = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, max(0, len(content) - 1)))
        match data.draw(st.sampled_from(["cut", "change", "insert", "repeat", "drop"])):
            case "cut":
                del content[place:]
            case "change":
                content[place : place + 1] = bytes([data.draw(st.integers(0, 255))])
            case "insert":
                content[place:place] = data.draw(st.binary(max_size=20))
            case "repeat":
                content[place:place] = content[place : place + 50] * data.draw(st.integers(1, 20))
            case "drop":
                del content[place : place + data.draw(st.integers(1, 50))]
    assert _outcome(name, bytes(content))


@given(name=st.sampled_from(list(SAMPLES)), content=st.binary(max_size=300))
def test_any_bytes_under_any_name_are_a_load_or_an_error(name, content):
    assert _outcome(name, content)


_CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "NA", "W", ">1,000", "e500", "—", "1e999", "9" * 400, "=1+1", "\ufeff", "\u202e5"]),
    st.sampled_from(["Chile", "lithium", "t", "reserves", "2024", "x", "5"]),
)


@given(rows=st.lists(st.lists(_CELL, min_size=len(REQUIRED), max_size=len(REQUIRED)), max_size=4))
def test_any_cells_in_our_table_are_a_load_or_an_error(rows):
    lines = [dict(zip(REQUIRED, row, strict=True)) for row in rows]
    text = "\n".join(json.dumps(line) for line in lines)
    assert _outcome("a.jsonl", text.encode("utf-8", "replace"))


_HEADER = st.one_of(st.text(min_size=1, max_size=12), st.sampled_from(["Country", "Запасы, тыс. т", "2023"]))


@given(
    header=st.lists(_HEADER, min_size=1, max_size=5, unique=True),
    rows=st.lists(st.lists(_CELL, min_size=5, max_size=5), max_size=5),
)
def test_any_table_gets_a_proposal_that_can_be_applied_or_says_why_not(header, rows):
    text = "\n".join(json.dumps(dict(zip(header, row, strict=False))) for row in [*rows, ["x"] * 5])
    assert _applied(InputFile("a.jsonl", text.encode("utf-8", "replace")))


def _applied(item: InputFile) -> str:
    try:
        (raw,) = read_tables(item)
        return f"{len(apply(propose(raw, 'x', '2025').mapping, raw).frame)} lines"
    except MineralsError as error:
        return str(error)


# Hostile files: each is made by a function, since some are large -----------------------------------


def _book_with(part: str, content: bytes) -> bytes:
    """A workbook, one part of which is something else."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_book(["a", "b"], ["x", 5]))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, content)
    return stream.getvalue()


_SHEET = "xl/worksheets/sheet1.xml"
_NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _sheet(rows: bytes) -> bytes:
    return _book_with(
        _SHEET, b"<worksheet " + _NAMESPACE + b"><sheetData>" + rows + b"</sheetData></worksheet>"
    )


def _billion_laughs() -> bytes:
    entities = b'<!ENTITY a "lol">' + b"".join(
        b'<!ENTITY %c "%s">' % (ord("a") + i, b"&%c;" % (ord("a") + i - 1) * 10) for i in range(1, 12)
    )
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&l;</t></is></c></row>'
    return _book_with(
        _SHEET,
        b"<?xml version='1.0'?><!DOCTYPE x [" + entities + b"]><worksheet " + _NAMESPACE
        + b"><sheetData>" + cell + b"</sheetData></worksheet>",
    )  # fmt: skip


def _gzip_of_zeros(size: int) -> bytes:
    """A gzip file of `size` zeros, made without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"0" * 2**20
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def _zip_of_gzips() -> bytes:
    packed = _gzip_of_zeros(200 * 2**20)
    return _zip(**{f"{number}.csv.gz": packed for number in range(40)})


def _nested_zip() -> bytes:
    content = _zip(**{"a.csv": b"0" * 50_000_000})
    for _ in range(5):
        content = _zip(**{"a.zip": content, "b.csv": TIDY})
    return content


def _parquet_of_repeated_text() -> bytes:
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), pa.array(["x" * 10_000_000]))
    stream = io.BytesIO()
    pq.write_table(pa.table({"a": text, "b": text}), stream)
    return stream.getvalue()


def _unknown_names() -> bytes:
    rows = "".join(f"x,2025,mineral {n},place {n},reserves,2024,value {n},unit {n}\n" for n in range(20_000))
    return (",".join(REQUIRED) + "\n" + rows).encode()


def _repeated_string() -> bytes:
    shared = b"<sst " + _NAMESPACE + b"><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>"
    book = _book_with("xl/sharedStrings.xml", shared)
    rows = b"<worksheet " + _NAMESPACE + b"><sheetData>" + row * 2_000 + b"</sheetData></worksheet>"
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, rows if name == _SHEET else old.read(name))
    return stream.getvalue()


HOSTILE = {
    "a zip bomb": ("a.zip", lambda: _zip(**{f"{n}.csv": b"0" * 50_000_000 for n in range(15)})),
    "zips in zips": ("a.zip", _nested_zip),
    "gzip files in a zip": ("a.zip", _zip_of_gzips),
    "a zip in a zip under another name": (
        "a.zip",
        lambda: _zip(**dict.fromkeys([f"{n}.csv" for n in range(20)], _zip(**{"a.csv": b"0" * 200_000_000}))),
    ),
    "a gzip bomb": ("a.csv.gz", lambda: _gzip_of_zeros(2**30)),
    "a workbook that is a bomb": ("a.xlsx", lambda: _sheet(b"<row/>" * 40_000_000)),
    "billion laughs": ("a.xlsx", _billion_laughs),
    "a row far below": ("a.xlsx", lambda: _sheet(b'<row r="999999999999"><c r="A1"><v>1</v></c></row>')),
    "a cell far to the right": (
        "a.xlsx",
        lambda: _sheet(
            b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 9999))
        ),
    ),
    "a column that Excel has not": (
        "a.xlsx",
        lambda: _sheet(b'<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'),
    ),
    "one long text in every cell": ("a.xlsx", _repeated_string),
    "merged cells everywhere": (
        "a.xlsx",
        lambda: _book_with(
            _SHEET,
            b"<worksheet " + _NAMESPACE + b'><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c>'
            b'<c r="B1" t="str"><v>y</v></c></row></sheetData><mergeCells>'
            + b'<mergeCell ref="A1:XFD1048576"/>' * 10_000
            + b"</mergeCells></worksheet>",
        ),
    ),
    "formulas without results": ("a.xlsx", lambda: _book(["a", "b"], ["=1+1", "=A2"])),
    "an endless line": ("a.csv", lambda: b"x" * 30_000_000),
    "an endless header": ("a.csv", lambda: b"a," * 20_000_000),
    "blank lines only, then one": ("a.csv", lambda: b"\n" * 30_000_000 + b"a"),
    "many blank lines": ("a.csv", lambda: b"a,b\n" + b"\n" * 30_000_000),
    "an open quotation mark": ("a.csv", lambda: b'a,b\n"' + b"x,y\n" * 10_000_000),
    "a cell of ten megabytes": ("a.csv", lambda: b"a,b\n" + b"x" * 10_000_000 + b",y\n"),
    "a column of such cells": (
        "a.jsonl",
        lambda: b"".join(b'{"a": "%s", "b": "y"}\n' % (b"x" * 10_000_000) for _ in range(20)),
    ),
    "our table with such cells": (
        "a.jsonl",
        lambda: json.dumps(dict.fromkeys(REQUIRED, "1, " * 3_000_000)).encode() + b"\n",
    ),
    "deep JSON": ("a.jsonl", lambda: b'{"a":' * 10_000_000),
    "a deep document": ("datapackage.json", lambda: b'{"a":' * 2_000_000),
    "a Parquet file that repeats one text": ("a.parquet", _parquet_of_repeated_text),
    "nothing but unknown names": ("a.csv", _unknown_names),
    "NUL bytes": ("a.csv", lambda: b"\0" * 50_000_000),
    "high bytes": ("a.csv", lambda: bytes(range(128, 256)) * 500_000),
}

Reader = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def apart() -> Iterator[Reader]:
    """What reads a file in a process of its own, within the limits of memory and time."""
    words = [sys.executable, "-m", "tests.hostile_reader"]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout

        def read(path: Path, memory: int = MEMORY, seconds: float = SECONDS) -> dict[str, Any]:
            print(json.dumps([str(path), memory, seconds]), file=process.stdin, flush=True)
            found: dict[str, Any] = json.loads(process.stdout.readline())
            return found

        yield read
        process.stdin.close()


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_costs_little_time_and_memory(tmp_path: Path, apart: Reader, what: str) -> None:
    name, make = HOSTILE[what]
    path = tmp_path / name
    path.write_bytes(make())
    result = apart(path)
    assert result["code"] == 0, result["err"]
    assert result["out"].startswith(("loaded", "refused")), result["err"]
    assert len(result["out"]) < 10_000


def test_the_limits_of_the_hostile_reader_are_real(tmp_path: Path, apart: Reader) -> None:
    """The limits of the test above stop what goes over them, so that it can fail."""
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY})); b' ' * {2 * MEMORY}"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "MemoryError" in result.stderr
    name, make = HOSTILE["many blank lines"]
    path = tmp_path / name
    path.write_bytes(make())
    assert apart(path, seconds=0.02)["code"] == -signal.SIGALRM


def test_a_folder_of_everything_is_an_error_that_names_the_formats(tmp_path: Path):
    for name, content in SAMPLES.items():
        if name == "datapackage.json":
            continue  # it would say which of the tables counts
        (tmp_path / name).write_bytes(content)
    with pytest.raises(MineralsError, match="no format recognises this") as caught:
        load_inputs(open_inputs([tmp_path]))
    assert str(caught.value).count(";") >= 7
