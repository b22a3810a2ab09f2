"""Propose how the columns of a spreadsheet become ours, for a person to confirm or correct.

`propose` looks at the headers (words in several languages, `knowledge/header_words.csv`) and at what the
columns hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import pandas as pd
from pydantic import Field

from loaders.columns import distinct
from loaders.errors import MineralsError
from loaders.files.table import LEVELS, RawTable
from loaders.formats.tidy import COLUMNS, REQUIRED
from loaders.knowledge import rules
from loaders.model import Record, Text
from loaders.names import find_mineral, read_minerals, read_places
from loaders.numerals import SPACES
from loaders.spreadsheets.mapping import YEAR, Mapping, ValueColumn, misfit, numbers
from loaders.units import read_units
from loaders.values import clean, read_value

SURE = 0.95
LIKELY = 0.7
POSSIBLE = 0.4


class Match(Record):
    """A proposed match: our column, the header (or the text for all rows), how sure, and why."""

    column: Text
    matched: str
    confidence: float = Field(ge=0, le=1)
    why: Text


class ProposedMapping(Record):
    """A mapping to confirm or correct, the reason for each part, and what is still open.

    `open` names required columns of ours, `unused` their columns that are not read, `unread` texts among
    the numbers that are none, and of which nothing says what they mean.
    """

    mapping: Mapping
    matches: tuple[Match, ...]
    open: tuple[str, ...]
    unused: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def propose(
    raw: RawTable, dataset: str = "", edition: str = "", beside: Sequence[RawTable] = ()
) -> ProposedMapping:
    """A mapping for a table, from its headers, the lines above them, the sheet's name, and its content.

    The sheets `beside` it that have the same columns are read with the same mapping; where their names or
    titles say something else than this one's, that is proposed, too.
    """
    matches = _match_columns(raw)
    columns = {match.column: match.matched for match in matches}
    numeric = [
        name for name in raw.header if name not in columns.values() and _holds_numbers(name, raw.frame[name])
    ]
    value = columns.pop("value", None)
    values = _told_apart([_value_column(name) for name in ([value] if value else numeric)])
    stated = _constants(raw, columns, values) | {
        name: text for name, text in (("dataset", dataset), ("edition", edition)) if text
    }
    stated, values = _classes_where_they_apply(stated, values)
    texts = _texts(raw, values)
    decimal, thousands = _separators(texts)
    mapping = Mapping(
        columns=columns,
        constants=stated,
        values=tuple(values),
        decimal=decimal,
        thousands=thousands,
        symbols=_symbols(texts),
    )
    mapping = mapping.model_copy(update={"sheets": _unlike(mapping, raw, beside)})
    said = [set(column.says) for column in values]
    everywhere = set.intersection(*said) if said else set()
    settled = {*columns, *stated, *everywhere} | ({"value"} if values else set())
    return ProposedMapping(
        mapping=mapping,
        matches=(*matches, *_reasons(mapping, matches), *_doubts(mapping, texts)),
        open=tuple(name for name in REQUIRED if name not in settled),
        unused=tuple(header for header in raw.header if not _is_used(mapping, header)),
        unread=unread(mapping, raw),
    )


def _unlike(mapping: Mapping, raw: RawTable, beside: Sequence[RawTable]) -> dict[str, dict[str, str]]:
    """What the names and titles of other sheets of the same columns say, where this sheet's say otherwise."""
    here = _constants(raw, mapping.columns, mapping.values)
    found = {}
    for other in beside:
        if other is raw or not other.sheet or misfit(mapping, other, also=REQUIRED):
            continue
        there = _constants(other, mapping.columns, mapping.values)
        found[other.sheet] = {name: text for name, text in there.items() if here.get(name) != text}
    return {sheet: says for sheet, says in found.items() if says}


def refuse_unlike(mapping: Mapping, tables: Sequence[RawTable]) -> None:
    """Raise MineralsError for a sheet that names another mineral, year, unit, ... than the longest one.

    Not if the mapping says under `sheets` what holds there.
    """
    fitting = [raw for raw in tables if misfit(mapping, raw) is None]
    if len(fitting) < 2:
        return
    first = max(fitting, key=lambda raw: len(raw.frame))
    for sheet, says in _unlike(mapping, first, fitting).items():
        open_ = {name: text for name, text in says.items() if name not in mapping.sheets.get(sheet, {})}
        if open_ and sheet != first.sheet:
            told = ", ".join(f"{name} {text}" for name, text in open_.items())
            raise MineralsError(
                f"the name or the title of the sheet says {told}; sheet {first.sheet} says otherwise.",
                file=first.file,
                column=f"sheet {sheet}",
                remedy=f'Say in the mapping, under [sheets."{sheet}"], what holds there.',
            )


def _is_used(mapping: Mapping, header: str) -> bool:
    return header in mapping.columns.values() or any(header == column.header for column in mapping.values)


def unread(mapping: Mapping, raw: RawTable) -> tuple[str, ...]:
    """The texts in the columns of numbers, among the first rows, that a mapping does not make values."""
    texts = pd.Series(_texts(raw, mapping.values), dtype="string")
    written = numbers(texts, mapping)
    return tuple(text for text, value in zip(texts, written, strict=True) if read_value(value) is None)


