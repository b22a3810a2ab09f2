"""Letters: how wide a text is in the font of charts, and where its lines end."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape, unescape
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parents[1] / "static" / "inter"
"""The folder of the font files."""

FAMILY = "Inter, Arial, Helvetica, sans-serif"
"""Arial is narrower, so what fits in Inter fits there too."""

LINE_HEIGHT = 1.3
"""From one line to the next, in sizes of the letters."""

_PER_EM = 1000

_SPACES = re.compile(r"[ \t\r\n\v\f]+")
_UNIT = re.compile(r"(?<=\d) (?=(?:%|[kMG]?t|bn|e)(?:\W|$)|\$/)|(?<=[tg%]) (?=e(?:\W|$))")
"""The space between a number, its unit and the sign of an estimate, where no line ends."""


@cache
def _font(bold: bool, size: int = _PER_EM) -> ImageFont.FreeTypeFont:
    name = "Inter-Bold.ttf" if bold else "Inter-Regular.ttf"
    return ImageFont.truetype(str(FONTS / name), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=20_000)
def _per_size(text: str, bold: bool) -> float:
    return _font(bold).getlength(text) / _PER_EM


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Pixels that a line of text takes at this size; pairs of letters are not drawn together."""
    return _per_size(text, bold) * size


def widest(lines: list[str], size: float, bold: bool = False) -> float:
    """Pixels that the longest of some lines takes."""
    return max((text_width(line, size, bold) for line in lines), default=0.0)


@lru_cache(maxsize=5_000)
def fit(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """The lines of a text, none wider than `width` pixels; at least one, which may be empty.

    A line ends at a space; only a word that is wider than a whole line is broken within.
    """
    lines: list[str] = []
    line = ""
    for word in _words(text, width, size, bold):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _words(text: str, width: float, size: float, bold: bool) -> list[str]:
    kept = _UNIT.sub("\u00a0", text)
    return [part for word in _SPACES.split(kept) for part in _broken(word, width, size, bold) if part]


def _broken(word: str, width: float, size: float, bold: bool) -> list[str]:
    parts = []
    while text_width(word, size, bold) > width and len(word) > 1:
        many = max(1, int(len(word) * width / text_width(word, size, bold)))
        while many > 1 and text_width(word[:many], size, bold) > width:
            many -= 1
        parts.append(word[:many])
        word = word[many:]
    return [*parts, word]


@cache
def _has(letter: str) -> bool:
    font = _font(False, 24)
    unknown, found = (font.getmask(text) for text in ("\U0010fffe", letter))
    return found.size != unknown.size or bytes(found) != bytes(unknown)


def missing_letters(text: str) -> str:
    """The letters of a text that the font does not have, each once, in the order of the text."""
    return "".join(
        letter for letter in dict.fromkeys(text) if not letter.isascii() and not _has(letter)
    ).strip()


def marked_up(lines: list[str]) -> str:
    """Lines as the text of a drawing, where signs such as < would mean something."""
    return "<br>".join(escape(line, quote=False) for line in lines)


def read_marked_up(text: str) -> str:
    """The plain text of a piece that `marked_up` made."""
    return unescape(text)
