"""More layouts of the same kinds, made by us: what is right, or a part of what is asked."""

from __future__ import annotations

import re

import pytest

from loaders.errors import UnreadableFile
from loaders.files.opening import read_tables
from loaders.spreadsheets.layout import laid_out
from tests.loaders.spreadsheets.sheets import Outcome, book, read, text

MINE = "mine_production"


def _values(outcome: Outcome) -> dict[str, float | None]:
    """The figures as 'mineral place year' or, where it is not mine production, with the measure behind."""
    return {
        " ".join([mineral, place, str(year), *([measure] if measure != MINE else [])]): value
        for (mineral, place, measure, year), (value, _) in outcome.figures.items()
    }


# layout -> the file, what is said besides, the figures, or the words in which it is asked
CASES = {
    # numbers
    "space thousands, decimal comma": (
        text("Land;Rohstoff;Bergwerksproduktion 2023 (t)", "Chile;lithium;1 234,5", "Cuba;cobalt;12"),
        {},
        {"lithium CHL 2023": 1234.5, "cobalt CUB 2023": 12},
    ),
    "thousands that cannot be decimals": (
        text(
            "Country;Mineral;Mine production 2023 (t)",
            "Cuba;Cobalt;3,200",
            "Peru;Cobalt;175,000",
            "Chile;Cobalt;12",
        ),
        {},
        {"cobalt CUB 2023": 3200, "cobalt PER 2023": 175000, "cobalt CHL 2023": 12},
    ),
    "a point in one cell and a comma in another": (
        text("Country;Mineral;Mine production 2023 (t)", "Cuba;Cobalt;3,2", "Peru;Cobalt;17.5"),
        {},
        "has a decimal comma, '17.5' a decimal point",
    ),
    "a footnote glued to a number with a point": (
        text("Country;Mineral;Mine production 2023 (t)", "Cuba;Cobalt;3.2005", "Peru;Cobalt;175.000"),
        {},
        "neither thousands nor like the others",
    ),
    "a percent sign": (
        text("Country;Mineral;Mine production 2023 (t);of world", "Cuba;Cobalt;3;12%", "Peru;Cobalt;5;20%"),
        {},
        {"cobalt CUB 2023": 3, "cobalt PER 2023": 5},
    ),
    # places
    "UF of Brazil": (
        text(
            "UF,Mineral,Year,Mine production (t)",
            "PA,Copper,2023,10",
            "MG,Copper,2023,20",
            "BA,Copper,2023,20",
        ),
        {},
        "PA: parts of one country",
    ),
    "provinces by name": (
        text("Province,Mineral,Mine production 2023 (t)", "Ontario,Nickel,5", "Quebec,Nickel,6"),
        {},
        "nothing says place",
    ),
    "a state that is a country's name, too": (
        text("State,Mineral,Mine production 2023 (t)", "Georgia,Kaolin,5", "Georgia,Gold,6"),
        {},
        "parts of one country",
    ),
    "codes of countries": (
        text("ISO3,Mineral,Mine production 2023 (t)", "CHL,Lithium,5", "AUS,Lithium,6"),
        {},
        {"lithium CHL 2023": 5, "lithium AUS 2023": 6},
    ),
    "names and codes beside each other": (
        text("Country,Code,Mineral,Mine production 2023 (t)", "Chile,CHL,Lithium,5", "Peru,PER,Copper,6"),
        {},
        {"lithium CHL 2023": 5, "copper PER 2023": 6},
    ),
    "exporter and importer": (
        text(
            "Exporter,Importer,Mineral,Year,Quantity (t)",
            "Chile,China,Copper,2023,5",
            "Peru,Japan,Copper,2023,6",
        ),
        {"measure": "production"},
        "both hold a place",
    ),
    "a total of we know not what": (
        text(
            "Country,Mineral,Mine production 2023 (t)", "Chile,Copper,5", "Peru,Copper,6", "Total,Copper,11"
        ),
        {},
        "A total, as it seems, among the names of a place: 'Total'",
    ),
    # headers
    "reserves and production in two columns": (
        text("Country,Mineral,Mine production 2023 (t),Reserves 2023 (t)", "Chile,Copper,5,50"),
        {},
        {"copper CHL 2023": 5, "copper CHL 2023 reserves": 50},
    ),
    "minerals across": (
        book(
            {
                "2023": [
                    ["Mine production 2023, kt"],
                    ["Country", "Copper", "Nickel"],
                    ["Chile", 5, 1],
                    ["Peru", 2, 0],
                ]
            }
        ),
        {},
        {"copper CHL 2023": 5e3, "nickel CHL 2023": 1e3, "copper PER 2023": 2e3, "nickel PER 2023": 0},
    ),
    "two units in two columns": (
        text("Country,Mineral,Mine production 2023 (t),Reserves 2023 (kt)", "Chile,Copper,5,50"),
        {},
        {"copper CHL 2023": 5, "copper CHL 2023 reserves": 50e3},
    ),
    "units in a row below the header": (
        book(
            {
                "S": [
                    ["Mine production and reserves of lithium"],
                    ["Country", "Mine production 2023", "Reserves 2023"],
                    [None, "t", "kt"],
                    ["Chile", 5, 50],
                    ["Peru", 6, 60],
                ]
            }
        ),
        {},
        {
            "lithium CHL 2023": 5,
            "lithium CHL 2023 reserves": 50e3,
            "lithium PER 2023": 6,
            "lithium PER 2023 reserves": 60e3,
        },
    ),
    "exports beside production": (
        text("Country,Mineral,Mine production 2023 (t),Exports 2023 (t)", "Chile,Copper,5,4"),
        {},
        {"copper CHL 2023": 5, "copper CHL 2023 exports": 4},
    ),
    "production and exports in the title": (
        book({"S": [["Production and exports of copper, t"], ["Country", 2023], ["Chile", 5], ["Peru", 6]]}),
        {},
        "nothing says measure",
    ),
    "quarters": (
        text("Country,Mineral,Q1 2023,Q2 2023", "Chile,Copper,5,6"),
        {"measure": MINE, "unit": "t"},
        "nothing says year, value|nothing says value",
    ),
    "two minerals in the title": (
        book(
            {"S": [["Mine production of copper and cobalt, t"], ["Country", 2023], ["Chile", 5], ["Peru", 6]]}
        ),
        {},
        "nothing says mineral",
    ),
    "a span of years as growth": (
        text("Country,Mineral,2022,2023,2013-23", "Chile,Copper,5,6,0.1"),
        {"measure": MINE, "unit": "t"},
        {"copper CHL 2022": 5, "copper CHL 2023": 6},
    ),
    "a total over the years beside them": (
        text("Country,Mineral,2022,2023,Total", "Chile,Copper,5,6,11"),
        {"measure": MINE, "unit": "t"},
        "What does the column Total hold",
    ),
    "the year of the edition in a title": (
        book(
            {
                "S": [
                    ["Source: USGS, Mineral Commodity Summaries 2025"],
                    ["Country", "Mineral", "Reserves (t)"],
                    ["Chile", "Copper", 5],
                    ["Peru", "Copper", 6],
                ]
            }
        ),
        {},
        "nothing says year",
    ),
    "a title that says one unit and a column another": (
        book(
            {
                "S": [
                    ["Mine production 2023 (kt)"],
                    ["Country", "Mineral", "Unit", "Amount"],
                    ["Chile", "Copper", "t", 5],
                    ["Peru", "Copper", "t", 6],
                ]
            }
        ),
        {},
        "The title says kt, the column Unit says t",
    ),
    # rows
    "lines between the rows that name the measure": (
        book(
            {
                "S": [
                    ["Copper, kt"],
                    ["Country", 2022, 2023],
                    ["Mine production"],
                    ["Chile", 5, 6],
                    ["Refinery production"],
                    ["Chile", 3, 4],
                ]
            }
        ),
        {},
        {
            "copper CHL 2022": 5e3,
            "copper CHL 2023": 6e3,
            "copper CHL 2022 refinery_production": 3e3,
            "copper CHL 2023 refinery_production": 4e3,
        },
    ),
    "lines between the rows that name the country": (
        text(
            "Mineral,Mine production 2022 (t),Mine production 2023 (t)",
            "Chile,,",
            "Copper,5,6",
            "Lithium,1,2",
            "Peru,,",
            "Copper,3,4",
        ),
        {},
        {
            "copper CHL 2022": 5,
            "copper CHL 2023": 6,
            "lithium CHL 2022": 1,
            "lithium CHL 2023": 2,
            "copper PER 2022": 3,
            "copper PER 2023": 4,
        },
    ),
    "lines between the rows of a name nobody knows": (
        book(
            {
                "S": [
                    ["Mine production, t"],
                    ["Country", 2022, 2023],
                    ["Cobalt"],
                    ["Cuba", 1, 2],
                    ["Zorium"],
                    ["Peru", 3, 4],
                ]
            }
        ),
        {},
        "unknown mineral: 'Zorium'",
    ),
    "continents between the rows": (
        book(
            {
                "S": [
                    ["Cobalt mine production, t"],
                    ["Country", 2023, 2022],
                    ["Africa"],
                    ["Zambia", 1, 2],
                    ["Asia"],
                    ["China", 3, 4],
                ]
            }
        ),
        {},
        {"cobalt ZMB 2023": 1, "cobalt ZMB 2022": 2, "cobalt CHN 2023": 3, "cobalt CHN 2022": 4},
    ),
    "the header again, with other years": (
        text(
            "Country,Mineral,2020,2021",
            "Chile,Copper,1,2",
            "Peru,Copper,3,4",
            "Country,Mineral,2022,2023",
            "Chile,Copper,5,6",
        ),
        {"measure": MINE, "unit": "t"},
        r"copper CHL 2020|columns 2020",
    ),
    "tables below each other with a mineral each": (
        book(
            {
                "S": [
                    ["Cobalt mine production (t)"],
                    ["Country", 2022, 2023],
                    ["Cuba", 1, 2],
                    ["Peru", 1, 1],
                    [],
                    ["Lithium mine production (t)"],
                    ["Country", 2022, 2023],
                    ["Chile", 3, 4],
                ]
            }
        ),
        {},
        r'\[sheets."S, rows 7 to 8"\]|lithium CHL 2022',
    ),
    # text files
    "a text that a spreadsheet program padded": (
        text("Cobalt mine production,,", "t,,", ",,", "Country,2022,2023", "Cuba,1,2", "Peru,3,4"),
        {},
        {"cobalt CUB 2022": 1, "cobalt CUB 2023": 2, "cobalt PER 2022": 3, "cobalt PER 2023": 4},
    ),
    "a text without a header": (
        text("Chile,Copper,2023,5000", "Peru,Copper,2023,6000"),
        {"measure": MINE, "unit": "t"},
        {"copper CHL 2023": 5000, "copper PER 2023": 6000},
    ),
    # flags
    "flags in columns called Flag": (
        text("Country,Mineral,2022,Flag,2023,Flag", "Chile,Copper,5,e,6,", "Peru,Copper,7,,8,r"),
        {"measure": MINE, "unit": "t"},
        {"copper CHL 2022": 5, "copper CHL 2023": 6, "copper PER 2022": 7, "copper PER 2023": 8},
    ),
    "a letter that nobody knows": (
        text("Country,Mineral,2022,2023", "Chile,Copper,5 q,6", "Peru,Copper,7,8"),
        {"measure": MINE, "unit": "t"},
        "unreadable value: '5 q'",
    ),
    # signs that notes explain
    "a legend below a text": (
        text(
            '"Iodine, mine production (t)"',
            "Country,2022,2023",
            'Chile,"20,100",..',
            "Indonesia,40,–",
            "Japan,--,200*",
            "– nil; .. not available; -- withheld; * estimated by us",
        ),
        {},
        {
            "iodine CHL 2022": 20100,
            "iodine CHL 2023": None,
            "iodine IDN 2022": 40,
            "iodine IDN 2023": 0,
            "iodine JPN 2022": None,
            "iodine JPN 2023": 200,
        },
    ),
    "a dash that is no zero": (
        book(
            {
                "S": [
                    ["Добыча меди, т"],
                    ["Страна", 2022, 2023],
                    ["Чили", 5, 6],
                    ["Перу", 7, "–"],
                    ["– нет данных"],
                ]
            }
        ),
        {"measure": MINE, "unit": "t"},
        {"copper CHL 2022": 5, "copper CHL 2023": 6, "copper PER 2022": 7, "copper PER 2023": None},
    ),
    "a dash that no note explains": (
        text("Country,Mineral,2022,2023", "Chile,Copper,5,–", "Peru,Copper,7,8", "– see the annex"),
        {"measure": MINE, "unit": "t"},
        "unreadable value: '–'",
    ),
    # tables in a text
    "tables below each other in a text": (
        text(
            "Copper (kt)",
            "",
            "Table A. Mine production",
            "Country,2022,2023",
            "Chile,5,6",
            "Peru,7,8",
            "",
            "Table B. Refinery production",
            "Country,2023,2022",
            "China,1,2",
            "Japan,3,4",
            "Source: ours",
        ),
        {},
        {
            "copper CHL 2022": 5e3,
            "copper CHL 2023": 6e3,
            "copper PER 2022": 7e3,
            "copper PER 2023": 8e3,
            "copper CHN 2022 refinery_production": 2e3,
            "copper CHN 2023 refinery_production": 1e3,
            "copper JPN 2022 refinery_production": 4e3,
            "copper JPN 2023 refinery_production": 3e3,
        },
    ),
    "a second table in a text that is of exports": (
        text(
            "Copper (kt)",
            "",
            "Imports",
            "Country,2022,2023",
            "Chile,5,6",
            "",
            "Exports",
            "Country,2022,2023",
            "China,1,2",
        ),
        {"measure": "imports"},
        r"Sheet rows 8 to 9 has the same columns[^$]*says? no measure",
    ),
    "a blank line between the rows of a text": (
        text("Copper mine production (kt)", "", "Country,2022", "Chile,5", "Cuba,6", "", "Peru,7", "Japan,8"),
        {},
        {"copper CHL 2022": 5e3, "copper CUB 2022": 6e3, "copper PER 2022": 7e3, "copper JPN 2022": 8e3},
    ),
    "Markdown": (
        text(
            "| Country | Copper mine production 2022 (kt) |",
            "|:--------|------:|",
            "| Chile | 5,000 |",
            "| Peru | 7 |",
        ),
        {},
        {"copper CHL 2022": 5e6, "copper PER 2022": 7e3},
    ),
    "Markdown without bars at the ends": (
        text("Country | Copper mine production 2022 (kt)", "--- | ---", "Chile | 5", "Peru | 6"),
        {},
        {"copper CHL 2022": 5e3, "copper PER 2022": 6e3},
    ),
    # words
    "a stage in brackets": (
        text(
            "Country,Mineral,Primary aluminium (smelter production) 2023 (t)",
            "China,Aluminum,5",
            "India,Aluminum,6",
        ),
        {},
        {"aluminum CHN 2023 smelter_production": 5, "aluminum IND 2023 smelter_production": 6},
    ),
    "one figure of two editions": (
        text(
            'Country,Mineral,Year,"Mine production, t (BGS 2024)","Mine production, t (BGS 2023)"',
            "Peru,Tin,2021,5,6",
        ),
        {},
        "2 columns are called Mine production, t",
    ),
    "sheets of which none names its mineral": (
        book(
            {
                "Notes": [["Factor", 1.2], ["Issued", 2024]],
                "A1": [["Mine production, t"], ["Country", 2022, 2023], ["Chile", 1, 2], ["Peru", 3, 4]],
                "B1": [["Mine production, t"], ["Country", 2022, 2023], ["Cuba", 5, 6], ["Japan", 7, 8]],
            }
        ),
        {},
        "(?s)Sheet B1 has the same columns.*nothing says mineral",
    ),
    "units behind names, one of which nobody knows": (
        text("Country,Mineral,Mine production 2022", "Chile,Gold (kg),5", 'Peru,"Pebbles, carats",6'),
        {},
        "(?s)^(?!.*nothing says unit).*unknown mineral: 'Pebbles, carats'",
    ),
    "names as ministries shorten them": (
        text(
            "Country,Mineral,Mine production 2022 (t)",
            "Rep. of Korea,Zircon,5",
            "EL,Chromite,6",
            "Suriname,Celestite,7",
        ),
        {},
        {"zirconium KOR 2022": 5, "chromium GRC 2022": 6, "strontium SUR 2022": 7},
    ),
    "regions between the rows": (
        text(
            "Country,Mineral,Mine production 2022 (t)",
            "Latin America,,",
            "Peru,Tin,5",
            "Middle East,,",
            "Iran,Tin,6",
        ),
        {},
        {"tin PER 2022": 5, "tin IRN 2022": 6},
    ),
    "years, each a quantity in a unit": (
        book(
            {
                "S": [
                    ["Tin: mine production"],
                    ["(Quantity in thousand tonnes)"],
                    ["Country", 2022],
                    ["Peru", 5],
                    ["China", 6],
                ]
            }
        ),
        {},
        {"tin PER 2022": 5e3, "tin CHN 2022": 6e3},
    ),
    "forecast in the header": (
        text("Country,Mineral,2024,2026 (forecast)", "Chile,Copper,5,6"),
        {"measure": MINE, "unit": "t"},
        {"copper CHL 2024": 5, "copper CHL 2026": 6},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("item", "said", "right"), CASES.values(), ids=CASES)
def test_a_layout_is_read_right_or_asked_about(item, said, right):
    outcome = read(item, **said)
    if isinstance(right, dict):
        assert _values(outcome) == right, outcome.asked
    else:
        assert re.search(right, outcome.asked + str(_values(outcome))), (outcome.asked, outcome.figures)
    if outcome.account:
        assert outcome.account.figures <= outcome.account.numbers


def test_a_header_that_stands_again_and_again_is_the_head_of_each_table_alone():
    years = [None, 2022, 2023]
    rows = [["Cobalt mine production, t"], years, ["Cuba", 1, 3], *[years] * 4, ["Peru", 2, 4]]
    tables = laid_out(read_tables(book({"S": rows})))
    assert [len(raw.head) for raw in tables] == [2] * 5
    assert {raw.above for raw in tables} == {("Cobalt mine production, t",)}
    assert [len(raw.frame) for raw in tables] == [1, 0, 0, 0, 1]


def test_a_row_with_a_cell_too_many_below_a_blank_line_is_no_other_table():
    with pytest.raises(UnreadableFile, match="the row has 3 cells, the header 1"):
        read_tables(text("Copper (kt)", "", "Country,2022,2023", "Chile,5,6", "", "Peru,1,234,8"))
