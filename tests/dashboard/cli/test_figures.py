"""The commands `check` and `rank`."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from dashboard.cli.figures import CHECK_FIELDS, RANK_FIELDS
from dashboard.cli.main import main
from loaders.vocabulary import Outcome


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, output, messages."""
    try:
        code = main(words)
    except SystemExit as refused:
        code = int(str(refused.code))
    return (code, *capsys.readouterr())


def objects(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    code, output, messages = ask(capsys, *words, "--format", "json")
    assert (code, messages) == (0, "")
    found: list[dict[str, Any]] = json.loads(output)
    return found


RARE_EARTHS = ("rank", "--mineral", "rare-earths", "--measure", "reserves", "--edition")


def test_rank_as_the_issue_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    found = objects(capsys, *RARE_EARTHS, "2025")
    assert all(list(line) == RANK_FIELDS for line in found)
    assert [line["place"] for line in found[:5]] == ["CHN", "BRA", "IND", "AUS", "RUS"]
    russia = found[4]
    assert (russia["value"], russia["rank"], russia["tied"], russia["status"]) == (3_800_000, 5, False, "A")
    assert round(russia["share"], 3) == 0.042
    assert russia["share_is_upper_bound"] is True


def test_what_has_no_number_is_listed_with_its_status(capsys: pytest.CaptureFixture[str]) -> None:
    found = {line["place"]: line for line in objects(capsys, *RARE_EARTHS, "2025")}
    expected = {"value": None, "rank": None, "tied": False, "share": None, "share_is_upper_bound": False}
    expected["share_of"] = "printed lower bound"
    assert found["MMR"] == {"place": "MMR", **expected, "status": "O"}
    assert not {"WLD", "OTH"} & set(found)


def test_a_share_of_a_list_without_a_total_is_at_most_so_much(tmp_path, capsys):
    path = tmp_path / "list.csv"
    lines = ["dataset,edition,mineral,place,measure,year,value,unit"]
    lines += [
        f"own,2025,cobalt,{place},mine_production,2020,{value},t"
        for place, value in (("CHL", 30), ("PER", 10))
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    home = ("--home", str(tmp_path / "home"))
    assert ask(capsys, *home, "add", str(path), "--yes")[0] == 0
    words = (
        "rank",
        "--mineral",
        "cobalt",
        "--measure",
        "mine_production",
        "--edition",
        "2025",
        "--dataset",
        "own",
    )
    found = objects(capsys, *home, *words)
    assert [(line["share"], line["share_is_upper_bound"], line["share_of"]) for line in found] == [
        (0.75, True, "sum of rows"), (0.25, True, "sum of rows")
    ]  # fmt: skip


def test_ties(capsys: pytest.CaptureFixture[str]) -> None:
    tied = [
        line["place"] for line in objects(capsys, *RARE_EARTHS, "2023") if line["tied"] and line["rank"] == 3
    ]
    assert sorted(tied) == ["BRA", "RUS"]


@pytest.mark.parametrize(
    ("year", "value"), [((), 2500), (("--year", "2023"), 2500), (("--year", "2024"), 2500)]
)
def test_the_latest_year_or_the_one_asked_for(
    capsys: pytest.CaptureFixture[str], year: tuple[str, ...], value: float
) -> None:
    words = ("rank", "--mineral", "rare earths", "--measure", "mine production", "--edition", "2025", *year)
    found = {line["place"]: line for line in objects(capsys, *words)}
    assert found["RUS"]["value"] == value
    assert found["CHN"]["value"] == (255_000 if "2023" in year else 270_000)


def test_shares_are_told_in_percent_to_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ask(capsys, *RARE_EARTHS, "2025")[1].splitlines()
    shares = {line.split()[0]: " ".join(line.split()[3:-3]) for line in lines if line[:3] in ("CHN", "THA")}
    assert shares == {"CHN": "at most 48.9 %", "THA": "at most 0.005 %"}  # 44 and 0.0045 of over 90 Mt


def test_several_series_need_a_basis(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("rank", "--mineral", "potash", "--measure", "reserves", "--edition", "2026")
    code, output, messages = ask(capsys, *words)
    assert (code, output) == (1, "")
    assert "2 series: K2O, ore. Choose one with --basis." in messages
    assert objects(capsys, *words, "--basis", "K2O")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("rank", "--mineral", "rare-earths"), 2, "--measure"),
        ((*RARE_EARTHS, "1999"), 2, "'1999' is not a known edition; there are: 2023, 2024, 2025, 2026"),
        ((*RARE_EARTHS, "2025", "--dataset", "bgs"), 2, "'bgs' is not a known dataset"),
        (
            (*RARE_EARTHS, "2025", "--year", "1999"),
            1,
            "has no such table of reserves of rare earths. It has the years 2024, on the basis REO.",
        ),
        ((*RARE_EARTHS, "2025", "--year", "soon"), 2, "'soon' is not a year"),
        (
            ("rank", "--mineral", "lithium,cobalt", "--measure", "reserves", "--edition", "2025"),
            2,
            "more than one",
        ),
        (
            ("rank", "--mineral", "unobtainium", "--measure", "reserves", "--edition", "2025"),
            2,
            "not a known mineral",
        ),
        (
            ("rank", "--mineral", "lithium", "--measure", "beauty", "--edition", "2025"),
            2,
            "not a known measure",
        ),
        (("check", "--edition", "1999"), 2, "not a known edition"),
        (("check", "--place", "Atlantis"), 2, "not a known place"),
    ],
)
def test_what_is_refused(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, message: str
) -> None:
    found, output, messages = ask(capsys, *words)
    assert (found, output) == (code, "")
    assert message in messages


