"""Our own tidy table: what it needs, what it refuses, and that it comes back as it was."""

from __future__ import annotations

import csv
import io
import json
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.answers.answers import EACH_POINT
from loaders.errors import MineralsError, UnknownFormat
from loaders.files.archives import unpack
from loaders.files.damage import damage
from loaders.files.table import InputFile
from loaders.formats import datapackage
from loaders.model import OBSERVATION_COLUMNS, Dataset, Edition
from loaders.read import Load
from loaders.store import bundled_folder, catalogue, read_edition, to_csv
from loaders.vocabulary import COUNTED_MEASURES, Basis, Measure, ReserveClass, Scheme, Status
from tests.usgs_inputs import load_alone

pytestmark = pytest.mark.slow

REQUIRED = "dataset,edition,mineral,place,measure,year,value,unit"


def _load(header: str, *rows: str) -> Load:
    return load_alone(InputFile("mine.csv", "\n".join([header, *rows, ""]).encode()))


def _row(**cells: str) -> Load:
    """The load of a table with one row, in which these cells differ from a good one."""
    values = ["x", "2025", "lithium", "CHL", "reserves", "2024", "5", "t"]
    good = dict(zip(REQUIRED.split(","), values, strict=True))
    row = good | cells
    return _load(",".join(row), ",".join(f'"{cell}"' for cell in row.values()))


# cells, then what the observation says
GOOD_CASES = [
    ({}, {"value": 5.0, "status": "A", "basis": "undefined", "class": "undefined", "scheme": "undefined"}),
    ({"value": "1,200"}, {"value": 1200.0, "printed_value": "1,200"}),
    ({"value": "1,200", "unit": "thousand metric tons"}, {"value": 1.2e6, "unit": "t"}),
    ({"value": "2800", "unit": "kg"}, {"value": 2.8, "unit": "t", "printed_unit": "kg"}),
    ({"value": "12.345", "printed_value": "12345 kg"}, {"value": 12.345}),
    ({"value": "NA"}, {"value": None, "status": "O"}),
    ({"value": "W"}, {"value": None, "status": "Q"}),
    ({"value": ">1000"}, {"value": None, "lower": 1000.0, "status": "A"}),
    ({"value": "e500"}, {"value": 500.0, "status": "E"}),
    ({"value": "Nil"}, {"value": 0.0, "status": "A"}),
    ({"value": "", "status": "Q"}, {"value": None, "status": "Q"}),
    ({"value": "", "lower": "5", "upper": "7"}, {"value": None, "lower": 5.0, "upper": 7.0}),
    ({"value": "", "lower": "5", "unit": "kt"}, {"lower": 5000.0, "upper": None}),
    ({"value": "5", "status": "E"}, {"value": 5.0, "status": "E"}),
    ({"mineral": "Lithium "}, {"mineral": "lithium"}),
    ({"place": "Chile"}, {"place": "CHL", "printed_name": "Chile"}),
    ({"place": "Chile, crude ore"}, {"place": "CHL", "detail": "crude ore"}),
    ({"place": "Chile", "printed_name": "Republic"}, {"printed_name": "Republic"}),
    ({"basis": "LCE", "class": "resource", "scheme": "crirsco"}, {"basis": "LCE", "class": "resource"}),
    ({"year": " 2024 "}, {"year": 2024}),
    ({"note": "two\nlines"}, {"note": "two\nlines"}),
    (
        {"file": "theirs.csv", "row": "812", "column": "PROD"},
        {"file": "theirs.csv", "row": 812, "column": "PROD"},
    ),
    ({"something else": "x"}, {"file": "mine.csv", "row": 2, "column": "value"}),
    ({"line": "7"}, {"row": 2}),
]

# cells, rule, column
BAD_CASES = [
    ({"mineral": "unobtainium"}, "unknown mineral", "mineral"),
    ({"place": "Atlantis"}, "unknown place", "place"),
    ({"unit": "bushels"}, "unknown unit", "unit"),
    ({"unit": ""}, "unknown unit", "unit"),
    ({"measure": "reserve"}, "unknown measure", "measure"),
    ({"basis": "oxide"}, "unknown basis", "basis"),
    ({"class": "rich"}, "unknown class", "class"),
    ({"scheme": "own"}, "unknown scheme", "scheme"),
    ({"status": "Z"}, "unknown status", "status"),
    ({"value": "many"}, "unreadable value", "value"),
    ({"value": "inf"}, "unreadable value", "value"),  # no edition has an infinite figure
    ({"value": "1e+999"}, "unreadable value", "value"),
    ({"value": "-5"}, "unreadable value", "value"),
    ({"value": "12.000"}, "point or thousands", "value"),
    ({"value": ""}, "unreadable value", "value"),
    ({"value": "", "status": "A"}, "unreadable value", "value"),  # a number is promised and not given
    ({"value": "NA", "status": "E"}, "unreadable value", "value"),
    ({"lower": "few"}, "unreadable lower bound", "lower"),
    ({"lower": "-1"}, "unreadable lower bound", "lower"),
    ({"upper": "inf"}, "unreadable upper bound", "upper"),
    ({"upper": ">5"}, "unreadable upper bound", "upper"),
    ({"value": "", "lower": "7", "upper": "5"}, "unreadable lower bound", "lower"),
    ({"year": "2024/25"}, "unreadable year", "year"),
    ({"year": "24"}, "unreadable year", "year"),
    ({"year": "2024.5"}, "unreadable year", "year"),
    ({"row": "last"}, "unreadable row", "row"),
]


