"""Pages opened as a reader opens them by a link, without a browser."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner
from streamlit.util import calc_hash

from loaders.store import bundled_folder
from tests.checkout import APP

# Each AppTest looks through all installed packages for components, which takes half a second; there are none.
pytest.MonkeyPatch().setattr(
    manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
)

_wait_and_look = local_script_runner.require_widgets_deltas


def _wait_for_the_end(runner: LocalScriptRunner, timeout: float = 3) -> None:
    """Sleep until a run is over, where an AppTest wakes a thousand times a second to look whether it is."""
    if runner._script_thread is not None:
        runner._script_thread.join(timeout)
    _wait_and_look(runner, timeout)


pytest.MonkeyPatch().setattr(local_script_runner, "require_widgets_deltas", _wait_for_the_end)


def opened(page: str, **link: str) -> AppTest:
    """A page by the name of its file, opened by a link with these parameters; it shows no error."""
    app = AppTest.from_file(str(APP), default_timeout=90)
    for name, value in link.items():
        app.query_params[name] = value
    app.switch_page(f"views/{page}.py")
    if "_" in page:  # before the first run a page is known by its file, later by its address
        app._page_hash = calc_hash(page.replace("_", "-"))
    return settled(app.run())


def settled(app: AppTest) -> AppTest:
    """The page after a run; it shows no error."""
    assert not app.exception, app.exception
    return app


def page_html(app: Any) -> str:
    """All that stands on the page as HTML, with plain spaces."""
    return " ".join(element.value for element in app.get("html")).replace("\u00a0", " ")


LINKED_NAME = re.compile(r'<a class="(?:tab )?name"[^>]*>(.*?)</a>')


def page_text(app: Any) -> str:
    """The same, with names that lead nowhere."""
    return LINKED_NAME.sub(r"\1", page_html(app))


def bundle_no_editions(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program come with its documents alone, copied into a folder."""
    (folder / "seeds").mkdir()
    for file in bundled_folder("seeds").glob("*.toml"):
        (folder / "seeds" / file.name).write_bytes(file.read_bytes())
    (folder / "data").mkdir()
    for module in ("loaders.store.seeds", "loaders.store.folders", "dashboard.snapshot"):
        monkeypatch.setattr(f"{module}.bundled_folder", lambda name: folder / name)
