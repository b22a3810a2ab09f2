"""Figures of one country's own account: kept like all others, read by nobody who does not ask for them."""

from __future__ import annotations

import pytest

from loaders.errors import StoreError
from loaders.formats import datapackage
from loaders.model import OBSERVATION_COLUMNS, Dataset, Edition
from loaders.read import load
from loaders.store import (
    catalogue,
    catalogue_at,
    from_csv,
    install,
    read_all,
    read_edition,
    read_national,
    remove,
    to_csv,
    use,
)
from loaders.vocabulary import OF_ONE_COUNTRY, Measure
from tests.figures import observations

BARE = {"title": "t", "short_title": "s", "publisher": "p", "licence": "l"}


def edition(dataset: str, name: str) -> Edition:
    return Edition(dataset=dataset, edition=name, citation="c")


def lines(dataset: str, name: str, **cells: object):
    """A table of two lines."""
    table = observations({"place": "USA", "value": value, **cells} for value in (1.0, 2.0))
    return table.assign(dataset=dataset, edition=name, row=[2, 3])


@pytest.fixture
def home(tmp_path):
    """Two datasets of a workspace: one that compares countries, one of the United States alone."""
    countries = Dataset(id="countries", **BARE)
    install(lines("countries", "2025"), countries, edition("countries", "2025"), tmp_path)
    own = Dataset(id="own-account", country="USA", **BARE)
    for year in ("2024", "2025"):
        table = lines("own-account", year, measure="imports", partner="CHN")
        install(table, own, edition("own-account", year), tmp_path)
    return tmp_path


def test_a_dataset_of_one_country_stands_apart(home, tmp_path):
    found = catalogue(home, tmp_path / "none bundled")
    assert [item.edition.id for item in found.editions] == ["countries.2025"]
    assert [item.edition.id for item in found.national] == ["own-account.2024", "own-account.2025"]
    assert {*read_all(found)["dataset"]} == {"countries"}
    assert [*read_national(found)["dataset"]] == ["own-account"] * 4
    assert {*read_national(found)["partner"]} == {"CHN"}


def test_it_is_found_used_removed_and_dated_like_all_others(home, tmp_path):
    none = tmp_path / "none bundled"
    before = catalogue(home, none)
    use("own-account", "2024", home, bundled=none)
    found = catalogue(home, none)
    assert found.version != before.version
    assert [item.edition.edition for item in found.national if item.current] == ["2024"]
    assert found.get("own-account", "2025").edition.edition == "2025"
    earlier = catalogue_at(before.version, home, none).national
    assert [(item.edition, item.current) for item in earlier] == [
        (item.edition, item.current) for item in before.national
    ]
    remove("own-account", "2024", home, bundled=none)
    with pytest.raises(StoreError, match=r"own-account\.2025"):
        catalogue(home, none).get("own-account", "2024")


@pytest.mark.parametrize("measure", OF_ONE_COUNTRY)
def test_measures_of_one_country_are_never_compared_whoever_states_them(tmp_path, measure):
    none = tmp_path / "none bundled"
    table = lines("ministry", "2025", measure=str(measure))
    table.loc[1, "measure"] = str(Measure.MINE_PRODUCTION)
    install(table, Dataset(id="ministry", **BARE), edition("ministry", "2025"), tmp_path)
    found = catalogue(tmp_path, none)
    assert [*read_all(found)["measure"]] == [Measure.MINE_PRODUCTION]
    assert [*read_national(found)["measure"]] == [measure]
    assert read_all(found).index.tolist() == [0]


def test_a_table_without_partners_is_written_without_the_column():
    plain, with_partner = lines("a", "1"), lines("a", "1", partner="CHN")
    assert b"partner" not in to_csv(plain)
    assert b"partner" in to_csv(with_partner)
    for table in (plain, with_partner):
        again = from_csv(to_csv(table))
        assert list(again.columns) == list(OBSERVATION_COLUMNS)
        assert to_csv(again) == to_csv(table)


def test_a_package_of_one_country_comes_back_as_it_was(home, tmp_path):
    item = catalogue(home, tmp_path / "none bundled").get("own-account", "2025")
    packed = datapackage.write_package(read_edition(item), item.dataset, item.edition)
    (tmp_path / "package.zip").write_bytes(packed)
    again = load([tmp_path / "package.zip"], home)
    assert to_csv(again.observations) == to_csv(read_edition(item))


def test_a_package_keeps_what_a_stockpile_gained(tmp_path):
    table = lines("own-account", "2024", measure="shipments")
    table["value"], table["detail"] = [-88.0, 5.0], ["Ore", "Metal"]
    dataset = Dataset(id="own-account", country="USA", **BARE)
    (tmp_path / "package.zip").write_bytes(
        datapackage.write_package(table, dataset, edition("own-account", "2024"))
    )
    again = load([tmp_path / "package.zip"], tmp_path)
    assert again.report.problems == ()
    assert [*again.observations["value"]] == [-88.0, 5.0]


def test_records_of_before_have_the_versions_of_before(home, tmp_path):
    """The text that a version is made of has no word of a country where there is none."""
    item = catalogue(home, tmp_path / "none bundled").get("countries", "2025")
    assert "country" not in item.dataset.model_dump_json(exclude={"editions", "country"})
    assert Dataset(id="a", **BARE).country == ""
