"""What can be looked for is found however people write it, and leads to a page that shows it."""

from __future__ import annotations

import re

import pytest

from dashboard.snapshot import Snapshot
from dashboard.topics import TOPICS
from dashboard.topics.home import headlines
from dashboard.topics.parameters import answer, settle_asked
from dashboard.topics.search import PAGE_TITLES, Destination, destinations
from dashboard.topics.stories import stories
from tests.checkout import ROOT
from tests.workspaces import nothing

NAMES = [
    ("Aluminium", "Aluminum"),
    ("Sulphur", "Sulfur"),
    ("Caesium", "Cesium"),
    ("wolfram", "Tungsten"),
    ("coltan", "Tantalum"),
    ("Neodymium", "Neodymium"),
    ("Nd", "Neodymium"),
    ("REE", "Rare earths"),
    ("La", "Lanthanum"),
    ("Turkey", "Türkiye"),
    ("Burma", "Myanmar"),
    ("DRC", "DR Congo"),
    ("Ivory Coast", "Côte d'Ivoire"),
    ("USA", "United States"),
]


@pytest.mark.parametrize(("typed", "name"), NAMES)
def test_a_name_stands_in_the_label_of_what_it_means(data: Snapshot, typed: str, name: str) -> None:
    found = next(item for item in destinations(data) if item.label.startswith(name))
    assert typed.casefold() in found.label.casefold()


def test_labels_are_told_apart(data: Snapshot) -> None:
    labels = [item.label for item in destinations(data)]
    assert len(labels) == len(set(labels))


def _is_shown(destination: Destination, data: Snapshot) -> bool:
    """Whether the topic of that page takes what the link asks for, and has something to show."""
    topic = next(topic for topic in TOPICS if destination.page == topic.NAME)
    asked, missed = settle_asked(topic.PARAMETERS, destination.link, data)
    return not missed and answer(topic, asked, data).chart is not None


def test_links_of_minerals_and_countries_ask_for_nothing_in_vain(data: Snapshot) -> None:
    topics = {topic.NAME: topic for topic in TOPICS}
    for destination in destinations(data):
        if destination.page in ("mineral", "country") and destination.link:
            _, missed = settle_asked(topics[destination.page].PARAMETERS, destination.link, data)
            assert not missed, (destination, missed)


@pytest.mark.slow
def test_some_links_show_a_chart(data: Snapshot) -> None:
    shown = [item for item in destinations(data) if item.page == "mineral" and item.link]
    assert all(_is_shown(item, data) for item in shown[::60])


def test_a_mineral_without_figures_leads_to_its_group(data: Snapshot) -> None:
    found = next(item for item in destinations(data) if item.label.startswith("Neodymium"))
    assert found == Destination("Neodymium (Nd), see Rare earths", "mineral", {"mineral": "rare-earths"})


@pytest.mark.parametrize(
    ("typed", "name"),
    [("La", "Lanthanum"), ("In", "Indium"), ("Co", "Cobalt"), ("Nd", "Neodymium"), ("W", "Tungsten")],
)
def test_a_symbol_finds_its_element_before_names_with_the_same_letters(
    data: Snapshot, typed: str, name: str
) -> None:
    """Of labels that begin as typed the box puts the shortest one first."""
    begin = [item.label for item in destinations(data) if item.label.lower().startswith(typed.lower())]
    assert min(begin, key=len) == f"{typed}: {name}"


def test_minerals_and_countries_lead_to_their_own_pages(data: Snapshot) -> None:
    pages = {item.label: item for item in destinations(data)}
    cobalt = next(item for label, item in pages.items() if label.startswith("Cobalt"))
    chile = next(item for label, item in pages.items() if label.startswith("Chile"))
    assert (cobalt.page, cobalt.link) == ("mineral", {"mineral": "cobalt"})
    assert (chile.page, chile.link) == ("country", {"place": "CHL"})


def test_without_editions_there_are_claims_documents_and_pages() -> None:
    found = destinations(nothing())
    assert {item.page for item in found if item.link} == {"claims", "sources", "country"}
    assert {item.page for item in found if not item.link} == set(PAGE_TITLES)


def test_every_page_of_the_menu_can_be_looked_for() -> None:
    frame = (ROOT / "dashboard" / "app.py").read_text(encoding="utf-8")
    menu = dict(re.findall(r'st\.Page\(\s*"views/(\w+)\.py",\s*title="([^"]+)"', frame))
    assert len(menu) > 9
    assert {name.replace("_", "-"): title for name, title in menu.items() if name != "home"} | {
        "briefs": "Briefs"
    } == PAGE_TITLES


# The first page ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_findings_are_the_titles_of_the_views_that_they_lead_to(data: Snapshot) -> None:
    found = headlines(data)
    assert [item.page for item in found] == ["claims", "concentration", "revisions"]
    assert found[0].link == {"claim": "russia-rare-earths-rank"}
    assert found[0].about.startswith("Stated: “rank Russia fifth globally in rare earth reserves”.")
    revisions = next(topic for topic in TOPICS if topic.NAME == "revisions")
    chart = answer(revisions, settle_asked(revisions.PARAMETERS, {}, data)[0], data).chart
    assert chart is not None
    assert found[2].title == chart.title


def test_without_editions_nothing_is_found_and_the_story_stays() -> None:
    assert headlines(nothing()) == []
    assert [story.about for story in stories(nothing())] == [
        "12 figures of 5 documents, each beside its source."
    ]
