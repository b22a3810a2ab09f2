"""Our World in Data: the CSV of a chart (Entity, Code, Year, a column for each indicator) and its metadata.

The CSV says no unit; the JSON beside it does, in the same folder or archive (`<name>.metadata.json`).
The title of an indicator names its mineral and measure. Continents and groups of countries are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.files.table import RawTable
from loaders.formats.observations import Origin, Reading, RowAccount, assemble, rows_without_figures
from loaders.formats.refusing import ANSWER, ignored_rows
from loaders.knowledge import rules
from loaders.names import IGNORED, LONGEST_PRINTED, find_mineral, read_places
from loaders.report import Problem, Question
from loaders.text import slug
from loaders.values import clean
from loaders.vocabulary import Severity

NAME = "Our World in Data, CSV of a chart"
PUBLISHER = "owid"

_KEYS = ["entity", "code", "year"]


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    charts = [raw for raw in tables if raw.document is None]
    if len(charts) != 1:
        return f"expected the CSV of one chart, found {len(charts)} tables"
    if [name.lower() for name in charts[0].header[:3]] != _KEYS or len(charts[0].header) < 4:
        return f"{charts[0].name}: expected the columns Entity, Code, Year and a value"
    if charts[0].frame.empty:
        return f"{charts[0].name}: there are no rows"
    return None


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read one chart; an indicator without unit, mineral or measure is refused with a problem."""
    chart = next(raw for raw in tables if raw.document is None)
    metadata = _metadata(tables)
    places = _places(chart.frame, answers)
    ignored = places["rule"] == IGNORED
    known = [_Indicator(name, metadata.get(name, {}), answers) for name in chart.header[3:]]
    cells = pd.concat([_cells(chart, ~ignored, places, item) for item in known], ignore_index=True)
    blank = cells["printed_value"].str.strip() == ""
    unknown = [item for item in known if clean(item.title) not in answers.dropped("mineral")]
    bad = _unknown_indicators(chart, unknown)
    left_out = [
        *ignored_rows(chart.name, ignored, "a continent or a group of countries"),
        *rows_without_figures(cells, blank, "no figure in any column"),
    ]
    headers = {"place": "Entity", "year": "Year", "mineral": "title"}
    reading = assemble(
        cells[~blank].reset_index(drop=True),
        Origin(_dataset(chart), _edition(chart, metadata), PUBLISHER, headers, answers=answers),
        RowAccount(len(chart.frame), left_out, bad, absent=int(blank.sum())),
    )
    asked = [_question(chart, item) for item in unknown if item.unit and not item.mineral]
    return replace(reading, questions=(*asked, *reading.questions), stated=_stated(tables))


def _stated(tables: Sequence[RawTable]) -> dict[str, str]:
    """What the metadata say of the chart."""
    charts = [(raw.document or {}).get("chart") for raw in tables]
    chart = next((item for item in charts if isinstance(item, Mapping)), {})
    said = {ours: chart.get(theirs) for ours, theirs in _OF_CHARTS.items()}
    return {name: " ".join(text.split()) for name, text in said.items() if isinstance(text, str)}


_OF_CHARTS = {"title": "title", "citation": "citation", "address": "originalChartUrl"}


class _Indicator:
    """A value column: its header, and what its title says."""

    def __init__(self, header: str, metadata: Mapping[str, Any], answers: Answers) -> None:
        self.header = header
        self.unit = str(metadata.get("unit") or "")
        self.title = str(metadata.get("titleLong") or metadata.get("titleShort") or header)
        words = " ".join([header.replace("_", " "), self.title])
        title = pd.Series([self.title], dtype="string")
        said = answers.read_minerals(title, PUBLISHER)[0] if answers.is_said("mineral", title)[0] else None
        self.mineral = said or find_mineral(words)
        self.measure = next(
            (rule["measure"] for rule in rules("owid_measures") if re.search(rule["words"], words, re.I)),
            None,
        )
        self.note = str(metadata.get("citationShort") or "")


