"""Bytes become text: which encoding a file has, and whether a wrong one has damaged it."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import pyarrow as pa

from loaders.errors import UnreadableFile

_PIECE = 2**20
"""Bytes that are decoded or looked at to tell an encoding or a damage."""

_ACCENTED = "".join(map(chr, range(0xC0, 0x100)))
_SIGNS = "".join(map(chr, range(0xA1, 0xC0)))

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
    if _is_chinese(content[:_PIECE]):
        return "gb18030"
    raise UnreadableFile(
        "the text is not UTF-8, and its encoding cannot be told with certainty.",
        file=name,
        remedy="Open it where it reads well and save it as CSV UTF-8.",
    )


# Korean syllables in EUC-KR are read as Chinese characters too, and Japanese in Shift JIS as rare ones: pairs
# of bytes of which the first is below 0xA1.
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_SHIFT_JIS = re.compile(rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]")


def _is_chinese(content: bytes) -> bool:
    """Whether bytes are likely GB 18030: common Chinese characters, and neither Korean nor Japanese ones."""
    text = content.decode("gb18030", "replace")
    others = [character for character in text if not character.isascii()]
    korean = len(_HANGUL.findall(content.decode("euc_kr", "ignore")))
    if korean > 0.95 * len(others) or _SHIFT_JIS.search(content):
        return False
    return len(_COMMON_CHINESE.findall(text)) > 0.95 * len(others)


def _refuse_damaged(content: bytes, name: str) -> None:
    found = damage(content)
    if found:
        row = content.count(b"\n", 0, found.position) + 1
        raise UnreadableFile(found.what, file=name, row=row, remedy=UNDAMAGED)


UNDAMAGED = "Use the publisher's own file, not a copy that a spreadsheet program has saved again."


class Damage(NamedTuple):
    """What a wrong re-encoding has done to a text, and the byte where it shows first."""

    what: str
    position: int


def damage(content: bytes) -> Damage | None:
    """What a wrong re-encoding has done to a text in UTF-8, or None."""
    lost = _lost(content)
    if lost:
        code = ord(lost[0].decode())
        kind = "character" if code == ord(REPLACEMENT) else "control character"
        what = (
            f"the text holds the {kind} U+{code:04X}: it was saved in a wrong encoding, and dashes (zeros) "
        )
        return Damage(f"{what}(zeros) and quotation marks are lost.", lost.start())
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


REPLACEMENT = "\ufffd"
_REPLACEMENT = re.compile(REPLACEMENT.encode())


def _lost(content: bytes) -> re.Match[bytes] | None:
    lost = _C1_CONTROLS.search(content) if b"\xc2" in content else None
    return lost or (_REPLACEMENT.search(content) if b"\xef" in content else None)


def _garbled(content: bytes) -> bytes:
    """The first letters that are garbled; empty if there are none."""
    start = content[:_PIECE]
    texts = [] if start.isascii() else dict.fromkeys(_NOT_ASCII.findall(start))
    return next((text for text in texts if _GARBLED.search(text)), b"")


_NOT_ASCII = re.compile(rb"[\x80-\xff]{4,}")
_SHOWN = 24


def _of(characters: str) -> str:
    """A pattern for one of the characters, in UTF-8."""
    return "(?:" + "|".join(re.escape(character) for character in characters) + ")"


def _second_bytes(encoding: str) -> str:
    """What the second and later bytes of a character in UTF-8 are read as in another encoding."""
    return _of(bytes(range(0x80, 0xC0)).decode(encoding, "ignore"))


# A file is damaged as a whole, so that its start tells. Letters and signs that stand together in no language:
_GARBLED = re.compile(
    "|".join(
        [
            "ï»¿|ï¿½|锟斤拷",  # UTF-8's byte order mark and U+FFFD in Windows-1252; U+FFFD in GB 18030
            f"â€{_of('™˜œ“”¦¢–—‰º¹')}",  # ’ ‘ “ — ” … • and the like, in Windows-1252
            f"Ã{_of('¡¢£¤¥¦§¨©ª¬®¯°±²³´µ¶·¸¹º¼½¾¿')}",  # á to ÿ; Portuguese may print «MAÇû
            f"(?:{_of('ÐÑ')}{_second_bytes('cp1252')}){{3}}",  # Cyrillic in Windows-1252
            f"(?:{_of('РС')}{_second_bytes('cp1251')}){{3}}",  # Cyrillic in Windows-1251
            f"(?:{_of('ãäåæçèé')}{_second_bytes('cp1252')}{{2}}){{2}}",  # Chinese in Windows-1252
            # Windows-1251 and GB 18030 in Windows-1252: 'Ðîññèÿ', '¶íÂÞË¹'. Estonian has four, in jäääär.
            f"{_of(_ACCENTED)}(?:{_of(_SIGNS)}{{0,3}}{_of(_ACCENTED)}){{4}}",
        ]
    ).encode()
)
