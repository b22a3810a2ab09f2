"""The card of the figure or event that is looked at, and the list of all that were found."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal

import streamlit as st

from dashboard.analysis.repetition import Repetition
from dashboard.intake.claim import by_field, filled, of_block
from dashboard.intake.review import (
    TRIAL,
    Review,
    ReviewItem,
    Verdict,
    decided,
    known_claims,
    known_event,
    looked_at,
    mended,
    stepped,
    tried,
    undone,
)
from dashboard.markup import facts_html, table_html
from dashboard.snapshot import Snapshot
from dashboard.topics.claim_tables import outcome_table
from dashboard.topics.claims import stands
from dashboard.ui import form_fields
from dashboard.ui.article import reading, state
from dashboard.ui.page import small
from dashboard.words.articles import found_line
from dashboard.words.claims import standing_words
from loaders.articles import Candidate, DatedEvent
from loaders.articles.blocks import with_class
from loaders.model import Claim, Document, Link
from loaders.text import quoted
from loaders.vocabulary import Relation

_SIGNS = {Verdict.WAITING: "○", Verdict.ACCEPTED: "●", Verdict.LEFT_OUT: "–"}
"""What stands before each in the list."""

LISTED = 100
"""So many of a long list stand on the page at once."""

_OFTEN = ("mineral", "place", "measure", "year", "value", "in_figures", "what", "date", "until")
"""Fields that are mended most: the others stand folded below them."""

_MADE = ("id", "links")
"""Fields that the form of a candidate does not show: ids are made, links are found."""


def show(review: Review, data: Snapshot) -> None:
    """The card, with what can be done with it."""
    item = review.item(review.current)
    with st.container(border=True, key="article-card"):
        st.html(_head(review, item))
        lacks = review.lacks(item.key)
        if lacks:
            st.warning(f"Cannot be kept as it stands. {lacks}", icon=":material/help:")
        _buttons(review, item, bool(lacks))
        if state.is_mending():
            _form(review, item, data)
        for words in item.look:
            small(f"Look: {escape(words)}")
        _known(review, item, data)
        st.html(facts_html(reading.read_parts(review, item)))
        _check(review, item, data)


def _head(review: Review, item: ReviewItem) -> str:
    place = [one.key for one in review.found].index(item.key) + 1
    kind = "Event" if item.block == "events" else "Figure"
    changed = ", mended" if item.key in review.mended else ""
    words = quoted(str(review.fields(item.key).get("printed", item.printed)))
    return (
        f'<div class="found"><p class="kind">{kind} {place} of {len(review.found)} · paragraph '
        f"{item.paragraph} · {review.decision(item.key)}{changed}</p><h3>{escape(words)}</h3></div>"
    )


def _buttons(review: Review, item: ReviewItem, lacking: bool) -> None:
    with st.container(horizontal=True, key="article-decide"):
        st.button("Accept", type="primary", shortcut="a", key="article-accept", disabled=lacking,
                  on_click=state.step, args=(decided, Verdict.ACCEPTED))  # fmt: skip
        st.button("Mend", shortcut="e", key="article-mend", on_click=_mend, args=(item.key,))
        st.button("Leave out", shortcut="x", key="article-leave", on_click=state.step,
                  args=(decided, Verdict.LEFT_OUT))  # fmt: skip
    with st.container(horizontal=True, key="article-walk"):
        st.button("Next", shortcut="j", key="article-next", on_click=state.step, args=(stepped, 1))
        st.button("Back", shortcut="k", key="article-back", on_click=state.step, args=(stepped, -1))
        st.button("Undo", key="article-undo", disabled=review.before is None, on_click=state.step,
                  args=(undone,))  # fmt: skip


# Mending ------------------------------------------------------------------------------------------------


def _prefix(key: str) -> str:
    return f"mend-{state.number()}-{key}-"


def _mend(key: str) -> None:
    """Open the form of the current one with its fields, or close it."""
    found = state.review()
    if found is None or state.is_mending():
        state.close_form()
        return
    values = found.fields(key)
    for field in of_block(found.item(key).block):
        form_fields.fill_in(field, f"{_prefix(key)}{field.path}", values.get(field.name))
    state.open_form()


def _form(review: Review, item: ReviewItem, data: Snapshot) -> None:
    flaws = state.flaws()
    listed = [field for field in of_block(item.block) if field.name not in _MADE]
    with st.form(f"{_prefix(item.key)}form", border=False):
        often = [field for field in listed if field.name in _OFTEN]
        form_fields.draw_folded(listed, often, _prefix(item.key), flaws, data)
        form_fields.tell_flaws(flaws.get("", []))
        with st.container(horizontal=True):
            st.form_submit_button("Accept as mended", type="primary", on_click=_submit, args=(item.key,))
            st.form_submit_button("Close", on_click=state.close_form)


def _submit(key: str) -> None:
    """Check what was mended: accept it, or say beside each field what is wrong."""
    found = state.review()
    if found is None:
        return
    block = found.item(key).block
    entries = {
        field.name: form_fields.entered(field, f"{_prefix(key)}{field.path}")
        for field in of_block(block)
        if field.name not in _MADE
    }
    fields = with_class(filled(entries), found.fields(key))
    document, problems = tried(found, key, fields)
    if document is None:
        state.set_flaws(by_field(problems, TRIAL))
    else:
        state.put(decided(mended(looked_at(found, key), fields), Verdict.ACCEPTED))


# What is known, and what the statistics say -------------------------------------------------------------


def _known(review: Review, item: ReviewItem, data: Snapshot) -> None:
    """Whether it is known already, and what accepting it does then."""
    event = known_event(review, item.key, data.seeds)
    if event:
        first, last = event.span
        day = item.record.date if isinstance(item.record, DatedEvent) else None
        other = "" if day is None or first <= day <= last else f" The others date it {first}: they disagree."
        small(f"Known event: {escape(event.what)}. Accepted, this text is one more that mentions it.{other}")
    for found in known_claims(review, item.key, data.seeds):
        small(_known_words(found))


def _known_words(found: Repetition) -> str:
    claim = found.claim
    chain = escape(" → ".join(claim.chain))
    link = f'<a href="claims?claim={escape(claim.id, quote=True)}">{escape(quoted(claim.printed))}</a>'
    if found.same_origin:
        return f"Known already: {link}, {chain}. Accepted, it is joined to that one as a repetition."
    return f"The same figure stands in {link}, {chain}; who said it first differs."


def _check(review: Review, item: ReviewItem, data: Snapshot) -> None:
    """The figure beside the statistics, before anything is decided."""
    if item.block == "events" or review.lacks(item.key):
        return
    document, problems = tried(review, item.key)
    for problem in problems:
        small(escape(f"{problem.message} {problem.remedy}"))
    if document:
        same = [found.claim.id for found in known_claims(review, item.key, data.seeds) if found.same_origin]
        _beside(_repeating(document.claims[0], same), document, data)
        if isinstance(item.record, Candidate) and item.record.whose:
            small(
                f"The statistics are of the whole country; the figure is said of {escape(item.record.whose)}."
            )


def _repeating(claim: Claim, same: Sequence[str]) -> Claim:
    """The tried claim with the link that accepting it makes."""
    links = tuple(Link(relation=Relation.REPEATS, claim=name) for name in same[:1])
    return claim.model_copy(update={"links": links})


def _beside(claim: Claim, document: Document, data: Snapshot) -> None:
    known = data.beside(document.model_copy(update={"claims": (claim,)}))
    checks = known.checks[claim.id]
    words, tone = standing_words(claim, checks, known.in_use)
    st.html(
        f'<div class="found"><p class="kind">Beside the statistics</p><p><em class="{tone}">{escape(words)}'
        "</em></p></div>"
    )
    st.html(facts_html(stands(claim, known)))
    columns, rows = outcome_table(claim, checks, known.publishers, known.chosen)
    if any(check.rows for check in checks):
        with st.expander("Edition by edition"):
            st.html(table_html(columns, rows))


# The list -----------------------------------------------------------------------------------------------


def show_list(review: Review) -> None:
    """All that was found, in the order of the text, each with what was decided of it."""
    waiting = len(review.of(Verdict.WAITING))
    small(
        f"{len(review.of(Verdict.ACCEPTED))} accepted, {len(review.of(Verdict.LEFT_OUT))} left out, "
        f"{waiting} waiting. Keys: a accept, e mend, x leave out, j next, k back."
    )
    listed, before, after = _around(review)
    with st.container(height=330, border=False, key="article-list"):
        if before:
            small(f"{before:,} more before these.")
        for item in listed:
            _line(review, item)
        if after:
            small(f"{after:,} more after these.")


def _around(review: Review) -> tuple[Sequence[ReviewItem], int, int]:
    """The part of a long list that holds the current one, and how many stand before and after it."""
    place = next((n for n, item in enumerate(review.found) if item.key == review.current), 0)
    first = place // LISTED * LISTED
    listed = review.found[first : first + LISTED]
    return listed, first, len(review.found) - first - len(listed)


def _line(review: Review, item: ReviewItem) -> None:
    sign = _SIGNS[review.decision(item.key)]
    label = f"{sign} {found_line(_short(item.printed), reading.read_line(review, item))}"
    kind: Literal["secondary", "tertiary"] = "secondary" if item.key == review.current else "tertiary"
    st.button(_plain(label), key=f"article-line-{item.key}", type=kind, width="stretch",
              on_click=state.step, args=(looked_at, item.key))  # fmt: skip


def _short(words: str, longest: int = 48) -> str:
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"


def _plain(text: str) -> str:
    return text.replace("$", r"\$").replace("*", r"\*").replace("[", r"\[").replace("_", r"\_")
