"""Numbers in a text: digits of any custom, number words, fractions, ordinals and multiples.

The words are in `knowledge/article_number_words.csv`. A numeral is a number alone, with its scale word
("2.4 million"); units, bounds and ranges are put to it in `loaders.articles.amounts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from loaders.articles import spellings
from loaders.articles.folding import Custom
from loaders.articles.tokens import NUMBER, WORD, Token
from loaders.articles.word_sums import LARGEST, WordSum
from loaders.knowledge import rules

CARDINAL = "cardinal"
FRACTION = "fraction"
ORDINAL = "ordinal"
MULTIPLE = "multiple"

_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅛": 0.125}
_ARTICLES = frozenset({"a", "an"})
_OF_A = ("of", "a")
_LEAST_SCALE = 1e6
_ONE_MORE = frozenset({"another", "extra", "further"})
_AND = frozenset({"and", "y", "и", "з"})
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_SPANS = ["year", "years", "month", "months", "day", "days", "week", "weeks", "hour", "hours", "minute"]
_TIMES = frozenset([*_SPANS, "minutes", "countries", "country", "places", "regions", "provinces"])
_GLUED = re.compile(r"\d{4,}(?:,\d{3})+|\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+\d{1,2}")
_GLUED_TO_ONE_GROUP = re.compile(r"[1-9]\d*,\d{4,5}")
_ONE_GROUP = re.compile(r"\d{1,3}[.,]\d{3}")
_JOINS = re.compile(r" ?|-| - ")
_SCALE_GAP = re.compile(r" ?\.? ?|-| (?:de )?")
_LIST_GAP = re.compile(r" |-")
_MONEY_OR_MASS = re.compile(
    r" (?:US |Swiss |Norwegian |Swedish |Danish |Czech |Canadian |Australian )?(?:roubles|rubles|euros?"
    r"|dollars?"
    r"|kroner|kronor|crowns|yuan|renminbi|yen|francs|pounds|sterling|hryvni?\w*|rand|rupees|tenge|zlot\w+"
    r"|reais|(?:metric )?(?:tonnes|tons)|t|lb|ounces|oz)\b"
)
_PRAISE = frozenset(["good", "full", "mere", "bare", "solid", "whole"])
_OF_ALL = frozenset(["out", "of"])
_MOST_WORDS_BETWEEN = 2


class Numeral(NamedTuple):
    """A number with its scale: where it stands, its value, its form, and what is odd about it.

    `bare` is the number without its scale word and `scale` the factor of that word, 1 without one.
    `counted` is the noun inside "one magnet in twenty". `doubt` says why the value may be wrong.
    """

    start: int
    end: int
    value: float
    form: str
    bare: float
    scale: float = 1.0
    digits: bool = True
    counted: str = ""
    doubt: str = ""
    believed: bool = True


class _Word(NamedTuple):
    role: str
    value: float


@cache
def _lexicon(language: str) -> dict[str, dict[str, float]]:
    """Word -> role -> value, for English and one other language."""
    languages = {"en", language} | ({"ru", "uk"} if language in ("ru", "uk") else set())
    words: dict[str, dict[str, float]] = {}
    for row in rules("article_number_words"):
        if row["language"] in languages:
            words.setdefault(row["words"], {})[row["role"]] = float(row["value"])
    return words


def numerals(folded: str, tokens: Sequence[Token], custom: Custom) -> list[Numeral]:
    """The numerals of a text, in order; none overlaps another."""
    reader = _Reader(folded, tokens, custom)
    begins = reader.words.keys() | _ARTICLES
    found: list[Numeral] = []
    after = 0
    for place in [n for n, token in enumerate(tokens) if token.text in begins or token.kind == NUMBER]:
        if place < after:
            continue
        numeral, after = reader.read(place)
        if numeral is not None:
            found.append(numeral)
    return found


class _Reader:
    """Reads the numeral that begins at a token, if one does."""

    def __init__(self, folded: str, tokens: Sequence[Token], custom: Custom) -> None:
        self.folded = folded
        self.tokens = tokens
        self.decimal = custom.decimal
        self.words = _lexicon(custom.language)

    def read(self, place: int) -> tuple[Numeral | None, int]:
        """The numeral at a token, and the first token after it."""
        token = self.tokens[place]
        if token.kind == NUMBER:
            return self._digits(place)
        if token.kind == WORD and (token.text in self.words or token.text in _ARTICLES):
            return self._spelled(place)
        return None, place + 1

    def roles(self, place: int) -> dict[str, float]:
        """What the word at a token can be in a number."""
        if not 0 <= place < len(self.tokens) or self.tokens[place].kind != WORD:
            return {}
        return self.words.get(self.tokens[place].text, {})

    def gap(self, place: int) -> str:
        """The text between a token and the one before it."""
        return self.folded[self.tokens[place - 1].end : self.tokens[place].start]

    # Digits

    def _digits(self, place: int) -> tuple[Numeral, int]:
        token = self.tokens[place]
        value, doubt, believed = self._printed(token.text)
        form, after = CARDINAL, place + 1
        if self._ordinal_ending(after):
            form, after = ORDINAL, after + 1
        scale, after = self._scale(after, token.start)
        if token.text in _SIGNS and after < len(self.tokens) and self.tokens[after].text == "of":
            form = FRACTION
        plain = Numeral(
            token.start,
            self.tokens[after - 1].end,
            min(value * scale, LARGEST),
            form,
            value,
            scale,
            doubt=doubt,
            believed=believed,
        )
        return self._one_in(plain, after) or self._times(plain, after) or (plain, after)

    def _ordinal_ending(self, place: int) -> bool:
        return (
            place < len(self.tokens) and self.tokens[place].text in _ORDINAL_ENDINGS and not self.gap(place)
        )

    def _printed(self, text: str) -> tuple[float, str, bool]:
        """The value of printed digits, what is doubtful about it, and whether it is believed at all."""
        if text.isdecimal():
            return float(text[:300]), "", True
        if text[-1] in _SIGNS:
            return float(text[:-1] or 0) + _SIGNS[text[-1]], "", True
        if _GLUED.fullmatch(text) or (self.decimal == "." and _GLUED_TO_ONE_GROUP.fullmatch(text)):
            doubt = f"The digits {text!r} are grouped oddly: the mark of a footnote may be glued to them."
            return float(re.sub("[.,]", "", text)[:18]), doubt, False
        whole = text.replace(" ", "").replace("'", "")
        mark = self.decimal
        if _ONE_GROUP.fullmatch(whole) and not whole.startswith("0"):
            return self._grouped(whole, mark)
        if whole.count(",") + whole.count(".") == 1:
            return float(whole.replace(",", ".")), "", True
        return self._many_marks(whole), "", True

    @staticmethod
    def _grouped(whole: str, mark: str) -> tuple[float, str, bool]:
        """One group of three digits after a mark: thousands, unless the mark is the text's decimal mark."""
        if whole[-4] == mark:
            return float(whole.replace(mark, ".")), "" if mark == "." else _AMBIGUOUS.format(whole), True
        return float(whole.replace(whole[-4], "")), "", True

    @staticmethod
    def _many_marks(whole: str) -> float:
        last = max(whole.rfind(","), whole.rfind("."))
        if last < 0:
            return float(whole[:300])
        kinds = {mark for mark in whole if mark in ",."}
        if len(kinds) == 1:
            return float(re.sub("[,.]", "", whole))
        return float(re.sub("[,.]", "", whole[:last]) + "." + whole[last + 1 :])

    def _scale(self, place: int, start: int = 0) -> tuple[float, int]:
        """The factor of the scale words behind a number that starts there, and the first token after them."""
        factor = 1.0
        while place < len(self.tokens) and _SCALE_GAP.fullmatch(self.gap(place)):
            roles = self.roles(place)
            own = roles.get("scale") or roles.get("short_scale") or (factor == 1 and roles.get("hundred"))
            if not own and "money_scale" in roles and not self.gap(place):
                own = roles["money_scale"] if spellings.currency_before(self.folded, start) else 0.0
            if not own and not self.gap(place) and _MONEY_OR_MASS.match(self.folded, self.tokens[place].end):
                own = roles.get("money_scale", 0.0)
            if not own or factor * own > LARGEST:
                break
            factor, place = factor * own, place + 1
        return factor, place

    # Number words

    def _spelled(self, place: int) -> tuple[Numeral | None, int]:
        first = self.tokens[place]
        value, after, large = self._cardinal(place)
        roles = self.roles(place)
        if after == place:
            return self._other_word(place, roles)
        fraction = self._parts(value, after) if value is not None else None
        whole = self._of_a_scale(first.start, *fraction) if fraction is not None else None
        if whole is not None:
            return whole
        if fraction is not None:
            return self._numeral(first.start, *fraction, FRACTION), fraction[1]
        if value is None:
            return None, place + 1
        plain = self._numeral(first.start, value, after, CARDINAL)._replace(
            bare=value / large, scale=large, digits=False
        )
        return self._one_in(plain, after) or self._times(plain, after) or (plain, after)

    def _numeral(self, start: int, value: float, after: int, form: str) -> Numeral:
        return Numeral(start, self.tokens[after - 1].end, min(value, LARGEST), form, value, digits=False)

    def _other_word(self, place: int, roles: dict[str, float]) -> tuple[Numeral | None, int]:
        """A word that is a number by itself: half, a multiple, an ordinal, a Russian fraction."""
        start = self.tokens[place].start
        if "half" in roles:
            return self._half(start, place)
        if "whole_part" in roles:
            return self._numeral(start, 1 / roles["whole_part"], place + 1, FRACTION), place + 1
        if "multiple" in roles:
            return self._numeral(start, roles["multiple"], place + 1, MULTIPLE), place + 1
        if "ordinal" in roles:
            return self._numeral(start, roles["ordinal"], place + 1, ORDINAL), place + 1
        return None, place + 1

    def _half(self, start: int, place: int) -> tuple[Numeral, int]:
        """Half, or "half a billion"."""
        after = place + 1
        if after < len(self.tokens) and self.tokens[after].text in _ARTICLES:
            scale, end = self._scale(after + 1)
            if end > after + 1:
                return self._numeral(start, scale / 2, end, CARDINAL)._replace(bare=0.5, scale=scale), end
        return self._numeral(start, 0.5, after, FRACTION), after

    def _cardinal(self, place: int) -> tuple[float | None, int, float]:
        """A cardinal in words: its value (none for no number), the first token after it, its last scale."""
        sum_, at = WordSum(), place
        if self.tokens[place].text in _ARTICLES:
            at += 1 + (self._is_praise(place + 1) and bool(self.roles(place + 2).keys() & {"part"}))
            if not self._counts_one(at):
                return None, place, 1.0
            sum_.take("one", 1.0)
        elif "scale" in self.roles(place) and place and self.tokens[place - 1].text in _ONE_MORE:
            sum_.take("one", 1.0)
        while at < len(self.tokens) and (at == place or self._joins(at)):
            part, after = self._and_a_part(at) if sum_.seen else (0.0, at)
            if part:
                scale, end = self._scale(after)
                return sum_.with_part(part, scale), end, max(scale, sum_.largest)
            step = at + 1 if sum_.seen and self._is_and(at) else at
            if not any(sum_.take(role, value) for role, value in self.roles(step).items()):
                break
            at = step + 1
        return (sum_.value if sum_.seen else None), at if sum_.seen else place, sum_.largest

    def _and_a_part(self, place: int) -> tuple[float, int]:
        """The part in "and a half" or "and a quarter million" with the first token after it; else 0."""
        at = place + 1
        if self.tokens[place].text not in _AND or at >= len(self.tokens) or not self._joins(at):
            return 0.0, place
        parts = 1.0
        if self.tokens[at].text in _ARTICLES or "one" in self.roles(at):
            parts, at = self.roles(at).get("one", 1.0), at + 1
        roles = self.roles(at) if at < len(self.tokens) and self._joins(at) else {}
        whole = 2.0 if "half" in roles else roles.get("part", 0.0)
        goes_on = "half" in roles or self._scale(at + 1)[1] > at + 1
        return (parts / whole, at + 1) if parts < whole and goes_on else (0.0, place)

    def _is_and(self, place: int) -> bool:
        """Whether "and" goes on with the number: "a hundred and ten"."""
        return (
            self.tokens[place].text in _AND
            and place + 1 < len(self.tokens)
            and self._joins(place + 1)
            and bool({"hundred", "scale"} & self.roles(place - 1).keys())
            and bool({"one", "ten"} & self.roles(place + 1).keys())
        )

    def _counts_one(self, place: int) -> bool:
        """Whether "a" before this token is the number one: "a million", "a third of"."""
        roles = self.roles(place)
        joined = place < len(self.tokens) and self._joins(place)
        return joined and bool({"hundred", "scale", "part"} & roles.keys())

    def _is_praise(self, place: int) -> bool:
        """Whether a word that changes no number stands before a part: "a good quarter"."""
        return place < len(self.tokens) and self.tokens[place].text in _PRAISE

    def _joins(self, place: int) -> bool:
        return bool(_JOINS.fullmatch(self.gap(place)))

    # Fractions and multiples

    def _parts(self, value: float, place: int) -> tuple[float, int] | None:
        """ "two-fifths": the value, and the first token after it."""
        if place >= len(self.tokens) or not self._joins(place) or not 1 <= value <= 99:
            return None
        parts = self.roles(place).get("part")
        if not parts or value >= parts:
            return None
        return value / parts, place + 1

    def _of_a_scale(self, start: int, part: float, place: int) -> tuple[Numeral, int] | None:
        """ "a quarter of a billion", where a unit may follow: the number, and the first token after it."""
        words = [token.text for token in self.tokens[place : place + 2]]
        if len(words) < len(_OF_A) or words[0] != "of" or words[1] not in _ARTICLES:
            return None
        scale, end = self._scale(place + 2)
        if end == place + 2 or scale < _LEAST_SCALE:
            return None
        return self._numeral(start, part * scale, end, CARDINAL)._replace(bare=part, scale=scale), end

    def _one_in(self, plain: Numeral, place: int) -> tuple[Numeral, int] | None:
        """ "one in four", "six workers in ten"."""
        if plain.form != CARDINAL or not 1 <= plain.value <= 20 or plain.scale != 1:
            return None
        for at in range(place, min(place + _MOST_WORDS_BETWEEN + 1, len(self.tokens) - 1)):
            if not _LIST_GAP.fullmatch(self.gap(at)):
                return None
            if (
                self.tokens[at].text == "out"
                and self.tokens[at + 1].text == "of"
                and at + 2 < len(self.tokens)
            ):
                return self._in(plain, place, at + 2)
            if self.tokens[at].text in ("in", "из", "з", "із"):
                return self._in(plain, place, at + 1)
            if self.tokens[at].text == "of" and self.tokens[at + 1].text in ("every", "each"):
                return self._in(plain, place, at + 1)
            if self.tokens[at].kind != WORD:
                return None
        return None

    def _in(self, plain: Numeral, place: int, at: int) -> tuple[Numeral, int] | None:
        at += self.tokens[at].text in ("every", "each") and at + 1 < len(self.tokens)
        whole, after, _ = self._cardinal(at)
        if self.tokens[at].text == "hundred":
            whole, after = 100.0, at + 1
        if self.tokens[at].kind == NUMBER and self.tokens[at].text.isdigit():
            whole, after = float(self.tokens[at].text[:6]), at + 1
        if whole is None or not plain.value < whole <= 1000 or after == at:
            return None
        if after < len(self.tokens) and self.tokens[after].text in _TIMES:
            return None
        counted = " ".join(token.text for token in self.tokens[place : at - 1] if token.text not in _OF_ALL)
        share = plain.value / whole
        end = self.tokens[after - 1].end
        return Numeral(plain.start, end, share, FRACTION, share, digits=False, counted=counted), after

    def _times(self, plain: Numeral, place: int) -> tuple[Numeral, int] | None:
        """ "three times", "10-fold", "in 5 раз"."""
        if place >= len(self.tokens) or self.gap(place) not in (" ", "-", ""):
            return None
        if self.tokens[place].text not in ("times", "fold", "раз", "раза", "рази", "разів", "veces", "倍"):
            return None
        return plain._replace(form=MULTIPLE, end=self.tokens[place].end), place + 1


_AMBIGUOUS = "{!r} may be a decimal number or thousands."
