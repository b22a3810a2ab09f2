"""Workbooks of Excel before 2007 and OpenDocument spreadsheets give what a workbook of today gives."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from base64 import b85decode
from datetime import datetime
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from loaders.errors import MineralsError, UnreadableFile
from loaders.files import opendocument
from loaders.files.inputs import open_inputs
from loaders.files.opening import read_tables
from loaders.files.table import InputFile, RawTable
from loaders.spreadsheets.proposing import propose

# What TODAY gives, saved by LibreOffice as .xls.
OLD = zlib.decompress(b85decode("".join((
    r"c-rk)Yitx%6h3!mc01dac3W7e1(uNtly+N-2ow}sS}Kr8KtVC4i7f4uUD@t#wp*npz#{TPBZ-PeV^BlFD`<Qs`a{6>ABh_IgNX){",
    r"LPDa!gw<#aM!KGJ=FT!LyQD3|MC_e>bLXD>KCgT3ocXqF@ZiUl=V3&;4^$Y+c);zT2}F@y@B%23Hk8R^Y;tBI{io7ZnUf4Pl%ESh",
    r"GA}^r2oIuA%D7nO6Y2Izk3bBcBpA>JQOpz22V+T7QDdCrji%4gDBF!TP0T<3`N@BiA6F4KvVZdXWdD;8C5Te%2!Jv~Ibt$m3c|-a",
    r"0Wb|wfw%)viI|R<ftZQ#BW58C#GQ!Qh$_Tgh&hP4h<S)=#C${zq81TA)FJ8-cOx3)Uha`OVG({WMl6xErI;_9@LPG4M@K2TUGT-E",
    r"uSw)A`}3#~A87-u7Z(ui5GUPe4MsYQe=D`{8iIn>(2q*GTxh7P3LHR`z=upf!SCg)f0&xVXp}nrxYEq4-^cIS{4T+_fX}(l4@_Br",
    r"ns|=&{AD%+0R^HJf)If)Y(Y;L#uk-unk;M=w;=lvE4YSQ-At`tD~3a4Wvk4nnFvPwS`i#3?pFn>su}`*%>ze>=?(P_bNpHv93|`P",
    r"!_;2a-Q8Z-+3D9R;24>mlh|&ALd&|l2iX)4!5<mJVfOt7(P=GA|9y0HWsG$A-_Z{t?{e|E)@q*~NuQsG9>_zl$wT+#q-WRjS|0j|",
    r"k@UlP+8@b7KbnVr>^k~>1vNMY8OpsWmGiQcoAdIN#`)w_0q0XvuFPgO&b@fZoO7|kz(cXvww}GH`_+YH*BY#fMa`Fhe1U)gp(6k`",
    r"?h|kcEf&wD^b<U_JIw;ot#eI*Yj+jl_+AJ_Y4ROkVnZEv3q0%ee$kBYX7K;&wN5)7?M}zjO#c%PyuV==pMXWyNw+bajF?8Znb>M}",
    r"8nLI%gb|EH(572sz0qW%4>!Ly95rz(8$!W^iN#GJGm0x}OC*rk8VW~<xZX_k;_g<5J3Gy&k%&Emg_c+{WJIuY4^C$oJ@H_N*<%>t",
    r"sFA_rxCoZHtmC*t_aUz7o=@fqo!ORe_YU*z#kl)U<P`bBGUkLA_g>dJ<I;u2l}%4FJq6cBoI@gnfY^;S16mFDsO9%_+}1wx_b}~w",
    r"e$UPJ|EX!7<GVWhoo<@%_&$gp+JmbCma2lY1w=)$d(Xh;!6rKw@F>>ku!FZP;6=TZd+*>K;jEK<EK@2YhlO1aN(pBLU~@oMyz)C>",
    r"`DIbcG?9a*a8xv$rsim;<)FD7G(*zdBidc%*vg8S08Vj4C9q^aE^Z;X1--2jwO}1q+{~}3lCGj8)NCsaOIo(%!jen&QFy$Q7@v^@",
    r"eel*SlHohqx5|A~mMpFKB%ZJ;wwwkn54Q;)eAQdKLje^ztKw4uC3T;?efj8jO*<9prD4qX>?s9%&cqVUt1$QNn6m)<f<izyO``E6",
    r"R85^VYmygUmn9l}0|lozm4;6x965gc_?gQWo835xCI_!^46ee8LSDU#2iAG@6<DHy{Y;z9k!dYAc5@vKBbdMTFbd2RG>V&hc;xcj",
    r"Jjz_jQ{tnK<!9B=VyCfuD-hP0Fnmn7h+9yl-n&?KAhn*pe}VO6nd#M*Ri<_6r-)0Xpr#u*?$*-PO!uU{IbwSS3b`NkAs#%Sl*4Ck",
    r"D?9?YpRJ6d@KSpnGB$y&=;XHQ&Vht|pSZn!$@RWM$-Zr0q2%xtN)9`=WWJNVFIm>Bvmk51mMu}8;5sTfC2lw+u8%|Fx<le{^AaCj",
    r"5_q#x3#~h-SGPFVZ&f`=cfPgZjzp{{)|E8cws)8jW9gE*jlnHuBw{iHTEbmjjW=`m6}Gs>nT9fuwZjqP!r<O_f4j0S<bCfI9ct%&",
    r"`aMbGO?j3G$zRgw)$*R)E;$#H5kgYlnN#xK{F2nFpRZbXVCoZ#o6&gR_6W#(u_Eua&5pHP_x;yUDw6t9IKOZ8{yAnk`_0({_0zrk",
    r"-@yF`u6(ePyw(U>yS(Syv6a`c$My2R0?4~Q)i=ueW=AYWyjl^DKV~L+!m;RZ9+7@7SXAGD2`195Pq*^_AIpD)56IPrbfVvKwXg|i",
    r"Prx>e-f11%#=QP=EBa$Q%#7i`T4k|q=dCzzH^gBbuHmV1&96HC!HuTR0>qlEpIHYHFvl&wLY#lB|Nj=se|1(AvH^N=|J@K|*{?w@",
    r"=wg`=B?)2tj^1FbYB|4a4E(<raXLHyN}QpC*I=>+j%_`S<Jdp>p!X;K|8n{Vh5A&?",
))))  # fmt: skip

# RAISED, saved by LibreOffice as .xls.
OLD_RAISED = zlib.decompress(b85decode("".join((
    r"c-rk)Z){Ul6hHU%-)kA$+hBqN#}kEZtdMp~wi?Bi6%-Q92u>wtiInojDqY)jonar;BJ#yR)R3q#L_@L<CMJq8(GN=8zVSh$U-+QW",
    r"WbjFYAF9z961V3$=iXPk(IxFb6S1c`@4oxH=e~3QoOABE{q~#Yx$_^lU4bR^Ah=+`_Jg+!6Uct2VgP6gTd-~0f$ci|r)XZ4w1;lo",
    r"KMykPxer-admB(?o$fq302%z{!Gt}K#xe&}Pz&9K7E}JcYWgfxDOWAk^{-q%#czt^F62u7Pw}4oe-&~A@@nKp<R*CpKr?a+@*3o|",
    r"$gOM>0PB#~Bj1hOhP(lJBl11S?P?6BDv9sI_xq8zD69j^&U)PW$H}kbE_yxi`RcD|%X#mwphaA8&$3-yMIM1H*+wj$N|^r^4e}V`",
    r"g2pg|M!FN<1e`;(5k6w{3x4io>qCly8BrE}P>b@|&+v0IKO2Gif5v^jXC#bv_yb${>+A#qd?E&MNI?<~V;oGPL>pWp|9Xif$UDR?",
    r"ZXu~#Yn8gGRq&Xl?s26#4(;v+m?kfL)Jj{qcxsNlYa0GwuW@L`B%Hp$`0v%>T8%jT@9=3{yGrZaE#-?#@vdd?;4=8OWpMvZ_*o4-",
    r"uK+fcM#05pbHU4HOTo?Mnu3qZwFQrTh%NjS#_4q)wmNuX%(C*Q(SZg2W`&LnFnmV9HF$=?c<}(M@)jvvlb<_jeL45Ssv<esm*_4!",
    r"oDg^{=rbaU&nUG2YRH2@#{)vgz_0&_XTx9c8Xp`1c^C{Q)8=?GZJF6z=E!6spUkAq&U_adcq}uS&gZ63@qQ~eiG%Km^n^lQ&^3sS",
    r"CDZX9ISmgm)E^FoLcI=z(tQyG@H2y%RPy;`+($y;{$O7yl#}s{rNSg-<6r_{x#dZg&|8sj>~X6qH5#!Di^ig`*nlf@1Xqj#Ni(mK",
    r"forinw(;84zP5p9885(%FK(f&gP=HpEwk=z+@qVHFSD$3T%Kg?6@G3l_5W$0qwKx2^j;k3DtkYV;mwbu0^VH>wFSlc2Jgw)LvsU8",
    r"Dd0(L(cuN2Hi%dCCN<MW8JPG<34pE{Duf1Q&=O6I32tAEX%#S61<bt!n`euV2?TIWaE+c9F__aln&6#HguT0otdV3imeEuXjb%vN",
    r"iyGB5tPQ>?xXs0qZYAkrNl&Rpl3rDFv!t(7BT2nfBS}hreu4d@xwu#EcTra!LEUi-#gNoj>}1?uG%6%q8U(l>^`WsmthK<WUU_N(",
    r"JjDA)sgazMqX6kBy3<j;{6oS?@&b<Jg6#^(9MI4;88u|nBb0MJo=oI26PeMxx#xJoN|_JzZy$~ywo)mJ*I_U@IvTl^+*8PSv0_@V",
    r"fep99cVX_-d%s;D8Z$n4Lx=8;Prjq2ep}_HLM<L`;$D@fj;LiBQ~7FM<*Wsjx1LtH?$7fw2c<rltd-7A9Z!MEOQ}7izU|OW?*}h*",
    r"O%#3<<?pw9{)A|kzrK8K#|Go<TR8vV^$&NGvo66#RG#ewYNKq9k14k%GF5v-wMWZxe_E?u+3ZtRZUV#d;x(f6?cEWEI^CIcJMaH&",
    r"e@kLer9NbnQ5C<QM(sH`hIucI<5<n(Z{hGS?bNQ}UVYK$#F-fC9mgBa5RT!w73p`C-NCErgQptoE5*4Xybo9_-ak72YQ6v8tM2M5",
    r"KZHq~|2W<`Xz%x-6^!zp5R%8cNCuJRsZ;6q)Uf`WkuR0>??w#?9)raeSlf6aE13UQ<oE0U|1kXxCQTt=",
))))  # fmt: skip

DIVIDED, PERCENT, DAY, TIME = "#,##0,", "0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


def _today() -> bytes:
    """Merged titles and heads, divided numbers, percentages, days, errors, and what is hidden."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Looks"
    for row in (
        ["Title merged over all"],
        ["Country", "Mine", None, "Share", "When", "Err"],
        [None, 2022, 2023, 2023],
        ["Chile", 5330000, 5250000.5, 0.354, datetime(2023, 2, 1), "#DIV/0!"],
        ["Peru", 2450000, None, 0.2, datetime(2022, 12, 31, 12, 30), "#N/A"],
        ["Hidden row", 7, 8, 0.1, None, True],
        ["Both lines", 9, "  spaces  in ", 0.05, None, False],
    ):
        sheet.append(row)
    for cells in ("A1:F1", "B2:C2", "A2:A3"):
        sheet.merge_cells(cells)
    for row in range(4, 8):
        sheet.cell(row, 2).number_format = DIVIDED
        sheet.cell(row, 4).number_format = PERCENT
    sheet["E4"].number_format, sheet["E5"].number_format = DAY, TIME
    sheet.row_dimensions[6].hidden = sheet.column_dimensions["C"].hidden = True
    hidden = book.create_sheet("Gone")
    hidden.append(["Country", 2020])
    hidden.append(["Chile", 1])
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_SPACES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        ("number", "datastyle"),
    )
)  # fmt: skip
_STYLES = """
<number:number-style style:name="N1"><number:number number:display-factor="1000"/></number:number-style>
<style:style style:name="thousands" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="gone" style:family="table">
<style:table-properties table:display="false"/></style:style>
"""


