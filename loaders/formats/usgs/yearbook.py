"""USGS Minerals Yearbook: the tables of world production in the workbook of a chapter.

A title such as "COBALT: WORLD MINE PRODUCTION, BY COUNTRY OR LOCALITY" says mineral and stage, the line below
it the unit and what is weighed; a title that names two stages says none. To the right of each year, or at it,
stand letters and numbers of footnotes: e for an estimate, r for revised. Between the rows a country with a
colon heads the parts of its own total, which are left out where the total is printed; a mineral with a colon
heads the rows of its own. Other tables of the chapter, on the United States, are left out, and so is a table
with two panels of the same years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.files.table import RawTable
from loaders.formats import points
from loaders.formats.heads import headed
from loaders.formats.observations import Origin, Reading, RowAccount, assemble, figures
from loaders.names import find_mineral, read_minerals, read_places
from loaders.report import Ignored, Problem
from loaders.units import read_units
from loaders.values import clean
from loaders.vocabulary import WORLD, Basis, Measure, Severity, Status

NAME = "USGS Minerals Yearbook, world production"
PUBLISHER = "usgs"

_YEAR = re.compile(r"(?:19|20)\d\d\s?(?P<mark>[epr]?)")
_TITLE = re.compile(r"(?i)(?P<mineral>[^:]+):\s*(?:estimated )?(?P<stage>world .*production.*)")
_COUNTRY = re.compile(r"(?i)country(?: or (?:locality|area|territory))?(?: and .*)?[\s\d,]*")
_NOTES = re.compile(r"(?i)(?:[erp]\s?(?:estimated|revised|preliminary)|w withheld|-- zero|xx not|na not).*")
_TOTAL = re.compile(r"(?i)(?:sub|grand )?total,?[e\s\d,]*")
_BASES = (
    (re.compile(r"(?i)rare[- ]earth[- ]oxide"), Basis.REO),
    (re.compile(r"(?i)\bcontent\b"), Basis.CONTENT),
    (re.compile(r"(?i)gross weight"), Basis.GROSS),
)
_STAGES = ("mine", "refinery", "smelter", "plant", "primary", "secondary")
_TWO_STAGES = re.compile(rf"(?i)\b(?:{'|'.join(_STAGES)})(?:,| and| or) (?:{'|'.join(_STAGES)})\b")


class _World(NamedTuple):
    """A table of world production: its title and unit, and the column of letters right of each year."""

    raw: RawTable
    title: str
    unit: str
    years: dict[str, str]


class _Row(NamedTuple):
    """What a row is: why it is left out, or else its place, mineral heading and words."""

    number: int
    left_out: str = ""
    place: str | None = None
    heading: str = ""
    detail: str = ""


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    if not all(raw.sheet for raw in tables):
        return "expected the Excel workbook of a chapter"
    if not any(map(_world, tables)):
        return "expected a title such as 'COBALT: WORLD MINE PRODUCTION, BY COUNTRY' over columns of years"
    return None


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the tables of world production; the last year names the edition."""
    found = [(raw, _world(raw)) for raw in tables]
    worlds = [world for _, world in found if world and not _has_panels(world)]
    problems = [_panels_problem(world) for _, world in found if world and _has_panels(world)]
    rows = [(world, _rows(world)) for world in worlds]
    cells = pd.concat([_EMPTY, *(_cells(world, lines) for world, lines in rows)], ignore_index=True)
    values = figures(points.as_said(cells, "read_value", PUBLISHER, answers))
    estimate = cells["flag"].str.contains(r"(?:^|[\s,])e(?:$|[\s,])", regex=True)
    published = values["status"] == Status.AS_PUBLISHED.value
    values["status"] = values["status"].mask(
        estimate & published & values["value"].ne(0), Status.ESTIMATED.value
    )
    years = [int(year[:4]) for world in worlds for year in world.years]
    headers = {"place": "Country", "mineral": "title", "unit": "line above the table"}
    return assemble(
        cells.assign(**{str(name): values[name] for name in values}),
        Origin("usgs-myb", str(max(years)) if years else "undated", PUBLISHER, headers, answers=answers),
        RowAccount(
            sum(len((world.raw if world else raw).frame) for raw, world in found),
            [*(item for world, lines in rows for item in _left_out(world, lines)), *_other_tables(found)],
            problems,
        ),
    )


# Tables -----------------------------------------------------------------------------------------------------


