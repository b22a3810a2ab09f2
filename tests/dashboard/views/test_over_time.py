"""The pages Over time and Prices: what a link opens, the controls, what does not fit, what is empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import bundle_no_editions, opened, page_html, page_text

pytestmark = pytest.mark.slow


def test_over_time_opens_by_a_link_and_its_controls_change_it() -> None:
    app = opened("over_time", mineral="rare-earths", measure="net_import_reliance", dataset="usgs-mcs-us")
    assert "Compounds and metals went down from 100 % in 2018 to 67 % in 2025 (estimated)" in page_text(app)
    assert "more than 95 % in 2021 and 2022, more than 90 % in 2023" in page_text(app)
    assert "2023 (was more than 95 % in edition 2024)" in page_text(app)
    assert '<a class="name" href="country?place=USA">United States</a>' in page_html(app)
    assert len(app.get("plotly_chart")) == 1
    app.selectbox(key="over-time-mineral").set_value("cobalt").run()
    assert not app.exception
    assert "United States: net import reliance of cobalt" in page_text(app)
    app.selectbox(key="over-time-measure").set_value("mine_production").run()
    # The account of the United States was no choice but all that there was: it goes with its measure.
    assert app.selectbox(key="over-time-dataset").value == "usgs-mcs"
    app.selectbox(key="over-time-dataset").set_value("usgs-mcs-us").run()
    app.multiselect(key="over-time-places").set_value(["COD"]).run()
    assert "Also in: USGS Mineral Commodity Summaries." in page_text(app)
    # Chosen by hand it stays.
    app.selectbox(key="over-time-mineral").set_value("copper").run()
    assert app.selectbox(key="over-time-dataset").value == "usgs-mcs-us"
    app.selectbox(key="over-time-mineral").set_value("cobalt").run()
    app.selectbox(key="over-time-dataset").set_value("usgs-mcs").run()
    app.multiselect(key="over-time-places").set_value(["COD", "UKR"]).run()
    assert not app.exception
    assert "DR Congo: mine production of cobalt rose from 119 kt in 2021" in page_text(app)
    assert "No row in any year: Ukraine." in page_text(app)
    assert app.query_params["places"] in ("COD,UKR", ["COD,UKR"])


def test_prices_open_by_a_link_and_say_what_does_not_fit() -> None:
    app = opened("prices", mineral="rare-earths", against="2022", beside="nothing")
    text = page_text(app)
    assert "69 $/kg in 2025 (estimated), 44 % below 2022" in text
    assert "no rank and no share" in text
    assert "Not as the link asks." in text
    app.selectbox(key="prices-against").set_value("2024").run()
    assert not app.exception
    assert "69 $/kg in 2025 (estimated), 25 % above 2024" in page_text(app)


@pytest.mark.parametrize("page", ["over_time", "prices"])
def test_without_editions_there_is_nothing_to_draw(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle_no_editions(tmp_path, monkeypatch)
    assert "Nothing to draw." in page_text(opened(page))
