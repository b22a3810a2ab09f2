"""The weightiest revisions that an edition would bring, each on an axis of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.analysis.axis import together
from dashboard.analysis.series import as_records
from dashboard.analysis.states import amount_words, printed_words, with_states
from dashboard.charts.cards import Card, row_card
from dashboard.charts.chart import Chart, Strips
from dashboard.charts.table import shown_observations
from dashboard.charts.view import View, note
from dashboard.intake.proposal import DRAWN, EditionChanges, Proposal
from dashboard.topics.change_tables import times
from dashboard.words.ranking import measure_of_mineral
from loaders.model import Source
from loaders.names import mineral_name, place_name
from loaders.text import count
from loaders.units import best_scale
from loaders.vocabulary import MarkState, Measure

_SIDES = ("old", "new")


def changes_view(item: Proposal, comparison: EditionChanges) -> View | None:
    """The weightiest revisions, old beside new; None where no figure is revised.

    A pair that may not share an axis is not drawn; the reasons are below the chart.
    """
    pairs, reasons = _pairs(comparison.rows)
    if not pairs:
        return None
    labels = _labels(comparison)
    marks = pd.concat([_marks(pair, labels) for pair in pairs], ignore_index=True)
    sources = _sources(item, comparison)
    source = _source_line(item, comparison)
    chart = Chart(
        title=_finding(pairs[0], comparison),
        subtitle="Each strip is one figure, from zero to the higher of the two numbers; "
        f"{count(len(pairs), 'revision')}, the largest part of a table first.",
        source=source,
        alt=_alt(marks),
        drawing=Strips(marks, tuple(labels.values())),
        table=_table(marks, comparison, sources),
        name=f"changes-{item.name}",
    )
    return View(
        f"changes-{item.name}",
        chart,
        cards=tuple(_cards(pairs[0], sources)),
        why=note("Not drawn", reasons),
    )


def change_card(item: Proposal, comparison: EditionChanges) -> Callable[[str], Card | None]:
    """What finds the card of a mark."""
    sources = _sources(item, comparison)

    def find(name: str) -> Card | None:
        side, row = name.split("|", 1)
        rows = with_states(comparison.rows[comparison.rows["side"] == side])
        found = rows[rows["id"] == row]
        return _cards(found, sources)[0] if len(found) else None

    return find


# Pairs --------------------------------------------------------------------------------------------------


def _pairs(rows: pd.DataFrame) -> tuple[list[pd.DataFrame], tuple[str, ...]]:
    """Both rows of each revision that passes the gate, the old one first; and why others do not."""
    found: list[pd.DataFrame] = []
    reasons: list[str] = []
    for _, pair in rows.groupby("pair", sort=True):
        gate = together(pair)
        reasons += gate.reasons
        if len(gate.groups) == 1 and len(pair) == len(_SIDES):
            found.append(with_states(pair.sort_values("side", key=lambda side: side.map(_SIDES.index))))
    return found, tuple(dict.fromkeys(reasons))


def _labels(comparison: EditionChanges) -> dict[str, str]:
    """How the two sides are called."""
    old, new = comparison.old.edition.edition, comparison.new.edition
    if old == new:
        return {"old": f"{old}, installed", "new": f"{new}, handed in"}
    return {"old": old, "new": f"{new}, handed in"}


def _marks(pair: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """The two lines of a strip of `charts.strips`."""
    first = pair.iloc[0]
    known = pair["value"].fillna(pair["lower"]).max()
    scale = best_scale(float(known), str(first["unit"])) if pd.notna(known) else None
    scaled = with_states(pair, scale)
    return scaled.assign(
        strip=pair["pair"],
        title=f"{mineral_name(first['mineral'])}, {place_name(first['place'])}",
        below=f"{_what(pair)}{_change(pair)}",
        tone="strong",
        words=_told_apart(pair, scale),
        label=[f"{labels[side]}: {place_name(first['place'])}" for side in pair["side"]],
        edition_id=pair["edition"],
        edition=pair["side"].map(labels),
        id=pair["side"] + "|" + scaled["id"],
        hover=[_hover(line, labels) for line in as_records(pair)],
    )


def _told_apart(pair: pd.DataFrame, scale: str | None) -> list[str]:
    """Both figures in words; as printed, where three digits would show two numbers alike."""
    short = [amount_words(line, scale) for line in as_records(pair)]
    alike = short[0] == short[-1] and pair["value"].nunique() > 1
    return (
        [f"{text} {unit}" for text, unit in pair[["printed_value", "printed_unit"]].values]
        if alike
        else short
    )


def _what(pair: pd.DataFrame) -> str:
    line = pair.iloc[-1]
    detail = f", {line['detail']}" if line["detail"] else ""
    return f"{Measure(line['measure']).label.lower()}{detail}, {line['year']}"


def _ratio(pair: pd.DataFrame) -> str:
    old, new = pair["value"]
    return times(new / old) if old > 0 and new > 0 else ""


def _change(pair: pd.DataFrame) -> str:
    ratio = _ratio(pair)
    return f": {ratio}" if ratio else ""


def _hover(line: dict[Any, Any], labels: dict[str, str]) -> str:
    printed = printed_words(line)
    return f"Edition {labels[str(line['side'])]}: printed {printed}\n{MarkState(line['state']).definition}"


# Words --------------------------------------------------------------------------------------------------


def _finding(pair: pd.DataFrame, comparison: EditionChanges) -> str:
    first = pair.iloc[0]
    old, new = _told_apart(pair, None)
    number = sum(comparison.counts.get(kind, 0) for kind in DRAWN)
    what = measure_of_mineral(first["measure"], first["mineral"])
    of = f", the weightiest of {number:,} revised figures" if number > 1 else ""
    return f"{place_name(first['place'])}: {what} would go from {old} to {new}{of}"


def _source_line(item: Proposal, comparison: EditionChanges) -> str:
    old, new = comparison.old, comparison.new
    return (
        f"Sources: {old.dataset.short_title} {old.edition.edition} (version {old.edition.version[:8]}) and "
        f"{item.dataset.short_title} {new.edition}, not installed (version {new.version[:8]})."
    )


def _alt(marks: pd.DataFrame) -> str:
    told = [
        f"{strip['title'].iloc[0]}, {strip['below'].iloc[0]}: {' to '.join(strip['words'])}"
        for _, strip in marks.groupby("strip", sort=False)
    ]
    return f"Pairs of points, old and new. {'; '.join(told)}."


# Sources ------------------------------------------------------------------------------------------------


def _sources(item: Proposal, comparison: EditionChanges) -> dict[str, tuple[str, Source]]:
    """How the publisher of each side is called, and the source record."""
    old = comparison.old
    return {
        "old": (old.dataset.said_by, old.source),
        "new": (item.dataset.said_by, item.dataset.source(comparison.new)),
    }


def _cards(pair: pd.DataFrame, sources: dict[str, tuple[str, Source]]) -> list[Card]:
    return [_card(line, sources) for _, line in pair.iterrows()]


def _card(line: pd.Series, sources: dict[str, tuple[str, Source]]) -> Card:
    said_by, source = sources[line["side"]]
    card = row_card(line, source, said_by, line["correction"])
    aside = "handed in" if line["side"] == "new" else ""
    return replace(card, id=f"{line['side']}|{card.id}", aside=aside)


def _table(
    marks: pd.DataFrame, comparison: EditionChanges, sources: dict[str, tuple[str, Source]]
) -> pd.DataFrame:
    """The rows that are drawn, in the order of the chart, with the version of the side that each is of."""
    rows = marks.assign(edition=marks["edition_id"])
    table = pd.concat([_side_table(rows, side, sources[side]) for side in _SIDES]).sort_index()
    versions = {"old": comparison.old.edition.version, "new": comparison.new.version}
    return table.assign(side=rows["side"], edition_version=rows["side"].map(versions))


def _side_table(rows: pd.DataFrame, side: str, source: tuple[str, Source]) -> pd.DataFrame:
    own = rows[rows["side"] == side]
    return shown_observations(own, lambda *_: source).set_index(own.index)
