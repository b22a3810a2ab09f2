"""Tables of figures and reports as text: for a person at a terminal, as JSON, or as CSV."""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from loaders.conversions import Conversion, short_label
from loaders.csv_text import csv_text
from loaders.errors import MineralsError
from loaders.model import Counts, Finding, LoadReport, Problem
from loaders.units import format_quantity
from loaders.vocabulary import Certainty, Severity

CLAIM_FIELDS = [
    *("id", "mineral", "place", "measure", "kind", "value", "unit", "basis", "class"),
    *("modality", "status", "printed", "chain", "source", "part_of"),
]
OBSERVATION_FIELDS = [
    *("dataset", "edition", "mineral", "detail", "place", "measure", "year", "value", "lower", "upper"),
    *("unit", "basis", "class", "status", "printed_value", "printed_unit", "printed_name"),
    *("note", "file", "row", "correction"),
]

ARROW = " -> "
"""Between the links of a chain of attribution, from who said it first to the document."""

LINE = 100
WIDEST = 40
NARROWEST = 16
GAP = "  "

DISPENSABLE = (
    *("rows", "precision"),
    *("part_of", "source", "class", "basis", "file", "row", "note", "printed_name", "printed_unit"),
    *("modality", "status", "dataset", "kind", "chain", "detail", "place", "mineral", "measure"),
    *("ratio", "evidence_value"),
)
"""Fields that a narrow window goes without, in this order."""

ALIKE_SHOWN = 5
"""Problems of one rule that are written out as lines; a report as JSON has them all."""


# Tables ---------------------------------------------------------------------------------------------


