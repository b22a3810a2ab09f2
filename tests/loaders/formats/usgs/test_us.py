"""What the USGS summaries say of the United States alone, in both layouts."""

from __future__ import annotations

import math

import pytest

from loaders.errors import UnknownFormat
from loaders.files.table import InputFile
from loaders.formats import formats_of
from loaders.read import Load, Surroundings, load_with
from loaders.vocabulary import Basis, Measure, Severity, Status
from tests.usgs_inputs import HEADING, LONG_HEADER, WORLD, named

pytestmark = pytest.mark.slow

SALIENT, SOURCES = "Salient Statistics—United States", "Import Sources"
US = "usgs-mcs-us"
TONS = {"statistic": "Export", "unit": "metric tons"}


def line(
    detail: str,
    value: str,
    *,
    statistic: str = "Net import reliance",
    commodity: str = "Rare Earths",
    unit: str = "percent",
    year: str = "2025",
    note: str = "",
    country: str = "United States",
    section: str = SALIENT,
    heading: str = HEADING,
) -> list[str]:
    """A row of 2026."""
    chapter = commodity.upper()
    return [
        chapter, section, commodity, country, statistic, detail, unit, year, value, note, "Yes", heading
    ]  # fmt: skip


def source(country: str, value: str, **other: str) -> list[str]:
    """A row of 2026 that says where imports come from."""
    given = {"detail": "All", "section": SOURCES, "year": "2021–24", "statistic": "Import sources 2021-2024"}
    return line(**{**given, "value": value, "country": country, **other})


def long(*rows: list[str]) -> InputFile:
    return named("MCS2026_Commodities_Data.csv", LONG_HEADER, *rows, encoding="cp1252")


def load(*inputs: InputFile, dataset: str = US) -> Load:
    return load_with(inputs, lambda _: Surroundings(), formats=formats_of(dataset))


def only(result: Load) -> dict[str, object]:
    (row,) = result.observations.to_dict("records")
    return row


# The long table of 2026 -----------------------------------------------------------------------------------

# words, printed value, note, value, lower, upper, status
VALUES = [
    ("53", "", 0.53, None, None, Status.AS_PUBLISHED),
    ("67", "Estimated. -- Defined as imports – exports.", 0.67, None, None, Status.ESTIMATED),
    (">95", "", None, 0.95, None, Status.AS_PUBLISHED),
    ("<25", "", None, 0.0, 0.25, Status.NOT_SIGNIFICANT),
    ("E", "Estimated.", None, None, None, Status.NET_EXPORTER),
    ("W", "", None, None, None, Status.WITHHELD),
    ("NA", "", None, None, None, Status.NOT_AVAILABLE),
    ("s", "", None, None, None, Status.NOT_AVAILABLE),
    ("—", "", 0.0, None, None, Status.AS_PUBLISHED),
    ("68\xa0", "", 0.68, None, None, Status.AS_PUBLISHED),
]


@pytest.mark.parametrize(("printed", "note", "value", "lower", "upper", "status"), VALUES)
def test_bounds_signs_and_estimates_stay_apart(printed, note, value, lower, upper, status):
    row = only(
        load(long(line("Net import reliance as a percentage of apparent consumption", printed, note=note)))
    )
    found = [None if math.isnan(row[name]) else row[name] for name in ("value", "lower", "upper")]
    assert (found, row["status"]) == (pytest.approx([value, lower, upper]), status)
    assert (row["printed_value"], row["printed_unit"], row["unit"]) == (printed, "percent", "1")


