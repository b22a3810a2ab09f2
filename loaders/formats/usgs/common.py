"""What the USGS Mineral Commodity Summaries print, in our words: shared by the three layouts.

A layout turns its tables into cells, one line per row and value column; `observations` reads the cells.
The wording is read with the tables `knowledge/usgs_*.csv`, by distinct text, first match wins.
"""

from __future__ import annotations

import re

import pandas as pd

from loaders.formats.refusing import Check, Reading, Refusal, by_distinct, ignored_rows, refuse, scaled
from loaders.knowledge import rules
from loaders.model import OBSERVATION_COLUMNS
from loaders.names import read_minerals, read_places
from loaders.report import Ignored, Problem
from loaders.units import read_units
from loaders.values import clean_column, read_values
from loaders.vocabulary import Basis, Measure, ReserveClass, Scheme, Status

DATASET = "usgs-mcs"

FILE_NAME = "file name"
"""The namespace of a table that says its commodity in its file name only, in words of the user's."""

CELL_COLUMNS = (
    "file",
    "row",
    "column",  # the header of the value column, as printed
    "namespace",  # whose names `chapter` is one of: usgs-file (codes), usgs, or FILE_NAME
    "chapter",
    "name",  # the country as printed
    "words",  # the TYPE or Statistics_detail as printed
    "qualifier",  # words inside the column header: Sponge, ore
    "context",  # the title of the section, 2026 only
    "heading",  # the unit line of the chapter, 2026 only
    "kind",  # production, capacity or reserves
    "year",
    "unit",
    "value",
    "estimated",  # the column header says so
    "note",
    "blank_is_zero",
)


def observations(
    cells: pd.DataFrame, edition: str, *, rows_read: int, ignored: list[Ignored], warnings: list[Problem]
) -> Reading:
    """Read the cells of one edition: names, units, values, statuses, measures, bases.

    `cells` has `CELL_COLUMNS`. A cell that cannot be read is refused with a problem, its row with it;
    columns that are blank for a whole commodity are absent, and counted as such.
    """
    absent = _absent(cells)
    ignored = ignored + _rows_without_figures(cells, absent)
    cells = cells[~absent].reset_index(drop=True)
    names = _names(cells)
    values = _values(cells)
    units = read_units(cells["unit"], "usgs")
    refusal = _refusals(cells, names, values, units)
    found = _observation_table(cells, edition, names, values, units)
    found = _mark_including_rows(found)
    return Reading(
        dataset=DATASET,
        edition=edition,
        observations=found[~refusal.mask].reset_index(drop=True),
        problems=warnings + refusal.problems,
        ignored=ignored,
        rows_read=rows_read,
        rows_refused=len(cells.loc[refusal.mask, ["file", "row"]].drop_duplicates()),
        cells_absent=int(absent.sum()),
        cells_refused=int(refusal.mask.sum()),
    )


def _absent(cells: pd.DataFrame) -> pd.Series:
    """Whether a value column is blank for every row of its commodity and type."""
    blank = cells["value"].str.strip() == ""
    series = [cells[name] for name in ("file", "chapter", "words", "column")]
    told = clean_column(cells["note"]).str.fullmatch(_NOTE_INSTEAD_OF_VALUE)
    return (blank & ~told).groupby(series, sort=False).transform("all")


_NOTE_INSTEAD_OF_VALUE = (
    r"(?i:na|xx|w|w for .*|less than .*|(?:very )?(?:large|small|moderate)(?: to large)?"
    r"|included (?:in|with) .*|na \(reserve.*)"
)


def _rows_without_figures(cells: pd.DataFrame, absent: pd.Series) -> list[Ignored]:
    empty = absent.groupby([cells["file"], cells["row"]], sort=False).all()
    return [
        found
        for file, part in empty.groupby(level=0, sort=False)
        for found in ignored_rows(str(file), part, "no figure in any column of this commodity and type")
    ]


def _names(cells: pd.DataFrame) -> pd.DataFrame:
    """Columns `mineral` (of the chapter, NA if unknown), `place`, `place_detail`, `name_estimated`."""
    places = read_places(cells["name"], "usgs")
    minerals = pd.Series(pd.NA, index=cells.index, dtype="string")
    for namespace, part in cells.groupby("namespace", sort=False):
        minerals.loc[part.index] = read_minerals(part["chapter"], str(namespace)).astype("string")
    return pd.DataFrame(
        {
            "mineral": minerals,
            "place": places["place"],
            "place_detail": places["detail"],
            "name_estimated": places["estimated"],
        }
    )


