"""What a person says of a dataset of their own, and the file that says the same."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.record import RecordFields, missing, read_back, record_toml
from loaders.errors import StoreError
from loaders.store import catalogue

ALL = RecordFields(
    id="ores", title="Ores of “Chile”", publisher="Ministry \\ of Mines", abbreviation="MM",
    licence="CC BY 4.0", address="https://example.org/ores", published="2025-06-30",
    citation="Ministry, Ores.",
)  # fmt: skip


def test_the_file_says_what_the_form_says(tmp_path: Path) -> None:
    found = read_back(record_toml(ALL, "2025"), tmp_path)
    (edition,) = found.editions
    told = RecordFields(
        found.id, found.title, found.publisher, found.abbreviation, found.licence, found.address,
        edition.published, edition.citation,
    )  # fmt: skip
    assert told == ALL
    assert (edition.edition, edition.address) == ("2025", ALL.address)


def test_what_is_left_empty_is_not_stated(tmp_path: Path) -> None:
    found = read_back(record_toml(RecordFields("ores", "Ores", "Ministry"), "2025"), tmp_path)
    assert (found.licence, found.address, found.editions[0].published) == ("not stated",) * 3
    assert found.editions[0].citation == "Ministry, Ores, edition 2025."
    assert "licence" not in record_toml(RecordFields("ores", "Ores", "Ministry"), "2025")


def test_a_new_edition_keeps_the_known_dataset(tmp_path: Path) -> None:
    dataset = catalogue().get("usgs-mcs", "2025").dataset
    found = read_back(record_toml(RecordFields(published="2027-01-31"), "2027", dataset), tmp_path)
    assert found.model_copy(update={"editions": ()}) == dataset.model_copy(update={"editions": ()})
    assert found.editions[0].published == "2027-01-31"


MISSING = [
    (RecordFields(), ["the short name (id) of the dataset is missing", "the title", "the publisher"]),
    (RecordFields("ores", " ", "Ministry"), ["the title of the new dataset is missing"]),
    (RecordFields("usgs-mcs", "Ores", "Ministry"), ["there is a dataset usgs-mcs already"]),
    (ALL, []),
]


@pytest.mark.parametrize(("said", "expected"), MISSING)
def test_what_is_missing_is_named(said: RecordFields, expected: list[str]) -> None:
    found = missing(said, ["usgs-mcs"])
    assert len(found) == len(expected)
    for sentence, start in zip(found, expected, strict=True):
        assert sentence.startswith(start)


@pytest.mark.parametrize("name", ["../x", "A", "a b", "a" * 200, "мин"])
def test_a_name_that_cannot_be_used_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="id") as caught:
        read_back(record_toml(ALL._replace(id=name), "2025"), tmp_path)
    assert caught.value.remedy


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_any_text_survives(text: str) -> None:
    stated = " ".join(text.split())
    if stated:
        assert tomllib.loads(record_toml(ALL._replace(title=text), "2025"))["title"] == stated
