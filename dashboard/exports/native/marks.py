"""Native charts of PowerPoint as XML (ISO 29500-1, 21.2): bars with whiskers and words, lines, drawings.

python-pptx makes the same out of one element at a time, which takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from lxml import etree

from dashboard.exports.native.lines import NativeLines
from dashboard.exports.native.numbers import column_name
from dashboard.exports.office import in_attribute, in_element
from dashboard.exports.xlsx import NativeBar, is_open

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_BESIDE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension by which a picture names its drawing, since PowerPoint 2016."""

_STATEMENT, _STATISTIC, _CONTEXT, _WHISKER, _PAPER = "CC4A12", "1670AD", "8B97A4", "3B4754", "FFFFFF"
UPPER = "upper bound"
"""The name of the series that shows nothing but the words at upper bounds."""
_TITLE = 14.0
"""Points of the title of a chart."""


class Bars(NamedTuple):
    """A panel of bars: its title, the name of its numbers, where its axis ends, points of its letters.

    Bars that are `magnified` are not to the scale of those of other panels.
    """

    title: str
    name: str
    rows: Sequence[NativeBar]
    statement: bool
    most: float
    letters: float
    magnified: bool = False

    @property
    def series(self) -> list[tuple[str, list[float | None]]]:
        """The columns of numbers, as "Edit data" shows them."""
        found = [(self.name, [bar.value for bar in self.rows])]
        if any(bar.upper is not None for bar in self.rows):
            found.append((UPPER, [bar.upper for bar in self.rows]))
        return found


def bars_xml(bars: Bars) -> str:
    """The chart of a panel of bars, from the top to the bottom."""
    labels = [bar.label for bar in bars.rows]
    first, *bounds = bars.series
    whiskers = _whiskers(bars.rows) if bounds else ""
    drawn = _series(0, first, labels, _filled(bars) + _labels(bars, ranged=False) + whiskers)
    for upper in bounds:
        hidden = "<c:spPr><a:noFill/></c:spPr>"
        drawn += _series(1, upper, labels, hidden + _labels(bars, ranged=True))
    return _chart(
        bars.title,
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{drawn}<c:gapWidth val="60"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/>{_ticks("low")}<c:crossAx val="2"/>{_NAMES_ALONG}</c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:max val="{bars.most!r}"/><c:min val="0.0"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="b"/>{_ticks("nextTo")}<c:crossAx val="1"/>'
        '<c:crosses val="autoZero"/></c:valAx>',
        bars.letters,
    )


def lines_xml(panel: NativeLines) -> str:
    """The chart of a panel of lines, each with a dash of its own; a legend names them where needed."""
    labels = [str(year) for year in panel.years]
    drawn = "".join(
        _series(number, line, labels, _dashed(number) + _end_label(panel), '<c:smooth val="0"/>')
        for number, line in enumerate(panel.series)
    )
    legend = '<c:legend><c:legendPos val="r"/><c:overlay val="0"/></c:legend>'
    return _chart(
        panel.title,
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{drawn}<c:marker val="1"/>'
        '<c:axId val="1"/><c:axId val="2"/></c:lineChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="b"/>{_ticks("nextTo")}<c:crossAx val="2"/>{_NAMES_ALONG.replace(_EACH, "")}</c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines/>'
        f'{_ticks("nextTo")}<c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:crossAx val="1"/>'
        '<c:crosses val="autoZero"/></c:valAx>',
        _TITLE,
        legend if len(panel.lines) > 1 else "",
    )


_EACH = '<c:tickLblSkip val="1"/>'
"""Each bar has its name; of years, those that there is room for."""
_NAMES_ALONG = (
    '<c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
    f'{_EACH}<c:noMultiLvlLbl val="0"/>'
)


def _ticks(labels: str) -> str:
    return f'<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="{labels}"/>'


def _chart(title: str, plot: str, letters: float, legend: str = "") -> str:
    """The whole of a chart: the numbers of its workbook are the relation `rId1`."""
    return (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_RELATED}"><c:date1904 val="0"/>'
        f"<c:chart><c:title><c:tx>{_rich(title, _TITLE)}</c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
        f'<c:plotArea><c:layout/>{plot}</c:plotArea>{legend}<c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{_size(letters)}">'
        '<a:latin typeface="Inter"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _size(points: float) -> int:
    return round(points * 100)


def _rich(text: str, points: float, wrap: str = "square") -> str:
    """A text with its lines, each a paragraph."""
    lines = "".join(
        f'<a:p><a:r><a:rPr lang="en-GB" sz="{_size(points)}"/><a:t>{in_element(line)}</a:t></a:r></a:p>'
        for line in text.split("\n")
    )
    return f'<c:rich><a:bodyPr wrap="{wrap}"/><a:lstStyle/>{lines}</c:rich>'


def _series(
    number: int,
    series: tuple[str, Sequence[float | None]],
    labels: Sequence[str],
    look: str,
    end: str = "",
) -> str:
    """A column of numbers, its name above it, the labels in column A; `look` goes before the numbers."""
    name, values = series
    last, column = len(labels) + 1, column_name(number + 1)
    numbers = _points(None if value is None else f"{float(value)!r}" for value in values)
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{_told(f'${column}$1', _points([in_element(name)]), 1)}</c:tx>{look}"
        f"<c:cat>{_told(f'$A$2:$A${last}', _points(map(in_element, labels)), len(labels))}</c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{numbers}'
        f"</c:numCache></c:numRef></c:val>{end}</c:ser>"
    )


