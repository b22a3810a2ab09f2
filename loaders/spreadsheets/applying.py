"""A mapping applied: rows of a spreadsheet become lines of our tidy table, and nothing vanishes unsaid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from loaders.columns import by_text, constant, is_blank
from loaders.errors import MineralsError
from loaders.files.table import RawTable
from loaders.formats.tidy import REQUIRED
from loaders.names import read_places
from loaders.numerals import with_plain_digits, written_here
from loaders.report import Ignored
from loaders.spreadsheets.checks import contradiction, doubts_of
from loaders.spreadsheets.fitting import absent, nowhere, own_columns
from loaders.spreadsheets.flags import UNIT_FLAG, split_flag, year_and_mark
from loaders.spreadsheets.headers import measure_of
from loaders.spreadsheets.mapping import ANSWERS, Mapping, ValueColumn
from loaders.spreadsheets.rows import carried_down, reasons_to_ignore, with_sections
from loaders.spreadsheets.units_of_minerals import (
    all_with_units,
    name_and_unit,
    unit_behind,
    without_units,
)
from loaders.spreadsheets.years import counts_fiscal_years, fiscal_year, is_fiscal, spans
from loaders.text import with_stop
from loaders.units import basis_in_words
from loaders.values import clean, read_values
from loaders.vocabulary import COUNTED_MEASURES, Status

_WITHOUT_NUMBER = (
    Status.WITHHELD, Status.NOT_AVAILABLE, Status.NOT_APPLICABLE, Status.INCLUDED_ELSEWHERE,
)  # fmt: skip
"""What a flag may say of a cell that has no number."""


def misfit(mapping: Mapping, raw: RawTable) -> str | None:
    """Why the mapping cannot be applied to the table, or None if it can."""
    lacking = absent(mapping, raw)
    if lacking:
        return f"{raw.name}: the columns {', '.join(lacking)} are missing"
    wanting = unsaid(mapping, raw)
    if wanting:
        return f"nothing says {', '.join(wanting)}"
    if mapping.questions:
        return f"it is still asked: {' '.join(mapping.questions)}"
    return contradiction(own_columns(mapping, raw), raw)


def unsaid(mapping: Mapping, raw: RawTable) -> list[str]:
    """The columns of ours that nothing says; none where the table lacks columns that the mapping names."""
    if absent(mapping, raw):
        return []
    mapping = own_columns(mapping, raw)
    constants = mapping.constants | mapping.sheets.get(raw.sheet, {})
    filled = {name for name, text in constants.items() if text.strip()}
    of_all = {*mapping.columns, *filled, *_of_sections(mapping), *units_beside(mapping, raw)}
    stated = [{*of_all, *column.says, "value"} for column in mapping.values] or [of_all]
    return [name for name in REQUIRED if not all(name in names for names in stated)]


def units_beside(mapping: Mapping, raw: RawTable) -> list[str]:
    """`unit`, if units stand beside the numbers or behind the names of minerals."""
    beside = any(says.startswith(UNIT_FLAG) for says in mapping.flags.values())
    return ["unit"] if beside or all_with_units(mapping, raw) else []


def _of_sections(mapping: Mapping) -> list[str]:
    return [name for name in mapping.sections if name != "none"]


def apply(mapping: Mapping, raw: RawTable) -> RawTable:
    """The table with our columns, one line for each row and column of numbers; row numbers are kept.

    Rows without any number are titles and notes, unless they name a place and a mineral that we know: left
    out, and counted. A blank cell in another row is a figure that the publisher does not have; where another
    row has that figure, the blank one says nothing. Raises MineralsError if the mapping does not fit.
    """
    reason = misfit(mapping, raw)
    if reason:
        raise _does_not_fit(reason, raw)
    constants = mapping.constants | mapping.sheets.get(raw.sheet, {})
    mapping = own_columns(mapping, raw).model_copy(update={"constants": constants})
    raw = carried_down(mapping, raw)
    reasons = reasons_to_ignore(mapping, raw)
    used = ~np.logical_or.reduce(list(reasons.values()))
    said = with_sections(mapping, raw)
    lines = [_lines(mapping, raw, used, column, said) for column in mapping.values]
    frame = pd.concat(lines) if lines else raw.frame[used]
    frame, twins = _without_blank_twins(frame)
    ignored = [
        Ignored(file=raw.name, reason=why, count=int(mask.sum()))
        for why, mask in reasons.items()
        if mask.any()
    ]
    if twins:
        ignored.append(Ignored(file=raw.name, reason="blank, and another row has the figure", count=twins))
    return replace(
        raw,
        frame=frame,
        ignored=(*raw.ignored, *ignored),
        headers=mapping.columns,
        problems=(*raw.problems, *doubts_of(mapping, raw)),
    )


def _does_not_fit(reason: str, raw: RawTable) -> MineralsError:
    return MineralsError(
        f"the mapping does not fit: {with_stop(reason)}",
        file=raw.file,
        column=f"sheet {raw.sheet}" if raw.sheet else None,
        remedy="Correct it or propose it again.",
    )


def apply_all(mapping: Mapping, tables: Sequence[RawTable]) -> list[RawTable]:
    """The tables that the mapping fits as one with our columns; the others stay as they are.

    Sheets of one layout become one table, if they are all of one file. Raises MineralsError if none fits,
    and where one has the columns and something else is in the way.
    """
    fitting = [raw for raw in tables if raw.sheet not in mapping.skip_sheets and not absent(mapping, raw)]
    if not fitting:
        fitting = [min(tables, key=lambda raw: (len(absent(mapping, raw)), -len(raw.frame)))]
    applied = [apply(mapping, raw) for raw in fitting]
    lacking = nowhere(mapping, fitting)
    if lacking:
        raise _does_not_fit(f"the columns {', '.join(lacking)} are missing", fitting[0])
    others = [raw for raw in tables if not any(raw is fit for fit in fitting)]
    if len(applied) > 1:
        frames = [raw.frame.assign(file=raw.name, row=raw.frame.index.astype(str)) for raw in applied]
        joined = pd.concat(frames).astype("string")
        ignored = tuple(item for raw in applied for item in raw.ignored)
        problems = tuple(item for raw in applied for item in raw.problems)
        parts = tuple(raw.name for raw in applied for _ in range(len(raw.frame)))
        applied = [
            replace(applied[0], sheet="", frame=joined, ignored=ignored, parts=parts, problems=problems)
        ]
    return [*applied, *others]


# Lines ------------------------------------------------------------------------------------------------------


def _lines(
    mapping: Mapping, raw: RawTable, used: Any, column: ValueColumn, sections: dict[str, pd.Series]
) -> pd.DataFrame:
    """The used rows as lines of our table for one column of numbers."""
    rows = raw.frame[used]
    lines = {name: constant(text, rows.index) for name, text in mapping.constants.items()}
    lines |= {name: texts[used] for name, texts in sections.items()}
    lines |= {name: constant(text, rows.index) for name, text in column.says.items()}
    lines |= {name: _over(rows[theirs], lines.get(name)) for name, theirs in mapping.columns.items()}
    lines |= {
        name: constant(mapping.constants[name], rows.index) for name in _NAMES if name in mapping.constants
    }
    lines |= _units_of_minerals(mapping, lines)
    lines |= _marks_of_years(mapping, lines)
    lines |= {f"printed_{as_}": lines[name] for name, as_ in _PRINTED.items() if name in lines}
    lines |= {name: _renamed(lines[name], mapping, name) for name in _RENAMED if name in lines}
    lines |= _numbers_and_flags(mapping, raw, used, column, lines)
    lines["column"] = constant(column.header, rows.index)
    lines.setdefault("printed_measure", constant(column.header, rows.index))
    return pd.DataFrame(lines)


_NAMES = ("dataset", "edition")
"""What is said when a file is added outranks what stands in it."""

_PRINTED = {"place": "name", "unit": "unit"}
_RENAMED = tuple(ANSWERS)


def _units_of_minerals(mapping: Mapping, lines: dict[str, pd.Series]) -> dict[str, pd.Series]:
    """Units that stand behind the names of minerals, as in 'Gold (kg)', over what is said for all rows."""
    if "mineral" not in mapping.columns or "unit" in mapping.columns:
        return {}
    names = lines["mineral"]
    ours = mapping.aliases("mineral")
    units = by_text(names, lambda text: unit_behind(text) if clean(text) in ours else name_and_unit(text)[1])
    if not (units != "").any():
        return {}
    aliased = by_text(names, lambda text: text if clean(text) in ours else "")
    bare = without_units(names).mask(aliased != "", aliased)
    return {"mineral": bare, "unit": units.mask(units == "", lines.get("unit", constant("", names.index)))}


def _marks_of_years(mapping: Mapping, lines: dict[str, pd.Series]) -> dict[str, pd.Series]:
    """Years of a column without the marks beside them, and the status or note that those say: '2023e'."""
    if "year" not in mapping.columns:
        return {}
    years = by_text(lines["year"], lambda text: with_plain_digits(clean(text)))
    says = by_text(years, lambda text: year_and_mark(text)[1])
    if not (says != "").any():
        return {}
    found = {"year": by_text(years, lambda text: year_and_mark(text)[0])}
    coded = says.isin([status.value for status in Status])
    for name, texts in (("status", says.where(coded, "")), ("note", says.mask(coded, ""))):
        if name not in mapping.columns:
            found[name] = texts.mask(texts == "", lines.get(name, constant("", texts.index)))
    return found


def _over(column: pd.Series, below: pd.Series | None) -> pd.Series:
    """A column of theirs; where it is blank, what the header, a section or the title says."""
    return column if below is None else column.mask(pd.Series(is_blank(column), index=column.index), below)


def _measure(text: str) -> str:
    """The code of a measure; one of several words, such as import_source_share, is no words for another."""
    return text if "_" in text and text in COUNTED_MEASURES else measure_of(text) or text


def _renamed(column: pd.Series, mapping: Mapping, name: str) -> pd.Series:
    """The texts as we call them, where the mapping says so; words for a measure as its code."""
    ours = {clean(printed): text for printed, text in mapping.aliases(name).items()}
    if name == "year":
        return by_text(column, lambda text: ours.get(clean(text), with_plain_digits(text)))
    if name == "measure":
        return by_text(column, lambda text: ours.get(clean(text)) or _measure(text))
    if name == "basis":
        return by_text(column, lambda text: ours.get(clean(text)) or basis_in_words(clean(text)) or text)
    return by_text(column, lambda text: ours.get(clean(text), text)) if ours else column


def _numbers_and_flags(
    mapping: Mapping, raw: RawTable, used: Any, column: ValueColumn, lines: dict[str, pd.Series]
) -> dict[str, pd.Series]:
    """The number, its printed text, and what flags, the header and the place's name say of it."""
    printed = raw.frame.loc[used, column.header]
    bare = by_text(printed, lambda text: split_flag(text)[0]) if mapping.flags else printed
    value = numbers(bare, mapping)
    if raw.numbers is not None:
        value = value.mask(raw.numbers.loc[used, column.header], printed)
    flags = (
        by_text(printed, lambda text: split_flag(text)[1]) if mapping.flags else constant("", printed.index)
    )
    if column.flags:
        beside = raw.frame.loc[used, column.flags].fillna("")
        flags = flags.mask(beside.str.strip() != "", beside)
    said = by_text(flags, lambda text: mapping.flags.get(clean(text), ""))
    unknown = pd.Series(~is_blank(flags), index=flags.index) & (said == "")
    if column.flags:
        printed = printed.mask(unknown, printed + " " + flags)
    value = value.mask(unknown, printed)
    units = _units(lines, said)
    said = said.mask(said.str.startswith(UNIT_FLAG), "")
    status = _status(mapping, lines, value, said)
    note = _note(mapping, lines, said, column.header)
    values = {"value": value.mask(_has_no_number(said), ""), "printed_value": printed, "status": status}
    return values | note | units


