"""The page Data asks what the columns of a spreadsheet are, and keeps what is said with the edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.intake.columns import NOT_USED, NUMBERS, USES, ColumnUse, beginnings, mapping_of, said_of
from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.formats.tidy import COLUMNS
from loaders.spreadsheets.mapping import Mapping, from_toml, to_toml
from loaders.store import catalogue, read_edition
from tests.handing_in import bodies, hand_in, open_page, press, run, said

pytestmark = pytest.mark.slow

THEIRS = "Land;Rohstoff;Einheit;2022;2023\nChile;lithium;t;1.234,5;2\nPeru;copper;t;;7\n"
NEXT = "Land;Rohstoff;Einheit;2023;2024\nChile;lithium;t;2;3\nPeru;copper;t;7;8\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MINERALS_HOME", str(tmp_path))
    return tmp_path


def _field(at: AppTest, label: str, kind: str = "text_input") -> object:
    return next(field for field in getattr(at, kind) if field.label == label)


def _say(at: AppTest) -> AppTest:
    """What nothing in the file says."""
    _field(at, "Short name (id) of the dataset").set_value("ours")
    _field(at, "Edition").set_value("2025")
    next(
        field for field in at.selectbox if field.label == "Measure" and field.key.endswith("all-measure")
    ).set_value("mine_production")
    return run(at)


def test_columns_are_proposed_said_read_and_installed():
    at = hand_in(open_page(), ("theirs.csv", THEIRS.encode()))
    assert not at.error
    assert "none of the formats that we know" in said(at.info)
    assert "Still open: Short name (id) of the dataset, Edition, Measure" in said(at.warning)
    _say(at)
    assert not at.warning
    assert "1234.5" in bodies(at)  # the first lines, as they will be read
    press(at, "Read with these columns")
    assert not at.error
    _field(at, "Title of the dataset").set_value("Our production")
    _field(at, "Publisher").set_value("Ministry of Mines")
    press(run(at), "Install edition 2025")
    assert "Installed edition 2025" in said(at.success)
    item = catalogue().get("ours", "2025")
    assert from_toml(item.edition.mapping).columns["place"] == "Land"
    assert sorted(read_edition(item)["value"].dropna()) == [2, 7, 1234.5]


def test_next_year_begins_with_the_columns_of_last_year():
    at = _say(hand_in(open_page(), ("theirs.csv", THEIRS.encode())))
    press(at, "Read with these columns")
    _field(at, "Title of the dataset").set_value("Our production")
    _field(at, "Publisher").set_value("Ministry of Mines")
    press(run(at), "Install edition 2025")
    hand_in(at, ("next.csv", NEXT.encode()))
    assert _field(at, "Begin with", "selectbox").value == "ours"
    assert "Still open: Edition" in said(at.warning)
    _field(at, "Edition").set_value("2026")
    press(run(at), "Read with these columns")
    for box in at.checkbox:
        box.check()
    press(run(at), "Install edition 2026")
    assert sorted(read_edition(catalogue().get("ours", "2026"))["value"]) == [2, 3, 7, 8]


def test_a_mapping_that_is_handed_in_with_the_file_is_used():
    mapping = Mapping(
        columns={"place": "Land", "mineral": "Rohstoff", "unit": "Einheit"},
        constants={"measure": "mine_production", "dataset": "ours", "edition": "2025"},
        values=({"header": "2023", "says": {"year": "2023"}},),
    )
    at = hand_in(open_page(), ("theirs.csv", THEIRS.encode()), ("any.toml", to_toml(mapping).encode()))
    assert not at.error
    assert "2 figures" in bodies(at)


def test_one_thing_that_two_columns_are_said_to_be_is_asked_about():
    at = hand_in(open_page(), ("theirs.csv", THEIRS.encode()))
    _field(at, "Einheit is", "selectbox").set_value("place")
    assert "Several columns are said to be: country" in said(run(at).warning)


def test_a_file_without_a_table_gets_no_form():
    at = hand_in(open_page(), ("theirs.csv", b"\x00\x01\x02"))
    assert at.error
    assert "What the columns are" not in bodies(at)


# What a person says, and the mapping ---------------------------------------------------------------------


def test_the_form_offers_only_columns_that_we_have():
    assert set(USES) - {NOT_USED, NUMBERS} <= set(COLUMNS)


_TEXT = st.text("abc 12", min_size=1).map(str.strip).filter(bool)
_SAYS = st.dictionaries(st.sampled_from(("measure", "year")), _TEXT)
_USE = st.sampled_from([use for use in USES if use not in (NOT_USED, NUMBERS)])


@given(
    uses=st.dictionaries(_TEXT, _USE, max_size=5).filter(lambda d: len(set(d.values())) == len(d)),
    numbers=st.dictionaries(
        _TEXT.map("n{}".format), st.dictionaries(st.sampled_from(("measure", "year")), _TEXT)
    ),
    constants=st.dictionaries(st.sampled_from(("unit", "mineral")), _TEXT),
)
def test_what_is_said_of_a_mapping_makes_the_same_mapping(uses, numbers, constants):
    columns = [ColumnUse(header, use) for header, use in uses.items()]
    columns += [ColumnUse(header, NUMBERS, says) for header, says in numbers.items()]
    mapping = mapping_of(columns, constants)
    again = mapping_of([said_of(mapping, column.header) for column in columns], mapping.constants)
    assert again == mapping


def test_a_kept_mapping_that_does_not_fit_is_not_offered():
    raw = read_tables(InputFile("theirs.csv", THEIRS.encode()))[0]
    kept = Mapping(columns={"place": "Ort"}, values=({"header": "2022"},))
    assert list(beginnings(raw, {"other": kept})) == [""]
