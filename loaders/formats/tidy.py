"""Our own tidy table: one line per figure, with the columns of `model.OBSERVATION_COLUMNS`.

Required: dataset, edition, mineral, place, measure, year, value, unit. The others may be left out.
`value` is printed text such as `1,200`, `NA`, `W`, `>1000` or `e500`, in `unit`; minerals and places may
be ids, codes or names; measures, bases, classes and statuses are codes of `loaders.vocabulary`.
A value may be empty where `status` says why there is none, or `lower` and `upper` give bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
from pydantic import TypeAdapter, ValidationError

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.columns import (
    as_text,
    by_text,
    categories,
    distinct,
    is_among,
    is_blank,
    one_category,
    only,
    spread,
    whole_numbers,
)
from loaders.files.table import RawTable
from loaders.formats import points
from loaders.formats.observations import Reading, leave_out
from loaders.formats.refusing import RowCheck, refuse, scaled
from loaders.formats.tidy_rows import different, own_rows, printed_rows, stated_rows
from loaders.model import OBSERVATION_COLUMNS, Identifier
from loaders.names import read_places
from loaders.report import Ignored, NameKind
from loaders.units import read_units
from loaders.values import NUMBER_COLUMNS, are_dashes, clean, read_signed_values, read_values
from loaders.vocabulary import COUNTED_MEASURES, Basis, Measure, ReserveClass, Scheme, Status, Term

NAME = "our tidy table"
PUBLISHER = "any"

COLUMNS = {
    "dataset": "Name of the series, the same in every row: small letters, digits, hyphens",
    "edition": "Name of the release, the same in every row: a year such as 2025",
    "mineral": "What is counted: an id such as rare-earths, or its name",
    "detail": "Words that narrow what the row counts, such as crude ore",
    "place": "Country: its name or ISO 3166-1 alpha-3 code; WLD the world, OTH other countries, EUU the EU",
    "measure": "Code of the measure, such as reserves or mine_production",
    "year": "The year that the figure is about",
    "value": "The number or symbol as printed: 1,200, NA, W, XX, >1000, <5, e500; empty if status says why",
    "lower": "Lower bound where there is no exact number",
    "upper": "Upper bound where there is no exact number",
    "unit": "Unit of value, lower and upper as printed, such as t, kt or thousand metric tons",
    "basis": "What the tonnes are tonnes of, such as content, REO, Li2O, gross",
    "class": "Kind of reserves or resources, such as reserve or state_balance",
    "scheme": "Classification that defines the class, such as usgs_c831 or gkz",
    "status": "SDMX status code: A as published, E estimated, Q withheld, O not available, ...",
    "printed_value": "The value as its publisher printed it",
    "printed_unit": "The unit as its publisher printed it",
    "printed_name": "The country as its publisher printed it",
    "printed_measure": "The kind of figure in the publisher's words",
    "note": "Notes and footnotes",
    "file": "The publisher's file",
    "row": "Row of that file",
    "column": "Column of that file",
    "correction": "Id of the declared correction that changed the value; empty in your own tables",
    "partner": "Place at the other end, such as where imports came from: its name or code",
}
"""What each column holds."""

REQUIRED = ("dataset", "edition", "mineral", "place", "measure", "year", "value", "unit")
_PRINTED = {"printed_value": "value", "printed_unit": "unit", "printed_name": "place"}
_VOCABULARIES: dict[str, tuple[Iterable[Term], Term]] = {
    "measure": (COUNTED_MEASURES, Measure.PRODUCTION),
    "basis": (Basis, Basis.UNDEFINED),
    "class": (ReserveClass, ReserveClass.UNDEFINED),
    "scheme": (Scheme, Scheme.UNDEFINED),
}
VOCABULARIES: dict[str, Iterable[Term]] = {
    **{name: terms for name, (terms, _) in _VOCABULARIES.items()}, "status": Status
}  # fmt: skip
"""Columns of closed vocabularies."""


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    filled = [raw for raw in tables if raw.document is None]
    ours = [raw for raw in filled if not _missing(raw)]
    if len(ours) != 1 or any(raw.file != ours[0].file for raw in filled):
        if len(filled) == 1:
            return f"{filled[0].name}: the columns {', '.join(_missing(filled[0]))} are missing"
        return f"expected one table, found {len(filled)}, {len(ours)} of them with our columns"
    twice = [name for name in ours[0].header if _is_repeated(name)]
    if twice:
        return f"{ours[0].name}: a column stands there more than once: {', '.join(twice)}"
    if ours[0].frame.empty:
        return f"{ours[0].name}: there are our columns, but no rows"
    named = ours[0].frame[["dataset", "edition"]]
    single = len(named) > 0 and all(len(distinct(named[name])[1]) == 1 for name in named)
    editions = named.head(1) if single else named.drop_duplicates()
    if len(editions) != 1:
        return f"{ours[0].name}: expected one dataset and edition, found {len(editions)}"
    if not all(str(name).strip() for name in editions.iloc[0]):
        return f"{ours[0].name}: the name of the dataset or of the edition is empty"
    odd = [f"{name} '{text[:80]}'" for name, text in editions.iloc[0].items() if not _is_identifier(text)]
    return f"{ours[0].name}: {' and '.join(odd)} {_EXPECTED_NAME}" if odd else None


_EXPECTED_NAME = (
    "should be small letters and digits, with hyphens or points between, such as usgs-mcs or 2025"
)


_IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)


def _is_identifier(text: str) -> bool:
    try:
        _IDENTIFIER.validate_python(text.strip())
    except ValidationError:
        return False
    return True


def _is_repeated(name: str) -> bool:
    """Whether `tables.unique_names` had to tell a second column of one of our names from the first."""
    first, _, number = name.partition(" (")
    return first in COLUMNS and number.rstrip(")").isdecimal()


def _missing(raw: RawTable) -> list[str]:
    return [name for name in REQUIRED if name not in raw.header]


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the one table; lines that cannot be read are refused, other sheets of its workbook left out."""
    raw = whole = next(raw for raw in tables if not _missing(raw))
    lines = _lines(raw.frame.reset_index(drop=True), raw.name)
    texts: dict[NameKind, pd.Series] = {kind: lines[name] for kind, name in _ANSWERED.items()}
    answered = answers.counted(texts)
    out = leave_out(_cells(lines, raw), answers.reasons(texts)) if answered else None
    if out and out.any:
        raw = _without(raw, ~out.kept)
        lines = _lines(raw.frame.reset_index(drop=True), raw.name)
    doubted = _doubted_points(lines, raw)
    answered |= points.points_counted(doubted, answers)
    printed = answers.rename("sign", points.without_points(lines["value"], doubted, answers))
    own = [points.point_check(lines["value"], doubted, answers), *_beside_commas(lines, raw, answers)]
    values = _values(lines.assign(value=printed) if answered else lines)
    values["known"] = (values["known"] & ~are_dashes(printed, values["value"])) | own[0].failed
    units = _units(answers.rename("unit", lines["unit"]), values)
    minerals, places, partners = _names(lines, answers)
    read_as = _ReadAs(
        lines, values, units, minerals, places, partners,
        *whole_numbers(lines["year"]), *stated_rows(lines, raw),
    )  # fmt: skip
    failed = [_as_printed(check, raw) for check in chain(_checks(read_as), own) if check.failed.any()]
    refusal = refuse(_cells(lines, raw) if failed else lines, failed, PUBLISHER)
    found = _observations(read_as)
    rows = printed_rows(raw)
    refused = rows[refusal.mask] if refusal.mask.any() else rows[:0]
    found = found[~refusal.mask].reset_index(drop=True) if len(refused) else found
    ignored = [*raw.ignored, *(out.ignored if out else ()), *_other_sheets(tables, whole)]
    return Reading(
        dataset=lines["dataset"].iloc[0],
        edition=lines["edition"].iloc[0],
        observations=found,
        problems=refusal.problems,
        ignored=ignored,
        rows_read=different(rows) + sum(item.count for item in ignored),
        rows_refused=different(refused),
        cells_absent=0,
        cells_refused=len(refused),
        questions=tuple(refusal.questions),
        answers=answers,
        answered=answered,
        cells_left_out=out.cells if out else 0,
    )


