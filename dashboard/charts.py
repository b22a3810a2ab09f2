"""Charts: tables in, charts out. The only importer of Plotly.

Two families of marks, told apart by more than colour: statements in documents are vermilion and hatched,
published statistics are blue and solid. A value that is not there is drawn as an empty dashed mark with
its status in words, never as zero. Every chart carries its source line inside.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
from plotly.io.json import to_json_plotly

from loaders.model import Event
from loaders.units import best_scale, display, scale_factor

VERMILION = "#cc4a12"
BLUE = "#1670ad"
SOFT_BLUE = "#79a6c8"
GREY = "#8b97a4"
FONT = "Arial, Helvetica, sans-serif"

Family = Literal["statement", "statistic"]
Tone = Literal["strong", "soft", "context"]

ROW = 26
PANEL_HEAD = 46
PANEL_GAP = 14
LINE = 14
SOURCE_WIDTH = 62
TITLE_WIDTH = 52
"""Characters of a line that fit the narrowest chart."""
NARROW = 370
"""Pixels of the narrowest chart, on a screen of 400."""


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart and all that goes with it; the same only as itself.

    `title` is the finding, `subtitle` says measure, unit, basis and edition; `table` is exactly what is
    drawn, with source columns; `name` is the stem of files made from it.
    """

    figure: go.Figure = field(repr=False)
    title: str
    subtitle: str
    source: str
    alt: str
    table: pd.DataFrame = field(repr=False)
    name: str


@dataclass(frozen=True)
class Panel:
    """One set of marks on one axis.

    `rows` has the columns `label`, `value`, `lower`, `upper` (in `unit`), `words` (what stands at the
    mark), `state` (see `analysis.states`), `emphasis` (bool), `id` (what a click gives). It may have
    `below`, a second and smaller line of the label, and `tone` (see `Tone`) for a colour of its own.
    """

    title: str
    subtitle: str
    family: Family
    rows: pd.DataFrame = field(repr=False)
    unit: str
    scale: str | None = None


def panels(parts: Sequence[Panel], source: str) -> go.Figure:
    """Panels one above the other, each with an axis of its own; bars from the top down."""
    heads = [_head_height(part) for part in parts]
    heights = [
        head + _row_height(part) * max(len(part.rows), 1) + PANEL_GAP
        for part, head in zip(parts, heads, strict=True)
    ]
    footer = _footer(source)
    body = sum(heights)
    layout: dict[str, Any] = {"shapes": [], "annotations": []}
    data: list[dict[str, Any]] = []
    left = _label_width(parts)
    top = 1.0
    for number, (part, space, height) in enumerate(zip(parts, heads, heights, strict=True), start=1):
        head, bottom = top - space / body, top - height / body
        layout["annotations"].append(_heading(part, top, left))
        room = _room_for_words(part.rows, NARROW - left)
        _panel(part, number, (max(bottom + PANEL_GAP / body, 0.0), head), room, data, layout)
        top = bottom
    layout["annotations"].append(_source_note(source, left=left))
    return _figure(data, layout, body + footer, footer, left=left)


def _row_height(part: Panel) -> int:
    return ROW + 6 if any(_narrowing(part.rows)) else ROW


def _head_height(part: Panel) -> int:
    lines = len(_wrapped(part.title, TITLE_WIDTH)) + len(_wrapped(part.subtitle, SOURCE_WIDTH))
    return PANEL_HEAD + (LINE + 1) * (lines - 2)


def _label_width(parts: Sequence[Panel]) -> int:
    """Pixels that the longest row label needs: about 6.6 for each character, 5.2 in the second line."""
    widths = [6.6 * len(_tick(label)) for part in parts for label in part.rows["label"]]
    widths += [5.2 * len(text) for part in parts for text in _narrowing(part.rows)]
    return 14 + int(max(widths, default=0))


