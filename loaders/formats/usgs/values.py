"""What the cells and the notes of the USGS summaries say of a number: value, bounds, status."""

from __future__ import annotations

import re

import pandas as pd

from loaders.formats.refusing import by_distinct
from loaders.values import clean_column, read_values
from loaders.vocabulary import OTHER, WORLD, Status

NOTE_INSTEAD_OF_VALUE = (
    r"(?i:na|xx|w|w for .*|less than .*|(?:very )?(?:large|small|moderate)(?: to large)?"
    r"|included (?:in|with) .*|na \(reserve.*)"
)


def values_of(cells: pd.DataFrame) -> pd.DataFrame:
    """Value, bounds and status of each cell in the printed unit, with what the notes say of it."""
    blank = cells["value"].str.strip() == ""
    values = read_values(cells["value"].where(~blank, _note_as_value(cells)))
    elsewhere = _included_elsewhere(cells["note"])
    zero = blank & ~values["known"] & cells["blank_is_zero"] & ~elsewhere
    values.loc[zero, "value"] = 0.0
    values.loc[zero, "status"] = Status.AS_PUBLISHED.value
    missing = blank & ~values["known"] & ~zero
    values.loc[missing, "status"] = Status.NOT_AVAILABLE.value
    values["known"] = values["known"] | blank
    small = values["value"].isna() & cells["note"].str.contains(_HALF_UNIT, regex=True)
    values.loc[small, ["lower", "upper"]] = (0.0, 0.5)
    values.loc[small, "status"] = Status.NOT_SIGNIFICANT.value
    elsewhere &= values["value"].isna() & values["lower"].isna()
    values.loc[elsewhere, "status"] = Status.INCLUDED_ELSEWHERE.value
    return values


def _note_as_value(cells: pd.DataFrame) -> pd.Series:
    """The text that stands in the note for an empty cell ('NA', 'W for 23-24', 'na for 2023')."""
    note = clean_column(cells["note"])
    other_year = note.str.extract(r"(?i)^(?:na|w) for (\d{4})$")[0]
    applies = other_year.isna() | (other_year == cells["year"].astype("string"))
    word = note.str.extract(r"(?i)^(na|w|xx)(?: for .*| \(reserve.*)?$")[0].str.upper()
    return word.fillna(note.where(note.str.fullmatch(NOTE_INSTEAD_OF_VALUE), "")).where(applies, "")


def _included_elsewhere(note: pd.Series) -> pd.Series:
    """Whether a note says that the row is counted in another row."""
    return note.str.contains(_INCLUDED, regex=True)


_HALF_UNIT = r"(?i)less than (?:½|1/2) ?unit"
_INCLUDED = r"(?i)(?:^|-- )included (?:in|with) |data are included with"


def statuses(cells: pd.DataFrame, values: pd.DataFrame, name_estimated: pd.Series) -> pd.Series:
    """Marks numbers and bounds as estimated where column, name, type or note says so; a zero is a zero.

    A note "reported" that names no year is about the first year that the row prints, where the header of
    the column itself says estimated: Turkey's barite of 2025 has 216 for 2023, and 220 under PROD_EST_2024.
    """
    notes = _note_marks(cells)
    reserves = cells["kind"] == "reserves"
    stated = (cells["estimated"] | name_estimated | cells["words"].str.contains("estimated")) & ~reserves
    reported = (notes == REPORTED_IN_YEAR) | (
        (notes == REPORTED) & (~cells["estimated"] | _first_year(cells))
    )
    estimated = (stated | (notes == ESTIMATED)) & ~reported
    number = (values["status"] == Status.AS_PUBLISHED.value) & (values["value"] != 0)
    return values["status"].mask(number & estimated, Status.ESTIMATED.value)


def _first_year(cells: pd.DataFrame) -> pd.Series:
    """Whether no earlier year of the row has a text."""
    filled = cells["year"].where(cells["value"].str.strip() != "")
    rows = [cells[name] for name in ("file", "row", "kind")]
    return cells["year"] == filled.groupby(rows).transform("min")


