"""One table of one edition, ranked: the chart of the page Explore, and of a stated rank in an edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.corrections import any_corrected, is_corrected
from dashboard.analysis.details import detail_words, stages_together
from dashboard.analysis.evidence import OUTPUT
from dashboard.analysis.gate import compare, figure_of_row
from dashboard.analysis.ranked_series import CONTEXT, RANKED, RankedSeries, has_place
from dashboard.analysis.series import as_records
from dashboard.analysis.states import amount_words, marks_aloud, printed_words, with_states
from dashboard.analysis.totals import finding_words
from dashboard.charts.chart import Chart, Panel, Stack
from dashboard.charts.view import InShort, Mark, View, note
from dashboard.snapshot import Snapshot
from dashboard.topics.marks import AT_MOST_MARK, CONTEXT_MARK, CORRECTED_MARK, state_marks
from dashboard.topics.ranked_rows import AS_PRINTED, PrintedTable, printed_table, rows_of_edition
from dashboard.topics.ranked_tables import DrawnSeries, ranked_cards, ranked_table, world_row
from dashboard.words.dependence import joined_names
from dashboard.words.notes import notes_for_numbers
from dashboard.words.ranking import (
    NOT_RANKED,
    amounts,
    beside_words,
    details_notes,
    finding,
    in_all_words,
    measure_of_mineral,
    missing_words,
    refused_words,
    several_rows_words,
    share_words,
    total_notes,
    world_words,
)
from dashboard.words.sources import sources_words, with_years
from dashboard.words.tables import counted_words, estimates_words
from loaders.model import EditionId
from loaders.text import capital, in_sentence
from loaders.units import display, scale_label
from loaders.units.bases import Conversion
from loaders.vocabulary import EUROPEAN_UNION, MarkState, Measure

AUTO = "auto"
FIRST, ALL, CHOSEN = "first", "all", "chosen"
"""Which countries are drawn."""

FIRST_ROWS = 15
"""How many ranked countries the chart shows unless asked for more."""


class Choice(NamedTuple):
    """One table and how it is shown.

    `basis` is what tonnes are shown as, a code of `vocabulary.Basis`, or `AS_PRINTED`. `edition` is an id
    such as `usgs-mcs.2025`; `places` are the codes of the countries that are marked; `which` is one of
    `FIRST`, `ALL` and `CHOSEN`; `unit` is one of `loaders.units.scales`, or `AUTO`. `year` is 0 where the
    edition has no such table.
    """

    mineral: str
    measure: str
    edition: str
    year: int
    places: tuple[str, ...] = ()
    which: str = FIRST
    unit: str = AUTO
    basis: str = AS_PRINTED


def ranked_view(key: str, choice: Choice, data: Snapshot) -> View:
    """The ranked bars of a choice.

    Series that may not share an axis get panels of their own, with the reasons. A series of which the
    publisher says that no number can exist is named and not drawn.
    """
    table = _table_of(choice, data)
    shown = _shown_series(choice, table)
    if not shown:
        return View(key, empty=_empty_words(choice, table, data))
    drawn = [_drawn(part, choice) for part in shown]
    notes = [
        *missing_words(choice.places, table.rows["place"]),
        *table.apart,
        *_cut_words(drawn, choice),
        *[note for part in drawn for note in several_rows_words(*part)],
        *[note for part in drawn for note in details_notes(part.series)],
        *[note for part in drawn for note in total_notes(part.series)],
        *finding_words(table.lines),
        *notes_for_numbers(table.rows, data.installed(*EditionId.parse(choice.edition)).dataset.said_by),
        *_not_drawn(table),
        *union_words(choice, data),
    ]
    view = _view(key, choice, drawn, table.conversions, data)
    return replace(view, marks=_key(drawn), notes=tuple(dict.fromkeys(notes)))


def ranked_finding(choice: Choice, data: Snapshot) -> InShort:
    """What the view of a choice finds."""
    table = _table_of(choice, data)
    shown = _shown_series(choice, table)
    if not shown:
        return InShort(_empty_words(choice, table, data), drawn=False)
    return InShort(title_of(shown[0], choice, data), drawn=True)


def _table_of(choice: Choice, data: Snapshot) -> PrintedTable:
    return printed_table(data, choice.mineral, choice.measure, choice.edition, choice.year, choice.basis)


def _empty_words(choice: Choice, table: PrintedTable, data: Snapshot) -> str:
    """Why nothing of a table is drawn."""
    if choice.measure in NOT_RANKED:
        return refused_words(choice.measure)
    if table.rows.empty:
        return nothing_words(choice, data)
    return " ".join(missing_words(choice.places, table.rows["place"])) or _NONE_CHOSEN


def nothing_words(choice: Choice, data: Snapshot) -> str:
    """Why there is nothing to draw, and which editions have something."""
    table = data.of_mineral(choice.mineral)
    same = table[table["measure"] == choice.measure]
    having = same[["dataset", "edition"]].drop_duplicates().sort_values(["dataset", "edition"])
    names = ", ".join(_edition_name(data, *pair) for pair in having.itertuples(index=False, name=None))
    what = measure_of_mineral(choice.measure, choice.mineral)
    edition = EditionId.parse(choice.edition)
    asked = _edition_name(data, *edition)
    told = f"{asked} has no table of {what}"
    own = table["edition"].eq(edition.edition) & table["dataset"].eq(edition.dataset)
    has = set(table.loc[own, "measure"])
    if has:
        measures = [in_sentence(measure.label) for measure in Measure if measure in has]
        told += f", but of {joined_names(measures)}"
    return f"{told}. Editions that have one: {names}."


def union_words(choice: Choice, data: Snapshot) -> list[str]:
    """What the table prints of the European Union, and why it is not drawn."""
    rows, edition = data.national, EditionId.parse(choice.edition)
    same = (rows["dataset"] == edition.dataset) & (rows["edition"] == edition.edition)
    own = rows[same & (rows["place"] == EUROPEAN_UNION) & (rows["year"] == choice.year)]
    own = own[(own["mineral"] == choice.mineral) & (own["measure"] == choice.measure)]
    told = ", ".join(amount_words(line) for line in as_records(own))
    return [f"European Union: {told}. Not drawn, ranked or added: {_TWICE}"] if told else []


_TWICE = "what it counts, its members count, too."


def _edition_name(data: Snapshot, dataset: str, edition: str) -> str:
    return f"{data.installed(dataset, edition).dataset.said_by} {edition}"


_NONE_CHOSEN = "No country is chosen. Choose some above, or show the first 15."


# Rows of the chart ------------------------------------------------------------------------------------


def _shown_series(choice: Choice, table: PrintedTable) -> list[DrawnSeries]:
    """The series of which the chart shows rows, with these rows as they are in the table."""
    if choice.measure in NOT_RANKED:
        return []
    telling = [part for part in table.series if not part.says_nothing]
    shown = [
        DrawnSeries(part, _shown(part, choice), part.scale() if choice.unit == AUTO else choice.unit)
        for part in telling or table.series
    ]
    return [part for part in shown if len(part.rows)]


def _drawn(found: DrawnSeries, choice: Choice) -> DrawnSeries:
    """The same with all that a panel needs of its rows."""
    part, scale = found.series, found.scale
    shown = with_states(found.rows, scale)
    lines = as_records(shown.assign(again=shown["place"].duplicated(), together=in_all_words(*found)))
    common = _common(lines)
    rows = shown.assign(
        label=[_label(line) for line in lines],
        below=["" if text == common else text for text in map(_narrowed, lines)],
        words=[_mark_words(line, part) for line in lines],
        hover=[_hover(line, part, scale) for line in lines],
        emphasis=shown["place"].isin(choice.places),
        tone=_tones(shown, choice),
    )
    return DrawnSeries(part, rows, scale)


_PLAIN = ("", "rounded", "production", "Reserves", "Mine production", "Smelter production")
"""Details that narrow nothing: how a total was made, or the name of the measure."""


def _common(lines: Sequence[dict[Any, Any]]) -> str:
    """What narrows every ranked row alike, which is said once; "" where nothing does."""
    same = {_narrowed(line) for line in lines if line["row_kind"] == RANKED}
    return same.pop() if len(same) == 1 and len(lines) > 1 else ""


def _narrowed(line: dict[Any, Any]) -> str:
    """What narrows a row: its detail, and the basis it is printed with where that is not the table's."""
    detail = str(line["detail"]) if line["detail"] not in _PLAIN else ""
    return ", ".join(filter(None, (detail, detail_words(line))))


