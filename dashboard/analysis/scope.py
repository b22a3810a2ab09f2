"""Which minerals a word covers: the groups that hold a mineral, their members, and how two words relate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from loaders.added_minerals import until_minerals_change
from loaders.names import critical_lists, mineral_name, minerals
from loaders.text import in_sentence

_CRITICAL = "critical-minerals"
"""A word for the minerals on an official list; it has no members of its own."""


@until_minerals_change
def groups(mineral: str) -> tuple[str, ...]:
    """The groups that a mineral belongs to, the nearest first."""
    nearest = minerals()["group"]
    found: list[str] = []
    group = nearest.get(mineral, "")
    while group and group not in found:
        found.append(str(group))
        group = nearest.get(group, "")
    return tuple(found)


@until_minerals_change
def members(group: str) -> tuple[str, ...]:
    """The minerals whose nearest group this is, in the table's order."""
    table = minerals()
    return tuple(str(mineral) for mineral in table.index[table["group"] == group])


@until_minerals_change
def listed(critical_list: str) -> tuple[str, ...]:
    """The minerals on a critical-mineral list such as `us-2025`, in the table's order."""
    on_list = minerals()["lists"].str.split(";").map(lambda names: critical_list in names)
    return tuple(str(mineral) for mineral in on_list.index[on_list])


@cache
def lists() -> tuple[str, ...]:
    """The ids of the critical lists."""
    return tuple(map(str, critical_lists().index))


def newest_list(names: Sequence[str]) -> str:
    """The list of the latest year among some, by their ids; of several of that year the first."""
    return max(names, key=lambda name: str(critical_lists().at[name, "year"]))


@cache
def list_name(critical_list: str) -> str:
    """A list in two words: "US 2022"."""
    line = critical_lists().loc[critical_list]
    return f"{line['owner']} {line['year']}"


@until_minerals_change
def lists_naming(mineral: str) -> tuple[str, ...]:
    """The ids of the critical lists that name a mineral; none for one that nobody knows."""
    known = minerals()["lists"]
    return tuple(filter(None, str(known.get(mineral, "")).split(";")))


def scope_reason(one: str | None, other: str | None) -> str:
    """Why figures of two minerals are not of the same thing, in a sentence; empty where they are."""
    if one == other:
        return ""
    if one is None or other is None:
        return "One of the two is not about a mineral."
    first, second = mineral_name(one), in_sentence(mineral_name(other))
    if _CRITICAL in (one, other):
        return _list_reason(other if one == _CRITICAL else one)
    verb = "are" if first.endswith("s") else "is"
    if one in groups(other):
        return f"{first} {verb} a wider group than {second}."
    if other in groups(one):
        return f"{first} {verb} only a part of {second}."
    shared = [group for group in groups(one) if group in groups(other)]
    within = f", both of the group {in_sentence(mineral_name(shared[0]))}" if shared else ""
    return f"{first} and {second} are different minerals{within}."


def _list_reason(mineral: str) -> str:
    name = mineral_name(mineral)
    on = [str(title) for code, title in critical_lists()["title"].items() if mineral in listed(str(code))]
    where = (
        f"is on {len(on)} of the {len(critical_lists())} lists kept here"
        if on
        else "is on none of the lists kept here"
    )
    return f"Which minerals are critical differs from list to list; {in_sentence(name)} {where}."
