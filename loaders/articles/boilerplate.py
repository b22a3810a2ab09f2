"""What is not part of the article: "read next", comments, other stories, newsletters and cookies.

The lines that announce it are in `knowledge/article_boilerplate.csv`: a rule cuts its `line`, its line
and the `rest`, or a line that soon `holds` its words; or it names a word of headings over `links`, such as
"More local news", after which only short lines follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from loaders.articles.passages import Paragraph
from loaders.knowledge import rules

_LONGEST_LINE = 160
_ARTICLE_BEGAN = 120  # letters of one paragraph, or twice as many of short ones that end like sentences
_SOON = 60  # letters of a line
_HEADING = re.compile(r"(?:[^\W\d]++'?\s?){1,5}:?")


class Piece(NamedTuple):
    """A piece cut out of a text: where it stands, and why."""

    start: int
    end: int
    why: str


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """The pattern of what cuts the rest, or a line, or is held by a line."""
    words = "|".join(_of_line(row["words"]) for row in rules("article_boilerplate") if row["cuts"] == kind)
    if kind == "holds":
        return re.compile(rf"\b(?:{words})\b")
    return re.compile(rf"[\s#*_>\[\-•|]*(?:{words})[\s:*_\])!.|]*", re.IGNORECASE)


def _is_of_page(words: str) -> bool:
    """Whether a line is of the page: "Share", or one that soon speaks of cookies."""
    held = _pattern("holds").search(words.lower())
    soon = held is not None and held.start() <= _SOON
    return soon or _pattern("line").fullmatch(words) is not None


_SLOTS = {
    " …… ": r"\b.{0,140}\b",
    " ……": r"(?:\b.{0,140})?",
    "……": ".{0,140}",
    " … ": r"\b.{0,40}\b",
    " …": r"(?:\b.{0,40})?",
    "NUMBER": r"\d+",
    "(": "(?:",
}
_SLOT = re.compile("|".join(map(re.escape, _SLOTS)))


def _of_line(words: str) -> str:
    """The pattern of a row: "(a|b)" is a choice, "?" makes what is before it optional, NUMBER is digits.

    "…" stands for up to 40 letters of the line, "……" for more.
    """
    return _SLOT.sub(lambda match: _SLOTS[match[0]], words)


@cache
def _link_words() -> frozenset[str]:
    return frozenset(row["words"] for row in rules("article_boilerplate") if row["cuts"] == "links")


def _heads_links(folded: str, paragraph: Paragraph, later: Sequence[Paragraph]) -> bool:
    """Whether a line heads links: a few words, one of them "more" or the like, and short lines follow."""
    words = folded[paragraph.start : paragraph.end].strip().casefold()
    if _HEADING.fullmatch(words) is None or _link_words().isdisjoint(words.rstrip(":").split()):
        return False
    return bool(later) and all(line.end - line.start <= _LONGEST_LINE for line in later)


def cut_boilerplate(
    folded: str, listed: Sequence[Paragraph], restored: Sequence[tuple[int, int]] = ()
) -> tuple[list[Paragraph], list[Piece]]:
    """The paragraphs of the article, and the pieces cut out of its text; spans that are `restored` stay.

    A line such as "Read next" cuts the rest only after a paragraph of the article was seen; before, it
    cuts itself.
    """
    rest = _pattern("rest")
    kept: list[Paragraph] = []
    pieces: list[Piece] = []
    for place, paragraph in enumerate(listed):
        words = folded[paragraph.start : paragraph.end]
        kept_so = any(start <= paragraph.start < end for start, end in restored)
        short = len(words) <= _LONGEST_LINE and not kept_so
        if short and (rest.fullmatch(words) or _heads_links(folded, paragraph, listed[place + 1 :])):
            if _has_begun([folded[before.start : before.end] for before in kept]):
                pieces.append(Piece(paragraph.start, listed[-1].end, f"It follows {words.strip()!r}."))
                return kept, pieces
            pieces.append(Piece(paragraph.start, paragraph.end, "A heading of the page."))
        elif short and _is_of_page(words):
            pieces.append(Piece(paragraph.start, paragraph.end, "A line of the page, not of the article."))
        else:
            kept.append(listed[place])
    return kept, pieces


def _has_begun(kept: Sequence[str]) -> bool:
    """Whether these paragraphs are of an article, and not a menu above it."""
    sentences = (words for words in kept if words.rstrip().endswith((".", "!", "?", "”", '"')))
    return max(map(len, kept), default=0) >= _ARTICLE_BEGAN or sum(map(len, sentences)) >= 2 * _ARTICLE_BEGAN
