"""Data: what is loaded, and how a reader adds, replaces and removes editions of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import loaded, parts
from dashboard.analysis.changes import changes
from dashboard.cards import day
from dashboard.html_tables import Column, code_html, facts_html, files_html, table_html
from dashboard.source_tables import count, of_edition
from dashboard.store_tables import HISTORY, history_lines
from dashboard.uploads import (
    EXAMPLE,
    Answers,
    Attempt,
    Target,
    change_counts,
    change_lines,
    check_names,
    finding_remedy,
    is_installed,
    read_uploads,
    records,
    replacement,
    report_csv,
    report_name,
    suspicion,
    target,
    unsettled,
)
from loaders.errors import MineralsError
from loaders.formats import FORMATS
from loaders.model import NOT_STATED, Finding, LoadReport, Problem
from loaders.names import mineral_name, place_name
from loaders.read import Load
from loaders.store import (
    Catalogue,
    Installed,
    Kept,
    bundled_folder,
    catalogue,
    history,
    install,
    remove,
    removed,
    restore,
    use,
    workspace,
)
from loaders.vocabulary import Measure, Severity

LOADED = (
    Column("dataset"), Column("edition"), Column("published"), Column("figures", number=True), Column("kind"),
    Column("data version"), Column("read from"), Column("file"),
)  # fmt: skip
PROBLEMS = (
    Column("file"), Column("row", number=True), Column("column"), Column("printed"), Column("what is wrong"),
    Column("remedy"),
)  # fmt: skip
CHANGES = (
    Column("mineral"), Column("place"), Column("measure"), Column("year"), Column("now"), Column("after"),
    Column("ratio", number=True),
)  # fmt: skip
FINDINGS = (
    Column("about"), Column("file"), Column("row", number=True), Column("printed"), Column("expected"),
    Column("certainty"), Column("compared"), Column("what became of it"),
)  # fmt: skip
PROBLEMS_SHOWN = 20  # of one rule; the downloads have all


def show() -> None:
    """The page."""
    parts.heading(
        "What is loaded, and how to add to it",
        "Bundled editions come with the program and are never changed. Your own editions stand in a folder "
        "on this computer and win over bundled ones of the same name.",
    )
    if said := st.session_state.pop("said", None):
        st.success(said)
    if failed := st.session_state.pop("failed", None):
        parts.error(failed)
    found = catalogue()
    try:
        data = loaded.load(present=True)
    except MineralsError as error:  # one edition's file is damaged: it can still be removed
        parts.error(error)
        _own_editions(found)
        return
    _loaded(data)
    _seed_problems(data.seeds.problems)
    _in_use(found)
    _own_editions(found)
    _upload(data)
    _history()


def _title(text: str) -> None:
    st.html(f'<h2 class="sub">{text}</h2>')


# What is loaded ---------------------------------------------------------------------------------------


def _loaded(data: loaded.Data) -> None:
    sizes = data.observations.groupby(["dataset", "edition"]).size()
    st.html(table_html(LOADED, [_line(item, sizes) for item in data.catalogue.editions]))
    documents = count(len(data.seeds.documents), "document")
    claims = count(len(data.seeds.claims), "figure")
    st.html(f'<p class="small">And {documents} with {claims}, on the page Sources.</p>')


def _line(item: Installed, sizes: pd.Series) -> tuple[object, ...]:
    files = item.edition.files
    return (
        item.dataset.short_title,
        item.edition.edition,
        _day(item.edition.published),
        int(sizes.get((item.dataset.id, item.edition.edition), 0)),
        ("bundled" if item.bundled else "your own") + (", in use" if item.current else ""),
        code_html(item.edition.version[:8]),
        files[0].name if len(files) == 1 else count(len(files), "file"),
        item.path.name,
    )


def _day(published: str) -> str:
    return published if published == NOT_STATED else day(published)


def _seed_problems(problems: tuple[Problem, ...]) -> None:
    if problems:
        st.warning(
            f"{count(len(problems), 'problem')} in the files of documents. The other documents are shown."
        )
        st.html(table_html(PROBLEMS, [_problem_line(problem) for problem in problems]))


# The edition in use -------------------------------------------------------------------------------------


def _in_use(found: Catalogue) -> None:
    """A choice for each dataset that has several editions."""
    datasets = {item.dataset.id: item.dataset for item in found.editions}
    editions = {
        name: [item.edition.edition for item in found.editions if item.dataset.id == name]
        for name in datasets
    }
    for name in [name for name in datasets if len(editions[name]) > 1]:
        current = found.current(name)
        st.segmented_control(
            f"Edition in use: {parts.escape_markdown(datasets[name].short_title)}",
            editions[name],
            default=current.edition.edition if current else None,
            key=f"in-use-{name}-{found.version[:8]}",
            required=True,
            help="Pages open with it. Links made before show what they showed.",
            on_change=_use,
            args=(name, f"in-use-{name}-{found.version[:8]}"),
        )


def _use(dataset: str, key: str) -> None:
    edition = st.session_state[key]
    try:
        use(dataset, edition)
        st.session_state["said"] = f"Edition {edition} is in use now."
    except MineralsError as error:
        st.session_state["failed"] = error


# The user's own editions ------------------------------------------------------------------------------


def _own_editions(found: Catalogue) -> None:
    _title("Your own editions")
    own = [item for item in found.editions if not item.bundled]
    st.html(facts_html([("folder", code_html(str(workspace())))]))
    if not own:
        st.html('<p class="small">None yet. Hand in files below to add the first.</p>')
    for item in own:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{parts.escape_markdown(item.dataset.short_title)}**, edition {item.edition.edition}"
            )
            with st.popover("Remove…", key=f"remove-{item.edition.id}"):
                st.markdown(_after_removal(item))
                if st.button("Yes, remove it", key=f"removed-{item.edition.id}", type="primary"):
                    _remove(item)
    _put_away()


def _after_removal(item: Installed) -> str:
    bundled = bundled_folder("data") / item.dataset.id / f"{item.edition.edition}.csv"
    kept = "Your edition is put away, and can be brought back."
    return f"{kept} The bundled edition of the same name is shown again." if bundled.exists() else kept


def _remove(item: Installed) -> None:
    try:
        remove(item.dataset.id, item.edition.edition)
    except MineralsError as error:
        parts.error(error)
        return
    _again(f"Removed your edition {item.edition.edition} of {item.dataset.short_title}.")


def _put_away() -> None:
    """Own editions that were removed or replaced."""
    for number, kept in enumerate(removed()):
        with st.container(horizontal=True, vertical_alignment="center"):
            title, edition = kept.dataset.short_title, kept.edition.edition
            st.markdown(f"{parts.escape_markdown(title)}, edition {edition}: {kept.why} {kept.when[:10]}")
            if st.button("Bring back", key=f"restore-{number}-{kept.edition.id}"):
                _restore(kept)


def _restore(kept: Kept) -> None:
    try:
        restore(kept.dataset.id, kept.edition.edition)
    except MineralsError as error:
        parts.error(error)
        return
    _again(f"Your edition {kept.edition.edition} of {kept.dataset.short_title} is shown again.")


def _again(said: str) -> None:
    """Draw the page anew, with a message and an empty field for files."""
    st.session_state["said"] = said
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
    st.session_state.pop("attempt", None)
    st.rerun()


def _history() -> None:
    """Who changed what, and when: the log of the workspace."""
    try:
        changes = history()
    except MineralsError as error:
        parts.error(error)
        return
    if changes:
        _title("History")
        st.html(table_html(HISTORY, history_lines(changes)))


# An upload --------------------------------------------------------------------------------------------


def _upload(data: loaded.Data) -> None:
    _title("Add or replace an edition")
    st.html(
        '<p class="small">A publisher’s files as they are, one or several or a zip, or our own tidy table. '
        "They are recognised by what is in them. Nothing is installed before you say so, and nothing leaves "
        "this computer.</p>"
    )
    files = st.file_uploader(
        "Files of one edition",
        accept_multiple_files=True,
        key=f"files-{st.session_state.get('uploads', 0)}",
    )
    with st.expander("What is recognised, and an example of our tidy table"):
        st.html(table_html((Column("format"),), [(item.NAME,) for item in FORMATS]))
        st.html(f'<p class="small">{TIDY}</p>')
        st.code(EXAMPLE, language=None)
        st.download_button("Download the example", EXAMPLE, "example.csv", "text/csv", on_click="ignore")
    if files:
        _attempt(_read(files), data)


TIDY = (
    "One line per figure. Values are as printed: 1,200, W (withheld), NA, &gt;1000, e500. Minerals and "
    "places may be ids, codes or names; the page Words lists the measures, bases and classes. "
    "The figures here are made up."
)


def _read(files: Sequence[UploadedFile]) -> Attempt:
    """What a loader makes of the files; read once, however often the page is drawn."""
    key = tuple(file.file_id for file in files)
    held: tuple[tuple[str, ...], Attempt] | None = st.session_state.get("attempt")
    if held is None or held[0] != key:
        with st.spinner("Reading the files…"):
            held = key, read_uploads((file.name, file.getvalue()) for file in files)
        st.session_state["attempt"] = held
    return held[1]


def _attempt(attempt: Attempt, data: loaded.Data) -> None:
    if attempt.skipped:
        st.warning(parts.escape_markdown(f"Not read, for they hold no table: {', '.join(attempt.skipped)}."))
    if attempt.error:
        parts.error(attempt.error)
    if attempt.load:
        _report(attempt.load.report)
        _decide(attempt.load, data)


def _report(report: LoadReport) -> None:
    """What was found: the format, counts that add up, problems, and what was left out."""
    counts, errors = report.counts, len(report.errors)
    _title("What the files hold")
    facts = [
        ("format", report.format),
        ("dataset", report.dataset),
        ("edition", report.edition),
        ("encoding", report.encoding),
        ("rows", f"{counts.rows_read:,} read = {counts.rows_used:,} used + {counts.ignored:,} left out "
                 f"+ {counts.rows_refused:,} refused"),
        ("cells", f"{counts.cells_read:,} read = {counts.observations:,} figures "
                  f"+ {counts.cells_absent:,} absent + {counts.cells_refused:,} refused"),
        ("problems", f"{count(errors, 'error')}, {count(counts.problems - errors, 'warning')}"),
        ("files", files_html(report.files)),
    ]  # fmt: skip
    st.html(facts_html(facts))
    _problems(report.problems)
    _findings(report)
    _left_out(report)
    with st.container(horizontal=True):
        name = report_name(report)
        st.download_button("Report as CSV", report_csv(report), f"{name}.csv", "text/csv", on_click="ignore")
        st.download_button(
            "Report as JSON",
            report.model_dump_json(indent=1),
            f"{name}.json",
            "application/json",
            on_click="ignore",
        )


def _problems(problems: tuple[Problem, ...]) -> None:
    """Errors first; those that break one rule together, the first of them in full."""

    def order(problem: Problem) -> tuple[Severity, str]:
        return problem.severity, problem.rule

    for (severity, rule), group in groupby(sorted(problems, key=order), key=order):
        alike = list(group)
        title = f"{severity.label}: {rule} ({len(alike):,})"
        more = len(alike) - PROBLEMS_SHOWN
        table = table_html(PROBLEMS, [_problem_line(problem) for problem in alike[:PROBLEMS_SHOWN]])
        with st.expander(parts.escape_markdown(title), expanded=severity is Severity.ERROR):
            st.html(table)
            if more > 0:
                st.html(f'<p class="small">And {more:,} more, in the report as CSV.</p>')


def _problem_line(problem: Problem) -> tuple[object, ...]:
    file = f"{problem.file}, sheet {problem.sheet}" if problem.sheet else problem.file
    row = "" if problem.row is None else problem.row
    return file, row, problem.column, problem.printed, problem.message, problem.remedy


def _findings(report: LoadReport) -> None:
    """Numbers that other numbers or the file's own words contradict."""
    if not report.findings:
        return
    corrected = sum(item.figures for item in report.corrected)
    title = (
        f"{count(len(report.findings), 'finding')} about the numbers; {count(corrected, 'figure')} corrected"
    )
    with st.expander(title):
        st.html(table_html(FINDINGS, map(_finding_line, report.findings)))


