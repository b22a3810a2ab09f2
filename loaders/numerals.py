"""Numbers written as elsewhere, such as `1 234,5`, become numbers as our tidy table has them: `1234.5`."""

from __future__ import annotations

import re

import pandas as pd

from loaders.columns import by_text
from loaders.values import clean

SPACES = "[ \u00a0\u2007\u2009\u202f'\u2019]"


def written_here(column: pd.Series, decimal: str, thousands: str) -> pd.Series:
    """A column of texts in which numbers have a point and nothing between thousands; others as they are.

    Spaces between groups of three digits are dropped whatever `thousands` is.
    """
    point, separator = re.escape(decimal), re.escape(thousands)
    groups = f"(?:{SPACES}|{separator})" if thousands.strip() else SPACES
    number = re.compile(rf"([<>≈~]?\s*)(\d{{1,3}}(?:{groups}\d{{3}})+|\d+)(?:{point}(\d+))?")

    def rewritten(text: str) -> str:
        match = number.fullmatch(clean(text))
        if not match:
            return text
        whole = re.sub(r"\D", "", match[2])
        return f"{match[1].strip()}{whole}.{match[3]}" if match[3] else f"{match[1].strip()}{whole}"

    return by_text(column, rewritten)
