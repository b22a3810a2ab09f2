"""Files, folders and archives become inputs, by name."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import sys
import zipfile
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import MineralsError, NoTable, UnknownFormat, UnreadableFile
from loaders.files import archives, inputs
from loaders.files.archives import unpack
from loaders.files.delimited import read_table
from loaders.files.inputs import open_inputs
from loaders.files.prose import refuse_prose
from loaders.files.table import InputFile
from loaders.formats.tidy import REQUIRED
from loaders.read import load_inputs


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _odt() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return buffer.getvalue()


def test_a_folder_gives_its_tables_sorted_by_name(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "b.csv").write_bytes(b"b")
    (tmp_path / "below" / "A.CSV").write_bytes(b"a")
    (tmp_path / "readme.xml").write_bytes(b"<x/>")
    (tmp_path / "more.zip").write_bytes(_zip(**{"in/c.csv": b"c"}))
    assert open_inputs([tmp_path]) == [
        InputFile("A.CSV", b"a"),
        InputFile("b.csv", b"b"),
        InputFile("c.csv", b"c"),
    ]


def test_an_archive_gives_its_tables_without_what_a_mac_adds():
    content = _zip(**{
        "world/a.csv": b"a", "__MACOSX/world/a.csv": b"junk", "world/._a.csv": b"junk", "meta.xml": b"<x/>",
        "..\\..\\b.csv": b"b",
    })  # fmt: skip
    assert unpack("release.zip", content) == [InputFile("a.csv", b"a"), InputFile("b.csv", b"b")]


def test_an_archive_is_known_by_its_bytes_not_its_name():
    assert unpack("release.csv", _zip(**{"a.csv": b"a"})) == [InputFile("a.csv", b"a")]


@pytest.mark.parametrize(
    ("files", "path", "message"),
    [
        ({}, "nothing.csv", "no such file"),
        ({"a.docx": _zip(**{"word/document.xml": b"x"})}, "a.docx", "no table found"),
        ({"a.pdf": b"%PDF"}, "a.pdf", "this is a PDF file"),
        ({"a.tar": b"a.csv".ljust(257, b"\0") + b"ustar"}, "a.tar", "a tar archive"),
        ({"a.odt": _odt()}, "a.odt", "OpenDocument"),
        ({}, ".", "no table found"),
        ({"a.zip": _zip(**{"meta.xml": b"<x/>"})}, "a.zip", "no table found"),
        ({"a.zip": _zip(**{"a.csv": b"a,b\n" * 100})[:60]}, "a.zip", "cannot be opened"),
    ],
)
def test_a_path_without_a_table_is_refused(tmp_path, files, path, message):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=message):
        open_inputs([tmp_path / path])


@pytest.mark.parametrize("name", ["export", "data.dat", "table.xls", "a.csv.bz2", "a.csv.gz", "a.TXT"])
def test_a_file_that_is_named_is_known_by_its_content(tmp_path, name):
    pack = {".bz2": bz2.compress, ".gz": gzip.compress}.get(name[name.rfind(".") :], bytes)
    (tmp_path / name).write_bytes(pack(b"a,b\n1,2\n"))
    (item,) = open_inputs([tmp_path / name])
    assert (read_table(item).header, item.content) == (("a", "b"), b"a,b\n1,2\n")


# a file that holds a table which cannot be read -> part of the message
OTHER_CASES = [
    ("a.7z", b"7z\xbc\xaf'\x1c" + b"0" * 20, "7-Zip archive"),
    ("a.rar", b"Rar!\x1a\x07\x00" + b"0" * 20, "RAR archive"),
    ("a.csv.zst", b"\x28\xb5\x2f\xfd" + b"0" * 20, "Zstandard"),
    ("a.csv.xz", b"\xfd7zXZ\x00" + b"0" * 20, "compressed with xz"),
    ("a.csv", b"%PDF-1.4\n", r"a PDF file\."),
    ("a.xlsx", b"%PDF-1.4\n", "a PDF file, and not the workbook that its name promises"),
    ("a.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF", r"a picture \(JPEG\), and not the workbook"),
    ("a.XLS", b"\x89PNG\r\n\x1a\n\x00", r"a picture \(PNG\), and not the workbook"),
    ("a.ods", b"GIF89a\x00", r"a picture \(GIF\), and not the workbook"),
    ("a.xlsx", b"SQLite format 3\x00", "a database"),
    ("a.zip", _zip(**{"a.csv": b"a", "in/more.zip": b"b"}), "more.zip in it cannot be read"),
    ("a.zip", _zip(**{"a.csv": b"a", "old.XLSB": b"b"}), "old.XLSB in it cannot be read"),
]


@pytest.mark.parametrize(("name", "content", "message"), OTHER_CASES)
def test_what_cannot_be_read_is_named_and_not_passed_over(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=message):
        open_inputs([tmp_path / name])


def test_a_folder_with_a_table_that_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a")
    (tmp_path / "readme.md").write_bytes(b"a")
    assert len(open_inputs([tmp_path])) == 1
    (tmp_path / "b.xlsb").write_bytes(b"PK")
    with pytest.raises(UnreadableFile, match=r"b\.xlsb in it cannot be read"):
        open_inputs([tmp_path])


@given(st.data())
def test_a_damaged_archive_is_refused_or_still_read(data):
    content = bytearray(_zip(**{"a.csv": b"Country,Value\nChile,4\n" * 30, "b.csv": b"x,y\n1,2\n"}))
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = unpack("a.zip", bytes(content))
    except MineralsError:
        return
    assert all(isinstance(item, InputFile) for item in found)


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    with pytest.raises(UnreadableFile, match="more than 1,000 bytes"):
        unpack("bomb.zip", _zip(**{"a.csv": b"0" * 600, "b.csv": b"0" * 600}))


def test_archives_in_an_archive_share_its_room(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    packed = gzip.compress(b"0" * 600)
    with pytest.raises(UnreadableFile, match="more than 1,000 bytes"):
        unpack("bomb.zip", _zip(**{"a.csv.gz": packed, "b.csv.gz": packed}))


def test_the_archives_of_a_folder_share_one_room(monkeypatch, tmp_path):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    for name in ("a.csv.gz", "b.csv.gz"):
        (tmp_path / name).write_bytes(gzip.compress(b"0" * 600))
    with pytest.raises(UnreadableFile, match="more than 1,000 bytes"):
        open_inputs([tmp_path])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("name", ["pipe.csv", "zeros.csv"])
def test_a_pipe_or_a_device_is_refused_before_it_is_opened(tmp_path, name):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zeros.csv").symlink_to("/dev/zero")
    with pytest.raises(UnreadableFile, match="a pipe or a device"):
        open_inputs([tmp_path / name])


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text here")
def test_a_name_that_is_no_text_is_said_in_characters_that_can_be_printed(tmp_path):
    path = tmp_path / os.fsdecode(b"bad\xff.csv")
    path.write_bytes(b"a")
    assert open_inputs([path]) == [InputFile("bad\ufffd.csv", b"a")]


def test_a_name_that_is_too_long_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match=r"cannot be read|no such file"):
        open_inputs([tmp_path / ("a" * 300)])


def test_an_archive_of_too_many_tables_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    with pytest.raises(UnreadableFile, match="holds 3 tables"):
        unpack("many.zip", _zip(**{f"{n}.csv": b"a" for n in range(3)}))


def test_a_large_file_that_is_gone_by_now_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setattr(inputs, "LARGE", 5)
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n")
    (item,) = open_inputs([tmp_path / "a.csv"])
    assert (item.size, item.head) == (8, b"a,b\n1,2\n")
    (tmp_path / "a.csv").unlink()
    with pytest.raises(UnreadableFile, match="no such file"):
        read_table(item)


def test_a_file_that_is_too_large_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(inputs, "MAX_BYTES", 10)
    (tmp_path / "a.csv").write_bytes(b"0" * 11)
    with pytest.raises(UnreadableFile, match="larger than 10 bytes"):
        open_inputs([tmp_path / "a.csv"])


README = """Data release 2027

