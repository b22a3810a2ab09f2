"""Bytes become text: which encoding a file has, and whether a wrong one has damaged it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from loaders.errors import UnreadableFile

_PIECE = 2**20
"""Bytes that are decoded at a time."""

_C1_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
"""Characters that no text prints, in UTF-8: Windows-1252 bytes were read as Latin-1 and saved again."""


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the encoding it was read with.

    UTF-8, UTF-16 with a byte order mark, Windows-1252, Windows-1251 (Cyrillic) or GB 18030 (Chinese).
    Raises UnreadableFile for bytes that are no text, and for text that a wrong re-encoding has damaged.
    """
    content, encoding = as_utf8(content, name)
    return content.decode(), encoding


def as_utf8(content: bytes, name: str) -> tuple[bytes, str]:
    """`decode`, but the text stays as UTF-8 bytes, without a copy if the file has no other encoding."""
    if content.startswith(OLE):
        raise UnreadableFile(
            "this is a workbook of Excel before 2007, or one with a password.",
            file=name,
            remedy="Save it as .xlsx without a password.",
        )
    encoding = "utf-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
        content = _reencoded(content, encoding, name)
    if b"\x00" in content:
        raise UnreadableFile("this is not a text file.", file=name, remedy="Expected a CSV table.")
    content = content.removeprefix(codecs.BOM_UTF8)
    if content.isascii():
        return content, encoding
    if not is_utf8(content):
        encoding = _legacy_encoding(content, name)
        content = _reencoded(content, encoding, name)
    _refuse_damaged(content, name)
    return content, encoding


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _reencoded(content: bytes, encoding: str, name: str) -> bytes:
    try:
        return content.decode(encoding).encode()
    except UnicodeError as error:
        raise UnreadableFile(
            f"the text is neither UTF-8 nor {_ENCODING_NAMES[encoding]}.",
            file=name,
            remedy="Download the file again from its publisher, or save it as CSV UTF-8.",
        ) from error


_ENCODING_NAMES = {
    "utf-16": "UTF-16", "cp1252": "Windows-1252", "cp1251": "Windows-1251", "gb18030": "GB 18030"
}  # fmt: skip


def is_utf8(content: bytes) -> bool:
    """Whether bytes are UTF-8. Arrow finds out outside Python's lock, three times as fast."""
    ends = pa.array([0, len(content)], pa.int64()).buffers()[1]
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(content)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


# In Western texts letters with accents, dashes and quotation marks stand alone or in pairs; a Cyrillic or
# Chinese word is a run of bytes above 127. Windows-1251 has its letters at 0xC0 to 0xFF (the small ones
# from 0xE0; KOI8-R has them the other way round) and a few Ukrainian and Belarusian ones elsewhere.
_RUNS = re.compile(rb"[\x80-\xff]{3,}")
_CYRILLIC = b"\xa1\xa2\xa5\xa8\xaa\xaf\xb2\xb3\xb4\xb8\xba\xbf" + bytes(range(0xC0, 0x100))
_CYRILLIC_SMALL = bytes(range(0xE0, 0x100))
_COMMON_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def _legacy_encoding(content: bytes, name: str) -> str:
    """The encoding of a text that is not UTF-8, from how its bytes above 127 stand together."""
    high = len(content.translate(None, bytes(range(0x80))))
    runs = b"".join(_RUNS.findall(content))
    if len(runs) * 2 < high:
        return "cp1252"
    letters = len(runs) - len(runs.translate(None, _CYRILLIC))
    small = len(runs) - len(runs.translate(None, _CYRILLIC_SMALL))
    if letters > 0.95 * len(runs) and small > 0.6 * len(runs):
        return "cp1251"
    text = content[:_PIECE].decode("gb18030", "replace")
    others = [character for character in text if not character.isascii()]
    if len(_COMMON_CHINESE.findall(text)) > 0.95 * len(others):
        return "gb18030"
    raise UnreadableFile(
        "the text is not UTF-8, and its encoding cannot be told with certainty.",
        file=name,
        remedy="Open it where it reads well and save it as CSV UTF-8.",
    )


def _refuse_damaged(content: bytes, name: str) -> None:
    damage = _damage(content)
    if damage:
        raise UnreadableFile(
            f"the text holds the control character U+{damage[0][1]:04X}: {_SAVED_WRONGLY}.",
            file=name,
            row=content.count(b"\n", 0, damage.start()) + 1,
            remedy="Use the publisher's own file, not a copy that a spreadsheet program has saved again.",
        )


def refuse_odd_cells(cells: pa.Array, name: str, rows: Sequence[int], column: str) -> None:
    """Refuse cells with a character that no CSV file may hold either; `rows` are their numbers."""
    odd = pc.index(pc.match_substring_regex(cells, _ODD), True).as_py()
    if odd >= 0:
        refuse_odd_text(cells[odd].as_py(), name, rows[odd], column)


def refuse_odd_text(text: str, name: str, row: int, column: str | None = None) -> None:
    """Refuse a text with NUL or with a character that only a wrong re-encoding leaves there."""
    found = re.search(_ODD, text)
    if found:
        why = "no text has it" if found[0] == "\x00" else _SAVED_WRONGLY
        raise UnreadableFile(
            f"the text holds the control character U+{ord(found[0]):04X}: {why}.",
            file=name,
            row=row,
            column=column,
            remedy="Use the publisher's own file, not a copy that another program has saved again.",
        )


_ODD = "[\x00\x80-\x9f]"
_SAVED_WRONGLY = "it was saved in a wrong encoding, and dashes (zeros) and quotation marks are lost"


def is_damaged(content: bytes) -> bool:
    """Whether a text in UTF-8 holds characters that only a wrong re-encoding leaves there."""
    return _damage(content) is not None


def _damage(content: bytes) -> re.Match[bytes] | None:
    return _C1_CONTROLS.search(content) if b"\xc2" in content else None
