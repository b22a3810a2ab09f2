"""Declared corrections: applied where they match, loud where they do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from loaders.bundle import build
from loaders.errors import StoreError, UnknownFormat
from loaders.files.table import InputFile
from loaders.model import OBSERVATION_COLUMNS
from loaders.quality import find
from loaders.quality.corrections import Correction, correct, read_corrections
from loaders.read import Load, load, load_inputs
from loaders.report import Finding
from loaders.store import bundled_folder, catalogue, read_all, to_csv
from tests.usgs_inputs import long, long_row, table, wide, wide_row

HEADER = "Source,Country,Type,Prod_t_2021,Prod_t_est_2022,Prod_notes,Reserves_t,Reserves_notes"
ROWS = {
    "United States": "45",
    "Australia": "7400",
    "Brazil": "120",
    "China": "9500",
    "Russia": "5000",
    "South Africa": "3500",
    "World total (rounded)": "26000",
}
MINED = {"China": "70000", "Russia": "17000", "South Africa": "9100", "World total (rounded)": "100000"}
VANADIUM = "2023-vanadium-reserves"


def vanadium(**changed: str) -> InputFile:
    """The vanadium table of 2023 as published, but for `changed` reserves by country."""
    rows = {**ROWS, **{name.replace("_", " "): text for name, text in changed.items()}}
    lines = [
        ["MCS2023", name, "Mine production", MINED.get(name, "0"), MINED.get(name, "0"), "", text, ""]
        for name, text in rows.items()
    ]
    return table(HEADER, *lines, code="vanad", year=2023)


def reserves(observations: pd.DataFrame) -> pd.DataFrame:
    return observations[observations["measure"] == "reserves"].set_index("place")


def _about_reserves(result: Load) -> list[Finding]:
    return [finding for finding in result.report.findings if finding.measure == "reserves"]


def bundled() -> dict[str, Correction]:
    return {item.id: item for item in read_corrections([bundled_folder("data") / "usgs-mcs"])}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.mark.slow
def test_a_whole_column_is_put_in_its_unit_and_keeps_what_was_printed(home: Path) -> None:
    result = load_inputs([vanadium()], home)
    china = reserves(result.observations).loc["CHN"]
    assert (china["value"], china["unit"], china["correction"]) == (9_500_000, "t", VANADIUM)
    assert (china["printed_value"], china["printed_unit"]) == ("9500", "t")
    assert [(item.id, item.figures) for item in result.report.corrected] == [(VANADIUM, 7)]
    assert result.installable


@pytest.mark.slow
def test_other_figures_have_no_correction(home: Path) -> None:
    found = load_inputs([vanadium()], home).observations
    assert set(found.loc[found["measure"] != "reserves", "correction"]) == {""}


@pytest.mark.slow
def test_the_finding_names_the_correction_that_settles_it(home: Path) -> None:
    (finding,) = _about_reserves(load_inputs([vanadium()], home))
    assert (finding.kind, finding.place, finding.expected) == ("unit", None, "kt")
    assert finding.correction == VANADIUM


CHANGED = {
    "another number": vanadium(China="9500000"),
    "another unit": InputFile(
        "mcs2023-vanad_world.csv", vanadium().content.replace(b"Reserves_t,", b"Reserves_kt,")
    ),
    "a country more": vanadium(Canada="8"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CHANGED)
def test_a_correction_that_no_longer_matches_fails_loudly_and_is_not_applied(case: str, home: Path) -> None:
    result = load_inputs([CHANGED[case]], home)
    (problem,) = result.report.errors
    assert problem.rule == "correction does not match"
    assert VANADIUM in problem.message
    assert problem.remedy
    assert not result.installable
    assert result.report.corrected == ()
    assert set(result.observations["correction"]) == {""}


@pytest.mark.slow
def test_the_correction_that_does_not_match_says_where(home: Path) -> None:
    (problem,) = load_inputs([vanadium(China="9500000")], home).report.errors
    assert (problem.file, problem.row, problem.column) == ("mcs2023-vanad_world.csv", 5, "Reserves_t")
    assert "expects '9500' in 't'" in problem.message
    assert problem.printed == "9500000"


@pytest.mark.slow
def test_corrections_of_minerals_that_are_not_in_the_load_do_not_concern_it(home: Path) -> None:
    report = load_inputs([wide(wide_row("Chile", ("5", "6"), reserves="7"))], home).report
    assert (report.errors, report.corrected) == ((), ())


@pytest.mark.slow
def test_a_single_place_is_given_its_number(home: Path) -> None:
    header = "Source,Country,Type,Prod_kt_2021,Prod_kt_est_2022,Prod_notes,Reserves_kt,Reserves_notes"
    rows = [
        ["MCS2023", name, "Mine production, zinc content", "1", "1", "", text, ""]
        for name, text in (("Australia", "1,166,000"), ("China", "31,000"))
    ]
    found = load_inputs([table(header, *rows, code="zinc", year=2023)], home).observations
    assert list(reserves(found)["value"]) == [66_000_000, 31_000_000]
    assert list(reserves(found)["correction"]) == ["2023-zinc-reserves-australia", ""]


@pytest.mark.slow
def test_a_number_that_does_not_belong_there_becomes_none(home: Path) -> None:
    row = wide_row("Canada ", ("40", "35"), commodity="Indium", words="Refinery production", reserves="70")
    indium = reserves(load_inputs([wide(row)], home).observations).loc["CAN"]
    assert pd.isna(indium["value"])
    assert (indium["status"], indium["printed_value"], indium["correction"]) == (
        "M",
        "70",
        "2025-indium-reserves",
    )


CHROMIUM = "2026-chromium-reserves-year"


def chromium(**changed: str) -> InputFile:
    """The ore reserves of chromium of 2026 as published, but for the `changed` year of a country."""
    ore = {**bundled()[CHROMIUM].printed}
    note = "Mine production and ore reserves are reported in gross weight."
    about = {"statistics": "Reserves", "unit": "thousand metric tons", "commodity": "Chromium"}
    rows = [
        long_row(NAMES.get(place, place), text, note, **about, detail="Reserves: Ore",
                 year=int(changed.get(place, "2024")))
        for place, text in ore.items()
    ]  # fmt: skip
    content = long_row("Turkey", "11,000", note, **about, detail="Reserves: Cr2O3 content")
    mined = long_row("Turkey", "9,000", note, unit="thousand metric tons", commodity="Chromium")
    return long(*rows, content, mined)


NAMES = {
    "USA": "United States", "BRA": "Brazil", "FIN": "Finland", "IND": "India", "KAZ": "Kazakhstan",
    "ZAF": "South Africa", "TUR": "Turkey", "ZWE": "Zimbabwe", "OTH": "Other countries", "WLD": "World total",
}  # fmt: skip


@pytest.mark.slow
def test_a_wrong_year_becomes_the_right_one(home: Path) -> None:
    result = load_inputs([chromium()], home)
    assert [(item.id, item.figures) for item in result.report.corrected] == [(CHROMIUM, 10)]
    found = result.observations[result.observations["basis"] == "gross"]
    ore = found[found["measure"] == "reserves"]
    assert set(zip(ore["year"], ore["correction"], strict=True)) == {(2025, CHROMIUM)}
    others = result.observations.drop(ore.index)
    assert set(zip(others["year"], others["correction"], strict=True)) == {(2025, "")}


def test_years_that_the_publisher_has_mended_need_no_correction(home: Path) -> None:
    result = load_inputs([chromium(**dict.fromkeys(NAMES, "2025"))], home)
    assert result.report.corrected == ()
    assert result.report.errors == ()
    assert set(result.observations["year"]) == {2025}


SULFUR = "2026-sulfur-production-2025"


def sulfur(text: str = "8,100", note: str = "Reported.") -> InputFile:
    """Two years of three countries of 2026 as published, but for the United States."""
    about = {"unit": "thousand metric tons", "commodity": "Sulfur", "detail": "Production, all forms"}
    about["section"] = "World Production and Reserves"
    return long(
        long_row("United States", "8,320", "Reported.", **about, year=2024),
        long_row("United States", text, note, **about, year=2025),
        long_row("Canada", "5,000", "Reported.", **about, year=2025),
        long_row("China", "19,000", "Estimated.", **about, year=2025),
    )


@pytest.mark.slow
def test_a_wrong_status_becomes_the_right_one_and_keeps_the_printed_note(home: Path) -> None:
    result = load_inputs([sulfur()], home)
    found = result.observations.sort_values(["year", "place"])
    columns = ["year", "place", "status", "note", "correction"]
    assert found[columns].to_numpy().tolist() == [
        [2024, "USA", "A", "Reported.", ""],
        [2025, "CAN", "E", "Reported.", SULFUR],
        [2025, "CHN", "E", "Estimated.", ""],
        [2025, "USA", "E", "Reported.", SULFUR],
    ]
    assert [(item.id, item.figures) for item in result.report.corrected] == [(SULFUR, 2)]


@pytest.mark.slow
def test_a_status_that_the_publisher_has_mended_needs_no_correction(home: Path) -> None:
    result = load_inputs([sulfur(note="Estimated.")], home)
    assert [(item.id, item.figures) for item in result.report.corrected] == [(SULFUR, 1)]
    assert result.report.errors == ()
    usa = result.observations[(result.observations["place"] == "USA") & (result.observations["year"] == 2025)]
    assert usa[["status", "correction"]].to_numpy().tolist() == [["E", ""]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": "8,150"}, "expects '8,100' in 'thousand metric tons'; for USA there is '8,150'"),
        ({"note": "Rounded."}, "expects the note 'Reported.'; for USA there is the note 'Rounded.'"),
    ],
)
def test_a_status_is_not_corrected_where_number_or_note_are_others(
    changed: dict[str, str], said: str, home: Path
) -> None:
    result = load_inputs([sulfur(**changed)], home)
    (problem,) = [item for item in result.report.errors if item.rule == "correction does not match"]
    assert said in problem.message
    assert set(result.observations["correction"]) == {""}


@pytest.mark.slow
def test_corrected_figures_that_are_read_again_are_not_corrected_twice(home: Path) -> None:
    once = load_inputs([vanadium()], home).observations
    tidy = InputFile("tidy.csv", to_csv(once.assign(value=once["value"], printed_name="")))
    again = load_inputs([tidy], home)
    assert list(reserves(again.observations)["value"]) == list(reserves(once)["value"])
    assert again.report.errors == ()
    without_mark = InputFile("tidy.csv", to_csv(once.assign(correction="")))
    assert list(reserves(load_inputs([without_mark], home).observations)["value"]) == list(
        reserves(once)["value"]
    )


def own(home: Path, text: str) -> None:
    folder = home / "datasets" / "usgs-mcs"
    folder.mkdir(parents=True)
    (folder / "corrections.toml").write_text(text, encoding="utf-8")


def entry(**changed: str) -> str:
    """A correction as TOML: the bundled one of vanadium 2023, but for what has changed."""
    item = bundled()[VANADIUM].model_dump(mode="json", exclude_none=True)
    printed = item.pop("printed")
    lines = [f'{name} = "{text}"' for name, text in {**item, **changed}.items() if text != "-"]
    return "\n".join(
        ["[[corrections]]", *lines, "[corrections.printed]", *(f'{p} = "{t}"' for p, t in printed.items())]
    )


@pytest.mark.slow
def test_a_correction_of_the_user_replaces_the_bundled_one(home: Path) -> None:
    own(home, entry(status="withdrawn"))
    result = load_inputs([vanadium()], home)
    assert reserves(result.observations).loc["CHN", "value"] == 9500
    (finding,) = _about_reserves(result)
    assert (result.report.corrected, finding.correction) == ((), "")


MALFORMED = {
    "no TOML": ("id = ", "cannot be read"),
    "no reason": (entry(reason="-"), "reason"),
    "unit and value": (entry(value="5"), "either"),
    "neither": (entry(unit="-"), "either"),
    "a value for many places": (entry(unit="-", value="5"), "one place"),
    "an unknown unit": (entry(unit="heaps"), "heaps"),
    "an unlike unit": (entry(unit="million carats"), "same thing"),
    "an unreadable value": (entry(unit="-", value="many"), "cannot be read"),
    "a status without what is printed": (entry(unit="-", right_status="E"), "go together"),
    "a status that is none of a number": (
        entry(unit="-", right_status="Q", printed_status="W"),
        "how a number came to be",
    ),
    "an unknown status": (entry(status="perhaps"), "status"),
    "an unknown field": (entry(colour="red"), "colour"),
    "the same id twice": (f"{entry()}\n{entry()}", "same id"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_correction_is_an_error_of_the_load(case: str, home: Path) -> None:
    text, said = MALFORMED[case]
    own(home, text)
    result = load_inputs([vanadium()], home)
    (problem,) = result.report.errors
    assert problem.rule == "not corrected"
    assert problem.file.endswith("corrections.toml")
    assert said in f"{problem.message} {problem.column}"
    assert not result.installable


def test_a_dataset_whose_name_is_a_path_is_no_dataset(home: Path, tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text("no TOML", encoding="utf-8")
    tidy = "dataset,edition,mineral,place,measure,year,value,unit\n../..,2025,lithium,CHL,reserves,2024,5,t\n"
    with pytest.raises(UnknownFormat, match=r"dataset '../\.\.' should be small letters"):
        load_inputs([InputFile("tidy.csv", tidy.encode())], home)


@pytest.mark.slow
def test_the_bundle_needs_every_correction_of_an_edition_to_apply(tmp_path: Path) -> None:
    published, target = tmp_path / "published" / "2023", tmp_path / "usgs-mcs"
    published.mkdir(parents=True)
    (published / "mcs2023-vanad_world.csv").write_bytes(vanadium().content)
    target.mkdir()
    shutil.copy(bundled_folder("data") / "usgs-mcs" / "dataset.toml", target)
    (target / "corrections.toml").write_text(entry(), encoding="utf-8")
    assert [item.report.corrected[0].id for item in build(published.parent, target)] == [VANADIUM]
    (target / "corrections.toml").write_text(entry(mineral="lithium"), encoding="utf-8")
    with pytest.raises(StoreError, match="finds nothing to correct"):
        build(published.parent, target)


def test_every_bundled_correction_is_in_the_bundled_figures(home: Path) -> None:
    found = read_all(catalogue(home))
    assert set(found["correction"]) - {""} == set(bundled())
    assert list(found.columns) == list(OBSERVATION_COLUMNS)


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["2023", "2024", "2025", "2026"])
def test_after_correction_nothing_sure_is_left_to_find(edition: str, home: Path) -> None:
    figures = read_all(catalogue(home))
    found = find(figures[figures["edition"] == edition], figures[figures["edition"] != edition])
    assert [item for item in found if item.certainty != "possible"] == []


@pytest.mark.slow
def test_correcting_changes_no_input(home: Path) -> None:
    before = load_inputs([vanadium(China="9500000")], home).observations
    copy = before.copy()
    correct(before, tuple(bundled().values()), ["mcs2023-vanad_world.csv"])
    pd.testing.assert_frame_equal(before, copy)


@pytest.mark.slow
@pytest.mark.published
@pytest.mark.parametrize("edition", ["2023", "2024", "2025", "2026"])
def test_in_the_releases_every_sure_finding_is_corrected(edition: str, shared: Path, home: Path) -> None:
    report = load([shared / "published" / "usgs-mcs" / edition], home).report
    assert report.errors == ()
    assert {item.id for item in report.corrected} == {
        item.id for item in bundled().values() if item.edition == edition
    }
    assert all(item.correction for item in report.findings if item.certainty != "possible")
    assert not any(item.correction for item in report.findings if item.certainty == "possible")
