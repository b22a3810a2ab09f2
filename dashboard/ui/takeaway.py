"""The menu "Take away" under a chart: every kind of file, made when it is asked for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.charts.view import View
from dashboard.drawing.presets import PRESETS
from dashboard.exports import EXPORTS
from dashboard.exports.choices import SCALES, USUAL, Choices, export_name
from dashboard.snapshot import Stamp


def take_away(view: View, stamp: Stamp) -> None:
    """The menu; what it offers is drawn only while it is open."""
    menu = st.popover(
        "Take away", key=f"take-{view.key}", on_change="rerun", help="This chart and its figures as a file"
    )
    if not menu.open:
        return
    with menu:
        choices = _choices(view.key)
        for kind in EXPORTS:
            st.download_button(
                kind.LABEL,
                data=partial(kind.export, view, stamp, choices),
                file_name=f"{export_name(view, stamp)}{kind.SUFFIX}",
                mime=kind.MIME,
                key=f"take-{view.key}-{kind.NAME}",
                on_click="ignore",
                width="stretch",
            )


def _choices(key: str) -> Choices:
    """What a reader chooses of pictures."""
    labels = {preset.name: preset.label for preset in PRESETS}
    preset = st.selectbox(
        "Size of pictures", list(labels), format_func=labels.__getitem__, key=f"take-{key}-preset"
    )
    scale = st.segmented_control(
        "Pixels of a PNG", SCALES, default=USUAL.scale, format_func="{}×".format, key=f"take-{key}-scale"
    )
    titled = st.checkbox("Finding in the picture", value=True, key=f"take-{key}-titled")
    transparent = st.checkbox("No white ground", key=f"take-{key}-clear")
    definitions = st.checkbox(
        "What the words mean", key=f"take-{key}-words", help="The definitions of the words that occur in it"
    )
    return Choices(
        preset=preset,
        titled=titled,
        transparent=transparent,
        scale=scale or USUAL.scale,
        definitions=definitions,
    )
