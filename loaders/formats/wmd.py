"""World Mining Data: workbooks of the chapters 6.1 and 6.3 to 6.6, one sheet for each mineral or country.

- 6.4, production of countries: Country, unit, a column for each of five years, Sources of data.
- 6.6, the same the other way round: a sheet for each country, a row for each mineral. Sums are left out.
- 6.5, shares of countries: Rank, Country, unit, Production, and shares, which are computed and not read.
- 6.3, production of groups of countries: the groups are left out, the world total is read.
- 6.1, production of all minerals together: no figure is of one mineral, so none is read.

The yearbook appears two years after the last year of its tables, and that year names the edition. A blank
cell is not a zero: zeros are printed. European and Asian Russia are rows of their own in early editions.
What chapter 6.4 has is not read again from the others, nor what 6.6 has from 6.5 and 6.3; where they differ,
a warning says so.

Seen as real files: 6.4 of 2017. As public programs name the columns of the files of 2026: 6.4 (Country,
unit, years, data source with r, p, e), 6.5 (Rank 2024, Country, unit, Production 2024, Share in %, Share HHI)
and 6.3c (Political stability, unit, years, a row Total). Of 6.6 a program of 2025 was found, which reads the
years of the second row of each country's sheet and no names; the first header may be any. Of 6.1 and 6.3a, b
and d no program was found.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.columns import by_text, constant, is_blank
from loaders.files.table import RawTable
from loaders.formats import points
from loaders.formats.observations import Origin, Reading, RowAccount, assemble, figures
from loaders.formats.refusing import by_distinct, ignored_rows
from loaders.names import known_place, read_places
from loaders.report import Ignored, Problem
from loaders.text import count
from loaders.values import clean_column
from loaders.vocabulary import Basis, Measure, Severity, Status

NAME = "World Mining Data, production by mineral (chapters 6.1, 6.3 to 6.6)"
PUBLISHER = "wmd"

_YEAR = re.compile(r"(?:19|20)\d\d")
_PRODUCTION = re.compile(r"(?i)production ((?:19|20)\d\d)")
_RANK = re.compile(r"(?i)rank (?:19|20)\d\d")
_SOURCES = re.compile(r"(?i)(?:sources? of data|data sources?)")
_BESIDE = re.compile(r"(?i)iso\W?\d?|.*code|n[or]\.?|continent|region|(?:foot)?notes?|column \(\d+\)")
"""Columns that may stand beside those of chapter 6.4."""

_GROUP = re.compile(r"(?i)continents?|political stability|.*\b(?:groups?|blocks?|development|income)\b.*")
_OF_ALL_MINERALS = re.compile(
    r"(?i)(?:total|rank|share|iron|(?:non-)?ferrous|ferro|precious|industrial|(?:mineral )?fuels?)\b.*"
)
_AFTER_LAST_YEAR = 2


class _Chapter(NamedTuple):
    """Which chapter a sheet is of, and its columns: of names, of units, of the sources, and of each year.

    The names are places; in chapter 6.6 minerals.
    """

    number: str
    names: str
    unit: str
    sources: str
    years: Mapping[str, int]


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    for raw in tables:
        if not raw.sheet:
            return f"{raw.name}: expected an Excel workbook"
        if _chapter(raw) is None:
            return f"{raw.name}: {_lacks(raw)}"
    chapters = [chapter for raw in tables if (chapter := _chapter(raw)) and chapter.years]
    ends = {max(chapter.years.values()) for chapter in chapters}
    if len(ends) > 1 and _overlap(chapters):
        return f"the sheets end in different years: {', '.join(map(str, sorted(ends)))}"
    return None


def _overlap(chapters: Sequence[_Chapter]) -> bool:
    """Whether ranges of years that end differently have years in common; files of a range each have none."""
    ranges = sorted({(min(chapter.years.values()), max(chapter.years.values())) for chapter in chapters})
    return any(later <= last for (_, last), (later, _) in itertools.pairwise(ranges))


def _chapter(raw: RawTable) -> _Chapter | None:
    """The chapter that the header of a sheet is of, if it is of one."""
    readers = (_of_producers, _of_countries, _of_shares, _of_groups, _of_all_minerals)
    return next((found for reader in readers if (found := reader(raw))), None)


def _years(raw: RawTable) -> dict[str, int]:
    return {name: int(name) for name in raw.header[1:] if _YEAR.fullmatch(name)}


def _of_producers(raw: RawTable) -> _Chapter | None:
    """The sheet of a country: what it is called tells it from that of a mineral."""
    if len(raw.header) < 3 or raw.header[1].lower() != "unit" or not _years(raw):
        return None
    if not known_place(raw.sheet.strip(), PUBLISHER).place:
        return None
    return _Chapter("6.6", raw.header[0], raw.header[1], _sources(raw), _years(raw))


def _sources(raw: RawTable) -> str:
    return next((name for name in raw.header if _SOURCES.fullmatch(name)), "")


def _of_countries(raw: RawTable) -> _Chapter | None:
    named = {name.lower(): name for name in reversed(raw.header)}
    if not {"country", "unit"} <= named.keys() or not _years(raw) or not _sources(raw):
        return None
    known = {named["country"], named["unit"], _sources(raw), *_years(raw)}
    if not all(name in known or _BESIDE.fullmatch(name) for name in raw.header):
        return None  # another table of countries, as of several minerals
    return _Chapter("6.4", named["country"], named["unit"], _sources(raw), _years(raw))


def _of_shares(raw: RawTable) -> _Chapter | None:
    named = {name.lower(): name for name in raw.header}
    years = {name: int(found[1]) for name in raw.header if (found := _PRODUCTION.fullmatch(name))}
    ranked = any(map(_RANK.fullmatch, raw.header))
    if not {"country", "unit"} <= named.keys() or len(years) != 1 or not ranked:
        return None
    return _Chapter("6.5", named["country"], named["unit"], "", years)


def _of_groups(raw: RawTable) -> _Chapter | None:
    if len(raw.header) < 3 or not _GROUP.fullmatch(raw.header[0]) or raw.header[1].lower() != "unit":
        return None
    return _Chapter("6.3", raw.header[0], raw.header[1], "", _years(raw)) if _years(raw) else None


def _of_all_minerals(raw: RawTable) -> _Chapter | None:
    told = any("world mineral production" in line.lower() for line in raw.above)
    rest = [name for name in raw.header if name.lower() != "country"]
    if not told or len(rest) != len(raw.header) - 1 or not all(map(_OF_ALL_MINERALS.fullmatch, rest)):
        return None
    names = next(name for name in raw.header if name.lower() == "country")
    return _Chapter("6.1", names, "", "", {})


def _lacks(raw: RawTable) -> str:
    if [name.lower() for name in raw.header[:2]] != ["country", "unit"] or not _years(raw):
        return f"expected the columns Country, unit and years; found {', '.join(raw.header[:4])}"
    return "no column 'Sources of data'"


# Reading --------------------------------------------------------------------------------------------------


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the sheets of one yearbook; a blank cell is a figure that the yearbook does not have."""
    found = [(raw, chapter, _reasons(raw, chapter)) for raw in tables if (chapter := _chapter(raw))]
    used = [(raw, chapter) for raw, chapter, _ in found if chapter.years]
    read = [_cells(*sheet) for sheet in found if sheet[1].years]
    cells = pd.concat([_EMPTY, *read], ignore_index=True)
    cells = cells.assign(**_minerals(cells["commodity"], answers), **_values(cells, answers))
    cells, again, problems = _once(cells)
    last = max((year for _, chapter in used for year in chapter.years.values()), default=None)
    left_out = [item for raw, _, reasons in found for item in _left_out(raw, reasons)]
    return assemble(
        cells,
        Origin(
            "wmd",
            "undated" if last is None else str(last + _AFTER_LAST_YEAR),
            PUBLISHER,
            _headers(used),
            answers=answers,
        ),
        RowAccount(
            rows_read=sum(len(raw.frame) for raw in tables),
            ignored=[*left_out, *again],
            problems=[*problems, *([] if used else _nothing(tables))],
        ),
    )


