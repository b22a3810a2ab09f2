"""The records: Source, Claim, Event, Document, Dataset, Edition, LoadReport, and the observation table.

Claims are few and hand-checked: one frozen pydantic record each. Observations are many: a table
whose columns are `OBSERVATION_COLUMNS`, with the field names of a claim where the meaning is the same.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, NamedTuple

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from loaders.errors import UnknownName
from loaders.vocabulary import (
    Basis,
    Direction,
    Kind,
    Measure,
    Modality,
    Relation,
    ReserveClass,
    Scheme,
    Status,
)

NOT_STATED = "not stated"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
DatasetName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$", max_length=80)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Place = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}(?:\+[A-Z]{3})*$")]
Number = Annotated[float, Field(allow_inf_nan=False)]
Day = date  # a field called `date` hides the type of that name


class EditionId(NamedTuple):
    """The names of a dataset and of one release of it; as text `usgs-mcs.2025`.

    The name of a dataset has no dot, that of an edition may have some.
    """

    dataset: str
    edition: str

    def __str__(self) -> str:
        return f"{self.dataset}.{self.edition}"

    @classmethod
    def parse(cls, text: str) -> EditionId:
        """The names in `usgs-mcs.2025`. Raises UnknownName where one of the two is missing."""
        dataset, _, edition = text.partition(".")
        if not dataset or not edition:
            raise UnknownName(
                f"'{text}' names no edition of a dataset.", remedy="Expected a name such as usgs-mcs.2025."
            )
        return cls(dataset, edition)


class Record(BaseModel):
    """A frozen record that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceFile(Record):
    """A file that was read: its name, the SHA-256 of its bytes, its size in bytes."""

    name: Text
    sha256: Sha256
    size: int | None = Field(default=None, ge=0)


class Source(Record):
    """The document or the dataset edition that figures came from; text fields may be 'not stated'."""

    id: Identifier
    kind: Literal["document", "dataset edition"]
    publisher: Text
    title: Text
    author: Text = NOT_STATED
    edition: Text = NOT_STATED
    published: Text = NOT_STATED
    accessed: Text = NOT_STATED
    address: Text = NOT_STATED
    licence: Text = NOT_STATED
    citation: Text
    files: tuple[SourceFile, ...]
    note: str = ""


class Link(Record):
    """A relation from one claim to another, by the other's id."""

    relation: Relation
    claim: Identifier


class Claim(Record):
    """A figure stated in a document: what was printed, what it means, and who said it.

    `value`, `lower` and `upper` are in `unit`: tonnes (`t`) for mass, a fraction (`1`) for shares and
    ratios, `rank` for ranks, an ISO 4217 code for money. `chain` runs from who said it first to the
    document. A claim without a number ("far more") has no value and at most a bound. `direction` is
    that of a change. `year` is the one that the document says the figure is of; where it says none, a
    record is written without it.
    """

    id: Identifier
    source: Identifier
    kind: Kind
    mineral: Identifier | None
    place: Place
    compared_place: Place | None = None
    measure: Measure
    basis: Basis
    reserve_class: ReserveClass
    scheme: Scheme
    modality: Modality
    direction: Direction | None = Field(default=None, exclude_if=lambda direction: direction is None)
    year: int | None = Field(default=None, exclude_if=lambda year: year is None)
    status: Status
    printed: Text
    printed_value: str
    printed_unit: str
    printed_name: str
    value: Number | None
    lower: Number | None = None
    upper: Number | None = None
    unit: Text
    unit_decision: str = ""
    chain: tuple[Text, ...] = Field(min_length=1)
    links: tuple[Link, ...] = ()
    paragraph: int = Field(ge=1)
    outcome: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Claim:
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"lower bound {self.lower} is above upper bound {self.upper}")
        return self

    @property
    def part_of(self) -> str | None:
        """The id of the claim that this one is counted within, if any."""
        return next((link.claim for link in self.links if link.relation is Relation.PART_OF), None)

    @property
    def origin(self) -> str:
        """Who said it first."""
        return self.chain[0]


class Mention(Record):
    """What one document says about an event: its date as that document gives it, and where.

    `date` is none when the document does not date the event; `decision` says how words such as
    "last month" became a date, or why they did not.
    """

    source: Identifier
    date: Day | None = None
    until: Day | None = None
    printed_date: Text = NOT_STATED
    decision: str = ""
    paragraph: int = Field(ge=1)
    phrase: Text

    @model_validator(mode="after")
    def _dates_in_order(self) -> Mention:
        if self.until is not None and (self.date is None or self.until < self.date):
            raise ValueError("'until' needs a 'date' that is not after it")
        return self