def _finding_line(finding: Finding) -> tuple[object, ...]:
    about = f"{mineral_name(finding.mineral)}, {Measure(finding.measure).label.lower()}"
    where = f", {place_name(finding.place)}" if finding.place else ", whole column"
    return (
        about + where,
        finding.file,
        finding.row,
        finding.printed,
        finding.expected,
        finding.certainty.label,
        finding.compared,
        finding_remedy(finding),
    )


def _left_out(report: LoadReport) -> None:
    reasons: Counter[str] = Counter()
    for item in report.ignored:
        reasons[item.reason] += item.count
    if reasons:
        with st.expander(f"{report.counts.ignored:,} rows left out, and why"):
            st.html(
                table_html(
                    (Column("rows", number=True), Column("reason")),
                    [(n, r) for r, n in reasons.most_common()],
                )
            )


# Installing -------------------------------------------------------------------------------------------


def _decide(load: Load, data: loaded.Data) -> None:
    """Say why the upload cannot be installed, or ask for what installing needs."""
    report = load.report
    if not load.installable:
        why = (
            f"{count(len(report.errors), 'error')} to be mended first"
            if report.errors
            else "the files hold no figure"
        )
        st.error(f"This cannot be installed: {why}.")
        return
    to = target(report, data.catalogue)
    try:
        check_names(report)
    except MineralsError as error:
        parts.error(error)
        return
    if is_installed(to.edition, load.observations):
        st.info(f"Edition {report.edition} holds exactly these figures already. There is nothing to install.")
        return
    _title("Install")
    if to.edition:
        _replaces(to.edition, load, data)
    _form(load, to)


