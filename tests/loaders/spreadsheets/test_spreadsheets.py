"""The template, the proposal of a mapping, and reading with it; the page about our table tells the truth."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from dashboard.cli.main import main
from dashboard.exports.report_csv import report_table
from loaders.errors import MineralsError
from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.formats.tidy import COLUMNS, REQUIRED
from loaders.read import load, load_inputs
from loaders.spreadsheets.applying import apply_all
from loaders.spreadsheets.mapping import Mapping, ValueColumn, from_toml, to_toml
from loaders.spreadsheets.proposing import propose
from loaders.store import Catalogue, catalogue, read_edition
from loaders.values import read_value
from tests.checkout import ROOT

PAGE = ROOT / "data" / "TIDY.md"
THEIRS = "Land;Rohstoff;Einheit;2022;2023\nChile;lithium;t;1.234,5;2\nPeru;copper;t;;7\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "theirs.csv").write_text(THEIRS, encoding="utf-8")
    return tmp_path


def test_the_template_is_written_and_can_be_read(folder, capsys):
    assert main(["template", "mine.xlsx"]) == 0
    assert main(["read", "mine.xlsx"]) == 0
    assert "2 with a number + 1 that say why there is none" in capsys.readouterr().out


@pytest.mark.slow
def test_a_proposal_is_written_corrected_and_used(folder, capsys):
    words = ["map", "theirs.csv", "--dataset", "ours", "--edition", "2025"]
    assert main(words) == 1
    said = capsys.readouterr()
    assert "nothing says measure" in said.err
    assert re.search(r"place +Land +0\.95", said.out)
    written = folder / "mapping.toml"
    text = written.read_text(encoding="utf-8")
    corrected = text.replace("[constants]\n", '[constants]\nmeasure = "mine_production"\n')
    written.write_text(corrected, encoding="utf-8")
    assert main(["read", "--mapping", "mapping.toml", "theirs.csv", "--output", "ours.csv"]) == 0
    found = load([folder / "ours.csv"]).observations
    assert found[["place", "mineral", "year", "printed_value", "status"]].to_numpy().tolist() == [
        ["CHL", "lithium", 2022, "1.234,5", "A"],
        ["PER", "copper", 2022, "", "O"],
        ["CHL", "lithium", 2023, "2", "A"],
        ["PER", "copper", 2023, "7", "A"],
    ]
    assert found["value"].tolist()[0] == 1234.5


def test_a_confirmed_mapping_is_not_written_over(folder, capsys):
    (folder / "mapping.toml").write_text("decimal = ','", encoding="utf-8")
    assert main(["map", "theirs.csv"]) == 1
    assert "there already" in capsys.readouterr().err
    assert (folder / "mapping.toml").read_text(encoding="utf-8") == "decimal = ','"


# words -> what the command says
WRONG_CASES = [
    (["read", "--mapping", "none.toml", "theirs.csv"], "no such file"),
    (["read", "--mapping", ".", "theirs.csv"], "this is no file"),
    (["read", "--mapping", "deep.toml", "theirs.csv"], "not TOML"),
    (["read", "--mapping", "large.toml", "theirs.csv"], "larger than 1,048,576 bytes"),
    (["add", "theirs.csv", "deep.toml"], "record cannot be used"),
    (["add", "theirs.csv", "large.toml"], "larger than 1,048,576 bytes"),
    (["read", "--mapping", "theirs.csv", "theirs.csv"], "not TOML"),
    (["map", "theirs.csv", "--sheet", "Tin"], "no sheet Tin"),
    (["map", "none.csv"], "no such file"),
]


@pytest.mark.parametrize(("words", "said"), WRONG_CASES)
def test_what_cannot_be_done_is_a_message(folder, capsys, words, said):
    (folder / "deep.toml").write_text("a = " + "[" * 100_000, encoding="utf-8")
    (folder / "large.toml").write_text("# " + "x" * 2**20, encoding="utf-8")
    assert main(words) == 1
    assert said in capsys.readouterr().err


def test_sheets_of_one_layout_become_one_table():
    tables = [read_tables(InputFile(name, THEIRS.encode()))[0] for name in ("a.csv", "b.csv")]
    mapping = propose(tables[0], "ours", "2025").mapping
    mapping = mapping.model_copy(update={"constants": mapping.constants | {"measure": "production"}})
    (joined,) = apply_all(mapping, tables)
    assert joined.frame[["file", "row"]].drop_duplicates().to_numpy().tolist() == [
        ["a.csv", "2"], ["a.csv", "3"], ["b.csv", "2"], ["b.csv", "3"]
    ]  # fmt: skip


def test_a_problem_names_the_sheet_and_the_column_as_printed_and_counts_cover_all_sheets():
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title in ("Lithium", "Cobalt"):
        sheet = book.create_sheet(title)
        for row in (["Land", "Rohstoff", "2023"], ["Chile", title, "1"], ["Chille", title, "x"]):
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    mapping = Mapping(
        columns={"place": "Land", "mineral": "Rohstoff"},
        constants={"dataset": "x", "edition": "2025", "measure": "reserves", "unit": "t", "year": "2023"},
        values=(ValueColumn(header="2023"),),
    )
    report = load_inputs([InputFile("a.xlsx", stream.getvalue())], "nowhere", mapping).report
    assert [(item.file, item.sheet, item.row, item.column, item.printed) for item in report.problems] == [
        ("a.xlsx", "Lithium", 3, "Land", "Chille"),
        ("a.xlsx", "Cobalt", 3, "Land", "Chille"),
        ("a.xlsx", "Lithium", 3, "2023", "x"),
        ("a.xlsx", "Cobalt", 3, "2023", "x"),
    ]
    assert (report.counts.rows_read, report.counts.rows_used, report.counts.rows_refused) == (4, 2, 2)
    assert {(line.sheet, line.row) for line in report_table(report).itertuples()} == {
        ("Lithium", 3), ("Cobalt", 3)
    }  # fmt: skip


def _workbook(second: str) -> bytes:
    """Two sheets of the same columns; the second one has a name and an unknown country and sign."""
    book = openpyxl.Workbook()
    sheet, other = book.worksheets[0], book.create_sheet(second)
    sheet.title = "Lithium"
    for page, country, value in ((sheet, "Peru", 7), (other, "Narnia", "?")):
        for row in (["Country", "Production 2023 (t)"], ["Chile", 5], ["Cuba", value], [country, 8]):
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.slow
def test_a_sheet_of_another_mineral_is_read_as_its_own():
    item = InputFile("theirs.xlsx", _workbook("Cobalt"))
    tables = read_tables(item)
    mapping = propose(tables[0], "ours", "2025", tables).mapping
    assert mapping.sheets == {"Cobalt": {"mineral": "cobalt"}}
    loaded = load_inputs([item], mapping=from_toml(to_toml(mapping)))
    found = loaded.observations
    assert found[["mineral", "place", "file", "row"]].to_numpy().tolist() == [
        ["lithium", "CHL", "theirs.xlsx, sheet Lithium", 2],
        ["lithium", "CUB", "theirs.xlsx, sheet Lithium", 3],
        ["lithium", "PER", "theirs.xlsx, sheet Lithium", 4],
        ["cobalt", "CHL", "theirs.xlsx, sheet Cobalt", 2],
    ]
    assert (loaded.report.counts.rows_read, loaded.report.counts.rows_refused) == (6, 2)
    assert [(p.sheet, p.row, p.column) for p in loaded.report.problems] == [
        ("Cobalt", 4, "Country"),
        ("Cobalt", 3, "Production 2023 (t)"),
    ]


def test_a_cell_that_holds_a_number_has_a_decimal_point_whatever_the_texts_beside_it_have():
    book = openpyxl.Workbook()
    cells = {"Chile": 6.125, "Peru": "6.125", "Cuba": 1234567, "Mali": "1.234,5", "Togo": "n. v."}
    book.worksheets[0].title = "Lithium"
    for row in (["Country", "Production 2023 (t)"], *cells.items()):
        book.worksheets[0].append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    item = InputFile("theirs.xlsx", stream.getvalue())
    mapping = propose(read_tables(item)[0], "ours", "2025").mapping
    assert (mapping.decimal, mapping.thousands) == (",", ".")
    mapping = mapping.model_copy(update={"symbols": {"n. v.": "NA"}})
    found = load_inputs([item], mapping=mapping).observations.set_index("place")
    assert found["value"].dropna().to_dict() == {"CHL": 6.125, "PER": 6125, "CUB": 1234567, "MLI": 1234.5}
    assert found["printed_value"].tolist() == ["6.125", "6.125", "1234567", "1.234,5", "n. v."]


@pytest.mark.slow
def test_a_sheet_that_the_mapping_says_nothing_of_is_not_taken_for_another():
    item = InputFile("theirs.xlsx", _workbook("Cobalt"))
    mapping = propose(read_tables(item)[0], "ours", "2025").mapping
    with pytest.raises(MineralsError, match=r"sheet Cobalt: .*says mineral cobalt.*\[sheets"):
        load_inputs([item], mapping=mapping)
    with pytest.raises(MineralsError, match=r"sheet Sheet2: .*say no mineral; sheet Lithium says otherwise"):
        load_inputs([InputFile("theirs.xlsx", _workbook("Sheet2"))], mapping=mapping)
    skipping = mapping.model_copy(update={"skip_sheets": ("Sheet2",)})
    found = load_inputs([InputFile("theirs.xlsx", _workbook("Sheet2"))], mapping=skipping).report
    assert [(item.reason, item.count) for item in found.ignored] == [("the sheet has not our columns", 3)]


def test_what_a_proposal_leaves_out_is_said(folder, capsys):
    text = "Land;Rohstoff;2023;Bearbeiter\nChile;lithium;5;siehe unten\nPeru;copper;-;\n"
    (folder / "theirs.csv").write_text(text, encoding="utf-8")
    main(["map", "theirs.csv"])
    said = capsys.readouterr().err
    assert "Not used: Bearbeiter." in said
    assert "No numbers: '-'. Say under [symbols]" in said


# The page ------------------------------------------------------------------------------------------


def test_the_page_lists_our_columns():
    lines = re.findall(r"^\| `(\w+)` \| (yes|) \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    assert [(name, text) for name, _, text in lines] == list(COLUMNS.items())
    assert {name for name, required, _ in lines if required} == set(REQUIRED)


def test_the_page_prints_values_that_are_read():
    part = PAGE.read_text(encoding="utf-8").split("| printed | means |")[1].split("\n\n")[0]
    printed = [text for text in re.findall(r"`([^`]+)`", part) if text not in COLUMNS]
    assert len(printed) > 10
    assert [text for text in printed if read_value(text) is None] == []


def test_the_page_shows_a_mapping_that_can_be_used():
    text = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)[0]
    table = "Страна;Полезное ископаемое;Запасы | A+B+C1\nRussia;lithium;1 234,5\n"
    found = load_inputs([InputFile("a.csv", table.encode())], mapping=from_toml(text))
    assert found.report.problems == ()
    assert found.observations["value"].tolist() == [1234500.0]


# Kept for the next year -----------------------------------------------------------------------------------

MAPPED = Mapping(
    columns={"place": "Land", "mineral": "Rohstoff", "unit": "Einheit"},
    constants={"measure": "mine_production", "dataset": "ours", "edition": "2025"},
    values=(
        ValueColumn(header="2022", says={"year": "2022"}),
        ValueColumn(header="2023", says={"year": "2023"}),
    ),
    decimal=",",
    thousands=".",
)
NEXT = "Land;Rohstoff;Einheit;2023;2024\nChile;lithium;t;2;3\nPeru;copper;t;7;8\n"


@pytest.fixture
def ours(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the spreadsheets of two years, and a workspace that has the first one."""
    monkeypatch.setenv("MINERALS_HOME", str(folder / "home"))
    (folder / "mapping.toml").write_text(to_toml(MAPPED), encoding="utf-8")
    (folder / "next.csv").write_text(NEXT, encoding="utf-8")
    assert main(["add", "theirs.csv", "mapping.toml", "--yes"]) == 0
    return folder


