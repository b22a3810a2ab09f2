"""The menu "Take away" under a chart: every kind of file, made when it is asked for."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from dashboard.charts.view import View
from dashboard.drawing.presets import PRESETS
from dashboard.exports import EXPORTS, png
from dashboard.exports.choices import SCALES, USUAL, Choices, export_name
from dashboard.snapshot import Stamp
from dashboard.ui.page import ASSETS, buttons_script


def take_away(view: View, stamp: Stamp, key: str = "") -> None:
    """The menu; what it offers is drawn only while it is open. A `key` tells apart views of one topic."""
    key = key or view.key
    menu = _menu(key, "This chart and its figures as a file")
    if menu.open:
        with menu:
            _offer(view, stamp, key)


@st.fragment
def take_away_one(views: Mapping[str, Callable[[], View]], stamp: Stamp, key: str) -> None:
    """The menu of several findings, each by its words; the one that is chosen is made then."""
    about = "One of these findings with its chart and its figures as a file"
    menu = _menu(key, about, "Take away one of these findings")
    if menu.open:
        with menu:
            chosen = st.selectbox("Which of these", list(views), key=f"take-{key}-which")
            _offer(views[chosen](), stamp, key)


def _menu(key: str, about: str, label: str = "Take away") -> Any:
    return st.popover(label, key=f"take-{key}", on_change="rerun", help=about)


def _offer(view: View, stamp: Stamp, key: str) -> None:
    """The kinds of files, and below them how they are to be."""
    files = st.container(horizontal=True, gap="xsmall", key=f"take-{key}-files")
    with st.expander("Size and words of the files"):
        choices = _choices(key)
    _copy(view, key, stamp, choices)
    for kind in EXPORTS:
        files.download_button(
            kind.LABEL,
            data=partial(kind.export, view, stamp, choices),
            file_name=f"{export_name(view, stamp)}{kind.SUFFIX}",
            mime=kind.MIME,
            key=f"take-{key}-{kind.NAME}",
            on_click="ignore",
        )


_copies = st.components.v2.component(
    "minerals_copies",
    html='<div class="bar" role="group"></div><span class="said" role="status" aria-live="polite"></span>',
    css=(ASSETS / "actions.css").read_text(encoding="utf-8"),
    js=buttons_script("copies.js"),
)


def _copy(view: View, key: str, stamp: Stamp, choices: Choices) -> None:
    """The picture, and the code that shows it on a page, for the clipboard."""
    if view.chart is None:
        return
    picture = _picture(view, stamp, choices)
    name = f"{export_name(view, stamp)}{png.SUFFIX}"
    data = {
        "label": view.chart.title,
        "picture": base64.b64encode(picture).decode(),
        "embed": png.embed_code(view, stamp, picture, name, choices.scale),
    }
    _copies(key=f"copies-{key}", data=data)


@lru_cache(maxsize=8)
def _picture(view: View, stamp: Stamp, choices: Choices) -> bytes:
    return png.export(view, stamp, choices)


def _choices(key: str) -> Choices:
    """What a reader chooses of pictures."""
    labels = {preset.name: preset.label for preset in PRESETS}
    sizes, words = st.container(horizontal=True), st.container(horizontal=True)
    preset = sizes.selectbox(
        "Size of pictures", list(labels), format_func=labels.__getitem__, key=f"take-{key}-preset"
    )
    scale = sizes.segmented_control(
        "Pixels of a PNG", SCALES, default=USUAL.scale, format_func="{}×".format, key=f"take-{key}-scale"
    )
    titled = words.checkbox("Finding in the picture", value=True, key=f"take-{key}-titled")
    transparent = words.checkbox("Transparent ground", key=f"take-{key}-clear")
    definitions = words.checkbox(
        "What the words mean", key=f"take-{key}-words", help="The definitions of the words that occur in it"
    )
    return Choices(
        preset=preset,
        titled=titled,
        transparent=transparent,
        scale=scale or USUAL.scale,
        definitions=definitions,
    )
