"""The figures of the United States as the USGS published them: each is read or its reason is told.

The recount reads the files with `csv` alone, and knows nothing of the loader.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from loaders.files.inputs import open_inputs
from loaders.formats import formats_of
from loaders.names import minerals, read_minerals
from loaders.read import Load, Surroundings, load_with
from loaders.vocabulary import Measure, Severity, Status

pytestmark = [pytest.mark.published, pytest.mark.slow]

FOLDERS = {"2023": "usgs-mcs-salient/2023", "2024": "usgs-mcs-salient/2024", "2026": "usgs-mcs/2026"}


@cache
def _load(shared: Path, edition: str, dataset: str = "usgs-mcs-us") -> Load:
    inputs = open_inputs([shared / "published" / FOLDERS[edition]])
    return load_with(inputs, lambda _: Surroundings(), formats=formats_of(dataset))


def _of(shared: Path, edition: str, dataset: str) -> pd.DataFrame:
    return _load(shared, edition, dataset).observations


# edition, rows read, rows left out, observations
COUNTS = [("2023", 421, 6, 4539), ("2024", 470, 60, 4541), ("2026", 8886, 3330, 5556)]


@pytest.mark.parametrize(("edition", "read", "ignored", "observations"), COUNTS)
def test_every_row_is_read_or_counted(shared, edition, read, ignored, observations):
    report = _load(shared, edition).report
    counts = report.counts
    assert (counts.rows_read, counts.ignored, counts.observations) == (read, ignored, observations)
    assert (counts.rows_refused, counts.cells_refused) == (0, 0)
    assert [problem for problem in report.problems if problem.severity is Severity.ERROR] == []
    assert (report.dataset, report.edition) == ("usgs-mcs-us", edition)


def test_of_the_sections_of_the_united_states_27_rows_are_left_out_each_with_its_reason(shared):
    reasons = {item.reason: item.count for item in _load(shared, "2026").report.ignored}
    assert {reason: count for reason, count in reasons.items() if not reason.startswith("section")} == {
        "a price in words, without a unit": 15,
        "square feet by its words, tons by its unit": 5,
        "a part of production, not an amount": 5,
        "its minus sign is lost in the file": 2,
    }


# The recount ------------------------------------------------------------------------------------------------


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", "").replace("−", "-").removeprefix("e"))
    except ValueError:
        return None


def _long_rows(shared: Path) -> list[tuple[int, dict[str, str]]]:
    (path,) = (shared / "published" / FOLDERS["2026"]).glob("*.csv")
    rows = list(csv.DictReader(io.StringIO(path.read_text("cp1252"))))
    return [(n, row) for n, row in enumerate(rows, 2) if not row["Section"].strip().startswith("World")]


def test_the_rows_of_2026_are_those_of_an_independent_recount(shared):
    rows = _long_rows(shared)
    assert len(rows) == 5583
    observations = _load(shared, "2026").observations.set_index("row")
    left = [row for n, row in rows if n not in observations.index]
    assert Counter(row["Unit"] for row in left) == {
        "": 15,
        "thousand metric tons": 5,
        "percent": 5,
        "metric tons": 2,
    }
    for number, row in rows:
        if number not in observations.index:
            continue
        found = observations.loc[number]
        assert (found["printed_value"], found["printed_unit"]) == (row["Value"], row["Unit"])
        assert found["printed_measure"] == " ".join(row["Statistics_detail"].split())
        assert found["place"] == "USA"
        assert (found["partner"] != "") == (row["Section"] == "Import Sources")


def test_the_numbers_of_2026_are_the_printed_ones_times_their_unit(shared):
    """One factor for each printed unit and canonical unit, found from the figures alone."""
    observations = _load(shared, "2026").observations
    numbers = observations["printed_value"].map(_number)
    known = observations[numbers.notna() & (numbers != 0)]
    ratio = known["value"] / numbers[known.index]
    factors = ratio.round(9).groupby([known["printed_unit"], known["unit"]]).agg(["min", "max"])
    assert (factors["max"] / factors["min"] < 1 + 1e-6).all()
    assert factors["min"].loc[("percent", "1")] == 0.01
    assert factors["min"].loc[("dollars per kilogram", "USD/t")] == 1000
    assert factors["min"].loc[("cents per pound", "USD/t")] == pytest.approx(22.046226218)
    assert known["value"].notna().all()


def test_sums_by_kind_are_those_of_the_recount(shared):
    """Of each statistic the sum of all printed numbers, whatever their unit."""
    rows = _long_rows(shared)
    kinds = {"Import": "imports", "Export": "exports", "Net import reliance": "net_import_reliance",
             "Stock": "stocks", "Employment": "employment"}  # fmt: skip
    expected: Counter[str] = Counter()
    for _, row in rows:
        if row["Statistics"] in kinds:
            expected[kinds[row["Statistics"]]] += _number(row["Value"]) or 0
    observations = _load(shared, "2026").observations
    numbers = observations["printed_value"].map(_number).fillna(0)
    found = numbers.groupby(observations["measure"]).sum()
    assert {kind: found[kind] for kind in expected} == pytest.approx(dict(expected))


@pytest.mark.parametrize("edition", ["2023", "2024"])
def test_the_cells_of_the_tables_are_those_of_an_independent_recount(shared, edition):
    """Each cell with a text is an observation, or stands in a column or cell that the report names."""
    printed: Counter[tuple[str, int, str]] = Counter()
    for path in sorted((shared / "published" / FOLDERS[edition]).glob("*.csv")):
        header, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
        if header[0] != "DataSource":
            continue
        for number, row in enumerate(rows, 2):
            cells = row[3:] if row[2].strip() else []
            printed.update((path.name, number, cell) for cell in cells if cell.strip())
    result = _load(shared, edition)
    read = Counter(result.observations[["file", "row", "printed_value"]].itertuples(index=False, name=None))
    assert read - printed == Counter()
    lost = printed - read
    unread = [p for p in result.report.problems if p.rule in ("column not read", "cell not read")]
    columns = sum(1 for problem in unread if problem.rule == "column not read")
    assert lost.total() == 5 * columns + sum(1 for problem in unread if problem.rule == "cell not read")


def test_production_of_the_united_states_is_read_alike_in_both_kinds_of_tables(shared):
    """A check of the columns by other means: mines of the US in the tables of countries of the same year."""
    tables = []
    for dataset in ("usgs-mcs-us", "usgs-mcs"):
        table = _of(shared, "2026", dataset)
        mines = (table["measure"] == Measure.MINE_PRODUCTION) & (table["year"] == 2024) & (table["value"] > 0)
        tables.append(table[mines & (table["place"] == "USA")])
    both = tables[0].merge(tables[1], on=["mineral", "basis"], suffixes=("", "_world"))
    near = (both["value"] / both["value_world"] - 1).abs() < 0.06
    assert len(both) >= 15
    assert near.mean() > 0.9


# The known figures ------------------------------------------------------------------------------------------


def _series(shared: Path, edition: str, mineral: str, measure: Measure, detail: str) -> pd.DataFrame:
    table = _load(shared, edition).observations
    chosen = (table["mineral"] == mineral) & (table["measure"] == measure) & (table["detail"] == detail)
    return table[chosen].sort_values("year")


REE = "of apparent consumption: Compounds and metals"
ORES = "of apparent consumption: Mineral concentrates"
LATE, EARLY = [2021, 2022, 2023, 2024, 2025], [2019, 2020, 2021, 2022, 2023]
RELIANCE = [
    ("2026", "rare-earths", REE, LATE, [">95", ">95", ">90", "53", "67"]),
    ("2024", "rare-earths", REE, EARLY, ["100", "100", ">95", ">95", ">95"]),
    (
        "2026",
        "rare-earths",
        "of apparent consumption: Mineral concentrates",
        [2021, 2022, 2023, 2024, 2025],
        ["E"] * 5,
    ),
    (
        "2026",
        "cobalt",
        "of apparent consumption",
        [2021, 2022, 2023, 2024, 2025],
        ["73", "73", "69", "74", "79"],
    ),
]


@pytest.mark.parametrize(("edition", "mineral", "detail", "years", "printed"), RELIANCE)
def test_net_import_reliance(shared, edition, mineral, detail, years, printed):
    rows = _series(shared, edition, mineral, Measure.NET_IMPORT_RELIANCE, detail)
    assert ([*rows["year"]], [*rows["printed_value"]]) == (years, printed)
    for row in rows.to_dict("records"):
        text = row["printed_value"]
        if text == "E":
            assert row["status"] == Status.NET_EXPORTER
        else:
            assert row["lower" if text.startswith(">") else "value"] == pytest.approx(
                float(text.lstrip(">")) / 100
            )


def test_the_last_reliance_on_rare_earths_is_an_estimate_and_the_one_before_is_not(shared):
    rows = _series(shared, "2026", "rare-earths", Measure.NET_IMPORT_RELIANCE, REE)
    assert [*rows["status"].iloc[-2:]] == [Status.AS_PUBLISHED, Status.ESTIMATED]


def test_where_rare_earths_come_from(shared):
    rows = _series(
        shared, "2026", "rare-earths", Measure.IMPORT_SOURCE_SHARE, "Rare-earth compounds and metals"
    )
    shares = dict(zip(rows["partner"], rows["value"], strict=True))
    assert shares == pytest.approx({"CHN": 0.71, "MYS": 0.13, "JPN": 0.05, "EST": 0.05, "OTH": 0.06})
    assert all(note.startswith("2021–24") for note in rows["note"])
    assert {*rows["year"]} == {2024}


def test_shares_of_imports_come_to_all_of_them(shared):
    table = _load(shared, "2026").observations
    shares = table[table["measure"] == Measure.IMPORT_SOURCE_SHARE]
    known = shares["value"].fillna((shares["lower"] + shares["upper"].fillna(1)) / 2)
    sums = known.groupby([shares["mineral"], shares["detail"]]).sum()
    assert sums.between(0.985, 1.015).all()
    assert len(sums) > 150


def test_the_price_of_neodymium_and_praseodymium_oxide(shared):
    rows = _series(
        shared,
        "2026",
        "rare-earths",
        Measure.PRICE,
        "average: Neodymium-praseodymium (NdPr) oxide, 99% minimum",
    )
    assert [*rows["value"] / 1000] == [92, 124, 75, 55, 69]
    assert {*rows["unit"]} == {"USD/t"}
    assert {*rows["printed_unit"]} == {"dollars per kilogram"}


def test_the_flag_of_the_critical_list_is_what_our_lists_say(shared):
    """The file of 2026 flags each chapter; our lists of 2025 were made from the list itself."""
    (path,) = (shared / "published" / FOLDERS["2026"]).glob("*.csv")
    rows = list(csv.DictReader(io.StringIO(path.read_text("cp1252"))))
    said = [(row["Commodity"], row["Is critical mineral 2025"]) for row in rows]
    flags = dict(pair for pair in said if pair[1] in ("Yes", "No"))  # the cells of one row have slipped
    commodities = pd.Series(list(flags), dtype="string")
    ours = minerals()["lists"].reindex(read_minerals(commodities, "usgs")).str.split(";")
    listed = ["us-2025" in lists for lists in ours]
    assert len(flags) > 120
    assert [*zip(flags, listed, strict=True)] == [(name, flag == "Yes") for name, flag in flags.items()]


def test_no_figure_stands_there_twice(shared):
    for edition in FOLDERS:
        table = _load(shared, edition).observations
        keys = ["mineral", "measure", "detail", "partner", "year", "unit", "basis"]
        assert not table.duplicated(keys).any()


def test_what_editions_print_of_the_same_series_is_near(shared):
    """A wrong column would show: years that are no estimates of the last year differ little by edition."""
    tables = pd.concat([_load(shared, edition).observations for edition in FOLDERS])
    settled = tables["year"] < tables["edition"].astype(int) - 1
    shares = tables["measure"] == Measure.IMPORT_SOURCE_SHARE
    tables = tables[settled & ~shares & tables["value"].notna() & (tables["value"] > 0)]
    keys = ["mineral", "measure", "detail", "unit", "basis", "year"]
    spread = tables.groupby(keys)["value"].agg(["min", "max", "size"])
    ratio = spread["max"][spread["size"] > 1] / spread["min"]
    ratio = ratio.dropna()
    assert len(ratio) > 2500
    assert (ratio < 1.12).mean() > 0.96
    assert ratio.max() < 3
