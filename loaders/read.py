"""Detect, read, normalise, correct, check: a publisher's files become an observation table and a LoadReport.

The check is about the figures as printed, so that the report says what the publisher got wrong and which
of it a declared correction has settled.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from loaders import quality
from loaders.columns import only, written_out
from loaders.errors import StoreError
from loaders.files.inputs import open_inputs
from loaders.files.opening import read_tables
from loaders.files.table import LARGE, InputFile, RawTable
from loaders.formats import FORMATS, Format, tidy
from loaders.formats.observations import Reading
from loaders.formats.refusing import MAX_PROBLEMS
from loaders.memory import give_back_memory
from loaders.quality import Repeated
from loaders.quality.corrections import Correction, Result, correct, read_corrections, settle_findings
from loaders.quality.figures import FIGURE
from loaders.quality.others import far_from_others
from loaders.report import Counts, Finding, LoadReport, Problem
from loaders.spreadsheets.account import Account, account
from loaders.spreadsheets.applying import apply_all
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.mapping import Mapping, from_toml
from loaders.spreadsheets.proposing import propose
from loaders.spreadsheets.renewing import renewed
from loaders.spreadsheets.repeats import once
from loaders.spreadsheets.sheets import not_read, refuse_unlike
from loaders.spreadsheets.unknown import unrecognised
from loaders.store import Catalogue, Installed, bundled_folder, catalogue, read_all, workspace
from loaders.vocabulary import Severity

NEIGHBOURS = 4
"""How many other editions an edition is compared with: those nearest to it."""


@dataclass(frozen=True)
class Load:
    """What a load gives: the table, and the report.

    `table` has the columns of `model.OBSERVATION_COLUMNS`, some texts as categories, which takes a tenth of
    the memory; `observations` has their dtypes too. `mapping` is what turned other columns into ours, and
    `account` says what became of every number of the spreadsheet.
    """

    table: pd.DataFrame = field(repr=False)
    report: LoadReport
    mapping: Mapping | None = None
    account: Account | None = None

    @cached_property
    def observations(self) -> pd.DataFrame:
        """The table with its texts written out."""
        return written_out(self.table)

    def __getstate__(self) -> dict[str, object]:
        """What is pickled: not the texts written out, they can be written out again."""
        return {name: value for name, value in self.__dict__.items() if name != "observations"}

    @property
    def installable(self) -> bool:
        """Whether there is something to install and nothing that stops it."""
        return not self.report.errors and not self.table.empty


@dataclass(frozen=True)
class Surroundings:
    """What is known beforehand: the other editions, the declared corrections, and what could not be had."""

    neighbours: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    corrections: Sequence[Correction] = ()
    problems: tuple[Problem, ...] = ()


def load(paths: Iterable[Path | str], home: Path | str | None = None, mapping: Mapping | None = None) -> Load:
    """Read files, folders or zip archives of one edition of one dataset, correct and check it.

    A `mapping` turns the columns of a spreadsheet into ours first.
    It is compared with the editions that can be read: the bundled ones and those in the workspace `home`.
    Raises UnreadableFile or UnknownFormat if nothing can be made of the files; whatever is wrong within a
    recognised file is a problem in the report.
    """
    return load_inputs(_taken(open_inputs(paths)), home, mapping)


def _taken(inputs: list[InputFile]) -> Iterator[InputFile]:
    """The files one by one, each forgotten when the next one is asked for: their bytes are not held twice."""
    while inputs:
        yield inputs.pop(0)


def load_inputs(
    inputs: Iterable[InputFile], home: Path | str | None = None, mapping: Mapping | None = None
) -> Load:
    """`load` for bytes that are already here, such as an upload."""
    return load_with(inputs, lambda reading: _known(reading, home), mapping)


def load_with(
    inputs: Iterable[InputFile], known: Callable[[Reading], Surroundings], mapping: Mapping | None = None
) -> Load:
    """`load_inputs`, with what is known beforehand about an edition that has been read."""
    tables = [table for item in inputs for table in read_tables(item)]
    printed = [_as_text(table) for table in tables] if mapping else []
    tables = laid_out(printed) if mapping else tables
    beside = not_read(mapping, tables) if mapping else []
    sheets = {table.name: {"file": table.file, "sheet": table.sheet} for table in tables if table.sheet}
    tables = tables if mapping is None else _mapped(mapping, tables)
    large = any((table.source.size or 0) > LARGE for table in tables)
    if large:
        give_back_memory()
    chosen = detect(tables, FORMATS if mapping is None else (tidy,))
    reading = chosen.read(tables if chosen is tidy else [_as_text(table) for table in tables])
    tables = [replace(table, frame=pd.DataFrame()) for table in tables]
    if large:
        give_back_memory()
    before = known(reading)
    glued = not reading.notes_apart
    checked = quality.check(reading.observations, before.neighbours, glued=glued)
    again: list[Problem] = []
    figures = reading.observations
    if chosen is tidy and len(checked.repeated.lines):
        reading, again = once(reading, checked.repeated)
        if again:
            checked = quality.check(reading.observations, before.neighbours, glued=glued)
    result = correct(reading.observations, before.corrections, [table.file for table in tables])
    findings = settle_findings(checked.findings, result.applied)
    twice = _duplicates(result.observations, checked.repeated)
    doubts = [problem for table in tables for problem in table.problems]
    problems = (*before.problems, *reading.problems, *doubts, *beside, *again, *result.problems, *twice)
    problems = tuple(_with_sheet(problem, sheets, mapping is not None) for problem in problems)
    report = _report(chosen, tables, reading, problems, result, findings)
    if mapping is None:
        return Load(result.observations, report)
    return Load(result.observations, report, mapping, account(printed, mapping, figures))


def _with_sheet(problem: Problem, sheets: dict[str, dict[str, str]], mapped: bool) -> Problem:
    """The problem with file and sheet apart; what a mapping can answer is answered there."""
    remedy = {"remedy": _IN_THE_MAPPING[problem.rule]} if mapped and problem.rule in _IN_THE_MAPPING else {}
    return problem.model_copy(update=sheets.get(problem.file, {}) | remedy)


_IN_THE_MAPPING = {
    "unknown place": "Say in the mapping under [places] what it is (WLD, OTH, ...), or add it to leave_out.",
    "unknown mineral": "Say in the mapping under [minerals] what it is, or add it to leave_out.",
    "unknown unit": "Say in the mapping under [units] what it is, such as kt.",
    "unknown measure": "Say in the mapping under [measures] what it is, such as mine_production.",
    "unreadable year": "Say in the mapping under [years] which year it is.",
    "unreadable value": "Say in the mapping under [symbols] or [flags] what it means, if it is no number.",
    "unknown status": "Say in the mapping under [flags] what it means.",
}
"""Rule -> where a mapping of columns says what it is; kept with the edition for the next year."""


def _mapped(mapping: Mapping, tables: Sequence[RawTable]) -> list[RawTable]:
    refuse_unlike(mapping, tables)
    return apply_all(mapping, tables)


def _as_text(table: RawTable) -> RawTable:
    return replace(table, frame=written_out(table.frame))


def kept_mapping(found: Catalogue, dataset: str) -> Mapping | None:
    """The mapping that was kept with the newest edition of a dataset that has one."""
    kept = [item.edition.mapping for item in found.editions if item.dataset.id == dataset]
    return next((from_toml(text) for text in reversed(kept) if text), None)


def load_as_before(
    inputs: Sequence[InputFile], kept: Mapping, names: tuple[str, str], home: Path | str | None = None
) -> Load:
    """`load_inputs` for a spreadsheet of the same kind as an earlier edition, with the mapping of that one.

    `names` are those of dataset and edition. Raises MineralsError if the mapping does not fit these files.
    """
    tables = laid_out([table for item in inputs for table in read_tables(item)])
    raw = longest(tables)
    return load_inputs(inputs, home, renewed(kept, raw, propose(raw, *names, beside=tables).mapping))


def longest(tables: Sequence[RawTable]) -> RawTable:
    """The table of most rows: in a workbook the one that is not a cover or a list of notes."""
    return max(tables, key=lambda table: len(table.frame))


def _known(reading: Reading, home: Path | str | None) -> Surroundings:
    """The nearest other editions of the dataset, and its corrections: bundled, then the user's own."""
    folders = _inside([bundled_folder("data"), workspace(home) / "datasets"], reading.dataset)
    neighbours = quality.NO_NEIGHBOURS
    corrections: list[Correction] = []
    problems: list[Problem] = []
    try:
        corrections = [item for item in read_corrections(folders) if item.edition == reading.edition]
    except StoreError as error:
        problems.append(_not_known(error, Severity.ERROR, "not corrected"))
    try:
        mine = [item for item in catalogue(home).editions if item.dataset.id == reading.dataset]
        neighbours = read_all(Catalogue(_nearest(mine, reading.edition)))
        problems += [] if mine else _beside_others(reading, home)
    except StoreError as error:
        problems.append(_not_known(error, Severity.WARNING, "not compared with other editions"))
    return Surroundings(neighbours, corrections, tuple(problems))


