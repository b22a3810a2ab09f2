"""Events that an article about minerals mentions with a date; `knowledge/article_events.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Day
from functools import cache
from itertools import islice
from typing import NamedTuple

from loaders.articles.dates import DIGITS_ALONE, Anchor, Dated, dates, dates_in_words
from loaders.articles.needed_words import Sought
from loaders.articles.passages import PassageLines
from loaders.articles.patterns import by_letter, in_small_letters
from loaders.articles.records import DatedEvent
from loaders.articles.scene import Scene
from loaders.knowledge import rules
from loaders.model import NOT_STATED

LONGEST_PHRASE = 10
_AHEAD = ("plan", "forecast")
_AHEAD_WORDS = re.compile(
    r"\b(?:scheduled|would take place|to be signed|could be signed|expected to|next round|set to|due (?:to"
    r"|in|on)|is to)\b",
    re.IGNORECASE,
)
_NO_EVENT = Sought(r"\b(?:born|graduated|photo|reporter|copyright)\b", re.IGNORECASE)
_LEAD = re.compile(r"\s*(?:[,.:;–—-]|that|,)?\s*")


@cache
def _words(kind: str) -> Sought:
    """The words of events, or those of speech."""
    listed = (row["words"] for row in rules("article_events") if row["kind"] == kind)
    return Sought(in_small_letters(r"\b(?=\w)(?:" + by_letter("|".join(listed)) + ")"))


_CLOSES = re.compile(r",\"?\s[^,;:]{2,80}$")
_SPOKEN_ON = re.compile(r"(?:\]\(\S*\))?(?:\s(?!that\b)[\w'-]+){0,4}\s$")
_OPENS = 14


def _dates_speech(scene: Scene, dated: Dated) -> bool:
    """Whether a date is that of a statement which is an event: "The minister said on 3 March that ...".

    The day on which somebody gave a number is none ("5 tonnes were dug up, it said on Tuesday"), nor is a
    date elsewhere in what is said.
    """
    for spoken in _words("speech").finditer(scene.low, scene.start, scene.end):
        beside = _SPOKEN_ON.fullmatch(scene.low, spoken.end(), dated.start) is not None
        if beside or dated.start - scene.start < _OPENS:
            return _CLOSES.search(scene.folded, scene.start, spoken.start()) is None
    return False


def events(scenes: Iterable[Scene], text: str, lines: PassageLines, anchor: Anchor) -> Iterator[DatedEvent]:
    """The dated events of an article, in order; none where it names no mineral."""
    listed = list(scenes)
    if not any(scene.minerals for scene in listed):
        return
    for scene in listed:
        span = scene.low, scene.start, scene.end
        happens = scene.search_low(_words("event")) is not None
        if scene.search(_NO_EVENT) or not (happens or scene.search_low(_words("speech"))):
            continue
        if not (scene.may_hold(dates_in_words()) or DIGITS_ALONE.search(*span)):
            continue
        told = [word.start() for word in _words("event").finditer(*span)] if happens else []
        found, before = list(dates(*span, anchor, scene.words)), scene.start
        alone = len(found) == 1 and happens and not any(amount.unit for amount in scene.amounts)
        for dated in found:
            if alone or _dates_event(scene, dated, told) or _dates_speech(scene, dated):
                yield _event(scene, _Told(dated, before, told), text, lines, anchor)
            before = dated.end


def _dates_event(scene: Scene, dated: Dated, told: list[int]) -> bool:
    """Whether a date is that of an event told in its own clause, and not of a number before it.

    "The deal was signed in July", "In July they signed it": but not "Exports fell 41 % in July, as the ban
    began", nor "Exports slumped 41 % in July after the ban".
    """
    low, high = _clause(scene, dated)
    if any(low <= place < dated.start for place in told):
        return True
    counted = any(amount.unit and low <= amount.start < dated.start for amount in scene.amounts)
    when = _WHEN.match(scene.folded, dated.end, scene.end) is not None
    return (when or not counted) and any(dated.end <= place < high for place in told)


_WHEN = re.compile(r",?\swhen\b")
_BORDER = re.compile(r"[;:—]|,(?=\s)(?!\swhen\b)|\s[–-]\s")


def _clause(scene: Scene, dated: Dated) -> tuple[int, int]:
    """The stretch around a date up to commas; of a date that stands alone the one beside it too."""
    borders = [match.start() for match in _BORDER.finditer(scene.folded, scene.start, scene.end)]
    before = [scene.start, *(place for place in borders if place < dated.start)]
    after = [*(place for place in borders if place >= dated.end), scene.end]
    alone = dated.start - before[-1] < _OPENS and after[0] - dated.end < _OPENS
    if not alone:
        return before[-1], after[0]
    return (before[-2], after[0]) if len(before) > 1 else (before[0], after[min(1, len(after) - 1)])


class _Told(NamedTuple):
    """A date of an event: where the date before it ends, and where words of events stand."""

    dated: Dated
    before: int
    words: list[int]


def _event(scene: Scene, told: _Told, text: str, lines: PassageLines, anchor: Anchor) -> DatedEvent:
    start, end = _phrase(scene, told)
    dated = told.dated
    return DatedEvent(
        phrase=" ".join(text[start:end].split()),
        sentence_start=scene.start,
        start=start,
        end=end,
        paragraph=lines.number(dated.start),
        printed_date=text[dated.start : dated.end].strip() or NOT_STATED,
        date=dated.date,
        until=dated.until,
        about=dated.about,
        planned=_is_planned(scene, told, anchor.day),
        decision=dated.decision,
        said_by=scene.chain.names,
    )


def _is_planned(scene: Scene, told: _Told, day: Day | None) -> bool:
    """Whether an event was still to come: by the article's own day, else by the words around its date.

    Words behind a date speak of it only where it opens the sentence: "Talks began on 14 March and will go
    on on Tuesday".
    """
    dated = told.dated
    if day and dated.date and (dated.date > day or (dated.until or dated.date) <= day):
        return dated.date > day
    opens = dated.start - scene.start < _OPENS
    cues = (cue.start for cue in scene.cues("article_modality") if cue.code in _AHEAD)
    near = any(
        told.before <= cue < dated.start or (opens and cue > dated.end)
        for cue in cues
        if abs(cue - dated.start) < 60
    )
    return near or _AHEAD_WORDS.search(scene.before(dated.start, 60)) is not None


_LINK = re.compile(r"\]\(\S*\)\S*\s*")
"""What stands behind the words of a link in Markdown."""


def _phrase(scene: Scene, told: _Told) -> tuple[int, int]:
    """Up to ten words of the sentence, from its beginning or, where they reach no date, from nearer to it."""
    start, dated = scene.start, told.dated
    if dated.end > _tenth(scene, start):
        borders = [match.end() for match in _BORDER.finditer(scene.folded, start, dated.start)]
        near = [place for place in (*borders, told.before) if place < dated.start - _OPENS]
        nearest = max([start, *near])
        start = nearest if any(word >= nearest for word in told.words) else start
    for link in _LINK.finditer(scene.folded, start, min(dated.start, _tenth(scene, start))):
        start = link.end()
    if dated.start - start < 12:
        lead = _LEAD.match(scene.folded, dated.end, scene.end)
        start = lead.end() if lead else dated.end
    end = _tenth(scene, start)
    return (start, end) if end > start else (scene.start, scene.end)


_WORD = re.compile(r"\S+")


def _tenth(scene: Scene, start: int) -> int:
    """Where the tenth word behind a place ends, or the last of the sentence."""
    words = list(islice(_WORD.finditer(scene.folded, start, scene.end), LONGEST_PHRASE))
    return words[-1].end() if words else start
