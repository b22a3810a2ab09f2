"""The menu "Take away": every kind of file under every chart, made when it is asked for."""

from __future__ import annotations

import base64
import io

import pytest
from lxml import html
from PIL import Image

from dashboard.exports import EXPORTS
from dashboard.ui import takeaway
from tests.pages import opened

pytestmark = pytest.mark.slow


def test_the_menu_is_shut_until_it_is_opened() -> None:
    app = opened("explore")
    assert not app.exception
    assert not app.get("download_button")


def test_an_open_menu_gives_the_picture_and_the_code_that_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, dict[str, str]] = {}
    monkeypatch.setattr(takeaway, "_copies", lambda key, data: given.update({key: data}))
    app = opened("explore")
    assert given == {}
    app.session_state["take-explore"] = True
    app.run()
    assert not app.exception
    picture = base64.b64decode(given["copies-explore"]["picture"])
    width, height = Image.open(io.BytesIO(picture)).size
    (shown,) = html.fragments_fromstring(given["copies-explore"]["embed"])
    (image,) = shown.iter("img")
    assert (int(image.get("width")), int(image.get("height"))) == (width // 2, height // 2)
    assert "China" in image.get("alt")
    assert "USGS" in shown.findtext("figcaption")
    assert image.get("src").endswith(".png")


def test_an_open_menu_offers_every_kind_of_file() -> None:
    app = opened("explore")
    app.session_state["take-explore"] = True
    app.run()
    assert not app.exception
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [kind.LABEL for kind in EXPORTS]
