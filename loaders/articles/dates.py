"""Dates in words: "31 March 2025", "Feb. 18", "mid-April", "on Monday", "last month", "the following week".

A date without a year takes the year of the article; a weekday or "last month" is counted back from the
article's own day. Where there is nothing to count from, the date stays open and the decision says so.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date as Day
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from loaders.articles.needed_words import ByFirstWord, SentenceWords, Sought, by_first_word, matches_at
from loaders.articles.patterns import by_letter, small_letters
from loaders.knowledge import rules

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_OWN_DAY = "Counted from the document's own date, {}."
_NO_DAY = "The document has no date to count from."
_NO_YEAR = "No year is printed."
_YEAR_OF = "Year from the document: {}."

UNDATED = 2026
"""The year of a text that tells of none: that of the texts that the rules were tried on.

It is not asked of the clock, so a text reads the same on every day; whoever knows better states its date.
"""


class Dated(NamedTuple):
    """Words that state a date: where they stand, the day or the period, and how it was decided."""

    start: int
    end: int
    date: Day | None
    until: Day | None
    decision: str
    about: bool = False


class Anchor(NamedTuple):
    """What dates are counted from: the article's own day, and the year it speaks of."""

    day: Day | None = None
    year: int | None = None

    @property
    def written(self) -> int:
        """The year that tells what is past and what is still to come."""
        return self.day.year if self.day else self.year or UNDATED


@cache
def _months() -> dict[str, int]:
    return {word: int(row["month"]) for row in rules("article_months") for word in row["words"].split("|")}


@cache
def month_words() -> str:
    """The names of the months in small letters, as choices of a pattern."""
    return by_letter("|".join(sorted(_months(), key=len, reverse=True)))


@cache
def _pattern() -> re.Pattern[str]:
    return small_letters(
        r"(?<![^\W\u4e00-\u9fff])(?:\b(?P<iso>\d{4}-\d\d-\d\d)\b"
        rf"|\b(?P<dotted>\d{{1,2}}\.\d{{1,2}}\.\d{{4}})\b"
        rf"|(?P<signs>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)|{_in_words()})"
    )


DIGITS_ALONE = re.compile(r"\d(?:-\d\d-|\.\d{1,2}\.|年\d{1,2}月)\d")
"""What stands in each date that has no words."""


@cache
def dates_in_words() -> Sought:
    """Dates with words, such as the name of a month."""
    return Sought(_in_words())


@cache
def _in_words() -> str:
    months = month_words()
    part = r"(?:(?P<part{0}>early|mid|late)[- ])?"
    return (
        rf"\b(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:de\s"
        rf"|of\s)?(?P<month1>{months})\b\.?(?:,?\s(?:de\s)?(?P<year1>(?:19|20)\d\d))?"
        rf"|\b(?P<month2>{months})\b\.?\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d|[.,]\d|\s?(?:%|per"
        rf"|tonnes|million))(?:,?\s(?P<year2>(?:19|20)\d\d))?"
        rf"|\b(?:(?:in|since|until|by|for|of|en|в|у"
        rf"|during)\s)?{part.format(1)}(?P<month3>{months})\b"
        r"(?!\.?\s\d{1,2}(?:st|nd|rd|th)?\b(?!\d|[.,]\d|\s?(?:%|per|tonnes|million)))"
        rf"\.?(?:,?\s(?:de\s)?(?P<year3>(?:19|20)\d\d))?"
        r"|\b(?:(?:the\s)?(?P<nth>first|second|third|fourth|last)\s(?P<span>half|quarter)\sof\s"
        r"|(?P<short>q1|q2|q3|q4|h1|h2)\s(?:of\s)?)(?P<year4>(?:19|20)\d\d)\b"
        rf"|\b(?:on\s|this\s|last\s|next\s)?(?P<weekday>{'|'.join(_WEEKDAYS)})\b"
        r"|\b(?P<relative>(?:last|next|this|earlier this|the following|the previous) (?:month|week|year)"
        r"|yesterday|today|tomorrow)\b"
    )


@cache
def _by_first_word() -> ByFirstWord[re.Pattern[str]]:
    return by_first_word(_pattern())


def dates(
    low: str, start: int, end: int, anchor: Anchor, words: SentenceWords | None = None
) -> Iterator[Dated]:
    """The dates between two places of a text in small letters; `words` are those of that sentence."""
    last: Day | None = None
    found = matches_at(_by_first_word(), words, low, end) if words else _pattern().finditer(low, start, end)
    for match in found:
        own = Anchor(last, anchor.year) if last and (match["relative"] or "").startswith("the ") else anchor
        made = _made(match, low, own)
        last = (made.date if made else None) or last
        if made is not None:
            yield made


def _made(match: re.Match[str], low: str, anchor: Anchor) -> Dated | None:
    try:
        if match["iso"]:
            return _whole(match, Day.fromisoformat(match["iso"]))
        if match["dotted"]:
            day, month, year = map(int, match["dotted"].split("."))
            return _whole(match, Day(year, month, day))
        if match["signs"]:
            return _whole(match, Day(*map(int, re.split("[年月日]", match["signs"])[:3])))
        for number in ("1", "2"):
            if match[f"month{number}"]:
                return _day_of_month(match, number, anchor)
        if match["month3"]:
            return _month(match, low, anchor)
        if match["year4"]:
            return _part_of_year(match)
    except ValueError:
        return None
    return _weekday(match, anchor) if match["weekday"] else _relative(match, anchor)


