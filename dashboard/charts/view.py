"""A view: what a topic gives, and what a page, an export and the command show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.analysis.states import state_label
from dashboard.charts.cards import Card
from dashboard.charts.chart import Chart
from dashboard.words.claims import Badge
from loaders.model import Document, Source, SourceFile
from loaders.store import Installed


class Tile(NamedTuple):
    """A figure, what it is of, and in a few words how it stands to the statistics."""

    figure: str
    about: str
    badge: str
    tone: Badge


class Note(NamedTuple):
    """Sentences that a reader must know, under a title such as "Why two panels"."""

    title: str
    sentences: tuple[str, ...]


class Mark(NamedTuple):
    """What a mark of the chart means; `sign` is the code of a `MarkState` or what is drawn.

    `named` is one whose sign stands in the key in words, and is not drawn there. `on_page` is a sentence
    more about what only a page has.
    """

    sign: str
    meaning: str
    named: bool = False
    on_page: str = ""

    @property
    def words(self) -> str:
        """The sign as a reader sees it: of a state its label."""
        return state_label(self.sign)


class WebAddress(str):
    """A cell that can be followed, if it is an address of the web."""

    __slots__ = ()


class Code(str):
    """A cell with a hash, a code or a path, which may break anywhere."""

    __slots__ = ()


class CitationText(str):
    """A cell with a citation, which one click selects as a whole."""

    __slots__ = ()


class FileList(tuple[SourceFile, ...]):
    """A cell with the files that were read: names, sizes and hashes."""

    __slots__ = ()


class Column(NamedTuple):
    """The header of a column; numbers are aligned at the right, `names` lead to their pages."""

    label: str
    number: bool = False
    names: bool = False


class Table(NamedTuple):
    """A table beside the chart; with a `fold`, behind a line of text that opens it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    fold: str = ""


class Records(NamedTuple):
    """What a view rests on: the editions and the documents that are cited in it."""

    editions: tuple[Installed, ...] = ()
    documents: tuple[Document, ...] = ()


NO_RECORDS = Records()
"""What a view rests on that cites nothing."""

NOTE = "Note."
"""The title of what is to be known of the figures of a chart."""


@dataclass(frozen=True, eq=False)
class View:
    """What there is to see of one choice; without a chart, `empty` says why there is nothing to draw.

    `cards` stand beside the chart, `why` and then `marks` and `notes` below it; `tiles` come first. `facts`
    are labelled sentences, `tables` what is to be read besides the table of the chart itself. `command` is
    the command that shows the same again, without the file that it writes; `sources` are what it rests on,
    `records` their records. `topic` and `asked` are what was asked of which topic, by which a view can be
    kept and made again.
    """

    key: str
    chart: Chart | None = None
    empty: str = ""
    cards: tuple[Card, ...] = ()
    why: Note | None = None
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    command: str = ""
    sources: tuple[Source, ...] = ()
    records: Records = NO_RECORDS
    topic: str = ""
    asked: tuple[tuple[str, str], ...] = ()


class InShort(NamedTuple):
    """What a view finds, without the view: its title, or why nothing is drawn."""

    words: str
    drawn: bool


def note(title: str, sentences: Iterable[str]) -> Note | None:
    """A note, or None where there is nothing to say."""
    told = tuple(sentences)
    return Note(title, told) if told else None
