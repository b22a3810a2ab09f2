"""Declared corrections: what a publisher got wrong, where, how we know, and what it must be.

They stand beside the editions, in `<dataset>/corrections.toml`, bundled or in the user's own folder; a
user's correction replaces the bundled one of the same id, and the status `withdrawn` switches it off.
A correction names the text that it expects. Where another text stands, it is not applied, and the load
has an error: the publisher has released the table anew, and a person must look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field, model_validator

from loaders.columns import written_out
from loaders.errors import UnknownUnit
from loaders.model import Identifier, Place, Text
from loaders.quality.declarations import Declared, read_declared
from loaders.report import Corrected, Finding, Problem
from loaders.units import read_unit
from loaders.values import clean, clean_column, read_value, read_values
from loaders.vocabulary import Basis, Measure, Severity, Status

CORRECTIONS_FILE = "corrections.toml"
NO_NUMBER = "none"
"""As `value`: no number belongs here, whatever is printed."""


class Correction(Declared):
    """One correction: its target, the text expected there, the right unit or value, reason and evidence.

    `printed` maps places to the printed numbers. With `unit`, all figures of the column are in that unit,
    and `printed` names all of them; `value` is the right number in the printed unit for the one place in
    `printed`, or NO_NUMBER for the whole column; `right_year` is the year of all figures of the column;
    `right_status` is the status of the places in `printed`, beside which the note `printed_status` stands.
    `basis` and `year` narrow the target where it needs it.
    Units are spelled as `publisher` spells them.
    """

    publisher: Text
    edition: Identifier
    mineral: Identifier
    measure: Measure
    file: Text
    column: Text
    year: int | None = None
    basis: Basis | None = None
    printed_unit: Text
    printed: dict[Place, str] = Field(min_length=1)
    unit: Text | None = None
    value: Text | None = None
    right_year: int | None = None
    printed_status: Text | None = None
    right_status: Status | None = None
    reason: Text
    evidence: Text
    status: Literal["verified", "withdrawn"]

    @model_validator(mode="after")
    def _one_change(self) -> Correction:
        if [self.unit, self.value, self.right_year, self.right_status].count(None) != 3:
            raise ValueError(
                "a correction gives either the right 'unit', 'value', 'right_year' or 'right_status'"
            )
        if self.value not in (None, NO_NUMBER) and read_value(str(self.value)) is None:
            raise ValueError("the 'value' cannot be read")
        if self.value is not None and not self.whole_column and len(self.printed) != 1:
            raise ValueError("a 'value' is for one place")
        return self

    @model_validator(mode="after")
    def _a_status_of_figures(self) -> Correction:
        """Only how a number came to be can be corrected this way: it stays, and so does what is printed."""
        if (self.printed_status is None) != (self.right_status is None):
            raise ValueError("'printed_status' and 'right_status' go together")
        if self.right_status not in (None, Status.AS_PUBLISHED, Status.ESTIMATED):
            raise ValueError("a 'right_status' is A or E, which say how a number came to be")
        return self

    @model_validator(mode="after")
    def _known_units(self) -> Correction:
        try:
            stated = read_unit(self.printed_unit, self.publisher)
            right = read_unit(self.unit or self.printed_unit, self.publisher)
        except UnknownUnit as error:
            raise ValueError(str(error)) from error
        if stated.unit != right.unit:
            raise ValueError("'printed_unit' and 'unit' do not measure the same thing")
        return self

    @property
    def whole_column(self) -> bool:
        """Whether all figures of the column are meant."""
        return self.unit is not None or self.right_year is not None or self.value == NO_NUMBER


@dataclass(frozen=True)
class Result:
    """Corrected observations (columns of `model.OBSERVATION_COLUMNS`), what was done, what did not match."""

    observations: pd.DataFrame = field(repr=False)
    corrected: tuple[Corrected, ...]
    applied: tuple[Correction, ...]
    problems: tuple[Problem, ...]


def read_corrections(folders: Iterable[Path]) -> tuple[Correction, ...]:
    """The corrections in the folders of a dataset; a later folder's replace those of the same id.

    Raises StoreError, with the file and the field, for a file that is malformed.
    """
    return read_declared(folders, CORRECTIONS_FILE, Correction, "correction")


def correct(observations: pd.DataFrame, corrections: Sequence[Correction], files: Iterable[str]) -> Result:
    """Apply the corrections of one dataset to one edition's observations, read from `files`.

    A correction whose mineral and measure are not in the load does not concern it. Printed text is kept;
    `value`, `lower`, `upper`, `status` or `year` change, and `correction` names the correction.
    """
    if not corrections:
        return Result(observations, (), (), ())
    observations = written_out(observations)
    seen = _seen(observations, corrections)
    loaded = set(files)
    corrected, applied, problems = [], [], []
    for item in corrections:
        if item.status == "withdrawn":
            continue
        rows = _target(seen, item)
        problem = _mismatch(seen, item, rows, loaded)
        if problem:
            problems.append(problem)
        elif len(rows):
            _change(observations, item, rows)
            seen.loc[rows.index, "correction"] = item.id
            applied.append(item)
            corrected.append(Corrected(id=item.id, figures=len(rows), reason=item.reason))
    observations.loc[seen.index, "correction"] = seen["correction"]
    return Result(observations, tuple(corrected), tuple(applied), tuple(problems))


def _seen(observations: pd.DataFrame, corrections: Sequence[Correction]) -> pd.DataFrame:
    """What is looked at: the rows of the minerals that are corrected, their texts without outer white space.

    `read` is the printed number. A row that has been corrected is not looked at again, so that nothing here
    but `correction` changes.
    """
    about = observations["mineral"].isin(list({item.mineral for item in corrections}))
    rows = observations.loc[about, _SEEN]
    texts = {f"clean_{name}": clean_column(rows[name]) for name in ("printed_value", "printed_unit", "note")}
    return rows.assign(**texts, read=read_values(rows["printed_value"])["value"])


_SEEN = [
    "edition", "mineral", "measure", "basis", "year", "place", "value", "lower", "upper", "status",
    "printed_value", "printed_unit", "note", "file", "row", "column", "correction",
]  # fmt: skip


def _target(seen: pd.DataFrame, item: Correction) -> pd.DataFrame:
    """The rows that the correction is about: with a printed text, whose number is still the printed one."""
    about = _same_series(seen, item) & (seen["column"] == item.column) & (seen["correction"] == "")
    about &= seen["clean_printed_value"] != ""
    if not item.whole_column:
        about &= seen["place"].isin(list(item.printed))
    if item.right_status is not None:
        about &= seen["status"] != item.right_status.value
    rows = seen[about]
    read = rows["read"] * _factor(item, item.printed_unit)
    changed = (rows["value"] / read - 1).abs() > 1e-9
    return rows[~changed | _is_stated(rows, item) | (rows["clean_printed_unit"] != clean(item.printed_unit))]


def _is_stated(rows: pd.DataFrame, item: Correction) -> pd.Series:
    """Where the number is the one that the correction states, however the file writes it: `10.000`."""
    stated = read_values(rows["place"].map(item.printed).astype("string").fillna(""))["value"]
    return (rows["value"] / (stated * _factor(item, item.printed_unit)) - 1).abs() <= 1e-9


def _same_series(seen: pd.DataFrame, item: Correction) -> pd.Series:
    same = (
        (seen["edition"] == item.edition)
        & (seen["mineral"] == item.mineral)
        & (seen["measure"] == item.measure.value)
    )
    for name, wanted in (("basis", item.basis), ("year", item.year)):
        if wanted is not None:
            same &= seen[name] == wanted
    return same


def _mismatch(seen: pd.DataFrame, item: Correction, rows: pd.DataFrame, files: set[str]) -> Problem | None:
    """Why the correction does not match, if it does not."""
    if rows.empty:
        series = seen[_same_series(seen, item)]
        mended = item.right_status is not None and series["place"].isin(list(item.printed)).any()
        if item.file not in files or series.empty or mended or (series["correction"] != "").any():
            return None
        return _problem(item, series.iloc[0], f"the column {item.column}, which is not here")
    expected = rows["place"].map({place: clean(text) for place, text in item.printed.items()})
    same = (rows["clean_printed_value"] == expected).fillna(False) | _is_stated(rows, item)
    same &= rows["clean_printed_unit"].isin([clean(item.printed_unit), ""])
    if not same.all():
        row = rows[~same].iloc[0]
        return _problem(item, row, f"'{item.printed.get(row['place'], 'nothing')}' in '{item.printed_unit}'")
    noted = rows["clean_note"] == clean(item.printed_status or "")
    if item.printed_status is None or noted.all():
        return None
    row = rows[~noted].iloc[0]
    return _problem(item, row, f"the note '{item.printed_status}'", f"the note '{row['clean_note']}'")


def _problem(item: Correction, row: pd.Series, expected: str, there: str = "") -> Problem:
    there = there or f"'{row['clean_printed_value']}' in '{row['clean_printed_unit']}'"
    return Problem(
        severity=Severity.ERROR,
        rule="correction does not match",
        message=(
            f"the correction '{item.id}' expects {expected}; for {row['place']} there is {there}. "
            "It is not applied."
        ),
        remedy=f"See what the publisher has changed; renew or withdraw the correction in {CORRECTIONS_FILE}.",
        file=row["file"],
        row=int(row["row"]),
        column=row["column"],
        printed=row["printed_value"],
    )


def _change(observations: pd.DataFrame, item: Correction, rows: pd.DataFrame) -> None:
    numbers = ["value", "lower", "upper"]
    if item.right_year is not None:
        observations.loc[rows.index, "year"] = item.right_year
    elif item.right_status is not None:
        observations.loc[rows.index, "status"] = item.right_status.value
    elif item.value == NO_NUMBER:
        observations.loc[rows.index, numbers] = float("nan")
        observations.loc[rows.index, "status"] = Status.NOT_APPLICABLE.value
    elif item.value is not None:
        read = read_values(pd.Series([item.value]))[numbers] * _factor(item, item.printed_unit)
        observations.loc[rows.index, numbers] = read.to_numpy()
    elif item.unit is not None:
        wrong, right = _factor(item, item.printed_unit), _factor(item, item.unit)
        changed = rows[numbers] * (right / wrong) if right > wrong else rows[numbers] / (wrong / right)
        observations.loc[rows.index, numbers] = changed


def _factor(item: Correction, spelling: str) -> float:
    return read_unit(spelling, item.publisher).factor


def settle_findings(findings: Iterable[Finding], applied: Sequence[Correction]) -> tuple[Finding, ...]:
    """The findings, each with the id of the applied correction that settles it."""
    return tuple(_settled(finding, applied) for finding in findings)


def _settled(finding: Finding, applied: Sequence[Correction]) -> Finding:
    for item in applied:
        same = (finding.mineral, finding.measure, finding.column) == (item.mineral, item.measure, item.column)
        same &= item.right_year is None and item.right_status is None
        if same and (item.whole_column or finding.place in item.printed):
            return finding.model_copy(update={"correction": item.id})
    return finding
