"""Pandas, DuckDB and Spark give the same answers: to every function of the analysis, on the bundled data."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from dashboard.analysis.checks import EditionRef, check_all
from dashboard.analysis.concentration import at_a_glance, concentration
from dashboard.analysis.disagreement import disagreements
from dashboard.analysis.rank import rank
from dashboard.analysis.revisions import revisions
from dashboard.analysis.series import choices
from dashboard.analysis.totals import findings
from loaders.documents import read_seeds
from loaders.store import bundled_folder
from tests.dashboard.analysis.test_checks import HOSTILE
from tests.figures import bundled, bundled_editions, claim, places, years_of_reserves

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


@pytest.fixture(scope="module")
def two_datasets() -> pd.DataFrame:
    """The bundled editions, and one of them again as another dataset with some other figures."""
    table = bundled()
    other = table[table["edition"] == "2025"].assign(dataset="other")
    other["value"] = other["value"].where(other["place"] != "CHN", other["value"] * 1.5)
    return pd.concat([table, other], ignore_index=True)


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def engine(request: pytest.FixtureRequest) -> Iterator[Callable[[pd.DataFrame], Any]]:
    """What turns a table into the same one in another engine."""
    if request.param == "duckdb":
        yield duckdb.from_df
        return
    session = _spark()
    yield lambda table: session.createDataFrame(table.astype(dict.fromkeys(_texts(table), object)))
    session.stop()


def _texts(table: pd.DataFrame) -> list[str]:
    return [str(name) for name, kind in table.dtypes.items() if kind == "string"]


@pytest.fixture(scope="module")
def native(engine: Callable[[pd.DataFrame], Any], two_datasets: pd.DataFrame) -> Any:
    """The table in another engine."""
    return engine(two_datasets)


def _spark() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sql = pytest.importorskip("pyspark.sql", reason="Spark is not installed (pip install '.[spark]')")
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime")
    builder = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    local = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    return local.config("spark.sql.shuffle.partitions", "1").getOrCreate()


FUNCTIONS: dict[str, Callable[[Any], pd.DataFrame]] = {
    "rank": rank,
    "findings": findings,
    "concentration": concentration,
    "years of reserves": years_of_reserves,
    "at a glance": lambda table: at_a_glance(table, "us-2025", "usgs-mcs", "2026"),
    "revisions": revisions,
    "disagreements": lambda table: disagreements(table, {"usgs-mcs": "USGS"}),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_tables_are_the_same(name: str, native: Any, two_datasets: pd.DataFrame) -> None:
    expected = FUNCTIONS[name](two_datasets)
    assert len(expected) > 10
    pd.testing.assert_frame_equal(FUNCTIONS[name](native), expected, check_dtype=False, rtol=1e-12)


def test_checks_are_the_same(native: Any, two_datasets: pd.DataFrame) -> None:
    claims = read_seeds(bundled_folder("seeds")).claims
    assert check_all(claims, native, bundled_editions()) == check_all(
        claims, two_datasets, bundled_editions()
    )


def test_choices_are_the_same(native: Any, two_datasets: pd.DataFrame) -> None:
    assert choices(native, "edition", mineral="rare-earths") == ["2023", "2024", "2025", "2026"]
    assert choices(native, "mineral") == choices(two_datasets, "mineral")


HOSTILE_EDITIONS = [EditionRef("usgs-mcs", f"case {number}", "USGS") for number in range(len(HOSTILE))]


@pytest.fixture(scope="module")
def hostile() -> pd.DataFrame:
    """The tables of the hostile cases of the checks, each as an edition of its own."""
    tables = [
        places(**case[2]).assign(edition=edition.edition)
        for case, edition in zip(HOSTILE, HOSTILE_EDITIONS, strict=True)
    ]
    return pd.concat(tables, ignore_index=True)


def test_hostile_tables_are_the_same(engine: Callable[[pd.DataFrame], Any], hostile: pd.DataFrame) -> None:
    native = engine(hostile)
    for name in ("rank", "concentration"):
        pd.testing.assert_frame_equal(FUNCTIONS[name](native), FUNCTIONS[name](hostile), check_dtype=False)


def test_hostile_claims_are_the_same(engine: Callable[[pd.DataFrame], Any], hostile: pd.DataFrame) -> None:
    """Hostile claims, each against the edition of its own case. An engine takes long: every third."""
    native = engine(hostile)
    numbered = list(enumerate(zip(HOSTILE, HOSTILE_EDITIONS, strict=True)))[::3]
    for number, (case, edition) in numbered:
        claims = [claim(id=f"case-{number}", **case[1])]
        assert check_all(claims, native, [edition]) == check_all(claims, hostile, [edition]), case[0]


# The laws of test_rank ------------------------------------------------------------------------------------

SOME = ("AUS", "BRA", "CAN", "CHN", "FRA", "IND", "RUS", "USA", "OTH")
TABLES = 25


def _made_up(seed: int) -> pd.DataFrame:
    """Numbers, ties, zeros, bounds and withheld figures of some countries; half of them with their total."""
    rng = np.random.default_rng(seed)
    numbers = rng.choice([0, 5, 5, 70, *rng.integers(1, 10**9, 5)], len(SOME))
    cells: list[Any] = [int(number) for number in numbers]
    total = sum(cells)
    if seed % 2:
        cells = [rng.choice(["Q", "O", ">7", "<7", cell]) for cell in cells]
        cells = [cell if cell in ("Q", "O", ">7", "<7") else int(cell) for cell in cells]
    whole = {} if seed % 2 else {"WLD": total}
    return places(**dict(zip(SOME, cells, strict=True)), **whole).assign(edition=str(seed))


def _answers(ranked: pd.DataFrame) -> dict[str, list[tuple[Any, ...]]]:
    """Place, rank, tie and share by edition."""
    lines = ranked[["edition", "place", "rank", "tied", "share"]].sort_values("place").round({"share": 12})
    lines = lines.astype(object).where(lines.notna(), None)
    return {
        str(name): [tuple(line) for line in part.drop(columns="edition").to_numpy()]
        for name, part in lines.groupby("edition")
    }


def test_the_laws_hold(engine: Callable[[pd.DataFrame], Any]) -> None:
    """Neither the order of rows nor the unit nor another edition changes a rank; shares sum to at most 1."""
    table = pd.concat([_made_up(seed) for seed in range(TABLES)], ignore_index=True)
    found = _answers(rank(engine(table)))
    assert len(found) == TABLES
    assert found == _answers(rank(table))
    assert found == _answers(rank(engine(table.sample(frac=1, random_state=3))))
    numbers = table[["value", "lower", "upper"]] * 32.1507
    assert found == _answers(rank(engine(table.assign(**numbers))))
    for seed in (0, 1):
        assert found[str(seed)] == _answers(rank(engine(_made_up(seed))))[str(seed)]
    sums = [sum(line[3] or 0 for line in found[str(seed)]) for seed in range(0, TABLES, 2)]
    assert all(share <= 1 + 1e-9 for share in sums)
    assert any(share > 0 for share in sums)
