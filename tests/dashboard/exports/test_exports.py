"""The list of exports: one face for all, and every topic leaves by each with what its table shows."""

from __future__ import annotations

import inspect
import io
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from dashboard.exports import EXPORTS
from dashboard.snapshot import Snapshot
from dashboard.topics import TOPICS
from dashboard.topics.parameters import settle_asked

pytestmark = pytest.mark.slow

RECORDS = (tomllib.loads(path.read_text("utf-8")) for path in Path("data").glob("*/dataset.toml"))
RELEASED = {
    f"{record['title']} {edition['edition']}": edition["published"]
    for record in RECORDS
    for edition in record["editions"]
}


@pytest.mark.parametrize("kind", EXPORTS, ids=lambda kind: kind.NAME)
def test_every_export_has_the_same_face(kind) -> None:
    assert list(inspect.signature(kind.export).parameters) == ["view", "stamp", "choices"]
    assert kind.SUFFIX.startswith(".")
    assert kind.MIME.count("/") == 1
    assert kind.LABEL


def test_names_and_suffixes_are_told_apart() -> None:
    for field in ("NAME", "SUFFIX", "LABEL"):
        assert len({getattr(kind, field) for kind in EXPORTS}) == len(EXPORTS)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.NAME)
def test_what_a_topic_shows_first_leaves_as_csv(topic, data: Snapshot) -> None:
    asked, missed = settle_asked(topic.PARAMETERS, {}, data)
    view = topic.view(asked, data)
    assert missed == []
    (csv,) = (kind for kind in EXPORTS if kind.NAME == "csv")
    content = csv.export(view, data.stamp)
    if view.chart is None:
        assert view.empty
        assert content == b""
        return
    assert content.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert list(table.columns) == [*view.chart.table.columns, "data_version", "documents_version"]
    assert len(table) == len(view.chart.table)
    assert set(table["data_version"]) == {data.stamp.data}
    assert set(table["documents_version"]) == {data.stamp.documents}
    released = RELEASED | {
        document.source.title: document.source.published for document in data.seeds.documents
    }
    sources = table.get("source", "Mineral Commodity Summaries " + table["edition"])
    assert table["published"].tolist() == sources.map(released).tolist()
