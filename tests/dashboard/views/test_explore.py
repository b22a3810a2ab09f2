"""The page Explore: the view in the link, the controls, what is empty, what does not fit."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import opened, page_text, settled

pytestmark = pytest.mark.slow


def text(app: AppTest) -> str:
    return page_text(app)


def link_of(app: AppTest) -> dict[str, str]:
    """What the link says of the view; the versions of data and documents stand beside it."""
    found = {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}
    return {name: value for name, value in found.items() if name not in ("asOf", "documents")}


def test_it_opens_on_the_latest_rare_earth_reserves_and_says_so_in_the_link() -> None:
    app = opened("explore")
    assert "of the world’s reserves of rare earths" in text(app)
    assert "on US 2022, US 2025, EU 2024" in text(app)
    assert link_of(app) == {
        "mineral": "rare-earths", "measure": "reserves", "edition": "usgs-mcs.2026", "year": "2025",
    }  # fmt: skip
    assert len(app.get("plotly_chart")) == 1
    assert not app.dataframe
    app.session_state["table-of-explore"] = True  # opened
    assert len(settled(app.run()).dataframe) == 1


LINKS = [
    ({"mineral": "rare-earths", "measure": "reserves", "edition": "usgs-mcs.2025", "places": "RUS,UKR"},
     ["Russia is 5th with 3.8 Mt, at most 4.3 %", "No row here: Ukraine."]),
    ({"mineral": "rare-earths", "measure": "reserves", "edition": "usgs-mcs.2024"},
     ["The printed world total, 110,000,000 t, is below the sum of its rows, 115,414,500: by 4.9 %."]),
    ({"mineral": "lithium", "measure": "mine_production", "edition": "usgs-mcs.2025"},
     ["at most 37 %", "withheld", "leaves out: United States"]),
    ({"mineral": "iron-ore", "measure": "reserves", "edition": "usgs-mcs.2025"},
     ["Why two panels.", "The first panel counts"]),
    ({"mineral": "rare-earths", "edition": "usgs-mcs.2025", "unit": "kt"}, ["in kt of rare-earth oxide"]),
    ({"mineral": "rare-earths", "edition": "usgs-mcs.2025", "which": "chosen", "places": "AUS"},
     ["Australia is 4th with 5.7 Mt"]),
    ({"mineral": "cesium", "measure": "reserves", "edition": "usgs-mcs.2023"},
     ["Nothing to draw.", "Editions that have one: USGS 2026."]),
    ({"mineral": "rare-earths", "which": "chosen"}, ["Nothing to draw.", "No country is chosen."]),
    ({"mineral": "unobtainium"}, ["Not as the link asks.", "“unobtainium”", "reserves of rare earths"]),
    ({"mineral": "<script>alert(1)</script>"}, ["“&lt;script&gt;alert(1)&lt;/script&gt;”"]),
]  # fmt: skip


@pytest.mark.parametrize(("link", "said"), LINKS, ids=["-".join(case[0].values())[:60] for case in LINKS])
def test_a_link_opens_the_view_that_it_names(link: dict[str, str], said: list[str]) -> None:
    shown = text(opened("explore", **link))
    for words in said:
        assert words in shown
    assert "<script>" not in shown


def test_what_the_link_asks_for_in_vain_leaves_the_link() -> None:
    app = opened(
        "explore", mineral="helium", measure="reserves", edition="usgs-mcs.1999", unit="Mt", places="XXX"
    )
    assert text(app).count("Not as the link asks.") == 1
    found = link_of(app)
    assert found["mineral"] == "helium"
    assert found["edition"].startswith("usgs-mcs.2")
    assert not {"unit", "places"} & set(found)


def test_the_controls_change_the_view_and_the_link() -> None:
    app = opened("explore", mineral="rare-earths", measure="mine_production", edition="usgs-mcs.2025")
    app.selectbox(key="explore-mineral").set_value("lithium").run()
    assert not app.exception
    assert app.selectbox(key="explore-measure").value == "mine_production"
    assert "mine production of lithium" in text(app)
    app.multiselect(key="explore-places").set_value(["AUS", "UKR"]).run()
    assert "Australia is 1st" in text(app)
    assert "No row here: Ukraine." in text(app)
    app.selectbox(key="explore-year").set_value("2023").run()
    app.selectbox(key="explore-unit").set_value("t").run()
    assert link_of(app) == {
        "mineral": "lithium", "measure": "mine_production", "edition": "usgs-mcs.2025", "year": "2023",
        "places": "AUS,UKR", "unit": "t",
    }  # fmt: skip
    assert "in t of contained" in text(app)


def test_a_measure_that_the_new_mineral_has_not_gives_way() -> None:
    app = opened("explore", mineral="rare-earths", measure="reserves", edition="usgs-mcs.2026")
    app.selectbox(key="explore-mineral").set_value("neon").run()
    assert not app.exception
    assert app.selectbox(key="explore-measure").value == "production"
    assert "Not as the link asks." not in text(app)


def test_the_view_is_still_there_after_another_page() -> None:
    app = opened("explore", mineral="lithium", measure="reserves", edition="usgs-mcs.2024", places="CHL")
    app.switch_page("views/figures.py").run()
    app.query_params.clear()
    app.switch_page("views/explore.py").run()
    assert not app.exception
    assert "Chile is 1st" in text(app)
    assert link_of(app)["edition"] == "usgs-mcs.2024"


def test_a_mark_is_chosen_in_a_list_and_its_card_opens() -> None:
    """As a click on the mark does; the keyboard reaches the list. The link has it, and Back leads from it."""
    app = opened("explore", mineral="rare-earths", edition="usgs-mcs.2025")
    marks = app.selectbox(key="find-explore")
    chosen = next(name for name in marks.options if "Russia" in name)
    assert "selected mark" not in text(app)
    assert "mark" not in link_of(app)
    assert text(app).count('<details class="card') == text(app).count("data-card=") == 1
    shown = text(marks.select(chosen).run())
    assert "Published statistic · selected mark" in shown
    card = shown[shown.index('class="card statistic selected"') :]
    assert "open>" in card[:200]
    assert "MCS2025_World_Data.csv, row" in card
    named = link_of(app)["mark"]
    assert "MCS2025_World_Data.csv" in named
    vain = "There is no mark “nosuch” to choose here."
    for mark, selected, said in ((None, False, False), (named, True, False), ("nosuch", False, True)):
        app.query_params.pop("mark", None)  # as Back does, and a link
        if mark:
            app.query_params["mark"] = mark
        shown = text(app.run())
        assert ("· selected mark" in shown, vain in shown) == (selected, said), mark
        assert link_of(app).get("mark") == (mark if selected else None)
