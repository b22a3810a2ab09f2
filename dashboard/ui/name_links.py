"""Links from the names of minerals and countries to their pages, in tables, in cards and below charts.

They open in the same tab and in the same session, so that what was chosen is kept (see `history.js`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from html import escape
from urllib.parse import urlencode

import pyarrow as pa
import streamlit as st

from dashboard.charts.view import View
from dashboard.markup import Html, NameHtml, unbroken
from dashboard.snapshot import Snapshot
from dashboard.topics.name_pages import names_drawn, parts_by_name, parts_of_sentence
from dashboard.ui.caches import Made

_AT_ONCE = 12
"""More names than these stand behind a fold."""


def linked_names(data: Snapshot) -> NameHtml:
    """From a text to its HTML, in which each name that has a page leads there."""
    return partial(_linked, data=data)


def linked_sentences(view: View, data: Snapshot) -> NameHtml:
    """From a sentence of a view to its HTML, in which each name leads to its page, where it stands first."""
    return lambda text: _sentences.get((view, text), lambda: _joined(parts_of_sentence(text, view, data)))


def _linked(text: str, data: Snapshot) -> Html:
    return _texts.get((data.key, text), lambda: _joined(parts_by_name(text, data)))


_sentences: Made[Html] = Made(10_000)
_texts: Made[Html] = Made(20_000)


def _joined(parts: Iterable[tuple[str, str]]) -> Html:
    return Html("".join(_link(part, address) for part, address in parts))


def _link(text: str, address: str) -> str:
    if not address:
        return escape(text)
    return f'<a class="name" href="{escape(address, quote=True)}">{escape(text)}</a>'


def finding_link(title: str, page: str, link: Mapping[str, str], about: str, *, below: bool = True) -> str:
    """What another page finds, as a link to it, with HTML `about` it below the link, or above."""
    address = f"{page}?{urlencode(link)}" if link else page
    parts = (f"<p class=to>{_link(unbroken(title), address)}</p>", f'<p class="small">{about}</p>')
    return f'<div class="finding-link">{"".join(parts if below else reversed(parts))}</div>'


def names_below(view: View, data: Snapshot) -> str:
    """The minerals and countries that a chart draws, each as a link to its page; or nothing."""
    return _below.get((view, data.key), lambda: _links_below(view, data))


_below: Made[str] = Made(600)


def _links_below(view: View, data: Snapshot) -> str:
    links = [_link(name, address) for name, address in names_drawn(view, data).items()]
    if not links:
        return ""
    first, others = links[:_AT_ONCE], links[_AT_ONCE:]
    more = f"<details><summary>{len(others)} more</summary>{_line(others)}</details>" if others else ""
    return (
        '<nav class="names" aria-label="Pages of what is drawn"><span>To the pages of</span> '
        f"{_line(first)}{more}</nav>"
    )


@st.fragment
def name_grid(table: pa.Table, data: Snapshot | None, *, key: str, alt: str) -> None:
    """A long table; with the data of the names, those in the cells that are chosen lead to their pages."""
    if data is None:
        st.dataframe(table, hide_index=True, key=key, alt=alt)
        return
    chosen = st.dataframe(
        table, hide_index=True, key=key, alt=alt, on_select="rerun", selection_mode="multi-cell"
    )
    names = names_in_cells(table, chosen["selection"]["cells"], data)
    links = _line(_link(name, address) for name, address in names.items())
    told = f"<span>To the pages of</span> {links}" if links else "A name leads to its page once it is chosen."
    st.html(f'<nav class="names" aria-label="Pages of what is chosen">{told}</nav>')


def names_in_cells(table: pa.Table, cells: Iterable[tuple[int, str]], data: Snapshot) -> dict[str, str]:
    """The names in cells, each by its row and the name of its column, with the addresses of their pages."""
    texts = (
        table[column][row].as_py()
        for row, column in cells
        if column in table.column_names and row < len(table)
    )
    found = (part for text in texts for part in parts_by_name(str(text), data))
    return {name: address for name, address in found if address}


def _line(links: Iterable[str]) -> str:
    return " · ".join(links)
