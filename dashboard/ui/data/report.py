"""The report on files: what they hold, counts that add up, problems, findings, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from dashboard.charts.view import Column
from dashboard.exports.report_csv import report_csv, report_name
from dashboard.markup import facts_html, files_html, table_html
from dashboard.ui import page
from dashboard.words.reports import finding_remedy
from loaders.model import Dataset
from loaders.names import mineral_name, place_name
from loaders.report import Finding, LoadReport, Problem, is_unsettled
from loaders.text import count
from loaders.vocabulary import Measure, Severity

PROBLEMS = (
    Column("file"), Column("row", number=True), Column("column"), Column("printed"), Column("what is wrong"),
    Column("remedy"),
)  # fmt: skip
_FINDINGS = (
    Column("about"), Column("file"), Column("row", number=True), Column("printed"), Column("expected"),
    Column("certainty"), Column("compared"), Column("what became of it"),
)  # fmt: skip
ANSWERED = (
    Column("kind"), Column("printed"), Column("means"), Column("cells", number=True),
    Column("given with an earlier edition"),
)  # fmt: skip
_SHOWN = 20  # problems of one rule, or findings; the downloads have all
_FEW = 3  # warnings of one rule that are seen at once


def show_report(report: LoadReport, key: str, known: Dataset | None) -> None:
    """What the files hold, with downloads of it; of a `known` dataset what is said of it already."""
    st.html(facts_html(_facts(report, known)))
    _findings(report)
    _answered(report)
    _left_out(report)
    name = report_name(report)
    with st.container(horizontal=True):
        st.download_button("Report as CSV", lambda: report_csv(report), f"{name}.csv", "text/csv",
                           on_click="ignore", key=f"{key}-report-csv")  # fmt: skip
        st.download_button("Report as JSON", lambda: report.model_dump_json(indent=1), f"{name}.json",
                           "application/json", on_click="ignore", key=f"{key}-report-json")  # fmt: skip


def _facts(report: LoadReport, known: Dataset | None) -> list[tuple[str, object]]:
    counts, errors = report.counts, len(report.errors)
    rows = (
        f"{counts.rows_read:,} read = {counts.rows_used:,} used + {counts.ignored:,} left out "
        f"+ {counts.rows_refused:,} refused"
    )
    return [
        ("format", report.format),
        ("dataset", f"{known.title}, {known.publisher} ({known.id})" if known else report.dataset),
        *([("licence", known.licence)] if known else []),
        ("edition", report.edition),
        ("encoding", report.encoding),
        ("rows", rows),
        ("cells", counts.in_words),
        ("problems", f"{count(errors, 'error')}, {count(counts.problems - errors, 'warning')}"),
        ("files", files_html(report.files)),
    ]


def show_problems(problems: tuple[Problem, ...]) -> None:
    """Errors first; those that break one rule together, the first of them in full; few of them are open."""

    def order(problem: Problem) -> tuple[Severity, str]:
        return problem.severity, problem.rule

    for (severity, rule), group in groupby(sorted(problems, key=order), key=order):
        alike = list(group)
        title = f"{severity.label}: {rule} ({len(alike):,})"
        opened = severity is Severity.ERROR or len(alike) <= _FEW
        with st.expander(page.escape_markdown(title), expanded=opened):
            st.html(table_html(PROBLEMS, [problem_line(problem) for problem in alike[:_SHOWN]]))
            if len(alike) > _SHOWN:
                st.html(f'<p class="small">And {len(alike) - _SHOWN:,} more, in the report as CSV.</p>')


def problem_line(problem: Problem) -> tuple[object, ...]:
    """A line of `PROBLEMS`."""
    file = f"{problem.file}, sheet {problem.sheet}" if problem.sheet else problem.file
    row = "" if problem.row is None else problem.row
    return file, row, problem.column, problem.printed, problem.message, problem.remedy


def show_contradicted(report: LoadReport) -> None:
    """The numbers that other editions, other numbers or the file's own words contradict, by name, on top."""
    found = [item for item in report.findings if is_unsettled(item)]
    if not found:
        return
    with st.container(border=True):
        one = len(found) == 1
        told = f"{count(len(found), 'figure')} that other figures contradict."
        about = f"{'It is' if one else 'They are'} installed as printed, unless you correct the file."
        st.warning(f"**{told}** {about}", icon=":material/difference:")
        _finding_table(found)


def _findings(report: LoadReport) -> None:
    """What is routine: numbers that are corrected, and those that may well be right."""
    found = [item for item in report.findings if not is_unsettled(item)]
    if not found:
        return
    corrected = count(sum(item.figures for item in report.corrected), "figure")
    with st.expander(f"{count(len(found), 'routine finding')} about the numbers; {corrected} corrected"):
        _finding_table(found)


def _finding_table(found: Sequence[Finding]) -> None:
    st.html(table_html(_FINDINGS, map(_finding_line, found[:_SHOWN])))
    if len(found) > _SHOWN:
        st.html(f'<p class="small">And {len(found) - _SHOWN:,} more, in the report as CSV.</p>')


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


def _answered(report: LoadReport) -> None:
    """What a steward said of names."""
    if report.answered:
        lines = [
            (
                item.kind,
                item.printed,
                item.means,
                item.cells or "packed",
                "yes" if item.before else "",
            )
            for item in report.answered
        ]
        with st.expander(f"{count(len(lines), 'answer')} to names"):
            st.html(table_html(ANSWERED, lines))


def _left_out(report: LoadReport) -> None:
    reasons: Counter[str] = Counter()
    for item in report.ignored:
        reasons[item.reason] += item.count
    if reasons:
        columns = Column("rows", number=True), Column("reason")
        with st.expander(f"{count(report.counts.ignored, 'row')} left out, and why"):
            st.html(table_html(columns, [(number, reason) for reason, number in reasons.most_common()]))