def _values(cells: pd.DataFrame) -> pd.DataFrame:
    """Value, bounds and status of each cell in the printed unit, with what the notes say of it."""
    blank = cells["value"].str.strip() == ""
    values = read_values(cells["value"].where(~blank, _note_as_value(cells)))
    elsewhere = _included_elsewhere(cells["note"])
    zero = blank & ~values["known"] & cells["blank_is_zero"] & ~elsewhere
    values.loc[zero, "value"] = 0.0
    values.loc[zero, "status"] = Status.AS_PUBLISHED.value
    missing = blank & ~values["known"] & ~zero
    values.loc[missing, "status"] = Status.NOT_AVAILABLE.value
    values["known"] = values["known"] | blank
    small = values["value"].isna() & cells["note"].str.contains(_HALF_UNIT, regex=True)
    values.loc[small, ["lower", "upper"]] = (0.0, 0.5)
    values.loc[small, "status"] = Status.NOT_SIGNIFICANT.value
    elsewhere &= values["value"].isna() & values["lower"].isna()
    values.loc[elsewhere, "status"] = Status.INCLUDED_ELSEWHERE.value
    return values


def _note_as_value(cells: pd.DataFrame) -> pd.Series:
    """The text that stands in the note for an empty cell ('NA', 'W for 23-24', 'na for 2023')."""
    note = clean_column(cells["note"])
    other_year = note.str.extract(r"(?i)^(?:na|w) for (\d{4})$")[0]
    applies = other_year.isna() | (other_year == cells["year"].astype("string"))
    word = note.str.extract(r"(?i)^(na|w|xx)(?: for .*| \(reserve.*)?$")[0].str.upper()
    return word.fillna(note.where(note.str.fullmatch(_NOTE_INSTEAD_OF_VALUE), "")).where(applies, "")


def _included_elsewhere(note: pd.Series) -> pd.Series:
    """Whether a note says that the row is counted in another row."""
    return note.str.contains(_INCLUDED, regex=True)


_HALF_UNIT = r"(?i)less than (?:½|1/2) ?unit"
_INCLUDED = r"(?i)(?:^|-- )included (?:in|with) |data are included with"


def _refusals(cells: pd.DataFrame, names: pd.DataFrame, values: pd.DataFrame, units: pd.DataFrame) -> Refusal:
    """The cells that cannot be read, and a problem for each distinct cause."""
    no_mineral, file_name = names["mineral"].isna(), cells["namespace"] == FILE_NAME
    return refuse(
        cells,
        [
            Check("unknown place", names["place"].isna(), "name", "Country"),
            Check("unknown mineral", no_mineral & ~file_name, "chapter", "commodity"),
            Check("no commodity", no_mineral & file_name, "file", "file name"),
            Check("unknown unit", units["unit"].isna(), "unit", "unit"),
            Check("unreadable value", ~values["known"], "value", None),
        ],
        publisher="usgs",
    )


def _observation_table(
    cells: pd.DataFrame, edition: str, names: pd.DataFrame, values: pd.DataFrame, units: pd.DataFrame
) -> pd.DataFrame:
    mineral = _split_minerals(cells, names["mineral"])
    measure = _measures(cells)
    reserves = measure == Measure.RESERVES.value
    factor = units["factor"]
    found = pd.DataFrame(
        {
            "dataset": DATASET,
            "edition": edition,
            "mineral": mineral,
            "detail": _details(cells, names["place_detail"]),
            "place": names["place"],
            "measure": measure,
            "year": cells["year"],
            "value": scaled(values["value"], factor),
            "lower": scaled(values["lower"], factor),
            "upper": scaled(values["upper"], factor),
            "unit": units["unit"],
            "basis": _bases(cells, mineral, measure),
            "class": reserves.map(
                {True: ReserveClass.RESERVE.value, False: ReserveClass.NOT_APPLICABLE.value}
            ),
            "scheme": reserves.map({True: Scheme.USGS_C831.value, False: Scheme.NOT_APPLICABLE.value}),
            "status": _statuses(cells, values, names["name_estimated"]),
            "printed_value": cells["value"],
            "printed_unit": cells["unit"],
            "printed_name": cells["name"],
            "printed_measure": cells["words"],
            "note": cells["note"],
            "file": cells["file"],
            "row": cells["row"],
            "column": cells["column"],
            "correction": "",
        }
    )
    return found.astype({**OBSERVATION_COLUMNS, "year": "Int64"}).astype({"year": "int64"})


def _statuses(cells: pd.DataFrame, values: pd.DataFrame, name_estimated: pd.Series) -> pd.Series:
    """Marks numbers and bounds as estimated where column, name, type or note says so; a zero is a zero."""
    notes = _note_marks(cells)
    stated = (cells["estimated"] | name_estimated | cells["words"].str.contains("estimated")) & (
        cells["kind"] != "reserves"
    )
    estimated = (stated | (notes == "estimated")) & (notes != "reported")
    number = (values["status"] == Status.AS_PUBLISHED.value) & (values["value"] != 0)
    return values["status"].mask(number & estimated, Status.ESTIMATED.value)


