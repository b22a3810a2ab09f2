"""Points and commas of numbers that may stand between thousands or before decimals: they are asked about.

Where the comma is the decimal sign, programs write `12.000` for twelve thousand, also what they read with
commas. All numbers of a file that are in doubt for one reason are asked about at once.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from loaders.answers.answers import EACH_COMMA, EACH_DECIMAL, EACH_POINT, OF_ALL_NUMBERS, Answers
from loaders.columns import arrow, at_codes, distinct, has_sign, to_mask
from loaders.formats.refusing import RowCheck
from loaders.report import NameKind
from loaders.units import read_units

_SIGN = r"^\s*(?:[e<>]\s?)?"
_THREE_AFTER_POINT = rf"{_SIGN}[1-9][0-9]{{0,2}}\.[0-9]{{3}}\s*$"
_THREES_AFTER_POINTS = rf"{_SIGN}[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+(?:,[0-9]+)?\s*$"
_SURE_POINTS = rf"{_SIGN}[1-9][0-9]{{0,2}}(?:(?:\.[0-9]{{3}})+,[0-9]+|(?:\.[0-9]{{3}}){{2,}})\s*$"
_THREE_AFTER_COMMA = rf"{_SIGN}[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?\s*$"
_SURE_COMMAS = rf"{_SIGN}[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{2,}}(?:\.[0-9]+)?\s*$"
_DECIMAL_COMMA = rf"{_SIGN}(?:[0-9]+,(?:[0-9]{{1,2}}|[0-9]{{4,}})|(?:0|[0-9]{{4,}}),[0-9]{{3}})\s*$"
_DECIMAL_POINT = rf"{_SIGN}(?:[0-9]+|[0-9]{{1,3}}(?:,[0-9]{{3}})+)\.[0-9]+\s*$"

_POINT, _DECIMAL, _COMMA = 1, 2, 3
"""Why a number is in doubt: it is like `1.000`, like `1,5`, or, beside these, like `1,000`."""


def beside_commas(printed: pd.Series, files: pd.Series) -> pd.Series:
    """Where `12.000` stands in a file that has commas between thousands: its point may be one of those."""
    found = np.zeros(len(printed), dtype=bool)
    if has_sign(printed, ",") and has_sign(printed, "."):
        found = _matches(printed, _THREE_AFTER_POINT)
    if found.any():
        commas = _matches(printed, _THREE_AFTER_COMMA)
        found &= files.isin(files[commas].unique()).to_numpy()
        found &= ~_with_decimal_commas(printed, files)
    return pd.Series(found, index=printed.index)


def alone(printed: pd.Series, files: pd.Series, unit: pd.Series, publisher: str) -> pd.Series:
    """Why each number is in doubt, as a number: 0 where it is not.

    It is in a file without a decimal point, such as in `0.125` and `12.5`, that has decimal commas, or points
    and no commas between thousands. Parts of a whole have no thousands.
    """
    doubted = pd.Series(np.zeros(len(printed), dtype="int8"), index=printed.index, copy=False)
    if not has_sign(printed, ".") and not _may_have_decimal_commas(printed, files):
        return doubted
    some = slice(_SOME)
    open_ = ~files.isin(files[some][_settles(printed[some])].unique())
    if not open_.any():
        return doubted
    texts, of = printed[open_], files[open_]
    points, commas = (_matches(texts, pattern) for pattern in (_THREES_AFTER_POINTS, _THREE_AFTER_COMMA))
    if points.any():
        points &= ~_are_parts(unit[open_], publisher)
    other = _with_decimal_commas(texts, of)
    settled = of.isin(of[_settles(texts)].unique()).to_numpy()
    points &= ~settled & (other | ~of.isin(of[commas].unique()).to_numpy())
    decimals = _matches(texts, _DECIMAL_COMMA) & other & ~settled
    kinds = np.select([points, decimals, commas & other & ~settled], [_POINT, _DECIMAL, _COMMA], 0)
    doubted[open_] = kinds.astype("int8")
    return doubted


_SOME = 1_000
"""Rows that are looked at first: those of a large file mostly settle it."""


def _settles(printed: pd.Series) -> np.ndarray:
    """Where a number has a decimal point."""
    found: np.ndarray = _matches(printed, _DECIMAL_POINT) & ~_matches(printed, _THREES_AFTER_POINTS)
    return found


def _may_have_decimal_commas(printed: pd.Series, files: pd.Series) -> bool:
    """Whether commas may stand before decimals; not in one file whose first rows have `1,234,567`."""
    if not has_sign(printed, ","):
        return False
    settled = len(distinct(files)[1]) == 1 and _matches(printed.iloc[:_SOME], _SURE_COMMAS).any()
    return not settled and bool(_matches(printed, _DECIMAL_COMMA).any())


def _with_decimal_commas(printed: pd.Series, files: pd.Series) -> np.ndarray:
    """Where a file has numbers that only decimal commas explain, most of its commas: `1,5`, `1.234.567`."""
    sure = files[_matches(printed, _SURE_POINTS)].unique()
    decimals, commas = (
        files[_matches(printed, pattern)].value_counts() for pattern in (_DECIMAL_COMMA, _THREE_AFTER_COMMA)
    )
    decimals = decimals[decimals > 1]  # a single one may be a slip
    mostly = decimals[decimals >= commas.reindex(decimals.index, fill_value=0)].index
    found: np.ndarray = (files.isin(sure) | files.isin(mostly)).to_numpy()
    return found


def _are_parts(unit: pd.Series, publisher: str) -> np.ndarray:
    codes, texts = distinct(unit)
    parts = read_units(pd.Series(texts, dtype="string"), publisher)["unit"] == "1"
    marks: np.ndarray = at_codes(parts.fillna(False).to_numpy(dtype=bool), codes)
    return marks


def _matches(printed: pd.Series, pattern: str) -> np.ndarray:
    return to_mask(pc.fill_null(pc.match_substring_regex(arrow(printed), pattern), False))


# What a steward says of them ----------------------------------------------------------------------------


def as_said(cells: pd.DataFrame, column: str, publisher: str, answers: Answers) -> pd.Series:
    """A column of printed numbers and signs as a steward says they are meant.

    `cells` has `file`, and `unit` or `printed_unit`.
    """
    printed = cells[column]
    if not answers.said("sign").keys().isdisjoint(OF_ALL_NUMBERS):
        unit = cells["unit" if "unit" in cells else "printed_unit"]
        printed = without_points(printed, alone(printed, cells["file"], unit, publisher), answers)
    return answers.rename("sign", printed)


def without_points(printed: pd.Series, doubted: pd.Series, answers: Answers) -> pd.Series:
    """The numbers as they are said to be meant: without points between thousands, with decimal points."""
    if not doubted.any() or not _has_decimal_commas(answers):
        return printed
    said, text = answers.said("sign"), printed.astype("string")
    if said.get(EACH_POINT) == "1000":
        text = text.mask(doubted == _POINT, text.str.replace(".", ""))
    kinds = [_POINT, _DECIMAL] + [_COMMA] * (said.get(EACH_COMMA) == "1")
    return text.mask(doubted.isin(kinds), text.str.replace(",", "."))


def _has_decimal_commas(answers: Answers) -> bool:
    said = answers.said("sign")
    return said.get(EACH_POINT) == "1000" or EACH_DECIMAL in said


def point_check(printed: pd.Series, doubted: pd.Series, answers: Answers) -> RowCheck:
    """All numbers of a file in doubt for one reason are asked about at once, one reason after the other."""
    said = answers.said("sign")
    reasons = {kind for kind in (_POINT, _DECIMAL, _COMMA) if (doubted == kind).any()}
    asked, rule, kinds = "", "point or thousands", list[int]()
    if _POINT in reasons and EACH_POINT not in said:
        asked, kinds = EACH_POINT, [_POINT, _DECIMAL]
    elif _DECIMAL in reasons and EACH_POINT not in said and EACH_DECIMAL not in said:
        asked, rule, kinds = EACH_DECIMAL, "decimal comma", [_DECIMAL]
    elif _COMMA in reasons and _has_decimal_commas(answers) and EACH_COMMA not in said:
        asked, rule, kinds = EACH_COMMA, "comma or thousands", [_COMMA]
    open_ = doubted.isin(kinds) & ~answers.is_said("sign", printed) if asked else doubted < 0
    return RowCheck(rule, open_, asked, None)


def points_counted(doubted: pd.Series, answers: Answers) -> dict[tuple[NameKind, str], int]:
    """In how many lines stands what is answered of each."""
    kinds = {EACH_POINT: _POINT, EACH_DECIMAL: _DECIMAL, EACH_COMMA: _COMMA}
    said = [text for text in kinds if text in answers.said("sign")] if doubted.any() else []
    numbers = {text: int((doubted == kinds[text]).sum()) for text in said}
    return {("sign", text): number for text, number in numbers.items() if number}
