"""Files dropped into the folder `incoming` wait on the page Data for a person's yes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders.errors import StoreError
from loaders.store import arrivals, catalogue, put_away
from tests import handing_in
from tests.handing_in import (
    NEW,
    OLD,
    RECORD,
    File,
    archive,
    bodies,
    hand_in,
    installed,
    press,
    run,
    said,
    tidy,
)

pytestmark = pytest.mark.slow


def drop(home: Path, file: File, seconds_ago: float = 10) -> Path:
    path = home / "incoming" / file[0]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(file[1])
    then = time.time() - seconds_ago
    os.utime(path, (then, then))
    return path


def test_the_page_says_where_to_drop_files(page: AppTest, own_home: Path) -> None:
    assert str(own_home / "incoming") in bodies(page)
    assert "Waiting in the folder" not in bodies(page)
    assert (own_home / "incoming").is_dir()


def test_what_was_dropped_is_reported_installed_and_put_away(page: AppTest, own_home: Path) -> None:
    path = drop(own_home, archive(tidy("2024", *OLD), RECORD))
    run(page)
    assert "files.zip has arrived" in said(page.info)
    assert "2 read = 2 with a number" in bodies(page)
    assert "own" not in {item.dataset.id for item in catalogue().editions}
    press(page, "Install edition 2024 of own")
    assert "Installed edition 2024" in said(page.success)
    assert not path.exists()
    assert len(list((own_home / "incoming" / ".done").iterdir())) == 1
    assert "Waiting in the folder" not in bodies(page)
    assert catalogue().get("own", "2024")


def test_a_file_that_is_still_being_copied_waits(page: AppTest, own_home: Path) -> None:
    whole = tidy("2024", *OLD)
    path = drop(own_home, (whole[0], whole[1][:-20]), seconds_ago=0)
    run(page)
    assert "Waiting in the folder" not in bodies(page)
    drop(own_home, whole)
    run(page)
    assert "2 read = 2 with a number" in bodies(page)
    path.write_bytes(whole[1] + b"x")
    run(page)
    assert "Waiting in the folder" not in bodies(page)


def test_what_is_dismissed_is_kept_out_of_sight(page: AppTest, own_home: Path) -> None:
    content = tidy("2024", *OLD)[1]
    hand_in(page, ("own.csv", content))
    press(page, "Keep the files for later")
    assert "A reload of this page" not in bodies(page)
    os.utime(own_home / "incoming" / "own.csv", (0, 0))  # as a later look would find it
    press(run(page), "Dismiss")
    assert "Dismissed own.csv." in said(page.success)
    assert arrivals() == []
    (kept,) = (own_home / "incoming" / ".done").iterdir()
    assert kept.read_bytes() == content


def test_a_wrong_file_is_told_and_can_be_dismissed(page: AppTest, own_home: Path) -> None:
    drop(own_home, ("letter.pdf", b"%PDF"))
    run(page)
    assert "no table found here" in said(page.error)
    press(page, "Dismiss")
    assert not page.error


def test_several_files_wait_each_for_its_own_decision(page: AppTest, own_home: Path) -> None:
    installed(tidy("2024", *OLD), RECORD)
    drop(own_home, tidy("2025", *NEW), seconds_ago=20)
    drop(own_home, tidy("2026", *NEW), seconds_ago=10)
    run(page)
    assert said(page.info).count("has arrived") == 2
    press(page, "Install edition 2026 of own")
    assert said(page.info).count("has arrived") == 1
    assert catalogue().current("own").edition.edition == "2026"


def test_what_cannot_be_moved_away_is_told(own_home: Path) -> None:
    drop(own_home, tidy("2024", *OLD))
    (item,) = arrivals()
    (own_home / "incoming" / ".done").write_text("a file where a folder should be")
    with pytest.raises(StoreError, match="cannot be moved away") as caught:
        put_away(item)
    assert caught.value.remedy
    assert item.path.exists()


def test_a_workspace_without_a_folder_is_told(own_home: Path) -> None:
    (own_home / "incoming").write_text("a file where a folder should be")
    page = handing_in.open_page()
    assert "cannot be dropped" in bodies(page)