def _shown(part: RankedSeries, choice: Choice) -> pd.DataFrame:
    if part.rows.empty and choice.which != CHOSEN:
        return world_row(part)
    rows = part.rows
    chosen = rows["place"].isin(choice.places)
    if choice.which == CHOSEN:
        return rows[chosen]
    if choice.which == FIRST:
        leading = part.ranked["place"].head(FIRST_ROWS)
        return rows[chosen | (rows["row_kind"] != RANKED) | rows["place"].isin(leading)]
    return rows


def _label(line: dict[Any, Any]) -> str:
    ranked = has_place(line) and not line["again"]
    return f"{line['rank']:.0f} {line['name']}" if ranked else str(line["name"])


def _mark_words(line: dict[Any, Any], part: RankedSeries) -> str:
    corrected = " *" if is_corrected(line) else ""
    share = f" · {share_words(line['share'], part, line)}" if pd.notna(line["share"]) else ""
    return f"{line['words']}{corrected}{share}{line['together']}"


def _hover(line: dict[Any, Any], part: RankedSeries, scale: str | None) -> str:
    lines = [f"{line['name']}: printed {printed_words(line)}", MarkState(line["state"]).definition]
    if has_place(line):
        tied = "tied " if line["tied"] else ""
        lines.append(f"Rank: {tied}{display(line['rank'], 'rank')}")
        if line["place_value"] != line["value"]:
            lines.append(f"Its rows together: {display(line['place_value'], part.unit, scale)}")
    return "\n".join(lines)


