"""Which encoding of one byte a letter a text has: what chardet finds likeliest, and whether that is certain.

It is certain where all words with letters beyond ASCII are names and words that we know, or where there are
five of them and no other reading is about as likely.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from loaders.knowledge import table

_ENCODINGS = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_9", "iso8859_13", "iso8859_15",
    "mac_roman", "mac_latin2", "mac_cyrillic", "mac_greek", "mac_turkish",
    "koi8_r", "koi8_u", "cp437", "cp850", "cp852", "cp855", "cp857", "cp866", "cp737",
)  # fmt: skip
"""Those of Windows, ISO, Macintosh, Unix and DOS; of two that read the same, the one that stands first."""

_OTHERS = ("gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949")
"""Encodings of East Asia, which a text may have whose characters are too few to tell which."""

_LOOKED_AT = 1_000
"""Different words and lines that are looked at."""

_LONG_LINE = 10_000
"""Bytes of a line; longer ones are no rows of a table."""

_ENOUGH = 5
"""Different words that tell an encoding."""

_MARGIN = 1.02
"""How much likelier the reading has to be than the next one."""


SAME_SIGNS = re.compile(
    rb"[\x80\x85\x89\x91-\x97\xa0\xa9\xab\xb0\xb1\xb7\xbb]|(?<=m)[\xb2\xb3](?![a-z])"
    rb"|(?<![A-Za-z\x80-\xff])(?:\xbd|\xb5(?=[gm]))"
)
"""Dashes, quotation marks and the like, which all encodings of Windows have in the same places."""


class Guess(NamedTuple):
    """The likeliest encoding, whether it is certain, and words with letters beyond ASCII as it has them."""

    encoding: str
    certain: bool
    words: tuple[str, ...]


def likeliest(content: bytes) -> Guess | None:
    """The encoding of a text that is not UTF-8; None if it may be one of East Asia, or has no words."""
    printed = _words_in_bytes(content)
    if max(map(len, printed), default=0) > _LONGEST:  # Chinese has no spaces; else it is no text
        return None
    texts = _decoded(b"\n".join(printed[:_LOOKED_AT]), _ENCODINGS)
    known = {text: encoding for text, encoding in texts.items() if _are_known(text)}
    if len({*map(_words, known)}) == 1:
        text, encoding = min(known.items(), key=lambda item: _ENCODINGS.index(item[1]))
        return Guess(encoding, True, _words(text))
    lines = _telling(content)
    readings = _readings(lines) if lines else {}
    likely = [(encoding, confidence, _words(text)) for text, (encoding, confidence) in readings.items()]
    if not likely or likely[0][0] in _OTHERS or not likely[0][2]:
        return None
    (encoding, confidence, words), *others = likely
    certain = len(words) >= _ENOUGH and all(confidence >= _MARGIN * other for _, other, _ in others[:1])
    return Guess(encoding, certain, words)


def _words_in_bytes(content: bytes) -> list[bytes]:
    """The different words with bytes above 127, and signs of such bytes."""
    file = io.BytesIO(content)
    found: set[bytes] = set()
    while lines := file.readlines(_PIECE):
        told = b"".join(line for line in lines if not line.isascii())
        words = set(told.translate(_SPACED).split())
        found.update(word[: _LONGEST + 1] for word in words if not word.isascii())
    return sorted(found)


_LONGEST = 200
"""Bytes of a word."""


_PIECE = 2**20
"""About so many bytes are taken apart at a time."""

_SPACED = bytes(code if code > 127 or chr(code).isalpha() else ord(" ") for code in range(256))


def _telling(content: bytes) -> bytes:
    """Different lines with bytes above 127, those first in which they are letters with Windows."""
    letters: dict[bytes, None] = {}
    signs: dict[bytes, None] = {}
    for line in io.BytesIO(content):
        if line.isascii() or len(line) > _LONG_LINE:
            continue
        lines = signs if SAME_SIGNS.sub(b"", line).isascii() else letters
        if len(lines) < _LOOKED_AT:
            lines[line] = None
        if len(letters) == _LOOKED_AT:
            break
    return b"".join([*letters, *signs][:_LOOKED_AT])


def _readings(content: bytes) -> dict[str, tuple[str, float]]:
    """Each text that the bytes may be, its encoding and how likely it is; the likeliest first."""
    from chardet import detect_all

    found = detect_all(
        content,
        ignore_threshold=True,
        compat_names=False,
        include_encodings=(*_ENCODINGS, *_OTHERS),
        no_match_encoding="cp1252",
    )
    likely = {str(result["encoding"]).replace("-", "_"): float(result["confidence"]) for result in found}
    readings: dict[str, tuple[str, float]] = {}
    for encoding in filter(likely.__contains__, (*_ENCODINGS, *_OTHERS)):
        for text in _decoded(content, [encoding]):
            first, confidence = readings.get(text, (encoding, 0.0))
            readings[text] = (first, max(confidence, likely[encoding]))
    return dict(sorted(readings.items(), key=lambda item: -item[1][1]))


def _decoded(content: bytes, encodings: Sequence[str]) -> dict[str, str]:
    """The texts that the bytes may be, and the first encoding of each."""
    texts: dict[str, str] = {}
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            texts.setdefault(content.decode(encoding), encoding)
    return texts


_WORD = re.compile(r"(?:(?![¼½¾¹²³])[^\W\d_])+")  # these count as letters for Python


def _words(text: str) -> tuple[str, ...]:
    """The different words of three letters and more that ASCII does not have."""
    found = dict.fromkeys(word for word in _WORD.findall(text) if len(word) > 2 and not word.isascii())
    return tuple(found)


_ODD = re.compile(r"[^\W\d_][^\w\s\x00-\x7f’–—]+[^\W\d_]|[\u2190-\u25ff]")
"""Signs within words, and arrows, signs of mathematics and lines of boxes: letters in another encoding."""


def _are_known(text: str) -> bool:
    words = _words(text)
    known = bool(words) and all(word.casefold() in _known_words() for word in words)
    return known and not _ODD.search(text)


@cache
def _known_words() -> frozenset[str]:
    """The words beyond ASCII of our names of places and minerals, units, and words of headers."""
    columns = (
        ("place_names", "spelling"), ("mineral_names", "spelling"), ("units", "spelling"),
        ("header_words", "words"), ("measure_words", "words"), ("article_places", "spelling"),
    )  # fmt: skip
    texts = (text for name, column in columns for text in table(name)[column])
    return frozenset(word.casefold() for text in texts for word in _words(text))