A table, with 8,886 rows, of the agency
Agency, 2027, Summaries: Agency, 200 p.
Phone 703-648, or write, to us
"""
TEXTS = [
    ("one line.txt", "hello", True),
    ("read-me.txt", README, True),
    ("a letter without an ending", "Dear Sir,\n", True),
    ("years alone.txt", "Edition, 2024\nEdition, 2025\n", True),
    ("one row.txt", "country;reserves\nChile;44.000\n", False),
    ("an estimate.txt", "country\treserves\nChile\t 1,200e\n", False),
    ("below a title.txt", "Reserves, in tonnes\n\ncountry,1990\nChile,12\n", False),
    ("named a table.csv", "hello", False),
]


@pytest.mark.parametrize(("name", "text", "is_prose"), TEXTS, ids=[name for name, *_ in TEXTS])
def test_a_text_of_sentences_is_told_from_a_table(name: str, text: str, is_prose: bool) -> None:
    with pytest.raises(NoTable) if is_prose else nullcontext():
        refuse_prose(text.encode(), name)


def test_a_read_me_beside_a_table_is_named_and_left_out() -> None:
    table = f"{','.join(REQUIRED)}\nown,2025,cobalt,CHL,reserves,2024,5,t\n"
    files = [InputFile("readme.txt", README.encode()), InputFile("own.csv", table.encode())]
    report = load_inputs(files).report
    assert [(problem.rule, problem.file) for problem in report.problems] == [("no table", "readme.txt")]
    assert (report.counts.rows_read, report.counts.rows_used) == (1, 1)
    with pytest.raises(NoTable):
        load_inputs(files[:1])
    other = InputFile("other.csv", b"land,menge\nChile,5\n")
    with pytest.raises(UnknownFormat) as caught:
        load_inputs([other, *files[1:]])
    assert caught.value.file == "other.csv"
    with pytest.raises(UnknownFormat, match=r"own\.csv, twice\.csv"):
        load_inputs([files[1], InputFile("twice.csv", table.replace("2025", "2026").encode())])