def _units(lines: dict[str, pd.Series], said: pd.Series) -> dict[str, pd.Series]:
    """The units that stand beside the numbers, over what is said for all of them."""
    beside = said.str.startswith(UNIT_FLAG)
    if not beside.any():
        return {}
    unit = said.str.removeprefix(UNIT_FLAG).where(beside, lines.get("unit", constant("", said.index)))
    return {"unit": unit, "printed_unit": unit}


def _has_no_number(said: pd.Series) -> pd.Series:
    return said.isin([status.value for status in _WITHOUT_NUMBER])


def _status(mapping: Mapping, lines: dict[str, pd.Series], value: pd.Series, said: pd.Series) -> pd.Series:
    """The status of each line: what a column or a flag says, else the header; a blank is not available."""
    empty = constant("", value.index)
    stated = lines["status"] if "status" in mapping.columns else empty
    coded = [status.value for status in Status]
    words = {text for text, says in mapping.flags.items() if says and says not in coded}
    stated = by_text(
        stated, lambda text: "" if clean(text) in words else mapping.flags.get(clean(text)) or clean(text)
    )
    marks = said.where(said.isin(coded), "")
    weak = lines["status"] if "status" in lines and "status" not in mapping.columns else empty
    weak = weak.mask(_is_forecast(mapping, lines), Status.FORECAST.value)
    weak = weak.mask((weak == "") & _is_estimated(lines), Status.ESTIMATED.value)
    plain = read_values(value)
    weak = weak.where((plain["status"] == Status.AS_PUBLISHED.value) & plain["known"], "")
    strong = marks.mask(stated.isin(coded), stated)
    found = weak.mask(strong != "", strong)
    found = found.mask((stated != "") & ~stated.isin(coded) & (stated != ""), stated)
    blank = pd.Series(is_blank(value), index=value.index) & ~_has_no_number(found)
    return found.mask(blank, Status.NOT_AVAILABLE.value)


