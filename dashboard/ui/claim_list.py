"""The list of claims by origin, each with how it stands to the editions; one is open, with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from dashboard.analysis.checks import Check
from dashboard.snapshot import Snapshot
from dashboard.topics import claims
from dashboard.topics.claim_tables import ClaimOrigin, origins
from dashboard.topics.later_figures import as_asked
from dashboard.topics.pages import CLAIMS_PAGE, CLOSED, OPENED_CLAIM, SINGLE_CLAIM
from dashboard.topics.parameters import PANEL_SCALES, READING, Asked
from dashboard.ui import chart, editions_shown, link, page, session
from dashboard.words.claims import claim_words, in_short, standing_words
from loaders.errors import MineralsError
from loaders.model import Claim
from loaders.text import capital, count, quoted
from loaders.vocabulary import DECIDED

_PAGE = claims.NAME

_AT_ONCE = 40
"""Claims that are listed before the reader asks for the others."""


def claim_list(found: Sequence[Claim], data: Snapshot, own: set[str], asked: Asked) -> None:
    """The claims by their origin, one of them opened; `own` are the sources of the reader's own."""
    limit = len(found) if st.session_state.get("claims-all") else _AT_ONCE
    grouped = origins(found[:limit], data.seeds.claims)
    listed = [claim.id for origin in grouped for claim in origin.claims]
    wanted = asked[SINGLE_CLAIM.name] or asked[OPENED_CLAIM.name]
    opened = wanted if wanted in (*listed, CLOSED) else _told_most(listed, data)
    with st.container(key="claims-list", gap="xxsmall"):
        for origin in grouped:
            _group(origin, asked, data, own, opened)
    if len(found) > limit:
        more = count(len(found) - limit, "more claim")
        st.button(f"Show {more}", on_click=st.session_state.update, args=({"claims-all": True},))


def _told_most(listed: Sequence[str], data: Snapshot) -> str:
    """The first claim that an edition decides, else the first of all."""
    decided = (
        name for name in listed if any(check.outcome in DECIDED for check in data.checks.get(name, ()))
    )
    return next(decided, next(iter(listed), ""))


def _choose(claim: Claim, editions: Sequence[str], data: Snapshot) -> None:
    """The slider of editions; a line of text where there is one edition alone."""
    if len(editions) < 2:
        only = "".join(data.edition_names[edition] for edition in editions)
        page.small(f"Evidence from {escape(only)}, the only edition with figures of this.")
        return
    words = {claims.ALL_EDITIONS: "all editions", **data.edition_names}
    key = f"edition-of-{claim.id}"
    st.session_state[key] = editions_shown.shown(_PAGE).get(claim.id, claims.ALL_EDITIONS)
    st.select_slider(
        "Evidence from (slide to one edition)", [claims.ALL_EDITIONS, *editions],
        format_func=words.__getitem__, key=key, on_change=editions_shown.remember,
        args=(CLAIMS_PAGE, claim.id, key, claims.ALL_EDITIONS),
    )  # fmt: skip


def _open(claim: str) -> None:
    st.session_state[link.key(_PAGE, OPENED_CLAIM.name)] = claim


@st.fragment
def _evidence(claim: Claim, asked: Asked, data: Snapshot) -> None:
    """What each edition says beside our reading, how the claim stands to editions and others."""
    editions = claims.editions_of(claim.id, data)
    edition = editions_shown.shown(_PAGE).get(claim.id, claims.ALL_EDITIONS)
    wanted = {"claim": claim.id, "edition": edition} | {
        item.name: asked[item.name] for item in (PANEL_SCALES, READING)
    }
    choose = partial(_choose, claim, editions, data) if editions else None
    try:
        found = session.view(claims, wanted, data)
    except MineralsError as error:
        page.error(error)
        return
    chart.show(found, data, before=choose)


def _claim(claim: Claim, asked: Asked, data: Snapshot, own: bool, opened: str) -> None:
    """One claim of the list: the printed words, who says so and how it stands; opened, the evidence too."""
    is_open = claim.id == opened
    words = page.escape_markdown(_title(claim, data))
    icon = f":material/{'expand_more' if is_open else 'chevron_right'}:"
    after = CLOSED if is_open else claim.id
    st.button(words, key=f"open-{claim.id}", type="tertiary", icon=icon, on_click=_open, args=(after,))
    checks = as_asked(data, asked).checks.get(claim.id, [])
    st.html(_standing(claim, checks, own, data))
    if is_open:
        _evidence(claim, asked, data)


def _title(claim: Claim, data: Snapshot) -> str:
    """The printed words, and our reading where they do not name the mineral or are read more than once."""
    named = not claim.mineral or claim.printed_name.casefold() in claim.printed.casefold()
    alike = [other for other in data.seeds.claims if other.printed == claim.printed]
    if not named:
        return f"{quoted(claim.printed)}: {in_short(claim)}"
    return f"{quoted(claim.printed)}: {claim_words(claim)}" if len(alike) > 1 else quoted(claim.printed)


def _standing(claim: Claim, checks: Sequence[Check], own: bool, data: Snapshot) -> str:
    words, _ = standing_words(claim, checks, data.in_use)
    chain = " → ".join(claim.chain)
    mine = "<em>your own</em>" if own else ""
    return (
        f'<div class="claim" id="{escape(claim.id, quote=True)}"><p>{mine}<em>{escape(words)}</em>'
        f'{escape(chain)} · <a href="claims?claim={escape(claim.id, quote=True)}">link to this claim</a></p>'
        "</div>"
    )


def _group(origin: ClaimOrigin, asked: Asked, data: Snapshot, own: set[str], opened: str) -> None:
    documents = len({claim.source for claim in origin.claims})
    about = f"{count(len(origin.claims), 'figure')} from this origin, in {count(documents, 'document')}"
    name = capital(origin.name)
    st.html(f'<h2 class="group">{escape(name)} <span class="small">{about}</span></h2>')
    for claim in origin.claims:
        _claim(claim, asked, data, claim.source in own, opened)
