"""Stated ranks, beside the rank in every edition and the whole order of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.analysis.axis import check_axis, together
from dashboard.analysis.checks import Check
from dashboard.analysis.rank import rank
from dashboard.analysis.series import collect, select
from dashboard.analysis.states import row_id, with_states
from dashboard.analysis.totals import finding_words
from dashboard.charts.cards import edition_card
from dashboard.charts.chart import Chart, Panel
from dashboard.charts.panel import claim_panel, panel
from dashboard.charts.view import NOTE, Block
from dashboard.drawing.bars import panels
from dashboard.drawing.ranks import ranks
from dashboard.snapshot import Data
from dashboard.topics.rows import (
    claim_card_of,
    editions_in_use,
    lead,
    row_cards_of,
    row_words,
    rows_of,
    shown_table,
)
from dashboard.words.sources import source_line
from loaders.model import Claim
from loaders.names import mineral_name, place_name
from loaders.units import display
from loaders.vocabulary import Kind


def rank_block(claim: Claim, checks: Sequence[Check], data: Data) -> Block:
    """The place's rank in every edition, the stated rank marked where it holds."""
    rows = _of_one_dataset(rows_of(checks, data), checks, data)
    ranked = rank(rows) if not rows.empty else pd.DataFrame()
    lines = _rank_lines(claim, ranked, rows)
    own = [check for check in checks if check.dataset in set(rows["dataset"])]
    stated = {check.edition: int(check.evidence_value or 0) for check in own if check.outcome == "holds"}
    source = source_line([claim], rows, data)
    stated_panel = claim_panel([claim], f"Stated: {claim.origin}", "no edition has figures of this")
    chart = Chart(
        ranks(lines, stated, source, editions_in_use(rows, data))
        if len(lines)
        else panels([stated_panel], source),
        _rank_finding(claim, checks, data),
        _rank_subtitle(claim, rows),
        source,
        "; ".join(
            f"edition {c.edition}: {display(c.evidence_value, 'rank')}" for c in checks if c.evidence_value
        ),
        _rank_table(claim, ranked, rows, list(lines["place"]) if len(lines) else [], data),
        claim.id,
    )
    facts = _rank_facts(checks, data)
    editions = [
        edition_card(
            data.source(f"{c.dataset}.{c.edition}"),
            data.installed(c.dataset, c.edition).dataset.said_by,
            facts,
        )
        for c in lead(own or checks, data)
    ]
    return Block(f"rank-{claim.id}", chart, (claim_card_of(claim, data), *editions))


def _of_one_dataset(rows: pd.DataFrame, checks: Sequence[Check], data: Data) -> pd.DataFrame:
    """The rows of one dataset, that of the edition in use: ranks of several are not one line."""
    found = lead([check for check in checks if check.evidence_value is not None], data)
    return rows[rows["dataset"].isin([check.dataset for check in found])]


def _rank_subtitle(claim: Claim, rows: pd.DataFrame) -> str:
    if rows.empty:
        return "No edition has figures of this."
    what = f"{mineral_name(claim.mineral or '').lower()} {claim.measure.label.lower()}"
    return (
        f"Rank by {what} among countries with a figure, by edition. {row_words(rows)}. "
        "Tied ranks are drawn apart."
    )


def _rank_facts(checks: Sequence[Check], data: Data) -> list[tuple[str, str]]:
    words = {"holds": "holds", "does_not_hold": "does not hold"}
    several = len({check.dataset for check in checks}) > 1
    return [
        (
            data.edition_names[f"{c.dataset}.{c.edition}"]
            if several
            else f"edition {data.marked(c.dataset, c.edition)}",
            f"{'tied ' if c.tied_with else ''}{display(c.evidence_value, 'rank')}"
            + (f" with {', '.join(c.tied_with)}" if c.tied_with else "")
            + f": {words.get(c.outcome, 'cannot be checked')}"
            if c.evidence_value
            else "cannot be checked",
        )
        for c in checks
    ]


