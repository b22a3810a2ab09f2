"""From the mine to the refinery to what is held: the same countries at each stage of one mineral."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.first_places import Lead
from dashboard.analysis.forecasts import without_forecasts
from dashboard.analysis.ranked_series import RankedSeries
from dashboard.analysis.series import as_records
from dashboard.analysis.states import marks_aloud, printed_words, with_states
from dashboard.charts.cards import edition_card
from dashboard.charts.chart import Chart, Panel, Stack
from dashboard.charts.view import Mark, View, note
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.accounts import ACCOUNT, editions_of_account, sources_of_edition
from dashboard.topics.concentration import EDITION
from dashboard.topics.explore import mineral_words, offered_by
from dashboard.topics.marks import AT_MOST_MARK, NO_ROW_DRAWN, NO_ROW_MARK, state_marks
from dashboard.topics.parameters import NO_STATISTICS, READING, Asked, Parameter, first_mineral
from dashboard.topics.ranked_rows import printed_table, rows_of_edition
from dashboard.topics.rows import row_cards_of, shown_table
from dashboard.words.alternatives import instead_words
from dashboard.words.dependence import joined_names
from dashboard.words.ranking import amounts, measure_of_mineral, share_words, world_words
from dashboard.words.sources import source_line, with_years
from loaders.model import EditionId
from loaders.names import mineral_name, place_name
from loaders.text import in_sentence
from loaders.units import display
from loaders.vocabulary import MarkState, Measure, Total

NAME = "stages"

LEADERS = 4
"""How many first countries of each stage are shown at all of them."""


class StageOf(NamedTuple):
    """A stage: what is asked of it, how a sentence says that a country does it, and its measures."""

    asks: str
    verb: str
    missing: str
    measures: tuple[Measure, ...]


_STAGES = (
    StageOf("Who mines", "mines", "mine production", (Measure.MINE_PRODUCTION,)),
    StageOf(
        "Who smelts or refines",
        "smelts or refines",
        "smelter or refinery production",
        (Measure.SMELTER_PRODUCTION, Measure.REFINERY_PRODUCTION),
    ),
    StageOf(
        "Who makes",
        "makes",
        "",
        (
            Measure.PRIMARY_PRODUCTION, Measure.SECONDARY_PRODUCTION, Measure.PLANT_PRODUCTION,
            Measure.SYNTHETIC_PRODUCTION, Measure.PRODUCTION,
        ),
    ),
    StageOf("Who holds", "holds", "reserves", (Measure.RESERVES,)),
)  # fmt: skip
"""The stages from the ground on; what is held stands last. One without `missing` is not missed."""


class DrawnStage(NamedTuple):
    """A table of one stage."""

    stage: StageOf
    measure: Measure
    year: int
    series: RankedSeries

    def at(self, places: Sequence[str]) -> pd.DataFrame:
        """Its rows of some places."""
        return self.series.rows[self.series.rows["place"].isin(places)]


@kept_with_data()
def minerals_of_stages(data: Snapshot) -> tuple[str, ...]:
    """The minerals with a table of some stage in some edition, by name."""
    wanted = [str(measure) for stage in _STAGES for measure in stage.measures]
    series = offered_by(data).series
    found = [mineral for mineral, having in series.items() if not having.keys().isdisjoint(wanted)]
    return tuple(sorted(found, key=mineral_name))


PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "mineral",
        "Mineral",
        lambda data, _: minerals_of_stages(data),
        first_mineral,
        mineral_words,
        width=2,
    ),
    EDITION,
    ACCOUNT,
    READING,
)


def view(asked: Asked, data: Snapshot) -> View:
    """The same countries in the same order at each stage that an edition has a table of."""
    if data.observations.empty:
        return View(NAME, empty=NO_STATISTICS)
    drawn = list(_tables(asked["mineral"], asked["edition"], data))
    if not any(len(table.series.ranked) or len(table.series.unranked) for table in drawn):
        return View(NAME, empty=_nothing(asked, data))
    sources = _sources(asked, data)
    return _view(asked, drawn, list(dict.fromkeys([*_places(drawn), *sources])), sources, data)


def _sources(asked: Asked, data: Snapshot) -> list[str]:
    """The countries that imports of the account come from, by its newest edition that says it; and itself."""
    account = asked["account"]
    for edition in editions_of_account(data, account):
        found = sources_of_edition(data, account, edition)
        own = found.loc[(found["mineral"] == asked["mineral"]) & found["rank"].notna(), "partner"]
        if len(found):
            return [*dict.fromkeys(code for name in own for code in str(name).split("+")), account]
    return [account] if account else []


def _tables(mineral: str, edition: str, data: Snapshot) -> Iterator[DrawnStage]:
    """The tables of each stage, of the latest year that is no forecast; one a basis."""
    rows = without_forecasts(rows_of_edition(data, mineral, edition))
    for stage in _STAGES:
        for measure in stage.measures:
            years = rows.loc[rows["measure"] == str(measure), "year"]
            if years.empty:
                continue
            year = int(years.max())
            for series in printed_table(data, mineral, str(measure), edition, year).series:
                if len(series.rows) and not series.says_nothing:
                    yield DrawnStage(stage, measure, year, series)


def _nothing(asked: Asked, data: Snapshot) -> str:
    mineral, edition = asked["mineral"], asked["edition"]
    item = data.installed(*EditionId.parse(edition))
    name = in_sentence(mineral_name(mineral))
    told = (
        f"{item.dataset.said_by} {item.edition.edition} names no country that mines, refines or holds {name}."
    )
    there = instead_words(mineral, data.compared_in(edition))
    return " ".join(filter(None, (told, f"It has {there}." if there else "", _elsewhere(asked, data))))


def _elsewhere(asked: Asked, data: Snapshot) -> str:
    """What another edition says of the stages, where one that is in use names any country."""
    for name in EDITION.options(data, asked):
        drawn = list(_tables(asked["mineral"], name, data)) if name in data.in_use else []
        if any(len(table.series.ranked) for table in drawn):
            item = data.installed(*EditionId.parse(name))
            first = with_years(next(_clauses(drawn)), [table.year for table in drawn])
            return f"{item.dataset.said_by} {item.edition.edition}: {first}."
    return ""


def _places(drawn: Sequence[DrawnStage]) -> list[str]:
    """The first countries of each stage, in the order in which the stages bring them."""
    leading = [code for table in drawn for code in table.series.ranked["place"].head(LEADERS)]
    without = [code for table in drawn for code in table.series.unranked["place"].head(LEADERS)]
    return list(dict.fromkeys(leading or without))


# The panels -------------------------------------------------------------------------------------------


def _panel(table: DrawnStage, places: Sequence[str], sources: Sequence[str], *, several: bool) -> Panel:
    series, scale = table.series, table.series.scale()
    shown = with_states(table.at(places), scale)
    lines = as_records(shown)
    rows = pd.DataFrame([_mark(code, lines, series, scale) for code in places]).assign(
        **{name: series.any_row[name] for name in ("mineral", "measure", "basis", "unit", "class", "scheme")},
        emphasis=[code in sources for code in places],
    )
    rows = rows.astype(dict.fromkeys(("value", "lower", "upper"), float))
    of = f", {amounts(series)}" if several else ""
    title = f"{table.stage.asks}: {in_sentence(table.measure.label)}, {table.year}{of}"
    return Panel(title, world_words(series, scale), "statistic", rows, series.unit, scale)


def _mark(
    code: str, lines: Sequence[dict[Any, Any]], series: RankedSeries, scale: str | None
) -> dict[str, Any]:
    own = [line for line in lines if line["place"] == code]
    told = {"label": place_name(code), "place": code, "tone": "strong"}
    if not own:
        return told | NO_ROW_DRAWN
    line = own[0]
    share = line["place_share"]
    of_world = f" · {share_words(share, series, line)}" if pd.notna(share) else ""
    if len(own) == 1:
        names = ("value", "lower", "upper", "id", "state", "sign")
        words = f"{line['words']}{of_world}"
        return told | {name: line[name] for name in names} | {"words": words, "hover": _hover(line)}
    if pd.isna(line["place_value"]):
        words = f"{len(own)} rows that are not added up"
        return told | NO_ROW_DRAWN | {"id": line["id"], "words": words, "hover": words}
    amount = display(line["place_value"], series.unit, scale)
    words = f"{amount}{of_world}"
    return told | NO_ROW_DRAWN | {
        "value": line["place_value"], "id": line["id"], "state": str(MarkState.VALUE), "words": words,
        "hover": f"{place_name(code)}: {len(own)} rows together",
    }  # fmt: skip


def _hover(line: dict[Any, Any]) -> str:
    return f"{line['name']}: printed {printed_words(line)}\n{MarkState(line['state']).definition}"


# The view ---------------------------------------------------------------------------------------------


def _view(
    asked: Asked, drawn: Sequence[DrawnStage], places: Sequence[str], sources: Sequence[str], data: Snapshot
) -> View:
    item = data.installed(*EditionId.parse(asked["edition"]))
    bases = {table.measure: 0 for table in drawn}
    for table in drawn:
        bases[table.measure] += 1
    panels = tuple(_panel(table, places, sources, several=bases[table.measure] > 1) for table in drawn)
    rows = pd.concat([table.at(places) for table in drawn])
    name = mineral_name(asked["mineral"])
    units = "; ".join(
        f"{in_sentence(table.measure.label)} {table.year} in {amounts(table.series)}" for table in drawn
    )
    chart = Chart(
        title=with_years(f"{name}: {'; '.join(_clauses(drawn))}", [table.year for table in drawn]),
        subtitle=f"{name}, stage by stage, the same countries in the same order, each stage on its own axis: "
        f"{units}. {item.dataset.short_title}, edition {item.edition.edition}.",
        source=source_line([], rows, data),
        alt="Bars in panels, one a stage. " + " ".join(map(_alt, panels)),
        drawing=Stack(panels),
        table=_table(rows, data),
        name=f"stages-{asked['mineral']}-{asked['edition']}",
    )
    first = pd.concat([table.series.rows.head(1) for table in drawn])
    facts = [(f"{in_sentence(table.measure.label)}, {table.year}", _ranked(table)) for table in drawn]
    return View(
        NAME,
        chart,
        cards=(edition_card(item.source, item.dataset.said_by, facts), *row_cards_of(first, data)),
        why=note("Why several panels", _why(drawn)),
        marks=(*_marks(drawn, places, panels), *_bold(asked["account"], sources)),
        notes=tuple(_notes(asked, drawn)),
    )


def _ranked(table: DrawnStage) -> str:
    number = len(table.series.ranked)
    return f"{number} {'country' if number == 1 else 'countries'} ranked"


def _clauses(drawn: Sequence[DrawnStage]) -> Iterator[str]:
    """Who is first at each stage, and which have several tables; then which have none."""
    for stage in _STAGES:
        tables = [table for table in drawn if table.stage is stage]
        if len(tables) > 1:
            what = joined_names(dict.fromkeys(in_sentence(table.measure.label) for table in tables))
            yield f"{what} in {len(tables)} tables that count different things"
        elif tables:
            yield _clause(tables[0])
    drawn_stages = [table.stage for table in drawn]
    missing = [stage.missing for stage in _STAGES if stage.missing and stage not in drawn_stages]
    if missing:
        yield f"no table of {', of '.join(missing)}"


def _clause(table: DrawnStage) -> str:
    series, what = table.series, in_sentence(table.measure.label)
    ranked = series.ranked
    first = ranked[ranked["rank"] == 1]
    if first.empty or not first["place_value"].iloc[0]:
        return f"no country has a number above zero for {what}"
    names, value = joined_names(first["name"]), float(first["place_value"].iloc[0])
    amount = display(value, series.unit, series.scale())
    if len(first) > 1:
        return f"{names} have the same largest number for {what}, {amount}"
    share = first["place_share"].iloc[0]
    sure = series.lead is Lead.FIRST and series.perhaps_above(value).empty
    if pd.isna(share) or not sure:
        return f"{names} has the largest single number for {what}, {amount}"
    of = f" of the printed {what}" if series.total == Total.SUM else ""
    return f"{names} {table.stage.verb} {share_words(share, series, first.iloc[0])}{of}"


def _why(drawn: Sequence[DrawnStage]) -> list[str]:
    if len(drawn) < 2:
        return []
    return ["What is mined, refined and held are different things, each counted in its own unit; a share is "
            "of the world total of its own stage."]  # fmt: skip


def _alt(panel: Panel) -> str:
    return f"{panel.title}: {marks_aloud(panel.rows)}."


def _marks(drawn: Sequence[DrawnStage], places: Sequence[str], panels: Sequence[Panel]) -> Iterator[Mark]:
    yield from state_marks({state for panel in panels for state in panel.rows["state"]})
    if any(table.series.at_most and (table.at(places)["place_share"] > 0).any() for table in drawn):
        yield AT_MOST_MARK
    if any(table.at(places)["place"].nunique() < len(places) for table in drawn):
        yield NO_ROW_MARK


def _bold(account: str, sources: Sequence[str]) -> Iterator[Mark]:
    if sources:
        told = f"{place_name(account)} and the countries that its imports come from by its own account."
        yield Mark("bold", told)


def _notes(asked: Asked, drawn: Sequence[DrawnStage]) -> Iterator[str]:
    """Which countries are shown; what does not say at which stage it stands."""
    yield (
        f"Shown are the first {LEADERS} countries of each stage, at all stages; the page “Who holds and "
        "makes” has all."
    )
    for table in drawn:
        if not table.stage.missing:
            what = measure_of_mineral(str(table.measure), asked["mineral"])
            yield f"The table of {what} does not say at which of the other stages it stands."


def _table(rows: pd.DataFrame, data: Snapshot) -> pd.DataFrame:
    labels = rows.assign(label=[place_name(code) for code in rows["place"]])
    return shown_table([], labels, data).assign(
        rank=rows["rank"].astype("Int64").to_numpy(),
        share=rows["share"].to_numpy(),
        file=rows["file"].to_numpy(),
        row=rows["row"].to_numpy(),
    )
