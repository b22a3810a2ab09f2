"""The history of a workspace and the state of its files, as tables of the page Data."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard.charts.view import Column
from dashboard.markup import Html, code_html
from loaders.model import EditionId, SourceFile
from loaders.store import Change, Summary, Verified
from loaders.text import count

HISTORY = (
    Column("when"), Column("who"), Column("what"), Column("edition"), Column("files"), Column("report"),
    Column("version before"), Column("version after"),
)  # fmt: skip

_DEEDS = {
    "add": "added", "use": "made current", "remove": "removed", "restore": "brought back", "empty": "emptied",
}  # fmt: skip


def history_lines(changes: Sequence[Change]) -> list[tuple[object, ...]]:
    """A line of `HISTORY` per change, the latest first."""
    return [_line(change) for change in reversed(changes)]


def _line(change: Change) -> tuple[object, ...]:
    edition = str(EditionId(change.dataset, change.edition)) if change.edition else ""
    return (
        change.when.replace("T", " ").removesuffix("+00:00") + " UTC",
        change.who,
        _DEEDS[change.what],
        edition,
        _files(change.files),
        _report(change.report),
        code_html(change.before[:8]),
        code_html(change.after[:8]),
    )


def _files(files: Sequence[SourceFile]) -> object:
    """The name, or how many there are; behind a fold the size and the whole SHA-256."""
    if not files:
        return ""
    name = files[0].name if len(files) == 1 else count(len(files), "file")
    return _folded(name, _each(files))


def _each(files: Sequence[SourceFile]) -> Html:
    lines = "".join(
        f"<li>{escape(file.name)}, {_bytes(file)}, {code_html(file.sha256)}</li>" for file in files
    )
    return Html(f"<ul>{lines}</ul>")


def _bytes(file: SourceFile) -> str:
    return "size not stated" if file.size is None else f"{file.size:,} bytes"


def _folded(summary: str, inside: str) -> Html:
    return Html(f"<details><summary>{escape(summary)}</summary>{inside}</details>")


def _report(report: Summary | None) -> object:
    """How many figures and problems; behind a fold the problems by rule."""
    if report is None:
        return ""
    counts = report.counts
    told = f"{count(counts.observations, 'figure')}, {count(counts.problems, 'problem')}"
    rules = [f"{number:,} × {rule}" for rule, number in report.problems.items()]
    rules += [count(report.findings, "finding") + " about the numbers"] if report.findings else []
    lines = "".join(f"<li>{escape(line)}</li>" for line in (report.format, *rules))
    return _folded(told, f"<ul>{lines}</ul>")


VERIFIED = (Column("edition"), Column("what is wrong"), Column("what to do"), Column("file"))

_REMEDIES = {
    "bundled": "Install the program again.",
    "installed": "Add the edition again from the publisher’s file, or remove it.",
    "removed": "It cannot be brought back; add it again from the publisher’s file.",
    "replaced": "It cannot be brought back; add it again from the publisher’s file.",
}


def verified_lines(found: Sequence[Verified]) -> list[tuple[object, ...]]:
    """A line of `VERIFIED` per damaged table."""
    return [
        (f"{EditionId(item.dataset, item.edition)} ({item.place})", item.problem, _REMEDIES[item.place],
         code_html(str(item.path)))
        for item in found
    ]  # fmt: skip