@pytest.mark.parametrize(("cells", "expected"), GOOD_CASES)
def test_a_line_says(cells, expected):
    load = _row(**cells)
    assert load.report.problems == ()
    (line,) = load.observations.to_dict("records")
    assert {name: _none(line[name]) for name in expected} == expected


@pytest.mark.parametrize(("cells", "rule", "column"), BAD_CASES)
def test_a_line_that_cannot_be_read_is_a_problem(cells, rule, column):
    load = _row(**cells)
    first = load.report.problems[0]
    assert (first.rule, first.file, first.row, first.column) == (rule, "mine.csv", 2, column)
    assert first.printed == (EACH_POINT if rule == "point or thousands" else cells[column])
    assert first.remedy
    assert load.observations.empty
    assert not load.installable


def test_a_problem_is_located_in_this_file_not_in_the_one_that_it_names():
    load = _load(
        f"{REQUIRED},file,row",
        "x,2025,lithium,CHL,reserves,2024,5,t,theirs.csv,77",
        "x,2025,lithium,CHL,reserves,2023,?,t,theirs.csv,78",
    )
    (problem,) = load.report.problems
    assert (problem.file, problem.row) == ("mine.csv", 3)


@pytest.mark.parametrize(
    ("values", "asked"), [(("1.234", '"1,234.5"'), "1.234"), (("1.234", '"1,2"', '"3,45"'), EACH_POINT)]
)
def test_points_beside_commas_are_asked_about_as_in_other_formats(values: tuple[str, ...], asked: str):
    years = enumerate(values, start=2023)
    load = _load(REQUIRED, *(f"x,2025,lithium,CHL,reserves,{year},{value},t" for year, value in years))
    assert [question.printed for question in load.report.questions] == [asked]


def test_good_lines_are_read_beside_bad_ones():
    load = _load(REQUIRED, "x,2025,lithium,CHL,reserves,2024,5,t", "x,2025,lithium,Nowhere,reserves,2024,5,t")
    counts = load.report.counts
    assert (counts.rows_read, counts.rows_used, counts.rows_refused, counts.observations) == (2, 1, 1, 1)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            [REQUIRED.replace("measure,", ""), "x,2025,lithium,CHL,2024,5,t"],
            "the columns measure are missing",
        ),
        ([REQUIRED], "there are our columns, but no rows"),
        (
            [f"{REQUIRED},value", "x,2025,lithium,CHL,reserves,2024,5,t,6"],
            r"a column stands there more than once: value \(9\)",
        ),
        (
            [REQUIRED, "x,2025,lithium,CHL,reserves,2024,5,t", "y,2025,lithium,CHL,reserves,2024,5,t"],
            "found 2",
        ),
        (
            [REQUIRED, ",2025,lithium,CHL,reserves,2024,5,t"],
            "the name of the dataset or of the edition is empty",
        ),
    ],
)
def test_another_table_is_declined_with_the_reason(lines, message):
    with pytest.raises(UnknownFormat, match=message):
        _load(*lines)


def test_two_tidy_tables_are_not_one():
    row = "x,2025,lithium,CHL,reserves,2024,5,t"
    files = [InputFile(name, f"{REQUIRED}\n{row}\n".encode()) for name in ("a.csv", "b.csv")]
    with pytest.raises(UnknownFormat, match="expected one table, found 2"):
        load_alone(*files)


# --- round trips

EDITIONS = [item.edition.edition for item in catalogue("nowhere").editions]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_bundled_edition_is_read_back_as_it_was_written(edition):
    item = catalogue("nowhere").get("usgs-mcs", edition)
    load = load_alone(InputFile(item.path.name, item.path.read_bytes()))
    assert load.report.problems == ()
    pd.testing.assert_frame_equal(load.observations, read_edition(item))


def test_there_are_bundled_editions():
    assert len(EDITIONS) >= len(list(bundled_folder("data").glob("usgs-mcs/*.csv"))) > 0


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\t\r\n"), max_size=8
).filter(lambda text: damage(text.encode()) is None)
_NUMBERS = st.integers(0, 10**12).map(float) | st.floats(0, 1e15).filter(lambda x: x == 0 or x > 1e-9)


