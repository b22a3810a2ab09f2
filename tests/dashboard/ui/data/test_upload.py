"""The page Data: files are read, compared, installed only after a yes, and can be taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui import caches
from loaders.store import catalogue, folders, own_seeds, read_edition
from tests import handing_in
from tests.dashboard.intake.test_proposal import WRONG
from tests.handing_in import (
    CHILE,
    NEW,
    OLD,
    PAPER,
    PERU,
    RECORD,
    SPOILT,
    archive,
    bodies,
    boxes,
    example,
    hand_in,
    installed,
    labels,
    lithium,
    press,
    run,
    said,
    tick,
    tidy,
)
from tests.long import LONG

pytestmark = pytest.mark.slow


def open_changes(page: AppTest, edition: str) -> None:
    page.session_state[f"upload-{edition}-all"] = True
    run(page)


def nothing_new(home: Path) -> bool:
    return [path.name for path in home.rglob("*")] == ["incoming"]


def test_the_page_shows_what_is_loaded(page: AppTest, own_home: Path) -> None:
    shown = bodies(page)
    for item in catalogue().editions:
        assert item.edition.version[:8] in shown
        assert f"{len(read_edition(item)):,}" in shown
    assert str(own_home) in shown
    assert "None yet" in shown


# What cannot be installed -------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "content", "says"), [case[1:] for case in WRONG], ids=[c[0] for c in WRONG])
def test_a_wrong_file_is_told_and_cannot_be_installed(
    page: AppTest, own_home: Path, name: str, content: bytes, says: str
) -> None:
    hand_in(page, (name, content))
    assert says in said(page.error) + said(page.markdown)  # or why each format declined
    assert not [label for label in labels(page) if "Install" in label]
    assert nothing_new(own_home)


def test_errors_stop_an_installation(page: AppTest, own_home: Path) -> None:
    hand_in(page, lithium(CHILE, PERU.replace("Peru", "<b>Nowhere")))
    assert "cannot be installed: 1 error" in said(page.error)
    assert "&lt;b&gt;Nowhere" in bodies(page)
    assert "<b>Nowhere" not in bodies(page)
    assert "Say what it is, or that it is left out" in bodies(page)
    assert not [label for label in labels(page) if "Install" in label]
    assert nothing_new(own_home)


def test_a_bad_name_is_told_and_not_installed(page: AppTest, own_home: Path) -> None:
    hand_in(page, example(**{"my-ministry": "../../outside"}))
    assert "dataset '../../outside' should be small letters and digits" in said(page.error)
    assert not [label for label in labels(page) if "Install" in label]
    assert nothing_new(own_home)


def test_what_is_installed_already_is_not_installed_again(page: AppTest) -> None:
    installed(lithium())
    hand_in(page, lithium())
    assert "holds exactly these figures already" in said(page.info)
    assert not [label for label in labels(page) if "Install" in label]


def test_errors_of_the_store_are_told(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(page, tidy("2024", *OLD), RECORD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    press(page, "Install edition 2024 of own")
    assert "nothing was changed" in said(page.error)
    assert not [item for item in catalogue().editions if item.dataset.id == "own"]


def test_a_full_disk_is_told(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    hand_in(page, tidy("2024", *OLD))
    assert "No space left on device" in said(page.error)
    assert not [label for label in labels(page) if "Install" in label]


# Seeing what would change, and installing ---------------------------------------------------------------


def test_a_replacement_needs_a_yes_and_can_be_taken_back(page: AppTest) -> None:
    hand_in(page, lithium())
    assert "3 read = 3 with a number + 0 that say why there is none + 0 blank + 0 refused" in bodies(page)
    assert "edition 2024, which it would replace" in bodies(page)
    press(page, "Install edition 2024")
    assert "Nothing was installed: tick “I have looked at these 4 figures, and want to" in said(page.error)
    assert "tick “I have seen it: " in said(page.error)
    assert "tick “Show this in place of edition 2024.”" in said(page.error)
    assert catalogue().get("usgs-mcs", "2024").bundled
    for text in ("I have looked", "figures vanish", "in place of edition 2024"):
        tick(page, text)
    press(page, "Install edition 2024")
    assert "Installed edition 2024" in said(page.success)
    assert not catalogue().get("usgs-mcs", "2024").bundled
    assert not page.checkbox
    page.switch_page("views/figures.py").run()
    assert "holds in 1 of 3 editions" in bodies(page)
    page.switch_page("views/data.py").run()
    press(page, "Yes, remove it")
    assert "Removed your edition 2024" in said(page.success)
    assert catalogue().get("usgs-mcs", "2024").bundled
    press(page, "Bring back")
    assert not catalogue().get("usgs-mcs", "2024").bundled
    press(page, "Yes, remove it")
    page.switch_page("views/figures.py").run()
    assert "holds in 1 of 4 editions" in bodies(page)


def test_thousandfold_changes_stand_first_and_need_a_yes_of_their_own(page: AppTest) -> None:
    installed(tidy("2024", *OLD), RECORD)
    hand_in(page, tidy("2025", *SPOILT))
    shown = bodies(page)
    assert "Stop and look. 1 figure changed about a thousandfold" in said(page.error).replace("**", "")
    assert "930" in shown
    assert "900000" in shown
    assert "× 968" in shown
    assert shown.index("× 968") < shown.index("What would change")
    assert boxes(page)[0].startswith("I have looked at this figure")
    for text in boxes(page)[1:]:
        tick(page, text)
    assert "Before it can be installed: tick “I have looked at this figure, and want to" in bodies(page)
    press(page, "Install edition 2025")
    assert "Nothing was installed: tick “I have looked at this figure, and want to" in said(page.error)
    assert catalogue().current("own").edition.edition == "2024"
    tick(page, "I have looked at this figure")
    press(page, "Install edition 2025")
    assert catalogue().current("own").edition.edition == "2025"


def test_warnings_must_be_seen_first(page: AppTest) -> None:
    hand_in(page, tidy("2024", OLD[0], OLD[0], OLD[1]), RECORD)
    assert boxes(page) == ["I have seen it: 1 warning about the files."]
    press(page, "Install edition 2024")
    assert "Nothing was installed" in said(page.error)
    tick(page, "1 warning")
    press(page, "Install edition 2024")
    assert catalogue().get("own", "2024").dataset.publisher == "Ministry of Mines"


def test_changes_can_be_filtered_and_taken_along(page: AppTest) -> None:
    installed(tidy("2024", *OLD), RECORD)
    hand_in(page, tidy("2025", *NEW))
    open_changes(page, "own.2025")
    assert "2 read = 1 with a number + 1 that say why there is none" in bodies(page)
    assert "Peru: reserves of lithium would go from 800 t to withheld, the weightiest of 2" in bodies(page)
    table = page.dataframe[-1].value
    assert list(table["what"]) == ["number lost", "revised"]
    assert list(table["new"]) == ["W (withheld)", "900 t"]
    place = next(box for box in page.multiselect if box.label == "Place")
    place.set_value(["CHL"])
    run(page)
    assert list(page.dataframe[-1].value["place"]) == ["Chile"]
    kind = next(box for box in page.multiselect if box.label == "What")
    kind.set_value(["number lost"])
    run(page)
    assert "No change is of this kind" in bodies(page)


def test_ranks_and_claims_that_would_change_are_told(page: AppTest) -> None:
    whole = read_edition(catalogue().get("usgs-mcs", "2026"))
    table = whole.assign(edition="2027", correction="")
    russia = (
        (table["mineral"] == "rare-earths") & (table["place"] == "RUS") & (table["measure"] == "reserves")
    )
    table.loc[russia, ["value", "printed_value"]] = [9_000_000.0, "9,000,000"]
    hand_in(page, ("usgs.csv", table.to_csv(index=False).encode()))
    expanders = " ".join(item.label for item in page.expander)
    assert "ranks would move" in expanders
    assert "1 statement would be judged otherwise" in expanders
    assert "does not hold" in bodies(page)
    open_changes(page, "usgs-mcs.2027")
    assert "Russia: reserves of rare earths would go from 3.8 Mt to 9 Mt" in bodies(page)


# Several editions at once -------------------------------------------------------------------------------


def test_several_editions_are_shown_and_installed_one_by_one_or_together(page: AppTest) -> None:
    (first, old), (second, new) = tidy("2024", *OLD), tidy("2025", *SPOILT)
    hand_in(page, archive((f"e/a/{first}", old), (f"e/b/{second}", new), ("e/dataset.toml", RECORD[1])))
    assert "These files are 2 editions" in bodies(page)
    assert [tab.label for tab in page.tabs] == ["2024 of own", "2025 of own"]
    press(page, "Install edition 2024 of own")
    assert "Installed edition 2024" in said(page.success)
    assert [tab.label for tab in page.tabs] == ["2024 of own: installed", "2025 of own"]
    assert "1 figure changed about a thousandfold" in said(page.error)
    assert "Install all 2 editions" not in labels(page)
    for text in boxes(page):
        tick(page, text)
    press(page, "Install edition 2025 of own")
    press(page, "Done")
    assert not page.tabs
    assert [item.edition.id for item in catalogue().editions if not item.bundled] == ["own.2024", "own.2025"]


def test_all_at_once_needs_what_each_needs(page: AppTest) -> None:
    hand_in(page, tidy("2024", *OLD), tidy("2025", OLD[0], OLD[0]), RECORD)
    press(page, "Install all 2 editions")
    assert "Nothing was installed: own.2025: tick “I have seen it: 1 warning" in said(page.error)
    tick(page, "1 warning")
    press(page, "Install all 2 editions")
    assert "Installed 2 editions: 3 figures" in said(page.success)
    assert {item.edition.id for item in catalogue().editions} >= {"own.2024", "own.2025"}


@pytest.mark.published
def test_real_editions_in_one_archive_are_recognised(page: AppTest, shared: Path) -> None:
    folder = shared / "published" / "usgs-mcs"
    names = sorted(ORDER)
    files = [
        (f"{name}/{path.name}", path.read_bytes()) for name in names for path in (folder / name).iterdir()
    ]
    handing_in.wait(hand_in(page, archive(*files)))
    beside = ["2026 of usgs-mcs-us: installed"]  # in the file of the same edition
    assert [tab.label for tab in page.tabs] == [
        *(f"{name} of usgs-mcs: installed" for name in names),
        *beside,
    ]


# Datasets of one's own ----------------------------------------------------------------------------------


def test_a_dataset_of_ones_own_is_asked_for_its_citation(page: AppTest) -> None:
    hand_in(page, example())
    press(page, "Install edition 2025-06 of my-ministry")
    assert "the title of the new dataset is missing; the publisher of the new" in said(page.error)
    answers = {
        "Short name (id) of the dataset": "chile-ores",
        "Title of the dataset": "Ores of <b>Chile",
        "Publisher": "Ministry of *Mines*",
        "Licence": "CC BY 4.0",
    }
    for box in page.text_input:
        box.input(answers.get(box.label, ""))
    run(page)
    press(page, "Install edition 2025-06 of chile-ores")
    assert "Installed edition 2025-06" in said(page.success)
    assert "Ores of &lt;b&gt;Chile" in bodies(page)
    assert set(read_edition(catalogue().get("chile-ores", "2025-06"))["dataset"]) == {"chile-ores"}
    page.query_params["source"] = "chile-ores.2025-06"
    page.switch_page("views/sources.py").run()
    assert not page.exception
    assert "CC BY 4.0" in bodies(page)
    assert "Ministry of *Mines*, Ores of &lt;b&gt;Chile, edition 2025-06." in bodies(page)


BAD_IDS = [
    ("usgs-mcs", "there is a dataset usgs-mcs already"), ("../../x", "cannot be used"),
    ("Ores!", "cannot be used"), ("", "is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "says"), BAD_IDS)
def test_a_short_name_that_cannot_be_used_is_refused(page: AppTest, name: str, says: str) -> None:
    hand_in(page, example())
    for box in page.text_input:
        box.input({"Short name (id) of the dataset": name}.get(box.label, "Word"))
    run(page)
    press(page, "Install edition")
    assert says in said(page.error)
    assert all(item.bundled for item in catalogue().editions)


def test_own_observations_stand_beside_the_bundled_ones(page: AppTest) -> None:
    installed(tidy("2025", "rare-earths,RUS,reserves,REO,2024,28500000,t"), RECORD)
    page.query_params.update({"mineral": "rare-earths", "measure": "reserves", "edition": "own.2025"})
    page.switch_page("views/explore.py").run()
    assert not page.exception
    assert "28.5 Mt" in bodies(page)
    for view in ("figures", "claims", "revisions", "concentration", "disagree", "sources"):
        page.query_params.clear()
        page.query_params["source"] = "own.2025"
        page.switch_page(f"views/{view}.py").run()
        assert not page.exception
        if view in ("figures", "sources"):
            assert "Ministry of Mines" in bodies(page)


def test_a_document_is_added_beside_the_others(page: AppTest) -> None:
    hand_in(page, ("paper.toml", PAPER))
    assert "is a document, another-paper" in said(page.info)
    press(page, "Add the document another-paper")
    assert "Added the document another-paper" in said(page.success)
    assert [item.path.name for item in own_seeds()] == ["another-paper.toml"]


def test_a_document_with_a_mistake_says_where(page: AppTest) -> None:
    hand_in(page, ("paper.toml", b'[source]\nid = "paper"\n'))
    assert "paper.toml cannot be added" in said(page.error)
    assert own_seeds() == []


# What is damaged ----------------------------------------------------------------------------------------


def test_a_damaged_own_edition_is_told_and_can_be_mended(page: AppTest) -> None:
    installed(tidy("2024", *OLD), RECORD)
    catalogue().get("own", "2024").path.write_text("damaged")
    caches.forget()  # as in a process that has not read it yet
    run(page)
    assert "its hash differs" in said(page.error)
    press(page, "Check all files")
    assert "1 of 8 files are damaged" in said(page.error)
    assert "Add the edition again" in bodies(page)
    press(page, "Yes, remove it")
    assert "None yet" in bodies(page)
    assert not page.error


def test_a_damaged_record_is_told_on_each_page(page: AppTest, own_home: Path) -> None:
    (own_home / "store.json").write_text("{")
    for view in ("figures", "sources", "data"):
        page.switch_page(f"views/{view}.py").run()
        assert not page.exception
        assert "the record of the workspace is damaged" in said(page.error)


# From nothing -------------------------------------------------------------------------------------------


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A product without bundled data."""
    known = folders.bundled_folder
    monkeypatch.setattr(
        folders, "bundled_folder", lambda name: tmp_path / "nothing" if name == "data" else known(name)
    )


