"""Later figures: what a later release of a publisher prints in place of a figure of an edition.

They stand beside the editions, in `<dataset>/later_figures.toml`, bundled or in the user's own folder, whose
entry replaces the bundled one of the same id. The edition stays as it was published. An entry names the text
that it expects there; where another one stands, the edition is a later one itself and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from pydantic import model_validator

from loaders.columns import as_text
from loaders.errors import UnknownUnit
from loaders.model import NOT_STATED, Identifier, Place, Text
from loaders.quality.declarations import Declared, read_declared
from loaders.units import read_unit
from loaders.values import NUMBER_COLUMNS, clean, clean_column, read_value, read_values
from loaders.vocabulary import Measure

LATER_FIGURES_FILE = "later_figures.toml"

READ_AS_LATER = "later release: "
"""What `correction` begins with where a figure is read as a later release prints it."""


class LaterFigure(Declared):
    """One figure of an edition, as printed there, and as a later release prints it.

    `year` is the year of the figure in the observation table. `unit` is that of both texts, spelled as
    `publisher` spells it. `release` names the later release, `citation` and `address` say where it stands.
    """

    publisher: Text
    edition: Identifier
    mineral: Identifier
    measure: Measure
    place: Place
    year: int
    unit: Text
    printed: Text
    later: Text
    release: Text
    published: date
    citation: Text
    address: Text = NOT_STATED

    @model_validator(mode="after")
    def _readable(self) -> LaterFigure:
        try:
            read_unit(self.unit, self.publisher)
        except UnknownUnit as error:
            raise ValueError(str(error)) from error
        for name in ("printed", "later"):
            if read_value(getattr(self, name)) is None:
                raise ValueError(f"the '{name}' figure cannot be read")
        return self


def read_later_figures(folders: Iterable[Path]) -> tuple[LaterFigure, ...]:
    """The later figures in the folders of a dataset; a later folder's replace those of the same id.

    Raises StoreError, with the file and the field, for a file that is malformed.
    """
    return read_declared(folders, LATER_FIGURES_FILE, LaterFigure, "later figure")


def with_later_figure(observations: pd.DataFrame, dataset: str, item: LaterFigure) -> list[int]:
    """The positions of the observations that still print what a later release changed."""
    wanted = {"edition": item.edition, "mineral": item.mineral, "place": item.place}
    wanted |= {"dataset": dataset, "measure": str(item.measure)}
    found = np.flatnonzero(observations["year"] == item.year)
    for name, value in wanted.items():
        found = found[(observations[name].iloc[found] == value).fillna(False).to_numpy(dtype=bool)]
    rows = observations.iloc[found]
    printed = (clean_column(rows["printed_value"]) == clean(item.printed)).fillna(False)
    unit = clean_column(rows["printed_unit"]) == clean(item.unit)
    kept = (printed & unit.fillna(False)).to_numpy(dtype=bool)
    return [int(position) for position in found[kept]]


def as_later(observations: pd.DataFrame, found: Mapping[int, LaterFigure]) -> pd.DataFrame:
    """The observations with the later figures in place of those at some positions.

    Printed text stays; `value`, `lower` and `upper` change, and `correction` names the entry behind
    `READ_AS_LATER`.
    """
    numbers = {name: observations[name].to_numpy(copy=True) for name in NUMBER_COLUMNS}
    corrections = as_text(observations["correction"]).copy()
    for position, item in found.items():
        for name, value in numbers_of(item, item.later).items():
            numbers[name][position] = value
    corrections.iloc[list(found)] = [f"{READ_AS_LATER}{item.id}" for item in found.values()]
    return observations.assign(**numbers, correction=corrections)


def numbers_of(item: LaterFigure, text: str) -> dict[str, float]:
    """`value`, `lower` and `upper` of a text of the entry, in the canonical unit; NaN where there is none."""
    read = read_values(pd.Series([text])).iloc[0]
    factor = read_unit(item.unit, item.publisher).factor
    return {name: float(read[name]) * factor for name in NUMBER_COLUMNS}


def unit_of(item: LaterFigure) -> str:
    """The canonical unit of the entry."""
    return read_unit(item.unit, item.publisher).unit
