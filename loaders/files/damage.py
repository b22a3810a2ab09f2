"""Whether a wrong encoding has damaged a text, and what shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.errors import UnreadableFile

_PIECE = 2**20
"""Bytes that are looked at for garbled letters: a file is damaged as a whole, so that its start tells."""

NUL = "\x00"
REPLACEMENT = "\ufffd"
_REMEDY = "Use the publisher's own file, not a copy that another program has saved again."


class Damage(NamedTuple):
    """What is wrong with a text, and the byte where it shows first."""

    what: str
    position: int


def refuse_damaged(content: bytes, name: str) -> None:
    """Refuse a file, in UTF-8, whose text is damaged."""
    found = damage(content)
    if found:
        row = content.count(b"\n", 0, found.position) + 1
        raise UnreadableFile(found.what, file=name, row=row, remedy=_REMEDY)


def refuse_damaged_text(text: str, name: str, row: int, column: str | None = None) -> None:
    """Refuse a cell, or the cells of a row, that are damaged."""
    found = damage(text.encode()) if NUL in text or not text.isascii() else None
    if found:
        raise UnreadableFile(found.what, file=name, row=row, column=column, remedy=_REMEDY)


def refuse_damaged_cells(cells: pa.Array, name: str, rows: Sequence[int], column: str) -> None:
    """`refuse_damaged_text` for a column of texts; `rows` are their numbers."""
    nul = pc.match_substring(cells, NUL)
    others = pc.unique(cells.filter(pc.or_(nul, pc.invert(pc.string_is_ascii(cells)))))
    for text in others.to_pylist():
        refuse_damaged_text(text, name, rows[pc.index(cells, text).as_py()], column)


def damage(content: bytes) -> Damage | None:
    """What is wrong with a text in UTF-8, or None."""
    found = _lost(content)
    if found:
        code = ord(found[0].decode())
        kind = "character" if code == ord(REPLACEMENT) else "control character"
        why = "it was saved in a wrong encoding, and dashes (zeros) and quotation marks are lost"
        why = "no text has it" if code == 0 else why
        return Damage(f"the text holds the {kind} U+{code:04X}: {why}.", found.start())
    garbled = _garbled(content)
    if garbled:
        shown = garbled[:_SHOWN].decode("utf-8", "ignore")
        what = f"the text holds '{shown}': letters were read in a wrong encoding and saved again."
        return Damage(what, content.index(garbled))
    return None


def is_damaged(content: bytes) -> bool:
    """Whether a text in UTF-8 holds characters that only a wrong re-encoding leaves there."""
    return _lost(content) is not None


def is_garbled(content: bytes) -> bool:
    """Whether the start of a text in UTF-8 reads as "CÃ´te", letters of one encoding read in another."""
    return bool(_garbled(content))


# U+0080 to U+009F are in no text: bytes of Windows-1252 were read as Latin-1 and saved again.
_SIGNS_OF_LOSS = {
    NUL.encode(): re.compile(NUL.encode()),
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xef": re.compile(REPLACEMENT.encode()),
}
"""The first byte of a character that shows a loss -> the character, in UTF-8."""


def _lost(content: bytes) -> re.Match[bytes] | None:
    found = (sign.search(content) for byte, sign in _SIGNS_OF_LOSS.items() if byte in content)
    return next((hit for hit in found if hit), None)


def _garbled(content: bytes) -> bytes:
    """The first letters that are garbled; empty if there are none."""
    start = content[:_PIECE]
    texts = dict.fromkeys(_NOT_ASCII.findall(start)) if has_runs(start, 4) else []
    return next((text for text in texts if _GARBLED.search(text)), b"")


def has_runs(text: bytes, length: int) -> bool:
    """Whether so many bytes above 127 stand together; a pattern takes a hundred times as long."""
    high = np.frombuffer(text, dtype="uint8") > 127
    for _ in range(length - 1):
        high = high[1:] & high[:-1]
    return bool(high.any())


_NOT_ASCII = re.compile(rb"[\x80-\xff]{4,}")
_SHOWN = 24


def _of(characters: str) -> str:
    """A pattern for one of the characters, in UTF-8."""
    return "(?:" + "|".join(re.escape(character) for character in characters) + ")"


def _second_bytes(encoding: str) -> str:
    """What the second and later bytes of a character in UTF-8 are read as in another encoding."""
    return _of(bytes(range(0x80, 0xC0)).decode(encoding, "ignore"))


_ACCENTED = "".join(map(chr, range(0xC0, 0x100)))
_SIGNS = "".join(map(chr, range(0xA1, 0xC0)))

# Letters and signs that stand together in no language:
_GARBLED = re.compile(
    "|".join(
        [
            "ï»¿|ï¿½|锟斤拷",  # UTF-8's byte order mark and U+FFFD in Windows-1252; U+FFFD in GB 18030
            f"â€{_of('™˜œ“”¦¢–—‰º¹')}",  # ’ ‘ “ — ” … • and the like, in Windows-1252
            f"Ã{_of('¡¢£¤¥¦§¨©ª¬®¯°±²³´µ¶·¸¹º¼½¾¿')}",  # á to ÿ; Portuguese may print «MAÇû
            f"Â{_of('°±²³´µ·¼½¾£§©®')}",
            f"(?:{_of('ÐÑ')}{_second_bytes('cp1252')}){{3}}",  # Cyrillic in Windows-1252
            f"(?:{_of('РС')}{_second_bytes('cp1251')}){{3}}",  # Cyrillic in Windows-1251
            f"(?:{_of('ãäåæçèé')}{_second_bytes('cp1252')}{{2}}){{2}}",  # Chinese in Windows-1252
            # Windows-1251 and GB 18030 in Windows-1252: 'Ðîññèÿ', '¶íÂÞË¹'. Estonian has four, in jäääär.
            f"{_of(_ACCENTED)}(?:{_of(_SIGNS)}{{0,3}}{_of(_ACCENTED)}){{4}}",
        ]
    ).encode()
)