def _tones(rows: pd.DataFrame, choice: Choice) -> list[str]:
    """Strong for what is chosen, or for all where nothing is; grey for what is no country."""
    marked = rows["place"].isin(choice.places)
    others = "soft" if marked.any() and not marked.all() else "strong"
    return [
        "context" if kind == CONTEXT else "strong" if strong else others
        for kind, strong in zip(rows["row_kind"], marked, strict=True)
    ]


# What stands below the chart --------------------------------------------------------------------------


def _key(drawn: Sequence[DrawnSeries]) -> tuple[Mark, ...]:
    """The marks that are present, in the order of `MarkState`, with what they mean."""
    rows = pd.concat([part.rows[["state", "correction", "row_kind"]] for part in drawn])
    found = state_marks(set(rows["state"]))
    if any(part.series.at_most and (part.rows["share"] > 0).any() for part in drawn):
        found.append(AT_MOST_MARK)
    if any_corrected(rows):
        found.append(CORRECTED_MARK)
    if (rows["row_kind"] == CONTEXT).any():
        found.append(CONTEXT_MARK)
    return (*found, Mark("no mark", "The table has no row for the country."))


def _cut_words(drawn: Sequence[DrawnSeries], choice: Choice) -> list[str]:
    """How many ranked countries the chart leaves out."""
    left = max(len(part.series.ranked) - _ranked_count(part) for part in drawn)
    if choice.which != FIRST or not left:
        return []
    return [f"Not shown: {left} more {'country' if left == 1 else 'countries'}; “All” shows them."]


def _ranked_count(part: DrawnSeries) -> int:
    return int(part.rows.loc[part.rows["row_kind"] == RANKED, "place"].nunique())


def _not_drawn(table: PrintedTable) -> list[str]:
    """Series of which the publisher says that no number can exist, beside others."""
    silent = [part for part in table.series if part.says_nothing]
    counts = [len(part.rows) + len(part.world) for part in silent if len(silent) < len(table.series)]
    return [
        f"Not drawn: {count} more rows of the table, all printed as “does not apply”." for count in counts
    ]


# The view ---------------------------------------------------------------------------------------------


def _of_table(choice: Choice, drawn: Sequence[DrawnSeries], dataset: str) -> tuple[str, str]:
    """What the table counts, and how much of it is estimated."""
    what = in_sentence(Measure(choice.measure).label)
    rows = [row for one in drawn for row in as_records(one.rows)]
    return counted_words(dataset, choice.mineral, [choice.measure]), estimates_words([(what, rows)], "e")