def _note_marks(cells: pd.DataFrame) -> pd.Series:
    """What the note says of each cell's number: one of the marks, or ''."""
    year = cells["year"].astype("string")
    plain = cells.assign(year=year)[~cells["estimated"] & (cells["kind"] != "reserves")]
    printed = plain[["file", "year"]].drop_duplicates().sort_values("year")
    plain_years = cells["file"].map(printed.groupby("file")["year"].agg(" ".join)).astype("string")
    texts = cells[["note", "kind"]].assign(year=year, plain_years=plain_years.fillna(""))
    return by_distinct(texts, _note_mark)


ESTIMATED, REPORTED, REPORTED_IN_YEAR = "estimated", "reported", "reported in this year"
"""What a note says of a number."""


_REPORTED = re.compile(
    r"(?:production was )?re(?:port|prot)ed(?: (?:production|quantity|data))?(?: (?:in|for) (\d{4}))?", re.I
)
_ESTIMATED = re.compile(r"(?:also )?estimated(?: (?:in|for))?(?: (\d{4})| both years)?(?: also)?", re.I)
_HOW_ESTIMATED = re.compile(
    r"estimated (?:based|from|capacity|amount).*"
    r"|production(?: data)? in (\d{4}) (?:is|were) also estimated|estimated rhenium .*",
    re.I,
)


"""How a number of production came to be; beside reserves these words speak of production as well."""


def _note_mark(note: str, kind: str, year: str, plain_years: str) -> str:
    clauses = re.split(r"\s*--\s*|[.,;](?:\s+|$)", note)
    marks = [_clause_mark(clause.strip(" ."), kind, year, plain_years) for clause in clauses]
    return next((mark for mark in (REPORTED_IN_YEAR, REPORTED, ESTIMATED) if mark in marks), "")


def _clause_mark(clause: str, kind: str, year: str, plain_years: str) -> str:
    """What a clause says; `plain_years` are those of the columns whose header does not say estimated."""
    if match := _REPORTED.fullmatch(clause):
        return REPORTED if match[1] is None else REPORTED_IN_YEAR if match[1] == year else ""
    match = _ESTIMATED.fullmatch(clause) or (_HOW_ESTIMATED.fullmatch(clause) if kind != "reserves" else None)
    if match is None:
        return ""
    years = [group for group in match.groups() if group]
    # "Also" is said of a year whose header does not say estimated. Where no such column has the year that is
    # printed, it was carried along: "Also estimated in 2022" of potash 2024 is counted up below to 2024.
    if "also" in clause.lower() and not set(years) & set(plain_years.split()):
        years = []
    return ESTIMATED if not years or year in years else ""


def including_rows(found: pd.DataFrame) -> pd.DataFrame:
    """Give status W to the numbers that other rows say they are counted in (domain: K names its W)."""
    elsewhere = found[found["status"] == Status.INCLUDED_ELSEWHERE.value]
    if elsewhere.empty:
        return found
    said = (elsewhere["printed_value"] + " " + elsewhere["note"]).str.extract(
        r"(?i)included (?:in|with) [“\"']?(world total|other countries|ilmenite|platinum)"
    )[0]
    target = elsewhere[["file", "measure", "year", "place", "mineral"]].assign(said=said.str.lower())
    target["place"] = target["said"].map(_PLACE_THAT_INCLUDES).fillna(target["place"])
    target["mineral"] = target["said"].map(_MINERAL_THAT_INCLUDES).fillna(target["mineral"])
    keys = ["file", "measure", "year", "place", "mineral"]
    including = pd.MultiIndex.from_frame(found[keys]).isin(pd.MultiIndex.from_frame(target[keys]))
    number = found["value"].notna() | found["lower"].notna()
    return found.assign(status=found["status"].mask(including & number, Status.INCLUDES_OTHER.value))


_PLACE_THAT_INCLUDES = {"world total": WORLD, "other countries": OTHER}
_MINERAL_THAT_INCLUDES = {"ilmenite": "ilmenite", "platinum": "platinum-group-metals"}
