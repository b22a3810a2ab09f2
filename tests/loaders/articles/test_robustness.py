"""Whatever is pasted, the reader answers: mutated passages, unrelated text, texts that are too long."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

import pytest

from loaders.articles import Article, read_article
from loaders.errors import UnreadableFile
from tests.loaders.articles.mutations import mutated
from tests.loaders.articles.passages import passages

pytestmark = pytest.mark.slow

MUTATIONS = int(os.environ.get("ARTICLE_MUTATIONS", "200"))
SEED = int(os.environ.get("ARTICLE_SEED", "1"))


def check_spans(article: Article) -> None:
    """Every record stands where it says, and no two figures overlap."""
    text = article.text
    end = 0
    for candidate in article.candidates:
        assert text[candidate.start : candidate.end].strip() == candidate.printed
        assert end <= candidate.end
        end = candidate.end
    for passed in article.passed_over:
        assert text[passed.start : passed.end] == passed.printed
        assert passed.reason
    for piece in article.cut:
        assert text[piece.start : piece.end] == piece.text
    assert unlisted(article) == []


def unlisted(article: Article) -> list[str]:
    """Where digits stand in no figure, event, refusal or cut; those of a word, as in m², are its letters."""
    text, held = article.text, set()
    for item in (*article.candidates, *article.events, *article.passed_over, *article.cut):
        held.update(range(item.start, item.end))
    missed = []
    for place, sign in enumerate(text):
        before = text[max(0, place - 1) : place]
        raised = sign.isdigit() and not sign.isdecimal()
        in_word = raised and before.isalnum() and not before.isdecimal()
        if (sign.isdigit() or sign in "½¼¾⅓⅔") and not in_word and place not in held:
            missed.append(text[max(0, place - 30) : place + 10])
    return missed


@pytest.mark.published
def test_every_digit_of_the_labelled_passages_is_listed(shared: Path):
    passages = json.loads((shared / "cases" / "articles" / "dev.json").read_text(encoding="utf-8"))
    for number, passage in enumerate(passages):
        check_spans(read_article(passage["text"]))
        check_spans(read_article(mutated(passage["text"], SEED + number)))


def test_mutated_passages_are_read():
    texts = [passage.text for passage in passages()]
    for number in range(MUTATIONS):
        text = mutated(texts[number % len(texts)], SEED * 1_000_003 + number)
        article = read_article(text)
        check_spans(article)
        assert article.as_json()


def test_digits_of_a_dateline_are_listed_and_signs_of_parts_are_numbers():
    text = "BEIJING, Aug 20, 2026 (Wire) - China mined 2½ million t of tin for $²19 in 10² places of 5 m²."
    article = read_article(text)
    check_spans(article)
    assert [candidate.value for candidate in article.candidates][:1] == [2_500_000]
    written = [one.printed for one in article.passed_over if "was written" in one.reason]
    assert written == ["20", "2026"]


BROKEN_OFF = (
    "Indonesia mines six times as much nickel as Russia. New Caledonia, at some 110,000 $, produces half. "
    "“It will not last”, the minister of mines, Anna Berg, told Argolis Metals; by 2030, she said, 5 % of it."
)


def test_a_text_that_breaks_off_anywhere_is_read():
    for end in range(len(BROKEN_OFF)):
        check_spans(read_article(BROKEN_OFF[:end]))
        check_spans(read_article(f"{BROKEN_OFF[:end]} "))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "\ufeff",
        "1",
        "$",
        "5 %",
        "....",
        "No.",
        "a" * 5000,
        "1 " * 3000,
        "(" * 2000,
    ],
)
def test_odd_texts_have_no_figures(text):
    assert read_article(text).candidates == ()


@pytest.mark.parametrize(
    "text",
    [
        "the " * 20000,
        ("1,234 million tonnes of copper ") * 500,
        "$" * 20000,
        "he said that " * 3000,
        "x" * 200_000,
    ],
)
def test_long_lines_end_in_good_time(text):
    begun = time.process_time()
    read_article(text)
    assert time.process_time() - begun < 20


def unrelated(size: int) -> str:
    """Text about nothing that we know, of about `size` characters."""
    chance = random.Random(7)
    words = [
        "the",
        "town",
        "council",
        "met",
        "again",
        "on",
        "the",
        "third",
        "bridge",
        "and",
        "12",
        "people",
        "spoke",
        "while",
        "it",
        "rained",
        "for",
        "3",
        "hours",
        "in",
        "May",
    ]
    sentences = []
    while size > 0:
        sentence = " ".join(chance.choices(words, k=14)).capitalize() + "."
        sentences.append(sentence)
        size -= len(sentence) + 1
    return " ".join(sentences)


def test_unrelated_text_has_no_figures():
    article = read_article(unrelated(int(os.environ.get("ARTICLE_UNRELATED", "60000"))))
    assert article.candidates == ()
    assert article.events == ()


def test_a_text_of_five_megabytes_is_refused_at_once():
    begun = time.perf_counter()
    with pytest.raises(UnreadableFile, match="too long to be an article"):
        read_article("lithium " * 700_000)
    assert time.perf_counter() - begun < 2
