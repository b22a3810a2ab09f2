"""The year that a figure is about: the one said of it, and not that of the figure it is held against.

The words that decide are in `knowledge/article_years.csv`; after "…" more of the clause may follow.
"""

from __future__ import annotations

import re
from datetime import date as Day
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from loaders.articles.amounts import PhraseAmount
from loaders.articles.needed_words import Sought
from loaders.articles.patterns import is_chinese, of_words
from loaders.articles.scene import Scene
from loaders.knowledge import rules

_YEAR = re.compile(
    r"19(?<![^\W\u4e00-\u9fff]19)\d\d(?![^\W\u4e00-\u9fff])"
    r"|20(?<![^\W\u4e00-\u9fff]20)\d\d(?![^\W\u4e00-\u9fff])"
)
_TARGET = re.compile(r"\b(?:by|from|before|until|the end of|к|до|hasta)\s$", re.IGNORECASE)
_RIGHT_AFTER = re.compile(
    r"(?:\sof(?:\s[\w'-]+){1,3}|\s[\w'-]+){0,2}?,?\s(?:in|by|for|during|from|since|в|у|к|до|на|en)\s"
    r"(?:the\s)?(?:(?:early|late|mid|end of|start of|spring of)[ -])?$",
    re.IGNORECASE,
)
_SOON_AFTER = re.compile(r"(?:\s[\w'-]+){0,4}?\s")
_LISTED = re.compile(r"(?:,|,?\sand|\sи|\sта|\sy)\s$")
_NO_FIGURES = frozenset({"rank", "times"})
_AHEAD = frozenset({"plan", "proposal", "forecast", "estimate"})
_FAR_BACK = 75
_NEAR = 30
_FORMS = {
    "held against": (r"\b{}", r"\s(?:early |late |mid-)?$", r"\b[^.;]{0,60}$"),
    "of another clause": (r"\b{}", "", r"\b[^.;,]{0,60}$"),
    "of an aside": (r",\s{}", "", r"\b[^.;,]{3,60}$"),
    "from": (r"\b{}", "", r"\b[^.;]{0,60}$"),
    "not its own": (r"\b{}", r"\s(?:early |late |mid-)?$", ""),
    "now": (r"\b{}", "", r"\b[^.;,]{0,40}$"),
    "year before": (
        r"\b(?<!than )(?<!than in )(?<!from )(?<!\bon )(?<!over )(?<!\bas )(?<!\bque ){}",
        r"(?=\s?[,.;:)]|\s[-–—]\s|$|\s(?:and|it|the|\d))",
        "",
    ),
    "year after": (r"\b{}", r"(?=,?\s(?:it|the|\d|[A-Z])|\s?[.;)]|$)", ""),
    "it was then": (r",?\s{}", "", ""),
}
"""What stands before the words of a rule, and after them where they are whole or end with "…"."""


@cache
def _words(says: str) -> Sought:
    """The words that say something about years, of all its rows."""
    begins, ends, more = _FORMS.get(says, (r"\b{}", "", ""))
    listed = []
    for row in rules("article_years"):
        near = row["words"].removesuffix(" …")
        if row["says"] == says:
            form = "{}" if is_chinese(near) else begins + (ends if near == row["words"] else more)
            listed.append(form.replace("{}", f"(?:{of_words(near)})", 1))
    return Sought("|".join(listed), re.IGNORECASE)


class YearOf(NamedTuple):
    """The year of a figure, the words that say it, and how it follows; none where nothing says it.

    `earlier` tells what a figure was before: "7 tonnes, up from 5".
    """

    year: int | None
    words: str = ""
    how: str = ""
    earlier: bool = False