_ANSWERED: dict[NameKind, str] = {"place": "place", "mineral": "mineral", "unit": "unit", "sign": "value"}
"""What a steward can answer, and the column in which it is printed."""


def _without(raw: RawTable, out: pd.Series) -> RawTable:
    """The table without some of its lines."""
    kept = ~out.to_numpy()
    parts = tuple(part for part, keep in zip(raw.parts, kept, strict=True) if keep) if raw.parts else ()
    return replace(raw, frame=raw.frame[kept], parts=parts)


def _doubted_points(lines: pd.DataFrame, raw: RawTable) -> pd.Series:
    """Points that may stand between thousands; none where columns or values were read before."""
    if _read_before(raw):
        return pd.Series(0, index=lines.index)
    return points.alone(lines["value"], one_category(raw.name, lines.index), lines["unit"], PUBLISHER)


def _beside_commas(lines: pd.DataFrame, raw: RawTable, answers: Answers) -> list[RowCheck]:
    """The same beside numbers with commas between thousands."""
    if _read_before(raw):
        return []
    beside = points.beside_commas(lines["value"], one_category(raw.name, lines.index))
    open_ = beside & ~answers.is_said("sign", lines["value"]) if beside.any() else beside
    return [RowCheck("point or comma", open_, "value", "value")]