def _open_document(tables: str, manifest: str = "", styles: str = _STYLES) -> bytes:
    content = (
        f"<office:document-content{_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def _text(text: str, said: str = "") -> str:
    inner = f"<text:p>{escape(text)}</text:p>"
    return f'<table:table-cell office:value-type="string" {said}>{inner}</table:table-cell>'


def _number(value: float, kind: str = "float", said: str = "") -> str:
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}" {said}/>'


def _row(*cells: str, said: str = "") -> str:
    return f"<table:table-row {said}>{''.join(cells)}</table:table-row>"


_COVERED, _BLANK = "<table:covered-table-cell/>", "<table:table-cell/>"
_TWO_ACROSS, _TWO_DOWN = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="2"'


def _page(*rows: str, name: str = "Looks", columns: str = "<table:table-column/>", said: str = "") -> str:
    return f'<table:table table:name="{name}" {said}>{columns}{"".join(rows)}</table:table>'


def _day(date: str) -> str:
    return f'<table:table-cell office:value-type="date" office:date-value="{date}"/>'


def _truth(said: str) -> str:
    return f'<table:table-cell office:value-type="boolean" office:boolean-value="{said}"/>'


_COLUMNS = (
    '<table:table-column/><table:table-column table:default-cell-style-name="thousands"/>'
    '<table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="3"/>'
)
_SPACED = (
    '<table:table-cell office:value-type="string"><text:p> <text:s/>spaces<text:s text:c="2"/>'
    "<text:span>in</text:span> </text:p></table:table-cell>"
)
OPEN_DOCUMENT = _open_document(
    _page(
        _row(_text("Title merged over all", 'table:number-columns-spanned="6"')),
        _row(
            _text("Country", _TWO_DOWN), _text("Mine", _TWO_ACROSS), _COVERED,
            *map(_text, ("Share", "When", "Err")),
        ),
        _row(_COVERED, _number(2022, said='table:style-name="plain"'), _number(2023), _number(2023)),
        _row(
            _text("Chile"), _number(5330000), _number(5250000.5), _number(0.354, "percentage"),
            _day("2023-02-01"), _text("#DIV/0!"),
        ),
        _row(
            _text("Peru"), _number(2450000), _BLANK, _number(0.2, "percentage"),
            _day("2022-12-31T12:30:00"), _text("#N/A"),
        ),
        _row(
            _text("Hidden row"), _number(7), _number(8), _number(0.1, "percentage"), _BLANK, _truth("true"),
            said='table:visibility="collapse"',
        ),
        _row(
            _text("Both lines"), _number(9), _SPACED, _number(0.05, "percentage"), _BLANK, _truth("false"),
            '<table:table-cell table:number-columns-repeated="16378"/>',
        ),
        _row(_BLANK, said='table:number-rows-repeated="1048569"'),
        columns=_COLUMNS,
    )
    + _page(
        _row(_text("Country"), _number(2020)), _row(_text("Chile"), _number(1)),
        name="Gone", said='table:style-name="gone"',
    )
)  # fmt: skip


