"""Numbers written as elsewhere, such as `1 234,5`, become numbers as our tidy table has them: `1234.5`."""

from __future__ import annotations

import re

import pandas as pd

from loaders.columns import by_text
from loaders.values import clean

SPACES = "[ \u00a0\u2007\u2009\u202f'\u2019]"

_ZEROS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10)
"""The zeros of Arabic, Persian, Devanagari, Bengali, Thai and full-width digits."""

_PLAIN = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)} | {
    0x066C: "'", 0xFF0C: ",", 0xFF0E: ".",
}  # fmt: skip
"""Digits of other scripts; the Arabic sign between thousands, and the full-width comma and point."""

_BOUNDS = str.maketrans({"≥": ">", "≤": "<", "⩾": ">", "⩽": "<"})
_ARABIC_DECIMAL = "\u066b"


def with_plain_digits(text: str) -> str:
    """A text whose digits are 0 to 9, whatever script they are printed in."""
    return text if text.isascii() else text.translate(_PLAIN)


def written_here(column: pd.Series, decimal: str, thousands: str) -> pd.Series:
    """A column of texts in which numbers have a point and nothing between thousands; others as they are.

    Spaces between groups of three digits are dropped whatever `thousands` is, and signs between lakhs and
    crores: 2,38,37,000. "At least" and "at most" become
    bounds, as "more than" and "less than" are.
    """
    point, separator = re.escape(decimal), re.escape(thousands)
    groups = f"(?:{SPACES}|{separator})" if thousands.strip() else SPACES
    lakhs = rf"\d{{1,2}}(?:{separator}\d\d)+{separator}\d{{3}}|" if thousands.strip() else ""
    number = re.compile(
        rf"((?:[<>≈~]|e(?=\s?\d))?\s*)({lakhs}\d{{1,3}}(?:{groups}\d{{3}})+|\d+)(?:(?:{point}|{_ARABIC_DECIMAL})(\d+))?"
    )

    def rewritten(text: str) -> str:
        match = number.fullmatch(with_plain_digits(clean(text)).translate(_BOUNDS))
        if not match:
            return text
        whole = re.sub(r"\D", "", match[2])
        return f"{match[1].strip()}{whole}.{match[3]}" if match[3] else f"{match[1].strip()}{whole}"

    return by_text(column, rewritten)
