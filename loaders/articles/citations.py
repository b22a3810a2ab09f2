"""What a text prints about itself: title, publisher, author, date, address, licence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date as Day
from itertools import pairwise
from typing import NamedTuple

from loaders.articles.dates import Anchor, dates
from loaders.articles.folding import custom_of
from loaders.articles.passages import Paragraph
from loaders.articles.patterns import lowered
from loaders.articles.publishers import copyright_of, lines_of_letterhead, publisher_of
from loaders.articles.records import Citation
from loaders.model import NOT_STATED

_LONGEST_TITLE = 160
_TOP = 10
_LONGEST_DATELINE = 110
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_OWN_ADDRESS = re.compile(
    r"(?:original url|url|source|link|address|permalink|canonical)\s*:?\s*$", re.IGNORECASE
)
_BY = re.compile(
    r"^(?:by|автор:?|por|von|autor:?|written by|reporting by)\s+(?P<name>[A-ZА-ЯІЇЄÁÉÍÓÚ][^"
    r"|,\n]{2,50}?)(?=\s*(?:[|,–—-]|$|\n|\bfor\b))",
    re.IGNORECASE,
)
_NAME_LINE = re.compile(r"[A-ZА-ЯІЇЄ][\w'’.-]+(?: [A-ZА-ЯІЇЄ][\w'’.-]+){1,3}")
_ROLE_LINE = re.compile(
    r"(?:senior |staff |chief |foreign )?(?:reporter|correspondent|editor|journalist|author|writer"
    r"|columnist|analyst)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(19(?<!\w19)\d\d|20(?<!\w20)\d\d)\b")
_FIRST_PAGES = 20_000
_LONGEST_DATE = 32
_NO_TITLE = re.compile(r"^(?:by|published|updated|tags|share|\d+ min|photo)\b", re.IGNORECASE)


class Printed(NamedTuple):
    """What a file states beside its text: a web page's own head, a document's properties."""

    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    address: str = ""


def citation_of(
    text: str, folded: str, listed: Sequence[Paragraph], whole: Sequence[Paragraph], printed: Printed
) -> Citation:
    """What the text prints about itself; `listed` are the article's paragraphs, `whole` those of the page."""
    lines = [text[paragraph.start : paragraph.end].strip() for paragraph in listed]
    page = [text[paragraph.start : paragraph.end].strip() for paragraph in whole]
    if page[:_TOP] != lines[:_TOP]:
        page = [*lines[:_TOP], *page]  # the menu of a web page stands before them
    address = printed.address or _address(page)
    publisher = printed.publisher or publisher_of(page, address)
    return Citation(
        title=printed.title or _title(lines),
        publisher=publisher,
        author=printed.author or _author(page, publisher),
        published=_published(printed.published, folded, listed),
        address=address,
        licence=_licence(page),
        language=custom_of(folded).language,
    )


def _title(lines: Sequence[str]) -> str:
    """The first line below a letterhead, if it is short, ends no sentence, and other lines follow."""
    for line in lines[lines_of_letterhead(lines) :][:3]:
        bare = line.strip("#*_ ")
        if not bare or _NO_TITLE.match(bare):
            continue
        titled = len(bare) <= _LONGEST_TITLE and not re.search(r"[.:;,。]$", bare) and len(lines) > 1
        return bare if titled else NOT_STATED
    return NOT_STATED


def _address(page: Sequence[str]) -> str:
    for place, line in enumerate(page):
        match = _ADDRESS.search(line)
        if match is None:
            continue
        alone = line.strip("<>() ") == match[0]
        if (
            alone
            or _OWN_ADDRESS.search(line[: match.start()])
            or (place and _OWN_ADDRESS.search(page[place - 1]))
        ):
            return match[0].rstrip(".,>")
    return NOT_STATED


def _author(page: Sequence[str], publisher: str) -> str:
    for line in page[:_TOP]:
        match = _BY.match(line.strip("*_# "))
        if match and not re.match(r"our\b|staff|the\b", match["name"], re.IGNORECASE):
            return match["name"].strip()
    for line, following in pairwise(page):
        if _NAME_LINE.fullmatch(line) and (_ROLE_LINE.fullmatch(following) or following == publisher):
            return line
    return NOT_STATED


def _published(stated: str, folded: str, listed: Sequence[Paragraph]) -> str:
    """The date of a file's head, or of a short line or a dateline near the top."""
    match = re.match(r"\d{4}-\d\d-\d\d", stated)
    if match:
        return match[0]
    low = lowered(folded)
    for paragraph in listed[:_TOP]:
        end = min(paragraph.end, paragraph.start + _LONGEST_DATELINE)
        short = paragraph.end - paragraph.start <= _LONGEST_DATELINE
        opens = end if short else min(end, paragraph.start + 60)
        for dated in dates(low, paragraph.start, opens, Anchor()):
            dateline = short or re.match(r"[^a-zа-я]{4,}|[^.]{0,40}\(", folded[paragraph.start : dated.start])
            if dated.date and not dated.until and dateline:
                return dated.date.isoformat()
    return NOT_STATED


def _licence(page: Sequence[str]) -> str:
    for line in page:
        match = copyright_of(line)
        if match and ("©" in line or "copyright" in line.casefold()) and len(line) < 200:
            return line
    return NOT_STATED


def carrier_of(citation: Citation, sha256: str) -> str:
    """Who carries what a text states: its publisher, or the document itself by its title or its hash."""
    if citation.publisher != NOT_STATED:
        return citation.publisher
    named = f"document {sha256[:8]}" if citation.title == NOT_STATED else f"“{citation.title}”"
    return f"{named}, publisher not stated"


def day_of(citation: Citation) -> Day | None:
    """The day of an article, where its text states it."""
    return None if citation.published == NOT_STATED else Day.fromisoformat(citation.published)


def year_of(folded: str, citation: Citation) -> int | None:
    """The year that an article without a date speaks of: that of its own full dates, or of its copyright."""
    low = lowered(folded[:_FIRST_PAGES])
    years: Counter[int] = Counter()
    for match in _YEAR.finditer(low):
        near = dates(low, max(0, match.start() - _LONGEST_DATE), min(len(low), match.end() + 6), Anchor())
        years.update(dated.date.year for dated in near if dated.date and dated.end >= match.end())
    if years:
        return years.most_common(1)[0][0]
    printed = _YEAR.findall(citation.licence)
    return int(printed[-1]) if printed else None
