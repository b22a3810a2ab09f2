"""Delimited text becomes tables of text: encodings, headers, positions, large files, and what is no table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from loaders.columns import written_out
from loaders.errors import UnreadableFile
from loaders.files import delimited, inputs
from loaders.files.damage import damage
from loaders.files.delimited import read_table
from loaders.files.inputs import open_inputs
from loaders.files.table import InputFile, RawTable
from loaders.vocabulary import Severity


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
    (
        "国家,储量\n中国（China）,5吨\n".encode("gb18030"),
        ("国家", "储量"),
        {2: ("中国（China）", "5吨")},
        "gb18030",
    ),
    ("a,b\nSÃO TOMÉ,CÔTE Â\n".encode("cp1252"), ("a", "b"), {2: ("SÃO TOMÉ", "CÔTE Â")}, "cp1252"),
    ("国家,储量\n中国,1\n".encode("gb18030"), ("国家", "储量"), {2: ("中国", "1")}, "gb18030"),
    (
        "国,b\n経済産業省による統計,2\n".encode("shift-jis"),
        ("国", "b"),
        {2: ("経済産業省による統計", "2")},
        "cp932",
    ),
    (
        "国,千トン\nオーストラリア,2\n".encode("cp932"),
        ("国", "千トン"),
        {2: ("オーストラリア", "2")},
        "cp932",
    ),
    (
        "国,千トン\nオーストラリア,2\n".encode("euc-jp"),
        ("国", "千トン"),
        {2: ("オーストラリア", "2")},
        "euc_jp",
    ),
    (
        "國家,產量（公噸）\n智利共和國,2\n".encode("big5"),
        ("國家", "產量（公噸）"),
        {2: ("智利共和國", "2")},
        "cp950",
    ),
    (
        "나라,생산량\n대한민국 통계청의 광물 생산량과 매장량 및 수출입 통계 자료 모음집 개정판,2\n".encode(
            "cp949"
        ),
        ("나라", "생산량"),
        {2: ("대한민국 통계청의 광물 생산량과 매장량 및 수출입 통계 자료 모음집 개정판", "2")},
        "cp949",
    ),
    (
        "País,t\nMéxico,2\nPanamá,3\nBrésil,4\n".encode("mac_roman"),
        ("País", "t"),
        {2: ("México", "2"), 3: ("Panamá", "3"), 4: ("Brésil", "4")},
        "mac_roman",
    ),
    (
        "a,b\ncost–benefit,1\nwell–known’s,2\n".encode("cp1252"),
        ("a", "b"),
        {
            2: ("cost–benefit", "1"),
            3: ("well–known’s", "2"),
        },
        "cp1252",
    ),
    ("a;b\n1,5;2\n", ("a", "b"), {2: ("1,5", "2")}, "utf-8"),
    # unusual letters together are no damage
    ("a\njäääär «MAÇû РСФСР Рівне ÅÄÖ\n", ("a",), {2: ("jäääär «MAÇû РСФСР Рівне ÅÄÖ",)}, "utf-8"),
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
    (
        "a,b\n1,2\nCôte d’Ivoire,3\n".encode().decode("cp1252").encode(),
        3,
        "'Ã´': letters were read in a wrong",
    ),
    ("a,b\n“x”,3\n".encode().decode("cp1252", "replace").encode(), 2, "U+FFFD"),
    ("a,b\n1,2°\n".encode().decode("latin-1").encode(), 2, "'Â°'"),
    ("a,b\n1,2°\n".encode() + "é,1\n".encode("cp1252"), 2, "here it is UTF-8, elsewhere Windows-1252"),
    ("a,b\né,—\nàü,ö\n".encode("cp1252") + "1,—\n".encode(), 4, "here it is UTF-8, elsewhere Windows-1252"),
    ("a,b\nРоссия и мир,1\n".encode("cp1251") * 20 + "Чили,1\n".encode(), 41, "elsewhere Windows-1251"),
    ("a,b\n中国,1\n".encode("gb18030") * 20 + "智利的,1\n".encode(), 41, "elsewhere GB 18030"),
    ("a,b\nCôte d’Ivoire,1\n".encode() + "Curaçao,1\n".encode("cp1252"), 2, "in two encodings"),
    ("a,b\nC\ufffdte,2\n".encode(), 2, "the character U+FFFD"),
    # read in a wrong encoding and saved again
    ("a,b\n1,2\nCÃ´te d'Ivoire,2\n".encode(), 3, "'Ã´': letters were read in a wrong encoding"),
    ("a,b\nx,â€”\n".encode(), 2, "wrong encoding"),
    ("ï»¿a,b\n1,2\n".encode(), 1, "wrong encoding"),
    ("Страна,b\n1,2\n".encode().decode("cp1251").encode(), 1, "wrong encoding"),
    ("Добыча,b\n1,2\n".encode().decode("latin-1").encode(), 1, "wrong encoding"),
    ("Добыча лития,b\n1,2\n".encode("cp1251").decode("cp1252").encode(), 1, "'Äîáû÷à'"),
    ("国家统计局,b\n1,2\n".encode("gb18030").decode("latin-1").encode(), 1, "wrong encoding"),
    ("a,b\n锟斤拷,2\n".encode(), 2, "wrong encoding"),
    # bytes that are Chinese characters, too, but rare or all in one corner
    ("나라,b\n대한민국 통계청,2\n".encode("euc-kr"), None, "cannot be told with certainty"),
    (b"a,b\n1,2\n1,2,3\n", 3, "3 cells, the header 2"),
    (b"a,b\n1\n", 2, "1 cells, the header 2"),
    (b"a,b\n1,4,780\n", 2, "3 cells, the header 2"),
    (b'a,b\n1,">17,000', 2, "never closed"),
    (b'a,b\n1,"2\n3,4\n5,6\n', 2, "never closed"),
    (b"x" * 200_000 + b",b\n1,2\n", 1, "header"),
    (b"a,b\n" + b"x" * 3_000_000 + b",2\n", None, "not a readable table"),
]


@contextmanager
def _large(block: int = 16) -> Iterator[None]:
    """Every file is a large one, and read in blocks of so many bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "LARGE", -1)
        patch.setattr(delimited, "_BLOCK", block)
        yield