def _panel(
    part: Panel,
    number: int,
    domain: tuple[float, float],
    room: float,
    data: list[Any],
    layout: dict[str, Any],
) -> None:
    suffix = "" if number == 1 else str(number)
    scale = part.scale or best_scale(_largest(part.rows), part.unit)
    rows = _scaled(part.rows, scale_factor(part.unit, scale))
    limit = max(_largest(rows), 1e-12)
    axis = {"x": f"x{suffix}", "y": f"y{suffix}"}
    positions = list(range(len(rows)))
    data += _marks(part.family, rows, axis)
    layout["shapes"] += _empty_marks(rows, axis, limit)
    layout["annotations"] += _mark_words(rows, axis, limit)
    layout[f"xaxis{suffix}"] = {
        "anchor": axis["y"],
        "range": [0, limit * room],
        "visible": False,
        "fixedrange": True,
    }
    layout[f"yaxis{suffix}"] = {
        "anchor": axis["x"],
        "domain": list(domain),
        "range": [len(rows) - 0.5, -0.5],
        "tickvals": positions,
        "ticktext": [
            _two_lines(f"<b>{_tick(label)}</b>" if strong else _tick(label), below)
            for label, strong, below in zip(rows["label"], rows["emphasis"], _narrowing(rows), strict=True)
        ],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
        "automargin": False,
    }


def _room_for_words(rows: pd.DataFrame, width: float) -> float:
    """How far the axis runs, in lengths of the longest bar, so that no words at a bar are cut off.

    `width` is that of the narrowest chart, in pixels; a character of the words needs about 5.4.
    """
    characters = rows["words"].astype(str).str.len().to_numpy(dtype=float)
    ends = rows[["value", "lower", "upper"]].max(axis=1).fillna(0.0).to_numpy(dtype=float) / _largest(rows)
    needed = ends * width / (width - 6 - 5.4 * characters).clip(min=width / 4)
    return float(max(1.2 + 0.03 * min(characters.max(initial=0.0), 40.0), needed.max(initial=0.0)))


def _narrowing(rows: pd.DataFrame) -> list[str]:
    return [textwrap.shorten(str(text), 30, placeholder="…") for text in rows.get("below", [""] * len(rows))]


def _two_lines(label: str, below: str) -> str:
    return f'{label}<br><span style="font-size:9.5px">{below}</span>' if below else label


def _tick(label: object) -> str:
    return textwrap.shorten(str(label), 26, placeholder="…")


def _scaled(rows: pd.DataFrame, factor: float) -> pd.DataFrame:
    return rows.assign(**{name: rows[name] * factor for name in ("value", "lower", "upper")})


def _largest(rows: pd.DataFrame) -> float:
    largest = rows[["value", "lower", "upper"]].max().max()
    return float(largest) if pd.notna(largest) and largest > 0 else 1.0


def _marks(family: Family, rows: pd.DataFrame, axis: dict[str, str]) -> list[dict[str, Any]]:
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
        **_ALWAYS_OPAQUE,
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
        **_ALWAYS_OPAQUE,
        **_axes(axis),
    }
    return [bars, points] if (~drawn).any() else [bars]


_ALWAYS_OPAQUE = {
    # Plotly fades what is not selected; a click must not change what the chart says.
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 1}},
    "showlegend": False,
}


def _axes(axis: dict[str, str]) -> dict[str, str]:
    return {"xaxis": axis["x"], "yaxis": axis["y"]}


_TONES: dict[Tone, str] = {"strong": BLUE, "soft": SOFT_BLUE, "context": GREY}


def _colours(family: Family, rows: pd.DataFrame) -> list[str]:
    if "tone" in rows:
        return [_TONES[tone] for tone in rows["tone"]]
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


def _empty_marks(rows: pd.DataFrame, axis: dict[str, str], limit: float) -> list[dict[str, Any]]:
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


def _mark_words(rows: pd.DataFrame, axis: dict[str, str], limit: float) -> list[dict[str, Any]]:
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


def _heading(part: Panel, top: float, left: int) -> dict[str, Any]:
    colour = VERMILION if part.family == "statement" else BLUE
    title, subtitle = (
        "<br>".join(_wrapped(part.title, TITLE_WIDTH)),
        "<br>".join(_wrapped(part.subtitle, SOURCE_WIDTH)),
    )
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "xshift": -left,
        "y": top,
        "text": f'<b style="color:{colour}">{title}</b><br><span style="font-size:11px">{subtitle}</span>',
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": {"size": 12.5},
    }


