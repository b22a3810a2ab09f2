"""Frictionless Data Packages: written the same each time, read back as they were, versions 1 and 2."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import math
import zipfile

import pandas as pd
import pytest

from loaders.columns import written_out
from loaders.files.archives import unpack
from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.formats import datapackage, tidy
from loaders.model import OBSERVATION_COLUMNS, Dataset, Edition
from loaders.read import load_inputs
from loaders.store import bundled_folder, catalogue, read_edition

CSV = "mineral,place,measure,year,value,unit\nlithium,Chile,mine_production,2024,5,kt\n"
DATASET = Dataset(
    id="a-body", title="A series", short_title="A", publisher="A body", licence="US public domain"
)
EDITION = Edition(dataset="a-body", edition="2025", citation="A body, 2025", address="https://example.org")


@pytest.fixture(scope="module")
def bundled() -> list[tuple[pd.DataFrame, Dataset, Edition]]:
    editions = catalogue(home="/nowhere", bundled=bundled_folder("data")).editions
    return [(read_edition(item), item.dataset, item.edition) for item in editions[-2:]]


@pytest.mark.slow
def test_what_is_written_is_read_back_as_it_was(bundled):
    for observations, dataset, edition in bundled:
        package = datapackage.write_package(observations, dataset, edition)
        tables = [t for item in unpack("package.zip", package) for t in read_tables(item)]
        assert datapackage.declines(tables) is None
        reading = datapackage.read(tables)
        assert reading.problems == []
        assert (reading.dataset, reading.edition) == (dataset.id, edition.edition)
        pd.testing.assert_frame_equal(written_out(reading.observations), observations, check_dtype=False)


def test_the_same_content_gives_the_same_bytes(bundled):
    for observations, dataset, edition in bundled:
        first = datapackage.write_package(observations, dataset, edition)
        assert datapackage.write_package(observations.copy(), dataset, edition) == first


def test_the_descriptor_says_what_version_2_asks_for(bundled):
    observations = bundled[0][0]
    package = datapackage.write_package(observations, DATASET, EDITION)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        descriptor = json.loads(archive.read("datapackage.json"))
        table = archive.read("observations.csv")
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (descriptor["name"], descriptor["version"]) == ("a-body", "2025")
    assert descriptor["licenses"] == [{"name": "other-pd", "title": "US public domain"}]
    assert descriptor["sources"] == [{"title": "A body, 2025", "path": "https://example.org"}]
    (resource,) = descriptor["resources"]
    assert resource["hash"] == f"sha256:{hashlib.sha256(table).hexdigest()}"
    assert resource["bytes"] == len(table)
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert list(fields) == [name for name in OBSERVATION_COLUMNS if name != "partner"]
    assert fields["value"]["type"] == "number"
    assert "mine_production" in fields["measure"]["constraints"]["enum"]


def _load(descriptor: object, *tables: tuple[str, str]):
    files = [InputFile(name, text.encode()) for name, text in tables]
    return load_inputs([InputFile("datapackage.json", json.dumps(descriptor).encode()), *files])


def _descriptor(**more: object) -> dict[str, object]:
    resource = {"name": "figures", "path": "data/figures.csv"} | more
    return {"name": "a-body", "version": "2025", "resources": [resource]}


# descriptors of packages that others wrote
FOREIGN_CASES = [
    _descriptor(),
    _descriptor(profile="tabular-data-resource", schema={"fields": [{"name": "value", "type": "number"}]}),
    _descriptor(type="table", path=["data/figures.csv"]),
    {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"} | _descriptor(),
]


@pytest.mark.parametrize("descriptor", FOREIGN_CASES)
def test_the_name_and_version_of_a_package_name_dataset_and_edition(descriptor):
    load = _load(descriptor, ("figures.csv", CSV))
    assert load.report.format == datapackage.NAME
    assert load.report.problems == ()
    assert load.observations[["dataset", "edition", "value", "unit"]].to_numpy().tolist() == [
        ["a-body", "2025", 5000.0, "t"]
    ]


# how the descriptor lists texts that mean "missing"
MISSING_CASES = [["", "n.k."], [{"value": "n.k.", "label": "not known"}]]


@pytest.mark.parametrize("listed", MISSING_CASES)
def test_texts_that_mean_missing_are_not_available(listed):
    load = _load(_descriptor(schema={"missingValues": listed}), ("figures.csv", CSV.replace(",5,", ",n.k.,")))
    assert load.report.problems == ()
    assert load.observations[["status", "printed_value"]].to_numpy().tolist() == [["O", "n.k."]]


# what the schema says of the values, the value as printed -> the value, the status
NUMBER_CASES = [
    ({"decimalChar": ","}, "1,234", 1.234, "A"),
    ({"decimalChar": ",", "groupChar": "."}, "1.234", 1234, "A"),
    ({"decimalChar": ",", "groupChar": " "}, "1 234,5", 1234.5, "A"),
    ({"groupChar": " "}, "12 345.5", 12345.5, "A"),
    ({"decimalChar": ","}, ">1,5", None, "A"),
    ({"missingValues": ["-"]}, "-", None, "O"),
    ({"missingValues": ["-"], "decimalChar": ","}, "0,5", 0.5, "A"),
    ({}, "1,234", 1234, "A"),
    ("odd", "7", 7, "A"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("field", "printed", "value", "status"), NUMBER_CASES)
def test_numbers_are_read_as_the_schema_says(field, printed, value, status):
    said = {"name": "value", "type": "number"} | field if isinstance(field, dict) else field
    table = CSV.replace(",5,", f',"{printed}",')
    load = _load(_descriptor(schema={"fields": [said]}), ("figures.csv", table))
    assert load.report.problems == ()
    found = load.observations.iloc[0]
    assert (found["status"], found["printed_value"]) == (status, printed)
    assert found["value"] == pytest.approx(math.nan if value is None else value * 1000, nan_ok=True)  # kt


def test_a_text_that_means_missing_may_stand_in_any_column():
    header, row = CSV.splitlines()
    text = f"{header},basis,note\n{row},-,-\n"
    load = _load(_descriptor(schema={"missingValues": ["-"]}), ("figures.csv", text))
    assert load.report.problems == ()
    assert load.observations[["basis", "note"]].to_numpy().tolist() == [["undefined", ""]]


def test_a_compressed_resource_is_found_by_its_path():
    files = unpack("figures.csv.gz", gzip.compress(CSV.encode()))
    descriptor = json.dumps(_descriptor(path="data/figures.csv.gz")).encode()
    load = load_inputs([InputFile("datapackage.json", descriptor), *files])
    assert load.report.format == datapackage.NAME


def test_two_files_of_the_name_of_a_resource_are_not_one():
    tables = [t for text in (CSV, CSV.replace(",5,", ",6,")) for t in read_tables(_file(text))]
    descriptor = InputFile("datapackage.json", json.dumps(_descriptor()).encode())
    reason = datapackage.declines([*read_tables(descriptor), *tables])
    assert reason == "several files have the name figures.csv"


def _file(text: str) -> InputFile:
    return InputFile("figures.csv", text.encode())


@pytest.mark.slow
def test_other_tables_of_the_folder_are_counted():
    load = _load(_descriptor(), ("figures.csv", CSV), ("notes.csv", "a,b\n1,2\n3,4\n"))
    assert [(item.file, item.count) for item in load.report.ignored] == [("notes.csv", 2)]
    assert load.report.counts.rows_read == 3


# descriptor, CSV -> why it is declined
DECLINED_CASES = [
    ({"name": "x"}, CSV, "expected one datapackage.json"),
    ({"name": "x", "resources": []}, CSV, "no resource"),
    ({"name": "x", "resources": [{"path": "other.csv"}, "odd", {"path": 5}]}, CSV, "no resource"),
    (_descriptor() | {"version": 5}, CSV, "edition are missing"),
    (_descriptor(), "a,b\n1,2\n", "mineral, place"),
]


@pytest.mark.parametrize(("descriptor", "text", "reason"), DECLINED_CASES)
def test_other_packages_are_declined_with_the_reason(descriptor, text, reason):
    files = [
        InputFile("datapackage.json", json.dumps(descriptor).encode()),
        InputFile("figures.csv", text.encode()),
    ]
    tables = [table for item in files for table in read_tables(item)]
    assert reason in (datapackage.declines(tables) or "")


def test_every_column_is_described():
    assert list(tidy.COLUMNS) == list(OBSERVATION_COLUMNS)
