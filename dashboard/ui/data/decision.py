"""What handed-in files would do, edition by edition, and the yes that installing each of them needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.exports.report_csv import report_name
from dashboard.intake.job import Job
from dashboard.intake.leftovers import left_out_csv
from dashboard.intake.proposal import DocumentProposal, Proposal, Proposals
from dashboard.markup import table_html
from dashboard.ui import messages, page
from dashboard.ui.data.changes import label_of_suspicion, show_comparison, show_suspicion
from dashboard.ui.data.columns import ask_for_columns, show_unrecognised
from dashboard.ui.data.names import Asking, ask_for_names
from dashboard.ui.data.record import ask_for_record
from dashboard.ui.data.report import (
    PROBLEMS,
    problem_line,
    show_contradicted,
    show_problems,
    show_report,
)
from dashboard.ui.page import small, title
from dashboard.words.dependence import joined_names, the_place
from loaders.errors import MineralsError, UnknownFormat
from loaders.model import Dataset
from loaders.names import place_name
from loaders.store import Catalogue, catalogue, write_seed
from loaders.text import count, in_sentence

STEPS = ("1. Hand in", "2. Review", "3. Install")
"""The steps from files to an edition, as they stand on the page."""


_COLUMNS = "The columns, as you said"
"""The heading of the form by which a spreadsheet was read."""


class Case(NamedTuple):
    """Files that wait for a decision: the job that read them, and what to do once all are installed."""

    key: str
    job: Job
    close: Callable[[], None]


class Decision(NamedTuple):
    """An edition that could be installed, the record written for it, and what is still in the way."""

    item: Proposal
    record: Dataset | None
    unmet: tuple[str, ...]


def decide(case: Case, outcome: Proposals, found: Catalogue) -> None:
    """Everything about the files, from what could not be read to the buttons that install."""
    if outcome.skipped:
        names = ", ".join(outcome.skipped)
        st.warning(page.escape_markdown(f"Not read, for they hold no table: {names}."))
    if isinstance(outcome.error, UnknownFormat):
        show_unrecognised(case.key, case.job, outcome.error, found)
    elif outcome.error:
        page.error(outcome.error)
    if case.job.mapping:
        wrong = outcome.error is not None or any(item.report.errors for item in outcome.proposals)
        fold = st.expander(_COLUMNS, expanded=wrong, key=f"{case.key}-columns-{wrong}", on_change="rerun")
        if fold.open:
            with fold:
                ask_for_columns(case.key, case.job, found)
    for number, paper in enumerate(outcome.papers):
        _paper(paper, case, f"{case.key}-paper-{number}", alone=not outcome.proposals)
    several = len(outcome.proposals) > 1
    decisions = []
    for place, item in zip(_places(outcome.proposals), outcome.proposals, strict=True):
        with place:
            asking = Asking(f"{case.key}-{item.name}", case.job, outcome.proposals, found)
            decisions.append(_proposal(case, item, asking, last=not several))
    if several:
        _all(case, decisions)


def _places(items: Sequence[Proposal]) -> Sequence[DeltaGenerator]:
    """Where each edition is shown: tabs where there are several."""
    if len(items) < 2:
        return [st.container() for _ in items]
    title(f"These files are {len(items)} editions")
    return st.tabs([page.escape_markdown(_tab(item)) for item in items])


def _tab(item: Proposal) -> str:
    mark = "" if item.installable else ": errors" if item.report.errors else ": no figure"
    return f"{item.edition.edition} of {item.dataset.id}{': installed' if item.installed else mark}"


# One edition ----------------------------------------------------------------------------------------------


def _proposal(case: Case, item: Proposal, asking: Asking, last: bool) -> Decision:
    """What needs a look first, what would change, what is routine, what has to be said, and the button."""
    key, found = asking.key, asking.found
    title(STEPS[1])
    ask_for_names(item, asking)
    if item.installable and not item.installed:
        show_suspicion(item)
    show_contradicted(item.report)
    show_problems(item.report.problems)
    if item.installable and not item.installed:
        show_comparison(item, key, found.version)
    with st.expander(f"What the files hold: {count(item.figures, 'figure')}"):
        show_report(item.report, key, item.dataset if item.known else None)
        _left_out(item, asking)
    if not item.installable:
        return Decision(item, None, (_why_not(item, case.job.mapping is not None),))
    if item.installed:
        st.info(f"Edition {item.edition.edition} holds exactly these figures already. Nothing to install.")
        return Decision(item, None, ())
    title(STEPS[2])
    record, unmet = ask_for_record(item, found, key, case.job.folder)
    unmet = [*unmet, *(f"tick “{label}”" for label in _yes(item, key))]
    decision = Decision(item, record, tuple(unmet))
    _button(case, decision, key, last)
    return decision


def _left_out(item: Proposal, asking: Asking) -> None:
    """The rows of the files that became no figure, to be taken along and looked through."""
    counts = item.report.counts
    if counts.ignored or counts.rows_refused or counts.cells_absent:
        st.download_button(
            "Rows that became no figure (CSV)", lambda: left_out_csv(item, asking.job.tables),
            f"{report_name(item.report)}-left-out.csv", "text/csv", on_click="ignore",
            key=f"{asking.key}-left-out",
        )  # fmt: skip


def _why_not(item: Proposal, mapped: bool) -> str:
    why = (
        f"{count(len(item.report.errors), 'error')} to be mended first{_or_answered(item, mapped)}"
        if item.report.errors
        else "the files hold no figure"
    )
    st.error(f"This cannot be installed: {why}.")
    return why


def _or_answered(item: Proposal, mapped: bool) -> str:
    names = count(len(item.report.questions), "name")
    told = f"; {names} can be answered above" if item.report.questions else ""
    return told or (f"; say what is missing under “{_COLUMNS}” above" if mapped else "")


def _yes(item: Proposal, key: str) -> list[str]:
    """The boxes that have to be ticked; the labels of those that are not ticked yet."""
    if item.before:
        small("These files were installed before; see the history below.")
    asked = [
        *filter(None, [label_of_suspicion(item)]),
        *(f"I have seen it: {in_sentence(doubt)}" for doubt in item.doubts),
        *([f"Show this in place of edition {item.edition.edition}."] if item.replaces else []),
    ]
    if item.replaces:
        small(_of_old(item))
    return [
        text
        for number, text in enumerate(asked)
        if not st.checkbox(page.escape_markdown(text), key=f"{key}-yes-{number}")
    ]


def _of_old(item: Proposal) -> str:
    assert item.replaces is not None
    if item.replaces.bundled:
        return "The bundled edition is kept, and comes back when you remove yours."
    return "Your present edition is put away, and can be brought back."


def _button(case: Case, decision: Decision, key: str, last: bool) -> None:
    item = decision.item
    label = f"Install edition {item.edition.edition} of {(decision.record or item.dataset).id}"
    pressed = st.button(label, type="primary", key=f"{key}-install")
    if decision.unmet and not pressed:
        small(f"Before it can be installed: {escape('; '.join(decision.unmet))}.")
    if pressed:
        _install(case, [decision], close=last)


def _all(case: Case, decisions: Sequence[Decision]) -> None:
    """One button for all editions that are not installed yet."""
    waiting = [decision for decision in decisions if not decision.item.installed]
    if not waiting:
        st.button("Done", key=f"{case.key}-done", on_click=case.close)
    elif len(waiting) > 1 and st.button(
        f"Install all {len(waiting)} editions",
        type="primary",
        key=f"{case.key}-all",
        disabled=not all(decision.item.installable for decision in waiting),
    ):
        _install(case, waiting, close=True)


def _install(case: Case, decisions: Sequence[Decision], close: bool) -> None:
    unmet = dict.fromkeys(
        f"{decision.item.name}: {text}" if len(decisions) > 1 else text
        for decision in decisions
        for text in decision.unmet
    )
    if unmet:
        st.error(page.escape_markdown(f"Nothing was installed: {'; '.join(unmet)}."))
        return
    with st.spinner("Installing…"):
        done = case.job.install([(decision.item.path, decision.record) for decision in decisions])
    if isinstance(done, MineralsError):
        page.error(done)
        return
    messages.say(_done(decisions))
    if close:
        case.close()
    st.rerun()


def _done(decisions: Sequence[Decision]) -> str:
    """What was installed, and whether the pages open with it."""
    figures = count(sum(decision.item.figures for decision in decisions), "figure")
    told = (*map(_used, decisions), *map(_accounts, decisions), _others(decisions))
    used = " ".join(filter(None, dict.fromkeys(told)))
    if len(decisions) > 1:
        return f"Installed {len(decisions)} editions: {figures}. {used}"
    item = decisions[0].item
    name = (decisions[0].record or item.dataset).short_title
    return f"Installed edition {item.edition.edition} of {name}: {figures}. {used}"


def _used(decision: Decision) -> str:
    dataset, edition = decision.record or decision.item.dataset, decision.item.edition.edition
    if dataset.country:
        own = f"{edition} of {dataset.short_title} is {place_name(dataset.country)}’s own account"
        return f"Edition {own}, which pages that compare countries leave out."
    current = catalogue().current(dataset.id)
    if current and current.edition.edition == edition:
        return f"Pages that show {dataset.short_title} use its edition {edition} now."
    in_use = current.edition.edition if current else "none"
    return (
        f"Edition {edition} can be chosen on the pages; they open with edition {in_use} until you choose "
        f"another under “Edition in use: {dataset.short_title}”."
    )


def _accounts(decision: Decision) -> str:
    """Where the figures are that are compared with no others, where a dataset has some among others."""
    places = decision.item.accounts
    if not places or (decision.record or decision.item.dataset).country:
        return ""
    names = joined_names(map(the_place, places)) if len(places) <= _MOST else count(len(places), "place")
    return (
        f"The own account of {names}, such as reliance on imports, is on the pages Dependence and Over time; "
        "what compares countries leaves it out."
    )


_MOST = 3


def _others(decisions: Sequence[Decision]) -> str:
    """The editions in use of other datasets, which an installation leaves as they were."""
    installed = {(decision.record or decision.item.dataset).id for decision in decisions}
    kept = [
        f"{item.dataset.said_by} {item.edition.edition}"
        for item in catalogue().editions
        if item.current and item.dataset.id not in installed
    ]
    return f"Unchanged beside it: {joined_names(kept)}." if kept else ""


# Documents ------------------------------------------------------------------------------------------------


def _paper(paper: DocumentProposal, case: Case, key: str, alone: bool) -> None:
    """A document with its claims: installed beside the others, as on the page Claims."""
    if paper.document is None:
        st.error(
            page.escape_markdown(f"{paper.name} cannot be added: {count(len(paper.problems), 'problem')}.")
        )
        st.html(table_html(PROBLEMS, [problem_line(problem) for problem in paper.problems]))
        return
    name, claims = paper.document.source.id, count(len(paper.document.claims), "statement")
    st.info(page.escape_markdown(f"{paper.name} is a document, {name}, with {claims}."))
    if st.button(f"Add the document {name}", key=key, type="primary"):
        _add(paper, f"Added the document {name} with {claims}. It is on the pages Claims and Sources.")
        if alone:
            case.close()
        st.rerun()


def _add(paper: DocumentProposal, done: str) -> None:
    messages.attempt(lambda: write_seed(paper.content), done)
