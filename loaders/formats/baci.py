"""BACI of CEPII: the trade between each two countries in a year, in thousand dollars and in tonnes.

A row is year `t`, exporter `i`, importer `j`, good `k`, value `v`, quantity `q`. The flows of a country are
summed: its exports, and its imports. The table of country codes has to lie beside, as in the publisher's
archive; that of products may. Goods that are no minerals are left out. A quantity that is not stated makes
the sum a lower bound, and so does a file that is not named as the publisher does: it may be an extract.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.columns import written_out
from loaders.files.table import RawTable
from loaders.formats.observations import Origin, Reading, RowAccount, assemble
from loaders.formats.refusing import ignored_rows
from loaders.formats.trade import NOT_A_MINERAL, again, are_goods, basis_of_trade, by_country, goods
from loaders.names import read_places
from loaders.report import Ignored
from loaders.values import clean_column
from loaders.vocabulary import Measure

NAME = "BACI, trade between countries"
PUBLISHER = "baci"

_FLOWS = {"t", "i", "j", "k", "v", "q"}
_COUNTRIES = ("country_iso3", "iso_3digit_alpha", "iso3")
_WHOLE = re.compile(r"(?i)BACI_HS\d\d_Y\d{4}_V(\d{6}[a-z]?)\b.*")


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    flows = [raw for raw in tables if _is_flows(raw)]
    if not flows:
        return "expected the columns t, i, j, k, v and q"
    other = next((raw for raw in tables if not (_is_flows(raw) or _is_codes(raw) or _is_products(raw))), None)
    if other:
        return f"{other.name}: is neither a table of flows nor one of country or product codes"
    if not any(map(_is_codes, tables)):
        return f"{flows[0].name}: put the publisher's country_codes table beside it"
    return None


def _is_flows(raw: RawTable) -> bool:
    return {name.strip().lower() for name in raw.header} == _FLOWS


def _is_codes(raw: RawTable) -> bool:
    names = {name.strip().lower() for name in raw.header}
    return "country_code" in names and not names.isdisjoint(_COUNTRIES)


def _is_products(raw: RawTable) -> bool:
    return [name.strip().lower() for name in raw.header[:2]] == ["code", "description"]


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read exports and imports of minerals, by weight and by value, of each country and year."""
    flows = [raw for raw in tables if _is_flows(raw)]
    countries = _countries([raw for raw in tables if _is_codes(raw)])
    lines = pd.concat([_lines(raw, countries) for raw in flows], ignore_index=True)
    lines = lines.assign(again=again(lines, _KEYS[:-1], "partner"))
    cells = _cells(lines)
    rows = cells.drop_duplicates(["file", "row"]).groupby("file", sort=False).size()
    flows_used = lines.drop_duplicates(["file", "row"]).groupby("file", sort=False).size()
    summed = flows_used - rows.reindex(flows_used.index, fill_value=0)
    years = lines["year"].dropna()
    versions = [found[1].lower() for raw in flows if (found := _WHOLE.fullmatch(raw.file.rsplit("/", 1)[-1]))]
    return assemble(
        cells,
        Origin(
            "baci",
            max(versions) if versions else str(years.max()) if len(years) else "undated",
            PUBLISHER,
            {"place": "i and j", "mineral": "k", "unit": "", "year": "t"},
            answers=answers,
        ),
        RowAccount(
            sum(len(raw.frame) for raw in tables),
            [
                *(item for raw in flows for item in ignored_rows(raw.name, ~_used(raw), NOT_A_MINERAL)),
                *(
                    Ignored(file=str(file), reason="summed with other partners", count=int(number))
                    for file, number in summed.items()
                    if number
                ),
                *(
                    Ignored(file=raw.name, reason="a table of codes", count=len(raw.frame))
                    for raw in tables
                    if not _is_flows(raw) and len(raw.frame)
                ),
            ],
        ),
    )


def _column(raw: RawTable, name: str) -> pd.Series:
    return raw.frame[next(header for header in raw.header if header.strip().lower() == name)]


def _used(raw: RawTable) -> pd.Series:
    return are_goods(_column(raw, "k"))


def _countries(codes: Sequence[RawTable]) -> pd.DataFrame:
    """The place of each of the publisher's numbers: columns `place` and `name`, by the number as text."""
    found = []
    for raw in codes:
        named = {name.strip().lower(): name for name in raw.header}
        names = next(
            (named[name] for name in ("country_name", "country_name_abbreviation") if name in named), ""
        )
        iso = clean_column(raw.frame[next(named[name] for name in _COUNTRIES if name in named)])
        printed = clean_column(raw.frame[names]) if names else iso
        places = read_places(iso, PUBLISHER)["place"].fillna(read_places(printed, PUBLISHER)["place"])
        numbers = clean_column(raw.frame[named["country_code"]])
        found.append(pd.DataFrame({"number": numbers, "place": places, "name": printed}))
    return pd.concat(found).drop_duplicates("number").set_index("number")


def _lines(raw: RawTable, countries: pd.DataFrame) -> pd.DataFrame:
    """Two lines for each flow of a mineral: the export of one country and the import of the other."""
    used = _used(raw)
    columns = {name: clean_column(_column(raw, name)[used]) for name in _FLOWS}
    good = goods(columns["k"])
    common = {
        "file": raw.name,
        "row": columns["t"].index,
        "commodity": columns["k"],
        "mineral": good["mineral"],
        "goods_basis": good["basis"],
        "detail": good["words"],
        "printed_year": columns["t"],
        "year": columns["t"].where(columns["t"].str.fullmatch(r"(?:19|20)[0-9]{2}")).astype("Int64"),
        "whole": bool(_WHOLE.fullmatch(raw.file.rsplit("/", 1)[-1])),
        "v": columns["v"],
        "q": columns["q"],
    }
    sides = []
    for side, measure in (("i", Measure.EXPORTS), ("j", Measure.IMPORTS)):
        known = countries.reindex(columns[side].to_numpy())
        sides.append(
            pd.DataFrame(common).assign(
                measure=measure.value,
                side=columns[side],
                partner=columns["j" if side == "i" else "i"],
                place=known["place"].to_numpy(),
                printed_name=known["name"].fillna(pd.Series(known.index, known.index)).to_numpy(),
            )
        )
    return written_out(pd.concat(sides, ignore_index=True))


_KEYS = ["file", "side", "measure", "commodity", "printed_year", "again"]


def _cells(lines: pd.DataFrame) -> pd.DataFrame:
    """A figure of weight and one of value for each country, direction, good and year."""
    parts = []
    for column, unit, is_money in (("q", "t", False), ("v", "thousand USD", True)):
        found = by_country(lines.assign(printed_value=lines[column], printed_unit=unit), _KEYS)
        parts.append(
            found.assign(
                column=column,
                printed_measure=found["measure"] + (", value" if is_money else ", quantity"),
                basis=basis_of_trade(found["goods_basis"], is_money),
            )
        )
    return pd.concat(parts, ignore_index=True)
