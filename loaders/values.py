"""Printed values: `1,200`, `W`, `>90000000`, `e5,000` or `Large` become numbers and a status."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.vocabulary import Status

NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,20})(?:\.[0-9]+)?(?:[eE][+-][0-9]{1,2})?"
"""Digits with or without thousands commas; `1,20` is no number, and `1e5` only with a sign: `1e+5`."""

PLAIN_NUMBER = f"^{NUMBER}$"

VALUE_COLUMNS = ("value", "lower", "upper", "status", "known")


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
]  # fmt: skip

_NUMBERS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(rf"e\s?({NUMBER})"), "estimate"),
    (re.compile(rf"(?:>|[Mm]ore than )\s?({NUMBER})"), "more"),
    (re.compile(rf"(?:<|[Ll]ess than )\s?({NUMBER})"), "less"),
    (re.compile(rf"({NUMBER})\s?(?:-|–|to)\s?({NUMBER})"), "range"),
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
    codes, distinct = pd.factorize(column)
    cleaned = pd.array([clean(str(text)) for text in distinct], dtype="string")
    return pd.Series(cleaned.take(codes), index=column.index, name=column.name)


def read_values(column: pd.Series) -> pd.DataFrame:
    """Read a column of printed values, in the printed unit.

    Returns, on the same index, float columns `value`, `lower`, `upper` (NaN where there is none), the
    text column `status`, and `known`, False where the text is empty or cannot be read.
    Plain numbers are read by column, everything else once per distinct text.
    """
    text = pc.utf8_trim_whitespace(pa.array(column, type=pa.string(), from_pandas=True))
    plain = pc.fill_null(pc.match_substring_regex(text, PLAIN_NUMBER), False)
    digits = pc.replace_substring(pc.if_else(plain, text, None), ",", "")
    result = pd.DataFrame(
        {
            "value": pc.cast(digits, pa.float64()).to_numpy(zero_copy_only=False),
            "lower": float("nan"),
            "upper": float("nan"),
            "status": pd.array([Status.AS_PUBLISHED.value], dtype="string").repeat(len(column)),
            "known": plain.to_numpy(zero_copy_only=False),
        },
        index=column.index,
    )
    return _with_other_values(result, column)


def _with_other_values(result: pd.DataFrame, column: pd.Series) -> pd.DataFrame:
    other = ~result["known"]
    if not other.any():
        return result
    codes, distinct = pd.factorize(column[other].fillna(""))
    read = [read_value(str(text)) for text in distinct]
    lookup = pd.DataFrame([value or (None, None, None, "") for value in read], columns=list(Value._fields))
    found = lookup.astype({"value": float, "lower": float, "upper": float}).iloc[codes]
    for name in ("value", "lower", "upper"):
        result.loc[other, name] = found[name].to_numpy()
    result.loc[other, "status"] = found["status"].astype(str).to_numpy()
    result.loc[other, "known"] = pd.array([value is not None for value in read]).take(codes).to_numpy()
    return result