def _beside_others(reading: Reading, home: Path | str | None) -> list[Problem]:
    """What the first edition of a dataset looks like beside the editions of other datasets."""
    others = catalogue(home).editions
    if not others or len(reading.observations) > MANY:
        return []
    return far_from_others(reading.observations, read_all(Catalogue(others)))


MANY = 200_000
"""More figures are not compared with other datasets."""


def _inside(folders: Iterable[Path], dataset: str) -> list[Path]:
    """The dataset's folder in each of the folders; none if the name of the dataset is no name of a folder."""
    return [found for folder in folders if (found := folder / dataset).parent == folder and dataset != ".."]


def _nearest(editions: Sequence[Installed], edition: str) -> tuple[Installed, ...]:
    """The editions before and after the given one, nearest first; editions are named by year."""
    names = sorted({edition, *(item.edition.edition for item in editions)})
    distance = {name: abs(names.index(name) - names.index(edition)) for name in names}
    others = [item for item in editions if item.edition.edition != edition]
    return tuple(sorted(others, key=lambda item: distance[item.edition.edition])[:NEIGHBOURS])


def _not_known(error: StoreError, severity: Severity, rule: str) -> Problem:
    return Problem(
        severity=severity,
        rule=rule,
        message=f"the edition was {rule}: {error.message}",
        remedy=error.remedy or "",
        file=error.file or "",
        column=error.column or "",
    )