# statistic, words, unit, measure, detail, basis
WORDS = [
    ("Net import reliance", "Net import reliance as a percentage of apparent consumption: Ores", "percent",
     Measure.NET_IMPORT_RELIANCE, "of apparent consumption: Ores", Basis.NOT_APPLICABLE),
    ("Consumption", "Consumption: Apparent, primary", "metric tons",
     Measure.APPARENT_CONSUMPTION, "primary", Basis.UNDEFINED),
    ("Consumption", "Consumption (includes recycling): Reported", "metric tons",
     Measure.REPORTED_CONSUMPTION, "(includes recycling)", Basis.UNDEFINED),
    ("Consumption", "Consumption, estimated", "metric tons",
     Measure.CONSUMPTION, "estimated", Basis.UNDEFINED),
    ("Production", "Production: Mine (recoverable antimony)", "metric tons",
     Measure.MINE_PRODUCTION, "Mine (recoverable antimony)", Basis.UNDEFINED),
    ("Production", "Production, Refinery: Secondary (from scrap)", "metric tons",
     Measure.REFINERY_PRODUCTION, "Refinery: Secondary (from scrap)", Basis.UNDEFINED),
    ("Import", "Imports for consumption: Gallium arsenide wafers (gross weight)", "kilograms",
     Measure.IMPORTS, "for consumption: Gallium arsenide wafers (gross weight)", Basis.GROSS),
    ("Stock", "Stocks, yearend: LME, U.S. warehouse", "metric tons",
     Measure.STOCKS, "yearend: LME, U.S. warehouse", Basis.UNDEFINED),
    ("Employment", "Employment, mine and mill, number", "number",
     Measure.EMPLOYMENT, "mine and mill", Basis.NOT_APPLICABLE),
    ("Shipment", "Shipments from Government stockpile", "metric tons",
     Measure.SHIPMENTS, "from Government stockpile", Basis.UNDEFINED),
    ("Sold or used", "Sold or used by producers", "million metric tons", Measure.SALES, "by producers",
     Basis.UNDEFINED),
    ("Price", "Price, average, dollars per pound: U.S. spot, cathode", "dollars per pound",
     Measure.PRICE, "average: U.S. spot, cathode", Basis.UNDEFINED),
    ("Price", "Price, annual, London Metal Exchange (LME), cash: Dollars per pound", "dollars per pound",
     Measure.PRICE, "annual, London Metal Exchange (LME), cash: Dollars per pound", Basis.UNDEFINED),
    ("Price", "Price, f.o.b. mine, dollars per metric ton of K2O equivalent: MOP", "dollars per metric ton",
     Measure.PRICE, "f.o.b. mine of K2O equivalent: MOP", Basis.K2O),
]  # fmt: skip


@pytest.mark.parametrize(("statistic", "words", "unit", "measure", "detail", "basis"), WORDS)
def test_words_say_measure_detail_and_basis(statistic, words, unit, measure, detail, basis):
    row = only(load(long(line(words, "5", statistic=statistic, unit=unit))))
    assert (row["measure"], row["detail"], row["basis"]) == (measure, detail, basis)
    assert (row["printed_measure"], row["place"], row["partner"]) == (words, "USA", "")


def test_amounts_take_the_heading_of_their_chapter_and_prices_do_not():
    heading = "(Data in metric tons of contained cobalt unless otherwise specified)"
    rows = [
        line("Exports", "5", statistic="Export", unit="metric tons", heading=heading),
        line(
            "Price, cathode, dollars per pound",
            "5",
            statistic="Price",
            unit="dollars per pound",
            heading=heading,
        ),
    ]
    assert [*load(long(*rows)).observations["basis"]] == [Basis.CONTENT, Basis.UNDEFINED]


def test_a_price_whose_words_and_unit_differ_is_read_as_its_words_say_with_a_warning():
    words = "Price, average, manganese content, China, dollars per metric ton unit"
    found = load(
        long(line(words, "5.27", statistic="Price", commodity="Manganese", unit="dollars per metric ton"))
    )
    row = only(found)
    assert (row["value"], row["unit"], row["basis"]) == (5.27, "USD/mtu", Basis.CONTENT)
    assert [(problem.severity, problem.rule) for problem in found.report.problems] == [
        (Severity.WARNING, "two units")
    ]


def test_sources_of_imports_have_a_partner_and_the_years_that_they_are_of():
    rows = [source("China", "71"), source("Other countries", "<1"), line("Exports", "5", statistic="Export")]
    found = load(long(*rows)).observations
    assert [*found["partner"]] == ["CHN", "OTH", ""]
    assert [*found["place"]] == ["USA"] * 3
    assert [*found["year"]] == [2024, 2024, 2025]
    assert [*found["note"]] == ["2021–24", "2021–24", ""]
    assert [*found["printed_name"]] == ["China", "Other countries", "United States"]


def test_sources_are_no_figure_that_stands_there_twice():
    found = load(long(source("China", "71"), source("Japan", "5"), line("Exports", "5", statistic="Export")))
    assert found.report.problems == ()


def test_two_tables_of_one_wording_are_told_apart():
    rows = [
        line("Imports", value, statistic="Import", commodity="Mica (Natural)", unit="metric tons")
        for value in ("24,400", "3,990")
    ]
    assert [*load(long(*rows)).observations["mineral"]] == ["mica-scrap-flake", "mica-sheet"]
    names = ("Diamond (Bort, grit, and dust and powder; natural and synthetic)",
             "Diamond (Stones, natural and synthetic)")  # fmt: skip
    rows = [line("Exports", "1", statistic="Export", commodity=name, unit="million carats") for name in names]
    assert [*load(long(*rows)).observations["detail"]] == [
        "Bort, grit, and dust and powder; natural and synthetic", "Stones, natural and synthetic",
    ]  # fmt: skip


