"""Files become text: web pages, Word documents, PDF and plain text.

The readers of Word and PDF files are imported where they are used: a pasted text does not wait for them.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

from loaders.articles.citations import Printed
from loaders.articles.records import CutPiece
from loaders.articles.web import is_html, read_page
from loaders.errors import UnknownFormat, UnreadableFile
from loaders.files.archives import HEAD_BYTES, other_kind

_LARGEST = 4_000_000
"""Characters of a text, and bytes of a text file: more is no article."""

LARGEST_FILE = 40_000_000
"""Bytes of a web page, a Word document or a PDF file, with their pictures."""

_ENCODINGS = ("utf-8-sig", "cp1251", "cp1252")


class Opened(NamedTuple):
    """The text of a file, the SHA-256 of its bytes, what its head states, notes for the reviewer, and the
    pieces of the text that are not the article's.
    """

    name: str
    text: str
    sha256: str
    printed: Printed = Printed()
    notes: tuple[str, ...] = ()
    cut: tuple[CutPiece, ...] = ()


def open_file(path: Path) -> Opened:
    """The text of a .txt, .md, .html, .docx or .pdf file; raises UnreadableFile and UnknownFormat."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"cannot be read ({error.strerror}).",
            file=path.name,
            remedy="Check that it is a file and that you may read it.",
        ) from error
    return open_bytes(path.name, content)


def open_bytes(name: str, content: bytes) -> Opened:
    """The text of a file that is read already; its first bytes and then its name decide the format."""
    _check_size(name, len(content), LARGEST_FILE)
    _refuse_other_kind(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    notes: tuple[str, ...] = ()
    cut: tuple[CutPiece, ...] = ()
    if content.startswith(b"%PDF-"):
        text, printed, notes = _pdf(name, content)
    elif content.startswith(b"PK\x03\x04"):
        text, printed, notes = _docx(name, content)
    elif is_html(name, content):
        text, printed, cut = read_page(name, content)
    else:
        text, printed, notes = _plain(name, content)
    _check_size(name, len(text), _LARGEST)
    if not text.strip():
        scanned = content.startswith(b"%PDF-")
        remedy = "A scan needs text recognition first; or paste the text." if scanned else "Paste the text."
        raise UnreadableFile("holds no text." if content else "is empty.", file=name, remedy=remedy)
    return Opened(name, text, sha256, printed, notes, cut)


def _refuse_other_kind(name: str, content: bytes) -> None:
    """Refuse pictures, archives and what else its first bytes say is no text; PDF files are read."""
    what, _ = other_kind(content[:HEAD_BYTES])
    if what and not content.startswith((b"%PDF", b"{\\rtf")):
        raise UnknownFormat(
            f"is {what}.", file=name, remedy="Hand in .txt, .html, .docx or .pdf, or paste the text."
        )


def check_length(text: str) -> None:
    """Refuse a text that is too long to be an article; raises UnreadableFile."""
    _check_size("pasted text", len(text), _LARGEST)


def _check_size(name: str, size: int, most: int) -> None:
    if size > most:
        raise UnreadableFile(
            f"is too long to be an article: {size:,} characters or bytes, at most {most:,} are read.",
            file=name,
            remedy="Paste the part that states the figures.",
        )


_Text = tuple[str, Printed, tuple[str, ...]]


_OTHERS = (
    (
        b"\xd0\xcf\x11\xe0",
        "is a Word document of the old kind (.doc).",
        "Save it as .docx, or paste the text.",
    ),
    (b"{\\rtf", "is a rich text file (.rtf).", "Save it as .docx or .txt, or paste the text."),
)
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MIXED = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")


def _wide(content: bytes) -> str:
    """The encoding of a text of two bytes a letter; empty for other texts."""
    if content.startswith(_MARKS):
        return "utf-16"
    start = content[:400]
    zeros = start[1::2].count(0), start[::2].count(0)
    if max(zeros) * 3 < len(start) or min(zeros):
        return ""
    return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"


def _plain(name: str, content: bytes) -> _Text:
    for mark, message, remedy in _OTHERS:
        if content.startswith(mark):
            raise UnknownFormat(message, file=name, remedy=remedy)
    wide = _wide(content)
    if wide:
        return content.decode(wide, errors="replace"), Printed(), (f"The file is not UTF-8; read as {wide}.",)
    if b"\x00" in content[:1000]:
        raise UnknownFormat(
            "is not a text.", file=name, remedy="Hand in .txt, .html, .docx or .pdf, or paste the text."
        )
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1251" and _MIXED.search(text):
            continue  # Russian letters inside Latin words: another encoding
        guessed = () if encoding == "utf-8-sig" else (f"The file is not UTF-8; read as {encoding}.",)
        return text, Printed(), guessed
    return content.decode("latin-1"), Printed(), ("The file is not UTF-8; read as latin-1.",)


# Word and PDF


def _docx(name: str, content: bytes) -> _Text:
    """The paragraphs, tables, text boxes and footnotes of a Word document."""
    from loaders.articles.word import read_word

    return read_word(name, content)


def _pdf(name: str, content: bytes) -> _Text:
    """The text of a PDF file, page by page."""
    from loaders.articles.pdf import read_pdf

    return read_pdf(name, content)