def _whole(match: re.Match[str], day: Day) -> Dated:
    return Dated(match.start(), match.end(), day, None, "")


def _day_of_month(match: re.Match[str], number: str, anchor: Anchor) -> Dated:
    month, day = _months()[match[f"month{number}"]], int(match[f"day{number}"])
    printed = match[f"year{number}"]
    year, decision = _year(printed, anchor)
    if year is None:
        return Dated(match.start(), match.end(), None, None, decision)
    return Dated(match.start(), match.end(), Day(year, month, day), None, decision)


def _year(printed: str | None, anchor: Anchor) -> tuple[int | None, str]:
    if printed:
        return int(printed), ""
    year = anchor.day.year if anchor.day else anchor.year
    return year, _YEAR_OF.format(year) if year else _NO_YEAR


def _month(match: re.Match[str], low: str, anchor: Anchor) -> Dated | None:
    """A month, or a third of it: "mid-April" is its middle ten days."""
    word = match["month3"]
    alone = low[match.start() : match.end()].strip() == word
    if word in ("may", "march", "mar", "sept", "май", "мая", "лютий") and alone and not match["year3"]:
        return None
    if alone and not match["year3"] and not match["part1"]:
        return None
    year, decision = _year(match["year3"], anchor)
    start = match.start() + (len(match[0]) - len(match[0].lstrip()))
    if year is None:
        return Dated(start, match.end(), None, None, decision, about=True)
    month = _months()[word]
    last = calendar.monthrange(year, month)[1]
    low_day, high_day = _THIRDS.get(match["part1"] or "", (1, last))
    third = f"The {match['part1']} part of the month. " if match["part1"] else ""
    return Dated(
        start,
        match.end(),
        Day(year, month, low_day),
        Day(year, month, min(high_day, last)),
        third + decision,
        about=True,
    )


_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _part_of_year(match: re.Match[str]) -> Dated | None:
    """A half or a quarter of a year: "the second half of 2027", "Q4 2027"."""
    months = 6 if "h" in ((match["span"] or "")[:1], (match["short"] or "")[:1]) else 3
    parts = 12 // months
    part = int(match["short"][1]) if match["short"] else _NTH.get(match["nth"], parts)
    if part > parts:
        return None
    year, last = int(match["year4"]), part * months
    end = Day(year, last, calendar.monthrange(year, last)[1])
    return Dated(match.start(), match.end(), Day(year, last - months + 1, 1), end, "", about=True)


def _weekday(match: re.Match[str], anchor: Anchor) -> Dated:
    """The last such day up to the document's own, or the next one after "next"."""
    if anchor.day is None:
        return Dated(match.start(), match.end(), None, None, f"A weekday without a date. {_NO_DAY}")
    wanted = _WEEKDAYS.index(match["weekday"])
    back = (anchor.day.weekday() - wanted) % 7
    ahead = match[0].startswith(("next ", "this "))
    day = anchor.day + timedelta(days=(-back) % 7) if ahead else anchor.day - timedelta(days=back)
    return Dated(match.start(), match.end(), day, None, _OWN_DAY.format(anchor.day.isoformat()))


def _relative(match: re.Match[str], anchor: Anchor) -> Dated | None:
    if not match["relative"]:
        return None
    if anchor.day is None:
        return Dated(match.start(), match.end(), None, None, _NO_DAY, about=True)
    span = _SPANS.get(match["relative"])
    if span is None:
        return None
    first, last = span(anchor.day)
    decision = _OWN_DAY.format(anchor.day.isoformat())
    return Dated(
        match.start(), match.end(), first, last if last != first else None, decision, about=last != first
    )


def _shifted(days: int) -> Callable[[Day], tuple[Day, Day]]:
    return lambda day: (day + timedelta(days=days), day + timedelta(days=days))


def _week(weeks: int) -> Callable[[Day], tuple[Day, Day]]:
    def span(day: Day) -> tuple[Day, Day]:
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
        return monday, monday + timedelta(days=6)

    return span


def _month_of(months: int) -> Callable[[Day], tuple[Day, Day]]:
    def span(day: Day) -> tuple[Day, Day]:
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return Day(year, month + 1, 1), Day(year, month + 1, calendar.monthrange(year, month + 1)[1])

    return span


_SPANS: dict[str, Callable[[Day], tuple[Day, Day]]] = {
    "yesterday": _shifted(-1),
    "today": _shifted(0),
    "tomorrow": _shifted(1),
    "last week": _week(-1),
    "this week": _week(0),
    "next week": _week(1),
    "the following week": _week(1),
    "the previous week": _week(-1),
    "last month": _month_of(-1),
    "this month": _month_of(0),
    "earlier this month": _month_of(0),
    "next month": _month_of(1),
}
