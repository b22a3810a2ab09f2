"""Tables and lists of facts as HTML: read by screen readers, printable, stacked on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from loaders.model import NOT_STATED, SourceFile


class Html(str):
    """Text that is HTML already; all other text is escaped."""

    __slots__ = ()


class Column(NamedTuple):
    """The header of a column; numbers are aligned at the right."""

    label: str
    number: bool = False


def table_html(columns: Sequence[Column], rows: Iterable[Sequence[object]], caption: str = "") -> Html:
    """A table; each cell carries its column's label, which stands beside it where columns do not fit."""
    head = "".join(f"<th scope=col{_side(column)}>{escape(column.label)}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(_cell(column, value) for column, value in zip(columns, row, strict=True)) + "</tr>"
        for row in rows
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return Html(f'<table class="grid">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _cell(column: Column, value: object) -> str:
    return f'<td data-label="{escape(column.label, quote=True)}"{_side(column)}>{text_html(value)}</td>'


def _side(column: Column) -> str:
    return " class=number" if column.number else ""


def text_html(value: object) -> Html:
    """A value as HTML: whole numbers with separators, 'not stated' in grey."""
    if isinstance(value, Html):
        return value
    if isinstance(value, int):
        return Html(f"{value:,}")
    text = escape(str(value))
    return Html(f'<span class="unstated">{text}</span>' if value == NOT_STATED else text)


def facts_html(facts: Iterable[tuple[str, object]]) -> Html:
    """Labels and values, one line each."""
    lines = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{text_html(value)}</dd></div>" for label, value in facts
    )
    return Html(f'<dl class="facts">{lines}</dl>')


def link_html(address: str) -> Html:
    """A web address that can be followed; any other text as it is."""
    if not address.lower().startswith(("https://", "http://")):
        return text_html(address)
    safe = escape(address, quote=True)
    return Html(f'<a href="{safe}" target="_blank" rel="noreferrer">{escape(address)}</a>')


def code_html(text: str) -> Html:
    """A hash or a path, which may break anywhere."""
    return Html(f"<code>{escape(text)}</code>")


def citation_html(text: str) -> Html:
    """A citation, which one click selects as a whole."""
    return Html(f'<span class="citation">{escape(text)}</span>')


FILES_SHOWN = 1
"""More files than this stand behind a fold."""


def files_html(files: Sequence[SourceFile]) -> Html:
    """Names, sizes and hashes of the files that were read."""
    if not files:
        return text_html(NOT_STATED)
    columns = (Column("file"), Column("bytes", number=True), Column("SHA-256"))
    rows = [
        (file.name, NOT_STATED if file.size is None else file.size, code_html(file.sha256)) for file in files
    ]
    table = table_html(columns, rows)
    if len(files) > FILES_SHOWN:
        return Html(f"<details><summary>{len(files)} files, each with its SHA-256</summary>{table}</details>")
    return table
