"""Files in the layouts of publishers, with figures of our own, changed at random by a seed."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.styles import Font

from loaders.errors import MineralsError, UnknownFormat
from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.read import Surroundings, load_with
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.proposing import propose
from loaders.spreadsheets.sheets import longest

Rows = list[list[Any]]
File = dict[str, Rows] | Rows | dict[str, Any]
"""A workbook by sheet, the rows of a text file, or under "json" the content of a document."""


def _wmd() -> dict[str, File]:
    header = ["Country", "unit", "2020", "2021", "2022", "data source"]
    rows = [header, ["Cuba", "metr. t", 38, 37.5, "35", "r"], ["Peru", "metr. t", 4, 5, 6, "e"]]
    rows += [["Total", "metr. t", 42, 42.5, 41, None]]
    return {"6.4.xlsx": {name: [["6.4. Production"], *rows] for name in ("Cobalt", "Lithium (Li2O)")}}


def _wmd_shares() -> dict[str, File]:
    header = ["Rank 2022", "Rank 2021", "Country", "unit", "Production 2022", "Share in %", "Share cum.%"]
    rows = [header, [1, 1, "Cuba", "kg", 35, 90, 90], [2, 2, "Peru", "kg", 4, 10, 100]]
    groups = [["Political stability", "unit", "2021", "2022"], ["Stable", "kg", 1, 2], ["Total", "kg", 3, 4]]
    producers = [
        ["Commodity", "unit", "2021", "2022"],
        ["Gold", "kg", 30, 35],
        ["Iron (Fe)", "metr. t", 3, 4],
    ]
    return {
        "6.5.xlsx": {"Gold": [["6.5."], *rows]},
        "6.3.xlsx": {"Gold": [["6.3."], *groups]},
        "6.6.xlsx": {"Cuba": [["6.6."], *producers]},
    }


def _owid() -> dict[str, File]:
    rows = [["Entity", "Code", "Year", "Lithium production"], ["Chile", "CHL", 2022, 38000]]
    rows += [["World", "OWID_WRL", 2022, 130000], ["Asia", "", 2022, 9], ["Chile", "CHL", 2023, ""]]
    about = {"titleLong": "Lithium production", "unit": "tonnes", "lastUpdated": "2024-07-15"}
    return {
        "lithium.csv": rows,
        "lithium.metadata.json": {"json": {"columns": {"Lithium production": about}}},
    }


def _energy() -> dict[str, File]:
    header = ["Thousand tonnes", 2022, 2023, 2023, "2013-23", 2023, "At end of 2023"]
    rows: Rows = [["Cobalt"], ["Mine production"], header, [], ["Cuba", 3.5, 4, 0.1, 0.1, 0.5, 500]]
    rows += [
        ["DR Congo1", 100, "n/a", 0, 0, 0, 6000],
        ["Total World", 104, 110, 0, 0, 1, 6500],
        ["^ Less than"],
    ]
    prices: Rows = [["US dollars per tonne", "Cobalt", "Lithium carbonate"], [2022, 5, 6], [2023, 7, "-"]]
    oil: Rows = [["Oil"], ["Thousand barrels daily", 2022, 2023], ["Canada", 5, 6]]
    return {"ei.xlsx": {"Cobalt P-R": rows, "Mineral Commodity Prices": [["Prices"], *prices], "Oil": oil}}


def _iea() -> dict[str, File]:
    rows: Rows = [["Total supply (kt)"], [], [None, 2024, 2030, None, None, 2024, 2030]]
    rows += [
        ["Copper - Mining", None, None, None, "Copper - Refining"],
        ["Chile", 5, 6, None, "China", 12, 15],
    ]
    rows += [["Total", 6, 8, None, "Total", 15, 19], ["Top 3 share", 0.8, 0.7, None, "Top 3 share", 0.9, 1]]
    return {"iea.xlsx": {"2 Total supply for key minerals": rows, "Notes": [["a", "b"], ["x", "y"]]}}


def _yearbook() -> dict[str, File]:
    rows: Rows = [
        ["TABLE 10"],
        ["COBALT: WORLD MINE PRODUCTION, BY COUNTRY1"],
        ["(Metric tons, cobalt content)"],
    ]
    rows += [["Country", None, 2021, None, 2022, None], ["Cuba", None, 3800, "r", 3500, "e"], ["Chile:"]]
    rows += [
        ["Mine", None, 1, None, 2, None],
        ["Total", None, 1, None, "--", None],
        ["Total", None, 9, None, "W"],
    ]
    return {"myb1-2022-cobal.xlsx": {"T10": [*rows, ["eEstimated. rRevised."]]}}


def _comtrade() -> dict[str, File]:
    header = ["refYear", "period", "reporterISO", "reporterDesc", "flowCode", "partnerCode", "partnerDesc"]
    rows = [[*header, "cmdCode", "netWgt", "isNetWgtEstimated", "primaryValue"]]
    for code, name, weight in ((0, "World", 5000), (156, "China", 3000)):
        rows.append([2023, 2023, "CHL", "Chile", "X", code, name, "283691", weight, False, 9000])
    rows.append([2023, 2023, "JPN", "Japan", "M", 152, "Chile", "260500", 7, True, 80])
    return {"trade.csv": rows}


def _baci() -> dict[str, File]:
    flows = [
        ["t", "i", "j", "k", "v", "q"],
        [2023, 152, 156, "283691", 2.5, 40],
        [2023, 152, 392, "283691", 1, "NA"],
    ]
    codes = [["country_code", "country_name", "country_iso2", "country_iso3"], [152, "Chile", "CL", "CHL"]]
    codes += [[156, "China", "CN", "CHN"], [392, "Japan", "JP", "JPN"]]
    return {"BACI_HS22_Y2023_V202501.csv": flows, "country_codes_V202501.csv": codes}


def _usgs_us() -> dict[str, File]:
    header = [
        "MCS chapter",
        "Section",
        "Commodity",
        "Country",
        "Statistics",
        "Statistics_detail",
        "Unit",
        "Year",
    ]
    header += ["Value", "Notes", "Is critical mineral 2025", "Other notes"]
    chapter, united = ["COBALT", "Salient Statistics", "Cobalt", "United States"], "Net import reliance"
    end = ["Estimated.", "Yes", "(Data in metric tons of contained cobalt unless otherwise specified)"]
    rows: Rows = [
        header,
        [*chapter, united, f"{united} as a percentage of it", "percent", "2025", ">95", *end],
    ]
    rows += [[*chapter, "Price", "Price, dollars per pound: spot", "dollars per pound", "2025", "21.5", *end]]
    rows += [[*chapter, "Export", "Exports", "metric tons", "2024", "4,880", *end]]
    rows += [["COBALT", "Import Sources", "Cobalt", "Norway", "", "Metal", "percent", "2021-24", "26", *end]]
    return {"MCS2026_Commodities_Data.csv": rows}


def _usgs_us_tables() -> dict[str, File]:
    cobalt: Rows = [["DataSource", "Commodity", "Year", "Imports_t", "Price_LME_dlb", "NIR_pct"]]
    cobalt += [
        ["MCS2024", "Cobalt", 2022, "10,500", 28.83, ">50"],
        ["MCS2024", "Cobalt", 2023, 9500, "W", "E"],
    ]
    tin: Rows = [["DataSource", "Commodity", "Year", "Imports_Refined_t", "Price_NY_ctslb", "NIR_Refinedpct"]]
    tin += [["MCS2024", "Tin", 2022, 33200, 1546, 77], [None] * 6]
    return {"mcs2024-cobal_salient.csv": cobalt, "mcs2024-tin_salient.csv": tin}


LAYOUTS: dict[str, Callable[[], dict[str, File]]] = {
    "World Mining Data": _wmd,
    "World Mining Data, other chapters": _wmd_shares,
    "OWID": _owid,
    "Energy Institute": _energy,
    "IEA": _iea,
    "Minerals Yearbook": _yearbook,
    "Comtrade": _comtrade,
    "BACI": _baci,
    "USGS on the United States": _usgs_us,
    "USGS on the United States, tables": _usgs_us_tables,
}

# Changes ----------------------------------------------------------------------------------------------------

_CELLS: list[Any] = [
    None, "", " ", "\u00a0", "NA", "n/a", "-", "--", "—", "…", "W", "XX", "0", 0, -5, 1e300, 1e-300, 10**18,
    True, "1,5", "1.234.567", "1 234", "１２", "12%", "5e", "(5)", "<0.5", ">7", "3–4", "=1+1", "@SUM(A1)",
    "#REF!", "nan", "inf", "2023", "2023-24", 2023.0, "Total", "World", "Chile:", "Cuba1", "Narnia",
    "Côte d’Ivoire", "كوبا", "🙂", "x" * 3000, "a\nb", 'say "hi"', "a;b,c\td|e", datetime(2023, 1, 1), "kt",
    "Share in %", "\u200b", "Cobalt - Mining", "At end of 2023", "(kt)", "Country", "TABLE 10—Continued",
    0.1 + 0.2, "0x10", "½", "٣",
]  # fmt: skip


_MARKS = ("1", "e", " r", "*", "%", " kt", "\u00a0", ",")


def _sheets(files: dict[str, File]) -> list[Rows]:
    """The grids of all files that have one."""
    found: list[Rows] = []
    for file in files.values():
        if isinstance(file, list):
            found.append(file)
        elif "json" not in file:
            found += file.values()
    return [rows for rows in found if rows]


def _cell(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    if row:
        row[chance.randrange(len(row))] = chance.choice(_CELLS)


def _glued(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    if row:
        at = chance.randrange(len(row))
        before = "" if row[at] is None else row[at]
        row[at] = f"{before}{chance.choice(_MARKS)}"


def _row_gone(rows: Rows, chance: random.Random) -> None:
    rows.pop(chance.randrange(len(rows)))


def _row_twice(rows: Rows, chance: random.Random) -> None:
    rows.insert(chance.randrange(len(rows) + 1), list(chance.choice(rows)))


def _rows_swapped(rows: Rows, chance: random.Random) -> None:
    one, other = chance.randrange(len(rows)), chance.randrange(len(rows))
    rows[one], rows[other] = rows[other], rows[one]


def _column_gone(rows: Rows, chance: random.Random) -> None:
    at = chance.randrange(max(map(len, rows)) or 1)
    for row in rows:
        del row[at : at + 1]


def _column_added(rows: Rows, chance: random.Random) -> None:
    at = chance.randrange((max(map(len, rows)) or 0) + 1)
    filling = chance.choice(_CELLS)
    for row in rows:
        if at <= len(row):
            row.insert(at, filling if chance.random() < 0.5 else None)


def _columns_swapped(rows: Rows, chance: random.Random) -> None:
    width = max(map(len, rows)) or 1
    one, other = chance.randrange(width), chance.randrange(width)
    for row in rows:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def _turned(rows: Rows, _: random.Random) -> None:
    width = max(map(len, rows))
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    rows[:] = [list(row) for row in zip(*filled, strict=True)]


def _many(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    rows += [list(row) for _ in range(chance.randrange(1, 300))]


_CHANGES = [_cell, _cell, _cell, _glued, _glued, _row_gone, _row_twice, _rows_swapped, _column_gone]
_CHANGES += [_column_added, _columns_swapped, _turned, _many]


# Bytes ------------------------------------------------------------------------------------------------------


def _book(sheets: dict[str, Rows]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title[:31])
        for row in rows:
            sheet.append([_writable(cell) for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _writable(cell: Any) -> Any:
    """A text that starts like a formula stays a text: a formula without its result is refused at once."""
    return f" {cell}" if isinstance(cell, str) and cell.startswith("=") else cell


def _text(rows: Rows, delimiter: str = ",", newline: str = "\n", encoding: str = "utf-8") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return stream.getvalue().encode(encoding)


def written(files: dict[str, File], **how: str) -> list[InputFile]:
    """The files as bytes; `how` says how text files are written."""
    found = []
    for name, file in files.items():
        if isinstance(file, list):
            content = _text(file, **how)
        elif "json" in file:
            content = json.dumps(file["json"]).encode()
        else:
            content = _book(file)
        found.append(InputFile(name, content))
    return found


def _harmed(content: bytes, chance: random.Random) -> bytes:
    """Bytes cut off, turned, or repeated."""
    way, at = chance.randrange(3), chance.randrange(len(content) or 1)
    if way == 0:
        return content[:at]
    if way == 1:
        changed = bytearray(content)
        for _ in range(chance.randrange(1, 5)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    return content[:at] + content[max(0, at - 50) :]


def mutated(layout: str, seed: int) -> list[InputFile]:
    """The files of a layout with some changes."""
    chance = random.Random(f"{layout} {seed}")
    files = LAYOUTS[layout]()
    for _ in range(chance.randrange(1, 6)):
        sheets = _sheets(files)
        if sheets:
            chance.choice(_CHANGES)(chance.choice(sheets), chance)
    items = written(files)
    if chance.random() < 0.1:
        place = chance.randrange(len(items))
        items[place] = InputFile(items[place].name, _harmed(items[place].content, chance))
    return items


_TEXTS: list[dict[str, str]] = [
    {"newline": "\r\n"},
    {"delimiter": ";"},
    {"delimiter": "\t"},
    {"encoding": "utf-8-sig"},
    {"encoding": "utf-16"},
]
"""Ways to write text files that change nothing of what they say."""


def _saved_again(content: bytes) -> bytes:
    """The workbook as another program saves it: a wide first column, bold heads, a blank row and sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        sheet.column_dimensions["A"].width = 40
        sheet["A1"].font = Font(bold=True)
        sheet.cell(sheet.max_row + 3, 1).value = " "
    book.create_sheet("blank")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _stored(content: bytes) -> bytes:
    """The workbook with its parts in another order, and not compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name))
    return stream.getvalue()


def unharmed(layout: str) -> Iterator[list[InputFile]]:
    """Copies of the files of a layout that say the same in other bytes."""
    plain = written(LAYOUTS[layout]())
    books = [item.name.endswith(".xlsx") for item in plain]
    if not all(books):
        yield from (written(LAYOUTS[layout](), **how) for how in _TEXTS)
    if any(books):
        for changed in (_saved_again, _stored):
            yield [
                InputFile(item.name, changed(item.content)) if is_book else item
                for item, is_book in zip(plain, books, strict=True)
            ]


# Reading ----------------------------------------------------------------------------------------------------

_FIGURE = [
    "mineral",
    "detail",
    "place",
    "measure",
    "year",
    "value",
    "lower",
    "upper",
    "unit",
    "basis",
    "status",
]


def figures_of(items: list[InputFile]) -> pd.DataFrame:
    """The figures that files give, in a stated order."""
    found = load_with(items, lambda _: Surroundings()).observations[_FIGURE]
    return found.sort_values(_FIGURE[:5]).reset_index(drop=True)


def read_or_refused(items: list[InputFile]) -> str:
    """What becomes of files: "read", "read with errors", "proposed" as a spreadsheet, or "refused".

    Any error that is not ours comes out of here.
    """
    try:
        report = load_with(items, lambda _: Surroundings()).report
        return "read with errors" if report.errors else "read"
    except UnknownFormat:
        pass
    except MineralsError:
        return "refused"
    try:
        tables = laid_out([table for item in items for table in read_tables(item) if table.document is None])
        propose(longest(tables), "own", "2025", tables)
    except MineralsError:
        return "refused"
    return "proposed"
