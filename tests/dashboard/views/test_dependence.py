"""The page Dependence in each of its forms: what the link asks, what is said, what there is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import bundle_no_editions, opened, page_text

pytestmark = pytest.mark.slow

FORMS = [
    # link, what it says, charts
    ({}, ["Rare earths: net import reliance of the United States in 2025 was 67 % (estimated)",
          "Who mines, who refines, who holds", "Rare earths: China mines 69 %"], 1),
    ({"mineral": "diamond-industrial"}, ["Diamond (industrial): net import reliance"], 1),
    ({"open": "stages"}, ["Rare earths: net import reliance", "Rare earths: China mines 69 %"], 1),
    ({"mineral": "cobalt", "edition": "usgs-mcs-us.2024"},
     ["USGS 2024 has neither net import reliance nor sources of imports of cobalt."], 1),
    ({"ask": "all"}, ["The United States relied wholly on imports for 13 of 50 forms of minerals on the "
                      "list US 2025", "All 50 forms", "no edition 2025 is at hand"], 1),
    ({"ask": "country", "place": "CHN"}, ["China is a named source of imports of the United States"], 1),
    ({"ask": "country", "place": "UKR"}, ["USGS 2026 does not name Ukraine as a source"], 0),
]  # fmt: skip


@pytest.mark.parametrize(("link", "said", "charts"), FORMS, ids=[str(case[0]) for case in FORMS])
def test_a_link_opens_the_form_that_it_names(link: dict[str, str], said: list[str], charts: int) -> None:
    app = opened("dependence", **link)
    shown = page_text(app) + " ".join(item.label for item in app.expander)
    for words in said:
        assert words in shown
    assert len(app.get("plotly_chart")) == charts


def test_the_choice_of_what_is_asked_changes_the_controls_and_the_link() -> None:
    app = opened("dependence", mineral="cobalt")
    app.segmented_control(key="dependence-ask").set_value("country").run()
    assert not app.exception
    labels = [item.label for item in app.selectbox]
    assert "Country" in labels
    assert "Mineral" not in labels
    app.selectbox(key="dependence-place").set_value("UKR").run()
    assert "does not name Ukraine" in page_text(app)
    app.segmented_control(key="dependence-ask").set_value("mineral").run()
    assert not app.exception
    assert "Cobalt: net import reliance" in page_text(app)
    assert "Not as the link asks." not in page_text(app)


def test_without_figures_of_an_account_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle_no_editions(tmp_path, monkeypatch)
    assert "No account of a country or of the European Union is loaded" in page_text(opened("dependence"))
