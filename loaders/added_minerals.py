"""Minerals that are not in our tables: a workspace adds them with the editions that print them.

They are known to the whole process, as our tables are: `know` says which ones the workspace has, `meet` which
ones a file brings that is not installed. A mineral that was met has a name; one that is known can be chosen
and read, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast

from pydantic import Field

from loaders.model import Identifier, Record, Text


class AddedMineral(Record):
    """A mineral or a group of a steward's own: its id, its name, and the id of what it is part of, or ""."""

    id: Identifier
    name: Text = Field(max_length=80)
    part_of: str = ""


_known: tuple[AddedMineral, ...] = ()
_met: dict[str, AddedMineral] = {}
_caches: list[Any] = []


def know(minerals: Iterable[AddedMineral]) -> None:
    """These are the minerals that the workspace adds, in place of those that were known before."""
    global _known
    found = tuple(sorted({mineral.id: mineral for mineral in minerals}.values(), key=lambda item: item.id))
    if found != _known:
        _known = found
        _forget()
    meet(found)


def meet(minerals: Iterable[AddedMineral]) -> None:
    """These minerals have names, whether or not the workspace has them: those of an edition that waits."""
    new = {mineral.id: mineral for mineral in minerals if _met.get(mineral.id) != mineral}
    if new:
        _met.update(new)
        _forget()


def known_minerals() -> tuple[AddedMineral, ...]:
    """The minerals that the workspace adds, by id."""
    return _known


def met_mineral(mineral: str) -> AddedMineral | None:
    """The added mineral of that id, if this process has met it."""
    return _met.get(mineral)


def _forget() -> None:
    for function in _caches:
        function.cache_clear()


_P = ParamSpec("_P")
_T = TypeVar("_T")


def until_minerals_change(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """A function whose results are kept as long as no mineral is added or leaves; it may be a cached one."""
    cached = function if hasattr(function, "cache_clear") else lru_cache(maxsize=None)(function)
    _caches.append(cached)
    return cast("Callable[_P, _T]", cached)
