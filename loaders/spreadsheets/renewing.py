"""Last year's mapping for this year's table."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.files.table import RawTable
from loaders.spreadsheets.fitting import holds_amounts
from loaders.spreadsheets.mapping import ANSWERS, Mapping, ValueColumn
from loaders.spreadsheets.years import YEAR, spans, without_years
from loaders.values import clean


def renewed(kept: Mapping, raw: RawTable, proposed: Mapping) -> Mapping:
    """Last year's mapping for this year's table: columns whose headers differ in the year alone are the same.

    What last year's mapping said of a year that no header states is taken from what is `proposed` for this
    table, or left open, and so is the name of the edition: they would be last year's. A unit or a mineral is
    left open where this table's title names another one, and so is where the publisher's actual figures end.
    Columns of other tables of the sheet are those that are proposed. Where a column of last year is missing,
    and the proposal has another one in its place, that one is taken, and asked about; so is a new column of
    amounts, or of keys.
    """
    beside = [column.header for column in proposed.values if column.header not in raw.header]
    values = tuple(
        column for header in (*raw.header, *beside) for column in _same_column(kept.values, header)
    )
    columns = {name: _same_header(header, raw) for name, header in kept.columns.items()}
    renamed = _renamed_keys(columns, raw, proposed)
    again, asked = _renamed_columns(kept.values, values, raw, proposed)
    asked += [_IN_ITS_PLACE.format(columns[name], header) for name, header in renamed.items()]
    values, columns = (*values, *again), columns | renamed
    asked += _new_columns(kept, raw, proposed, {*columns.values(), *(column.header for column in values)})
    stale = [name for name in ("year", "edition") if name in kept.constants]
    stated = {name: text for name, text in kept.constants.items() if name not in stale}
    stated |= {name: proposed.constants[name] for name in stale if name in proposed.constants}
    for name in ("unit", "mineral"):
        if proposed.constants.get(name, stated.get(name)) != stated.get(name):
            stated.pop(name, None)
    basis, other = stated.get("basis", ""), proposed.constants.get("basis", "")
    asked += [_OTHER_BASIS.format(other, basis)] if basis and other not in ("", basis) else []
    return kept.model_copy(
        update={
            "columns": columns,
            "constants": stated,
            "values": values or kept.values,
            "questions": tuple(asked),
            "actual_until": "",
            "headers": raw.header,
            "sheets": proposed.sheets | kept.sheets,
            **{name: getattr(proposed, name) | getattr(kept, name) for name in _ANSWERS},
        }
    )


_ANSWERS = ("symbols", "flags", *ANSWERS.values())
"""What printed texts mean, as was said last year; what is new this year is added, to be answered."""


_OTHER_BASIS = "The title says what the tonnes are of: {}; last year's mapping says {}. Which holds?"
_IN_ITS_PLACE = "Last year's column {} is missing. {} is read in its place: is it the same?"
_MISSING = "Last year's column {} is missing, and no other looks like it: are its figures to be left out?"


_NEW = "New this year, and not read: {}. Say what it is, or leave it out."


def _new_columns(kept: Mapping, raw: RawTable, proposed: Mapping, read: set[str]) -> list[str]:
    """A question for each new column of amounts, or of keys that the proposal would use, that is not read."""
    known = {_yearless(header) for header in kept.headers}
    new = [header for header in raw.header if header not in read and _yearless(header) not in known]
    used = {header for name, header in proposed.columns.items() if name != "note"}
    telling = [header for header in new if header in used or holds_amounts(raw, header)]
    return [_NEW.format(header) for header in telling] if known else []


def _renamed_keys(columns: dict[str, str], raw: RawTable, proposed: Mapping) -> dict[str, str]:
    """The columns that the proposal has in place of those that are missing, by ours."""
    return {
        name: proposed.columns[name]
        for name, header in columns.items()
        if header not in raw.header
        and name in proposed.columns
        and proposed.columns[name] not in columns.values()
    }


def _renamed_columns(
    kept: Sequence[ValueColumn], found: Sequence[ValueColumn], raw: RawTable, proposed: Mapping
) -> tuple[list[ValueColumn], list[str]]:
    """The columns of numbers in place of those that are missing, and the questions about these."""
    headers = {*raw.header, *(column.header for column in proposed.values)}
    there = {_yearless(header) for header in headers}
    gone = [column for column in kept if _yearless(column.header) not in there]
    known = {column.header for column in found}
    new = [column for column in proposed.values if column.header not in known]
    again, asked = [], []
    for column in gone:
        like = _likest(column, new, alone=len(gone) == 1)
        if like:
            new.remove(like)
            says = {name: text for name, text in column.says.items() if name != "year"} | like.says
            again.append(like.model_copy(update={"says": says}))
        asked.append(
            _IN_ITS_PLACE.format(column.header, like.header) if like else _MISSING.format(column.header)
        )
    return again, asked


def _likest(column: ValueColumn, new: Sequence[ValueColumn], alone: bool) -> ValueColumn | None:
    """The new column that says the same but for the year; the only one in place of the only one missing."""
    said = _timeless(column)
    alike = [other for other in new if _timeless(other) == said]
    if alike:
        return alike[0]
    return new[0] if alone and len(new) == 1 else None


def _timeless(column: ValueColumn) -> dict[str, str]:
    return {name: text for name, text in column.says.items() if name not in ("year", "note", "status")}


def _same_column(kept: Sequence[ValueColumn], header: str) -> list[ValueColumn]:
    """What was said of the column of that header, or of the first one that differs in the year alone."""
    alike = [column for column in kept if _yearless(column.header) == _yearless(header)]
    alike = [column for column in alike if column.header == header] or alike[:1]
    return [
        column.model_copy(update={"header": header, "says": _with_year(column.says, header)})
        for column in alike
    ]


def _with_year(says: dict[str, str], header: str) -> dict[str, str]:
    """The year that the header states, in place of the one that was said; none if it states none."""
    years = set() if spans(header) else set(YEAR.findall(header))
    rest = {name: text for name, text in says.items() if name != "year"}
    return rest | {"year": years.pop()} if "year" in says and len(years) == 1 else rest


def _same_header(kept: str, raw: RawTable) -> str:
    """The header that differs from last year's in the year alone; last year's if there is none."""
    alike = [header for header in raw.header if _yearless(header) == _yearless(kept)]
    return kept if kept in raw.header else next(iter(alike), kept)


def _yearless(header: str) -> str:
    return without_years(clean(header))
