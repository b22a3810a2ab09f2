"""The text of an article with everything found in it marked in its place."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

import streamlit as st

from dashboard.intake.review import Review, Verdict, looked_at, restored
from dashboard.ui.article import reading, state
from dashboard.ui.page import ASSETS, small
from loaders.articles import CutPiece
from loaders.text import count

_text = st.components.v2.component(
    "minerals_article_text",
    html='<div class="article" role="region" tabindex="0"></div><p class="told" role="status"></p>',
    css=(ASSETS / "article.css").read_text(encoding="utf-8"),
    js=(ASSETS / "article.js").read_text(encoding="utf-8"),
)

_MOST_PIECES = 40
_LONGEST = 200_000
"""Characters of a text that are shown; all of it is read."""


class _Span(NamedTuple):
    """A piece of the text: what was found there, or why it was not taken."""

    start: int
    end: int
    weight: int
    tag: str


def show(review: Review) -> None:
    """The text; a click on a mark looks at what was found there."""
    key = f"article-marks-{state.number()}"
    data = {
        "html": marked(review), "current": review.current, "label": "The article with its marks",
        "told": _aloud(review), "mending": state.is_mending(),
    }  # fmt: skip
    _text(key=key, data=data, on_chosen_change=lambda: _chosen(key))
    small(
        "Underlined: a figure. Dotted: an event. Dark: accepted. Dashed: digits that are no figure; hover "
        "for the reason. Grey: cut, not read."
    )
    for note in review.article.notes:
        small(escape(note))
    if len(review.article.text) > _LONGEST:
        small(f"Only the first {_LONGEST:,} characters are shown; all of the text was read.")


def _aloud(review: Review) -> str:
    """What is looked at and how far the review is, as it is read aloud after each step."""
    place = next((n for n, item in enumerate(review.found, 1) if item.key == review.current), 0)
    if not place:
        return ""
    item = review.found[place - 1]
    of = f"{place} of {len(review.found)}, {review.decision(item.key)}: {reading.read_line(review, item)}"
    done = ", ".join(f"{len(review.of(verdict))} {verdict}" for verdict in Verdict)
    return f"{of}. In all {done}."


def _chosen(key: str) -> None:
    chosen = getattr(st.session_state.get(key), "chosen", None)
    if chosen:
        state.step(looked_at, str(chosen))


def marked(review: Review) -> str:
    """The text as HTML; every word of it is escaped."""
    text = review.article.text[:_LONGEST]
    spans = sorted(_spans(review), key=lambda span: span.weight)
    edges = {0, len(text), *(edge for span in spans for edge in span[:2] if edge < len(text))}
    places = sorted(edges)
    pieces = []
    open_spans = _covering(places, spans)
    for start, end, span in zip(places, places[1:], open_spans, strict=False):
        words = escape(text[start:end])
        closing = "</mark>" if span and span.tag.startswith("<mark") else "</span>"
        pieces.append(f"{span.tag}{words}{closing}" if span else words)
    return "".join(pieces)


def _covering(places: list[int], spans: Iterable[_Span]) -> list[_Span | None]:
    """For each piece between two places the weightiest span over it; `spans` are lightest first."""
    at = {place: index for index, place in enumerate(places)}
    found: list[_Span | None] = [None] * len(places)
    for span in spans:
        first, last = at.get(span.start), at.get(span.end, len(places) - 1)
        if first is not None:
            found[first:last] = [span] * (last - first)
    return found


def _spans(review: Review) -> Iterable[_Span]:
    article = review.article
    for piece in article.cut:
        yield _Span(piece.start, piece.end, 0, _titled("span", "cut", f"Not read: {piece.why}"))
    for passed in article.passed_over:
        yield _Span(passed.start, passed.end, 1, _titled("span", "passed", f"Not taken: {passed.reason}"))
    for item in review.found:
        is_event = item.block == "events"
        kind = " ".join(filter(None, ("event" if is_event else "", _state(review, item.key))))
        told = f"{reading.read_line(review, item)} ({review.decision(item.key)})"
        at = ' aria-current="true"' if item.key == review.current else ""
        tag = _titled("mark", kind, told, f' data-key="{item.key}" tabindex="0" role="button"{at}')
        yield _Span(item.start, item.end, 2 if is_event else 3, tag)


_CLASSES = {Verdict.WAITING: "", Verdict.ACCEPTED: "accepted", Verdict.LEFT_OUT: "left"}


def _state(review: Review, key: str) -> str:
    current = "current" if key == review.current else ""
    return " ".join(filter(None, (_CLASSES[review.decision(key)], current)))


def _titled(tag: str, kind: str, title: str, more: str = "") -> str:
    return f'<{tag} class="{kind}" title="{escape(title, quote=True)}"{more}>'


def not_taken(review: Review) -> None:
    """Numbers that are no figures with the reason of each, and what was cut."""
    article = review.article
    passed = article.passed_over
    if passed:
        with st.expander(f"Not taken: {count(len(passed), 'number')}, each with its reason"):
            rows = "".join(
                f"<li>{escape(item.printed)}: {escape(item.reason)} (paragraph {item.paragraph})</li>"
                for item in passed
            )
            st.html(f'<ul class="listed">{rows}</ul>')
    if article.cut:
        with st.expander(f"Cut: {count(len(article.cut), 'piece')}, each with its reason"):
            for piece in article.cut[:_MOST_PIECES]:
                _cut_piece(piece)
            if len(article.cut) > _MOST_PIECES:
                small(f"{len(article.cut) - _MOST_PIECES:,} more are grey in the text.")


def _cut_piece(piece: CutPiece) -> None:
    """A piece that was cut, whole, and a button that has it read."""
    lines = "<br>".join(escape(line) for line in piece.text.split("\n"))
    st.html(f'<div class="listed"><b>{escape(piece.why)}</b><br>{lines}</div>')
    st.button("Read this too", key=f"article-restore-{piece.start}", on_click=state.step,
              args=(restored, piece), help="It is part of the article: find what it states.")  # fmt: skip
