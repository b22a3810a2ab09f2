"""Rows whose own notes state another unit than the column they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from loaders.quality.figures import Figures, Wrong, unit_name
from loaders.units import read_units
from loaders.vocabulary import Certainty, FindingKind, Measure

_UNIT = (
    r"(?P<unit>(?:(?:thousands?|millions?|billions?) (?:of )?)?(?:(?:dry )?metric (?:dry )?)?"
    r"(?:tons|tonnes|carats|kilograms|liters|cubic meters))"
)
_STATES_UNIT = [
    # '(Reserve data is thousand metric tons)', 'Units are thousand metric tons, gross weight, of ...'
    re.compile(
        rf"\b(?:units?|data|values?|quantit(?:y|ies)|figures)\b(?: \w+)? (?:is|are|in)(?: in)? {_UNIT}\b",
        re.I,
    ),
    # 'Metric tons, gross weight', 'Thousand metric tons, ZrO2 content', 'Metric tons contained beryllium'
    re.compile(rf"^\(?{_UNIT}\b(?=,| of\b| contained\b|\)|$)", re.I),
    # 'Crude ore, million metric tons', 'Gross weight of magnesite in thousand tons'
    re.compile(rf"(?:,| in) {_UNIT}\)?$", re.I),
]
"""Clauses that say in which unit the figures are; an amount ('were 1.7 million tons') does not."""

_ABOUT = {
    "reserves": re.compile(r"\breserves? (?:data|values?|units?|figures)", re.I),
    "production": re.compile(r"\bproduction (?:data|values?|units?|figures)", re.I),
}
_CLAUSES = re.compile(r"(?<=[^\d\W])\.(?:\s+|$)|;\s*|\s+--\s+|(?<=\))\.?\s*")


def contradicted_by_notes(figures: Figures, compared: pd.DataFrame) -> list[Wrong]:
    """Columns, or single rows, in another unit than the stated one by the words of their own notes.

    The whole column is meant, unless its rows without such a note lie elsewhere than those with it when
    both are compared with the neighbouring editions.
    """
    noted = _noted(figures)
    if noted.empty:
        return []
    shift = figures.log[compared["line"]] - compared["log"]
    by_line = shift.groupby(compared["line"]).median()
    groups = noted.groupby(["column_id", "power"])
    return [wrong for _, rows in groups for wrong in _wrong(figures, rows, by_line)]


def _noted(figures: Figures) -> pd.DataFrame:
    """The lines whose note contradicts the stated unit: `line`, `column_id`, `clause`, `power`."""
    notes = figures["note"]
    present = notes.present()
    found = [_stated_unit(notes.texts[code]) for code in present]
    if all(spelling is None for _, spelling in found):
        return pd.DataFrame()
    stated = pd.DataFrame(found, columns=["clause", "spelling"], index=present)
    read = read_units(stated["spelling"].astype("string"), "usgs")
    known = present[read["unit"].notna()]
    if not len(known):
        return pd.DataFrame()
    lines = np.flatnonzero(np.isin(notes.codes, known))
    codes = notes.codes[lines]
    unit = read.loc[codes].reset_index(drop=True)
    part = pd.DataFrame({name: figures[name].categories(lines) for name in ("measure", "unit")})
    part = part.assign(
        line=lines,
        scale=figures.scale[lines],
        column_id=figures.column_id[lines],
        clause=stated["clause"].loc[codes].to_numpy(),
    )
    part["power"] = (part["scale"] - np.log10(unit["factor"])).round(2)
    wrong = (unit["unit"] == part["unit"].astype("string")) & part["power"].isin([-6, -3, 3, 6])
    part = part[wrong]
    about = [_is_about(*said) for said in zip(part["clause"], part["measure"], strict=True)]
    return part[about] if about else part


def _stated_unit(note: str) -> tuple[str | None, str | None]:
    """The clause of a note that states a unit, and the unit as spelled there."""
    if not re.search(r"tons|tonnes|carats|kilograms|liters|meters", note, re.I):
        return None, None
    for clause in _split(note):
        for pattern in _STATES_UNIT:
            match = pattern.search(clause)
            if match:
                return clause, re.sub(r"\b(thousand|million|billion)s? of\b", r"\1", match["unit"].lower())
    return None, None


def _split(note: str) -> Iterable[str]:
    return (clause.strip() for clause in _CLAUSES.split(note) if clause and clause.strip())


def _is_about(clause: str, measure: str) -> bool:
    """Whether the clause may speak of this measure; one that names reserves does not speak of production."""
    reserves = measure == Measure.RESERVES.value
    return not _ABOUT["production" if reserves else "reserves"].search(clause)


def _wrong(figures: Figures, rows: pd.DataFrame, shifts: pd.Series) -> list[Wrong]:
    """The column of the rows with such a note, or those rows alone."""
    column, power = int(rows["column_id"].iloc[0]), float(rows["power"].iloc[0])
    head = figures.head(column)
    lines = np.flatnonzero(figures.column_id == column)
    noted = shifts.index.isin(rows["line"])
    apart = shifts[noted].median() - shifts[shifts.index.isin(lines) & ~noted].median()
    expected = unit_name(head.unit, head.scale - power)
    wrong = Wrong(
        kind=FindingKind.UNIT,
        line=head.line,
        column=column,
        power=power,
        printed=head.printed_unit,
        expected=expected,
        ratio=10.0**power,
        certainty=Certainty.CERTAIN,
        compared=f"the note '{rows['clause'].iloc[0]}' ({len(rows)} of {len(lines)} rows) "
        f"with the stated unit '{head.printed_unit.strip()}'",
        cause=f"The numbers are in {expected}; the stated unit belongs to another column.",
    )
    if abs(apart) > abs(power) / 2:
        return [wrong._replace(line=int(line), column=None) for line in rows["line"]]
    return [wrong]
