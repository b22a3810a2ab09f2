"""The command `minerals`: exit codes, fields, formats, filters, and what goes to which stream."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from dashboard.cli import serve
from loaders.read import load
from loaders.store import bundled_folder, catalogue, from_csv, install, to_csv
from tests.commands import Command

pytestmark = pytest.mark.slow

CLAIM_FIELDS = [
    *("id", "mineral", "place", "measure", "kind", "value", "unit", "basis", "class", "modality"),
    *("status", "printed", "chain", "source", "part_of"),
]
OBSERVATION_FIELDS = [
    *("dataset", "edition", "mineral", "detail", "place", "measure", "year", "value", "lower", "upper"),
    *("unit", "basis", "class", "status", "printed_value", "printed_unit", "printed_name"),
    *("note", "file", "row", "correction", "partner"),
]

TIDY = """\
dataset,edition,mineral,place,measure,year,value,unit
test-set,2025,lithium,CHL,reserves,2024,"9,300",kt
test-set,2025,lithium,AUS,reserves,2024,W,kt
test-set,2025,lithium,WLD,reserves,2024,>30000,kt
"""


@pytest.fixture
def tidy(tmp_path: Path) -> Path:
    path = tmp_path / "ministry.csv"
    path.write_text(TIDY, encoding="utf-8")
    return path


def spoil(path: Path, old: str, new: str) -> Path:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return path


# Exit codes -----------------------------------------------------------------------------------------

REFUSED = [
    (("teapot",), "invalid choice: 'teapot'"),
    (("claims", "--format", "xml"), "invalid choice: 'xml'"),
    (("claims", "extra"), "unrecognized arguments: extra"),
    (("read",), "FILE|FOLDER|ZIP"),
    (("read", "a.csv", "--output", "out.XLSX"), "the tidy rows are written as CSV"),
    (("serve", "--port", "70000"), "'70000' is not a port"),
    (("serve", "--port", "-1"), "--port"),
    (("serve", "--port", "²"), "'²' is not a port"),
    (("observations", "--place", "Rusiaa"), "'Rusiaa' is not a known place; nearest known:"),
    (("observations", "--place", "Russia,Rusiaa"), "'Rusiaa' is not a known place"),
    (("observations", "--place", ""), "a value is missing"),
    (("observations", "--mineral", "lithum"), "'lithum' is not a known mineral; nearest known: Lithium"),
    (
        ("observations", "--mineral", "diamonds"),
        "Diamond (industrial), Gemstones (gem-quality diamond)",
    ),
    (("observations", "--mineral", "colombium"), "nearest known: Niobium"),
    (("observations", "--mineral", "foo"), "'foo' is not a known mineral\n"),
    (("observations", "--place", "Congo"), "nearest known: DR Congo, Republic of the Congo\n"),
    (("observations", "--place", "Atlantis"), "'Atlantis' is not a known place\n"),
    (("observations", "--mineral", "rare-earths, ,"), None),
    (("observations", "--measure", "reserve"), "'reserve' is not a known measure; nearest known: reserves"),
    (("observations", "--measure", "%%"), "nearest known: reserves, resources"),
    (("observations", "--dataset", "bgs"), "'bgs' is not a known dataset; there are: usgs-mcs"),
    (("observations", "--edition", "1999"), "'1999' is not a known edition; there are: 2023, 2024"),
    (("observations", "--year", "last"), "'last' is not a year such as 2024"),
]


@pytest.mark.parametrize(("words", "said"), [case for case in REFUSED if case[1]])
def test_a_command_that_is_not_understood_exits_with_2(
    run: Command, words: tuple[str, ...], said: str
) -> None:
    result = run(*words)
    assert (result.code, result.out) == (2, "")
    assert said.casefold() in result.err.casefold()


UNREADABLE = [
    ("nowhere.csv", None, "no such file"),
    ("letter.txt", b"Dear Sir,\n", "this is a text, and no table"),
    ("photo.csv", b"\x89PNG\x00\x00\x00", "not a text file"),
    ("empty.csv", b"", "the file is empty"),
    ("release.zip", b"PK\x03\x04 cut short", "cannot be opened"),
]


@pytest.mark.parametrize("style", ["table", "json", "csv"])
@pytest.mark.parametrize(("name", "content", "said"), UNREADABLE)
def test_a_file_of_which_nothing_can_be_made_exits_with_1(
    run: Command, tmp_path: Path, name: str, content: bytes | None, said: str, style: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run("read", tmp_path / name, "--format", style)
    assert result.code == 1
    assert said in result.err
    assert name in result.err
    if style == "json":
        report = json.loads(result.out)
        assert [said in problem["message"] for problem in report["problems"]] == [True]
        assert report["format"] is None
        assert report["counts"]["problems"] == 1
    else:
        assert result.out == ""


def test_help_and_version_exit_with_0(run: Command) -> None:
    assert "minerals claims" in run("--help").out
    assert run("read", "--help").code == 0
    assert run("--version").out.strip() == "0.1.0"


# claims ---------------------------------------------------------------------------------------------

STATED = {
    "russia-rare-metals-holdings": (658_000_000.0, "t", "quantity"),
    "russia-rare-earths-holdings": (28_500_000.0, "t", "quantity"),
    "russia-rare-metals-share": (0.01, "1", "share"),
    "russia-rare-earths-rank": (5, "rank", "rank"),
    "ukraine-fund-early-drafts": (500_000_000_000.0, "USD", "money"),
    "russia-ukraine-rare-earths-far-more": (None, "1", "ratio"),
}


def test_claims_as_json(run: Command) -> None:
    result = run("claims", "--format", "json")
    assert (result.code, result.err) == (0, "")
    claims = json.loads(result.out)
    assert {tuple(claim) for claim in claims} == {tuple(CLAIM_FIELDS)}
    by_id = {claim["id"]: claim for claim in claims}
    assert {id_: (c["value"], c["unit"], c["kind"]) for id_, c in by_id.items() if id_ in STATED} == STATED
    earths = by_id["russia-rare-earths-holdings"]
    assert earths["chain"] == ["Russia's Natural Resources Ministry", "Izvestia", "The Moscow Times"]
    assert earths["part_of"] == "russia-rare-metals-holdings"
    assert by_id["russia-rare-metals-share"]["part_of"] is None
    assert by_id["ukraine-fund-early-drafts"]["modality"] == "proposal"


def test_json_writes_tonnes_in_full(run: Command) -> None:
    assert '"value": 658000000.0, "unit": "t"' in run("claims", "--format", "json").out


def test_claims_as_csv(run: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(run("claims", "--format", "csv").out)))
    assert list(rows[0]) == CLAIM_FIELDS
    chain = {row["id"]: row["chain"] for row in rows}["russia-rare-earths-holdings"]
    assert chain == "Russia's Natural Resources Ministry -> Izvestia -> The Moscow Times"


def seeds_with_a_mistake(folder: Path) -> Path:
    for path in bundled_folder("seeds").glob("*.toml"):
        (folder / path.name).write_bytes(path.read_bytes())
    spoil(folder / "moscow-times-2025-03-31.toml", 'kind = "share"', 'kind = "sahre"')
    return folder


def test_a_malformed_seed_exits_with_1_and_the_others_are_listed(run: Command, tmp_path: Path) -> None:
    result = run("claims", "--seeds", seeds_with_a_mistake(tmp_path), "--format", "json")
    assert result.code == 1
    assert {claim["source"] for claim in json.loads(result.out)} >= {"ukraine-front-lines-2025"}
    assert result.err.startswith("error: ")
    for part in ("moscow-times-2025-03-31.toml", "row ", "kind", "sahre"):
        assert part in result.err


# observations ---------------------------------------------------------------------------------------


def observations(run: Command, *words: str | Path) -> list[dict[str, Any]]:
    result = run("observations", *words, "--format", "json")
    assert (result.code, result.err) == (0, "")
    rows: list[dict[str, Any]] = json.loads(result.out)
    return rows


RUSSIA = ("--mineral", "rare-earths", "--measure", "reserves", "--place", "RUS")


def test_observations_as_json(run: Command) -> None:
    rows = observations(run, *RUSSIA)
    assert {tuple(row) for row in rows} == {tuple(OBSERVATION_FIELDS)}
    assert [(row["edition"], row["value"]) for row in rows] == [
        ("2023", 21_000_000.0),
        ("2024", 10_000_000.0),
        ("2025", 3_800_000.0),
        ("2026", 3_800_000.0),
    ]
    assert {row["dataset"] for row in rows} == {"usgs-mcs"}
    assert all(row["file"] and row["row"] > 1 for row in rows)


def test_a_value_that_is_not_there_is_null(run: Command) -> None:
    (world,) = observations(run, *RUSSIA[:4], "--place", "WLD", "--edition", "2025")
    assert (world["value"], world["lower"], world["upper"]) == (None, 90_000_000.0, None)
    assert world["printed_value"].startswith(">")


SAME = [
    (("--place", "RUS"), ("--place", "Russia")),
    (("--place", "RUS"), ("--place", "rus")),
    (("--place", "KOR"), ("--place", "Korea, Republic of")),
    (("--place", "RUS,CHN"), ("--place", "China", "--place", "Russia")),
    (("--mineral", "rare-earths"), ("--mineral", "Rare Earths")),
    (("--measure", "mine_production"), ("--measure", "Mine production")),
    (("--year", "2023,2024"), ("--year", "2023", "--year", "2024")),
    (("--dataset", "usgs-mcs", "--place", "CHL"), ("--place", "Chile")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_filters_take_ids_and_names_with_commas_or_repeated(
    run: Command, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    rows = observations(run, "--edition", "2025", *one)
    assert rows
    assert rows == observations(run, "--edition", "2025", *other)


def test_filters_leave_out_the_rest(run: Command) -> None:
    rows = observations(run, "--edition", "2025,2026", "--mineral", "lithium", "--place", "CHL,AUS")
    assert {(row["edition"], row["mineral"], row["place"]) for row in rows} == {
        (edition, "lithium", place) for edition in ("2025", "2026") for place in ("CHL", "AUS")
    }


def test_what_is_known_but_has_no_figure_is_an_empty_list(run: Command) -> None:
    assert observations(run, "--mineral", "lithium", "--place", "LUX") == []
    assert "0 rows." in run("observations", "--mineral", "lithium", "--place", "LUX").out


def own_edition(tidy: Path, home: Path) -> None:
    result = load([tidy])
    item = catalogue().get("usgs-mcs", "2025")
    dataset = item.dataset.model_copy(update={"id": "test-set", "editions": ()})
    edition = item.edition.model_copy(update={"dataset": "test-set", "files": ()})
    install(result.observations, dataset, edition, home)


@pytest.mark.parametrize("where", ["before", "after", "environment"])
def test_own_editions_come_from_the_home_folder(
    run: Command, tidy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    home = tmp_path / "mine"
    own_edition(tidy, home)
    words: list[str | Path] = ["observations", "--dataset", "test-set", "--format", "json"]
    assert run(*words).code == 2
    if where == "environment":
        monkeypatch.setenv("MINERALS_HOME", str(home))
    else:
        words = ["--home", home, *words] if where == "before" else [*words, "--home", home]
    rows = json.loads(run(*words).out)
    assert [(row["place"], row["value"], row["lower"], row["status"]) for row in rows] == [
        ("CHL", 9_300_000.0, None, "A"),
        ("AUS", None, None, "Q"),
        ("WLD", None, 30_000_000.0, "A"),
    ]


def test_a_damaged_edition_is_a_message_not_a_traceback(run: Command, tidy: Path, own_home: Path) -> None:
    own_edition(tidy, own_home)
    (edition,) = own_home.glob("editions/test-set.*.csv")
    spoil(edition, "9300000", "9400000")
    result = run("observations", "--dataset", "test-set")
    assert (result.code, result.out) == (1, "")
    assert "its hash differs" in result.err


# read -----------------------------------------------------------------------------------------------


def test_read_as_a_report_for_people(run: Command, tidy: Path) -> None:
    result = run("read", tidy)
    assert (result.code, result.err) == (0, "")
    assert "Dataset   test-set" in result.out
    assert "Rows      3 read = 3 used + 0 ignored + 0 refused" in result.out


def test_read_as_json_is_one_object(run: Command, tidy: Path) -> None:
    report = json.loads(run("read", tidy, "--format", "json").out)
    assert list(report) == [
        *(
            "format",
            "dataset",
            "edition",
            "encoding",
            "counts",
            "problems",
            "ignored",
            "findings",
            "corrected",
            "questions",
            "answered",
            "title",
            "citation",
            "address",
        )
    ]
    assert (report["dataset"], report["edition"], report["encoding"]) == ("test-set", "2025", "utf-8")
    counts = report["counts"]
    assert [counts[key] for key in ("rows_read", "observations", "ignored", "problems")] == [3, 3, 0, 0]


def test_problems_say_where_and_what_to_do(run: Command, tidy: Path) -> None:
    spoil(tidy, ",CHL,", ",Chilly,")
    result = run("read", tidy, "--format", "json")
    report = json.loads(result.out)
    (problem,) = report["problems"]
    assert result.code == 1
    assert (problem["file"], problem["row"], problem["column"]) == ("ministry.csv", 2, "place")
    assert problem["remedy"]
    assert report["counts"]["rows_refused"] == 1
    for part in ("ministry.csv, row 2, column place", problem["remedy"]):
        assert part in result.err


def test_a_report_fits_into_a_narrow_terminal(
    run: Command, tidy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    spoil(tidy, ",CHL,", ",Chilly,")
    spoil(tidy, ",t,", ",tonnes of something,")
    result = run("read", tidy)
    lines = [*result.out.splitlines(), *result.err.splitlines()]
    assert max(map(len, lines)) <= 80
    assert "error: unknown place: ministry.csv, row 2, column place: 'Chilly'" in result.err.splitlines()[0]
    assert result.err.splitlines()[1].startswith("    ")


def test_what_a_terminal_would_obey_is_written_out(run: Command, tidy: Path) -> None:
    spoil(tidy, ",CHL,", ",\x1b[2J\u202eelihC\x07,")
    result = run("read", tidy)
    assert r"'\x1b[2J\u202eelihC\x07' is no place" in result.err
    assert not set(result.err) & set("\x1b\x07\u202e")


def test_many_problems_of_one_rule_are_counted_not_all_printed(run: Command, tmp_path: Path) -> None:
    header, line = TIDY.splitlines()[:2]
    lines = [line.replace("CHL", f"Nowhere {letter}") for letter in "ABCDEFGH"]
    path = tmp_path / "many.csv"
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    result = run("read", path)
    assert result.code == 1
    assert len(result.err.splitlines()) == 7
    assert "8 names can be answered" in result.err
    assert result.err.splitlines()[-2] == "error: unknown place: and 3 more"


def test_read_as_csv_and_to_a_file_are_the_tidy_rows(run: Command, tidy: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    result = run("read", tidy, "--format", "csv", "--output", output)
    assert result.code == 0
    assert result.out.encode() == output.read_bytes() == to_csv(load([tidy]).observations)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ministry.csv", "out.csv"]
    assert from_csv(output.read_bytes())["value"].dropna().tolist() == [9_300_000.0]


@pytest.mark.parametrize(
    ("exact", "name"), [((), "'=HYPERLINK(1)"), (("--exact",), "=HYPERLINK(1)")], ids=["person", "machine"]
)
def test_a_formula_is_harmless_unless_every_cell_is_to_be_exact(
    run: Command, tidy: Path, tmp_path: Path, exact: tuple[str, ...], name: str
) -> None:
    noted = "".join(
        f"{line},{note}\n"
        for line, note in zip(TIDY.splitlines(), ["note", "=HYPERLINK(1)", "", ""], strict=True)
    )
    tidy.write_text(noted, encoding="utf-8")
    output = tmp_path / "out.csv"
    result = run("read", tidy, "--format", "csv", "--output", output, *exact)
    assert run("add", tidy, "--yes").code == 0
    listed = run("observations", "--dataset", "test-set", "--format", "csv", *exact)
    for text in (result.out, output.read_text(encoding="utf-8"), listed.out):
        assert {row["note"] for row in csv.DictReader(io.StringIO(text))} == {name, ""}


def test_a_file_of_no_known_format_says_in_three_lines_what_to_do(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "wo.csv"
    path.write_text("Wo,Was,2023\nChile,Kupfer,5\n", encoding="utf-8")
    looks, lacks, maps = run("read", path).err.splitlines()
    assert looks.endswith("It looks like a table of 1 row with the columns Wo, Was, 2023.")
    assert lacks.strip().startswith("Our tidy table would also have dataset, edition")
    assert "`minerals map wo.csv`, or the page Data" in maps


def test_what_is_refused_is_told_with_what_is_written(run: Command, tidy: Path, tmp_path: Path) -> None:
    tidy.write_text(tidy.read_text(encoding="utf-8").replace("AUS", "Nowhere"), encoding="utf-8")
    result = run("read", tidy, "--output", tmp_path / "out.csv")
    assert result.code == 1
    assert f"Wrote 2 of 3 rows to {tmp_path / 'out.csv'}; 1 was refused, see above." in result.err


def test_output_replaces_an_older_file(run: Command, tidy: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("old", encoding="utf-8")
    assert run("read", tidy, "--output", output).code == 0
    assert output.read_bytes() == to_csv(load([tidy]).observations)


@pytest.mark.parametrize("folder", [False, True])
def test_output_never_replaces_what_is_read(run: Command, tidy: Path, folder: bool) -> None:
    result = run("read", tidy.parent if folder else tidy, "--output", tidy)
    assert result.code == 2
    assert "one of the files to read" in result.err
    assert tidy.read_text(encoding="utf-8") == TIDY


def test_an_output_that_cannot_be_written_is_a_message(run: Command, tidy: Path, tmp_path: Path) -> None:
    result = run("read", tidy, "--output", tmp_path / "no folder" / "out.csv")
    assert result.code == 1
    assert "cannot be written" in result.err
    assert "out.csv" in result.err


@pytest.mark.published
@pytest.mark.parametrize("edition", ["2023", "2024", "2025", "2026"])
def test_reading_a_release_gives_the_bundled_edition(
    run: Command, shared: Path, tmp_path: Path, edition: str
) -> None:
    output = tmp_path / "tidy.csv"
    result = run("read", shared / "published/usgs-mcs" / edition, "--output", output, "--format", "json")
    report = json.loads(result.out)
    assert (result.code, report["dataset"], report["edition"]) == (0, "usgs-mcs", edition)
    assert output.read_bytes() == (bundled_folder("data") / "usgs-mcs" / f"{edition}.csv").read_bytes()


# serve ----------------------------------------------------------------------------------------------

STARTS: list[tuple[tuple[str, ...], tuple[str, int, bool]]] = [
    ((), ("127.0.0.1", 8501, True)),
    (("serve",), ("127.0.0.1", 8501, True)),
    (("serve", "--no-browser"), ("127.0.0.1", 8501, False)),
    (("--port", "9000"), ("127.0.0.1", 9000, True)),
    (("--home", "h", "--no-browser", "--port=9000"), ("127.0.0.1", 9000, False)),
    (("serve", "--port", "9000", "--host", "0.0.0.0"), ("0.0.0.0", 9000, True)),
]


@pytest.mark.parametrize(("words", "started"), STARTS)
def test_starting_the_dashboard(
    run: Command,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    started: tuple[str, int, bool],
) -> None:
    calls: list[tuple[str, int, bool]] = []
    monkeypatch.setattr(serve, "serve", lambda host, port, *, browser: calls.append((host, port, browser)))
    assert run(*words).code == 0
    assert calls == [started]


def test_the_home_folder_reaches_the_dashboard(
    run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(serve, "serve", lambda *_, **__: seen.append(os.environ["MINERALS_HOME"]))
    run("--home", tmp_path / "mine")
    run("serve", "--home", tmp_path / "other")
    assert seen == [str(tmp_path / "mine"), str(tmp_path / "other")]


# The command as a process ---------------------------------------------------------------------------


def test_a_reader_that_has_enough_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard", "observations", "--format", "csv", "--edition", "2025"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"dataset,")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_text_is_utf_8_whatever_the_system_prefers() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "dashboard", "claims", "--format", "json"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=True,
    )
    printed = {claim["printed"] for claim in json.loads(result.stdout.decode())}
    assert "“far more” reserves than Ukraine" in printed


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text here")
@pytest.mark.parametrize("style", ["table", "json"])
def test_a_file_whose_name_is_no_text_is_a_message(tmp_path: Path, style: str) -> None:
    command = [
        sys.executable,
        "-m",
        "dashboard",
        "read",
        tmp_path / os.fsdecode(b"\xff.csv"),
        "--format",
        style,
    ]
    result = subprocess.run(command, capture_output=True, check=False)
    assert result.returncode == 1
    assert b"no such file" in result.stderr
    assert b"Traceback" not in result.stderr
    assert style == "table" or json.loads(result.stdout)["problems"][0]["message"] == "no such file."


def test_lists_load_neither_streamlit_nor_plotly_nor_what_pages_show() -> None:
    program = (
        "import sys; from dashboard.cli import main; main(['claims']);"
        "main(['observations', '--place', 'RUS']);"
        "sys.exit(' '.join({'streamlit', 'plotly', 'dashboard.topics'} & set(sys.modules)) or 0)"
    )
    start = time.perf_counter()
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert time.perf_counter() - start < 15
