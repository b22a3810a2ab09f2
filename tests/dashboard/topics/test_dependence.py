"""Dependence: the printed figures as they are drawn, bounds as bounds, forms apart, any country's account."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.rank import rank
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics import view_of
from dashboard.topics.accounts import dependence_rows, lists_of
from dashboard.topics.pages import DEPENDENCE_PAGE
from dashboard.topics.parameters import settle_asked, sources_of
from dashboard.topics.rows import card_of
from loaders.model import Dataset, Edition
from loaders.store import install
from tests.figures import observations
from tests.oracle import judge
from tests.oracle_claims import Facts
from tests.specs import drawn, ids, panels, words

pytestmark = pytest.mark.slow


def panel_words(topic: str, data: Snapshot, **wanted: str) -> dict[str, list[str]]:
    """What stands in each panel: label and words of each bar."""
    return {
        part.title: [f"{line['label']} {line['words']}" for line in part.rows.to_dict("records")]
        for part in panels(view_of(topic, data, **wanted))
    }


def test_rare_earths_are_shown_as_they_are_printed(data: Snapshot) -> None:
    found = panel_words("dependence", data, mineral="rare-earths")
    assert found == {
        "Net import reliance: compounds and metals": [
            "2025 67 % e", "2024 53 %", "2023 more than 90 % ►", "2022 more than 95 % ►",
            "2021 more than 95 % ►",
        ],
        "Net import reliance: mineral concentrates": [
            f"{year} net exporter" for year in (2025, 2024, 2023, 2022, 2021)
        ],
        "Sources of imports, 2021–24: rare-earth compounds and metals": [
            "China 71 %", "Malaysia 13 %", "Japan 5 %", "Estonia 5 %", "Other countries 6 %",
        ],
    }  # fmt: skip


TITLES = [
    ("dependence", {"mineral": "cobalt"},
     "Cobalt: net import reliance of the United States in 2025 was 79 % (estimated); largest source "
     "(metal, oxide, and salts), 2021–24: Norway 26 %"),
    ("dependence", {"mineral": "rare-earths"},
     "Rare earths: net import reliance of the United States in 2025 was 67 % (estimated) for compounds and "
     "metals and none (net exporter) for mineral concentrates; largest source (rare-earth "
     "compounds and metals), 2021–24: China 71 %"),
    ("dependence", {"mineral": "cobalt", "edition": "usgs-mcs-us.2023"},
     "Cobalt: net import reliance of the United States in 2022 was 76 %; where imports come from is not "
     "printed"),
    ("dependence", {"mineral": "terbium"},
     "Terbium: no net import reliance of the United States is printed; largest source (terbium "
     "compounds and metals), 2021–24: China 100 %"),
    ("stages", {"mineral": "rare-earths"},
     "Rare earths: China mines 69 %; China holds at most 52 %; no table of smelter or refinery production "
     "(2025)"),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "wanted", "title"), TITLES)
def test_titles_are_findings(data: Snapshot, topic: str, wanted: dict[str, str], title: str) -> None:
    assert drawn(view_of(topic, data, **wanted)).title == title


EMPTY = [
    ("dependence", {"mineral": "cobalt", "edition": "usgs-mcs-us.2024"},
     "USGS 2024 has neither net import reliance nor sources of imports of cobalt. Editions that have some: "
     "USGS 2026, USGS 2023."),
    ("supplier", {"place": "CHN", "edition": "usgs-mcs-us.2024", "list": "all"},
     "USGS 2024 does not say where imports of minerals come from. Editions that do: USGS 2026."),
    ("supplier", {"place": "UKR", "list": "all"},
     "USGS 2026 does not name Ukraine as a source of imports of the United States for any mineral."),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "wanted", "said"), EMPTY)
def test_what_there_is_not_is_said(data: Snapshot, topic: str, wanted: dict[str, str], said: str) -> None:
    assert view_of(topic, data, **wanted).empty.startswith(said)


# All minerals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "year"), [("2023", "2022"), ("2024", "2020"), ("2026", "2025")])
def test_every_printed_series_is_a_row_and_no_bound_is_a_number(
    data: Snapshot, edition: str, year: str
) -> None:
    view = view_of("reliance", data, edition=f"usgs-mcs-us.{edition}", year=year, list="all", which="all")
    table = drawn(view).table
    rows = dependence_rows(data)
    rows = rows[(rows["edition"] == edition) & (rows["measure"] == "net_import_reliance")]
    assert len(table) == (rows["year"] == int(year)).sum()
    assert table["id"].is_unique
    bounds = table["printed"].str.match("[<>]|Less|E$|NA$|s$|W$")
    assert table.loc[bounds, "value"].isna().all()
    assert table.loc[~bounds, "value"].notna().all()
    (bars,) = panels(view)
    said = bars.rows.assign(printed=table["printed"].to_numpy())
    for line in said.to_dict("records"):
        number = line["printed"].lstrip("<>")
        before = {"<": "less than ", ">": "more than "}.get(line["printed"][:1], "")
        if number.isdecimal():
            assert line["words"].startswith(f"{before}{number} %"), line["words"]


def test_largest_sources_stand_beside_and_all_are_in_the_table(data: Snapshot) -> None:
    view = view_of("reliance", data, which="all")
    (bars,) = panels(view)
    beside = dict(zip(bars.rows["mineral"], bars.rows["words"], strict=True))
    assert beside["cobalt"] == "79 % e · Norway 26 %"
    assert beside["rare-earths"].endswith("China 71 %")
    assert beside["cesium"] == "100 %"
    (table,) = view.tables
    lines = {line[0]: line for line in table.rows}
    assert lines["Cobalt"][2:5] == (
        "79 % (estimated)",
        "79",
        "Metal, oxide, and salts: Norway 26 %, Finland 16 %, Canada 14 %, Japan 14 %, other countries 30 % "
        "(2021–24)",
    )
    assert lines["Cesium"][4] == "not printed"
    assert "Of U.S. statistics of USGS Mineral Commodity Summaries no edition 2025 is at hand" in " ".join(
        view.notes
    )


def test_lists_are_those_of_their_editions(data: Snapshot) -> None:
    assert lists_of("copper") == "US 2025, EU 2024"
    assert lists_of("salt") == "none"
    on_2025 = set(drawn(view_of("reliance", data, list="us-2025", which="all")).table["mineral"])
    on_2022 = set(drawn(view_of("reliance", data, list="us-2022", which="all")).table["mineral"])
    assert "Copper" in on_2025 - on_2022


# One country --------------------------------------------------------------------------------------------


def test_what_comes_from_china_is_every_row_that_names_it(data: Snapshot) -> None:
    view = view_of("supplier", data, place="CHN", list="all", which="all")
    table = drawn(view).table
    rows = dependence_rows(data)
    assert len(table) == (rows["partner"] == "CHN").sum()
    assert [*table["value"].fillna(table["lower"])] == sorted(
        table["value"].fillna(table["lower"]), reverse=True
    )
    assert table["figure"].is_unique  # by its form, wherever one is named
    assert table.loc[table["figure"] == "Germanium, Germanium metal", "value"].tolist() == [0.41]
    assert "Germanium, Germanium metal 41 %" in drawn(view).alt
    own = table[table["mineral"] == "Rare earths"].iloc[0]
    assert own["rank"] == 1
    assert own["net_import_reliance"].startswith("67 % (estimated) for compounds and metals")
    assert "Rubidium comes from China, Germany and Russia together: 100 %." in view.notes


# chosen minerals -> what the title says, the minerals that are drawn
CHOSEN = [
    ("gallium,germanium,cobalt", " for 2 of 3 minerals among those chosen, ", {"Gallium", "Germanium"}),
    ("gallium", " for 1 of 1 mineral among those chosen", {"Gallium"}),
    ("cobalt", "", set()),
]


@pytest.mark.parametrize(("minerals", "title", "shown"), CHOSEN)
def test_what_comes_from_china_is_narrowed_to_chosen_minerals(
    data: Snapshot, minerals: str, title: str, shown: set[str]
) -> None:
    view = view_of("supplier", data, place="CHN", minerals=minerals)
    assert set(view.chart.table["mineral"] if view.chart else ()) == shown
    assert title in (view.chart.title if view.chart else "")
    assert bool(view.chart) or "for any mineral among those chosen" in view.empty


# Titles against the printed texts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "asked", "title"),
    [
        ("reliance", {"list": "all", "year": "2025"},
         "The United States relied wholly on imports for 16 of 107 forms of minerals in 2025, and for "
         "half or more of 41 others"),
        ("dependence", {"mineral": "cobalt"},
         "Cobalt: net import reliance of the United States in 2025 was 80 % (estimated); largest source "
         " (metal, oxide, and salts), 2021–24: Norway 26 %"),
        ("dependence", {"mineral": "cobalt"},
         "Cobalt: net import reliance of the United States in 2025 was 79 % (estimated); largest source "
         " (metal, oxide, and salts), 2021–24: Finland 26 %"),
        ("supplier", {"place": "CHN", "list": "all"},
         "China is a named source of imports of the United States in 2021–24 for 1 of 102 minerals, and the "
         "largest source of some form of 1 of them"),
    ],
)  # fmt: skip
def test_a_wrong_title_is_found(data: Snapshot, topic: str, asked: dict[str, str], title: str) -> None:
    account = {"account": "USA", "edition": "usgs-mcs-us.2026"}
    facts = Facts(data.observations, {}, (), {}, None, {}, data.national)
    assert judge(topic, {**account, **asked}, title, facts).wrong


# Where a figure came from -------------------------------------------------------------------------------


def test_a_mark_leads_to_its_row_and_the_view_to_the_edition_of_the_account(data: Snapshot) -> None:
    view = view_of("dependence", data, mineral="cobalt")
    names = ids(view)
    cards = [card for card in (card_of(name, data) for name in names) if card is not None]
    assert len(cards) == len(names)
    facts = dict(cards[-2].facts)
    assert facts["imports from"] == "Japan"
    assert [source.id for source in sources_of(view, data)] == ["usgs-mcs-us.2026"]
    assert [source.id for source in view_of("stages", data, mineral="cobalt").sources] == ["usgs-mcs.2026"]


def test_the_page_shows_the_stages_of_the_same_edition(data: Snapshot) -> None:
    asked, _ = settle_asked(
        DEPENDENCE_PAGE.parameters, {"mineral": "cobalt", "edition": "usgs-mcs-us.2024"}, data
    )
    shown = DEPENDENCE_PAGE.shown(asked, data)
    assert [(item.topic.NAME, item.asked["edition"]) for item in shown] == [
        ("dependence", "usgs-mcs-us.2024"), ("stages", "usgs-mcs.2024"),
    ]  # fmt: skip


@pytest.mark.parametrize(("mineral", "place"), [("tungsten", "CHN"), ("germanium", "BEL"), ("cobalt", "NOR")])
def test_one_country_is_the_first_source_of_the_mineral_before(
    data: Snapshot, mineral: str, place: str
) -> None:
    asked, _ = settle_asked(DEPENDENCE_PAGE.parameters, {"ask": "country", "mineral": mineral}, data)
    assert asked["place"] == place


def test_stages_have_the_same_countries_in_the_same_order(data: Snapshot) -> None:
    view = view_of("stages", data, mineral="copper")
    orders = {tuple(part.rows["label"]) for part in panels(view)}
    assert len(orders) == 1
    assert len(panels(view)) == 3
    assert "United States" in next(iter(orders))
    assert "no row" in words(view)


# Another country's account ------------------------------------------------------------------------------

BARE = {"title": "Report", "short_title": "Report", "publisher": "A ministry", "licence": "l"}


@pytest.fixture
def two_accounts(own_home: Path) -> Snapshot:
    """Beside the bundled account that of Japan, with invented figures."""
    common = {"dataset": "ministry", "edition": "2031", "place": "JPN", "mineral": "cobalt", "unit": "1",
              "basis": "not_applicable", "class": "not_applicable", "scheme": "not_applicable",
              "year": 2030}  # fmt: skip
    reliance = {**common, "measure": "net_import_reliance", "detail": "of consumption"}
    source = {**common, "measure": "import_source_share", "detail": "All"}
    table = observations(
        [
            {**reliance, "value": 0.9, "printed_value": "90"},
            {**source, "partner": "FIN", "value": 0.6, "printed_value": "60"},
            {**source, "partner": "USA", "value": 0.4, "printed_value": "40"},
        ]
    )
    edition = Edition(dataset="ministry", edition="2031", citation="c")
    install(table, Dataset(id="ministry", country="JPN", **BARE), edition, own_home)
    return snapshot(own_home)


def test_the_account_of_another_country_is_shown_alike(two_accounts: Snapshot) -> None:
    view = view_of("dependence", two_accounts, mineral="cobalt", account="JPN")
    assert drawn(view).title == (
        "Cobalt: net import reliance of Japan in 2030 was 90 %; largest source, 2030: Finland 60 %"
    )
    found = view_of("supplier", two_accounts, account="JPN", place="USA", list="all")
    assert drawn(found).title == (
        "The United States is a named source of imports of Japan in 2030 for 1 of 1 mineral, and the "
        "largest source of none"
    )
    first = drawn(view_of("reliance", two_accounts, account="JPN", list="all")).title
    assert first == "Japan relied on imports for half or more of 1 of 1 form of minerals in 2030"
    usual = drawn(view_of("dependence", two_accounts, mineral="cobalt", account="USA")).title
    assert usual.startswith("Cobalt: net import reliance of the United States in 2025")


def test_without_any_account_it_is_said(data: Snapshot) -> None:
    bare = Snapshot(data.catalogue, data.observations, data.seeds)
    bare.__dict__["national"] = data.national.iloc[:0]
    for topic in ("dependence", "reliance", "supplier"):
        assert view_of(topic, bare).empty.startswith("No account of a country or of the European Union is")


# Numbers that make no sum -------------------------------------------------------------------------------


def test_prices_have_no_share(data: Snapshot) -> None:
    rows = observations(
        {"measure": "price", "unit": "USD/t", "basis": "not_applicable", "place": place, "value": value}
        for place, value in (("CHN", 10.0), ("USA", 30.0))
    )
    assert pd.isna(rank(rows)["share"]).all()
    assert {*rank(rows)["denominator_is"]} == {"none"}
