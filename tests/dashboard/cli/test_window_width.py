"""A browser that tells the width of its window is asked for it, and the session finds it in a cookie."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from streamlit.web.server.starlette import starlette_server

from dashboard.cli.serve import ask_for_width
from dashboard.cli.window_width import WidthOfWindow
from dashboard.ui.room import _in_window

KEPT = "width-of-window=900; Path=/; SameSite=Strict; HttpOnly"


def test_streamlits_server_asks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starlette_server, "create_starlette_app", lambda runtime: runtime)
    ask_for_width()
    ask_for_width()
    served = starlette_server.create_starlette_app("app")
    assert isinstance(served, WidthOfWindow)
    assert served._app == "app"


@pytest.mark.parametrize(
    ("kind", "told", "asked", "kept"),
    [
        ("text/html; charset=utf-8", "900", True, KEPT),
        ("text/html", "", True, None),
        ("text/html", "9; Path=/", True, None),
        ("text/javascript", "900", False, None),
    ],
)
def test_a_page_asks_and_keeps_what_is_told(kind: str, told: str, asked: bool, kept: str | None) -> None:
    found = asyncio.run(_headers(kind, told))
    hint = "sec-ch-viewport-width" if asked else None
    assert (found.get("critical-ch"), found.get("accept-ch")) == (hint, hint)
    assert found.get("set-cookie") == kept


async def _headers(kind: str, told: str) -> dict[str, str]:
    """The headers of an answer of a kind to a request that tells a width."""
    sent: list[dict[str, Any]] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "headers": [(b"content-type", kind.encode())]})

    async def keep(message: dict[str, Any]) -> None:
        sent.append(message)

    headers = [(b"sec-ch-viewport-width", told.encode())] if told else []
    await WidthOfWindow(app)({"type": "http", "headers": headers}, lambda: asyncio.sleep(0, {}), keep)
    return {name.decode(): text.decode() for name, text in sent[0]["headers"]}


# The widths of windows, and how wide Chromium 156 then makes the column with the charts in Streamlit 1.67.
COLUMNS = {400: 370, 640: 610, 700: 640, 768: 708, 769: 477, 1100: 808, 1101: 719, 1209: 827, 1280: 898}


@pytest.mark.parametrize(("window", "column"), COLUMNS.items())
def test_a_chart_is_laid_out_for_its_column_from_the_first(window: int, column: int) -> None:
    laid = _in_window(str(window))
    assert laid <= column
    assert laid == max(width for width in (370, 480, 600, 720, 840) if width <= column)


@pytest.mark.parametrize("told", ["", "wide", "-900", "9" * 5000])
def test_without_a_width_a_window_is_a_wide_one(told: str) -> None:
    assert _in_window(told) == 840