@pytest.fixture(params=[None, 4, 16, 2**20], ids=["whole", "blocks of 4", "blocks of 16", "one block"])
def size(request):
    """The same file as a small one, and as a large one in blocks of so many bytes."""
    with nullcontext() if request.param is None else _large(request.param):
        yield request.param


def _rows(table: RawTable) -> dict[int, tuple[str, ...]]:
    cells = written_out(table.frame).to_numpy()
    return {row: tuple(line) for row, line in zip(table.frame.index, cells, strict=True)}


@pytest.mark.parametrize(("content", "header", "rows", "encoding"), TABLE_CASES)
def test_a_table_is_read_as_printed(size, content, header, rows, encoding):
    table = _table(content)
    assert table.header == header
    assert _rows(table) == rows
    assert table.encoding == encoding
    assert size is not None or set(table.frame.dtypes.astype(str)) == {"string"}


@pytest.mark.parametrize(("content", "row", "message"), REFUSED_CASES)
@pytest.mark.usefixtures("size")
def test_what_is_no_table_is_refused(content, row, message):
    with pytest.raises(UnreadableFile, match=message.replace("+", r"\+")) as refused:
        _table(content, "mine.csv")
    assert (refused.value.file, refused.value.row) == ("mine.csv", row)


# a table in a language -> the encodings of its time
LETTERS_CASES = [
    ("Kraj;Wydobycie\nWęgry;3\nSłowacja;2\nWybrzeże Kości Słoniowej;1\nŁotwa;1\n",
     "cp1250 iso8859_2 mac_latin2"),
    ("Země;Těžba mědi\nNěmecko;2\nČína;17\nŠpanělsko;1\n", "cp1250 iso8859_2 cp852 mac_latin2"),
    ("Ország;Réztermelés\nNémetország;2\nKína;17\nTörökország;1\nGyűjtő;1\n", "cp1250 iso8859_2 cp852"),
    ("Država;Proizvodnja\nČile;1\nNjemačka;2\nŠvedska;3\nŠpanjolska;3\nMađarska;2\n", "cp1250 iso8859_2"),
    ("Ülke;Üretim\nŞili;5\nÇin;17\nTürkiye;1\nKırgızistan;3\n", "cp1254 iso8859_9 cp857 mac_turkish"),
    ("Χώρα;Παραγωγή\nΧιλή;5\nΚίνα;17\nΓερμανία;2\n", "cp1253 iso8859_7 cp737 mac_greek"),
    ("Страна;Добыча\nЧили;5\nКитай;17\nРоссия;2\n", "cp1251 koi8_r cp866 iso8859_5 mac_cyrillic"),
    ("Країна;Видобуток міді\nЧилі;1\nУкраїна;3\nІндія;2\n", "cp1251 koi8_u iso8859_5"),
    ("Pays;Production minière\nBrésil;5\nSuède;17\nCôte d'Ivoire;2\nGuinée équatoriale;4\n",
     "cp1252 mac_roman cp850 iso8859_15"),
    ("Land;Förderung\nÖsterreich;5\nTürkei;17\nRumänien;2\n", "cp1252 mac_roman cp850"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encodings"), LETTERS_CASES)
def test_letters_are_those_that_were_written(text, encodings):
    for encoding in encodings.split():
        table = _table(text.encode(encoding))
        assert [";".join(table.header), *map(";".join, table.frame.to_numpy())] == text.splitlines(), encoding
        assert table.problems == (), encoding


# a table with few letters beyond ASCII -> what a person has to look at
DOUBTFUL_CASES = [
    ("Country,t\nGyőr,3\n".encode("cp1250"), "read as Windows-1250, with 'Győr'"),
    ("Country,t\nNova Zeelandă Mică,3\n".encode("cp1250"), "'Zeeland"),
    ("Country,t\nPlzeň,3\n".encode("iso8859_2"), "with 'Plze"),
]


@pytest.mark.parametrize(("content", "message"), DOUBTFUL_CASES)
def test_letters_that_are_likely_only_are_shown(content, message):
    problem = _table(content).problems[0]
    assert (problem.severity, problem.rule) == (Severity.WARNING, "encoding of the text")
    assert message in problem.message


def test_a_table_knows_the_bytes_it_came_from():
    content = b"a,b\n1,2\n"
    source = _table(content).source
    assert (source.name, source.size) == ("a.csv", 8)
    assert source.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.slow
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])),
                         min_size=2, max_size=2), max_size=5))  # fmt: skip
