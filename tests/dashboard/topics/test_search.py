"""What can be looked for is found however people write it, and leads to a page that shows it."""

from __future__ import annotations

import re

import pytest

from dashboard.snapshot import Snapshot
from dashboard.topics import TOPICS
from dashboard.topics.hits import NOTHING_FOUND, hits
from dashboard.topics.home import headlines
from dashboard.topics.parameters import Topic, answer, settle_asked
from dashboard.topics.search import Destination, destinations
from dashboard.topics.stories import stories
from dashboard.words.pages import PAGE_TITLES
from loaders.text import without_accents
from tests.workspaces import nothing

NAMES = [
    ("Aluminium", "Aluminum"),
    ("Sulphur", "Sulfur"),
    ("Caesium", "Cesium"),
    ("wolfram", "Tungsten"),
    ("coltan", "Tantalum"),
    ("Neodymium", "Neodymium"),
    ("Dysprosium", "Dysprosium (Dy), without figures by country: a part of Rare earths"),
    ("Hafnium", "Hafnium (Hf): prices"),
    ("Nd", "Neodymium"),
    ("REE", "Rare earths"),
    ("rare earth elements", "Rare earths"),
    ("which are the rare earth elements", "Rare earths"),
    ("La", "Lanthanum"),
    ("In", "Indium"),
    ("in", "Indium"),
    ("Co", "Cobalt"),
    ("cob", "Cobalt"),
    ("W", "Tungsten"),
    ("graphite", "Graphite (natural)"),
    ("稀土", "Rare earths"),
    ("Turkey", "Türkiye"),
    ("Burma", "Myanmar"),
    ("DRC", "DR Congo"),
    ("Congo", "DR Congo"),
    ("Ivory Coast", "Côte d'Ivoire"),
    ("cote d’ivoire", "Côte d'Ivoire"),
    ("USA", "United States"),
    ("us", "United States"),
    ("rus", "Russia"),
    ("EU", "All minerals at a glance: EU"),
    ("Eu", "Europium"),
    ("European Union", "All minerals at a glance: EU"),
    ("dependence of the EU", "European Union: dependence on imports is not loaded; what to hand in"),
    ("USGS", "Source: USGS"),
    ("HHI", "Page: Concentration"),
    ("Map", "Page: Map"),
    ("all minerals", "Page: All minerals"),
    ("critical minerals", "Page: All minerals"),
    ("russia rare earth reserves fifth", "Claim: 5th"),
    ("Russia’s fifth rank", "Claim: 5th"),
    ("28.5", "Claim: 28.5 Mt"),
]


@pytest.mark.parametrize(("typed", "first"), NAMES, ids=[case[0] for case in NAMES])
def test_what_is_typed_finds_first_what_it_means(data: Snapshot, typed: str, first: str) -> None:
    found = hits(typed, data)
    assert found.sure
    assert found.said == ""
    assert found.found[0].label.startswith(first)


SEVERAL = [
    ("DR Congo cobalt", ("over-time", {"mineral": "cobalt", "places": "COD"}), {"mineral", "country"}),
    (
        "how much coltan came from Rwanda since 1990",
        ("over-time", {"mineral": "tantalum", "places": "RWA"}),
        {"country"},
    ),
    ("US lithium", ("over-time", {"mineral": "lithium", "places": "USA"}), {"mineral", "country"}),
    ("price of cobalt", ("prices", {"mineral": "cobalt"}), {"mineral"}),
    ("price of cob", ("prices", {"mineral": "cobalt"}), {"mineral"}),
    ("price of lithium", ("prices", {"mineral": "lithium"}), {"mineral"}),
    ("dysprosium prices", ("prices", {"mineral": "dysprosium"}), {"mineral"}),
    ("price of terbium", ("prices", {"mineral": "terbium"}), {"mineral"}),
    ("terbium imports", ("dependence", {"mineral": "terbium"}), {"mineral"}),
    ("who makes gallium", ("explore", {"mineral": "gallium", "measure": "primary_production"}), {"mineral"}),
    ("who makes tungsten", ("explore", {"mineral": "tungsten", "measure": "mine_production"}), {"mineral"}),
    ("who holds tungsten", ("explore", {"mineral": "tungsten", "measure": "reserves"}), {"mineral"}),
    ("copper refineries", ("explore", {"mineral": "copper", "measure": "refinery_production"}), {"mineral"}),
    (
        "largest producers of germanium",
        ("explore", {"mineral": "germanium", "measure": "refinery_production"}),
        {"mineral"},
    ),
    ("US antimony imports", ("dependence", {"mineral": "antimony"}), {"over-time", "mineral"}),
    (
        "how dependent is the US on China for germanium",
        ("dependence", {"mineral": "germanium"}),
        {"over-time", "mineral"},
    ),
    ("dependence of the US on China", ("dependence", {"ask": "country", "place": "CHN"}), {"country"}),
    ("import reliance of graphite", ("dependence", {"mineral": "graphite"}), {"mineral"}),
    ("compare cobalt and nickel", ("compare", {"minerals": "cobalt,nickel"}), {"mineral"}),
    (
        "rare earth production china",
        ("over-time", {"mineral": "rare-earths", "places": "CHN"}),
        {"explore", "mineral", "country"},
    ),
    (
        "russia rare earths fifth",
        ("claims", {"claim": "russia-rare-earths-rank"}),
        {"over-time", "mineral", "country"},
    ),
]