def _is_forecast(mapping: Mapping, lines: dict[str, pd.Series]) -> pd.Series:
    years = pd.to_numeric(lines["year"], errors="coerce").astype("float64")
    return years > float(mapping.actual_until) if mapping.actual_until else years.isna() & False


def _is_estimated(lines: dict[str, pd.Series]) -> pd.Series:
    """Where the name of the place carries the mark of an estimate."""
    return read_places(lines["place"], "any")["estimated"]


def _note(
    mapping: Mapping, lines: dict[str, pd.Series], said: pd.Series, header: str
) -> dict[str, pd.Series]:
    """The note with what a flag or a status says in words, and the fiscal year of the header."""
    coded = [status.value for status in Status]
    words = said.mask(said.isin(coded), "")
    if "status" in mapping.columns:
        told = by_text(lines["status"], lambda text: mapping.flags.get(clean(text), ""))
        words = words.mask(words == "", told.mask(told.isin(coded), ""))
    fiscal = next(
        (f"fiscal year {first}-{last % 100:02}" for first, last in spans(header) if is_fiscal((first, last))),
        fiscal_year(header) or counts_fiscal_years(mapping.columns.get("year", "")),
    )
    parts = [lines["note"].fillna("")] if "note" in lines else []
    parts += [words] if (words != "").any() else []
    parts += [constant(fiscal, said.index)] if fiscal else []
    if not parts:
        return {}
    note = parts[0]
    for part in parts[1:]:
        note = note.mask((note != "") & (part != ""), note + "; " + part).mask(note == "", part)
    return {"note": note}


