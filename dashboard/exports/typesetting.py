"""Typst: from a drawing or a text to PNG and PDF, with our own font and nothing of the system."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache, lru_cache
from threading import Lock
from typing import Literal

import typst

from dashboard.drawing.letters import FONTS, missing_letters

_ONE_AT_A_TIME = Lock()

STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
"""What a PDF is made to keep to: PDF/UA-1 for readers of screens, PDF/A-2a for archives."""


_KEPT_MEMORY = 31 << 20
"""Bytes just below the 32 MiB from which on the C library of Linux always gives memory back."""


@cache
def _compiler() -> typst.Compiler:
    """The compiler, which has read the fonts once.

    A large piece of memory is taken and given back before: from then on the C library keeps pieces of that
    size, which pictures need several of, and no longer takes each anew from the system; a third of the time.
    """
    bytes(_KEPT_MEMORY)
    return typst.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)


def code_text(text: str) -> str:
    """A text as Typst writes it within code, for what is told and not shown; nothing in it means anything."""
    if not text.translate(_KEPT).isprintable():
        text = "".join(sign if sign.isprintable() or ord(sign) in _KEPT else BOX for sign in text)
    return _quoted(text)


_quoted = json.JSONEncoder(ensure_ascii=False).encode
_KEPT = dict.fromkeys(map(ord, "\n\u00a0"))
"""Signs that are not printed and yet mean something: the end of a line, a space at which none ends."""


@lru_cache(maxsize=5_000)
def shown_text(text: str) -> str:
    """A text in the letters of the font, as code: a PDF for readers of screens may show no others."""
    return f"text({code_text(in_font(text))})"


BOX = "□"
"""What stands for a letter that cannot be shown."""


def in_font(text: str) -> str:
    """A text with a box for each letter that the font lacks."""
    missing = missing_letters(_beyond_ascii(text))
    return text.translate(dict.fromkeys(map(ord, missing), BOX)) if missing else text


_ASCII = bytes(range(128))


def _beyond_ascii(text: str) -> str:
    """The letters that are not ASCII, which alone the font may lack; drawings are long."""
    if text.isascii():
        return ""
    return text.encode(errors="surrogatepass").translate(None, _ASCII).decode(errors="surrogatepass")


def picture_code(drawing: str, alt: str = "", more: str = "") -> str:
    """The code of a picture that is an SVG."""
    told = f", alt: {code_text(alt)}" if alt else ""
    return f'image(bytes({_quoted(in_font(drawing))}), format: "svg"{told}{more})'


_Kind = Literal["png", "pdf"]


def typeset(
    drawing: str, kind: _Kind, *, ppi: float = 96, ground: Literal["none", "white"] = "none"
) -> bytes:
    """A drawing as a page of its own size; pixels of a white ground are packed sooner than clear ones."""
    page = f"#set page(width: auto, height: auto, margin: 0pt, fill: {ground})\n#{picture_code(drawing)}\n"
    return compiled(page, kind, ppi=ppi)


def compiled(code: str, kind: _Kind, *, ppi: float = 96, made: datetime | None = None) -> bytes:
    """What Typst makes of its code: the same bytes from the same code and date. A PNG is of one page."""
    with _ONE_AT_A_TIME:
        if kind == "png":
            made_of_it = _compiler().compile(code.encode(), format="png", ppi=float(ppi))
        else:
            made_of_it = _compiler().compile(
                code.encode(), format="pdf", pdf_standards=[*STANDARDS], timestamp=made
            )
    if not isinstance(made_of_it, bytes):
        raise TypeError(f"one file was to be made, not {type(made_of_it).__name__}")
    return made_of_it
