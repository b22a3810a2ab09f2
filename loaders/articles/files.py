"""Files become text: web pages, Word documents, PDF and plain text; no other module knows their formats.

Web pages are read with lxml, which python-docx needs anyway: one library more would only be faster at what
takes a few milliseconds. The formats' readers are imported where they are used, so that a pasted text does
not wait for them.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from loaders.articles.citations import Printed
from loaders.errors import UnknownFormat, UnreadableFile

LARGEST = 4_000_000
"""Characters of a text, and bytes of a text file: more is no article."""

LARGEST_FILE = 40_000_000
"""Bytes of a web page, a Word document or a PDF file, with their pictures."""

_MOST_PAGES = 400
_ENCODINGS = ("utf-8-sig", "cp1251", "cp1252")


class Opened(NamedTuple):
    """The text of a file: its name, the SHA-256 of its bytes, what it says of itself, and notes for the reader."""

    name: str
    text: str
    sha256: str
    printed: Printed = Printed()
    notes: tuple[str, ...] = ()


def open_file(path: Path) -> Opened:
    """The text of a .txt, .md, .html, .docx or .pdf file; raises UnreadableFile and UnknownFormat."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"cannot be read ({error.strerror}).", file=path.name, remedy="Check that it is a file and that you may read it."
        ) from error
    return open_bytes(path.name, content)


def open_bytes(name: str, content: bytes) -> Opened:
    """The text of a file that is read already; the first bytes decide its format, then the ending of its name."""
    _check_size(name, len(content), LARGEST_FILE)
    sha256 = hashlib.sha256(content).hexdigest()
    if content.startswith(b"%PDF-"):
        text, printed, notes = _pdf(name, content)
    elif content.startswith(b"PK\x03\x04"):
        text, printed, notes = _docx(name, content)
    elif _is_html(name, content):
        text, printed, notes = _html(name, content)
    else:
        text, printed, notes = _plain(name, content)
    _check_size(name, len(text), LARGEST)
    if not text.strip():
        raise UnreadableFile("holds no text.", file=name, remedy="A scan needs text recognition first; or paste the text.")
    return Opened(name, text, sha256, printed, notes)


def check_text(text: str) -> None:
    """Refuse a text that is too long to be an article; raises UnreadableFile."""
    _check_size("pasted text", len(text), LARGEST)


def _check_size(name: str, size: int, most: int) -> None:
    if size > most:
        raise UnreadableFile(
            f"is too long to be an article: {size:,} characters or bytes, at most {most:,} are read.",
            file=name,
            remedy="Paste the part that states the figures.",
        )


_Text = tuple[str, Printed, tuple[str, ...]]


def _plain(name: str, content: bytes) -> _Text:
    if b"\x00" in content[:1000]:
        raise UnknownFormat("is not a text.", file=name, remedy="Hand in .txt, .html, .docx or .pdf, or paste the text.")
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        guessed = () if encoding == "utf-8-sig" else (f"The file is not UTF-8; read as {encoding}.",)
        return text, Printed(), guessed
    return content.decode("latin-1"), Printed(), ("The file is not UTF-8; read as latin-1.",)


# Word and PDF


def _docx(name: str, content: bytes) -> _Text:
    """The paragraphs and table cells of a Word document, in order."""
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(content))
        lines: list[str] = []
        for block in document.iter_inner_content():
            lines += [_row(row) for row in block.rows] if isinstance(block, Table) else [block.text]
        about = document.core_properties
        printed = Printed(title=about.title or "", author=about.author or "")
    except (OpcError, ValueError, KeyError, AttributeError, zipfile.BadZipFile, SyntaxError) as error:
        raise UnreadableFile("is not a Word document that can be read.", file=name, remedy="Save it as .docx again.") from error
    return "\n".join(lines), printed._replace(author=""), ()


def _row(row: object) -> str:
    cells = getattr(row, "cells", ())
    return " ".join(dict.fromkeys(cell.text.strip() for cell in cells))


_PDF_NOTE = "Read from a PDF file: marks of footnotes may be glued to numbers, and lines may be out of order."


def _pdf(name: str, content: bytes) -> _Text:
    """The text of a PDF file, page by page, with words joined that a line's end divides."""
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("is locked with a password.", file=name, remedy="Hand in an unlocked copy, or paste the text.")
        pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
        title = str((reader.metadata or {}).get("/Title") or "")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise UnreadableFile("is not a PDF file that can be read.", file=name, remedy="Paste the text instead.") from error
    text = re.sub(r"(?<=[a-zа-я])-\n(?=[a-zа-я])", "", "\n\n".join(pages))
    return text, Printed(title=title.strip()), (_PDF_NOTE,)


# Web pages