def _figures(edition: str) -> set[tuple[str, int, float]]:
    table = read_edition(catalogue().get("ours", edition)).dropna(subset="value")
    return {(line.place, line.year, line.value) for line in table.itertuples()}


def test_the_mapping_is_kept_with_the_edition(ours, capsys):
    capsys.readouterr()
    assert main(["add", "theirs.csv", "mapping.toml", "--dry-run"]) == 0
    assert "kept with the edition" in capsys.readouterr().out
    assert from_toml(catalogue().get("ours", "2025").edition.mapping) == MAPPED
    assert _figures("2025") == {("CHL", 2022, 1234.5), ("CHL", 2023, 2), ("PER", 2023, 7)}


@pytest.mark.slow
def test_the_next_year_is_read_with_the_mapping_that_was_kept(ours):
    assert main(["add", "next.csv", "--dataset", "ours", "--edition", "2026", "--yes"]) == 0
    figures = {("CHL", 2023, 2), ("CHL", 2024, 3), ("PER", 2023, 7), ("PER", 2024, 8)}
    assert _figures("2026") == figures
    renewed = from_toml(catalogue().get("ours", "2026").edition.mapping)
    assert [column.header for column in renewed.values] == ["2023", "2024"]


WITHOUT = {
    "no dataset named": (["--edition", "2026"], "no format recognises this"),
    "no edition named": (["--dataset", "ours"], "nothing says edition"),
    "a dataset without a mapping": (["--dataset", "usgs-mcs", "--edition", "2027"], "no format recognises"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("words", "message"), WITHOUT.values(), ids=WITHOUT)
def test_a_mapping_is_not_guessed(ours, capsys, words, message):
    assert main(["add", "next.csv", "--yes", *words]) == 1
    assert message in capsys.readouterr().err
    assert [item.edition.edition for item in catalogue().editions if item.dataset.id == "ours"] == ["2025"]


def test_other_columns_are_refused_and_named(ours, capsys):
    (ours / "next.csv").write_text(NEXT.replace("Rohstoff", "Stoff"), encoding="utf-8")
    assert main(["add", "next.csv", "--dataset", "ours", "--edition", "2026", "--yes"]) == 1
    assert "Rohstoff" in capsys.readouterr().err


@pytest.mark.slow
def test_a_colleague_gets_the_mapping_too(ours, monkeypatch):
    assert main(["pack", "ours", "2025", "-o", "ours.zip"]) == 0
    monkeypatch.setenv("MINERALS_HOME", str(ours / "colleague"))
    assert main(["add", "ours.zip", "--yes"]) == 0
    assert from_toml(catalogue().get("ours", "2025").edition.mapping) == MAPPED


@pytest.mark.slow
def test_a_mapping_is_no_part_of_the_version(ours):
    found = catalogue()
    bare = [replace(item, edition=item.edition.model_copy(update={"mapping": ""})) for item in found.editions]
    assert Catalogue(tuple(bare), found.national).version == found.version