def part_of_whole(
    whole: dict[str, Any], parts: Sequence[dict[str, Any]], unit: str, source: str
) -> go.Figure:
    """One stated bar with the stated parts inside it; each has `label`, `value`, `id`, `hover`."""
    scale = best_scale(whole["value"], unit)
    factor = scale_factor(unit, scale)
    total = whole["value"] * factor
    data = [_nested_bar(whole, total, 0.62, "/", 0.18)]
    annotations = [_above(0.0, 0.36, _named(whole, unit, scale))]
    for part in parts:
        data.append(_nested_bar(part, part["value"] * factor, 0.62, "x", 0.5))
        annotations.append(_below(part["value"] * factor, _named(part, unit, scale)))
    footer = _footer(source)
    layout = {
        "barmode": "overlay",
        "xaxis": {"range": [0, total * 1.02], "visible": False, "fixedrange": True},
        "yaxis": {"range": [-1.0, 1.0], "visible": False, "fixedrange": True},
        "annotations": [*annotations, _source_note(source)],
        "shapes": [],
    }
    return _figure(data, layout, 130 + footer, footer)


def _named(item: dict[str, Any], unit: str, scale: str) -> str:
    return f"<b>{display(item['value'], unit, scale)}</b> {item['label']}"


def _nested_bar(
    item: dict[str, Any], length: float, width: float, shape: str, solidity: float
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [length],
        "y": [0],
        "width": [width],
        "marker": {
            "color": VERMILION,
            "line": {"color": VERMILION, "width": 1.4},
            "pattern": {
                "shape": shape,
                "fillmode": "replace",
                "fgcolor": VERMILION,
                "bgcolor": "rgba(0,0,0,0)",
                "size": 8,
                "solidity": solidity,
            },
        },
        "customdata": [item["id"]],
        "hovertext": [item["hover"]],
        "hoverinfo": "text",
        **_ALWAYS_OPAQUE,
    }


def _above(x: float, y: float, text: str) -> dict[str, Any]:
    return {"x": x, "y": y, "text": text, "xanchor": "left", "yanchor": "bottom", "showarrow": False,
            "font": {"size": 13}}  # fmt: skip


def _below(x: float, text: str) -> dict[str, Any]:
    return {"x": x / 2, "y": -0.31, "ax": 26, "ay": 24, "text": text, "xanchor": "left", "showarrow": True,
            "arrowcolor": GREY, "arrowwidth": 1, "arrowhead": 0, "font": {"size": 13}}  # fmt: skip


