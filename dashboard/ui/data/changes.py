"""What an edition would change: what is hard to believe first, then claims, a chart, figures and ranks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from dashboard.charts.view import Column
from dashboard.intake.proposal import ChangeTable, EditionChanges, Proposal
from dashboard.markup import table_html
from dashboard.snapshot import Stamp
from dashboard.topics.change_tables import (
    CHANGES,
    CLAIMS,
    COUNTED,
    RANKS,
    ChangeFilter,
    change_counts,
    change_lines,
    change_options,
    changed_claim_lines,
    changes_csv,
    filtered,
    in_words,
    rank_lines,
)
from dashboard.topics.changes import change_card, changes_view
from dashboard.ui import chart, page
from dashboard.ui.page import small, title
from loaders.names import mineral_name, place_name
from loaders.store import Installed
from loaders.text import count, file_name
from loaders.vocabulary import Measure

SUSPECTS = 20  # changes in the box; the report of the command `add` has all
_LINES = 1_000  # of the table on the page; its download has all
MOVES = 15  # ranks that are seen at once


def show_suspicion(item: Proposal) -> None:
    """The box of thousandfold changes, and of leading figures that fell away or moved far."""
    suspects = item.suspects
    if suspects.empty:
        return
    with st.container(border=True):
        st.error(f"**Stop and look.** {item.suspicion}", icon=":material/front_hand:")
        st.html(table_html(CHANGES, change_lines(suspects.head(SUSPECTS))))
        if len(suspects) > SUSPECTS:
            small(f"And {len(suspects) - SUSPECTS:,} more, in what the command `add` says.")


def label_of_suspicion(item: Proposal) -> str:
    """What has to be ticked because of them; empty where there are none."""
    number = len(item.suspects)
    if not number:
        return ""
    looked = "this figure" if number == 1 else f"these {number:,} figures"
    return f"I have looked at {looked}, and want to install this."


def show_comparison(item: Proposal, key: str, version: str) -> None:
    """What would change against the current edition of the same dataset."""
    comparison = item.comparison
    if comparison is None:
        small(f"The first edition of {escape(item.dataset.short_title)}: there is nothing to compare.")
        return
    _told(item, comparison)
    if not comparison.counts:
        return
    _claims(comparison, key)
    number = count(comparison.changes.number, "change")
    fold = st.expander(f"{number}, the weightiest first", key=f"{key}-all", on_change="rerun")
    if fold.open:
        with fold:
            _chart(item, comparison, key, version)
            _figures(comparison, key)
    _ranks(comparison, key)


def _told(item: Proposal, comparison: EditionChanges) -> None:
    old = comparison.old
    name = f"{old.dataset.short_title}, edition {old.edition.edition}"
    title(escape(f"What would change, compared with {name}{_kind(item, old)}"))
    if not comparison.counts:
        small("Nothing: every figure is the same.")
    else:
        st.html(table_html(COUNTED, change_counts(comparison.counts)))


def _kind(item: Proposal, old: Installed) -> str:
    if item.replaces:
        return ", which it would replace"
    return " (in use)" if old.current else ""


def _chart(item: Proposal, comparison: EditionChanges, key: str, version: str) -> None:
    view = changes_view(item, comparison)
    if view:
        chart.draw_view(replace(view, key=f"{key}-{view.key}"), Stamp(version), change_card(item, comparison))


# The figures ----------------------------------------------------------------------------------------------

_WORDS: dict[str, Callable[[str], str]] = {
    "kind": str,
    "mineral": mineral_name,
    "place": place_name,
    "measure": lambda code: Measure(code).label,
}


@st.fragment
def _figures(comparison: EditionChanges, key: str) -> None:
    """Every difference, filtered, with a download of what is shown."""
    changes = comparison.changes.first
    wanted = _filters(change_options(changes), key)
    chosen = filtered(changes, wanted)
    if chosen.empty:
        page.notice("Nothing to show.", ["No change is of this kind. Take a filter away."])
        return
    shown = in_words(chosen.head(_LINES))
    st.dataframe(shown, hide_index=True, key=f"{key}-changes", alt="Figures that would change, old and new",
                 height=min(38 + 35 * len(shown), 388))  # fmt: skip
    small(_how_many(comparison.changes, len(chosen)))
    _download(comparison, lambda: filtered(comparison.changes.all(), wanted), "changes", key)


def _how_many(changes: ChangeTable, chosen: int) -> str:
    told = f"{count(chosen, 'change')} of {changes.number:,}."
    if changes.path:
        told = f"{count(chosen, 'change')} of the weightiest {len(changes.first):,} of {changes.number:,}."
    return told + (f" The first {_LINES:,} are shown; the download has all." if chosen > _LINES else "")


def _filters(there: ChangeFilter, key: str) -> ChangeFilter:
    chosen: dict[str, list[str]] = {}
    for column, (name, values) in zip(st.columns(4), there._asdict().items(), strict=True):
        label = "What" if name == "kind" else name.capitalize()
        chosen[name] = column.multiselect(
            label, values, format_func=_WORDS[name], key=f"{key}-filter-{name}", placeholder="All"
        )
    return ChangeFilter(**chosen)


_LABELS = {
    "changes": "Download these changes (CSV)",
    "ranks": "Download all ranks that move (CSV)",
    "claims": "Download these statements (CSV)",
}


def _download(comparison: EditionChanges, table: Callable[[], pd.DataFrame], what: str, key: str) -> None:
    """A table that is made, with both versions in it, when it is asked for."""
    old, new = comparison.old.edition, comparison.new
    name = file_name(f"{what}-{new.dataset}-{old.edition}-{new.edition}-{new.version[:8]}.csv")
    st.download_button(_LABELS[what], lambda: changes_csv(comparison, table()), name, "text/csv",
                       on_click="ignore", key=f"{key}-{what}")  # fmt: skip


# What follows ---------------------------------------------------------------------------------------------


def _ranks(comparison: EditionChanges, key: str) -> None:
    moves = comparison.ranks
    if not moves.number:
        small("No country’s rank moves in the tables that both editions have.")
        return
    with st.expander(f"{count(moves.number, 'rank')} would move, the first places first"):
        st.html(table_html(RANKS, rank_lines(moves.first.head(MOVES))))
        if moves.number > MOVES:
            small(f"And {moves.number - MOVES:,} more, in the download.")
        _download(comparison, moves.all, "ranks", key)


def _claims(comparison: EditionChanges, key: str) -> None:
    checks = comparison.claims
    if checks.empty:
        small("No statement in a document would be judged otherwise.")
        return
    with st.expander(f"{count(len(checks), 'statement')} would be judged otherwise", expanded=True):
        sides = comparison.old.edition.edition, comparison.new.edition
        columns = CLAIMS if sides[0] == sides[1] else _named(*sides)
        st.html(table_html(columns, changed_claim_lines(checks)))
        _download(comparison, lambda: checks, "claims", key)


def _named(old: str, new: str) -> tuple[Column, ...]:
    """The columns of `CLAIMS`, with the names of the editions."""
    stated, _, _, why = CLAIMS
    return stated, Column(f"edition {old}"), Column(f"edition {new}"), why
