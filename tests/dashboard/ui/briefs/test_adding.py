"""A chart is added to a brief from its page or from its card: what is kept, and what is said."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from loaders.store import brief_files
from tests.pages import opened, page_text, settled

pytestmark = pytest.mark.slow


def press(app: AppTest, key: str) -> AppTest:
    return settled(app.button(key=key).click().run())


def told(app: AppTest) -> str:
    return " ".join(one.value for one in app.success)


def test_a_chart_is_added_from_its_page_and_the_navigation_counts_it() -> None:
    app = opened("explore", mineral="lithium", edition="usgs-mcs.2025")
    app.session_state["brief-explore"] = True
    app = settled(app.run())
    app = press(app, "brief-explore-add")
    assert "which has 1 chart now" in told(app)
    app = press(app, "brief-explore-add")
    assert "which has 2 charts now" in told(app)
    (file,) = brief_files()
    assert file.brief is not None
    assert [one.asked["edition"] for one in file.brief.items] == ["usgs-mcs.2025"] * 2
    shown = page_text(opened("briefs"))
    assert "1. Chile holds 31 %" in shown
    assert "2. Chile holds 31 %" in shown


def test_a_claim_is_added_from_its_card() -> None:
    claim = "russia-rare-earths-rank"
    app = opened("figures", open=f"rank-{claim}")
    key = f"rank-{claim}-{claim}"
    app.session_state[f"brief-{key}"] = True
    app = press(settled(app.run()), f"brief-{key}-add")
    (file,) = brief_files()
    assert file.brief is not None
    assert file.brief.items[0].topic == "claims"
    assert file.brief.items[0].asked == {"claim": claim, "edition": "all"}
