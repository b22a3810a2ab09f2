"""Stated ranks, beside the rank in every edition and the whole order of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.analysis.checks import Check
from dashboard.analysis.rank import rank
from dashboard.analysis.series import as_records, collect, select
from dashboard.analysis.states import row_ids
from dashboard.charts.cards import edition_card
from dashboard.charts.chart import Chart, Ranks, Stack
from dashboard.charts.panel import claim_panel
from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics.ranking import ALL, Choice, ranked_view
from dashboard.topics.rows import (
    claim_card_of,
    editions_in_use,
    lead_check,
    row_words,
    rows_of,
    shown_table,
)
from dashboard.words.claims import answering, evidence_words, named_edition, not_in_words
from dashboard.words.dependence import joined_names
from dashboard.words.sources import source_line
from loaders.model import Claim, EditionId
from loaders.names import mineral_name, place_name
from loaders.text import count, in_sentence
from loaders.units import display
from loaders.vocabulary import Kind, Outcome


def rank_view(claim: Claim, checks: Sequence[Check], data: Snapshot) -> View:
    """The place's rank in every edition, the stated rank marked where it holds."""
    rows = _of_one_dataset(rows_of(checks, data), checks, data)
    ranked = rank(rows) if not rows.empty else pd.DataFrame()
    lines = _rank_lines(claim, ranked, rows)
    own = [check for check in checks if check.dataset in set(rows["dataset"])]
    stated = {
        check.edition: int(check.evidence_value or 0) for check in own if check.outcome is Outcome.HOLDS
    }
    source = source_line([claim], rows, data)
    stated_panel = claim_panel([claim], f"Stated: {claim.origin}", "no edition ranks it")
    chart = Chart(
        title=rank_finding(claim, checks, data),
        subtitle=_rank_subtitle(claim, rows),
        source=source,
        alt="; ".join(f"edition {c.edition}: {evidence_words(c)}" for c in checks if c.evidence_value),
        drawing=Ranks(lines, stated, tuple(editions_in_use(rows, data)))
        if len(lines)
        else Stack((stated_panel,)),
        table=_rank_table(claim, ranked, rows, list(lines["place"]) if len(lines) else [], data),
        name=claim.id,
    )
    facts = _rank_facts(checks, data)
    editions = [
        edition_card(
            data.source(c.edition_id),
            data.installed(c.dataset, c.edition).dataset.said_by,
            facts,
        )
        for c in lead_check(own or checks, data)
    ]
    return View(
        f"rank-{claim.id}",
        chart,
        cards=(claim_card_of(claim, data), *editions),
    )


def _of_one_dataset(rows: pd.DataFrame, checks: Sequence[Check], data: Snapshot) -> pd.DataFrame:
    """The rows of one dataset, that of the edition in use: ranks of several are not one line."""
    found = lead_check([check for check in checks if check.evidence_value is not None], data)
    return rows[rows["dataset"].isin([check.dataset for check in found])]


def _rank_subtitle(claim: Claim, rows: pd.DataFrame) -> str:
    if rows.empty:
        return "No edition ranks it."
    what = f"{mineral_name(claim.mineral or '').lower()} {claim.measure.label.lower()}"
    return (
        f"Rank by {what} among countries with a figure, by edition. {row_words(rows)}. "
        "Tied ranks are drawn apart."
    )


def _rank_facts(checks: Sequence[Check], data: Snapshot) -> list[tuple[str, str]]:
    several = len({check.dataset for check in checks}) > 1
    return [
        (
            data.edition_names[c.edition_id] if several else f"edition {data.marked(c.dataset, c.edition)}",
            f"{'tied ' if c.tied_with else ''}{evidence_words(c)}"
            + (f" with {', '.join(c.tied_with)}" if c.tied_with else "")
            + f": {_decided(c.outcome).label}"
            if c.evidence_value
            else Outcome.CANNOT_CHECK.label,
        )
        for c in checks
    ]


def _decided(outcome: Outcome) -> Outcome:
    """A rank holds, does not or is open; whatever else comes out, it cannot be checked."""
    told = (Outcome.HOLDS, Outcome.DOES_NOT_HOLD, Outcome.OPEN)
    return outcome if outcome in told else Outcome.CANNOT_CHECK


def rank_finding(claim: Claim, checks: Sequence[Check], data: Snapshot, reasons: bool = True) -> str:
    """In how many editions the rank holds and where it is open, with `reasons` also on what that depends."""
    decided = [check for check in checks if check.outcome in (Outcome.HOLDS, Outcome.DOES_NOT_HOLD)]
    holding = [named_edition(check, checks) for check in decided if check.outcome is Outcome.HOLDS]
    place = place_name(claim.place)
    of = f"{in_sentence(claim.measure.label)} of {in_sentence(mineral_name(claim.mineral or ''))}"
    stated = f"{display(claim.value or 0, 'rank')} in {of}"
    still = _open(checks, reasons)
    if not decided:
        return f"Whether {place} ranks {stated} {f'is {still}' if still else 'cannot be checked'}"
    present = (
        f"; {still}"
        if still
        else "".join(_present_rank(check, checks) for check in lead_check(decided, data) if len(decided) > 1)
    )
    editions = count(answering(checks), "edition")
    if not holding:
        return f"{place} ranks {stated} in none of {editions}{present}"
    which = f" ({', '.join(holding)})" if len(holding) < answering(checks) else ""
    return f"{place} ranks {stated} in {len(holding)} of {editions}{which}{not_in_words(checks)}{present}"


