"""Detect, read, normalise, correct, check: a publisher's files become an observation table and a LoadReport.

The check is about the figures as printed, so that the report says what the publisher got wrong and which
of it a declared correction has settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from loaders import quality
from loaders.added_minerals import AddedMineral, known_minerals, meet
from loaders.answers.answers import NO_ANSWERS, Answers, both_answers, used_answers, with_definitions
from loaders.answers.checking import answered, check_answers
from loaders.columns import written_out
from loaders.errors import MineralsError, StoreError
from loaders.files.inputs import open_inputs
from loaders.files.opening import read_tables, tables_in
from loaders.files.table import LARGE, InputFile, RawTable
from loaders.formats import FORMATS, Format, formats_of, tidy
from loaders.formats.observations import Reading
from loaders.memory import give_back_memory
from loaders.quality.corrections import Correction, Result, correct, read_corrections, settle_findings
from loaders.quality.other_datasets import far_from_others
from loaders.report import Counts, Finding, LoadReport, Problem
from loaders.spreadsheets.account import Account, account
from loaders.spreadsheets.applying import apply_all, misfit
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.mapping import Mapping
from loaders.spreadsheets.proposing import propose
from loaders.spreadsheets.renewing import renewed
from loaders.spreadsheets.repeats import repeated_figures, rows_said_twice, without_lines
from loaders.spreadsheets.sheets import longest, not_read, refuse_unlike
from loaders.spreadsheets.unknown_files import unrecognised
from loaders.store import Catalogue, Installed, bundled_folder, catalogue, read_all, read_each, workspace
from loaders.store.earlier_answers import answers_before
from loaders.text import with_stop
from loaders.vocabulary import Severity

NEIGHBOURS = 4
"""How many other editions an edition is compared with: those nearest to it."""


@dataclass(frozen=True)
class Load:
    """What a load gives: the table, and the report.

    `table` has the columns of `model.OBSERVATION_COLUMNS`, some texts as categories, which takes a tenth of
    the memory; `observations` has their dtypes too. `mapping` is what turned other columns into ours, and
    `account` says what became of every number of the spreadsheet. `answers` are those to names that nobody
    knows, as far as they were used.
    """

    table: pd.DataFrame = field(repr=False)
    report: LoadReport
    mapping: Mapping | None = None
    account: Account | None = None
    answers: Answers = NO_ANSWERS

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
    """What is known beforehand: the other editions, the declared corrections, and what could not be had.

    `minerals` are those that other editions of the workspace add.
    """

    neighbours: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    corrections: Sequence[Correction] = ()
    problems: tuple[Problem, ...] = ()
    minerals: tuple[AddedMineral, ...] = ()


def load(
    paths: Iterable[Path | str],
    home: Path | str | None = None,
    mapping: Mapping | None = None,
    answers: Answers | None = None,
    dataset: str | None = None,
) -> Load:
    """Read files, folders or zip archives of one edition of one dataset, correct and check it.

    `dataset` says which is wanted of files that hold two, as those of the USGS since 2026.

    A `mapping` turns the columns of a spreadsheet into ours first. `answers` are what a steward says of names
    that nobody knows; where none are given, those of the dataset's other editions are used again.
    It is compared with the editions that can be read: the bundled ones and those in the workspace `home`.
    Raises UnreadableFile or UnknownFormat if nothing can be made of the files; whatever is wrong within a
    recognised file is a problem in the report.
    """
    return load_inputs(_taken(open_inputs(paths)), home, mapping, answers, dataset)


def _taken(inputs: list[InputFile]) -> Iterator[InputFile]:
    """The files one by one, each forgotten when the next one is asked for: their bytes are not held twice."""
    while inputs:
        yield inputs.pop(0)


def load_inputs(
    inputs: Iterable[InputFile],
    home: Path | str | None = None,
    mapping: Mapping | None = None,
    answers: Answers | None = None,
    dataset: str | None = None,
) -> Load:
    """`load` for bytes that are already here, such as an upload."""
    return load_with(
        inputs,
        lambda reading: _known(reading, home),
        mapping,
        answers,
        lambda own: answers_before(own, home),
        formats_of(dataset),
    )


Before = Callable[[str], Answers]
_Read = tuple[Reading, Answers]


def load_with(
    inputs: Iterable[InputFile],
    known: Callable[[Reading], Surroundings],
    mapping: Mapping | None = None,
    answers: Answers | None = None,
    before: Before = lambda _: NO_ANSWERS,
    formats: Sequence[Format] = FORMATS,
) -> Load:
    """`load_inputs`, with what is known beforehand about an edition that has been read.

    `before` gives the answers that were kept with other editions of a dataset. `formats` are those to try, in
    their order. Raises BadAnswer where an answer cannot hold.
    """
    tables, texts = tables_in(inputs)
    printed = [_as_text(table) for table in tables] if mapping else []
    tables = laid_out(printed) if mapping else tables
    beside = not_read(mapping, tables) if mapping else []
    sheets = {table.name: {"file": table.file, "sheet": table.sheet} for table in tables if table.sheet}
    tables = tables if mapping is None else _mapped(mapping, tables)
    large = any((table.source.size or 0) > LARGE for table in tables)
    if large:
        give_back_memory()
    chosen = detect(tables, formats if mapping is None else (tidy,))
    reading, kept = _read(chosen, tables, answers, before)
    tables = [replace(table, frame=pd.DataFrame()) for table in tables]
    if large:
        give_back_memory()
    around = known(reading)
    check_answers(reading.answers, around.minerals)
    meet(reading.answers.new_minerals)
    cells = account(printed, mapping, reading.observations) if mapping else None
    checked = _checked(reading, around, chosen)
    if large and len(checked.again):
        give_back_memory()
    twice = repeated_figures(reading.observations, checked.repeated)
    reading, again = without_lines(reading, checked.again)
    result = correct(reading.observations, around.corrections, [table.file for table in tables])
    findings = settle_findings(checked.findings, result.applied)
    doubts = texts + [problem for table in tables for problem in table.problems]
    problems = (*around.problems, *reading.problems, *doubts, *beside, *again, *result.problems, *twice)
    problems = tuple(_with_sheet(problem, sheets, mapping is not None) for problem in problems)
    given = _given_answers(reading, result.observations["mineral"])
    report = _report(chosen, tables, reading, problems, result, findings)
    told = answered(given, reading.answered, kept)
    questions = () if mapping else reading.questions
    report = report.model_copy(update={"questions": questions, "answered": told, **reading.stated})
    return Load(result.observations, report, mapping, cells, given)


def _given_answers(reading: Reading, minerals: pd.Series) -> Answers:
    """The answers that were used, those that came with the figures too, as they are kept with the edition.

    An edition says itself what its minerals are: those that another one adds may leave with that one.
    """
    given = with_definitions(reading.answers, known_minerals())
    return both_answers(used_answers(given, reading.answered, minerals), reading.packed)


def _read(chosen: Format, tables: Sequence[RawTable], answers: Answers | None, before: Before) -> _Read:
    """What the tables hold; answers of before are used where none are given."""
    reading = chosen.read(_texts(chosen, tables), answers or NO_ANSWERS)
    kept = before(reading.dataset)
    if answers is None and kept:
        reading = chosen.read(_texts(chosen, tables), kept)
    return reading, kept


def _checked(reading: Reading, around: Surroundings, chosen: Format) -> quality.Checked:
    """What looks wrong with the figures; a row that stands twice in a table of one's own counts once."""
    lines, glued = reading.observations, not reading.notes_apart
    again = {"again": rows_said_twice(lines)} if chosen is tidy else {}
    return quality.check(lines, around.neighbours, glued=glued, **again)


