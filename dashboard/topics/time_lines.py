"""Lines over the years from what editions print: which rows make one, what it is called, its panels."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.axis import together
from dashboard.analysis.concordance import measures_alike, with_labels
from dashboard.analysis.over_time import REVISED, over_time
from dashboard.analysis.series import as_records, few, is_country
from dashboard.analysis.states import amount_words, printed_words, row_id, state
from dashboard.analysis.trend import Row, Trend, trend
from dashboard.analysis.wordings import with_bare_details, with_one_wording
from dashboard.charts.lines import LinePanel
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.ranked_rows import is_large_dataset
from dashboard.topics.time_details import NOT_TOLD
from dashboard.topics.time_offer import own_accounts
from dashboard.words.trends import Told, others_words, revised_words, spoken_years
from loaders.errors import UnlikeUnits
from loaders.names import place_name
from loaders.text import capital
from loaders.units import best_scale, scale_factor
from loaders.vocabulary import OF_ONE_COUNTRY, WORLD, Basis, Status

_KEPT = 200
"""How many tables are kept: each of many readers goes back and forth between a few."""


class TimeLine(NamedTuple):
    """One line: its name, the rows of `over_time` in the order of years, and what it does."""

    name: str
    records: list[Row]
    trend: Trend

    @property
    def any(self) -> Row:
        """A row, for what all rows of a line have in common."""
        return self.records[0]

    @property
    def place(self) -> str:
        """The place that it is of."""
        return str(self.any["place"])

    @property
    def scale(self) -> str | None:
        """The scale in which it is told of: of prices what they are printed in, else what fits."""
        return scale_of([self]) if "/" in self.any["unit"] else None

    def told(self) -> Told:
        """The line for sentences."""
        return Told(self.name, self.trend, self.scale)


@kept_with_data(_KEPT)
def printed_lines(
    data: Snapshot, mineral: str, measure: str, dataset: str, as_worded: bool = False
) -> pd.DataFrame:
    """What a dataset prints of a mineral and measure over the years: a table of `over_time`.

    Words that say only how a number was made ("rounded") are no detail. Where an edition labels a table
    otherwise and it is declared that the same is meant, its rows have the label that stands for both; where
    it words one, its rows are joined to the others (`with_one_wording`), unless `as_worded`.
    """
    apart = dataset in own_accounts(data) or measure in OF_ONE_COUNTRY
    alike = measures_alike(dataset, mineral, measure)
    if not as_worded and len(alike) == 1 and not is_large_dataset(data, dataset, apart):
        return _lines_of_all(data, dataset, apart).of(mineral, measure)
    table = few(data.national[data.national["mineral"] == mineral]) if apart else data.of_mineral(mineral)
    rows = with_bare_details(table[(table["dataset"] == dataset) & table["measure"].isin(alike)])
    if len(alike) > 1 or rows["basis"].nunique() > 1:
        rows = with_labels(rows)
    return over_time(rows if as_worded else with_one_wording(rows))


class _Lines(NamedTuple):
    """A table of `over_time`, and where the lines of each mineral and measure stand in it."""

    table: pd.DataFrame
    places: Mapping[Any, Any]

    def of(self, mineral: str, measure: str) -> pd.DataFrame:
        """Those of one, their lines numbered from the first on."""
        found = self.table.take(self.places.get((mineral, measure), [])).reset_index(drop=True)
        return found.assign(line=found["line"] - found["line"].min())


@kept_with_data(8)
def _lines_of_all(data: Snapshot, dataset: str, apart: bool) -> _Lines:
    """What a dataset prints of all minerals; `apart` of one country's own account.

    Of measures that are printed in several editions under the same label.
    """
    table = data.national if apart else data.observations
    rows = with_bare_details(few(table[table["dataset"] == dataset]))
    several = rows.groupby(["mineral", "measure"])["basis"].transform("nunique") > 1
    label = ["measure", "basis"]
    rows.loc[several, label] = with_labels(rows[several])[label].to_numpy()
    found = few(over_time(with_one_wording(rows)))
    return _Lines(found, found.groupby(["mineral", "measure"]).indices)


def time_lines_of(rows: pd.DataFrame) -> list[TimeLine]:
    """The lines of a table of `over_time`, each named by what tells it from the others."""
    found: dict[int, list[Row]] = {}
    for record in as_records(rows):
        found.setdefault(record["line"], []).append(record)
    every = list(found.values())
    naming = [name for name in _NAMING if len({records[0][name] for records in every}) > 1]
    start = words_of_all(every)
    begin = len(f"{start}: ") if start else 0
    return [TimeLine(_line_name(records[0], naming, begin), records, trend(records)) for records in every]


_NAMING = ("place", "partner", "detail", "basis")
"""What tells lines from each other, in the order in which it is said."""


def words_of_all(every: Sequence[Sequence[Row]]) -> str:
    """What the details of several lines begin with: "average" of "average: A" and "average: B"."""
    details = {str(records[0]["detail"]) for records in every}
    heads = {detail.partition(": ")[0] for detail in details}
    if len(details) < 2 or len(heads) > 1 or not all(": " in detail for detail in details):
        return ""
    return heads.pop()


def _line_name(row: Row, naming: Sequence[str], begin: int) -> str:
    """ "Chile", "Chile, concentrate", "NdPr oxide"."""
    if "partner" in naming:
        return f"from {place_name(row['partner'])}" if row["partner"] else place_name(row["place"])
    several = "place" in naming
    detail = str(row["detail"])[begin:] or ("" if several else NOT_TOLD)
    told_of = "basis" in naming and row["basis"] != Basis.NOT_APPLICABLE
    basis = _basis_words(row["basis"]) if told_of else ""
    told = [detail if "detail" in naming else "", basis]
    place = [place_name(row["place"])] if several or not any(told) else []
    return ", ".join(part for part in (*place, *told) if part)


def _basis_words(basis: str) -> str:
    return "basis not stated" if basis == Basis.UNDEFINED else Basis(basis).label


# Which are shown ----------------------------------------------------------------------------------------

_LARGEST = 5
"""How many countries are shown unless others are chosen."""
LATELY = 5
"""A line that has no number of the last so many years does not come among the largest."""


def largest_places(rows: pd.DataFrame) -> list[str]:
    """The countries with the largest last number or bound; those whose numbers end early come last."""
    countries = is_country(rows["place"])
    numbers = rows["value"].fillna(rows["lower"])
    kept = countries & numbers.notna()
    known = rows.loc[kept, ["place", "year"]].assign(known=numbers[kept].to_numpy())
    if known.empty:
        return list(dict.fromkeys(rows.loc[countries, "place"]))
    last = known.sort_values(["year", "known"]).drop_duplicates("place", keep="last")
    early = last["year"] <= int(rows["year"].max()) - LATELY
    ordered = last.assign(early=early).sort_values(["early", "known", "place"], ascending=[True, False, True])
    return [str(place) for place in ordered["place"]]


def chosen_rows(rows: pd.DataFrame, places: Sequence[str]) -> pd.DataFrame:
    """The rows of the places in their order; without any, of the largest and of the world, else of all."""
    order = list(places) or [*largest_places(rows)[:_LARGEST], WORLD]
    if not places and set(order).isdisjoint(rows["place"]):
        order = list(dict.fromkeys(rows["place"]))
    rank = rows["place"].map({place: number for number, place in enumerate(order)})
    kept = rows.assign(order=rank)[rank.notna()]
    return kept.sort_values(["order", "line", "year", "row"]).drop(columns="order")


def without_empty_world(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All lines but those of the world without a number or a bound in any year, and these.

    A world without numbers would be an empty panel; it is drawn where nothing else has any.
    """
    known = rows[["value", "lower", "upper"]].notna().any(axis=1)
    kept = known.groupby(rows["line"]).transform("any") | (rows["place"] != WORLD) | (not known.any())
    return rows[kept], rows[~kept]


