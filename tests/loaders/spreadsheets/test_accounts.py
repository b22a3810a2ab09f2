"""One country's own account as a ministry prints it: trade, consumption, stocks, prices, import reliance."""

from __future__ import annotations

import pytest

from loaders.files.opening import read_tables
from loaders.read import Surroundings, load_with
from loaders.spreadsheets.headers import not_an_amount
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.proposing import propose
from tests.loaders.spreadsheets.sheets import as_mapped, read, text

OWN = text(
    "Mineral,Year,Imports (t),Exports (t),Apparent consumption (t),"
    '"Price, average (USD/kg)","Stocks, year end (t)",Net import reliance (%)',
    "Lithium,2023,W,20,80,14,5,>25",
    "Lithium,2024,120,e20,100,12.5,4,net exporter",
)


def test_an_account_of_another_country_is_read_as_the_mapping_proposes():
    outcome = read(OWN, place="Australia")
    figures = {(measure, year): found for (_, _, measure, year), found in outcome.figures.items()}
    assert {place for _, place, _, _ in outcome.figures} == {"AUS"}
    assert figures == {
        ("imports", 2023): (None, "Q"),
        ("imports", 2024): (120, "A"),
        ("exports", 2023): (20, "A"),
        ("exports", 2024): (20, "E"),
        ("apparent_consumption", 2023): (80, "A"),
        ("apparent_consumption", 2024): (100, "A"),
        ("price", 2023): (14_000, "A"),
        ("price", 2024): (12_500, "A"),
        ("stocks", 2023): (5, "A"),
        ("stocks", 2024): (4, "A"),
        ("net_import_reliance", 2023): (None, "A"),
        ("net_import_reliance", 2024): (None, "X"),
    }
    assert outcome.asked == "nothing says place"


def test_a_letter_of_a_publisher_for_a_net_exporter_is_said_once():
    item = text("Mineral,Year,Nettoimportabhängigkeit (%)", "Kobalt,2023,74", "Kobalt,2024,E")
    outcome = read(item, place="Germany")
    assert "'E' is neither a number nor a symbol" in outcome.asked
    told = outcome.mapping.model_copy(update={"symbols": {"E": "net exporter"}, "questions": ()})
    assert as_mapped(item, told).figures == {
        ("cobalt", "DEU", "net_import_reliance", 2023): (0.74, "A"),
        ("cobalt", "DEU", "net_import_reliance", 2024): (None, "X"),
    }


@pytest.mark.parametrize(
    ("item", "said", "asked"),
    [
        (
            text("Mineral,Country,Year,Imports (t)", "Lithium,Germany,2023,9", "Lithium,Peru,2023,5"),
            {},
            "Do the places in Country import it, or does another place trade with them?",
        ),
        (
            text("Indicator,Country,Year,Value", "Exports,Germany,2023,9", "Exports,Peru,2023,5"),
            {"mineral": "lithium", "unit": "t"},
            "Do the places in Country export it",
        ),
        (text("Country of origin,2023", "China,9", "Peru,5"), {"measure": "imports"}, "nothing says place"),
        (text("Lithium imports", "Country,2023 (t)", "China,9", "Peru,5"), {}, "nothing says measure"),
    ],
    ids=["importers or partners", "exporters or partners", "origins are no importers", "a title alone"],
)
def test_whose_trade_it_is_is_asked(item, said, asked):
    outcome = read(item, **said)
    assert asked in outcome.asked
    assert outcome.figures == {}


def test_shares_of_imports_stand_beside_the_partners_of_one_table():
    item = text("Country,Material,Year,Supplier,Share of EU imports (%)", "EU27,Kobalt,2022,DR Congo,60",
                "EU27,Gallium,2022,China,70")  # fmt: skip
    (raw,) = laid_out(read_tables(item))
    loaded = load_with([item], lambda _: Surroundings(), propose(raw, "own", "2025").mapping)
    told = loaded.observations[["mineral", "place", "partner", "measure", "value"]].to_numpy().tolist()
    assert told == [
        ["cobalt", "EUU", "COD", "import_source_share", 0.6],
        ["gallium", "EUU", "CHN", "import_source_share", 0.7],
    ]


def test_partners_of_one_country_are_read_as_such():
    item = text("Country of origin,2023 (t)", "China,9", "Peru,5")
    (raw,) = laid_out(read_tables(item))
    mapping = propose(raw, "own", "2025").mapping
    said = mapping.constants | {"place": "Japan", "measure": "imports", "mineral": "lithium"}
    loaded = load_with([item], lambda _: Surroundings(), mapping.model_copy(update={"constants": said}))
    told = loaded.observations[["place", "partner", "measure", "value"]].to_numpy().tolist()
    assert told == [["JPN", "CHN", "imports", 9.0], ["JPN", "PER", "imports", 5.0]]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Price (EUR/kg)", None),
        ("Preis (USD/t)", None),
        ("Prices", "money"),
        ("Price (%)", "a share"),
        ("Value of exports (USD)", "money"),
        ("Net imports (t)", "another measure"),
        ("Trade (t)", "another measure"),
        ("Import share (%)", "a share"),
        ("Growth of exports (%)", "a share"),
        ("Stock change (t)", "a change"),
        ("Net import reliance (%)", None),
        ("Imports (t)", None),
        ("出口量 (t)", None),
    ],
)
def test_what_the_numbers_of_an_account_are(header, kind):
    assert not_an_amount(header) == kind


def test_what_the_mapping_says_is_no_doubt():
    outcome = read(OWN, place="Australia")
    assert "no amount" not in outcome.asked
