"""What one ranked table says, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from dashboard.analysis.corrections import is_corrected, is_read_as_later
from dashboard.analysis.details import PRINTED_AS, detail_words
from dashboard.analysis.first_places import Lead
from dashboard.analysis.gate import UNIT_WORDS
from dashboard.analysis.ranked_series import RankedSeries
from dashboard.analysis.series import as_records
from dashboard.analysis.states import amount_words, state
from dashboard.analysis.totals import ROUNDED_TOTAL, left_out_words
from loaders.names import mineral_name, place_name
from loaders.text import capital, in_sentence
from loaders.units import display
from loaders.vocabulary import OTHER, Basis, MarkState, Measure, Total

_NAMED = 3
"""Up to this many chosen countries are named in a title."""
_TOGETHER = 5
"""How many first countries a title adds up."""

BASIS_NOT_STATED = "basis not stated"
"""What stands beside tonnes of which the publisher does not say what they are tonnes of."""


def basis_words(code: str) -> str:
    """What amounts are amounts of, where nothing else says that it is about that."""
    basis = Basis(code)
    return BASIS_NOT_STATED if basis is Basis.UNDEFINED else basis.label


NOT_RANKED = (Measure.PRICE, Measure.NET_IMPORT_RELIANCE)
"""Measures of which no country comes first and none has a share."""

NO_ORDER = (
    "A price has no rank and no share: prices of unlike grades, amounts and markets are not put in an order, "
    "added up or averaged."
)
"""What is said beside prices, and instead of a rank of them."""


def refused_words(measure: str) -> str:
    """Why countries are not ranked by a measure, and where it is shown."""
    if measure == Measure.PRICE:
        return f"{NO_ORDER} The page Prices shows each of them."
    return "A share of one country's own consumption adds up to nothing; the page Over time shows it."


def measure_of_mineral(measure: str, mineral: str) -> str:
    """What a table is about: "reserves of rare earths"."""
    return f"{in_sentence(Measure(measure).label)} of {in_sentence(mineral_name(mineral))}"


def amounts(part: RankedSeries, unit: str = "") -> str:
    """What the numbers count: "tonnes of rare-earth oxide (REO)"; in another unit than the canonical one."""
    counted = unit or UNIT_WORDS.get(part.unit, part.unit)
    if part.basis is Basis.UNDEFINED:
        return f"{counted}, {BASIS_NOT_STATED}" if part.unit == "t" else counted
    return f"{counted}{', ' if part.basis is Basis.GROSS else ' of '}{part.basis.label}"


def share_words(share: float, part: RankedSeries, of: Any, places: int = 1) -> str:
    """A share of some places together; "at most" where the total is larger than printed.

    `of` is the row that the share is of, of several the largest: it has as many digits as that and the total.
    """
    others, digits = part.positive > places, part.share_digits(of)
    if part.at_most and share:
        return f"at most {short_of_whole(share, others, digits, 'upper')}"
    return short_of_whole(share, others, digits)


_ROUNDING = 9
"""Digits behind which a sum of shares is not exact."""


ALMOST_ALL = "almost 100 %"
"""The share of a country that has as much as the total, while others have something."""


def short_of_whole(share: float, others: bool, digits: int = 3, bound: str = "") -> str:
    """A share to so many digits, never the whole while others have something: "almost 100 %"."""
    if round(share, _ROUNDING) < 1:
        return display(share, "1", digits=digits, bound=bound)
    return ALMOST_ALL if others else "100 %"


def world_words(part: RankedSeries, scale: str | None) -> str:
    """The world total as it is printed, and whom it leaves out."""
    if part.world.empty:
        sums = part.total == Total.SUM
        return f"No world total is printed{'; shares are of the sum of the rows' if sums else ''}."
    line = part.world.iloc[0]
    rounded = " (rounded)" if "rounded" in str(line["detail"]) else ""
    without = f", without {_names_of(part.left_out)}" if part.left_out else ""
    wrong = "as corrected" if is_corrected(line) else "as printed"
    if is_read_as_later(line):
        wrong = "as a later release prints it"
    digits = len(re.sub(r"\D", "", str(line["printed_value"])).strip("0"))
    amount = amount_words(line, scale, digits=max(digits, 3))
    return f"World total {wrong}{rounded}: {amount}{without}."


def _names_of(codes: str) -> str:
    return _joined(place_name(code) for code in codes.split("+"))


# The finding ------------------------------------------------------------------------------------------


def finding(part: RankedSeries, places: Sequence[str], scale: str | None) -> str:
    """What the table says of the chosen countries, or of the first ones where none is chosen."""
    known = part.rows[part.rows["place"].isin(places)].drop_duplicates("place")
    if len(known) > _NAMED:
        return _together(known, part)
    if len(known):
        clauses = [_standing(line, part, scale) for line in as_records(known)]
        return f"{capital(_what(part))}: {', '.join(clauses)}"
    return _leaders(part, scale)


def _what(part: RankedSeries) -> str:
    return measure_of_mineral(str(part.any_row["measure"]), str(part.any_row["mineral"]))


def _standing(line: dict[Any, Any], part: RankedSeries, scale: str | None) -> str:
    if pd.isna(line["rank"]):
        return f"{line['name']} {_unranked(line, part, scale)}"
    if not line["place_value"]:
        return f"{line['name']} has zero"
    tied = "tied " if line["tied"] else ""
    share = line["place_share"]
    of_total = f", {share_words(share, part, line)} of the world total" if pd.notna(share) else ""
    amount = display(line["place_value"], part.unit, scale)
    among = "" if part.perhaps_above(line["place_value"]).empty else " of those with a single number"
    return f"{line['name']} is {tied}{display(line['rank'], 'rank')}{among} with {amount}{of_total}"


_NUMBERS = (MarkState.VALUE, MarkState.ZERO, MarkState.ESTIMATE)
_BOUNDS = (MarkState.MORE_THAN, MarkState.RANGE, MarkState.LESS_THAN)


def _unranked(line: Any, part: RankedSeries, scale: str | None) -> str:
    """What a place has that has no rank: no number, only bounds, several rows that are not added."""
    found, told = state(line), amount_words(line, scale)
    if found in _BOUNDS:
        return f"has {told}, no single number"
    if found not in _NUMBERS:
        return f"has no number ({told})"
    rows = int((part.rows["place"] == line["place"]).sum())
    return f"has {rows} rows that are not added up" if rows > 1 else f"has {told}, not ranked"


def _leaders(part: RankedSeries, scale: str | None) -> str:
    ranked = part.ranked
    if ranked.empty:
        return _without_numbers(part, scale)
    first = ranked[ranked["rank"] == 1]
    perhaps = part.perhaps_above(float(first["place_value"].iloc[0]))
    if len(perhaps):
        return _perhaps_more(first, perhaps, part, scale)
    if not first["place_value"].iloc[0]:
        return f"{capital(_what(part))}: every country that has a number has zero"
    names, several = _joined(first["name"]), len(first) > 1
    if part.lead is Lead.ALONE:
        return _alone(first.iloc[0], part, scale)
    if first["place_share"].isna().any():
        amount = display(float(first["place_value"].iloc[0]), part.unit, scale)
        above = ", more than the printed world total" if part.total == Total.TOO_SMALL else ""
        verb = "have" if several else "has"
        more = above + _outweighed(part, scale)
        return f"{names} {verb} the largest number printed for {_what(part)}: {amount}{more}"
    share = share_words(float(first["place_share"].iloc[0]), part, first.iloc[0])
    if part.lead is Lead.OPEN:
        return _open(names, "have" if several else "has", share, part)
    each = "each " if several else ""
    more = _first_few(part) + _outweighed(part, scale)
    return f"{names} {each}{_verb(part, several=several)} {share} of {_whole(part)}{more}"


def _open(names: str, verb: str, share: str, part: RankedSeries) -> str:
    """The largest number, where so much of the total is in no row that another country may have more."""
    rest = display(part.in_no_row, "1", digits=part.share_digits(part.world.iloc[0]))
    without = part.unranked[~part.unranked["place"].isin(part.left_out.split("+"))]
    told = [f"{line['name']} {state(line).label}" for line in as_records(without)]
    who = f" ({', '.join(told)})" if 0 < len(told) <= _NAMED else ""
    first = f"{names} {verb} the largest number printed, {share} of the world total"
    return f"{capital(_what(part))}: {first}; {rest} of the total is in no row{who}"


def _perhaps_more(first: pd.DataFrame, more: pd.DataFrame, part: RankedSeries, scale: str | None) -> str:
    """The largest single number, where the bounds of other countries allow more."""
    amount = display(float(first["place_value"].iloc[0]), part.unit, scale)
    names = _joined(more["name"]) if len(more) <= _NAMED else f"{len(more)} countries"
    verb = "have" if len(first) > 1 else "has"
    largest = f"{_joined(first['name'])} {verb} the largest single number, {amount}"
    return f"{capital(_what(part))}: {largest}; {names} may have more"


def _alone(line: pd.Series, part: RankedSeries, scale: str | None) -> str:
    """The only country with a number: it leads nobody."""
    amount = display(float(line["place_value"]), part.unit, scale)
    whole = pd.notna(line["place_share"]) and part.total != Total.SUM
    share = f", {share_words(float(line['place_share']), part, line)} of the world total" if whole else ""
    which = "the only country" if part.unranked.empty else "the only country with a number"
    return f"{capital(_what(part))}: {line['name']} is {which}, with {amount}{share}"


def _number(line: Any, scale: str | None) -> str:
    """The amount of a row in a title, without the mark of an estimate."""
    return (
        display(line["value"], line["unit"], scale) if pd.notna(line["value"]) else amount_words(line, scale)
    )


def _outweighed(part: RankedSeries, scale: str | None) -> str:
    """The row of several countries that have more together than the first one."""
    if part.lead is not Lead.OUTWEIGHED:
        return ""
    line = part.several.sort_values("value", ascending=False).iloc[0]
    name = in_sentence(str(line["name"])) if line["place"] == OTHER else str(line["name"])
    return f"; {name} together have {_number(line, scale)}"


def _without_numbers(part: RankedSeries, scale: str | None) -> str:
    """Why no country has a number: how many have which state."""
    if part.rows.empty:
        return f"{capital(_what(part))}: {_world_alone(part, scale)}, and no countries"
    if part.unranked.empty:
        groups = " and ".join(dict.fromkeys(part.rows["name"]))
        return f"{capital(_what(part))}: no single country is named, only {groups}"
    states = [state(line) for line in as_records(part.unranked)]
    told = [_SEVERAL if found in _NUMBERS else _STATE_WORDS.get(found, found.label) for found in states]
    counted = ", ".join(f"{told.count(words)} {words}" for words in dict.fromkeys(told))
    single = "single " if any(found in (*_BOUNDS, *_NUMBERS) for found in states) else ""
    return f"{capital(_what(part))}: no country has a {single}number ({counted})"


def _world_alone(part: RankedSeries, scale: str | None) -> str:
    """The world total of a table without countries."""
    line = part.world.iloc[0]
    has_number = line[["value", "lower", "upper"]].notna().any()
    told = amount_words(line, scale)
    return f"a world total of {told}" if has_number else f"no number for the world total ({told})"


_SEVERAL = "with several rows that are not added up"
"""What a country has that has numbers and no rank."""

_STATE_WORDS = {
    MarkState.WORD: "with a word such as ‘Large’",
    MarkState.DOES_NOT_APPLY: "where none can exist",
}


def _first_few(part: RankedSeries) -> str:
    """The share of the first few together, where there are more than those and it is less than all."""
    ranked = part.ranked
    shares = ranked["place_share"].head(_TOGETHER)
    several = len(ranked) > _TOGETHER and (ranked["rank"] == 1).sum() == 1
    if not several or shares.isna().any() or shares.sum() >= 1:
        return ""
    return f"; the first five together {share_words(float(shares.sum()), part, ranked.iloc[0], _TOGETHER)}"


def _together(known: pd.DataFrame, part: RankedSeries) -> str:
    """Many chosen countries: their share together, or the ranks between which they stand."""
    who, ranked = f"{len(known)} chosen countries", known[known["rank"].notna()]
    if ranked.empty:
        bounds = any(state(line) in _BOUNDS for line in as_records(known))
        return f"{capital(_what(part))}: none of {who} has a {'single ' if bounds else ''}number"
    some = who if len(ranked) == len(known) else f"{len(ranked)} of {who}"
    if ranked["place_share"].isna().any() or ranked["place_share"].sum() > 1:
        first, last = (display(float(ranked["rank"].agg(which)), "rank") for which in ("min", "max"))
        verb = "ranks" if len(ranked) == 1 else "rank"
        between = first if first == last else f"from {first} to {last}"
        above = part.perhaps_above(float(ranked["place_value"].min()))
        among = "" if above.empty else " of those with a single number"
        return f"{capital(_what(part))}: {some} {verb} {between}{among}"
    largest = ranked.sort_values("rank").iloc[0]
    share = share_words(float(ranked["place_share"].sum()), part, largest, len(ranked))
    return f"{some} together {_verb(part, several=True)} {share} of {_whole(part)}"


_VERBS = {
    Measure.RESERVES: ("holds", "hold"),
    Measure.RESOURCES: ("holds", "hold"),
    Measure.CAPACITY: ("has", "have"),
}


def _verb(part: RankedSeries, *, several: bool) -> str:
    return _VERBS.get(Measure(part.any_row["measure"]), ("accounts for", "account for"))[several]


def _whole(part: RankedSeries) -> str:
    if part.total == Total.SUM:
        return f"the printed {_what(part)}, for which no world total is given"
    return f"the world’s {_what(part)}"


def _joined(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else str(last)


# What a reader must know ------------------------------------------------------------------------------


def missing_words(places: Sequence[str], printed: Iterable[str]) -> list[str]:
    """The chosen countries that the table has no row for; those counted in a group are said to be."""
    codes = set(printed)
    single = [code for code in places if code not in codes]
    grouped = {
        code: group for group in sorted(codes) if "+" in group for code in group.split("+") if code in single
    }
    absent = [place_name(code) for code in single if code not in grouped]
    notes = [f"{place_name(code)} is counted in {place_name(group)}." for code, group in grouped.items()]
    return [*([f"No row here: {', '.join(absent)}."] if absent else []), *notes]


def several_rows_words(part: RankedSeries, shown: pd.DataFrame, scale: str | None) -> list[str]:
    """The ranked countries that are printed in several rows, with what these are together."""
    return [
        f"{lines['name'].iloc[0]} is printed in {len(lines)} rows; its rank counts them together: "
        f"{_place_amount(lines.iloc[0], part, scale)}."
        for lines in _in_several_rows(shown)
    ]


def in_all_words(part: RankedSeries, shown: pd.DataFrame, scale: str | None) -> list[str]:
    """What stands beside each row: at the first of several rows that are ranked together, their sum."""
    told = {
        lines.index[0]: f"; {len(lines)} rows together {_place_amount(lines.iloc[0], part, scale)}"
        for lines in _in_several_rows(shown)
    }
    return [told.get(at, "") for at in shown.index]


def _in_several_rows(shown: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of each country with a rank that is printed in several."""
    ranked = shown[shown["rank"].notna() & (shown["place_value"] != 0)]
    if not ranked["place"].duplicated().any():
        return []
    return [lines for _, lines in ranked.groupby("place", sort=False) if len(lines) > 1]