def empty_world_words(rows: pd.DataFrame) -> list[str]:
    """What is printed of the world where it is not drawn, having no number."""
    lines = time_lines_of(rows)
    told = [f"{line.name} {others_words(line.trend.others, line.scale)}" for line in lines]
    return [f"Not drawn, since no number is printed: {'; '.join(told)}."] if told else []


# Panels -------------------------------------------------------------------------------------------------


def groups_of(rows: pd.DataFrame) -> tuple[list[pd.DataFrame], tuple[str, ...]]:
    """The rows by what may stand on one axis, and why they may not stand on one."""
    found = together(rows)
    return [own for own in found.groups if len(own)], found.reasons


def panel_of(
    lines: Sequence[TimeLine], said: PanelWords, scale: str, bases: Sequence[float] = ()
) -> LinePanel:
    """A panel of lines, its numbers shown in `scale`; with `bases` as parts of these numbers."""
    divisors = bases or [0.0] * len(lines)
    points = [
        point
        for number, (line, base) in enumerate(zip(lines, divisors, strict=True))
        for point in _points(line, number, scale, base)
    ]
    table = pd.DataFrame(points)
    below = [
        text
        for line in lines
        for text in below_words(line, None if bases else scale, len(lines) > 1, said.alone)
    ]
    unit = str(points[0]["unit"])
    return LinePanel(said.title, said.subtitle, table, unit, scale, tuple(below), said.apart)


class PanelWords(NamedTuple):
    """What a panel says above it, whether its scale is its own, and whether it is the only one."""

    title: str
    subtitle: str
    apart: bool = False
    alone: bool = False


def _points(line: TimeLine, number: int, scale: str, base: float) -> list[Row]:
    found = []
    breaks = line.trend.breaks
    for row in line.records:
        words = amount_words(row, None if base else scale)
        own = {name: row[name] / base if base else row[name] for name in ("value", "lower", "upper")}
        kept = {name: row[name] for name in _OF_A_POINT}
        kind = {"unit": "1", "figure_kind": "ratio"} if base else {"figure_kind": "quantity"}
        indexed = base and row["value"] == row["value"]
        found.append(
            kept
            | own
            | kind
            | {
                "line": number,
                "label": line.name,
                "words": parts_of_hundred(own["value"]) if indexed else words,
                "state": str(state(row)),
                "forecast": row["status"] == Status.FORECAST.value,
                "revised": row["change"] == REVISED,
                "breaks": row["year"] in breaks,
                "id": row_id(row),
                "hover": _hover(line.name, row, words),
            }
        )
    return found


