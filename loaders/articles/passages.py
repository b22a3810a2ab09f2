"""Paragraphs and sentences of a text, by their places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

_LINE = re.compile(r"[^\n]+")
_ENDED = re.compile(r"[.!?…:;。！？\"')\]]\s*$")
_GOES_ON = re.compile(r"\s*[a-zа-яёіїєґ(%]")
_GOES_ON_WITH_DIGIT = re.compile(r"\s*\d")
_ITEM = re.compile(r"\s*[-•*–]\s")
_LONG_LINE = 40
_LONGEST = 1_500
_STOP_AND_SPACE = (
    r"\s(?:(?<=[.!?…]\s)|(?<=[.!?…][\"')\]]\s)|(?<=[.!?…][\"')\]][\"')\]]\s))\s*"
    r"(?=[\"'(\[¿¡]*[^\sa-zа-яёіїєґ,;.)])"
)
_STOP = re.compile(_STOP_AND_SPACE)
_ANY_STOP = re.compile(_STOP_AND_SPACE + r"|(?<=[。！？])(?![」』”\"'])")
_CHINESE_STOP = re.compile("[。！？]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Sen|Rep|Gov|Col|Lt|Capt|No|Nos|vs|approx|ca|est|Inc|Ltd|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Fig|Vol|ext|tel|pp|cf|e\.g|i\.e|al"
    r"|тыс|тис|млн|млрд|трлн|руб|долл|дол|грн|г|р|ст|им|см|т|д|EE|UU|Sra|Sr|Dra|art|núm)"
    r"|(?<![A-Za-z])[A-ZА-Я](?:\.[A-ZА-Я])*|\bU\.S)\.$"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?"
DATELINE = re.compile(
    r"[A-Z][A-Za-z./' -]{2,40}(?:, [A-Z][A-Za-z. ]{2,20})?,? "
    rf"(?:{_DAY}(?: ?\((?P<wire>[^()\n]{{2,40}})\))?|\((?P<agency>[A-Z][^()\n]{{1,30}})\))"
    r"(?:\.|:| ?[-–—]) (?=[\"'A-Z])"
)
"""Where and when an article was written: "LONDON, 14 May 2025 (Wire) - "; none of what it states."""
_BYLINE = re.compile(
    rf"(?:By (?!\d)[^.\d\n]{{2,60}}|(?:Published|Updated|Posted)(?: on| at)?:? )(?:{_DAY})?"
    r"(?:,? \d{1,2}:\d\d(?: ?[A-Z]{2,4})?)?\s*"
)
_CLOCK = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)


class Paragraph(NamedTuple):
    """A paragraph: where it stands, and the number of its first line among those that are not empty."""

    start: int
    end: int
    line: int


class Sentence(NamedTuple):
    """A sentence: where it stands, and the index of its paragraph."""

    start: int
    end: int
    paragraph: int


def paragraphs(folded: str) -> list[Paragraph]:
    """The paragraphs of a folded text: its lines; lines broken inside a sentence, and items, are joined."""
    found: list[Paragraph] = []
    number = 0
    for match in _LINE.finditer(folded):
        if not match[0].strip():
            continue
        number += 1
        if found and _joined(folded, found[-1], match.start()):
            found[-1] = found[-1]._replace(end=match.end())
        else:
            found.append(Paragraph(match.start(), match.end(), number))
    return found


def _joined(folded: str, before: Paragraph, start: int) -> bool:
    """Whether a line goes on with the sentence of the line before it, with no empty line between."""
    if start != before.end + 1:
        return False
    if _ITEM.match(folded, start):
        line = folded[folded.rfind("\n", before.start, before.end) + 1 : before.end].rstrip()
        return line.endswith(":") or (_ITEM.match(line) is not None and line[-1] not in ".!?…")
    tail = folded[max(before.start, before.end - 3) : before.end]
    if _ENDED.search(tail):
        return False
    if _GOES_ON.match(folded, start):
        return True
    return before.end - before.start >= _LONG_LINE and bool(_GOES_ON_WITH_DIGIT.match(folded, start))


def sentences(folded: str, listed: list[Paragraph]) -> list[Sentence]:
    """The sentences of all paragraphs, in order."""
    return [
        Sentence(start, end, index)
        for index, paragraph in enumerate(listed)
        for start, end in _cut(folded, paragraph)
    ]


def opening_of(folded: str, paragraph: Paragraph) -> int:
    """Where a paragraph's sentences begin: behind a dateline; a line that names the author has none."""
    if _BYLINE.fullmatch(folded, paragraph.start, paragraph.end):
        return paragraph.end
    dateline = DATELINE.match(folded, paragraph.start, paragraph.end)
    return dateline.end() if dateline else paragraph.start


def _cut(folded: str, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    start = opening_of(folded, paragraph)
    stop = _ANY_STOP if _CHINESE_STOP.search(folded, start, paragraph.end) else _STOP
    for match in stop.finditer(folded, start, paragraph.end):
        if match.end() < paragraph.end and not _within(folded, start, match):
            yield from _pieces(folded, start, match.start())
            start = match.end()
    if folded[start : paragraph.end].strip():
        yield from _pieces(folded, start, paragraph.end)


def _pieces(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or pieces of one that is too long to be a sentence, cut at spaces."""
    while end - start > _LONGEST:
        space = folded.rfind(" ", start + 1, start + _LONGEST)
        stop = space if space > start else start + _LONGEST
        yield start, stop
        start = stop
    yield start, end


_COUNTRY_CODE = re.compile(r"\b(?:США|ЮАР|ПАР|КНР|ЕС|ЄС|РФ|USA|DRC|UAE)\.$")


def _within(folded: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a full stop ends an abbreviation and not the sentence."""
    before = folded[max(start, stop.start() - 12) : stop.start()]
    follows = folded[stop.end() : stop.end() + 1]
    if _CLOCK.search(before):
        return folded[stop.end() : stop.end() + 2].isupper()
    if not _ABBREVIATION.search(before) or _COUNTRY_CODE.search(before):
        return False
    return not (before.endswith(("т.", "г.", "р.", "руб.", "грн.")) and follows.isupper())


class PassageLines:
    """The number of the line, among those that are not empty, at a place of a text."""

    def __init__(self, text: str) -> None:
        self._starts = [match.start() for match in _LINE.finditer(text) if match[0].strip()]

    def number(self, place: int) -> int:
        """The number of the line at `place`, 1 for the first."""
        return max(1, bisect_right(self._starts, place))
