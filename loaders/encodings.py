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


# UTF-8 was read as Windows-1252 and saved again: Â° for a degree, Ã´ for o with a circumflex, â€ before a
# typographic quotation mark or dash, ÐÑ for Cyrillic letters.
_MOJIBAKE = re.compile(
    rb"\xc3(?:[\x82\x83]\xc2[\xa0-\xbf]|\xa2\xe2\x82\xac"
    rb"|[\x90\x91]\xc2[\xa0-\xbf]\xc3[\x90\x91]\xc2[\xa0-\xbf])"
)


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
        _refuse_mixed(content, encoding, name)
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


# Chinese characters do not stand within Latin words: these are letters with accents in two encodings at once.
_WITHIN_WORDS = re.compile(rb"[A-Za-z][\x80-\xff]{1,3}(?=[a-z])")

# What UTF-8 looks like in a text of another encoding, and nothing else does: Ã and a sign, â€, РЎ, ...
_UTF8_WITHIN = {
    "cp1252": re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x90-\xbf]"),
    "cp1251": re.compile(rb"(?:[\xd0\xd1][\x80-\xbf]){3}"),
    "gb18030": re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){3}"),
}


def _refuse_mixed(content: bytes, encoding: str, name: str) -> None:
    found = _UTF8_WITHIN[encoding].search(content)
    if found:
        raise UnreadableFile(
            f"the text is in two encodings: here it is UTF-8, elsewhere {_ENCODING_NAMES[encoding]}.",
            file=name,
            row=content.count(b"\n", 0, found.start()) + 1,
            remedy="Save its parts as CSV UTF-8 before they are put together.",
        )


def _legacy_encoding(content: bytes, name: str) -> str:
    """The encoding of a text that is not UTF-8, from how its bytes above 127 stand together."""
    high = len(content.translate(None, bytes(range(0x80))))
    runs = b"".join(
        b"".join(_RUNS.findall(content, start, start + _PIECE)) for start in range(0, len(content), _PIECE)
    )
    if len(runs) * 2 < high:
        return "cp1252"
    letters = len(runs) - len(runs.translate(None, _CYRILLIC))
    small = len(runs) - len(runs.translate(None, _CYRILLIC_SMALL))
    if letters > 0.95 * len(runs) and small > 0.6 * len(runs):
        return "cp1251"
    text = content[:_PIECE].decode("gb18030", "replace")
    others = [character for character in text if not character.isascii()]
    within = len(_WITHIN_WORDS.findall(content, 0, _PIECE))
    if len(_COMMON_CHINESE.findall(text)) > 0.95 * len(others) and within < 0.1 * len(others):
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
            f"the text holds {_odd_words(damage[0].decode())}.",
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
        raise UnreadableFile(
            f"the text holds {_odd_words(found[0])}.",
            file=name,
            row=row,
            column=column,
            remedy="Use the publisher's own file, not a copy that another program has saved again.",
        )


_ODD = "[\x00\x80-\x9f]|[ÂÃ][\xa0-\xbf]|â€|(?:[ÐÑ][\xa0-\xbf]){2}"
"""NUL, `_C1_CONTROLS` and `_MOJIBAKE` in a text that is decoded already."""


def _odd_words(found: str) -> str:
    """What is odd about a text, and why."""
    if len(found) > 1:
        return f"'{found}': it was saved in a wrong encoding, and letters with accents and signs are lost"
    why = "it was saved in a wrong encoding, and dashes (zeros) and quotation marks are lost"
    return f"the control character U+{ord(found):04X}: {'no text has it' if found == NUL else why}"


NUL = "\x00"


def is_damaged(content: bytes) -> bool:
    """Whether a text in UTF-8 holds characters that only a wrong re-encoding leaves there."""
    return _damage(content) is not None


def _damage(content: bytes) -> re.Match[bytes] | None:
    if b"\xc2" in content and (found := _C1_CONTROLS.search(content)):
        return found
    return _MOJIBAKE.search(content) if b"\xc3" in content else None