def _world(raw: RawTable) -> _World | None:
    """The table of world production of a sheet, if it has one."""
    table = headed(
        raw,
        lambda cells: bool(_COUNTRY.fullmatch(cells[0].strip())) and any(map(_is_year, cells)),
        lambda above: any(map(_is_title, above)),
    )
    if table is None:
        return None
    title = next(filter(_is_title, table.above))
    header = table.header
    years = {
        name: header[place + 1]
        if re.fullmatch(r"column \(\d+\)", "".join(header[place + 1 : place + 2]))
        else ""
        for place, name in enumerate(header)
        if _YEAR.fullmatch(name)
    }
    return _World(table, clean(title), _unit_line(table.above), years)


def _is_title(line: str) -> bool:
    return bool(_TITLE.fullmatch(line.strip()))


def _is_year(text: str) -> bool:
    return bool(_YEAR.fullmatch(re.sub(r" \(\d+\)$", "", text.strip())))


def _unit_line(lines: Sequence[str]) -> str:
    """The line in brackets: "(Metric tons, cobalt content)"."""
    return next((clean(line)[1:-1] for line in reversed(lines) if re.fullmatch(r"\(.+\)", clean(line))), "")


def _has_panels(world: _World) -> bool:
    return any(_is_year(name) and not _YEAR.fullmatch(name) for name in world.raw.header)


def _panels_problem(world: _World) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        rule="table not read",
        message=f"'{world.title}' has two panels with the same years side by side.",
        remedy="Save each panel as a table of its own, or map the sheet.",
        file=world.raw.name,
    )


def _other_tables(found: Sequence[tuple[RawTable, _World | None]]) -> list[Ignored]:
    left = [
        (raw.name, len(raw.frame), "no table of world production") for raw, world in found if world is None
    ]
    left += [
        (raw.name, len(world.raw.frame), "a table with two panels")
        for raw, world in found
        if world and _has_panels(world)
    ]
    return [Ignored(file=file, reason=reason, count=count) for file, count, reason in left if count]


# Rows -------------------------------------------------------------------------------------------------------


def _rows(world: _World) -> list[_Row]:
    """What each row of the table is, from above: parts of a country follow its name with a colon."""
    frame = world.raw.frame
    names = [clean(text) for text in frame.iloc[:, 0]]
    places = read_places(pd.Series(names, dtype="string"), PUBLISHER)
    filled = (frame[list(world.years)].apply(lambda column: column.str.strip()) != "").any(axis="columns")
    repeated = (frame[list(world.years)] == list(world.years)).all(axis="columns")
    found: list[_Row] = []
    country, heading, ended = "", "", False
    for at, number in enumerate(frame.index):
        name, place = names[at], places["place"].iloc[at]
        ended = ended or bool(_NOTES.fullmatch(name))
        if ended or repeated.iloc[at] or not filled.iloc[at]:
            found.append(_Row(number, "blank row, title or note"))
            if not ended and name.endswith(":"):
                country, heading = _after_heading(name, heading)
            continue
        row = _row(number, name, None if pd.isna(place) else str(place), country, heading)
        if country and (_TOTAL.fullmatch(name) or row.detail == ""):
            country = ""
        found.append(row)
    return _without_parts(found)


def _after_heading(name: str, heading: str) -> tuple[str, str]:
    """The country or the mineral that a line with a colon heads; a mineral goes on below a country."""
    bare = name.rstrip(":").strip()
    place = read_places(pd.Series([bare], dtype="string"), PUBLISHER)["place"].iloc[0]
    return ("", bare) if pd.isna(place) else (str(place), heading)


def _row(number: int, name: str, place: str | None, country: str, heading: str) -> _Row:
    """A row with a figure: of a country, a part or the total of the one above, or of the world."""
    if country and _TOTAL.fullmatch(name):
        return _Row(number, "", country, heading)
    if country and (place is None or place == WORLD):
        return _Row(number, "", country, heading, name)
    if _TOTAL.fullmatch(name):
        together = bool(heading) and name.lower().startswith("grand")
        return _Row(number, "a total of several minerals" if together else "", WORLD, heading)
    return _Row(number, "", place, heading)


def _without_parts(rows: Sequence[_Row]) -> list[_Row]:
    """The rows without the parts of a country whose total is printed below them."""
    totals = {(row.place, row.heading) for row in rows if not row.left_out and not row.detail}
    return [
        _Row(row.number, "a part of the total of its country")
        if row.detail and (row.place, row.heading) in totals
        else row
        for row in rows
    ]


def _left_out(world: _World, rows: Sequence[_Row]) -> list[Ignored]:
    reasons = pd.Series([row.left_out for row in rows if row.left_out], dtype="string")
    return [
        Ignored(file=world.raw.name, reason=str(reason), count=int(count))
        for reason, count in reasons.value_counts(sort=False).items()
    ]


