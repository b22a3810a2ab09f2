"""The first page: what there is to look for, what was found, and where old links lead."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.store import bundled_folder
from tests.pages import opened, page_text, settled

pytestmark = pytest.mark.slow


def _links(app: object) -> list[str]:
    return [element.proto.label for element in app.get("page_link")]  # type: ignore[attr-defined]


def test_it_answers_what_this_is_and_what_it_found() -> None:
    app = opened("home")
    assert "every number next to where it came from" in page_text(app)
    links = _links(app)
    assert len(links) == 4
    assert links[0].startswith("Russia ranks 5th in 1 of 3 editions")
    assert not app.get("plotly_chart")


def test_what_is_chosen_is_opened() -> None:
    app = opened("home")
    box = app.selectbox(key="home-search")
    chosen = next(label for label in box.options if label.startswith("Tantalum"))
    app = settled(box.set_value(chosen).run())
    assert "Who holds, and who makes" in page_text(app)
    assert app.query_params["mineral"] in ("tantalum", ["tantalum"])  # as AppTest has it


def test_an_old_link_to_the_figures_of_a_document_leads_there() -> None:
    app = opened("home", document="moscow-times-2025-03-31")
    assert "What is said about rare earths and rare metals in Russia" in page_text(app)


def test_without_editions_it_says_where_they_are_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").mkdir()
    for file in bundled_folder("seeds").glob("*.toml"):
        (tmp_path / "seeds" / file.name).write_bytes(file.read_bytes())
    (tmp_path / "data").mkdir()
    for module in ("loaders.store.seeds", "loaders.store.folders", "dashboard.snapshot"):
        monkeypatch.setattr(f"{module}.bundled_folder", lambda name: tmp_path / name)
    app = opened("home")
    assert "No edition of statistics is loaded" in page_text(app)
    assert len(_links(app)) == 1
