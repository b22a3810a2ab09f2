"""Decimal and thousands signs, from the numbers that can be read in one way only; else it is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from loaders.spreadsheets.flags import split_flag
from loaders.values import clean

Decimal = Literal[".", ","]
Thousands = Literal["", ",", ".", " "]


class Signs(NamedTuple):
    """The signs that are proposed, and a number that could be read in another way, "" if there is none.

    `question` says why somebody has to look; it is empty if the numbers leave no doubt.
    """

    decimal: Decimal = "."
    thousands: Thousands = ","
    either: str = ""
    question: str = ""


class _Evidence(NamedTuple):
    """Texts that speak for one sign as the decimal sign, and those that could have either reading."""

    decimals: list[str]
    groups: list[str]
    open: list[str]
    glued: list[str]


def _evidence(texts: Sequence[str], decimal: str, other: str) -> _Evidence:
    """`decimals` have `decimal` before decimals, `groups` `decimal` between thousands."""
    point, group = re.escape(decimal), re.escape(other)
    decimals = re.compile(
        rf"\d{point}\d{{1,2}}$|\d{point}\d{{6,}}$|^0{point}\d+$|^\d{{4,}}{point}\d+$"
        rf"|[ '’{group}]\d{{3}}{point}\d+$"
    )
    groups = re.compile(
        rf"^\d{{1,3}}(?:{point}\d{{3}}){{2,}}$|^\d{{1,3}}(?:{point}\d{{3}})+{group}\d+$"
        rf"|^\d{{1,2}}(?:{point}\d\d)+{point}\d{{3}}$"  # lakhs and crores: 2,38,37,000
    )
    either = re.compile(rf"^[1-9]\d{{0,2}}{point}\d{{3}}$")
    glued = re.compile(rf"^\d{{1,3}}(?:{point}\d{{3}})*{point}\d{{4,5}}$")
    return _Evidence(
        [text for text in texts if decimals.search(text) and not groups.search(text)],
        [text for text in texts if groups.search(text)],
        [text for text in texts if either.search(text)],
        [text for text in texts if glued.search(text) and not decimals.search(text)],
    )


def signs(printed: Sequence[str], usual: str = "") -> Signs:
    """The signs of numbers that are stored as text: `175,000`, `1 234,5`.

    `usual` is the decimal sign of the table's language, "" if that is not known. What it contradicts is
    asked, where a number would be another one with it.
    """
    texts = [re.sub(r"^(?:e\s?)?[<>≤≥≈~+−-]?\s*", "", split_flag(clean(text))[0]) for text in printed]
    comma, point = _evidence(texts, ",", "."), _evidence(texts, ".", ",")
    for_comma = [*comma.decimals, *point.groups]
    for_point = [*point.decimals, *comma.groups]
    if for_comma and for_point:
        told = f"'{for_comma[0]}' has a decimal comma, '{for_point[0]}' a decimal point"
        return Signs(".", ",", for_comma[0], f"{told}: which of them is right, and what is the other?")
    if for_comma:
        found = _certain(Signs(",", "." if point.groups or point.open else " "), comma)
        return found if found.question else _unless_unusual(found, usual, comma, point)
    if for_point:
        found = _certain(Signs(".", ","), point)
        return found if found.question else _unless_unusual(found, usual, point, comma)
    found = _uncertain(texts, comma, point)
    own, other = (comma, point) if found.decimal == "," else (point, comma)
    return found if found.question else _unless_unusual(found, usual, own, other)


def _unless_unusual(found: Signs, usual: str, own: _Evidence, other: _Evidence) -> Signs:
    """A question where a number of three digits behind a sign is another one as the table's language has it.

    `own` is what speaks for the decimal sign that was found. Groups with both signs prove it, and decimals of
    three digits; one or two, as in `12.5` beside `1.234`, do so only where the language has that sign, too.
    """
    longest = max((len(text.split(found.decimal)[-1]) for text in own.decimals), default=0)
    at_stake = own.open if usual != found.decimal and longest < _PROVEN else []
    at_stake = at_stake or (other.open if usual not in ("", found.decimal) else [])
    if not at_stake or other.groups or any(map(_has_both, own.decimals)):
        return found
    told = f"'{own.decimals[0]}' alone speaks for '{found.decimal}' before decimals: " if own.decimals else ""
    return found._replace(either=at_stake[0], question=f"{told}{_two_ways(at_stake[0])}")


_PROVEN = 3
"""Decimals of a number that can have no other sign, such as `0.125`: others may have as many."""


def _has_both(text: str) -> bool:
    """Whether a number has a sign between its thousands, and another before its decimals: `1,234.5`."""
    return re.search(r"\d[.,' ’]\d{3}[.,]\d+$", text) is not None


def _certain(found: Signs, own: _Evidence) -> Signs:
    """Numbers whose decimals end in a zero have as many decimals each; others beside them do not fit."""
    filled = [text for text in [*own.open] if text.endswith("0")]
    shorter = [text for text in own.decimals if len(text.split(found.decimal)[-1]) < _PROVEN]
    three = any(re.fullmatch(rf"0{re.escape(found.decimal)}\d{{3}}", text) for text in own.decimals)
    if three or not filled or not shorter:
        longer = _with_more_decimals(own.decimals, found)
        told = f"'{longer}' has more decimals than the others"
        return (
            found._replace(either=longer, question=f"{told}: is the last digit a footnote's?")
            if longer
            else found
        )
    told = f"'{shorter[0]}' speaks for decimals, '{filled[0]}' for thousands"
    return found._replace(either=filled[0], question=f"{told}: is '{found.decimal}' the decimal sign?")


def _with_more_decimals(texts: Sequence[str], found: Signs) -> str:
    """The one number with a decimal more than all others, where those are printed with as many each.

    They are if one ends in a zero, and signs stand between thousands: no program writes numbers so.
    """
    decimals = [len(text.split(found.decimal)[-1]) for text in texts]
    usual = min(decimals, default=0)
    longer = [text for text, number in zip(texts, decimals, strict=True) if number > usual]
    printed = any(text.endswith("0") for text in texts) and any(
        re.search(rf"\d[{re.escape(found.thousands)} '’]\d{{3}}{re.escape(found.decimal)}", text)
        for text in texts
    )
    return longer[0] if len(longer) == 1 and len(texts) > 3 and printed and usual else ""


def _uncertain(texts: Sequence[str], comma: _Evidence, point: _Evidence) -> Signs:
    """No number tells which sign is which."""
    if not (comma.open or comma.glued or point.open or point.glued):
        return Signs()
    if (comma.open or comma.glued) and (point.open or point.glued):
        first, second = [*comma.open, *comma.glued][0], [*point.open, *point.glued][0]
        return Signs(".", ",", first, f"'{first}' and '{second}': which sign is that of decimals?")
    own, sign = (comma, ",") if comma.open or comma.glued else (point, ".")
    thousands = Signs(".", ",") if sign == "," else Signs(",", ".")
    if not own.open and len(own.glued) > 1:
        return Signs(",", " ") if sign == "," else Signs(".", ",")
    either = (own.open or own.glued)[0]
    if own.glued:
        told = f"'{own.glued[0]}' is neither thousands nor like the others"
        return thousands._replace(either=either, question=f"{told}: a footnote's number, or decimals?")
    if _are_thousands(texts, own):
        return thousands
    return thousands._replace(either=either, question=_two_ways(either))


def _two_ways(either: str) -> str:
    sign = "," if "," in either else "."
    whole = either.replace(sign, "")
    return f"'{either}' is {whole} or {either.replace(sign, '.')}: which is right?"


def _are_thousands(texts: Sequence[str], own: _Evidence) -> bool:
    """Whether numbers of three digits behind a sign cannot be decimals.

    One that ends in a zero would have all its decimals printed, and a whole number beside it has none.
    """
    whole = any(re.fullmatch(r"[1-9]\d{0,2}", text) for text in texts)
    return whole and any(text.endswith("0") for text in own.open)
