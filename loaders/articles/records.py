"""The records of a read article: candidates, events, what was passed over, what was cut."""

from __future__ import annotations

import json
from datetime import date as Day
from typing import Any, Literal

from pydantic import Field

from loaders.model import NOT_STATED, Number, Record
from loaders.vocabulary import Direction, Kind

Confidence = Literal["sure", "likely", "ask"]
RATIO_UNIT = "ratio"


class Because(Record):
    """Why a field of a candidate is as it is: the words that decided it, and how it follows from them."""

    field: str
    words: str
    how: str


class Candidate(Record):
    """A figure that a text states, as read: nothing is accepted until a person has looked at it.

    `printed` stands from `start` to `end` of the article's text, in the line `paragraph` (lines that are
    not empty count, from 1). `value`, `lower` and `upper` are in `unit`: `t`, `ct`, `m3` or `L`, `1` for
    shares and changes, `ratio` for how many times, `rank`, a currency, or a currency for a weight
    (`USD/kg`). `whose` is the firm or mine that a figure is of, where it is not of the whole place.
    `direction` is that of a change, whose number has no sign. A field without an answer is none or empty:
    the text does not state it. `said_by` runs from who said it first to who carried it, without the
    publisher. `look` says what to check.
    """

    number: int = Field(ge=1)
    printed: str
    start: int
    end: int
    paragraph: int
    sentence: int
    words: str
    kind: Kind
    value: Number | None = None
    lower: Number | None = None
    upper: Number | None = None
    unit: str
    approximate: bool = False
    per: str = ""
    mineral: str | None = None
    name: str = ""
    place: str | None = None
    compared_place: str | None = None
    measure: str | None = None
    basis: str = ""
    reserve_class: str = "not_applicable"
    stage: str = ""
    whose: str = ""
    year: int | None = None
    direction: Direction | None = None
    modality: str = "reported"
    conditional: bool = False
    negated: bool = False
    said_by: tuple[str, ...] = ()
    part_of: int | None = None
    confidence: Confidence = "sure"
    look: tuple[str, ...] = ()
    decision: str = ""
    ton: str = ""
    currency_inferred: bool = False
    because: tuple[Because, ...] = ()

    def why(self, field: str) -> str:
        """The words that decided a field and how, or "not stated"."""
        found = next((reason for reason in self.because if reason.field == field), None)
        return f"{found.words!r}: {found.how}" if found else NOT_STATED


class DatedEvent(Record):
    """An event that a text mentions: its words, and its date as the text gives it.

    `date` is none where the text does not date it, or where there is no day to count back from; `until` is
    set for a period or where the day is not known. `decision` says how the words became a date.
    """

    phrase: str
    sentence_start: int
    start: int
    end: int
    paragraph: int
    printed_date: str = NOT_STATED
    date: Day | None = None
    until: Day | None = None
    about: bool = False
    planned: bool = False
    decision: str = ""
    said_by: tuple[str, ...] = ()


class PassedOver(Record):
    """Digits or number words that are no figure about minerals, and why they were not taken."""

    printed: str
    start: int
    end: int
    paragraph: int
    reason: str


class CutPiece(Record):
    """A piece of the text that was not read as part of the article, and why."""

    text: str
    start: int
    end: int
    why: str


class Citation(Record):
    """What the text prints about itself; "not stated" where it prints nothing."""

    title: str = NOT_STATED
    publisher: str = NOT_STATED
    author: str = NOT_STATED
    published: str = NOT_STATED
    address: str = NOT_STATED
    licence: str = NOT_STATED
    language: str = "en"


class Article(Record):
    """An article as read: the text, its citation, and everything found in it.

    `sha256` is that of the bytes handed in, or of the text in UTF-8 where a text was pasted. Spans of
    all records count characters of `text`; `restored` are those of pieces that a person had read though
    they were cut.
    """

    name: str
    sha256: str
    text: str
    citation: Citation
    day: Day | None = None
    candidates: tuple[Candidate, ...] = ()
    events: tuple[DatedEvent, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    cut: tuple[CutPiece, ...] = ()
    restored: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Everything but the text, as plain values for JSON; what was cut stands there whole."""
        return self.model_dump(mode="json", exclude={"text"})

    def as_json(self) -> str:
        """`as_dict` as indented JSON text."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)
