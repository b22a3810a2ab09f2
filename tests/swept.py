"""How many choices were rendered and how many titles held, by page and dataset: told when the tests end."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from tests.sweep import rendered

SWEPT = "swept"
"""What the count of a case is recorded as."""


Counted = tuple[str, str, int, list[int]]
"""What one case rendered: workspace, topic, how many choices, and its titles, each by a short hash.

Plain, since it travels from where tests run side by side.
"""


def counted(case: tuple[str, str, int]) -> Counted:
    """The count of a case."""
    seen = rendered(case)
    return case[0], case[1], len(seen), sorted({zlib.crc32(one.title.encode()) for one in seen if one.title})


def summary(every: Iterable[Counted]) -> list[str]:
    """One line for each page and workspace, and one for all: choices rendered, distinct titles held."""
    choices: dict[tuple[str, str], int] = {}
    titles: dict[tuple[str, str], set[int]] = {}
    for workspace, topic, count, found in every:
        choices[workspace, topic] = choices.get((workspace, topic), 0) + count
        titles.setdefault((workspace, topic), set()).update(found)
    lines = [f"{w} {t}: {choices[w, t]:,} choices, {len(titles[w, t]):,} titles" for w, t in sorted(choices)]
    different = len(set().union(*titles.values()))
    return [*lines, f"all: {sum(choices.values()):,} choices, {different:,} different titles"]