@st.composite
def _observations(draw: st.DrawFn) -> dict[str, object]:
    kind = draw(st.sampled_from(["value", "lower", "range", "none"]))
    first, second = sorted([draw(_NUMBERS), draw(_NUMBERS)])
    without = [Status.WITHHELD, Status.NOT_AVAILABLE, Status.NOT_APPLICABLE, Status.INCLUDED_ELSEWHERE]
    measure = draw(st.sampled_from(COUNTED_MEASURES))
    partners = ["PER"] if measure is Measure.IMPORT_SOURCE_SHARE else ["", "", "PER"]
    return {
        "dataset": "x-y", "edition": "2025", "mineral": draw(st.sampled_from(["lithium", "gemstones"])),
        "detail": draw(_TEXT), "place": draw(st.sampled_from(["CHL", "WLD", "OTH", "NAM", "USA+CAN", "EUU"])),
        "measure": measure.value, "partner": draw(st.sampled_from(partners)),
        "year": draw(st.integers(1900, 2100)),
        "value": first if kind == "value" else math.nan,
        "lower": first if kind in ("lower", "range") else math.nan,
        "upper": second if kind == "range" else math.nan,
        "unit": draw(st.sampled_from(["t", "ct", "m3", "L"])),
        "basis": draw(st.sampled_from(list(Basis))).value,
        "class": draw(st.sampled_from(list(ReserveClass))).value,
        "scheme": draw(st.sampled_from(list(Scheme))).value,
        "status": draw(st.sampled_from(without if kind == "none" else ["A", "E", "W"])),
        "printed_value": draw(_TEXT), "printed_unit": draw(_TEXT), "printed_name": draw(_TEXT),
        "printed_measure": draw(_TEXT), "note": draw(_TEXT), "file": draw(_TEXT.map(lambda text: f"f{text}")),
        "row": draw(st.integers(1, 10**6)), "column": draw(_TEXT.map(lambda text: f"c{text}")),
    }  # fmt: skip


@given(st.lists(_observations(), min_size=1, max_size=5, unique_by=lambda line: line["year"]))
def test_any_observations_are_read_back_as_they_were_written(lines):
    table = pd.DataFrame(lines).reindex(columns=list(OBSERVATION_COLUMNS), fill_value="")
    table = table.astype(OBSERVATION_COLUMNS)
    load = load_alone(InputFile("x.csv", to_csv(table)))
    assert load.report.errors == ()
    pd.testing.assert_frame_equal(load.observations, table)
    assert to_csv(load.observations) == to_csv(table)


def _as_parquet(table: pd.DataFrame) -> list[InputFile]:
    stream = io.BytesIO()
    table.to_parquet(stream)
    return [InputFile("x.parquet", stream.getvalue())]


def _as_json_lines(table: pd.DataFrame) -> list[InputFile]:
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [InputFile("x.jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())]


def _as_tab_separated(table: pd.DataFrame) -> list[InputFile]:
    text = table.to_csv(sep="\t", index=False, quoting=csv.QUOTE_NONNUMERIC)
    return [InputFile("x.tsv", text.encode("utf-16"))]


def _as_package(table: pd.DataFrame) -> list[InputFile]:
    dataset = Dataset(id="x-y", title="t", short_title="t", publisher="p", licence="l")
    edition = Edition(dataset="x-y", edition="2025", citation="c")
    return unpack("x.zip", datapackage.write_package(table, dataset, edition))


FORMS = (_as_parquet, _as_json_lines, _as_tab_separated, _as_package)


@pytest.mark.parametrize("form", FORMS)
@given(st.lists(_observations(), min_size=1, max_size=4))
def test_any_observations_are_read_back_from_every_form(form, lines):
    table = pd.DataFrame(lines).reindex(columns=list(OBSERVATION_COLUMNS), fill_value="")
    table = table.astype(OBSERVATION_COLUMNS)
    load = load_alone(*form(table))
    assert load.report.errors == ()
    pd.testing.assert_frame_equal(load.observations, table)


_GOOD = f"{REQUIRED},status,lower\n" + "x,2025,lithium,CHL,reserves,2024,5,t,A,\n" * 2


@given(st.data())
def test_a_damaged_table_is_a_report_or_a_refusal(data):
    content = bytearray(_GOOD.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        load = load_alone(InputFile("x.csv", bytes(content[: data.draw(st.integers(0, len(content)))])))
    except MineralsError:
        return
    counts = load.report.counts
    assert counts.rows_read == counts.rows_used + counts.ignored + counts.rows_refused


def _none(cell: object) -> object:
    return None if isinstance(cell, float) and math.isnan(cell) else cell
