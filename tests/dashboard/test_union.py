"""The European Union as the place of an account: shown by itself, in no rank, sum or map of countries."""

from __future__ import annotations

import pytest

from dashboard.analysis.consequences import rank_moves
from dashboard.cli.main import main
from dashboard.intake.proposal import look_at
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics import dependence, explore, over_time, reliance, search, supplier, world_map
from dashboard.topics.accounts import accounts_told
from dashboard.topics.parameters import Asked, Topic, settle_asked
from loaders.files.table import InputFile
from loaders.read import Load, Surroundings, load_with
from loaders.store import read_edition
from tests.specs import drawn, ids

# Cobalt is mined in Finland and nowhere else in the Union: the total of 5,900 t is 1,400 + 4,500 t.
TABLE = """\
dataset,edition,mineral,place,measure,year,value,unit,partner
union,2023,cobalt,EU27,net_import_reliance,2023,81,%,
union,2023,lithium,Europäische Union,net_import_reliance,2023,100,%,
union,2023,cobalt,EU,apparent_consumption,2022,20000,t,
union,2023,cobalt,EU,apparent_consumption,2023,23000,t,
union,2023,cobalt,EU,import_source_share,2022,90,%,Russia
union,2023,cobalt,EU,import_source_share,2023,60,%,DR Congo
union,2023,cobalt,EU,import_source_share,2023,20,%,Russia
union,2023,cobalt,European Union,mine_production,2023,1400,t,
union,2023,cobalt,Finland,mine_production,2023,1400,t,
union,2023,cobalt,Australia,mine_production,2023,4500,t,
union,2023,cobalt,World,mine_production,2023,5900,t,
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The bundled editions, and the table as a steward adds it."""
    home, file = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("given") / "union.csv"
    file.write_text(TABLE, encoding="utf-8")
    assert main(["add", "--home", str(home), "--yes", str(file)]) == 0
    return snapshot(home)


def _asked(topic: Topic, data: Snapshot, **wanted: str) -> Asked:
    asked, missed = settle_asked(topic.PARAMETERS, wanted, data)
    assert not missed
    return asked


def _loaded(text: str) -> Load:
    return load_with([InputFile("union.csv", text.encode())], lambda _: Surroundings())


def test_the_table_is_read_whole_and_a_total_of_its_countries_is_no_finding():
    loaded = _loaded(TABLE)
    assert (len(loaded.observations), loaded.report.problems, loaded.report.findings) == (11, (), ())


TOLD: list[tuple[Topic, dict[str, str], str]] = [
    (
        reliance,
        {"account": "EUU"},
        "The European Union relied wholly on imports for 1 of 2 forms of minerals on the list EU 2024 in "
        "2023, and for half or more of 1 other",
    ),
    (
        dependence,
        {"account": "EUU", "mineral": "cobalt"},
        "Cobalt: net import reliance of the European Union in 2023 was 81 %; largest source, "
        "2023: DR Congo 60 %",
    ),
    (dependence, {"mineral": "cobalt"}, "Cobalt: net import reliance of the United States in 2025"),
    (
        supplier,
        {"account": "EUU", "place": "RUS"},
        "Russia is a named source of imports of the European Union in 2023 for 1 of 1 mineral on the list "
        "EU 2024, and the largest source of none",
    ),
    (
        over_time,
        {"mineral": "cobalt", "measure": "apparent_consumption", "dataset": "union"},
        "European Union: apparent consumption of cobalt rose from 20 kt in 2022 to 23 kt in 2023",
    ),
]


@pytest.mark.parametrize(("topic", "wanted", "title"), TOLD)
def test_its_account_is_shown_as_its_own(
    topic: Topic, wanted: dict[str, str], title: str, data: Snapshot
) -> None:
    assert drawn(topic.view(_asked(topic, data, **wanted), data)).title.startswith(title)


def test_what_else_it_counts_stands_below(data: Snapshot) -> None:
    view = dependence.view(_asked(dependence, data, account="EUU", mineral="cobalt"), data)
    assert view.tables[0].rows == (
        ("Apparent consumption", "not told apart", "2023", "23 kt", "23000 t"),
        ("Mine production", "not told apart", "2023", "1.4 kt", "1400 t"),
    )


@pytest.mark.parametrize("topic", [explore, world_map])
def test_it_is_not_among_countries_and_that_is_said(topic: Topic, data: Snapshot) -> None:
    wanted = {"mineral": "cobalt", "measure": "mine_production", "edition": "union.2023"}
    view = topic.view(_asked(topic, data, **wanted), data)
    table = drawn(view).table
    shares = table.dropna(subset=["rank"]).set_index("place")["share"].round(6).to_dict()
    assert shares == {"AUS": round(4500 / 5900, 6), "FIN": round(1400 / 5900, 6)}
    assert "EUU" not in set(table["place"])
    assert not any("European Union" in name for name in ids(view))
    said = "European Union: 1.4 kt. Not drawn, ranked or added: what it counts, its members count, too."
    assert said in view.notes


def test_nothing_that_compares_countries_has_it(data: Snapshot) -> None:
    own = read_edition(data.installed("union", "2023"))
    assert (own["place"] == "EUU").sum() == 8
    assert "EUU" not in set(data.observations["place"])
    assert (data.national["place"] == "EUU").sum() == 8
    without_total = own[own["place"] != "WLD"]
    larger = without_total.assign(value=without_total["value"].mask(without_total["place"] == "FIN", 9000.0))
    moved = rank_moves(without_total, larger)
    shares = moved.set_index("place")["old_share"].round(6).to_dict()
    assert shares == {"AUS": round(4500 / 5900, 6), "FIN": round(1400 / 5900, 6)}


WHOSE = [
    ({"list": "eu-2024"}, "the imports are those of the United States, not of the European Union", True),
    ({"list": "us-2025"}, "the imports are those of", False),
    ({"list": "all"}, "the imports are those of", False),
    (
        {"list": "us-2025", "account": "EUU"},
        "are those of the European Union, not of the United States.",
        True,
    ),
    ({"account": "EUU"}, "the imports are those of", False),
]


@pytest.mark.parametrize(("wanted", "words", "said"), WHOSE)
def test_a_list_of_minerals_is_not_taken_for_an_account(
    wanted: dict[str, str], words: str, said: bool, data: Snapshot
) -> None:
    view = reliance.view(_asked(reliance, data, **wanted), data)
    assert (words in drawn(view).subtitle) is said


def test_whoever_hands_it_in_is_told_where_it_is(tmp_path):
    file = tmp_path / "union.csv"
    file.write_text(TABLE, encoding="utf-8")
    (found,) = look_at([file], tmp_path, home=tmp_path / "home").proposals
    assert found.accounts == ("EUU",)


def test_where_it_is_found_is_said(data: Snapshot) -> None:
    (found,) = (item for item in search.destinations(data) if item.label.startswith("European Union"))
    assert (found.page, found.link) == ("dependence", {"ask": "all", "account": "EUU"})
    told = "Loaded: the accounts of the United States and the European Union. For that of another country, "
    assert accounts_told(data).startswith(told)


def test_a_share_of_imports_says_from_whom():
    (problem,) = _loaded(TABLE.replace("DR Congo", "")).report.problems
    assert (problem.rule, problem.row, problem.column) == ("unknown partner", 7, "partner")
