"""Units as articles print them: the spellings of `units.csv`, and those of `article_units.csv`.

What the unit table calls ambiguous a newspaper decides by its context; each such decision is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from loaders.articles.patterns import lowered, small_letters
from loaders.knowledge import rules
from loaders.units import convert, currencies, read_unit

TON = "ton"
POINTS = "points"

_TAKEN_ELSEWHERE = frozenset({"1", "fraction", "ratio", "times", "×", "rank", "¥", "l", "L", "ML"})
_SIGN_PREFIXES = (
    "RMB",
    "Rs.",
    "Rs",
    "US$",
    "CA$",
    "AU$",
    "CN¥",
    "C$",
    "A$",
    "NZ$",
    "HK$",
    "NT$",
    "RD$",
    "MX$",
    "J$",
    "N$",
    "S$",
    "R$",
    "$",
    "€",
    "£",
    "₽",
    "₴",
    "¥",
    "₸",
    "₹",
    "₩",
)
_FOREIGN_SIGNS = {
    "RMB": "CNY",
    "Rs.": "INR",
    "Rs": "INR",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "R$": "BRL",
    "NT$": "TWD",
    "N$": "NAD",
    "J$": "JMD",
    "RD$": "DOP",
    "MX$": "MXN",
    "₩": "KRW",
}
_SHORT = small_letters(
    r"(?:s(?<!\w.)hort tons|U(?<!\w.)(?:S|\.S\.) tons|A(?<!\w.)merican tons"
    r"|t(?<!\w.)ons?,? (?:\(?(?:the short|short) (?:kind|ones?)"
    r"|(?:\(?(?:each )?(?:of|at) )?2,?000 (?:pounds|lbs?)))(?!\w)"
)
_LONG = small_letters(r"(?<!\w)(?:long tons|imperial tons|tons of 2,240 pounds)(?!\w)")
_IN_SHORT = ("short", "us ton", "u.s. ton", "american ton", "2,000 ", "2000 ")
_IN_LONG = ("long ton", "imperial ton", "2,240")
_METRIC = re.compile(r"m(?<!\w.)etric tons?\b|t(?<!\w.)onnes?\b")
_WEIGHTS = {
    "mtu": r"(?:dry )?(?:metric )?(?:tonne|ton) units?|d?mtu",
    "short_ton": r"(?:short|US|U\.S\.) tons?",
    "t": r"(?:wet |dry )?(?:metric )?(?:tonnes?|tons?)|t|[dw]mt|тонн[уыа]?|т|tonelada|吨",
    "kg": r"kilos?|kilograms?|kilogrammes?|kg|килограмм|кг|кілограм|kilo|公斤|千克",
    "lb": r"pounds?|lb|libra|фунт",
    "oz": r"(?:troy )?ounces?|oz|унци[яюи]|унці[яю]|onza|盎司",
    "g": r"grams?|grammes?|g|грамм|грам",
    "flask": r"flasks?",
    "ct": r"carats?|ct|карат",
    "m3": r"cubic met(?:re|er)s?|m[³3]|куб(?:ический|\.) ?м(?:етр)?|立方米",
}
"""What a price is counted by, as `units.csv` has it after USD/."""


class Unit(NamedTuple):
    """What a printed unit means: number × `factor` is in `unit`; `basis` where the spelling says it.

    `unit` is a canonical unit, or `ton` for a bare ton, or `points` for percentage points.
    """

    unit: str
    factor: float
    basis: str
    decision: str


@cache
def _spellings() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Exact spellings, and spellings in any case, each with its unit."""
    table = {spelling: _ours(spelling) for spelling in _table_spellings()}
    table |= {row["spelling"]: _articles(row) for row in rules("article_units")}
    table |= {word: Unit(POINTS, 1.0, "", "") for word in _POINTS}
    exact = {spelling: unit for spelling, unit in table.items() if len(spelling) < _WORD_LENGTH}
    return exact, {spelling.casefold(): unit for spelling, unit in table.items() if spelling not in exact}


_WORD_LENGTH = 4
_POINTS = (
    *("percentage points", "percentage point", "percent points", "per cent points", "basis points"),
    *(
        "процентных пунктов",
        "процентных пункта",
        "п. п.",
        "п.п.",
        "відсоткових пунктів",
        "puntos porcentuales",
        "百分点",
    ),
)


def _table_spellings() -> list[str]:
    rows = (row for row in rules("units") if row["publisher"] == "any" and row["unit"])
    return [row["spelling"] for row in rows if row["spelling"] not in _TAKEN_ELSEWHERE]


def _ours(spelling: str) -> Unit:
    reading = read_unit(spelling)
    return Unit(reading.unit, reading.factor, str(reading.basis or ""), "")


def _articles(row: dict[str, str]) -> Unit:
    unit, factor = row["unit"], float(row["factor"])
    if unit in (TON, POINTS) or unit in currencies():
        return Unit(unit, factor, row["basis"], row["decision"])
    canonical = read_unit(_NAMES.get(unit, unit))
    return Unit(canonical.unit, factor * canonical.factor, row["basis"], row["decision"])


_NAMES = {
    "short_ton": "short tons",
    "troy_oz": "troy ounces",
    "flask": "76-lb flasks",
    "long_ton": "long tons",
}