def test_a_workspace_without_data_says_how_to_begin(alone: None) -> None:
    page = handing_in.open_page()
    assert "No editions are loaded." in bodies(page)
    assert "None yet" in bodies(page)
    press(page, "Check all files")
    assert not page.error


ORDER = ("2026", "2024", *(("2023", "2025") if LONG else ()))
"""Not that of the years; all four with MINERALS_LONG. The tests of the command take others."""


@pytest.mark.published
def test_real_editions_are_added_in_any_order_and_pages_follow_back_to_2024(
    alone: None, shared: Path
) -> None:
    page = handing_in.open_page()
    for name in ORDER:
        files = sorted((shared / "published" / "usgs-mcs" / name).iterdir())
        handing_in.wait(hand_in(page, archive(*((path.name, path.read_bytes()) for path in files))))
        _say_whose(page)
        for text in boxes(page):
            tick(page, text)
        press(page, f"Install edition {name} of usgs-mcs")
        assert f"Installed edition {name}" in said(page.success)
    assert catalogue().current("usgs-mcs").edition.edition == "2026"
    use = next(item for item in page.get("button_group") if item.label.startswith("Edition in use"))
    use.set_value("2024")
    run(page)
    assert catalogue().current("usgs-mcs").edition.edition == "2024"
    version = f"Data version {catalogue().version[:8]}"
    for view in ("figures", "claims", "explore", "revisions", "concentration", "sources"):
        page.switch_page(f"views/{view}.py").run()
        assert not page.exception
        assert version in bodies(page)
        if view == "explore":
            assert "edition 2024" in bodies(page)


def _say_whose(page: AppTest) -> None:
    """Fill in the form of a dataset that nobody knows yet."""
    for box in page.text_input:
        answers = {
            "Title of the dataset": "Mineral Commodity Summaries",
            "Publisher": "U.S. Geological Survey",
        }
        if box.label in answers:
            box.input(answers[box.label])
    run(page)
