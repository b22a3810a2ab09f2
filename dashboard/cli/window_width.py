"""Browsers that know how (Chrome, Edge and others made of Chromium) tell the width of their window first.

A session of Streamlit begins with a web socket, which says nothing of the window. The request for the page
before it does, where an answer has asked for that; a cookie takes what it says to the session. `ui.room` lays
the first chart out by it. Other browsers tell the width once a chart stands, which is then drawn again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from dashboard.ui.room import WINDOW

HINT = b"sec-ch-viewport-width"
"""See https://wicg.github.io/responsive-image-client-hints; this computer is told it without TLS, too."""

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class WidthOfWindow:
    """An ASGI app that asks for the width of the window with each page, and keeps it in a cookie."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request."""
        width = dict(scope["headers"]).get(HINT, b"") if scope["type"] == "http" else b""

        async def with_hint(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_asking(message["headers"], width)]}
            await send(message)

        await self._app(scope, receive, with_hint)


def _asking(headers: list[tuple[bytes, bytes]], width: bytes) -> list[tuple[bytes, bytes]]:
    """What is added to the headers of an answer: nothing where it is no page."""
    if not dict(headers).get(b"content-type", b"").startswith(b"text/html"):
        return []
    kept = f"{WINDOW}={width[:5].decode()}; Path=/; SameSite=Strict; HttpOnly" if width.isdigit() else ""
    return [(b"accept-ch", HINT), (b"critical-ch", HINT), *([(b"set-cookie", kept.encode())] if kept else [])]