def test_a_check_says_outcome_reasons_and_rows(capsys: pytest.CaptureFixture[str]) -> None:
    found = objects(capsys, "check", "--mineral", "rare-earths", "--place", "RUS", "--edition", "2025")
    assert all(list(line) == CHECK_FIELDS for line in found)
    by_claim = {line["claim"]: line for line in found}
    rank = by_claim["russia-rare-earths-rank"]
    assert (rank["outcome"], rank["evidence_value"], rank["unit"], rank["precision"]) == (
        "holds",
        5,
        "rank",
        [5, 5],
    )
    held = by_claim["russia-rare-earths-holdings"]
    assert (held["outcome"], held["evidence_value"], held["ratio"]) == ("not_comparable", 3_800_000, 7.5)
    assert held["rows"] == [{"file": "MCS2025_World_Data.csv", "row": 891, "column": "RESERVES_2024"}]
    more = by_claim["russia-ukraine-rare-earths-far-more"]
    assert (more["outcome"], more["precision"], more["rows"]) == ("cannot_check", [1, None], [])
    assert more["reasons"] == ["Ukraine has no row in the rare earths tables."]


@pytest.mark.slow
def test_every_claim_and_edition_has_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    found = objects(capsys, "check")
    pairs = [(line["claim"], line["edition"]) for line in found]
    assert len(pairs) == len(set(pairs))
    assert {edition for _, edition in pairs} == {"2023", "2024", "2025", "2026"}
    assert {line["outcome"] for line in found} <= set(Outcome)


def test_what_no_claim_is_about_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert objects(capsys, "check", "--mineral", "lithium") == []


@pytest.mark.slow
def test_check_as_csv_has_sentences_in_one_cell(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, _ = ask(capsys, "check", "--edition", "2025", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(output)))
    assert code == 0
    (held,) = (line for line in lines if line["claim"] == "russia-rare-earths-holdings")
    assert held["precision"] == "28450000..28550000"
    assert held["reasons"].count(".") == 2
    assert held["rows"] == "MCS2025_World_Data.csv row 891 RESERVES_2024"


@pytest.mark.slow
def test_check_as_a_table_names_the_claims(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, _ = ask(capsys, "check", "--edition", "2025")
    assert code == 0
    assert "russia-rare-earths-holdings" in output
    assert "not_comparable" in output