def _note_marks(cells: pd.DataFrame) -> pd.Series:
    """'estimated', 'reported' or '' for each cell, by its distinct pairs of note and year."""
    pairs = cells["note"] + "\x1f" + cells["year"].astype("string")
    codes, distinct = pd.factorize(pairs)
    marks = pd.array([_note_mark(*str(pair).rsplit("\x1f", 1)) for pair in distinct], dtype="string")
    return pd.Series(marks.take(codes), index=cells.index)


_REPORTED = re.compile(r"re(?:port|prot)ed(?: (?:production|quantity|data))?(?: (?:in|for) (\d{4}))?", re.I)
_ESTIMATED = re.compile(
    r"(?:also )?estimated(?: (?:in|for))?(?: (\d{4})| both years)?(?: also)?"
    r"|estimated (?:based|from|capacity|amount).*"
    r"|production(?: data)? in (\d{4}) (?:is|were) also estimated|estimated rhenium .*",
    re.I,
)


def _note_mark(note: str, year: str) -> str:
    marks = [
        mark for clause in re.split(r"\s*--\s*|[.,;](?:\s+|$)", note) for mark in _clause_marks(clause, year)
    ]
    return next((mark for mark in ("reported", "estimated") if mark in marks), "")


def _clause_marks(clause: str, year: str) -> list[str]:
    for mark, pattern in (("reported", _REPORTED), ("estimated", _ESTIMATED)):
        match = pattern.fullmatch(clause.strip())
        if match:
            years = [group for group in match.groups() if group]
            return [mark] if not years or year in years else []
    return []


def _split_minerals(cells: pd.DataFrame, chapter: pd.Series) -> pd.Series:
    """The mineral of each cell, where a chapter holds several."""
    texts = pd.DataFrame(
        {
            "chapter": chapter.fillna(""),
            "column": cells["kind"],
            "place": clean_column(cells["name"]),
            "words": _own_words(cells),
            "note": clean_column(cells["note"]).str.slice(0, 40),
        }
    )
    return by_distinct(texts, _split).fillna(chapter)


def _split(chapter: str, column: str, place: str, words: str, note: str) -> str | None:
    texts = {"column": column, "place": place, "words": words, "note": note}
    for rule in rules("usgs_splits"):
        if rule["chapter"] == chapter and all(re.search(rule[name], texts[name], re.I) for name in texts):
            return rule["mineral"]
    return None


def _own_words(cells: pd.DataFrame) -> pd.Series:
    """What the row says of itself, or the words in the column header where it has any."""
    return clean_column(cells["qualifier"].where(cells["qualifier"] != "", cells["words"]))


def _measures(cells: pd.DataFrame) -> pd.Series:
    texts = pd.DataFrame(
        {
            "kind": cells["kind"],
            "words": clean_column(cells["words"]),
            "context": clean_column(cells["context"]),
        }
    )
    return by_distinct(texts, _measure)


def _measure(kind: str, words: str, context: str) -> str:
    """The words decide; where they name no stage, the section title does."""
    measure = ""
    for text in (words, context):
        measure = next(
            rule["measure"]
            for rule in rules("usgs_measures")
            if rule["column"] == kind and re.search(rule["words"], text, re.I)
        )
        if measure != Measure.PRODUCTION.value or "natural and synthetic" in text:
            break
    return measure


def _bases(cells: pd.DataFrame, mineral: pd.Series, measure: pd.Series) -> pd.Series:
    """What the tonnes are tonnes of, from the most specific words that say so.

    For reserves in the older layouts the note on the reserves outranks the type, which speaks of
    production; the 2026 layout has a detail text of its own for reserves. Where most rows of a table
    name one basis and a row says less, it takes theirs: in 2025 the cobalt row of the United States
    reads 'Mine production' among rows of 'Mine production, cobalt content'.
    """
    note = clean_column(cells["note"].str.replace(_AUSTRALIA, "", regex=True))
    own, words = clean_column(cells["qualifier"]), clean_column(cells["words"])
    note_first = (cells["kind"] == "reserves") & (cells["context"] == "")
    table = [cells["file"], cells["year"], mineral, measure]
    texts = pd.DataFrame(
        {
            "0": own,
            "1": note.where(note_first, words),
            "2": _said_of_all(note, table).where(note_first, ""),
            TYPE_LEVEL: words.where(note_first, note),
            "4": clean_column(cells["context"]),
            "5": clean_column(cells["heading"]),
        }
    )
    found = by_distinct(texts, _basis).str.extract(r"(?P<level>\S+) (?P<basis>.+)")
    basis = _agree(found, table)
    by_type = note_first & (found["level"] == TYPE_LEVEL) & (basis == found["basis"])
    return basis.mask(by_type & _contradicted(cells["note"], basis, table), Basis.UNDEFINED.value)


