"""The page Data as the front of the store: the edition in use, and the history."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders.store import catalogue, history, use
from loaders.store.folders import workspace

APP = Path(__file__).parent.parent / "dashboard" / "app.py"


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=60).run().switch_page("views/data.py").run()


def choice(page: AppTest) -> object:
    return next(item for item in page.get("button_group") if item.label.startswith("Edition in use"))


def words(page: AppTest) -> str:
    return " ".join(item.proto.body for item in page.get("html"))


def test_another_edition_is_put_to_use_with_one_click(page: AppTest) -> None:
    assert choice(page).value == "2026"
    assert "made current" not in words(page)
    choice(page).set_value("2024")
    page.run()
    assert not page.exception
    assert catalogue().current("usgs-mcs").edition.edition == "2024"
    assert choice(page).value == "2024"
    assert "Edition 2024 is in use now." in page.success[0].value
    assert "made current" in words(page)
    assert history()[0].who in words(page)


def test_a_change_made_elsewhere_shows_at_the_next_run(page: AppTest) -> None:
    use("usgs-mcs", "2023")
    page.run()
    assert not page.exception
    assert choice(page).value == "2023"


def test_a_workspace_that_cannot_be_written_is_told(page: AppTest) -> None:
    workspace().joinpath("versions").write_text("a file where a folder should be", encoding="utf-8")
    choice(page).set_value("2024")
    page.run()
    assert not page.exception
    assert "cannot be written" in page.error[0].value
    assert catalogue().current("usgs-mcs").edition.edition == "2026"
