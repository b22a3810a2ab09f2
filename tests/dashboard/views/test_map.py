"""The page Map: the view in the link, the controls, what a choice changes."""

from __future__ import annotations

import pytest

from tests.pages import opened, page_text, settled

pytestmark = pytest.mark.slow


def test_a_link_opens_the_map_that_it_names_and_the_controls_change_it() -> None:
    app = opened("map", mineral="rare-earths", measure="reserves", edition="usgs-mcs.2025", places="RUS")
    assert "Russia is 5th with 3.8 Mt, at most 4.3 %" in page_text(app)
    assert "takes no position" in page_text(app)
    assert len(app.get("plotly_chart")) == 1
    app.session_state["table-of-map"] = True  # opened
    assert len(settled(app.run()).dataframe) == 1
    app.segmented_control(key="map-by").set_value("claims").run()
    assert not app.exception
    assert "is about Russia" in page_text(app)
    app.segmented_control(key="map-by").set_value("rank").run()
    app.selectbox(key="map-mineral").set_value("cobalt").run()
    assert not app.exception
    assert "of cobalt" in page_text(app)
    assert app.query_params["by"] in ("rank", ["rank"])
