"""What every drawing shares: colours, font, margins, the source line at the foot."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
from plotly.io.json import to_json_plotly

from dashboard.charts.chart import Chart, Tone
from dashboard.snapshot import Stamp

VERMILION = "#cc4a12"
BLUE = "#1670ad"
SOFT_BLUE = "#79a6c8"
GREY = "#8b97a4"
FONT = "Arial, Helvetica, sans-serif"

LINE = 14
SOURCE_WIDTH = 62


LABEL_WIDTH = 26
"""Characters in a line of a label; a longer one goes on in the next line, and none is cut."""


def tick_text(label: object, width: int = LABEL_WIDTH) -> str:
    return "<br>".join(wrap_lines(str(label), width))


def label_length(text: str) -> int:
    """Characters in the longest line of a label."""
    return max(map(len, text.split("<br>")))


def largest_number(rows: pd.DataFrame) -> float:
    largest = rows[["value", "lower", "upper"]].max().max()
    return float(largest) if pd.notna(largest) and largest > 0 else 1.0


ALWAYS_OPAQUE = {
    # Plotly fades what is not selected; a click must not change what the chart says.
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 1}},
    "showlegend": False,
}

TONES: dict[Tone, str] = {"strong": BLUE, "soft": SOFT_BLUE, "context": GREY}


def edition_ticks(editions: Sequence[str], in_use: Collection[str]) -> list[str]:
    """The editions above a chart; one that is in use has these words below it."""
    return [f"<b>{edition}</b>{'<br>in use' if edition in in_use else ''}" for edition in editions]


def above_editions(room: int, in_use: Collection[str]) -> int:
    return room + 16 if in_use else room


def footer_height(source: str) -> int:
    return 18 + LINE * len(wrap_lines(source, SOURCE_WIDTH))


def wrap_lines(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) or [""]


def source_note(source: str, width: int = SOURCE_WIDTH, left: int = 0) -> dict[str, Any]:
    """The source line, inside the chart at its foot."""
    return {
        "name": "source",
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "xshift": -left,
        "y": 0,
        "yshift": -10,
        "yanchor": "top",
        "xanchor": "left",
        "align": "left",
        "showarrow": False,
        "text": "<br>".join(wrap_lines(source, width)),
        "font": {"size": 10.5, "color": GREY},
    }


class Sketch(NamedTuple):
    """Traces and layout of a chart without title and source, `body` pixels high below `top`.

    `labels` is the width of what stands left of the axis, where the chart has such labels.
    """

    data: list[dict[str, Any]]
    layout: dict[str, Any]
    body: float
    top: float = 6
    labels: int = 0

    @property
    def left(self) -> int:
        """The margin at the left."""
        return self.labels or 4


def on_screen(sketch: Sketch, source: str) -> go.Figure:
    """A sketch for a page, with its source line at the foot; the title stands above it, on the page."""
    foot = footer_height(source)
    layout = _layout(sketch, foot) | {
        "template": "plotly_white",
        "annotations": [*sketch.layout.get("annotations", []), source_note(source, left=sketch.labels)],
    }
    return go.Figure(data=sketch.data, layout=layout)


def _layout(sketch: Sketch, foot: float) -> dict[str, Any]:
    return {
        "font": {"family": FONT},
        "height": int(sketch.body + foot + sketch.top),
        "margin": {"l": sketch.left, "r": 8, "t": sketch.top, "b": foot},
        "dragmode": False,
        "hovermode": "closest",
        "showlegend": False,
        "bargap": 0.3,
        **sketch.layout,
    }


PRINT_WIDTH = 1200
PRINT_SOURCE_WIDTH = 150
"""Characters of the source line on paper."""


class Paper(NamedTuple):
    """A chart drawn for paper: Plotly's JSON, and its size in pixels."""

    json: str
    width: int
    height: int


def on_paper(sketch: Sketch, chart: Chart, stamp: Stamp) -> Paper:
    """A sketch for paper: title, subtitle and versions in it, white ground."""
    title = textwrap.wrap(chart.title, 80)
    subtitle = textwrap.wrap(chart.subtitle, 130)
    head = 26 * len(title) + 17 * len(subtitle) + 34
    source = f"{chart.source} {stamp.words}"
    foot = 30 + 15 * len(wrap_lines(source, PRINT_SOURCE_WIDTH))
    height = int(sketch.body + sketch.top) + head + foot
    layout = _layout(sketch, foot) | {
        "template": pio.templates["plotly_white"].to_plotly_json(),
        "annotations": [
            *sketch.layout.get("annotations", []),
            source_note(source, PRINT_SOURCE_WIDTH, sketch.left),
        ],
        "title": _print_title(title, subtitle, height),
        "margin": {"l": sketch.left + 20, "r": 24, "t": head + sketch.top, "b": foot},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "font": {"family": FONT, "color": INK},
        "height": height,
        "width": PRINT_WIDTH,
    }
    # Plain mappings: a figure object, validated, costs 60 ms a chart.
    return Paper(to_json_plotly({"data": sketch.data, "layout": layout}), PRINT_WIDTH, height)


INK = "#1a2330"


def _print_title(title: Sequence[str], subtitle: Sequence[str], height: int) -> dict[str, Any]:
    return {
        "text": f"<b>{'<br>'.join(title)}</b><br><span style='font-size:13px'>{'<br>'.join(subtitle)}</span>",
        "x": 0.02,
        "xanchor": "left",
        "y": 1 - 16 / height,
        "yanchor": "top",
        "yref": "container",
        "font": {"size": 20, "color": INK},
    }
