"""The map: any measure of any mineral by country, as amount, share or rank, or the claims about each."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.details import as_printed
from dashboard.analysis.gate import compare, figure_of_row
from dashboard.analysis.ranked_series import RankedSeries
from dashboard.analysis.states import with_states
from dashboard.analysis.totals import finding_words
from dashboard.boundaries.shapes import BOUNDARIES, BOUNDARIES_NOTE
from dashboard.charts.cards import Card
from dashboard.charts.chart import APART, Chart, Map
from dashboard.charts.view import Mark, View, note
from dashboard.snapshot import Snapshot
from dashboard.topics.explore import PARAMETERS as OF_TABLES
from dashboard.topics.explore import PLACES
from dashboard.topics.map_claims import NOT_PLACED, claims_view
from dashboard.topics.map_marks import (
    BY_AMOUNT,
    BY_CLAIMS,
    BY_RANK,
    BY_SHARE,
    Marked,
    has_numbers,
    marked_places,
    row_amounts,
)
from dashboard.topics.marks import CORRECTED_MARK, NO_ROW_MARK
from dashboard.topics.parameters import (
    NO_STATISTICS,
    READING,
    Asked,
    Control,
    Parameter,
    codes_of,
    named_choice,
)
from dashboard.topics.ranked_rows import PrintedTable, printed_table
from dashboard.topics.ranked_tables import DrawnSeries, ranked_cards, ranked_table, world_row
from dashboard.topics.ranking import Choice, nothing_words, title_of, union_words
from dashboard.topics.rows import row_cards_of
from dashboard.words.maps import not_placed_words
from dashboard.words.ranking import (
    amounts,
    details_notes,
    measure_of_mineral,
    missing_words,
    several_rows_words,
    total_notes,
    world_words,
)
from dashboard.words.sources import sources_words
from dashboard.words.tables import counted_words
from loaders.model import EditionId
from loaders.text import capital
from loaders.vocabulary import MarkState

NAME = "map"

BY = {BY_AMOUNT: "Amount", BY_SHARE: "Share of world", BY_RANK: "Rank", BY_CLAIMS: "Claims"}
"""What places can be shaded by, with the words for it."""

PARAMETERS: tuple[Parameter, ...] = (
    *(item for item in OF_TABLES if item.name in ("mineral", "measure", "edition", "year")),
    PLACES,
    named_choice("by", "Shade by", BY, control=Control.SEGMENTED, row=2, width=2.4),
    READING,
)  # fmt: skip

_CHOSEN_CARDS = 5


def view(asked: Asked, data: Snapshot) -> View:
    """One table of one edition on a map, or the claims about the mineral."""
    chosen = codes_of(asked["places"])
    if asked["by"] == BY_CLAIMS:
        return claims_view(NAME, asked["mineral"], chosen, data)
    if data.observations.empty:
        return View(NAME, empty=NO_STATISTICS)
    choice = Choice(
        asked["mineral"], asked["measure"], asked["edition"], int(asked["year"] or 0), places=chosen
    )
    return _table_view(choice, asked["by"], data)


def _table_view(choice: Choice, by: str, data: Snapshot) -> View:
    table = printed_table(data, choice.mineral, choice.measure, choice.edition, choice.year)
    if table.rows.empty:
        return View(NAME, empty=nothing_words(choice, data))
    part = _first(table.series)
    series = [part, *(other for other in table.series if other is not part)]
    drawn = [_drawn(one, choice) for one in series]
    found = marked_places(drawn[0], by)
    if found.marks.empty or (by != BY_AMOUNT and not (found.marks["shade"] >= 0).any()):
        return View(NAME, empty=_without(drawn[0], by, found))
    return View(
        NAME,
        _chart(choice, by, drawn, found, data),
        cards=tuple(_cards(drawn[0], data)),
        why=note("Not on this map", _apart(part, series[1:])),
        facts=_facts(drawn[0], found),
        marks=_key(found),
        notes=(*_notes(drawn[0], table, choice), *union_words(choice, data)),
    )


def _first(series: Sequence[RankedSeries]) -> RankedSeries:
    """The series that is shaded: the first one with numbers, else the first one that names anybody."""
    named = [part for part in series if len(part.rows)]
    return next((part for part in named if has_numbers(part)), (named or list(series))[0])


def _without(drawn: DrawnSeries, by: str, found: Marked) -> str:
    """Why there is no map, with the figures that there are."""
    world = world_words(drawn.series, drawn.scale)
    if not found.marks.empty:
        what = {BY_SHARE: "share of the world", BY_RANK: "rank"}[by]
        return f"No country has a {what} here. {world} The amounts can be shaded."
    told = not_placed_words(found.left) if len(drawn.series.rows) else ""
    return " ".join(filter(None, ("No country is named here.", told and f"{told}.", world)))


# The chart ----------------------------------------------------------------------------------------------


def _chart(choice: Choice, by: str, drawn: Sequence[DrawnSeries], found: Marked, data: Snapshot) -> Chart:
    item = data.installed(*EditionId.parse(choice.edition))
    first = drawn[0]
    sources = sources_words([], pd.concat([one.rows for one in drawn]), data)
    files = ", ".join(dict.fromkeys(str(one.series.any_row["file"]) for one in drawn))
    what = measure_of_mineral(choice.measure, choice.mineral)
    told = (
        f"{capital(what)}, {choice.year}, by country, {_by_words(by, first.series)}.",
        counted_words(item.dataset.id, choice.mineral, [choice.measure]),
        f"{item.dataset.short_title}, edition {item.edition.edition}.",
    )
    return Chart(
        title=title_of(first, choice, data),
        subtitle=" ".join(filter(None, told)),
        source=f"{sources}, {files}. {BOUNDARIES}",
        alt=_alt(found),
        drawing=Map(found.marks, found.classes, found.heading, ABSENT, lowest_first=by == BY_RANK),
        table=pd.concat([ranked_table(one, data) for one in drawn], ignore_index=True),
        name=f"map-{choice.mineral}-{choice.measure}-{choice.edition}-{choice.year}-{by}",
    )


ABSENT = "no row in this table"
"""What is said of a country that the table does not name."""


def _by_words(by: str, part: RankedSeries) -> str:
    counted = amounts(part)
    return {BY_AMOUNT: f"in {counted}", BY_SHARE: f"shares of {counted}", BY_RANK: f"ranks by {counted}"}[by]


def _drawn(part: RankedSeries, choice: Choice) -> DrawnSeries:
    rows, scale = world_row(part) if part.rows.empty else part.rows, part.scale()
    stated = with_states(rows, scale)
    return DrawnSeries(part, stated.assign(emphasis=rows["place"].isin(choice.places)), scale)


def _alt(found: Marked) -> str:
    marks = found.marks
    told = "; ".join(f"{line.label} {line.told}" for line in marks.itertuples())
    classes = f" Classes: {'; '.join(found.classes)}." if found.classes else ""
    return f"Map of the world, countries shaded. {found.heading}: {told}.{classes}"


# What stands beside and below it ------------------------------------------------------------------------


def _cards(drawn: DrawnSeries, data: Snapshot) -> list[Card]:
    """The edition, and the rows of the chosen countries; of the first one where none is chosen."""
    edition, *first = ranked_cards([drawn], data)
    chosen = drawn.rows[drawn.rows["emphasis"]].head(_CHOSEN_CARDS)
    return [edition, *(row_cards_of(as_printed(chosen), data) if len(chosen) > 1 else first)]


def _facts(drawn: DrawnSeries, found: Marked) -> tuple[tuple[str, str], ...]:
    """What has no place on the map, with its figures: nothing of the table is lost."""
    told = not_placed_words(found.left)
    world = ("world total", world_words(drawn.series, drawn.scale))
    return ((NOT_PLACED, f"{told}."), world) if told else (world,)


def _apart(part: RankedSeries, others: Sequence[RankedSeries]) -> list[str]:
    """The series that cannot be shaded with this one: why, and their figures."""
    first = figure_of_row(part.any_row, "the map")
    found = []
    for other in others:
        reasons = compare(first, figure_of_row(other.any_row, "the rest of the table")).reasons
        told = not_placed_words(row_amounts(other, other.scale()))
        counted = amounts(other)
        world = world_words(other, other.scale()) if len(other.world) else ""
        found += [*reasons, f"{capital(counted)}: {told or 'no country'}.", world]
    return [capital(sentence) for sentence in dict.fromkeys(found) if sentence]


def _key(found: Marked) -> tuple[Mark, ...]:
    """What the patterns mean that are on the map; a plain number has none."""
    present = set(found.marks["state"]) - {MarkState.VALUE}
    states = [Mark(state.label, state.definition, named=True) for state in MarkState if state in present]
    apart = [
        Mark(
            "number not of this scale", "It has several rows that are not added up, or no share.", named=True
        )
    ]
    none = NO_ROW_MARK._replace(named=True)
    wrong = [CORRECTED_MARK._replace(on_page="A click on the country says why.")]
    corrected = wrong if found.marks["corrected"].any() else []
    return (*states, *(apart if APART in present else []), *corrected, none)


def _notes(drawn: DrawnSeries, table: PrintedTable, choice: Choice) -> list[str]:
    part = drawn.series
    found = [
        *missing_words(choice.places, table.rows["place"]),
        *several_rows_words(part, part.rows, drawn.scale),
        *details_notes(part),
        *total_notes(part),
        *finding_words(table.lines),
        BOUNDARIES_NOTE,
    ]
    return list(dict.fromkeys(found))
