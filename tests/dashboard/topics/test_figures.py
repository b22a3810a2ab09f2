"""The page Figures for documents that state trade and prices: everything accepted is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.charts.view import View
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics.figures import figures_of, of_documents
from dashboard.topics.sources import claim_lines
from loaders.articles import read_article
from loaders.articles.seeds import seed_text
from loaders.store import write_seed

TEXT = """Trade winds
By the customs service's count Kazakhstan exported 9,500 tonnes of tungsten in 2024 and imported 40 \
tonnes of gallium. Kazakhstan is third among exporters of tungsten. Gallium changed hands at $565 a \
kilogram in the Netherlands, up from $290 in 2024. Exports of tungsten from Kazakhstan were worth €110 \
million."""


@pytest.fixture
def data(own_home: Path) -> Snapshot:
    article = read_article(TEXT)
    made = seed_text(article, article.candidates)
    assert made.left_out == ()
    write_seed(made.text.encode())
    whole = snapshot(own_home)
    return of_documents(whole, whole.seeds.documents[-1].source.id)


def _views(data: Snapshot) -> dict[str, View]:
    made = {key: figure.make("") for key, figure in figures_of(data).items() if not figure.by_edition}
    return {key: view for key, view in made.items() if view is not None}


def test_every_accepted_figure_of_trade_and_price_is_shown(data: Snapshot) -> None:
    keys = " ".join(_views(data))
    document = data.seeds.documents[0]
    assert len(document.claims) == 6
    for claim in document.claims:
        is_sum = claim.unit == "EUR"
        assert (f"money-{document.source.id}" if is_sum else f"stated-{claim.id}") in keys
    assert len(claim_lines(document, data.checks)) == len(document.claims)


def test_titles_say_what_is_stated_and_a_price_keeps_its_words(data: Snapshot) -> None:
    titles = [view.chart.title for view in _views(data).values() if view.chart]
    assert "Stated: $565 a kilogram, price of gallium, reported, Netherlands" in titles
    assert "Stated: 9.5 kt, exports of tungsten, Kazakhstan" in titles
    assert "€110 mn is the largest sum named: exports, reported" in titles
    assert not any("as a fund" in title for title in titles)


def test_sums_name_their_own_currency(data: Snapshot) -> None:
    view = next(view for key, view in _views(data).items() if key.startswith("money-"))
    assert view.chart is not None
    assert [panel.subtitle for panel in view.chart.drawing.panels] == ["EUR; price year not stated"]
