"""One country: what it holds, makes and refines, its share and rank of each, and how the rank moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.details import as_printed
from dashboard.analysis.forecasts import without_forecasts
from dashboard.analysis.states import state
from dashboard.charts.cards import edition_card
from dashboard.charts.chart import Chart, Heat
from dashboard.charts.view import Mark, View
from dashboard.snapshot import Snapshot
from dashboard.topics.concentration import EDITION
from dashboard.topics.country_tables import facts_of_country, tables_of_country
from dashboard.topics.explore import choosable_places, place_words
from dashboard.topics.later_figures import PUBLISHED, concerned
from dashboard.topics.marks import (
    BOUND_MARK,
    CORRECTED_MARK,
    ESTIMATE_MARK,
    OF_ROWS_MARK,
    marks_in_order,
)
from dashboard.topics.newest_figures import newest_edition
from dashboard.topics.parameters import NO_STATISTICS, READING, Asked, Control, Linked, Parameter
from dashboard.topics.rows import row_cards_of, shown_table
from dashboard.topics.standing_lines import (
    NO_LATEST_ROW,
    NO_RANK,
    NO_TABLE,
    TIED,
    Cell,
    CountryLine,
    heat_cells,
    rank_cells,
    rows_of_lines,
    standings_at,
)
from dashboard.words.dependence import joined_names
from dashboard.words.ranking import basis_words, measure_of_mineral
from dashboard.words.shares import SHARE_IN_WORDS
from dashboard.words.sources import edition_source_words, span_of
from loaders.model import EditionId
from loaders.names import mineral_name, minerals, place_name
from loaders.text import count, in_sentence
from loaders.vocabulary import MarkState, Measure

NAME = "country"

FIRST_COUNTRY = "RUS"
"""The country that the page opens with."""

_HOLDS = (Measure.RESERVES, Measure.RESOURCES)
_MAKES = (Measure.MINE_PRODUCTION, Measure.PRODUCTION)
_KINDS = {"holds": _HOLDS, "makes": _MAKES, "refines or works up": ()}
"""What a country does with a mineral, by measure; the last is everything that comes after the mine."""

FIRST_MINERALS, _CRITICAL, _ALL = "first", "critical", "all"
_WHICH = {FIRST_MINERALS: "Largest shares", _CRITICAL: "Critical minerals", _ALL: "All"}
MOST_FIRST = 15
"""Up to so many tables are shown unless more are asked for."""
MOST_FOLLOWED = 4
"""So many series of a country without a row in a latest year lead to the page Over time."""
MOST_EDITIONS = 5
"""The latest editions whose ranks stand beside each other."""


def _countries(_data: Snapshot, _asked: Asked) -> Sequence[str]:
    return choosable_places()


def _first_country(_data: Snapshot, _asked: Asked, options: Sequence[str]) -> str:
    return FIRST_COUNTRY if FIRST_COUNTRY in options else options[0]


def _own(data: Snapshot, asked: Asked, edition: str) -> list[CountryLine]:
    """The rows of the country in an edition."""
    if not edition:
        return []
    of = EditionId.parse(edition)
    return [one for one in standings_at(asked["place"], data) if _edition_of(one) == of]


def _has_rows(data: Snapshot, asked: Asked, edition: str) -> bool:
    return bool(_own(data, asked, edition))


def _which(data: Snapshot, asked: Asked) -> Sequence[str]:
    critical = any(map(_is_critical, _own(data, asked, asked["edition"])))
    return [which for which in _WHICH if critical or which != _CRITICAL]


def _readings(data: Snapshot, asked: Asked) -> Sequence[str]:
    """A choice only where a later release changes a table that the country is in."""
    own = {(one.line["mineral"], one.line["measure"]) for one in _own(data, asked, asked["edition"])}
    changed = {(item.mineral, str(item.measure)) for item in concerned(data, asked).values()}
    return READING.options(data, asked) if own & changed else [PUBLISHED]


def _newest(data: Snapshot, asked: Asked, editions: Sequence[str]) -> str:
    """Of the editions in use that name the country the one with the newest figures."""
    named = [name for name in editions if name in data.in_use and _has_rows(data, asked, name)]
    return newest_edition(data, (named or editions)[::-1])


PLACE = Parameter("place", "Country", _countries, _first_country, place_words, width=2)
PARAMETERS: tuple[Parameter, ...] = (
    PLACE,
    replace(EDITION, default=_newest, fits=_has_rows),
    Parameter(
        "which", "Show", _which, words=lambda which, _: _WHICH.get(which, which),
        control=Control.SEGMENTED, linked=Linked.UNLESS_DEFAULT, width=1.2,
    ),
    replace(READING, options=_readings),
)  # fmt: skip


def view(asked: Asked, data: Snapshot) -> View:
    """One country in one edition, with its ranks in the editions before and after."""
    if data.observations.empty:
        return View(NAME, empty=NO_STATISTICS)
    edition = EditionId.parse(asked["edition"])
    every = standings_at(asked["place"], data)
    own = _own(data, asked, asked["edition"])
    facts = tuple(facts_of_country(asked["place"], edition, own, data))
    tables = tuple(tables_of_country(asked["place"], edition, own, data))
    if not own:
        empty = " ".join([_no_row(asked["place"], edition, every, data), *(text for _, text in facts)])
        return View(NAME, empty=empty, tables=tables)
    drawn = _drawn(own, asked["which"])
    found = _view(asked["place"], edition, own, drawn, every, data)
    return replace(found, facts=facts, tables=tables, notes=_notes(own, drawn))


def _edition_of(one: CountryLine) -> EditionId:
    return EditionId(str(one.line["dataset"]), str(one.line["edition"]))


def _does(measure: str) -> str:
    """What a country does, by the measure of a table: a key of `_KINDS`."""
    found = (kind for kind, measures in _KINDS.items() if measure in map(str, measures))
    return next(found, list(_KINDS)[-1])


def _drawn(own: Iterable[CountryLine], which: str) -> list[CountryLine]:
    """What is shown of a country, the largest shares first; critical is what any of the lists names."""
    ordered = sorted(own, key=_order)
    if which == _CRITICAL:
        return [one for one in ordered if _is_critical(one)]
    return ordered if which == _ALL else ordered[:MOST_FIRST]


def _is_critical(one: CountryLine) -> bool:
    return bool(minerals()["lists"].get(str(one.line["mineral"]), ""))


def _order(one: CountryLine) -> tuple[float, float, str, str]:
    share, rank = one.line["share"], one.line["rank"]
    return (
        -share if pd.notna(share) else 0.0,
        rank if pd.notna(rank) else float("inf"),
        mineral_name(str(one.line["mineral"])),
        str(one.line["measure"]),
    )


# The chart --------------------------------------------------------------------------------------------


def _view(
    place: str,
    edition: EditionId,
    own: Sequence[CountryLine],
    drawn: Sequence[CountryLine],
    every: Sequence[CountryLine],
    data: Snapshot,
) -> View:
    item = data.installed(*edition)
    editions = _editions(edition, data)
    labels = _labels(drawn)
    lines = [
        _DrawnLine(label, one, rank_cells(one, every, editions, data))
        for label, one in zip(labels, drawn, strict=True)
    ]
    columns = ("amount", "share", *(f"rank,|{each.edition}" for each in editions))
    placed = list(_cells(lines, columns))
    chart = Chart(
        title=_finding(place, edition, own, data),
        subtitle=f"{place_name(place)}: amount, share of the world total and rank in the latest year of each "
        f"table; rank in other editions of the same publisher. {item.dataset.short_title}, edition "
        f"{item.edition.edition}.",
        source=f"Sources: {edition_source_words(data.installed(*editions[-1]), _span(editions))}.",
        alt=f"A table of {place_name(place)}. {_alt(heat_cells(placed))}.",
        drawing=Heat(heat_cells(_narrow(placed)), columns),
        table=_table(lines, editions, data),
        name=f"country-{place.lower()}-{edition}",
    )
    does = Counter(_does(str(one.line["measure"])) for one in own)
    facts = [(kind, count(does[kind], "table")) for kind in _KINDS]
    first = as_printed(rows_of_lines(drawn[:1], data).head(1))
    cards = (edition_card(item.source, item.dataset.said_by, facts), *row_cards_of(first, data))
    marks = marks_in_order((mark for *_, cell in placed for mark in cell.marks), _MARKS)
    return View(NAME, chart, cards=cards, marks=marks)


def _span(editions: Sequence[EditionId]) -> str:
    first, last = editions[0].edition, editions[-1].edition
    return first if first == last else f"{first} to {last}"


class _DrawnLine(NamedTuple):
    label: str
    one: CountryLine
    ranks: list[Cell]


def _editions(edition: EditionId, data: Snapshot) -> list[EditionId]:
    """The latest editions of the dataset, in order; the one that is shown is always among them."""
    found = [EditionId.parse(name) for name in data.edition_names]
    found = [one for one in found if one.dataset == edition.dataset]
    latest = found[-MOST_EDITIONS:]
    return latest if edition in latest else [edition, *latest[1:]]


def _labels(drawn: Sequence[CountryLine]) -> list[str]:
    """ "Cobalt, reserves"; with the basis where a table has several series."""
    names = [
        f"{mineral_name(str(one.line['mineral']))}, {in_sentence(Measure(str(one.line['measure'])).label)}"
        for one in drawn
    ]
    return [f"{name}{_basis(one, drawn)}" for name, one in zip(names, drawn, strict=True)]


def _basis(one: CountryLine, others: Sequence[CountryLine]) -> str:
    """What its tonnes are tonnes of, where there are several series of one mineral and measure."""
    same = [other for other in others if (other.line["mineral"], other.line["measure"]) ==
            (one.line["mineral"], one.line["measure"])]  # fmt: skip
    return f" ({basis_words(str(one.line['basis']))})" if len(same) > 1 else ""


def _cells(lines: Sequence[_DrawnLine], columns: Sequence[str]) -> Iterator[tuple[str, str, Cell]]:
    for label, one, ranks in lines:
        full = f"{label}: {one.amount} in {one.line['year']}, {one.ranked}"
        cells = (_amount(one, full), _share(one, full), *ranks)
        yield from ((label, column, cell) for column, cell in zip(columns, cells, strict=True))


def _amount(one: CountryLine, full: str) -> Cell:
    without = {_WITHOUT_NUMBER.get(state(row)) for row in one.rows}
    mark = without.pop() if len(without) == 1 else None
    if mark is None or one.amount_marks:
        return Cell(one.amount, None, one.id, full, one.amount_marks)
    return Cell(one.amount, None, one.id, full, (mark,), narrow=mark.sign)


def _share(one: CountryLine, full: str) -> Cell:
    if not one.share:
        return Cell(NO_RANK.sign, None, one.id, f"{full}, no share", (NO_RANK,))
    return Cell(one.share_in_cell, one.line["share"], one.id, f"{full}, {one.share_told}", one.share_marks)


_WITHOUT_NUMBER = {
    MarkState.NOT_AVAILABLE: Mark("no number", "Not available: the publisher has no number."),
    MarkState.INCLUDED_ELSEWHERE: Mark("elsewhere", "The publisher counts it in another row."),
}
"""What stands in a narrow cell; the same in full stands in the table and at a touch on the cell."""

_MARKS = (
    TIED, BOUND_MARK, NO_RANK, OF_ROWS_MARK, NO_LATEST_ROW, NO_TABLE, *_WITHOUT_NUMBER.values(),
    ESTIMATE_MARK, CORRECTED_MARK,
)  # fmt: skip


def _narrow(placed: Iterable[tuple[str, str, Cell]]) -> Iterator[tuple[str, str, Cell]]:
    for row, column, cell in placed:
        yield row, column, cell._replace(words=cell.narrow or cell.words)


def _alt(cells: pd.DataFrame) -> str:
    said = cells.assign(said=cells["column"].str.replace("|", " ", regex=False) + " " + cells["words"])
    return "; ".join(f"{row}: {', '.join(own)}" for row, own in said.groupby("row", sort=False)["said"])


def _table(lines: Sequence[_DrawnLine], editions: Sequence[EditionId], data: Snapshot) -> pd.DataFrame:
    """The rows that are drawn, with rank, share and the ranks in the editions."""
    rows = rows_of_lines((one for _, one, _ in lines), data)
    labels = [label for label, one, _ in lines for _ in one.rows]
    table = shown_table([], as_printed(rows).assign(label=labels), data)
    per_row = [(one, ranks) for _, one, ranks in lines for _ in range(len(one.rows))]
    told = [
        "; ".join(f"{each.edition}: {cell.words}" for each, cell in zip(editions, ranks, strict=True))
        for _, ranks in per_row
    ]
    return table.assign(
        rank=pd.array([one.line["rank"] for one, _ in per_row], dtype="Float64").astype("Int64"),
        tied=[bool(one.line["tied"]) for one, _ in per_row],
        ranked_countries=[int(one.line["of"]) for one, _ in per_row],
        share=[one.line["share"] for one, _ in per_row],
        **{SHARE_IN_WORDS: [one.share for one, _ in per_row]},
        rank_by_edition=told,
    )


# Words ------------------------------------------------------------------------------------------------


def _finding(place: str, edition: EditionId, own: Sequence[CountryLine], data: Snapshot) -> str:
    name, where = place_name(place), data.edition_titles[str(edition)]
    if len(own) == 1:
        return f"{name} is in one table of {where}: {_told(own[0], own)}"
    first, three = (sum(one.line["rank"] <= best for one in own) for best in (1, 3))
    of = f"{len(own)} tables of {where}"
    if first:
        lead = f"{name} is first in {first} of {of}"
    elif three:
        lead = f"{name} is among the first three in {three} of {of}"
    else:
        lead = f"{name} is not among the first three in any of {of}"
    shared = [one for one in own if one.share]
    if not shared:
        return lead
    most = max(shared, key=lambda one: float(one.line["share"]))
    return f"{lead}; its largest share is {most.share_told}, in {_what(most, own)}"


def _what(one: CountryLine, own: Sequence[CountryLine]) -> str:
    return measure_of_mineral(str(one.line["measure"]), str(one.line["mineral"])) + _basis(one, own)


def _told(one: CountryLine, own: Sequence[CountryLine]) -> str:
    told = [one.amount, one.share_told, one.ranked]
    return f"{_what(one, own)}: {', '.join(filter(None, told))}"


def _no_row(place: str, edition: EditionId, every: Sequence[CountryLine], data: Snapshot) -> str:
    name, where = place_name(place), data.edition_titles[str(edition)]
    others = dict.fromkeys(data.edition_titles[str(_edition_of(one))] for one in every)
    parts = rows_of_country(place, data).groupby(["dataset", "edition"], sort=True)
    titled = {data.edition_titles[f"{dataset}.{of}"]: part for (dataset, of), part in parts}
    earlier = {title: _years_and_minerals(part) for title, part in titled.items() if title not in others}
    latest = " in the latest year of a table" if where in earlier else ""
    told = [f"{where} has no row of {name}{latest}."]
    if others:
        told.append(f"Editions that have one: {', '.join(others)}.")
    told += [f"{title} has rows of earlier years: {words}." for title, words in earlier.items()]
    return " ".join(told if len(told) > 1 else [*told, "No other edition has one."])


def rows_of_country(place: str, data: Snapshot) -> pd.DataFrame:
    """The observations of a country in all editions and years, forecasts apart."""
    return without_forecasts(data.observations[data.observations["place"] == place])


def followed_of(place: str, data: Snapshot) -> Iterable[dict[str, str]]:
    """What page Over time is asked for the series of most rows of a country, the most first."""
    rows = rows_of_country(place, data)
    series = rows.groupby(["mineral", "measure", "dataset"])["year"].nunique()
    most = series[series > 1].sort_values(ascending=False, kind="stable").head(MOST_FOLLOWED)
    for mineral, measure, dataset in most.index:
        yield {"mineral": mineral, "measure": measure, "dataset": dataset, "places": place}


def _years_and_minerals(rows: pd.DataFrame) -> str:
    years = span_of(rows["year"])
    return f"{years} for {joined_names(in_sentence(mineral_name(name)) for name in rows['mineral'].unique())}"


def _notes(own: Sequence[CountryLine], drawn: Sequence[CountryLine]) -> tuple[str, ...]:
    left = len(own) - len(drawn)
    return (f"Not shown: {count(left, 'more table')}; “All” shows them.",) if left else ()
