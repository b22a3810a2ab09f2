"""All minerals of one country's account by how far it relies on imports, with where these come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.analysis.dependence import (
    RELIANCE,
    ImportForm,
    form_of,
    is_half,
    is_whole,
    main_form,
    ordered_reliance,
    part_in_words,
    whole_of,
)
from dashboard.analysis.series import as_records
from dashboard.analysis.states import STATE_COLUMNS, marks_aloud, with_states
from dashboard.charts.cards import edition_card
from dashboard.charts.chart import Chart, Panel, Stack
from dashboard.charts.view import Column, Table, View
from dashboard.snapshot import Snapshot
from dashboard.topics.accounts import (
    ACCOUNT,
    ACCOUNT_EDITION,
    FIRST_LINES,
    LIST,
    TO_HAND_IN,
    WHICH,
    account_rows,
    edition_item,
    edition_title,
    forms_of_edition,
    hole_words,
    list_apart,
    lists_of,
    on_list,
    on_list_words,
)
from dashboard.topics.marks import state_marks
from dashboard.topics.parameters import READING, Asked, Parameter
from dashboard.topics.ranking import FIRST
from dashboard.topics.rows import row_cards_of, shown_table
from dashboard.words.dependence import first_sources, sources_of_mineral, the_place
from dashboard.words.sources import source_line
from loaders.names import mineral_name
from loaders.text import capital, count
from loaders.vocabulary import MarkState

NAME = "reliance"

NO_ACCOUNT = (
    "No account of a country or of the European Union is loaded: nothing says how far it relies on imports. "
    f"To add one, {TO_HAND_IN}."
)


def _years(data: Snapshot, asked: Asked) -> Sequence[str]:
    """The years with figures of reliance, the latest first."""
    rows = account_rows(data, asked["account"], asked["edition"])
    years = rows.loc[rows["measure"] == RELIANCE, "year"].unique()
    return [str(year) for year in sorted(years, reverse=True)]


RELIANCE_YEAR = Parameter("year", "Year", _years, quiet=True, width=0.8)
PARAMETERS: tuple[Parameter, ...] = (ACCOUNT, ACCOUNT_EDITION, RELIANCE_YEAR, LIST, WHICH, READING)


def view(asked: Asked, data: Snapshot) -> View:
    """Every form of a mineral whose reliance an edition prints for a year, of one critical list or all."""
    if not asked["edition"]:
        return View(NAME, empty=NO_ACCOUNT)
    rows = account_rows(data, asked["account"], asked["edition"])
    own = rows[rows["year"] == int(asked["year"] or 0)]
    table = on_list(ordered_reliance(own), asked["list"])
    if table.empty:
        title = edition_title(data, asked["edition"])
        return View(
            NAME, empty=f"{title} has no net import reliance of minerals{on_list_words(asked['list'])}."
        )
    shown = table.head(FIRST_LINES) if asked["which"] == FIRST else table
    forms = forms_of_edition(data, asked["account"], asked["edition"])
    return _view(asked, table, _drawn(shown, forms), forms, data)


Forms = Mapping[str, tuple[ImportForm, ...]]
"""Where imports come from, by mineral, form by form."""


def _drawn(shown: pd.DataFrame, forms: Forms) -> pd.DataFrame:
    """The rows with all that a panel needs; beside each number where most of it comes from."""
    told = with_states(shown)
    lines = as_records(told[["mineral", "detail", "words", "state", "printed_value"]])
    first = [_first_source(forms.get(line["mineral"], ())) for line in lines]
    return told.assign(
        label=[mineral_name(line["mineral"]) for line in lines],
        below=[form_of(line["detail"]) for line in lines],
        words=[
            f"{line['words']} · {source}" if source else line["words"]
            for line, source in zip(lines, first, strict=True)
        ],
        hover=[_hover(line, source) for line, source in zip(lines, first, strict=True)],
        emphasis=False,
        tone="strong",
    )


def _first_source(forms: tuple[ImportForm, ...]) -> str:
    """The first source of imports, where one form stands for all of a mineral."""
    form = main_form(forms)
    return first_sources(form) if form else ""


def _hover(line: dict[Any, Any], source: str) -> str:
    told = [
        f"{mineral_name(line['mineral'])}: printed {line['printed_value'].strip() or 'blank'}",
        line["detail"],
        MarkState(line["state"]).definition,
        f"Largest source of imports: {source}" if source else "",
    ]
    return "\n".join(filter(None, told))


def _view(asked: Asked, table: pd.DataFrame, drawn: pd.DataFrame, forms: Forms, data: Snapshot) -> View:
    item = edition_item(data, asked["edition"])
    year, place = asked["year"], the_place(asked["account"])
    panel = Panel(
        f"Published: {item.dataset.said_by} net import reliance, {year}",
        "A part of what is used; beside it the largest source of imports.",
        "statistic",
        drawn,
        "1",
        "%",
    )
    chart = Chart(
        title=_finding(table, place, asked),
        subtitle=f"Net import reliance of {place}, {year}, as a part of consumption, each form of a mineral "
        f"in a row of its own; {_years_of_sources(forms)}"
        f"{item.dataset.short_title}, edition {item.edition.edition}. {list_apart(asked)}".rstrip(),
        source=source_line([], table, data),
        alt=f"Ranked bars. {marks_aloud(drawn)}.",
        drawing=Stack((panel,)),
        table=_table(drawn, forms, data),
        name=f"reliance-{asked['account']}-{asked['edition']}-{year}",
    )
    facts = [("forms of minerals", str(len(table))), *_counted(table)]
    return View(
        NAME,
        chart,
        cards=(edition_card(item.source, item.dataset.said_by, facts), *row_cards_of(table.head(1), data)),
        marks=tuple(state_marks(set(drawn["state"]))),
        notes=_notes(asked, table, len(drawn), forms, data),
        tables=(_all_sources(table, forms, year),),
    )


def _years_of_sources(forms: Forms) -> str:
    spans = dict.fromkeys(form.years for own in forms.values() for form in own if form.years)
    return f"sources of imports, {', '.join(spans)}. " if spans else "no sources of imports. "


def _finding(table: pd.DataFrame, place: str, asked: Asked) -> str:
    """How many forms of minerals are wholly, and how many half or more, of imports."""
    whole = is_whole(table)
    some, more = int(whole.sum()), int((is_half(table) & ~whole).sum())
    of = f"of {count(len(table), 'form')} of minerals{on_list_words(asked['list'])} in {asked['year']}"
    name = capital(place)
    if some:
        others = f", and for half or more of {count(more, 'other')}" if more else ""
        return f"{name} relied wholly on imports for {some} {of}{others}"
    if more:
        return f"{name} relied on imports for half or more of {more} {of}"
    return f"{name}: none {of} is printed with a net import reliance of half or more"


_TOLD_APART = (
    MarkState.MORE_THAN, MarkState.LESS_THAN, MarkState.RANGE, MarkState.NET_EXPORTER, MarkState.WITHHELD,
    MarkState.NOT_AVAILABLE, MarkState.WORD,
)  # fmt: skip


def _counted(table: pd.DataFrame) -> list[tuple[str, str]]:
    """How many forms have which state."""
    whole = int(is_whole(table).sum())
    states = list(table["state"])
    found = [("all of it imported", str(whole))] if whole else []
    return found + [(mark.label, str(states.count(mark))) for mark in _TOLD_APART if mark in states]


def _notes(asked: Asked, table: pd.DataFrame, drawn: int, forms: Forms, data: Snapshot) -> tuple[str, ...]:
    without = sorted({*table["mineral"]} - {*forms}, key=mineral_name)
    title = edition_title(data, asked["edition"])
    if not forms:
        silent = f"{title} has no table of where imports come from."
    else:
        names = ", ".join(map(mineral_name, without))
        silent = f"{title} does not say where imports of these come from: {names}." if without else ""
    told = [
        "Ordered by what is known at least: “more than 50 %” may be anything above it, so there is no rank.",
        f"Not shown: {len(table) - drawn} more; “All” shows them." if len(table) > drawn else "",
        silent,
        *hole_words(data, asked["account"]),
    ]
    return tuple(filter(None, told))


def _table(drawn: pd.DataFrame, forms: Forms, data: Snapshot) -> pd.DataFrame:
    """The rows that are drawn, with what each is a part of, where imports come from, and its lists."""
    minerals = drawn["mineral"].tolist()
    return shown_table([], drawn, data).assign(
        part_of=[whole_of(detail) for detail in drawn["detail"].tolist()],
        imports_from=[sources_of_mineral(forms.get(code, ())) for code in minerals],
        critical_lists=[lists_of(code) for code in minerals],
        file=drawn["file"].to_numpy(),
        row=drawn["row"].to_numpy(),
    )


def _all_sources(table: pd.DataFrame, forms: Forms, year: str) -> Table:
    """Every form with its printed number, all sources of its mineral, and the critical lists."""
    columns = ["mineral", "detail", "unit", *STATE_COLUMNS]
    lines = tuple(
        (
            mineral_name(line["mineral"]),
            form_of(line["detail"]) or "all",
            part_in_words(line),
            line["printed_value"].strip(),
            sources_of_mineral(forms.get(line["mineral"], ())) or "not printed",
            lists_of(line["mineral"]),
        )
        for line in as_records(table[columns])
    )
    labels = ("mineral", "form", f"net import reliance, {year}", "printed", "sources of imports", "on lists")
    return Table(
        "Each form with the sources of the mineral’s imports",
        tuple(Column(label, names=label in ("mineral", "sources of imports")) for label in labels),
        lines,
        fold=f"All {count(len(lines), 'form')}, with every source of imports",
    )
