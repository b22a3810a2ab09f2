"""The pages of one mineral, of one country and of several beside each other; old links of the others."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import LINKED_NAME, opened, page_html, page_text, settled

pytestmark = pytest.mark.slow


def _go(app: AppTest, page: str, **link: str) -> AppTest:
    app.query_params.clear()
    for name, value in link.items():
        app.query_params[name] = value
    return settled(app.switch_page(f"views/{page}.py").run())


def _links(app: AppTest) -> list[str]:
    return LINKED_NAME.findall(page_html(app))


def test_one_mineral_and_what_is_more_of_it() -> None:
    app = opened("mineral", mineral="cobalt")
    said = page_text(app)
    assert "DR Congo holds 50 % of reserves of cobalt and makes 74 % of mine production" in said
    assert "USGS 2026 has no table of it for smelting, refining or plants." in said
    assert "Claims: none" in said
    links = _links(app)
    assert {"Who holds and makes", "Revisions", "Concentration", "Dependence"} <= set(links)
    assert any(link.startswith("DR Congo: reserves of cobalt went from") for link in links)
    _go(app, "mineral", mineral="rare-earths")
    assert "658 million metric tons" not in page_text(app)  # of another group
    assert any("28.5 million tons of rare earth metals" in link for link in _links(app))
    _go(app, "mineral", mineral="cesium")
    said = page_text(app)
    assert "USGS 2026 names no country in a table of cesium." in said
    assert "No table: USGS 2026 has no table of it for mine production" in said


def test_one_country_and_where_it_has_no_row() -> None:
    app = opened("country", country="UKR")
    said = page_text(app)
    assert (
        "Documents speak of rare earths: Ukraine has no row in the latest such tables of USGS 2026." in said
    )
    assert "What documents state of Ukraine" in said
    _go(app, "country", place="CAF")
    assert "Central African Republic is in one table of USGS 2023" not in page_text(app)
    assert "USGS 2026 has no row of Central African Republic." in page_text(app)
    _go(app, "country", place="SUN")
    assert "No other edition has one." in page_text(app)


def test_minerals_and_countries_beside_each_other() -> None:
    app = opened("compare", minerals="cobalt,lithium")
    assert "cobalt" in page_text(app).lower()
    _go(app, "compare", of="countries", places="CHL,AUS")
    assert "Of these countries" in page_text(app)


OLD_LINKS = [
    ("explore", {"mineral": "lithium", "measure": "reserves", "places": "CHL"}, "lithium"),
    ("revisions", {"mineral": "lithium", "measure": "reserves"}, "lithium"),
    ("concentration", {"mineral": "lithium", "edition": "usgs-mcs.2024"}, "edition 2024"),
    ("claims", {"mineral": "rare-earths"}, "Claims"),
]


def test_old_links_open_the_same_views() -> None:
    app = opened("figures", figure="rank-russia-rare-earths-rank")
    for page, link, words in OLD_LINKS:
        _go(app, page, **link)
        assert words in page_text(app)
        assert "Not as the link asks" not in page_text(app)
        assert {name: app.query_params[name] for name in link} == link or {
            name: app.query_params[name][0] for name in link
        } == link
