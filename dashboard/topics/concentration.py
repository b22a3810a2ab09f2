"""Who holds a mineral and who makes it, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.analysis.concentration import (
    KINDS,
    Side,
)
from dashboard.analysis.corrections import is_corrected
from dashboard.analysis.details import as_printed
from dashboard.analysis.series import as_records
from dashboard.analysis.states import amount_words, marks_aloud, with_states
from dashboard.analysis.totals import finding_words, left_out_words
from dashboard.charts.cards import edition_card
from dashboard.charts.chart import Chart, Panel, SideBySide, Stack
from dashboard.charts.view import InShort, View
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.concentration_rows import ranked_mineral
from dashboard.topics.concentration_sides import (
    VERBS,
    indices_words,
    sides_finding,
    sides_of,
    two_panels_note,
)
from dashboard.topics.concentration_tables import concentration_tables, concentration_tiles
from dashboard.topics.explore import edition_words, mineral_words, offered_by
from dashboard.topics.marks import NO_ROW_DRAWN
from dashboard.topics.newest_figures import newest_edition
from dashboard.topics.parameters import NO_STATISTICS, READING, Asked, Parameter, first_mineral
from dashboard.topics.rows import row_cards_of, shown_table
from dashboard.words.shares import SHARE_IN_WORDS, bounded_share, first_share_words, index_words
from dashboard.words.sources import source_line
from dashboard.words.tables import counted_words, estimates_words
from loaders.model import EditionId
from loaders.names import mineral_name, place_name
from loaders.text import in_sentence
from loaders.units import best_scale, digits_of, display
from loaders.vocabulary import WORLD, Basis, Kind, Total

NAME = "concentration"


def view(asked: Asked, data: Snapshot) -> View:
    """Who holds and who makes one mineral, in one edition."""
    if data.observations.empty:
        return View(NAME, empty=NO_STATISTICS)
    return concentration_view(asked["mineral"], asked["edition"], data)


@kept_with_data()
def minerals_of(data: Snapshot) -> tuple[str, ...]:
    """The minerals with reserves or production in some edition, by name."""
    series = offered_by(data).series
    found = [mineral for mineral, having in series.items() if not having.keys().isdisjoint(_MEASURES)]
    return tuple(sorted(found, key=mineral_name))


_MEASURES = [measure for names in KINDS.values() for measure in names]


def _newest(data: Snapshot, asked: Asked, editions: Sequence[str]) -> str:
    """The edition with the newest figures of who holds and makes the mineral, or all where none is asked."""
    minerals = [asked["mineral"]] if "mineral" in asked else None
    return newest_edition(data, editions[::-1], minerals, _MEASURES)


EDITION = Parameter(
    "edition", "Edition", lambda data, _: list(data.edition_names)[::-1], _newest, edition_words
)
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "mineral", "Mineral", lambda data, _: minerals_of(data), first_mineral, mineral_words, width=2
    ),
    EDITION,
    READING,
)  # fmt: skip


def concentration_view(mineral: str, edition: str, data: Snapshot) -> View:
    """Who holds and who makes a mineral in an edition, an id such as `usgs-mcs.2026`."""
    found = sides_of(mineral, edition, data)
    if not found.sides:
        return View(NAME, empty=found.empty)
    view = _view(mineral, edition, found.sides, found.years, data)
    return replace(
        view,
        notes=(*_missing(mineral, edition, found.sides, data), *_notes(found.sides)),
        tiles=concentration_tiles(found.sides, found.years),
        tables=concentration_tables(found.sides, found.years),
    )


def concentration_finding(asked: Asked, data: Snapshot) -> InShort:
    """The index of each side, which is what the page finds beside who is first."""
    if data.observations.empty:
        return InShort(NO_STATISTICS, drawn=False)
    found = sides_of(asked["mineral"], asked["edition"], data)
    return InShort(found.empty or indices_words(found.sides), drawn=bool(found.sides))


# The chart --------------------------------------------------------------------------------------------


def _view(mineral: str, edition: str, sides: tuple[Side, ...], years: pd.DataFrame, data: Snapshot) -> View:
    rows = as_printed(pd.concat([side.rows for side in sides]))
    source = source_line([], rows, data)
    places = _order(sides)
    drawn = tuple(_panel(side, places) for side in sides)
    item = data.installed(*EditionId.parse(edition))
    told = (
        f"{mineral_name(mineral)}.",
        *map(_side_words, sides),
        counted_words(item.dataset.id, mineral, (str(side.series["measure"]) for side in sides)),
        estimates_words([(side.what, as_records(side.rows)) for side in sides]),
        f"{item.dataset.short_title}, edition {item.edition.edition}.",
    )
    chart = Chart(
        title=sides_finding(mineral, sides),
        subtitle=" ".join(filter(None, told)),
        source=source,
        alt=f"{'Two sets of bars side by side' if len(drawn) > 1 else 'Bars'}. {' '.join(map(_alt, drawn))}",
        drawing=SideBySide(*drawn) if len(drawn) > 1 else Stack(drawn),
        table=_table(sides, places, years, data),
        name=f"concentration-{mineral}-{edition}",
    )
    card = edition_card(item.source, item.dataset.said_by, [fact for side in sides for fact in _facts(side)])
    leaders = [side.rows[side.rows["place"] == side.series["first"]].head(1) for side in sides]
    return View(
        NAME,
        chart,
        cards=(card, *row_cards_of(as_printed(pd.concat(leaders)), data)),
        why=two_panels_note(sides, item.dataset.said_by),
    )


def _order(sides: tuple[Side, ...]) -> list[str]:
    """The countries of both sides: by share, or amount where there are no shares, of the first side."""
    ordered = [side.ranked.sort_values("rank", na_position="last")["place"] for side in sides]
    leading = [side.ranked.loc[side.ranked["value"] > 0, "place"] for side in sides]
    return list(dict.fromkeys([*pd.concat(leading), *pd.concat(ordered)]))


_Line = dict[str, Any]


def _panel(side: Side, places: list[str]) -> Panel:
    shown = {row["place"]: row for row in reversed(as_records(with_states(side.rows)))}
    ranked = {line["place"]: line for line in as_records(side.ranked)}
    lines = [_mark(code, side, ranked.get(code), shown.get(code)) for code in places]
    kind = Kind.SHARE if side.has_shares else Kind.QUANTITY
    unit = "1" if side.has_shares else str(side.series["unit"])
    rows = pd.DataFrame(lines).assign(
        **{name: side.series[name] for name in ("mineral", "measure", "basis")}, unit=unit,
        figure_kind=str(kind), emphasis=[side.leads(code) for code in places],
    )  # fmt: skip
    rows = rows.astype(dict.fromkeys(("value", "lower", "upper"), float))
    largest = side.ranked["value"].fillna(side.ranked["lower"]).max()
    scale = None if side.has_shares or pd.isna(largest) else best_scale(float(largest), unit)
    title = f"Who {VERBS[side.kind]}: {side.what}"
    return Panel(title, f"{side.series['year']}, {_share_of(side)}", "statistic", rows, unit, scale)


def _mark(code: str, side: Side, line: _Line | None, row: _Line | None) -> dict[str, Any]:
    """The mark of a place: from its line of `rank` and its first row, where it has any."""
    label = {"label": place_name(code), "place": code}
    if line is None or row is None:
        return label | NO_ROW_DRAWN
    several = line["rows"] > 1 and pd.notna(line["value"])
    amount = display(float(line["value"]), str(line["unit"])) if several else str(row["words"])
    corrected = " *" if is_corrected(row) else ""
    told = {name: row[name] for name in ("id", "state", "sign")} | {"hover": f"{label['label']}: {amount}"}
    if not side.has_shares:
        numbers = {name: line[name] for name in ("value", "lower", "upper")}
        return label | numbers | told | {"words": f"{amount}{corrected}"}
    if pd.isna(line["share"]):
        return label | NO_ROW_DRAWN | told | {"words": f"{amount}{corrected}"}
    digits = digits_of(line["value"], line["denominator"])
    share = bounded_share(line["share"], bool(line["share_is_upper_bound"]), digits)
    words = bounded_share(line["share"], bool(line["share_is_upper_bound"]), digits, "≤") + corrected
    numbers = {"value": line["share"], "lower": float("nan"), "upper": float("nan")}
    return label | numbers | told | {"words": words, "hover": f"{label['label']}: {amount}, {share}"}


def _missing(mineral: str, edition: str, sides: Sequence[Side], data: Snapshot) -> list[str]:
    """Of a side that is not drawn, why it is not."""
    absent = [kind for kind in KINDS if kind not in [side.kind for side in sides]]
    return [f"Who {VERBS[kind]}: {_why_no_side(kind, mineral, edition, data)}" for kind in absent]


def _why_no_side(kind: str, mineral: str, edition: str, data: Snapshot) -> str:
    """Why a side is missing: there is no table, or one that names no country."""
    rows = ranked_mineral(data, edition, mineral).own.printed
    own = rows[rows["measure"].isin(KINDS[kind])]
    if own.empty:
        return f"the edition has no table of {kind}."
    world = own[own["place"] == WORLD]
    only = f", only the world: {amount_words(world.iloc[-1])}" if len(world) else ""
    return f"the table of {kind} names no country{only}."


def _share_of(side: Side) -> str:
    first = side.ranked.iloc[0]
    if not side.has_shares:
        return "amounts: no total that shares could be of"
    amount = display(first["denominator"], first["unit"])
    return {
        Total.PRINTED: f"share of the printed total, {amount}",
        Total.AT_LEAST: f"share, at most: total more than {amount}",
        Total.SUM: f"share of the sum of the rows, {amount}",
        Total.ROWS: f"share of the sum of the rows, {amount}, above the rounded total",
        Total.NONE: "",
    }[Total(first["denominator_is"])]


def _side_words(side: Side) -> str:
    basis = Basis(side.series["basis"]).label
    return f"{side.what.capitalize()} of {side.series['year']}, basis: {basis}; {_share_of(side)}."


def _alt(part: Panel) -> str:
    return f"{part.title}: {marks_aloud(part.rows)}."


# Figures of a side --------------------------------------------------------------------------------------


def _facts(side: Side) -> list[tuple[str, str]]:
    index = index_words(side.series["hhi"], str(side.series["bound"]), side.series["share_digits"])
    return [(f"{side.what}: HHI", index), (f"{side.what}: first three", first_share_words(side, "top_3"))]


def _notes(sides: tuple[Side, ...]) -> tuple[str, ...]:
    notes = []
    for side in sides:
        without = side.ranked[side.ranked["value"].isna()]["place"]
        if len(without):
            notes.append(f"No number for {side.what}: {', '.join(map(place_name, without))}.")
        if side.series["left_out"]:
            notes.append(left_out_words(str(side.series["left_out"])))
        notes += [f"{side.what.capitalize()}: {in_sentence(words)}" for words in finding_words(side.lines)]
    return tuple(notes)


_CUMULATIVE_IN_WORDS = "cumulative_in_words"
_RANKED = [
    "place", "rank", "tied", "share", SHARE_IN_WORDS, "cumulative", _CUMULATIVE_IN_WORDS,
    "share_is_upper_bound", "denominator_is",
]  # fmt: skip
_LASTING = ["place", "years", "at_least", "at_most", "years_not_computed"]


def _table(sides: tuple[Side, ...], places: list[str], years: pd.DataFrame, data: Snapshot) -> pd.DataFrame:
    """The rows of both sides with rank, share and cumulative share, and each place's years of reserves."""
    order = {code: number for number, code in enumerate(places)}
    parts = []
    for side in sides:
        rows = side.rows[side.rows["place"].isin(places)]
        rows = rows.sort_values("place", key=lambda codes: codes.map(order), kind="stable")
        parts.append(
            shown_table([], as_printed(rows), data).merge(
                _ranked_in_words(side.ranked), on="place", how="left"
            )
        )
    table = pd.concat(parts, ignore_index=True)
    lasting = years.rename(columns={"reason": "years_not_computed"})[_LASTING]
    return table.merge(lasting.drop_duplicates("place"), on="place", how="left")


def _ranked_in_words(ranked: pd.DataFrame) -> pd.DataFrame:
    """The columns `_RANKED`: beside a share, and beside the sum up to it, its words with their bound."""
    digits = list(map(digits_of, ranked["value"], ranked["denominator"]))
    words = {
        name: [
            bounded_share(share, bool(bound), own)
            for share, bound, own in zip(ranked[of], ranked["share_is_upper_bound"], digits, strict=True)
        ]
        for name, of in ((SHARE_IN_WORDS, "share"), (_CUMULATIVE_IN_WORDS, "cumulative"))
    }
    return ranked.assign(**words)[_RANKED]