@pytest.mark.parametrize(("typed", "first", "others"), SEVERAL, ids=[case[0] for case in SEVERAL])
def test_words_for_several_things_lead_to_what_shows_them_together(
    data: Snapshot, typed: str, first: tuple[str, dict[str, str]], others: set[str]
) -> None:
    found, sure, _ = hits(typed, data)
    assert sure
    assert (found[0].page, found[0].link) == first
    assert others <= {item.page for item in found[1:]}
    _, missed = settle_asked(_topic(first[0]).PARAMETERS, first[1], data)
    assert not missed


NOT_SURE = [
    ("uranium", "Nothing that is loaded has figures of uranium.", []),
    ("Monaco", "Nothing that is loaded has figures of Monaco.", []),
    ("uranium in Russia", "Nothing that is loaded has figures of uranium; nearest to them:", ["Russia"]),
    ("cobalt refineries", "Nothing here has all of these words; nearest to them:", ["Cobalt"]),
    ("galium", "Nothing is called “galium”. Did you mean:", ["Gallium", "Potash"]),
    ("cote divoire", "Nothing is called “cote divoire”. Did you mean:", ["Côte d'Ivoire"]),
    *(
        (typed, NOTHING_FOUND.format(typed), [])
        for typed in ("xyzzy", "chips", "of the", "", "\u0000", "(“?")
    ),
]


@pytest.mark.parametrize(("typed", "said", "labels"), NOT_SURE, ids=[case[0] for case in NOT_SURE])
def test_where_nothing_is_called_so_that_is_said_and_nothing_is_opened(
    data: Snapshot, typed: str, said: str, labels: list[str]
) -> None:
    found = hits(typed, data)
    assert (found.sure, found.said) == (False, said)
    assert len(found.found) == len(labels)
    assert all(one.label.startswith(label) for one, label in zip(found.found, labels, strict=True))


def test_no_letters_here_and_there_are_a_hit(data: Snapshot) -> None:
    """Of every name's first letters each hit has a word that begins so, in its label or among its names."""
    for typed in {without_accents(one.label)[:3].casefold() for one in destinations(data)}:
        for hit in hits(typed, data).found:
            text = without_accents(" ".join((hit.label, *hit.names))).casefold()
            assert re.search(rf"(?<!\w){re.escape(typed.strip())}", text), (typed, hit)


def _topic(name: str) -> Topic:
    return next(topic for topic in TOPICS if name == topic.NAME)


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
    assert found[:3] == (
        "Neodymium (Nd), without figures by country: a part of Rare earths",
        "mineral",
        {"mineral": "rare-earths"},
    )


def test_minerals_and_countries_lead_to_their_own_pages(data: Snapshot) -> None:
    pages = {item.label: item for item in destinations(data)}
    cobalt = next(item for label, item in pages.items() if label.startswith("Cobalt"))
    chile = next(item for label, item in pages.items() if label.startswith("Chile"))
    assert (cobalt.page, cobalt.link) == ("mineral", {"mineral": "cobalt"})
    assert (chile.page, chile.link) == ("country", {"place": "CHL"})


def test_without_editions_there_are_claims_documents_and_pages() -> None:
    found = destinations(nothing())
    assert {item.page for item in found if item.link} == {"claims", "sources", "country", "glance"}
    assert {item.page for item in found if not item.link} == set(PAGE_TITLES)


# The first page ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_findings_are_the_titles_of_the_views_that_they_lead_to(data: Snapshot) -> None:
    found = headlines(data)
    assert [item.page for item in found] == ["claims", "glance", "revisions"]
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
