"""How much is tried: a sample of what there is much alike of, or all of it with MINERALS_LONG."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

LONG = float(os.environ.get("MINERALS_LONG") or 0)
"""A sample without it; the larger, the more; all of everything from 12 on."""


Case = TypeVar("Case")


def some(cases: Iterable[Case], one_in: int, start: int = 0) -> list[Case]:
    """One in so many cases, from the one at `start` on; all of them with MINERALS_LONG."""
    every = list(cases)
    return every if LONG else every[start::one_in]