# Cells ------------------------------------------------------------------------------------------------------

_TEXTS = (
    "file", "commodity", "mineral", "measure", "printed_measure", "printed_name", "place", "detail",
    "printed_unit", "unit", "basis", "column", "printed_value", "read_value", "flag", "note",
)  # fmt: skip
_EMPTY = pd.DataFrame(
    {
        **{name: pd.Series(dtype="string") for name in _TEXTS},
        **{name: pd.Series(dtype="int64") for name in ("row", "year")},
    }
)


def _cells(world: _World, rows: Sequence[_Row]) -> pd.DataFrame:
    """One line for each row that is read and year."""
    used = [row for row in rows if not row.left_out]
    frame = world.raw.frame.loc[[row.number for row in used]]
    words = _TITLE.fullmatch(world.title)
    assert words is not None
    minerals = {heading: _mineral(words["mineral"], heading) for heading in {row.heading for row in used}}
    stage = next((stage for stage in _STAGES if stage in words["stage"].lower()), "")
    stage = (
        "" if _TWO_STAGES.search(words["stage"]) else stage
    )  # of which of the two a figure is, nothing says
    detail = pd.Series([row.detail for row in used], index=frame.index, dtype="string")
    common = {
        "file": world.raw.name,
        "row": frame.index,
        "commodity": [row.heading or world.title for row in used],
        "mineral": pd.Series([minerals[row.heading] for row in used], index=frame.index, dtype="string"),
        "measure": (Measure(f"{stage}_production") if stage else Measure.PRODUCTION).value,
        "printed_measure": world.title,
        "printed_name": frame.iloc[:, 0],
        "place": pd.Series([row.place for row in used], index=frame.index, dtype="string"),
        "detail": detail,
        "printed_unit": world.unit,
        "unit": _unit(world.unit),
        "basis": next((basis for pattern, basis in _BASES if pattern.search(world.unit)), Basis.UNDEFINED),
    }
    small = _small(world.raw)
    parts = []
    for year, flags in world.years.items():
        mark = _mark(year)
        flag = frame[flags].fillna("") if flags else pd.Series("", index=frame.index, dtype="string")
        flag = flag.map(lambda text, mark=mark: f"{mark} {text}".strip()).astype("string")
        parts.append(
            pd.DataFrame(
                {
                    **common,
                    "column": year,
                    "year": int(year[:4]),
                    "printed_value": frame[year],
                    "read_value": frame[year].map(lambda text: _value(text, small)).astype("string"),
                    "flag": flag,
                    "note": flag.map(_note).astype("string"),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _mineral(title: str, heading: str) -> str | None:
    """The mineral of a heading between the rows, or else of the title."""
    name = pd.Series([clean(heading or title)], dtype="string")
    known = read_minerals(name, PUBLISHER).iloc[0]
    if not pd.isna(known):
        return str(known)
    return find_mineral(clean(title)) if not heading else None


def _unit(line: str) -> str:
    """The unit at the beginning of the line: up to a comma, or to "unless otherwise specified"."""
    for part in (line, line.split(",")[0], re.split(r"(?i) unless | of ", line)[0]):
        if read_units(pd.Series([part], dtype="string"), PUBLISHER)["unit"].notna().iloc[0]:
            return part
    return line


def _small(raw: RawTable) -> set[str]:
    """The numbers of footnotes that say "Less than ½ unit"."""
    notes = (
        re.match(r"\(?(\d{1,2})\)?\s*less than (?:½|1/2) unit", clean(text), re.I)
        for text in raw.frame.iloc[:, 0]
    )
    return {note[1] for note in notes if note}


def _value(text: str, small: set[str]) -> str:
    """A cell in the words of `values.read_value`: `--` is zero, `(5)` what footnote 5 says."""
    cell = clean(text)
    footnote = re.fullmatch(r"\((\d{1,2})\)", cell)
    if footnote and footnote[1] in small:
        return "Less than ½ unit"
    return "—" if cell == "--" else cell


def _mark(header: str) -> str:
    """The letter at a year: 2022e is an estimate."""
    found = _YEAR.fullmatch(header)
    return found["mark"] if found else ""


_LETTERS = {"r": "revised", "p": "preliminary"}


def _note(flag: str) -> str:
    """The letters and numbers beside a figure in words."""
    parts = [part for part in re.split(r"[\s,]+", flag.strip()) if part and part != "e"]
    return ", ".join(_LETTERS.get(part, f"footnote {part}") for part in parts)