# a row that is no figure, and why
LEFT_OUT = [
    (line("Price", "Variable", statistic="Price", unit=""), "a price in words, without a unit"),
    (line("Continuously cast steel, percent", "99.8", statistic="Production"),
     "a part of production, not an amount"),
    (line("Wallboard, million square feet", "5", statistic="Sold", unit="metric tons"),
     "square feet by its words, tons by its unit"),
    (line("Shipments from Government stockpile", "?1", statistic="Shipment", unit="metric tons"),
     "its minus sign is lost in the file"),
    (line("Production", "5", section=WORLD, statistic="Production"),
     f"section '{WORLD}' is a table of countries"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "reason"), LEFT_OUT)
def test_a_row_that_is_no_figure_is_counted_with_its_reason(row, reason):
    report = load(long(row, line("Exports", "5", statistic="Export", unit="metric tons"))).report
    assert [(item.reason, item.count) for item in report.ignored] == [(reason, 1)]
    assert (report.counts.rows_read, report.counts.observations) == (2, 1)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (line("Exports", "5", statistic="Export", unit="bushels"), "unknown unit"),
        (line("Exports", "about five", statistic="Export", unit="metric tons"), "unreadable value"),
        (
            line("Exports", "5", statistic="Export", commodity="Unobtainium", unit="metric tons"),
            "unknown mineral",
        ),
        (source("Atlantis", "5"), "unknown place"),
        (line("Smuggled", "5", statistic="Contraband", unit="metric tons"), "unknown statistic"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_the_reason(row, rule):
    found = load(long(row, line("Exports", "5", statistic="Export", unit="metric tons")))
    assert [(problem.severity, problem.rule) for problem in found.report.problems] == [(Severity.ERROR, rule)]
    assert (len(found.observations), found.report.counts.cells_refused) == (1, 1)


def test_the_same_file_is_of_two_datasets_and_each_leaves_the_other_out():
    world = line(
        "Mine production", "5", section=WORLD, statistic="Production", unit="metric tons", commodity="Cobalt"
    )
    file = long(world, line("Exports", "5", statistic="Export", unit="metric tons"))
    of_countries = load(file, dataset="usgs-mcs")
    assert (of_countries.report.dataset, len(of_countries.observations)) == ("usgs-mcs", 1)
    assert (load(file).report.dataset, load(file).report.edition) == (US, "2026")


# Tables of 2022 to 2024 -----------------------------------------------------------------------------------

HEADER = "DataSource,Commodity,Year"


def table(header: str, *rows: str, code: str = "raree", year: int = 2024) -> InputFile:
    return named(f"mcs{year}-{code}_salient.csv", f"{HEADER},{header}", *rows)


def test_a_column_is_what_the_table_of_columns_says():
    header = "USprod_Concentrate_t,Price_Nd2O3_dkg,NIR_Compounds-Metals_t,NIR_Concentrate_t,,"
    found = load(
        table(
            header, 'MCS2024,Rare Earths,2021,"42,000",98,>95,E,,', "MCS2024,Rare Earths,2022,W,134,>95,E,,"
        )
    )
    assert [*found.report.problems] == []
    rows = found.observations
    assert [*rows["measure"]] == [
        *[Measure.PRODUCTION] * 2, *[Measure.PRICE] * 2, *[Measure.NET_IMPORT_RELIANCE] * 4
    ]  # fmt: skip
    assert [*rows["detail"].iloc[[0, 2, 4, 6]]] == [
        "Mineral concentrates", "average: Neodymium oxide, 99.5% minimum",
        "of apparent consumption: Compounds and metals", "of apparent consumption: Mineral concentrates",
    ]  # fmt: skip
    assert [*rows["mineral"].iloc[[0, 2]]] == ["rare-earths", "neodymium"]
    assert [*rows["value"].iloc[[0, 2, 3]]] == [42_000, 98_000, 134_000]
    assert [*rows["status"].iloc[[1, 4, 6]]] == [Status.WITHHELD, Status.AS_PUBLISHED, Status.NET_EXPORTER]
    assert [*rows["printed_unit"].iloc[[0, 2]]] == ["t", "dkg"]


def test_two_columns_with_one_header_are_told_apart_by_their_place():
    header = "Price_dt dlb (both used),Price_dt dlb (both used)"
    rows = load(table(header, "MCS2024,Nickel,2021,18476,8.38", code="nicke")).observations
    assert [*rows["value"]] == pytest.approx([18476, 8.38 * 2204.6226218])
    assert len({*rows["detail"]}) == 2


@pytest.mark.parametrize(
    ("header", "cell", "said"),
    [
        ("Mystery_t", "5", "no table says what it is"),
        ("Furnace_EAF_mmt", "70", "a part of production, not an amount"),
    ],
)
def test_a_column_that_is_not_read_is_named(header, cell, said):
    file = table(f"USprod_Steel_mmt,{header}", f"MCS2024,Iron and Steel,2021,86,{cell}", code="feste")
    report = load(file).report
    assert report.counts.observations == 1
    (problem,) = report.problems
    assert (problem.severity, problem.rule, problem.column) == (Severity.WARNING, "column not read", header)
    assert said in problem.message
    assert "1 cells" in problem.message


def test_a_header_that_cannot_be_right_is_read_otherwise_with_a_warning():
    found = load(table("Bauxite_Price_kt", "MCS2024,Bauxite and Alumina,2021,31", code="bauxi"))
    assert (only(found)["value"], only(found)["unit"]) == (31, "USD/t")
    assert [problem.rule for problem in found.report.problems] == ["header contradicted"]


# header, code, commodity, printed, value, lower, upper
CELLS = [
    ("Shipments_Gov_t", "niobi", "Niobium", "−88", -88, None, None),  # U+2212: what the stocks gained
    ("Exports_mmt", "fesla", "Iron and Steel Slag", "Less than 1/2 unit.", None, 0, 500_000),
    ("Exports_mmt", "fesla", "Iron and Steel Slag", "Less than 50,000 tons", None, 0, 50_000),
    ("Stones_Exports_mct", "diamo", "Diamond (Industrial)", "Less than 500 carats.", None, 0, 500),
    ("Imports_Osmium_kg", "plati", "Platinum-Group Metals", "Less than a half unit", None, 0, 0.0005),
    ("Price_Range_dt", "zeoli", "Zeolites (Natural)", "50–300", None, 50, 300),
    ("USprod_Post-consumer_kt", "coppe", "Copper", "e150", 150_000, None, None),
]


@pytest.mark.parametrize(("header", "code", "commodity", "printed", "value", "lower", "upper"), CELLS)
def test_cells_with_words_and_signs(header, code, commodity, printed, value, lower, upper):
    row = only(load(table(header, f'MCS2024,{commodity},2022,"{printed}"', code=code)))
    found = [None if math.isnan(row[name]) else row[name] for name in ("value", "lower", "upper")]
    assert found == pytest.approx([value, lower, upper])
    assert row["printed_value"] == printed


@pytest.mark.parametrize(("header", "printed"), [("Imports_t", "-4"), ("Price_Customs_dt", "0")])
def test_a_cell_that_is_no_figure_though_it_looks_like_one(header, printed):
    file = table(f"Consump_Est_t,{header}", f"MCS2024,Asbestos,2023,150,{printed}", code="asbes")
    report = load(file).report
    assert (report.counts.observations, report.counts.cells_absent) == (1, 1)
    assert [(problem.rule, problem.printed) for problem in report.problems] == [("cell not read", printed)]


def test_a_table_of_countries_under_a_wrong_name_is_left_out_and_counted():
    world = named("mcs2024-cobal_salient.csv", "Source,Country,Type,Prod_t_2022", "MCS2024,Peru,Mine,5")
    ours = table("Imports_t", "MCS2024,Tin,2022,5", ",,,", code="tellu")
    report = load(ours, world).report
    assert {item.reason: item.count for item in report.ignored} == {
        "blank row": 1, "a table of countries under the name of a table of the United States": 1,
    }  # fmt: skip
    assert report.counts.observations == 1


def test_tables_of_two_editions_are_refused():
    rows = (table("Imports_t", f"MCS{year},Tin,2022,5", code="tanta", year=year) for year in (2023, 2024))
    with pytest.raises(UnknownFormat, match=r"(?s).*"):
        load(*rows)


@pytest.mark.parametrize("year", ["2023,", "about 2023", "20233"])
def test_a_year_that_is_none_is_refused(year):
    found = load(table("Imports_t", f'MCS2024,Tin,"{year}",5', "MCS2024,Tin,2022,6", code="tanta"))
    assert [(problem.rule, problem.printed) for problem in found.report.problems] == [
        ("unreadable year", year)
    ]
    assert [*found.observations["year"]] == [2022]