def _texts(raw: RawTable, values: Sequence[ValueColumn]) -> list[str]:
    """The different texts in columns of numbers, among the first rows; cells that hold a number are none."""
    cells = [raw.frame[column.header].head(SAMPLE) for column in values]
    if raw.numbers is not None:
        cells = [column.mask(raw.numbers[str(column.name)].head(SAMPLE), "") for column in cells]
    found = [distinct(column)[1] for column in cells]
    return list(dict.fromkeys(clean(text) for column in found for text in column if text.strip()))


def _symbols(texts: Sequence[str]) -> dict[str, str]:
    """What signs and words in place of a number mean, where our table does not have them itself."""
    known = {text: _symbol(text) for text in texts if read_value(text) is None}
    return {text: ours for text, ours in known.items() if ours}


def _symbol(text: str) -> str:
    found = (r["ours"] for r in rules("value_symbols") if re.fullmatch(r["words"], text, re.I))
    return next(found, "")


def _match_columns(raw: RawTable) -> list[Match]:
    """The best header for each of our columns, the surest first; each header is used once."""
    found = [match for header in raw.header for match in _candidates(header, raw.frame[header])]
    matches: dict[str, Match] = {}
    taken: set[str] = set()
    for match in sorted(found, key=lambda match: -match.confidence):
        if match.column not in matches and match.matched not in taken:
            matches[match.column] = match
            taken.add(match.matched)
    return list(matches.values())


def _candidates(header: str, column: pd.Series) -> list[Match]:
    named = _named_column(header)
    held, share = _held(column)
    candidates = []
    if named:
        sure = SURE if named == held or named not in _RECOGNISED else LIKELY
        candidates.append(Match(column=named, matched=header, confidence=sure, why="its header"))
    if held and held != named and share > 0.5:
        candidates.append(
            Match(column=held, matched=header, confidence=POSSIBLE + share / 4, why="what it holds")
        )
    return candidates


_RECOGNISED = ("place", "mineral", "unit", "year")
"""Columns whose content can be told."""

SAMPLE = 2_000
"""Rows that are looked at to tell what a column holds."""


def _named_column(header: str) -> str | None:
    """Our column of which the whole header is a known name."""
    text = clean(header).casefold()
    if text in COLUMNS:
        return text
    for rule in rules("header_words"):
        if not rule["code"] and re.fullmatch(rule["words"], text, re.I):
            return rule["says"]
    return None


def _held(column: pd.Series) -> tuple[str | None, float]:
    """Which of our columns the content looks like, and the share of texts that do."""
    texts = pd.Series([text for text in distinct(column.head(SAMPLE))[1] if text.strip()], dtype="string")
    if texts.empty:
        return None, 0.0
    shares = {
        "place": float((read_places(texts, "any")["place"].notna()).mean()),
        "mineral": float(read_minerals(texts, "any").notna().mean()),
        "unit": float((read_units(texts, "any")["unit"].notna() & ~texts.str.isdigit()).mean()),
        "year": float(texts.str.contains(r"^\s*(?:19|20)\d\d\s*$", regex=True).mean()),
    }
    best = max(shares, key=lambda name: shares[name])
    return (best, shares[best]) if shares[best] > 0 else (None, 0.0)


_DIGITS = re.compile(rf"[<>≈~]?\s*\d(?:[\d.,]|{SPACES})*")


def _holds_numbers(header: str, column: pd.Series) -> bool:
    """Whether a column holds figures: mostly numbers, or a few where its header is a year or a measure."""
    texts = [clean(text) for text in distinct(column.head(SAMPLE))[1] if text.strip()]
    numeric = [text for text in texts if _DIGITS.fullmatch(text)]
    if len(numeric) * 2 > len(texts):
        return True
    figures = [text for text in texts if text in numeric or len(text) <= LONGEST_SIGN or read_value(text)]
    return bool(numeric) and len(figures) == len(texts) and not _said(header).keys().isdisjoint(_FIGURES)


_FIGURES = ("year", "measure")
"""What the header of a column of figures says."""

LONGEST_SIGN = 20
"""Characters of a sign or of words that stand in place of a number."""


def _value_column(header: str) -> ValueColumn:
    """What the header of a number column says: '2023', 'Запасы | A+B+C1, тыс. т'."""
    return ValueColumn(header=header, says=_said(header))


def _told_apart(values: list[ValueColumn]) -> list[ValueColumn]:
    """Columns of one measure and year keep what tells them apart as detail: 'A+B+C1', 'C2'."""
    said = [(column.says.get("measure"), column.says.get("year")) for column in values]
    return [
        ValueColumn(header=column.header, says=column.says | {"detail": column.header.split(LEVELS)[-1]})
        if said.count(key) > 1
        else column
        for column, key in zip(values, said, strict=True)
    ]


_IN_THE_GROUND = ("reserves", "resources", "holdings")


