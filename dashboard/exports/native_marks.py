"""What python-pptx has no words for, or is slow at, as XML: whiskers and labels of bars, drawings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from pptx.chart.data import CategoryChartData

from dashboard.exports.xlsx import numbers_workbook, sheet_text

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_BESIDE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension by which a picture names its drawing, since PowerPoint 2016."""

_WHISKER = "3B4754"


class _Dated(CategoryChartData):
    """The numbers of a chart with a workbook in which no time stands but when it was made."""

    made: datetime

    @property
    def xlsx_blob(self) -> bytes:
        """The file that "Edit data" opens: labels in column A from row 2, a column for each series."""
        series = [(one.name, list(one.values)) for one in self]
        return numbers_workbook([category.label for category in self.categories], series, self.made)


def chart_numbers(
    labels: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], made: datetime
) -> Any:
    """The numbers of a native chart: a label for each row, and series with a value or None for each."""
    new: Any = _Dated
    data = new()
    data.made, data.categories = made, [sheet_text(label) for label in labels]
    for name, values in series:
        data.add_series(sheet_text(name), values)
    return data


def add_whiskers(series: Any, bounds: Sequence[tuple[float | None, float | None]]) -> None:
    """A whisker from the end of each bar to its upper bound, where it has one (ISO 29500-1, 21.2.2.55).

    `series` is the element `c:ser` of bars, which already has its categories.
    """
    lengths = [None if upper is None else upper - (value or 0.0) for value, upper in bounds]
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{length!r}</c:v></c:pt>'
        for number, length in enumerate(lengths)
        if length is not None
    )
    whiskers = etree.fromstring(
        f'<c:errBars xmlns:c="{_CHART}" xmlns:a="{_DRAWING}"><c:errBarType val="plus"/>'
        '<c:errValType val="cust"/><c:noEndCap val="0"/>'
        f'<c:plus><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(lengths)}"/>{points}'
        f'</c:numLit></c:plus><c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="{_WHISKER}"/>'
        "</a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    series.find(f"{{{_CHART}}}cat").addprevious(whiskers)


def add_labels(series: Any, labels: Sequence[tuple[int, str]], points: float) -> None:
    """Words at the ends of bars, by number of the bar, in letters of so many points (ISO 29500-1, 21.2.2.49).

    `series` is the element `c:ser` of bars, which already has its categories and no labels. A label of its
    own on one bar hides those of the others. python-pptx makes the same, one element at a time.
    """
    if not labels:
        return
    size = round(points * 100)
    every = "".join(
        f'<c:dLbl><c:idx val="{number}"/><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr sz="{size}"/>'
        f'<a:t>{escape(words)}</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val="outEnd"/>{_shown(value=True)}'
        "</c:dLbl>"
        for number, words in labels
    )
    named = f'<c:dLbls xmlns:c="{_CHART}" xmlns:a="{_DRAWING}">{every}{_shown(value=False)}</c:dLbls>'
    series.find(f"{{{_CHART}}}cat").addprevious(etree.fromstring(named))


def _shown(*, value: bool) -> str:
    """Which parts a label has: all have to be told of, in this order."""
    parts = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    return "".join(f'<c:show{part} val="{int(value and part == "Val")}"/>' for part in parts)


def add_svg(blip: Any, relation: str) -> None:
    """Name the drawing of a picture; `blip` is the element `a:blip`, `relation` the id of the drawing."""
    blip.append(
        etree.fromstring(
            f'<a:extLst xmlns:a="{_DRAWING}"><a:ext uri="{_SVG_BESIDE}">'
            f'<asvg:svgBlip xmlns:asvg="{_SVG}" xmlns:r="{_RELATED}" r:embed="{relation}"/>'
            "</a:ext></a:extLst>"
        )
    )
