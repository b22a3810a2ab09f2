"""What every drawing shares: colours, font, margins, the source line at the foot."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
from plotly.io.json import to_json_plotly

from dashboard.charts.chart import Chart, Tone

VERMILION = "#cc4a12"
BLUE = "#1670ad"
SOFT_BLUE = "#79a6c8"
GREY = "#8b97a4"
FONT = "Arial, Helvetica, sans-serif"

LINE = 14
SOURCE_WIDTH = 62


def tick_text(label: object) -> str:
    return textwrap.shorten(str(label), 26, placeholder="…")


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


def frame_figure(
    data: list[Any], layout: dict[str, Any], height: float, footer: float, top: float = 6, left: int = 4
) -> go.Figure:
    return go.Figure(
        data=data,
        layout={
            "template": "plotly_white",
            "font": {"family": FONT},
            "height": int(height + top),
            "margin": {"l": left, "r": 8, "t": top, "b": footer},
            "dragmode": False,
            "hovermode": "closest",
            "showlegend": False,
            "bargap": 0.3,
            **layout,
        },
    )


PRINT_WIDTH = 1200


def version_words(version: str, documents: str = "") -> str:
    """The versions of data and documents in a sentence, eight digits of each."""
    return f"Data version {version[:8]}{f', documents version {documents[:8]}' if documents else ''}."


def print_json(chart: Chart, version: str, documents: str = "") -> tuple[str, int, int]:
    """The chart for paper: title, subtitle and versions in it, white ground; JSON, width and height."""
    title = textwrap.wrap(chart.title, 80)
    subtitle = textwrap.wrap(chart.subtitle, 130)
    head = 26 * len(title) + 17 * len(subtitle) + 34
    source = f"{chart.source} {version_words(version, documents)}"
    foot = 30 + 15 * len(wrap_lines(source, 150))
    spec = chart.figure.to_dict()
    layout = spec["layout"]
    notes = [note for note in layout.get("annotations", []) if note.get("name") != "source"]
    margin = layout["margin"]
    height = int(layout["height"] - margin["b"] + head + foot)
    below = "<br>".join(subtitle)
    printed = {
        **layout,
        "template": pio.templates["plotly_white"].to_plotly_json(),
        "annotations": [*notes, source_note(source, 150, margin["l"])],
        "title": {
            "text": f"<b>{'<br>'.join(title)}</b><br><span style='font-size:13px'>{below}</span>",
            "x": 0.02,
            "xanchor": "left",
            "y": 1 - 16 / height,
            "yanchor": "top",
            "yref": "container",
            "font": {"size": 20, "color": "#1a2330"},
        },
        "margin": {"l": margin["l"] + 20, "r": 24, "t": head + margin["t"], "b": foot},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "font": {"family": FONT, "color": "#1a2330"},
        "height": height,
        "width": PRINT_WIDTH,
    }
    # Plain mappings: copying the figure object and validating it again costs 60 ms a chart.
    return to_json_plotly({"data": spec["data"], "layout": printed}), PRINT_WIDTH, height