class Event(Record):
    """Something that happened or is planned, with every document that mentions it.

    At least one mention is dated.
    """

    id: Identifier
    what: Text
    planned: bool = False
    mentions: tuple[Mention, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _dated(self) -> Event:
        if not self._spans:
            raise ValueError("no document dates this event")
        return self

    @property
    def _spans(self) -> list[tuple[date, date]]:
        return [(m.date, m.until or m.date) for m in self.mentions if m.date is not None]

    @property
    def disputed(self) -> bool:
        """Whether the documents give dates that cannot be the same day or period."""
        return max(start for start, _ in self._spans) > min(end for _, end in self._spans)

    @property
    def span(self) -> tuple[date, date]:
        """The narrowest mention if the documents agree, otherwise from the first to the last date."""
        if self.disputed:
            return min(start for start, _ in self._spans), max(end for _, end in self._spans)
        return max(start for start, _ in self._spans), min(end for _, end in self._spans)


class Document(Record):
    """One article or speech: its citation and the claims read from it."""

    source: Source
    claims: tuple[Claim, ...] = ()


class Edition(Record):
    """One release of a dataset, with the files it was made from.

    `version` is the SHA-256 of our tidy table, empty until the edition is written. `mapping` is the TOML of
    the `loaders.mapping.Mapping` that the files were read with, if their columns were not ours. `answers` is
    the TOML of the `loaders.answers.Answers` to names that nobody knows, if there were any.
    """

    dataset: DatasetName
    edition: Identifier
    published: Text = NOT_STATED
    accessed: Text = NOT_STATED
    address: Text = NOT_STATED
    citation: Text
    files: tuple[SourceFile, ...] = ()
    version: str = ""
    note: str = ""
    mapping: str = ""
    answers: str = ""

    @property
    def id(self) -> str:
        """A stable name such as `usgs-mcs.2025`."""
        return str(EditionId(self.dataset, self.edition))


class Dataset(Record):
    """A series by one body, and its editions.

    `country` is the code of the one country whose own account it is, such as prices and reliance on imports;
    empty where countries are compared.
    """

    id: DatasetName
    title: Text
    short_title: Text
    publisher: Text
    abbreviation: str = ""
    licence: Text
    address: Text = NOT_STATED
    scheme: Scheme = Scheme.UNDEFINED
    note: str = ""
    country: str = ""
    editions: tuple[Edition, ...] = ()

    @property
    def said_by(self) -> str:
        """How the publisher is called in a sentence; where nobody stated it, what the dataset is called."""
        return self.abbreviation or (self.short_title if self.publisher == NOT_STATED else self.publisher)

    def source(self, edition: Edition) -> Source:
        """The source record of one edition of this dataset."""
        return Source(
            id=edition.id,
            kind="dataset edition",
            publisher=self.publisher,
            title=self.title,
            edition=edition.edition,
            published=edition.published,
            accessed=edition.accessed,
            address=edition.address,
            licence=self.licence,
            citation=edition.citation,
            files=edition.files,
            note=edition.note or self.note,
        )


OBSERVATION_COLUMNS: dict[str, str] = {
    "dataset": "string",
    "edition": "string",
    "mineral": "string",
    "detail": "string",
    "place": "string",
    "measure": "string",
    "year": "int64",
    "value": "float64",
    "lower": "float64",
    "upper": "float64",
    "unit": "string",
    "basis": "string",
    "class": "string",
    "scheme": "string",
    "status": "string",
    "printed_value": "string",
    "printed_unit": "string",
    "printed_name": "string",
    "printed_measure": "string",
    "note": "string",
    "file": "string",
    "row": "int64",
    "column": "string",
    "correction": "string",
    "partner": "string",
}
"""Columns of the observation table and their pandas dtypes.

One line is one published figure. `value` is NaN where there is no number; `lower` and `upper` are the
bounds of "more than", "less than" and ranges, NaN elsewhere; all three are in `unit`, a canonical unit
of `loaders.units`. `basis`, `class`, `scheme`, `status` and `measure` are codes of
`loaders.vocabulary`; `place` is ISO 3166-1 alpha-3, `WLD`, `OTH`, or several codes joined with `+`.
`detail` holds the publisher's words that narrow what the row counts ("crude ore"). The `printed_`
columns and `note` are as in the file; `file`, `row` (1 is the header line) and `column` say where.
`correction` is the id of the declared correction that changed `value`, `lower`, `upper`, `status` or
`year`; it is empty where they are as printed. `partner` is the place at the other end, such as where
imports came from; it is empty in most tables, and a table in which it is empty throughout is written
without it.
"""


def written_columns(observations: pd.DataFrame) -> list[str]:
    """The columns of a table as it is written: without `partner` where no row has one."""
    used = (observations["partner"] != "").any()
    return [name for name in OBSERVATION_COLUMNS if used or name != "partner"]
