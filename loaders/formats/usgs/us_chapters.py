"""USGS Mineral Commodity Summaries 2022 to 2024: tables of the United States, one per commodity.

A row is a year, a column a series. What the columns are stands in `knowledge/usgs_us_columns.csv`, since the
headers are short and some are wrong: units that cannot be (a price in kilotons), cells one column beside
their headers. Each line was checked against the same years in the edition of 2026, which prints the words in
full; where these years agree the column has that edition's words, otherwise those of its own header. Where
that was not plain, the column `decision` of that table says what decided.
Estimates are not marked in these tables; the last year of each is an estimate in the printed chapters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.files.table import RawTable
from loaders.formats.observations import Reading, RowAccount
from loaders.formats.refusing import ignored_rows
from loaders.formats.usgs.common import UNITED_STATES
from loaders.formats.usgs.us_account import us_observations
from loaders.knowledge import rules
from loaders.report import Ignored, Problem
from loaders.values import clean, clean_column
from loaders.vocabulary import Basis, Measure, Severity

NAME = "USGS MCS of the United States, one table per commodity (2022 to 2024)"
PUBLISHER = "usgs"
DATASET = UNITED_STATES

_HEADER = ["datasource", "commodity", "year"]
_WORLD = ["source", "country"]
_FILE_CODE = re.compile(r"mcs\d{4}-?([a-z-]+?)_salient", re.I)
_AGAIN = re.compile(r"(.*) \((\d+)\)")


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    if not any(_is_salient(raw) for raw in tables):
        return f"{tables[0].file}: expected the first columns DataSource, Commodity, Year"
    odd = [raw for raw in tables if not _is_salient(raw) and _first(raw, 2) != _WORLD]
    if odd:
        return f"{odd[0].file}: expected the first columns DataSource, Commodity, Year"
    editions = {edition for raw in tables if _is_salient(raw) for edition in _editions(raw)}
    if len(editions) != 1:
        return f"the tables belong to several editions, or to none: {', '.join(sorted(editions))}"
    return None


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the tables of one edition; tables of countries among them are left out, and counted."""
    ours = [raw for raw in tables if _is_salient(raw)]
    edition = next(edition for raw in ours for edition in _editions(raw))
    parts = [_cells(raw, edition) for raw in ours]
    cells = pd.concat([part for part, _ in parts], ignore_index=True)
    minerals = answers.read_minerals(cells["commodity"], "usgs").astype("string")
    cells["mineral"] = cells["mineral"].where(cells["mineral"] != "", minerals).mask(minerals.isna())
    absent = clean_column(cells["printed_value"]) == ""
    left_out, problems = _left_out(cells[~absent])
    ignored = [item for raw in ours for item in ignored_rows(raw.file, _blank_rows(raw), "blank row")]
    return us_observations(
        cells[~absent].drop(index=left_out).reset_index(drop=True),
        edition,
        RowAccount(
            rows_read=sum(len(raw.frame) for raw in tables),
            ignored=[*ignored, *_tables_of_countries(tables)],
            problems=[*(problem for _, own in parts for problem in own), *problems],
            absent=int(absent.sum()) + len(left_out),
        ),
        answers,
    )


def _first(raw: RawTable, count: int) -> list[str]:
    return [clean(name).lower() for name in raw.header[:count]]


def _is_salient(raw: RawTable) -> bool:
    return _first(raw, 3) == _HEADER


def _editions(raw: RawTable) -> list[str]:
    """The editions that the first column names: MCS2024, or 'MCS 2024'."""
    named = raw.frame.iloc[:, 0].astype("string").str.extract(r"(?i)MCS ?(\d{4})")[0].dropna()
    return sorted(named.unique())


def _blank_rows(raw: RawTable) -> pd.Series:
    return clean_column(raw.frame.iloc[:, 2]) == ""


def _tables_of_countries(tables: Sequence[RawTable]) -> list[Ignored]:
    """Three files of 2024 hold the table of countries under the name of salient statistics."""
    return [
        Ignored(
            file=raw.file,
            reason="a table of countries under the name of a table of the United States",
            count=len(raw.frame),
        )
        for raw in tables
        if not _is_salient(raw) and len(raw.frame)
    ]


# Columns --------------------------------------------------------------------------------------------------


@cache
def _known() -> dict[tuple[str, str, str, str], dict[str, str]]:
    """(code, header, number, edition) -> what a column is; an edition of "" is any."""
    return {
        (line["code"], line["header"], line["number"], line["edition"]): line
        for line in rules("usgs_us_columns")
    }


def _column(code: str, edition: str, header: str, number: int) -> dict[str, str] | None:
    """What the column is that is the first, second, ... with this header; None where no table says it."""
    known = _known()
    return known.get((code, header, str(number), edition)) or known.get((code, header, str(number), ""))