def _place_amount(line: pd.Series, part: RankedSeries, scale: str | None) -> str:
    amount = display(float(line["place_value"]), part.unit, scale)
    share = line["place_share"]
    return f"{amount}, {share_words(share, part, line)}" if pd.notna(share) else amount


def details_notes(part: RankedSeries) -> list[str]:
    """The countries that are printed on another basis than the total that counts them."""
    if PRINTED_AS not in part.rows:
        return []
    own = part.rows[[PRINTED_AS, "basis", "name"]]
    own = own[(own[PRINTED_AS] != own["basis"]).fillna(False)]
    lines = [(detail_words(line), str(line["name"])) for line in as_records(own)]
    found: dict[str, list[str]] = {}
    for words, name in lines:
        if words:
            found.setdefault(words, []).append(name)
    return [
        f"{_joined(names)}: {words}. All rows add up to the one world total, so they are ranked together."
        for words, names in found.items()
    ]


def beside_words(rows: pd.DataFrame, scale: str | None) -> str:
    """The largest number that the same table prints as another stage of production; empty without one."""
    if rows.empty or rows["value"].isna().all():
        return ""
    line: Any = rows.sort_values("value", na_position="first").iloc[-1]
    stage = in_sentence(Measure(line["measure"]).label)
    return f"; the same table has {_number(line, scale)} of {stage} for {place_name(line['place'])}"


def total_notes(part: RankedSeries) -> list[str]:
    """What is odd about the world total: it leaves places out, or is smaller than one of its rows."""
    notes = [left_out_words(part.left_out)] if part.left_out else []
    if part.total == Total.ROWS:
        notes.append(f"{ROUNDED_TOTAL} Shares are of that sum.")
    if part.total == Total.TOO_SMALL:
        notes.append(
            "A country’s number is above the printed world total: one of the two must be wrong, so no shares "
            "are given."
        )
    return notes
