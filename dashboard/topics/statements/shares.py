"""Stated shares, beside the shares that each edition gives for each of its years."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.axis import together
from dashboard.analysis.checks import Check
from dashboard.analysis.evidence import measures
from dashboard.analysis.rank import rank
from dashboard.analysis.scope import members
from dashboard.analysis.series import as_records, collect, select
from dashboard.analysis.states import row_ids
from dashboard.charts.chart import Chart, Panel, Stack
from dashboard.charts.panel import claim_panel
from dashboard.charts.table import shown_claims
from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics.rows import (
    claim_card_of,
    editions_in_use,
    in_use_words,
    lead_check,
    lead_rows,
    panels_words,
    row_cards_of,
    why_apart,
)
from dashboard.words.claims import claim_words
from dashboard.words.ranking import basis_words
from dashboard.words.shares import SHARE_IN_WORDS, bounded_share
from dashboard.words.sources import publishers_of, source_line, source_of, span_of
from loaders.model import Claim
from loaders.names import mineral_name, place_name
from loaders.units import digits_of, display
from loaders.vocabulary import Basis, Kind, MarkState, Measure, Total


def share_view(claim: Claim, checks: Sequence[Check], data: Snapshot) -> View:
    """A stated share, and the share that each edition's figures give for each of its years."""
    shares, about = _shares(claim, data)
    rows = lead_rows(checks, data)
    reasons = [reason for check in lead_check(checks, data) for reason in check.reasons]
    source = source_line([claim], shares, data)
    parts = [
        claim_panel(
            [claim],
            f"Stated: {claim.origin}",
            f"{mineral_name(claim.mineral or '')}; {_unstated(claim)}",
        )
    ]
    parts += [_computed_panel(group, claim, data) for group in together(shares).groups]
    return View(
        f"share-{claim.id}",
        Chart(
            title=_share_finding(claim, shares),
            subtitle=f"{place_name(claim.place)}, share of {_whole(claim)}, in percent. "
            + " ".join(filter(None, (*reasons, *about, in_use_words(shares, data)))),
            source=source,
            alt=f"{panels_words(len(parts)).capitalize()}. Stated: {claim_words(claim)}. "
            + "Computed by year and edition: "
            + "; ".join(f"{row.label} {row.words}" for row in shares.itertuples()),
            drawing=Stack(tuple(parts)),
            table=_share_table(claim, shares, data),
            name=claim.id,
        ),
        cards=(
            claim_card_of(claim, data),
            *row_cards_of(rows[rows["place"] == claim.place].tail(1), data),
        ),
        why=why_apart(checks, len(parts), data),
    )


def _computed_panel(shares: pd.DataFrame, claim: Claim, data: Snapshot) -> Panel:
    mineral, measure = mineral_name(str(shares["mineral"].iloc[0])), Measure(shares["measure"].iloc[0])
    whose = f"{mineral.lower()}, {place_name(claim.place)} of world"
    counted = f"{measure.label.lower()}, {basis_words(shares['basis'].iloc[0])}"
    subtitle = f"{counted}; {_over_what(shares)}"
    title = f"Computed from {publishers_of(shares, data)}: {whose}"
    return Panel(title, subtitle, "statistic", shares, "1", "%")


def _over_what(shares: pd.DataFrame) -> str:
    """What the shares of a panel are of; by publisher or edition where it is not the same for all."""
    if shares["denominator_is"].nunique() == 1:
        return f"printed figure over {_OVER[Total(shares['denominator_is'].iloc[0])]}"
    of_dataset = shares.groupby("dataset")["denominator_is"].nunique()
    by = "publisher" if (of_dataset == 1).all() else "edition_title"
    told = [
        f"{_OVER[total]} ({', '.join(dict.fromkeys(shares.loc[shares['denominator_is'] == total, by]))})"
        for total in _OVER
        if (shares["denominator_is"] == total).any()
    ]
    return f"printed figure over {', or '.join(told)}"


