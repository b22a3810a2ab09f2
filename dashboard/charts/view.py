"""A view: what a topic gives, and what a page, an export and the command show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dashboard.charts.cards import Card
from dashboard.charts.chart import Chart
from dashboard.words.claims import Tone

NOTE = "Note."
"""The title of what is to be known of the figures of a chart."""


@dataclass(frozen=True)
class Block:
    """A chart with the cards beside it and the reasons why figures in it are kept apart."""

    key: str
    chart: Chart
    cards: tuple[Card, ...]
    why: tuple[str, ...] = ()
    why_title: str = "Why two panels."


@dataclass(frozen=True)
class View:
    """What the page shows: a block or, where there is nothing to draw, the reason.

    `key` explains the marks that are there as (state or sign, meaning); `notes` are what a reader must
    know of them.
    """

    block: Block | None
    empty: str = ""
    key: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


class Column(NamedTuple):
    """The header of a column; numbers are aligned at the right."""

    label: str
    number: bool = False


class Tile(NamedTuple):
    """A figure, what it is of, and in a few words how it stands to the statistics."""

    figure: str
    about: str
    badge: str
    tone: Tone