def _replaces(item: Installed, load: Load, data: loaded.Data) -> None:
    old = of_edition(data.observations, item)
    changed = changes(old, load.observations)
    parts.notice("This replaces an edition.", replacement(item, old, load.observations))
    counts = ", ".join(f"{number:,} {name}" for name, number in change_counts(changed))
    st.html(f'<p class="small">Figures of edition {item.edition.edition}: {counts}.</p>')
    if doubt := suspicion(changed):
        st.warning(doubt)
    if lines := change_lines(changed):
        st.html(table_html(CHANGES, lines, "The largest revisions"))


def _form(load: Load, to: Target) -> None:
    """Everything that must be said before an installation, and the button."""
    report = load.report
    warnings, findings = len(report.problems), unsettled(report)
    with st.form("install", border=False):
        answers = Answers() if to.edition else _questions(to)
        needed = []
        if warnings:
            needed.append(st.checkbox(f"I have read the {count(warnings, 'warning')}."))
        if findings:
            needed.append(st.checkbox(f"I have read the {count(findings, 'likely error')} in the numbers."))
        if to.edition:
            needed.append(st.checkbox(f"Show this in place of edition {report.edition}."))
        pressed = st.form_submit_button(
            f"Install edition {report.edition} of {report.dataset}", type="primary"
        )
    if pressed and not all(needed):
        st.error("Nothing was installed: tick the box above the button first.")
    elif pressed:
        _install(load, to, answers)


