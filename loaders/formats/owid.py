"""Our World in Data: the CSV of a chart (Entity, Code, Year, a column for each indicator) and its metadata.

The JSON beside it, in the same folder or archive (`<name>.metadata.json`), says the unit. A unit in a header
(`lithium_production_kt`, `Lithium production (thousand tonnes)`) is checked against it; where there is no
metadata, the header is believed, with a warning. The title of an indicator names mineral and measure; shares,
prices and columns of words are no amounts and are not read. Continents and groups of countries are left out.
The year is that of each row; the name of a file or a title says no year of the data.
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
from loaders.units import currencies, read_units
from loaders.values import clean, clean_column
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
    amounts = [item for item in known if not _is_no_amount(chart, item)] or known
    cells = pd.concat([_cells(chart, ~ignored, places, item) for item in amounts], ignore_index=True)
    blank = cells["printed_value"].str.strip() == ""
    unknown = [item for item in amounts if clean(item.title) not in answers.dropped("mineral")]
    bad = [*_unknown_indicators(chart, unknown), *_doubts(chart, amounts)]
    bad += [_not_read(chart, item) for item in known if item not in amounts]
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
        self.told = clean(str(metadata.get("unit") or ""))
        self.in_header = _unit_of(header)
        self.unit = self.told or self.in_header
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


_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$|,\s*([^,]+)$")
_SUFFIX = re.compile(r"_(kt|t|kg|tonnes|kilotonnes|thousand_tonnes|million_tonnes|kilograms|carats)$", re.I)


def _unit_of(header: str) -> str:
    """The unit that a header states at its end, in brackets, behind a comma or as a suffix; "" for none."""
    suffix = _SUFFIX.search(header.strip())
    if suffix:
        return suffix[1].replace("_", " ")
    found = _IN_BRACKETS.search(header)
    unit = clean(found[1] or found[2]) if found else ""
    return unit if unit and _factor(unit) else ""


def _factor(unit: str) -> tuple[str, float] | None:
    """The canonical unit of a spelling, and how many of it one is."""
    known = read_units(pd.Series([unit], dtype="string"), PUBLISHER).iloc[0]
    return None if pd.isna(known["unit"]) else (str(known["unit"]), float(known["factor"]))


_NO_AMOUNT = re.compile(
    r"(?i)\bshares?\b|%|\bper (?:capita|person)\b|\bpercent|\bprices?\b|\bunit[ _]values?\b"
)


def _is_no_amount(chart: RawTable, item: _Indicator) -> bool:
    """Whether a column holds shares, prices or words, such as the region of a country."""
    factor = _factor(item.unit) if item.unit else None
    if factor and (factor[0] in ("1", "rank") or factor[0] in currencies()):
        return True
    if _NO_AMOUNT.search(f"{item.header.replace('_', ' ')} {item.title} {item.told}"):
        return True
    printed = chart.frame[item.header]
    filled = printed[printed.str.strip() != ""]
    return len(filled) > 0 and not filled.str.contains(r"\d", regex=True).any()


def _not_read(chart: RawTable, item: _Indicator) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        rule="column not read",
        message="it holds no amounts, but shares, prices or words.",
        remedy="The other columns are read.",
        file=chart.name,
        row=1,
        column=item.header,
        printed=item.header,
    )


def _doubts(chart: RawTable, indicators: Sequence[_Indicator]) -> list[Problem]:
    """A warning for each column whose unit stands in its header alone, or is another one there."""
    found = []
    for item in indicators:
        if not item.in_header:
            continue
        if not item.told:
            message = f"no metadata say the unit; it was read as {item.in_header}, as the header says."
        elif _factor(item.told) != _factor(item.in_header):
            message = f"the header says {item.in_header}, the metadata say {item.told}, which was read."
        else:
            continue
        found.append(
            Problem(
                severity=Severity.WARNING,
                rule="unit of a header",
                message=message,
                remedy="Look at the chart on ourworldindata.org which unit is right.",
                file=chart.name,
                row=1,
                column=item.header,
                printed=item.header,
            )
        )
    return found


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
    year = clean_column(rows.iloc[:, 2])
    return pd.DataFrame(
        {
            "file": chart.name,
            "row": rows.index,
            "column": item.header,
            "place": places.loc[used, "place"],
            "mineral": item.mineral,
            "measure": item.measure,
            "year": year.where(year.str.fullmatch(r"[0-9]{1,4}")).astype("Int64"),
            "printed_year": rows.iloc[:, 2],
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
