"""Our own tidy table: one line per figure, with the columns of `model.OBSERVATION_COLUMNS`.

Required: dataset, edition, mineral, place, measure, year, value, unit. The others may be left out.
`value` is printed text such as `1,200`, `NA`, `W`, `>1000` or `e500`, in `unit`; minerals and places may
be ids, codes or names; measures, bases, classes and statuses are codes of `loaders.vocabulary`.
A value may be empty where `status` says why there is none, or `lower` and `upper` give bounds.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from loaders.formats.reading import Reading, refuse, scaled
from loaders.model import OBSERVATION_COLUMNS
from loaders.names import read_minerals, read_places
from loaders.tables import RawTable
from loaders.units import read_units
from loaders.values import clean_column, read_values
from loaders.vocabulary import Basis, Measure, ReserveClass, Scheme, Status, Term

NAME = "our tidy table"
PUBLISHER = "any"

REQUIRED = ("dataset", "edition", "mineral", "place", "measure", "year", "value", "unit")
_PRINTED = {"printed_value": "value", "printed_unit": "unit", "printed_name": "place"}
_VOCABULARIES: dict[str, tuple[type[Term], Term]] = {
    "measure": (Measure, Measure.PRODUCTION),
    "basis": (Basis, Basis.UNDEFINED),
    "class": (ReserveClass, ReserveClass.UNDEFINED),
    "scheme": (Scheme, Scheme.UNDEFINED),
}


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    if len(tables) != 1:
        return f"expected one table, found {len(tables)}"
    missing = [name for name in REQUIRED if name not in tables[0].header]
    if missing:
        return f"{tables[0].file}: the columns {', '.join(missing)} are missing"
    editions = tables[0].frame[["dataset", "edition"]].drop_duplicates()
    if len(editions) != 1:
        return f"{tables[0].file}: expected one dataset and edition, found {len(editions)}"
    if (editions == "").any(axis=None):
        return f"{tables[0].file}: the name of the dataset or of the edition is empty"
    return None


def read(tables: Sequence[RawTable]) -> Reading:
    """Read the one table; a line that cannot be read is refused with a problem."""
    raw = tables[0]
    lines = _lines(raw)
    values = _values(lines)
    units = read_units(lines["unit"], PUBLISHER)
    minerals = read_minerals(lines["mineral"], PUBLISHER)
    places = read_places(lines["place"], PUBLISHER)
    year = _whole(lines["year"])
    refusal = refuse(
        lines.assign(stated_row=lines["row"], file=raw.file, row=lines["line"]),
        {
            "unknown place": (places["place"].isna(), "place", "place"),
            "unknown mineral": (minerals.isna(), "mineral", "mineral"),
            "unknown unit": (units["unit"].isna(), "unit", "unit"),
            "unreadable value": (~values["known"], "value", "value"),
            "unreadable lower bound": (_unreadable_bound(lines, values, "lower"), "lower", "lower"),
            "unreadable upper bound": (_unreadable_bound(lines, values, "upper"), "upper", "upper"),
            "unreadable year": (~year.between(1500, 2200).fillna(False).astype(bool), "year", "year"),
            "unreadable row": (_whole(lines["row"]).isna(), "stated_row", "row"),
            **{
                f"unknown {name}": (_unknown_words(lines[name], terms), name, name)
                for name, (terms, _) in _VOCABULARIES.items()
            },
            "unknown status": (~lines["status"].isin(["", *Status]), "status", "status"),
        },
        PUBLISHER,
    )
    good = ~refusal.mask
    found = _observations(lines, values, units, minerals, places, year)[good]
    return Reading(
        dataset=str(lines["dataset"].iloc[0]),
        edition=str(lines["edition"].iloc[0]),
        observations=found.astype(OBSERVATION_COLUMNS).reset_index(drop=True),
        problems=refusal.problems,
        ignored=[],
        rows_read=len(lines),
        rows_refused=int(refusal.mask.sum()),
        cells_absent=0,
        cells_refused=int(refusal.mask.sum()),
    )


def _lines(raw: RawTable) -> pd.DataFrame:
    """The table with all our columns, missing ones filled; `file`, `row`, `column` say where in this file."""
    stated = {printed: raw.frame[name] for printed, name in _PRINTED.items() if printed not in raw.header}
    lines = raw.frame.assign(**stated).reindex(columns=list(OBSERVATION_COLUMNS), fill_value="")
    lines = lines.reset_index(names="line")
    for name, (_, default) in _VOCABULARIES.items():
        text = clean_column(lines[name])
        lines[name] = text.mask(text == "", default.value)
    origin = {"file": raw.file, "row": lines["line"], "column": "value"}
    for name, value in origin.items():
        text = lines[name].astype("string")
        lines[name] = text.mask(text == "", pd.Series(value, index=lines.index).astype("string"))
    return lines


def _values(lines: pd.DataFrame) -> pd.DataFrame:
    """Values and bounds in the line's unit; stated bounds and statuses outrank what the text implies."""
    values = read_values(lines["value"])
    for bound in ("lower", "upper"):
        stated = _bound(lines[bound])
        values[bound] = stated.where(stated.notna(), values[bound])
    values["status"] = lines["status"].where(lines["status"] != "", values["status"])
    number = values[["value", "lower", "upper"]].notna().any(axis="columns")
    readable = values["known"] | (lines["value"].str.strip() == "")
    values["known"] = readable & (number | values["status"].isin(_WITHOUT_NUMBER))
    return values


_WITHOUT_NUMBER = {
    Status.WITHHELD, Status.NOT_AVAILABLE, Status.NOT_APPLICABLE, Status.NOT_SIGNIFICANT,
    Status.INCLUDED_ELSEWHERE,
}  # fmt: skip
"""The statuses that say why there is no number."""


def _bound(column: pd.Series) -> pd.Series:
    """The numbers of a column of bounds, NaN where it is empty or holds something else."""
    read = read_values(column)
    return read["value"].where(read["status"] == Status.AS_PUBLISHED.value)


def _unreadable_bound(lines: pd.DataFrame, values: pd.DataFrame, bound: str) -> pd.Series:
    stated = lines[bound].str.strip() != ""
    return stated & (_bound(lines[bound]).isna() | (values["lower"] > values["upper"]))


def _whole(column: pd.Series) -> pd.Series:
    """The whole numbers of a column of text, <NA> where there is none."""
    return column.str.strip().where(column.str.fullmatch(r"\s*[0-9]{1,9}\s*")).astype("Int64")


def _unknown_words(column: pd.Series, terms: type[Term]) -> pd.Series:
    return ~column.isin(list(terms))


def _observations(
    lines: pd.DataFrame,
    values: pd.DataFrame,
    units: pd.DataFrame,
    minerals: pd.Series,
    places: pd.DataFrame,
    year: pd.Series,
) -> pd.DataFrame:
    found = lines[list(OBSERVATION_COLUMNS)].copy()
    for name in ("value", "lower", "upper"):
        found[name] = scaled(values[name], units["factor"])
    return found.assign(
        unit=units["unit"],
        mineral=minerals,
        place=places["place"],
        detail=lines["detail"].mask(lines["detail"] == "", places["detail"].fillna("")),
        status=values["status"],
        year=year,
    )
