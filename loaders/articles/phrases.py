"""Figures without numerals: "an order of magnitude", "far more", "the world's largest producer", "No. 1"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from loaders.articles.amounts import PhraseAmount
from loaders.articles.numerals import FRACTION, MULTIPLE, ORDINAL
from loaders.articles.patterns import lowered, small_letters
from loaders.knowledge import rules

PHRASE = "phrase"
PERHAPS = "phrase, perhaps"
"""The series of words that are a figure in some sentences: "the largest producer", "number two"."""

_MAGNITUDE = small_letters(
    r"\b(?:an|one|two|three)\sorders?\sof\smagnitude(?:\s(?:more|larger|greater|higher|less|smaller|lower"
    r"|fewer|below|behind))?"
    r"|\bна порядок\b|\bun orden de magnitud\b"
)
_FACTOR = small_letters(
    r"\bby (?:a |some )?(?:factor of )(?:about |some |almost |nearly "
    r"|more than )?(?P<times>\d{1,4}(?:[.,]\d)?|two|three|four|five|six|seven|eight|nine|ten|twenty)\b"
)
_LESS = frozenset(["less", "smaller", "lower", "fewer", "below", "behind"])
_HALF_AGAIN = re.compile(r"h(?<!\w.)alf as (?:much|many|large|big|high) again\b")
_FACTORS = dict(
    zip(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty"),
        (2, 3, 4, 5, 6, 7, 8, 9, 10, 20),
        strict=True,
    )
)
_MAGNITUDES = {"two": 100.0, "three": 1000.0}
_ROLES = (
    r"(?:producers?|exporters?|miners?|suppliers?|refiners?|importers?|consumers?|buyers?|sources?|holders?"
    r"|reserves?|resources|deposits?)"
)
_ONE = rf"(?:{_ROLES}(?<!s)|reserves|resources)"
_MOST = "largest|biggest|top|leading|foremost|greatest"
_NOT_ONE_OF = ("one of the ", "among the ", "some of the ", r"\w")
_WHOLES = "|".join(
    whole + "".join(f"(?<!{before}{whole})" for before in _NOT_ONE_OF)
    for whole in ("world's", "globe's", "planet's")
)
_LARGEST = small_letters(
    rf"(?:{_WHOLES})\s(?:single\s"
    rf"|undisputed\s|by far the\s)?(?P<word>{_MOST}|main|chief)"
    rf"\s(?:[\w-]+\s){{0,3}}?{_ONE}\b"
)
_LARGEST_THERE = small_letters(
    r"[tiwrb](?<!\w.)(?:(?<=t)(?<!of .)(?<!among .)he (?:single |by far the )?"
    rf"(?P<word>{_MOST})\s(?:[\w-]+\s){{0,3}}?{_ONE}\b"
    r"[^.;:,\d]{0,40}?\s(?:in the world|on earth|on the planet|worldwide|globally)\b"
    r"|(?:(?<=i)s|(?<=w)as|(?<=r)emains|(?<=b)ecame)\s(?:now |still |by far )?"
    rf"the (?P<own>{_MOST})\s(?:[\w-]+\s){{0,2}}?"
    r"(?:producer|exporter|miner|supplier|refiner|importer|consumer|holder) of\b)"
)
_THE_MOST = small_letters(rf"t(?<!\w.)he (?P<word>{_MOST}|main|chief)\s(?:[\w-]+\s){{0,3}}?{_ONE}\b")
_NONE_MORE = small_letters(
    r"n(?<!\w.)o(?:body(?: else)?| (?:other )?(?:country|nation|state|one)(?: else)?)"
    r"\s(?:[\w-]+\s){1,3}?(?:more|as (?:much|many)|so much|(?:larger|bigger|greater) \w+)"
    r"\b(?=[^.;:,\d]{0,40}\s(?:than|as)\s)"
    r"|m(?<!\w.)ore(?= (?:[\w-]+ ){1,4}than any(?:where else| (?:other )?(?:country|nation|state))\b)"
    r"|(?:l(?<!\w.)ead|t(?<!\w.)op)s? the (?:world(?= in\b)|(?:list|ranking|table|league)(?= of\b))"
)
_LARGEST_ELSEWHERE = small_letters(
    r"\bкрупнейш\w+ (?:в мире )?(?:производител|экспортер|поставщик)\w*"
    r"|\bведущ\w+ (?:производител|экспортер|поставщик)\w*|\bмиров\w+ лидер\w*(?= (?:по|в)\b)"
    r"|\bнайбільш\w+ (?:у світі )?(?:виробник|експортер|постачальник)\w*"
    r"|\bнайбільш\w+ (?:у світі запас\w+|запас\w+(?=[^.;:,\d]{0,30} у світі\b))"
    r"|\bes (?:el|la) (?P<es>(?:mayor|principal|primera?) (?:productor|exportador|proveedor)a?)\b"
    r"|\b(?:mayor|principal) (?:productor|exportador|proveedor)a? (?:mundial|del mundo)"
    r"|(?:世界|全球)上?(?P<zh>最(?:大|多))的?[\u4e00-\u9fff]{0,6}?(?:生产国|产国|出口国|供应国|储量|产量)"
    r"|\b(?P<most>mayores (?:reservas|recursos))\b[^.;:,\d]{0,30}\s(?:mundiales|del mundo|en el mundo)"
    r"|\b(?P<held>крупнейш\w+ (?:в мире )?запас\w+)\b(?:[^.;:,\d]{0,30}\sв мире)?"
)
_SPELLED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
            "ten": 10}  # fmt: skip
_NUMBERED = small_letters(
    r"[N№](?<!\wN)(?P<other>(?<=world's .))?(?:(?<=N)(?:o\.?|umber)|(?<=№))[\s-]?"
    rf"(?P<rank>\d{{1,2}}|{'|'.join(_SPELLED)})\b"
    r"(?(other)|(?=\s(?:(?:in|of) the (?:world|trade|business|market|league|ranking"
    r"|table|list)|in (?:digging|mining|producing|making|refining|exporting)\b|(?:\w+\s)?sources?\b"
    r"|for (?:the (?:metal|mineral)|\w+ium|copper|nickel|cobalt|tin|zinc)\b|"
    r"(?:\w+\s){0,2}" + _ROLES + r"|worldwide|globally|among|spot\b|place\b|position\b|rank\b)))"
)


@cache
def _ratio_words() -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    """The phrases of `ratio_words.csv` that state no number, beside what they are compared with."""
    listed = {row["words"]: row for row in rules("ratio_words") if " " in row["words"]}
    words = "|".join(re.escape(text) for text in sorted(listed, key=len, reverse=True))
    return small_letters(
        rf"\b(?P<words>{words})\b(?=[\"']?\s(?:[\w-]+\s){{0,6}}?(?:than|in scale|reserves|resources"
        rf"|output)\b)"
    ), listed


def phrases(folded: str) -> list[PhraseAmount]:
    """The amounts that phrases without numerals state, in order."""
    low = lowered(folded)
    found = [look for look, words in _LOOKS if any(word in low for word in words)]
    listed = sorted((amount for look in found for amount in look(low)), key=lambda amount: amount.start)
    sure = {amount.start for amount in listed if amount.series != PERHAPS}
    return [amount for amount in listed if amount.series != PERHAPS or amount.start not in sure]


def _amount(match: re.Match[str], form: str, unit: str, value: float | None) -> PhraseAmount:
    return PhraseAmount(match.start(), match.end(), match.span(), form, unit, value=value, series=PHRASE)


def _magnitudes(folded: str) -> Iterator[PhraseAmount]:
    for match in _MAGNITUDE.finditer(folded):
        first, *_, last = match[0].casefold().split()
        value = _MAGNITUDES.get(first, 10.0)
        yield _amount(match, MULTIPLE, "times", 1 / value if last in _LESS else value)


def _factors(folded: str) -> Iterator[PhraseAmount]:
    for match in _FACTOR.finditer(folded):
        words = match["times"].replace(",", ".")
        yield _amount(match, MULTIPLE, "times", float(_FACTORS.get(words, words)))


def _half_again(folded: str) -> Iterator[PhraseAmount]:
    for match in _HALF_AGAIN.finditer(folded):
        yield _amount(match, MULTIPLE, "times", 1.5)


def _compared(folded: str) -> Iterator[PhraseAmount]:
    pattern, listed = _ratio_words()
    for match in pattern.finditer(folded) if any(words in folded for words in listed) else ():
        row = listed[" ".join(match["words"].casefold().split())]
        lower, upper = (float(row[bound]) if row[bound] else None for bound in ("lower", "upper"))
        yield PhraseAmount(
            match.start(),
            match.end(),
            match.span(),
            MULTIPLE,
            "times",
            lower=lower,
            upper=upper,
            series=PHRASE,
            decision=row["decision"],
        )


def _largest(folded: str) -> Iterator[PhraseAmount]:
    for match in _LARGEST.finditer(folded):
        yield _first(match.span("word"))


def _largest_there(folded: str) -> Iterator[PhraseAmount]:
    for match in _LARGEST_THERE.finditer(folded):
        yield _first(match.span(match.lastgroup or 0))


def _largest_elsewhere(folded: str) -> Iterator[PhraseAmount]:
    for match in _LARGEST_ELSEWHERE.finditer(folded):
        yield _first(match.span(match.lastgroup or 0))


def _the_most(folded: str) -> Iterator[PhraseAmount]:
    for match in _THE_MOST.finditer(folded):
        yield replace(_first(match.span("word")), series=PERHAPS)


def _none_more(folded: str) -> Iterator[PhraseAmount]:
    for match in _NONE_MORE.finditer(folded):
        yield _first(match.span())


_IS_NUMBER = small_letters(
    rf"n(?<!\w.)(?:o\.|umber) ?(?P<rank>\d{{1,2}}|{'|'.join(_SPELLED)})(?=\s?[.,;)]| in \w)"
)


def _is_number(folded: str) -> Iterator[PhraseAmount]:
    for match in _IS_NUMBER.finditer(folded):
        value = float(_SPELLED.get(match["rank"]) or int(match["rank"]))
        yield PhraseAmount(*match.span(), match.span("rank"), ORDINAL, "rank", value=value, series=PERHAPS)


def _first(span: tuple[int, int]) -> PhraseAmount:
    return PhraseAmount(*span, span, ORDINAL, "rank", value=1.0, series=PHRASE)


def _numbered(folded: str) -> Iterator[PhraseAmount]:
    for match in _NUMBERED.finditer(folded):
        word = match["rank"].casefold()
        value = float(_SPELLED[word] if word in _SPELLED else int(word))
        if value:
            yield PhraseAmount(*match.span(), match.span(), ORDINAL, "rank", value=value, series=PHRASE)


_CHINESE_PART = re.compile(
    r"(?P<whole>[二三四五六七八九十百])分之(?P<part>[一二三四五六七八九]?(?:十[一二三四五六七八九]?)?)"
)
_CHINESE_DIGITS = "一二三四五六七八九十"
_CHINESE_TENTHS = re.compile(r"(?P<tenths>[一二三四五六七八九])成(?![立本员为功果交分品绩])")


def _chinese_parts(folded: str) -> Iterator[PhraseAmount]:
    """ "四分之三" is three quarters, "百分之七十五" is 75 per cent."""
    for match in _CHINESE_PART.finditer(folded):
        whole = 100 if match["whole"] == "百" else _CHINESE_DIGITS.index(match["whole"]) + 1
        part = _below_hundred(match["part"])
        if 0 < part < whole:
            yield PhraseAmount(match.start(), match.end(), match.span(), FRACTION, "1", value=part / whole)


def _chinese_tenths(folded: str) -> Iterator[PhraseAmount]:
    """ "八成" is eight tenths."""
    for match in _CHINESE_TENTHS.finditer(folded):
        value = (_CHINESE_DIGITS.index(match["tenths"]) + 1) / 10
        yield PhraseAmount(match.start(), match.end(), match.span(), FRACTION, "1", value=value)


def _below_hundred(printed: str) -> int:
    """A Chinese number word below a hundred: 七, 十二, 七十五."""
    tens, ten, ones = printed.partition("十")
    digits = [_CHINESE_DIGITS.index(sign) + 1 if sign else 0 for sign in (tens, ones)]
    return (digits[0] or 1) * 10 + digits[1] if ten else digits[0]


_SPANISH_PART = re.compile(
    r"\b(?:una|la) (?P<part>tercera|cuarta|quinta|sexta|séptima|octava|novena|décima) parte\b"
)
_SPANISH_PARTS = ("tercera", "cuarta", "quinta", "sexta", "séptima", "octava", "novena", "décima")


def _spanish_parts(folded: str) -> Iterator[PhraseAmount]:
    """ "una cuarta parte" is a quarter."""
    for match in _SPANISH_PART.finditer(folded):
        whole = _SPANISH_PARTS.index(match["part"]) + 3
        yield PhraseAmount(match.start(), match.end(), match.span(), FRACTION, "1", value=1 / whole)


_CHINESE_RANK = re.compile(
    r"(?:世界|全球|居|列)(?P<rank>第[一二三四五六七八九十])(?:位|大|名|$|(?=\W))"
    r"|(?P<among>第[二三四五六七八九十])大(?=[\u4e00-\u9fff]{0,5}(?:生产国|产国|出口国|供应国))"
)


def _chinese(folded: str) -> Iterator[PhraseAmount]:
    for match in _CHINESE_RANK.finditer(folded):
        span = match.span(match.lastgroup or 0)
        value = float(_CHINESE_DIGITS.index(folded[span[0] + 1]) + 1)
        yield PhraseAmount(span[0], span[1], span, ORDINAL, "rank", value=value, series=PHRASE)


_WITHOUT_EQUAL = (
    *("nobody", "no other ", "no country", "no nation", "no state", "no one", "than any"),
    *("top the ", "tops the ", "lead the ", "leads the "),
)
_LARGEST_IN_OTHER_LANGUAGES = (
    *("крупнейш", "ведущ", "лидер", "найбільш", "最"),
    *("productor", "exportador", "proveedor", "mayores re"),
)
_Look = Callable[[str], Iterator[PhraseAmount]]
_LOOKS: tuple[tuple[_Look, tuple[str, ...]], ...] = (
    (_magnitudes, ("magnitud", "порядок")),
    (_factors, ("factor of",)),
    (_half_again, (" again",)),
    (_compared, ("",)),
    (_largest, ("world's", "globe's", "planet's")),
    (_largest_there, ("est ", "the top ", "the leading ")),
    (_the_most, ("est ", "the top ", "the leading ", "the main ", "the chief ")),
    (_none_more, _WITHOUT_EQUAL),
    (_is_number, ("no.", "number")),
    (_largest_elsewhere, _LARGEST_IN_OTHER_LANGUAGES),
    (_numbered, ("no.", "no ", "number", "№")),
    (_chinese, ("第",)),
    (_chinese_parts, ("分之",)),
    (_chinese_tenths, ("成",)),
    (_spanish_parts, (" parte",)),
)
"""What looks for each kind of phrase in small letters, and the words without which there is none."""


def merged(listed: list[PhraseAmount], more: list[PhraseAmount]) -> list[PhraseAmount]:
    """Both lists in order; an amount that a phrase covers gives way to it."""
    if not more:
        return listed
    kept = [
        amount
        for amount in listed
        if not any(phrase.start < amount.core[1] and amount.core[0] < phrase.end for phrase in more)
    ]
    return sorted([*kept, *more], key=lambda amount: amount.start)
