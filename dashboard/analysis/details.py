"""Rows that a publisher words differently and counts together: ranked together, and marked.

A printed table may say "crude ore" beside some countries and nothing beside others, and add all of them up
into one world total; or print some countries as mine and others as plant production above one total.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from loaders.vocabulary import WORLD, Basis, Measure

PRINTED_AS = "printed_as"
"""The column that keeps the basis a row is printed with, where it is counted in a total of another."""

_TABLE = ["dataset", "edition", "mineral", "measure", "year", "unit"]
_PRINTED = ["dataset", "edition", "mineral", "year", "unit", "file", "column"]
_TOLERANCE = 0.01
"""How far the sum of the rows may be from a rounded total, as a part of it."""


def counted_together(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of one printed total with its basis, and `printed_as`, the basis they are printed with.

    So it is where a table has one world total with a number, of one basis, and the rows of all bases add up
    to it, while those of its own basis do not. Other tables stay as they are.
    """
    found = rows.assign(**{PRINTED_AS: rows["basis"]})
    if rows["basis"].nunique() < 2:
        return found
    several = rows.groupby(_TABLE, sort=False)["basis"].transform("nunique") > 1
    for _, table in rows[several.astype(bool)].groupby(_TABLE, sort=False):
        basis = _basis_of_total(table)
        if basis:
            found.loc[table.index, "basis"] = basis
    return found


def _basis_of_total(table: pd.DataFrame) -> str:
    """The basis of the one total that all rows of a table add up to; empty where they do not."""
    world = table[(table["place"] == WORLD) & table["value"].notna()]
    parts = table[table["place"] != WORLD]
    if len(world) != 1 or (table["place"] == WORLD).sum() != 1 or parts["place"].duplicated().any():
        return ""
    total, basis = float(world["value"].iloc[0]), str(world["basis"].iloc[0])
    every = abs(float(parts["value"].sum()) - total)
    own = abs(float(parts.loc[parts["basis"] == basis, "value"].sum()) - total)
    return basis if every <= _TOLERANCE * total and every < own else ""


def as_printed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the basis that they are printed with."""
    if PRINTED_AS not in rows:
        return rows
    if rows[PRINTED_AS].equals(rows["basis"]):
        return rows.drop(columns=PRINTED_AS)
    return rows.assign(basis=rows[PRINTED_AS].fillna(rows["basis"])).drop(columns=PRINTED_AS)


def detail_words(line: Any) -> str:
    """The basis that a row is printed with, where it is counted in a total of another; else empty."""
    printed = line.get(PRINTED_AS)
    if not isinstance(printed, str) or printed == line["basis"]:
        return ""
    return f"printed as {Basis(printed).label}"


def stages_together(rows: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Production rows of tables that print several stages above one total, with the measure of that total.

    `measures` are those of production. Boron of USGS 2023 has mine production for some countries and plant
    production for others, and one line for the world.
    """
    output = rows[rows["measure"].isin(measures)]
    totals = output[(output["place"] == WORLD) & (output["measure"] == str(Measure.PRODUCTION))]
    output = output[output["mineral"].isin(totals["mineral"].unique())]
    found = rows
    if output["measure"].nunique() < 2:
        return found
    several = output.groupby(_PRINTED, sort=False)["measure"].transform("nunique") > 1
    for _, table in output[several.astype(bool)].groupby(_PRINTED, sort=False):
        world = table["place"] == WORLD
        stages = set(table.loc[~world, "measure"])
        if len(stages) > 1 and set(table.loc[world, "measure"]) == {str(Measure.PRODUCTION)}:
            found = found.assign(
                measure=found["measure"].mask(found.index.isin(table.index), Measure.PRODUCTION)
            )
    return found
