"""The shape of a seed file: which fields its blocks have, and what each field may hold.

The descriptions are shown to whoever wrote a field wrongly. How to write a seed file stands in
`loaders.documents`.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from loaders.model import (
    NOT_STATED,
    Identifier,
    Link,
    Mention,
    Place,
    Record,
    Sha256,
    Source,
    SourceFile,
    Text,
)
from loaders.text import capital
from loaders.vocabulary import Basis, Direction, Kind, Measure, Modality, ReserveClass, Scheme, Status

# What comes out -------------------------------------------------------------------------------------


class EventEntry(Record):
    """One document's entry on an event; entries with one id become one `Event`."""

    id: Identifier
    what: Text
    planned: bool
    mention: Mention


_ONE_SHAPE = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})


_LETTER = "[^\\W\u4e00-\u9fff]"


def is_quoted(phrase: str, text: str) -> bool:
    """Whether the words of a phrase stand in a text, in order, with gaps only where it marks them.

    Chinese is printed without spaces: its words may stand anywhere.
    """
    parts = [" ".join(part.split()) for part in phrase.translate(_ONE_SHAPE).split(_LEFT_OUT)]
    pattern = ".*".join(
        rf"(?<!{_LETTER})(?<!\d[.,]){re.escape(part)}(?!{_LETTER}|[.,]\d)" for part in parts if part
    )
    return bool(pattern) and re.search(pattern, " ".join(text.translate(_ONE_SHAPE).split())) is not None


LONGEST_QUOTE = 10
"""Words of a document that one field may quote."""

_LEFT_OUT = "…"
"""Stands in a quotation for words that are left out."""


def _stated_day(value: object) -> object:
    """A year, month or day in ISO form, or 'not stated'; raises ValueError for impossible dates."""
    text = value.isoformat() if isinstance(value, date) else value
    if not isinstance(text, str) or text == NOT_STATED:
        return text
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise ValueError("not a date")
    date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    return text


def _whole_day(value: object) -> object:
    """A day as TOML or as ISO text; raises ValueError for anything else."""
    if isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("not a date")


def _web_address(value: object) -> object:
    """A web address or 'not stated'; raises ValueError for anything else."""
    if isinstance(value, str) and value != NOT_STATED and not re.match(r"https?://\S+$", value):
        raise ValueError("not a web address")
    return value


Published = Annotated[Text, BeforeValidator(_stated_day)]
WholeDay = Annotated[date, BeforeValidator(_whole_day)]
Address = Annotated[Text, BeforeValidator(_web_address)]
_Paragraph = Annotated[int, Field(ge=1, strict=True)]

_ID = "An id is small letters and digits with hyphens between, such as 'chile-lithium-reserves'."
QUOTE = f"Quote at most {LONGEST_QUOTE} words of the document, as printed."
_PARAGRAPH = "The n-th line of the text that is not empty: a whole number, 1 for the first."
DAY = "A day that exists, such as 2025-03-31; leave it out where the document does not date the event."
_STATED_DAY = "A date such as 2025-03-31, 2025-03 or 2025, or 'not stated'."
_YEAR = "The year that the figure is of, such as 2024; leave it out where the document does not say."
_DIRECTION = "Of a change: 'up' or 'down'; leave it out where the document does not say."
_NOTE = "A text of your own between quotation marks."
_STATED = "As the document prints it, or 'not stated'."


class SeedSource(Record):
    """The `[source]` block: the citation of one document."""

    id: Identifier = Field(description=_ID)
    publisher: Text = Field(description=_STATED)
    title: Text = Field(description=_STATED)
    author: Text = Field(default=NOT_STATED, description=_STATED)
    published: Published = Field(default=NOT_STATED, description=_STATED_DAY)
    accessed: Published = Field(default=NOT_STATED, description=_STATED_DAY)
    address: Address = Field(default=NOT_STATED, description="It starts with http:// or https://.")
    licence: Text = Field(default=NOT_STATED, description=_STATED)
    file: Text = Field(description="The name of the text that was read.")
    sha256: Sha256 = Field(description="64 digits and letters a to f, as 'sha256sum' prints them.")
    continues: Identifier | None = Field(
        default=None, description="The id of the document that has this text already, where one has."
    )
    note: str = Field(default="", description=_NOTE)

    def source(self) -> Source:
        """The source record, with a citation made of what is stated."""
        return Source(
            kind="document",
            citation=self.citation(),
            files=(SourceFile(name=self.file, sha256=self.sha256),),
            **self.model_dump(exclude={"file", "sha256", "continues"}),
        )

    def citation(self) -> str:
        """Author, title, publisher, date and address; the file's hash where there is no address."""
        if self.address == NOT_STATED:
            where = f"Text file {self.file}, SHA-256 {self.sha256}"
        else:
            where = self.address
        author = [] if self.author == NOT_STATED else [self.author]
        named = ("title", self.title), ("publisher", self.publisher), ("date", self.published)
        stated = [f"{word} not stated" if text == NOT_STATED else text for word, text in named]
        parts = [*author, *stated, where]
        return ". ".join(capital(part) for part in parts[:-1]) + f". {where}"


