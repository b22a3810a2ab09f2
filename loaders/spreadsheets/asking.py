"""What is asked before a spreadsheet is read: names nobody knows, headers that could mean two things."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from loaders.columns import is_blank
from loaders.files.table import RawTable
from loaders.names import find_mineral, mineral_name, minerals, nearest, read_minerals, read_places
from loaders.numerals import with_plain_digits
from loaders.spreadsheets.checks import (
    codes_of_parts,
    later_years,
    names_or_marks,
    places_with_units,
    texts_of,
)
from loaders.spreadsheets.fitting import fitting, own_columns
from loaders.spreadsheets.flags import meanings, number_cells, split_flag, year_and_mark
from loaders.spreadsheets.headers import (
    Said,
    beside_in,
    factor_of,
    is_of_countries,
    marks_in,
    measure_of,
    named_beside,
    named_column,
    status_of_title,
)
from loaders.spreadsheets.mapping import ANSWERS, CARRIED, Mapping, ValueColumn
from loaders.spreadsheets.rows import blank_below, headings, is_region, reasons_to_ignore
from loaders.spreadsheets.totals import SOME_ROWS, may_name_totals, total_of, total_rows
from loaders.spreadsheets.units_of_minerals import without_units
from loaders.spreadsheets.years import YEAR, fiscal_year, is_fiscal, spans, without_publication
from loaders.text import count
from loaders.units import basis_in_words
from loaders.vocabulary import COUNTED_MEASURES, Basis, Measure

_MOST = 8
"""Names that are listed at most in one line."""


def unknown_names(
    mapping: Mapping, raw: RawTable, beside: Sequence[RawTable] = ()
) -> dict[str, tuple[str, ...]]:
    """The texts that nobody knows in the rows that are read, by our column: places, minerals, units, ...

    Those of the tables `beside` it that are read with the same mapping are among them.
    """
    if not mapping.values:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for table in fitting(mapping, raw, beside):
        for name, texts in _unknown_names(own_columns(mapping, table), table).items():
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *texts)))
    return found


def _unknown_names(mapping: Mapping, raw: RawTable) -> dict[str, tuple[str, ...]]:
    used = ~np.logical_or.reduce(list(reasons_to_ignore(mapping, raw).values()))
    found = {name: _unknown(mapping, raw, used, name) for name in ANSWERS}
    return {name: texts for name, texts in found.items() if texts}


def _unknown(mapping: Mapping, raw: RawTable, used: Any, name: str) -> tuple[str, ...]:
    texts = texts_of(raw.frame.loc[used, mapping.columns[name]]) if name in mapping.columns else []
    if name not in mapping.columns:
        texts = [column.says.get(name, "") for column in mapping.values] + [mapping.constants.get(name, "")]
    aliases = mapping.aliases(name)
    different = [text for text in dict.fromkeys(texts) if text.strip() and text not in aliases]
    unsure = _unsure_places(mapping, raw) if name == "place" else []
    return tuple(
        text
        for text, known in zip(different, _are_known(name, different), strict=True)
        if not known or text in unsure
    )


def _unsure_places(mapping: Mapping, raw: RawTable) -> list[str]:
    """The names of places that are known, and of which somebody has to look whether that is meant."""
    codes = codes_of_parts(mapping, raw)
    return [*names_or_marks(mapping, raw), *places_with_units(mapping, raw), *codes]


def _are_known(name: str, texts: Sequence[str]) -> list[bool]:
    column = pd.Series(list(texts), dtype="string")
    if name == "place":
        return [bool(known) for known in read_places(column, "any")["place"].notna()]
    if name == "mineral":
        return [bool(known) for known in read_minerals(without_units(column), "any").notna()]
    if name == "unit":
        return [factor_of(text) is not None for text in texts]
    if name == "basis":
        return [text in list(Basis) or basis_in_words(text) is not None for text in texts]
    if name == "measure":
        return [text in COUNTED_MEASURES or measure_of(text) is not None for text in texts]
    return [bool(YEAR.fullmatch(year_and_mark(with_plain_digits(text))[0])) for text in texts]


def unknown_lines(unknown: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """A line for each kind of name that nobody knows, with the nearest names that are known."""
    for name, all_texts in unknown.items():
        totals = [text for text in all_texts if name in ("place", "mineral") and total_of(text) is not None]
        texts = [text for text in all_texts if text not in totals]
        if totals:
            yield _total_line(name, totals)
        if not texts:
            continue
        shown = ", ".join(f"'{text}'{_near(name, text)}" for text in texts[:_MOST])
        more = f", and {len(texts) - _MOST} more" if len(texts) > _MOST else ""
        rows = ", or their rows under leave_out" if name in ("place", "mineral", "measure") else ""
        yield f"Not known as {name}: {shown}{more}. Say under [{ANSWERS[name]}] what they are{rows}."


def _total_line(name: str, texts: Sequence[str]) -> str:
    """A line for words for a total where other rows have a place or a mineral."""
    shown = ", ".join(f"'{text}'" for text in texts[:_MOST])
    world = name == "place" and any(total_of(text) != SOME_ROWS for text in texts)
    say = 'Say under [places] "WLD" for one that is the world\'s, or name' if world else "Name"
    return f"A total, as it seems, among the names of a {name}: {shown}. {say} it under leave_out."


def totals_of_nothing(mapping: Mapping, raw: RawTable) -> Iterator[str]:
    """Questions about words for a total in columns that are not used, in rows with numbers and no place."""
    header = mapping.columns.get("place", "")
    if not mapping.values or not header:
        return
    filled = np.logical_or.reduce([~is_blank(raw.frame[column.header]) for column in mapping.values])
    rows = raw.frame[total_rows(mapping, raw, filled & is_blank(raw.frame[header]))]
    others = [name for name in may_name_totals(mapping, raw) if name not in mapping.columns.values()]
    found = [(name, text) for name in others for text in texts_of(rows[name]) if total_of(text) is not None]
    for name, text in found:
        yield (
            f"'{text}' in {name} seems to be a total, and has no {header}: name it under leave_out, or "
            "write into the sheet what it is the total of."
        )


def _near(name: str, text: str) -> str:
    if name == "place" and is_region(text):
        return " (a group of countries)"
    within = find_mineral(text) if name == "mineral" else None
    found = [mineral_name(within)] if within else []
    if not found and name in ("place", "mineral"):
        found = nearest(text, "any", "place" if name == "place" else "mineral")
    return f" (nearest: {found[0]})" if found else ""


# Questions that the mapping keeps ---------------------------------------------------------------------


def questions_of(values: Sequence[ValueColumn], said: Sequence[Said]) -> list[str]:
    """What the headers of columns of numbers leave in doubt."""
    return [*_alike(values), *_several(values, said), *_marks(values)]


def _alike(values: Sequence[ValueColumn]) -> Iterator[str]:
    """Columns whose headers are the same words, and that nothing tells apart."""
    bare = Counter(_bare(column.header) for column in values)
    for name, columns in bare.items():
        if columns > 1 and name:
            yield f"{columns} columns are called {name}: what tells them apart?"


def _bare(header: str) -> str:
    """A header without its source, and the number that tells it from another one of the same words."""
    name, bracket, number = header.rpartition(" (")
    bare = name if bracket and number.rstrip(")").isdigit() and number.endswith(")") else header
    return without_publication(bare).strip()


def _several(values: Sequence[ValueColumn], said: Sequence[Said]) -> Iterator[str]:
    for column, says in zip(values, said, strict=True):
        for name in sorted(says.several - {"year", "status", "note"}):
            yield f"The header {column.header} says several things of the {name}: which holds?"


def _marks(values: Sequence[ValueColumn]) -> Iterator[str]:
    for column in values:
        for mark, says in meanings(marks_in(column.header), ()).items():
            if not says:
                what = "an estimate, a footnote, a unit"
                yield f"What does '{mark}' in the header {column.header} mean: {what}?"


_KEYS = ("place", "mineral", "year", "measure", "detail", "class", "unit", "basis")


def alike_but_for(mapping: Mapping, raw: RawTable) -> list[str]:
    """A question about the column without which rows would say the same of the same thing."""
    keys = [mapping.columns[name] for name in _KEYS if name in mapping.columns]
    if not mapping.values or not keys or mapping.sections or mapping.actual_until:
        return []
    rows = raw.frame[~np.logical_or.reduce(list(reasons_to_ignore(mapping, raw).values()))].fillna("")
    twins = rows[rows.duplicated(keys, keep=False)]
    numbers = [column.header for column in mapping.values]
    twins = twins[~twins.duplicated([*keys, *numbers], keep=False)]
    used = {*mapping.columns.values(), *numbers, *(column.flags for column in mapping.values)}
    for name in raw.header:
        texts = twins[name]
        if name in used or twins.empty or number_cells(texts).any() or not (texts.str.strip() != "").all():
            continue
        if not twins.duplicated([*keys, name]).any():
            shown = ", ".join(twins.iloc[0][keys].tolist())
            return [
                f"Rows such as {shown} differ in {name}: are they parts of one figure (say detail = "
                f'"{name}" under [columns]), or does one of them not count?'
            ]
    return []


_TRADE = {Measure.IMPORTS: "import it", Measure.EXPORTS: "export it"}


def trade_with_whom(mapping: Mapping, raw: RawTable) -> list[str]:
    """A question where several places stand beside trade: they trade themselves, or one place with them."""
    header = mapping.columns.get("place")
    if not mapping.values or header is None or len(texts_of(raw.frame[header])) < 2:
        return []
    texts = texts_of(raw.frame[mapping.columns["measure"]]) if "measure" in mapping.columns else []
    told = [mapping.constants.get("measure"), *(column.says.get("measure") for column in mapping.values)]
    said = {*told, *map(measure_of, texts)}
    deeds = [deed for measure, deed in _TRADE.items() if measure in said]
    return [
        f"Do the places in {header} {deed}, or does another place trade with them? If so, say partner = "
        f'"{header}" under [columns] and the other one as place under [constants].'
        for deed in deeds[:1]
    ]


def words_between(mapping: Mapping, raw: RawTable) -> list[str]:
    """Questions about columns of words that are not used and have columns of amounts on both sides.

    Those to the right may belong to what the words name: two tables side by side.
    """
    places = [raw.header.index(column.header) for column in mapping.values]
    if len(places) < 2:
        return []
    used = {*mapping.columns.values(), *(column.flags for column in mapping.values)}
    between = [name for name in raw.header[min(places) + 1 : max(places)] if name not in used]
    return [
        f"What does the column {name} hold? It stands between numbers: if those to its right belong to it, "
        "call it Country or Mineral in the sheet, as the first one is."
        for name in between
        if raw.header.index(name) not in places and _holds_names(raw, name)
    ]


def _holds_names(raw: RawTable, name: str) -> bool:
    """Whether a column holds several different words of three letters or more, and is no column of notes."""
    texts = texts_of(raw.frame[name])
    words = [text for text in texts if re.search(r"[^\W\d_]{3}", text) and not split_flag(text)[0].isdigit()]
    return len(words) > 1 and len(words) * 2 > len(texts) and named_column(name) not in ("note", "status")


def names_carried(mapping: Mapping, raw: RawTable) -> dict[str, str]:
    """Our columns whose texts seem to be printed once for several rows, with the question that this is."""
    if not mapping.values or mapping.sections:
        return {}
    found = {}
    for name in CARRIED:
        rows = blank_below(mapping, raw, name) if name in mapping.columns else np.zeros(0, dtype=bool)
        if rows.any():
            found[name] = (
                f"The column {mapping.columns[name]} is blank in {count(int(rows.sum()), 'row')} with "
                f"numbers, the first is row {raw.frame.index[int(rows.argmax())]}: the text above is "
                "proposed there. Is that so?"
            )
    return found


def parts_of_one_country(mapping: Mapping, raw: RawTable) -> list[str]:
    """A question where most names are of no country, and some could be: Georgia beside Nevada."""
    header = mapping.columns.get("place", "")
    if not mapping.values or not header or is_of_countries(header):
        return []
    texts = [text for text in texts_of(raw.frame[header]) if not is_region(text)]
    sides: dict[bool, list[str]] = {True: [], False: []}
    for text, is_known in zip(texts, _are_known("place", texts), strict=True):
        sides[bool(is_known)].append(text)
    if not sides[True] or len(sides[True]) >= len(sides[False]):
        return []
    known, others = (", ".join(sides[is_known][:_MOST]) for is_known in (True, False))
    return [
        f"{len(sides[False])} of {len(texts)} names in {header} are of no country that we know, such as "
        f"{others}. Are those that we know ({known}) countries, or parts of one as the others are?"
    ]


def counted_beside(mapping: Mapping, raw: RawTable) -> list[str]:
    """Questions about what a title says is counted too, or not: another mineral, a stage of production."""
    mineral = mapping.constants.get("mineral", "")
    asked = []
    for title in (*raw.above, raw.sheet):
        other = named_beside(title) or ""
        for part in beside_in(title):
            if any(map(measure_of, re.findall(r"\w+", part))):
                asked.append(f"The title says '{part}': which measure is it then?")
            elif mineral and other not in ("", mineral, *_parts_of(mineral)) and _INCLUDED.search(part):
                asked.append(f"The title says '{part}': are the figures of {mineral} alone?")
    return asked


def status_of_titles(mapping: Mapping, raw: RawTable) -> list[str]:
    """A question where a title says estimated or forecast, and no column or header does."""
    told = "status" in mapping.columns or any("status" in column.says for column in mapping.values)
    if told or not mapping.values or mapping.flags or mapping.actual_until:
        return []
    return [
        f"The title says '{title}': are all figures below it so? Then say status = "
        f'"{status_of_title(title)}" under [constants].'
        for title in raw.above
        if status_of_title(title)
    ]


_INCLUDED = re.compile(r"incl|einschl|y compris|включая", re.I)


def _parts_of(mineral: str) -> list[str]:
    """The minerals that are counted within a wider one."""
    table = minerals()
    return table.index[table["group"] == mineral].tolist()


def in_one_column(raw: RawTable) -> list[str]:
    """A question about a text whose cells are divided by a sign that is no separator."""
    if len(raw.header) > 1 or raw.numbers is not None or raw.frame.empty:
        return []
    header = raw.header[0]
    signs = [sign for sign in "^~:#/\\\x1f\x01" if header.count(sign) > 0]
    same = [
        sign for sign in signs if (raw.frame[header].str.count(re.escape(sign)) == header.count(sign)).all()
    ]
    return [
        f"All cells stand in one column: commas, tabs, semicolons and bars divide cells, {sign!r} does not. "
        "Save the file with one of these."
        for sign in same[:1]
    ]


def unknown_headings(mapping: Mapping, raw: RawTable) -> list[str]:
    """Questions about lines between the rows that say nothing we know.

    Where each row names its place and its mineral, such a line is a title.
    """
    if mapping.sections or not mapping.values or {"place", "mineral"} <= mapping.columns.keys():
        return []
    found = [line.text for line in headings(mapping, raw) if not line.says and not is_region(line.text)]
    if not found:
        return []
    shown = ", ".join(f"'{text}'" for text in found[:_MOST])
    return [f"Do the lines {shown} say what the rows below them are? Say sections."]


# Hints: what the mapping itself leaves open -------------------------------------------------------------


def hints(mapping: Mapping, raw: RawTable, reason: str | None) -> Iterator[str]:
    """What is in the way of a mapping, beside its questions."""
    for column in mapping.values:
        fiscal = fiscal_year(column.header) or any(map(is_fiscal, spans(column.header)))
        if fiscal and "year" not in column.says:
            yield (
                f"{column.header} is a fiscal year: say which year it counts for, under [values.says] "
                'year = "..."; the fiscal year is kept as a note.'
            )
    years = later_years(mapping, raw)
    if years:
        yield (
            f"{', '.join(map(str, years[:_MOST]))}: after the edition {mapping.constants['edition']}. Say "
            "actual_until = the last year of actual figures; later ones become forecasts."
        )
    elif reason:
        yield f"In the way: {reason}."


def joined(lines: Iterable[str]) -> tuple[str, ...]:
    """The different lines, in order."""
    return tuple(dict.fromkeys(lines))
