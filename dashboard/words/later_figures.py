"""What a later release of a publisher prints in place of a figure, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.analysis.states import amount_words
from loaders.names import place_name
from loaders.quality.later_figures import LaterFigure, numbers_of, unit_of
from loaders.text import day
from loaders.vocabulary import WORLD

SIGN = "†"
"""What stands at a figure of which a later release prints another one."""


def later_words(item: LaterFigure) -> str:
    """What the later release prints, word for word, and where: "11,000,000 metric tons in ..."."""
    return f"{item.later} {item.unit} in {item.release}, {day(item.published.isoformat())}. {item.citation}"


HERE, FIRST_PRINT = "here", "first release"
"""What is said of the figure that is printed in the edition: where it is shown, and where it is not."""


def figures_words(items: Sequence[LaterFigure], printed: str = HERE) -> str:
    """As "11 Mt for Brazil (here 21 Mt) and more than 75 Mt for the world (here more than 85 Mt)"."""
    *first, last = (
        f"{_amount(item, item.later)} for {_place(item)} ({printed} {_amount(item, item.printed)})"
        for item in items
    )
    return f"{', '.join(first)} and {last}" if first else last


def releases(items: Iterable[LaterFigure]) -> str:
    """The releases by name and date."""
    return "; ".join(dict.fromkeys(f"{item.release}, {day(item.published.isoformat())}" for item in items))


def _place(item: LaterFigure) -> str:
    return "the world" if item.place == WORLD else place_name(item.place)


def _amount(item: LaterFigure, text: str) -> str:
    printed = {"unit": unit_of(item), "status": "A", "note": "", "printed_value": text}
    return amount_words({**numbers_of(item, text), **printed})
