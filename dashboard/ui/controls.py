"""The controls of a page: what is asked for by link or by hand, settled, kept in the link, and drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import streamlit as st

from dashboard.drawing.frame import NARROW
from dashboard.snapshot import Snapshot
from dashboard.topics.parameters import Asked, Control, Parameter, codes_of, link_of, settle_asked
from dashboard.topics.search import with_other_names
from dashboard.ui import link, memory, room
from dashboard.ui.page import notice
from loaders.model import EditionId

_EDITION = "edition"


def ask(page: str, parameters: Sequence[Parameter], data: Snapshot) -> dict[str, str]:
    """What the page shows; controls and link are set to it, and what a link asks in vain is said."""
    names = [parameter.name for parameter in parameters]
    found = link.asked(page, names)
    wanted: Asked = found.wanted
    if _EDITION in names:
        wanted = link.follow(page, found, {EditionId.parse(name).dataset: name for name in data.in_use})
    recalled = memory.recalled(page, found, parameters)
    if not found.by_link:
        gone = _gone(parameters, wanted, memory.seen_last(page), data)
        wanted = {name: value for name, value in wanted.items() if name not in recalled and name not in gone}
    asked, missed = settle_asked(parameters, wanted, data, recalled)
    memory.note_choices(page, found, asked, data)
    controls = {item.name: _state(item, asked[item.name]) for item in parameters}
    link.keep(page, names, link_of(parameters, asked, data), controls)
    if found.by_link:
        notice("Not as the link asks.", missed)
    return asked


def _gone(parameters: Sequence[Parameter], wanted: Asked, before: Asked, data: Snapshot) -> set[str]:
    """What went with a choice that was changed just now: it was no choice of the reader, but its default."""
    found, changed = set(), False
    for item in parameters:
        value = before.get(item.name, "")
        same = changed and item.follows and value and wanted.get(item.name) == value
        if same and item.usual(data, before) == value:
            found.add(item.name)
        changed = changed or (item.name in before and wanted.get(item.name, value) != value)
    return found


def _state(parameter: Parameter, value: str) -> Any:
    return list(codes_of(value)) if parameter.many else value


def draw_controls(page: str, parameters: Sequence[Parameter], asked: Asked, data: Snapshot) -> None:
    """The controls, row by row; quiet ones only where there is a choice.

    On a telephone the rows of the first two controls are seen, and the others folded: the chart is in sight.
    """
    shown = [item for item in parameters if _is_shown(item, asked, data)]
    ordered = sorted(shown, key=lambda item: item.row)
    rows = _without_lone_ones([list(row) for _, row in groupby(ordered, key=lambda item: item.row)])
    seen = len(rows)
    if room.room() == NARROW:
        seen = next((number for number in range(1, seen) if sum(map(len, rows[:number])) > 1), seen)
    for row in rows[:seen]:
        _draw_row(page, row, asked, data)
    if rows[seen:]:
        labels = [item.label.lower() for row in rows[seen:] for item in row]
        with st.expander(f"More: {', '.join(labels)}", key=f"more-{page}"):
            for row in rows[seen:]:
                _draw_row(page, row, asked, data)


def _without_lone_ones(rows: list[list[Parameter]]) -> list[list[Parameter]]:
    """The rows; a box that would stand alone in the last one joins two boxes above it."""
    boxes = {item.control for row in rows[-2:] for item in row} == {Control.SELECT}
    if boxes and [len(row) for row in rows[-2:]] == [2, 1]:
        return [*rows[:-2], rows[-2] + rows[-1]]
    return rows


def _draw_row(page: str, row: Sequence[Parameter], asked: Asked, data: Snapshot) -> None:
    # Columns would be a message each; how wide a control is, the style sheet says by its kind.
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"controls-{page}-{row[0].name}"):
        for item in row:
            _draw(page, item, asked, data)


def _is_shown(parameter: Parameter, asked: Asked, data: Snapshot) -> bool:
    if parameter.control is Control.HIDDEN:
        return False
    return not parameter.quiet or len(parameter.offered(data, asked)) > 1


def _draw(page: str, parameter: Parameter, asked: Asked, data: Snapshot) -> None:
    labels = parameter.labels(data, asked)
    key, options = link.key(page, parameter.name), list(labels)
    words = partial(_words, labels, parameter, data)
    if parameter.control is Control.SEGMENTED:
        st.segmented_control(parameter.label, options, format_func=words, key=key)
    elif parameter.control is Control.MULTISELECT:
        st.multiselect(
            parameter.label,
            options,
            format_func=words,
            key=key,
            placeholder=parameter.placeholder,
            select_all=False,  # it stands first, so that the key Enter would choose all that is found
        )
    else:
        # A box finds what is typed in its labels alone; it has no room for other names of what is chosen.
        found = {code: with_other_names(code, label) for code, label in labels.items()}
        found |= {code: label for code, label in labels.items() if code == asked[parameter.name]}
        st.selectbox(parameter.label, options, format_func=partial(_words, found, parameter, data), key=key)


def _words(labels: Mapping[str, str], parameter: Parameter, data: Snapshot, code: str) -> str:
    return labels[code] if code in labels else parameter.words(code, data)
