"""Tiles and tables of a mineral's concentration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.analysis.concentration import Side
from dashboard.analysis.series import as_records
from dashboard.charts.view import Column, Table, Tile
from dashboard.words.shares import (
    bound_words,
    first_share_words,
    index_number,
    index_words,
    world_years,
    years_words,
)
from loaders.names import place_name
from loaders.units import display


def concentration_tiles(sides: Sequence[Side], years: pd.DataFrame) -> tuple[Tile, ...]:
    """The first three and the index of each side, and the world's years of reserves."""
    found = [tile for side in sides for tile in _side_tiles(side)]
    lasting, about, bound = world_years(years)
    unit = " years" if bound else ""
    badge = {"": "no number", **_BADGES, "exact": "latest output"}[bound]
    of = "of reserves" if unit else "years of reserves, world"
    return (*found, Tile(f"{lasting}{unit}", f"{of}: {about}", badge, "plain"))


def concentration_tables(sides: Sequence[Side], years: pd.DataFrame) -> tuple[Table, ...]:
    """A line a side and, where there are reserves, a line a place with its years of reserves."""
    found = Table("Concentration", _SIDES, tuple(map(_side_line, sides)))
    if years.empty:
        return (found,)
    lines = tuple(_years_line(line) for line in as_records(years))
    caption = "Reserves over a year's mine production on the same basis"
    return (found, Table(caption, _YEARS, lines, fold="Years of reserves, place by place"))


HIGH = 1_800
"""The index above which US merger guidelines of 2023 call a market highly concentrated."""

_BADGES = {
    "exact": "to rounding",
    "lower": "may be more",
    "upper": "may be less",
    "none": "may be more or less",
}


def _side_tiles(side: Side) -> list[Tile]:
    bound = str(side.series["bound"])
    badge = "no number" if pd.isna(side.series["hhi"]) else _BADGES[bound]
    three = f"of {side.what} in the first three: {_first_three(side)}"
    about = f"concentration (HHI) of {side.what}, 0 to 10,000; above {HIGH:,} is high"
    index = index_words(side.series["hhi"], bound, side.series["share_digits"])
    return [
        Tile(first_share_words(side, "top_3"), three, str(side.series["year"]), "plain"),
        Tile(index, about, badge, "plain"),
    ]


def _first_three(side: Side) -> str:
    """Their names; without a share nobody knows whether they are the first."""
    if pd.isna(side.series["top_3"]):
        return "there is no total that shares could be of"
    return ", ".join(place_name(code) for code in side.ranked["place"].head(3))


_SIDES = (
    Column(""),
    Column("first country", names=True),
    *(Column(label, number=True) for label in ("its share", "first three", "first five", "HHI")),
    Column("HHI if one country had the rest", number=True),
    Column("countries with a number", number=True),
    Column("the index is"),
)
_YEARS = (
    Column("place", names=True),
    *(Column(label, number=True) for label in ("reserves", "a year's mine production", "years of reserves")),
    Column("why not computed"),
)


def _side_line(side: Side) -> tuple[object, ...]:
    series, bound = side.series, str(side.series["bound"])
    first = place_name(series["first"]) if pd.notna(series["first"]) else "none"
    most, digits = series["hhi_at_most"], series["share_digits"]
    return (
        f"{side.what.capitalize()}, {series['year']}", f"{first}{' (tied)' if series['first_tied'] else ''}",
        *(first_share_words(side, name) for name in ("top_1", "top_3", "top_5")),
        index_words(series["hhi"], bound, digits),
        "not known" if pd.isna(most) else index_number(most, "upper", digits),
        int(series["countries"]), bound_words(side),
    )  # fmt: skip


def _years_line(line: dict[Any, Any]) -> tuple[object, ...]:
    least = "more than " if line["at_least"] else ""
    held = "no number" if pd.isna(line["reserves"]) else f"{least}{display(line['reserves'], line['unit'])}"
    made = "no number" if pd.isna(line["production"]) else display(line["production"], line["unit"])
    return line["name"], held, made, years_words(line), line["reason"]