def ranks(
    table: pd.DataFrame, stated: dict[str, int], source: str, in_use: Collection[str] = ()
) -> go.Figure:
    """Ranks by edition, one line per place, first at the top; editions `in_use` are marked.

    `table` has `edition`, `place`, `label`, `rank` (NaN where not ranked), `shown` (position, ties drawn
    apart), `emphasis`, `id`, `hover`, `words`; `stated` maps an edition to a stated rank to be marked.
    """
    editions = sorted(table["edition"].unique())
    column = {edition: number for number, edition in enumerate(editions)}
    data = [_rank_line(rows, column) for _, rows in table.groupby("place", sort=False)]
    data.sort(key=lambda line: line["line"]["width"])
    bottom = float(table["shown"].max())
    height = 56 + 30 * bottom
    footer = _footer(source)
    layout: dict[str, Any] = {
        "xaxis": {
            "tickvals": list(column.values()),
            "ticktext": _edition_ticks(editions, in_use),
            "tickangle": 0,
            "side": "top",
            "range": [-_room(table), len(editions) - 1 + _room(table)],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {"range": [bottom + 0.6, 0.4], "visible": False, "fixedrange": True},
        "annotations": [
            *_rank_labels(table, column),
            *_stated_ranks(stated, table, column),
            _source_note(source),
        ],
        "shapes": _stated_rings(stated, table, column),
    }
    return _figure(data, layout, height + footer, footer, top=_above_editions(34, in_use))


def _edition_ticks(editions: Sequence[str], in_use: Collection[str]) -> list[str]:
    """The editions above a chart; one that is in use has these words below it."""
    return [f"<b>{edition}</b>{'<br>in use' if edition in in_use else ''}" for edition in editions]


def _above_editions(room: int, in_use: Collection[str]) -> int:
    return room + 16 if in_use else room


def _room(table: pd.DataFrame) -> float:
    """Space for the names at both ends, in steps of the axis."""
    longest = max((len(f"{row.label}{row.words}") for row in table.itertuples()), default=0)
    return 0.3 + 0.11 * min(longest, 22)


def _rank_line(rows: pd.DataFrame, column: dict[str, int]) -> dict[str, Any]:
    strong = bool(rows["emphasis"].iloc[0])
    colour = BLUE if strong else GREY
    ranked = rows["rank"].notna()
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [column[edition] for edition in rows["edition"]],
        "y": rows["shown"].tolist(),
        "line": {"color": colour, "width": 3 if strong else 1.3},
        "marker": {
            "symbol": ["circle" if known else "circle-open-dot" for known in ranked],
            "size": 11 if strong else 8,
            "color": colour,
        },
        "customdata": rows["id"].tolist(),
        "hovertext": rows["hover"].tolist(),
        "hoverinfo": "text",
        **_ALWAYS_OPAQUE,
    }


def _rank_labels(table: pd.DataFrame, column: dict[str, int]) -> list[dict[str, Any]]:
    """Names at both ends of each line."""
    notes = []
    for _, rows in table.groupby("place", sort=False):
        ends = {"right": rows.iloc[0], "left": rows.iloc[-1]}
        for anchor, row in ends.items():
            strong = bool(row["emphasis"])
            text = f"{row['label']}{row['words']}"
            notes.append(
                {
                    "x": column[row["edition"]],
                    "y": row["shown"],
                    "text": f"<b>{text}</b>" if strong else text,
                    "xanchor": anchor,
                    "xshift": 12 if anchor == "left" else -12,
                    "showarrow": False,
                    "font": {"size": 11.5, **({"color": BLUE} if strong else {})},
                }
            )
    return notes


def _stated_points(
    stated: dict[str, int], table: pd.DataFrame, column: dict[str, int]
) -> list[tuple[int, float, int]]:
    strong = table[table["emphasis"]].set_index("edition")
    return [
        (column[edition], float(str(strong["shown"][edition])), rank)
        for edition, rank in stated.items()
        if edition in strong.index
    ]


def _stated_rings(
    stated: dict[str, int], table: pd.DataFrame, column: dict[str, int]
) -> list[dict[str, Any]]:
    return [
        {
            "type": "circle", "x0": x - 0.09, "x1": x + 0.09, "y0": y - 0.42, "y1": y + 0.42,
            "line": {"color": VERMILION, "width": 2},
        }
        for x, y, _ in _stated_points(stated, table, column)
    ]  # fmt: skip


def _stated_ranks(
    stated: dict[str, int], table: pd.DataFrame, column: dict[str, int]
) -> list[dict[str, Any]]:
    return [
        {
            "x": x, "y": y + 0.42, "text": f"<b>stated: {display(rank, 'rank')}</b>", "showarrow": False,
            "yanchor": "top", "xanchor": "left", "xshift": 6, "font": {"color": VERMILION, "size": 11.5},
        }
        for x, y, rank in _stated_points(stated, table, column)
    ]  # fmt: skip


def timeline(events: Sequence[Event], source: str, ids: Sequence[str]) -> go.Figure:
    """Events from the earliest on; planned ones are open, disputed ones show every date that is given."""
    data: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for position, (event, name) in enumerate(zip(events, ids, strict=True)):
        data += _event_marks(event, position, name)
        annotations.append(_event_words(event, position))
    footer = _footer(source)
    layout = {
        "xaxis": {"type": "date", "fixedrange": True, "side": "top", "tickformat": "%-d %b", "nticks": 8,
                  "showgrid": True, "zeroline": False},
        "yaxis": {"range": [len(events) - 0.6, -0.9], "visible": False, "fixedrange": True},
        "annotations": [*annotations, _source_note(source)],
        "shapes": [],
    }  # fmt: skip
    return _figure(data, layout, 40 + 52 * len(events) + footer, footer, top=30)


