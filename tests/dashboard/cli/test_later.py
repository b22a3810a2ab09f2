"""Lists of the command say which of their figures a later release of the publisher prints otherwise."""

from __future__ import annotations

import json

import pytest

from dashboard.cli.main import main

SAID = "11 Mt for Brazil (here 21 Mt)"
RARE = ("--mineral", "rare-earths", "--measure", "reserves", "--edition", "2026")


def test_observations_have_a_column_and_a_sentence_only_where_there_is_such_a_figure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["observations", *RARE, "--format", "json"])
    shown = capsys.readouterr()
    told = {row["place"]: row["later_release"] for row in json.loads(shown.out)}
    assert [place for place, text in told.items() if text] == ["BRA", "WLD"]
    assert told["BRA"].startswith("11,000,000 metric tons in version 1.3")
    assert SAID in shown.err
    main(["observations", *RARE[:-1], "2025", "--format", "json"])
    shown = capsys.readouterr()
    assert "later_release" not in shown.out
    assert shown.err == ""


def test_ranks_say_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rank", *RARE])
    assert SAID in capsys.readouterr().err
    main(["rank", *RARE[:-1], "2025"])
    assert capsys.readouterr().err == ""
