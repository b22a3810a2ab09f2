"""Layouts of ministries and agencies: each number is read as it is meant, or it is asked; none is lost."""

from __future__ import annotations

import re

import pytest

from tests.loaders.spreadsheets.sheets import book, read, text

MINE, REFINERY, RESERVES = "mine_production", "refinery_production", "reserves"


def _of(mineral: str, measure: str, *figures: tuple[str, int, float | None, str]) -> dict:
    return {(mineral, place, measure, year): (value, status) for place, year, value, status in figures}


# layout -> the file, what is said for all rows besides, the figures
RIGHT = {
    "the column of years outranks a citation in the header": (
        text(
            "Country,Year,'Cobalt mine production, t (USGS 2025)'".replace("'", '"'),
            "Cuba,2019,3500",
            "Peru,2020,7",
        ),
        {},
        _of("cobalt", MINE, ("CUB", 2019, 3500, "A"), ("PER", 2020, 7, "A")),
    ),
    "panels side by side": (
        book(
            {
                "Data": [
                    ["Nickel supply, kt"],
                    [],
                    [None, 2022, 2023, None, None, 2022, 2023],
                    ["Indonesia", 1, 2, None, "China", 5, 6],
                    ["Canada", 3, 4, None, "Finland", 7, 8],
                ]
            }
        ),
        {"measure": "production"},
        _of(
            "nickel",
            "production",
            *[
                ("IDN", 2022, 1e3, "A"),
                ("IDN", 2023, 2e3, "A"),
                ("CAN", 2022, 3e3, "A"),
                ("CAN", 2023, 4e3, "A"),
                ("CHN", 2022, 5e3, "A"),
                ("CHN", 2023, 6e3, "A"),
                ("FIN", 2022, 7e3, "A"),
                ("FIN", 2023, 8e3, "A"),
            ],
        ),
    ),
    "years merged above the header": (
        book(
            {
                "T": [
                    ["Cobalt production by country (t). Published 2025"],
                    [None, 2022, None, 2023, None],
                    ["Country", "Mine", "Refinery", "Mine", "Refinery"],
                    ["Canada", 3, 6, 2, 5],
                    ["Finland", None, 12, None, 13],
                ]
            },
            "B2:C2",
            "D2:E2",
        ),
        {},
        _of(
            "cobalt",
            MINE,
            *[
                ("CAN", 2022, 3, "A"),
                ("CAN", 2023, 2, "A"),
                ("FIN", 2022, None, "O"),
                ("FIN", 2023, None, "O"),
            ],
        )
        | _of(
            "cobalt",
            REFINERY,
            *[
                ("CAN", 2022, 6, "A"),
                ("CAN", 2023, 5, "A"),
                ("FIN", 2022, 12, "A"),
                ("FIN", 2023, 13, "A"),
            ],
        ),
    ),
    "years above the header that are not merged": (
        text(
            "Cobalt production,,,,",
            ",2022,,2023,",
            "Country,Mine (t),Refinery (t),Mine (t),Refinery (t)",
            "Canada,3,6,2,5",
            "Cuba,4,7,8,9",
        ),
        {},
        _of(
            "cobalt",
            MINE,
            *[
                ("CAN", 2022, 3, "A"),
                ("CAN", 2023, 2, "A"),
                ("CUB", 2022, 4, "A"),
                ("CUB", 2023, 8, "A"),
            ],
        )
        | _of(
            "cobalt",
            REFINERY,
            *[
                ("CAN", 2022, 6, "A"),
                ("CAN", 2023, 5, "A"),
                ("CUB", 2022, 7, "A"),
                ("CUB", 2023, 9, "A"),
            ],
        ),
    ),
    "lines between the rows that name the mineral": (
        book(
            {
                "Data": [
                    ["Mine production, tonnes"],
                    ["Country", 2022, 2023],
                    ["Cobalt"],
                    ["Cuba", 1, 2],
                    ["Lithium"],
                    ["Argentina", 3, 4],
                    ["Portugal", 5, 6],
                ]
            }
        ),
        {},
        _of("cobalt", MINE, ("CUB", 2022, 1, "A"), ("CUB", 2023, 2, "A"))
        | _of(
            "lithium",
            MINE,
            *[
                ("ARG", 2022, 3, "A"),
                ("ARG", 2023, 4, "A"),
                ("PRT", 2022, 5, "A"),
                ("PRT", 2023, 6, "A"),
            ],
        ),
    ),
    "two measures above their columns": (
        book(
            {
                "Cobalt P-R": [
                    ["Cobalt: Production and Reserves"],
                    ["Mine production", None, None, "Reserves"],
                    ["Thousand tonnes", 2022, 2023, "At end of 2023"],
                    ["Australia", 5.8, 4.6, 1700],
                    ["Cuba", 3.9, 3.2, 500],
                ]
            }
        ),
        {},
        _of(
            "cobalt",
            MINE,
            *[
                ("AUS", 2022, 5800, "A"),
                ("AUS", 2023, 4600, "A"),
                ("CUB", 2022, 3900, "A"),
                ("CUB", 2023, 3200, "A"),
            ],
        )
        | _of("cobalt", RESERVES, ("AUS", 2023, 1.7e6, "A"), ("CUB", 2023, 5e5, "A")),
    ),
    "ranks, shares and changes beside the amounts": (
        text(
            "Rank 2023,Country,Cobalt mine production 2023 (t),Share 2023,Change 2023",
            "1,Cuba,3200,0.74,0.12",
            "2,Peru,17,0.07,0.31",
        ),
        {},
        _of("cobalt", MINE, ("CUB", 2023, 3200, "A"), ("PER", 2023, 17, "A")),
    ),
    "a table without a header": (
        book(
            {
                "Data": [
                    ["Cobalt reserves worldwide (in million metric tons)"],
                    [2020, 7.5],
                    [2021, 8],
                    [2022, 9.5],
                ]
            }
        ),
        {"place": "World"},
        _of(
            "cobalt", RESERVES, ("WLD", 2020, 7.5e6, "A"), ("WLD", 2021, 8e6, "A"), ("WLD", 2022, 9.5e6, "A")
        ),
    ),
    "marks of estimates at names, at years and beside numbers": (
        book(
            {
                "T8": [
                    ["RARE EARTHS: WORLD MINE PRODUCTION, BY COUNTRY"],
                    ["(Metric tons)"],
                    ["Country", None, 2019, None, "2020e", None],
                    ["Australiae", None, 20, None, 17, None],
                    ["Burundi", None, 2, "e", 3, "e"],
                    ["China3", None, 132, None, 140, None],
                ]
            }
        ),
        {},
        _of(
            "rare-earths",
            MINE,
            *[
                ("AUS", 2019, 20, "E"),
                ("AUS", 2020, 17, "E"),
                ("BDI", 2019, 2, "E"),
                ("BDI", 2020, 3, "E"),
                ("CHN", 2019, 132, "A"),
                ("CHN", 2020, 140, "E"),
            ],
        ),
    ),
    "flags of Eurostat": (
        text(
            "country;mineral;unit;2021;2022;2023",
            "Finland;cobalt;t;1084 e;: c;1400 p",
            "Spain;cobalt;t;0 n;:;12",
            "Sweden;cobalt;t;5 b;: z;7 s",
        ),
        {"measure": MINE},
        _of(
            "cobalt",
            MINE,
            *[
                ("FIN", 2021, 1084, "E"),
                ("FIN", 2022, None, "Q"),
                ("FIN", 2023, 1400, "A"),
                ("ESP", 2021, 0, "N"),
                ("ESP", 2022, None, "O"),
                ("ESP", 2023, 12, "A"),
                ("SWE", 2021, 5, "A"),
                ("SWE", 2022, None, "M"),
                ("SWE", 2023, 7, "E"),
            ],
        ),
    ),
    "blocks of years below each other, blank where another has the figure": (
        text(
            "Country,Mineral,Unit,2020,2021",
            "Australia,Cobalt,t,,53",
            "Cuba,Cobalt,t,,22",
            "Australia,Cobalt,t,56,",
            "Cuba,Cobalt,t,22,",
        ),
        {"measure": MINE},
        _of(
            "cobalt",
            MINE,
            *[
                ("AUS", 2020, 56, "A"),
                ("AUS", 2021, 53, "A"),
                ("CUB", 2020, 22, "A"),
                ("CUB", 2021, 22, "A"),
            ],
        ),
    ),
    "the rest of the world and its total": (
        text(
            'Country,Mineral,"Mine production 2023, t"',
            "Chile,Copper,5",
            "Rest of World,Copper,7",
            "Total World,Copper,12",
        ),
        {},
        _of("copper", MINE, ("CHL", 2023, 5, "A"), ("OTH", 2023, 7, "A"), ("WLD", 2023, 12, "A")),
    ),
    "words for the measure in a column": (
        text(
            'Country,Mineral,Year,Type,"Quantity, t"',
            "Chile,Copper,2023,mine,5",
            "Chile,Copper,2023,refinery,2",
        ),
        {},
        _of("copper", MINE, ("CHL", 2023, 5, "A")) | _of("copper", REFINERY, ("CHL", 2023, 2, "A")),
    ),
    "title lines of one cell above a text": (
        text("Cobalt mine production", "Unit: t", "", "Country,2022,2023", "Cuba,38,32", "Canada,30,21"),
        {},
        _of(
            "cobalt",
            MINE,
            ("CUB", 2022, 38, "A"),
            ("CUB", 2023, 32, "A"),
            ("CAN", 2022, 30, "A"),
            ("CAN", 2023, 21, "A"),
        ),
    ),
    "notes below a text": (
        text(
            "Cobalt mine production",
            "(metric tons)",
            "",
            "Country;2022;2023",
            "Cuba;38;32",
            "Canada;30;21",
            "",
            "Source: a ministry; yearbook 2024",
            "1) Estimated",
        ),
        {},
        _of(
            "cobalt",
            MINE,
            ("CUB", 2022, 38, "A"),
            ("CUB", 2023, 32, "A"),
            ("CAN", 2022, 30, "A"),
            ("CAN", 2023, 21, "A"),
        ),
    ),
    "panels whose columns of countries are named again": (
        book(
            {
                "T": [
                    ["Mine production, tonnes"],
                    ["Nickel", None, None, "Cobalt"],
                    ["Country", 2022, None, "Country", 2022],
                    ["Indonesia", 15, None, "Congo (DR)", 14],
                    ["Philippines", 34, None, "Nowhere", 9],
                    ["Russia", 22],
                ]
            }
        ),
        {},
        _of("nickel", MINE, ("IDN", 2022, 15, "A"), ("PHL", 2022, 34, "A"), ("RUS", 2022, 22, "A"))
        | _of("cobalt", MINE, ("COD", 2022, 14, "A")),
    ),
    "stages above the names of the columns": (
        book(
            {
                "Cobre": [
                    ["Cobre (mil t)"],
                    ["Produção da mina", None, None, "Produção de refinaria"],
                    ["País", 2022, None, "País", 2022],
                    ["Chile", 53, None, "China", 111],
                    ["Peru", 24, None, "Chile", 21],
                ]
            }
        ),
        {},
        _of("copper", MINE, ("CHL", 2022, 53e3, "A"), ("PER", 2022, 24e3, "A"))
        | _of("copper", REFINERY, ("CHN", 2022, 111e3, "A"), ("CHL", 2022, 21e3, "A")),
    ),
    "a corner merged downwards beside merged years": (
        book(
            {
                "Graphite": [
                    ["Pays", 2021, None, 2022],
                    [
                        None,
                        "Production minière (t)",
                        "Réserves (t)",
                        "Production minière (t)",
                        "Réserves (t)",
                    ],
                    ["Mozambique", 72, 250, 166, 240],
                    ["Colombie", 70, 260, 130, 270],
                ]
            },
            "A1:A2",
            "B1:C1",
            "D1:E1",
        ),
        {},
        _of(
            "graphite",
            MINE,
            *[
                ("MOZ", 2021, 72, "A"),
                ("MOZ", 2022, 166, "A"),
                ("COL", 2021, 70, "A"),
                ("COL", 2022, 130, "A"),
            ],
        )
        | _of(
            "graphite",
            RESERVES,
            *[
                ("MOZ", 2021, 250, "A"),
                ("MOZ", 2022, 240, "A"),
                ("COL", 2021, 260, "A"),
                ("COL", 2022, 270, "A"),
            ],
        ),
    ),
    "countries on lines of their own, their minerals below": (
        book(
            {
                "P": [
                    ["Producción minera (miles de toneladas)"],
                    ["", 2021, 2022],
                    ["Canadá"],
                    ["Cobalto", 4, 3],
                    ["Níquel", 134, 143],
                    ["Cuba"],
                    ["Cobalto", 5, 6],
                ]
            }
        ),
        {},
        _of("cobalt", MINE, ("CAN", 2021, 4e3, "A"), ("CAN", 2022, 3e3, "A"))
        | _of("nickel", MINE, ("CAN", 2021, 134e3, "A"), ("CAN", 2022, 143e3, "A"))
        | _of("cobalt", MINE, ("CUB", 2021, 5e3, "A"), ("CUB", 2022, 6e3, "A")),
    ),
    "indicators in words without accents": (
        text(
            "Pais;Mineral;Anio;Indicador;Valor;Unidad",
            "Chile;Litio;2022;Produccion minera;38;t",
            "Mexico;Plata;2022;Reservas;93;kg",
        ),
        {},
        _of("lithium", MINE, ("CHL", 2022, 38, "A")) | {("silver", "MEX", RESERVES, 2022): (0.093, "A")},
    ),
    "lakhs and crores": (
        text(
            "Country;Mineral;Mine production 2022 (t)",
            "India;Bauxite;2,38,37,000",
            "Guinea;Bauxite;10,30,00,000",
        ),
        {},
        _of("bauxite", MINE, ("IND", 2022, 23_837_000, "A"), ("GIN", 2022, 103_000_000, "A")),
    ),
    "words in a column of statuses": (
        text(
            "Country,Mineral,Year,Mine production (t),Status",
            "Chile,Copper,2022,5,Final",
            "Peru,Copper,2022,2,Estimated",
            "Mexico,Copper,2022,7,Preliminary",
            "Cuba,Copper,2022,1,forecast",
        ),
        {},
        _of(
            "copper",
            MINE,
            ("CHL", 2022, 5, "A"),
            ("PER", 2022, 2, "E"),
            ("MEX", 2022, 7, "A"),
            ("CUB", 2022, 1, "F"),
        ),
    ),
    "a title with a comma and a note without a blank line": (
        text(
            "Nickel: mine production, by country (kt)",
            "Country|2021|2022",
            "Indonesia|1,040|1,580",
            "Philippines|387|345",
            "e Estimated.",
        ),
        {"measure": MINE},
        _of(
            "nickel",
            MINE,
            ("IDN", 2021, 1040e3, "A"),
            ("IDN", 2022, 1580e3, "A"),
            ("PHL", 2021, 387e3, "A"),
            ("PHL", 2022, 345e3, "A"),
        ),
    ),
    "bars between the cells": (
        text("Country|Mineral|Mine production 2023 (t)", "Chile|Copper|5", "Peru|Copper|2"),
        {},
        _of("copper", MINE, ("CHL", 2023, 5, "A"), ("PER", 2023, 2, "A")),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("item", "said", "figures"), RIGHT.values(), ids=RIGHT)
def test_each_number_is_read_as_it_is_meant(item, said, figures):
    outcome = read(item, **said)
    assert outcome.figures == figures, outcome.asked
    assert outcome.account.refused == outcome.asked.count("unknown place: 'Nowhere'")


# layout -> the file, the sheet, what is said besides, what is asked (and then nothing is read)
ASKED = {
    "a unit in the title that no header has": (
        book(
            {
                "D": [
                    ["Silver mine production in kilograms"],
                    ["Country", "2022 (t)"],
                    ["Mexico", 62],
                    ["Peru", 31],
                ]
            }
        ),
        None,
        {},
        "The title says kilograms, the headers say t",
    ),
    "a column of fiscal years": (
        text("Country,Mineral,Fiscal Year,Mine production (t)", "Japan,Gold,2022,4", "Japan,Gold,2023,5"),
        None,
        {},
        "Fiscal Year counts fiscal years",
    ),
    "a status that is no word of ours": (
        text("Country,Mineral,Year,Mine production (t),Status", "Chile,Copper,2022,5,oranges"),
        None,
        {},
        "oranges",
    ),
    "words between the numbers that name what is to their right": (
        text(
            "Country,Nickel mine production 2022 (t),Herkunft,Cobalt mine production 2022 (t)",
            "Cuba,48,Utopia,3",
            "Peru,7,Atlantis,2",
        ),
        None,
        {},
        "Herkunft hold. It stands between numbers",
    ),
    "a footnote glued to a number": (
        text(
            'Country,Mineral,Year,"Mine production, t"',
            'Cuba,Cobalt,2023,"3,2005"',
            'Peru,Cobalt,2023,"175,000"',
        ),
        None,
        {},
        "'3,2005' is neither thousands nor like the others",
    ),
    "thousands or decimals": (
        text("Country;Mineral;Mine production 2023 (t)", "Cuba;Cobalt;1,234", "Peru;Cobalt;2,345"),
        None,
        {},
        "'1,234' is 1234 or 1.234",
    ),
    "sheets whose names say no mineral": (
        book(
            {
                name: [["Production"], ["Country", "unit", 2022], ["Cuba", "t", 3], *extra]
                for name, extra in (("Cobalt", [["Peru", "t", 1]]), ("Iron (Fe)", []), ("Stuff", []))
            }
        ),
        "Cobalt",
        {},
        r'\[sheets."Stuff"\]',
    ),
    "a unit in the header and another in a column": (
        text("Country,Mineral,Year,Unit,Mine production (t)", "Cuba,Platinum,2023,kg,20000"),
        None,
        {},
        "says unit t, the column Unit says kg",
    ),
    "codes of states": (
        text("State,Mineral,Year,Mine production (t)", "AL,Lithium,2023,10", "CA,Lithium,2023,20"),
        None,
        {},
        "AL: parts of one country",
    ),
    "codes of states under another word": (
        text("Region,Mineral,Year,Mine production (t)", "SA,Lithium,2023,10", "WA,Lithium,2023,20"),
        None,
        {},
        "as parts of AUS have",
    ),
    "a total that includes a mineral": (
        book(
            {
                "Total Min. Prod. (t)": [
                    ["World mineral production 2021 by countries (incl. Bauxite)"],
                    ["Country", "Total", "Mineral Fuels"],
                    ["China", 48, 41],
                    ["Chile", 5, 1],
                ]
            }
        ),
        None,
        {},
        "nothing says mineral",
    ),
    "forecasts": (
        text('Country,Mineral,2024,"2030 f",2040', "Chile,Copper,5,6,7"),
        None,
        {"measure": "production", "unit": "kt"},
        "2040: after the edition 2025. Say actual_until",
    ),
    "fiscal years": (
        text("Country,Mineral,2021-22,2022-23", "India,Bauxite,225,238"),
        None,
        {"measure": "production", "unit": "kt"},
        "2021-22 is a fiscal year",
    ),
    "the sheet that lacks something is named": (
        book(
            {
                "Contents": [["Contents"], ["Sheet", "Title"], ["Data", "Cobalt"]],
                "Data": [
                    ["Cobalt mine production"],
                    ["Country", 2022],
                    ["Cuba", 3],
                    ["Peru", 4],
                    ["Chile", 5],
                ],
            }
        ),
        "Data",
        {},
        r"sheet Data: .*nothing says unit",
    ),
}


@pytest.mark.parametrize(("item", "sheet", "said", "asked"), ASKED.values(), ids=ASKED)
def test_what_would_be_a_guess_is_asked(item, sheet, said, asked):
    outcome = read(item, sheet, **said)
    assert re.search(asked, outcome.asked)
    assert outcome.figures == {}