def _read_before(raw: RawTable) -> bool:
    return bool(raw.headers) or "printed_value" in raw.frame


def _as_printed(check: RowCheck, raw: RawTable) -> RowCheck:
    """The check with the header that the column has in this file, where it was mapped to ours."""
    if raw.headers and check.header == "value":  # there may be several; each line says which, and the text
        return check._replace(header=None, text="printed_value" if check.text == "value" else check.text)
    return check._replace(header=raw.headers.get(check.header or "", check.header))


class _ReadAs(NamedTuple):
    """What the cells of each line are read as; `dated` and `numbered` tell where year and row are numbers."""

    lines: pd.DataFrame
    values: pd.DataFrame
    units: pd.DataFrame
    minerals: pd.Series
    places: pd.DataFrame
    partners: pd.Series
    year: np.ndarray
    dated: np.ndarray
    row: np.ndarray
    numbered: np.ndarray


def _checks(of: _ReadAs) -> Iterator[RowCheck]:
    """What may be wrong with a line, one after the other: of a large table each takes much room."""
    lines, values = of.lines, of.values
    yield RowCheck("unknown place", of.places["place"].isna(), "place", "place")
    yield RowCheck("unknown partner", of.partners.isna(), "partner", "partner")
    yield RowCheck("unknown mineral", of.minerals.isna(), "mineral", "mineral")
    yield RowCheck("unknown unit", of.units["unit"].isna(), "unit", "unit")
    yield RowCheck("unreadable value", ~values["known"], "value", "value")
    for bound in ("lower", "upper"):
        yield RowCheck(f"unreadable {bound} bound", _unreadable_bound(lines, values, bound), bound, bound)
    undated = ~(of.dated & (of.year >= 1500) & (of.year <= 2200))
    yield RowCheck("unreadable year", pd.Series(undated, copy=False), "year", "year")
    yield RowCheck("unreadable row", pd.Series(~of.numbered, copy=False), "stated_row", "row")
    for name, (terms, _) in _VOCABULARIES.items():
        yield RowCheck(f"unknown {name}", _unknown_words(lines[name], terms), name, name)
    yield RowCheck("unknown status", _unknown_words(lines["status"], Status, ""), "status", "status")


def _names(lines: pd.DataFrame, answers: Answers) -> tuple[pd.Series, pd.DataFrame, pd.Series]:
    """The ids of the minerals, the codes of the places with their details, and those of the partners."""
    minerals = answers.read_minerals(lines["mineral"], PUBLISHER)
    places = only(read_places(answers.rename("place", lines["place"]), PUBLISHER), ["place", "detail"])
    return minerals, places, _partners(lines)


def _partners(lines: pd.DataFrame) -> pd.Series:
    """The codes of the partners, <NA> where one is unknown; none stays none but for shares of imports."""
    nobody = is_blank(lines["partner"]) & (lines["measure"] != Measure.IMPORT_SOURCE_SHARE.value)
    if nobody.all():
        return lines["partner"]
    return read_places(lines["partner"], PUBLISHER)["place"].astype("string").mask(nobody, "")


def _other_sheets(tables: Sequence[RawTable], ours: RawTable) -> list[Ignored]:
    return [
        Ignored(file=raw.name, reason="the sheet has not our columns", count=len(raw.frame))
        for raw in tables
        if raw is not ours and len(raw.frame)
    ]


_NOT_CODED = ("value", "lower", "upper", "printed_value")
"""Columns whose texts are mostly different; all others become categories."""


