"""Invented figures in the layout of an export of BGS World Mineral Statistics."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Series(NamedTuple):
    """The same amount of one country in every year; `ore` is the sub-commodity, empty where there is none."""

    country: str
    iso2: str
    iso3: str
    amount: int
    ore: str = ""


def bgs_export(
    folder: Path, commodity: str, table: str, units: str, series: Sequence[Series], years: Sequence[int]
) -> Path:
    """A file `export.csv` in the folder, a line for each series and year."""
    rows = [
        {
            "country_trans": one.country, "country_iso2_code": one.iso2, "country_iso3_code": one.iso3,
            "bgs_statistic_type_trans": "Production", "bgs_commodity_trans": commodity,
            "bgs_sub_commodity_trans": one.ore, "yearbook_table_trans": table,
            "year": f"{year}-01-01 00:00:00", "quantity": one.amount, "quantity_in_book_style": one.amount,
            "units": units, "sdmx_code": "A", "sdmx_translation": "Normal value",
            "data_precision_description": "", "concat_figure_notes_text": "", "concat_table_notes_text": "",
        }
        for one in series
        for year in years
    ]  # fmt: skip
    path = folder / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
