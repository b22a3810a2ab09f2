"""Rows, cards and words of editions that the topics are made of."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.analysis.checks import Check
from dashboard.analysis.gate import UNIT_WORDS
from dashboard.analysis.series import as_records
from dashboard.analysis.states import amount_words, bar_words, printed_words, row_id, state, with_states
from dashboard.charts.cards import READ_AS, Card, claim_card, event_card, event_mark, row_card
from dashboard.charts.figures_drawn import DrawnFigure, drawn_figures
from dashboard.charts.table import shown_claims, shown_observations
from dashboard.charts.view import Note, View, note
from dashboard.snapshot import Snapshot
from dashboard.words.claims import leading
from dashboard.words.later_figures import SIGN, later_words
from dashboard.words.ranking import BASIS_NOT_STATED
from dashboard.words.sources import source_of
from loaders.model import Claim, EditionId
from loaders.units import format_quantity, scales
from loaders.vocabulary import Basis, Measure


def card_of(name: str, data: Snapshot, drawn: DrawnFigure | None = None) -> Card | None:
    """The card of a mark: of a claim, of an event, or of an observation as it is drawn."""
    for event in data.seeds.events:
        if event_mark(event.id) == name:
            return event_card(event, [document.source for document in data.seeds.documents])
    for claim in data.seeds.claims:
        if claim.id == name:
            return claim_card_of(claim, data)
    row = data.row(name)
    return None if row is None else _as_drawn(row_cards_of(row.to_frame().T, data)[0], drawn, data)


def cards_as_drawn(view: View, data: Snapshot) -> View:
    """The view, whose cards read each number in the unit of the chart."""
    if view.chart is None:
        return view
    marks = drawn_figures(view.chart.drawing)
    return replace(view, cards=tuple(_as_drawn(card, marks.get(card.id), data) for card in view.cards))


def _as_drawn(card: Card, drawn: DrawnFigure | None, data: Snapshot) -> Card:
    """The card of an observation with its number read in the unit of the chart, where it is drawn."""
    facts = dict(card.facts)
    if drawn is None or READ_AS not in facts:
        return card
    shown = drawn.own.partition(" · ")[0].removesuffix(f" {SIGN}")
    if shown == facts[READ_AS]:
        return card
    row = data.row(card.id)
    if row is None or not _amount_in_some_unit(row, shown, drawn.scale):
        return card
    return replace(card, facts=tuple({**facts, READ_AS: shown}.items()))


def _amount_in_some_unit(row: pd.Series, words: str, scale: str) -> bool:
    """Whether the words are the amount of a row in some unit: no share, no rank, no sum of several rows."""
    units = (scale,) if "/" in row["unit"] and "/" in scale else scales(row["unit"])
    told = [words_of(row, unit) for unit in units for words_of in (amount_words, bar_words, _every_digit)]
    return words in told


def _every_digit(row: pd.Series, unit: str) -> str:
    number = row["value"]
    exact = format_quantity(number, row["unit"], scale=unit) if pd.notna(number) else ""
    return f"{exact} {state(row).after}".strip()


def claim_card_of(claim: Claim, data: Snapshot) -> Card:
    whole = data.claim(claim.part_of) if claim.part_of else None
    return claim_card(claim, data.source(claim.source), whole)


def row_cards_of(rows: pd.DataFrame, data: Snapshot) -> list[Card]:
    return [_row_card_of(row, data) for row in as_records(rows)]


def _row_card_of(row: dict[Hashable, Any], data: Snapshot) -> Card:
    publisher, source = source_of(data, row["dataset"], row["edition"])
    later = data.later.get(row_id(row))
    told = later_words(later) if later and not row["correction"] else ""
    return row_card(row, source, publisher, data.correction(row["correction"]), told)


def rows_of(checks: Sequence[Check], data: Snapshot) -> pd.DataFrame:
    """The observations that the checks rest on, in the order of editions."""
    wanted = {(c.dataset, c.edition, *row) for c in checks for row in c.rows}
    table = data.observations
    near = table[table["mineral"].isin([c.mineral for c in checks if c.mineral])]
    keys = pd.MultiIndex.from_frame(near[["dataset", "edition", "file", "row", "column"]])
    return near[keys.isin(wanted)].sort_values(["dataset", "edition", "file", "row"])


def lead_check(checks: Sequence[Check], data: Snapshot) -> list[Check]:
    """The check against the edition in use, alone; none where there is no check."""
    return [leading(checks, data.in_use)] if checks else []


def why_apart(checks: Sequence[Check], panels: int, data: Snapshot) -> Note | None:
    """Why a chart has so many panels: what each dataset's check against the edition in use says."""
    datasets = dict.fromkeys(check.dataset for check in checks if check.rows)
    leads = [lead_check([c for c in checks if c.dataset == dataset], data)[0] for dataset in datasets]
    told = dict.fromkeys(reason for check in leads for reason in check.reasons)
    return note(f"Why {panels_words(panels)}", told) if panels > 1 else None


