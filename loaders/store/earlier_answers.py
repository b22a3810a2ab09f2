"""What was said with the editions that are installed, to be used again for the next one."""

from __future__ import annotations

from pathlib import Path

from loaders.answers.answers import NO_ANSWERS, Answers, all_answers
from loaders.answers.keeping import answers_from_toml
from loaders.errors import StoreError
from loaders.spreadsheets.mapping import Mapping, from_toml
from loaders.store.catalogue import Catalogue, catalogue


def answers_before(dataset: str, home: Path | str | None = None) -> Answers:
    """The answers that were kept with the editions of a dataset; those of the newest hold.

    None where the workspace cannot be read.
    """
    try:
        found = catalogue(home)
    except StoreError:
        return NO_ANSWERS
    kept = [item.edition for item in found.all if item.dataset.id == dataset and item.edition.answers]
    return all_answers(answers_from_toml(edition.answers, edition.id) for edition in reversed(kept))


def kept_mapping(found: Catalogue, dataset: str) -> Mapping | None:
    """The mapping that was kept with the newest edition of a dataset that has one."""
    kept = [item.edition.mapping for item in found.all if item.dataset.id == dataset]
    return next((from_toml(text) for text in reversed(kept) if text), None)
