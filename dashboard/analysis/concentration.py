"""Who holds and who makes: cumulative shares, concentration, and how long reserves would last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dashboard.analysis.details import counted_together, stages_together
from dashboard.analysis.evidence import OUTPUT
from dashboard.analysis.first_places import Lead, in_no_row, lead, of_several
from dashboard.analysis.forecasts import without_forecasts
from dashboard.analysis.membership import counted_in
from dashboard.analysis.rank import rank, ranked_places
from dashboard.analysis.scope import listed
from dashboard.analysis.series import SERIES, by_place, collect, select
from dashboard.analysis.totals import leaving_out
from loaders.names import mineral_name
from loaders.text import in_sentence
from loaders.units import digits_of
from loaders.vocabulary import OTHER, WORLD, Basis, Measure, Total

CONCENTRATION_COLUMNS = [
    *SERIES, "countries", "without_number", "first", "first_tied", "top_1", "top_3", "top_5", "hhi",
    "hhi_at_most", "bound", "shares_sum", "denominator", "denominator_is", "left_out", "share_digits",
]  # fmt: skip


def with_cumulative(ranked: pd.DataFrame) -> pd.DataFrame:
    """Lines of `rank` with `cumulative`, the share of a country and of all before it; NaN without a share."""
    shares = ranked.astype({"share": float}).groupby(SERIES, sort=False)["share"]
    return ranked.assign(cumulative=shares.cumsum())


def concentration(rows: Any) -> pd.DataFrame:
    """How few countries hold or make a mineral: a line per series, columns `CONCENTRATION_COLUMNS`.

    `rows` are observations. `first` is the largest country, `top_1`, `top_3` and `top_5` the shares of the
    largest together, `hhi` the Herfindahl-Hirschman index of the countries with a number, the sum of the
    squares of their shares in percent, 0 to 10,000. `hhi_at_most` is the index if one country had all the
    rest. `bound` says what `hhi` and the shares are: 'exact' to the publisher's rounding; 'lower' where some
    of the total has no country ("other countries" in one row, numbers missing); 'upper' where the total is
    larger than printed; 'none' where both are so, as where no total is printed at all. `share_digits` is how
    many digits the shares carry, by the largest number and the total.
    """
    return of_ranked(rank(rows))


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as they are ranked: what a publisher counts in one total stands together."""
    return counted_together(stages_together(rows, OUTPUT))


def of_ranked(ranked: pd.DataFrame) -> pd.DataFrame:
    """As `concentration`, from lines of `rank`."""
    if ranked.empty:
        return pd.DataFrame(columns=CONCENTRATION_COLUMNS)
    ranked = without_empty_shares(ranked)
    place = ranked.groupby(SERIES, sort=False).cumcount()
    points = ranked.assign(
        countries=ranked["value"].notna().astype(int),
        without_number=ranked["value"].isna().astype(int),
        hhi=(ranked["share"] * 100) ** 2,
        shares_sum=ranked["share"],
        first=ranked["place"].where(ranked["rank"].notna()),
        first_tied=ranked["tied"],
        largest=ranked["value"],
        **{f"top_{count}": ranked["share"].where(place < count) for count in (1, 3, 5)},
    )
    series = points.groupby(SERIES)
    table = series[_SUMS].sum(min_count=1).join(series[_FIRSTS].first()).reset_index()
    digits = map(digits_of, table["largest"], table["denominator"])
    table = table.assign(hhi=table["hhi"].clip(upper=10_000))
    return table.assign(share_digits=list(digits), **_bounds(table))[CONCENTRATION_COLUMNS]


def without_empty_shares(ranked: pd.DataFrame) -> pd.DataFrame:
    """Lines of `rank` without shares that say nothing.

    So are the share of a country that is the only row of a table without a total, and those of a printed
    total that is smaller than one of its countries: it is no total of them.
    """
    series = ranked.groupby(SERIES, sort=False)
    lone = (series["place"].transform("size") == 1) & ranked["denominator_is"].eq(Total.SUM)
    exceeded = series["share"].transform("max") > 1 + _NOTHING
    return ranked.assign(share=ranked["share"].mask(lone | exceeded))


_SUMS = ["countries", "without_number", "hhi", "shares_sum", "top_1", "top_3", "top_5"]
_FIRSTS = [
    "first",
    "first_tied",
    "largest",
    "denominator",
    "denominator_is",
    "left_out",
    "share_is_upper_bound",
]
_NOTHING = 1e-9


