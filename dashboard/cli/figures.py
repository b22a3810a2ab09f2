"""The commands claims, observations, check and rank."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.analysis.checks import Check
from dashboard.analysis.dependence import ranked_sources
from dashboard.analysis.evidence import EditionRef
from dashboard.analysis.forecasts import without_forecasts
from dashboard.analysis.import_claims import check_each
from dashboard.analysis.rank import rank
from dashboard.analysis.series import SERIES, collect, select
from dashboard.cli import arguments
from dashboard.cli.output import add_format, print_problems, print_table
from dashboard.cli.text import CLAIM_FIELDS, OBSERVATION_FIELDS
from dashboard.snapshot import later_figures
from dashboard.words.later_figures import figures_words, later_words, releases
from dashboard.words.shares import bounded_share
from loaders.documents import Seeds, claims_table, read_seeds
from loaders.errors import MineralsError
from loaders.names import mineral_name
from loaders.quality.later_figures import LaterFigure
from loaders.store import Catalogue, Installed, all_seeds, catalogue, read_all, read_each, read_national
from loaders.text import in_sentence
from loaders.vocabulary import OF_ONE_COUNTRY, Measure, Total

CHECK_FIELDS = [
    *("claim", "dataset", "edition", "outcome", "evidence_value", "unit", "ratio", "precision", "reasons"),
    "rows",
]
RANK_FIELDS = ["place", "value", "rank", "tied", "share", "share_is_upper_bound", "share_of", "status"]


def check_table(checks: Mapping[str, Sequence[Check]]) -> pd.DataFrame:
    """One row per claim and edition, columns `CHECK_FIELDS`.

    `precision` is a pair of bounds, None where there is no bound; `reasons` are sentences; `rows` are
    triples of file, row and column.
    """
    lines = [_check_line(check) for found in checks.values() for check in found]
    table = pd.DataFrame(lines, columns=CHECK_FIELDS)
    return table.astype({"evidence_value": float, "ratio": float})


def _check_line(check: Check) -> tuple[Any, ...]:
    bounds = check.precision and tuple(end if math.isfinite(end) else None for end in check.precision)
    rows = tuple({"file": file, "row": row, "column": column} for file, row, column in check.rows)
    return (
        check.claim, check.dataset, check.edition, check.outcome, check.evidence_value, check.unit,
        check.ratio, bounds, check.reasons, rows,
    )  # fmt: skip


def check_words(table: pd.DataFrame) -> pd.DataFrame:
    """A table of checks with bounds, reasons and rows as text, for a spreadsheet or a terminal."""
    return table.assign(
        precision=[_bounds_words(bounds) for bounds in table["precision"]],
        reasons=[" ".join(reasons) for reasons in table["reasons"]],
        rows=[
            "; ".join(f"{row['file']} row {row['row']} {row['column']}" for row in rows)
            for rows in table["rows"]
        ],
    )


def _bounds_words(bounds: tuple[float | None, float | None] | None) -> str:
    if bounds is None:
        return ""
    low, high = ("" if end is None else f"{end:.15g}" for end in bounds)
    return f"{low}..{high}"


def rank_table(item: Installed, observations: Any, wanted: dict[str, Any]) -> pd.DataFrame:
    """The order of one series of an edition, columns `RANK_FIELDS`; the latest year unless one is wanted.

    `wanted` has `mineral`, `measure`, `year` and `basis`; None asks for nothing. Years of forecasts are not
    the latest. Raises MineralsError where there is no such series, or several on different bases. `share_of`
    says what shares are of (a code of `vocabulary.Total`); of a sum of rows they are at most so much of the
    world, for nobody printed its total.
    """
    rows = collect(select(observations, dataset=item.dataset.id, edition=item.edition.edition, **wanted))
    ranked = rank(rows if wanted["year"] else without_forecasts(rows))
    ranked = ranked[ranked["year"] == ranked["year"].max()]
    series = ranked[SERIES].drop_duplicates()
    if series.empty:
        raise _no_table(item, observations, wanted)
    if len(series) > 1:
        bases = ", ".join(sorted(series["basis"]))
        raise MineralsError(f"There are {len(series)} series: {bases}.", remedy="Choose one with --basis.")
    table: pd.DataFrame = ranked.assign(
        rank=ranked["rank"].astype("Int64"),
        share_is_upper_bound=ranked["share"].notna()
        & (ranked["share_is_upper_bound"] | ranked["denominator_is"].eq(Total.SUM)),
        share_of=ranked["denominator_is"],
    )[RANK_FIELDS]
    return table.reset_index(drop=True)


def _no_table(item: Installed, observations: Any, wanted: dict[str, Any]) -> MineralsError:
    """That an edition lacks a table, and which it has of the mineral."""
    of_mineral = select(
        observations, dataset=item.dataset.id, edition=item.edition.edition, mineral=wanted["mineral"]
    )
    own, measure = collect(of_mineral), Measure(wanted["measure"])
    name = in_sentence(mineral_name(wanted["mineral"]))
    told = f"{item.edition.id} has no such table of {in_sentence(measure.label)} of {name}"
    has = [str(other) for other in Measure if other in set(own["measure"])]
    if not has:
        return MineralsError(
            f"{told}, and no other of it.", remedy="See 'minerals observations' for what there is."
        )
    if str(measure) in has:
        years = ", ".join(map(str, sorted(own.loc[own["measure"] == str(measure), "year"].unique())))
        bases = ", ".join(sorted(own.loc[own["measure"] == str(measure), "basis"].unique()))
        return MineralsError(f"{told}.", remedy=f"It has the years {years}, on the basis {bases}.")
    return MineralsError(f"{told}.", remedy=f"Of it there is: --measure {', '.join(has)}.")


def _with_percents(table: pd.DataFrame) -> pd.DataFrame:
    """The order for a person to read: shares in percent, with “at most” where they are upper bounds."""
    shares = zip(table["share"], table["share_is_upper_bound"], strict=True)
    percents = [bounded_share(share, bool(is_most)) for share, is_most in shares]
    return table.assign(share=percents).drop(columns="share_is_upper_bound")


def claims_options(command: argparse.ArgumentParser) -> None:
    text = "folder of seed files (default: the bundled ones and your own)"
    command.add_argument("--seeds", metavar="DIR", type=Path, help=text)
    add_format(command)


_FILTERS: tuple[tuple[str, Callable[[str], list[str] | list[int]], str], ...] = (
    ("dataset", arguments.comma_list, "such as usgs-mcs"),
    ("edition", arguments.comma_list, "such as 2025"),
    ("mineral", arguments.mineral_codes, "an id or a name: rare-earths, 'rare earths'"),
    ("place", arguments.place_codes, "an ISO code or a name: RUS, Russia"),
    ("measure", arguments.measure_codes, "such as mine_production"),
    ("year", arguments.years, "such as 2024"),
)


def observations_options(command: argparse.ArgumentParser) -> None:
    for name, read, text in _FILTERS:
        command.add_argument(f"--{name}", type=read, action="extend", metavar="A,B", help=text)
    add_format(command)


def check_options(command: argparse.ArgumentParser) -> None:
    for name, read, text in _FILTERS[:4]:
        command.add_argument(f"--{name}", type=read, action="extend", metavar="A,B", help=text)
    claims_options(command)


def rank_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--mineral", type=arguments.mineral, required=True, help="an id or a name")
    command.add_argument(
        "--measure", type=arguments.measure, required=True, help="such as reserves, mine_production"
    )
    command.add_argument("--edition", required=True, help="such as 2025")
    command.add_argument("--dataset", help="such as usgs-mcs; needed where several have the edition")
    command.add_argument("--year", type=arguments.year, help="such as 2024 (default: the latest)")
    command.add_argument("--basis", help="such as content; needed where there are several")
    add_format(command)


def list_claims(options: argparse.Namespace) -> int:
    seeds = _seeds(options)
    if seeds.documents or options.format != "table":
        print_table(claims_table(seeds.claims)[CLAIM_FIELDS], options)
    return print_problems(seeds.problems)


def _seeds(options: argparse.Namespace) -> Seeds:
    return read_seeds(options.seeds) if options.seeds else all_seeds(options.home)


def list_observations(options: argparse.Namespace) -> int:
    found = _chosen_editions(options)
    table = read_each(found.all if _asks_for_national(options) else found.editions)
    for column in ("mineral", "place", "measure", "year"):
        values = getattr(options, column)
        if values:
            table = table[table[column].isin(values)]
    found_later = _later(table)
    print_table(_with_later(table[OBSERVATION_FIELDS], found_later), options)
    _say_later(found_later)
    return 0


def _later(table: pd.DataFrame) -> dict[int, LaterFigure]:
    """What later releases print, by the position of the row that still prints another figure."""
    return later_figures(table, table["dataset"].unique())


def _with_later(table: pd.DataFrame, found: Mapping[int, LaterFigure]) -> pd.DataFrame:
    """The table with a column for what later releases print, where it has such a figure."""
    if not found:
        return table
    told = [later_words(found[row]) if row in found else "" for row in range(len(table))]
    return table.assign(later_release=told)


def _say_later(found: Mapping[int, LaterFigure]) -> None:
    if found:
        items = list(found.values())
        print(
            f"A later release of the publisher prints {figures_words(items)}: {releases(items)}.",
            file=sys.stderr,
        )


_TRADE_AND_PRICES = (Measure.IMPORTS, Measure.EXPORTS, Measure.PRICE)


def _asks_for_national(options: argparse.Namespace) -> bool:
    """Whether figures of one country's own account are asked for: by their dataset, or by a measure of it.

    Production stands in both kinds of tables; that of one country's account is listed for its dataset alone.
    """
    own = {str(measure) for measure in (*OF_ONE_COUNTRY, *_TRADE_AND_PRICES)}
    return bool(options.dataset) or bool(own & set(options.measure or ()))


def _chosen_editions(options: argparse.Namespace) -> Catalogue:
    """The editions that --dataset and --edition name, or all."""
    found = catalogue(options.home)
    _check_known(options, "dataset", (item.dataset.id for item in found.all))
    _check_known(options, "edition", (item.edition.edition for item in found.all))
    return Catalogue(_wanted(found.editions, options), _wanted(found.national, options))


def _wanted(editions: Iterable[Installed], options: argparse.Namespace) -> tuple[Installed, ...]:
    return tuple(
        item
        for item in editions
        if item.dataset.id in (options.dataset or [item.dataset.id])
        and item.edition.edition in (options.edition or [item.edition.edition])
    )


def _refuse_national(options: argparse.Namespace, found: Catalogue) -> None:
    """Figures of one country cannot be ranked, nor claims about countries be held against them."""
    if found.national and not found.editions:
        name = found.national[0].dataset.id
        options.refuse(f"argument --dataset: {name} has figures of one country alone")


def _check_known(options: argparse.Namespace, name: str, known: Iterable[str]) -> None:
    have = sorted(set(known))
    unknown = [value for value in getattr(options, name) or () if value not in have]
    if unknown:
        there_are = f"there are: {', '.join(have)}" if have else "there is none"
        options.refuse(f"argument --{name}: '{unknown[0]}' is not a known {name}; {there_are}")


def check_claims(options: argparse.Namespace) -> int:
    found = _chosen_editions(options)
    _refuse_national(options, found)
    seeds = _seeds(options)
    claims = [
        claim
        for claim in seeds.claims
        if claim.mineral in (options.mineral or [claim.mineral])
        and claim.place in (options.place or [claim.place])
    ]
    references = [EditionRef.of(item.dataset, item.edition) for item in found.editions]
    accounts = [EditionRef.of(item.dataset, item.edition) for item in found.all]
    table = check_table(
        check_each(claims, read_all(found), references, partial(read_national, found), accounts)
    )
    print_table(table if options.format == "json" else check_words(table), options)
    return print_problems(seeds.problems)


SOURCE_FIELDS = [
    *("dataset", "place", "detail", "partner", "value", "lower", "upper", "rank", "tied", "named", "years"),
    "status",
]


def sources_table(found: Catalogue, mineral: str, year: int | None) -> pd.DataFrame:
    """Where imports of a mineral come from, each form's largest source first; columns `SOURCE_FIELDS`.

    `named` is how many sources the form has by name. Raises MineralsError where there are none.
    """
    rows = read_national(found)
    ranked = ranked_sources(rows[(rows["mineral"] == mineral) & (rows["year"] == (year or rows["year"]))])
    if ranked.empty:
        raise MineralsError(
            "No edition that is asked for says where imports of this mineral come from.",
            remedy="See 'minerals observations --measure import_source_share' for what there is.",
        )
    counts = {name: ranked[name].astype("Int64") for name in ("rank", "named")}
    return ranked.assign(**counts)[SOURCE_FIELDS]


_NOT_RANKED = {
    Measure.PRICE: "a price is of one grade and one market: it has no rank among countries and no share; see "
    "'minerals observations --measure price'",
    Measure.NET_IMPORT_RELIANCE: "net import reliance is a part of one country's own consumption and is not "
    "ranked among countries; 'minerals export reliance' orders the minerals of a country by it",
}


def _refuse_unranked(options: argparse.Namespace, found: Catalogue) -> None:
    """Refuse measures of which countries have no rank and no share, and say why."""
    measure = Measure(options.measure)
    if measure in _NOT_RANKED:
        options.refuse(f"argument --measure: {_NOT_RANKED[measure]}")
    own = measure in OF_ONE_COUNTRY
    if own or (measure in _TRADE_AND_PRICES and _stands_in_accounts_alone(measure, found)):
        label = measure.label.lower()
        options.refuse(
            f"argument --measure: {label} stands in one country's own account alone; there is no world total "
            "that it could be a share of"
        )


def _stands_in_accounts_alone(measure: Measure, found: Catalogue) -> bool:
    compared = read_all(found)["measure"].eq(str(measure)).any()
    return not compared and bool(read_national(found)["measure"].eq(str(measure)).any())


def rank_places(options: argparse.Namespace) -> int:
    options.dataset, options.edition = options.dataset and [options.dataset], [options.edition]
    found = _chosen_editions(options)
    if options.measure == Measure.IMPORT_SOURCE_SHARE:
        print_table(sources_table(found, options.mineral, options.year), options)
        return 0
    _refuse_unranked(options, found)
    _refuse_national(options, found)
    if len(found.editions) != 1:
        have = ", ".join(item.dataset.id for item in found.editions) or "none"
        options.refuse(f"argument --dataset: edition {options.edition[0]} is of {have}; choose one")
    names = ("mineral", "measure", "year", "basis")
    wanted = {name: getattr(options, name) for name in names}
    observations = read_all(found)
    table = rank_table(found.editions[0], observations, wanted)
    print_table(_with_percents(table) if options.format == "table" else table, options)
    asked = (observations["mineral"] == options.mineral) & (observations["measure"] == options.measure)
    _say_later(_later(observations[asked]))
    return 0
