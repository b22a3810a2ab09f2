"""The commands and the figures of one country's own account: printed where they are asked for."""

from __future__ import annotations

import csv
import io

import pytest


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_net_import_reliance_is_printed_for_a_mineral(run):
    asked = ["--mineral", "rare-earths", "--measure", "net_import_reliance"]
    result = run("observations", *asked, "--format", "csv")
    assert result.code == 0
    found = [row for row in rows(result.out) if row["edition"] == "2026" and row["detail"].endswith("metals")]
    assert [row["printed_value"] for row in found] == [">95", ">95", ">90", "53", "67"]
    assert {row["dataset"] for row in found} == {"usgs-mcs-us"}


def test_sources_of_imports_name_the_partner(run):
    result = run("observations", "--mineral", "cobalt", "--measure", "import_source_share", "--format", "csv")
    assert [row["partner"] for row in rows(result.out)] == ["NOR", "FIN", "CAN", "JPN", "OTH"]


@pytest.mark.parametrize(
    ("words", "datasets"),
    [
        (["--measure", "mine_production"], {"usgs-mcs"}),
        (["--measure", "price"], {"usgs-mcs-us"}),
        (["--measure", "mine_production", "--dataset", "usgs-mcs-us"], {"usgs-mcs-us"}),
        ([], {"usgs-mcs"}),
    ],
)
def test_production_of_one_account_is_no_twin_in_a_list_that_does_not_ask_for_it(run, words, datasets):
    result = run("observations", "--mineral", "cobalt", "--place", "USA", *words, "--format", "csv")
    assert {row["dataset"] for row in rows(result.out)} == datasets


@pytest.mark.parametrize(
    "words",
    [
        ["rank", "--mineral", "cobalt", "--measure", "mine_production", "--edition", "2026"],
        ["check", "--edition", "2026"],
    ],
)
def test_figures_of_one_country_are_not_ranked_or_held_against_claims(run, words):
    result = run(*words, "--dataset", "usgs-mcs-us")
    assert result.code == 2
    assert "usgs-mcs-us has figures of one country alone" in result.err


def test_the_edition_of_both_datasets_is_ranked_as_before(run):
    asked = ["--mineral", "cobalt", "--measure", "mine_production", "--edition", "2026"]
    result = run("rank", *asked, "--format", "csv")
    assert result.code == 0
    assert rows(result.out)[0]["place"] == "COD"


def test_editions_of_both_kinds_are_listed(run):
    found = rows(run("datasets", "--format", "csv").out)
    listed = {(row["dataset"], row["edition"]) for row in found}
    assert listed >= {("usgs-mcs-us", "2024"), ("usgs-mcs", "2025")}
    assert ("usgs-mcs-us", "2025") not in listed


def test_sources_of_imports_are_ranked(run):
    asked = ["--mineral", "cobalt", "--measure", "import_source_share", "--edition", "2026"]
    result = run("rank", *asked, "--format", "csv")
    assert result.code == 0
    found = [(row["partner"], row["value"], row["rank"], row["tied"]) for row in rows(result.out)]
    assert found == [
        ("NOR", "0.26", "1", "False"), ("FIN", "0.16", "2", "False"), ("CAN", "0.14", "3", "True"),
        ("JPN", "0.14", "3", "True"), ("OTH", "0.3", "", "False"),
    ]  # fmt: skip
    assert run("rank", *asked[:-1], "2023").code == 1


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("price", "a price is of one grade and one market: it has no rank among countries and no share"),
        ("net_import_reliance", "'minerals export reliance' orders the minerals of a country by it"),
        ("imports", "imports stands in one country's own account alone; there is no world total"),
        ("stocks", "stocks stands in one country's own account alone"),
    ],
)
def test_what_has_no_rank_or_share_is_refused_in_words(run, measure, said):
    result = run("rank", "--mineral", "cobalt", "--measure", measure, "--edition", "2026")
    assert result.code == 2
    assert said in " ".join(result.err.split())
