"""Which encoding of East Asia a text has: each is tried, and chosen where its characters are common ones.

Each standard puts the characters of daily use first: JIS X 0208 has its kana and the 2,965 kanji of level 1
before row 48, GB 2312 its 3,755 of level 1 before row 56, Big5 its 5,401 frequent ones before C6 7E, KS X
1001 the 2,350 syllables of Hangul before row 41. Bytes that are read in a wrong one become rare characters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_COMMON = 0.95
"""The least share of common characters in the encoding that a text has."""

_OF_ANOTHER = 0.85
"""The largest share in all others."""

FEWEST = 8
"""Characters that are needed to tell."""

LOOKED_AT = 2**16
"""Bytes that are decoded in each encoding."""


class _Kind(NamedTuple):
    """An encoding, the first bytes of its common characters, and those that have to be among them."""

    encoding: str
    common: re.Pattern[bytes]
    telling: re.Pattern[str]


_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")

_KINDS = (
    _Kind("cp932", re.compile(rb"[\x81-\x83\x88-\x97]"), _KANA),
    _Kind("euc_jp", re.compile(rb"[\xa1-\xa5\xb0-\xcf]"), _KANA),
    _Kind("gb18030", re.compile(rb"[\xa1-\xa3\xb0-\xd7]"), _HAN),
    _Kind("cp950", re.compile(rb"[\xa1-\xa3\xa4-\xc6]"), _HAN),
    _Kind("cp949", re.compile(rb"[\xa1-\xa3\xb0-\xc8]"), _HANGUL),
)
_TELLING = 0.1
"""The least share of kana, Han characters or Hangul: a text has them, whatever stands beside them."""


_WITHIN_WORDS = re.compile("[A-Za-z][^\\x00-\\x7f]{1,2}(?=[a-z])")
"""A character of East Asia within a Latin word is a letter with an accent in another encoding."""

_LOW = 0.1
"""The least share of characters of Big5 whose second byte is below 80; those of other encodings have none."""

_KOREAN = 30
"""Syllables that tell Korean from Chinese: their first bytes are all among those of common Han characters."""


def east_asian(content: bytes) -> str | None:
    """The encoding of a text in Japanese, Chinese or Korean, or None where none is certain."""
    start = content[:LOOKED_AT]
    if len(start) == LOOKED_AT:  # it may end within a character
        start = start[: start.rfind(b"\n") + 1]
    shares = {kind.encoding: _share(start, kind) for kind in _KINDS}
    best, *others = sorted(shares, key=lambda encoding: -shares[encoding])
    if shares["cp949"] >= _COMMON and len(_HANGUL.findall(start.decode("cp949"))) >= _KOREAN:
        best, others = "cp949", [name for name in shares if name not in ("cp949", "gb18030")]
    certain = shares[best] >= _COMMON and all(shares[other] <= _OF_ANOTHER for other in others)
    return best if certain else None


def _share(content: bytes, kind: _Kind) -> float:
    """The share of common characters among those that are not ASCII; 0 for what is no such text."""
    try:
        text = content.decode(kind.encoding)
    except UnicodeDecodeError:
        return 0.0
    others = [character for character in text if not character.isascii()]
    told = len(kind.telling.findall(text))
    within = len(_WITHIN_WORDS.findall(text))
    if len(others) < FEWEST or told < _TELLING * len(others) or within > _TELLING * len(others):
        return 0.0
    if kind.encoding == "cp950" and _second_bytes_low(others) < _LOW * len(others):
        return 0.0
    return sum(_is_common(character, kind) for character in others) / len(others)


def _second_bytes_low(characters: list[str]) -> int:
    return sum(character.encode("cp950")[-1] < 0x80 for character in characters)


def _is_common(character: str, kind: _Kind) -> bool:
    encoded = character.encode(kind.encoding)
    return len(encoded) == 2 and kind.common.match(encoded) is not None
