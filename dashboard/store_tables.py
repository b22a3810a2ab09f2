"""The history of a workspace as a table of the page Data."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.html_tables import Column, code_html
from dashboard.source_tables import count
from loaders.model import SourceFile
from loaders.store import Change

HISTORY = (
    Column("when"), Column("who"), Column("what"), Column("edition"), Column("file"), Column("SHA-256"),
    Column("size", number=True), Column("report"), Column("from version"), Column("to version"),
)  # fmt: skip

_DEEDS = {
    "add": "added", "use": "made current", "remove": "removed", "restore": "brought back", "empty": "emptied",
}  # fmt: skip


def history_lines(changes: Sequence[Change]) -> list[tuple[object, ...]]:
    """A line of `HISTORY` per change, the latest first."""
    return [_line(change) for change in reversed(changes)]


def _line(change: Change) -> tuple[object, ...]:
    edition = f"{change.dataset}.{change.edition}" if change.edition else ""
    return (
        change.when.replace("T", " ").removesuffix("+00:00") + " UTC",
        change.who,
        _DEEDS[change.what],
        edition,
        *_file(change.files),
        _report(change),
        code_html(change.before[:8]),
        code_html(change.after[:8]),
    )


def _file(files: Sequence[SourceFile]) -> tuple[object, ...]:
    if len(files) != 1:
        return count(len(files), "file") if files else "", "", ""
    return files[0].name, code_html(files[0].sha256[:8]), "" if files[0].size is None else files[0].size


def _report(change: Change) -> str:
    if change.report is None:
        return ""
    counts = change.report.counts
    return f"{count(counts.observations, 'figure')}, {count(counts.problems, 'problem')}"