def _texts(chosen: Format, tables: Sequence[RawTable]) -> Sequence[RawTable]:
    return tables if chosen is tidy else [_as_text(table) for table in tables]


def _with_sheet(problem: Problem, sheets: dict[str, dict[str, str]], mapped: bool) -> Problem:
    """The problem with file and sheet apart; what a mapping can answer is answered there."""
    remedy = {"remedy": _IN_THE_MAPPING[problem.rule]} if mapped and problem.rule in _IN_THE_MAPPING else {}
    return problem.model_copy(update=sheets.get(problem.file, {}) | remedy)


_IN_THE_MAPPING = {
    "unknown place": "Say in the mapping under [places] what it is (WLD, OTH, ...), or add it to leave_out.",
    "unknown mineral": "Say in the mapping under [minerals] what it is, or add it to leave_out.",
    "unknown unit": "Say in the mapping under [units] what it is, such as kt.",
    "unknown measure": "Say in the mapping under [measures] what it is, such as mine_production.",
    "unknown basis": "Say in the mapping under [bases] what it is: content, gross, ore, K2O, ...",
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


def load_as_before(
    inputs: Sequence[InputFile],
    kept: Mapping,
    names: tuple[str, str],
    home: Path | str | None = None,
    answers: Answers | None = None,
) -> Load:
    """`load_inputs` for a spreadsheet of the same kind as an earlier edition, with the mapping of that one.

    `names` are those of dataset and edition. Raises MineralsError if the mapping does not fit these files.
    """
    tables = laid_out([table for item in inputs for table in read_tables(item)])
    raw = longest(tables)
    mapping = renewed(kept, raw, propose(raw, *names, beside=tables).mapping)
    why = misfit(mapping, raw)
    if why:
        raise MineralsError(
            f"last year's mapping does not fit: {with_stop(why)}",
            file=raw.file,
            remedy="Say it on the page Data, or add a mapping with the file; `minerals map` writes one.",
        )
    return load_inputs(inputs, home, mapping, answers)


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
    found = Catalogue(())
    try:
        found = catalogue(home)
        mine = [item for item in found.all if item.dataset.id == reading.dataset]
        # An account of one country has many figures for each mineral and column: no table to compare.
        compared = [item for item in mine if not item.dataset.country]
        if mine:
            neighbours = read_each(_nearest(compared, reading.edition))
        else:
            problems += _beside_others(reading, found)
    except StoreError as error:
        problems.append(_not_known(error, Severity.WARNING, "not compared with other editions"))
    same = (reading.dataset, reading.edition)
    others = [item for item in found.all if (item.dataset.id, item.edition.edition) != same]
    added = Catalogue(tuple(others)).minerals
    return Surroundings(neighbours, corrections, tuple(problems), added)


def _beside_others(reading: Reading, found: Catalogue) -> list[Problem]:
    """What the first edition of a dataset looks like beside the editions of other datasets."""
    if not found.editions or len(reading.observations) > _MANY:
        return []
    return far_from_others(reading.observations, read_all(found))


_MANY = 200_000
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
    error = unrecognised(tables, formats)
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
    silent = reading.is_silent
    return Counts(
        rows_read=reading.rows_read,
        rows_used=reading.rows_read - ignored - reading.rows_refused,
        ignored=ignored,
        rows_refused=reading.rows_refused,
        cells_read=observations + reading.cells_absent + reading.cells_refused + reading.cells_left_out,
        observations=observations,
        cells_absent=reading.cells_absent,
        cells_refused=reading.cells_refused,
        cells_left_out=reading.cells_left_out,
        without_number=int(silent.sum()),
        blank=reading.blank(silent),
        problems=problems,
    )
