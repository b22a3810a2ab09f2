"""Words for counts, dates, names of files: small pieces of sentences, made once."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from loaders.model import NOT_STATED


def in_sentence(text: str) -> str:
    """A label inside a sentence; names in capitals stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """A text with a capital first, as at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def with_stop(text: str) -> str:
    """A text that ends as a sentence does: with a full stop, unless it has an end."""
    return text if text.endswith((".", "?")) else f"{text}."


def with_stops(*parts: str) -> str:
    """Those parts that have words one after the other, with a full stop between them."""
    told = [part for part in parts if part]
    return " ".join([*map(with_stop, told[:-1]), *told[-1:]])


def day(published: str) -> str:
    """A date as a person writes it; a month, a year or 'date not stated' as they are."""
    if published == NOT_STATED:
        return "date not stated"
    try:
        found = date.fromisoformat(published)
    except ValueError:
        return published
    return f"{found.day} {found:%B %Y}"


def slug(text: str) -> str:
    """An id made from a text: small letters and digits with hyphens between."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "unnamed"


@lru_cache(maxsize=65_536)
def without_accents(text: str) -> str:
    """A text whose Latin letters have no accents: 'Colombia' for 'Colômbia'; other letters stay."""
    if text.isascii():
        return text
    return "".join(map(_plain_letter, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=4_096)
def _plain_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else {"ı": "i"}.get(letter, letter)


def accents_or_none(words: str) -> str:
    """A pattern whose Latin letters with accents are found without them, too."""
    found = {letter for letter in words if _plain_letter(letter) != letter}
    return "".join(f"[{letter}{_plain_letter(letter)}]" if letter in found else letter for letter in words)


def file_name(text: str) -> str:
    """A file name that every system takes."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")[:100] or "chart"


def count(number: int, thing: str) -> str:
    """'1 figure', '2,345 figures'."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def quoted(phrase: str) -> str:
    """A printed phrase between quotation marks, if it brings none of its own."""
    return phrase if "“" in phrase else f"“{phrase}”"
