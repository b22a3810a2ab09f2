"""The stories on Home: a document that is added makes another one, and the bundled one stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.snapshot import Snapshot
from dashboard.topics.figures import figures_of, of_documents, tiles_of_figures
from dashboard.topics.stories import stories, story_title, subject_words
from loaders.articles import read_article
from loaders.articles.seeds import seed_text
from loaders.store import all_seeds, write_seed
from tests.workspaces import bundled

COBALT = """{title}
DR Congo mined 230,000 tonnes of cobalt in 2025. Indonesia produced 44,000 tonnes of cobalt. DR Congo holds \
6 million tonnes of cobalt reserves. Australia holds cobalt reserves of 1.7 million tonnes. DR Congo \
exported {exports} tonnes of cobalt."""
LITHIUM = """Salt flats
Chile mined 56,000 tonnes of lithium. Chile holds 9.3 million tonnes of lithium reserves."""
TEXTS = (
    COBALT.format(title="Blue metal", exports="90,000"),
    COBALT.format(title="Blue metal again", exports="80,000"),
    LITHIUM,
)
OWN, RUSSIA = bundled(), "Russia’s rare earths"


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    home = tmp_path_factory.mktemp("home")
    for article in map(read_article, TEXTS):
        write_seed(seed_text(article, article.candidates).text.encode(), home=home)
    return replace(OWN, seeds=all_seeds(home))


def test_documents_that_are_added_are_stories_of_their_own(added: Snapshot) -> None:
    (alone,) = stories(OWN)
    first, cobalt, lithium = stories(added)
    assert (first.title, first.about) == (alone.title, alone.about)
    assert alone.title == story_title(RUSSIA)
    assert cobalt.title == story_title("DR Congo’s cobalt")
    assert "10 figures of 2 documents" in cobalt.about
    assert cobalt.about.endswith("source: “Blue metal”, “Blue metal again”.")
    assert lithium.title == story_title("lithium in Chile")


def test_the_page_of_a_story_shows_its_figures_alone(added: Snapshot) -> None:
    minerals = {RUSSIA: None, "DR Congo’s cobalt": {"cobalt"}, "lithium in Chile": {"lithium"}}
    for story, (subject, told) in zip(stories(added), minerals.items(), strict=True):
        shown = of_documents(added, story.link["document"])
        assert subject_words(shown) == subject
        assert told is None or {claim.mineral for claim in shown.seeds.claims} == told
    first = of_documents(added, stories(added)[0].link["document"])
    assert list(figures_of(first)) == list(figures_of(OWN))
    assert tiles_of_figures(first) == tiles_of_figures(OWN)


def test_all_documents_together_are_called_after_the_mineral_of_every_story(added: Snapshot) -> None:
    assert subject_words(added) == "rare earths, cobalt and lithium"
    figures = [tile.figure for tile in tiles_of_figures(added)]
    assert figures[0] == tiles_of_figures(OWN)[0].figure
    assert {"230 kt", "56 kt"} <= {figure.replace("\u00a0", " ") for figure in figures}
