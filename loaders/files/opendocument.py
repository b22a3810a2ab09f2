"""OpenDocument spreadsheets (.ods): their sheets, with what is merged, hidden, or shown otherwise.

Names of elements and attributes: OpenDocument 1.3, part 3 (https://docs.oasis-open.org/office/OpenDocument/).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from loaders.errors import UnreadableFile
from loaders.files.appearance import PERCENT, Appearance, cell_key, column_letters, with_percent_signs
from loaders.files.table import MAX_COLUMNS, InputFile
from loaders.files.worksheets import (
    MAX_BOOK_BYTES,
    MAX_ROWS,
    TOO_LARGE,
    BookRow,
    Budget,
    Merge,
    Sheet,
    raised,
    stored_text,
)

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT, _STYLE, _NUMBER = (
    _SPACE % name for name in ("table", "office", "text", "style", "datastyle")
)
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")

MAX_REPEATED = 10_000
"""Rows of the same texts one after the other."""

MAX_TAGS = 500_000
"""XML elements of one row, or outside rows: each becomes an object, styles among them."""


def open_document_sheets(item: InputFile) -> list[Sheet]:
    """The sheets of a spreadsheet.

    Raises UnreadableFile for one with a password, too large, or with a formula without its result; for
    damage whatever reads archives and XML runs into.
    """
    with zipfile.ZipFile(io.BytesIO(item.content)) as archive:
        size = sum(info.file_size for info in archive.infolist())
        if size > MAX_BOOK_BYTES:
            raise UnreadableFile(
                f"the spreadsheet unpacks to {size:,} bytes.", file=item.name, remedy=TOO_LARGE
            )
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise UnreadableFile(
                "this spreadsheet has a password.", file=item.name, remedy="Save it without one."
            )
        styles = _Styles()
        if "styles.xml" in archive.namelist():
            with archive.open("styles.xml") as part:
                for _, element in _counted(iterparse(part, ("start", "end")), item.name):
                    styles.read(element)
        with archive.open("content.xml") as part:
            events = _counted(iterparse(part, ("start", "end")), item.name)
            return list(_sheets(events, styles, Budget(item.name)))


def _counted(events: Iterator[tuple[str, Element]], file: str) -> Iterator[tuple[str, Element]]:
    """The events, as long as neither a row nor what stands outside rows has too many elements."""
    since_a_row = 0
    for event, element in events:
        since_a_row = 0 if element.tag == f"{_TABLE}table-row" else since_a_row + (event == "start")
        if since_a_row > MAX_TAGS:
            raise UnreadableFile("the spreadsheet has too many elements.", file=file, remedy=TOO_LARGE)
        yield event, element


@dataclass
class _Styles:
    """By how much the styles of cells divide what they show, as far as they do."""

    numbers: dict[str, int] = field(default_factory=dict)
    cells: dict[str, int] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)

    def read(self, element: Element) -> None:
        """Take what an element at its end says."""
        name = element.get(f"{_STYLE}name", "")
        if element.tag.startswith(_NUMBER) and element.tag.endswith("-style"):
            factors = [part.get(f"{_NUMBER}display-factor") for part in element]
            divisors = [round(float(by)) for by in factors if by and float(by) > 1]
            self.numbers |= dict.fromkeys([name], divisors[0]) if divisors else {}
        elif element.tag == f"{_STYLE}style":
            own = element.get(f"{_STYLE}data-style-name", "")
            known = self.numbers.get(own, self.cells.get(element.get(f"{_STYLE}parent-style-name", "")))
            self.cells |= {name: known} if known else {}
            shown = element.find(f"{_STYLE}table-properties")
            words = element.find(f"{_STYLE}text-properties")
            if words is not None and _is_raised(words.get(f"{_STYLE}text-position", "")):
                self.raised.add(name)
            if shown is not None and shown.get(f"{_TABLE}display") == "false":
                self.hidden.add(name)


def _is_raised(position: str) -> bool:
    """Whether a position, 'super 58%' or '33% 58%', is above the line."""
    first = position.split(" ")[0]
    return first == "super" or (first.endswith("%") and float(first[:-1]) > 0)


@dataclass
class _Page:
    """A sheet while it is read."""

    title: str
    hidden: bool
    rows: list[BookRow] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    shown: dict[int, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    columns: list[str] = field(default_factory=list)
    at: int = 1

    def sheet(self) -> Sheet:
        looks = Appearance(self.shown, frozenset(self.hidden_rows), frozenset(self.hidden_columns))
        return Sheet(self.title, with_percent_signs(self.rows, looks), self.merges, looks, self.hidden)


def _sheets(events: Iterator[tuple[str, Element]], styles: _Styles, budget: Budget) -> Iterator[Sheet]:
    page: _Page | None = None
    for event, element in events:
        if event == "start":
            if element.tag == f"{_TABLE}table" and page is None:
                hidden = element.get(f"{_TABLE}style-name") in styles.hidden
                page = _Page(element.get(f"{_TABLE}name", ""), hidden)
            continue
        if page is None:
            styles.read(element)
        elif element.tag == f"{_TABLE}table-column":
            _take_columns(page, element)
        elif element.tag == f"{_TABLE}table-row":
            _take_row(page, element, styles, budget)
            element.clear()
        elif element.tag == f"{_TABLE}table":
            yield page.sheet()
            page = None


def _times(element: Element, what: str) -> int:
    return max(int(element.get(f"{_TABLE}number-{what}-repeated", "1")), 1)


def _take_columns(page: _Page, element: Element) -> None:
    first = len(page.columns) + 1
    number = min(_times(element, "columns"), MAX_COLUMNS - len(page.columns))
    page.columns += [element.get(f"{_TABLE}default-cell-style-name", "")] * number
    if element.get(f"{_TABLE}visibility", "visible") != "visible":
        page.hidden_columns |= set(range(first, first + number))


def _take_row(page: _Page, element: Element, styles: _Styles, budget: Budget) -> None:
    """A row, as often as it is repeated; blank ones only count."""
    found = [(cell, _times(cell, "columns")) for cell in element if cell.tag in _CELLS]
    texts = [
        (_text(cell, budget.file, page, place, styles), number) for place, (cell, number) in _placed(found)
    ]
    while texts and not texts[-1][0]:
        texts.pop()
    times = _times(element, "rows")
    width = sum(number for _, number in texts)
    if page.at > MAX_ROWS or width > MAX_COLUMNS or (texts and times > MAX_REPEATED):
        raise UnreadableFile(f"sheet {page.title} is too large.", file=budget.file, remedy=TOO_LARGE)
    cells = [text for text, number in texts for _ in range(number)]
    if cells:
        for number in range(page.at, page.at + times):
            budget.take(cells, number, page.title)
            page.rows.append((number, list(cells)))
            _take_looks(page, found, element, number, styles)
    page.at += times


def _placed(found: list[tuple[Element, int]]) -> Iterator[tuple[int, tuple[Element, int]]]:
    """The cells with the number of their column."""
    place = 1
    for cell, number in found:
        yield place, (cell, number)
        place += number


def _take_looks(
    page: _Page, found: list[tuple[Element, int]], row: Element, number: int, styles: _Styles
) -> None:
    if row.get(f"{_TABLE}visibility", "visible") != "visible":
        page.hidden_rows.add(number)
    for place, (cell, times) in _placed(found):
        across, down = (int(cell.get(f"{_TABLE}number-{what}-spanned", "1")) for what in ("columns", "rows"))
        if across > 1 or down > 1:
            page.merges.append(Merge(number, place, number + down - 1, place + across - 1))
        by = _divided(page, cell, place, row, styles)
        if by is not None:
            page.shown |= {cell_key(number, place + more): by for more in range(min(times, MAX_COLUMNS))}


def _divided(page: _Page, cell: Element, place: int, row: Element, styles: _Styles) -> int | None:
    """By how much a number is shown divided: its own style says it, or that of its row or column."""
    if cell.get(f"{_OFFICE}value-type") == "percentage":
        return PERCENT
    if cell.get(f"{_OFFICE}value") is None:
        return None
    column = page.columns[place - 1] if place <= len(page.columns) else ""
    of_row = row.get(f"{_TABLE}default-cell-style-name", column)
    return styles.cells.get(cell.get(f"{_TABLE}style-name", of_row))


def _text(cell: Element, file: str, page: _Page, place: int, styles: _Styles) -> str:
    kind, number = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_OFFICE}value")
    if kind is None and cell.get(f"{_TABLE}formula") is not None:
        raise UnreadableFile(
            f"sheet {page.title} has a formula without its result.",
            file=file,
            row=page.at,
            column=column_letters(place),
            remedy="Open the spreadsheet in a spreadsheet program and save it, or paste the values.",
        )
    if kind in ("float", "percentage", "currency") and number is not None:
        return stored_text(float(number))
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00")
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "").upper()
    paragraphs = [_words(part, styles) for part in cell if part.tag == f"{_TEXT}p"]
    return stored_text("\n".join(paragraphs) if paragraphs else cell.get(f"{_OFFICE}string-value", ""))


_SIGNS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}


def _words(element: Element, styles: _Styles) -> str:
    """The text of a paragraph: spaces and ends of lines are elements, digits above the line stay such."""
    inner = [
        _SIGNS[part.tag] * int(part.get(f"{_TEXT}c", "1")) if part.tag in _SIGNS else _words(part, styles)
        for part in element
    ]
    tails = [part.tail or "" for part in element]
    text = (element.text or "") + "".join(text for pair in zip(inner, tails, strict=True) for text in pair)
    return raised(text) if element.get(f"{_TEXT}style-name") in styles.raised else text
