"""Detect, read, normalise, report: a publisher's files become an observation table and a LoadReport."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from loaders.containers import read_tables
from loaders.errors import UnknownFormat
from loaders.formats import FORMATS, Format
from loaders.formats.reading import Reading
from loaders.model import Counts, LoadReport, Problem
from loaders.tables import InputFile, RawTable, open_inputs
from loaders.vocabulary import Severity


@dataclass(frozen=True)
class Load:
    """What a load gives: the table (columns of `model.OBSERVATION_COLUMNS`) and the report."""

    observations: pd.DataFrame = field(repr=False)
    report: LoadReport

    @property
    def installable(self) -> bool:
        """Whether there is something to install and nothing that stops it."""
        return not self.report.errors and not self.observations.empty


def load(paths: Iterable[Path | str]) -> Load:
    """Read files, folders or zip archives of one edition of one dataset.

    Raises UnreadableFile or UnknownFormat if nothing can be made of them; whatever is wrong within a
    recognised file is a problem in the report.
    """
    return load_inputs(open_inputs(paths))


def load_inputs(inputs: Sequence[InputFile]) -> Load:
    """`load` for bytes that are already here, such as an upload."""
    tables = [table for item in inputs for table in read_tables(item)]
    chosen = detect(tables)
    reading = chosen.read(tables)
    return Load(reading.observations, _report(chosen, tables, reading))


def detect(tables: Sequence[RawTable]) -> Format:
    """The first format that does not decline. Raises UnknownFormat with the reason of each that does."""
    reasons: list[str] = []
    for candidate in FORMATS:
        reason = candidate.declines(tables) if tables else "there is no table"
        if reason is None:
            return candidate
        reasons.append(f"{candidate.NAME}: {reason}")
    raise UnknownFormat(
        "no format recognises this. Tried: " + "; ".join(reasons) + ".",
        file=tables[0].file if tables else None,
        remedy="Use a file as its publisher released it, or our tidy table.",
    )


def _report(chosen: Format, tables: Sequence[RawTable], reading: Reading) -> LoadReport:
    problems = (*reading.problems, *_duplicates(reading.observations))
    return LoadReport(
        format=chosen.NAME,
        dataset=reading.dataset,
        edition=reading.edition,
        encoding=", ".join(sorted({table.encoding for table in tables})),
        files=tuple(table.source for table in tables),
        counts=_counts(reading, len(problems)),
        problems=problems,
        ignored=tuple(reading.ignored),
    )


def _counts(reading: Reading, problems: int) -> Counts:
    ignored = sum(item.count for item in reading.ignored)
    observations = len(reading.observations)
    return Counts(
        rows_read=reading.rows_read,
        rows_used=reading.rows_read - ignored - reading.rows_refused,
        ignored=ignored,
        rows_refused=reading.rows_refused,
        cells_read=observations + reading.cells_absent + reading.cells_refused,
        observations=observations,
        cells_absent=reading.cells_absent,
        cells_refused=reading.cells_refused,
        problems=problems,
    )


KEY = ["mineral", "detail", "place", "measure", "year", "basis", "unit"]
"""What tells two figures of one edition apart."""


def _duplicates(observations: pd.DataFrame) -> list[Problem]:
    """A warning for each figure that stands in the files more than once."""
    twice = observations[observations.duplicated(KEY, keep=False)]
    return [
        Problem(
            severity=Severity.WARNING,
            rule="repeated figure",
            message=f"{', '.join(str(part) for part in key if part)} stands here {len(rows)} times.",
            remedy="Look which one counts; all are kept.",
            file=str(rows["file"].iloc[0]),
            row=int(rows["row"].iloc[0]),
            column=str(rows["column"].iloc[0]),
            printed=" | ".join(rows["printed_value"].astype(str)),
        )
        for key, rows in twice.groupby(KEY, sort=False)
    ]
