"""The command doctor: a line for each thing, what to do where one is not well, and the exit code."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from dashboard.cli import doctor, ports
from dashboard.cli.main import main
from loaders.store import bundled_folder, catalogue
from tests.checkout import ROOT


def lines(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, dict[str, str]]:
    main(["doctor", "--format", "json", *words])
    return {item["about"]: item for item in json.loads(capsys.readouterr().out)}


def test_all_is_well_where_the_program_is_tested(capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "All is well." in shown
    assert str(own_home) in shown
    found = lines(capsys)
    assert {item["state"] for item in found.values()} <= {"ok", "note"}
    assert found["tables"]["found"].startswith(f"{len(catalogue().all)} editions")
    assert {"Python", "fonts", "pictures", "port", "browser", "disk space"} <= set(found)


def test_a_damaged_table_and_a_bad_seed_are_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "store.json").write_text("{", encoding="utf-8")
    assert main(["doctor", "--home", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "wrong  tables" in shown
    assert "1 thing to mend." in shown
    (tmp_path / "store.json").unlink()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "bad.toml").write_text("no seed", encoding="utf-8")
    found = lines(capsys, "--home", str(tmp_path))
    assert (found["documents"]["state"], found["documents"]["remedy"]) == (
        "wrong",
        "minerals claims names each problem.",
    )


@pytest.mark.parametrize(
    ("wanted", "pin", "state", "found"),
    [
        ("pandas>=3", "", "ok", ""),
        ("pandas>=3", "0.1", "note", "tested with 0.1"),
        ("pandas<1", "", "wrong", "needed: <1"),
        ("no-such-package-of-ours>=1", "", "wrong", "not installed"),
    ],
)
def test_packages_are_held_against_ranges_and_pins(wanted: str, pin: str, state: str, found: str) -> None:
    item = doctor.package(Requirement(wanted), pin)
    assert item.state == state
    assert found in item.found
    assert bool(item.remedy) == (state == "wrong")


def test_pins_are_those_of_the_file(tmp_path: Path) -> None:
    pins = doctor.tested_with(ROOT / "constraints.txt")
    assert "streamlit" in pins
    assert doctor.tested_with(tmp_path / "constraints.txt") == {}
    assert bundled_folder("data").parent == ROOT


@pytest.mark.parametrize(("tried", "state", "found"), [(100, "note", "takes"), (0, "wrong", "no port")])
def test_a_port_in_use_is_told(monkeypatch: pytest.MonkeyPatch, tried: int, state: str, found: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(doctor, "FIRST_PORT", server.getsockname()[1])
        monkeypatch.setattr(ports, "PORTS_TRIED", tried)
        port = next(doctor.reach())
    assert (port.state, found in port.found) == (state, True)


def test_a_full_disk_and_a_folder_that_cannot_be_written_say_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    monkeypatch.setattr(doctor, "SPACE", 10**30)
    own, space, *_ = doctor.data(tmp_path)
    assert (own.state, space.state) == ("wrong", "wrong")
    assert "Permission denied" in own.found
    assert "MINERALS_HOME" in own.remedy + space.remedy