def _open(checks: Sequence[Check], reasons: bool) -> str:
    """In which editions the rank is open, those for one reason together, and the reason where asked for."""
    found: dict[str, list[str]] = {}
    for check in checks:
        if check.outcome is Outcome.OPEN:
            found.setdefault(check.why_open, []).append(named_edition(check, checks))
    return "; ".join(
        f"open in edition{'s' if len(names) > 1 else ''} {joined_names(names)}"
        + (f": {reason}" if reasons else "")
        for reason, names in found.items()
    )


def _present_rank(check: Check, checks: Sequence[Check]) -> str:
    """The rank in the edition in use, where it is another than stated."""
    if check.outcome is Outcome.HOLDS or check.evidence_value is None:
        return ""
    tied = "tied " if check.tied_with else ""
    return f", and {tied}{display(check.evidence_value, 'rank')} in edition {named_edition(check, checks)}"


SHOWN_RANKS = 6


def _rank_lines(claim: Claim, ranked: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The places that are among the first in any edition, with a drawn position in each."""
    if ranked.empty:
        return ranked
    leading = ranked[(ranked["rank"] <= SHOWN_RANKS) | (ranked["place"] == claim.place)]["place"].unique()
    lines = ranked[ranked["place"].isin(leading)].copy()
    lines["figure_kind"] = str(Kind.RANK)
    lines["emphasis"] = lines["place"] == claim.place
    lines["label"] = lines["place"].map(place_name)
    # Ties are drawn apart in a stated order: the claim's place first, then by name.
    lines = lines.sort_values(["edition", "rank", "emphasis", "label"], ascending=[True, True, False, True])
    position = lines.groupby("edition").cumcount() + 1
    lines["shown"] = position.where(lines["rank"].isna(), lines["rank"].fillna(0).combine(position, max))
    lines["words"] = ["" if known else ": no number" for known in lines["rank"].notna()]
    ids = rows.assign(id=row_ids(rows)).groupby(["edition", "place"])["id"].first()
    lines["id"] = [ids.get((line.edition, line.place), "") for line in lines.itertuples()]
    lines["hover"] = [_rank_hover(line) for line in as_records(lines)]
    return lines.sort_values(["place", "edition"]).reset_index(drop=True)


def _rank_hover(line: dict[Any, Any]) -> str:
    if pd.isna(line["rank"]):
        return f"{line['label']}, edition {line['edition']}: no number, not ranked"
    tied = "tied " if line["tied"] else ""
    rank_words, amount = display(line["rank"], "rank"), display(line["value"], line["unit"])
    return f"{line['label']}, edition {line['edition']}: {tied}{rank_words}, {amount}"


def _rank_table(
    claim: Claim, ranked: pd.DataFrame, rows: pd.DataFrame, drawn: Sequence[str], data: Snapshot
) -> pd.DataFrame:
    shown = shown_table([claim], rows[rows["place"].isin(drawn)] if len(rows) else rows, data)
    if ranked.empty:
        return shown
    keys = ["edition", "place"]
    return shown.merge(ranked[[*keys, "rank", "tied"]], on=keys, how="left")


def ranked_claim_view(claim: Claim, checks: Sequence[Check], edition: str, data: Snapshot) -> View | None:
    """The countries of one edition ranked, the claim's place marked; those without a number stand last.

    `edition` is an id such as `usgs-mcs.2025`; the table is the one that the check against that edition
    rests on. None where the edition has no such table.
    """
    own = [check for check in checks if check.edition_id == edition]
    table = _table_of(claim, rows_of(own, data), edition, data)
    if table is None:
        return None
    mineral, measure, year = table
    choice = Choice(mineral, measure, edition, year, (claim.place,), which=ALL)
    view = ranked_view(f"ranked-{claim.id}", choice, data)
    return replace(view, chart=replace(view.chart, name=f"{claim.id}-{edition}")) if view.chart else None


def _table_of(claim: Claim, rows: pd.DataFrame, edition: str, data: Snapshot) -> tuple[str, str, int] | None:
    """Mineral, measure and year of the table that the check rests on, or of the latest one of the claim."""
    if rows.empty:
        dataset, name = EditionId.parse(edition)
        of = {"dataset": dataset, "edition": name}
        found = select(data.observations, mineral=claim.mineral, measure=str(claim.measure), **of)
        rows = collect(found).sort_values("year", ascending=False)
    if rows.empty:
        return None
    line = rows.iloc[0]
    return str(line["mineral"]), str(line["measure"]), int(line["year"])
