"""The five documents of the product: every figure of `seeds/` is found, and nothing else is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.articles import Article, Candidate, read_article
from loaders.articles.blocks import measure_code
from loaders.articles.seeds import seed_text
from loaders.model import Claim
from tests.loaders.articles.seed_loader import check_text, read_seed

pytestmark = pytest.mark.slow

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
FILES = {
    "ukraine-front-lines-2025.toml": "000_1cf8648e9fe9307b.txt",
    "kyiv-independent-2025.toml": "001_2c25c47bd88288f7.txt",
    "unnamed-002.toml": "002_3dd729747d964572.txt",
    "unnamed-003.toml": "003_a0c2372769a660c9.txt",
    "moscow-times-2025-03-31.toml": "004_4a031b2927d16e20.txt",
}


def article_of(shared: Path, seed: str) -> Article:
    path = shared / "documents" / FILES[seed]
    if not path.exists():
        pytest.skip(f"{path.name} is not at hand")
    return read_article(path)


def meaning(claim: Claim) -> tuple[str, ...]:
    words = claim.kind, claim.mineral, claim.place, claim.measure, claim.modality
    return tuple(map(str, words))


def found_meaning(candidate: Candidate) -> tuple[str, ...]:
    denied = "reported" if candidate.modality == "denied" else candidate.modality
    measure = measure_code(candidate.measure)
    return tuple(map(str, (candidate.kind, candidate.mineral, candidate.place, measure, denied)))


def numbers(record: Claim | Candidate) -> tuple[float | None, ...]:
    """Value, or the bounds where there is no value."""
    return (record.value,) if record.value is not None else (record.lower, record.upper)


@pytest.mark.published
@pytest.mark.parametrize("seed", FILES)
def test_every_figure_of_the_seeds_is_found_and_no_other(shared: Path, seed: str):
    document, _ = read_seed(SEEDS / seed)
    article = article_of(shared, seed)
    stated = sorted(str((*meaning(claim), *numbers(claim), claim.paragraph)) for claim in document.claims)
    found = sorted(str((*found_meaning(one), *numbers(one), one.paragraph)) for one in article.candidates)
    assert found == stated


UNNAMED = {"early drafts proposed by the United States", "other estimates, not named"}


@pytest.mark.published
@pytest.mark.parametrize("seed", FILES)
def test_who_says_so_is_who_says_so_in_the_seeds(shared: Path, seed: str):
    """The reader's names are shorter, without first names and countries, and without the publisher."""
    document, _ = read_seed(SEEDS / seed)
    left = list(article_of(shared, seed).candidates)
    for claim in document.claims:
        alike = (one for one in left if (numbers(one), one.paragraph) == (numbers(claim), claim.paragraph))
        left.remove(found := next(alike))
        stated = [set(name.split()) for name in claim.chain[:-1] if name not in UNNAMED]
        read = [set(name.split()) for name in found.said_by]
        assert len(read) == len(stated), claim.id
        assert all(one <= other or other <= one for one, other in zip(read, stated, strict=True)), claim.id


@pytest.mark.published
@pytest.mark.parametrize("seed", FILES)
def test_every_dated_event_of_the_seeds_is_found(shared: Path, seed: str):
    _, entries = read_seed(SEEDS / seed)
    article = article_of(shared, seed)
    found = {(event.paragraph, event.date) for event in article.events}
    undated = article.citation.published == "not stated" and not any(event.date for event in article.events)
    for entry in entries:
        if entry.mention.date is not None and not undated:
            assert (entry.mention.paragraph, entry.mention.date) in found, entry.id


@pytest.mark.published
@pytest.mark.parametrize("seed", FILES)
def test_what_the_documents_print_about_themselves(shared: Path, seed: str):
    source = read_seed(SEEDS / seed)[0].source
    citation = article_of(shared, seed).citation
    assert citation.title == source.title
    assert citation.author == source.author
    assert citation.published == source.published
    assert citation.address == source.address
    by_address = (
        source.address.split("/")[2].removeprefix("www.") if "/" in source.address else source.publisher
    )
    assert citation.publisher in (source.publisher, by_address)


@pytest.mark.published
@pytest.mark.parametrize("seed", FILES)
def test_the_seed_made_of_a_document_loads_and_quotes_rightly(shared: Path, seed: str):
    article = article_of(shared, seed)
    made = seed_text(article, article.candidates, article.events)
    document, entries = read_seed(made.text.encode())
    assert made.left_out == ()
    assert len(document.claims) == len(article.candidates)
    assert check_text(document, (shared / "documents" / FILES[seed]).read_bytes(), entries) == []
    assert [numbers(claim) for claim in document.claims][:1] == [numbers(one) for one in article.candidates][
        :1
    ]
