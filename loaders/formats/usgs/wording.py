"""What the words of the USGS summaries mean: mineral, measure, basis, detail.

The wording is read with the tables `knowledge/usgs_*.csv`, by distinct text, first match wins.
"""

from __future__ import annotations

import re

import pandas as pd

from loaders.columns import by_text, constant
from loaders.formats.refusing import by_distinct
from loaders.knowledge import rules
from loaders.values import clean_column
from loaders.vocabulary import Basis, Measure


def split_minerals(cells: pd.DataFrame, chapter: pd.Series) -> pd.Series:
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


def usgs_measures(cells: pd.DataFrame) -> pd.Series:
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


def bases(cells: pd.DataFrame, mineral: pd.Series, measure: pd.Series, beside_place: pd.Series) -> pd.Series:
    """What the tonnes are tonnes of, from the most specific words that say so.

    For reserves in the older layouts the note on the reserves outranks the type, which speaks of
    production; the 2026 layout has a detail text of its own for reserves. Where most rows of a table
    name one basis and a row says less, it takes theirs: in 2025 the cobalt row of the United States
    reads 'Mine production' among rows of 'Mine production, cobalt content'. Where nothing else names one,
    the words `beside_place` do: "Brazil (beneficiated, marketable)".
    """
    note = clean_column(cells["note"].str.replace(_AUSTRALIA, "", regex=True))
    own, words = clean_column(cells["qualifier"]), clean_column(cells["words"])
    note_first = (cells["kind"] == "reserves") & (cells["context"] == "")
    said_of_ore = _said_of_ore(note, words)
    table = [cells["file"], cells["year"], mineral, measure]
    texts = pd.DataFrame(
        {
            0: own,
            1: note.where(note_first, words.where(said_of_ore == "", said_of_ore)),
            2: _said_of_all(note, table).where(note_first, ""),
            TYPE_LEVEL: words.where(note_first, note),
            4: clean_column(cells["context"]),
            5: clean_column(cells["heading"]),
        }
    )
    found = _first_named(texts)
    basis = _agree(found.assign(basis=_agree(found, [*table, words])), table)
    by_type = note_first & (found["level"] == TYPE_LEVEL) & (basis == found["basis"])
    basis = basis.mask(by_type & _contradicted(cells["note"], basis, table), Basis.UNDEFINED.value)
    basis = basis.where(basis != Basis.UNDEFINED.value, _named_beside(beside_place))
    return basis.mask(_not_known(mineral, measure, words, basis), Basis.UNDEFINED.value)


def _said_of_ore(note: pd.Series, words: pd.Series) -> pd.Series:
    """What a note says of the ore, where the row is of ore: "ore reserves are reported in gross weight"."""
    said = note.str.extract(r"(?i)\b(ore reserves are reported in [\w ]+)")[0].fillna("")
    return said.where(words.str.contains(r"(?i)^Reserves: Ore\b"), "")


def _named_beside(place: pd.Series) -> pd.Series:
    """The basis that the words beside the country name."""
    return named_basis(place.fillna("").to_frame())


def _not_known(mineral: pd.Series, measure: pd.Series, words: pd.Series, basis: pd.Series) -> pd.Series:
    """Whether the words of other editions contradict the basis that the words of this one name."""
    texts = pd.DataFrame({"mineral": mineral.fillna(""), "measure": measure, "words": words, "basis": basis})
    return by_distinct(texts, _is_not_known).notna()


def _is_not_known(mineral: str, measure: str, words: str, basis: str) -> str | None:
    rows = (
        rule for rule in rules("usgs_bases_not_known") if (rule["mineral"], rule["basis"]) == (mineral, basis)
    )
    return next(
        (r["note"] for r in rows if re.search(r["measure"], measure) and re.search(r["words"], words, re.I)),
        None,
    )


TYPE_LEVEL = 3
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
    named = named_basis(second.to_frame())
    other = named.ne(Basis.UNDEFINED.value) & (named.eq(Basis.GROSS.value) != basis.eq(Basis.GROSS.value))
    return other.groupby(table).transform("any")


def named_basis(texts: pd.DataFrame) -> pd.Series:
    """The basis that the first column with one names, by row; undefined where none does."""
    return _first_named(texts)["basis"]


def _first_named(texts: pd.DataFrame) -> pd.DataFrame:
    """The `basis` of the first column that names one, and the `level`: the place of that column, from 0."""
    level = pd.Series(len(texts.columns), index=texts.index)
    basis = constant(Basis.UNDEFINED.value, texts.index)
    for place, name in reversed(list(enumerate(texts))):
        named = by_text(texts[name], _basis)
        level, basis = level.mask(named != "", place), basis.mask(named != "", named)
    return pd.DataFrame({"level": level, "basis": basis})


def _basis(text: str) -> str:
    """The basis that a text names, or nothing."""
    named = (rule["basis"] for rule in rules("usgs_bases") if re.search(rule["words"], text, re.I))
    return next(named, "") if text else ""


def _agree(found: pd.DataFrame, keys: list[pd.Series]) -> pd.Series:
    """Lift the rows that say less to the basis that most rows of their table name at a better level."""
    best = found["level"].groupby(keys).transform("min")
    named = found["basis"].where(found["level"] == best)
    groups = named.groupby(keys)
    agreed = (groups.transform("nunique") == 1) & (groups.transform("count") * 2 > groups.transform("size"))
    return found["basis"].mask(agreed, groups.transform("first"))


def details(cells: pd.DataFrame, place_detail: pd.Series) -> pd.Series:
    """The publisher's words that narrow a row: beside the country, or after the colon of the detail."""
    words = clean_column(cells["words"]).where(cells["context"] != "", "")
    after = words.str.extract(r"(?::|—)\s*(.*)$")[0].fillna("")
    sentence = words.where(words.str.len() > 60, "")
    return place_detail.fillna("").where(place_detail.fillna("") != "", after.where(after != "", sentence))
