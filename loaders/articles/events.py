"""Events that an article about minerals mentions with a date; `knowledge/article_events.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from loaders.articles.dates import DIGITS_ALONE, Anchor, Dated, dates, dates_in_words
from loaders.articles.needed import Sought
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
_SPOKEN_ON = re.compile(r"(?:\s(?!that\b)[\w'-]+){0,4}\s$")
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
        for dated in dates(*span, anchor, scene.words):
            if happens or _dates_speech(scene, dated):
                yield _event(scene, dated, text, lines, anchor)


def _event(scene: Scene, dated: Dated, text: str, lines: PassageLines, anchor: Anchor) -> DatedEvent:
    start, end = _phrase(scene, dated)
    moods = [cue for cue in scene.cues("article_modality") if cue.code in _AHEAD]
    later = dated.date is not None and anchor.day is not None and dated.date > anchor.day
    near = any(abs(cue.start - dated.start) < 60 for cue in moods)
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
        planned=later or near or _AHEAD_WORDS.search(scene.before(dated.start, 60)) is not None,
        decision=dated.decision,
        said_by=scene.chain.names,
    )


def _phrase(scene: Scene, dated: Dated) -> tuple[int, int]:
    """Up to ten words of the sentence: after a date that opens it, otherwise from its beginning."""
    start = scene.start
    if dated.start - scene.start < 12:
        lead = _LEAD.match(scene.folded, dated.end, scene.end)
        start = lead.end() if lead else dated.end
    words = list(re.finditer(r"\S+", scene.folded[start : scene.end]))[:LONGEST_PHRASE]
    if not words:
        return scene.start, scene.end
    return start + words[0].start(), start + words[-1].end()