def test_any_cells_come_back_with_their_rows(rows):
    lines = ["one,two", *(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)]
    assume(damage("\n".join(lines).encode()) is None)  # such as 'Ã©'
    for size in (None, 8, 64):
        with _large(size) if size else nullcontext():
            table = _table("\n".join(lines) + "\n")
        assert list(_rows(table).values()) == [tuple(row) for row in rows]
        assert list(table.frame.index) == list(range(2, len(rows) + 2))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.usefixtures("size")
def test_a_table_of_too_many_cells_is_refused(monkeypatch, line_end):
    monkeypatch.setattr(delimited, "MAX_CELLS", 20)
    assert len(_table(line_end.join(["a,b"] * 10)).frame) == 9
    with pytest.raises(UnreadableFile, match="about 22 cells; at most 20"):
        _table(line_end.join(["a,b"] * 11 + [""]))


def test_a_large_file_holds_repeated_texts_once():
    with _large(64):
        frame = _table("place,value\n" + "".join(f"Chile,{number}\n" for number in range(100))).frame
    assert list(frame["place"].cat.categories) == ["Chile"]
    assert frame["value"].dtype == "string"


def test_a_column_of_few_texts_at_first_may_hold_many_later():
    names = ["Chile"] * 10_000 + [f"place {number}" for number in range(40_000)] + ["Chile"]
    with _large(2**15):
        frame = _table("place,value\n" + "".join(f"{name},1\n" for name in names)).frame
    assert frame["place"].tolist() == names
    assert len(frame["place"].cat.categories) == 40_001


_TEXT = st.lists(st.sampled_from([*'ab,;"\n\r', '""', '"\n', ',"', '",', "\r\n", "é", "\x97"]), max_size=60)


@pytest.mark.slow
@given(st.one_of(st.binary(max_size=80), _TEXT.map(lambda parts: "".join(parts).encode())))
@example(b'a,b\n5" pipe,"x\ny"\n1,2\n')
@example(b'a,b\n1,5" pipe\n2,"3\n4,5\n6"\n')
def test_any_bytes_are_a_table_or_a_refusal_however_large(content):
    def outcome():
        try:
            table = _table(content)
        except UnreadableFile as refused:
            return str(refused), refused.row
        assert len(set(table.header)) == len(table.header) > 0
        return table.header, _rows(table), table.encoding, table.source

    whole = outcome()
    for size in (4, 16):
        with _large(size):
            assert outcome() == whole


def test_a_file_on_the_disk_is_read_as_its_bytes_are(tmp_path, monkeypatch):
    content = b"place,value\n" + b"".join(b"Chile,%d\n" % number for number in range(1000))
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    monkeypatch.setattr(inputs, "LARGE", 100)
    (item,) = open_inputs([path])
    assert item.source == path
    with _large(1000):
        table = read_table(item)
    assert _rows(table) == _rows(_table(content))
    assert table.source == InputFile("a.csv", content).record
    assert "content" not in vars(item), "the whole file need not be held"


_FINE = 'Country,Value\nChile,"4,780"\nPeru,">17,000,000"\n'


@given(st.integers(0, len(_FINE)))
def test_a_cut_file_never_shows_half_a_quoted_cell(length):
    try:
        table = _table(_FINE[:length])
    except UnreadableFile:
        return
    quoted = [cell for row in table.frame.to_numpy() for cell in row[1:] if cell]
    assert set(quoted) <= {"4,780", ">17,000,000"}
