"""What python-pptx has no words for, as XML: whiskers of bars, a drawing beside a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_BESIDE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension by which a picture names its drawing, since PowerPoint 2016."""

_WHISKER = "3B4754"


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


def add_svg(blip: Any, relation: str) -> None:
    """Name the drawing of a picture; `blip` is the element `a:blip`, `relation` the id of the drawing."""
    blip.append(
        etree.fromstring(
            f'<a:extLst xmlns:a="{_DRAWING}"><a:ext uri="{_SVG_BESIDE}">'
            f'<asvg:svgBlip xmlns:asvg="{_SVG}" xmlns:r="{_RELATED}" r:embed="{relation}"/>'
            "</a:ext></a:extLst>"
        )
    )