def _event_marks(event: Event, position: int, name: str) -> list[dict[str, Any]]:
    dated = sorted({(m.date, m.until or m.date) for m in event.mentions if m.date})
    spans = dated if event.disputed else [event.span]
    symbol = "circle-open" if event.planned else ("diamond" if event.disputed else "circle")
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [start.isoformat(), end.isoformat()] if start != end else [start.isoformat()],
            "y": [position] * (2 if start != end else 1),
            "line": {"color": VERMILION, "width": 4, "dash": "dot" if event.planned else "solid"},
            "marker": {
                "symbol": symbol,
                "size": 11,
                "color": VERMILION,
                "line": {"width": 2, "color": VERMILION},
            },
            "customdata": [name] * (2 if start != end else 1),
            "hovertext": [event.what] * (2 if start != end else 1),
            "hoverinfo": "text",
            **_ALWAYS_OPAQUE,
        }
        for start, end in spans
    ]


def _event_words(event: Event, position: int) -> dict[str, Any]:
    text = "<br>".join(textwrap.wrap(event.what, 54))
    mark = " <b>(documents disagree on the date)</b>" if event.disputed else ""
    planned = " <i>(planned)</i>" if event.planned else ""
    return {
        "xref": "paper", "x": 0, "y": position - 0.18, "yref": "y", "text": text + planned + mark,
        "xanchor": "left", "yanchor": "bottom", "align": "left", "showarrow": False, "font": {"size": 11.5},
    }  # fmt: skip


def strips(
    table: pd.DataFrame, editions: Sequence[str], source: str, in_use: Collection[str] = ()
) -> go.Figure:
    """One strip per figure: its line through the editions, from zero to the figure's own highest number.

    Editions `in_use` are marked.

    `table` has a line per strip and edition: `strip` (strips stand in the order of the lines), `title`,
    `below`, `tone` (see `Tone`), `edition`, `value`, `lower`, `upper`, `words`, `state`, `id`, `hover`.
    Where there is no number the line is broken and an open mark stands at the foot. Editions `in_use` are
    marked.
    """
    column = {edition: number for number, edition in enumerate(editions)}
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"annotations": [], "shapes": []}
    top = 0.0
    for _, rows in table.groupby("strip", sort=False):
        data += _strip(rows, column, top, layout)
        top += STRIP
    footer = _footer(source)
    layout["annotations"].append(_source_note(source))
    layout["xaxis"] = {
        "tickvals": list(column.values()),
        "ticktext": _edition_ticks(editions, in_use),
        "side": "top",
        "type": "linear",
        "range": [-0.5, len(editions) - 0.5],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    layout["yaxis"] = {"range": [top, 0], "visible": False, "fixedrange": True}
    return _figure(data, layout, top + footer, footer, top=_above_editions(30, in_use))


STRIP, STRIP_HEAD, STRIP_FOOT = 96, 50, 6
"""Pixels of a strip, of its words above the highest point, and of the space below its zero."""

_SYMBOLS = {"more than": "triangle-up", "range": "diamond", "less than": "triangle-down"}


def _strip(
    rows: pd.DataFrame, column: dict[str, int], top: float, layout: dict[str, Any]
) -> list[dict[str, Any]]:
    first, colour = rows.iloc[0], _TONES[rows["tone"].iloc[0]]
    zero = top + STRIP - STRIP_FOOT
    known = rows["value"].fillna(rows["lower"])
    part = (known / _largest(rows)).clip(lower=0)
    y = zero - part.fillna(0.0) * (STRIP - STRIP_HEAD - STRIP_FOOT)
    x = [column[edition] for edition in rows["edition"]]
    layout["shapes"].append(_zero_line(zero))
    layout["annotations"] += [_strip_title(first, top), *_point_words(rows, x, y.tolist(), colour)]
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y.where(rows["value"].notna()).tolist(),
        "line": {"color": colour, "width": 2.2},
        "connectgaps": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y.tolist(),
        "marker": {
            "symbol": [
                "circle-open" if pd.isna(number) else _SYMBOLS.get(state, "circle")
                for number, state in zip(known, rows["state"], strict=True)
            ],
            "size": 9,
            "color": colour,
            "line": {"width": 1.5, "color": colour},
        },
        "customdata": rows["id"].tolist(),
        "hovertext": rows["hover"].tolist(),
        "hoverinfo": "text",
        **_ALWAYS_OPAQUE,
    }
    return [line, marks]