def _by_first(words: Iterable[str]) -> str:
    """Alternatives put together by their first letter in either case, each group in its order."""
    groups: dict[str, list[str]] = {}
    for word in words:
        size = 2 if word[0] == "\\" else 1
        groups.setdefault(word[:size].casefold(), []).append(word[size:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())


@cache
def _after() -> re.Pattern[str]:
    """What stands after a number and names its unit."""
    exact, words = _spellings()
    either = sorted((*exact, *words), key=len, reverse=True)
    listed = _by_first(re.escape(word).replace(r"\ ", r"\s") for word in either)
    return re.compile(
        rf"\.?[ -]?(?:\bof\s|de\s)?(?P<unit>{listed})(?!\w)|[ -]?(?P<joined>{'|'.join(_CHINESE)})",
        re.IGNORECASE,
    )


_CHINESE = ("公吨", "吨", "公斤", "千克", "立方米", "美元", "欧元", "人民币", "元", "%")


def unit_after(folded: str, place: int) -> tuple[Unit, int] | None:
    """The unit printed right after `place`, and where it ends; none where no known unit stands there."""
    match = _after().match(folded, place)
    if match is None:
        return None
    printed = " ".join((match["unit"] or match["joined"]).split())
    exact, words = _spellings()
    unit = exact.get(printed) or words.get(printed.casefold())
    return (unit, match.end()) if unit else None


@cache
def _before() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in _SIGN_PREFIXES)
    return re.compile(rf"(?:(?<!\w)(?P<code>{'|'.join(currencies())})\s?|(?<![A-Z])(?P<sign>{signs})\s?)$")


def currency_before(folded: str, place: int) -> tuple[str, int] | None:
    """The currency printed right before `place`, and where it begins; "¥" is left to the caller."""
    sign = folded[max(0, place - 2) : place].rstrip()[-1:]
    if not sign or (sign.islower() and sign != "s"):
        return None
    match = _before().search(folded, max(0, place - 6), place)
    if match is None:
        return None
    if match["code"]:
        return match["code"], match.start()
    sign = match["sign"]
    if sign == "$" and folded[match.start("sign") - 1 : match.start("sign")].isalpha():
        return None  # a dollar of a country that is not in the table
    return _FOREIGN_SIGNS.get(sign) or (sign if sign == "¥" else read_unit(sign).unit), match.start()


_PER = re.compile(
    r"\s?(?:/\s?|(?:an?|per|the|each|за|на|por|la)\s)(?:"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in _WEIGHTS.items())
    + r")(?!\w)(?! units?\b)",
    re.IGNORECASE,
)
_PER_WEIGHT = re.compile(
    r"(?<!\w)(?:a|an|per|each|one|the|price of a)\s(?:"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in _WEIGHTS.items())
    + r")(?!\w)(?! units?\b)(?! of (?!it|the metal|this|the oxide))",
    re.IGNORECASE,
)
_SOLD_BY = re.compile(
    r"(?<!\w)(?:a|an|one|each)\s(?:"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in _WEIGHTS.items())
    + (
        r")\sof\s(?:[\w-]+\s){1,5}?(?:fetch\w*|br(?:ought|ings)|costs?|sells?|sold|goes|went|trades?|traded"
        r"|changed hands)\b"
    ),
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?:\sof(?:\s[^\W\d][\w-]*){1,3}?)?\s?"
    r"(?:(?:an?|per|each|every|/)\s?(?:(?P<year>year|annum)|(?P<day>day)|(?P<month>month)|(?P<week>week))"
    r"|(?P<y2>annually|yearly|в год|на рік|щороку|al año|anuales|每年)|(?P<d2>в день|на день|al día))(?!\w)",
    re.IGNORECASE,
)
_PERIOD_NAMES = {"y2": "year", "d2": "day"}


def weight_after(folded: str, place: int) -> tuple[str, int] | None:
    """The weight that a price counts by ("a tonne": t), printed right after `place`, and where it ends."""
    match = _PER.match(folded, place)
    return (match.lastgroup or "", match.end()) if match else None


_PER_BEFORE = re.compile(
    r"每(?:(?P<t>公?吨)|(?P<kg>公斤|千克)|(?P<oz>盎司)|(?P<lb>磅))(?:约|为|达|是|涨至|跌至|升至|降至)?$"
)


def weight_before(folded: str, place: int) -> str:
    """The weight that a price counts by where it is printed right before it, as Chinese does."""
    match = _PER_BEFORE.search(folded, max(0, place - 6), place)
    return (match.lastgroup or "") if match else ""


def weight_named(text: str) -> str:
    """The weight that the sentence prices by, as in "A tonne brought $5": its unit, or empty."""
    match = _PER_WEIGHT.search(text) or _SOLD_BY.search(text)
    return (match.lastgroup or "") if match else ""


def period_after(folded: str, place: int) -> str:
    """The period printed right after `place` ("a day"): year, month, week, day or empty."""
    match = _PERIOD.match(folded, place)
    return _PERIOD_NAMES.get(match.lastgroup or "", match.lastgroup or "") if match else ""


def ton_of(folded: str) -> tuple[str, str]:
    """Which ton a text means by a bare "ton" (metric, short, long), and how it says so, if it does."""
    low = lowered(folded)
    for kind, pattern, beginnings in (("short", _SHORT, _IN_SHORT), ("long", _LONG, _IN_LONG)):
        match = pattern.search(low) if any(words in low for words in beginnings) else None
        if match:
            printed = " ".join(folded[match.start() : match.end()].split())
            return kind, f"The text speaks of {printed!r}."
    if _METRIC.search(low):
        return "metric", "Elsewhere the text counts in metric tons."
    return "metric", ""


def ton_factor(kind: str) -> float:
    """The weight of a ton of a kind, in metric tons."""
    return convert(1.0, {"metric": "t", "short": "short_ton", "long": "long_ton"}[kind], "t")