def _metadata(tables: Sequence[RawTable]) -> dict[str, Mapping[str, Any]]:
    """What the JSON documents say of each column, by its name and its short name."""
    found: dict[str, Mapping[str, Any]] = {}
    for raw in tables:
        columns = (raw.document or {}).get("columns")
        for name, about in columns.items() if isinstance(columns, Mapping) else ():
            if isinstance(about, Mapping):
                found |= {str(about.get("shortName")): about, str(name): about}
    return found


def _places(frame: pd.DataFrame, answers: Answers) -> pd.DataFrame:
    """The place by its printed code (OWID_WRL is the world), or by its name where there is no code.

    Where a steward says which place a name is, that holds.
    """
    printed = frame.iloc[:, 0]
    names = read_places(answers.rename("place", printed), PUBLISHER)
    codes = read_places(frame.iloc[:, 1], PUBLISHER)
    place = codes["place"].mask(answers.is_said("place", printed)).fillna(names["place"])
    return names.assign(place=place)


def _cells(chart: RawTable, used: pd.Series, places: pd.DataFrame, item: _Indicator) -> pd.DataFrame:
    rows = chart.frame[used]
    year = rows.iloc[:, 2]
    return pd.DataFrame(
        {
            "file": chart.name,
            "row": rows.index,
            "column": item.header,
            "place": places.loc[used, "place"],
            "mineral": item.mineral,
            "measure": item.measure,
            "year": year.where(year.str.fullmatch(r"\s*\d{1,4}\s*")).astype("Int64"),
            "printed_year": year,
            "printed_name": rows.iloc[:, 0],
            "printed_value": rows[item.header],
            "printed_unit": item.unit,
            "printed_measure": item.title,
            "commodity": item.title,
            "note": item.note,
            "told": not (item.unit and item.mineral and item.measure),
        }
    )


def _question(chart: RawTable, item: _Indicator) -> Question:
    """What a steward can say of a column whose title names no mineral."""
    return Question(
        kind="mineral",
        printed=clean(item.title)[:LONGEST_PRINTED],
        why=f"'{item.title}' names no mineral that we know.",
        file=chart.name,
        row=1,
        column=item.header,
        rows=max(1, len(chart.frame)),
    )


def _unknown_indicators(chart: RawTable, indicators: Sequence[_Indicator]) -> list[Problem]:
    """An error for each column whose unit, mineral or measure nothing says."""
    found = []
    for item in indicators:
        if not item.unit:
            message = "the CSV says no unit, and no metadata file beside it does."
            remedy = f"Put {chart.file.removesuffix('.csv')}.metadata.json beside it, or map the columns."
        elif not (item.mineral and item.measure):
            message = f"'{item.title}' names no {'mineral' if not item.mineral else 'measure'} that we know."
            remedy = "Map the columns to our tidy table." if item.mineral else f"{ANSWER} Or map the columns."
        else:
            continue
        found.append(
            Problem(
                severity=Severity.ERROR,
                rule="unknown indicator",
                message=message,
                remedy=remedy,
                file=chart.name,
                row=1,
                column=item.header,
                printed=item.header,
            )
        )
    return found


def _dataset(chart: RawTable) -> str:
    return f"owid-{slug(chart.file.lower().removesuffix('.csv'))}"[:80].strip("-")


def _edition(chart: RawTable, metadata: Mapping[str, Mapping[str, Any]]) -> str:
    """The day of the last update by the metadata, or the latest year of the table."""
    updated = [str(about.get("lastUpdated") or "") for about in metadata.values()]
    days = [day for day in updated if re.fullmatch(r"\d{4}-\d\d-\d\d", day)]
    years = chart.frame.iloc[:, 2].str.extract(r"^\s*(\d{4})\s*$")[0].dropna()
    return max(days) if days else str(years.max()) if len(years) else "undated"
