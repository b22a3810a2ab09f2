"""The USGS releases as published: nothing is lost, nothing is refused, and the known figures come out."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from loaders.answers.answers import EACH_COMMA, EACH_DECIMAL, EACH_POINT, Answers
from loaders.files.delimited import read_table
from loaders.files.inputs import open_inputs
from loaders.files.table import InputFile
from loaders.formats.usgs.common import UNITED_STATES
from loaders.knowledge import rules
from loaders.names import minerals, places
from loaders.read import Load, detect, load, load_inputs
from loaders.vocabulary import Basis, Measure, Status
from tests.long import LONG

pytestmark = [pytest.mark.published, pytest.mark.slow]

EDITIONS = ("2023", "2024", "2025", "2026")


@cache
def _load(shared: Path, edition: str) -> Load:
    return load([shared / "published" / "usgs-mcs" / edition])


@cache
def _printed(shared: Path, edition: str) -> pd.DataFrame:
    """The observations as the format reads them, before any declared correction."""
    tables = [read_table(item) for item in open_inputs([shared / "published" / "usgs-mcs" / edition])]
    return detect(tables).read(tables).observations


# edition, format, encoding, rows read, rows used, rows left out, observations, cells absent
COUNTS = [
    ("2023", "one table per commodity", "utf-8", 1207, 1203, 4, 3530, 0),
    ("2024", "one table per commodity", "utf-8", 1817, 1227, 590, 3481, 213),
    ("2025", "one wide table", "utf-8", 1250, 1242, 8, 3294, 2956),
    ("2026", "one long table", "cp1252", 8886, 3303, 5583, 3303, 0),
]

# edition, rule, file, row, column of each problem
WARNINGS = {
    "2023": [],
    "2024": [
        ("column not read", "mcs2024-barit_world.csv", 2, "column (9)"),
        ("column not read", "mcs2024-vermi_world.csv", 3, "column (9)"),
    ],
    "2025": [("blank unit", "MCS2025_World_Data.csv", 1132, "UNIT_MEAS")],
    "2026": [("shifted cells", "MCS2026_Commodities_Data.csv", 8533, "Notes")],
}

# edition, observations of each status
STATUSES = {
    "2023": {"A": 1316, "E": 1556, "O": 551, "M": 42, "Q": 29, "K": 21, "W": 11, "N": 4},
    "2024": {"A": 1341, "E": 1603, "O": 446, "M": 26, "Q": 32, "K": 19, "W": 11, "N": 3},
    "2025": {"A": 1423, "E": 1527, "O": 290, "M": 8, "Q": 28, "K": 11, "W": 5, "N": 2},
    "2026": {"A": 1146, "E": 1862, "O": 236, "M": 8, "Q": 30, "K": 11, "W": 5, "N": 5},
}

# measure, observations in each edition
MEASURES = {
    "mine_production": (1680, 1636, 1638, 1668),
    "smelter_production": (42, 48, 48, 48),
    "refinery_production": (216, 220, 212, 212),
    "plant_production": (180, 212, 188, 48),
    "primary_production": (16, 14, 14, 12),
    "synthetic_production": (2, 2, 2, 2),
    "production": (178, 230, 232, 364),
    "capacity": (154, 157, 193, 220),
    "reserves": (1062, 962, 767, 729),
}


@pytest.mark.parametrize(
    ("edition", "name", "encoding", "read", "used", "ignored", "observations", "absent"), COUNTS
)
def test_every_row_is_accounted_for(
    shared, edition, name, encoding, read, used, ignored, observations, absent
):
    report = _load(shared, edition).report
    assert (report.edition, report.encoding) == (edition, encoding)
    assert name in report.format
    counts = report.counts
    assert (counts.rows_read, counts.rows_used, counts.ignored) == (read, used, ignored)
    assert (counts.observations, counts.cells_absent) == (observations, absent)
    assert (counts.rows_refused, counts.cells_refused) == (0, 0)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_rows_read_are_the_rows_of_the_files(shared, edition):
    folder = shared / "published" / "usgs-mcs" / edition
    rows = sum(_rows(path) for path in folder.rglob("*.csv"))
    assert _load(shared, edition).report.counts.rows_read == rows


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_row_used_is_found_in_the_table(shared, edition):
    found = _load(shared, edition)
    rows = found.observations[["file", "row"]].drop_duplicates()
    assert len(rows) == found.report.counts.rows_used


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_loads_without_errors_and_with_known_warnings(shared, edition):
    report = _load(shared, edition).report
    assert report.errors == ()
    assert [(p.rule, p.file, p.row, p.column) for p in report.problems] == WARNINGS[edition]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_statuses_are_as_counted_before(shared, edition):
    assert Counter(_printed(shared, edition)["status"]) == STATUSES[edition]


@pytest.mark.parametrize(("position", "edition"), list(enumerate(EDITIONS)))
def test_the_measures_are_as_counted_before(shared, position, edition):
    expected = {measure: counts[position] for measure, counts in MEASURES.items()}
    assert Counter(_printed(shared, edition)["measure"]) == expected


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_stage_that_a_row_names_is_lost(shared, edition):
    found = _load(shared, edition).observations
    words = found["printed_measure"].str.lower()
    for stage in ("mine", "smelter", "refinery", "plant"):
        named = words.str.contains(rf"\b{stage} p(?:r)?oduction") & ~words.str.contains("synthetic")
        measures = set(found.loc[named & ~found["measure"].isin(["reserves", "capacity"]), "measure"])
        assert measures <= {f"{stage}_production"}, stage


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_word_is_of_a_vocabulary(shared, edition):
    found = _load(shared, edition).observations
    known = {
        "measure": set(Measure), "basis": set(Basis), "status": set(Status), "mineral": set(minerals().index),
        "unit": {"t", "ct", "m3", "L"},
    }  # fmt: skip
    for column, words in known.items():
        assert set(found[column]) <= words, column
    assert {code for place in set(found["place"]) for code in place.split("+")} <= set(places().index)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_number_stands_where_the_status_says_so(shared, edition):
    found = _load(shared, edition).observations
    number = found[["value", "lower", "upper"]].notna().any(axis="columns")
    assert set(found.loc[number, "status"]) <= {"A", "E", "N", "W"}
    assert set(found.loc[~number, "status"]) <= {"O", "M", "Q", "K"}
    assert (found["value"].dropna() >= 0).all()


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_printed_value_is_the_cell_of_the_file(shared, edition):
    found = _load(shared, edition).observations
    folder = shared / "published" / "usgs-mcs" / edition
    for file, part in found.groupby("file"):
        cells = _cells(next(folder.rglob(str(file))))
        printed = [cells[row][column] for row, column in zip(part["row"], part["column"], strict=True)]
        assert printed == list(part["printed_value"]), file


def test_an_archive_of_a_release_is_the_same_as_its_folder(shared, tmp_path):
    folder = shared / "published" / "usgs-mcs" / "2023"
    path = tmp_path / "world.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.glob("*.csv"):
            archive.write(file, f"world/{file.name}")
    packed, unpacked = load([path]), _load(shared, "2023")
    pd.testing.assert_frame_equal(packed.observations, unpacked.observations)
    assert packed.report == unpacked.report


# --- rare earths, cell by cell, against a list that was read from the files by hand

_RARE_EARTH_COLUMNS = {
    f"mcs{edition}_{column}": (edition, measure, year)
    for edition in map(int, EDITIONS)
    for column, measure, year in [
        (f"prod_{edition - 2}", "mine_production", edition - 2),
        (f"prod_{edition - 1}e", "mine_production", edition - 1),
        ("reserves", "reserves", edition - 1),
    ]
}


def _rare_earths(shared: Path) -> list[dict[str, str]]:
    with (shared / "facts" / "rare-earths-by-edition.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_list_of_rare_earths_covers_all_editions(shared):
    (header,) = {tuple(line) for line in _rare_earths(shared)}
    assert set(header) == {"place", *_RARE_EARTH_COLUMNS}


@pytest.mark.parametrize("column", sorted(_RARE_EARTH_COLUMNS))
def test_rare_earths_are_as_the_list_says(shared, column):
    edition, measure, year = _RARE_EARTH_COLUMNS[column]
    found = _printed(shared, str(edition))
    rows = found[
        (found["mineral"] == "rare-earths") & (found["measure"] == measure) & (found["year"] == year)
    ]
    printed = {_country(row.printed_name): row for row in rows.itertuples()}
    expected = {line["place"]: line[column] for line in _rare_earths(shared) if line[column]}
    assert set(printed) == set(expected)
    for country, cell in expected.items():
        assert _says(printed[country], cell), (country, cell)
    assert set(rows["basis"]) == {"REO"}
    assert set(rows["unit"]) == {"t"}


def _country(printed: str) -> str:
    name = " ".join(printed.split()).replace(" (rounded)", "")
    return "Other countries" if name == "Other Countries" else name


def _says(row, cell: str) -> bool:
    """Whether an observation says what the list has in a cell: NA, (blank), a dash, a bound or a number."""
    text = row.printed_value.strip().replace(",", "")
    if cell == "NA":
        return pd.isna(row.value) and row.status == "O" and text in ("NA", "")
    if cell in ("(blank)", "—", "0"):
        return row.value == 0 and row.status == "A" and text == cell.replace("(blank)", "")
    if cell.startswith(">"):
        return pd.isna(row.value) and row.lower == float(cell[1:]) and text == cell
    return row.value == float(cell) and text == cell


RUSSIA = [("2023", 21e6), ("2024", 10e6), ("2025", 3.8e6), ("2026", 3.8e6)]


@pytest.mark.parametrize(("edition", "tonnes"), RUSSIA)
def test_the_reserves_of_russia_by_edition(shared, edition, tonnes):
    found = _load(shared, edition).observations.set_index(["mineral", "place", "measure"])
    assert found.loc[("rare-earths", "RUS", "reserves"), "value"] == tonnes


# Written again by a spreadsheet in German ----------------------------------------------------------------

GERMAN = [
    ("usgs-mcs", ".", {EACH_POINT: "1000", EACH_COMMA: "1000"}),
    (UNITED_STATES, ".", {EACH_POINT: "1000", EACH_COMMA: "1000"}),
    (UNITED_STATES, "", {EACH_DECIMAL: "1.5", EACH_COMMA: "1000"}),
]


@pytest.mark.parametrize(("dataset", "between", "said"), GERMAN if LONG else GERMAN[:1])
def test_a_file_written_again_in_german_has_the_same_numbers(shared, dataset, between, said):
    file = shared / "published" / "usgs-mcs" / "2026" / "MCS2026_Commodities_Data.csv"
    again = load_inputs([_in_german(file, between)], answers=Answers(symbols=said), dataset=dataset)
    assert (again.report.questions, again.installable) == ((), True)
    assert {one.printed for one in again.report.answered} == set(said)
    true = _load(shared, "2026") if dataset == "usgs-mcs" else load([file], dataset=dataset)
    numbers = ["row", "value", "lower", "upper"]
    pd.testing.assert_frame_equal(again.observations[numbers], true.observations[numbers])


def _in_german(file: Path, between: str) -> InputFile:
    """The file with semicolons, decimal commas and what stands between thousands; texts stay as they are."""
    rows = list(csv.reader(io.StringIO(file.read_text("cp1252"), newline="")))
    place, written = rows[0].index("Value"), io.StringIO(newline="")
    for row in rows[1:]:
        if re.fullmatch(r"\s*[0-9][0-9,]*(\.[0-9]+)?\s*", row[place]):
            row[place] = row[place].strip().translate({ord(","): between, ord("."): ","})
    csv.writer(written, delimiter=";").writerows(rows)
    return InputFile(file.name, written.getvalue().encode("cp1252"))


def _cells(path: Path) -> dict[int, dict[str, str]]:
    """Row number and stripped header -> cell, read with the csv module."""
    content = path.read_bytes()
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp1252"
    header, *rows = csv.reader(io.StringIO(content.decode(encoding), newline=""))
    names = [name.strip() for name in header]
    return {number: dict(zip(names, row, strict=True)) for number, row in enumerate(rows, start=2)}


def _rows(path: Path) -> int:
    return len(_cells(path))


# case, figures that must be there: place, measure, year, value, status
TRUTH = [
    ("2025-reported", ("TUR", "mine_production", 2023, 216_000, "A")),
    ("2025-reported", ("TUR", "mine_production", 2024, 220_000, "E")),
    ("2026-estimated-dot", ("OTH", "production", 2024, 688_000_000, "E")),
    ("2026-chromium", ("USA", "reserves", 2025, 8_500_000, "A")),
]


@pytest.mark.parametrize(("case", "figure"), TRUTH)
def test_slices_that_came_out_wrong(shared, case, figure):
    found = load([shared / "cases" / "truth" / case], home="no folder here").observations
    lines = found[["place", "measure", "year", "value", "status"]].itertuples(index=False, name=None)
    assert figure in list(lines)


def test_the_ore_of_chromium_is_weighed_gross_and_is_of_2025(shared):
    found = load([shared / "cases" / "truth" / "2026-chromium"], home="no folder here").observations
    reserves = found[found["measure"] == "reserves"]
    assert set(zip(reserves["basis"], reserves["year"], strict=True)) == {("gross", 2025), ("Cr2O3", 2025)}


def test_what_a_title_says_beside_the_measure_is_known(shared: Path) -> None:
    """Titles of 2026 such as "World Low-Purity Production and Production Capacity", word by word."""
    path = shared / "published" / "usgs-mcs" / "2026" / "MCS2026_Commodities_Data.csv"
    with path.open(encoding="cp1252", newline="") as opened:
        titles = {(line["Section"], line["Commodity"]) for line in csv.DictReader(opened)}
    usual = "world production reserves capacity and mine smelter refinery primary metal sponge content"
    declared = {rule["note"] for rule in rules("table_titles")}
    for title, commodity in titles:
        words = set(re.findall(r"[a-z-]+", title.casefold()))
        more = words - set(usual.split()) - set(re.findall(r"[a-z-]+", commodity.casefold()))
        assert title in declared or not title.startswith("World") or not more - KEPT_WORDS, title


KEPT_WORDS = {
    *("pigment", "alumina", "bauxite", "natural", "ammonia", "gross", "weight"),
    *("gem-quality", "diamond", "magnesite"),
}
"""Words of titles that name another mineral of the chapter or a basis, or that our name of a mineral has."""
