"""Patterns of tables, matched against small letters: Python's `re` is several times faster that way."""

from __future__ import annotations

import re

_CAPITAL = re.compile(r"(\\.|\(\?P)|([A-ZА-ЯЁІЇЄҐÁÉÍÓÚÑ])")


def lowered(text: str) -> str:
    """The text in small letters, every character in its place."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def small_letters(words: str) -> re.Pattern[str]:
    """A pattern for small letters: capitals in it are lowered, escapes such as `\\S` kept."""
    return re.compile(_CAPITAL.sub(lambda match: match[1] or match[2].lower(), words))
