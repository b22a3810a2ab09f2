"""Labels that are declared to mean the same thing: every change in the bundled editions is judged."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from dashboard.analysis.concordance import Label, change_words, measures_alike, with_labels
from dashboard.analysis.series import by_place
from loaders.knowledge import rules
from loaders.vocabulary import IN_GROUND, Basis, Measure
from tests.figures import bundled

APART: set[tuple[str, str]] = set()
"""Minerals and places whose label changed because another thing is printed; none in the bundled editions."""


def _kinds(table: pd.DataFrame) -> pd.DataFrame:
    measures = [str(measure) for measure in IN_GROUND]
    ground = table["measure"].isin(measures)
    produced = table["measure"].str.endswith("production")
    kind = table["measure"].mask(produced, "production")
    return table.assign(kind=kind, of_year=table["year"].mask(ground, 0))


@pytest.mark.slow
def test_no_label_changes_without_a_declaration() -> None:
    table = _kinds(with_labels(by_place(bundled())))
    table["thing"] = table["measure"] + ":" + table["basis"]
    cell = ["mineral", "kind", "place", "of_year"]
    things = table.groupby([*cell, "edition"])["thing"].agg(frozenset).reset_index()
    undeclared = []
    for before, after in itertools.pairwise(sorted(table["edition"].unique())):
        one, two = (things[things["edition"] == edition] for edition in (before, after))
        both = one.merge(two, on=cell)
        apart = [a.isdisjoint(b) for a, b in zip(both["thing_x"], both["thing_y"], strict=True)]
        undeclared += both.loc[apart, ["mineral", "place"]].itertuples(index=False, name=None)
    assert set(undeclared) <= APART


def test_every_declaration_has_known_labels_and_a_reason() -> None:
    for line in rules("revision_labels"):
        labels = [Label(*text.split(":")) for text in line["labels"].split(";")]
        assert len(set(labels)) == len(labels) > 1
        assert all(label.measure in list(Measure) and label.basis in list(Basis) for label in labels)
        assert line["reason"]


def test_measures_alike_come_with_the_one_asked_for_first() -> None:
    assert measures_alike("usgs-mcs", "arsenic", "production") == ("production", "plant_production")
    assert measures_alike("usgs-mcs", "gold", "mine_production") == ("mine_production",)
    assert measures_alike("bgs-wms", "arsenic", "production") == ("production",)


def test_a_change_is_said_in_words() -> None:
    words = change_words(
        "usgs-mcs", "arsenic", Label("plant_production", "As2O3"), Label("production", "As2O3")
    )
    assert words.startswith("labelled “plant production” before and “production” now; compared all the same.")
    assert change_words("usgs-mcs", "gold", Label("reserves", "content"), Label("reserves", "content")) == ""
