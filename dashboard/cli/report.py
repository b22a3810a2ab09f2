"""The report of a load as text and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dashboard.cli.terminal import seen
from dashboard.cli.text import INDENT, LINE_WIDTH, wrapped
from loaders.errors import MineralsError
from loaders.report import Answered, Counts, Finding, LoadReport, Problem, problem_of
from loaders.vocabulary import Certainty

ALIKE_SHOWN = 5
"""Problems of one rule that are written out as lines; a report as JSON has them all."""


# Reports --------------------------------------------------------------------------------------------


def report_text(report: LoadReport, width: int = LINE_WIDTH) -> str:
    """What a load found, without the problems: format, edition, counts, rows ignored, findings."""
    counts = report.counts
    lines = [
        f"Format    {report.format}",
        f"Dataset   {report.dataset}",
        f"Edition   {report.edition}",
        f"Encoding  {report.encoding}",
        f"Files     {len(report.files):,}",
        f"Rows      {counts.rows_read:,} read = {counts.rows_used:,} used"
        f" + {counts.ignored:,} ignored + {counts.rows_refused:,} refused",
        f"Cells     {counts.in_words}",
        f"Problems  {counts.problems:,}"
        + (f", {len(report.errors):,} of them errors" * bool(report.problems)),
        f"Findings  {len(report.findings):,}"
        + (f", {_settled(report.findings):,} of them corrected" * bool(report.findings)),
    ]
    reasons: Counter[str] = Counter()
    for item in report.ignored:
        reasons[item.reason] += item.count
    if reasons:
        lines += ["", "Rows ignored, and why:"]
    lines += [f"{count:>8,}  {reason}" for reason, count in reasons.most_common()]
    lines += _answer_lines(report.answered)
    lines += finding_lines(report.findings)
    return "\n".join(wrapped(seen(line), min(width, LINE_WIDTH)) for line in lines)


def _answer_lines(answered: Sequence[Answered]) -> Iterator[str]:
    """The answers that were used, and how many cells each is about."""
    if answered:
        yield ""
        yield "Answers to names, and how many cells print each:"
    for item in answered:
        again = "; given with an earlier edition" if item.before else ""
        cells = f"{item.cells:,}" if item.cells else "packed"
        yield f"{cells:>8}  {item.kind} '{item.printed}': {item.means}{again}"


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """What is wrong with the figures as printed, the surest first; of mere possibilities, the first few."""
    for certainty in Certainty:
        alike = [finding for finding in findings if finding.certainty is certainty]
        shown = alike[:ALIKE_SHOWN] if certainty is Certainty.POSSIBLE else alike
        if alike:
            yield ""
            yield f"Findings, {certainty.label}: {len(alike):,}"
        for finding in shown:
            yield from _finding_lines(finding)
        if len(alike) > len(shown):
            yield f"  and {len(alike) - len(shown):,} more; --format json lists them all"


def _finding_lines(finding: Finding) -> Iterator[str]:
    subject = ", ".join(part for part in (finding.mineral, finding.measure, finding.place) if part)
    column = f", column {finding.column}" if finding.column else ""
    yield f"  {finding.kind.label}: {subject} ({finding.file}, row {finding.row}{column})"
    told = f"'{finding.printed.strip()}' is printed, {finding.expected} expected."
    compared = f"Compared: {finding.compared}."
    settled = f"Corrected by '{finding.correction}'." if finding.correction else "Not corrected."
    yield from (f"    {text}" for text in (f"{told} {finding.cause}", compared, settled))


def _settled(findings: Iterable[Finding]) -> int:
    return sum(bool(finding.correction) for finding in findings)


def report_json(report: LoadReport) -> str:
    """What a load found, as one object; its observations are a table of their own."""
    return _object(report.model_dump(mode="json", exclude={"files"}))


def unread_json(error: MineralsError) -> str:
    """The same object for files of which nothing could be made."""
    nothing = dict.fromkeys(("format", "dataset", "edition", "encoding"))
    counts = Counts(**{**dict.fromkeys(Counts.model_fields, 0), "problems": 1})
    problems = [problem_of(error).model_dump(mode="json")]
    empty: dict[str, object] = {
        name: [] for name in ("ignored", "findings", "corrected", "questions", "answered")
    }
    unsaid = dict.fromkeys(("title", "citation", "address"), "")
    return _object({**nothing, "counts": counts.model_dump(), "problems": problems, **empty, **unsaid})


def _object(fields: dict[str, object]) -> str:
    return json.dumps(fields, ensure_ascii=False, allow_nan=False, indent=1)


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Lines for each problem, errors first, those of one rule together; the first few of each rule."""
    order = sorted(problems, key=lambda problem: (problem.severity, problem.rule))
    for (severity, rule), group in groupby(order, key=lambda problem: (problem.severity, problem.rule)):
        alike = list(group)
        for problem in alike[:ALIKE_SHOWN]:
            yield from _lines_of(problem)
        if len(alike) > ALIKE_SHOWN:
            yield f"{severity}: {rule}: and {len(alike) - ALIKE_SHOWN:,} more"


def _lines_of(problem: Problem) -> Iterator[str]:
    """One line; of a file that no format recognises what it looks like, what is missing, and what to do."""
    head = f"{problem.severity}: {problem.rule}: "
    if problem.rule != UNKNOWN_FORMAT:
        yield seen(f"{head}{_problem_text(problem)}")
        return
    first, *rest = [*problem.message.split("\n"), problem.remedy]
    yield seen(f"{head}{_problem_text(problem.model_copy(update={'message': first, 'remedy': ''}))}")
    yield from (seen(f"{INDENT}{line}") for line in rest if line)


UNKNOWN_FORMAT = "unknown format"
"""The rule of a file that no format recognises; its message has lines."""


def _problem_text(problem: Problem) -> str:
    file = f"{problem.file}, sheet {problem.sheet}" if problem.sheet else problem.file
    error = MineralsError(
        problem.message,
        file=file or None,
        row=problem.row,
        column=problem.column or None,
        remedy=problem.remedy or None,
    )
    return str(error)
