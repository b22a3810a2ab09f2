"""Who published an article, as its text prints it; the words are in `knowledge/article_publishers.csv`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from loaders.articles.dates import Anchor, dates
from loaders.articles.passages import DATELINE
from loaders.articles.patterns import lowered
from loaders.knowledge import rules
from loaders.model import NOT_STATED
from loaders.text import capital

_TOP = 10
_LONGEST = 110
_SHORT = 30
_COPYRIGHT = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\))\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s*)?(?P<name>[A-Z][^.|\n,]{2,60})?",
    re.IGNORECASE,
)
_REPORTS_FOR = re.compile(
    r"i(?<!\w.)s (?:an? )?(?:[\w-]+ ){0,3}(?:reporter|correspondent|editor|journalist|writer|columnist)"
    r" (?:for|at|of|with) (?P<name>(?:the )?[A-Z]\w*(?: [A-Z]\w*){0,4})"
)
_WIRE = re.compile(
    r"(?!(?:Add|Correct|Recast|Refil|Repeat|Rewrit|Updat|With)\w* )[A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,3}"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTS = re.compile(r"\s*(?:[·|•]|[.,](?=\s|$)|\s[-–—]\s)\s*")
_NAME = re.compile(
    r"(?!By )[A-ZА-ЯІЇЄҐ][\w'’&-]*"
    r"(?: (?:[A-ZА-ЯІЇЄҐ«][\w'’&»-]*|(?:of|for|and|the|de|del|la|y|&)|[а-яёіїєґ-]+)){0,7}"
)


@cache
def _words(kind: str) -> re.Pattern[str]:
    listed = "|".join(row["words"] for row in rules("article_publishers") if row["kind"] == kind)
    return re.compile(rf"^The |\b(?:{listed})\b" if kind == "word" else rf"(?:{listed})", re.IGNORECASE)


@cache
def _hosts() -> dict[str, str]:
    return {row["words"]: row["publisher"] for row in rules("article_publishers") if row["kind"] == "host"}


def copyright_of(line: str) -> re.Match[str] | None:
    """The note of copyright in a line, with the name that it gives."""
    return _COPYRIGHT.search(line) if "©" in line or "(c)" in line or "(C)" in line else None


def publisher_of(page: Sequence[str], address: str) -> str:
    """The publisher that the lines of a page name, else that of its web address, else "not stated"."""
    for line in page:
        match = copyright_of(line)
        if match and match["name"] and not re.match(r"all rights", match["name"], re.IGNORECASE):
            return match["name"].strip()
    for line in page:
        match = _REPORTS_FOR.search(line) if "is " in line.lower() else None
        if match:
            return capital(match["name"])
    if lines_of_letterhead(page):
        return page[0]
    named = (_named(line) for line in page[:_TOP] if len(line) <= _LONGEST)
    wires = (_wire(line) for line in page[:_TOP])
    return next(filter(None, (*named, *wires)), "") or _of_host(address)


def _named(line: str) -> str:
    """Who is named in the line of the date: "Institute of Mines, Lima · March 2025", "来源：矿业网"."""
    if not _YEAR.search(line):
        return ""
    source = re.search(rf"{_words('source').pattern}\s?[:：]\s?([^\s|·][^|·]*)", line)
    if source:
        return source[1].strip()
    low, dated = lowered(line), line
    for date in dates(low, 0, len(low), Anchor()):
        dated = dated[: date.start] + "|" * (date.end - date.start) + dated[date.end :]
    parts = [part for part in _PARTS.split(dated) if part] if dated != line else []
    return next((part for part in parts if _NAME.fullmatch(part) and _words("word").search(part)), "")


def _wire(line: str) -> str:
    """The news agency of a dateline: "LIMA, 3 March 2025 (Andes Wire) - "."""
    match = DATELINE.match(line)
    wire = (match["wire"] or match["agency"] or "") if match else ""
    return wire if _WIRE.fullmatch(wire) else ""


def _of_host(address: str) -> str:
    host = re.match(r"https?://(?:www\.)?([^/:]+)", address)
    return _hosts().get(host[1], host[1]) if host else NOT_STATED


def lines_of_letterhead(lines: Sequence[str]) -> int:
    """How many lines at the top are the letterhead of a release: who publishes it, its number, its day."""
    head, following = lines[:1], lines[1:4]
    if not head or not following or not _words("release").match(following[0].lower()):
        return 0
    if not (_NAME.fullmatch(head[0]) and _words("word").search(head[0])):
        return 0
    dated = following[1:2]
    return 2 + bool(dated and len(dated[0]) < _SHORT and _YEAR.search(dated[0]))