def _bounds(table: pd.DataFrame) -> dict[str, Any]:
    rest = (1 - table["shares_sum"]).clip(lower=0)
    no_total = table["denominator_is"] == Total.SUM  # countries that are not in the table have some too
    below = (rest > _NOTHING) | (table["without_number"] > 0) | no_total
    above = table["share_is_upper_bound"] | no_total
    return {
        "hhi_at_most": (table["hhi"] + (rest * 100) ** 2).where(~above),
        "bound": np.select([below & above, below, above], ["none", "lower", "upper"], "exact"),
    }


# Years of reserves ----------------------------------------------------------------------------------

_EDITION = ["dataset", "edition", "mineral"]

YEARS_COLUMNS = [
    *_EDITION, "place", "years", "at_least", "at_most", "reserves", "production", "production_year", "basis",
    "unit", "reason", "years_digits",
]  # fmt: skip


_LASTING = (str(Measure.RESERVES), str(Measure.MINE_PRODUCTION))


def years_of_places(lines: pd.DataFrame, rows: Any) -> pd.DataFrame:
    """Reserves over a year's mine production: a line per place with reserves, columns `YEARS_COLUMNS`.

    `lines` are those of `by_place`, `rows` the observations that they sum. Production is of the latest year
    of the same edition; `at_least` is true where reserves are printed as "more than", or their total leaves a
    place out, `at_most` where that of production does. `years` is NaN, and `reason` says why, where the two
    are not on the same basis, or one has no number, or production is zero; `years_digits` is how many digits
    it carries. World totals have a line too, and "other countries" none: they are not the same countries.
    """
    lines = lines[lines["measure"].isin(_LASTING) & (lines["place"] != OTHER)]
    lines = lines.assign(larger=leaving_out(lines, rows))
    held, made = (_latest(lines[lines["measure"] == measure]) for measure in ("reserves", "mine_production"))
    held = held.assign(at_least=held["value"].isna() & held["lower"].notna() | held["larger"])
    held["reserves"] = held["value"].fillna(held["lower"])
    made = made.rename(columns={"value": "production", "year": "production_year", "larger": "at_most"})
    same = [*_EDITION, "place", "basis", "unit"]
    table = held[[*same, "reserves", "at_least"]].merge(
        made[[*same, "production", "production_year", "at_most"]], on=same, how="left", indicator=True
    )
    reason = _no_years(table, made)
    years = (table["reserves"] / table["production"]).where(reason == "")
    bounds = {name: (table[name].eq(True) & years.notna()).astype(bool) for name in ("at_least", "at_most")}
    digits = list(map(digits_of, table["reserves"], table["production"]))
    table = table.assign(years=years, reason=reason, years_digits=digits, **bounds)
    return table[YEARS_COLUMNS].sort_values([*same], ignore_index=True)


def _latest(lines: pd.DataFrame) -> pd.DataFrame:
    return lines[lines["year"] == lines.groupby(_EDITION)["year"].transform("max")]


def _no_years(table: pd.DataFrame, made: pd.DataFrame) -> pd.Series:
    """Why years of reserves are not computed, line by line; empty where they are."""
    alone, keys = table["_merge"].eq("left_only"), [*_EDITION, "place"]
    asked = made.merge(table.loc[alone, keys].drop_duplicates(), on=keys)
    bases = asked.groupby(keys)["basis"].agg(lambda found: " and ".join(map(_counted, sorted(found))))
    other = table.join(bases.rename("other"), on=keys)["other"]
    apart = "Reserves are " + table["basis"].map(_counted) + ", production is " + other.fillna("")
    reasons: list[tuple[pd.Series, Any]] = [
        (table["reserves"].isna(), "Reserves have no number"),
        (alone & other.isna(), "Mine production has no row"),
        (alone, apart + ": the bases differ"),
        (table["production"].isna(), "Production has no number"),
        (table["production"] == 0, "Nothing is produced"),
    ]
    when = [applies.to_numpy(dtype=bool) for applies, _ in reasons]
    found = np.select(when, [np.asarray(words, dtype=object) for _, words in reasons], "")
    return pd.Series(found, index=table.index)


def _counted(code: str) -> str:
    """What tonnes are tonnes of, in a sentence."""
    return "on a basis that is not stated" if code == Basis.UNDEFINED else Basis(code).label


# All minerals of a list at a glance -----------------------------------------------------------------

KINDS = {"reserves": (str(Measure.RESERVES),), "production": OUTPUT}
_SHOWN = [
    "countries",
    "measure",
    "year",
    "basis",
    "first",
    "top_1",
    "top_3",
    "top_5",
    "hhi",
    "hhi_at_most",
    "bound",
    "denominator_is",
    "left_out",
    "share_digits",
]

GLANCE_COLUMNS = [
    "mineral", *(f"{kind}_{name}" for kind in KINDS for name in _SHOWN), "years", "years_at_least",
    "years_at_most", "years_digits", "reason",
]  # fmt: skip