_OF_A_POINT = ("dataset", "mineral", "measure", "unit", "basis", "class", "scheme", "place", "year")


def parts_of_hundred(part: float) -> str:
    """A part of the number of one year, which is 100."""
    return f"{part * 100:,.0f}" if part >= 0.1 else f"{part * 100:.2g}"


def _hover(name: str, row: Row, words: str) -> str:
    printed = printed_words(row)
    before = f"; edition {row['before_edition']} printed {row['before_printed']}" if row["change"] else ""
    return f"{name}, {row['year']}: {words}; printed {printed} in edition {row['edition']}{before}"


def below_words(line: TimeLine, scale: str | None, named: bool, alone: bool) -> list[str]:
    """What a panel says below: years without a single number, years that nobody prints, revisions.

    Of several lines revisions are ringed alone; the table says from what.
    """
    holes = _holes(line)
    revised = revised_words((*line.trend.numbers, *line.trend.others), scale) if alone and not named else ""
    breaks = line.trend.breaks
    told = [
        f"counted otherwise from {spoken_years(breaks)} on (“break in series”)" if breaks else "",
        others_words(line.trend.others, scale),
        f"no edition prints {holes}" if holes else "",
        f"revised: {revised}" if revised else "",
    ]
    said = "; ".join(text for text in told if text)
    if not said:
        return []
    text = f"{line.name}: {said}" if named else said
    return [f"{capital(text)}."]


def _holes(line: TimeLine) -> str:
    """The years of which a line has no row, between its first and last one."""
    printed = {int(row["year"]) for row in line.records}
    holes = [year for year in range(min(printed), max(printed) + 1) if year not in printed]
    return spoken_years(holes) if holes else ""


def scale_of(lines: Sequence[TimeLine]) -> str:
    """The scale in which the numbers of lines of one unit read best; of prices what they are printed in."""
    unit = str(lines[0].any["unit"])
    records = [row for line in lines for row in line.records]
    if "/" in unit:
        found = price_scale(records)
        if found:
            return found
    known = (row[name] for row in records for name in ("value", "lower", "upper"))
    numbers = [abs(number) for number in known if number == number]
    return best_scale(max(numbers, default=0.0), unit)


_PER = (
    "t",
    "kg",
    "g",
    "lb",
    "short_ton",
    "long_ton",
    "troy_oz",
    "flask",
    "ct",
    "kct",
    "Mct",
    "m3",
    "L",
    "mtu",
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def price_scale(records: Sequence[Row]) -> str:
    """The amount that prices are printed for last: of "69 dollars per kilogram" `USD/kg`.

    Told from the printed number and what it was read as, since some headers name another amount than their
    notes. Cents are shown as dollars. A price of a package (56.1 dollars per 25 grams) is shown for a gram.
    Empty where the amount is none of these.
    """
    unit = str(records[0]["unit"])
    money = unit.partition("/")[0]
    for row in sorted(records, key=lambda row: (row["edition"], row["year"]), reverse=True):
        known = row["value"] if row["value"] == row["value"] else row["lower"]
        printed = _NUMBER.search(str(row["printed_value"]))
        if printed is None or known != known or not known:
            continue
        ratio = known / float(printed[0].replace(",", ""))
        whole = next((name for name in _prices_per(unit, money) if _is_scale(unit, name, ratio)), "")
        return whole or _price_of_package(unit, money, ratio)
    return ""


PACKAGES = (10, 25, 50, 100)
"""How many grams are sold together."""


def _price_of_package(unit: str, money: str, ratio: float) -> str:
    """The price of a gram where so many grams are sold together that the printed number is of them."""
    gram = f"{money}/g"
    packed = any(_is_scale(unit, gram, ratio * grams) for grams in PACKAGES) if _factor(unit, gram) else False
    return gram if packed else ""


@cache
def _prices_per(unit: str, money: str) -> tuple[str, ...]:
    """The names of prices that convert to a unit."""
    return tuple(f"{money}/{per}" for per in _PER if _factor(unit, f"{money}/{per}"))


@cache
def _factor(unit: str, name: str) -> float:
    """What a price in a unit is multiplied by; zero where it does not convert."""
    try:
        return scale_factor(unit, name)
    except UnlikeUnits:
        return 0.0


def _is_scale(unit: str, name: str, ratio: float) -> bool:
    """Whether numbers are printed in this unit of price, or in cents of it."""
    printed = ratio * _factor(unit, name)
    return any(math.isclose(printed, cents, rel_tol=1e-6) for cents in (1.0, 0.01))


def no_row_words(places: Iterable[str], rows: pd.DataFrame) -> list[str]:
    """The chosen places that have no row in any year."""
    printed = set(rows["place"])
    absent = [place_name(place) for place in places if place not in printed]
    return [f"No row in any year: {', '.join(absent)}."] if absent else []