def _questions(to: Target) -> Answers:
    """What the files do not say: the citation of a new edition, and of a new dataset who publishes it."""
    title = publisher = abbreviation = licence = ""
    if to.dataset is None:
        st.html(
            '<p class="small">This dataset is new. What you say of it stands beside each of its figures.</p>'
        )
        left, right = st.columns(2)
        title = left.text_input("Title of the dataset")
        publisher = right.text_input("Publisher")
        licence = left.text_input("Licence", placeholder=NOT_STATED)
        abbreviation = right.text_input("Abbreviation of the publisher", placeholder="if it has one")
    left, right = st.columns(2)
    published = left.text_input("Published on", placeholder="2025-06-30, 2025-06 or 2025")
    address = right.text_input("Web address", placeholder=NOT_STATED)
    citation = st.text_input(
        "Citation", placeholder="Made of publisher, date, title and edition where left empty"
    )
    return Answers(title, publisher, abbreviation, licence, published, address, citation)


def _install(load: Load, to: Target, answers: Answers) -> None:
    try:
        dataset, edition = records(load.report, to, answers)
        install(load.observations, dataset, edition, report=load.report)
    except MineralsError as error:
        parts.error(error)
        return
    figures = count(len(load.observations), "figure")
    _again(f"Installed edition {edition.edition} of {dataset.short_title}: {figures}. All pages use it now.")


show()