def _zero_line(y: float) -> dict[str, Any]:
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y,
            "line": {"color": GREY, "width": 0.6}}  # fmt: skip


def _strip_title(line: pd.Series, top: float) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 0,
        "y": top + 13,
        "text": f"<b>{_tick(line['title'])}</b>  <span style='font-size:11px'>{line['below']}</span>",
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 12.5},
    }


def _point_words(rows: pd.DataFrame, x: list[int], y: list[float], colour: str) -> list[dict[str, Any]]:
    return [
        {
            "x": at,
            "y": height,
            "yshift": 7,
            "text": "<br>".join(textwrap.wrap(words, 16)),
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 11},
        }
        for at, height, words in zip(x, y, rows["words"], strict=True)
    ]


def side_by_side(left: Panel, right: Panel, source: str) -> go.Figure:
    """Two panels beside each other, with the same rows in the same order; each has an axis of its own."""
    head = 20 + 15 * max(len(_half(part.title)) + len(_half(part.subtitle)) for part in (left, right))
    body = head + ROW * max(len(left.rows), 1)
    footer, width = _footer(source), _label_width([left])
    layout: dict[str, Any] = {"shapes": [], "annotations": []}
    data: list[dict[str, Any]] = []
    for number, (part, start, end) in enumerate(((left, 0.0, 0.48), (right, 0.52, 1.0)), start=1):
        room = _room_for_words(part.rows, NARROW - width)
        _panel(part, number, (0.0, 1 - head / body), room, data, layout)
        suffix = "" if number == 1 else str(number)
        layout[f"xaxis{suffix}"] |= {"domain": [start, end], "range": [0, _half_range(part)]}
        layout["annotations"].append(_half_heading(part, start, -width if number == 1 else 0))
    layout["yaxis2"]["showticklabels"] = False
    layout["annotations"].append(_source_note(source, left=width))
    return _figure(data, layout, body + footer, footer, left=width)


def _half_range(part: Panel) -> float:
    """How far the axis of a half chart runs, so that the words at its longest bar fit 110 pixels with it."""
    scale = part.scale or best_scale(_largest(part.rows), part.unit)
    longest = max((len(str(words)) for words in part.rows.loc[part.rows["value"] > 0, "words"]), default=0)
    return max(_largest(part.rows) * scale_factor(part.unit, scale), 1e-12) * (1.3 + 0.1 * longest)


HALF_WIDTH = 24
"""Characters of a line that fit half of a chart 370 pixels wide."""


def _half(text: str) -> list[str]:
    return _wrapped(text, HALF_WIDTH)


def _half_heading(part: Panel, x: float, shift: int) -> dict[str, Any]:
    title, subtitle = "<br>".join(_half(part.title)), "<br>".join(_half(part.subtitle))
    return {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "xshift": shift,
        "y": 1,
        "text": f'<b style="color:{BLUE}">{title}</b><br><span style="font-size:11px">{subtitle}</span>',
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": {"size": 12.5},
    }


