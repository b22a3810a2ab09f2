"""Critical-mineral lists in two levels: an entry as the list words it, and what of ours it covers."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from loaders.knowledge import rules


class Entry(NamedTuple):
    """An entry of a list; `counted_in` is the mineral whose figures count it where it has none of its own."""

    name: str
    covers: tuple[str, ...]
    counted_in: str


@cache
def list_entries(critical_list: str) -> tuple[Entry, ...]:
    """The entries of a list such as `us-2025`, in the list's order."""
    return tuple(
        Entry(line["entry"], tuple(line["covers"].split(";")), line["counted_in"])
        for line in rules("critical_entries")
        if line["list"] == critical_list
    )


@cache
def counted_in(mineral: str) -> str:
    """The mineral whose figures count another one that has none of its own; empty where that is not known.

    Rare earths count neodymium, and not scandium.
    """
    lines = (line for line in rules("critical_entries") if mineral in line["covers"].split(";"))
    return next((line["counted_in"] for line in lines if line["counted_in"]), "")