def _headers(used: Sequence[tuple[RawTable, _Chapter]]) -> dict[str, str]:
    """What a problem calls the columns."""
    swapped = bool(used) and all(chapter.number == "6.6" for _, chapter in used)
    if swapped:
        return {"place": "sheet", "mineral": used[0][1].names, "unit": "unit"}
    return {"place": "Country", "mineral": "sheet", "unit": "unit"}


_COLUMNS = {
    "file": "string", "row": "int64", "column": "string", "commodity": "string", "measure": "string",
    "printed_measure": "string", "printed_name": "string", "printed_unit": "string",
    "printed_value": "string", "note": "string", "year": "int64", "chapter": "string",
}  # fmt: skip
_EMPTY = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _COLUMNS.items()})


def _reasons(raw: RawTable, chapter: _Chapter) -> dict[str, pd.Series]:
    """The rows that are not read, by reason; a row has one reason."""
    names = clean_column(raw.frame[chapter.names])
    if chapter.number == "6.1":
        return {"all minerals together (chapter 6.1)": names.notna()}
    without = np.logical_and.reduce([is_blank(raw.frame[column]) for column in chapter.years])
    no_unit = is_blank(raw.frame[chapter.unit])
    unknown = [text for text in names.unique() if not known_place(text, PUBLISHER).place]
    note = without & no_unit & (names != "") & names.isin(unknown)
    blank = (names == "") & without
    if chapter.number == "6.3":
        return {"blank row": blank, "a group of countries": ~blank & ~names.str.lower().isin(_TOTAL)}
    if chapter.number == "6.5":
        return {"blank row": blank, "sums of the columns, without a country": ~blank & (names == "")}
    if chapter.number == "6.6":
        sums = names.str.lower().str.startswith(_TOTAL)
        lines = without & no_unit & ~blank & ~sums
        return {"blank row": blank, "a sum of unlike minerals": sums, "a line above minerals": lines}
    return {"blank row": blank, "a note": note.astype(bool)}


