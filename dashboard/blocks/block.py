"""A chart with the cards beside it, and the pieces that every block is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.checks import Check
from dashboard.analysis.shown import shown_claims, shown_observations
from dashboard.analysis.states import with_states
from dashboard.cards import Card, claim_card, day, event_card, row_card
from dashboard.charts import Chart
from dashboard.loaded import Data
from loaders.model import Claim, Source
from loaders.vocabulary import Basis, Measure


@dataclass(frozen=True)
class Block:
    """A chart with the cards beside it and the reasons why figures in it are kept apart."""

    key: str
    chart: Chart
    cards: tuple[Card, ...]
    why: tuple[str, ...] = ()
    why_title: str = "Why two panels."


def card_of(name: str, data: Data) -> Card | None:
    """The card of a mark: of a claim, of an event, or of an observation."""
    if name.startswith("event:"):
        event = next((e for e in data.seeds.events if e.id == name.removeprefix("event:")), None)
        return event_card(event, [document.source for document in data.seeds.documents]) if event else None
    if "|" not in name:
        return next((claim_card_of(claim, data) for claim in data.seeds.claims if claim.id == name), None)
    row = data.row(name)
    return None if row is None else row_cards_of(row.to_frame().T, data)[0]


def claim_card_of(claim: Claim, data: Data) -> Card:
    whole = data.claim(claim.part_of) if claim.part_of else None
    return claim_card(claim, data.source(claim.source), whole)


def row_cards_of(rows: pd.DataFrame, data: Data) -> list[Card]:
    return [_row_card_of(row, data) for _, row in rows.iterrows()]


def _row_card_of(row: pd.Series, data: Data) -> Card:
    said_by, source = source_of(data, row["dataset"], row["edition"])
    return row_card(row, source, said_by, data.correction(row["correction"]))


def rows_of(checks: Sequence[Check], data: Data) -> pd.DataFrame:
    """The observations that the checks rest on, in the order of editions."""
    wanted = {(c.edition, *row) for c in checks for row in c.rows}
    table = data.observations
    near = table[table["mineral"].isin([c.mineral for c in checks if c.mineral])]
    keys = pd.MultiIndex.from_frame(near[["edition", "file", "row", "column"]])
    return near[keys.isin(wanted)].sort_values(["edition", "file", "row"])


def labelled(rows: pd.DataFrame, labels: pd.Series, emphasis: Sequence[bool]) -> pd.DataFrame:
    shown = with_states(rows)
    return shown.assign(
        label=labels.astype(str),
        emphasis=list(emphasis),
        hover=[f"{row['printed_value']} {row['printed_unit']} as printed" for row in rows.to_dict("records")],
    )


def row_words(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    bases = ", ".join(dict.fromkeys(Basis(code).label for code in rows["basis"]))
    return f"{Measure(rows['measure'].iloc[0]).label}, tonnes of {bases}"


def publishers_of(rows: pd.DataFrame, data: Data) -> str:
    pairs = rows[["dataset", "edition"]].drop_duplicates().itertuples(index=False)
    return ", ".join(dict.fromkeys(data.installed(d, e).dataset.said_by for d, e in pairs))


def span_of(editions: pd.Series) -> str:
    low, high = min(editions), max(editions)
    return str(low) if low == high else f"{low} to {high}"


def source_line(claims: Sequence[Claim], rows: pd.DataFrame, data: Data) -> str:
    parts = [claim_source_words(claims, data)] if claims else []
    if not rows.empty:
        for dataset, group in rows.groupby("dataset", sort=True):
            title = data.installed(str(dataset), str(group["edition"].iloc[0])).dataset.short_title
            parts.append(f"{title} {span_of(group['edition'])}")
    return f"Sources: {'; '.join(parts)}."


def claim_source_words(claims: Sequence[Claim], data: Data) -> str:
    lines = dict.fromkeys(f"{_chain(claim)}, {day(data.source(claim.source).published)}" for claim in claims)
    return "; ".join(lines)


def _chain(claim: Claim) -> str:
    first, *rest = claim.chain
    return " via ".join([first, *rest[:-1]]) + (f", in {rest[-1]}" if rest else "")


def shown_table(claims: Sequence[Claim], rows: pd.DataFrame, data: Data) -> pd.DataFrame:
    stated = shown_claims(claims, data.source)
    if rows.empty:
        return stated
    return pd.concat(
        [stated, shown_observations(rows, lambda d, e: source_of(data, d, e))], ignore_index=True
    )


def source_of(data: Data, dataset: str, edition: str) -> tuple[str, Source]:
    """How an edition's publisher is called, and its source record."""
    item = data.installed(dataset, edition)
    return item.dataset.said_by, item.source