def _printed_headers(names: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Our name of a column -> its header as printed, and the how many-th it is with this header.

    Our reader calls the second of two with one header 'header (17)' by its place, one without 'column (17)'.
    """
    counted: Counter[str] = Counter()
    found: dict[str, tuple[str, int]] = {}
    for name in names:
        again = _AGAIN.fullmatch(name)
        header = again[1] if again and (again[1] in counted or again[1] == "column") else name
        header = "" if header == "column" else header
        counted[header] += 1
        found[name] = (header, counted[header])
    return found


def _cells(raw: RawTable, edition: str) -> tuple[pd.DataFrame, list[Problem]]:
    """The cells of a table as `us_account._CELL_COLUMNS`, and the columns that are not read as they stand."""
    found = _FILE_CODE.search(raw.file)
    code = found[1].lower() if found else ""
    rows = raw.frame[~_blank_rows(raw)]
    read: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    filled = [name for name in raw.header[3:] if (rows[name].str.strip() != "").any()]
    for name, (header, number) in _printed_headers(filled).items():
        line = _column(code, edition, header, number)
        if line is None or not line["measure"]:
            problems.append(_not_read(raw, rows, name, line))
            continue
        if line["note"]:
            problems.append(_read_otherwise(raw, rows, name, line))
        read[name] = line
    return _series(raw, rows, read), problems


def _series(raw: RawTable, rows: pd.DataFrame, read: dict[str, dict[str, str]]) -> pd.DataFrame:
    """The columns that are read, one below the other, with what the table of columns says of each."""
    names, lines = list(read), list(read.values())
    units = [name.rpartition("_")[2] if "_" in name else "" for name in names]

    def of_column(texts: Sequence[str]) -> pd.Series:
        return pd.Series(np.repeat(np.array(texts, dtype=object), len(rows)), dtype="string")

    def of_row(cells: pd.Series) -> pd.Series:
        return pd.Series(np.tile(cells.to_numpy(dtype=object), len(names)), dtype="string")

    stated = {
        name: of_column([line[name] for line in lines]) for name in ("mineral", "measure", "detail", "unit")
    }
    cells = rows[names].to_numpy(dtype=object).T.ravel()
    return pd.DataFrame(
        {
            **stated,
            "file": raw.file,
            "row": np.tile(rows.index.to_numpy(), len(names)),
            "column": of_column(names),
            "commodity": of_row(rows.iloc[:, 1].str.replace("--", "—")),
            "words": of_column(names),
            "heading": "",
            "partner_name": "",
            "printed_name": "United States",
            "year": of_row(clean_column(rows.iloc[:, 2])),
            "printed_unit": of_column(units),
            "printed_value": pd.Series(cells, dtype="string"),
            "note": "",
            "basis": of_column([line["basis"] or Basis.UNDEFINED.value for line in lines]),
        }
    )


def _not_read(raw: RawTable, rows: pd.DataFrame, name: str, line: dict[str, str] | None) -> Problem:
    why = line["note"] if line else "no table says what it is"
    cells = int((clean_column(rows[name]) != "").sum())
    said = f"this format does not read the column '{name}': {why}; {cells} cells are left out."
    return _problem(raw, rows, name, "column not read", said)


def _read_otherwise(raw: RawTable, rows: pd.DataFrame, name: str, line: dict[str, str]) -> Problem:
    measure = Measure(line["measure"]).label.lower()
    said = f"the column '{name}' is read as {measure} in {line['unit']}: {line['note']}."
    return _problem(raw, rows, name, "header contradicted", said)


def _problem(raw: RawTable, rows: pd.DataFrame, name: str, rule: str, message: str) -> Problem:
    filled = clean_column(rows[name])
    return Problem(
        severity=Severity.WARNING,
        rule=rule,
        message=message,
        remedy="Compare with the publisher's printed table.",
        file=raw.file,
        row=int(str(rows.index[0])),
        column=name,
        printed=str(filled.iloc[0]),
    )


def _left_out(cells: pd.DataFrame) -> tuple[pd.Index, list[Problem]]:
    """Cells that hold no figure though they look like one, by reason: their lines, and a problem each."""
    text = clean_column(cells["printed_value"])
    reasons: dict[str, Any] = {
        # "(4)" is a footnote; a spreadsheet made -4 of it. True negative numbers have another sign here.
        "a footnote in brackets became a negative number": text.str.fullmatch(r"-[0-9]"),
        "a price of zero": (cells["measure"] == Measure.PRICE.value) & text.str.fullmatch(r"0(?:\.0*)?"),
    }
    lines, problems = pd.Index([]), []
    for reason, mask in reasons.items():
        for _, line in cells[mask].iterrows():
            problems.append(
                Problem(
                    severity=Severity.WARNING, rule="cell not read", message=f"{reason}.",
                    remedy="Compare with the publisher's printed table.", file=line["file"],
                    row=int(line["row"]), column=line["column"], printed=line["printed_value"],
                )
            )  # fmt: skip
        lines = lines.union(cells.index[mask])
    return lines, problems
