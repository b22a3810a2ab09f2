"""The menu "Take away": every kind of file under every chart, made when it is asked for."""

from __future__ import annotations

import pytest

from dashboard.exports import EXPORTS
from tests.pages import opened

pytestmark = pytest.mark.slow


def test_the_menu_is_shut_until_it_is_opened() -> None:
    app = opened("explore")
    assert not app.exception
    assert not app.get("download_button")


def test_an_open_menu_offers_every_kind_of_file() -> None:
    app = opened("explore")
    app.session_state["take-explore"] = True
    app.run()
    assert not app.exception
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [kind.LABEL for kind in EXPORTS]
