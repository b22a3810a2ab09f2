"""Claims: each figure that a document states, our reading of it, and what each edition says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape

import streamlit as st

from dashboard import snapshot
from dashboard.analysis.checks import OUTCOMES, Check, EditionRef
from dashboard.charts.view import Block
from dashboard.markup import facts_html, table_html
from dashboard.topics import parameters
from dashboard.topics.claim_tables import (
    Origin,
    Wanted,
    beside,
    matches,
    offered,
    origins,
    outcome_table,
    relations,
    standings,
)
from dashboard.topics.claims import evidence_block, has_evidence
from dashboard.ui import chart, claim_form, link, page, session
from dashboard.words.claims import standing
from loaders.errors import MineralsError
from loaders.model import Claim, Document
from loaders.names import mineral_name, place_name
from loaders.store import own_seeds
from loaders.text import count, quoted
from loaders.vocabulary import Kind

PAGE = "claims"
FILTERS = Wanted._fields
# The parameters of a link: the filters, one claim alone, and the editions that charts show.
NAMES = (*FILTERS, "claim", "shown")

ALL = "all"
# Claims that are drawn before the reader asks for the others.
AT_ONCE = 20

_WORDS = {
    "mineral": mineral_name,
    "place": place_name,
    "kind": lambda code: Kind(code).label,
    "outcome": OUTCOMES.__getitem__,
}


@st.cache_resource(show_spinner=False, max_entries=200)
def _evidence(key: str, claim: str, edition: str, _data: snapshot.Data, _checks: Sequence[Check]) -> Block:
    return evidence_block(_data.claim(claim), _checks, _editions(_data).get(edition), _data)


def _editions(data: snapshot.Data) -> dict[str, EditionRef]:
    return {f"{item.dataset}.{item.edition}": item for item in data.editions}


# What is asked for ------------------------------------------------------------------------------------


def _settled(options: Wanted, data: snapshot.Data) -> tuple[Wanted, str]:
    """The filters and the one claim to show; controls and link are set to them."""
    asked = link.asked(PAGE, NAMES)
    missed: list[str] = []
    wanted = Wanted(*(_known(name, asked.wanted, options, missed) for name in FILTERS))
    ids = [claim.id for claim in data.seeds.claims]
    claim = parameters.one("claim", asked.wanted, ids, "", missed)
    if asked.by_link:
        page.notice("Not as the link asks.", missed)
    shown = asked.wanted.get("shown", "")
    filters = {name: ",".join(ids) for name, ids in wanted._asdict().items()}
    controls = {name: list(ids) for name, ids in wanted._asdict().items()}
    link.keep(
        PAGE, NAMES, {**filters, "claim": claim, "shown": shown}, {**controls, "claim": claim, "shown": shown}
    )
    return wanted, claim


def _known(name: str, wanted: Mapping[str, str], options: Wanted, missed: list[str]) -> tuple[str, ...]:
    """The ids of a filter that there are; the others are named in `missed`."""
    ids = [code for code in wanted.get(name, "").split(",") if code]
    known = getattr(options, name)
    missed += [f"No claim has the {name} “{code[:40]}”." for code in ids if code not in known]
    return tuple(dict.fromkeys(code for code in ids if code in known))


def _controls(options: Wanted) -> None:
    for column, name in zip(st.columns(len(FILTERS)), FILTERS, strict=True):
        column.multiselect(
            name.capitalize(),
            getattr(options, name),
            format_func=_WORDS[name],
            key=link.key(PAGE, name),
            placeholder="All",
        )


def _clear() -> None:
    for name in FILTERS:
        st.session_state[link.key(PAGE, name)] = []
    st.session_state[link.key(PAGE, "claim")] = ""


# The claims -------------------------------------------------------------------------------------------


def _chosen_edition(claim: Claim, editions: Sequence[str]) -> str:
    chosen = _shown().get(claim.id, ALL)
    return chosen if chosen in editions else ALL


def _shown() -> dict[str, str]:
    """The edition that each chart shows, by claim, where it is not all of them."""
    text = str(st.session_state.get(link.key(PAGE, "shown")) or "")
    return dict(pair.split(":", 1) for pair in text.split(",") if ":" in pair)


def _remember(claim: str, key: str) -> None:
    """Put the edition that was just chosen into the link."""
    shown = {**_shown(), claim: st.session_state[key]}
    text = ",".join(f"{name}:{edition}" for name, edition in shown.items() if edition != ALL)
    st.session_state[link.key(PAGE, "shown")] = text
    link.keep(PAGE, NAMES, link.asked(PAGE, NAMES).wanted, {})


def _choose(claim: Claim, editions: Sequence[str], data: snapshot.Data) -> None:
    """The slider of editions; a line of text where there is one edition alone."""
    words = {ALL: "all editions", **data.edition_names}
    if len(editions) < 2:
        only = "".join(words[edition] for edition in editions)
        st.html(f'<p class="small">Evidence from {escape(only)}, the only edition with figures of this.</p>')
        return
    key = f"edition-of-{claim.id}"
    st.session_state[key] = _chosen_edition(claim, editions)
    st.select_slider(
        "Evidence from (slide to one edition)", [ALL, *editions], format_func=words.__getitem__, key=key,
        on_change=_remember, args=(claim.id, key),
    )  # fmt: skip


@st.fragment
def _claim(claim: Claim, data: snapshot.Data, checks: Sequence[Check], own: bool) -> None:
    """One claim: what was printed, the evidence beside our reading, how it stands to editions and others."""
    st.html(_head(claim, checks, own, data))
    editions = [f"{check.dataset}.{check.edition}" for check in checks if check.rows]
    edition = _chosen_edition(claim, editions)
    choose = partial(_choose, claim, editions, data) if editions else None
    try:
        block = _evidence(data.key, claim.id, edition, data, checks)
    except MineralsError as error:
        page.error(error)
        return
    chart.show(block, data, before=choose, after=partial(_stands, claim, data, checks))


def _head(claim: Claim, checks: Sequence[Check], own: bool, data: snapshot.Data) -> str:
    words, _ = standing(claim, checks, data.in_use)
    chain = " → ".join(claim.chain)
    mine = "<em>your own</em>" if own else ""
    return (
        f'<div class="claim" id="{escape(claim.id, quote=True)}"><h3>{escape(quoted(claim.printed))}</h3>'
        f"<p>{escape(chain)}</p><p>{mine}<em>{escape(words)}</em>"
        f'<a href="claims?claim={escape(claim.id, quote=True)}">link to this claim</a></p></div>'
    )


def _stands(claim: Claim, data: snapshot.Data, checks: Sequence[Check]) -> None:
    """What it agrees with, what it cannot be compared with and why, edition by edition."""
    said_by = {(item.dataset, item.edition): item.said_by for item in data.editions}
    claims = data.seeds.claims
    lines = [*standings(checks, said_by, data.chosen), *relations(claim, claims), *beside(claim, claims)]
    if not checks:
        lines.insert(0, ("not checked", "No editions are loaded."))
    st.html(facts_html(lines))
    if checks and has_evidence(claim):
        columns, rows = outcome_table(claim, checks, said_by, data.chosen)
        st.html(table_html(columns, rows, "Edition by edition"))


def _group(origin: Origin, data: snapshot.Data, checks: Mapping[str, Sequence[Check]], own: set[str]) -> None:
    documents = len({claim.source for claim in origin.claims})
    about = f"{count(len(origin.claims), 'figure')} from this origin, in {count(documents, 'document')}"
    name = origin.name[:1].upper() + origin.name[1:]
    st.html(f'<h2 class="group">{escape(name)}</h2><p class="small">{about}</p>')
    for claim in origin.claims:
        _claim(claim, data, checks.get(claim.id, []), claim.source in own)


def _claims(
    found: Sequence[Claim], data: snapshot.Data, checks: Mapping[str, Sequence[Check]], own: set[str]
) -> None:
    limit = len(found) if st.session_state.get("claims-all") else AT_ONCE
    for origin in origins(found[:limit], data.seeds.claims):
        _group(origin, data, checks, own)
    if len(found) > limit:
        more = count(len(found) - limit, "more claim")
        st.button(f"Show {more}", on_click=st.session_state.update, args=({"claims-all": True},))


# The page ---------------------------------------------------------------------------------------------


def show() -> None:
    """The page."""
    data = session.load()
    page.heading(
        "What is claimed, and what the editions say",
        "Each figure that a document states: the printed words, our reading of them, and how it stands to "
        "each edition of the statistics. Nothing here says who is right.",
    )
    documents = claim_form.own_documents(data)
    claim_form.said()
    claim_form.problems(data)
    checks = session.checks(data.version, data)
    options = offered(data.seeds.claims, checks)
    wanted, single = _settled(options, data)
    _controls(options)
    _own(documents, data)
    found = [
        claim
        for claim in data.seeds.claims
        if single in ("", claim.id) and matches(claim, checks.get(claim.id, ()), wanted)
    ]
    _count(found, data)
    _claims(found, data, checks, {document.source.id for document in documents.values()})


def _own(documents: Mapping[str, Document], data: snapshot.Data) -> None:
    """The form, and the seed files of the workspace.

    The form is made when it is first opened, and stays then: what is typed into it outlasts its closing.
    """
    add = st.expander("Add a claim", key="claims-add", on_change="rerun")
    if add.open or st.session_state.get("claims-add-opened"):
        st.session_state["claims-add-opened"] = True
        with add:
            claim_form.form(documents, data)
    with st.expander(f"Claims of your own: {count(len(own_seeds()), 'file')}", key="claims-own"):
        claim_form.own_files(documents)


def _count(found: Sequence[Claim], data: snapshot.Data) -> None:
    every = len(data.seeds.claims)
    if not every:
        page.notice("No claims.", ["No document that is loaded states a figure. Add a claim above."])
    elif not found:
        page.notice("Nothing to show.", ["No claim has all that is chosen above."])
    if len(found) < every:
        st.html(f'<p class="small">{len(found)} of {count(every, "claim")} shown.</p>')
        st.button("Show all claims", on_click=_clear)


show()
