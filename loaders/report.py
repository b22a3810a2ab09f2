"""The report of a load: counts, problems, findings, corrections, what was left out."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator

from loaders.errors import MineralsError
from loaders.model import Identifier, Number, Record, SourceFile, Text
from loaders.vocabulary import (
    Certainty,
    FindingKind,
    Severity,
)


class Problem(Record):
    """Something in a file that needs a person: where it is, what rule it breaks, what to do.

    `row` counts lines of the file from 1, header included, so that it is the row a spreadsheet shows.
    """

    severity: Severity
    rule: Text
    message: Text
    remedy: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    printed: str = ""


class Finding(Record):
    """A number that something contradicts: what was compared, how far apart it is, and the likely cause.

    `place` is none where a whole column is meant; `row` is then its first row. `printed` and `expected`
    are units where the kind is `unit`, otherwise numbers in the printed unit. `ratio` is what the file
    states divided by what is expected. `correction` is the id of the declared correction that settles it.
    """

    kind: FindingKind
    dataset: str
    edition: str
    mineral: str
    measure: str
    place: str | None
    file: str
    row: int
    column: str
    printed: str
    expected: str
    ratio: Number | None
    certainty: Certainty
    compared: Text
    cause: Text
    correction: str = ""


class Corrected(Record):
    """A declared correction that was applied: its id, how many figures it changed, and why."""

    id: Identifier
    figures: int = Field(ge=1)
    reason: Text


NameKind = Literal["place", "mineral", "unit", "sign"]
"""What a steward can answer: a sign is words or letters that stand where a number is expected."""


class Question(Record):
    """A printed name that nothing knows and a steward can answer: where it first stands, in how many rows.

    `near` are the known names that look most like it. `why` is what is wrong with it.
    """

    kind: NameKind
    printed: Text
    why: Text
    file: str = ""
    row: int | None = None
    column: str = ""
    rows: int = Field(default=1, ge=1)
    near: tuple[str, ...] = ()


class Answered(Record):
    """An answer that was used: what is printed, what it means in words, and how many cells it is about.

    `left_out` says that what prints it is not read, `before` that it was given with an earlier edition.
    """

    kind: NameKind
    printed: Text
    means: Text
    cells: int = Field(ge=0)
    left_out: bool = False
    before: bool = False


def is_unsettled(finding: Finding) -> bool:
    """Whether a person has to look: no declared correction settles it, and more than a possibility speaks."""
    return not finding.correction and finding.certainty is not Certainty.POSSIBLE


class Ignored(Record):
    """Rows left out knowingly, with the reason: `rows` of `file`, and how many."""

    file: str
    reason: Text
    count: int = Field(ge=1)


class Counts(Record):
    """What became of every row and every cell. The two sums hold, or the report refuses to be made.

    rows_read  = rows_used + ignored + rows_refused
    cells_read = observations + cells_absent + cells_refused + cells_left_out, over the rows used and refused

    `cells_left_out` are those that a steward's answer leaves out of rows that have others. `without_number`
    counts the observations whose cell says why there is none, such as withheld; `blank` ones among
    them say nothing.
    """

    rows_read: int = Field(ge=0)
    rows_used: int = Field(ge=0)
    ignored: int = Field(ge=0)
    rows_refused: int = Field(ge=0)
    cells_read: int = Field(ge=0)
    observations: int = Field(ge=0)
    cells_absent: int = Field(ge=0)
    cells_refused: int = Field(ge=0)
    cells_left_out: int = Field(default=0, ge=0)
    without_number: int = Field(default=0, ge=0)
    blank: int = Field(default=0, ge=0)
    problems: int = Field(ge=0)

    @property
    def with_number(self) -> int:
        """The observations that have a number, or bounds of it."""
        return self.observations - self.without_number

    @property
    def in_words(self) -> str:
        """What became of the cells."""
        parts = {
            "with a number": self.with_number,
            "that say why there is none": self.without_number - self.blank,
            "blank": self.cells_absent + self.blank,
            "left out": self.cells_left_out,
            "refused": self.cells_refused,
        }
        told = " + ".join(
            f"{number:,} {what}" for what, number in parts.items() if number or what != "left out"
        )
        return f"{self.cells_read:,} read = {told}"

    @model_validator(mode="after")
    def _add_up(self) -> Counts:
        if self.rows_read != self.rows_used + self.ignored + self.rows_refused:
            raise ValueError("rows do not add up")
        accounted = self.observations + self.cells_absent + self.cells_refused + self.cells_left_out
        if self.cells_read != accounted:
            raise ValueError("cells do not add up")
        return self


class LoadReport(Record):
    """What a load found: the format, the edition, counts that add up, problems, rows left out.

    `findings` are about the figures as printed; `corrected` are the declared corrections applied to them.
    `questions` are names that a steward can answer, `answered` those that were. `title`, `citation` and
    `address` are what the files themselves say, "" where they do not.
    """

    format: str
    dataset: str
    edition: str
    encoding: str
    files: tuple[SourceFile, ...]
    counts: Counts
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    findings: tuple[Finding, ...] = ()
    corrected: tuple[Corrected, ...] = ()
    questions: tuple[Question, ...] = ()
    answered: tuple[Answered, ...] = ()
    title: str = ""
    citation: str = ""
    address: str = ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop an installation."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


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