_OVER = {
    Total.PRINTED: "printed world total",
    Total.AT_LEAST: "a world total printed as “more than”",
    Total.SUM: "the sum of the printed rows, for no world total is printed",
    Total.ROWS: "the sum of the printed rows, which is above the rounded world total",
}


def _whole(claim: Claim) -> str:
    """What the stated share is of."""
    return "world output" if claim.measure is Measure.PRODUCTION else f"world {claim.measure.label.lower()}"


def _unstated(claim: Claim) -> str:
    vague = claim.measure is Measure.PRODUCTION
    if claim.year:
        return f"{'stage of production not stated, ' if vague else ''}year {claim.year}"
    return f"{'stage of production and ' if vague else ''}year not stated"


_YEARS = 2
"""Years of an edition that are drawn: those nearest to the one that is stated, or else the latest, for a
statement is of its own day. The USGS prints as many."""


def _shares(claim: Claim, data: Snapshot) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The place's share in the nearest years of every edition, as panel rows; and what is not drawn."""
    for mineral in (claim.mineral, *members(claim.mineral or "")):
        found = collect(select(data.observations, mineral=mineral, measure=measures(claim.measure)))
        if not found.empty:
            every = _first_measure(found, claim)
            rows = _nearest(every, claim)
            ranked = rank(rows)
            own = ranked[ranked["place"] == claim.place]
            drawn = own[own["share"].notna()]
            about = (*_left_out(every, rows, claim, data), *_without(own, data))
            return _share_rows(drawn, rows, data), about
    return pd.DataFrame(), ()


_EDITION = ["dataset", "edition"]


def _first_measure(rows: pd.DataFrame, claim: Claim) -> pd.DataFrame:
    """The rows of each edition that are of the measure nearest to what is claimed."""
    nearest = (
        rows["measure"].astype("object").map({code: n for n, code in enumerate(measures(claim.measure))})
    )
    return rows[nearest == nearest.groupby([rows[name] for name in _EDITION]).transform("min")]


def _nearest(rows: pd.DataFrame, claim: Claim) -> pd.DataFrame:
    """The rows of each edition for the years nearest to what is claimed."""
    away = (rows["year"] - claim.year).abs() if claim.year else -rows["year"]
    return rows[away.groupby([rows[name] for name in _EDITION]).rank("dense") <= _YEARS]


def _left_out(every: pd.DataFrame, rows: pd.DataFrame, claim: Claim, data: Snapshot) -> list[str]:
    """Which editions go further back than what is drawn of them, in sentences."""
    first, shown = ({name: own.min() for name, own in _years(table, data)} for table in (every, rows))
    which = f"years nearest to {claim.year}" if claim.year else "latest years"
    return [
        f"{name} goes back to {year}; its {which} are drawn."
        for name, year in first.items()
        if year < shown[name]
    ]


def _without(own: pd.DataFrame, data: Snapshot) -> list[str]:
    """For which years the place has a number and there is no total, by edition, in sentences."""
    left = own[own["share"].isna() & own["value"].notna()]
    return [
        f"{name} gives no share for {_listed(years)}: there is no total that it could be of."
        for name, years in _years(left, data)
    ]


def _years(rows: pd.DataFrame, data: Snapshot) -> list[tuple[str, pd.Series]]:
    """The years of each edition, by its title."""
    titles = (rows["dataset"] + "." + rows["edition"]).map(data.edition_titles)
    return [(str(title), years) for title, years in rows["year"].groupby(titles, sort=False)]


def _listed(years: pd.Series) -> str:
    return " and ".join(map(str, sorted(set(years))))