def heat(cells: pd.DataFrame, columns: Sequence[str], source: str) -> go.Figure:
    """A table of cells, each with its number printed in it; the shade only repeats the number.

    `cells` has a line per cell: `row` (rows stand in the order of the lines), `column`, `words`, `shade`
    (0 to 1, NaN for a cell without a shade), `id`, `hover`. `columns` are the headings, left to right;
    "|" breaks a line.
    """
    names = list(dict.fromkeys(cells["row"]))
    position = {name: number for number, name in enumerate(names)}
    edges = _column_edges(cells, columns)
    data = [
        _heat_column(cells[cells["column"] == name], start, end, position)
        for name, start, end in zip(columns, edges, edges[1:], strict=False)
    ]
    left = 12 + int(5.7 * max((len(_short(name)) for name in names), default=0))
    footer = _footer(source)
    layout: dict[str, Any] = {
        "barmode": "overlay",
        "xaxis": {
            "tickvals": [(start + end) / 2 for start, end in itertools.pairwise(edges)],
            "ticktext": [name.replace("|", "<br>") for name in columns],
            "tickfont": {"size": 10.5},
            "tickangle": 0,
            "side": "top",
            "range": [0, edges[-1]],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [len(names) - 0.5, -0.5],
            "tickvals": list(position.values()),
            "ticktext": [_short(name) for name in names],
            "tickfont": {"size": 11},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": False,
        },
        "annotations": [_source_note(source, left=left)],
        "shapes": [],
    }
    return _figure(data, layout, HEAT_ROW * max(len(names), 1) + footer, footer, top=58, left=left)


HEAT_ROW = 24


def _short(name: str) -> str:
    return textwrap.shorten(name, 18, placeholder="…")


def _column_edges(cells: pd.DataFrame, columns: Sequence[str]) -> list[float]:
    """Where columns begin and end: each as wide as its longest words, in characters."""
    longest = cells["words"].str.len().groupby(cells["column"]).max()
    return [0.0, *itertools.accumulate(float(max(longest[name], 6)) + 0.6 for name in columns)]


def _heat_column(cells: pd.DataFrame, start: float, end: float, position: dict[str, int]) -> dict[str, Any]:
    shades = [None if pd.isna(shade) else float(shade) for shade in cells["shade"]]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [start + 0.1] * len(cells),
        "x": [end - start - 0.2] * len(cells),
        "y": [position[name] for name in cells["row"]],
        "width": 0.92,
        "text": cells["words"].tolist(),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": 10, "color": [_ink(shade) for shade in shades]},
        "marker": {
            "color": ["rgba(0,0,0,0)" if shade is None else _shaded(shade) for shade in shades],
            "line": {"width": 0},
        },
        "customdata": cells["id"].tolist(),
        "hovertext": cells["hover"].tolist(),
        "hoverinfo": "text",
        **_ALWAYS_OPAQUE,
    }


_PALE, _DARK = (233, 241, 248), (18, 92, 145)
_WHITE_FROM = 0.62
"""From this shade on white letters are read better than dark ones."""


def _shaded(shade: float) -> str:
    mixed = (round(pale + (dark - pale) * shade) for pale, dark in zip(_PALE, _DARK, strict=True))
    return f"rgb({','.join(map(str, mixed))})"


def _ink(shade: float | None) -> str:
    if shade is None:
        return "#6b7785"  # read on white and on a dark page
    return "#ffffff" if shade >= _WHITE_FROM else "#1a2330"


def _footer(source: str) -> int:
    return 18 + LINE * len(_wrapped(source, SOURCE_WIDTH))


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) or [""]


def _source_note(source: str, width: int = SOURCE_WIDTH, left: int = 0) -> dict[str, Any]:
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
        "text": "<br>".join(_wrapped(source, width)),
        "font": {"size": 10.5, "color": GREY},
    }


def _figure(
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
    foot = 30 + 15 * len(_wrapped(source, 150))
    spec = chart.figure.to_dict()
    layout = spec["layout"]
    notes = [note for note in layout.get("annotations", []) if note.get("name") != "source"]
    margin = layout["margin"]
    height = int(layout["height"] - margin["b"] + head + foot)
    below = "<br>".join(subtitle)
    printed = {
        **layout,
        "template": pio.templates["plotly_white"].to_plotly_json(),
        "annotations": [*notes, _source_note(source, 150, margin["l"])],
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
