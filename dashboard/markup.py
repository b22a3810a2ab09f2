"""HTML of tables and source cards; every text is escaped here."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from html import escape
from itertools import islice

from dashboard.charts.cards import Card
from dashboard.charts.strip import EvidenceLine
from dashboard.charts.view import CitationText, Code, Column, FileList, WebAddress
from loaders.model import NOT_STATED, SourceFile
from loaders.text import count

NameHtml = Callable[[str], str]
"""From a text to its HTML, in which names may lead somewhere."""

HEADINGS = {"statement": "Stated in a document", "statistic": "Published statistic"}


class Html(str):
    """Text that is HTML already; all other text is escaped."""

    __slots__ = ()


def plain_names(text: str) -> Html:
    """A text with names in it, none of which leads anywhere."""
    return Html(escape(text))


def strip_html(
    lines: Sequence[EvidenceLine], above: Collection[str] = (), named: NameHtml = plain_names
) -> str:
    """The strip of evidence as HTML; every text is escaped. `named` links the names in facts.

    The line of the chosen mark is open, else the first one. A card that stands `above` is not printed twice.
    """
    opened = next((line for line in lines if line.chosen), next(iter(lines), None))
    told = "".join(
        _line(line, opened=line is opened, again=line.cards[0].id in above, named=named) for line in lines
    )
    return f'<div class="cards">{told}</div>' if told else ""


def _line(line: EvidenceLine, *, opened: bool, again: bool, named: NameHtml) -> str:
    """A source as a line that opens its first card, its other cards and the list of its other marks."""
    card, *others = line.cards
    looks = " ".join(("card", card.kind, *["selected"] * line.chosen, *["again"] * again))
    marks = f'<span class="count">{count(len(line.marks), "mark")}</span>' if len(line.marks) > 1 else ""
    return (
        f'<details class="{looks}" data-card="{_attribute(card.id)}"{" open" if opened else ""}><summary>'
        f'<span class="kind">{HEADINGS[card.kind]}{" · selected mark" if line.chosen else ""}</span> '
        f'<b>{escape(card.heading)}</b> <span class="brief">{escape(line.words(card))}</span> {marks}'
        f'</summary><div class="told">{_facts(card.facts, named)}'
        f"<details><summary>More, and the citation</summary>{_facts(card.more, named)}{_cited(card)}"
        f"</details>{''.join(_other(other, line, named) for other in others)}{_marks(line)}</div></details>"
    )


def _cited(card: Card) -> str:
    address = _attribute(card.address)
    link = f'<a href="{address}" target="_blank" rel="noreferrer">Open source page</a>'
    return f'<p class="citation">{escape(card.citation)}</p>{"" if card.address == NOT_STATED else link}'


def _other(card: Card, line: EvidenceLine, named: NameHtml) -> str:
    """A further card of a source, whose citation is that of the first."""
    title = line.words(card) or "The edition as a whole"
    return (
        f"<details><summary>{escape(title)}</summary>{_facts((*card.facts, *card.more), named)}"
        f"{'' if card.citation == line.cards[0].citation else _cited(card)}</details>"
    )


MARKS_LISTED = 120
"""More marks of a source than these are in the list above the strip alone."""


def _marks(line: EvidenceLine) -> str:
    """The marks of a source without a card yet, as buttons that choose them (see `history.js`)."""
    marks = line.without_card
    items = "".join(
        f'<li><button type="button" data-mark="{_attribute(name)}">{escape(words)}</button></li>'
        for name, words in islice(marks.items(), MARKS_LISTED)
    )
    left = len(marks) - MARKS_LISTED
    more = f"<li>{left:,} more are in the list above.</li>" if left > 0 else ""
    more_of = "more mark" if len(marks) < len(line.marks) else "mark"
    title = f"{count(len(marks), more_of)} of this source"
    return f"<details><summary>{title}</summary><ul class=marks>{items}{more}</ul></details>" if marks else ""


def _attribute(text: str) -> str:
    return escape(text, quote=True)


LONG = 26
"""Longer texts stand below their label, over the width of the card."""


def _facts(facts: Sequence[tuple[str, str]], named: NameHtml) -> str:
    return f"<dl>{''.join(_fact(label, value, named) for label, value in facts)}</dl>"


def _fact(label: str, value: str, named: NameHtml) -> str:
    shape = " class=long" if len(value) > LONG else ""
    return f"<div{shape}><dt>{escape(label)}</dt><dd>{named(value)}</dd></div>"


def table_html(
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    caption: str = "",
    named: NameHtml = plain_names,
) -> Html:
    """A table; each cell carries its column's label, which stands beside it where columns do not fit.

    `named` links the names in the cells of columns of names.
    """
    head = "".join(f"<th scope=col{_side(column)}>{escape(column.label)}</th>" for column in columns)
    body = "".join(
        "<tr>"
        + "".join(_cell(column, value, named) for column, value in zip(columns, row, strict=True))
        + "</tr>"
        for row in rows
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return Html(f'<table class="grid">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _cell(column: Column, value: object, named: NameHtml) -> str:
    told = named(str(value)) if column.names else text_html(value)
    return f'<td data-label="{escape(column.label, quote=True)}"{_side(column)}>{told}</td>'


def _side(column: Column) -> str:
    return " class=number" if column.number else ""


_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[%×]|[kM]?t\b|bn\b|million\b)")


def unbroken(text: str) -> str:
    """A sentence whose numbers stay on one line with their units."""
    return _BEFORE_UNIT.sub("\u00a0", text)


def text_html(value: object) -> Html:
    """A value as HTML: whole numbers with separators, 'not stated' in grey."""
    if isinstance(value, Html):
        return value
    if isinstance(value, FileList):
        return files_html(value)
    for kind, as_html in _KINDS.items():
        if isinstance(value, kind):
            return as_html(value)
    if isinstance(value, int):
        return Html(f"{value:,}")
    text = escape(unbroken(str(value)))
    return Html(f'<span class="unstated">{text}</span>' if value == NOT_STATED else text)


def facts_html(facts: Iterable[tuple[str, object]], named: NameHtml | None = None) -> Html:
    """Labels and values, one line each; `named` links the names in the values."""
    lines = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{named(str(value)) if named else text_html(value)}</dd></div>"
        for label, value in facts
    )
    return Html(f'<dl class="facts">{lines}</dl>')


def link_html(address: str) -> Html:
    """A web address that can be followed; any other text as it is."""
    if not address.lower().startswith(("https://", "http://")):
        return Html(escape(address) if address != NOT_STATED else text_html(str(address)))
    safe = escape(address, quote=True)
    return Html(f'<a href="{safe}" target="_blank" rel="noreferrer">{escape(address)}</a>')


def code_html(text: str) -> Html:
    """A hash, a code or a path, which may break anywhere, but rather between its words."""
    return Html(f"<code>{escape(text).replace('_', '_<wbr>')}</code>")


def citation_html(text: str) -> Html:
    """A citation, which one click selects as a whole."""
    return Html(f'<span class="citation">{escape(text)}</span>')


_KINDS: dict[type[str], Callable[[str], Html]] = {
    WebAddress: link_html,
    Code: code_html,
    CitationText: citation_html,
}
"""How the typed cells of a table are written."""

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
