"""Bytes become tables of text: encodings, headers, positions, archives, and files that are no tables."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import tables
from loaders.errors import MineralsError, UnreadableFile
from loaders.tables import InputFile, open_inputs, read_table, unpack


def _table(content: bytes | str, name: str = "a.csv"):
    return read_table(InputFile(name, content.encode() if isinstance(content, str) else content))


# what is in the file, header, rows with their row numbers, encoding
TABLE_CASES = [
    ("a,b\n1,2\n", ("a", "b"), {2: ("1", "2")}, "utf-8"),
    ("a,b", ("a", "b"), {}, "utf-8"),
    ("a,b\r\n1,2\r\n", ("a", "b"), {2: ("1", "2")}, "utf-8"),
    ("a,b\r1,2\r", ("a", "b"), {2: ("1", "2")}, "utf-8"),
    (b"\xef\xbb\xbfa,b\r\n1,2\r\n", ("a", "b"), {2: ("1", "2")}, "utf-8"),
    ("a\tb\n1,5\t2\n", ("a", "b"), {2: ("1,5", "2")}, "utf-8"),
    # cells stay as printed: nothing is missing, nothing is a number
    ("a,b\nNA,\n 0 ,nan\n", ("a", "b"), {2: ("NA", ""), 3: (" 0 ", "nan")}, "utf-8"),
    ('a,b\n"4,780","x ""y"""\n', ("a", "b"), {2: ("4,780", 'x "y"')}, "utf-8"),
    # rows keep the numbers that a spreadsheet shows
    ("a,b\n\n1,2\n,\n3,4\n", ("a", "b"), {2: ("", ""), 3: ("1", "2"), 4: ("", ""), 5: ("3", "4")}, "utf-8"),
    ('a,b\n"1\n1",2\n3,4\n', ("a", "b"), {2: ("1\n1", "2"), 3: ("3", "4")}, "utf-8"),
    # headers
    (" a ,b \n1,2\n", ("a", "b"), {2: ("1", "2")}, "utf-8"),
    ("a,a,,\n1,2,3,4\n", ("a", "a (2)", "column (3)", "column (4)"), {2: ("1", "2", "3", "4")}, "utf-8"),
    ("a,a (3),a\n1,2,3\n", ("a", "a (3)", "a (3) (3)"), {2: ("1", "2", "3")}, "utf-8"),
    # Windows-1252: dashes, quotation marks, a half, a no-break space
    (b"a,b\n\x97,\x93x\x94\n", ("a", "b"), {2: ("—", "“x”")}, "cp1252"),
    (b"a,b\n500\x9617,\xbd\n", ("a", "b"), {2: ("500–17", "½")}, "cp1252"),
    (b"a\nC\xf4te d\x92Ivoire\n", ("a",), {2: ("Côte d’Ivoire",)}, "cp1252"),
    (b"a\nUnited\xa0States\n", ("a",), {2: ("United\xa0States",)}, "cp1252"),
    ("a\nтыс. тонн\n", ("a",), {2: ("тыс. тонн",)}, "utf-8"),
    # what Excel and its kin save in other places
    ("a,b\n1,—\n".encode("utf-16"), ("a", "b"), {2: ("1", "—")}, "utf-16"),
    ("страна;тыс. т\nРоссия;1\n".encode("cp1251"), ("страна", "тыс. т"), {2: ("Россия", "1")}, "cp1251"),
    ("国家,储量\n中国,1\n".encode("gb18030"), ("国家", "储量"), {2: ("中国", "1")}, "gb18030"),
    ("a;b\n1,5;2\n", ("a", "b"), {2: ("1,5", "2")}, "utf-8"),
]

# what is in the file, row, part of the message
REFUSED_CASES = [
    (b"", None, "empty"),
    (b" \n\r\n", None, "empty"),
    (b"\xef\xbb\xbf", None, "empty"),
    (b"a,b\n1\x00,2\n", None, "not a text file"),
    (b"a,b\n1,\x81\xff\n", None, "neither UTF-8 nor Windows-1252"),
    ("a,b\n1,2\n—,\x97\n".encode(), 3, "U+0097"),
    ("a,b\n\x93Other\x94,2\n".encode(), 2, "U+0093"),
    (b"a,b\n1,2\n1,2,3\n", 3, "3 cells, the header 2"),
    (b"a,b\n1\n", 2, "1 cells, the header 2"),
    (b"a,b\n1,4,780\n", 2, "3 cells, the header 2"),
    (b'a,b\n1,">17,000', 2, "never closed"),
    (b'a,b\n1,"2\n3,4\n5,6\n', 2, "never closed"),
    (b"x" * 200_000 + b",b\n1,2\n", 1, "header"),
    (b"a,b\n" + b"x" * 3_000_000 + b",2\n", None, "not a readable table"),
]


