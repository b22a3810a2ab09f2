"""The version in the link: a session follows each change, a link made before one shows what it showed."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders.store import catalogue, empty, install, read_edition, remove, use

APP = Path(__file__).parent.parent / "dashboard" / "app.py"


def opened(version: str = "") -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    if version:
        app.query_params["version"] = version
    return app.run()


def footer(app: AppTest) -> str:
    return next(item.proto.body for item in app.get("html") if 'class="footer"' in item.proto.body)


def in_link(app: AppTest) -> str:
    value = app.query_params["version"]
    return value[0] if isinstance(value, list) else value


def replaced() -> None:
    """Another edition of 2025, in which Russia's reserves are halved."""
    item = catalogue().get("usgs-mcs", "2025")
    table = read_edition(item)
    russia = (
        (table["mineral"] == "rare-earths") & (table["measure"] == "reserves") & (table["place"] == "RUS")
    )
    table.loc[russia, "value"] /= 2
    install(table, item.dataset, item.edition)


def test_a_session_follows_a_change_at_its_next_run() -> None:
    first, second = opened(), opened()
    before = catalogue().version
    assert [in_link(app) for app in (first, second)] == [before[:12]] * 2
    replaced()
    for app in (first.run(), second.run()):
        assert not app.exception
        assert catalogue().version[:8] in footer(app)
        assert in_link(app) == catalogue().version[:12] != before[:12]
        assert not app.info


def test_a_link_made_before_a_change_shows_what_it_showed() -> None:
    before = catalogue().version
    old_tiles = _tiles(opened())
    replaced()
    present = opened()
    assert _tiles(present) != old_tiles
    app = opened(before[:12])
    assert "before the data changed" in app.info[0].value
    assert before[:8] in footer(app)
    assert in_link(app) == before[:12]
    assert _tiles(app) == old_tiles
    next(button for button in app.button if button.label == "Show the present data").click()
    app.run()
    assert catalogue().version[:8] in footer(app)
    assert not app.info
    assert _tiles(app) == _tiles(present)


def _tiles(app: AppTest) -> list[str]:
    """All that the page says outside of charts, but for the version."""
    return [item.proto.body for item in app.get("html") if 'class="footer"' not in item.proto.body]


@pytest.mark.parametrize("asked", ["0" * 12, "../../store", "x", "*"])
def test_a_version_that_is_not_here_is_told(asked: str) -> None:
    app = opened(asked)
    assert not app.exception
    assert "cannot be shown" in app.warning[0].value
    assert catalogue().version[:8] in footer(app)


def test_a_version_that_was_emptied_is_told() -> None:
    replaced()
    version = catalogue().version
    remove("usgs-mcs", "2025")
    assert "before the data changed" in opened(version).info[0].value
    empty()
    assert "cannot be shown" in opened(version).warning[0].value


def test_going_back_to_an_edition_is_followed_by_the_pages() -> None:
    app = opened()
    assert _edition_of_ranks(app) == "2026"
    use("usgs-mcs", "2024")
    app.run()
    assert not app.exception
    assert _edition_of_ranks(app) == "2024"
    app.switch_page("views/explore.py").run()
    assert not app.exception
    assert next(box.value for box in app.selectbox if box.label == "Edition") == "usgs-mcs.2024"


def _edition_of_ranks(app: AppTest) -> str:
    """The edition whose ranking the page Figures shows."""
    return next(str(item.value) for item in app.get("button_group") if item.label == "Edition")