_TOTAL = ("total", "world", "world total")


def _left_out(raw: RawTable, reasons: dict[str, pd.Series]) -> Iterator[Ignored]:
    for reason, rows in reasons.items():
        yield from ignored_rows(raw.name, rows, reason)


def _cells(raw: RawTable, chapter: _Chapter, reasons: dict[str, pd.Series]) -> pd.DataFrame:
    """One line for each year of the rows without a reason; the sheet's name is the mineral, or the place."""
    rows = raw.frame[~np.logical_or.reduce(list(reasons.values()))]
    values = pd.concat([rows[column] for column in chapter.years])
    rows = rows.loc[values.index]
    named = constant(raw.sheet, rows.index), rows[chapter.names]
    minerals, places = named if chapter.number != "6.6" else named[::-1]
    cells = {
        "commodity": minerals,
        "printed_measure": by_text(minerals, lambda text: f"Production, {text.strip()}"),
        "printed_name": places,
        "printed_unit": rows[chapter.unit],
        "printed_value": values,
        "note": rows[chapter.sources] if chapter.sources else constant("", rows.index),
    }
    each = len(rows) // len(chapter.years)
    return pd.DataFrame(
        {
            **{name: column.array for name, column in cells.items()},
            "file": raw.name,
            "row": rows.index,
            "measure": Measure.PRODUCTION.value,
            "chapter": chapter.number,
            "column": np.repeat(list(chapter.years), each),
            "year": np.repeat(list(chapter.years.values()), each),
        }
    )


def _nothing(tables: Sequence[RawTable]) -> list[Problem]:
    """What is said of files of which no figure is of one mineral."""
    return [
        Problem(
            severity=Severity.ERROR,
            rule="no figure of one mineral",
            message="chapter 6.1 adds up unlike minerals; none of its figures is of one mineral.",
            remedy="Use chapter 6.4 of the same yearbook, which has a sheet for each mineral.",
            file=tables[0].name,
        )
    ]


# Sheets say what is weighed: "Chromium (Cr2O3)", "Rare Earths (REO)", "Iron (Fe)", "Beryllium (conc.)".
_WEIGHED = re.compile(r"(.*\S)\s*\(([A-Z][A-Za-z0-9]*|conc\.)\)\s*")
_ELEMENT = re.compile(r"[A-Z][a-z]?")


