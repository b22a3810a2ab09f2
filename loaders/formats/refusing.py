"""Cells that cannot be read: the rules they break, and a problem for each distinct cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from loaders.answers.answers import OF_ALL_NUMBERS
from loaders.columns import by_block, by_text
from loaders.names import nearest
from loaders.report import Ignored, NameKind, Problem, Question
from loaders.text import in_sentence
from loaders.values import clean
from loaders.vocabulary import COUNTED_MEASURES, Basis, ReserveClass, Scheme, Severity, Status


@dataclass(frozen=True)
class Refusal:
    """The cells that cannot be read (a mask over the cells), why, and what of it a steward can answer."""

    mask: pd.Series
    problems: list[Problem]
    questions: list[Question]


ANSWER = "Say what it is, or that it is left out: on the page Data, or in a file for --answers."
"""What a steward can do about a name that nobody knows."""

ANSWER_ALL = "Say which of the two holds for all: on the page Data, or in a file for --answers."

RULES: dict[str, tuple[str, str]] = {
    "unknown place": (
        "is no place name that we know.",
        ANSWER,
    ),
    "unknown partner": (
        "is no place name that we know.",
        "Expected a country, WLD or OTH; nothing only where the measure is no share of imports.",
    ),
    "unknown mineral": (
        "is no commodity that we know.",
        ANSWER,
    ),
    "no commodity": (
        "says no commodity, and nothing else in the file does.",
        "Keep the publisher's file name (mcs2024-lithi_world.csv), or name the file after the mineral.",
    ),
    "unknown unit": (
        "is no unit that we know.",
        ANSWER,
    ),
    "unknown statistic": (
        "is no kind of statistic that we know.",
        "Expected Production, Imports or Exports.",
    ),
    "unreadable value": (
        "is neither a number nor a symbol that we know.",
        "Compare with the publisher's table. Expected a number, NA, W, XX, >1,000 or e500. If it is a sign: "
        + in_sentence(ANSWER),
    ),
    "contradicted place": (
        "is one place by its name, and another by its ISO codes.",
        f"Compare with the publisher's table. {ANSWER}",
    ),
    "contradicted value": (
        "stands beside a status that says there is no number.",
        "Look at the publisher's table which of the two is right.",
    ),
    "unreadable lower bound": ("is no lower bound.", "Expected a number that is not above the upper bound."),
    "unreadable upper bound": ("is no upper bound.", "Expected a number that is not below the lower bound."),
    "unreadable year": ("is no year.", "Expected a year such as 2025."),
    "stray year": (
        "is a year that few rows say, far beyond those of the others.",
        "Compare with the publisher's printed table.",
    ),
    "point or comma": (
        "may have a decimal point, or one between thousands, where other numbers of the file have commas.",
        f"Compare with the publisher's table. {ANSWER}",
    ),
    "point or thousands": (
        "may have a decimal point, or one between thousands: no number of the file has a decimal point.",
        f"Compare with the publisher's table. {ANSWER_ALL}",
    ),
    "decimal comma": (
        "has a decimal comma, as it seems: no number of the file has a decimal point.",
        f"Compare with the publisher's table. {ANSWER_ALL}",
    ),
    "comma or thousands": (
        "may have a comma between thousands, where other numbers of the file have decimal commas.",
        f"Compare with the publisher's table. {ANSWER_ALL}",
    ),
    "unreadable row": ("is no row number.", "Expected a whole number, or nothing."),
    "unknown measure": ("is no measure that we know.", f"Expected one of {', '.join(COUNTED_MEASURES)}."),
    "unknown basis": ("is no basis that we know.", f"Expected one of {', '.join(Basis)}."),
    "unknown class": ("is no class that we know.", f"Expected one of {', '.join(ReserveClass)}."),
    "unknown scheme": ("is no classification that we know.", f"Expected one of {', '.join(Scheme)}."),
    "unknown status": ("is no status code that we know.", f"Expected one of {', '.join(Status)}."),
}
"""Rule -> what is wrong with the printed text, and the remedy."""

_NAMES: dict[str, Literal["mineral", "place"]] = {"unknown place": "place", "unknown mineral": "mineral"}

_ASKED: dict[str, NameKind] = {
    "unknown place": "place",
    "contradicted place": "place",
    "unknown mineral": "mineral",
    "no commodity": "mineral",
    "unknown unit": "unit",
    "unreadable value": "sign",
    "point or comma": "sign",
    "point or thousands": "sign",
    "decimal comma": "sign",
    "comma or thousands": "sign",
}
"""Rule -> what a steward is asked about."""


class RowCheck(NamedTuple):
    """A rule, the cells that break it, the column of their text, the header to name (None: each its own).

    A `text` that is no column stands for the texts of all. `asked` is the column of the text that a steward
    answers, where it is another.
    """

    rule: str
    failed: pd.Series
    text: str
    header: str | None
    asked: str = ""


def refuse(cells: pd.DataFrame, checks: Iterable[RowCheck], publisher: str) -> Refusal:
    """Refuse the cells that fail a check.

    One problem is made for each rule, file and distinct text, with the first row and the number of rows.
    """
    mask = pd.Series(False, index=cells.index)
    problems: list[Problem] = []
    questions: list[Question] = []
    for check in checks:
        if check.failed.any():
            mask |= check.failed
            failed = cells[check.failed]
            failed = failed if check.text in failed else failed.assign(**{check.text: check.text})
            problems += _problems(check.rule, failed, check.text, check.header, publisher)
            questions += _questions(check, failed, publisher)
    return Refusal(mask, problems, questions)


def _questions(check: RowCheck, failed: pd.DataFrame, publisher: str) -> list[Question]:
    """A question for each distinct text among the failed cells that a steward can answer."""
    kind = _ASKED.get(check.rule)
    if kind is None:
        return []
    told = failed.assign(cause=by_text(failed[check.asked or check.text], clean).astype("string"))
    told = told[(told["cause"] != "") & (told["cause"].str.len() <= LONGEST_SHOWN)]
    rows = told.drop_duplicates(["cause", "file", "row"]).groupby("cause", sort=False).size()
    return [
        Question(
            kind=kind,
            printed=str(first["cause"]),
            why=f"'{first['cause']}' {RULES[check.rule][0]}",
            file=str(first["file"]),
            row=int(first["row"]),
            column=check.header or str(first["column"]),
            rows=int(rows[first["cause"]]),
            near=_near(check.rule, str(first["cause"]), publisher),
        )
        for _, first in told.drop_duplicates("cause").head(MAX_PROBLEMS).iterrows()
    ]


def _near(rule: str, printed: str, publisher: str) -> tuple[str, ...]:
    """What the text may mean: the known names that look most like it, or both readings of a number."""
    if printed in OF_ALL_NUMBERS:
        return OF_ALL_NUMBERS[printed]
    if rule == "point or comma":
        number = printed.split()[-1]
        return number.replace(".", ""), number.rstrip("0").rstrip(".")
    near = _NAMES.get(rule)
    return tuple(nearest(printed, publisher, near)) if near else ()


LONGEST_SHOWN = 200
"""Characters of a printed text that a problem shows."""

MAX_PROBLEMS = 100
"""Problems listed one by one for each rule; the others are counted in one more."""


def _problems(
    rule: str, failed: pd.DataFrame, text: str, header: str | None, publisher: str
) -> list[Problem]:
    """A problem for each file and distinct text among the failed cells."""
    failed = failed.assign(cause=failed[text])
    causes = failed.drop_duplicates(["file", "cause"])
    kept = failed.merge(causes[["file", "cause"]].head(MAX_PROBLEMS), on=["file", "cause"])
    rows = kept.groupby(["file", "cause"], sort=False)["row"].nunique()
    found = [
        _problem(
            rule,
            str(first["file"]),
            int(first["row"]),
            header or str(first["column"]),
            str(first["cause"]),
            int(rows[first["file"], first["cause"]]),
            publisher,
        )
        for _, first in causes.head(MAX_PROBLEMS).iterrows()
    ]
    return [*found, *_further(rule, causes.iloc[MAX_PROBLEMS:], header)]


def _further(rule: str, causes: pd.DataFrame, header: str | None) -> list[Problem]:
    """One problem for all that are not listed, if there are any."""
    if causes.empty:
        return []
    says, remedy = RULES[rule]
    first = causes.iloc[0]
    message = f"{len(causes):,} more texts: each {says}"
    return [
        Problem(
            severity=Severity.ERROR,
            rule=rule,
            message=message,
            remedy=remedy,
            file=str(first["file"]),
            row=int(first["row"]),
            column=header or str(first["column"]),
        )
    ]


def scaled(number: pd.Series, factor: np.ndarray | pd.Series, codes: np.ndarray | None = None) -> pd.Series:
    """Number times factor, without what a computer's fractions add: 8.3 Mt are 8300000 t, 2,800 kg are 2.8 t.

    The factor is that of each row, or, with `codes`, the one at each row's code.
    """
    times, value = np.array(factor, dtype="float64"), number.to_numpy()
    inverse = 1 / times
    divides = inverse == np.rint(inverse)
    times, over = np.where(divides, 1, times), np.where(divides, inverse, 1)
    result = np.empty(len(value))

    def scale(rows: slice) -> None:
        at = np.arange(rows.start, rows.stop) if codes is None else codes[rows]
        _scale(value[rows], times, over, at, result[rows])

    by_block(len(value), scale)
    return pd.Series(result, index=number.index, copy=False)


def _scale(
    value: np.ndarray, times: np.ndarray, over: np.ndarray, at: np.ndarray, result: np.ndarray
) -> None:
    """Fill in value times and over the factors at each position; where most are NaN they are passed over."""
    known: Any = np.flatnonzero(~np.isnan(value))
    if len(known) > len(value) / 2:
        known = slice(None)
    else:
        result[:] = value
    at = at[known]
    product = value[known] * times.take(at) / over.take(at)
    fractions = (product != np.rint(product)) & (times != 1).take(at)
    changed = np.flatnonzero(fractions)
    product[changed] = _shortest(product[changed])
    result[known] = product


def _shortest(product: np.ndarray) -> np.ndarray:
    """Products with nine, three or no decimals where those are the same number but for the last bits."""
    size = np.abs(product)
    parts = np.where(size < 1e6, 1e9, np.where(size < 1e9, 1e3, 1))  # larger ones have no bits for more
    short = np.rint(product * parts) / parts
    same = (np.abs(product - short) <= 2 * np.spacing(size)) & (size < 1e15)
    return np.where(same, short, product)


def _problem(rule: str, file: str, row: int, column: str, printed: str, rows: int, publisher: str) -> Problem:
    says, remedy = RULES[rule]
    near = _near(rule, printed, publisher)
    printed = printed if len(printed) <= LONGEST_SHOWN else printed[: LONGEST_SHOWN - 1] + "…"
    more = f" It stands in {rows} rows." if rows > 1 else ""
    known = "Nearest known" if rule in _NAMES else "It may be"
    hint = f" {known}: {', '.join(near)}." if near else ""
    return Problem(
        severity=Severity.ERROR,
        rule=rule,
        message=f"'{printed}' {says}{more}",
        remedy=remedy + hint,
        file=file,
        row=row,
        column=column,
        printed=printed,
    )


def by_distinct(texts: pd.DataFrame, read: Callable[..., str | None]) -> pd.Series:
    """Apply `read` to each distinct line of `texts`, its cells by position."""
    number = texts.groupby(list(texts.columns), sort=False).ngroup().to_numpy()
    distinct = texts.iloc[np.unique(number, return_index=True)[1]]
    results = pd.array([read(*line) for line in distinct.to_numpy()], dtype="string")
    return pd.Series(results.take(number), index=texts.index)


def ignored_rows(file: str, mask: pd.Series, reason: str) -> list[Ignored]:
    """A record of the rows left out for one reason, if there are any."""
    count = int(mask.sum())
    return [Ignored(file=file, reason=reason, count=count)] if count else []