class Years:
    """The years of a text's figures, sentence by sentence; `day` is the article's own."""

    def __init__(self, day: Day | None) -> None:
        self.day = day
        self._of: tuple[int, list[re.Match[str]]] = (-1, [])

    def of(self, scene: Scene, amount: PhraseAmount, modality: str, before: int | None) -> YearOf:
        """The year of an amount in a mood; `before` is that of the figure of this or the last sentence."""
        apart = _years_apart(scene, amount)
        if apart is not None:
            year = before + apart.years if before else None
            return YearOf(year, apart.words, "counted from the year of the figure before", apart.years < 0)
        printed = self._printed(scene, amount)
        own = _own(scene, amount, printed) if printed else None
        if own is not None:
            return YearOf(int(own[0]), own[0], "the year said of it", _is_earlier(scene, amount))
        relative = self._relative(scene, amount)
        soon = (one for place, one in relative if _follows_soon(scene, amount, place))
        said_of_it = next(soon, None)
        if said_of_it is not None:
            return said_of_it._replace(earlier=_is_earlier(scene, amount))
        said = [
            (year.start(), YearOf(int(year[0]), year[0], "the year said of it"))
            for year in printed
            if _may_be(scene, year, amount, modality)
        ]
        said += relative
        if _is_earlier(scene, amount):
            at_it = [one for place, one in said if _follows_alone(scene, amount, place)]
            return (at_it[0] if at_it else YearOf(None))._replace(earlier=True)
        if said:
            return min(said, key=lambda one: _apart(scene, one[0], amount))[1]
        if before and scene.search_low(_words("as before")):
            return YearOf(before, "", "as for the figure before")
        return YearOf(None)

    def _printed(self, scene: Scene, amount: PhraseAmount) -> list[re.Match[str]]:
        """The years of the sentence but for the amount itself."""
        if self._of[0] != scene.number:
            found = _YEAR.finditer(scene.folded, scene.start, scene.end)
            not_its_own = _words("not its own")
            own = [year for year in found if not scene.search_before(not_its_own, year.start(), 40)]
            self._of = scene.number, own
        return [year for year in self._of[1] if not amount.core[0] <= year.start() < amount.core[1]]

    def _relative(self, scene: Scene, amount: PhraseAmount) -> list[tuple[int, YearOf]]:
        """Where the amount's clause says "last year", "next year" or "now", and which year that is."""
        low, high = scene.clause(amount.core[0])
        found = []
        for says, back in (("last year", 1), ("this year", 0), ("next year", -1)):
            words = scene.search_low(_words(says), low, high)
            if words:
                year = self.day.year - back if self.day else None
                found.append((words.start(), YearOf(year, words[0], "counted from the day of the article")))
        now = scene.search_before(_words("now"), amount.start, 50)
        return [*found, (amount.start, YearOf(None))] if now else found


def _own(scene: Scene, amount: PhraseAmount, printed: list[re.Match[str]]) -> re.Match[str] | None:
    """The year at the amount's place in a list, right before it as its label, or right behind it."""
    own = _in_order(scene, amount, printed)
    own = own or next((year for year in printed if _is_label_of(scene, year, amount)), None)
    return own or next((year for year in printed if _is_right_after(scene, year, amount)), None)


def _is_right_after(scene: Scene, year: re.Match[str], amount: PhraseAmount) -> bool:
    """Whether the year stands right behind the amount, with no other amount between: "5 tonnes in 2024"."""
    if year.start() < amount.end or year.start() - amount.end > _FAR_BACK:
        return False
    between = scene.folded[amount.end : year.start()]
    return _RIGHT_AFTER.fullmatch(between) is not None and _follows_alone(scene, amount, year.start())


def _follows_alone(scene: Scene, amount: PhraseAmount, place: int) -> bool:
    """Whether a place stands after an amount, with no other amount between."""
    return amount.end <= place and not _amounts_between(scene, amount.end, place)


def _amounts_between(scene: Scene, low: int, high: int) -> list[PhraseAmount]:
    return [other for other in scene.amounts if other.unit and low <= other.start < high]


class _Apart(NamedTuple):
    """So many years after the figure before, and the words that say so."""

    years: int
    words: str


def _years_apart(scene: Scene, amount: PhraseAmount) -> _Apart | None:
    """How many years after the figure before an amount is where words at it say so: "a year earlier"."""
    for says, years in (("year before", -1), ("year after", 1)):
        words = _words(says)
        if scene.may_hold(words):
            found = words.search(scene.low, amount.end, min(amount.end + _NEAR, scene.end))
            if found is None or not _SOON_AFTER.fullmatch(scene.low, amount.end, found.start()):
                found = words.search(scene.low, max(scene.start, amount.start - _NEAR), amount.core[1])
            if found and not _amounts_between(scene, found.end(), amount.start):
                return _Apart(years, scene.folded[found.start() : found.end()])
    return None


def _is_label_of(scene: Scene, year: re.Match[str], amount: PhraseAmount) -> bool:
    """Whether the year stands right before an amount as its label: "(2023: 5 tonnes)"."""
    return scene.folded[year.end() : amount.start] == ": "


def _is_label(scene: Scene, year: re.Match[str]) -> bool:
    return any(_is_label_of(scene, year, other) for other in scene.amounts)


def _follows_soon(scene: Scene, amount: PhraseAmount, place: int) -> bool:
    """Whether a place stands a few words after an amount: "5 tonnes of it last year"."""
    return _SOON_AFTER.fullmatch(scene.folded, amount.end, place) is not None


