"""UN Comtrade: rows of trade, as the site and its interface give them, now and before 2023.

Of each reporter, flow, good and year the row of all partners is read, once as net weight and once as value.
Where a file has rows of single partners alone, their sum is a lower bound. Re-exports and the like, months,
and parts by mode of transport or customs procedure are left out, and goods that are no minerals. A weight
that the United Nations estimated is an estimate; a weight of 0 beside a value is one that is not stated.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.columns import by_text, written_out
from loaders.files.table import RawTable
from loaders.formats.observations import Origin, Reading, RowAccount, assemble
from loaders.formats.refusing import ignored_rows
from loaders.formats.trade import NOT_A_MINERAL, again, basis_of_trade, by_country, goods, is_true
from loaders.names import IGNORED, read_places
from loaders.report import Ignored
from loaders.values import clean, clean_column
from loaders.vocabulary import Measure, Status

NAME = "UN Comtrade, rows of trade"
PUBLISHER = "comtrade"

_COLUMNS = {
    "year": ("refyear", "year", "period"),
    "period": ("period", "refyear", "year"),
    "flow": ("flowcode", "trade flow", "flowdesc"),
    "place": ("reporteriso", "reporter iso", "reporterdesc", "reporter"),
    "name": ("reporterdesc", "reporter", "reporteriso", "reporter iso"),
    "partner": ("partnercode", "partner code"),
    "partner_name": ("partnerdesc", "partner", "partneriso", "partner iso"),
    "good": ("cmdcode", "commodity code"),
    "weight": ("netwgt", "netweight (kg)"),
    "money": ("primaryvalue", "trade value (us$)"),
    "classification": ("classificationcode", "classification"),
}
"""What we need -> the headers that have it, in either layout, in small letters."""

_TOTALS = {
    "partner2code": "0", "partner2 code": "0", "2nd partner code": "0", "motcode": "0", "customscode": "C00",
    "moscode": "0",
}  # fmt: skip
"""Columns that divide a flow -> the code of all of it."""

_FLOWS = {
    **dict.fromkeys(("M", "IMPORT", "IMPORTS"), Measure.IMPORTS.value),
    **dict.fromkeys(("X", "EXPORT", "EXPORTS"), Measure.EXPORTS.value),
}

_ALL_PARTNERS = "0"


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    for raw in tables:
        lacking = [name for name in ("flow", "place", "partner", "good", "money") if not _header(raw, name)]
        if lacking or raw.document is not None:
            return f"{raw.name}: expected reporter, flow, partner and commodity codes, and a trade value"
        if raw.frame.empty:
            return f"{raw.name}: there are no rows"
    return None


def _header(raw: RawTable, name: str) -> str | None:
    named = {header.strip().lower(): header for header in raw.header}
    return next((named[text] for text in _COLUMNS[name] if text in named), None)


def _column(raw: RawTable, name: str) -> pd.Series:
    header = _header(raw, name)
    return raw.frame[header] if header else pd.Series("", index=raw.frame.index, dtype="string")


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the rows of annual imports and exports of minerals."""
    left_out = [item for raw in tables for item in _left_out(raw)]
    lines = pd.concat([_lines(raw) for raw in tables], ignore_index=True)
    lines = lines.assign(again=again(lines, _KEYS[:-1], "partner"))
    cells = _cells(lines)
    years = lines["year"].dropna()
    headers = {"place": "reporter", "mineral": "commodity code", "unit": "", "year": "year"}
    read_rows = cells.drop_duplicates(["file", "row"]).groupby("file", sort=False).size()
    summed = lines.groupby("file", sort=False).size() - read_rows.reindex(
        lines["file"].unique(), fill_value=0
    )
    together = [
        Ignored(file=str(file), reason="summed with other partners", count=int(number))
        for file, number in summed.items()
        if number
    ]
    return assemble(
        cells,
        Origin(
            "un-comtrade", str(years.max()) if len(years) else "undated", PUBLISHER, headers, answers=answers
        ),
        RowAccount(sum(len(raw.frame) for raw in tables), [*left_out, *together]),
    )


# Rows -----------------------------------------------------------------------------------------------------


