"""What a format makes of its tables: observations, and an account of every row and cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from loaders.model import Ignored, Problem
from loaders.names import nearest
from loaders.vocabulary import Basis, Measure, ReserveClass, Scheme, Severity, Status


@dataclass(frozen=True)
class Reading:
    """Observations of one edition (columns of `model.OBSERVATION_COLUMNS`), and what became of the rest."""

    dataset: str
    edition: str
    observations: pd.DataFrame = field(repr=False)
    problems: list[Problem]
    ignored: list[Ignored]
    rows_read: int
    rows_refused: int
    cells_absent: int
    cells_refused: int


@dataclass(frozen=True)
class Refusal:
    """The cells that cannot be read (a mask over the cells), and why."""

    mask: pd.Series
    problems: list[Problem]


_RULES: dict[str, tuple[str, str]] = {
    "unknown place": ("is no place name that we know", "place"),
    "unknown mineral": ("is no commodity that we know", "mineral"),
    "unknown unit": ("is no unit that we know", "unit"),
    "unreadable value": ("is neither a number nor a symbol that we know", ""),
    "unreadable year": ("is no year", ""),
    "unknown measure": ("is no measure that we know", ""),
    "unknown basis": ("is no basis that we know", ""),
    "unknown class": ("is no class that we know", ""),
    "unknown scheme": ("is no classification that we know", ""),
    "unknown status": ("is no status code that we know", ""),
}

_REMEDIES: dict[str, str] = {
    "unknown place": "Add it to loaders/knowledge/place_names.csv if it is a place.",
    "unknown mineral": "Add it to loaders/knowledge/mineral_names.csv if it is a mineral.",
    "unknown unit": "Add it to loaders/knowledge/units.csv if it is a unit.",
    "unreadable value": "Compare with the publisher's printed table. Expected a number, NA, W, XX, >1,000 or e500.",
    "unreadable year": "Expected a year such as 2025.",
    "unknown measure": f"Expected one of {', '.join(Measure)}.",
    "unknown basis": f"Expected one of {', '.join(Basis)}.",
    "unknown class": f"Expected one of {', '.join(ReserveClass)}.",
    "unknown scheme": f"Expected one of {', '.join(Scheme)}.",
    "unknown status": f"Expected one of {', '.join(Status)}.",
}


def refuse(
    cells: pd.DataFrame, checks: Mapping[str, tuple[pd.Series, str, str | None]], publisher: str
) -> Refusal:
    """Refuse the cells that fail a check; `checks` maps a rule to (failed, column of the text, header).

    One problem is made for each rule, file and distinct text, with the first row and the number of rows.
    A header of None means that the cell's own column is named.
    """
    mask = pd.Series(False, index=cells.index)
    problems: list[Problem] = []
    for rule, (failed, text, header) in checks.items():
        mask |= failed
        for (file, printed), part in cells[failed].groupby(["file", text], sort=False):
            first = part.iloc[0]
            column = header or str(first["column"])
            problems.append(
                _problem(rule, str(file), int(first["row"]), column, str(printed), part["row"].nunique(), publisher)
            )
    return Refusal(mask, problems)


def _problem(
    rule: str, file: str, row: int, column: str, printed: str, rows: int, publisher: str
) -> Problem:
    says, kind = _RULES[rule]
    near: Sequence[str] = nearest(printed, publisher, kind) if kind in ("place", "mineral") else ()
    more = f" ({rows} rows, the first is row {row})" if rows > 1 else ""
    hint = f" Nearest known: {', '.join(near)}." if near else ""
    return Problem(
        severity=Severity.ERROR,
        rule=rule,
        message=f"'{printed}' {says}{more}.",
        remedy=_REMEDIES[rule] + hint,
        file=file,
        row=row,
        column=column,
        printed=printed,
    )
