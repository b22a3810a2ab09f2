"""The first page: what there is to look for, what was found, and where old links lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import bundle_no_editions, opened, page_text

pytestmark = pytest.mark.slow


def _links(app: AppTest) -> list[str]:
    return [element.proto.label for element in app.get("page_link")]


def test_it_answers_what_this_is_and_what_it_found() -> None:
    app = opened("home")
    assert "every number next to where it came from" in page_text(app)
    links = _links(app)
    assert len(links) == 4
    assert links[0].startswith("Russia ranks 5th in reserves of rare earths in 1 of 4 editions")
    assert not app.get("plotly_chart")


def test_an_old_link_to_the_figures_of_a_document_leads_there() -> None:
    app = opened("home", document="moscow-times-2025-03-31")
    assert "What is said about rare earths and rare metals in Russia" in page_text(app)


def test_without_editions_it_says_where_they_are_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle_no_editions(tmp_path, monkeypatch)
    app = opened("home")
    assert "No edition of statistics is loaded" in page_text(app)
    assert len(_links(app)) == 1
