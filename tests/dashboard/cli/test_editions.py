"""The commands of a data steward: datasets, add, diff, use, history, remove, restore, empty, pack, verify."""

from __future__ import annotations

import hashlib
import io
import itertools
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from dashboard.cli.main import main
from dashboard.intake.plan import Plan, install_plan, plan
from loaders import store
from loaders.errors import StoreError
from loaders.read import Load, load
from loaders.store import catalogue, catalogue_at, folders, history, read_all, read_edition, removed
from loaders.store import folders as store_folders
from tests.commands import Command
from tests.long import LONG

pytestmark = pytest.mark.slow

HEADER = "dataset,edition,mineral,place,measure,basis,year,value,unit\n"


def tidy(edition: str, *rows: str, dataset: str = "own") -> str:
    return HEADER + "".join(f"{dataset},{edition},{row}\n" for row in rows)


CHILE, PERU, WORLD = (
    "lithium,CHL,reserves,content",
    "lithium,PER,reserves,content",
    "lithium,WLD,reserves,content",
)
OLD = tidy("2024", f"{CHILE},2023,930,t", f"{PERU},2023,800,t", f"{WORLD},2023,>12000,t")
NEW = tidy("2025", f"{CHILE},2024,900,t", f"{PERU},2024,W,t", f"{WORLD},2024,>12000,t")
SPOILT = tidy("2025", f"{CHILE},2024,900000,t", f"{PERU},2024,800,t", f"{WORLD},2024,>12000,t")
CUT = tidy("2025", f"{CHILE},2024,900,t")
WRONG = tidy("2025", f"{CHILE},2024,many,t")
TWICE = tidy(
    "2025", f"{CHILE},2024,900,t", f"{CHILE},2024,900,t", f"{PERU},2024,800,t", f"{WORLD},2024,>12000,t"
)

RECORD = """\
id = "own"
title = "Reserves of lithium"
publisher = "Ministry of Mines"
licence = "CC BY 4.0"

[[editions]]
edition = "2024"
published = "2024-06-30"
"""


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A product without bundled data."""
    known = folders.bundled_folder
    nothing = tmp_path / "nothing"
    monkeypatch.setattr(
        store_folders, "bundled_folder", lambda name: nothing if name == "data" else known(name)
    )


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str, name: str = "figures.csv") -> Path:
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    return write


@cache
def two_editions() -> Path:
    """A workspace with two editions of a dataset of its own, to be copied."""
    home, given = (Path(tempfile.mkdtemp(prefix="own-")) for _ in range(2))
    for name, content in (("figures.csv", OLD), ("record.toml", RECORD)):
        (given / name).write_text(content, encoding="utf-8")
    assert main(["add", "--home", str(home), *map(str, given.iterdir())]) == 0
    (given / "figures.csv").write_text(NEW, encoding="utf-8")
    assert main(["add", "--home", str(home), str(given / "figures.csv")]) == 0
    return home


@pytest.fixture
def own(own_home: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The user's workspace, with two editions of a dataset of its own."""
    shutil.copytree(two_editions(), own_home, dirs_exist_ok=True)
    capsys.readouterr()  # what was told when they were added
    return own_home


def editions(run: Command) -> list[tuple[str, bool]]:
    rows = run("datasets", "--format", "json").json
    return [(row["edition"], row["current"]) for row in rows if row["dataset"] == "own"]


# add -------------------------------------------------------------------------------------------------


def test_an_edition_is_reported_compared_and_installed(run: Command, own: Path) -> None:
    assert editions(run) == [("2024", False), ("2025", True)]
    item = catalogue().get("own", "2024")
    assert (item.dataset.publisher, item.dataset.short_title) == ("Ministry of Mines", "Reserves of lithium")
    assert (item.edition.published, [file.name for file in item.edition.files]) == (
        "2024-06-30",
        ["figures.csv"],
    )
    assert catalogue().get("own", "2025").dataset.licence == "CC BY 4.0"


def test_what_would_change_is_said_before(run: Command, own: Path, file: Callable[..., Path]) -> None:
    found = run("add", file(tidy("2026", f"{CHILE},2025,450,t", f"{WORLD},2025,>12000,t")), "--dry-run")
    assert found.code == 0
    assert "Compared with own.2025: " in found.out
    assert "1 place vanishes" in found.out
    assert "revised: lithium reserves CHL: 900 t -> 450 t (x 0.5)" in found.out
    assert "Nothing was changed (--dry-run)." in found.out
    assert editions(run) == [("2024", False), ("2025", True)]


