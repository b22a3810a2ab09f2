"""Minerals and places named in a text, in every language that our tables have.

The names are those of `loaders.names`; `article_minerals.csv` and `article_places.csv` add inflected
forms (a spelling with `*` is the beginning of a word), people, capitals and regions, and
`article_not_minerals.csv` the sayings in which a metal is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from loaders.articles.needed_words import ByFirstWord, by_first_word
from loaders.articles.patterns import by_letter, lowered, small_letters
from loaders.articles.tokens import MARK, WORD, Token, tokens
from loaders.knowledge import rules
from loaders.names import CODE_LENGTH, minerals, places
from loaders.vocabulary import WORLD

_SHORTEST_STEM = 3
_LONGEST = 7
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SHORT_NAMES = frozenset(
    {"USA", "UK", "UAE", "DRC", "US", "EU", "РФ", "США", "ЮАР", "ПАР", "КНР", "ЕС", "ЄС", "UE", "ДРК"}
)
_EVERYDAY = frozenset(
    [
        "other",
        "others",
        "reunion",
        "jersey",
        "world",
        "total",
        "monde",
        "inde",
        "mundo",
        "welt",
        "мир",
        "світ",
        "прочие",
        "autres",
    ]
)


class Name(NamedTuple):
    """A name in a text: where it stands, the id or code it means, and whether it is weak.

    A weak name ("lead") counts only beside an amount or a measure.
    """

    start: int
    end: int
    code: str
    weak: bool = False


class _Entry(NamedTuple):
    words: tuple[str, ...]
    code: str
    capital: bool
    weak: bool


_Index = dict[str, dict[str, list[_Entry]]]
"""First word (or its first letters) -> second word -> entries, the longest first; see `_by_second`."""


def _key(word: str) -> str:
    return word.removesuffix("'s").casefold()


def _indexed(entries: Iterable[_Entry]) -> _Index:
    index: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        first = entry.words[0]
        index[first[:_SHORTEST_STEM] + "*" if first.endswith("*") else first].append(entry)
    for listed in index.values():
        listed.sort(key=lambda entry: (len(entry.words), len(entry.words[0])), reverse=True)
    return {first: _by_second(listed) for first, listed in index.items()}


_ANY = "*"


def _by_second(listed: list[_Entry]) -> dict[str, list[_Entry]]:
    """The entries that can stand before each second word; under "*" those before any other word.

    So most places where "New" or "South" is read are left without trying a name.
    """
    seconds = {entry.words[1] for entry in listed if len(entry.words) > 1}
    starred = any(second.endswith("*") for second in seconds)
    alone = listed if starred else [entry for entry in listed if len(entry.words) == 1]
    found = {} if starred else {word: _before(word, listed) for word in seconds}
    return {**found, _ANY: alone}


def _before(second: str, listed: list[_Entry]) -> list[_Entry]:
    return [entry for entry in listed if len(entry.words) == 1 or entry.words[1] == second]


def _entry(spelling: str, code: str, *, capital: bool, weak: bool = False) -> _Entry | None:
    words = tuple(
        _key(token.text) + ("*" if spelling[token.end : token.end + 1] == "*" else "")
        for token in tokens(spelling.replace("’", "'"))
        if token.kind in (WORD, MARK)
    )
    plain = words and len(words) <= _LONGEST and not re.search(r"\b\d|[,(]", spelling)
    return _Entry(words, code, capital, weak) if plain else None


@cache
def _mineral_index() -> _Index:
    weak = {row["words"] for row in rules("article_weak_minerals")}
    table = minerals()
    spellings = {name.casefold(): code for code, name in zip(table.index, table["name"], strict=True)}
    spellings |= {code.replace("-", " "): code for code in table.index}
    spellings |= {
        row["spelling"].casefold(): row["mineral"]
        for row in rules("mineral_names")
        if row["publisher"] in ("any", "document")
        and (len(row["spelling"]) > CODE_LENGTH or _CHINESE.match(row["spelling"]))
    }
    spellings |= {row["spelling"].casefold(): row["mineral"] for row in rules("article_minerals")}
    spellings |= {"tin": "tin", "锂": "lithium", "钨": "tungsten"}
    found = (
        _entry(spelling, code, capital=False, weak=spelling in weak) for spelling, code in spellings.items()
    )
    return _indexed(entry for entry in found if entry)


@cache
def _place_index() -> _Index:
    table = places()
    named = [(name, code) for code, name in zip(table.index, table["name"], strict=True) if "+" not in code]
    named += [(row["spelling"], row["place"]) for row in rules("place_names") if row["publisher"] == "any"]
    kept = [
        _entry(spelling, code, capital=spelling[:1].isupper())
        for spelling, code in named
        if code not in (WORLD, "OTH", "")
        and (len(spelling) > CODE_LENGTH or spelling in _SHORT_NAMES or _CHINESE.match(spelling))
        and spelling.casefold() not in _EVERYDAY
    ]
    kept += [
        _entry(row["spelling"], row["place"], capital=row["spelling"][:1].isupper())
        for row in rules("article_places")
    ]
    return _indexed(entry for entry in kept if entry)


@cache
def _sayings() -> ByFirstWord[re.Pattern[str]]:
    """The sayings, by the words that they begin with."""
    listed = "|".join(row["words"] for row in rules("article_not_minerals"))
    sayings = small_letters(rf"(?<!\w)(?:{by_letter(listed)})(?!\w)")
    return by_first_word(sayings)


def names(folded: str, found: Sequence[Token]) -> tuple[list[Name], list[Name]]:
    """The minerals and the places named in a text of these tokens, each in order.

    Sayings such as "silver lining" name no mineral; people ("Chilean"), capitals and regions stand for
    countries.
    """
    namer = _Namer(folded, found)
    said = _said(lowered(folded), found)
    minerals_named = [name for name in namer.named(_mineral_index()) if not _is_said(name, said)]
    return minerals_named, list(namer.named(_place_index()))


def _said(low: str, found: Sequence[Token]) -> list[tuple[int, int]]:
    """Where sayings such as "silver lining" stand in a text in small letters."""
    sayings = _sayings()
    tried = (pattern.match(low, token.start) for token in found for pattern in sayings[token.text])
    return [match.span() for match in tried if match is not None]


def _is_said(name: Name, said: Sequence[tuple[int, int]]) -> bool:
    return any(start < name.end and name.start < end for start, end in said)


class _Namer:
    """Finds the names of an index among the tokens of a text."""

    def __init__(self, folded: str, found: Sequence[Token]) -> None:
        self.folded = folded
        self.found = found
        self.keys = [token.text.removesuffix("'s") for token in found]
        places = enumerate(self.keys) if not folded.isascii() else ()
        self.foreign = {place for place, key in places if not key.isascii()}

    def named(self, index: _Index) -> Iterator[Name]:
        """The names, in order; none overlaps another."""
        after = 0
        begun = [place for place, key in enumerate(self.keys) if key in index]
        for place in sorted({*begun, *self.foreign}) if self.foreign else begun:
            name = self._at(place, index) if place >= after else None
            if name is None:
                continue
            last, entry = name
            end = self.found[last].end
            if entry.code and self.folded[end : end + 1] != "$":
                own = _without_genitive(self.found[last])
                yield Name(self.found[place].start, own, entry.code, entry.weak)
            after = last + 1

    def _at(self, place: int, index: _Index) -> tuple[int, _Entry] | None:
        """The longest name that begins at a token, and its last token."""
        if self.found[place].kind not in (WORD, MARK):
            return None
        best: tuple[int, _Entry] | None = None
        for entry in self._entries(place, index):
            last = self._matched(place, entry)
            if last is not None and (best is None or last > best[0]):
                best = last, entry
        return best

    def _entries(self, place: int, index: _Index) -> list[_Entry]:
        """The entries that may begin at a token, by its word and the one after it."""
        key = self.keys[place]
        following = self.keys[place + 1] if place + 1 < len(self.keys) else ""
        words = (key,) if self.found[place].text.isascii() else (key, key[:_SHORTEST_STEM] + "*")
        listed = (index[word] for word in words if word in index)
        return [entry for seconds in listed for entry in seconds.get(following, seconds[_ANY])]

    def _matched(self, place: int, entry: _Entry) -> int | None:
        """The last token of an entry's words, where they stand at a token."""
        token = self.found[place]
        if (
            entry.capital
            and not self.folded[token.start].isupper()
            and self.keys[place].isalpha()
            and token.text[0].lower() != token.text[0].upper()
        ):
            return None
        for step, word in enumerate(entry.words):
            at = place + step
            if at >= len(self.found) or not _is_word(self.keys[at], word):
                return None
            if step and not _close(self.folded[self.found[at - 1].end : self.found[at].start]):
                return None
        return None if self._is_small_code(entry, token) else place + len(entry.words) - 1

    def _is_small_code(self, entry: _Entry, token: Token) -> bool:
        """Whether a code such as "US" is printed in small letters: "us"."""
        is_code = len(entry.words) == 1 and len(token.text) <= CODE_LENGTH and entry.capital
        return is_code and not self.folded[token.start : token.end].isupper()


def _without_genitive(token: Token) -> int:
    return token.end - 2 if token.text.endswith("'s") else token.end


def _is_word(text: str, word: str) -> bool:
    return text.startswith(word[:-1]) if word.endswith("*") else text == word


def _close(gap: str) -> bool:
    return gap in (" ", "-", "", ".", "\n")
