"""Building blocks of the pages: a chart with its actions and table, cards beside it, tiles, notices."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pyarrow as pa
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.analysis.states import STATES
from dashboard.blocks.block import Block, card_of
from dashboard.blocks.wording import Tone
from dashboard.cards import Card, card_html
from dashboard.charts import Chart, print_json, swatch, version_words
from dashboard.citations import all_bibtex, all_ris
from dashboard.export import csv_text
from dashboard.loaded import Data, load
from loaders.errors import MineralsError
from loaders.model import Source

_ASSETS = Path(__file__).parent / "assets"

_actions = st.components.v2.component(
    "minerals_chart_actions",
    html='<div class="bar" role="group"></div><span class="said" role="status" aria-live="polite"></span>',
    css=(_ASSETS / "actions.css").read_text(encoding="utf-8"),
    js=(_ASSETS / "actions.js").read_text(encoding="utf-8"),
)

_citation_actions = st.components.v2.component(
    "minerals_citation_actions",
    html='<div class="bar" role="group"></div><span class="said" role="status" aria-live="polite"></span>',
    css=(_ASSETS / "actions.css").read_text(encoding="utf-8"),
    js=(_ASSETS / "citation.js").read_text(encoding="utf-8"),
)


class Tile(NamedTuple):
    """A figure, what it is of, and in a few words how it stands to the statistics."""

    figure: str
    about: str
    badge: str
    tone: Tone


def style() -> None:
    """The pages' own style sheet; once per run."""
    st.html(f"<style>{(_ASSETS / 'pages.css').read_text(encoding='utf-8')}</style>")


def heading(title: str, lead: str) -> None:
    """The page's title and what it is about."""
    st.html(f'<header class="lead"><h1>{escape(title)}</h1><p>{escape(lead)}</p></header>')


def tiles(items: Sequence[Tile]) -> None:
    """The answers first."""
    cells = "".join(
        f"<li><b>{escape(item.figure)}</b><span>{escape(item.about)}</span>"
        f'<em class="{item.tone}">{escape(item.badge)}</em></li>'
        for item in items
    )
    st.html(f'<ul class="tiles">{cells}</ul>')


def notice(title: str, sentences: Sequence[str]) -> None:
    """Why figures are kept apart, or why something is not shown."""
    if sentences:
        st.html(f'<p class="why"><b>{escape(title)}</b> {escape(" ".join(sentences))}</p>')


def key(marks: Sequence[tuple[str, str]]) -> None:
    """What the marks of a chart mean: (state or sign, meaning), with a drawing of the mark of a state."""
    items = "".join(f"<li>{_mark(name)} {escape(meaning)}</li>" for name, meaning in marks)
    st.html(f'<ul class="key" aria-label="What the marks mean">{items}</ul>')


def _mark(name: str) -> str:
    words = "e" if name == "estimate" else "" if name in ("value", "context") else name
    return f"{_drawing(name)} <b>{escape(words)}</b>"


def _drawing(name: str) -> str:
    # Streamlit removes inline SVG from HTML, but keeps images.
    if name not in (*STATES, "context"):
        return ""
    return f'<img alt="" src="data:image/svg+xml,{quote(swatch(name))}">'


CONFIG = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False}


def draw(
    chart: Chart,
    cards: Sequence[Card],
    card_of: Callable[[str], Card | None],
    *,
    key: str,
    version: str,
    documents: str = "",
    why: Sequence[str] = (),
    why_title: str = "Why two panels.",
    before: Callable[[], Any] | None = None,
    after: Callable[[], Any] | None = None,
) -> None:
    """A chart at the left and its source cards at the right; a click on a mark brings up its card."""
    left, right = st.columns([2.15, 1], gap="large")
    with left:
        st.html(f'<div class="finding"><h2>{escape(chart.title)}</h2><p>{escape(chart.subtitle)}</p></div>')
        if before:
            before()
        event = st.plotly_chart(
            chart.figure,
            key=f"chart-{key}",
            on_select="rerun",
            selection_mode="points",
            alt=chart.alt,
            config=CONFIG,
        )
        actions(chart, key, version, documents)
        notice(why_title, why)
        if after:
            after()
        table(chart, key)
    with right:
        _cards(cards, _chosen(event, card_of))