def _share_rows(own: pd.DataFrame, rows: pd.DataFrame, data: Snapshot) -> pd.DataFrame:
    lines = own.sort_values(["year", "edition"]).reset_index(drop=True)
    keys = ["dataset", "edition", "year", "measure", "basis", "place"]
    ids = rows.assign(id=row_ids(rows)).groupby(keys)["id"].first()
    in_use = editions_in_use(lines, data)
    titles = (lines["dataset"] + "." + lines["edition"]).map(data.edition_titles)
    marks = lines["status"].map(lambda code: " e" if code == "E" else "")
    marks = marks + lines["edition"].map(lambda edition: " · in use" if edition in in_use else "")
    digits = list(map(digits_of, lines["value"], lines["denominator"]))
    return lines.assign(
        digits=digits,
        edition_title=titles,
        publisher=[
            data.installed(*pair).dataset.said_by
            for pair in zip(lines["dataset"], lines["edition"], strict=True)
        ],
        label=lines["year"].astype(str) + ", " + _edition_words(lines, titles),
        words=[
            bounded_share(share, bound, own) + mark
            for share, bound, own, mark in zip(
                lines["share"], lines["share_is_upper_bound"], digits, marks, strict=True
            )
        ],
        part=lines["value"],
        value=lines["share"],
        lower=float("nan"),
        upper=float("nan"),
        unit="1",
        figure_kind=str(Kind.SHARE),
        state=str(MarkState.VALUE),
        emphasis=True,
        id=[ids.get(tuple(line[key] for key in keys), "") for line in as_records(lines)],
        hover=[
            f"{display(value, unit, 't')} of {display(total, unit, 't')}"
            for value, total, unit in zip(lines["value"], lines["denominator"], lines["unit"], strict=True)
        ],
    )


def _edition_words(lines: pd.DataFrame, titles: pd.Series) -> pd.Series:
    """The edition of each line, "edition 2025"; with its publisher where there are several datasets."""
    return "edition " + lines["edition"] if lines["dataset"].nunique() == 1 else titles


def _share_finding(claim: Claim, shares: pd.DataFrame) -> str:
    stated = f"Stated: {claim_words(claim)} of {_whole(claim)} of {mineral_name(claim.mineral or '').lower()}"
    if shares.empty:
        return f"{stated}; no edition gives a share to hold it against"
    ordered = as_records(shares.sort_values("value")[["value", "digits"]])
    low, high = (display(end["value"], "1", digits=end["digits"]) for end in (ordered[0], ordered[-1]))
    most = display(ordered[-1]["value"], "1", digits=ordered[-1]["digits"], bound="upper")
    mineral = str(shares["mineral"].iloc[0])
    whose = "The" if mineral == claim.mineral else f"Of {mineral_name(mineral).lower()} alone, the"
    when = f" for {span_of(shares['year'])}"
    if shares["share_is_upper_bound"].any():
        return f"{stated}. {whose} statistics give at most {most}{when}"
    return f"{stated}. {whose} statistics give {low if low == high else f'{low} to {high}'}{when}"


def _share_table(claim: Claim, shares: pd.DataFrame, data: Snapshot) -> pd.DataFrame:
    stated = shown_claims([claim], data.source).assign(**{SHARE_IN_WORDS: claim_words(claim)})
    if shares.empty:
        return stated
    sources = [source_of(data, d, e) for d, e in zip(shares["dataset"], shares["edition"], strict=True)]
    computed = pd.DataFrame(
        {
            "figure": "share computed, " + shares["label"],
            "place": shares["place"],
            "mineral": shares["mineral"].map(mineral_name),
            "measure": shares["measure"].map(lambda code: Measure(code).label),
            "year": shares["year"].astype(str),
            "edition": shares["edition"],
            "value": shares["value"],
            SHARE_IN_WORDS: [
                bounded_share(share, bound, own)
                for share, bound, own in zip(
                    shares["value"], shares["share_is_upper_bound"], shares["digits"], strict=True
                )
            ],
            "unit": "1",
            "basis": shares["basis"].map(lambda code: Basis(code).label),
            "state": "computed",
            "note": shares["hover"] + "; total is " + shares["denominator_is"],
            "said_by": [said_by for said_by, _ in sources],
            "source": [f"{source.title} {source.edition}" for _, source in sources],
            "published": [source.published for _, source in sources],
            "where": shares["id"],
            "citation": [source.citation for _, source in sources],
            "licence": [source.licence for _, source in sources],
            "id": shares["id"],
        }
    )
    return pd.concat([stated, computed], ignore_index=True).reindex(columns=stated.columns)