def _may_be(scene: Scene, year: re.Match[str], amount: PhraseAmount, modality: str) -> bool:
    """Whether the year may be the amount's: not one of a comparison, nor one that is aimed at elsewhere."""
    for says in ("held against", "from"):
        held = scene.search_before(_words(says), year.start(), _FAR_BACK)
        if held and (says == "held against" or _amounts_between(scene, held.start(), year.start())):
            return held.start() <= amount.start < year.start()
    if amount.end <= year.start():
        elsewhere = _is_of_another_statement(scene, amount, year)
    else:
        elsewhere = _is_of_another(scene, year, amount)
    if elsewhere or _is_of_another_clause(scene, year, amount):
        return False
    return modality in _AHEAD or not _TARGET.search(scene.before(year.start(), 12))


def _is_of_another_clause(scene: Scene, year: re.Match[str], amount: PhraseAmount) -> bool:
    """Whether a clause has the year and not the amount: "since the pit was dug in 1994", ", which"."""
    clause = scene.search_before(_words("of another clause"), year.start(), _FAR_BACK)
    if clause and amount.end <= year.start():
        return amount.start < clause.start()
    aside = clause or scene.search_before(_words("of an aside"), year.start(), _FAR_BACK)
    return aside is not None and amount.start > year.end() and "," in scene.folded[year.end() : amount.start]


_FROM = Sought(r"\b(?P<way>up |down )?from (?:about |some |around |nearly |almost |just |only |over )?$")
_TO = Sought(r"\bto (?:\w+ ){0,2}$")


def _is_earlier(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether an amount is what a figure was before: "up from 5 tonnes", "from 5 to 7", "to 7 from 5"."""
    came = scene.search_before(_FROM, amount.start, 24)
    if came is None or came["way"]:
        return came is not None
    alike = [other for other in scene.amounts if other.unit == amount.unit]
    pairs = [(first, second) for first, second in pairwise(alike) if amount in (first, second)]
    return any(
        second.start - first.end < _FAR_BACK
        and scene.search_before(_TO, (second if first is amount else first).start, 24) is not None
        for first, second in pairs
    )


def _is_of_another(scene: Scene, year: re.Match[str], amount: PhraseAmount) -> bool:
    """Whether a year before an amount is that of the amount right before it, and this one does not go on."""
    figures = (other for other in scene.amounts if other.unit and other.unit not in _NO_FIGURES)
    owned = any(_is_right_after(scene, year, other) for other in figures)
    return owned and scene.search_low(_words("another clause"), year.end(), amount.start) is not None


def _is_of_another_statement(scene: Scene, amount: PhraseAmount, year: re.Match[str]) -> bool:
    """Whether the year after an amount is that of other words: behind a semicolon, in brackets, "it was"."""
    if _words("it was then").match(scene.low, year.end()) or _is_label(scene, year):
        return True
    if scene.folded.find("; ", amount.end, year.start()) >= 0:
        return True
    opens = scene.folded.find("(", amount.end, year.start())
    closed = scene.folded.find(")", opens, year.start()) >= 0
    return opens >= 0 and not closed and bool(_amounts_between(scene, opens, year.start()))


def _in_order(scene: Scene, amount: PhraseAmount, printed: list[re.Match[str]]) -> re.Match[str] | None:
    """The year at the amount's own place in a list: "5, 6 and 7 tonnes in 2021, 2022 and 2023"."""
    if len(printed) < 2:
        return None
    first = next((place for place, year in enumerate(printed) if year.start() > amount.start), None)
    if first is None:
        return None
    years = [printed[first]]
    for year in printed[first + 1 :]:
        if not _LISTED.fullmatch(scene.folded, years[-1].end(), year.start()):
            break
        years.append(year)
    amounts = [other for other in scene.amounts if other.unit and other.start < years[0].start()]
    alike = [other for other in amounts if other.unit == amount.unit][-len(years) :]
    if len(years) < 2 or len(alike) != len(years) or amount not in alike:
        return None
    return years[alike.index(amount)]


def _apart(scene: Scene, place: int, amount: PhraseAmount) -> float:
    """How far a year stands from an amount: by letters, commas, semicolons, and amounts between."""
    low, high = (place, amount.start) if place < amount.start else (amount.end, place)
    between = scene.folded[low:high]
    later = 8 if place > amount.start else 0
    later += 25 * sum(low < start and end <= high for start, end in scene.others(amount))
    return len(between) * 0.4 + 40 * len(re.findall(r"[;:]", between)) + 6 * between.count(",") + later