def _told(cells: str, points: str, count: int) -> str:
    """Words that stand in cells."""
    held = f'<c:strCache><c:ptCount val="{count}"/>{points}</c:strCache>'
    return f"<c:strRef><c:f>Sheet1!{cells}</c:f>{held}</c:strRef>"


def _points(texts: Iterable[str | None]) -> str:
    return "".join(
        f'<c:pt idx="{number}"><c:v>{text}</c:v></c:pt>'
        for number, text in enumerate(texts)
        if text is not None
    )


def _whiskers(rows: Sequence[NativeBar]) -> str:
    """A whisker from the end of each bar to its upper bound, where it has one (21.2.2.55)."""
    lengths = (None if bar.upper is None else f"{bar.upper - (bar.value or 0.0)!r}" for bar in rows)
    return (
        '<c:errBars><c:errBarType val="plus"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f'<c:plus><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(rows)}"/>'
        f'{_points(lengths)}</c:numLit></c:plus><c:spPr><a:ln w="15875">{_solid(_WHISKER)}</a:ln></c:spPr>'
        "</c:errBars>"
    )


def _end_label(panel: NativeLines) -> str:
    """What is said above the last number of a line that is alone."""
    numbers = panel.lines[0][1]
    with_number = [place for place, number in enumerate(numbers) if number is not None]
    if len(panel.lines) > 1 or not with_number:
        return ""
    words = _rich(panel.ends[0], _TITLE, "none")
    return (
        f'<c:dLbls><c:dLbl><c:idx val="{with_number[-1]}"/><c:tx>{words}</c:tx>'
        f'<c:dLblPos val="t"/>{_shown(value=True)}</c:dLbl>{_shown(value=False)}</c:dLbls>'
    )


def _labels(bars: Bars, *, ranged: bool) -> str:
    """Words at the ends of bars (21.2.2.49): of those that have an upper bound, or a number alone.

    A label of its own on one bar hides those of the others.
    """
    ends = [
        (number, bar.words)
        for number, bar in enumerate(bars.rows)
        if (bar.upper is not None if ranged else bar.upper is None and bar.value is not None)
    ]
    every = "".join(
        f'<c:dLbl><c:idx val="{number}"/><c:tx>{_rich(words, bars.letters, "none")}</c:tx>'
        f'<c:dLblPos val="outEnd"/>{_shown(value=True)}</c:dLbl>'
        for number, words in ends
    )
    return f"<c:dLbls>{every}{_shown(value=False)}</c:dLbls>" if ends else ""


def _shown(*, value: bool) -> str:
    """Which parts a label has: all have to be told of, in this order."""
    parts = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    return "".join(f'<c:show{part} val="{int(value and part == "Val")}"/>' for part in parts)


# Looks --------------------------------------------------------------------------------------------------


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _patterned(pattern: str, colour: str) -> str:
    """A pattern on white with an edge."""
    return (
        f'<c:spPr><a:pattFill prst="{pattern}"><a:fgClr><a:srgbClr val="{colour}"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="{_PAPER}"/></a:bgClr></a:pattFill><a:ln>{_solid(colour)}</a:ln></c:spPr>'
    )


def _filled(bars: Bars) -> str:
    """Statements hatched, statistics solid, bounds dotted, what is not one country grey: as on the page.

    What is magnified is of lines, crossed for statements.
    """
    if bars.statement:
        pattern = "openDmnd" if bars.magnified else "wdUpDiag"
        return f'{_patterned(pattern, _STATEMENT)}<c:invertIfNegative val="0"/>'
    others = "".join(
        f'<c:dPt><c:idx val="{number}"/><c:invertIfNegative val="0"/>{look}</c:dPt>'
        for number, bar in enumerate(bars.rows)
        if (look := _point(bar))
    )
    plain = _patterned("ltVert", _STATISTIC) if bars.magnified else f"<c:spPr>{_solid(_STATISTIC)}</c:spPr>"
    return f'{plain}<c:invertIfNegative val="0"/>{others}'


def _point(bar: NativeBar) -> str:
    """How a bar of statistics looks that does not look like the others; "" for one that does."""
    colour = _CONTEXT if bar.context else _STATISTIC
    if is_open(bar) and bar.value:
        return _patterned("pct50", colour)
    return f"<c:spPr>{_solid(colour)}</c:spPr>" if bar.context else ""


def _dashed(number: int) -> str:
    return f'<c:spPr><a:ln><a:prstDash val="{_DASHES[number % len(_DASHES)]}"/></a:ln></c:spPr>'


_DASHES = ("solid", "dash", "sysDot", "dashDot", "lgDash")


# Frames and drawings ------------------------------------------------------------------------------------


def chart_frame(number: int, place: Sequence[int], alt: str, relation: str) -> str:
    """The frame in which a slide shows a chart; `place` is left, top, width and height in EMU."""
    left, top, wide, high = place
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Chart {number - 1}" '
        f'descr="{in_attribute(alt)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
        f'</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{wide}" cy="{high}"/></p:xfrm><a:graphic><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" r:id="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>'
    )


def add_svg(blip: Any, relation: str) -> None:
    """Name the drawing of a picture; `blip` is the element `a:blip`, `relation` the id of the drawing."""
    blip.append(
        etree.fromstring(
            f'<a:extLst xmlns:a="{_DRAWING}"><a:ext uri="{_SVG_BESIDE}">'
            f'<asvg:svgBlip xmlns:asvg="{_SVG}" xmlns:r="{_RELATED}" r:embed="{relation}"/>'
            "</a:ext></a:extLst>"
        )
    )
