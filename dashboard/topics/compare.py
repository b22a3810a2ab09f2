"""Up to six minerals, or six countries, beside each other on one question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from dashboard.analysis.details import as_printed
from dashboard.analysis.states import with_states
from dashboard.charts.chart import Chart, Heat, Panel, Stack
from dashboard.charts.view import Mark, View, note
from dashboard.snapshot import Snapshot
from dashboard.topics.concentration import EDITION
from dashboard.topics.explore import choosable_places, mineral_words, offered_by, place_words
from dashboard.topics.marks import CELL_MARKS, NO_ROW_MARK, marks_in_order
from dashboard.topics.mineral import STAGES, tables_of_mineral
from dashboard.topics.parameters import (
    NO_STATISTICS,
    PANEL_SCALES,
    READING,
    SHARED_SCALE,
    Asked,
    Control,
    Linked,
    Parameter,
    codes_of,
    named_choice,
)
from dashboard.topics.rows import row_cards_of, shown_table
from dashboard.topics.standing_lines import Cell, CountryLine, heat_cells, rows_of_lines, standings_at
from dashboard.words.ranking import basis_words, measure_of_mineral
from dashboard.words.shares import SHARE_IN_WORDS, bounded_share
from dashboard.words.sources import edition_source_words, with_years
from loaders.model import EditionId
from loaders.names import mineral_name, place_name
from loaders.text import count, in_sentence
from loaders.units import best_scale
from loaders.vocabulary import Basis, Kind, Measure

NAME = "compare"

_MOST = 6
"""So many are compared at most."""
_FIRST_COUNTRIES = 5
"""Countries in the panel of a mineral."""
FIRST_TABLES = 15
"""Tables that stand beside countries, the largest shares first."""

OF_MINERALS, COUNTRIES = "minerals", "countries"
OF = {OF_MINERALS: "Minerals", COUNTRIES: "Countries"}
QUESTIONS = dict(zip(("holds", "makes", "refines"), STAGES, strict=True))
"""What is asked, and the stage that answers it."""
QUESTION_WORDS = {"holds": "Who holds", "makes": "Who makes", "refines": "Who smelts and refines"}

USUAL_MINERALS = ("rare-earths", "cobalt", "lithium", "graphite", "copper", "nickel")
USUAL_COUNTRIES = ("CHN", "USA", "RUS", "AUS")
"""What is compared until a reader chooses."""


def _scales(data: Snapshot, asked: Asked) -> Sequence[str]:
    """Only minerals have panels."""
    return PANEL_SCALES.options(data, asked) if asked["of"] == OF_MINERALS else [SHARED_SCALE]


def _first_question(data: Snapshot, asked: Asked, questions: Sequence[str]) -> str:
    """The first question that the edition has a table for."""
    printed = offered_by(data).series.values()
    for question in questions:
        measures = STAGES[QUESTIONS[question]]
        if any(asked["edition"] in own.get(measure, {}) for own in printed for measure in measures):
            return question
    return questions[0]


def _usual_minerals(_data: Snapshot, asked: Asked, minerals: Sequence[str]) -> str:
    usual = [code for code in USUAL_MINERALS if code in minerals] or minerals[:_MOST]
    return ",".join(usual) if asked["of"] == OF_MINERALS else ""


def _usual_countries(_data: Snapshot, asked: Asked, _places: Sequence[str]) -> str:
    return ",".join(USUAL_COUNTRIES) if asked["of"] == COUNTRIES else ""


PARAMETERS: tuple[Parameter, ...] = (
    named_choice("of", "Compare", OF, control=Control.SEGMENTED),
    EDITION,
    Parameter(
        "question", "Question", lambda *_: list(QUESTIONS), _first_question,
        words=lambda code, _: QUESTION_WORDS.get(code, code), linked=Linked.UNLESS_DEFAULT, follows=True,
    ),
    Parameter(
        "minerals", f"Minerals, up to {_MOST}", lambda data, _: offered_by(data).minerals, _usual_minerals,
        words=mineral_words, control=Control.MULTISELECT, linked=Linked.UNLESS_DEFAULT, many=True, row=2,
        unknown="There is no mineral {} to choose here.", placeholder="Choose minerals",
    ),
    Parameter(
        "places", f"Countries, up to {_MOST}", lambda _data, _asked: choosable_places(), _usual_countries,
        words=place_words, control=Control.MULTISELECT, linked=Linked.UNLESS_DEFAULT, many=True, row=2,
        unknown="No country has the code {}.", placeholder="Choose countries",
    ),
    replace(PANEL_SCALES, options=_scales),
    READING,
)  # fmt: skip


def view(asked: Asked, data: Snapshot) -> View:
    """A panel for each mineral, or a column for each country."""
    if data.observations.empty:
        return View(NAME, empty=NO_STATISTICS)
    edition = EditionId.parse(asked["edition"])
    make = _minerals if asked["of"] == OF_MINERALS else _countries
    return make(asked, edition, data)


def _chosen(codes: str) -> tuple[list[str], list[str]]:
    """What is compared, and what is to be said of it."""
    chosen = list(codes_of(codes))
    left = len(chosen) - _MOST
    return chosen[:_MOST], [f"Compared are the first {_MOST}; chosen besides: {left}."] if left > 0 else []


# Minerals ---------------------------------------------------------------------------------------------


def _minerals(asked: Asked, edition: EditionId, data: Snapshot) -> View:
    chosen, notes = _chosen(asked["minerals"] or _usual_minerals(data, asked, offered_by(data).minerals))
    stage = QUESTIONS[asked["question"]]
    found = {mineral: _series(mineral, stage, edition, data) for mineral in chosen}
    drawn = {mineral: lines for mineral, lines in found.items() if lines}
    without = [_named(mineral) for mineral in chosen if mineral not in drawn]
    where = data.edition_titles[str(edition)]
    if without:
        notes.append(f"{where} has no table by country for {stage} of {', '.join(without)}.")
    if not drawn:
        return View(NAME, empty=" ".join(notes))
    item = data.installed(*edition)
    rows = [one for lines in drawn.values() for one in lines]
    chart = Chart(
        title=_leaders(drawn, without, stage),
        subtitle=f"The first {_FIRST_COUNTRIES} countries for {stage} of each mineral in its latest year, as "
        f"a share of the world total where there is one; panels of one unit share a scale. "
        f"{item.dataset.short_title}, edition {item.edition.edition}.",
        source=f"Sources: {edition_source_words(item)}.",
        alt=f"Bars, a panel for each mineral. {_spoken(drawn)}.",
        drawing=Stack(tuple(_panel(mineral, lines, data) for mineral, lines in drawn.items()), beside=True),
        table=_table(rows, data),
        name=f"compare-{asked['question']}-{'-'.join(drawn)}"[:80],
    )
    cards = row_cards_of(as_printed(rows_of_lines(rows[:1], data).head(1)), data)
    reasons = ("Each mineral is counted in its own total: shares of two minerals are never added.",)
    why = note("Why a panel each", reasons)
    return View(NAME, chart, cards=tuple(cards), why=why, marks=_marks(drawn.values()), notes=tuple(notes))


def _marks(panels: Iterable[Sequence[CountryLine]]) -> tuple[Mark, ...]:
    """The signs in the words of panels."""
    found: list[Mark] = []
    for lines in panels:
        by_share = _by_share(lines)
        found += [mark for one in lines for mark in (one.share_marks if by_share else one.amount_marks)]
    return marks_in_order(found, CELL_MARKS)


def _by_share(lines: Sequence[CountryLine]) -> bool:
    """Whether a panel shows shares: each of its lines has one."""
    return all(one.share for one in lines)


def _series(mineral: str, stage: str, edition: EditionId, data: Snapshot) -> list[CountryLine]:
    """The first countries of the first table of a stage that has a number."""
    tables = tables_of_mineral(mineral, edition, data)
    for measure in STAGES[stage]:
        if lines := [one for one in tables.get(measure, ()) if pd.notna(one.line["rank"])]:
            return lines[:_FIRST_COUNTRIES]
    return []


def _panel(mineral: str, lines: Sequence[CountryLine], data: Snapshot) -> Panel:
    first = lines[0].line
    shares = _by_share(lines)
    first_rows = [one._replace(stands_at=one.stands_at[:1]) for one in lines]
    rows = with_states(rows_of_lines(first_rows, data)).reset_index(drop=True)
    unit = "1" if shares else str(first["unit"])
    numbers = [one.line["share" if shares else "value"] for one in lines]
    nothing = [float("nan")] * len(lines)
    rows = rows.assign(
        label=[place_name(str(one.line["place"])) for one in lines],
        value=numbers, lower=nothing, upper=nothing,
        words=[one.share_in_cell if shares else one.amount for one in lines],
        hover=[f"{one.amount}, {one.ranked}" for one in lines],
        emphasis=[number == 0 for number in range(len(lines))],
        unit=unit, figure_kind=str(Kind.SHARE if shares else Kind.QUANTITY),
        basis=first["basis"], measure=first["measure"],
    ).astype({"value": float})  # fmt: skip
    top = sum(numbers[:3])
    measure, basis = Measure(str(first["measure"])).label, Basis(str(first["basis"])).label
    scale = "%" if shares else best_scale(float(max(numbers)), unit)
    what = f"{measure}, {first['year']}, basis: {basis}"
    bound = any(one.line["share_is_upper_bound"] for one in lines[:3])
    told = shares and len(lines) > 2 and top <= 1
    three = f"; first three together {bounded_share(top, bound, lines[0].share_digits)}" if told else ""
    return Panel(mineral_name(mineral), f"{what}{three}", "statistic", rows, unit, scale)


def _leaders(drawn: dict[str, list[CountryLine]], without: Sequence[str], stage: str) -> str:
    """Who is first in most of the minerals; where each has another country, who; and which have no table."""
    first = {mineral: str(lines[0].line["place"]) for mineral, lines in drawn.items()}
    years = [int(lines[0].line["year"]) for lines in drawn.values()]
    missing = f"; no table of {', '.join(without)}" if without else ""
    place, number = Counter(first.values()).most_common(1)[0]
    if len(drawn) > 1 and number == 1:
        led = [f"{place_name(leader)} in {_named(mineral)}" for mineral, leader in first.items()]
        return with_years(f"First in {stage}: {'; '.join(led)}{missing}", years)
    own = [_named(mineral) for mineral, leader in first.items() if leader == place]
    of = f"{number} of {count(len(drawn) + len(without), 'mineral')}"
    return with_years(f"{place_name(place)} is first in {stage} of {of}: {', '.join(own)}{missing}", years)


def _named(mineral: str) -> str:
    return in_sentence(mineral_name(mineral))


def _spoken(drawn: dict[str, list[CountryLine]]) -> str:
    return "; ".join(
        f"{mineral_name(mineral)}: "
        + ", ".join(f"{place_name(str(one.line['place']))} {one.share or one.amount}" for one in lines)
        for mineral, lines in drawn.items()
    )


# Countries --------------------------------------------------------------------------------------------


def _countries(asked: Asked, edition: EditionId, data: Snapshot) -> View:
    chosen, notes = _chosen(asked["places"] or _usual_countries(data, asked, choosable_places()))
    stage = QUESTIONS[asked["question"]]
    found = {place: _tables_at(place, stage, edition, data) for place in chosen}
    where = data.edition_titles[str(edition)]
    without = [place_name(place) for place, own in found.items() if not own]
    if without:
        notes.append(f"{where} has no row for {stage} of {', '.join(without)} in the latest year of a table.")
    keys = _largest([own for own in found.values() if own])
    if not keys:
        return View(NAME, empty=" ".join(notes))
    more = len({key for own in found.values() for key in own}) - len(keys)
    if more:
        notes.append(f"Not shown: {count(more, 'table')} in which their shares are smaller.")
    placed = list(_cells(found, keys))
    cells = heat_cells(placed)
    item = data.installed(*edition)
    rows = [own[key] for key in keys for own in found.values() if key in own]
    chart = Chart(
        title=_ahead(found, keys),
        subtitle=f"Share of the world total for {stage}, or the amount where there is no share, in the "
        f"latest year of each table. {item.dataset.short_title}, edition {item.edition.edition}.",
        source=f"Sources: {edition_source_words(item)}.",
        alt="A table of countries. "
        + "; ".join(
            f"{row}: {', '.join(own['column'] + ' ' + own['words'])}"
            for row, own in cells.groupby("row", sort=False)
        )
        + ".",
        drawing=Heat(cells, tuple(place_name(place) for place in chosen)),
        table=_table(rows, data),
        name=f"compare-{asked['question']}-{'-'.join(chosen).lower()}",
    )
    marks = marks_in_order((mark for *_, cell in placed for mark in cell.marks), CELL_MARKS)
    cards = row_cards_of(as_printed(rows_of_lines(rows[:1], data).head(1)), data)
    return View(NAME, chart, cards=tuple(cards), marks=marks, notes=tuple(notes))


_Key = tuple[str, str, str]


def _tables_at(place: str, stage: str, edition: EditionId, data: Snapshot) -> dict[_Key, CountryLine]:
    return {
        (str(one.line["mineral"]), str(one.line["measure"]), str(one.line["basis"])): one
        for one in standings_at(place, data)
        if EditionId(str(one.line["dataset"]), str(one.line["edition"])) == edition
        and str(one.line["measure"]) in STAGES[stage]
    }


def _largest(found: Sequence[dict[_Key, CountryLine]]) -> list[_Key]:
    """The tables in which one of the countries has most."""
    most: dict[_Key, float] = {}
    for own in found:
        for key, one in own.items():
            share = one.line["share"]
            most[key] = max(most.get(key, -1.0), -1.0 if pd.isna(share) else float(share))
    return sorted(most, key=lambda key: (-most[key], mineral_name(key[0]), key))[:FIRST_TABLES]


def _label(key: _Key, keys: Sequence[_Key]) -> str:
    mineral, measure, basis = key
    told = [mineral_name(mineral)]
    several = sum(other[0] == mineral for other in keys) > 1
    if several or measure not in (Measure.RESERVES, Measure.MINE_PRODUCTION):
        told.append(in_sentence(Measure(measure).label))
    if several:
        told.append(basis_words(basis))
    return ", ".join(told)


def _cells(
    found: dict[str, dict[_Key, CountryLine]], keys: Sequence[_Key]
) -> Iterator[tuple[str, str, Cell]]:
    for key in keys:
        for place, own in found.items():
            name = place_name(place)
            if one := own.get(key):
                cell = one.in_cell(f"{name}, {measure_of_mineral(key[1], key[0])}")
            else:
                cell = Cell(NO_ROW_MARK.sign, None, "", f"{name}: no row", (NO_ROW_MARK,))
            yield _label(key, keys), name, cell


def _ahead(found: dict[str, dict[_Key, CountryLine]], keys: Sequence[_Key]) -> str:
    """Who has the largest number of these countries in most tables."""
    ahead: Counter[str] = Counter()
    for key in keys:
        known = {place: own[key].line["value"] for place, own in found.items() if key in own}
        numbers = {place: float(value) for place, value in known.items() if pd.notna(value) and value > 0}
        if numbers:
            ahead.update(place for place, value in numbers.items() if value == max(numbers.values()))
    if not ahead:
        return f"None of these countries has a number in {count(len(keys), 'table')}"
    place, number = ahead.most_common(1)[0]
    of = count(len(keys), "table")
    return f"Of these countries {place_name(place)} has the largest number in {number} of {of}"


def _table(lines: Sequence[CountryLine], data: Snapshot) -> pd.DataFrame:
    """The rows that are drawn, with rank and share."""
    table = shown_table([], as_printed(rows_of_lines(lines, data)), data)
    per_row = [one for one in lines for _ in range(len(one.rows))]
    return table.assign(
        rank=pd.array([one.line["rank"] for one in per_row], dtype="Float64").astype("Int64"),
        share=[one.line["share"] for one in per_row],
        **{SHARE_IN_WORDS: [one.share for one in per_row]},
    )
