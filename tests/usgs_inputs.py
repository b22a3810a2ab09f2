"""Small files in the layouts of the USGS releases, with the publisher's own spelling."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from loaders.files.table import InputFile
from loaders.read import Load, Surroundings, load_with

WIDE_HEADER = (
    "SOURCE,COMMODITY,COUNTRY,TYPE,UNIT_MEAS,PROD_2023,PROD_EST_ 2024,PROD_NOTES,"
    "CAP_2023,CAP_EST_ 2024,CAP_NOTES,RESERVES_2024,RESERVE_NOTES"
)
LONG_HEADER = (
    "MCS chapter,Section,Commodity,Country,Statistics,Statistics_detail,Unit,Year,Value,Notes,"
    "Is critical mineral 2025,Other notes"
)
HEADING = "(Data in metric tons unless otherwise specified)"
WORLD = "World Mine Production and Reserves"


def load_alone(*inputs: InputFile) -> Load:
    """The load of files, compared with no other edition and without declared corrections."""
    return load_with(inputs, lambda _: Surroundings())


def table(header: str, *rows: Sequence[str] | str, code: str = "lithi", year: int = 2024) -> InputFile:
    """A file of the layout of 2022 to 2024: UTF-8 with a byte order mark; a row is cells or a line."""
    return named(f"mcs{year}-{code}_world.csv", header, *rows)


def named(name: str, header: str, *rows: Sequence[str] | str, encoding: str = "utf-8-sig") -> InputFile:
    """A file with a name, a header line and rows."""
    lines = [header, *(row if isinstance(row, str) else _line(row) for row in rows)]
    return InputFile(name, "".join(f"{line}\r\n" for line in lines).encode(encoding))


def wide(*rows: Sequence[str]) -> InputFile:
    """The file of 2025."""
    return named("MCS2025_World_Data.csv", WIDE_HEADER, *rows)


def wide_row(
    country: str,
    production: tuple[str, str] = ("", ""),
    note: str = "",
    capacity: tuple[str, str] = ("", ""),
    reserves: str = "",
    reserve_note: str = "",
    **other: str,
) -> list[str]:
    """A row of 2025; `other` may hold commodity, words, unit and capacity_note."""
    return [
        "MCS2025", other.get("commodity", "Lithium "), country, other.get("words", "Mine production"),
        other.get("unit", "metric tons"), *production, note, *capacity, other.get("capacity_note", ""),
        reserves, reserve_note,
    ]  # fmt: skip


def long(*rows: Sequence[str]) -> InputFile:
    """The file of 2026, in Windows-1252."""
    return named("MCS2026_Commodities_Data.csv", LONG_HEADER, *rows, encoding="cp1252")


def long_row(country: str, value: str, notes: str = "", **other: Any) -> list[str]:
    """A row of 2026; `other` may hold any other column by a short name."""
    commodity = other.get("commodity", "Lithium")
    return [
        other.get("chapter", commodity.upper()), other.get("section", WORLD), commodity, country,
        other.get("statistics", "Production"), other.get("detail", "Mine production"),
        other.get("unit", "metric tons"), str(other.get("year", 2025)), value, notes,
        other.get("critical", "Yes"), other.get("heading", HEADING),
    ]  # fmt: skip


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()
