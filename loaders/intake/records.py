"""The names and records under which an edition is installed."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

import pandas as pd

from loaders.errors import StoreError
from loaders.model import NOT_STATED, Dataset, Edition
from loaders.report import LoadReport
from loaders.store import Catalogue, Installed, to_csv


class Target(NamedTuple):
    """Where an upload would go: the dataset if it is known, and the edition that it would replace."""

    dataset: Dataset | None
    edition: Installed | None


def target(report: LoadReport, catalogue: Catalogue) -> Target:
    """The known dataset and edition of these names."""
    same = [item for item in catalogue.editions if item.dataset.id == report.dataset]
    edition = next((item for item in same if item.edition.edition == report.edition), None)
    return Target((edition or same[-1]).dataset if same else None, edition)


_DATASET = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EDITION = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_LONGEST = 60


def check_names(report: LoadReport) -> None:
    """Raises StoreError where the ids in the file cannot name a dataset and an edition."""
    for what, name, pattern in (("dataset", report.dataset, _DATASET), ("edition", report.edition, _EDITION)):
        if len(name) > _LONGEST or not pattern.fullmatch(name):
            raise StoreError(
                f"“{name[:_LONGEST]}” cannot name the {what}.",
                file=report.files[0].name,
                column=what,
                remedy=f"Use up to {_LONGEST} small letters, digits and hyphens: my-ministry, 2025-06.",
            )


def records(report: LoadReport, to: Target) -> tuple[Dataset, Edition]:
    """The records to install under: those that are known, else what the files alone say.

    Raises StoreError where the ids in the files cannot name a dataset and an edition.
    """
    check_names(report)
    dataset = to.dataset or _new_dataset(report)
    if to.edition:
        known = to.edition.edition
        return dataset, known.model_copy(update={"files": report.files, "version": ""})
    composed = f"{dataset.publisher}, date not stated, {dataset.title}, edition {report.edition}."
    return dataset, Edition(
        dataset=report.dataset, edition=report.edition, citation=composed, files=report.files
    )


def _new_dataset(report: LoadReport) -> Dataset:
    name = report.dataset
    return Dataset(id=name, title=name, short_title=name, publisher=NOT_STATED, licence=NOT_STATED)


def is_installed(item: Installed | None, observations: pd.DataFrame) -> bool:
    """Whether the edition holds exactly these figures already."""
    return item is not None and item.edition.version == hashlib.sha256(to_csv(observations)).hexdigest()
