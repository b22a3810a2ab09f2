"""A chain of speakers: who said it first, then who carried it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from loaders.articles.speaker_names import Speaker, words_of
from loaders.names import place_name


class Chain(NamedTuple):
    """The speakers of a sentence, who said it first to who carried it, and the words that say so."""

    speakers: tuple[Speaker, ...] = ()
    pronoun: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names, each once."""
        return tuple(dict.fromkeys(speaker.name for speaker in self.speakers))

    @property
    def words(self) -> str:
        """The words that decided."""
        return "; ".join(dict.fromkeys(speaker.words for speaker in self.speakers))


_ITS_OWN = ("country's ", "nation's ", "state's ", "island's ", "its ")


def named_with_country(chain: Chain, low: str, place: str | None) -> tuple[str, ...]:
    """The names of a chain; "the country's geological survey" is that country's, not another one's."""
    return tuple(
        dict.fromkeys(
            f"{who.name} of {place_name(place)}"
            if place and who.name == "geological survey" and low[: who.start].endswith(_ITS_OWN)
            else who.name
            for who in chain.speakers
        )
    )


def ordered(
    low: str, found: list[Speaker], carried: list[Speaker], cited: list[Speaker], end: int
) -> tuple[Speaker, ...]:
    """Who said it first to who carried it last."""
    inner_first = sorted(found, key=lambda speaker: speaker.start, reverse=True)
    if carried and len(inner_first) > 1 and _is_told(inner_first[0], carried):
        del inner_first[0]  # "X told the Herald that so it is, the newspaper wrote"
    trailing = _trailing(low, inner_first, end)
    if trailing and low.startswith(_POSSESSIVES, trailing[0].start - 4):
        trailing = []  # "X expects 5 t, its chairman said" is what the chairman said
    if trailing and _WRITES_AS.fullmatch(low, inner_first[1].end, trailing[0].start):
        trailing = [*_trailing(low, inner_first[1:], inner_first[1].end), *trailing]
    chain = [*_nested(inner_first[len(trailing) :], carried), *trailing]
    for speaker in cited:
        before = [
            place
            for place, other in enumerate(chain)
            if other.start < speaker.start and (other not in carried or len(chain) == 1)
        ]
        first = min(range(len(chain)), key=lambda place: chain[place].start, default=0)
        nearest = max(before, key=lambda place: chain[place].start, default=first)
        chain.insert(nearest, speaker)
    return tuple(chain)


def without_place(chain: tuple[Speaker, ...], places: Sequence[str]) -> tuple[Speaker, ...]:
    """Who speaks for a place, without the place: "Peru expects 5 tonnes, the ministry said"."""
    spoken_for = len(chain) > 1 and chain[0].name in places and chain[0].start < chain[1].start
    return chain[1:] if spoken_for else chain


def _is_told(last: Speaker, carried: Sequence[Speaker]) -> bool:
    """Whether who speaks last is the paper, named before, that was told."""
    return last.name.casefold() in words_of("outlet") and any(who.end < last.start for who in carried)


_POSSESSIVES = ("its ", "his ", "her ")


def _nested(found: list[Speaker], carried: list[Speaker]) -> list[Speaker]:
    """Carriers right after who told them: the nearest speaker in front of them."""
    chain = list(found)
    for speaker in carried:
        before = [place for place, other in enumerate(chain) if other.start < speaker.start]
        teller = max(before, key=lambda place: chain[place].start, default=len(chain) - 1)
        chain.insert(teller + 1, speaker)
    return chain


def _trailing(low: str, found: list[Speaker], end: int) -> list[Speaker]:
    """Who is named where the sentence ends carries the others: "A told B that so it is, C wrote"."""
    apart = len(found) > 1 and (
        found[0].start > found[-1].end + _LONG_CONTENT
        or _SAID_THEN.fullmatch(low, found[1].end, found[0].start)
    )
    if apart and (
        end - found[0].end < _TRAILING
        or _CLOSES.match(low, found[0].end, end)
        or _WROTE_THEN.fullmatch(low, found[0].end, end)
    ):
        return found[:1]
    return []


_CLOSES = re.compile(r"\s?(?:writes?|wrote|reports?|reported),\s(?:and|but|while)\b")
_SAID_THEN = re.compile(r"\s?(?:said|says|stated|added),\s(?:the )?")
_WROTE_THEN = re.compile(
    r"\s?(?:writes?|wrote|reports?|reported|said|says)\s"
    r"(?:(?:late |early )?on [a-z]+day|yesterday|today|(?:last|this) [a-z]+)[.\"]*\s*"
)
_WRITES_AS = re.compile(r"\s?(?:writes?|wrote|reports?|reported), (?:according to|as told by) [\w ]{0,25}")
_TRAILING = 16
_LONG_CONTENT = 40
