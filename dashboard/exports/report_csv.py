"""The report on files that were read, as a file, and what it says of each finding."""

from __future__ import annotations

import pandas as pd

from dashboard.words.reports import finding_remedy
from loaders.csv_text import spreadsheet_csv
from loaders.report import LoadReport
from loaders.text import slug

_PROBLEM = ["severity", "rule", "message", "remedy", "file", "sheet", "row", "column", "printed"]


def report_table(report: LoadReport) -> pd.DataFrame:
    """A line per problem, per finding, per answer to a name, and per reason for which rows were left out.

    `rows` says how many rows, or of an answer how many cells.
    """
    findings = [
        {
            **finding.model_dump(mode="json", include={"file", "row", "column", "printed"}),
            "severity": "finding",
            "rule": f"{finding.kind.label}, {finding.certainty.label}",
            "message": finding.compared,
            "remedy": finding_remedy(finding),
            "rows": 1,
        }
        for finding in report.findings
    ]
    problems = [
        problem.model_dump(mode="json", include=set(_PROBLEM)) | {"rows": 1} for problem in report.problems
    ]
    ignored = [
        {
            "severity": "ignored",
            "rule": "rows left out",
            "message": item.reason,
            "file": item.file,
            "rows": item.count,
        }
        for item in report.ignored
    ]
    answered = [
        {
            "severity": "answer",
            "rule": f"{item.kind}, given with an earlier edition" if item.before else item.kind,
            "message": item.means,
            "printed": item.printed,
            "rows": item.cells,
        }
        for item in report.answered
    ]
    return pd.DataFrame([*problems, *findings, *answered, *ignored], columns=[*_PROBLEM, "rows"]).astype(
        {"row": "Int64"}
    )


def report_csv(report: LoadReport) -> str:
    """`report_table` as text."""
    return spreadsheet_csv(report_table(report))


def report_name(report: LoadReport) -> str:
    """The start of the name of a report's file, whatever the ids of the edition are."""
    return slug(f"report-{report.dataset}-{report.edition}")