class SeedClaim(Record):
    """A `[[claims]]` block: one figure as the document prints it."""

    id: Identifier = Field(description=_ID)
    kind: Kind
    mineral: Identifier = Field(description="The id of a mineral, such as 'rare-earths'.")
    name: Text = Field(description="What the document calls the mineral. " + QUOTE)
    place: Place = Field(description="A code of ISO 3166-1 alpha-3 such as 'CHL', or WLD for the world.")
    compared_place: Place | None = Field(default=None, description="A place code, as in 'place'.")
    measure: Measure
    basis: Basis
    reserve_class: ReserveClass = Field(alias="class")
    scheme: Scheme
    modality: Modality
    direction: Direction | None = Field(default=None, description=_DIRECTION)
    year: int | None = Field(default=None, ge=1800, le=2200, strict=True, description=_YEAR)
    printed: Text = Field(description=QUOTE)
    value: Text = Field(description="The words of 'printed' that make the number, between quotation marks.")
    in_figures: str = Field(
        default="",
        description="Only where those words cannot be read: the same number, such as 'at most 3,000 t'.",
    )
    ton: Literal["metric", "short", "long"] | None = Field(
        default=None, description="Which ton the document means: 'metric', 'short' or 'long'."
    )
    ton_reason: str = Field(default="", description="How the document says which ton it means.")
    currency: str | None = Field(
        default=None,
        pattern=r"^[A-Z]{3}(/[A-Za-z_0-9]+)?$",
        description="A code of ISO 4217 such as 'USD'; for a price with what it buys, such as 'USD/kg'.",
    )
    currency_reason: str = Field(default="", description="Where the document names the currency.")
    chain: tuple[Text, ...] = Field(
        min_length=1, description="A list of names, from who said it first to the document's publisher."
    )
    links: tuple[Link, ...] = Field(
        default=(), description="A list such as [{ relation = 'part_of', claim = 'another-claim' }]."
    )
    paragraph: _Paragraph = Field(description=_PARAGRAPH)
    outcome: str = Field(default="", description=_NOTE)
    note: str = Field(default="", description=_NOTE)

    @property
    def value_words(self) -> str:
        """The words that make the number, without the marks for words left out."""
        return " ".join(self.value.replace(_LEFT_OUT, " ").split())

    @property
    def status(self) -> Status:
        """Planned or forecast, or as stated by a document."""
        planned = self.modality in (Modality.PLAN, Modality.FORECAST)
        return Status.FORECAST if planned else Status.UNVALIDATED


class SeedEvent(Record):
    """An `[[events]]` block: what one document says about one event."""

    id: Identifier = Field(description=_ID)
    what: Text = Field(description="The event in your own words.")
    planned: bool = Field(default=False, strict=True, description="true or false, without quotation marks.")
    date: WholeDay | None = Field(default=None, description=DAY)
    until: WholeDay | None = Field(default=None, description=DAY)
    printed_date: Text = Field(default=NOT_STATED, description=QUOTE)
    decision: str = Field(default="", description=_NOTE)
    paragraph: _Paragraph = Field(description=_PARAGRAPH)
    phrase: Text = Field(description=QUOTE)


class Seed(Record):
    """A whole seed file."""

    source: SeedSource = Field(description="Every seed file has one block [source].")
    claims: tuple[SeedClaim, ...] = Field(default=(), description="Blocks that start with [[claims]].")
    events: tuple[SeedEvent, ...] = Field(default=(), description="Blocks that start with [[events]].")
