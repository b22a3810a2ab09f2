"""Marks of single figures: bars, hatching, and dashed outlines where there is no number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from dashboard.charts.chart import Family, Panel
from dashboard.drawing.frame import (
    ALWAYS_OPAQUE,
    BLUE,
    CLEAR,
    GAP,
    GREY,
    SOFT_BLUE,
    TEXT,
    TONES,
    VERMILION,
    Plotted,
    hover_text,
    plotted,
)
from dashboard.drawing.letters import marked_up
from loaders.vocabulary import MarkState


class Bar(NamedTuple):
    """A figure of a panel, with the label of its row; `tone` is "" where the family has one colour."""

    figure: Plotted
    label: str
    below: str
    strong: bool
    tone: str

    def scaled(self, factor: float) -> Bar:
        """The same bar in another unit."""
        value, lower, upper, *rest = self.figure
        return self._replace(figure=Plotted(value * factor, lower * factor, upper * factor, *rest))


@lru_cache(maxsize=200)
def bars_of(part: Panel) -> tuple[Bar, ...]:
    """The rows of a panel, read once."""
    rows = part.rows
    none = [""] * len(rows)
    columns = (
        plotted(rows),
        rows["label"].tolist(),
        rows["below"].tolist() if "below" in rows else none,
        rows["emphasis"].tolist(),
        rows["tone"].tolist() if "tone" in rows else none,
    )
    return tuple(
        Bar(figure, str(label), str(below), bool(strong), tone)
        for figure, label, below, strong, tone in zip(*columns, strict=True)
    )


def value_marks(
    family: Family, bars: Sequence[Bar], axis: dict[str, str], *, magnified: bool = False
) -> list[dict[str, Any]]:
    """A bar for every number or lower bound, and a clickable point where there is none.

    Those that are `magnified`, and so not to the scale of others in the picture, are of lines.
    """
    lengths = [max(bar.figure.known, 0.0) if bar.figure.known == bar.figure.known else 0.0 for bar in bars]
    colours = [TONES[bar.tone] if bar.tone in TONES else _colour(family, bar.strong) for bar in bars]
    drawn = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(bars))),
        "x": lengths,
        "width": 0.62,
        "marker": {
            "color": colours,
            "line": {"color": colours, "width": 1},
            "pattern": {
                "shape": [_hatch(family, bar.figure.state, magnified) for bar in bars],
                "fillmode": "replace",
                "fgcolor": colours,
                "bgcolor": [CLEAR] * len(bars),
                "size": 7,
                "solidity": 0.32,
            },
        },
        **_told([bar.figure for bar in bars]),
        **_axes(axis),
    }
    none = [position for position, length in enumerate(lengths) if not length > 0]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": [0.0] * len(none),
        "y": none,
        "marker": {"symbol": "line-ns", "size": 13, "line": {"width": 2, "color": _colour(family, True)}},
        **_told([bars[position].figure for position in none]),
        **_axes(axis),
    }
    return [drawn, points] if none else [drawn]


def _told(figures: Sequence[Plotted]) -> dict[str, Any]:
    """What a click and a pointer give."""
    return {
        "customdata": [item.id for item in figures],
        "hovertext": hover_text([item.hover for item in figures]),
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }


def _axes(axis: dict[str, str]) -> dict[str, str]:
    return {"xaxis": axis["x"], "yaxis": axis["y"]}


def _colour(family: Family, strong: bool) -> str:
    if family == "statement":
        return VERMILION
    return BLUE if strong else SOFT_BLUE


def _hatch(family: Family, state: str, magnified: bool) -> str:
    if family == "statement":
        return "x" if magnified else "/"
    return "." if state in (MarkState.MORE_THAN, MarkState.RANGE) else "|" if magnified else ""


_DASHES: dict[str, str] = {
    MarkState.WITHHELD: "1px,2px",
    MarkState.NOT_AVAILABLE: "3px,2px",
    MarkState.WORD: "7px,2px",
    MarkState.DOES_NOT_APPLY: "5px,2px,1px,2px",
    MarkState.INCLUDED_ELSEWHERE: "3px,2px,1px,2px",
    MarkState.LESS_THAN: "3px,2px",
    MarkState.RANGE: "3px,2px",
    MarkState.MORE_THAN: "3px,2px",
}
"""How the empty mark of each state is drawn; its words stand beside it."""


def swatch(state: str) -> str:
    """A small drawing of the mark of a state, as SVG, for a list that explains the marks."""
    shape = '<rect x="1" y="1" width="20" height="9"'
    if state in (MarkState.VALUE, MarkState.ESTIMATE):
        drawn = f'{shape} fill="{BLUE}"/>'
    elif state == MarkState.ZERO:
        drawn = f'<rect x="1" y="0" width="2" height="11" fill="{BLUE}"/>'
    elif state in (MarkState.MORE_THAN, MarkState.RANGE):
        known = f'<rect x="1" y="1" width="12" height="9" fill="{BLUE}" fill-opacity="0.5"/>'
        drawn = known + _dashed(shape, state)
    elif state in _DASHES:
        drawn = _dashed(shape, state)
    else:
        drawn = f'{shape} fill="{GREY}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="22" height="11">{drawn}</svg>'


def _dashed(shape: str, state: str) -> str:
    dash = _DASHES[state].replace("px", "")
    return f'{shape} fill="none" stroke="{GREY}" stroke-width="1.2" stroke-dasharray="{dash}"/>'


def empty_marks(bars: Sequence[Bar], axis: dict[str, str], limit: float) -> list[dict[str, Any]]:
    """Dashed outlines where there is no number; for ranges and 'more than' an open end."""
    outlines = ((position, bar.figure.state, outline(bar.figure, limit)) for position, bar in enumerate(bars))
    return [
        {
            "type": "rect",
            "xref": axis["x"],
            "yref": axis["y"],
            "x0": span[0],
            "x1": span[1],
            "y0": position - 0.31,
            "y1": position + 0.31,
            "line": {"color": GREY, "width": 1.2, "dash": _DASHES[state]},
        }
        for position, state, span in outlines
        if span
    ]


def outline(figure: Plotted, limit: float) -> tuple[float, float] | None:
    """From where to where the dashed outline of a figure runs, if it has one."""
    if figure.state == MarkState.RANGE:
        return figure.lower, figure.upper
    if figure.state == MarkState.MORE_THAN:
        return figure.lower, figure.lower + limit * 0.05
    if figure.state == MarkState.LESS_THAN:
        return 0.0, max(figure.upper, limit * 0.012)
    return (0.0, limit * 0.05) if figure.state in _DASHES else None


def mark_end(figure: Plotted, limit: float) -> float:
    """Where a mark ends, and its words begin."""
    span = outline(figure, limit)
    return max(span[1] if span else 0.0, figure.value if figure.value == figure.value else 0.0)


def mark_words(
    bars: Sequence[Bar], words: Sequence[list[str]], axis: dict[str, str], limit: float
) -> list[dict[str, Any]]:
    """The lines of words beside each mark."""
    return [
        {
            "xref": axis["x"],
            "yref": axis["y"],
            "x": mark_end(bar.figure, limit),
            "y": position,
            "text": f"<b>{marked_up(lines)}</b>" if bar.strong else marked_up(lines),
            "xanchor": "left",
            "yanchor": "middle",
            "align": "left",
            "xshift": GAP,
            "showarrow": False,
            "font": {"size": TEXT},
        }
        for position, (bar, lines) in enumerate(zip(bars, words, strict=True))
    ]
