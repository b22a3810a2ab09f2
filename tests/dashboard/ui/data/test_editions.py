"""The page Data as the front of the store: the edition in use, sharing, checking, emptying, the history."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.cli.main import main
from dashboard.intake.proposal import install_proposals
from dashboard.ui.data.editions import _package
from loaders.store import catalogue, history, remove, removed, use
from loaders.store.folders import workspace
from tests import handing_in
from tests.handing_in import NEW, OLD, RECORD, bodies, labels, press, proposed, run, said, tidy

pytestmark = pytest.mark.slow


@pytest.fixture
def own() -> None:
    for file in (tidy("2024", *OLD), tidy("2025", *NEW)):
        assert isinstance(install_proposals([(proposed(file, RECORD).path, None)]), tuple)


def choice(page: AppTest) -> object:
    return next(item for item in page.get("button_group") if item.label.startswith("Edition in use"))


# The edition in use ---------------------------------------------------------------------------------------


def test_another_edition_is_put_to_use_with_one_click(page: AppTest) -> None:
    assert choice(page).value == "2026"
    assert "made current" not in bodies(page)
    choice(page).set_value("2024")
    run(page)
    assert catalogue().current("usgs-mcs").edition.edition == "2024"
    assert choice(page).value == "2024"
    assert "Edition 2024 of USGS Mineral Commodity Summaries is in use now." in said(page.success)
    assert "made current" in bodies(page)
    assert history()[0].who in bodies(page)
    assert f"Data version {catalogue().version[:8]}" in bodies(page)


def test_a_change_made_elsewhere_shows_at_the_next_run(page: AppTest) -> None:
    use("usgs-mcs", "2023")
    run(page)
    assert choice(page).value == "2023"
    assert f"Data version {catalogue().version[:8]}" in bodies(page)


def test_a_workspace_that_cannot_be_written_is_told(page: AppTest) -> None:
    workspace().joinpath("versions").write_text("a file where a folder should be", encoding="utf-8")
    choice(page).set_value("2024")
    run(page)
    assert "cannot be written" in said(page.error)
    assert catalogue().current("usgs-mcs").edition.edition == "2026"


# Sharing and checking -------------------------------------------------------------------------------------


def test_an_edition_is_shared_as_the_file_that_the_command_writes(own: None, tmp_path: Path) -> None:
    for dataset, edition in (("own", "2025"), ("usgs-mcs", "2024")):
        packed = tmp_path / f"{dataset}.zip"
        assert main(["pack", dataset, edition, "-o", str(packed)]) == 0
        content = _package(catalogue().get(dataset, edition))
        assert content == packed.read_bytes()
        assert zipfile.ZipFile(BytesIO(content)).namelist() == ["datapackage.json", "observations.csv"]


def test_a_colleagues_package_is_added_with_its_records(own: None, page: AppTest) -> None:
    content = _package(catalogue().get("own", "2025"))
    remove("own", "2025")
    handing_in.hand_in(run(page), ("own-2025.zip", content))
    press(page, "Install edition 2025 of own")
    assert catalogue().get("own", "2025").dataset.licence == "CC BY 4.0"


def test_the_page_offers_every_edition_to_share(own: None, page: AppTest) -> None:
    run(page)
    chosen = next(box for box in page.selectbox if box.label == "Edition to share")
    assert len(chosen.options) == len(catalogue().all)


def test_all_files_are_checked(own: None, page: AppTest) -> None:
    press(run(page), "Check all files")
    assert "All 9 files are as they were installed." in said(page.success)
    remove("own", "2025")
    kept = removed()[0].edition
    (workspace() / "editions" / f"{kept.id}.{kept.version[:16]}.csv").unlink()
    press(run(page), "Check all files")
    assert "1 of 9 files are damaged" in said(page.error)
    assert "the file is missing" in bodies(page)
    assert "It cannot be brought back" in bodies(page)


# Removing and emptying ------------------------------------------------------------------------------------


def test_what_was_put_away_is_deleted_for_good_after_a_yes(own: None, page: AppTest) -> None:
    assert "Yes, delete for good" not in labels(run(page))
    remove("own", "2025")
    run(page)
    assert "links made before" in " ".join(item.value for item in page.markdown)
    assert len(removed()) == 1
    press(page, "Yes, delete for good")
    assert removed() == ()
    assert "1 edition deleted for good." in said(page.success)
    assert "Bring back" not in labels(page)


# The history ----------------------------------------------------------------------------------------------


def test_the_history_says_who_when_from_which_file_and_from_which_version_to_which(
    own: None, page: AppTest
) -> None:
    shown = bodies(run(page))
    for change in history():
        assert change.who in shown
        assert change.when[:10] in shown
        assert change.before[:8] in shown
        assert change.after[:8] in shown
        for file in change.files:
            assert file.name in shown
            assert file.sha256 in shown
            assert f"{file.size:,}" in shown
    assert "2 figures, 0 problems" in shown


def test_editions_of_one_countrys_account_are_listed_too(page: AppTest) -> None:
    shown = bodies(page)
    assert "One country’s own account" in shown
    assert "U.S. statistics of USGS Mineral Commodity Summaries" in shown
    assert "no edition 2025 is at hand" in shown
