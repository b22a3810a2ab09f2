"""Bytes become text: which encoding a file has."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import pyarrow as pa

from loaders.errors import UnreadableFile
from loaders.files.alphabets import SAME_SIGNS, likeliest
from loaders.files.archives import is_called_book
from loaders.files.damage import has_runs, refuse_damaged
from loaders.files.east_asian import east_asian
from loaders.report import Problem
from loaders.vocabulary import Severity

_PIECE = 2**20
"""Bytes that are looked at to tell an encoding."""


class Decoded(NamedTuple):
    """A text as UTF-8, the encoding that it was read with, and words that show it where that is in doubt."""

    content: bytes
    encoding: str
    doubtful: tuple[str, ...] = ()


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the encoding it was read with.

    UTF-8, UTF-16 with a byte order mark, GB 18030 and Big5 (Chinese), Shift JIS and EUC-JP (Japanese),
    Windows-949 (Korean), or one of Windows, ISO, Macintosh, Unix or DOS with a byte for each letter.
    Raises UnreadableFile for bytes that are no text, and for text that a wrong re-encoding has damaged.
    """
    text = as_utf8(content, name)
    return text.content.decode(), text.encoding


def as_utf8(content: bytes, name: str) -> Decoded:
    """`decode`, but the text stays as UTF-8 bytes, without a copy if the file has no other encoding."""
    encoding = "utf-8"
    doubtful: tuple[str, ...] = ()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
        content = _reencoded(content, encoding, name)
    if b"\x00" in content:
        what = (
            "neither the workbook that its name promises, nor text"
            if is_called_book(name)
            else "not a text file"
        )
        raise UnreadableFile(f"this is {what}.", file=name, remedy="Expected a workbook or a CSV table.")
    content = content.removeprefix(codecs.BOM_UTF8)
    if content.isascii():
        return Decoded(content, encoding)
    if not is_utf8(content):
        encoding, doubtful = _legacy_encoding(content, name)
        _refuse_mixed(content, encoding, name)
        content = _reencoded(content, encoding, name)
    refuse_damaged(content, name)
    return Decoded(content, encoding, doubtful)


def doubts_of_letters(text: Decoded, name: str) -> tuple[Problem, ...]:
    """A warning where the encoding of a text is likely, but not certain."""
    if not text.doubtful:
        return ()
    shown = ", ".join(f"'{word}'" for word in text.doubtful[:_SHOWN])
    return (
        Problem(
            severity=Severity.WARNING,
            rule="encoding of the text",
            message=f"the text is not UTF-8; it was read as {_name(text.encoding)}, with {shown}.",
            remedy="If these are spelt wrong, open the file where it reads well and save it as CSV UTF-8.",
            file=name,
        ),
    )


_SHOWN = 5
"""Words that a warning shows."""


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a workbook of Excel before 2007, and of one with a password."""


def _reencoded(content: bytes, encoding: str, name: str) -> bytes:
    try:
        return content.decode(encoding).encode()
    except UnicodeError as error:
        raise UnreadableFile(
            f"the text is neither UTF-8 nor {_name(encoding)}.",
            file=name,
            remedy="Download the file again from its publisher, or save it as CSV UTF-8.",
        ) from error


_NAMES = {
    "utf-16": "UTF-16", "gb18030": "GB 18030", "cp932": "Shift JIS", "euc_jp": "EUC-JP", "cp950": "Big5",
    "mac_roman": "Mac OS Roman",
}  # fmt: skip


def _name(encoding: str) -> str:
    """An encoding as people call it."""
    return _NAMES.get(encoding) or re.sub(r"^cp(?=125|949|932)", "Windows-", encoding)


def is_utf8(content: bytes) -> bool:
    """Whether bytes are UTF-8. Arrow finds out outside Python's lock, three times as fast."""
    ends = pa.array([0, len(content)], pa.int64()).buffers()[1]
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(content)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


# In Western texts letters with accents, dashes and quotation marks stand alone or in pairs; a Cyrillic, Greek
# or Chinese word is a run of bytes above 127.
_RUNS = re.compile(rb"[\x80-\xff]{3,}")
_COMMON_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

# Chinese characters do not stand within Latin words: these are letters with accents in two encodings at once.
_WITHIN_WORDS = re.compile(rb"[A-Za-z][\x80-\xff]{1,3}(?=[a-z])")

# What UTF-8 looks like in a text of another encoding, and nothing else does: Ã and a sign, â€, РЎ, ...
_UTF8_WITHIN = {
    "cp1252": re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x90-\xbf]"),
    "cp1251": re.compile(rb"(?:[\xd0\xd1][\x80-\xbf]){3}"),
    "gb18030": re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){3}"),
    **dict.fromkeys(("cp1250", "cp1253", "cp1254"), re.compile(rb"(?:[\xc3-\xd3][\x80-\xbf]){3}")),
}


def _refuse_mixed(content: bytes, encoding: str, name: str) -> None:
    pattern = _UTF8_WITHIN.get(encoding)
    found = pattern.search(content) if pattern and has_runs(content, 2) else None
    if found:
        raise UnreadableFile(
            f"the text is in two encodings: here it is UTF-8, elsewhere {_name(encoding)}.",
            file=name,
            row=content.count(b"\n", 0, found.start()) + 1,
            remedy="Save its parts as CSV UTF-8 before they are put together.",
        )


def _legacy_encoding(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The encoding of a text that is not UTF-8, and words that show it where it is in doubt."""
    certain = east_asian(content)
    if certain:
        return certain, ()
    guess = likeliest(content)
    if guess and guess.certain:
        return guess.encoding, ()
    if SAME_SIGNS.sub(b"", content).isascii():
        return "cp1252", ()
    high = len(content.translate(None, bytes(range(0x80))))
    if sum(map(len, _RUNS.findall(content))) * 2 < high:
        return (guess.encoding, guess.words) if guess else ("cp1252", _with_letters(content))
    if _is_chinese(content[:_PIECE]):
        return "gb18030", ()
    if guess:
        _refuse_mixed(content, guess.encoding, name)
    raise UnreadableFile(
        "the text is not UTF-8, and its encoding cannot be told with certainty.",
        file=name,
        remedy="Open it where it reads well and save it as CSV UTF-8.",
    )


def _with_letters(content: bytes) -> tuple[str, ...]:
    """Short words with bytes above 127, as Windows-1252 has them."""
    words = dict.fromkeys(_SHORT.findall(content[:_PIECE]))
    found = (word for word in words if not SAME_SIGNS.sub(b"", word).isascii())
    return tuple(word.decode("cp1252", "replace") for word in found)


_SHORT = re.compile(rb"[^\s,;]*[\x80-\xff][^\s,;]*")

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