TYPE_LEVEL = "3"
"""The level of the type text where a figure of reserves is asked about, which speaks of production."""

_AUSTRALIA = r"(?i:(?:for )?Australia, Joint Ore Reserves Committee.*?(?= -- |$))"
"""This note states a second figure, whose basis need not be that of the printed value."""


def _said_of_all(note: pd.Series, table: list[pd.Series]) -> pd.Series:
    """The note of a table that speaks of its whole column: "Gross weight for reserves data" (2025)."""
    spoken = note.where(note.str.contains(r"\bfor reserves? data\b", case=False, regex=True))
    return spoken.groupby(table).transform("first").fillna("")


def _contradicted(note: pd.Series, basis: pd.Series, table: list[pd.Series]) -> pd.Series:
    """Whether a second figure in the notes of a table is a gross weight and the type is none, or vice versa.

    Then nobody says of what the reserves are: the type of zirconium 2024 reads 'mine production, gross
    weight', and its reserves are compared with some 'of ZrO2 content'.
    """
    second = clean_column(note.str.extract(f"({_AUSTRALIA})")[0].fillna(""))
    named = by_distinct(second.to_frame(), _basis).str.split(" ").str[1]
    other = named.ne(Basis.UNDEFINED.value) & (named.eq(Basis.GROSS.value) != basis.eq(Basis.GROSS.value))
    return other.groupby(table).transform("any")


def _basis(*texts: str) -> str:
    """The level of the first text that names a basis (0 is the most specific), and the basis."""
    found = (
        f"{level} {rule['basis']}"
        for level, text in enumerate(texts)
        for rule in rules("usgs_bases")
        if text and re.search(rule["words"], text, re.I)
    )
    return next(found, f"{len(texts)} {Basis.UNDEFINED.value}")


def _agree(found: pd.DataFrame, keys: list[pd.Series]) -> pd.Series:
    """Lift the rows that say less to the basis that most rows of their table name at a better level."""
    best = found["level"].groupby(keys).transform("min")
    named = found["basis"].where(found["level"] == best)
    groups = named.groupby(keys)
    agreed = (groups.transform("nunique") == 1) & (groups.transform("count") * 2 > groups.transform("size"))
    return found["basis"].mask(agreed, groups.transform("first"))


def _details(cells: pd.DataFrame, place_detail: pd.Series) -> pd.Series:
    """The publisher's words that narrow a row: beside the country, or after the colon of the detail."""
    words = clean_column(cells["words"]).where(cells["context"] != "", "")
    after = words.str.extract(r"(?::|—)\s*(.*)$")[0].fillna("")
    sentence = words.where(words.str.len() > 60, "")
    return place_detail.fillna("").where(place_detail.fillna("") != "", after.where(after != "", sentence))


def _mark_including_rows(found: pd.DataFrame) -> pd.DataFrame:
    """Give status W to the numbers that other rows say they are counted in (domain: K names its W)."""
    elsewhere = found[found["status"] == Status.INCLUDED_ELSEWHERE.value]
    if elsewhere.empty:
        return found
    said = (elsewhere["printed_value"] + " " + elsewhere["note"]).str.extract(
        r"(?i)included (?:in|with) [“\"']?(world total|other countries|ilmenite|platinum)"
    )[0]
    target = elsewhere[["file", "measure", "year", "place", "mineral"]].assign(said=said.str.lower())
    target["place"] = target["said"].map(_PLACE_THAT_INCLUDES).fillna(target["place"])
    target["mineral"] = target["said"].map(_MINERAL_THAT_INCLUDES).fillna(target["mineral"])
    keys = ["file", "measure", "year", "place", "mineral"]
    including = pd.MultiIndex.from_frame(found[keys]).isin(pd.MultiIndex.from_frame(target[keys]))
    number = found["value"].notna() | found["lower"].notna()
    return found.assign(status=found["status"].mask(including & number, Status.INCLUDES_OTHER.value))


_PLACE_THAT_INCLUDES = {"world total": "WLD", "other countries": "OTH"}
_MINERAL_THAT_INCLUDES = {"ilmenite": "ilmenite", "platinum": "platinum-group-metals"}


def edition_of(years: pd.Series) -> str:
    """The edition is the year after the latest year of its production or capacity columns."""
    return str(int(years.max()) + 1)