def _rank_finding(claim: Claim, checks: Sequence[Check], data: Data) -> str:
    decided = [check for check in checks if check.outcome in ("holds", "does_not_hold")]
    holding = [check.edition for check in decided if check.outcome == "holds"]
    place, stated = place_name(claim.place), display(claim.value or 0, "rank")
    if not decided:
        return f"Whether {place} ranks {stated} cannot be checked"
    present = "".join(_present_rank(check) for check in lead(decided, data) if len(decided) > 1)
    if not holding:
        return f"{place} ranks {stated} in none of {len(decided)} editions{present}"
    which = f" ({', '.join(holding)})" if len(holding) < len(decided) else ""
    return f"{place} ranks {stated} in {len(holding)} of {len(decided)} editions{which}{present}"


def _present_rank(check: Check) -> str:
    """The rank in the edition in use, where it is another than stated."""
    if check.outcome == "holds" or check.evidence_value is None:
        return ""
    tied = "tied " if check.tied_with else ""
    return f", and {tied}{display(check.evidence_value, 'rank')} in edition {check.edition}"


SHOWN_RANKS = 6


def _rank_lines(claim: Claim, ranked: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The places that are among the first in any edition, with a drawn position in each."""
    if ranked.empty:
        return ranked
    leading = ranked[(ranked["rank"] <= SHOWN_RANKS) | (ranked["place"] == claim.place)]["place"].unique()
    lines = ranked[ranked["place"].isin(leading)].copy()
    lines["figure_kind"] = str(Kind.RANK)
    check_axis(lines)
    lines["emphasis"] = lines["place"] == claim.place
    lines["label"] = lines["place"].map(place_name)
    # Ties are drawn apart in a stated order: the claim's place first, then by name.
    lines = lines.sort_values(["edition", "rank", "emphasis", "label"], ascending=[True, True, False, True])
    position = lines.groupby("edition").cumcount() + 1
    lines["shown"] = position.where(lines["rank"].isna(), lines["rank"].fillna(0).combine(position, max))
    lines["words"] = ["" if known else ": no number" for known in lines["rank"].notna()]
    ids = (
        rows.assign(id=[row_id(row) for row in rows.to_dict("records")])
        .groupby(["edition", "place"])["id"]
        .first()
    )
    lines["id"] = [ids.get((line.edition, line.place), "") for line in lines.itertuples()]
    lines["hover"] = [_rank_hover(line) for line in lines.to_dict("records")]
    return lines.sort_values(["place", "edition"]).reset_index(drop=True)


def _rank_hover(line: dict[Any, Any]) -> str:
    if pd.isna(line["rank"]):
        return f"{line['label']}, edition {line['edition']}: no number, not ranked"
    tied = "tied " if line["tied"] else ""
    rank_words, amount = display(line["rank"], "rank"), display(line["value"], line["unit"])
    return f"{line['label']}, edition {line['edition']}: {tied}{rank_words}, {amount}"


def _rank_table(
    claim: Claim, ranked: pd.DataFrame, rows: pd.DataFrame, drawn: Sequence[str], data: Data
) -> pd.DataFrame:
    shown = shown_table([claim], rows[rows["place"].isin(drawn)] if len(rows) else rows, data)
    if ranked.empty:
        return shown
    keys = ["edition", "place"]
    return shown.merge(ranked[[*keys, "rank", "tied"]], on=keys, how="left")


_RANK_PARTS = ["edition", "place", "rank", "tied", "share", "share_is_upper_bound"]


def rank_bars(claim: Claim, edition: str, data: Data) -> Block | None:
    """The countries of one edition ranked, the claim's place marked; those without a number stand last.

    `edition` is an id such as `usgs-mcs.2025`. None where the edition has no such table.
    """
    dataset, edition = edition.split(".", 1)
    of = {"dataset": dataset, "edition": edition}
    rows = collect(select(data.observations, mineral=claim.mineral, measure=str(claim.measure), **of))
    if rows.empty:
        return None
    ranked = rank(rows)
    groups = [_ranked_rows(claim.place, group, rows) for group in together(ranked).groups]
    shown = pd.concat(groups, ignore_index=True)
    source = source_line([], rows, data)
    ref = data.installed(dataset, edition)
    own = ranked[ranked["place"] == claim.place]
    title = f"Published: {ref.dataset.said_by} {claim.measure.label.lower()}, edition {edition}"
    parts = [_ranked_panel(title, group, rows) for group in groups]
    return Block(
        f"ranked-{claim.id}",
        Chart(
            panels(parts, source),
            _ranked_finding(claim, own, edition),
            f"{mineral_name(claim.mineral or '')}, {claim.measure.label.lower()}, edition {edition}. "
            "Countries with a number are ranked; ties take the best rank.",
            source,
            "; ".join(f"{row.label} {row.words}" for row in shown.itertuples()),
            shown_table([], rows, data).merge(ranked[_RANK_PARTS], on=["edition", "place"], how="left"),
            f"{claim.id}-{dataset}-{edition}",
        ),
        (*row_cards_of(rows[rows["place"] == claim.place], data),
         edition_card(ref.source, ref.dataset.said_by, _missing_facts(ranked))),
        tuple(finding_words(rows)),
        NOTE,
    )  # fmt: skip


def _ranked_panel(title: str, shown: pd.DataFrame, rows: pd.DataFrame) -> Panel:
    own = rows[rows["basis"] == shown["basis"].iloc[0]]
    subtitle = f"{row_words(own)}, {shown['year'].iloc[0]}. {_total_words(own, shown)}"
    return panel(title, subtitle, "statistic", shown, str(shown["unit"].iloc[0]))


def _ranked_rows(place: str, ranked: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    own = rows[rows["basis"].isin(ranked["basis"])]
    first = with_states(own).drop_duplicates("place").set_index("place")
    lines = ranked.assign(
        label=[
            (f"{rank_:.0f} " if pd.notna(rank_) else "") + place_name(code)
            for rank_, code in zip(ranked["rank"], ranked["place"], strict=True)
        ],
        emphasis=ranked["place"] == place,
        id=[first["id"][code] for code in ranked["place"]],
        state=[first["state"][code] for code in ranked["place"]],
        hover=[
            f"{first['printed_value'][code]} {first['printed_unit'][code]} as printed"
            for code in ranked["place"]
        ],
    )
    return lines.assign(
        words=[
            first["words"][line["place"]] + (f" · {_share_words(line)}" if pd.notna(line["share"]) else "")
            for line in lines.to_dict("records")
        ]
    )


def _share_words(line: dict[Any, Any]) -> str:
    most = "at most " if line["share_is_upper_bound"] else ""
    return most + display(line["share"], "1")


def _total_words(rows: pd.DataFrame, ranked: pd.DataFrame) -> str:
    world = with_states(rows[rows["place"] == "WLD"])
    if world.empty:
        return "No world total is printed."
    rounded = " (rounded)" if "rounded" in str(world["detail"].iloc[0]) else ""
    return f"World total as printed{rounded}: {world['words'].iloc[0].removesuffix(' ▸')}."


def _ranked_finding(claim: Claim, own: pd.DataFrame, edition: str) -> str:
    place = place_name(claim.place)
    if own.empty or own["rank"].isna().all():
        return f"{place} has no number in edition {edition}"
    line = own.iloc[0]
    tied = "tied " if line["tied"] else ""
    share = f", with {_share_words(line.to_dict())} of the world total" if pd.notna(line["share"]) else ""
    return f"In edition {edition} {place} ranks {tied}{display(line['rank'], 'rank')}{share}"


def _missing_facts(ranked: pd.DataFrame) -> list[tuple[str, str]]:
    names = [place_name(place) for place in ranked[ranked["rank"].isna()]["place"]]
    return [("ranked", f"{int(ranked['rank'].notna().sum())} countries")] + (
        [("not ranked, no number", ", ".join(names))] if names else []
    )