def _view(
    key: str, choice: Choice, drawn: Sequence[DrawnSeries], conversions: Sequence[Conversion], data: Snapshot
) -> View:
    first = drawn[0]
    item = data.installed(*EditionId.parse(choice.edition))
    source = f"{_sources(drawn, data)}, {_files(drawn)}."
    chart = Chart(
        title=title_of(first, choice, data),
        subtitle=" ".join(
            [
                _subtitle(choice, drawn),
                *filter(None, _of_table(choice, drawn, item.dataset.id)),
                *[f"Converted: {how.words}; {how.source}." for how in conversions],
                f"{item.dataset.short_title}, edition {item.edition.edition}.",
            ]
        ),
        source=source,
        alt="Ranked bars. " + " ".join(_alt(part) for part in drawn),
        drawing=Stack(tuple(_panel(part, item.dataset.said_by) for part in drawn)),
        table=pd.concat([ranked_table(part, data) for part in drawn], ignore_index=True),
        name=f"{choice.mineral}-{choice.measure}-{choice.edition}-{choice.year}",
    )
    count = {2: "two", 3: "three", 4: "four"}.get(len(drawn), "several")
    return View(
        key,
        chart,
        cards=tuple(ranked_cards(drawn, data)),
        why=note(f"Why {count} panels", _reasons(drawn)),
    )


def title_of(first: DrawnSeries, choice: Choice, data: Snapshot) -> str:
    """What a table says, of which year, and what else its edition has."""
    found = finding(first.series, choice.places, first.scale)
    return with_years(found, [choice.year]) + _beside_chart(first, choice, data)


def _beside_chart(first: DrawnSeries, choice: Choice, data: Snapshot) -> str:
    """What the printed table has as another stage of production, larger than all that is ranked here."""
    rows = rows_of_edition(data, choice.mineral, choice.edition)
    table = rows[rows["year"] == choice.year]
    if choice.places or table["measure"].nunique() < 2:
        return ""
    together = stages_together(table, OUTPUT)
    moved = table[(together["measure"] != table["measure"]) & (table["measure"] != choice.measure)]
    ranked = first.series.ranked
    own = float(ranked["place_value"].max()) if len(ranked) else 0.0
    return beside_words(moved[moved["value"] > own], first.scale)


def _sources(drawn: Sequence[DrawnSeries], data: Snapshot) -> str:
    return sources_words([], pd.concat([part.rows[["dataset", "edition"]] for part in drawn]), data)


def _files(drawn: Sequence[DrawnSeries]) -> str:
    return ", ".join(dict.fromkeys(str(part.series.any_row["file"]) for part in drawn))


def _panel(part: DrawnSeries, publisher: str) -> Panel:
    row = part.series.any_row
    what = f"{publisher} {in_sentence(Measure(row['measure']).label)}, {row['year']}"
    common = _common(as_records(part.rows))
    narrowed = f"Every row: {common}." if common else ""
    return Panel(
        f"Published: {what}, {amounts(part.series)}",
        " ".join(filter(None, (narrowed, world_words(part.series, part.scale)))),
        "statistic",
        part.rows,
        part.series.unit,
        part.scale,
    )


def _subtitle(choice: Choice, drawn: Sequence[DrawnSeries]) -> str:
    what = measure_of_mineral(choice.measure, choice.mineral)
    units = [amounts(part.series, scale_label(part.scale) if part.scale else "") for part in drawn]
    parts = ", a panel for each way of counting: " if len(drawn) > 1 else ", in "
    return f"{capital(what)}, {choice.year}{parts}{'; '.join(units)}."


def _alt(part: DrawnSeries) -> str:
    counted = amounts(part.series)
    told = f"{capital(counted)}: {marks_aloud(part.rows)}."
    return f"{told} {world_words(part.series, part.scale)}"


_PANELS = ("the second panel", "the third panel", "the fourth panel", "the fifth panel")


def _reasons(drawn: Sequence[DrawnSeries]) -> tuple[str, ...]:
    """Why the panels do not share an axis, in the words of the comparability gate."""
    first = figure_of_row(drawn[0].series.any_row, "the first panel")
    found = [
        reason
        for part, name in zip(drawn[1:], _PANELS, strict=False)
        for reason in compare(first, figure_of_row(part.series.any_row, name)).reasons
    ]
    return tuple(dict.fromkeys(capital(reason) for reason in found))