def _lines(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    """Our columns of the table, missing ones filled."""
    ours = [name for name in OBSERVATION_COLUMNS if name in frame]
    coded = [name for name in ours if name not in _NOT_CODED]
    columns = dict.fromkeys(OBSERVATION_COLUMNS, one_category("", frame.index))
    columns |= {name: _filled_text(frame[name]) for name in ours if name in _NOT_CODED}
    columns |= dict(zip(coded, categories(frame[name] for name in coded), strict=True))
    columns |= {printed: columns[name] for printed, name in _PRINTED.items() if printed not in frame}
    columns |= {name: by_text(columns[name], clean) for name in ("dataset", "edition")}
    for name, (_, default) in _VOCABULARIES.items():
        columns[name] = by_text(columns[name], _clean_or(default.value))
    for name, origin in {"file": file, "column": "value"}.items():
        columns[name] = by_text(columns[name], _or(origin))
    return pd.DataFrame(columns, copy=False)


def _filled_text(column: pd.Series) -> pd.Series:
    """The column as text, without a copy if none is missing."""
    text = as_text(column)
    return text.fillna("") if text.hasnans else text


def _clean_or(default: str) -> Callable[[str], str]:
    return lambda text: clean(text) or default


def _or(default: str) -> Callable[[str], str]:
    return lambda text: text or default


def _cells(lines: pd.DataFrame, raw: RawTable) -> pd.DataFrame:
    """The lines as problems speak of them: where they stand in this file, whatever they say of another."""
    here = pd.Series(raw.parts, index=lines.index) if raw.parts else one_category(raw.name, lines.index)
    return lines.assign(stated_row=lines["row"], file=here, row=own_rows(raw))


def _values(lines: pd.DataFrame) -> pd.DataFrame:
    """Values and bounds in the line's unit; stated bounds and statuses outrank what the text implies."""
    values = read_signed_values(lines["value"], lines["measure"] == Measure.SHIPMENTS.value)
    stated = [name for name in ("lower", "upper", "status") if not is_blank(lines[name]).all()]
    if not stated:
        return values
    for name in [name for name in stated if name != "status"]:
        bound = _bound(lines[name])
        values[name] = bound.where(bound.notna(), values[name])
    if "status" in stated:
        values["status"] = _filled(lines["status"], "", values["status"])
    number = values["value"].notna() | values["lower"].notna() | values["upper"].notna()
    readable = values["known"] | is_blank(lines["value"])
    values["known"] = readable & (number | values["status"].isin(_WITHOUT_NUMBER))
    return values


def _units(column: pd.Series, values: pd.DataFrame) -> pd.DataFrame:
    """The `unit` and `basis` of each line; the numbers are brought into that unit, one column at a time."""
    codes, texts = distinct(column)
    read = read_units(pd.Series(texts, dtype="string"), PUBLISHER)
    for name in NUMBER_COLUMNS:
        values[name] = scaled(values.pop(name), read["factor"], codes)
    said = {name: [None if pd.isna(text) else text for text in read[name]] for name in ("unit", "basis")}
    return pd.DataFrame({name: spread(texts, codes, column) for name, texts in said.items()}, copy=False)


def _filled(stated: pd.Series, empty: str, implied: pd.Series) -> pd.Series:
    """What is stated; where that is the `empty` text, what is implied, if anything is."""
    stated, implied = stated.astype("string"), implied.astype("string")
    return stated.mask((stated == empty) & implied.notna(), implied)


_WITHOUT_NUMBER = [
    status.value
    for status in (
        Status.WITHHELD, Status.NOT_AVAILABLE, Status.NOT_APPLICABLE, Status.NOT_SIGNIFICANT,
        Status.INCLUDED_ELSEWHERE, Status.NET_EXPORTER,
    )
]  # fmt: skip
"""The statuses that say why there is no number."""


def _bound(column: pd.Series) -> pd.Series:
    """The numbers of a column of bounds, NaN where it is empty or holds something else."""
    if is_blank(column).all():
        return pd.Series(np.nan, index=column.index)
    read = read_values(column)
    return read["value"].where(read["status"] == Status.AS_PUBLISHED.value)


def _unreadable_bound(lines: pd.DataFrame, values: pd.DataFrame, bound: str) -> pd.Series:
    stated = pd.Series(~is_blank(lines[bound]))
    if not stated.any():
        return stated
    return stated & (_bound(lines[bound]).isna() | (values["lower"] > values["upper"]))


def _unknown_words(column: pd.Series, terms: Iterable[Term], *also: str) -> pd.Series:
    return pd.Series(~is_among(column, [*(term.value for term in terms), *also]))


def _observations(of: _ReadAs) -> pd.DataFrame:
    """The table, without a copy. A basis that the unit states fills one that is not stated."""
    detail, basis = of.lines["detail"], of.lines["basis"]
    if (of.places["detail"] != "").any():
        detail = _filled(detail, "", of.places["detail"])
    if of.units["basis"].notna().any():
        basis = _filled(basis, Basis.UNDEFINED.value, of.units["basis"])
    read = {name: of.values[name] for name in (*NUMBER_COLUMNS, "status")}
    read |= {"unit": of.units["unit"], "mineral": of.minerals, "place": of.places["place"]}
    read |= {"partner": of.partners, "detail": detail, "basis": basis}
    read |= {"year": pd.Series(of.year, copy=False), "row": pd.Series(of.row, copy=False)}
    columns = {str(name): of.lines[name] for name in of.lines} | read
    return pd.DataFrame({name: columns[name].array for name in OBSERVATION_COLUMNS}, copy=False)