DOUBTS = [
    ("thousandfold", SPOILT, "1 figure changed about a thousandfold"),
    ("cut short", CUT, "2 of 3 figures vanish"),
    ("warning", TWICE, "1 warning about the files"),
]


@pytest.mark.parametrize("style", ["table", "json"])
@pytest.mark.parametrize(("name", "content", "doubt"), DOUBTS, ids=[case[0] for case in DOUBTS])
def test_a_doubt_needs_a_yes(
    run: Command, own: Path, file: Callable[..., Path], name: str, content: str, doubt: str, style: str
) -> None:
    before = catalogue().version
    refused = run("add", file(content), "--format", style)
    assert (refused.code, catalogue().version) == (1, before)
    assert doubt in refused.out
    tried = run("add", file(content), "--dry-run", "--yes", "--format", style)
    assert (tried.code, catalogue().version) == (0, before)
    done = run("add", file(content), "--yes", "--format", style)
    assert done.code == 0
    assert catalogue().version != before
    if style == "json":
        assert [run.json["installed"] for run in (refused, tried, done)] == [False, False, True]
        assert any(doubt in said for said in done.json["editions"][0]["doubts"])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("said", "code"), [("y\n", 0), ("yes\n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_a_person_at_a_terminal_is_asked(
    run: Command, own: Path, file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, said: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(said))
    result = run("add", file(SPOILT))
    assert result.code == code
    assert "[y/N]" in result.err
    assert (read_edition(catalogue().get("own", "2025"))["value"].max() == 900_000) == (code == 0)


def test_the_lines_of_thousandfold_changes_carry_units(
    run: Command, own: Path, file: Callable[..., Path]
) -> None:
    told = run("add", file(SPOILT), "--dry-run").out
    assert "THOUSANDFOLD revised" in told
    assert re.search(r"THOUSANDFOLD .*: 900 t -> 900000 t \(x 1e\+03\)", told)


REFUSED = [
    ("an error in the file", WRONG, ["--yes"], "unreadable value"),
    ("no figure", HEADER, ["--yes"], ""),
    ("no table", "Dear Sir", ["--yes"], "no format recognises this"),
    ("nobody said who publishes it", OLD.replace("own", "other"), [], "Nothing says who publishes"),
    ("a hostile name", OLD.replace("own", "../own"), ["--yes"], "no format recognises this"),
    ("a device", OLD.replace("own", "nul"), ["--yes"], "name of a device"),
    ("a hostile name given", OLD, ["--yes", "--dataset", "../x"], "cannot name the dataset"),
    ("a hostile edition given", OLD, ["--yes", "--edition", ".."], "cannot name the edition"),
]


@pytest.mark.parametrize("style", ["table", "json"])
@pytest.mark.parametrize(("name", "content", "words", "said"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_is_wrong_is_not_installed(
    run: Command,
    own: Path,
    file: Callable[..., Path],
    name: str,
    content: str,
    words: list[str],
    said: str,
    style: str,
) -> None:
    before = sorted(own.rglob("*"))
    result = run("add", file(content, "other.csv"), *words, "--format", style)
    assert result.code == 1
    assert said in result.out + result.err
    assert sorted(own.rglob("*")) == before
    assert not list(own.parent.glob("x*"))
    if style == "json":
        assert result.json["installed"] is False


def test_names_may_be_given(run: Command, file: Callable[..., Path]) -> None:
    assert run("add", file(OLD), "--dataset", "ministry", "--edition", "2024-06", "--yes").code == 0
    item = catalogue().get("ministry", "2024-06")
    assert set(read_edition(item)["dataset"]) == {"ministry"}
    assert set(read_edition(item)["edition"]) == {"2024-06"}


def test_several_editions_at_once(run: Command, file: Callable[..., Path]) -> None:
    first = file(OLD, "many/a/old.csv")
    file(NEW, "many/b/new.csv")
    file(RECORD, "many/a/dataset.toml")
    result = run("add", first.parent.parent, "--yes", "--format", "json")
    assert [item["edition"] for item in result.json["editions"]] == ["2024", "2025"]
    assert editions(run) == [("2024", False), ("2025", True)]
    assert catalogue().get("own", "2024").dataset.publisher == "Ministry of Mines"


def test_two_files_of_one_edition_are_not_guessed_at(run: Command, file: Callable[..., Path]) -> None:
    result = run("add", file(OLD, "a.csv"), file(OLD, "b.csv"), "--yes")
    assert result.code == 1
    assert "several of the files are edition own.2024" in result.err
    assert editions(run) == []


def test_the_same_figures_are_not_installed_twice(run: Command, own: Path, file: Callable[..., Path]) -> None:
    before = len(history())
    result = run("add", file(NEW))
    assert (result.code, len(history())) == (0, before)
    assert "was installed already" in result.out


def test_an_older_edition_does_not_become_the_current_one(
    run: Command, own: Path, file: Callable[..., Path]
) -> None:
    run("add", file(OLD.replace("2024", "2020")), "--yes")
    assert editions(run) == [("2020", False), ("2024", False), ("2025", True)]
    run("use", "own", "2024")
    run("add", file(OLD.replace("2024", "2022")), "--yes")
    assert dict(editions(run))["2024"]
    run("add", file(OLD.replace("2024", "2026")), "--yes")
    assert dict(editions(run))["2026"]


NOT_UNDERSTOOD = [
    ("add",), ("add", "record.toml"), ("add", "a.csv", "b.toml", "c.toml"), ("use", "own"),
    ("use", "own", "1999"), ("use", "../own", "2024"), ("use", "nul", "2024"), ("diff", "own", "2024"),
    ("diff", "own", "2024", "1999"), ("remove", "own", "1999"), ("pack", "own", ".."),
    ("diff", "own", "2024", "2025", "--show", "all"), ("diff", "own", "2024", "2025", "--mineral", "lithum"),
]  # fmt: skip


@pytest.mark.parametrize("words", NOT_UNDERSTOOD)
def test_a_command_that_is_not_understood_exits_with_2(
    run: Command, own: Path, words: tuple[str, ...]
) -> None:
    before = catalogue().version
    result = run(*words)
    assert (result.code, result.out, catalogue().version) == (2, "", before)


# diff ------------------------------------------------------------------------------------------------


def test_diff_as_json_has_both_sides(run: Command, own: Path) -> None:
    rows = run("diff", "own", "2024", "2025", "--format", "json").json
    assert [(row["kind"], row["place"], row["old"], row["new"]) for row in rows] == [
        ("number lost", "PER", 800.0, None),
        ("revised", "CHL", 930.0, 900.0),
    ]
    chile = next(row for row in rows if row["place"] == "CHL")
    assert (chile["old_printed"], chile["new_printed"], chile["ratio"]) == (
        "930",
        "900",
        pytest.approx(0.967742),
    )
    assert (chile["old_file"], chile["new_row"]) == ("figures.csv", 2)


def test_diff_takes_filters_and_other_questions(run: Command, own: Path) -> None:
    peru = run("diff", "own", "2024", "2025", "--place", "Peru", "--format", "json").json
    assert [row["new_status"] for row in peru] == ["Q"]
    ranks = run("diff", "own", "2024", "2025", "--show", "ranks", "--format", "json").json
    assert [(row["place"], row["old_rank"], row["new_rank"]) for row in ranks] == [("PER", 2.0, None)]
    assert run("diff", "own", "2024", "2025", "--show", "claims", "--format", "json").json == []
    claims = run("diff", "usgs-mcs", "2024", "2025", "--show", "claims", "--format", "json").json
    assert ("russia-rare-earths-rank", "does_not_hold", "holds") in [
        (row["claim"], row["old_outcome"], row["new_outcome"]) for row in claims
    ]


def test_diff_for_people(run: Command, own: Path) -> None:
    found = run("diff", "own", "2024", "2025")
    assert found.code == 0
    assert "number lost" in found.out
    assert "930" in found.out


# use, remove, restore, empty ---------------------------------------------------------------------------


def test_going_back_and_forth(run: Command, own: Path) -> None:
    assert "2024 is the current edition" in run("use", "own", "2024").out
    assert editions(run) == [("2024", True), ("2025", False)]
    found = run("use", "own", "2025", "--format", "json").json
    assert found["current"] == {"own": "2025", "usgs-mcs": "2026", "usgs-mcs-us": "2026"}
    assert found["version"] == catalogue().version
    assert run("use", "usgs-mcs", "2024").code == 0
    assert catalogue().current("usgs-mcs").edition.edition == "2024"


def test_what_is_removed_can_be_brought_back_until_it_is_emptied(run: Command, own: Path) -> None:
    before = catalogue().version
    assert "minerals restore own 2025" in run("remove", "own", "2025").out
    assert editions(run) == [("2024", True)]
    rows = run("datasets", "--removed", "--format", "json").json
    assert [(row["edition"], row["why"]) for row in rows] == [("2025", "removed")]
    assert run("restore", "own", "2025").code == 0
    assert catalogue().version == before
    run("remove", "own", "2025")
    assert run("empty").code == 1
    assert len(removed()) == 1
    assert run("empty", "--yes").code == 0
    assert removed() == ()
    lost = run("restore", "own", "2025")
    assert lost.code == 1
    assert "no edition 2025 of own was removed" in lost.err
    assert [path.name[:8] for path in (own / "editions").iterdir()] == ["own.2024"]


def test_what_is_replaced_can_be_brought_back(run: Command, own: Path, file: Callable[..., Path]) -> None:
    before = catalogue().version
    run("add", file(SPOILT), "--yes")
    assert [(item.edition.edition, item.why) for item in removed()] == [("2025", "replaced")]
    assert run("restore", "own", "2025").code == 0
    assert catalogue().version == before
    run("restore", "own", "2025")
    assert read_edition(catalogue().get("own", "2025"))["value"].max() == 900_000


def test_a_bundled_edition_is_not_removed(run: Command) -> None:
    result = run("remove", "usgs-mcs", "2024")
    assert result.code == 1
    assert "comes with the program" in result.err


@pytest.mark.parametrize(("said", "left"), [("y\n", 1), ("n\n", 2)])
def test_removing_asks_a_person(
    run: Command, own: Path, monkeypatch: pytest.MonkeyPatch, said: str, left: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(said))
    assert run("remove", "own", "2025").code == (0 if left == 1 else 1)
    assert len(editions(run)) == left


# versions and history ----------------------------------------------------------------------------------


def test_an_old_version_shows_the_old_numbers(run: Command, own: Path, file: Callable[..., Path]) -> None:
    seen = {catalogue().version: read_all(catalogue())}
    for words in (
        ("add", file(SPOILT), "--yes"), ("use", "own", "2024"), ("remove", "own", "2025"),
        ("use", "usgs-mcs", "2023"), ("restore", "own", "2025"),
    ):  # fmt: skip
        assert run(*words).code == 0
        seen[catalogue().version] = read_all(catalogue())
    assert len(seen) == 6
    for version, table in seen.items():
        then = catalogue_at(version)
        assert then.version == version == catalogue_at(version[:8]).version
        assert read_all(then).equals(table)
    for unknown in ("0" * 64, "../../store", "", "x" * 64, "*" * 12, catalogue().version[:7]):
        with pytest.raises(StoreError, match="never here"):
            catalogue_at(unknown)


def test_the_history_says_who_when_and_from_what(run: Command, own: Path, file: Callable[..., Path]) -> None:
    run("use", "own", "2024")
    run("remove", "own", "2025")
    rows = run("history", "--format", "json").json
    assert [(row["number"], row["what"], row["edition"]) for row in rows] == [
        (1, "add", "2024"), (2, "add", "2025"), (3, "use", "2024"), (4, "remove", "2025"),
    ]  # fmt: skip
    second = rows[1]
    assert second["files"] == [
        {"name": "figures.csv", "sha256": hashlib.sha256(NEW.encode()).hexdigest(), "size": len(NEW)}
    ]
    assert second["report"]["counts"]["observations"] == 3
    assert all(row["who"] and row["when"].endswith("+00:00") for row in rows)
    assert all(first["after"] == then["before"] for first, then in itertools.pairwise(rows))
    assert rows[-1]["after"] == catalogue().version
    assert "figures.csv" in run("history").out
    assert run("history", "--format", "csv").out.startswith("number,when,who,what,dataset,edition")


def test_a_history_that_was_cut_short_is_mended(own: Path) -> None:
    log = own / "history.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole[:-20])
    assert [item.number for item in history()] == [1, 2]
    store.sweep()
    assert log.read_bytes() == whole


# verify, pack ----------------------------------------------------------------------------------------


def test_verify_names_the_damaged_ones(run: Command, own: Path) -> None:
    whole = run("verify")
    assert (whole.code, whole.err) == (0, "")
    assert "9 of 9 tables" in whole.out
    first, second = sorted((own / "editions").iterdir())
    first.write_bytes(first.read_bytes().replace(b"930", b"940"))
    second.unlink()
    found = run("verify", "--format", "json")
    problems = {row["edition"]: row["problem"] for row in found.json if row["problem"]}
    assert found.code == 1
    assert list(problems) == ["2024", "2025"]
    assert "hash differs" in problems["2024"]
    assert "missing" in problems["2025"]
    assert "own.2024" in run("verify").err


def test_adding_again_mends_a_damaged_edition(run: Command, own: Path, file: Callable[..., Path]) -> None:
    path = next((own / "editions").glob("own.2025.*"))
    path.write_bytes(b"damaged")
    assert run("verify").code == 1
    run("use", "own", "2024")
    assert run("add", file(NEW), "--yes").code == 0
    assert run("verify").code == 0


def test_a_package_is_the_same_file_each_time_and_the_same_edition_elsewhere(
    run: Command, own: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    assert run("pack", "own", "2024", "-o", one).code == 0
    assert run("pack", "own", "2024", "--output", two).code == 0
    assert one.read_bytes() == two.read_bytes()
    elsewhere = tmp_path / "elsewhere"
    assert run("add", one, "--home", elsewhere).code == 0
    here, there = catalogue().get("own", "2024"), catalogue(elsewhere).get("own", "2024")
    assert there.edition == here.edition
    assert there.source == here.source
    assert [file.name for file in history(elsewhere)[0].files] == ["datapackage.json", "observations.csv"]


# The publishers' own files -----------------------------------------------------------------------------

YEARS = ("2023", "2024", "2025", "2026")
ORDERS = [(1, 3, 0, 2), *([(0, 1, 2, 3), (3, 2, 1, 0)] if LONG else [])]
"""In which releases are added: one that is neither forwards nor backwards, the others with MINERALS_LONG."""


@pytest.fixture(scope="module")
def published(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Load]:
    """The loads of the four releases, each in an empty workspace."""
    home = tmp_path_factory.mktemp("empty")
    return [load([shared / "published" / "usgs-mcs" / year], home) for year in YEARS]


@pytest.mark.published
@pytest.mark.parametrize("order", ORDERS)
def test_the_releases_in_any_order(
    run: Command, alone: None, published: list[Load], order: tuple[int, ...]
) -> None:
    assert catalogue().editions == ()
    added: list[Plan] = []
    for number in order:
        added.append(plan(published[number], catalogue()))
        install_plan(added[-1])
    assert added[0].changes is None
    newest = [max(order[: place + 1]) for place in range(4)]
    assert [item.against and item.against.edition.edition for item in added[1:]] == [
        YEARS[number] for number in newest[:3]
    ]
    assert [item.edition.edition for item in catalogue().editions] == list(YEARS)
    assert catalogue().current("usgs-mcs").edition.edition == "2026"
    assert [_revised(run, *pair) for pair in itertools.pairwise(YEARS)] == [
        {"RUS": (21e6, 10e6)},
        {"RUS": (10e6, 3.8e6), "VNM": (22e6, 3.5e6)},
        {"IND": (6.9e6, None)},
    ]


def _revised(run: Command, old: str, new: str) -> dict[str, tuple[float, float | None]]:
    words = ("--mineral", "rare-earths", "--measure", "reserves", "--place", "RUS,VNM,IND")
    rows = run("diff", "usgs-mcs", old, new, *words, "--format", "json").json
    return {row["place"]: (row["old"], row["new"]) for row in rows}


@pytest.mark.published
def test_adding_a_release_and_going_back_with_the_command(run: Command, alone: None, shared: Path) -> None:
    releases = shared / "published" / "usgs-mcs"
    assert run("add", releases / "2024", "--yes").code == 0
    found = run("add", releases / "2025", "--yes")
    assert found.code == 0
    assert "Compared with usgs-mcs.2024" in found.out
    assert "usgs-mcs.2025 installed; 2025 is the current edition" in found.out
    assert run("use", "usgs-mcs", "2024", "--format", "json").json["current"] == {"usgs-mcs": "2024"}
    assert "2 of 2 tables" in run("verify").out
