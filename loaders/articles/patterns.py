"""Patterns of tables, matched against small letters: Python's `re` is several times faster that way."""

from __future__ import annotations

import re

_CAPITAL = re.compile(r"(\\.|\(\?P)|([A-ZА-ЯЁІЇЄҐÁÉÍÓÚÑ])")


def lowered(text: str) -> str:
    """The text in small letters, every character in its place."""
    small_number = text.lower()
    if len(small_number) == len(text):
        return small_number
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def small_number(words: str) -> re.Pattern[str]:
    """A pattern for small letters: capitals in it are lowered, escapes such as `\\S` kept."""
    return re.compile(_CAPITAL.sub(lambda match: match[1] or match[2].lower(), words))
