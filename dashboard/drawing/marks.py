"""Marks of single figures: bars, hatching, and dashed outlines where there is no number."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts.chart import Family
from dashboard.drawing.frame import ALWAYS_OPAQUE, BLUE, GREY, SOFT_BLUE, TONES, VERMILION


def value_marks(family: Family, rows: pd.DataFrame, axis: dict[str, str]) -> list[dict[str, Any]]:
    """A bar for every number or lower bound, and a clickable point where there is none."""
    length = rows["value"].fillna(rows["lower"]).fillna(0.0)
    colours = _colours(family, rows)
    drawn = length > 0
    hatched = [_hatch(family, state) for state in rows["state"]]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(rows))),
        "x": length.tolist(),
        "width": 0.62,
        "marker": {
            "color": colours,
            "line": {"color": colours, "width": 1},
            "pattern": {
                "shape": hatched,
                "fillmode": "replace",
                "fgcolor": colours,
                "bgcolor": ["rgba(0,0,0,0)"] * len(rows),
                "size": 7,
                "solidity": 0.32,
            },
        },
        "customdata": rows["id"].tolist(),
        "hovertext": rows["hover"].tolist(),
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
        **_axes(axis),
    }
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": [0.0] * int((~drawn).sum()),
        "y": [position for position, bar in enumerate(drawn) if not bar],
        "marker": {"symbol": "line-ns", "size": 13, "line": {"width": 2, "color": _colour(family, True)}},
        "customdata": rows.loc[~drawn, "id"].tolist(),
        "hovertext": rows.loc[~drawn, "hover"].tolist(),
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
        **_axes(axis),
    }
    return [bars, points] if (~drawn).any() else [bars]


def _axes(axis: dict[str, str]) -> dict[str, str]:
    return {"xaxis": axis["x"], "yaxis": axis["y"]}


def _colours(family: Family, rows: pd.DataFrame) -> list[str]:
    if "tone" in rows:
        return [TONES[tone] for tone in rows["tone"]]
    return [_colour(family, bool(strong)) for strong in rows["emphasis"]]


def _colour(family: Family, strong: bool) -> str:
    if family == "statement":
        return VERMILION
    return BLUE if strong else SOFT_BLUE


def _hatch(family: Family, state: str) -> str:
    if family == "statement":
        return "/"
    return "." if state in ("more than", "range") else ""


_DASHES = {
    "withheld": "1px,2px",
    "not available": "3px,2px",
    "word": "7px,2px",
    "does not apply": "5px,2px,1px,2px",
    "included elsewhere": "3px,2px,1px,2px",
    "less than": "3px,2px",
    "range": "3px,2px",
    "more than": "3px,2px",
}
"""How the empty mark of each state is drawn; its words stand beside it."""


def swatch(state: str) -> str:
    """A small drawing of the mark of a state, as SVG, for a list that explains the marks."""
    shape = '<rect x="1" y="1" width="20" height="9"'
    if state in ("value", "estimate"):
        drawn = f'{shape} fill="{BLUE}"/>'
    elif state == "zero":
        drawn = f'<rect x="1" y="0" width="2" height="11" fill="{BLUE}"/>'
    elif state in ("more than", "range"):
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


def empty_marks(rows: pd.DataFrame, axis: dict[str, str], limit: float) -> list[dict[str, Any]]:
    """Dashed outlines where there is no number; for ranges and 'more than' an open end."""
    shapes = []
    for position, row in enumerate(rows.to_dict("records")):
        span = _outline(row, limit)
        if span:
            shapes.append(
                {
                    "type": "rect",
                    "xref": axis["x"],
                    "yref": axis["y"],
                    "x0": span[0],
                    "x1": span[1],
                    "y0": position - 0.31,
                    "y1": position + 0.31,
                    "line": {"color": GREY, "width": 1.2, "dash": _DASHES[row["state"]]},
                }
            )
    return shapes


def _outline(row: dict[Any, Any], limit: float) -> tuple[float, float] | None:
    if row["state"] == "range":
        return row["lower"], row["upper"]
    if row["state"] == "more than":
        return row["lower"], row["lower"] + limit * 0.05
    if row["state"] == "less than":
        return 0.0, max(row["upper"], limit * 0.012)
    return (0.0, limit * 0.05) if row["state"] in _DASHES else None


def mark_words(rows: pd.DataFrame, axis: dict[str, str], limit: float) -> list[dict[str, Any]]:
    notes = []
    for position, row in enumerate(rows.to_dict("records")):
        span = _outline(row, limit)
        end = max(span[1] if span else 0.0, row["value"] if pd.notna(row["value"]) else 0.0)
        words = f"<b>{row['words']}</b>" if row["emphasis"] else row["words"]
        notes.append(
            {
                "xref": axis["x"],
                "yref": axis["y"],
                "x": end,
                "y": position,
                "text": words,
                "xanchor": "left",
                "xshift": 6,
                "showarrow": False,
                "font": {"size": 12},
            }
        )
    return notes
