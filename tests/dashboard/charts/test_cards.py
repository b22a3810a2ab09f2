"""Source cards: printed phrase, chain, class and basis, file and row; every text escaped."""

from __future__ import annotations

import pytest

from dashboard.charts.cards import Card, claim_card, event_card, row_card
from dashboard.charts.strip import EvidenceLine
from dashboard.markup import strip_html
from dashboard.words.sources import document_title
from loaders.documents import Seeds, read_seeds
from loaders.model import Source, SourceFile
from loaders.store import bundled_folder, catalogue, read_edition
from loaders.text import day


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return read_seeds(bundled_folder("seeds"))


def source_of(seeds: Seeds, source: str) -> Source:
    return next(document.source for document in seeds.documents if document.source.id == source)


def test_a_claim_shows_its_chain_and_what_is_not_stated(seeds: Seeds) -> None:
    claim = next(claim for claim in seeds.claims if claim.id == "russia-rare-earths-holdings")
    whole = next(claim for claim in seeds.claims if claim.id == "russia-rare-metals-holdings")
    card = claim_card(claim, source_of(seeds, claim.source), whole)
    facts = dict(card.facts)
    assert card.title == "The Moscow Times, 31 March 2025"
    assert card.quote == "including 28.5 million tons of rare earth metals"
    assert facts["said by"] == "Russia's Natural Resources Ministry"
    assert facts["cited by"] == "Izvestia"
    assert facts["class"] == facts["basis"] == "not stated"
    assert facts["part of"] == "658 million metric tons of rare metals"
    assert facts["where"] == "paragraph 13"
    assert "metric" in dict(card.more)["unit"]


def test_an_observation_shows_what_was_printed_and_where() -> None:
    item = catalogue().get("usgs-mcs", "2025")
    table = read_edition(item)
    row = table[
        (table["mineral"] == "rare-earths") & (table["place"] == "RUS") & (table["measure"] == "reserves")
    ]
    card = row_card(row.iloc[0], item.source, item.dataset.said_by)
    facts = dict(card.facts)
    assert card.title == "USGS, edition 2025"
    assert facts["printed"] == "3800000"
    assert facts["unit"] == "metric tons"
    assert facts["read as"] == "3.8 Mt"
    assert facts["class"] == "reserve (USGS Circular 831)"
    assert facts["basis"] == "rare-earth oxide (REO)"
    assert facts["file"] == "MCS2025_World_Data.csv, row 891"
    assert "Public domain" in dict(card.more)["licence"]


def test_a_disputed_event_shows_each_document_s_date(seeds: Seeds) -> None:
    event = next(event for event in seeds.events if event.disputed)
    text = strip_html([EvidenceLine([event_card(event, [document.source for document in seeds.documents])])])
    assert event.what in text
    assert "March 30" in text
    assert "March 31" in text
    assert "do not agree" in text


def test_text_from_files_cannot_become_markup() -> None:
    evil = '<script>alert("x")</script>'
    card = Card(
        evil,
        "statistic",
        evil,
        evil,
        ((evil, evil),),
        evil,
        'https://example.org/"><script>',
        ((evil, evil),),
    )
    text = strip_html([EvidenceLine([card, card], {evil: evil, f"{evil}|2": evil}, chosen=True)])
    assert "<script" not in text
    assert text.count("&lt;script&gt;") >= 5


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2025-03-31", "31 March 2025"),
        ("2025-03", "2025-03"),
        ("2025", "2025"),
        ("not stated", "date not stated"),
    ],
)
def test_dates_as_a_person_writes_them(published: str, shown: str) -> None:
    assert day(published) == shown


@pytest.mark.parametrize(
    ("publisher", "title", "shown"),
    [
        ("USGS", "x", "USGS, date not stated"),
        ("not stated", "A headline", "“A headline”, date not stated"),
        ("not stated", "not stated", "Document without a publisher's name, date not stated"),
    ],
)
def test_a_document_without_a_publisher_is_still_named(publisher: str, title: str, shown: str) -> None:
    source = Source(
        id="x", kind="document", publisher=publisher, title=title, citation="c",
        files=(SourceFile(name="a.txt", sha256="0" * 64),),
    )  # fmt: skip
    assert document_title(source) == shown
