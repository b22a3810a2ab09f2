"""How wide charts are laid out before the browser tells: by its cookie, or by what it calls itself."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from dashboard.ui import room

TELEPHONE = "Mozilla/5.0 (Linux; Android 14) Mobile Safari"
CASES = [
    ("", "", 840), ("", TELEPHONE, 370), ("608", "", 600), ("608", TELEPHONE, 600), ("12", "", 370),
    ("99999", "", 840), ("9" * 400, "", 840), ("-5", "", 840), ("6e2", TELEPHONE, 370), ("٦٠٨", "", 840),
]  # fmt: skip


@pytest.mark.parametrize(("cookie", "browser", "width"), CASES)
def test_the_room_of_a_new_session(
    cookie: str, browser: str, width: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = SimpleNamespace(cookies={"minerals-room": cookie}, headers={"User-Agent": browser})
    monkeypatch.setattr(room, "st", SimpleNamespace(context=context, session_state={}))
    assert room.room() == width
