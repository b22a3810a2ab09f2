"""What leaves the dashboard as a file. `EXPORTS` lists every kind; each is a module with the same face.

To add a kind: a module with `NAME`, `LABEL`, `SUFFIX`, `MIME` and `export(view, stamp, choices)`, named in
the list. Pages and the command `export` take it from there.
"""

from __future__ import annotations

from typing import Protocol

from dashboard.charts.view import View
from dashboard.exports import bundle, csv, docx, html, json, pdf, png, pptx, svg, xlsx
from dashboard.exports.choices import USUAL, Choices
from dashboard.snapshot import Stamp
from loaders.errors import UnknownName


class Export(Protocol):
    """One kind of file."""

    NAME: str
    LABEL: str
    SUFFIX: str
    MIME: str

    def export(self, view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
        """The file of a view; the versions of data and documents are in it; empty without one."""
        ...


EXPORTS: tuple[Export, ...] = (png, pptx, xlsx, pdf, docx, svg, csv, html, json, bundle)


def file_of(name: str, view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The file of a view in one of the kinds, by its name: `file_of("pptx", view, data.stamp)`.

    Raises UnknownName for a kind that there is not, and for a view without a chart.
    """
    kind = next((kind for kind in EXPORTS if name == kind.NAME), None)
    if kind is None:
        raise UnknownName(
            f"there is no kind of file “{name[:40]}”.",
            remedy=f"There is: {', '.join(kind.NAME for kind in EXPORTS)}.",
        )
    if view.chart is None:
        raise UnknownName(f"there is nothing to draw. {view.empty}")
    return kind.export(view, stamp, choices)