def _reasons(raw: RawTable) -> dict[str, pd.Series]:
    """The rows that are not read, by reason; the first reason of a row counts."""
    flows = by_text(_column(raw, "flow"), lambda text: _FLOWS.get(clean(text).upper(), ""))
    parts = pd.Series(False, index=raw.frame.index)
    for header in raw.header:
        if header.strip().lower() in _TOTALS:
            code = clean_column(raw.frame[header])
            parts |= (code != "") & (code != _TOTALS[header.strip().lower()])
    places = _places(raw)
    found = {
        "a re-export, or another flow": flows == "",
        "a month": clean_column(_column(raw, "period")).str.fullmatch(r"\d{6}"),
        "a part by transport, customs or a second partner": parts,
        NOT_A_MINERAL: goods(_column(raw, "good"))["mineral"].isna(),
        "a group of countries": places["rule"] == IGNORED,
    }
    rest = pd.Series(True, index=raw.frame.index)
    reasons = {}
    for reason, mask in found.items():
        reasons[reason] = rest & mask.fillna(False)
        rest &= ~reasons[reason]
    reasons["one partner, beside the row of all"] = rest & _is_beside(raw, flows)
    return reasons


def _is_beside(raw: RawTable, flows: pd.Series) -> pd.Series:
    """Rows of one partner where the file has that of all partners."""
    keys = pd.DataFrame(
        {
            "place": _column(raw, "place"),
            "flow": flows,
            "good": clean_column(_column(raw, "good")),
            "year": clean_column(_column(raw, "year")),
        }
    )
    whole = clean_column(_column(raw, "partner")) == _ALL_PARTNERS
    number = keys.groupby(list(keys.columns), sort=False, dropna=False).ngroup()
    return ~whole & number.isin(number[whole])


def _left_out(raw: RawTable) -> list[Ignored]:
    return [item for reason, mask in _reasons(raw).items() for item in ignored_rows(raw.name, mask, reason)]


def _places(raw: RawTable) -> pd.DataFrame:
    """The reporter by its code, or by its name where there is no code that we know."""
    codes, names = (read_places(_column(raw, name), PUBLISHER) for name in ("place", "name"))
    known = codes["place"].notna() | (codes["rule"] == IGNORED)
    return codes.where(known, names)


def _lines(raw: RawTable) -> pd.DataFrame:
    """The rows that are read, with what both of their figures have in common."""
    used = ~np.logical_or.reduce(list(_reasons(raw).values()))
    good = goods(_column(raw, "good"))[used]
    year = clean_column(_column(raw, "year"))[used]
    named = {header.strip().lower(): header for header in raw.header}
    estimated = (
        is_true(raw.frame[named["isnetwgtestimated"]])[used] if "isnetwgtestimated" in named else False
    )
    return written_out(
        pd.DataFrame(
            {
                "file": raw.name,
                "row": raw.frame.index[used],
                "commodity": clean_column(_column(raw, "good"))[used],
                "mineral": good["mineral"],
                "goods_basis": good["basis"],
                "detail": good["words"],
                "measure": by_text(_column(raw, "flow")[used], lambda text: _FLOWS[clean(text).upper()]),
                "printed_year": year,
                "year": year.where(year.str.fullmatch(r"(?:19|20)[0-9]{2}")).astype("Int64"),
                "printed_name": _column(raw, "name")[used],
                "place": _places(raw)["place"][used],
                "classification": clean_column(_column(raw, "classification"))[used],
                "partner": clean_column(_column(raw, "partner"))[used],
                "whole": clean_column(_column(raw, "partner"))[used] == _ALL_PARTNERS,
                "weight": _column(raw, "weight")[used],
                "money": _column(raw, "money")[used],
                "estimated": estimated,
                "weight_column": _header(raw, "weight") or "",
                "money_column": _header(raw, "money") or "",
            }
        )
    )


_KEYS = ["file", "place", "printed_name", "measure", "commodity", "printed_year", "classification", "again"]


def _cells(lines: pd.DataFrame) -> pd.DataFrame:
    """A figure of weight and one of value for each reporter, flow, good and year."""
    weight = lines[lines["weight_column"] != ""]
    unstated = (clean_column(weight["weight"]).str.fullmatch(r"0(?:\.0+)?")) & (
        ~clean_column(weight["money"]).str.fullmatch(r"0?(?:\.0+)?")
    )
    weight = weight.assign(printed_value=weight["weight"].mask(unstated, ""), printed_unit="kg")
    money = lines.assign(printed_value=lines["money"], printed_unit="US$")
    parts = []
    for part, is_money in ((weight, False), (money, True)):
        found = by_country(part, _KEYS)
        column = "money_column" if is_money else "weight_column"
        parts.append(
            found.assign(
                column=found[column],
                printed_measure=found["measure"] + (", value" if is_money else ", net weight"),
                basis=basis_of_trade(found["goods_basis"], is_money),
                status=found["status"]
                if is_money
                else found["status"].mask(
                    found["estimated"] & found["value"].notna(), Status.ESTIMATED.value
                ),
            )
        )
    return pd.concat(parts, ignore_index=True)
