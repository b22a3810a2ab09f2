"""Passages changed at random, the same way for the same seed: numbers, units, names, order, scripts."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_NUMBERS = (
    "0",
    "1",
    "007",
    "1,234,567.89",
    "12 345",
    "3'450",
    "1.234.567",
    "99999999999999999999",
    "½",
    "٣",
    "-5",
    "1e9",
)
_NUMBERS += ("two and a half million", "a hundred and ten thousand", "twenty", "1243,000", "5,", ".5", "１２")
_UNITS = (
    "tonnes",
    "t",
    "%",
    "percentage points",
    "$",
    "€/t",
    "kg",
    "carats",
    "ounces",
    "млн т",
    "吨",
    "USD",
    "¥",
    "a pound",
    "",
)
_NAMES = (
    "Chile",
    "lithium",
    "the country",
    "It",
    "他们",
    "Росія",
    "rare earths",
    ("Ministry of Natural Resources"),
    "U.S.",
    "EU",
)
_SPACES = ("\u00a0", "\u2009", "\u202f", "\t", "\n", "\n\n", "\u200b", "\u00ad", "  ", "\u2028", "")
_SCRIPTS = (
    "القاهرة",
    "αβγ 12 %",
    "一二三",
    "שלום",
    "🙂",
    "İstanbul",
    "ﬁ",
    "\ud7ff",
    "a\u0301",
    "\x00",
    "(((",
    "]]>",
    "{{",
    "\\",
)
_QUOTES = ('"', "“", "”", "«", "»", "'", "’", "„", "(", ")", "—", "…", ";", ":", "?")


def _replaced(pattern: str, choices: tuple[str, ...]) -> Callable[[str, random.Random], str]:
    def change(text: str, chance: random.Random) -> str:
        found = list(re.finditer(pattern, text))
        if not found:
            return text
        match = chance.choice(found)
        return text[: match.start()] + chance.choice(choices) + text[match.end() :]

    return change


def _shuffled(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    start = chance.randrange(len(words))
    part = words[start : start + 8]
    chance.shuffle(part)
    return " ".join([*words[:start], *part, *words[start + 8 :]])


def _cut(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.randrange(30) :]


def _inserted(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(_SCRIPTS + _QUOTES + _SPACES) + text[place:]


_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    _replaced(r"\d[\d.,]*", _NUMBERS),
    _replaced(r"\b(?:tonnes?|per cent|million|billion|t|kg|%)", _UNITS),
    _replaced(r"\b[A-Z]\w+", _NAMES),
    _replaced(r" ", _SPACES),
    _replaced(r"[\"'“”’,.;]", _QUOTES),
    _shuffled,
    _cut,
    _inserted,
)


def mutated(text: str, seed: int) -> str:
    """The text with one to eight changes; the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 8)):
        text = chance.choice(_CHANGES)(text, chance)
    return text
