"""Figures of which a later release prints another one: the mark beside them, and the words.

An edition is shown as it was published; beside such a figure stands what the later release prints, and a
reader can ask for everything to be read that way. A view without such a figure is given back as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pandas as pd

from dashboard.charts.cards import Card
from dashboard.charts.chart import Chart, Heat, Panel, SideBySide, Stack
from dashboard.charts.view import Table, View
from dashboard.snapshot import Snapshot
from dashboard.words.later_figures import FIRST_PRINT, SIGN, figures_words, later_words, releases
from loaders.names import place_name
from loaders.quality.later_figures import LaterFigure

PUBLISHED, LATER = "published", "later"
READINGS = {PUBLISHED: "as published", LATER: "with the publisher’s later figures"}
"""How the figures of an edition are read, with the words for it."""

LATER_RELEASE = "later_release"
"""The column of the table behind a chart that says what a later release prints."""

FIRST_RELEASE = "first_release"
"""The column that says what the edition printed, where numbers are read as a later release prints them."""


def concerned(data: Snapshot, asked: Mapping[str, str]) -> dict[str, LaterFigure]:
    """The later figures that may bear on what is asked, by the id of the row that prints another one."""
    return {name: item for name, item in data.later.items() if _bears_on(name, item, data, asked)}


def _bears_on(name: str, item: LaterFigure, data: Snapshot, asked: Mapping[str, str]) -> bool:
    """Whether the names that are asked for leave room for the figure; an empty name leaves room for any."""
    wanted = {"mineral": item.mineral, "minerals": item.mineral, "measure": str(item.measure)}
    if any(asked.get(key) and code not in asked[key].split(",") for key, code in wanted.items()):
        return False
    if asked.get("claim") and data.claim(asked["claim"]).mineral != item.mineral:
        return False
    edition = asked.get("edition", "")
    return "." not in edition or name.startswith(f"{edition}|")


def as_asked(data: Snapshot, asked: Mapping[str, str]) -> Snapshot:
    """The data as they are asked to be read."""
    return data.with_later if asked.get("reading") == LATER else data


def told_of_later(view: View, other: View, asked: Mapping[str, str], data: Snapshot) -> View:
    """The view with a mark at each figure that a later release changed, and sentences about it.

    `other` is the same read the other way: where both say the same and no such figure is in it, nothing is
    added.
    """
    if view.chart is None:
        return view
    found = concerned(data, asked)
    shown = {name: item for name, item in found.items() if name in _ids(view)}
    if not shown and not _differs(view, other):
        return view
    series = {_series(item) for item in (shown or found).values()}
    told = [item for item in found.values() if _series(item) in series]
    if asked.get("reading") == LATER:
        return _read_later(view, other, view.chart, shown, told)
    return _marked(view, other, view.chart, shown, told)


def _series(item: LaterFigure) -> tuple[str, str, str, int]:
    return item.edition, item.mineral, str(item.measure), item.year


def _read_later(
    view: View, other: View, chart: Chart, shown: Mapping[str, LaterFigure], told: list[LaterFigure]
) -> View:
    """The view as a later release has it: title and subtitle say so, and what was printed before.

    The sign stands at the figures of the release, and at what rests on them.
    """
    figures = figures_words(told, FIRST_PRINT)
    rest_on_them = _otherwise(chart, other.chart) if other.chart else set()
    drawing = _drawn(chart, other.chart, {*shown, *rest_on_them})
    sign = f"{SIGN} " if shown or drawing is not chart.drawing else ""
    words = f"{sign}Read with the publisher’s later figures: {figures}, from {releases(told)}."
    changed = replace(
        chart,
        title=f"{chart.title} (with the publisher’s later figures)",
        subtitle=f"{chart.subtitle} {words}",
        alt=f"{chart.alt} {words}",
        drawing=drawing,
        table=_as_read(_with_column(chart.table, shown, _by_mineral(told, words)), shown),
    )
    return replace(
        view,
        chart=changed,
        cards=_cards(view.cards, other.cards),
        tables=_tables(view.tables, other.tables, {place_name(item.place) for item in told}),
        notes=(*view.notes, words),
    )


def _marked(
    view: View, other: View, chart: Chart, shown: Mapping[str, LaterFigure], told: list[LaterFigure]
) -> View:
    """The view with the sign at the figures, and what they are in a later release."""
    words = f"A later release of the publisher prints {figures_words(told)}: {releases(told)}."
    title = other.chart.title if other.chart else chart.title
    read_so = [] if title == chart.title else [f"With the later figures: “{title}”."]
    drawing = _drawn(chart, other.chart, shown)
    sign = f"{SIGN} " if shown or drawing is not chart.drawing else ""
    marked = replace(
        chart,
        source=f"{chart.source} {sign}{words}",
        alt=f"{chart.alt} {words}",
        drawing=drawing,
        table=_with_column(chart.table, shown, _by_mineral(told, words)),
    )
    places = {place_name(item.place) for item in told}
    return replace(
        view,
        chart=marked,
        cards=_cards(view.cards, other.cards),
        tables=_tables(view.tables, other.tables, places),
        notes=(*view.notes, f"{sign}{words}", *read_so),
    )


# What a view has -----------------------------------------------------------------------------------------


def _ids(view: View) -> set[str]:
    """The rows that a view draws, lists, or has a card of."""
    found = {card.id for card in view.cards}
    if view.chart:
        frames = [view.chart.table, *_frames(view.chart.drawing)]
        found |= {str(name) for table in frames if "id" in table for name in table["id"]}
    return found


def _frames(part: object) -> Iterable[pd.DataFrame]:
    """The tables that a drawing is made of."""
    if isinstance(part, pd.DataFrame):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _frames(item)
    elif is_dataclass(part):
        for item in fields(part):
            yield from _frames(getattr(part, item.name))


def _differs(view: View, other: View) -> bool:
    """Whether two readings say something else: a rank, a share, a sentence."""
    return _said(view) != _said(other)


def _said(view: View) -> tuple[object, ...]:
    chart = view.chart
    said = (chart.title, chart.subtitle, chart.alt) if chart else ()
    return (said, view.empty, view.notes, view.tiles, view.facts, view.tables, view.why)


# Marks ---------------------------------------------------------------------------------------------------


def _drawn(chart: Chart, other: Chart | None, shown: Collection[str]) -> Any:
    """The drawing with the sign at its marks."""
    if isinstance(chart.drawing, Heat):
        cells = _changed_cells(chart.drawing, other)
        signed = _signed(chart.drawing.cells, cells)
        return replace(chart.drawing, cells=signed) if cells.any() else chart.drawing
    marked = _each(chart.drawing, shown)
    if other is not None and isinstance(marked, Stack | SideBySide):
        marked = _with_totals(marked, other.drawing)
    return marked


def _otherwise(chart: Chart, other: Chart) -> set[str]:
    """The marks of which the other reading says something else: shares of another total."""
    read, before = (
        {
            str(name): str(words)
            for rows in _frames(one.drawing)
            if {"id", "words"} <= set(rows.columns)
            for name, words in zip(rows["id"], rows["words"], strict=True)
        }
        for one in (chart, other)
    )
    return {name for name, words in read.items() if before.get(name, words) != words}


def _with_totals(drawing: Stack | SideBySide, other: object) -> Any:
    """The panels with the sign at a total that the other reading has otherwise."""
    read = {panel.title: panel.subtitle for panel in _panels(other)}
    panels = tuple(
        panel
        if read.get(panel.title, panel.subtitle) == panel.subtitle
        else replace(panel, subtitle=f"{panel.subtitle} {SIGN}")
        for panel in _panels(drawing)
    )
    if panels == _panels(drawing):
        return drawing
    return SideBySide(*panels) if isinstance(drawing, SideBySide) else replace(drawing, panels=panels)


def _panels(drawing: object) -> tuple[Panel, ...]:
    if isinstance(drawing, Stack):
        return drawing.panels
    return (drawing.left, drawing.right) if isinstance(drawing, SideBySide) else ()


def _each(part: Any, shown: Collection[str]) -> Any:
    """A part of a drawing with the sign at what is shown; itself where there is nothing."""
    if isinstance(part, pd.DataFrame):
        if not {"id", "words"} <= set(part.columns):
            return part
        at = part["id"].isin(list(shown))
        return _signed(part, at) if at.any() else part
    if isinstance(part, tuple):
        items = tuple(_each(item, shown) for item in part)
        return part if all(new is old for new, old in zip(items, part, strict=True)) else items
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changed = {
        item.name: new
        for item in fields(part)
        if (new := _each(old := getattr(part, item.name), shown)) is not old
    }
    return replace(part, **changed) if changed else part


def _signed(rows: pd.DataFrame, at: pd.Series) -> pd.DataFrame:
    hover = rows["hover"].where(~at, rows["hover"] + f"\n{SIGN} The edition and a later release differ here.")
    words = (rows["words"] + f" {SIGN}").str.strip()
    return rows.assign(words=rows["words"].where(~at, words), hover=hover)


def _changed_cells(drawing: Heat, other: Chart | None) -> pd.Series:
    """The cells that have another number in the other reading; the lines may stand in another order."""
    cells = drawing.cells
    if other is None or not isinstance(other.drawing, Heat):
        return pd.Series(False, index=cells.index)
    words = other.drawing.cells.set_index(["row", "column"])["hover"].to_dict()
    keys = zip(cells["row"], cells["column"], cells["hover"], strict=True)
    return pd.Series([words.get((row, column)) != told for row, column, told in keys], index=cells.index)


def _by_mineral(told: Iterable[LaterFigure], words: str) -> dict[str, str]:
    return {item.mineral: words for item in told}


def _with_column(
    table: pd.DataFrame, shown: Mapping[str, LaterFigure], of_minerals: Mapping[str, str]
) -> pd.DataFrame:
    """The table with what a later release prints, in the line of a figure, or of a mineral of several."""
    of_figures = {name: later_words(item) for name, item in shown.items()}
    key, words = ("id", of_figures) if "id" in table else ("mineral", of_minerals)
    if key not in table or not table[key].isin(list(words)).any():
        return table
    return table.assign(**{LATER_RELEASE: [words.get(str(name), "") for name in table[key]]})


def _as_read(table: pd.DataFrame, shown: Mapping[str, LaterFigure]) -> pd.DataFrame:
    """The table with the words and the place of each number that is read as a later release prints it."""
    if LATER_RELEASE not in table or "id" not in table:
        return table
    own: dict[str, Callable[[LaterFigure], str]] = {
        "printed": lambda item: item.later,
        "where": lambda item: item.release,
        "published": lambda item: item.published.isoformat(),
        "citation": lambda item: item.citation,
    }
    read = {
        name: [
            words(shown[row]) if row in shown else old
            for row, old in zip(table["id"], table[name], strict=True)
        ]
        for name, words in own.items()
    }
    before = [f"{shown[row].printed} {shown[row].unit}" if row in shown else "" for row in table["id"]]
    return table.drop(columns=LATER_RELEASE).assign(**read, **{FIRST_RELEASE: before})


def _cards(cards: Sequence[Card], other: Sequence[Card]) -> tuple[Card, ...]:
    """The cards with the sign at each line that the other reading has otherwise."""
    read = {card.id: dict(card.facts) for card in other}
    return tuple(
        replace(
            card,
            facts=tuple(
                (label, text if read.get(card.id, {}).get(label, text) == text else f"{text} {SIGN}")
                for label, text in card.facts
            ),
        )
        for card in cards
    )


def _tables(tables: Sequence[Table], other: Sequence[Table], places: Collection[str]) -> tuple[Table, ...]:
    """The tables with the sign in the lines of those places, at what the other reading has otherwise."""
    read = {(item.caption, *row[:1]): row for item in other for row in item.rows}
    return tuple(
        item._replace(
            rows=tuple(
                _row(row, read.get((item.caption, *row[:1]), row)) if str(row[0]) in places else row
                for row in item.rows
            )
        )
        for item in tables
    )


def _row(row: tuple[object, ...], other: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(
        f"{cell} {SIGN}" if type(cell) is str and cell != read else cell
        for cell, read in zip(row, other, strict=True)
    )
