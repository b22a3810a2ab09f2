"""The command `brief`: lists, adds, takes out and makes; errors that help; no half file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from dashboard.exports.briefs import BRIEF_EXPORTS
from loaders.store import change_brief, new_brief, read_brief
from tests.commands import Command
from tests.dashboard.briefs.making import GONE

pytestmark = pytest.mark.slow

LITHIUM = ["--add", "explore", "--mineral", "lithium", "--edition", "2025"]


def test_a_brief_is_made_listed_and_written(run: Command, tmp_path: Path) -> None:
    done = run("brief", "Batteries: “lithium”", *LITHIUM)
    assert (done.code, done.err) == (0, "")
    assert "as chart 1: Chile holds 31 % of the world’s reserves of lithium" in done.out
    assert read_brief("batteries-lithium").items[0].asked["edition"] == "usgs-mcs.2025"
    assert run("brief", "batteries-lithium", "--add", "glance").code == 0
    assert run("brief", "--format", "json").json == [
        {"name": "Batteries: “lithium”", "id": "batteries-lithium", "charts": 2}
    ]
    shown = run("brief", "Batteries: “lithium”", "--format", "json").json
    assert [line["number"] for line in shown] == [1, 2]
    output = tmp_path / "brief.zip"
    done = run("brief", "batteries: “LITHIUM”", "-o", output)
    assert (done.code, done.err) == (0, "")
    assert "2 charts" in done.out
    assert zipfile.ZipFile(output).testzip() is None
    nowhere = run("brief", "batteries-lithium", "-o", tmp_path / "none" / "brief.pdf")
    assert (nowhere.code, "cannot be written" in nowhere.err) == (1, True)
    assert run("brief", "batteries-lithium", "--remove", "1").code == 0
    assert [item.topic for item in read_brief("batteries-lithium").items] == ["glance"]


def test_every_ending_of_the_pages_is_one_of_the_command(run: Command, tmp_path: Path) -> None:
    run("brief", "x", *LITHIUM)
    for kind in BRIEF_EXPORTS:
        output = tmp_path / f"file{kind.SUFFIX.upper()}"
        assert run("brief", "x", "-o", output, "--no-tables", "--paper", "us-letter").code == 0
        assert output.read_bytes()[:2] in (b"%P", b"PK")
    assert len(list(tmp_path.glob("file*"))) == len(BRIEF_EXPORTS)


REFUSED = [
    (["nobody", "-o", "x.pdf"], 1, "there is no brief “nobody”. There is: kept."),
    (["kept", "-o", "x.odt"], 1, "no file of a brief has the ending “.odt”"),
    (["kept", "--remove", "2"], 1, "there is no chart 2 in the brief “kept”, which has 1"),
    (["kept", "--add", "explore", "--mineral", "lithum"], 1, "lithum"),
    (["kept", "--add", "claims", "--mineral", "lithium"], 2, "the topic claims has no option --mineral"),
    (["kept", "--add", "weather"], 2, "invalid choice"),
    (["-o", "x.pdf"], 2, "name the brief"),
    (["x" * 201, "--add", "glance"], 1, "longer than 200 characters"),
]


@pytest.mark.parametrize(("arguments", "code", "says"), REFUSED, ids=[says for *_, says in REFUSED])
def test_what_cannot_be_done_is_an_error_with_a_reason(
    arguments: list[str], code: int, says: str, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    change_brief(new_brief("kept"), lambda kept: kept.adding(GONE))
    done = run("brief", *arguments)
    assert done.code == code
    assert says in done.err
    assert list(tmp_path.iterdir()) == []
    assert len(read_brief("kept").items) == 1


def test_what_cannot_be_drawn_is_named_and_the_rest_is_written(run: Command, tmp_path: Path) -> None:
    run("brief", "x", *LITHIUM)
    change_brief("x", lambda kept: kept.adding(GONE))
    output = tmp_path / "x.pptx"
    done = run("brief", "x", "-o", output)
    assert done.code == 1
    assert "not in it: What an edition said that was removed. There is no edition" in done.err
    assert output.exists()
    run("brief", "x", "--remove", "1")
    output.unlink()
    done = run("brief", "x", "-o", output)
    assert done.code == 1
    assert "there is nothing to draw" in done.err
    assert not output.exists()


def test_a_damaged_brief_is_told_of_and_the_others_are_listed(run: Command, own_home: Path) -> None:
    new_brief("sound")
    (own_home / "briefs" / "hurt.json").write_text('{"name": 3}', encoding="utf-8")
    done = run("brief", "--format", "json")
    assert done.code == 1
    assert [line["name"] for line in json.loads(done.out)] == ["sound"]
    assert "this brief is damaged" in done.err
    assert run("brief", "hurt", "-o", "x.pdf").code == 1
