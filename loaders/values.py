"""Printed values: `1,200`, `W`, `>90000000`, `e5,000` or `Large` become numbers and a status."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.columns import arrow, by_block, by_text, distinct, is_among, to_mask
from loaders.vocabulary import Status

MAX_DIGITS = 20
PRINTED_NUMBER = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,6}}|[0-9]{{1,{MAX_DIGITS}}})(?:\.[0-9]+)?(?:[eE][+-][0-9]{{1,2}})?"
)
"""Digits with or without thousands commas; `1,20` is no number, and `1e5` only with a sign: `1e+5`."""

PLAIN_NUMBER = f"^{PRINTED_NUMBER}$"

NUMBER_COLUMNS = ("value", "lower", "upper")


class Value(NamedTuple):
    """What a printed value says: a number or bounds, in the printed unit, and a status."""

    value: float | None
    lower: float | None
    upper: float | None
    status: Status


_WORDS: list[tuple[str, Status]] = [
    # USGS MCS 2026 metadata: XX = totals cannot be calculated, W = withheld, s = small, NA = not available.
    (r"W", Status.WITHHELD),
    (r"NA|na|N/A|Not available|not available", Status.NOT_AVAILABLE),
    (r"XX|xx|Not applicable", Status.NOT_APPLICABLE),
    (r"(?:Categorized as |Considered to be )?[\"“]?(?:[Vv]ery )?(?:[Ll]arge|[Ss]mall|[Mm]oderate)"
     r"(?: to [Ll]arge)?[\"”]?|s", Status.NOT_AVAILABLE),
    (r"[Ii]ncluded (?:in|with) .*", Status.INCLUDED_ELSEWHERE),
    (r"[Nn]et exporter", Status.NET_EXPORTER),
]  # fmt: skip

_NUMBERS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(rf"e\s?({PRINTED_NUMBER})"), "estimate"),
    (re.compile(rf"(?:>|[Mm]ore than )\s?({PRINTED_NUMBER})"), "more"),
    (re.compile(rf"(?:<|[Ll]ess than )\s?({PRINTED_NUMBER})"), "less"),
    (re.compile(rf"({PRINTED_NUMBER})\s?(?:-|–|to)\s?({PRINTED_NUMBER})"), "range"),
]

_HALF_UNIT = re.compile(r"[Ll]ess than (?:½|1/2) ?unit\.?")
_ZEROS = ("—", "---", "Nil", "nil")
_KNOWN_WORDS = [(re.compile(pattern), status) for pattern, status in _WORDS]


def read_value(text: str) -> Value | None:
    """Read one printed value; None if it cannot be read. An empty text is not a value.

    A dash is a zero; "more than" has a lower bound only; "less than" has an upper bound.
    """
    printed = clean(text)
    if re.fullmatch(PLAIN_NUMBER, printed):
        return Value(_number(printed), None, None, Status.AS_PUBLISHED)
    if printed in _ZEROS:
        return Value(0.0, None, None, Status.AS_PUBLISHED)
    if _HALF_UNIT.fullmatch(printed):
        return Value(None, 0.0, 0.5, Status.NOT_SIGNIFICANT)
    for pattern, status in _KNOWN_WORDS:
        if pattern.fullmatch(printed):
            return Value(None, None, None, status)
    return _number_with_sign(printed)


def _number_with_sign(printed: str) -> Value | None:
    for pattern, meaning in _NUMBERS:
        match = pattern.fullmatch(printed)
        if not match:
            continue
        first = _number(match[1])
        if meaning == "estimate":
            return Value(first, None, None, Status.ESTIMATED)
        if meaning == "more":
            return Value(None, first, None, Status.AS_PUBLISHED)
        if meaning == "less":
            return Value(None, 0.0, first, Status.NOT_SIGNIFICANT)
        second = _number(match[2])
        return Value(None, first, second, Status.AS_PUBLISHED) if first <= second else None
    return None


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def clean(text: str) -> str:
    """Without outer white space; no-break and double spaces become one space."""
    return " ".join(text.split())


def clean_column(column: pd.Series) -> pd.Series:
    """`clean` for a text column, once per distinct value."""
    return by_text(column, clean)


def read_values(column: pd.Series) -> pd.DataFrame:
    """Read a column of printed values, in the printed unit.

    Returns, on the same index, float columns `value`, `lower`, `upper` (NaN where there is none), the
    column of categories `status`, and `known`, False where the text is empty or cannot be read.
    Plain numbers are read by column, everything else once per distinct text.
    """
    numbers = [np.empty(len(column)) for _ in NUMBER_COLUMNS]  # each may be given back by itself
    status = np.zeros(len(column), dtype="int8")

    def read(rows: slice) -> None:
        _read_block(column.iloc[rows], [number[rows] for number in numbers], status[rows])

    by_block(len(column), read)
    return pd.DataFrame(
        {
            **dict(zip(NUMBER_COLUMNS, numbers, strict=True)),
            "status": pd.Categorical.from_codes(status, _STATUSES),
            "known": status > 0,
        },
        index=column.index,
        copy=False,
    )


def read_signed_values(column: pd.Series, may_be_negative: pd.Series) -> pd.DataFrame:
    """`read_values`, where a minus before a number may stand in some rows (a mask): what a store gained."""
    if not may_be_negative.any():
        return read_values(column)
    text = clean_column(column)
    negative = may_be_negative & text.str.match(_MINUS)
    values = read_values(text.str.replace(_MINUS, "", regex=True).where(negative, column))
    values["value"] = values["value"].mask(negative, -values["value"])
    return values


def are_dashes(texts: pd.Series, numbers: pd.Series) -> npt.NDArray[np.bool_]:
    """Where a dash stands for the number: read as a zero, as the USGS means it; of others nobody knows."""
    found = np.zeros(len(texts), dtype=bool)
    zeros = np.flatnonzero(numbers == 0)
    found[zeros] = is_among(by_text(texts.iloc[zeros], clean), ("—", "---"))
    return found


_MINUS = r"^[-−]\s?(?=[0-9])"


def _read_block(column: pd.Series, numbers: Sequence[Any], status: Any) -> None:
    """Fill in the value and bounds, and the position of the status in `_STATUSES`."""
    value, lower, upper = numbers
    lower[:] = upper[:] = np.nan
    text = pc.fill_null(arrow(column), "")
    digits = pc.and_(pc.ascii_is_decimal(text), pc.less_equal(pc.binary_length(text), MAX_DIGITS))
    value[:] = pc.cast(pc.if_else(digits, text, None), pa.float64()).to_numpy()
    status[to_mask(digits)] = _AS_PUBLISHED
    _read_signed(text, numbers, status)
    others = np.flatnonzero(status == 0)
    codes, texts = distinct(column.iloc[others])
    readings = [read_value(printed) for printed in texts]
    found = np.array([reading[:3] if reading else (None,) * 3 for reading in readings], dtype="float64")
    value[others], lower[others], upper[others] = found.reshape(-1, 3)[codes].T
    read = np.array([_CODES[reading.status] if reading else 0 for reading in readings], dtype="int8")
    status[others] = read[codes]


_SIGNED = rf"^(?:[e<>] ?)?{PRINTED_NUMBER}$"


def _read_signed(text: pa.ChunkedArray, numbers: Sequence[Any], status: Any) -> None:
    """Fill in the rows that read 1,200, 0.5, e500, >1,000 or <5, as `read_value` reads them."""
    value, lower, upper = numbers
    rows = np.flatnonzero(status == 0)
    unread = pc.utf8_trim_whitespace(text.take(pa.array(rows)))
    found = pc.match_substring_regex(unread, _SIGNED)
    rows, unread = rows[to_mask(found)], unread.filter(found)
    digits = pc.replace_substring(pc.ascii_ltrim(unread, "e<> "), ",", "")
    number = pc.cast(digits, pa.float64()).to_numpy()
    estimate, more, less = (to_mask(pc.starts_with(unread, sign)) for sign in "e><")
    value[rows] = np.where(more | less, np.nan, number)
    lower[rows[more]] = number[more]
    lower[rows[less]], upper[rows[less]] = 0.0, number[less]
    status[rows] = _AS_PUBLISHED
    status[rows[estimate]] = _CODES[Status.ESTIMATED]
    status[rows[less]] = _CODES[Status.NOT_SIGNIFICANT]


_STATUSES = pd.Index(["", *(status.value for status in Status)], dtype="str")
"""The status codes; the empty one is that of a text that cannot be read."""

_CODES = {status: position for position, status in enumerate(Status, start=1)}
_AS_PUBLISHED = _CODES[Status.AS_PUBLISHED]
