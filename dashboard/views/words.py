"""Words: what the codes and labels of the other pages mean."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import NamedTuple

import streamlit as st

from dashboard.charts.view import Column
from dashboard.markup import code_html, facts_html, table_html
from dashboard.ui import link, page
from dashboard.words.pages import PAGE_TITLES
from loaders.vocabulary import (
    Basis,
    Kind,
    MarkState,
    Measure,
    Modality,
    Relation,
    ReserveClass,
    Scheme,
    Status,
    Term,
)

_VOCABULARIES: dict[str, tuple[str, type[Term]]] = {
    "Status": ("How a value came to be, or why there is none. Codes of SDMX CL_OBS_STATUS 2.2.", Status),
    "Class": ("What kind of “how much is there” an amount in the ground is.", ReserveClass),
    "Scheme": ("The classification that defines a class.", Scheme),
    "Basis": ("What the tonnes are tonnes of. Tonnes of different things are never added.", Basis),
    "Measure": ("What is counted.", Measure),
    "Modality": ("In what mood a document states a figure.", Modality),
    "Kind": ("What kind of number a document states.", Kind),
    "Relation": ("How one stated figure stands to another.", Relation),
}


_SIGNS = "Sign in charts"
_PAGE, _WORD = "words", "word"


class _Word(NamedTuple):
    """A word of the pages: what it belongs to, what it means, and its code, if links and files name it so."""

    of: str
    label: str
    definition: str
    code: str = ""


@cache
def _words() -> dict[str, _Word]:
    """Every word by its name in a link."""
    found = {
        f"{name.lower()}.{term}": _Word(name, term.label, term.definition, str(term))
        for name, (_, terms) in _VOCABULARIES.items()
        for term in terms
    }
    signs = {f"sign.{state}": _Word(_SIGNS, state.label, state.definition) for state in MarkState}
    return {**found, **signs}


def _search() -> None:
    """One box for every word; the one that is chosen stands in the link, and its meaning below the box."""
    words, key = _words(), link.key(_PAGE, _WORD)
    found = link.asked(_PAGE, [_WORD])
    wanted = found.wanted.get(_WORD, "") if found.by_link else st.session_state.get(key)
    chosen = wanted if wanted in words else None
    link.keep(_PAGE, [_WORD], {_WORD: chosen or ""}, {_WORD: chosen})
    st.selectbox(
        "Look for a word",
        sorted(words, key=lambda name: words[name].label.casefold()),
        format_func=lambda name: f"{words[name].label} ({words[name].of.lower()})",
        index=None,
        placeholder=f"Such as {Status.WITHHELD.label}, state balance, gross weight",
        key=key,
    )
    if wanted and not chosen:
        page.notice("Not as the link asks.", [f"There is no word “{str(wanted)[:40]}”."])
    elif chosen:
        st.html(_meaning(words[chosen]))


def _meaning(word: _Word) -> str:
    facts = [("word", word.label), (word.of.lower(), word.definition)]
    return str(facts_html([*facts, ("code", code_html(word.code))] if word.code else facts))


@cache
def _index() -> str:
    """All words by what they belong to, each group a line that opens; on paper all are open."""
    about = {**{name: told for name, (told, _) in _VOCABULARIES.items()}, _SIGNS: "What stands at a mark."}
    return "".join(_group(name, told, [word for word in _words().values() if word.of == name])
                   for name, told in about.items())  # fmt: skip


def _group(name: str, about: str, words: Sequence[_Word]) -> str:
    first = ", ".join(word.label for word in words)
    columns = (Column("word"), Column("meaning"), Column("code"))
    coded = all(word.code for word in words)
    rows = [(word.label, word.definition, code_html(word.code))[: 3 if coded else 2] for word in words]
    return (
        f'<details class="words"><summary><b>{name}</b> <span>{escape(first)}</span></summary>'
        f'<p class="small">{about}</p>{table_html(columns[: 3 if coded else 2], rows)}</details>'
    )


def show() -> None:
    """The page."""
    page.heading(
        PAGE_TITLES["words"],
        "The words that describe every figure, and the codes by which links and downloads name them.",
    )
    _search()
    st.html(_index())


show()
