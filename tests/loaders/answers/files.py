"""A small file in the layout of each publisher, of two rows; figures are made up."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping

import openpyxl

from loaders.files.table import InputFile
from loaders.model import OBSERVATION_COLUMNS
from tests.usgs_inputs import long, long_row, table, wide, wide_row

Texts = Mapping[str, str]
"""What the second row prints: place, mineral, unit, sign."""

PLAIN = {"place": "Peru", "mineral": "lithium", "unit": "tonnes", "sign": "70"}


def _chapters(texts: Texts) -> list[InputFile]:
    unit = texts["unit"].replace("tonnes", "t")
    code = {"lithium": "lithi"}.get(texts["mineral"], texts["mineral"])
    row = f"MCS2024,{texts['place']},Mine production,7,{texts['sign']}"
    return [
        table(HEADER.format("t", "t"), "MCS2024,Chile,Mine production,5,6", code="cobal"),
        table(HEADER.format(unit, unit), row, code=code),
    ]


HEADER = "Source,Country,Type,Prod_{}_2022,Prod_{}_est_2023"


def _wide(texts: Texts) -> list[InputFile]:
    said = {"commodity": texts["mineral"], "unit": texts["unit"].replace("tonnes", "metric tons")}
    return [wide(wide_row("Chile", ("5", "6")), wide_row(texts["place"], ("7", texts["sign"]), **said))]


def _long(texts: Texts) -> list[InputFile]:
    said = {"commodity": texts["mineral"], "unit": texts["unit"].replace("tonnes", "metric tons")}
    return [long(long_row("Chile", "5"), long_row(texts["place"], texts["sign"], **said))]


_BGS = {
    "country_trans": "Chile", "country_iso2_code": "", "country_iso3_code": "",
    "bgs_statistic_type_trans": "Production", "bgs_commodity_trans": "lithium",
    "bgs_sub_commodity_trans": "", "yearbook_table_trans": "Mine production of something",
    "year": "2020-01-01 00:00:00", "quantity": "5", "units": "tonnes (metric)", "sdmx_code": "A",
    "data_precision_description": "", "concat_figure_notes_text": "", "concat_table_notes_text": "",
}  # fmt: skip


def bgs(*rows: Mapping[str, str]) -> list[InputFile]:
    """An export with these rows; what a row does not say is that of lithium in Chile."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(_BGS))
    writer.writeheader()
    writer.writerows(_BGS | dict(row) for row in rows)
    return [InputFile("export.csv", text.getvalue().encode())]


def _bgs(texts: Texts) -> list[InputFile]:
    row = {"country_trans": texts["place"], "bgs_commodity_trans": texts["mineral"]}
    row |= {"units": texts["unit"].replace("tonnes", "tonnes (metric)"), "quantity": texts["sign"]}
    return bgs({}, row)


def _wmd(texts: Texts) -> list[InputFile]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    unit = texts["unit"].replace("tonnes", "metr. t")
    sheets = {
        "Cobalt": ["Chile", "metr. t", 1, 5],
        texts["mineral"]: [texts["place"], unit, 7, texts["sign"]],
    }
    for title, row in sheets.items():
        sheet = book.create_sheet(title)
        sheet.append(["6.4. Production of Mineral Raw Materials"])
        sheet.append(["Country", "unit", "2014", "2015", "Sources of data"])
        sheet.append([*row, "reported"])
    stream = io.BytesIO()
    book.save(stream)
    return [InputFile("6.4.xlsx", stream.getvalue())]


def _owid(texts: Texts) -> list[InputFile]:
    title = f"Production of {texts['mineral']}"
    rows = f"Chile,CHL,2022,5\n{texts['place']},,2022,{texts['sign']}\n"
    about = {"titleShort": title, "unit": texts["unit"], "lastUpdated": "2024-07-15"}
    metadata = {"chart": {"title": "A chart"}, "columns": {"column": about}}
    return [
        InputFile("chart.csv", f"Entity,Code,Year,column\n{rows}".encode()),
        InputFile("chart.metadata.json", json.dumps(metadata).encode()),
    ]


def _tidy(texts: Texts, start: str = "own,2025,", header: str = "dataset,edition,") -> list[InputFile]:
    row = ",".join((texts["mineral"], texts["place"], "reserves", "2024", texts["sign"], texts["unit"]))
    lines = [f"{header}mineral,place,measure,year,value,unit", f"{start}cobalt,Chile,reserves,2024,5,tonnes"]
    return [InputFile("tidy.csv", "\n".join([*lines, f"{start}{row}", ""]).encode())]


def _package(texts: Texts) -> list[InputFile]:
    descriptor = {"name": "own", "version": "2025", "resources": [{"path": "tidy.csv"}]}
    tables = _tidy(texts, "", "")
    return [InputFile("datapackage.json", json.dumps(descriptor).encode()), *tables]


MAKERS: dict[str, Callable[[Texts], list[InputFile]]] = {
    "usgs chapters": _chapters,
    "usgs wide": _wide,
    "usgs long": _long,
    "bgs": _bgs,
    "wmd": _wmd,
    "owid": _owid,
    "tidy": _tidy,
    "package": _package,
}

PRINTED = {"owid": "Production of {}"}
"""What a steward is asked about where it is more than the mineral's name."""


def files(layout: str, **texts: str) -> list[InputFile]:
    """A file of a layout in which the second row prints these texts."""
    return MAKERS[layout]({**PLAIN, **texts})


def asked_text(layout: str, kind: str, text: str) -> str:
    """The text that a steward answers."""
    return PRINTED.get(layout, "{}").format(text) if kind == "mineral" else text


PRINTED_TOO = ("file", "column")
MEANING = [
    name for name in OBSERVATION_COLUMNS if not name.startswith("printed_") and name not in PRINTED_TOO
]
"""The columns that say what a figure means; printed texts differ, and names of sheets and headers."""
