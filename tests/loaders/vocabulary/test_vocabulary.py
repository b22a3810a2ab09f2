"""The closed vocabularies: codes, labels, definitions."""

from __future__ import annotations

import json
import pickle
import re

import pytest

from loaders import vocabulary
from loaders.vocabulary import Basis, Measure, ReserveClass, Scheme, Status, Term

VOCABULARIES = [
    item
    for item in vars(vocabulary).values()
    if isinstance(item, type) and issubclass(item, Term) and len(item)
]

# SDMX CL_OBS_STATUS 2.2
STATUS_CODES = {
    "A": "as published", "E": "estimated", "Q": "withheld", "O": "not available", "M": "does not apply",
    "N": "less than", "K": "included elsewhere", "W": "includes another row", "V": "as stated",
    "F": "planned or forecast", "X": "net exporter",
}  # fmt: skip


def test_all_vocabularies_are_seen():
    assert {Status, Measure, ReserveClass, Scheme, Basis} <= set(VOCABULARIES)


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.__name__)
def test_a_term_has_a_label_and_a_sentence_that_defines_it(words):
    for term in words:
        assert term.label.strip() == term.label != "", term
        assert re.fullmatch(r"[A-Z].*\.", term.definition), term


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.__name__)
def test_codes_and_labels_are_unique(words):
    assert (
        len({term.value for term in words}) == len({term.label for term in words}) == len(words.__members__)
    )


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.__name__)
def test_a_term_is_its_code(words):
    for term in words:
        assert term == term.value
        assert f"{term}" == term.value
        assert json.loads(json.dumps({"code": term})) == {"code": term.value}
        assert words(term.value) is term
        assert pickle.loads(pickle.dumps(term)) is term


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.__name__)
def test_another_word_is_refused(words):
    with pytest.raises(ValueError, match="is not a valid"):
        words("something else")


def test_the_status_codes_are_those_of_sdmx():
    assert {status.value: status.label for status in Status} == STATUS_CODES


@pytest.mark.parametrize("words", [ReserveClass, Scheme, Basis])
def test_what_is_not_stated_is_not_the_same_as_what_does_not_apply(words):
    assert words("undefined").label == "not stated"
    assert words("not_applicable").label == "does not apply"
