"""Mineral: each part of the page says what it finds, leads to its page, and can be taken away."""

from __future__ import annotations

import pytest

from dashboard.exports import EXPORTS
from dashboard.topics import mineral
from dashboard.ui import takeaway
from tests.pages import opened, page_html
from tests.workspaces import bundled

pytestmark = pytest.mark.slow


def test_every_part_of_the_page_can_be_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeaway, "_copy", lambda *_: None)  # a picture for the clipboard takes long
    app = opened("mineral", mineral="rare-earths")
    data = bundled()
    asked = {"mineral": "rare-earths", "edition": "usgs-mcs.2026"}
    parts = [part.about for part in mineral.parts_of(asked, data)]
    assert parts == [
        "Reserves", "Mine production", "Concentration", "Over time", "Dependence on imports", "Prices",
        "Revisions",
    ]  # fmt: skip
    claims = [claim.id for claim in data.seeds.claims if claim.mineral == "rare-earths"]
    menus = [item.proto.popover.label for item in app.get("popover")]
    assert [name for name in menus if "Take" in name] == ["Take away", "Take away one of these findings"]
    said = page_html(app)
    assert "Reserves, 2025: concentration (HHI) about 3,400" in said
    assert 'href="country?place=CHN">China</a>' in said
    assert f'href="claims?claim={claims[0]}"' in said
    app.session_state["take-more"] = True
    app.run()
    assert not app.exception
    which = app.selectbox(key="take-more-which")
    assert len(which.options) == len(parts) + len(claims)
    which.select(which.options[-1]).run()
    assert not app.exception
    assert len(app.get("download_button")) == len(EXPORTS)