def _classes_where_they_apply(
    stated: dict[str, str], values: list[ValueColumn]
) -> tuple[dict[str, str], list[ValueColumn]]:
    """Class and scheme of a title go to the columns of what is in the ground, not to production."""
    if not any("measure" in column.says for column in values):
        return stated, values
    kinds = {name: stated[name] for name in ("class", "scheme") if name in stated}
    rest = {name: text for name, text in stated.items() if name not in kinds}
    ground = [column.says.get("measure", stated.get("measure")) in _IN_THE_GROUND for column in values]
    said = [
        kinds | column.says if is_ground else column.says
        for column, is_ground in zip(values, ground, strict=True)
    ]
    return rest, [ValueColumn(header=c.header, says=says) for c, says in zip(values, said, strict=True)]


_IN_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]|[,，:：|]\s*([^,，:：|]+)$")


_BODIES = re.compile("|".join(rule["words"] for rule in rules("names_of_bodies")), re.I)
"""Names of ministries and the like, which say nothing of what is counted."""


def _said(text: str) -> dict[str, str]:
    """Year, unit, measure, class and scheme that a header or a title names."""
    said: dict[str, str] = {}
    text = _BODIES.sub(" ", text)
    years = YEAR.findall(text)
    if len(set(years)) == 1:
        said["year"] = years[0]
    unit = _unit_in(text)
    if unit:
        said["unit"] = unit
    for rule in rules("header_words"):
        if rule["code"] and re.search(
            rf"(?<!\w)(?:{rule['words']})(?!\w)|{_chinese(rule['words'])}", text, re.I
        ):
            said.setdefault(rule["says"], rule["code"])
    return said


def _chinese(words: str) -> str:
    """The words that are written without spaces between them, which may stand anywhere in a text."""
    found = [word for word in words.split("|") if re.search(r"[\u4e00-\u9fff]", word)]
    return "|".join(found) or r"(?!)"


def _unit_in(text: str) -> str | None:
    """The unit that stands in brackets, behind a comma or colon, or alone."""
    parts = [clean(inside or after) for inside, after in _IN_BRACKETS.findall(text)]
    texts = pd.Series([*parts, clean(text)], dtype="string")
    known = read_units(texts, "any")["unit"].notna()
    return str(texts[known].iloc[0]) if known.any() else None


def _constants(raw: RawTable, columns: dict[str, str], values: Sequence[ValueColumn]) -> dict[str, str]:
    """What the sheet's name and the lines above the header say for all rows."""
    stated: dict[str, str] = {}
    for text in (*raw.above, raw.sheet):
        stated = _said(text) | stated
        mineral = find_mineral(text)
        if mineral:
            stated.setdefault("mineral", mineral)
    said_by_all = set.intersection(*(set(column.says) for column in values)) if values else set()
    return {name: text for name, text in stated.items() if name not in columns and name not in said_by_all}


def _separators(texts: Sequence[str]) -> tuple[Literal[".", ","], Literal["", ",", ".", " "]]:
    """Decimal and thousands separator, from the numbers that can be read in one way only."""
    dotted = any(_DOTTED_THOUSANDS.search(text) for text in texts)
    if any(_DECIMAL_COMMA.search(text) for text in texts):
        return ",", "." if dotted else " "
    return (",", ".") if dotted and not any(_DECIMAL_POINT.search(text) for text in texts) else (".", ",")


_DECIMAL_COMMA = re.compile(r"\d,\d{1,2}$|\d,\d{4,}$|^0,\d+$|\.\d{3},\d+$")
_DECIMAL_POINT = re.compile(r"\d\.\d{1,2}$|\d\.\d{4,}$|^0\.\d+$|,\d{3}\.\d+$")
_DOTTED_THOUSANDS = re.compile(r"^\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_AMBIGUOUS = re.compile(r"^[<>≈~]?\s*[1-9]\d{0,2}[.,]\d{3}$")


def _doubts(mapping: Mapping, texts: Sequence[str]) -> list[Match]:
    """A number that could be read in another way, if none tells which is right; and what signs mean."""
    signs = [
        Match(column="value", matched=f"{text} = {ours}", confidence=LIKELY, why="a sign for no number")
        for text, ours in mapping.symbols.items()
    ]
    told = any(_DECIMAL_COMMA.search(text) or _DECIMAL_POINT.search(text) for text in texts)
    either = next((text for text in texts if _AMBIGUOUS.search(text)), None)
    if told or either is None:
        return signs
    sign = next(character for character in either if character in ".,")
    why = f"'{either}' may have thousands or decimals: look"
    meant = f"{'point' if mapping.decimal == '.' else 'comma'} for decimals"
    return [*signs, Match(column="value", matched=f"{sign}: {meant}", confidence=POSSIBLE, why=why)]


def _reasons(mapping: Mapping, matches: Sequence[Match]) -> list[Match]:
    """Why the constants and the number columns are proposed."""
    told = [
        Match(column=name, matched=text, confidence=LIKELY, why="title or name of the sheet")
        for name, text in mapping.constants.items()
        if name not in ("dataset", "edition")
    ]
    by_header = {match.matched for match in matches}
    told += [
        Match(column="value", matched=column.header, confidence=LIKELY, why="it holds numbers")
        for column in mapping.values
        if column.header not in by_header
    ]
    return told
