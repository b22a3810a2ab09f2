"""Pieces of a page: heading, tiles, notices, the key to marks, errors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from copy import copy
from functools import cache
from html import escape
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import streamlit as st

from dashboard.charts.view import Mark, Tile
from dashboard.drawing.marks import swatch
from dashboard.exports.about import PROGRAM
from dashboard.markup import NameHtml, plain_names, unbroken
from loaders.errors import MineralsError
from loaders.vocabulary import MarkState

ASSETS = Path(__file__).parent / "assets"


def buttons_script(*names: str) -> str:
    """The script of a component that draws buttons, with what all of them share before it."""
    return "".join((ASSETS / file).read_text(encoding="utf-8") for file in ("buttons.js", *names))


Menu = dict[str, list[st.Page]]
"""The pages of each part of the navigation."""
_menu: Menu = {}


def menu(pages: Callable[[], Menu]) -> Menu:
    """The pages of the navigation, which are looked up on the disk once; each run marks copies of them."""
    if not _menu:
        _menu.update(pages())
    return {part: [copy(item) for item in items] for part, items in _menu.items()}


def keep_proportions(key: str, ratio: float, more: float) -> None:
    """The chart of that key is so many times as high as it is wide, and some pixels more."""
    chart = f".st-key-{key}"
    st.html(
        f"<style>{chart}{{container-type:inline-size;flex:none!important;height:auto!important}}"
        f"{chart} .stFullScreenFrame{{height:auto}}"
        f"{chart} .stPlotlyChart{{height:calc({ratio * 100:.3f}cqw + {more:.0f}px)}}</style>"
    )


def dress() -> None:
    """The pages' own style sheet and scripts, once per run.

    With the scripts Back goes back one view, and the key Tab enters a row of choices at the one that is
    made, and finds a link to the chart before all else.
    """
    st.html(_dress(), unsafe_allow_javascript=True)


@cache
def _dress() -> str:
    """Our own files as one element: each is a message, and a component a widget that each run looks after."""
    names = ("history.js", "keys.js", "lists.js", "skip.js", "ahead.js")
    told = [(ASSETS / name).read_text(encoding="utf-8") for name in names]
    calls = "".join(
        f"(() => {{{text.replace('export default function', 'return (function')})();}})();" for text in told
    )
    style = (ASSETS / "pages.css").read_text(encoding="utf-8")
    ahead = f'<span class="scripts" data-ahead="{_chart_code()}"></span>'
    return f'{ahead}<style>{style}</style><script type="text/javascript">{calls}</script>'


def _chart_code() -> str:
    """The name of the file with which Streamlit's page draws charts; empty in a version that has no such."""
    folder = Path(st.__file__).parent / "static" / "static" / "js"
    return next((path.name for path in folder.glob("PlotlyChart.*.js")), "")


def name_tab(*shown: str) -> None:
    """What the browser calls the page in its tab, its history and among its bookmarks."""
    st.set_page_config(page_title=" · ".join(filter(None, (*shown, PROGRAM))), layout="wide")


def heading(title: str, lead: str) -> None:
    """The page's title and what it is about."""
    st.html(f'<header class="lead"><h1>{escape(title)}</h1><p>{escape(lead)}</p></header>')


def title(text: str) -> None:
    """The title of a part of the page."""
    st.html(f'<h2 class="sub">{text}</h2>')


def bring_into_view(selector: str, why: str, block: Literal["start", "nearest"] = "start") -> None:
    """Scroll to what a choice has made, once; `why` names the choice. What is in view is nearest."""
    script = (ASSETS / "scroll.js").read_text(encoding="utf-8")
    call = f"({script.strip()})({json.dumps(selector)}, {json.dumps(why)}, {json.dumps(block)});"
    st.html(f"<script>{call}</script>", unsafe_allow_javascript=True)


def small(text: str) -> None:
    """A sentence or two below it; HTML."""
    st.html(f'<p class="small">{text}</p>')


def tiles(items: Sequence[Tile], named: NameHtml = plain_names) -> None:
    """The answers first; `named` links the names in them."""
    st.html(tiles_html(items, named))


def tiles_html(items: Sequence[Tile], named: NameHtml = plain_names) -> str:
    """The same as HTML; empty where there are none."""
    if not items:
        return ""
    cells = "".join(
        f"<li><b>{named(unbroken(item.figure))}</b><span>{named(unbroken(item.about))}</span>"
        f'<em class="{item.tone}">{named(item.badge)}</em></li>'
        for item in items
    )
    return f'<ul class="tiles">{cells}</ul>'


def notice(title: str, sentences: Sequence[str], named: NameHtml = plain_names) -> None:
    """Why figures are kept apart, or why something is not shown; `named` links the names in it."""
    if sentences:
        st.html(notice_html(title, sentences, named))


def notice_html(title: str, sentences: Sequence[str], named: NameHtml = plain_names) -> str:
    """The same as HTML; empty where there is nothing to say."""
    if not sentences:
        return ""
    return f'<p class="why"><b>{escape(title)}</b> {named(" ".join(sentences))}</p>'


def marks_key_html(marks: Sequence[Mark]) -> str:
    """What the marks of a chart mean: state or sign, and meaning, with a drawing of the mark of a state."""
    told = ((mark, " ".join(filter(None, (mark.meaning, mark.on_page)))) for mark in marks)
    items = "".join(f"<li>{_mark(mark)} {escape(words)}</li>" for mark, words in told)
    return f'<ul class="key" aria-label="What the marks mean">{items}</ul>' if items else ""


def _mark(mark: Mark) -> str:
    name = mark.sign
    if mark.named:
        return f" <b>{escape(name)}:</b>"
    words = (
        MarkState.ESTIMATE.after
        if name == MarkState.ESTIMATE
        else ""
        if name in (MarkState.VALUE, "context")
        else mark.words
    )
    return f"{_drawing(name)} <b>{escape(words)}</b>"


def _drawing(name: str) -> str:
    # Streamlit removes inline SVG from HTML, but keeps images.
    if name not in (*MarkState, "context"):
        return ""
    return f'<img alt="" src="data:image/svg+xml,{quote(swatch(name))}">'


def error(problem: MineralsError) -> None:
    """What went wrong, where, and what to do; never a traceback."""
    st.error(escape_markdown(str(problem)), icon=":material/error:")


_SIGNS = re.compile(r"[\\`*\[|~$@]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=\w+;|#)|:(?=[\w/+-])|(?<=www)\.")
_BEGINNINGS = re.compile(r"^([ \t]*)(\d+(?=[.)]\s)|(?=[-+#>=]))", re.MULTILINE)
"""What means something in Markdown, anywhere and at the beginning of a line."""


def escape_markdown(text: str) -> str:
    """Text from files as it is, where Streamlit reads Markdown.

    Backslashes stand only where they must: a reader of screens is told those in the label of a control.
    """
    return _BEGINNINGS.sub(r"\1\2\\", _SIGNS.sub(r"\\\g<0>", text))
