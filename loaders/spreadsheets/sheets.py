"""Sheets and files of the same columns: what the name and the titles of each say, and which say otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from loaders.errors import MineralsError
from loaders.files.table import RawTable
from loaders.report import Problem
from loaders.spreadsheets.checks import meaning
from loaders.spreadsheets.columns import number_columns
from loaders.spreadsheets.fitting import absent
from loaders.spreadsheets.flags import number_cells
from loaders.spreadsheets.headers import said_by_titles, status_of_title, trade_in
from loaders.spreadsheets.mapping import Mapping
from loaders.text import count
from loaders.vocabulary import Severity

_OF_SHEETS = ("mineral", "place", "measure", "unit", "year", "class", "scheme", "basis")
"""What the name or the title of a sheet may say for all its rows."""


def unlike_sheets(mapping: Mapping, raw: RawTable, beside: Sequence[RawTable]) -> dict[str, dict[str, str]]:
    """What other sheets of the same columns say otherwise than this one, by sheet and our column.

    An empty text stands where a sheet says nothing of what this one's name or title says, or of a mineral.
    """
    here = said_by_titles(raw.above, _name(raw)).says
    found = {}
    for other in beside:
        same = (other.file, other.sheet) == (raw.file, raw.sheet)
        if same or other.frame.empty or not _key(other, raw):
            continue
        if absent(mapping, other) or _is_skipped(mapping, other):
            continue
        says = _differences(mapping, here, said_by_titles(other.above, _name(other)).says, other.above)
        if "measure" not in says and _names_other_trade(mapping, raw, other):
            says["measure"] = ""
        if says:
            found[_key(other, raw)] = says
    return found


def with_columns_beside(mapping: Mapping, raw: RawTable, beside: Sequence[RawTable]) -> Mapping:
    """The mapping with the columns of numbers of other tables of the sheet that have the same keys.

    Those are panels, and tables below each other: of another mineral, or of more years.
    """
    values = {column.header: column for column in mapping.values}
    keys = list(mapping.columns.values())
    for other in beside:
        known = {*keys, *values, *raw.header}.issuperset(other.header)
        if not values or known or not _is_of_the_same_sheet(raw, other):
            continue
        if keys and all(key in other.header for key in keys):
            found = number_columns(other, keys, None).values
            values |= {column.header: column for column in found if column.header not in raw.header} | values
    return mapping.model_copy(update={"values": tuple(values.values())})


def _is_of_the_same_sheet(one: RawTable, other: RawTable) -> bool:
    return one.file == other.file and _sheet_of(one) == _sheet_of(other)


def _sheet_of(raw: RawTable) -> str:
    return re.sub(r"(?:^|, )(?:rows|columns) \w+ to \w+$", "", raw.sheet)


def _differences(
    mapping: Mapping, here: dict[str, str], there: dict[str, str], other_titles: Sequence[str]
) -> dict[str, str]:
    told = {}
    for name in _OF_SHEETS:
        if name in mapping.columns or name in mapping.sections or _said_by_all_columns(mapping, name):
            continue
        constant, other = mapping.constants.get(name, ""), there.get(name, "")
        if other and meaning(name, other) != meaning(name, constant):
            told[name] = other
        elif not other and (name in here or name == "mineral"):
            told[name] = ""
    status = {status_of_title(line) for line in other_titles} - {"", mapping.constants.get("status", "")}
    return told | ({"status": status.pop()} if len(status) == 1 and "status" not in mapping.columns else {})


def _names_other_trade(mapping: Mapping, raw: RawTable, other: RawTable) -> bool:
    """Whether the titles of one are of imports, and those of the other of exports, and no column says it."""
    if "measure" in mapping.columns or _said_by_all_columns(mapping, "measure"):
        return False
    return trade_in(other.above) != trade_in(raw.above)


def _said_by_all_columns(mapping: Mapping, name: str) -> bool:
    return bool(mapping.values) and all(name in column.says for column in mapping.values)


def _name(raw: RawTable) -> str:
    return raw.sheet or raw.file.rsplit(".", 1)[0].replace("_", " ").replace("-", " ")


def _key(other: RawTable, raw: RawTable) -> str:
    return other.sheet or (other.file if other.file != raw.file else "")


def _is_skipped(mapping: Mapping, raw: RawTable) -> bool:
    return raw.sheet in mapping.skip_sheets


def not_read(mapping: Mapping, tables: Sequence[RawTable]) -> list[Problem]:
    """Warnings about tables that hold numbers and have not the columns of the mapping, nor are skipped."""
    others = [raw for raw in tables if absent(mapping, raw) and not _is_skipped(mapping, raw)]
    return [
        Problem(
            severity=Severity.WARNING,
            rule="table not read",
            message=f"{count(numbers, 'cell')} with a number: it has not the columns of the mapping.",
            remedy="Map it on its own, or name it under skip_sheets.",
            file=raw.name,
        )
        for raw in others
        if (numbers := _numbers_in(raw))
    ]


def _numbers_in(raw: RawTable) -> int:
    return sum(int(number_cells(raw.frame[name]).sum()) for name in raw.header)


def refuse_unlike(mapping: Mapping, tables: Sequence[RawTable]) -> None:
    """Raise MineralsError for a sheet that names another mineral, year, unit, ... than the longest one.

    So does one that names none; not if the mapping says under `sheets` what holds there, or names it under
    `skip_sheets`.
    """
    fitting = [raw for raw in tables if not absent(mapping, raw) and not _is_skipped(mapping, raw)]
    if len(fitting) < 2:
        return
    unsaid = [raw for raw in fitting if (raw.sheet or raw.file) not in mapping.sheets]
    first = max(unsaid or fitting, key=lambda raw: (not raw.sheet, len(raw.frame)))
    for sheet, says in unlike_sheets(mapping, first, fitting).items():
        answered = {name for name, text in mapping.sheets.get(sheet, {}).items() if text.strip()}
        open_ = {name: text for name, text in says.items() if name not in answered}
        if open_:
            raise _refusal(open_, sheet, first)


def _refusal(says: dict[str, str], sheet: str, first: RawTable) -> MineralsError:
    told = ", ".join(f"{name} {text}" for name, text in says.items() if text)
    untold = ", ".join(name for name, text in says.items() if not text)
    message = f"the name or the title of the sheet says {told}" if told else "its name and its title say no"
    message += f" and no {untold}" if told and untold else f" {untold}" if untold else ""
    return MineralsError(
        f"{message}; {f'sheet {first.sheet}' if first.sheet else first.file} says otherwise.",
        file=first.file,
        column=f"sheet {sheet}",
        remedy=f'Say in the mapping, under [sheets."{sheet}"], what holds there, or name it in skip_sheets.',
    )


def longest(tables: Sequence[RawTable]) -> RawTable:
    """The table of most rows with numbers: in a workbook the one that is not a cover or a list of notes."""
    return max(tables, key=weight) if len(tables) > 1 else tables[0]


def weight(table: RawTable) -> tuple[bool, int, int, int]:
    """Whether a table has no name of a sheet, its rows with a number, its rows, its cells with a number.

    Of the tables of a text the first one has no name, by which a mapping could say what holds there alone.
    """
    if table.frame.empty:
        return False, 0, 0, 0
    cells = [number_cells(table.frame[name]) for name in table.header]
    rows = int(np.logical_or.reduce(cells).sum())
    return bool(rows and not table.sheet), rows, len(table.frame), sum(int(mask.sum()) for mask in cells)
