"""Bytes become text: which encoding a file has."""

from __future__ import annotations

import codecs
import re

import pyarrow as pa

from loaders.errors import UnreadableFile
from loaders.files.damage import refuse_damaged
from loaders.files.east_asian import east_asian

_PIECE = 2**20
"""Bytes that are looked at to tell an encoding."""


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the encoding it was read with.

    UTF-8, UTF-16 with a byte order mark, Windows-1252, Mac OS Roman, Windows-1251 (Cyrillic), GB 18030 and
    Big5 (Chinese), Shift JIS and EUC-JP (Japanese), or Windows-949 (Korean).
    Raises UnreadableFile for bytes that are no text, and for text that a wrong re-encoding has damaged.
    """
    content, encoding = as_utf8(content, name)
    return content.decode(), encoding


def as_utf8(content: bytes, name: str) -> tuple[bytes, str]:
    """`decode`, but the text stays as UTF-8 bytes, without a copy if the file has no other encoding."""
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
    refuse_damaged(content, name)
    return content, encoding


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a workbook of Excel before 2007, and of one with a password."""


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
    "utf-16": "UTF-16", "cp1252": "Windows-1252", "cp1251": "Windows-1251", "gb18030": "GB 18030",
    "mac_roman": "Mac OS Roman", "cp932": "Shift JIS", "euc_jp": "EUC-JP", "cp950": "Big5",
    "cp949": "Windows-949",
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
    pattern = _UTF8_WITHIN.get(encoding)
    found = pattern.search(content) if pattern else None
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
    certain = east_asian(content)
    if certain:
        return certain
    if len(runs) * 2 < high:
        return "mac_roman" if _is_mac_roman(content[:_PIECE]) else "cp1252"
    letters = len(runs) - len(runs.translate(None, _CYRILLIC))
    small = len(runs) - len(runs.translate(None, _CYRILLIC_SMALL))
    if letters > 0.95 * len(runs) and small > 0.6 * len(runs):
        return "cp1251"
    if _is_chinese(content[:_PIECE]):
        return "gb18030"
    raise UnreadableFile(
        "the text is not UTF-8, and its encoding cannot be told with certainty.",
        file=name,
        remedy="Open it where it reads well and save it as CSV UTF-8.",
    )


_IN_WORDS = re.compile(rb"(?<=[A-Za-z])[\x80-\xff](?=[a-z])")
_NO_LETTERS = b"\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x95\x98\x99\x9b\x9d\x9f"
"""Signs and capitals in Windows-1252, small letters with accents in Mac OS Roman."""


def _is_mac_roman(content: bytes) -> bool:
    """Whether the letters within Latin words, two at least, are small ones in Mac OS Roman alone."""
    within = b"".join(_IN_WORDS.findall(content))
    telling = sum(within.count(byte) for byte in _NO_LETTERS)
    return telling > 1 and within.decode("mac_roman").islower()


# Korean syllables in EUC-KR are read as Chinese characters too, and Japanese in Shift JIS as rare ones: pairs
# of bytes of which the first is below 0xA1.
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_SHIFT_JIS = re.compile(rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]")


def _is_chinese(content: bytes) -> bool:
    """Whether bytes are likely GB 18030: common Chinese characters, and neither Korean nor Japanese ones."""
    text = content.decode("gb18030", "replace")
    others = [character for character in text if not character.isascii()]
    korean = len(_HANGUL.findall(content.decode("euc_kr", "ignore")))
    within = len(_WITHIN_WORDS.findall(content))
    if korean > 0.95 * len(others) or within >= 0.1 * len(others) or _SHIFT_JIS.search(content):
        return False
    return len(_COMMON_CHINESE.findall(text)) > 0.95 * len(others)
