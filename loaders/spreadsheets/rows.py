"""Which rows of a spreadsheet hold figures, which are titles, notes, numbers of columns or headings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from loaders.columns import distinct, is_among, is_blank
from loaders.errors import UnknownName
from loaders.files.table import RawTable
from loaders.names import read_minerals, read_place, read_places
from loaders.spreadsheets.flags import holds_number
from loaders.spreadsheets.headers import said_by_header, said_by_titles
from loaders.spreadsheets.mapping import Mapping
from loaders.spreadsheets.totals import ALL_ROWS, may_name_totals, total_of, total_rows
from loaders.spreadsheets.units_of_minerals import without_units
from loaders.spreadsheets.years import is_year
from loaders.values import clean, read_value


class Heading(NamedTuple):
    """A line between the rows: the place of its row, its text, and what it says of the rows below it."""

    place: int
    text: str
    says: dict[str, str]


def reasons_to_ignore(mapping: Mapping, raw: RawTable) -> dict[str, Any]:
    """The rows that hold no figure, by the reason for it; each row has one reason at most."""
    blank = [is_blank(raw.frame[column.header]) for column in mapping.values]
    no_number = np.logical_and.reduce(blank)
    keys = [mapping.columns[name] for name in ("place", "mineral") if name in mapping.columns]
    no_key = np.logical_or.reduce([is_blank(raw.frame[key]) for key in keys]) if keys else no_number
    numbering = _column_numbers(raw)
    said = _left_out(mapping, raw) & ~numbering
    rest = ~numbering & ~said
    return {
        "left out, as the mapping says": said,
        "blank row, title or note": no_number & rest & ~_known_keys(mapping, raw),
        "the columns are numbered here": numbering,
        "note below the table": no_key & _no_digits(mapping, raw) & ~no_number & rest,
    }


def _left_out(mapping: Mapping, raw: RawTable) -> Any:
    """Rows whose place, mineral or measure the mapping names under `leave_out`, or their word for a total."""
    out = np.zeros(len(raw.frame), dtype=bool)
    keys = [mapping.columns[name] for name in ("place", "mineral", "measure") if name in mapping.columns]
    totals = {text for text in mapping.leave_out if total_of(text) is not None}
    names = [(header, totals) for header in may_name_totals(mapping, raw) if totals and header not in keys]
    names += [(header, set(mapping.leave_out)) for header in keys if mapping.leave_out]
    for header, gone in names:
        codes, texts = distinct(raw.frame[header])
        out |= np.array([clean(text) in gone for text in texts], dtype=bool)[codes]
    return out


def _known_keys(mapping: Mapping, raw: RawTable) -> Any:
    """Rows that name a place and a mineral that we know, as far as columns say them: figures, not titles."""
    known = np.full(len(raw.frame), "place" in mapping.columns)
    if "place" in mapping.columns:
        places = raw.frame[mapping.columns["place"]]
        found = np.asarray(read_places(places, "any")["place"].notna())
        known &= found | is_among(places, mapping.aliases("place"))
    if "mineral" in mapping.columns:
        minerals = raw.frame[mapping.columns["mineral"]]
        found = np.asarray(read_minerals(without_units(minerals), "any").notna())
        known &= found | is_among(minerals, mapping.aliases("mineral"))
    return known


def _column_numbers(raw: RawTable) -> Any:
    """Rows that read 1, 2, 3, ... across, as statistical offices print below a header."""
    if raw.frame.shape[1] < 3:
        return np.zeros(len(raw.frame), dtype=bool)
    expected = [str(position) for position in range(1, raw.frame.shape[1] + 1)]
    equal = [raw.frame.iloc[:, i].str.strip() == text for i, text in enumerate(expected)]
    return np.logical_and.reduce([np.asarray(mask.fillna(False), dtype=bool) for mask in equal])


def _no_digits(mapping: Mapping, raw: RawTable) -> Any:
    """Rows whose number columns hold no number and no sign for one: words of a note that run over."""
    found = np.zeros(len(raw.frame), dtype=bool)
    for column in mapping.values:
        codes, texts = distinct(raw.frame[column.header])
        found |= np.array([_is_figure(text, mapping) for text in texts], dtype=bool)[codes]
    return ~found


def _is_figure(text: str, mapping: Mapping) -> bool:
    cell = clean(text)
    return bool(cell) and (holds_number(cell) or cell in mapping.symbols or read_value(cell) is not None)


# Names that are printed once ------------------------------------------------------------------------------

_OTHER_KEYS = ("mineral", "place", "detail", "measure", "year", "class")


def blank_below(mapping: Mapping, raw: RawTable, name: str) -> Any:
    """Rows that hold numbers and another key, and are blank in a column with a text above them: a mask.

    A total is of no country above it; of a mineral or year above only where these are printed once.
    """
    column = raw.frame[mapping.columns[name]]
    others = [mapping.columns[key] for key in _OTHER_KEYS if key in mapping.columns and key != name]
    keyed = np.zeros(len(column), dtype=bool)
    for other in others:
        keyed |= ~is_blank(raw.frame[other])
    filled = np.logical_or.reduce([~is_blank(raw.frame[value.header]) for value in mapping.values])
    blank = is_blank(column)
    found = blank & keyed & filled & np.logical_or.accumulate(~blank)
    if not found.any():
        return found
    totals = total_rows(mapping, raw)
    printed_once = name != "place" and (found & ~totals).any()
    return found & ~(total_rows(mapping, raw, ALL_ROWS) if printed_once else totals)


def carried_down(mapping: Mapping, raw: RawTable) -> RawTable:
    """The table with names that are printed once repeated in the rows below, where the mapping says so."""
    changed = {}
    for name in mapping.carried_down:
        if name in mapping.columns and mapping.values:
            header = mapping.columns[name]
            above = raw.frame[header].mask(is_blank(raw.frame[header])).ffill()
            changed[header] = raw.frame[header].mask(blank_below(mapping, raw, name), above)
    return replace(raw, frame=raw.frame.assign(**changed)) if changed else raw


# Headings ------------------------------------------------------------------------------------------------


def headings(mapping: Mapping, raw: RawTable) -> list[Heading]:
    """The lines of one text above rows of figures, with what each says; a region says nothing."""
    filled = np.column_stack([~is_blank(raw.frame[name]) for name in raw.header])
    known = _known_keys(mapping, raw) if "place" in mapping.columns else np.zeros(len(filled), dtype=bool)
    alone = (filled.sum(axis=1) == 1) & ~known & ~_left_out(mapping, raw)
    rows = np.flatnonzero(filled.sum(axis=1) > 1)
    last = int(rows[-1]) if len(rows) else -1
    found = []
    for place in np.flatnonzero(alone[: max(last, 0)]).tolist():
        column = int(filled[place].argmax())
        text = clean(str(raw.frame.iloc[place, column]))
        in_numbers = any(raw.header[column] == value.header for value in mapping.values)
        if not in_numbers and (is_year(text) or not holds_number(text)):
            found.append(Heading(int(place), text, _says(text, mapping)))
    return found


def _says(text: str, mapping: Mapping) -> dict[str, str]:
    for name in ("mineral", "place", "measure", "unit", "year"):
        if text in mapping.aliases(name):
            return {name: mapping.aliases(name)[text]}
    says = said_by_titles([text]).says | said_by_header(text).says
    return {name: said for name, said in says.items() if name not in ("status", "note", "scheme")}


def is_region(text: str) -> bool:
    """Whether a text is a continent or a group of countries, which says nothing of the rows below it."""
    try:
        return read_place(text, "owid").rule == "ignored"
    except UnknownName:
        return False


def with_sections(mapping: Mapping, raw: RawTable) -> dict[str, pd.Series]:
    """What the headings say of each row, by our columns; one that is not known stands there as it is."""
    kinds = [name for name in mapping.sections if name != "none"]
    if not kinds:
        return {}
    found = [line for line in headings(mapping, raw) if not is_region(line.text)]
    texts = {name: [""] * len(raw.frame) for name in kinds}
    now = dict.fromkeys(kinds, "")
    lines = {line.place: line for line in found}
    for place in range(len(raw.frame)):
        if place in lines:
            said = {name: text for name, text in lines[place].says.items() if name in kinds}
            now |= said or {kinds[0]: lines[place].text}
        for name in kinds:
            texts[name][place] = now[name]
    return {name: pd.Series(column, index=raw.frame.index, dtype="string") for name, column in texts.items()}
