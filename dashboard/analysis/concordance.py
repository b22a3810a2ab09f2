"""Labels of one table that mean the same thing in different editions, as declared, each with its reason.

The declarations are in `knowledge/revision_labels.csv`: what a publisher prints in the same table for the
same thing is compared, also where a release says "content" and the one before said nothing.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pandas as pd

from loaders.knowledge import rules
from loaders.text import in_sentence
from loaders.vocabulary import Basis, Measure


class Label(NamedTuple):
    """How an edition words what a number is of."""

    measure: str
    basis: str


class Same(NamedTuple):
    """The label that stands for several, and why these mean the same thing."""

    label: Label
    reason: str


@cache
def _declared() -> dict[tuple[str, str, Label], Same]:
    found: dict[tuple[str, str, Label], Same] = {}
    for line in rules("revision_labels"):
        labels = [Label(*text.split(":")) for text in line["labels"].split(";")]
        same = Same(labels[0], line["reason"])
        found |= {(line["dataset"], line["mineral"], label): same for label in labels}
    return found


@cache
def measures_alike(dataset: str, mineral: str, measure: str) -> tuple[str, ...]:
    """The measures under which the same thing is printed in some edition; the one asked for comes first."""
    own = {
        same
        for (of, what, label), same in _declared().items()
        if (of, what, label.measure) == (dataset, mineral, measure)
    }
    alike = (
        label.measure
        for (of, what, label), same in _declared().items()
        if (of, what) == (dataset, mineral) and same in own
    )
    return tuple(dict.fromkeys((measure, *alike)))


def with_labels(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines with one measure and basis for each thing; `as_measure` and `as_basis` are those printed.

    A line stays as it is printed where its edition prints another one that would then be the same.
    """
    labelled = lines.assign(as_measure=lines["measure"], as_basis=lines["basis"])
    declared = lines["mineral"].isin({mineral for _, mineral, _ in _declared()})
    if not declared.any():
        return labelled
    own = labelled[declared]
    printed = map(Label, own["measure"], own["basis"])
    keys = zip(own["dataset"], own["mineral"], printed, strict=True)
    same = [found.label if (found := _declared().get(key)) else key[2] for key in keys]
    own = own.assign(measure=[label.measure for label in same], basis=[label.basis for label in same])
    one = ["dataset", "edition", "mineral", "measure", "place", "year", "basis", "unit"]
    twice = own.duplicated(one, keep=False)
    own.loc[twice, ["measure", "basis"]] = own.loc[twice, ["as_measure", "as_basis"]].to_numpy()
    labelled.loc[declared, ["measure", "basis"]] = own[["measure", "basis"]].to_numpy()
    return labelled


def change_words(dataset: str, mineral: str, before: Label, now: Label) -> str:
    """How a label changed and why the numbers are compared all the same; empty where it did not."""
    if before == now:
        return ""
    first, second = _words(before, now), _words(now, before)
    same = _declared().get((dataset, mineral, now))
    reason = f" {same.reason}." if same else ""
    return f"labelled “{first}” before and “{second}” now; compared all the same.{reason}"


def _words(label: Label, other: Label) -> str:
    """The parts of a label in which it differs from another."""
    measure = in_sentence(Measure(label.measure).label) if label.measure != other.measure else ""
    basis = Basis(label.basis).label if label.basis != other.basis else ""
    return ", ".join(filter(None, (measure, f"basis {basis}" if basis else "")))