@pytest.mark.parametrize(("content", "header", "rows", "encoding"), TABLE_CASES)
def test_a_table_is_read_as_printed(content, header, rows, encoding):
    table = _table(content)
    assert table.header == header
    assert {
        row: tuple(cells) for row, cells in zip(table.frame.index, table.frame.to_numpy(), strict=True)
    } == rows
    assert table.encoding == encoding
    assert set(table.frame.dtypes.astype(str)) == {"string"}


@pytest.mark.parametrize(("content", "row", "message"), REFUSED_CASES)
def test_what_is_no_table_is_refused(content, row, message):
    with pytest.raises(UnreadableFile, match=message.replace("+", r"\+")) as refused:
        _table(content, "mine.csv")
    assert (refused.value.file, refused.value.row) == ("mine.csv", row)


def test_a_table_knows_the_bytes_it_came_from():
    content = b"a,b\n1,2\n"
    source = _table(content).source
    assert (source.name, source.size) == ("a.csv", 8)
    assert source.sha256 == hashlib.sha256(content).hexdigest()


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])),
                         min_size=2, max_size=2), max_size=5))  # fmt: skip
def test_any_cells_come_back_with_their_rows(rows):
    lines = ["one,two", *(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)]
    for large in (tables.LARGE, 0):  # text, then categories
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tables, "LARGE", large)
            frame = _table("\n".join(lines) + "\n").frame
        assert [list(row) for row in frame.to_numpy()] == rows
        assert list(frame.index) == list(range(2, len(rows) + 2))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_table_of_too_many_cells_is_refused(monkeypatch, line_end):
    monkeypatch.setattr(tables, "MAX_CELLS", 20)
    assert len(_table(line_end.join(["a,b"] * 10)).frame) == 9
    with pytest.raises(UnreadableFile, match="about 22 cells; at most 20"):
        _table(line_end.join(["a,b"] * 11 + [""]))


def test_a_large_file_holds_repeated_texts_once(monkeypatch):
    monkeypatch.setattr(tables, "LARGE", 0)
    frame = _table("place,value\n" + "".join(f"Chile,{number}\n" for number in range(100))).frame
    assert list(frame["place"].cat.categories) == ["Chile"]
    assert frame["value"].dtype == "string"


@given(st.binary(max_size=80))
def test_any_bytes_are_a_table_or_a_refusal(content):
    try:
        table = _table(content)
    except UnreadableFile:
        return
    assert len(set(table.header)) == len(table.header) > 0


_FINE = 'Country,Value\nChile,"4,780"\nPeru,">17,000,000"\n'


@given(st.integers(0, len(_FINE)))
def test_a_cut_file_never_shows_half_a_quoted_cell(length):
    try:
        table = _table(_FINE[:length])
    except UnreadableFile:
        return
    quoted = [cell for row in table.frame.to_numpy() for cell in row[1:] if cell]
    assert set(quoted) <= {"4,780", ">17,000,000"}


# --- files, folders and archives


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
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
        ({"a.pdf": b"%PDF"}, "a.pdf", "no table found"),
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
    monkeypatch.setattr(tables, "MAX_UNPACKED", 1000)
    with pytest.raises(UnreadableFile, match="more than 1,000 bytes"):
        unpack("bomb.zip", _zip(**{"a.csv": b"0" * 600, "b.csv": b"0" * 600}))


def test_an_archive_of_too_many_tables_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MAX_MEMBERS", 2)
    with pytest.raises(UnreadableFile, match="holds 3 tables"):
        unpack("many.zip", _zip(**{f"{n}.csv": b"a" for n in range(3)}))


def test_a_file_that_is_too_large_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    (tmp_path / "a.csv").write_bytes(b"0" * 11)
    with pytest.raises(UnreadableFile, match="larger than 10 bytes"):
        open_inputs([tmp_path / "a.csv"])