def _minerals(sheets: pd.Series, answers: Answers) -> dict[str, pd.Series]:
    """The `mineral` that each sheet is named after, and the `basis` if the name says one."""
    split = clean_column(sheets).str.extract(_WEIGHED)
    whole = answers.read_minerals(sheets, PUBLISHER)
    basis = by_distinct(split[1].fillna("").to_frame(), _basis)
    return {
        "mineral": whole.fillna(answers.read_minerals(split[0], PUBLISHER)),
        "basis": basis.mask(whole.notna(), Basis.UNDEFINED.value),
    }


def _basis(formula: str) -> str:
    if formula in list(Basis):
        return formula
    if formula == "conc.":
        return Basis.GROSS.value
    return Basis.CONTENT.value if _ELEMENT.fullmatch(formula) else Basis.UNDEFINED.value


# Sources of data: words until 2025, the letters r, p and e later.
_ESTIMATE = r"(?i)estimate|^\s*e\s*$"
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")


def _values(cells: pd.DataFrame, answers: Answers) -> dict[str, pd.Series]:
    """Value, bounds and status; the sources say which are estimates.

    A comma in a text is refused: the publisher prints none between thousands, it would be a decimal comma.
    """
    printed = points.as_said(cells, "printed_value", PUBLISHER, answers)
    values = figures(by_text(printed, lambda text: _SPACES.sub("", text)))
    values["known"] &= ~printed.str.contains(",", regex=False)
    estimate = cells["note"].str.contains(_ESTIMATE, regex=True) & values["value"].notna()
    published = values["status"] == Status.AS_PUBLISHED.value
    values["status"] = values["status"].mask(estimate & published, Status.ESTIMATED.value)
    return {str(name): values[name] for name in values}


# Chapters beside each other -------------------------------------------------------------------------------

_FIGURE = ["mineral", "_place", "_detail", "year"]
_ORDER = {"6.4": 0, "6.6": 1, "6.5": 2, "6.3": 3}
"""Which chapter counts where several have a figure: the least number."""


def _once(cells: pd.DataFrame) -> tuple[pd.DataFrame, list[Ignored], list[Problem]]:
    """The cells without those that a chapter before has; a warning for each file where two differ."""
    if cells["chapter"].nunique() < 2:
        return cells, [], []
    places = read_places(cells["printed_name"], PUBLISHER)
    keyed = cells.assign(
        _place=places["place"], _detail=places["detail"].fillna(""), _order=cells["chapter"].map(_ORDER)
    )
    main = keyed.sort_values("_order", kind="stable").drop_duplicates(_FIGURE)
    main = main[[*_FIGURE, "value", "_order", "chapter"]].set_axis(
        [*_FIGURE, "_main", "_least", "_first"], axis="columns"
    )
    joined = keyed.merge(main, "left", _FIGURE).set_axis(cells.index)
    again = (joined["_order"] > joined["_least"]) & keyed["_place"].notna() & keyed["mineral"].notna()
    differ = again & cells["value"].notna() & joined["_main"].notna() & (cells["value"] != joined["_main"])
    whole = again.groupby([cells["file"], cells["row"]], sort=False).transform("all")
    rows = cells[whole].assign(_first=joined["_first"]).drop_duplicates(["file", "row"])
    ignored = [
        Ignored(file=str(file), reason=f"chapter {first} has it, too", count=len(part))
        for (file, first), part in rows.groupby(["file", "_first"], sort=False)
    ]
    problems = [*_differences(cells.assign(_first=joined["_first"])[differ])]
    return cells[~again].reset_index(drop=True), ignored, problems


def _differences(cells: pd.DataFrame) -> Iterator[Problem]:
    for (file, chapter), part in cells.groupby(["file", "_first"], sort=False):
        first = part.iloc[0]
        yield Problem(
            severity=Severity.WARNING,
            rule="chapters differ",
            message=f"{count(len(part), 'figure')} of {first['printed_measure']} "
            f"{'differs' if len(part) == 1 else 'differ'} from chapter {chapter}, which is read.",
            remedy="Look at both chapters which one is right.",
            file=str(file),
            row=int(first["row"]),
            column=str(first["column"]),
            printed=str(first["printed_value"]),
        )
