"""What a publisher notes beside its figures, as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from dashboard.analysis.dependence import without_span
from dashboard.words.dependence import joined_names, the_place
from loaders.text import quoted

_LONGEST = 300
"""Characters of a note that is told beside a table; the row has longer ones."""

_SAYS_SOMETHING = re.compile(r"[A-Za-z]{3,}")
_SAME_AS_A_SYMBOL = frozenset({"not available", "not applicable", "withheld", "estimated"})


def as_sentence(text: str) -> str:
    """A note between quotation marks, as a sentence."""
    return quoted(text) if text.endswith((".", "?", "!", ".”")) else f"{quoted(text)}."


def pieces_of_notes(notes: Iterable[str]) -> Iterator[str]:
    """The sentences of notes one by one, as the publisher has them."""
    for text in notes:
        yield from filter(None, without_span(str(text)).split(" -- "))


def notes_beside(places: Iterable[str], notes: Iterable[str]) -> dict[str, list[str]]:
    """The places that each piece of the notes stands beside, in their order."""
    found: dict[str, dict[str, None]] = {}
    for code, text in zip(places, notes, strict=True):
        for piece in pieces_of_notes([text]):
            found.setdefault(piece, {})[str(code)] = None
    return {piece: list(codes) for piece, codes in found.items()}


def notes_for_numbers(rows: pd.DataFrame, said_by: str) -> list[str]:
    """What a publisher says of rows that have no number, and of no others: "leading producer" of China.

    `rows` are observations of one table.
    """
    blank = rows[["value", "lower", "upper"]].isna().all(axis=1)
    elsewhere = set(pieces_of_notes(rows.loc[~blank, "note"].unique()))
    beside = notes_beside(rows.loc[blank, "place"], rows.loc[blank, "note"])
    return [
        f"{said_by} notes on {joined_names(map(the_place, places))}, without a number: {as_sentence(piece)}"
        for piece, places in beside.items()
        if _is_told(piece) and piece not in elsewhere and len(places) < rows["place"].nunique()
    ]


def _is_told(piece: str) -> bool:
    plain = piece.strip(" .").casefold()
    return (
        len(piece) <= _LONGEST
        and plain not in _SAME_AS_A_SYMBOL
        and _SAYS_SOMETHING.search(piece) is not None
        and not plain.startswith("see appendix")
    )
