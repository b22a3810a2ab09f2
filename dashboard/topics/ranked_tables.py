"""The table and the cards beside ranked bars: what is drawn, row by row, and the edition it is of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.details import as_printed
from dashboard.analysis.ranked_series import CONTEXT, RankedSeries
from dashboard.analysis.series import as_records
from dashboard.charts.cards import Card, edition_card
from dashboard.snapshot import Snapshot
from dashboard.topics.rows import row_cards_of, shown_table
from dashboard.words.ranking import amounts, share_words, world_words
from dashboard.words.shares import SHARE_IN_WORDS
from loaders.names import place_name
from loaders.vocabulary import WORLD, Total


class DrawnSeries(NamedTuple):
    """A series, the rows of it that the chart shows, and the unit they are shown in."""

    series: RankedSeries
    rows: pd.DataFrame
    scale: str | None


def world_row(part: RankedSeries) -> pd.DataFrame:
    """The world total as the only row, where the table names no country."""
    nothing = dict.fromkeys(["rank", "share", "place_value", "place_share"], float("nan"))
    return part.world.assign(name=place_name(WORLD), row_kind=CONTEXT, tied=False, **nothing)


_FIRST_COLUMNS = [
    "figure", "printed", "printed_unit", "rank", "share", SHARE_IN_WORDS, "status", "state", "note",
    "share_of", "tied", "file", "row",
]  # fmt: skip


def ranked_table(part: DrawnSeries, data: Snapshot) -> pd.DataFrame:
    """The rows that are drawn and the world total, with rank and share, in the order of the chart.

    `share` is a fraction; `share_in_words` says "at most" where it is an upper bound. Where a country is
    printed in several rows, `ranked_value` is what it has in all of them, in the unit of `value`.
    """
    rows = part.rows.assign(label=part.rows["name"])
    if WORLD not in set(rows["place"]) and len(part.series.world):
        world = world_row(part.series)
        rows = pd.concat([rows, world.assign(label=world["name"])])
    table = shown_table([], as_printed(rows), data).assign(
        rank=rows["rank"].where(rows["place_value"] != 0).astype("Int64").to_numpy(),
        **{name: rows[name].to_numpy() for name in ("tied", "share", "file", "row")},
    )
    table[SHARE_IN_WORDS] = [
        "" if pd.isna(line["share"]) else share_words(line["share"], part.series, line)
        for line in as_records(rows[["share", "value", "printed_value"]])
    ]
    table["share_of"] = ["" if pd.isna(share) else _share_of(part.series) for share in table["share"]]
    if (rows["rank"].notna() & rows["place"].duplicated()).any():
        table["ranked_value"] = rows["place_value"].where(rows["rank"].notna()).to_numpy()
    if "correction" in rows:
        table["correction"] = rows["correction"].fillna("").to_numpy()
    return table[[*_FIRST_COLUMNS, *[name for name in table.columns if name not in _FIRST_COLUMNS]]]


def _share_of(part: RankedSeries) -> str:
    return f"{'at most: ' if part.at_most else ''}{Total(part.total).label}"


def ranked_cards(drawn: Sequence[DrawnSeries], data: Snapshot) -> list[Card]:
    """The edition, and the first row that is drawn: a chosen one, if there is one."""
    row = drawn[0].series.any_row
    item = data.installed(str(row["dataset"]), str(row["edition"]))
    facts = [fact for part in drawn for fact in _edition_facts(part, many=len(drawn) > 1)]
    rows = drawn[0].rows
    first = (rows[rows["emphasis"]] if rows["emphasis"].any() else rows).head(1)
    return [edition_card(item.source, item.dataset.said_by, facts), *row_cards_of(as_printed(first), data)]


def _edition_facts(part: DrawnSeries, *, many: bool) -> list[tuple[str, str]]:
    """The world total and its row, how many are ranked, who is not; one fact a panel where there are many."""
    world = world_words(part.series, part.scale)
    totals = part.series.world
    where = [f"{file}, row {row}." for file, row in zip(totals["file"], totals["row"], strict=True)]
    has = part.series.ranked["place_value"] != 0
    number = int(has.sum())
    facts = [
        ("ranked", f"{number} {'country' if number == 1 else 'countries'}"),
        ("not ranked, zero", ", ".join(part.series.ranked.loc[~has, "name"])),
        ("not ranked, no number", ", ".join(part.series.unranked["name"])),
    ]
    told = [(label, words) for label, words in facts if words]
    if many:
        each = (f"{label.capitalize()}: {words}." for label, words in told)
        return [(amounts(part.series), " ".join([world, *where, *each]))]
    return [("world total", " ".join([world, *where])), *told]
