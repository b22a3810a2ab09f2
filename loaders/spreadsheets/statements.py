"""What the sheet's name, titles, corners and cells say for all rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.files.table import RawTable
from loaders.spreadsheets.checks import texts_of
from loaders.spreadsheets.headers import Said, factor_of, said_by_header, unit_in
from loaders.spreadsheets.mapping import ValueColumn
from loaders.spreadsheets.years import spans


def stated_for_all(
    raw: RawTable, columns: dict[str, str], values: Sequence[ValueColumn], said: Sequence[Said], told: Said
) -> dict[str, str]:
    """What the sheet's name, the lines above the header and the headers of other columns say for all rows.

    A year of the title does not fill up columns of which others of the same measure say a year, nor does a
    measure of the title where a header names several.
    """
    stated = _unit_of_corner(columns, values) | told.says | _said_by_cells(raw, columns)
    said_by_all = set.intersection(*(set(column.says) for column in values)) if values else set()
    barred = {name for says in said for name in says.several}
    if _years_differ(values):
        barred.add("year")
    if "mineral" in columns:
        barred.add("mineral")
    return {
        name: text
        for name, text in stated.items()
        if name not in columns and name not in said_by_all and name not in barred
    }


def _said_by_cells(raw: RawTable, columns: dict[str, str]) -> dict[str, str]:
    """What all texts of the column of measures say besides: 'Copper mine production (t)'."""
    texts = texts_of(raw.frame[columns["measure"]]) if "measure" in columns else []
    said = [set(said_by_header(text).says.items()) for text in texts]
    found = dict(set.intersection(*said)) if said else {}
    return {name: found[name] for name in ("mineral", "unit") if name in found}


def _years_differ(values: Sequence[ValueColumn]) -> bool:
    """Whether a header names a span of years, or some columns of one measure say a year and others none."""
    dated = {column.says.get("measure") for column in values if "year" in column.says}
    undated = {column.says.get("measure") for column in values if "year" not in column.says}
    return bool(dated & undated) or any(spans(column.header) for column in values)


def _unit_of_corner(columns: dict[str, str], values: Sequence[ValueColumn]) -> dict[str, str]:
    """The unit that stands in the header of the places or minerals: 'Thousand tonnes' in the corner."""
    found = [unit_in(columns[name]) for name in ("place", "mineral") if name in columns]
    units = [unit for unit in found if unit]
    return {"unit": units[0]} if units else {}


def with_bases_of_units(
    stated: dict[str, str], values: Sequence[ValueColumn]
) -> tuple[list[ValueColumn], list[str]]:
    """The columns with the basis that their unit states; a question where a title or header says another."""
    found, asked = [], []
    for column in values:
        unit, said = (column.says.get(name, stated.get(name, "")) for name in ("unit", "basis"))
        factor = factor_of(unit) if unit and said else None
        of_unit = factor[2] if factor else ""
        if of_unit and of_unit != said:
            asked.append(f"The unit says {unit}, the title or the header {said}: which holds?")
        says = column.says | ({"basis": of_unit} if of_unit else {})
        found.append(column.model_copy(update={"says": says}))
    return found, asked
