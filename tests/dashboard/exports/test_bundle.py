"""A bundle: valid by its own rules, taken in again with equal content, and without what may not pass on."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import frictionless
import pandas as pd
import pytest
import rispy
from pybtex.database import parse_string

from dashboard.charts.chart import Chart
from dashboard.exports import bundle
from dashboard.exports.citations import all_bibtex, all_ris
from dashboard.exports.claims_ld import claims_json_ld
from dashboard.intake.claim import new_seed
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics import view_of
from loaders.formats.datapackage import may_be_passed_on
from loaders.model import Source
from loaders.store import catalogue, install, read_edition, write_seed
from tests.commands import Command
from tests.dashboard.drawing.test_drawing import DRAWINGS
from tests.dashboard.exports.test_formats import ON, STAMP, view
from tests.dashboard.intake.test_claim import CLAIM, SOURCE

LICENCES = [
    ("Public domain (work of the U.S. Government)", True),
    ("CC0", True),
    ("CC BY 4.0", True),
    ("Open Government Licence v3.0", True),
    ("© UKRI (British Geological Survey); its terms of use apply", False),
    ("© the publishers; the terms in the yearbook apply", False),
    ("CC BY 4.0 for what Our World in Data made; data of other producers are under their own terms", False),
    ("© the ministry", False),
    ("not stated", False),
]


@pytest.mark.parametrize(("licence", "passes"), LICENCES, ids=[licence for licence, _ in LICENCES])
def test_what_nobody_has_looked_at_does_not_pass(licence: str, passes: bool) -> None:
    assert may_be_passed_on(licence) == passes


def source(name: str, licence: str) -> Source:
    return Source(
        id=f"{name}.2026", kind="dataset edition", publisher=name, title="Tables", edition="2026",
        licence=licence, citation=f"The {name} office (2026). Tables.", files=(),
    )  # fmt: skip


OPEN = source("open", "CC0")
SHUT = source("shut", "© UKRI (British Geological Survey); its terms of use apply")


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("cited", [True, False])
def test_rows_that_may_not_pass_are_left_out_and_named(cited: bool) -> None:
    table = pd.DataFrame({"figure": ["Chile", "Peru"], "value": [1.0, 2.0]})
    if cited:
        table = table.assign(citation=[OPEN.citation, SHUT.citation])
    parts = parts_of(bundle.export(replace(view(DRAWINGS[0], table), sources=(OPEN, SHUT)), STAMP, ON))
    left = pd.read_csv(io.BytesIO(parts["figures.csv"]))["figure"].tolist()
    assert left == (["Chile"] if cited else [])
    told = parts["README.txt"].decode()
    assert "Left out of the data, since their licence does not let them pass to others" in told
    assert f"{SHUT.citation} Licence: {SHUT.licence}." in told.splitlines()
    assert OPEN.citation not in told.partition("Left out of the data")[2]


def test_nothing_is_said_to_be_left_out_where_all_may_pass() -> None:
    parts = parts_of(bundle.export(replace(view(DRAWINGS[0]), sources=(OPEN,)), STAMP, ON))
    assert "Left out" not in parts["README.txt"].decode()
    assert "editions" not in " ".join(parts)


# As JSON-LD -------------------------------------------------------------------------------------------

# Of https://schema.org: the types that are used, each with the properties that it has there.
SCHEMA_ORG = {
    "Claim": {"identifier", "text", "author", "creditText", "appearance", "about"},
    "Article": {"headline", "author", "publisher", "datePublished", "url", "citation", "pagination"},
    "Observation": {"name", "alternateName", "observationAbout", "measurementQualifier", "value"},
    "QuantitativeValue": {"value", "minValue", "maxValue", "unitText"},
    "Place": {"name"},
    "": {"name"},
}


def unknown_terms(node: Any) -> list[str]:
    if isinstance(node, list):
        return [name for item in node for name in unknown_terms(item)]
    if not isinstance(node, dict):
        return []
    known = SCHEMA_ORG[node.get("@type", "")] | {"@type", "@id"}
    own = [name for name in node if name not in known]
    return own + [name for value in node.values() for name in unknown_terms(value)]


def test_claims_are_json_ld_of_schema_org_that_asks_nobody(data: Snapshot) -> None:
    ids = [claim.id for claim in data.seeds.claims]
    found = json.loads(claims_json_ld(data.seeds.documents, ids))
    assert found["@context"] == {"@vocab": "https://schema.org/"}
    assert unknown_terms(found["@graph"]) == []
    assert [item["identifier"] for item in found["@graph"]] == ids
    first = found["@graph"][ids.index("russia-rare-earths-holdings")]
    assert first["about"]["value"] == {"@type": "QuantitativeValue", "value": 28.5e6, "unitText": "t"}
    assert first["author"]["name"] == data.claim("russia-rare-earths-holdings").origin
    assert first["appearance"]["publisher"]["name"] == "The Moscow Times"
    assert claims_json_ld(data.seeds.documents, ["no-such-claim"]) == ""


# Read by others ---------------------------------------------------------------------------------------


def test_citations_are_read_by_reference_managers(data: Snapshot) -> None:
    entries = parse_string(all_bibtex(data.sources), "bibtex").entries
    assert sorted(entries) == sorted(source.id for source in data.sources)
    assert "{" not in entries["usgs-mcs.2026"].fields["publisher"]
    records = rispy.loads(all_ris(data.sources))
    assert [record["id"] for record in records] == [source.id for source in data.sources]
    years = [record.get("year", "")[:4] for record in records]
    assert all(year.isdecimal() or not year for year in years)


@pytest.mark.slow
def test_a_bundle_and_the_packages_in_it_are_valid_for_frictionless(data: Snapshot, tmp_path: Path) -> None:
    shown = view_of("claims", data, claim="russia-rare-earths-rank", edition="usgs-mcs.2025")
    content = bundle.export(shown, data.stamp, ON)
    assert content == bundle.export(shown, data.stamp, ON)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    described = [tmp_path / "datapackage.json", *tmp_path.glob("editions/*/datapackage.json")]
    assert len(described) == 2
    for path in described:
        report = frictionless.validate(path)
        assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]


@pytest.mark.slow
def test_what_a_bundle_holds_is_taken_in_again_with_equal_content(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = catalogue().get("usgs-mcs", "2025")
    table = read_edition(bundled)
    own = bundled.dataset.model_copy(update={"id": "own", "licence": "CC0", "editions": ()})
    edition = bundled.edition.model_copy(update={"dataset": "own", "citation": "Our own, 2025."})
    small = table[table["mineral"] == "lithium"].assign(dataset="own")
    install(small, own, edition)
    document = new_seed(SOURCE, CLAIM)
    name = write_seed(document.encode()).source.id
    data = snapshot()
    shown = view_of("explore", data, mineral="lithium", measure="reserves", edition="own.2025")
    stated = next(item for item in data.seeds.documents if item.source.id == name)
    shown = replace(shown, records=shown.records._replace(documents=(stated,)))
    packed = tmp_path / "bundle.zip"
    packed.write_bytes(bundle.export(shown, data.stamp, ON))
    before = catalogue().get("own", "2025")
    monkeypatch.setenv("MINERALS_HOME", str(tmp_path / "elsewhere"))
    done = run("add", packed, "--yes")
    assert done.code == 0, done.err
    assert f"Added: {name}." in done.out
    after = snapshot()
    again = after.catalogue.get("own", "2025")
    assert again.edition.version == before.edition.version
    assert again.dataset.licence == "CC0"
    assert next(item for item in after.seeds.documents if item.source.id == name) == stated
    pd.testing.assert_frame_equal(read_edition(again), read_edition(before))
    twice = run("add", packed, "--yes")
    assert "own.2025 was installed already" in twice.out
    assert "No document was added." in twice.out
    chart = cast(Chart, view_of("explore", after, mineral="lithium", edition="own.2025").chart)
    pd.testing.assert_frame_equal(chart.table, cast(Chart, shown.chart).table)
