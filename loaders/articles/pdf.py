"""PDF files: the text page by page, with small raised digits told from others and broken lines joined."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import pypdf
from pypdf.errors import PyPdfError

from loaders.articles.citations import Printed
from loaders.articles.folding import raised_digits
from loaders.errors import UnreadableFile

_MOST_PAGES = 400
_NOTE = "Read from a PDF file: marks of footnotes may be glued to numbers, and lines may be out of order."
_CUT = "Only the first {:,} of {:,} pages were read."
_APART = "These may end in the mark of a footnote, which is set apart in the file: {}."
_SMALL, _FULL, _LEAST_LINES, _LEAST_WIDTH = 0.9, 0.8, 3, 30
_DIVIDED = re.compile(r"(?<=[^\W\d_])(?:\u00ad|-)(?: *\n){1,2} *(?=[a-zа-яіїєґ])")
_WHOLE_NUMBER = re.compile(r"(?:\d{1,3}(?:[.,]\d{3})+|\d+[.,]\d+)$")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_NO_TITLE = re.compile(
    r"about:|untitled|document\d*$|layout \d|microsoft \w+ - |https?:"
    r"|.*\.(?:docx?|pdf|indd|qxp|rtf|txt|html?)$",
    re.IGNORECASE,
)
"""What programs that make PDF files write where a title is missing: addresses and names of files."""
_ENDED = re.compile(r"[-\u00ad.!?:;…\d\"”)]$")
_OPEN = re.compile(r"\b(?:of|the|and|for|in|to|by|at|with|from|de|del|la|y|и|в|на|і|та)$")
_BEGINS = re.compile(r"[^\W\d_]|[\"“(]")


class _Line(NamedTuple):
    """A line of a page, and the size of its letters."""

    words: str
    size: float


def read_pdf(name: str, content: bytes) -> tuple[str, Printed, tuple[str, ...]]:
    """The text of a PDF file, its title and notes for the reviewer; raises UnreadableFile."""
    apart: list[str] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(
                "is locked with a password.", file=name, remedy="Hand in an unlocked copy, or paste the text."
            )
        pages = [_text(_lines(page, apart)) for page in reader.pages[:_MOST_PAGES]]
        title = str(reader.metadata.title or "").strip() if reader.metadata else ""
        number = len(reader.pages)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as error:
        raise UnreadableFile(
            "is not a PDF file that can be read.", file=name, remedy="Paste the text instead."
        ) from error
    text = _DIVIDED.sub("", "\n\n".join(pages)).translate(_LIGATURES)
    notes = [_NOTE]
    if number > _MOST_PAGES:
        notes.append(_CUT.format(_MOST_PAGES, number))
    if apart:
        notes.append(_APART.format(", ".join(dict.fromkeys(apart))))
    return text, Printed(title="" if _NO_TITLE.match(title) else title), tuple(notes)


def _lines(page: Any, apart: list[str]) -> list[_Line]:
    """The lines of a page; digits smaller than what they are glued to are raised.

    `apart` takes numbers whose last digits are as large but set by themselves.
    """
    lines = [_Line("", 0.0)]

    def take(text: str, place: Sequence[float], matrix: Sequence[float], _font: Any, size: float) -> None:
        size = abs(size * place[3] * matrix[3])
        words, height = lines[-1]
        if text.isdigit() and len(text) == 1 and words[-1:].isalnum():
            if size < _SMALL * height:
                text = raised_digits(text)
            elif _WHOLE_NUMBER.search(words):
                apart.append(f"{words.split()[-1]}{text}")
        first, *others = text.split("\n")
        lines[-1] = _Line(words + first, size if first.strip() and not height else height)
        lines.extend(_Line(other, size if other.strip() else 0.0) for other in others)

    page.extract_text(visitor_text=take)
    return lines


def _text(lines: Sequence[_Line]) -> str:
    """The lines as text; a full line that ends no sentence goes on in the next one of its size."""
    sizes = Counter(round(line.size, 1) for line in lines if line.words.strip())
    widths: dict[float, int] = {}
    for line in lines:
        size = round(line.size, 1)
        widths[size] = max(widths.get(size, 0), len(line.words.strip()))
    text = ""
    for line, after in zip(lines, [*lines[1:], _Line("", 0.0)], strict=True):
        size, words = round(line.size, 1), line.words.strip()
        full = sizes[size] >= _LEAST_LINES and len(words) >= max(_LEAST_WIDTH, _FULL * widths[size])
        open_ended = _OPEN.search(words) or (full and not _ENDED.search(words))
        goes_on = open_ended and size == round(after.size, 1)
        text += words + (" " if goes_on and _BEGINS.match(after.words) else "\n")
    return text.rstrip("\n")
