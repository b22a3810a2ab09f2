"""Stated shares of imports from one place against the account of the importer, as its files print it."""

from __future__ import annotations

import math
from typing import Any

import pytest

from dashboard.exports import file_of
from dashboard.snapshot import Snapshot
from dashboard.topics.claims import ALL_EDITIONS, claim_view, editions_of, stands, stated_view
from dashboard.words.claims import standing_words
from loaders.model import Claim, Document, Source, SourceFile
from loaders.vocabulary import Basis, Kind, Measure, ReserveClass, Scheme
from tests.figures import claim
from tests.specs import drawn
from tests.workspaces import bundled


def stated(printed: str, **given: Any) -> Claim:
    usual: dict[str, Any] = {
        "kind": Kind.SHARE, "measure": Measure.IMPORT_SOURCE_SHARE, "place": "USA", "mineral": "graphite",
        "compared_place": "CHN", "unit": "1", "value": float(printed.split()[0]) / 100,
        "basis": Basis.UNDEFINED,
        "reserve_class": ReserveClass.NOT_APPLICABLE, "scheme": Scheme.NOT_APPLICABLE,
        "printed_value": printed, "printed": printed,
    }  # fmt: skip
    return claim(**usual | given)


def held(item: Claim) -> Snapshot:
    """The bundled editions with one document that states the claim."""
    file = SourceFile(name="paper.txt", sha256="0" * 64)
    source = Source(
        id="a-paper",
        kind="document",
        publisher="A paper",
        title="A title",
        citation="A paper.",
        files=(file,),
    )
    return bundled().beside(Document(source=source, claims=(item,)))


# USGS 2026, imports of the United States over 2021–24: of graphite China 46 %, Mexico 12 %; of rare-earth
# compounds and metals China 71 %; of gallium metal China 18 %. The tables of 2023 and 2024 do not say where
# imports come from.
CASES = [
    ("46 per cent", {}, "agrees", 0.46, "Imports over 2021–24: 46 %."),
    ("45 per cent", {}, "differs", 0.46, "Imports over 2021–24: 46 %."),
    ("12 %", {"compared_place": "MEX"}, "agrees", 0.12, "Imports over 2021–24: 12 %."),
    ("46 %", {"year": 2022}, "agrees", 0.46, "Imports over 2021–24: 46 %."),
    ("46 %", {"year": 2019}, "cannot_check", 0.46, "Its share is of 2021–24: 46 %."),
    ("5 %", {"compared_place": "UKR"}, "cannot_check", None,
     "It does not name Ukraine as a source of imports of graphite (natural)."),
    ("71 %", {"mineral": "rare-earths"}, "agrees", 0.71,
     "Imports (rare-earth compounds and metals) over 2021–24: 71 %."),
    ("18 %", {"mineral": "gallium"}, "agrees", 0.18, "Imports (metal) over 2021–24: 18 %."),
    ("50 %", {"mineral": "dysprosium"}, "cannot_check", None,
     "It does not say where imports of dysprosium come from."),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "given", "outcome", "evidence", "reason"), CASES)
def test_a_share_is_held_against_the_printed_one(
    printed: str, given: dict[str, Any], outcome: str, evidence: float | None, reason: str
) -> None:
    item = stated(printed, **given)
    checks = {check.edition_id: check for check in held(item).checks[item.id]}
    assert list(checks) == ["usgs-mcs-us.2023", "usgs-mcs-us.2024", "usgs-mcs-us.2026"]
    found = checks["usgs-mcs-us.2026"]
    assert (str(found.outcome), found.evidence_value, found.reasons) == (outcome, evidence, (reason,))
    assert {str(checks[f"usgs-mcs-us.{year}"].outcome) for year in (2023, 2024)} == {"cannot_check"}
    if evidence:
        assert found.ratio is not None
        assert math.isclose(found.ratio, (item.value or 0) / evidence)


def test_it_stands_beside_the_sources_that_are_printed() -> None:
    item = stated("46 per cent")
    data = held(item)
    chart = drawn(stated_view(item, data))
    assert chart.title == (
        "Stated: 46 %, of imports of graphite (natural) from China, United States; USGS 2026: 46 %"
    )
    shares = dict(zip(chart.table["figure"], chart.table["printed"], strict=True))
    assert shares == {"46 per cent": "46 per cent", "China": "46", "Canada": "13", "Mozambique": "13",
                      "Mexico": "12", "Other countries": "16"}  # fmt: skip
    view = claim_view(item, ALL_EDITIONS, data)
    assert [table.rows[0][:4] for table in view.tables] == [("USGS 2026", "agrees", "2024", "46 %")]
    assert b"Mozambique" in file_of("svg", view, data.stamp)
    assert editions_of(item.id, data) == []
    assert standing_words(item, data.checks[item.id], data.in_use)[0] == "agrees in 1 of 1 edition"


def test_without_an_account_that_is_said() -> None:
    item = stated("98 per cent", place="EUU", mineral="rare-earths")
    data = held(item)
    assert data.checks[item.id] == []
    assert stands(item, data) == (
        ("not checked", "No account of the imports of the European Union is loaded."),
    )