def _said(table: RawTable) -> tuple[object, ...]:
    assert table.numbers is not None
    cells, numbers = table.frame.to_csv(), table.numbers.to_csv()
    return (
        table.sheet,
        cells,
        numbers,
        table.above,
        table.head,
        table.header_rows,
        table.unseen,
        table.divided,
    )


@pytest.mark.parametrize(
    ("name", "content"), [("a.xls", OLD), ("a.ods", OPEN_DOCUMENT), ("a.xlsx", OLD), ("a.csv", OPEN_DOCUMENT)]
)
def test_every_kind_of_workbook_gives_the_same_tables(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    (item,) = open_inputs([tmp_path / name])
    expected = read_tables(InputFile("a.xlsx", _today()))
    assert [_said(table) for table in read_tables(item)] == [_said(table) for table in expected]
    assert expected[0].divided
    assert [len(table.unseen) for table in expected] == [2, 1]


def _above(text: str, mark: str) -> CellRichText:
    return CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), mark))


def _raised() -> bytes:
    """Footnotes above the line at a name, at a number and at a year."""
    book = openpyxl.Workbook()
    for row in (
        ["Tin mine production (t)"],
        ["Country", 2022, 2023],
        ["Peru", "28200", 26000],
        [_above("China", "2"), _above("71000", "3"), "68000"],
        ["Bolivia", _above("17,600", "r"), "18000"],
    ):
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_RAISED = '<text:p>71000<text:span text:style-name="T1">3</text:span></text:p>'
_RAISED_STYLE = (
    '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="{}"/>'
    "</style:style>"
)
OPEN_RAISED = [
    _open_document(
        _page(
            _row(_text("Country"), _number(2022)),
            _row(
                _text("China"), f'<table:table-cell office:value-type="string">{_RAISED}</table:table-cell>'
            ),
        ),
        styles=_RAISED_STYLE.format(position),
    )
    for position in ("super 58%", "33% 58%", "-33% 58%")
]


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", _raised), ("a.xls", lambda: OLD_RAISED)])
def test_a_footnote_above_the_line_is_no_digit(name, content):
    (table, *_) = read_tables(InputFile(name, content()))
    assert table.frame.to_numpy().tolist() == [
        ["Peru", "28200", "26000"],
        ["China²", "71000³", "68000"],
        ["Bolivia", "17,600r", "18000"],
    ]
    assert propose(table, "d", "2025").mapping.flags == {"³": "footnote 3", "r": "revised"}