def panels_words(panels: int) -> str:
    """As "two panels"."""
    number = {1: "one", 2: "two", 3: "three", 4: "four"}.get(panels, str(panels))
    return f"{number} panel{'' if panels == 1 else 's'}"


def lead_rows(checks: Sequence[Check], data: Snapshot) -> pd.DataFrame:
    """The rows of the edition in use; where checks rest on none of it, of the last one that has any."""
    return rows_of(lead_check([check for check in checks if check.rows], data), data)


def editions_in_use(rows: pd.DataFrame, data: Snapshot) -> list[str]:
    """Which of several editions that are shown are in use; none for one alone."""
    if rows.empty or rows["edition"].nunique() < 2:
        return []
    pairs = rows[["dataset", "edition"]].drop_duplicates().itertuples(index=False, name=None)
    return [edition for dataset, edition in pairs if str(EditionId(dataset, edition)) in data.chosen]


def edition_labels(rows: pd.DataFrame, data: Snapshot) -> pd.Series:
    """The edition of each row, "2025 (in use)"; with its publisher where rows are of several datasets."""
    pairs = list(zip(rows["dataset"], rows["edition"], strict=True))
    if rows["dataset"].nunique() > 1:
        names = [data.edition_names[str(EditionId(dataset, edition))] for dataset, edition in pairs]
    elif rows["edition"].nunique() > 1:
        names = [data.marked(*pair) for pair in pairs]
    else:
        names = [edition for _, edition in pairs]
    return pd.Series(names, index=rows.index, dtype="string")


def in_use_words(rows: pd.DataFrame, data: Snapshot) -> str:
    """The same in a sentence: "In use: edition 2025."; empty where there is none."""
    found = editions_in_use(rows, data)
    return f"In use: edition {', '.join(found)}." if found else ""


def labelled(rows: pd.DataFrame, labels: pd.Series, emphasis: Sequence[bool]) -> pd.DataFrame:
    shown = with_states(rows)
    return shown.assign(
        label=labels.astype(str),
        emphasis=list(emphasis),
        hover=[f"{printed_words(row)} as printed" for row in as_records(rows)],
    )


def row_words(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    bases = dict.fromkeys(map(Basis, rows.loc[rows["unit"] == "t", "basis"]))
    stated = ", ".join(basis.label for basis in bases if basis is not Basis.UNDEFINED)
    counted = [UNIT_WORDS.get(unit, unit) for unit in dict.fromkeys(rows["unit"])]
    not_stated = f", {BASIS_NOT_STATED}" if Basis.UNDEFINED in bases else ""
    of = f" of {stated}" if stated else ""
    return f"{Measure(rows['measure'].iloc[0]).label}, {' and '.join(counted)}{of}{not_stated}"


def shown_table(claims: Sequence[Claim], rows: pd.DataFrame, data: Snapshot) -> pd.DataFrame:
    if rows.empty:
        return shown_claims(claims, data.source)
    observed = shown_observations(rows, lambda d, e: source_of(data, d, e))
    return pd.concat([shown_claims(claims, data.source), observed], ignore_index=True) if claims else observed
