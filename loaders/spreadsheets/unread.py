"""Texts in place of numbers: what they are known to mean, and those of which nothing says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from loaders.files.table import RawTable
from loaders.knowledge import rules
from loaders.spreadsheets.applying import numbers
from loaders.spreadsheets.checks import texts_of_numbers
from loaders.spreadsheets.fitting import fitting, own_columns
from loaders.spreadsheets.flags import split_flag
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


def _symbol(text: str) -> str:
    words = text.casefold()
    found = (r["ours"] for r in rules("value_symbols") if re.fullmatch(r["words"], text, re.I))
    return next(found, "NA" if words == "not available" else "XX" if words == "not applicable" else "")
