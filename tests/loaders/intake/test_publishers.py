"""A known publisher's format brings title, citation and licence; a format that anybody may use does not."""

from __future__ import annotations

import json

import pytest

from loaders.files.table import InputFile
from loaders.formats import FORMATS
from loaders.intake.records import Target, records
from loaders.knowledge import rules
from loaders.model import NOT_STATED
from loaders.read import Surroundings, load_with
from tests.loaders.answers.files import files

# layout -> publisher, title, a word of the licence, of the citation
KNOWN = [
    ("usgs wide", "U.S. Geological Survey", "Mineral Commodity Summaries", "Public domain", "edition 2025"),
    ("bgs", "British Geological Survey", "World Mineral Statistics", "UKRI", "years to 2020"),
    ("wmd", "Republic of Austria", "World Mining Data", "terms", "World Mining Data 2017"),
    ("owid", "Our World in Data", "A chart", "CC BY 4.0", "A chart, edition 2024-07-15. Our World in Data."),
]


@pytest.mark.parametrize(("layout", "publisher", "title", "licence", "citation"), KNOWN)
def test_a_known_publisher_is_not_asked_for(layout, publisher, title, licence, citation):
    report = load_with(files(layout), lambda _: Surroundings()).report
    dataset, edition = records(report, Target(None, None))
    assert dataset.publisher.startswith(publisher)
    assert dataset.title == title
    assert licence in dataset.licence
    assert citation in edition.citation
    assert dataset.address.startswith("https://")


def test_what_the_metadata_of_a_chart_say_comes_first():
    table, metadata = files("owid")
    about = json.loads(metadata.content)
    about["chart"] |= {"citation": "A survey (2024)", "originalChartUrl": "https://example.org/chart"}
    again = InputFile(metadata.name, json.dumps(about).encode())
    report = load_with([table, again], lambda _: Surroundings()).report
    dataset, edition = records(report, Target(None, None))
    assert (edition.citation, dataset.address) == ("A survey (2024)", "https://example.org/chart")


@pytest.mark.parametrize("layout", ["tidy", "package"])
def test_our_own_table_says_nothing_of_its_publisher(layout):
    report = load_with(files(layout), lambda _: Surroundings()).report
    assert records(report, Target(None, None))[0].publisher == NOT_STATED


def test_every_publisher_of_a_format_is_described():
    owners = {known.PUBLISHER for known in FORMATS} - {"any"}
    datasets = {"usgs-myb"}  # another work of a publisher that has one already
    assert owners | datasets == {line["publisher"] for line in rules("publishers")}