def test_a_footnote_above_the_line_of_an_open_document_is_no_digit():
    found = [read_tables(InputFile("a.ods", content))[0].frame.iloc[0, 1] for content in OPEN_RAISED]
    assert found == ["71000³", "71000³", "710003"]


def test_a_row_that_is_repeated_stands_there_as_often():
    rows = (_row(_text("Country"), _number(2023)), _row(_text("Chile"), _number(5)))
    again = _row(
        _text("Peru"),
        _number(6, said='table:number-columns-repeated="2"'),
        said='table:number-rows-repeated="2"',
    )
    (table,) = read_tables(InputFile("a.ods", _open_document(_page(*rows, again))))
    assert table.frame.iloc[:, 2].tolist() == ["", "6", "6"]
    assert table.frame.index.tolist() == [2, 3, 4]


def test_a_question_is_asked_where_an_open_document_shows_its_numbers_divided():
    asked = propose(read_tables(InputFile("a.ods", OPEN_DOCUMENT))[0], "d", "2025").asked
    assert any("shown divided by 1,000" in question for question in asked)


_WIDE = _page(_row(_text("x"), _number(1, said='table:number-columns-repeated="900000000"')))
_LONG = _page(_row(_text("x"), said='table:number-rows-repeated="10001"'))
_FORMULA = _page(_row(_text("x")), _row('<table:table-cell table:formula="of:=1+1"/>'))