def as_json(table: pd.DataFrame) -> str:
    """One array with an object per row, a row per line; a missing value is null, a tuple an array."""
    columns = [_values(table[name]) for name in table.columns]
    rows = [dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True)]
    lines = [json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def as_csv(table: pd.DataFrame) -> str:
    """Comma-separated rows under a header; a missing value is an empty cell, a tuple a chain."""
    joined = {name: table[name].map(_joined) for name in table.columns if table[name].dtype == object}
    return csv_text(table.assign(**joined))


def as_text(table: pd.DataFrame, width: int) -> str:
    """Aligned columns that fit into `width` characters.

    Fields that are empty in all rows are left out, fields that are the same in all rows stand above
    the table. Long texts are cut; what does not fit even then is named below the table.
    """
    columns = [_column(table[name]) for name in table.columns]
    filled = [column for column in columns if any(column.cells) or table.empty]
    same = [column for column in filled if len(table) > 1 and len(set(column.cells)) == 1]
    shown, hidden = _fit([column for column in filled if column not in same], width)
    lines = [*_above(same, width), *_lines(shown), "", *_wrap(_below(len(table), hidden), width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


@dataclass(frozen=True)
class _Column:
    name: str
    cells: tuple[str, ...]
    right: bool
    width: int

    @property
    def fixed(self) -> bool:
        """Whether cutting would spoil it: numbers, ids."""
        return self.right or self.name in ("id", "claim")

    def cut(self, width: int) -> _Column:
        """The same column, no wider than this."""
        return self if self.fixed else replace(self, width=min(self.width, width))

    def line(self, text: str) -> str:
        cut = text if len(text) <= self.width else text[: self.width - 1] + "…"
        return cut.rjust(self.width) if self.right else cut.ljust(self.width)


def _column(series: pd.Series) -> _Column:
    right = pd.api.types.is_numeric_dtype(series)
    cells = tuple(_cell(value) for value in _values(series))
    longest = max(map(len, (*cells, str(series.name))))
    return _Column(str(series.name), cells, right, longest if right else min(longest, WIDEST))


def _values(series: pd.Series) -> list[object]:
    pairs = zip(series.tolist(), series.isna().tolist(), strict=True)
    return [None if missing else value for value, missing in pairs]


def _joined(value: object) -> object:
    return ARROW.join(value) if isinstance(value, tuple) else value


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.15g}"
    return seen(" ".join(str(_joined(value)).split()))


def _fit(columns: Sequence[_Column], width: int) -> tuple[list[_Column], list[_Column]]:
    """The columns that fit, texts cut where needed, and those that do not."""
    shown, hidden = list(columns), []
    while len(shown) > 1 and _total([column.cut(NARROWEST) for column in shown]) > width:
        hidden.append(min(shown, key=_worth))
        shown.remove(hidden[-1])
    while _total(shown) > width and any(column.cut(NARROWEST) != column for column in shown):
        place = max(range(len(shown)), key=lambda i: 0 if shown[i].fixed else shown[i].width)
        shown[place] = shown[place].cut(shown[place].width - 1)
    return shown, [column for column in columns if column in hidden]


def _worth(column: _Column) -> int:
    return DISPENSABLE.index(column.name) if column.name in DISPENSABLE else len(DISPENSABLE)


def _total(columns: Sequence[_Column]) -> int:
    return sum(column.width for column in columns) + len(GAP) * (len(columns) - 1)


def _above(same: Sequence[_Column], width: int) -> list[str]:
    if not same:
        return []
    facts = ", ".join(f"{column.name} {column.cells[0]}" for column in same)
    return [*_wrap(f"In every row: {facts}", width), ""]


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, min(width, LINE))


def _lines(columns: Sequence[_Column]) -> list[str]:
    head = [GAP.join(column.line(column.name) for column in columns)]
    rule = [GAP.join("-" * column.width for column in columns)]
    rows = zip(*([column.line(cell) for cell in column.cells] for column in columns), strict=True)
    return [*head, *rule, *map(GAP.join, rows)] if columns else []


def _below(count: int, hidden: Sequence[_Column]) -> str:
    rows = "1 row" if count == 1 else f"{count:,} rows"
    if not hidden:
        return f"{rows}."
    names = ", ".join(column.name for column in hidden)
    return f"{rows}. No room for {names}: see --format csv."


# Conversions ----------------------------------------------------------------------------------------

Converted = tuple[float | None, float | None, float | None]


def conversion_text(converted: Converted, unit: str, how: Conversion) -> str:
    """A converted amount and its factor in two lines: value, low and high in `unit`, to four digits."""
    value, low, high = (None if number is None else _four_digits(number, unit) for number in converted)
    ends = (low and f"at least {low}", high and f"at most {high}")
    bounds = f"{low} to {high}" if low and high else next(filter(None, ends), "")
    amount = value or bounds
    return f"{amount} {short_label(how.mineral, how.to_basis)}\n{how.words}; {how.source}"


def _four_digits(number: float, unit: str) -> str:
    return format_quantity(float(f"{number:.4g}"), unit)


def conversion_json(converted: Converted, unit: str, how: Conversion) -> str:
    """A converted amount as an object: value, low and high in `unit`, the factor and where it comes from."""
    value, low, high = converted
    fields = {
        "value": value,
        "low": low,
        "high": high,
        "unit": unit,
        "factor": how.factor,
        "from": short_label(how.mineral, how.from_basis),
        "to": short_label(how.mineral, how.to_basis),
        "name": how.name,
        "source": how.source,
    }
    return json.dumps(fields, ensure_ascii=False, allow_nan=False)


# Reports --------------------------------------------------------------------------------------------


def report_text(report: LoadReport, width: int = LINE) -> str:
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
        f"Cells     {counts.cells_read:,} read = {counts.observations:,} observations"
        f" + {counts.cells_absent:,} absent + {counts.cells_refused:,} refused",
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
    lines += finding_lines(report.findings)
    return "\n".join(wrapped(seen(line), min(width, LINE)) for line in lines)


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
    empty: dict[str, object] = {name: [] for name in ("ignored", "findings", "corrected")}
    return _object({**nothing, "counts": counts.model_dump(), "problems": problems, **empty})


def _object(fields: dict[str, object]) -> str:
    return json.dumps(fields, ensure_ascii=False, allow_nan=False, indent=1)


def problem_of(error: MineralsError) -> Problem:
    """An error that ended a load, as the problem of a report."""
    return Problem(
        severity=Severity.ERROR,
        rule=re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower(),
        message=error.message,
        remedy=error.remedy or "",
        file=error.file or "",
        row=error.row,
        column=error.column or "",
    )


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """A line per problem, errors first, those of one rule together; the first few of each rule."""
    order = sorted(problems, key=lambda problem: (problem.severity, problem.rule))
    for (severity, rule), group in groupby(order, key=lambda problem: (problem.severity, problem.rule)):
        alike = list(group)
        for problem in alike[:ALIKE_SHOWN]:
            yield seen(f"{severity}: {rule}: {_problem_text(problem)}")
        if len(alike) > ALIKE_SHOWN:
            yield f"{severity}: {rule}: and {len(alike) - ALIKE_SHOWN:,} more"


def seen(text: str) -> str:
    """The text with what a terminal obeys and does not show written out: escapes, line ends, directions."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def wrapped(line: str, width: int) -> str:
    """A line as it fits into `width` characters, all but the first one indented."""
    return textwrap.fill(
        line, width, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


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
