"""Prices: every price that is printed of a mineral, over the years and against a year, never averaged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from dashboard.analysis.scope import members
from dashboard.analysis.states import row_id, unit_words
from dashboard.analysis.trend import Row
from dashboard.charts.chart import Chart
from dashboard.charts.lines import LinePanel, LinePanels
from dashboard.charts.view import Column, InShort, Table, View
from dashboard.snapshot import Snapshot
from dashboard.topics.explore import mineral_words
from dashboard.topics.members import no_country_words
from dashboard.topics.newest_figures import bundled_datasets
from dashboard.topics.parameters import NO_STATISTICS, READING, Asked, Linked, Parameter, first_mineral
from dashboard.topics.rows import row_cards_of
from dashboard.topics.time_details import DETAIL, NOT_TOLD, of_detail
from dashboard.topics.time_lines import (
    PanelWords,
    TimeLine,
    groups_of,
    panel_of,
    printed_lines,
    scale_of,
    time_lines_of,
)
from dashboard.topics.time_offer import (
    AXES,
    LINEAR,
    LOG,
    dataset_words,
    first_measure,
    followed,
    offered_years,
    own_accounts,
)
from dashboard.topics.time_telling import counted_as, edition_notes, line_marks, shown_lines
from dashboard.words.dependence import joined_names
from dashboard.words.ranking import NO_ORDER
from dashboard.words.sources import source_line
from dashboard.words.trends import (
    against_words,
    dated,
    last_price,
    others_words,
    price_finding,
    revised_words,
    shown_number,
    spoken_years,
)
from loaders.names import mineral_name, place_name
from loaders.text import count, in_sentence
from loaders.units import scale_label
from loaders.vocabulary import WORLD, Basis, Measure

NAME = "prices"

_SCALE_WORDS = {LINEAR: "Equal steps", LOG: AXES[LOG]}

ALONE, WITH_OUTPUT = "alone", "output"
_BESIDE = {ALONE: "Prices alone", WITH_OUTPUT: "Above output"}
"""What the prices stand above."""

# What can be asked --------------------------------------------------------------------------------------


def _minerals(data: Snapshot, _asked: Asked) -> list[str]:
    """Every mineral, also those that no price is printed of."""
    return sorted(offered_years(data), key=mineral_name)


def _datasets(data: Snapshot, asked: Asked) -> list[str]:
    """The datasets with prices, that of the newest first."""
    known = offered_years(data).get(asked["mineral"], {}).get(Measure.PRICE, {})
    return sorted(known, key=lambda name: (-known[name][-1], name not in bundled_datasets(data), name))


def _against(data: Snapshot, asked: Asked) -> list[str]:
    """The years of the prices, the first one first."""
    known = offered_years(data).get(asked["mineral"], {}).get(Measure.PRICE, {})
    return [str(year) for year in known.get(asked["dataset"], ())]


def _first_against(data: Snapshot, asked: Asked, years: Sequence[str]) -> str:
    """The first of the years in which most prices have a single number."""
    if not years:
        return ""
    rows = printed_lines(data, asked["mineral"], Measure.PRICE, asked["dataset"], as_worded=True)
    counts = rows[rows["value"].notna()]["year"].value_counts()
    return max(years, key=lambda year: (int(counts.get(int(year), 0)), -int(year)))


def _beside(data: Snapshot, asked: Asked) -> list[str]:
    return list(_BESIDE) if _output_of(asked["mineral"], data) else [ALONE]


def _readings(data: Snapshot, asked: Asked) -> Sequence[str]:
    """How figures can be read, where a later one is a price or of the output that is drawn."""
    output = _output_of(asked["mineral"], data) if asked["beside"] == WITH_OUTPUT else None
    drawn = [str(Measure.PRICE), *(output[:1] if output else ())]
    return READING.options(data, {**asked, "measure": ",".join(drawn)})


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("mineral", "Mineral", _minerals, first_mineral, mineral_words, width=2),
    Parameter(
        "dataset", "Dataset", _datasets, words=dataset_words, quiet=True, width=1.5,
        linked=Linked.IF_SEVERAL,
    ),
    Parameter(
        "against", "Change against", _against, _first_against, linked=Linked.UNLESS_DEFAULT, quiet=True,
    ),
    Parameter(
        "beside", "Show", _beside, words=lambda beside, _: _BESIDE.get(beside, beside),
        linked=Linked.UNLESS_DEFAULT, quiet=True, width=1.4,
    ),
    Parameter(
        "axis", "Scale", lambda *_: [LINEAR, LOG], words=lambda scale, _: _SCALE_WORDS.get(scale, scale),
        linked=Linked.UNLESS_DEFAULT, width=1.2,
    ),
    replace(DETAIL, label="Price", row=2, width=3),
    replace(READING, options=_readings),
)  # fmt: skip


# The view -----------------------------------------------------------------------------------------------


def view(asked: Asked, data: Snapshot) -> View:
    """The prices of a mineral."""
    if empty := _nothing_words(asked, data):
        return View(NAME, empty=empty)
    mineral, dataset, year = asked["mineral"], asked["dataset"], int(asked["against"])
    rows, lines = _rows(asked, data), _lines(asked, data)
    dated_years = [int(year) for year in rows["year"]]
    output = _output(mineral, dated_years, data) if asked["beside"] == WITH_OUTPUT else None
    panels = (*_price_panels(lines), *([output[0]] if output else []))
    every = [*lines, *(output[1] if output else [])]
    years = [int(row["year"]) for line in every for row in line.records]
    name = _name_of(mineral)
    chart = Chart(
        title=price_finding(name, [line.told() for line in lines], year),
        subtitle=_subtitle(name, panels, lines, output, asked["axis"] == LOG, dataset, data),
        source=source_line([], _frame(every), data),
        alt=_alt(name, lines, year),
        drawing=LinePanels(panels, min(years), max(years), log=asked["axis"] == LOG),
        table=shown_lines(every, 0, data),
        name=f"{mineral}-prices",
    )
    apart = no_country_words(mineral, data)
    notes = (*apart, *_several_units(panels), NO_ORDER, *edition_notes(rows, dataset, data))
    cards = {row_id(line.records[-1]): line.records[-1] for line in lines[:4]}
    return View(
        NAME,
        chart,
        cards=tuple(row_cards_of(pd.DataFrame(list(cards.values())), data)),
        marks=line_marks(every, events=False),
        notes=notes,
        tables=(_table(lines, year),),
    )


def prices_finding(asked: Asked, data: Snapshot) -> InShort:
    """What the view finds."""
    if empty := _nothing_words(asked, data):
        return InShort(empty, drawn=False)
    told = [line.told() for line in _lines(asked, data)]
    return InShort(price_finding(_name_of(asked["mineral"]), told, int(asked["against"])), drawn=True)


def _nothing_words(asked: Asked, data: Snapshot) -> str:
    """Why there is no price, and of which parts there is one; empty where there is one."""
    mineral = asked["mineral"]
    if not mineral:
        return NO_STATISTICS
    if asked["dataset"]:
        return ""
    known = offered_years(data)
    priced = [_name_of(part) for part in members(mineral) if Measure.PRICE in known.get(part, {})]
    parts = f" There are prices of {joined_names(priced)}." if priced else ""
    return f"No edition at hand prints a price of {_name_of(mineral)}.{parts}"


def _rows(asked: Asked, data: Snapshot) -> pd.DataFrame:
    printed = printed_lines(data, asked["mineral"], Measure.PRICE, asked["dataset"], as_worded=True)
    return of_detail(printed, asked["detail"], data)


def _lines(asked: Asked, data: Snapshot) -> list[TimeLine]:
    """A line for each price, those that are printed latest first."""
    lines = time_lines_of(_rows(asked, data))
    return [_named(line) for line in sorted(lines, key=lambda line: -line.records[-1]["year"])]


def _name_of(mineral: str) -> str:
    return in_sentence(mineral_name(mineral))


def _named(line: TimeLine) -> TimeLine:
    """A price by what it is of, also where it is the only one."""
    detail = str(line.any["detail"])
    if line.name == NOT_TOLD:
        return line._replace(name="grade and market not stated")
    name = detail if detail and line.name == place_name(line.place) else line.name
    return line._replace(name=name.replace(" ,", ","))


def _frame(lines: Sequence[TimeLine]) -> pd.DataFrame:
    return pd.DataFrame([row for line in lines for row in line.records])


def _price_panels(lines: Sequence[TimeLine]) -> Iterator[LinePanel]:
    """A panel for each amount that prices are printed for, and for each basis."""
    by_scale: dict[str, list[TimeLine]] = {}
    for line in lines:
        by_scale.setdefault(scale_of([line]), []).append(line)
    for scale, own in by_scale.items():
        for group in groups_of(_frame(own))[0]:
            kept = set(group["line"])
            members = [line for line in own if line.any["line"] in kept]
            place, counted = place_name(members[0].place), counted_as(members[0].any, scale)
            basis = Basis(str(members[0].any["basis"]))
            content = "" if basis in (Basis.UNDEFINED, Basis.NOT_APPLICABLE) else f", of {basis.label}"
            yield panel_of(members, PanelWords(f"Price, {counted}{content}", place), scale, ())


# Output -------------------------------------------------------------------------------------------------


def _output_of(mineral: str, data: Snapshot) -> tuple[str, str] | None:
    """The measure of the output of a mineral in the dataset with the newest: of the world, else of any."""
    own, known = own_accounts(data), followed(data).get(mineral, {})
    made = [name for name in known if name.endswith("production") and set(known[name]) - own]
    if not made:
        return None
    table = data.of_mineral(mineral)
    world = table[(table["place"] == WORLD) & table["value"].notna()]
    years = world[world["measure"].isin(made)].groupby(["measure", "dataset"])["year"].agg(["nunique", "max"])
    years["newest"] = years.groupby("dataset")["max"].transform("max")
    several = years[years["nunique"] > 1].sort_values(["newest", "nunique"], ascending=False, kind="stable")
    if len(several):
        measure, dataset = several.index[0]
        return str(measure), str(dataset)
    measure = first_measure(data, {"mineral": mineral}, made)
    return measure, next(name for name in known[measure] if name not in own)


def _output(mineral: str, years: Sequence[int], data: Snapshot) -> tuple[LinePanel, list[TimeLine]] | None:
    """The output of the world in the years of the prices, or of the country that made most last.

    The country stands there where no total of the world is printed.
    """
    found = _output_of(mineral, data)
    if found is None:
        return None
    rows = printed_lines(data, mineral, *found)
    rows = rows[rows["year"].between(min(years), max(years))]
    lines = [line for own in groups_of(rows)[0] for line in time_lines_of(own) if line.trend.numbers]
    chosen = [line for line in lines if line.place == WORLD] or lines
    if not chosen:
        return None
    most = max(chosen, key=lambda line: (line.records[-1]["year"], line.trend.numbers[-1]["value"]))
    most = most._replace(name=place_name(most.place))
    scale = scale_of([most])
    title = f"{Measure(found[0]).label}, {most.name}"
    return panel_of([most], PanelWords(title, counted_as(most.any, scale)), scale, ()), [most]


# Words --------------------------------------------------------------------------------------------------


def _subtitle(
    name: str,
    panels: Sequence[LinePanel],
    lines: Sequence[TimeLine],
    output: tuple[LinePanel, list[TimeLine]] | None,
    log: bool,
    dataset: str,
    data: Snapshot,
) -> str:
    years = [int(row["year"]) for line in lines for row in line.records]
    units = dict.fromkeys(scale_label(panel.scale) for panel in panels if "/" in panel.scale)
    in_units = f", in {' and '.join(units)}" if units else ""
    told = [
        f"Prices of {name} as printed, {spoken_years(years)}{in_units}, not adjusted "
        "for inflation unless the name of a price says so.",
        f"Below: {in_sentence(output[0].title)}, on an axis of its own." if output else "",
        "The scale is logarithmic: each step up is ten times as much." if log else "",
        f"{dataset_words(dataset, data)}.",
    ]
    return " ".join(filter(None, told))


def _several_units(panels: Sequence[LinePanel]) -> list[str]:
    prices = [panel for panel in panels if "/" in panel.scale]
    if len(prices) < 2:
        return []
    return ["Prices of unlike amounts or of unlike contents have panels of their own."]


def _alt(name: str, lines: Sequence[TimeLine], year: int) -> str:
    told = [f"{line.name}: {last_price(line.told(), year)}" for line in lines]
    return f"Lines over the years, {count(len(lines), 'price')} of {name}. {'; '.join(told)}."


_COLUMNS = (
    "Price as printed", "Last", "Printed", "Against the year", "Printed then", "No single number", "Revised",
)  # fmt: skip


def _table(lines: Sequence[TimeLine], year: int) -> Table:
    """Price by price: what it is last, as printed, and against the year."""
    rows = tuple(_cells(line, year) for line in lines)
    filled = [any(row[place] for row in rows) for place in range(len(_COLUMNS))]
    heads = [f"Against {year}" if name == "Against the year" else name for name in _COLUMNS]
    columns = tuple(Column(name) for name, kept in zip(heads, filled, strict=True) if kept)
    cells = tuple(tuple(cell for cell, kept in zip(row, filled, strict=True) if kept) for row in rows)
    return Table("Price by price", columns, cells)


def _cells(line: TimeLine, year: int) -> tuple[str, ...]:
    last, base = line.trend.last, line.trend.of_year(year)
    shown = f"{shown_number(last, line.scale)} in {dated(last)}" if last else "no single number"
    return (
        str(line.any["detail"]).replace(" ,", ",") or line.name,
        shown,
        _printed(last) if last else "",
        against_words(last, base, year) if last else "",
        _printed(base) if base else "",
        others_words(line.trend.others, line.scale),
        revised_words((*line.trend.numbers, *line.trend.others), line.scale),
    )


def _printed(row: Row) -> str:
    return f"“{str(row['printed_value']).strip()}” {unit_words(row)}, edition {row['edition']}"