_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p)\b", re.IGNORECASE)
_DROPPED = (
    "script style noscript template svg nav header footer aside form button iframe figure select input textarea label menu dialog"
)
_UNWANTED = re.compile(
    r"\b(?:comments?|related|recommend\w*|newsletter|subscri\w*|share|sharing|social|promo\w*|advert\w*|ads?|cookie\w*|sidebar|breadcrumb\w*"
    r"|footer|popular|trending|most-read|read-?next|read-?more|tags?|paywall|banner|widget|teaser|outbrain|taboola)\b",
    re.IGNORECASE,
)
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote td th dd dt pre div section article br tr time figcaption".split())
_SMALLEST_BODY = 200


def _is_html(name: str, content: bytes) -> bool:
    return name.lower().endswith((".html", ".htm", ".xhtml")) or bool(_TAGS.search(content[:2000]))


def _html(name: str, content: bytes) -> _Text:
    """The main text of a web page, and what its head says of it.

    The article is the element `article` or `main` with the most paragraphs, or else the element whose own
    paragraphs hold most text. What is cut is told in a note with its first words.
    """
    import lxml.html  # type: ignore[import-untyped]
    from lxml import etree  # type: ignore[import-untyped]

    try:
        encoding = "utf-8" if _is_utf8(content) else None
        page = lxml.html.document_fromstring(content, parser=lxml.html.HTMLParser(encoding=encoding, huge_tree=False))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableFile("is not a web page that can be read.", file=name, remedy="Paste the text instead.") from error
    printed = _head(page)
    cut = _drop(page)
    main = _main(page)
    lines = _lines(main)
    if printed.title and not any(printed.title == line for line in lines[:3]):
        lines.insert(0, printed.title)
    return "\n".join(lines), printed, tuple(f"Cut from the page: {words}" for words in cut)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _head(page: object) -> Printed:
    def meta(*names: str) -> str:
        for name in names:
            found = page.xpath("//meta[@property=$name or @name=$name]/@content", name=name)  # type: ignore[attr-defined]
            if found and str(found[0]).strip():
                return " ".join(str(found[0]).split())
        return ""

    def first(path: str) -> str:
        found = page.xpath(path)  # type: ignore[attr-defined]
        return " ".join(str(found[0]).split()) if found else ""

    address = first("//link[@rel='canonical']/@href") or meta("og:url")
    return Printed(
        title=meta("og:title") or first("//h1//text()") or first("//title/text()"),
        publisher=meta("og:site_name", "publisher"),
        author=meta("author", "article:author", "dc.creator"),
        published=meta("article:published_time", "date", "dc.date") or first("//time/@datetime"),
        address=address if re.match(r"https?://\S+$", address) else "",
    )


def _drop(page: object) -> list[str]:
    """Take out what is not the article; the first words of each piece."""
    cut = []
    for element in list(page.iter()):  # type: ignore[attr-defined]
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in ("html", "body", "article", "main"):
            continue
        marked = " ".join((element.get("class") or "", element.get("id") or ""))
        hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
        headed = element.tag == "header" and element.xpath(".//h1")
        if (element.tag in _DROPPED.split() and not headed) or hidden or _UNWANTED.search(marked):
            words = " ".join(element.text_content().split())
            if words and element.tag not in ("script", "style", "noscript", "template"):
                cut.append(words[:80])
            element.drop_tree()
    return cut


def _main(page: object) -> object:
    """The element that holds the article."""
    marked = page.xpath("//article | //main | //*[@role='main'] | //*[@itemprop='articleBody']")  # type: ignore[attr-defined]
    best = max(marked, key=_weight, default=None)
    if best is not None and _weight(best) >= _SMALLEST_BODY:
        return best
    parents: dict[object, int] = {}
    for paragraph in page.iter("p"):  # type: ignore[attr-defined]
        parent = paragraph.getparent()
        if parent is not None:
            parents[parent] = parents.get(parent, 0) + len(paragraph.text_content())
    found = max(parents, key=lambda element: parents[element], default=None)
    return found if found is not None and parents[found] >= _SMALLEST_BODY else page


def _weight(element: object) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))  # type: ignore[attr-defined]


def _lines(main: object) -> list[str]:
    """The text of an element, one line for each block."""
    pieces: list[str] = []
    for event, element in _walk(main):
        if event == "text":
            pieces.append(str(element))
        elif element in _BLOCKS:
            pieces.append("\n")
    text = "".join(pieces)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return [line for line in lines if line]


def _walk(main: object) -> list[tuple[str, object]]:
    """Texts and the borders of elements, in reading order."""
    from lxml import etree

    steps: list[tuple[str, object]] = []
    for event, element in etree.iterwalk(main, events=("start", "end")):
        named = isinstance(element.tag, str)
        if event == "start":
            steps.append(("tag", element.tag if named else ""))
            if named and element.text:
                steps.append(("text", element.text.replace("\n", " ")))
        else:
            steps.append(("tag", element.tag if named else ""))
            if element.tail and element is not main:
                steps.append(("text", element.tail.replace("\n", " ")))
    return steps
