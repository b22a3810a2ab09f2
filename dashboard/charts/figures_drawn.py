"""What can be pointed at in a drawing, in words: for readers who choose a mark without a pointer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.states import signed_words, whole_labels
from dashboard.charts.cards import event_mark
from dashboard.charts.chart import Drawing, Heat, Map, PartOfWhole, Ranks, SideBySide, Stack, Strips, Timeline
from dashboard.charts.lines import LinePanels
from loaders.text import quoted

DRAWINGS_KEPT = 200
"""The drawings whose marks are at hand."""


class DrawnFigure(NamedTuple):
    """A mark: what a click on it gives, and what it shows; its own words, and the unit of its panel."""

    id: str
    words: str
    own: str = ""
    scale: str = ""


@lru_cache(maxsize=DRAWINGS_KEPT)
def drawn_figures(drawing: Drawing) -> dict[str, DrawnFigure]:
    """The marks of a drawing in their order, each once; those of which nothing more is known are left out."""
    named = _NAMED.get(type(drawing), _by_hover)
    found: dict[str, DrawnFigure] = {}
    for item in named(drawing):
        if item.id and item.id not in found:
            found[item.id] = item._replace(words=" ".join(item.words.replace("|", " ").split()))
    return found


def _lines(table: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[name].tolist() for name in names), strict=True)


def _bars(drawing: Any) -> Iterator[DrawnFigure]:
    panels = drawing.panels if isinstance(drawing, Stack) else (drawing.left, drawing.right)
    for panel in panels:
        apart = f" ({panel.title})" if len(panels) > 1 else ""
        marks = panel.rows.assign(label=whole_labels(panel.rows), words=signed_words(panel.rows))
        for name, label, words in _lines(marks, "id", "label", "words"):
            yield DrawnFigure(str(name), f"{label}: {words}{apart}", words, panel.scale or "")


def _ranks(drawing: Any) -> Iterator[DrawnFigure]:
    for name, label, edition, rank in _lines(drawing.lines, "id", "label", "edition", "rank"):
        words = f"rank {rank:.0f}" if rank == rank else "no rank"
        yield DrawnFigure(str(name), f"{label}, {edition}: {words}")


def _strips(drawing: Any) -> Iterator[DrawnFigure]:
    marks = drawing.marks.assign(words=signed_words(drawing.marks))
    for name, title, edition, words in _lines(marks, "id", "title", "edition", "words"):
        yield DrawnFigure(str(name), f"{title}, {edition}: {words}", words)


def _cells(drawing: Any) -> Iterator[DrawnFigure]:
    for name, row, column, words in _lines(drawing.cells, "id", "row", "column", "words"):
        yield DrawnFigure(str(name), f"{row}, {column}: {words}")


def _points(drawing: Any) -> Iterator[DrawnFigure]:
    for panel in drawing.panels:
        for name, label, year, words in _lines(panel.points, "id", "label", "year", "words"):
            yield DrawnFigure(str(name), f"{label}, {year}: {words}", words, panel.scale)
    for event in drawing.events:
        yield DrawnFigure(event.id, event.words)


def _places(drawing: Any) -> Iterator[DrawnFigure]:
    for name, label, words in _lines(drawing.marks, "id", "label", "words"):
        yield DrawnFigure(str(name), f"{label}: {words}", words)


def _events(drawing: Any) -> Iterator[DrawnFigure]:
    return (DrawnFigure(event_mark(event.id), event.what) for event in drawing.events)


def _stated(drawing: Any) -> Iterator[DrawnFigure]:
    return (DrawnFigure(claim.id, quoted(claim.printed)) for claim in (drawing.whole, *drawing.parts))


def _by_hover(drawing: Any) -> Iterable[DrawnFigure]:
    """The marks of any other drawing whose tables say what is shown of each."""
    for table in vars(drawing).values():
        if isinstance(table, pd.DataFrame) and {"id", "hover"} <= set(table):
            yield from (DrawnFigure(str(name), str(words)) for name, words in _lines(table, "id", "hover"))


_NAMED: dict[type, Callable[[Any], Iterable[DrawnFigure]]] = {
    Stack: _bars,
    LinePanels: _points,
    SideBySide: _bars,
    Ranks: _ranks,
    Strips: _strips,
    Heat: _cells,
    Map: _places,
    Timeline: _events,
    PartOfWhole: _stated,
}