def numbers(column: pd.Series, mapping: Mapping) -> pd.Series:
    """A column of numbers as our table writes them, signs such as '…' as the mapping reads them."""
    written = written_here(column, mapping.decimal, mapping.thousands)
    if mapping.decimal == ",":
        written = written.mask((written == column) & column.str.contains(_SIGN_WITHIN), "(" + column + ")")
    return by_text(written, lambda text: mapping.symbols.get(clean(text), _ASKED.get(clean(text), text)))


_SIGN_WITHIN = re.compile(r"\d[.,]\d")
"""A point or comma within a number that was not read with the signs of the mapping: 8.1003 is no 8.1003
where the comma is the decimal sign."""


_ASKED = dict.fromkeys(("—", "---"), "-") | {"s": "(s)"}
"""A dash is a zero with the USGS, an s a small amount; in a spreadsheet of one's own the one may be a blank,
the other a secret, and they are no numbers until somebody says so."""


_KEY = ("place", "mineral", "detail", "measure", "class", "basis", "year")


def _without_blank_twins(frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The lines without blank ones of which another line has the figure, and how many rows vanish so."""
    blank = (frame["status"] == Status.NOT_AVAILABLE.value) & is_blank(frame["printed_value"])
    if not blank.any() or blank.all():
        return frame, 0
    key = [name for name in _KEY if name in frame]
    filled = pd.MultiIndex.from_frame(frame.loc[~blank, key].fillna(""))
    twin = np.asarray(blank) & pd.MultiIndex.from_frame(frame[key].fillna("")).isin(filled)
    kept = frame[~twin]
    return kept, len(frame.index.unique()) - len(kept.index.unique())
