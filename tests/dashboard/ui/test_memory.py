"""Mineral, country and edition go from page to page in a session; a link always wins."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import opened, settled

pytestmark = pytest.mark.slow


def _go(app: AppTest, page: str, **link: str) -> AppTest:
    """As the menu does it, without parameters, or as a link on a page does it."""
    app.query_params.clear()
    for name, value in link.items():
        app.query_params[name] = value
    return settled(app.switch_page(f"views/{page}.py").run())


def _shown(app: AppTest, page: str, name: str) -> str:
    return str(app.selectbox(key=f"{page}-{name}").value)


def test_what_is_chosen_on_one_page_opens_the_next() -> None:
    app = opened("explore")
    settled(app.selectbox(key="explore-mineral").set_value("cobalt").run())
    settled(app.selectbox(key="explore-edition").set_value("usgs-mcs.2024").run())
    _go(app, "concentration")
    assert (_shown(app, "concentration", "mineral"), _shown(app, "concentration", "edition")) == (
        "cobalt",
        "usgs-mcs.2024",
    )
    # A link wins, and is remembered in its turn; what it leaves open is as remembered.
    _go(app, "concentration", mineral="lithium")
    assert _shown(app, "concentration", "edition") == "usgs-mcs.2024"
    _go(app, "explore")
    assert (_shown(app, "explore", "mineral"), _shown(app, "explore", "edition")) == (
        "lithium",
        "usgs-mcs.2024",
    )
    # The edition in use is no choice: it is followed again.
    settled(app.selectbox(key="explore-edition").set_value("usgs-mcs.2026").run())
    _go(app, "concentration")
    assert _shown(app, "concentration", "edition") == "usgs-mcs.2026"


def test_a_page_without_it_says_nothing_and_the_memory_stays() -> None:
    app = opened("explore", mineral="rubidium", edition="usgs-mcs.2023")
    _go(app, "concentration")
    assert not app.warning
    assert not [element for element in app.get("html") if "Not as the link asks" in element.value]
    _go(app, "revisions")
    assert _shown(app, "revisions", "mineral") == "rubidium"
    _go(app, "compare")
    assert app.multiselect(key="compare-minerals").value[:2] == ["rubidium", "rare-earths"]


def test_a_country_that_is_marked_is_the_country_of_its_page() -> None:
    app = opened("explore", mineral="cobalt", places="AUS,CHN")
    _go(app, "country")
    assert _shown(app, "country", "place") == "AUS"
    _go(app, "over_time")
    assert app.multiselect(key="over-time-places").value == ["AUS"]
    _go(app, "country", country="UKR")
    assert _shown(app, "country", "place") == "UKR"
    assert "country" not in app.query_params


def test_another_session_remembers_nothing() -> None:
    opened("explore", mineral="cobalt")
    assert _shown(opened("explore"), "explore", "mineral") == "rare-earths"


def test_the_address_of_home_names_no_version() -> None:
    assert not opened("home").query_params
