"""Which sign the words of a table have before decimals, as far as its language tells.

Spanish is none of them: Mexico and Peru have a point, Spain and Chile a comma.
"""

from __future__ import annotations

import re
from functools import cache

from loaders.files.table import RawTable
from loaders.knowledge import rules
from loaders.text import accents_or_none


def usual_decimal(raw: RawTable) -> str:
    """The sign before decimals where a table is from, or "" where that is not known.

    Words of two kinds of languages leave it open. So do English ones in a file whose cells semicolons
    separate: programs write such a file where the comma is the decimal sign.
    """
    words = " ".join((*raw.above, raw.sheet, *raw.header))
    signs = {sign for sign, pattern in _words() if pattern.search(words)}
    signs |= {","} if raw.delimiter == ";" else set()
    return signs.pop() if len(signs) == 1 else ""


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (rule["sign"], re.compile(rf"(?<!\w)(?:{accents_or_none(rule['words'])})(?!\w)", re.I))
        for rule in rules("decimal_signs")
    )