def at_a_glance(observations: Any, critical_list: str, dataset: str, edition: str) -> pd.DataFrame:
    """The minerals of a list (`us-2022`, `us-2025`, `eu-2024`) in one edition: columns `GLANCE_COLUMNS`.

    One line per mineral on the list, in the table's order: concentration of reserves and of production in
    their latest year that is no forecast, and the world's years of reserves. Production is of the first
    stage that has figures. A mineral without figures has a `reason`. All series are ranked in one pass.
    """
    wanted = listed(critical_list)
    every = tuple(name for names in KINDS.values() for name in names)
    asked = select(observations, dataset=dataset, edition=edition, mineral=wanted, measure=every)
    rows = counted(without_forecasts(collect(asked)))
    lines = by_place(rows)
    found = of_ranked(ranked_places(lines, rows))
    return glance_of(wanted, found, years_of_places(lines, rows), set(rows["mineral"]))


def glance_of(
    wanted: Sequence[str], found: pd.DataFrame, years: pd.DataFrame, have: set[str]
) -> pd.DataFrame:
    """As `at_a_glance` of the minerals `wanted`, from lines of `concentration` and of `years_of_places`.

    `have` are the minerals that have any rows.
    """
    table = pd.DataFrame({"mineral": list(wanted)})
    for kind, names in KINDS.items():
        chosen = main_series(found, names)[["mineral", *_SHOWN]]
        table = table.merge(
            chosen.rename(columns={name: f"{kind}_{name}" for name in _SHOWN}), "left", "mineral"
        )
    world = years[(years["place"] == WORLD) & years["years"].notna()].drop_duplicates("mineral")
    bounds = {"at_least": "years_at_least", "at_most": "years_at_most"}
    world = world[["mineral", "years", *bounds, "years_digits"]].rename(columns=bounds)
    table = table.merge(world, "left", "mineral")
    return table.assign(reason=[_no_figures(mineral, have) for mineral in wanted])[GLANCE_COLUMNS]


def main_series(found: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """One series per mineral: its first measure with figures, the latest year, the most countries' basis.

    Of bases with as many countries it is the one that the mineral has in more measures, so that what is held
    and what is made are of one basis where they can be.
    """
    order = found.assign(
        stage=found["measure"].map({name: place for place, name in enumerate(names)}),
        shared=found.groupby(["mineral", "basis"])["measure"].transform("nunique"),
    )[found["measure"].isin(names)]
    rising = {
        "mineral": True,
        "stage": True,
        "year": False,
        "countries": False,
        "shared": False,
        "basis": True,
    }
    return order.sort_values(list(rising), ascending=list(rising.values())).drop_duplicates("mineral")


def _no_figures(mineral: str, have: set[str]) -> str:
    if mineral in have:
        return ""
    wider = counted_in(mineral)
    if wider in have:
        return f"No figures of its own; it is counted in {in_sentence(mineral_name(wider))}"
    return "The edition has no figures of it"


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two sides: its series, a line per country as of `rank`, its rows, and a line per place.

    `series` is a line of `concentration`.
    """

    kind: str
    series: dict[str, Any]
    ranked: pd.DataFrame
    rows: pd.DataFrame
    lines: pd.DataFrame

    @cached_property
    def has_shares(self) -> bool:
        """Whether there is a total that shares could be of."""
        return bool(self.ranked["share"].notna().any())

    @property
    def of_rows(self) -> bool:
        """Whether shares are of the rows alone, for no world total is printed."""
        return bool(self.series["denominator_is"] == Total.SUM)

    @cached_property
    def lead(self) -> Lead:
        """How the first country stands to the rest of the table."""
        return lead(self.ranked, of_several(self.rows), self._printed_whole)

    @property
    def in_no_row(self) -> float:
        """The share of the printed total that stands in no row."""
        whole = self._printed_whole
        return in_no_row(self.ranked, of_several(self.rows), whole) / whole if whole else 0.0

    @property
    def _printed_whole(self) -> float | None:
        printed = self.series["denominator_is"] in (Total.PRINTED, Total.ROWS)
        exact = printed and self.series["bound"] in ("exact", "lower")
        return float(self.series["denominator"]) if exact else None

    def leads(self, place: str) -> bool:
        """Whether a place has the largest number."""
        return bool(pd.notna(self.series["first"]) and self.series["first"] == place)

    @cached_property
    def positive(self) -> int:
        """How many rows have more than nothing, the world total apart."""
        return int((self.rows.loc[self.rows["place"] != WORLD, "value"] > 0).sum())

    @property
    def what(self) -> str:
        """The measure in a sentence."""
        return in_sentence(Measure(self.series["measure"]).label)