def detect(tables: Sequence[RawTable], formats: Sequence[Format] = FORMATS) -> Format:
    """The first format that does not decline. Raises UnknownFormat with the reason of each that does."""
    reasons: list[str] = []
    for candidate in formats:
        reason = candidate.declines(tables) if tables else "there is no table"
        if reason is None:
            return candidate
        reasons.append(f"{candidate.NAME}: {reason}")
    error = unrecognised(tables)
    error.tried = tuple(reasons)
    raise error


def _report(
    chosen: Format,
    tables: Sequence[RawTable],
    reading: Reading,
    problems: tuple[Problem, ...],
    result: Result,
    findings: tuple[Finding, ...],
) -> LoadReport:
    return LoadReport(
        format=chosen.NAME,
        dataset=reading.dataset,
        edition=reading.edition,
        encoding=", ".join(sorted({table.encoding for table in tables})),
        files=tuple(dict.fromkeys(table.source for table in tables)),
        counts=_counts(reading, len(problems)),
        problems=problems,
        ignored=tuple(reading.ignored),
        findings=findings,
        corrected=result.corrected,
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


def _duplicates(observations: pd.DataFrame, repeated: Repeated) -> list[Problem]:
    """A warning for each figure that stands in the files more than once; beyond MAX_PROBLEMS, one for all."""
    figures = repeated.figures(MAX_PROBLEMS + 1)
    if not figures:
        return []
    shown = [lines[:MAX_PROBLEMS] for lines in figures]
    rows = iter(only(observations, _SAID).iloc[np.concatenate(shown)].to_dict("records"))
    groups = [list(itertools.islice(rows, len(lines))) for lines in shown]
    found = [_repeated(group, len(lines)) for group, lines in zip(groups, figures, strict=True)]
    if len(found) <= MAX_PROBLEMS:
        return found
    count = len(repeated.starts) - MAX_PROBLEMS
    return [*found[:-1], _repeated_at(groups[-1][0], f"{count:,} more figures stand here several times.")]


_SAID = [*FIGURE, "printed_value", "file", "row", "column"]
"""What a warning about a repeated figure says."""


def _repeated(rows: Sequence[dict[Hashable, Any]], count: int) -> Problem:
    """The warning for a figure that stands in so many rows, of which these are the first."""
    message = (
        f"{', '.join(str(rows[0][name]) for name in FIGURE if rows[0][name])} stands here {count} times."
    )
    return _repeated_at(rows[0], message, " | ".join(str(row["printed_value"]) for row in rows))


def _repeated_at(first: dict[Hashable, Any], message: str, printed: str = "") -> Problem:
    return Problem(
        severity=Severity.WARNING,
        rule="repeated figure",
        message=message,
        remedy="Look which one counts; all are kept.",
        file=str(first["file"]),
        row=int(first["row"]),
        column=str(first["column"]),
        printed=printed,
    )
