"""The names and records under which an edition is installed."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

import pandas as pd

from loaders.errors import StoreError
from loaders.formats import FORMATS
from loaders.knowledge import rules
from loaders.model import NOT_STATED, Dataset, Edition
from loaders.report import LoadReport
from loaders.store import Catalogue, Installed, to_csv


class Target(NamedTuple):
    """Where an upload would go: the dataset if it is known, and the edition that it would replace."""

    dataset: Dataset | None
    edition: Installed | None


def target(report: LoadReport, catalogue: Catalogue) -> Target:
    """The known dataset and edition of these names."""
    same = [item for item in catalogue.all if item.dataset.id == report.dataset]
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
    return dataset, Edition(
        dataset=report.dataset,
        edition=report.edition,
        citation=report.citation or _citation(report, dataset),
        files=report.files,
    )


def _citation(report: LoadReport, dataset: Dataset) -> str:
    """How the edition is cited: as its publisher is, or composed of what is known."""
    publisher = _publisher(report)
    if publisher and dataset.publisher == publisher["name"]:
        return publisher["citation"]
    return f"{dataset.publisher}, date not stated, {dataset.title}, edition {report.edition}."


def _new_dataset(report: LoadReport) -> Dataset:
    """The dataset as its publisher describes it, whose format is known; else what little is known."""
    name, publisher = report.dataset, _publisher(report)
    if publisher is None:
        return Dataset(id=name, title=name, short_title=name, publisher=NOT_STATED, licence=NOT_STATED)
    return Dataset(
        id=name,
        title=publisher["title"],
        short_title=publisher["short_title"],
        publisher=publisher["name"],
        abbreviation=publisher["abbreviation"],
        licence=publisher["licence"],
        address=report.address or publisher["address"],
        note=publisher["note"],
    )


def _publisher(report: LoadReport) -> dict[str, str] | None:
    """What is known of the publisher whose format the files have; None for a format that anybody may use."""
    owner = next((known.PUBLISHER for known in FORMATS if report.format == known.NAME), "")
    known_as = {line["publisher"]: line for line in rules("publishers")}
    found = known_as.get(report.dataset, known_as.get(owner)) if owner else None
    if found is None:
        return None
    title = report.title or report.dataset
    return {name: text.format(title=title, edition=report.edition) for name, text in found.items()}


def is_installed(item: Installed | None, observations: pd.DataFrame) -> bool:
    """Whether the edition holds exactly these figures already."""
    return item is not None and item.edition.version == hashlib.sha256(to_csv(observations)).hexdigest()
