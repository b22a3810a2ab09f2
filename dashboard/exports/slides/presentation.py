"""A chart as slides: native and editable where PowerPoint has such a chart, else a picture and a table."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count, pairwise, zip_longest
from typing import Any, NamedTuple

import pptx
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.text.text import TextFrame
from pptx.util import Cm, Pt

from dashboard.charts.chart import Chart, Panel, SideBySide
from dashboard.charts.view import View
from dashboard.drawing.letters import fit, text_width
from dashboard.drawing.paper import BARE, chart_svg
from dashboard.drawing.presets import Preset
from dashboard.drawing.scales import Scale, shared_scales
from dashboard.exports import png, svg
from dashboard.exports.about import about_file, about_text, made_day
from dashboard.exports.choices import Choices
from dashboard.exports.marks import keyed
from dashboard.exports.native.lines import is_plain, line_panels_of, native_panel
from dashboard.exports.native.marks import Bars, add_svg, bars_xml, lines_xml
from dashboard.exports.office import describe, sheet_text, steady
from dashboard.exports.pixels import pixels
from dashboard.exports.slides.frames import ChartNumbers, SlidePlace, Words, add_chart, add_slide
from dashboard.exports.slides.parts import slide_parts
from dashboard.exports.small_table import SmallTable, small_table
from dashboard.exports.xlsx import WORDS_ROOM, native_rows, panels_of
from dashboard.snapshot import Stamp
from loaders.text import with_stops

_WIDE, _HIGH, _PAD = 33.867, 19.05, 1.2
"""Centimetres of a slide of 16:9, and around what stands on it."""
_TOP, _FOOT_LINE = 4.5, 0.65
"""Centimetres of title and subtitle, and of a line of the source."""
_POINTS, _LEAST = 72 / 2.54, 14
"""Points of a centimetre, and of the smallest letters on a slide."""


def slides(view: View, chart: Chart, stamp: Stamp, choices: Choices) -> bytes:
    """Slides with the finding as title and the source line; the notes say the rest."""
    deck = new_deck(chart.title, "", choices)
    told = about_text(about_file(view, chart, stamp, choices, ".pptx"))
    dated = stamp._replace(made=made_day(choices))
    source = keyed(view, chart, bold=not is_native(chart)).source
    head = SlideHead(chart.title, chart.subtitle, f"{source} {dated.words}", told)
    chart_slide(deck, chart, stamp, head)
    if not is_native(chart):
        table_slides(deck, small_table(chart), head)
    return saved_deck(deck)


class SlideHead(NamedTuple):
    """What stands on a slide besides its chart or table: title, subtitle, the line at its foot, notes."""

    title: str
    subtitle: str
    foot: str
    notes: str

    @property
    def foot_high(self) -> float:
        """Centimetres of the line at its foot, which may be several: other fonts are wider."""
        lines = len(fit(self.foot, 0.9 * (_WIDE - 2 * _PAD) * _POINTS, _LEAST, True))
        return max(lines, 2) * _FOOT_LINE + 0.3

    @property
    def body(self) -> float:
        """Centimetres between the subtitle and that line."""
        return _HIGH - _TOP - self.foot_high - 0.2


def new_deck(title: str, subject: str, choices: Choices) -> Any:
    """Slides of 16:9, none yet."""
    deck: Any = pptx.Presentation()
    deck.slide_width, deck.slide_height = Cm(_WIDE), Cm(_HIGH)
    describe(deck.core_properties, sheet_text(title), sheet_text(subject), choices)
    _name_parts(deck.part.package)
    return deck


def _name_parts(package: Any) -> None:
    """Number the parts by counting: python-pptx goes through all of them for each name that is new."""
    taken = {str(part.partname) for part in package.iter_parts()}
    counters: dict[str, Iterator[str]] = {}

    def next_partname(template: str) -> PackURI:
        names = (template % number for number in count(1) if template % number not in taken)
        return PackURI(next(counters.setdefault(template, names)))

    package.next_partname = next_partname


def saved_deck(deck: Any) -> bytes:
    """The file of the slides."""
    content = io.BytesIO()
    deck.save(content)
    return steady(content.getvalue())


def is_native(chart: Chart) -> bool:
    """Whether PowerPoint has such a chart."""
    return bool(_panels(chart)) or is_plain(chart)


def _panels(chart: Chart) -> list[Panel]:
    return [panel for panel in panels_of(chart) if len(panel.rows)]


def chart_slide(deck: Any, chart: Chart, stamp: Stamp, head: SlideHead) -> None:
    """A slide with the chart, native where it can be, else a picture; several where it has many lines."""
    panels = _panels(chart)
    if panels:
        groups = _groups(chart, list(zip(panels, shared_scales(panels), strict=True)), head.body)
        for number, drawn in enumerate(groups, start=1):
            which = f"Part {number} of {len(groups)}." if len(groups) > 1 else ""
            own = head._replace(subtitle=f"{head.subtitle} {which}".strip())
            _native(head_slide(deck, own), chart, drawn, head.body)
    elif is_plain(chart):
        _native_lines(head_slide(deck, head), chart, head.body)
    else:
        for part, which in slide_parts(chart):
            own = head._replace(subtitle=f"{head.subtitle} {which}".strip())
            _picture(head_slide(deck, own), part, stamp, head.body)


def table_slides(deck: Any, table: SmallTable, head: SlideHead, widths: Sequence[float] = ()) -> None:
    """The rows of a table, on each slide as many as there is room for.

    `widths` are parts of the whole; by their texts where none are given.
    """
    wide = [part * (_WIDE - 2 * _PAD) for part in widths] or _widths(table)
    for rows in _slide_rows(table, wide, head.body):
        drawn = _cells(head_slide(deck, head), table._replace(rows=rows), head.body)
        for column, width in zip(drawn.columns, wide, strict=True):
            column.width = Cm(width)
        for line, row in zip(drawn.rows, [table.head, *rows], strict=True):
            line.height = Cm(_row_high(row, wide))


def _slide_rows(table: SmallTable, wide: Sequence[float], body: float) -> list[list[list[str]]]:
    """The rows of each slide, below the names of the columns; at least one."""
    runs: list[list[list[str]]] = []
    left = 0.0
    for row in table.rows:
        high = _row_high(row, wide)
        if not runs or high > left:
            runs.append([])
            left = body - _row_high(table.head, wide)
        runs[-1].append(row)
        left -= high
    return runs


def _row_high(row: Sequence[str], wide: Sequence[float]) -> float:
    """Centimetres of a row: as many lines as its fullest cell has, in bold: other fonts are wider."""
    columns = zip(row, wide, strict=True)
    lines = max(len(fit(text, (width - _CELL_WIDE) * _POINTS, _LETTER, True)) for text, width in columns)
    return (lines * _LINE + _CELL_HIGH) / _POINTS


def _widths(table: SmallTable) -> list[float]:
    """Centimetres of each column: its longest text, or an equal part of what narrower ones leave."""
    columns = zip(table.head, *table.rows, strict=True)
    room = _CELL_WIDE + 0.3
    wished = [max(text_width(text, _LETTER, True) for text in column) / _POINTS + room for column in columns]
    left, found = _WIDE - 2 * _PAD, dict.fromkeys(range(len(wished)), 0.0)
    for done, number in enumerate(sorted(found, key=wished.__getitem__)):
        found[number] = min(wished[number], left / (len(wished) - done))
        left -= found[number]
    return list(found.values())


_LETTER, _LINE = _LEAST, 17.2
"""Points of the letters of a table, and from one of its lines to the next."""
_CELL_WIDE, _CELL_HIGH = 0.51, 7.2
"""Centimetres left and right of the text of a cell, points above and below it: those of PowerPoint."""


def title_slide(deck: Any, title: str, lines: Sequence[str], notes: str) -> None:
    """A slide with a title in large letters and some lines below it."""
    slide: Any = deck.slides.add_slide(deck.slide_layouts[0])
    box, below = slide.placeholders
    box.left, box.top, box.width, box.height = Cm(2 * _PAD), Cm(4.6), Cm(_WIDE - 4 * _PAD), Cm(5.6)
    _words(box, title, 36 if len(title) < _LONG else 24, bold=True)
    box.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    below.left, below.top, below.width, below.height = Cm(2 * _PAD), Cm(10.8), Cm(_WIDE - 4 * _PAD), Cm(5)
    _words(below, "\n".join(lines), 14)
    slide.notes_slide.notes_text_frame.text = sheet_text(notes)


_LONG = 90
"""Characters of a title that smaller letters are taken for."""


def head_slide(deck: Any, head: SlideHead) -> Any:
    """A slide with its title, the subtitle below it, a line at the foot, and the rest in its notes."""
    wide = _WIDE - 2 * _PAD
    words = (
        Words(head.title, (_PAD, 0.6, wide, 2.2), _title_points(head.title), title=True),
        Words(head.subtitle, (_PAD, 2.8, wide, 1.2), 14),
        Words(head.foot, (_PAD, _HIGH - head.foot_high, wide, head.foot_high - 0.3), _LEAST),
    )
    return add_slide(deck, _TITLE_ALONE, words, head.notes)


def _title_points(title: str) -> float:
    """Points at which a title keeps to its box."""
    return next((points for points, most in _TITLE_SIZES if len(title) < most), 14)


_TITLE_SIZES = ((24, _LONG), (18, 165), (16, 200))
_TITLE_ALONE = 5
"""The layout with a title and nothing else."""


def _words(shape: Any, text: str, size: float, *, bold: bool = False) -> None:
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.text = sheet_text(text)
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Inter"


# Native charts ------------------------------------------------------------------------------------------


_Drawn = tuple[Panel, Scale]
"""A panel and the scale of its bars, which is that of the other panels of its unit."""


def _groups(chart: Chart, drawn: Sequence[_Drawn], body: float) -> list[list[_Drawn]]:
    """The panels of each slide: as many as leave its letters their size; a long one is on several."""
    runs = [_row_runs(panel, scale, body) for panel, scale in drawn]
    if isinstance(chart.drawing, SideBySide):
        return [[one for one in beside if one] for beside in zip_longest(*runs)]
    groups: list[list[_Drawn]] = [[]]
    left = room = body * _POINTS
    for panel in chain.from_iterable(runs):
        takes = _ROW_POINTS * len(panel[0].rows) + _PANEL_POINTS + _TITLE_POINTS * (_title_lines(*panel) - 1)
        if groups[-1] and takes > left:
            groups.append([])
            left = room
        groups[-1].append(panel)
        left -= takes
    return groups


def _row_runs(panel: Panel, scale: Scale, body: float) -> list[_Drawn]:
    """The panel in as many parts of like length as leave the letters of each their size."""
    room = body * _POINTS - _PANEL_POINTS - _TITLE_POINTS * (_title_lines(panel, scale) - 1)
    most = max(int(room / _ROW_POINTS), 1)
    number = -(-len(panel.rows) // most)
    ends = [len(panel.rows) * part // number for part in range(number + 1)]
    parts = (panel.rows.iloc[first:end].reset_index(drop=True) for first, end in pairwise(ends))
    return [(replace(panel, rows=rows), scale) for rows in parts]


def _native(slide: Any, chart: Chart, drawn: Sequence[_Drawn], body: float) -> None:
    """Panels one below the other, each as high as its rows need; two sides beside each other."""
    wide = _WIDE - 2 * _PAD
    if isinstance(chart.drawing, SideBySide):
        half = wide / len(drawn)
        for number, (panel, scale) in enumerate(drawn):
            _bars(slide, chart, panel, scale, (_PAD + number * half, _TOP, half, body))
        return
    weights = [len(panel.rows) + 1.2 + 1.3 * _title_lines(panel, scale) for panel, scale in drawn]
    top = _TOP
    for (panel, scale), weight in zip(drawn, weights, strict=True):
        part = body * weight / sum(weights)
        _bars(slide, chart, panel, scale, (_PAD, top, wide, part))
        top += part


def _bars(slide: Any, chart: Chart, panel: Panel, scale: Scale, place: SlidePlace) -> None:
    rows = native_rows(panel)
    bars = Bars(
        title=_bars_title(panel, scale),
        name=panel.title,
        rows=rows,
        statement=panel.family == "statement",
        most=scale.longest * WORDS_ROOM,  # of one unit, bars have one scale
        letters=_letters(len(rows), place[3], _title_lines(panel, scale)),
        magnified=bool(scale.sign),
    )
    numbers = ChartNumbers([bar.label for bar in rows], bars.series)
    add_chart(slide, bars_xml(bars), numbers, place, chart.alt or chart.title)


def _bars_title(panel: Panel, scale: Scale) -> str:
    return with_stops(panel.title, panel.subtitle, scale.words)


def _title_lines(panel: Panel, scale: Scale) -> int:
    """Lines of the title of a panel as wide as a slide."""
    return 1 + len(_bars_title(panel, scale)) // _TITLE_LETTERS


def _native_lines(slide: Any, chart: Chart, body: float) -> None:
    """Panels of lines one below the other; a year without a single number is a gap."""
    panels = line_panels_of(chart)
    high = body / len(panels)
    for number, part in enumerate(panels):
        panel = native_panel(chart, part)
        numbers = ChartNumbers([str(year) for year in panel.years], panel.series)
        place = (_PAD, _TOP + number * high, _WIDE - 2 * _PAD, high)
        add_chart(slide, lines_xml(panel), numbers, place, chart.alt or chart.title)


def _letters(rows: int, high: float, title_lines: int) -> float:
    """Points of the letters of a chart of so many centimetres: 14, or what its rows have room for."""
    room = (high * _POINTS - (1 + title_lines) * _TITLE_POINTS) / max(rows, 1)
    return max(min(float(_LEAST), round(room * _ROW_PART, 1)), 8.0)


_TITLE_LETTERS = 74
"""Letters of a line of the title of a panel."""
_TITLE_POINTS, _ROW_PART = 18, 0.76
"""Points of one line of the title of a chart, and how much of the height of a row its letters have."""
_ROW_POINTS, _PANEL_POINTS = _LEAST / _ROW_PART + 0.1, 2 * _TITLE_POINTS
"""Points of a row, and of the title of its panel."""


# Pictures and tables ------------------------------------------------------------------------------------


_BODY = Preset("body", "Below the title of a slide", 1190, None, 764, kept=764)
"""Where letters of 12 pixels are 14 points high."""


def _picture(slide: Any, chart: Chart, stamp: Stamp, body: float) -> None:
    size = _BODY._replace(height=_BODY.width * body / (_WIDE - 2 * _PAD))
    # Subtitle and source stand on the slide.
    plain, held = (chart_svg(chart, stamp, size, BARE._replace(held=held)) for held in (False, True))
    drawn = pixels(plain, ppi=3 * png.PIXELS_PER_INCH)
    picture = slide.shapes.add_picture(io.BytesIO(drawn), 0, 0)
    high, wide = Cm(body), Cm(_WIDE - 2 * _PAD)
    scale = min(high / picture.height, wide / picture.width)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    picture.left, picture.top = int((Cm(_WIDE) - picture.width) / 2), Cm(_TOP)
    _with_svg(slide, picture, held.encode())
    named: Any = picture._element.nvPicPr.cNvPr
    named.set("descr", sheet_text(chart.alt or chart.title))


def _with_svg(slide: Any, picture: Any, drawing: bytes) -> None:
    """The same picture as a drawing, sharp at every size; programs that cannot show it take the PNG."""
    package = slide.part.package
    part: Any = Part(package.next_image_partname("svg"), svg.MIME, package, drawing)
    add_svg(picture._element.blipFill.blip, slide.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))


def _cells(slide: Any, table: SmallTable, body: float) -> Any:
    lines = [table.head, *table.rows]
    place = (Cm(_PAD), Cm(_TOP), Cm(_WIDE - 2 * _PAD), Cm(body))
    drawn = slide.shapes.add_table(len(lines), len(table.head), *place).table
    drawn._tbl.tblPr.find(qn("a:tableStyleId")).text = _PLAIN
    # Cells one by one are slow in python-pptx.
    for number, (row, line) in enumerate(zip(drawn._tbl.tr_lst, lines, strict=True)):
        for cell, text, right in zip(row.tc_lst, line, table.numbers, strict=True):
            paragraph = TextFrame(cell.get_or_add_txBody(), slide).paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
            # Where there is no text, the end of the paragraph says how high the line is (21.1.2.2.3).
            paragraph._p.get_or_add_endParaRPr().set("sz", str(_LETTER * 100))
            if text:
                run = paragraph.add_run()
                run.text, run.font.size, run.font.bold = sheet_text(text), Pt(_LETTER), number == 0
                run.font.name = "Inter"
            cell.get_or_add_tcPr().append(parse_xml(_RULE))
    return drawn


_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of tables that PowerPoint calls “No Style, No Grid”."""
_RULE = (
    '<a:lnB xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="6350">'
    '<a:solidFill><a:srgbClr val="C8D0D8"/></a:solidFill></a:lnB>'
)
"""A thin line below a cell."""
