"""From files to a table and a report: detection, counts, and the one call that does it all."""

from __future__ import annotations

import hashlib
import pickle

import pandas as pd
import pytest

from loaders.errors import UnknownFormat, UnreadableFile
from loaders.files import delimited
from loaders.files.delimited import read_table
from loaders.files.table import InputFile
from loaders.formats import FORMATS
from loaders.model import OBSERVATION_COLUMNS
from loaders.read import detect, load, load_inputs
from tests.usgs_inputs import long, long_row, table, wide, wide_row

TIDY = b"dataset,edition,mineral,place,measure,year,value,unit\nx,2025,lithium,CHL,reserves,2024,5,t\n"
HEADER = "Source,Country,Type,Prod_t_2022,Prod_t_est_2023"

# file, name of its format
FILES = [
    (table(HEADER, "MCS2024,Chile,x,5,6"), "USGS MCS, one table per commodity (2022 to 2024)"),
    (wide(wide_row("Chile", ("5", "6"))), "USGS MCS, one wide table (2025)"),
    (long(long_row("Chile", "5")), "USGS MCS, one long table (since 2026)"),
    (InputFile("tidy.csv", TIDY), "our tidy table"),
]


def test_every_format_offers_the_same_two_functions():
    for candidate in FORMATS:
        assert callable(candidate.declines)
        assert callable(candidate.read)
    names = [candidate.NAME for candidate in FORMATS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("file", "name"), FILES)
def test_one_format_and_no_other_recognises_a_file(file, name):
    raw = [read_table(file)]
    assert name == detect(raw).NAME
    assert [candidate.NAME for candidate in FORMATS if candidate.declines(raw) is None] == [name]


@pytest.mark.slow
@pytest.mark.parametrize(("file", "name"), FILES)
def test_a_load_gives_the_columns_of_an_observation_table(file, name):
    result = load_inputs([file])
    dtypes = result.observations.dtypes.astype(str).to_dict()
    assert dtypes == OBSERVATION_COLUMNS
    assert list(result.observations.index) == list(range(len(result.observations)))
    assert result.installable
    assert result.report.format == name


@pytest.mark.slow
@pytest.mark.parametrize(("file", "name"), FILES)
def test_a_large_file_loads_as_a_small_one(monkeypatch, file, name):
    small = load_inputs([file])
    monkeypatch.setattr(delimited, "LARGE", 0)
    large = load_inputs([file])
    pd.testing.assert_frame_equal(large.observations, small.observations)
    assert large.report == small.report


@pytest.mark.slow
def test_a_report_names_the_files_that_were_read():
    file = long(long_row("Chile", "5"))
    (source,) = load_inputs([file]).report.files
    assert (source.name, source.size) == (file.name, len(file.content))
    assert source.sha256 == hashlib.sha256(file.content).hexdigest()


def test_a_file_that_no_format_knows_is_refused_with_every_reason():
    with pytest.raises(UnknownFormat) as refused:
        load_inputs([InputFile("sales.csv", b"shop,sold\nhere,5\n")])
    assert refused.value.file == "sales.csv"
    for candidate in FORMATS:
        assert candidate.NAME in str(refused.value)


def test_no_file_at_all_is_refused():
    with pytest.raises(UnknownFormat, match="there is no table"):
        load_inputs([])


def test_a_path_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="no such file"):
        load([tmp_path / "nothing.csv"])


@pytest.mark.slow
def test_a_folder_is_one_edition(tmp_path):
    for code in ("lithi", "gold"):
        file = table(HEADER, "MCS2024,Chile,x,5,6", code=code)
        (tmp_path / file.name).write_bytes(file.content)
    result = load([tmp_path])
    assert set(result.observations["mineral"]) == {"lithium", "gold"}
    assert [file.name for file in result.report.files] == [
        "mcs2024-gold_world.csv",
        "mcs2024-lithi_world.csv",
    ]
    single = load([tmp_path / "mcs2024-gold_world.csv", tmp_path / "mcs2024-lithi_world.csv"])
    pd.testing.assert_frame_equal(single.observations, result.observations)


def test_counts_cover_rows_used_refused_and_left_out():
    rows = ["MCS2024,Chile,x,5,6", "MCS2024,Nowhere,x,5,6", ",,,,", "MCS2024,Peru,x,?,6"]
    counts = load_inputs([table(HEADER, *rows)]).report.counts
    assert (counts.rows_read, counts.rows_used, counts.ignored, counts.rows_refused) == (4, 1, 1, 2)
    assert (counts.cells_read, counts.observations, counts.cells_refused) == (6, 3, 3)
    assert counts.problems == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "installable"),
    [
        (["MCS2024,Chile,x,5,6"], True),
        (["MCS2024,Chile,x,5,6", "MCS2024,Nowhere,x,5,6"], False),
        ([], False),
        ([",,,,"], False),
    ],
)
def test_only_figures_without_errors_are_installable(rows, installable):
    assert load_inputs([table(HEADER, *rows)]).installable is installable


def test_a_load_comes_back_from_a_pickle():
    result = load_inputs([FILES[-1][0]])
    written_out = result.observations
    again = pickle.loads(pickle.dumps(result))
    assert "observations" not in vars(again)
    assert again.report == result.report
    pd.testing.assert_frame_equal(again.observations, written_out)
