"""One mineral: who holds it and who makes it, stage by stage, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.details import as_printed
from dashboard.analysis.evidence import OUTPUT
from dashboard.analysis.series import ByMineral, by_mineral
from dashboard.charts.cards import edition_card
from dashboard.charts.chart import Chart, Heat
from dashboard.charts.view import InShort, View, note
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics import concentration, dependence, explore, over_time, prices, revisions
from dashboard.topics.concentration import EDITION
from dashboard.topics.concentration_sides import Sides, sides_finding, sides_of, two_panels_note
from dashboard.topics.concentration_tables import concentration_tiles
from dashboard.topics.explore import edition_words, lists_words, mineral_words, offered_by
from dashboard.topics.later_figures import concerned
from dashboard.topics.marks import CELL_MARKS, NO_ROW_MARK, marks_in_order
from dashboard.topics.newest_figures import newest_edition
from dashboard.topics.parameters import NO_STATISTICS, READING, Asked, Parameter, Topic, first_mineral
from dashboard.topics.rows import row_cards_of, shown_table
from dashboard.topics.standing_lines import (
    Cell,
    CountryLine,
    heat_cells,
    lines_with_rows,
    rows_of_lines,
    standings_of,
)
from dashboard.words.alternatives import instead_words
from dashboard.words.shares import SHARE_IN_WORDS
from dashboard.words.sources import edition_source_words
from dashboard.words.tables import counted_words, estimates_words
from loaders.model import EditionId
from loaders.names import mineral_name, place_name
from loaders.text import capital, in_sentence
from loaders.vocabulary import Basis, Measure, Outcome

NAME = "mineral"

_FIRST_COUNTRIES = 5
"""So many countries of each table are drawn: those of the other tables stand beside them."""


def _has_rows(data: Snapshot, asked: Asked, edition: str) -> bool:
    known = offered_by(data)
    return any(edition in known.having(asked["mineral"], name) for name in known.measures(asked["mineral"]))


def _edition(data: Snapshot, asked: Asked, editions: Sequence[str]) -> str:
    """The edition that has the mineral with the newest figures."""
    having = [name for name in reversed(editions) if _has_rows(data, asked, name)]
    return newest_edition(data, having or editions[::-1], [asked["mineral"]])


PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "mineral", "Mineral", lambda data, _: offered_by(data).minerals, first_mineral, mineral_words, width=2
    ),
    replace(EDITION, default=_edition, words=edition_words, fits=_has_rows),
    READING,
)


def view(asked: Asked, data: Snapshot) -> View:
    """The countries that lead in any table of a mineral, with their part of each of them."""
    if data.observations.empty:
        return View(NAME, empty=NO_STATISTICS)
    mineral, edition = asked["mineral"], EditionId.parse(asked["edition"])
    tables = tables_of_mineral(mineral, edition, data)
    facts = tuple(_facts(mineral, edition, tables, data))
    if not any(tables.values()):
        told = (f"{capital(label)}: {text}" for label, text in facts)
        return View(NAME, empty=" ".join([_nothing(mineral, edition, data), *told]))
    of_both = sides_of(mineral, asked["edition"], data)
    found = _view(mineral, edition, tables, of_both, data)
    tiles = concentration_tiles(of_both.sides, of_both.years) if of_both.sides else ()
    return replace(found, facts=facts, tiles=tiles, why=_apart(tables, of_both, data, edition))


# Tables -----------------------------------------------------------------------------------------------

Tables = Mapping[str, Sequence[CountryLine]]
"""The lines of the main series of each measure, the first rank first."""


def tables_of_mineral(mineral: str, edition: EditionId, data: Snapshot) -> Tables:
    """For each measure the series with the most countries; of several on a par, the first basis."""
    rows, lines = (_of(table, mineral, edition) for table in _standings(data))
    found = {}
    for measure in offered_by(data).measures(mineral):
        of_measure = lines[lines["measure"] == measure]
        if of_measure.empty:
            continue
        counts = (
            of_measure.groupby(["basis", "unit"])["value"].count().sort_values(ascending=False, kind="stable")
        )
        basis, unit = counts.index[0]
        series = of_measure[(of_measure["basis"] == basis) & (of_measure["unit"] == unit)]
        found[measure] = lines_with_rows(series, rows[rows["measure"] == measure])
    return found


@kept_with_data()
def _standings(data: Snapshot) -> list[ByMineral]:
    """The rows and the lines of all standings."""
    return [by_mineral(table) for table in standings_of(data)]


def _of(standings: ByMineral, mineral: str, edition: EditionId) -> pd.DataFrame:
    table = standings.of(mineral)
    return table[(table["edition"] == edition.edition) & (table["dataset"] == edition.dataset)]


def _nothing(mineral: str, edition: EditionId, data: Snapshot) -> str:
    name, where = in_sentence(mineral_name(mineral)), data.edition_titles[str(edition)]
    instead = instead_words(mineral, data.compared_in(str(edition)))
    return f"{where} names no country in a table of {name}.{f' It has {instead}.' if instead else ''}"


# The chart --------------------------------------------------------------------------------------------


def _view(mineral: str, edition: EditionId, tables: Tables, of_both: Sides, data: Snapshot) -> View:
    item = data.installed(*edition)
    places = _leading(tables)
    columns = {measure: f"{_heading(measure)}|{lines[0].line['year']}" for measure, lines in tables.items()}
    placed = list(_cells(tables, places, columns))
    cells = heat_cells(placed)
    where = f"{item.dataset.short_title}, edition {item.edition.edition}"
    rows = [
        (in_sentence(Measure(measure).label), (row for one in lines for row in one.rows))
        for measure, lines in tables.items()
    ]
    told = (counted_words(edition.dataset, mineral, tables), estimates_words(rows), f"{where}.")
    chart = Chart(
        title=sides_finding(mineral, of_both.sides)
        if of_both.sides
        else _finding(mineral, tables, data, edition),
        subtitle=f"{mineral_name(mineral)}: share of the world total, or the amount where there is no total, "
        f"of the first {_FIRST_COUNTRIES} countries of each table in its latest year. "
        f"{' '.join(filter(None, told))}",
        source=f"Sources: {edition_source_words(item)}.",
        alt=f"A table of {in_sentence(mineral_name(mineral))}. {_alt(cells)}.",
        drawing=Heat(cells, tuple(columns.values())),
        table=_table(tables, places, data),
        name=f"mineral-{mineral}-{edition}",
    )
    first = as_printed(rows_of_lines(next(iter(tables.values()))[:1], data).head(1))
    counted = [
        (in_sentence(Measure(measure).label), _countries_ranked(sum(bool(one.rank) for one in lines)))
        for measure, lines in tables.items()
    ]
    cards = (edition_card(item.source, item.dataset.said_by, counted), *row_cards_of(first, data))
    marks = marks_in_order((mark for *_, cell in placed for mark in cell.marks), CELL_MARKS)
    return View(NAME, chart, cards=cards, marks=marks)


def _countries_ranked(number: int) -> str:
    return f"{number} {'country' if number == 1 else 'countries'} ranked"


def _heading(measure: str) -> str:
    label = in_sentence(Measure(measure).label)
    return label.replace(" production", "|production")


def _leading(tables: Tables) -> list[str]:
    """The first countries of each table, those of the first table first."""
    named = [str(one.line["place"]) for lines in tables.values() for one in lines[:_FIRST_COUNTRIES]]
    return list(dict.fromkeys(named))


def _cells(
    tables: Tables, places: Sequence[str], columns: Mapping[str, str]
) -> Iterator[tuple[str, str, Cell]]:
    by_place = {measure: {str(one.line["place"]): one for one in lines} for measure, lines in tables.items()}
    for place in places:
        for measure, column in columns.items():
            yield place_name(place), column, _cell(by_place[measure].get(place), measure)


def _cell(one: CountryLine | None, measure: str) -> Cell:
    label = Measure(measure).label
    if one is None:
        hover = f"{label}: the table has no row for this country"
        return Cell(NO_ROW_MARK.sign, None, "", hover, (NO_ROW_MARK,))
    return one.in_cell(f"{label}, {one.line['year']}")


def _alt(cells: pd.DataFrame) -> str:
    said = cells.assign(said=cells["column"].str.replace("|", " ", regex=False) + " " + cells["words"])
    return "; ".join(f"{row}: {', '.join(own)}" for row, own in said.groupby("row", sort=False)["said"])


def _table(tables: Tables, places: Sequence[str], data: Snapshot) -> pd.DataFrame:
    """The rows that are drawn, table by table, with rank and share."""
    drawn = [one for lines in tables.values() for one in lines if str(one.line["place"]) in places]
    table = shown_table([], as_printed(rows_of_lines(drawn, data)), data)
    per_row = [one for one in drawn for _ in range(len(one.rows))]
    return table.assign(
        rank=pd.array([one.line["rank"] for one in per_row], dtype="Float64").astype("Int64"),
        tied=[bool(one.line["tied"]) for one in per_row],
        ranked_countries=[int(one.line["of"]) for one in per_row],
        share=[one.line["share"] for one in per_row],
        **{SHARE_IN_WORDS: [one.share for one in per_row]},
    )


# Words ------------------------------------------------------------------------------------------------


def _finding(mineral: str, tables: Tables, data: Snapshot, edition: EditionId) -> str:
    """The title where neither reserves nor production by country are printed."""
    names = " and ".join(in_sentence(Measure(measure).label) for measure in tables)
    return (
        f"{data.edition_titles[str(edition)]} has {names} of {in_sentence(mineral_name(mineral))} by country"
    )


STAGES = {
    "reserves": (str(Measure.RESERVES),),
    "production": tuple(map(str, (Measure.MINE_PRODUCTION, Measure.PRODUCTION))),
    "smelting, refining or plants": tuple(
        measure
        for measure in OUTPUT
        if measure not in map(str, (Measure.MINE_PRODUCTION, Measure.PRODUCTION))
    ),
}
"""What a reader may look for, and the measures that would answer."""


def _facts(mineral: str, edition: EditionId, tables: Tables, data: Snapshot) -> Iterator[tuple[str, str]]:
    yield "official lists", f"{lists_words(mineral)}."
    rows = _of(_standings(data)[0], mineral, edition)
    printed = set(rows["measure"])
    missing = [
        "mine production" if stage == "production" else stage
        for stage, measures in STAGES.items()
        if printed.isdisjoint(measures)
    ]
    where = data.edition_titles[str(edition)]
    if missing:
        yield "no table", f"{where} has no table of it for {_or(missing)}."
    nameless = [measure for measure in printed if measure not in tables]
    if nameless and tables:
        names = _or(sorted(in_sentence(Measure(measure).label) for measure in nameless))
        yield "no country", f"{where} prints {names} without a country."
    claims = sum(claim.mineral == mineral for claim in data.seeds.claims)
    if not claims:
        yield "claims", "No document that is loaded states a figure of it."


def _or(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _apart(tables: Tables, of_both: Sides, data: Snapshot, edition: EditionId) -> Any:
    """What of this may not be compared, in the words of the gate and by the bases that are printed."""
    bases: dict[str, list[str]] = {}
    for measure, lines in tables.items():
        basis = Basis(str(lines[0].line["basis"])).label
        bases.setdefault(basis, []).append(in_sentence(Measure(measure).label))
    told = [f"{', '.join(names)}: {basis}" for basis, names in bases.items()]
    counted = [f"What the amounts are amounts of: {'; '.join(told)}."] if len(bases) > 1 else []
    two = two_panels_note(of_both.sides, data.installed(*edition).dataset.said_by)
    reasons = two.sentences if two else ()
    return note(f"What is {Outcome.NOT_COMPARABLE.label}", [*reasons, *counted])


# Parts of the page --------------------------------------------------------------------------------------


class PartOfPage(NamedTuple):
    """A part of the page: what it is about, the page that shows it whole, its topic, and what is asked.

    `finding` gives what the topic finds where that is to be had without its view.
    """

    about: str
    page: str
    topic: Topic
    wanted: dict[str, str]
    finding: Callable[[Asked, Snapshot], InShort] | None = None


def _ranked(asked: Asked, data: Snapshot) -> Iterator[PartOfPage]:
    """Each table of the edition, ranked."""
    known = offered_by(data)
    for measure in known.measures(asked["mineral"]):
        if asked["edition"] in known.having(asked["mineral"], measure):
            wanted = {"mineral": asked["mineral"], "measure": measure, "edition": asked["edition"]}
            yield PartOfPage(Measure(measure).label, explore.NAME, explore, wanted, explore.explore_finding)


def _concentrated(asked: Asked, data: Snapshot) -> Iterator[PartOfPage]:
    """How few hold it and make it."""
    if asked["mineral"] in concentration.PARAMETERS[0].offered(data, {}):
        wanted = {"mineral": asked["mineral"], "edition": asked["edition"]}
        finding = None if concerned(data, wanted) else concentration.concentration_finding
        yield PartOfPage("Concentration", concentration.NAME, concentration, wanted, finding)


def _revised(asked: Asked, data: Snapshot) -> Iterator[PartOfPage]:
    """The largest revision of what is printed first."""
    dataset = EditionId.parse(asked["edition"]).dataset
    wanted = {"dataset": dataset, "mineral": asked["mineral"]}
    yield PartOfPage("Revisions", revisions.NAME, revisions, wanted, revisions.revisions_finding)


def _relied_on(asked: Asked, data: Snapshot) -> Iterator[PartOfPage]:
    """How far one country relies on imports of it."""
    if asked["mineral"] in dependence.MINERAL.offered(data, {}):
        wanted = {"mineral": asked["mineral"]}
        finding = dependence.dependence_finding
        yield PartOfPage("Dependence on imports", dependence.NAME, dependence, wanted, finding)


def _over_time(asked: Asked, data: Snapshot) -> Iterator[PartOfPage]:
    """What became of it over the years."""
    mineral = over_time.PARAMETERS[0]
    if asked["mineral"] in mineral.offered(data, {}):
        wanted = {"mineral": asked["mineral"]}
        yield PartOfPage("Over time", over_time.NAME, over_time, wanted, over_time.over_time_finding)


def _priced(asked: Asked, data: Snapshot) -> Iterator[PartOfPage]:
    """What it costs."""
    mineral = prices.PARAMETERS[0]
    if asked["mineral"] in mineral.offered(data, {}):
        wanted = {"mineral": asked["mineral"]}
        yield PartOfPage("Prices", prices.NAME, prices, wanted, prices.prices_finding)


_PARTS: tuple[Callable[[Asked, Snapshot], Iterable[PartOfPage]], ...] = (
    _ranked,
    _concentrated,
    _over_time,
    _relied_on,
    _priced,
    _revised,
)
"""What stands below the chart, in order; each gives the parts that there are of a mineral."""


def finding_of(part: PartOfPage, asked: Asked, data: Snapshot, view: Callable[[Snapshot], View]) -> InShort:
    """What a part finds of what is asked of its topic; `view` makes its view."""
    if part.finding:
        return part.finding(asked, data)
    found = view(data)
    return InShort(_told_of(found), drawn=found.chart is not None)


def _told_of(found: View) -> str:
    """What a view finds; of concentration the index, since the page begins with the finding."""
    if found.chart is None:
        return found.empty
    if found.topic != concentration.NAME or not found.tables:
        return found.chart.title
    place = [column.label for column in found.tables[0].columns].index("HHI")
    return "; ".join(f"{row[0]}: concentration (HHI) {row[place]}" for row in found.tables[0].rows)


def parts_of(asked: Asked, data: Snapshot) -> list[PartOfPage]:
    """The parts of the page for a mineral and an edition."""
    return [part for find in _PARTS for part in find(asked, data)]
