"""What notes above and below a table say of its signs and letters: '– nil', '* estimated'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from loaders.columns import is_blank
from loaders.files.table import RawTable
from loaders.values import clean

_LONGEST = 2_000
"""Characters of a note that is looked at."""

_ENDS = re.compile(r"[;；\n]|(?<!\.)[.。](?=\s|$)|[,，](?=\s*\(?[^\s=]{1,3}\)?\s*=)")
"""What divides the signs of a legend: 'e = estimated, p = provisional; .. not available. -- Zero.'"""


def said_in_notes(tables: Iterable[RawTable], marks: Iterable[str]) -> dict[str, str]:
    """What the notes of tables say of marks, in their words; only the marks that one of them explains."""
    wanted = [mark for mark in dict.fromkeys(marks) if mark]
    if not wanted:
        return {}
    notes = [note for raw in tables for note in _notes(raw)]
    parts = [clean(part) for note in notes for part in _ENDS.split(note) if part.strip()]
    found = {mark: next(_of_mark(mark, parts), "") for mark in wanted}
    return {mark: words for mark, words in found.items() if words}


def _notes(raw: RawTable) -> list[str]:
    """The title lines, and the texts that stand alone in a row of the table."""
    filled = np.column_stack([~is_blank(raw.frame[name]) for name in raw.header])
    texts = [
        str(raw.frame.iloc[place, filled[place].argmax()])
        for place in np.flatnonzero(filled.sum(axis=1) == 1)[-_MOST:].tolist()
    ]
    return [text[:_LONGEST] for text in (*raw.above, *texts)]


_MOST = 40
"""Rows of one text that are looked at, from the last one up: a large table may have many blank cells."""


def _of_mark(mark: str, parts: Iterable[str]) -> Iterator[str]:
    """The words behind a mark with which a part of a note begins."""
    between = r"\s*[=:：]\s*|\s+(?:means\s+)?" if mark.isalnum() else r"\s*(?:[=:：]\s*)?(?:means\s+)?"
    wanted = re.compile(rf"[(\[]?{re.escape(mark)}[)\]]?(?:{between})([^\W\d].*)")
    for part in parts:
        found = wanted.fullmatch(part)
        if found:
            yield found[1].strip()
