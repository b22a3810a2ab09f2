"""A ministry's account of another country, handed in as a spreadsheet: it is shown like that of the US."""

from __future__ import annotations

import pytest

from dashboard.cli.main import main
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics import dependence, over_time, prices, reliance
from dashboard.topics.accounts import accounts_told
from dashboard.topics.parameters import Topic, settle_asked
from loaders.files.opening import read_tables
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.mapping import to_toml
from loaders.spreadsheets.proposing import propose
from tests.loaders.spreadsheets.sheets import text

ITEM = text(
    "Mineral,Year,Production (t),Imports (t),Exports (t),Apparent consumption (t),"
    '"Price, average (USD/t)","Stocks, year end (t)",Net import reliance (%)',
    "Lithium,2023,W,100,20,80,14000,5,>25",
    "Lithium,2024,W,120,20,100,12000,4,30",
    "Cobalt,2023,5,100,20,85,24000,5,40",
    "Cobalt,2024,5,120,20,105,22000,4,net exporter",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The bundled editions, and the account as a steward adds it with the mapping that is proposed."""
    (raw,) = laid_out(read_tables(ITEM))
    mapping = propose(raw, "au-account", "2025").mapping
    mapping = mapping.model_copy(update={"constants": {**mapping.constants, "place": "Australia"}})
    home, given = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("given")
    (given / ITEM.name).write_bytes(ITEM.content)
    (given / "mapping.toml").write_text(to_toml(mapping), encoding="utf-8")
    assert main(["add", "--home", str(home), "--yes", *map(str, given.iterdir())]) == 0
    return snapshot(home)


TOLD: list[tuple[Topic, dict[str, str], str]] = [
    (reliance, {"account": "AUS"}, "Australia: none of 2 forms of minerals on the list US 2025 in 2024"),
    (dependence, {"account": "AUS", "mineral": "cobalt"}, "of Australia in 2024 was none (net exporter)"),
    (prices, {"mineral": "lithium", "dataset": "au-account"}, "12,000 $/t in 2024, 14 % below 2023"),
    (
        over_time,
        {"mineral": "cobalt", "measure": "stocks", "dataset": "au-account"},
        "Australia: stocks of cobalt fell from 5 t in 2023 to 4 t in 2024",
    ),
]


@pytest.mark.parametrize(("topic", "wanted", "told"), TOLD, ids=lambda one: getattr(one, "NAME", None))
def test_it_is_shown_like_any_other(topic: Topic, wanted: dict[str, str], told: str, data: Snapshot) -> None:
    asked, missed = settle_asked(topic.PARAMETERS, wanted, data)
    assert not missed
    chart = topic.view(asked, data).chart
    assert chart is not None
    assert told in chart.title


def test_whose_accounts_are_loaded_is_said(data: Snapshot) -> None:
    told = "For that of the European Union or another country, hand in a table on the page Data"
    assert accounts_told(data).startswith(f"Loaded: the accounts of the United States and Australia. {told}")
    assert accounts_told(snapshot()).startswith(f"Loaded: the account of the United States. {told}")


def test_all_its_figures_are_counted(data: Snapshot) -> None:
    assert data.sizes["au-account", "2025"] == 28
    assert len(data.of_edition(data.installed("au-account", "2025"))) == 28
