"""Concentration in words: an index with its bound, shares of the first few, years of reserves."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.analysis.concentration import Side
from dashboard.words.ranking import short_of_whole
from loaders.text import in_sentence
from loaders.units import display, display_number
from loaders.vocabulary import WORLD, Total

LIMITS = {"exact": "", "lower": "at least ", "upper": "at most ", "none": "about "}
"""What stands before an index by its bound; "about" where it is neither a lower nor an upper bound."""

NOT_COMPUTED = "not computed"
"""What stands for a number for want of others."""

SHARE_IN_WORDS = "share_in_words"
"""The column beside a share, or a sum of shares, that keeps its bound: "at most 52 %"."""

_ROUNDED_TO = 1.02
"""Up to this share a total can be smaller than its rows because it is rounded."""

INDEX_OF_ONE = 10_000
"""The index where one country has everything; rounded shares may add up to a little more."""


def index_words(hhi: float, bound: str, digits: float) -> str:
    """The index with its bound, to as many digits as the shares carry: "at least 3,040"."""
    return NOT_COMPUTED if pd.isna(hhi) else f"{LIMITS[bound]}{index_number(hhi, bound, digits)}"


def index_number(hhi: float, bound: str, digits: float) -> str:
    """The index alone: "3,040"; a lower bound is rounded down, an upper one up, none to all of it."""
    percent = display_number(min(hhi / INDEX_OF_ONE, 1.0), "1", "%", int(digits), bound)
    return f"{float(percent) * 100:,.0f}"


def bounded_share(share: float, is_upper_bound: bool, digits: int = 3, at_most: str = "at most") -> str:
    """A share with its bound, to so many digits: "at most 52 %"; empty where there is none."""
    if pd.isna(share):
        return ""
    if not is_upper_bound or not share:
        return f"{display(share, '1', digits=digits)}{_of_total(share)}"
    return f"{at_most} {display(share, '1', digits=digits, bound='upper')}{_of_total(share)}"


def bound_words(side: Side) -> str:
    """Why the index is what bound it is, in a sentence."""
    if pd.isna(side.series["hhi"]):
        return "There is no total that shares could be of."
    if side.of_rows:
        return "No world total is printed: what countries outside the table have is not counted."
    above = side.series["shares_sum"] > 1 + 1e-9 or side.series["denominator_is"] == Total.ROWS
    if above and side.series["bound"] == "exact":
        return "The rows add up to more than the printed total: the index is of their sum."
    return {
        "exact": "Every part of the total has a country.",
        "lower": "Some of the total has no country (other countries in one row, or numbers missing).",
        "upper": "The total is larger than printed.",
        "none": "The total is larger than printed, and some of it has no country.",
    }[str(side.series["bound"])]


def first_share_words(side: Side, column: str) -> str:
    """A share of the first few, with its bound."""
    share = side.series[column]
    if pd.isna(share):
        return NOT_COMPUTED
    others = side.positive > int(column.removeprefix("top_"))
    digits = int(side.series["share_digits"])
    if side.ranked["share_is_upper_bound"].any():
        return f"at most {short_of_whole(share, others, digits, 'upper')}"
    exceeded = share > _ROUNDED_TO
    shown = display(share, "1", digits=digits) if exceeded else short_of_whole(share, others, digits)
    return f"{shown}{_of_total(share)}"


def _of_total(share: float) -> str:
    """What is to be said of the total of a share above the whole."""
    if share > _ROUNDED_TO:
        return " (total smaller than its rows)"
    return " (total rounded)" if share > 1 + 1e-9 else ""


def world_years(years: pd.DataFrame) -> tuple[str, str, str]:
    """The world's years of reserves in words, what is to be said of them or why there are none, their bound.

    The bound is as that of an index; "" where there are none.
    """
    world = years[years["place"] == WORLD] if len(years) else years
    if world.empty:
        return NOT_COMPUTED, "they have no row", ""
    line = world.sort_values("years", na_position="last").iloc[0]
    if pd.isna(line["years"]):
        return NOT_COMPUTED, in_sentence(str(line["reason"])), ""
    about = f"world reserves over mine production of {line['production_year']:.0f}"
    return years_words(line), about, years_bound(line)


def years_words(line: Any) -> str:
    """Years of reserves: "at least 210"; "not computed" where they are not."""
    if pd.isna(line["years"]):
        return NOT_COMPUTED
    return f"{LIMITS[years_bound(line)]}{years_number(line)}"


def years_number(line: Any) -> str:
    """The number of them alone, to as many digits as it carries: "210", "4.1"."""
    return display_number(line["years"], "1", "1", int(line["years_digits"]), years_bound(line))


def years_bound(line: Any) -> str:
    """What bound years of reserves are, as that of an index."""
    bounds = {(False, False): "exact", (True, False): "lower", (False, True): "upper", (True, True): "none"}
    return bounds[bool(line["at_least"]), bool(line["at_most"])]
