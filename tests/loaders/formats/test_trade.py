"""UN Comtrade and BACI: codes of goods become minerals, and the flows of a country one figure."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.formats import baci, comtrade
from loaders.formats.observations import Reading
from loaders.formats.trade import goods
from loaders.knowledge import table
from loaders.names import minerals
from loaders.vocabulary import Basis

NEW = "refYear,period,reporterISO,reporterDesc,flowCode,partnerCode,partnerDesc,motCode,cmdCode,netWgt,"
NEW += "isNetWgtEstimated,primaryValue\n"
OLD = "Classification,Year,Period,Trade Flow Code,Trade Flow,Reporter,Reporter ISO,Partner Code,Partner,"
OLD += "Commodity Code,Netweight (kg),Trade Value (US$)\n"
FLOWS = "t,i,j,k,v,q\n"
CODES = "country_code,country_name,country_iso2,country_iso3\n"
CODES += "152,Chile,CL,CHL\n156,China,CN,CHN\n392,Japan,JP,JPN\n"


def _tables(**files: str):
    items = [InputFile(f"{name}.csv", text.encode()) for name, text in files.items()]
    return [raw for item in items for raw in read_tables(item)]


def _comtrade(text: str) -> Reading:
    tables = _tables(trade=text)
    assert comtrade.declines(tables) is None
    return comtrade.read(tables)


def _baci(rows: str, name: str = "BACI_HS22_Y2023_V202501") -> Reading:
    tables = _tables(**{name: FLOWS + rows, "country_codes_V202501": CODES})
    assert baci.declines(tables) is None
    return baci.read(tables)


def _figures(reading: Reading) -> list[tuple]:
    found = reading.observations
    value = [None if math.isnan(number) else number for number in found["value"]]
    lower = [None if math.isnan(number) else number for number in found["lower"]]
    return list(
        zip(found["mineral"], found["place"], found["measure"], found["unit"], value, lower, strict=True)
    )


# The table of codes ---------------------------------------------------------------------------------------


def test_every_code_is_of_a_mineral_that_we_know():
    codes = table("hs_codes")
    assert codes["code"].is_unique
    assert codes["code"].str.fullmatch(r"\d{6}").all()
    assert set(codes["mineral"]) <= set(minerals().index)
    assert set(codes["basis"]) <= set(Basis)
    assert (codes["words"] != "").all()


# printed code -> mineral, basis
GOODS = [
    ("260500", "cobalt", "gross"), ("2605", "cobalt", "gross"), (" 740311 ", "copper", "content"),
    ("283691", "lithium-carbonate", "gross"), ("811292", None, None), ("870380", None, None),
    ("", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "mineral", "basis"), GOODS)
def test_a_code_says_mineral_and_basis(code, mineral, basis):
    found = goods(pd.Series([code], dtype="string")).iloc[0]
    assert [None if pd.isna(found[name]) else found[name] for name in ("mineral", "basis")] == [
        mineral,
        basis,
    ]


# UN Comtrade ----------------------------------------------------------------------------------------------

WORLD = "2023,2023,CHL,Chile,X,0,World,0,283691,5000000,False,9000\n"


def test_the_row_of_all_partners_is_read_by_weight_and_by_value():
    reading = _comtrade(NEW + WORLD)
    assert reading.problems == []
    assert _figures(reading) == [
        ("lithium-carbonate", "CHL", "exports", "t", 5000, None),
        ("lithium-carbonate", "CHL", "exports", "USD", 9000, None),
    ]
    found = reading.observations
    assert found["basis"].tolist() == ["gross", "not_applicable"]
    assert found["column"].tolist() == ["netWgt", "primaryValue"]
    assert found["printed_value"].tolist() == ["5000000", "9000"]
    assert found["detail"].tolist() == ["283691 lithium carbonates"] * 2
    assert (reading.dataset, reading.edition, found["year"].tolist()) == ("un-comtrade", "2023", [2023, 2023])


def test_the_layout_before_2023_is_read():
    reading = _comtrade(OLD + "HS,2019,2019,1,Import,Japan,JPN,0,World,260500,7000,500\n")
    assert _figures(reading) == [
        ("cobalt", "JPN", "imports", "t", 7, None),
        ("cobalt", "JPN", "imports", "USD", 500, None),
    ]


# a row beside that of all partners -> why it is left out
LEFT_OUT = {
    "one partner": (
        "2023,2023,CHL,Chile,X,156,China,0,283691,1,False,1",
        "one partner, beside the row of all",
    ),
    "a re-export": ("2023,2023,CHL,Chile,RX,0,World,0,283691,1,False,1", "a re-export, or another flow"),
    "a month": ("2023,202301,CHL,Chile,X,0,World,0,283691,1,False,1", "a month"),
    "by ship": (
        "2023,2023,CHL,Chile,X,0,World,2100,283691,1,False,1",
        "a part by transport, customs or a second partner",
    ),
    "cars": ("2023,2023,CHL,Chile,X,0,World,0,870380,1,False,1", "a good of no mineral, or of several"),
    "the Union": ("2023,2023,EUR,European Union,X,0,World,0,283691,1,False,1", "a group of countries"),
}


@pytest.mark.parametrize(("row", "reason"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_other_rows_are_left_out_and_counted(row, reason):
    reading = _comtrade(NEW + WORLD + row + "\n")
    assert [(item.reason, item.count) for item in reading.ignored] == [(reason, 1)]
    assert (len(reading.observations), reading.rows_read, reading.problems) == (2, 2, [])


def test_single_partners_alone_are_at_least_so_much():
    rows = "2023,2023,CHL,Chile,X,156,China,0,283691,3000000,False,5\n"
    rows += "2023,2023,CHL,Chile,X,392,Japan,0,283691,1000000,False,2\n"
    reading = _comtrade(NEW + rows)
    assert _figures(reading)[0] == ("lithium-carbonate", "CHL", "exports", "t", None, 4000)
    assert (
        reading.observations["note"].tolist()[0] == "The sum of 2 flows. Other partners are not in the file."
    )
    assert [(item.reason, item.count) for item in reading.ignored] == [("summed with other partners", 1)]


# weight, flag -> value in tonnes, status
WEIGHTS = [
    ("1000", "True", 1, "E"),
    ("0", "False", None, "O"),
    ("", "False", None, "O"),
    ("0.0", "False", None, "O"),
]


@pytest.mark.parametrize(("weight", "flag", "value", "status"), WEIGHTS)
def test_a_weight_that_is_not_stated_is_no_zero(weight, flag, value, status):
    reading = _comtrade(NEW + WORLD.replace("5000000,False", f"{weight},{flag}"))
    assert _figures(reading)[0][4] == value
    assert reading.observations["status"].tolist()[0] == status


def test_goods_of_one_mineral_are_never_added():
    reading = _comtrade(NEW + WORLD.replace("283691", "250410") + WORLD.replace("283691", "250490"))
    assert reading.observations["detail"].nunique() == 2
    assert reading.observations["printed_name"].nunique() == 1
    assert len(reading.observations) == 4


TWICE = NEW.replace("cmdCode", "classificationCode,cmdCode")


@pytest.mark.parametrize("edition", ["H6", "H5"])
def test_a_flow_that_stands_there_twice_is_not_added(edition):
    """As two downloads put together have it, or one of two editions of the Harmonized System."""
    rows = [WORLD.replace("283691", f"{code},283691") for code in ("H6", edition)]
    once = _figures(_comtrade(TWICE + rows[0]))
    assert sorted(_figures(_comtrade(TWICE + rows[0] + rows[1]))) == sorted(once * 2)


def test_a_partner_that_stands_there_twice_is_not_added():
    rows = "2023,152,156,283691,2,40\n2023,152,392,283691,1,20\n"
    found = [line for line in _figures(_baci(rows + rows[:25])) if line[1:4] == ("CHL", "exports", "t")]
    assert [line[4] for line in found] == [60, 40]


CHANGED = ("811230", "811240", "811292", "811299", "810600", "810710", "810720", "810920", "810390", "252800")
"""Codes that an edition of the Harmonized System gave another meaning, or gave up for several."""


def test_codes_that_changed_their_meaning_are_left_out():
    assert table("hs_codes").query("code in @CHANGED").empty


def test_what_cannot_be_read_is_refused():
    rows = WORLD.replace("CHL,Chile", "NAR,Narnia") + WORLD.replace("9000", "many").replace("2023", "2022")
    reading = _comtrade(NEW + rows)
    assert {(p.rule, p.row, p.printed) for p in reading.problems} == {
        ("unknown place", 2, "Narnia"),
        ("unreadable value", 3, "many"),
    }


# BACI -----------------------------------------------------------------------------------------------------


def test_flows_are_exports_of_one_country_and_imports_of_the_other():
    reading = _baci("2023,152,156,283691,2000.5,40\n2023,152,392,283691,1000,20\n")
    assert reading.problems == []
    assert sorted(_figures(reading)) == [
        ("lithium-carbonate", "CHL", "exports", "USD", 3000500, None),
        ("lithium-carbonate", "CHL", "exports", "t", 60, None),
        ("lithium-carbonate", "CHN", "imports", "USD", 2000500, None),
        ("lithium-carbonate", "CHN", "imports", "t", 40, None),
        ("lithium-carbonate", "JPN", "imports", "USD", 1000000, None),
        ("lithium-carbonate", "JPN", "imports", "t", 20, None),
    ]
    assert (reading.dataset, reading.edition) == ("baci", "202501")
    assert reading.rows_read == 5
    assert reading.rows_read == sum(item.count for item in reading.ignored) + 2


def test_a_quantity_that_is_not_stated_makes_a_lower_bound():
    reading = _baci(
        "2023,152,156,283691,2,40\n2023,152,392,283691,1,           NA\n2023,156,392,283691,1,NA\n"
    )
    found = {(line[1], line[2]): line[4:] for line in _figures(reading) if line[3] == "t"}
    assert found == {
        ("CHL", "exports"): (None, 40),
        ("CHN", "exports"): (None, None),
        ("CHN", "imports"): (40, None),
        ("JPN", "imports"): (None, None),
    }


def test_an_extract_is_at_least_so_much():
    reading = _baci("2023,152,156,283691,2,40\n", "some_flows")
    assert {line[4:] for line in _figures(reading) if line[3] == "t"} == {(None, 40)}
    assert reading.edition == "2023"


def test_a_number_of_no_country_is_refused():
    reading = _baci("2023,999,156,283691,2,40\n")
    assert {(p.rule, p.printed) for p in reading.problems} == {("unknown place", "999")}


# files -> why they are declined
DECLINED = [
    (baci, {"flows": FLOWS + "2023,152,156,283691,2,40\n"}, "country_codes"),
    (baci, {"a": "a,b\n1,2\n"}, "t, i, j, k, v and q"),
    (baci, {"flows": FLOWS + "2023,1,2,3,4,5\n", "codes": CODES, "c": "a,b\n1,2\n"}, "neither"),
    (comtrade, {"a": "a,b\n1,2\n"}, "commodity codes"),
    (comtrade, {"a": NEW}, "no rows"),
]


@pytest.mark.parametrize(("module", "files", "reason"), DECLINED)
def test_other_tables_are_declined_with_the_reason(module, files, reason):
    assert reason in (module.declines(_tables(**files)) or "")
