"""The records: what they refuse, and what they work out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from loaders.errors import UnknownName
from loaders.model import (
    NOT_STATED,
    OBSERVATION_COLUMNS,
    Claim,
    Dataset,
    Edition,
    EditionId,
    Event,
    Mention,
    Source,
    SourceFile,
)
from loaders.report import Counts, Ignored, LoadReport, Problem
from loaders.vocabulary import Severity

HASH = "0" * 64
CLAIM: dict[str, Any] = {
    "id": "article.reserves", "source": "article", "kind": "quantity", "mineral": "rare-earths",
    "place": "RUS",
    "measure": "reserves", "basis": "undefined", "reserve_class": "undefined", "scheme": "undefined",
    "modality": "reported", "status": "V", "printed": "28.5 million tons", "printed_value": "28.5",
    "printed_unit": "million tons", "printed_name": "Russia", "value": 28.5e6, "unit": "t",
    "chain": ("Ministry", "Newspaper"), "paragraph": 3,
}  # fmt: skip
EDITION: dict[str, Any] = {"dataset": "usgs-mcs", "edition": "2025", "citation": "USGS, 2025."}
DATASET: dict[str, Any] = {
    "id": "usgs-mcs", "title": "Summaries", "short_title": "MCS", "publisher": "USGS",
    "licence": "Public domain",
}  # fmt: skip
MENTION: dict[str, Any] = {
    "source": "article",
    "date": date(2025, 3, 31),
    "paragraph": 1,
    "phrase": "on Monday",
}
SOURCE: dict[str, Any] = {
    "id": "article", "kind": "document", "publisher": "A newspaper", "title": "A title",
    "citation": "A citation.", "files": (),
}  # fmt: skip

GOOD = [
    (Claim, CLAIM), (Edition, EDITION), (Dataset, DATASET), (Mention, MENTION), (Source, SOURCE),
    (SourceFile, {"name": "a.csv", "sha256": HASH}),
    (Event, {"id": "e", "what": "x", "mentions": (MENTION,)}),
    (Problem, {"severity": "error", "rule": "r", "message": "m"}),
    (Ignored, {"file": "a.csv", "reason": "blank row", "count": 1}),
]  # fmt: skip

# record, good fields, the change that it refuses
REFUSED = [
    (Claim, CLAIM, {"value": float("nan")}),
    (Claim, CLAIM, {"value": float("inf")}),
    (Claim, CLAIM, {"lower": 5.0, "upper": 4.0}),
    (Claim, CLAIM, {"kind": "number"}),
    (Claim, CLAIM, {"status": "Z"}),
    (Claim, CLAIM, {"place": "Russia"}),
    (Claim, CLAIM, {"place": "rus"}),
    (Claim, CLAIM, {"id": "Has Spaces"}),
    (Claim, CLAIM, {"chain": ()}),
    (Claim, CLAIM, {"paragraph": 0}),
    (Claim, CLAIM, {"printed": "  "}),
    (Claim, CLAIM, {"unexpected": 1}),
    (SourceFile, {"name": "a.csv", "sha256": HASH}, {"sha256": "abc"}),
    (SourceFile, {"name": "a.csv", "sha256": HASH}, {"size": -1}),
    (Edition, EDITION, {"edition": "../2025"}),
    (Edition, EDITION, {"dataset": "usgs/mcs"}),
    (Dataset, DATASET, {"id": ".."}),
    (Mention, MENTION, {"until": date(2025, 3, 30)}),
    (Mention, MENTION, {"date": None, "until": date(2025, 3, 31)}),
    (Event, {"id": "e", "what": "x", "mentions": (MENTION,)}, {"mentions": ()}),
    (Event, {"id": "e", "what": "x", "mentions": (MENTION,)}, {"mentions": ({**MENTION, "date": None},)}),
    (Source, SOURCE, {"kind": "rumour"}),
    (Ignored, {"file": "a.csv", "reason": "blank row", "count": 1}, {"count": 0}),
]


@pytest.mark.parametrize(("record", "fields"), GOOD, ids=lambda item: getattr(item, "__name__", ""))
def test_a_record_is_kept_frozen_and_survives_json(record, fields):
    made = record(**fields)
    assert record.model_validate_json(made.model_dump_json()) == made
    with pytest.raises(ValidationError, match="frozen"):
        setattr(made, next(iter(fields)), None)


@pytest.mark.parametrize(("record", "fields", "change"), REFUSED)
def test_a_record_refuses(record, fields, change):
    record(**fields)
    with pytest.raises(ValidationError):
        record(**(fields | change))


def test_a_claim_knows_its_origin_and_its_whole():
    links = [{"relation": "repeats", "claim": "other"}, {"relation": "part_of", "claim": "whole"}]
    claim = Claim(**CLAIM, links=links)
    assert (claim.origin, claim.part_of) == ("Ministry", "whole")
    assert Claim(**CLAIM).part_of is None


# first and last day of each mention, disputed, span
APRIL = [date(2025, 4, day) for day in range(1, 31)]
EVENTS = [
    ([(1, 1)], False, (1, 1)),
    ([(1, 1), (1, 1)], False, (1, 1)),
    ([(1, 30), (5, 5)], False, (5, 5)),
    ([(1, 10), (5, 20)], False, (5, 10)),
    ([(1, 1), (2, 2), (4, 4)], True, (1, 4)),
    ([(1, 3), (4, 9)], True, (1, 9)),
]


@pytest.mark.parametrize(("days", "disputed", "span"), EVENTS)
def test_mentions_agree_where_they_overlap(days, disputed, span):
    mentions = [{**MENTION, "date": APRIL[a - 1], "until": APRIL[b - 1]} for a, b in days]
    event = Event(id="e", what="x", mentions=[*mentions, {**MENTION, "date": None}])
    assert event.disputed is disputed
    assert event.span == (APRIL[span[0] - 1], APRIL[span[1] - 1])


def test_the_source_of_an_edition_says_what_dataset_and_edition_say():
    files = (SourceFile(name="a.csv", sha256=HASH),)
    dataset = Dataset(**DATASET, note="of the series")
    source = dataset.source(Edition(**EDITION, files=files))
    assert (source.id, source.kind, source.edition) == ("usgs-mcs.2025", "dataset edition", "2025")
    assert (source.publisher, source.licence, source.citation) == ("USGS", "Public domain", "USGS, 2025.")
    assert (source.published, source.files, source.note) == (NOT_STATED, files, "of the series")
    assert dataset.source(Edition(**EDITION, note="of the edition")).note == "of the edition"


_COUNT = st.integers(0, 50)


@given(_COUNT, _COUNT, _COUNT, _COUNT, _COUNT, _COUNT, st.integers(-1, 1), st.integers(-1, 1))
def test_counts_add_up_or_are_refused(used, ignored, refused, found, absent, unread, row_slip, cell_slip):
    fields = {
        "rows_used": used, "ignored": ignored, "rows_refused": refused, "observations": found,
        "cells_absent": absent, "cells_refused": unread, "problems": 0,
        "rows_read": used + ignored + refused + row_slip, "cells_read": found + absent + unread + cell_slip,
    }  # fmt: skip
    if row_slip == cell_slip == 0:
        assert Counts(**fields).rows_read == used + ignored + refused
    else:
        with pytest.raises(ValidationError):
            Counts(**fields)


def test_only_errors_stop_an_installation():
    counts = Counts(**dict.fromkeys(Counts.model_fields, 0))
    problems = [Problem(severity=severity, rule="r", message="m") for severity in Severity]
    report = LoadReport(
        format="f", dataset="d", edition="e", encoding="utf-8", files=(), counts=counts, problems=problems
    )
    assert [problem.severity for problem in report.errors] == [Severity.ERROR]


def test_the_observation_table_has_the_columns_of_the_command_line():
    stated = {
        "dataset", "edition", "mineral", "detail", "place", "measure", "year", "value", "lower", "upper",
        "unit", "basis", "class", "status", "printed_value", "printed_unit", "printed_name",
        "note", "file", "row",
    }  # fmt: skip
    assert stated <= set(OBSERVATION_COLUMNS)
    assert set(OBSERVATION_COLUMNS.values()) == {"string", "int64", "float64"}


# text, dataset, edition
EDITION_IDS = [
    ("usgs-mcs.2025", "usgs-mcs", "2025"),
    ("usgs-mcs.2025-04", "usgs-mcs", "2025-04"),
    ("own.2025.1", "own", "2025.1"),
]


@pytest.mark.parametrize(("text", "dataset", "edition"), EDITION_IDS)
def test_an_edition_id_is_read_as_it_is_written(text, dataset, edition):
    found = EditionId.parse(text)
    assert found == (dataset, edition)
    assert str(found) == text


@pytest.mark.parametrize("text", ["", "usgs-mcs", "usgs-mcs.", ".2025"])
def test_half_a_name_is_no_edition_id(text):
    with pytest.raises(UnknownName, match="names no edition"):
        EditionId.parse(text)


def test_the_name_of_a_dataset_has_no_dot():
    with pytest.raises(ValidationError, match="pattern"):
        Dataset(**{**DATASET, "id": "usgs.mcs"})
    with pytest.raises(ValidationError, match="pattern"):
        Edition(**{**EDITION, "dataset": "usgs.mcs"})
    assert Edition(**{**EDITION, "edition": "2025.1"}).id == "usgs-mcs.2025.1"
