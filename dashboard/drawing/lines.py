"""Lines over years: panels one below the other or in a grid, lines named at their ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard.charts.lines import EventMark, LinePanel, LinePanels
from dashboard.drawing.frame import (
    BLUE,
    HEADING,
    INK,
    NARROW,
    RIGHT,
    TEXT,
    VERMILION,
    Sketch,
    lines_height,
    tightened,
)
from dashboard.drawing.letters import fit, marked_up, text_width, widest
from dashboard.drawing.line_axes import (
    SHELF,
    Across,
    Line,
    Up,
    across,
    line_numbers,
    lines_of,
    spread_labels,
    tick_words,
    up,
    year_ticks,
)
from dashboard.drawing.line_marks import grid, ink_of, known_at_end, line_shapes, line_traces, place_of, rule

PLOT, SMALL_PLOT, LEAST_PLOT = 210.0, 110.0, 64.0
"""Pixels from the foot to the top of a panel below others, of one beside others, and how few they may be."""

_SLOT, MOST_BESIDE = 176.0, 3
"""Pixels that a panel beside others needs, and how many stand beside each other."""

_BETWEEN = 16.0
"""Pixels between panels beside each other, and below each panel."""

_NAME_PART = 0.3
"""The part of the width that the names at the ends of lines take at most."""

_ABOVE_PLOT = 13.0
"""Pixels between the words of a panel and its plot, half a number of the axis among them."""

_YEARS = 20.0
"""Pixels of the years below a panel."""

NAME_LINES = 2
"""Where a name takes more lines, a number stands for each of the panel, and the names stand in its head."""

EVENT_LETTERS, EVENT_ROOM = 18.0, 8.0
"""Pixels above a panel for the letters of events, and those free above and below what they stand for."""


class _Laid(NamedTuple):
    """A panel with its lines and words broken."""

    panel: LinePanel
    lines: Sequence[Line]
    axis: Up
    head: list[str]
    under: list[str]
    below: list[str]
    names: Sequence[list[str]]

    @property
    def head_height(self) -> float:
        """Pixels of its words, which are one text: each line is as high as one of the largest letters."""
        return lines_height(len(self.head) + len(self.under), HEADING) + _ABOVE_PLOT

    @property
    def below_height(self) -> float:
        return lines_height(len(self.below), TEXT) + 4 if self.below else 0.0


class _Frame(NamedTuple):
    """What all panels have in common: pixels of plot and gutter, the years, how many stand beside."""

    plot: float
    shelf: float
    gutter: float
    slot: float
    room: float
    columns: int
    across: Across


def lines(drawing: LinePanels, width: float = NARROW, tight: float = 0.0) -> Sketch:
    """Every panel with the same years; on one scale, where it is not apart."""
    columns = _columns(drawing, width)
    named = columns == 1
    every = [lines_of(panel) for panel in drawing.panels]
    axes = _axes_of(drawing, every)
    sides = width * _NAME_PART, width - 4 - RIGHT
    ends = [_ends(found, drawing.until, *sides) if named else _Ends() for found in every]
    names = [end.names for end in ends]
    side = max((widest(name, TEXT, True) for panel in names for name in panel), default=0.0)
    right = math.ceil(side) + 10 if side else RIGHT
    room = width - 4 - right
    slot = (room - _BETWEEN * (columns - 1)) / columns
    gutter = 6 + max(text_width(tick_words(n), TEXT) for axis in axes for n in axis.ticks)
    laid = [
        _Laid(panel, found, axis, fit(panel.title, slot, HEADING, True),
              [*_broken(panel.subtitle, slot), *end.key],
              [line for text in panel.below for line in fit(text, slot, TEXT)], end.names)
        for panel, found, axis, end in zip(drawing.panels, every, axes, ends, strict=True)
    ]  # fmt: skip
    frame = _Frame(
        _plot(laid, named, tight), _shelf(laid), gutter, slot, room, columns, across(drawing, slot - gutter)
    )
    return _drawn(drawing, laid, frame, width, right if side else 0)


def _broken(text: str, width: float) -> list[str]:
    return fit(text, width, TEXT) if text else []


def _columns(drawing: LinePanels, width: float) -> int:
    if not drawing.beside or len(drawing.panels) == 1:
        return 1
    return max(1, min(MOST_BESIDE, len(drawing.panels), int((width - 4) // _SLOT)))


def _axes_of(drawing: LinePanels, every: Sequence[Sequence[Line]]) -> list[Up]:
    """The axis of each panel: the same for all of one unit and scale that are not apart."""
    shared: dict[tuple[str, str], list[float]] = {}
    for panel in drawing.scaled_with or drawing.panels:
        if not panel.apart:
            shared.setdefault((panel.unit, panel.scale), []).extend(line_numbers(lines_of(panel)))
    return [
        up(line_numbers(found) if panel.apart else shared[panel.unit, panel.scale], drawing.log)
        for panel, found in zip(drawing.panels, every, strict=True)
    ]


class _Ends(NamedTuple):
    """The words at the end of each line, broken, and what their numbers stand for."""

    names: Sequence[list[str]] = ()
    key: Sequence[str] = ()


def _ends(found: Sequence[Line], until: int, width: float, whole: float) -> _Ends:
    """The name and the last number of each line; for names too long for their width, numbers and a key.

    A number of an earlier year than the last one of the axis says its year.
    """
    if all(_is_short(line.label, width) for line in found):
        return _Ends([fit(f"{line.label} {_said(line, until)}", width, TEXT, True) for line in found])
    numbered = list(enumerate(found, 1))
    names = [fit(f"{number}: {_said(line, until)}", width, TEXT, True) for number, line in numbered]
    key = [part for number, line in numbered for part in fit(f"{number}: {line.label}", whole, TEXT)]
    return _Ends(names, key)


def _is_short(label: str, width: float) -> bool:
    whole_words = all(text_width(word, TEXT, True) <= width for word in label.split())
    return whole_words and len(fit(label, width, TEXT, True)) <= NAME_LINES


def _said(line: Line, until: int) -> str:
    """The last number of a line."""
    last = ([point for point in line.points if not math.isnan(point.figure.value)] or line.points)[-1]
    return last.figure.words if last.year == until else f"{last.figure.words} in {last.year}"


def _plot(laid: Sequence[_Laid], named: bool, tight: float) -> float:
    if not named:
        return tightened(SMALL_PLOT, LEAST_PLOT, tight)
    needed = (sum(lines_height(len(name), TEXT) + 2 for name in item.names) for item in laid)
    return max(tightened(PLOT if len(laid) == 1 else PLOT * 0.75, LEAST_PLOT, tight), *needed, 0.0)


def _shelf(laid: Sequence[_Laid]) -> float:
    """Pixels for years without a number, where there are any."""
    points = [(point, item.axis) for item in laid for line in item.lines for point in line.points]
    empty = (place_of(point, axis, math.nan) for point, axis in points)
    return SHELF if any(map(math.isnan, empty)) else 4.0


# Panel by panel -----------------------------------------------------------------------------------------


def _drawn(drawing: LinePanels, laid: Sequence[_Laid], frame: _Frame, width: float, names: int) -> Sketch:
    layout: dict[str, Any] = {"shapes": [], "annotations": []}
    data: list[dict[str, Any]] = []
    rows = [laid[start : start + frame.columns] for start in range(0, len(laid), frame.columns)]
    letters = EVENT_LETTERS if drawing.events else 0.0
    heights = [
        max(item.head_height for item in row) + letters + frame.plot + frame.shelf + _YEARS
        + max(item.below_height for item in row) + _BETWEEN
        for row in rows
    ]  # fmt: skip
    told = _event_words(drawing.events, width - 4 - RIGHT)
    body = sum(heights) + (lines_height(len(told), TEXT) + 2 * EVENT_ROOM if told else 0.0)
    top, number = 0.0, 0
    for row, height in zip(rows, heights, strict=True):
        start = top + max(item.head_height for item in row) + letters
        for column, item in enumerate(row):
            number += 1
            panel = _Place(number, column, top, start, body, frame)
            _panel(drawing, item, panel, data, layout)
        top += height
    if told:
        layout["annotations"].append(
            _paper(0.0, (top + EVENT_ROOM) / body, marked_up(told), colour=VERMILION)
        )
    return Sketch(data, layout, body, names=names)


class _Place(NamedTuple):
    """Where a panel stands: its number, its column, and in pixels from the top its head and its plot."""

    number: int
    column: int
    top: float
    start: float
    body: float
    frame: _Frame

    @property
    def axes(self) -> dict[str, str]:
        suffix = "" if self.number == 1 else str(self.number)
        return {"x": f"x{suffix}", "y": f"y{suffix}"}

    @property
    def left(self) -> float:
        """Pixels from the left to the head of the panel."""
        return self.column * (self.frame.slot + _BETWEEN)

    @property
    def foot(self) -> float:
        """Pixels from the top to the lower end of the plot."""
        return self.start + self.frame.plot + self.frame.shelf

    def part(self, pixels: float) -> float:
        """Pixels from the left as a part of the width."""
        return min(max(pixels / self.frame.room, 0.0), 1.0)


def _panel(
    drawing: LinePanels, item: _Laid, place: _Place, data: list[dict[str, Any]], layout: dict[str, Any]
) -> None:
    frame, axes, axis = place.frame, place.axes, item.axis
    span = axis.high - axis.low
    low = axis.low - span * frame.shelf / frame.plot
    shelf = axis.shelf(frame.plot)
    across_domain = (place.part(place.left + frame.gutter), place.part(place.left + frame.slot))
    layout[f"xaxis{axes['x'][1:]}"] = {
        "anchor": axes["y"], "domain": list(across_domain), "visible": False, "fixedrange": True,
        "range": [frame.across.low, frame.across.high],
    }  # fmt: skip
    layout[f"yaxis{axes['y'][1:]}"] = {
        "anchor": axes["x"], "domain": [1 - place.foot / place.body, 1 - place.start / place.body],
        "visible": False, "fixedrange": True, "range": [low, axis.high],
    }  # fmt: skip
    shapes = grid(frame.across, axis, axes, item.panel.apart)
    for number, line in enumerate(item.lines):
        shapes += line_shapes(line, ink_of(number)[0], axes, axis)
        data += line_traces(line, ink_of(number), axes, frame.across, axis, shelf)
    notes = [
        *_head(item, place),
        *_ticks(drawing, item, place, low),
        *_events(drawing, place, axis, shapes, low),
    ]
    if item.names:
        notes += _end_names(item, place, shapes, low, shelf)
    layout["shapes"] += shapes
    layout["annotations"] += notes


def _head(item: _Laid, place: _Place) -> list[dict[str, Any]]:
    x = place.part(place.left)
    under = f'<br><span style="font-size:{TEXT}px">{marked_up(item.under)}</span>' if item.under else ""
    text = f'<b style="color:{BLUE}">{marked_up(item.head)}</b>{under}'
    found = [_paper(x, place.top / place.body, text, size=HEADING)]
    if item.below:
        found.append(_paper(x, (place.foot + _YEARS) / place.body, marked_up(item.below)))
    return found


def _paper(x: float, down: float, text: str, *, size: float = TEXT, colour: str = INK) -> dict[str, Any]:
    """Words at a place of the whole drawing, `down` being the part of its height from the top."""
    return {
        "xref": "paper", "yref": "paper", "x": x, "y": 1 - down, "xanchor": "left", "yanchor": "top",
        "align": "left", "showarrow": False, "text": text, "font": {"size": size, "color": colour},
    }  # fmt: skip


def _ticks(drawing: LinePanels, item: _Laid, place: _Place, low: float) -> list[dict[str, Any]]:
    """Numbers left of the panel, years below it."""
    frame, axes = place.frame, place.axes
    found = []
    at: dict[str, Any]
    for number in item.axis.ticks:
        at = {
            "x": frame.across.low,
            "y": item.axis.at(number),
            "xanchor": "right",
            "yanchor": "middle",
            "xshift": -4,
        }
        found.append(_note(axes, tick_words(number), **at))
    for year in year_ticks(drawing.since, drawing.until, frame.across):
        at = {"x": year, "y": low, "xanchor": "center", "yanchor": "top", "yshift": -2}
        over = text_width(str(year), TEXT) / 2 + 2 - (frame.across.high - year) * frame.across.step
        if not item.names and over > 0:  # nothing stands right of the axis that it could reach into
            at["xshift"] = -over
        found.append(_note(axes, str(year), **at))
    return found


def _note(axes: dict[str, str], text: str, *, colour: str = INK, **at: Any) -> dict[str, Any]:
    return {"xref": axes["x"], "yref": axes["y"], "text": text, "showarrow": False,
            "font": {"size": TEXT, "color": colour}, **at}  # fmt: skip


def _end_names(
    item: _Laid, place: _Place, shapes: list[dict[str, Any]], low: float, shelf: float
) -> list[dict[str, Any]]:
    """The name of each line beside its end, none over another, with a thin line to what is far from it."""
    frame, axes, axis = place.frame, place.axes, item.axis
    high = frame.plot + frame.shelf
    per_pixel = (axis.high - low) / high
    ends = [known_at_end(line, axis) for line in item.lines]
    heights = [place_of(point, axis, shelf) if point else shelf for point in ends]
    wanted = [(axis.high - height) / per_pixel for height in heights]
    middles = spread_labels(wanted, [lines_height(len(name), TEXT) + 2 for name in item.names], high)
    found = []
    for number, (name, middle, point, height) in enumerate(
        zip(item.names, middles, ends, heights, strict=True)
    ):
        y = axis.high - middle * per_pixel
        colour = ink_of(number)[0]
        if point:
            shapes.append(rule(axes, (point.year, frame.across.high), (height, y), colour, 0.7, "1px,2px"))
        found.append(
            {"xref": "paper", "x": 1, "xshift": 5, "yref": axes["y"], "y": y, "xanchor": "left",
             "yanchor": "middle", "align": "left", "showarrow": False, "text": f"<b>{marked_up(name)}</b>",
             "font": {"size": TEXT, "color": colour}}
        )  # fmt: skip
    return found


# Events -------------------------------------------------------------------------------------------------


def _shown(drawing: LinePanels) -> list[tuple[str, EventMark]]:
    return [(_letter(number), event) for number, event in enumerate(drawing.events)]


def _letter(number: int) -> str:
    return chr(ord("a") + number % 26) * (1 + number // 26)


def _event_words(events: Sequence[EventMark], width: float) -> list[str]:
    """What each letter stands for, below all panels."""
    return [
        line
        for number, event in enumerate(events)
        for line in fit(f"{_letter(number)}: {event.words}", width, TEXT)
    ]


def _events(
    drawing: LinePanels, place: _Place, axis: Up, shapes: list[dict[str, Any]], low: float
) -> list[dict[str, Any]]:
    """A dotted line for each event; letters above, together where events are close."""
    frame, axes = place.frame, place.axes
    groups: list[list[tuple[str, EventMark]]] = []
    for letter, event in sorted(_shown(drawing), key=lambda pair: pair[1].year):
        shapes.append(rule(axes, (event.year, event.year), (low, axis.high), VERMILION, 1.2, "2px,3px"))
        last = groups[-1][-1][1].year if groups else -math.inf
        if (event.year - last) * frame.across.step < EVENT_LETTERS:
            groups[-1].append((letter, event))
        else:
            groups.append([(letter, event)])
    return [
        _note(axes, _span([letter for letter, _ in group]), colour=VERMILION, y=axis.high, yanchor="bottom",
              xanchor="center", x=sum(event.year for _, event in group) / len(group))
        for group in groups
    ]  # fmt: skip


def _span(letters: Sequence[str]) -> str:
    """ "a", "a, b", "a to d"."""
    ordered = sorted(letters)
    return ", ".join(ordered) if len(ordered) < 3 else f"{ordered[0]} to {ordered[-1]}"
