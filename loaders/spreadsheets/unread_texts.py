"""Texts in place of numbers and behind them: what they mean, and those of which nothing says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from loaders.files.table import RawTable
from loaders.knowledge import rules
from loaders.spreadsheets.applying import numbers
from loaders.spreadsheets.checks import texts_of_numbers
from loaders.spreadsheets.fitting import fitting, own_columns
from loaders.spreadsheets.flags import TIMES, UNIT_FLAG, split_flag
from loaders.spreadsheets.headers import factor_of
from loaders.spreadsheets.mapping import Mapping
from loaders.values import read_value


def unread(mapping: Mapping, raw: RawTable, beside: Sequence[RawTable] = ()) -> tuple[str, ...]:
    """The texts in the columns of numbers, among the first rows, that a mapping does not make values.

    Those of the tables `beside` it that are read with the same mapping are among them.
    """
    tables = fitting(mapping, raw, beside)
    return tuple(dict.fromkeys(text for table in tables for text in _unread(mapping, table)))


def _unread(mapping: Mapping, raw: RawTable) -> tuple[str, ...]:
    mapping = own_columns(mapping, raw)
    texts = [text for text in texts_of_numbers(mapping, raw) if mapping.flags.get(split_flag(text)[1], "-")]
    bare = [split_flag(text)[0] if mapping.flags else text for text in texts]
    written = numbers(pd.Series(bare, dtype="string"), mapping)
    unknown = [text for text in texts_of_numbers(mapping, raw) if text not in texts]
    return (
        *(text for text, value in zip(texts, written, strict=True) if read_value(value) is None),
        *unknown,
    )


def known_symbols(texts: Sequence[str], told: dict[str, str]) -> dict[str, str]:
    """What signs and words in place of a number mean, where our table does not have them itself.

    What the notes of the table say of a sign (`told`, in their words) comes first.
    """
    known = {
        text: _symbol(told.get(text, "")) or _symbol(text)
        for text in texts
        if text in told or read_value(text) is None
    }
    return {text: ours for text, ours in known.items() if ours}


def numerals_as_units(flags: Sequence[str], mapping: Mapping, tables: Sequence[RawTable]) -> dict[str, str]:
    """万 as a unit of tonnes, as in 6.3万, where all columns that have it are of plain tonnes.

    Beside another unit, or one that a sheet or a row may say otherwise, nothing tells what it multiplies.
    """
    found = [flag for flag in dict.fromkeys(flags) if flag in TIMES and factor_of(f"{flag}吨")]
    if not found or len({raw.sheet for raw in tables}) > 1 or "unit" in mapping.columns:
        return {}
    having = [
        column
        for column in mapping.values
        for raw in tables
        if column.header in raw.header and raw.frame[column.header].str.contains(_MULTIPLIED).any()
    ]
    units = [column.says.get("unit", mapping.constants.get("unit", "")) for column in having]
    plain = all(factor_of(unit) == ("t", 1.0, "") for unit in units)
    return {flag: f"{UNIT_FLAG}{flag}吨" for flag in found if plain}


_MULTIPLIED = rf"\d\s*[{TIMES}]\s*$"


def _symbol(text: str) -> str:
    words = text.casefold()
    found = (r["ours"] for r in rules("value_symbols") if re.fullmatch(r["words"], text, re.I))
    return next(found, "NA" if words == "not available" else "XX" if words == "not applicable" else "")
