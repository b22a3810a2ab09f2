"""What lines over the years say, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from dashboard.analysis.over_time import REVISED
from dashboard.analysis.states import amount_words, state
from dashboard.analysis.trend import Row, Trend, year_runs
from dashboard.words.dependence import joined_names
from loaders.text import capital
from loaders.units import display
from loaders.vocabulary import MarkState, Status

TOLD_OF = 3
"""Up to this many lines are told of in a title."""
LONGEST = 230
"""Letters of a title, beyond which it tells less."""


class Told(NamedTuple):
    """A line by name, with what it does; `scale` is that of its panel where its numbers are told in it."""

    name: str
    trend: Trend
    scale: str | None = None


def shown_number(row: Row, scale: str | None = None) -> str:
    """The single number of a year: "14.5 kt", "69 $/kg"."""
    return display(float(row["value"]), row["unit"], scale)


def dated(row: Row) -> str:
    """The year of a number, with what is known of it: "2025 (estimated)"."""
    if row["status"] == Status.FORECAST.value:
        return f"{row['year']} (forecast)"
    return f"{row['year']} (estimated)" if state(row) == MarkState.ESTIMATE else str(row["year"])


def spoken_years(years: Iterable[int]) -> str:
    """Years as one says them: "2019 to 2021 and 2023"."""
    runs = [
        str(a) if a == b else f"{a} and {b}" if b == a + 1 else f"{a} to {b}" for a, b in year_runs(years)
    ]
    return joined_names(runs)


_ROSE, _WENT = ("rose", "fell"), ("went up", "went down")
"""What a measure does, and what a place or a grade does."""


def moved(told: Told, verbs: tuple[str, str] = _ROSE) -> str:
    """What a line does from its first number to its last: "rose from 14.5 kt in 1971 to 140 kt in 2023"."""
    first, last = told.trend.first, told.trend.last
    if first is None or last is None:
        return no_number(told)
    start, end = shown_number(first, told.scale), shown_number(last, told.scale)
    if first is last:
        return f"was {end} in {dated(last)}, the only year with a single number"
    if start == end:
        return f"was {start} in {dated(first)} and in {dated(last)}"
    verb = verbs[0 if last["value"] > first["value"] else 1]
    between = [year for year in told.trend.breaks if first["year"] < year <= last["year"]]
    across = f", across a break in series ({spoken_years(between)})" if between else ""
    return f"{verb} from {start} in {dated(first)} to {end} in {dated(last)}{across}"


def no_number(told: Told) -> str:
    """What is printed of a line that has no single number."""
    return f"has no single number: {others_words(told.trend.others, told.scale)}"


def highest(told: Told) -> str:
    """The year with the most, where that is neither the first nor the last; empty otherwise."""
    trend = told.trend
    if trend.first is None or trend.last is None or trend.most is None:
        return ""
    most = shown_number(trend.most, told.scale)
    if most in (shown_number(trend.first, told.scale), shown_number(trend.last, told.scale)):
        return ""
    return f"; the most was {most} in {dated(trend.most)}"


def since_words(told: Told) -> str:
    """What is printed after the last number: "; since then withheld in 2024"."""
    return f"; since then {others_words(told.trend.since, told.scale)}" if told.trend.since else ""


def others_words(rows: Sequence[Row], scale: str | None = None) -> str:
    """What is printed instead of single numbers: "more than 95 % in 2021, withheld in 2022"."""
    found: dict[str, list[int]] = {}
    for row in rows:
        single = state(row) in (MarkState.VALUE, MarkState.ZERO, MarkState.ESTIMATE)
        words = "several rows, which are not added up," if single else amount_words(row, scale)
        found.setdefault(words, []).append(int(row["year"]))
    return ", ".join(f"{words} in {spoken_years(years)}" for words, years in found.items())


def revised_words(rows: Sequence[Row], scale: str | None = None) -> str:
    """What older editions printed: "2023 (was more than 95 % in edition 2024)"; of many only the years."""
    found = [row for row in rows if row["change"] == REVISED]
    if len(found) > TOLD_OF:
        return spoken_years(row["year"] for row in found)
    return ", ".join(
        f"{row['year']} (was {amount_words(as_before(row), scale)} in edition {row['before_edition']})"
        for row in found
    )


def as_before(row: Row) -> Row:
    """A line of `over_time` as the older edition printed it."""
    names = ("value", "lower", "upper", "status")
    old = {name: row[f"before_{name}"] for name in names}
    return {**row, **old, "printed_value": row["before_printed"], "note": ""}


def against_words(row: Row, base: Row | None, year: int) -> str:
    """How a number stands to that of another year: "44 % below 2022"."""
    if base is None:
        return f"no single number for {year} to compare with"
    if base["year"] == row["year"]:
        return f"the number of {year} itself"
    if not base["value"]:
        return f"zero in {year}, so no change in percent"
    part = float(row["value"]) / float(base["value"]) - 1
    if row["value"] == base["value"]:
        return f"as in {year}"
    percent = f"{abs(part) * 100:.0f} %" if abs(part) >= 0.01 else "less than 1 %"
    return f"{percent} {'above' if part > 0 else 'below'} {year}"


def finding_of_line(what: str, told: Told) -> str:
    """What one line says: "Chile: mine production of copper fell from 5.62 Mt in 2021 to 5.3 Mt in 2025"."""
    return f"{what} {moved(told)}{highest(told)}{since_words(told)}"


def finding_of_lines(what: str, told: Sequence[Told], leader: str = "") -> str:
    """What several lines say together; `leader` says what the first of them is where it leads."""
    if len(told) <= TOLD_OF and not leader:
        return f"{what}: " + "; ".join(f"{one.name} {moved(one, _WENT)}" for one in told)
    first = f"{what}: {told[0].name}{leader} {moved(told[0], _WENT)}"
    whole = f"{first}{_counted_lines(told)}"
    return whole if len(whole) <= LONGEST else first


_LONG = 130
"""Letters of a title that tells of more than one price."""


def price_finding(mineral: str, told: Sequence[Told], year: int) -> str:
    """What prices say against a year: "NdPr oxide: 69 $/kg in 2025 (estimated), 44 % below 2022".

    Prices of the newest year come first, and of these what changed most; of long ones the title has one.
    """
    dated_told = [(last["year"], _change(one, year), one) for one in told if (last := one.trend.last)]
    if not dated_told:
        return f"Price of {mineral}: no single number is printed"
    numbered = [one for *_, one in sorted(dated_told, key=itemgetter(0, 1), reverse=True)]
    clauses: list[str] = []
    for one in numbered[:TOLD_OF]:
        clause = f"{one.name}: {last_price(one, year)}"
        if clauses and sum(map(len, clauses)) + len(clause) > _LONG:
            break
        clauses.append(clause)
    more = len(numbered) - len(clauses)
    others = f"; {more} more {'price is' if more == 1 else 'prices are'} drawn" if more > 0 else ""
    told_of = "; ".join(clauses)
    return f"Prices of {mineral}. {capital(told_of)}{others}"


def _change(told: Told, year: int) -> float:
    """By what part the last number of a price is above or below that of a year; -1 where there is none."""
    last, base = told.trend.last, told.trend.of_year(year)
    if last is None or base is None or not base["value"]:
        return -1.0
    return abs(float(last["value"]) / float(base["value"]) - 1)


def last_price(told: Told, year: int) -> str:
    """The last number of a price, and how it stands to that of a year."""
    last = told.trend.last
    if last is None:
        return others_words(told.trend.others, told.scale)
    shown = f"{shown_number(last, told.scale)} in {dated(last)}"
    if last["year"] == year:
        return shown
    return f"{shown}, {against_words(last, told.trend.of_year(year), year)}"


def _counted_lines(told: Sequence[Told]) -> str:
    """How many of some lines end higher than they begin, and how many lower."""
    both = [(one.trend.first, one.trend.last) for one in told]
    pairs = [(a["value"], b["value"]) for a, b in both if a is not None and b is not None and a is not b]
    rose, fell = sum(b > a for a, b in pairs), sum(b < a for a, b in pairs)
    if not pairs or len(told) == 1:
        return ""
    if len(pairs) in (rose, fell) and len(pairs) == len(told):
        return f"; from first to last number all {len(told)} lines {'rose' if rose else 'fell'}"
    return f"; from first to last number {rose} of {len(told)} lines rose, {fell} fell"
