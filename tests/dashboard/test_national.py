"""Views that compare countries are the same with the figures of one country's own account and without."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.snapshot import Snapshot
from dashboard.topics.parameters import Topic
from loaders.vocabulary import OF_ONE_COUNTRY
from tests.sweep import choices, sentences, topics
from tests.workspaces import bundled

STAMP = re.compile(r"Data version [0-9a-f]{8}(?:, documents version [0-9a-f]{8})?\.")
SAMPLES = {
    "explore": 1200, "revisions": 600, "concentration": 600, "map": 1200, "glance": 80, "claims": 48,
    "figures": 12, "disagree": 24, "country": 400, "mineral": 160, "compare": 12,
}  # fmt: skip


def _without() -> Snapshot:
    own = bundled()
    return Snapshot(replace(own.catalogue, national=()), own.observations, own.seeds)


def _said(topic: Topic, data: Snapshot) -> dict[str, list[tuple[str, str]]]:
    samples = SAMPLES.get(topic.NAME, 1)
    return {
        str(sorted(asked.items())): [
            (where, STAMP.sub("", str(text))) for where, text in sentences(topic.view(asked, data))
        ]
        for asked in choices(topic, data, step=samples)
    }


OF_ACCOUNTS = ("dependence", "reliance", "supplier", "stages", "over-time", "prices")
"""Topics that ask for the figures of one country's own account."""


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in topics() if name not in OF_ACCOUNTS])
def test_a_view_says_the_same_with_and_without(name):
    topic = topics()[name]
    with_them, without = _said(topic, bundled()), _said(topic, _without())
    assert with_them == without
    assert with_them


def test_no_figure_of_one_account_is_among_those_that_are_compared():
    data = bundled()
    assert {*data.observations["dataset"]} == {"usgs-mcs"}
    assert not data.observations["measure"].isin(list(OF_ONE_COUNTRY)).any()
    assert {*data.edition_names} == {f"usgs-mcs.{year}" for year in (2023, 2024, 2025, 2026)}


def test_the_figures_of_one_account_are_read_when_they_are_asked_for():
    data = Snapshot(bundled().catalogue, bundled().observations, bundled().seeds)
    assert "national" not in data.__dict__
    assert {*data.national["place"]} == {"USA"}
    assert {*data.national["edition"]} == {"2023", "2024", "2026"}
    assert len(data.national) > 14_000