def show(
    block: Block,
    data: Data,
    before: Callable[[], Any] | None = None,
    after: Callable[[], Any] | None = None,
) -> None:
    """A block as the modules of `blocks` make it."""
    _redraw_if_changed(data)
    draw(
        block.chart,
        block.cards,
        lambda name: card_of(name, data),
        key=block.key,
        version=data.version,
        documents=data.documents_version,
        why=block.why,
        why_title=block.why_title,
        before=before,
        after=after,
    )


def show_or_say(block: Block | None, empty: str, data: Data, after: Callable[[], Any]) -> None:
    """The block or, where there is nothing to draw, why."""
    _redraw_if_changed(data)
    if block:
        show(block, data, after=after)
    else:
        notice("Nothing to draw.", [empty])


def _redraw_if_changed(data: Data) -> None:
    """Draw the whole page anew where a part that is drawn alone holds on to data that were changed."""
    run = get_script_run_ctx()
    if run and run.fragment_ids_this_run and load().key != data.key:
        st.rerun()


def _chosen(event: Any, card_of: Callable[[str], Card | None]) -> Card | None:
    points = event.selection.points if event and event.selection else []
    name = points[0].get("customdata") if points else None
    name = name[0] if isinstance(name, list) else name
    return card_of(name) if name else None


def _cards(cards: Sequence[Card], chosen: Card | None) -> None:
    shown = [card for card in cards if chosen is None or card.id != chosen.id]
    parts = [card_html(chosen, selected=True)] if chosen else []
    st.html(f'<div class="cards">{"".join(parts + [card_html(card) for card in shown])}</div>')


def actions(chart: Chart, key: str, version: str, documents: str = "") -> None:
    """Download as PNG, SVG (drawn by the reader's own browser) and CSV; copy the link and the citation."""
    _actions(key=f"actions-{key}", data=_action_data(chart, version, documents))


@lru_cache(maxsize=100)
def _action_data(chart: Chart, version: str, documents: str) -> dict[str, Any]:
    figure, width, height = print_json(chart, version, documents)
    return {
        "figure": figure,
        "width": width,
        "height": height,
        "csv": csv_text(chart, version, documents),
        "name": file_name(f"{chart.name}-{version[:8]}"),
        "label": chart.title,
        "citation": f"{chart.title}. {chart.source} {version_words(version, documents)}",
    }


def citations(sources: Sequence[Source], label: str, *, lead: str = "", link: str = "") -> None:
    """Copy the citation and a link; save BibTeX and RIS. A link is relative to the address of the page."""
    _citation_actions(
        key=f"citations-{label}",
        data={
            "citation": "\n".join(source.citation for source in sources),
            "bibtex": all_bibtex(sources),
            "ris": all_ris(sources),
            "name": file_name(label),
            "label": label,
            "lead": lead,
            "link": link,
        },
    )


def error(problem: MineralsError) -> None:
    """What went wrong, where, and what to do; never a traceback."""
    st.error(escape_markdown(str(problem)), icon=":material/error:")


def escape_markdown(text: str) -> str:
    """Text from files as it is, where Streamlit reads Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~$:<>])", r"\\\1", text)


def table(chart: Chart, key: str) -> None:
    """The same figures as a table."""
    number = len(chart.table)
    with st.expander(f"Table: the same {'figure' if number == 1 else f'{number} figures'}"):
        st.dataframe(_arrow(chart), hide_index=True, key=f"table-{key}", alt=f"Table of: {chart.title}")


@lru_cache(maxsize=100)
def _arrow(chart: Chart) -> pa.Table:
    """The table as Streamlit sends it, made once."""
    return pa.Table.from_pandas(chart.table, preserve_index=False)


def file_name(text: str) -> str:
    """A file name that every system takes."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")[:100] or "chart"
