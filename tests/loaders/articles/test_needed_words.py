"""Which words a pattern begins with: no match of a pattern is in a sentence that it is not sought in."""

from __future__ import annotations

import re
import sys

import pytest

from loaders.articles import read_article
from loaders.articles.first_words import heads, needed
from loaders.articles.folding import fold, tidy
from loaders.articles.needed_words import Sought, sentence_words
from loaders.articles.passages import paragraphs, sentences
from loaders.articles.patterns import lowered
from tests.loaders.articles.passages import passages


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (r"\bin the year\b", {"in "}),
        (r"\b(?:in|at) (?:the )?works\b", {"in ", "at "}),
        (r"\bcolou?rs? of\s$", {"colors", "color ", "colour"}),
        (r",\s(?:and )?[Gg]rew (?:\w+ ){0,2}by\b", {"and ", "grew "}),
        (r"(?<!\w)(?:mines?|pits?)(?!\w)", {"mine", "mines", "pit", "pits"}),
        (r"\b(?:falls|\d+ %)", {"falls", *"0123456789"}),
        (r"ing (?:on|for)", {""}),
        (r"\b\w+ed$", {""}),
        (r"(?!)", set()),
    ],
)
def test_words_that_a_pattern_begins_with(words, begins):
    assert heads(words) == frozenset(begins)


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        (r"\bin the year\b", {"year "}),
        (r"\b(?:the|el) (?:kwacha|tenge)s?\b", {"kwacha", "tenge"}),
        (r"\b(?:its (?:price|cost)|rent) of\b", {"price", "cost", "rent"}),
        (r"\b(?:\w+ ){0,2}of it$", {"of "}),
        (r"\bof (?:new )?\b(?:gold|tin)\b", {"gold ", "tin "}),
        (r"\bof (?:new)?(?:gold|tin)\b", {"of "}),
        (r"\w+ed\b,? foo", {"foo"}),
        (r"[^.]{3,9}\d% more", {"more"}),
        (r"\bthe (?!old)mine|(?!)", {"mine"}),
        (r"a(?:b|c )d\b", {""}),
    ],
)
def test_rarest_words_that_a_pattern_needs(words, needs):
    assert needed(words) == frozenset(needs)


def test_no_match_stands_where_it_is_not_sought():
    listed = [passage.text for passage in passages()]
    read_article(listed[0])  # the tables are read
    modules = [module for name, module in sys.modules.items() if name.startswith("loaders.articles.")]
    patterns = {words for module in modules for words in vars(module).values() if isinstance(words, Sought)}
    assert len(patterns) > 100
    wrong = [
        (words.words, sentence)
        for sentence in _sentences(listed[::3])
        for words in patterns
        if words.search(sentence) and not _found(words, sentence)
    ]
    assert not wrong


def _found(words: Sought, sentence: str) -> re.Match[str] | None:
    low = lowered(sentence)
    return sentence_words(low, 0, len(low), plain=True).search(words, sentence, 0, len(low))


def _sentences(texts: list[str]) -> list[str]:
    """The sentences of texts that are in English letters."""
    folded = [fold(tidy(text)) for text in texts]
    found = [text[one.start : one.end] for text in folded for one in sentences(text, paragraphs(text))]
    return [sentence for sentence in found if sentence.isascii()]