# A workbook that is not read -> part of the message
REFUSED_CASES = [
    ("a.ods", _open_document(_WIDE), "too large"),
    ("a.ods", _open_document(_LONG), "too large"),
    ("a.ods", _open_document(_FORMULA), r"row 2, column A: .*formula without its result"),
    ("a.ods", _open_document(_page(), manifest="<encryption-data/>"), "has a password"),
    ("a.ods", _open_document(_page()), "empty"),
    ("a.ods", OPEN_DOCUMENT[:400], "cannot be opened"),
    ("a.xls", OLD[:600], "cannot be opened|no workbook"),
]


@pytest.mark.parametrize(("name", "content", "message"), REFUSED_CASES)
def test_what_is_no_workbook_is_refused_with_the_reason(name, content, message):
    with pytest.raises(UnreadableFile, match=message):
        read_tables(InputFile(name, content))


def test_too_many_elements_are_refused_before_they_are_held(monkeypatch):
    monkeypatch.setattr(opendocument, "MAX_TAGS", 10)
    with pytest.raises(UnreadableFile, match="too many elements"):
        read_tables(InputFile("a.ods", OPEN_DOCUMENT))


def test_a_binary_workbook_is_told_what_to_do(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsb", "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    with pytest.raises(UnreadableFile, match=r"binary workbook \(\.xlsb\)\. .*save it as \.xlsx"):
        open_inputs([tmp_path / "a.xlsb"])


@pytest.mark.parametrize(("name", "content"), [("a.xls", OLD), ("a.ods", OPEN_DOCUMENT)])
def test_a_damaged_workbook_is_refused_or_still_read(name, content):
    chance = random.Random(name)
    for _ in range(25):
        harmed = bytearray(content)
        for _ in range(chance.randint(1, 4)):
            harmed[chance.randrange(40, len(harmed))] = chance.randrange(256)
        try:
            read_tables(InputFile(name, bytes(harmed)))
        except MineralsError:
            continue
