"""Propose how the columns of a spreadsheet become ours, for a person to confirm or correct.

`propose` looks at the headers (words in several languages, `knowledge/header_words.csv`) and at what the
columns hold. What would rest on a guess is left open, or asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import Field

from loaders.columns import written_out
from loaders.files.table import LEVELS, RawTable
from loaders.formats.tidy import REQUIRED
from loaders.model import Record
from loaders.spreadsheets.applying import units_beside
from loaders.spreadsheets.asking import (
    alike_but_for,
    counted_beside,
    hints,
    in_one_column,
    joined,
    names_carried,
    parts_of_one_country,
    questions_of,
    status_of_titles,
    totals_of_nothing,
    trade_with_whom,
    unknown_headings,
    unknown_lines,
    unknown_names,
    words_between,
)
from loaders.spreadsheets.checks import contradiction, other_text, texts_of, texts_of_numbers
from loaders.spreadsheets.columns import (
    LIKELY,
    POSSIBLE,
    Match,
    Numbers,
    flags_in,
    key_columns,
    number_columns,
    status_is_flags,
    with_flags,
)
from loaders.spreadsheets.conventions import usual_decimal
from loaders.spreadsheets.fitting import fitting, own_columns
from loaders.spreadsheets.flags import UNIT_FLAG, meaning_in_words, meanings, split_flag, unknown_marks
from loaders.spreadsheets.headers import Said, factor_of, said_by_titles
from loaders.spreadsheets.legends import said_in_notes
from loaders.spreadsheets.mapping import ANSWERS, Mapping, ValueColumn
from loaders.spreadsheets.rows import headings, is_region
from loaders.spreadsheets.sheets import unlike_sheets, with_columns_beside
from loaders.spreadsheets.signs import Signs, signs
from loaders.spreadsheets.statements import stated_for_all, with_bases_of_units
from loaders.spreadsheets.unread_texts import known_symbols, numerals_as_units, unread
from loaders.spreadsheets.years import spans
from loaders.vocabulary import Status


class ProposedMapping(Record):
    """A mapping to confirm or correct, the reason for each part, and what is still open.

    `open` names required columns of ours, `unused` their columns that are not read (`why_unused`: the reason,
    where there is one), `unread` texts among the numbers that are none, and of which nothing says what they
    mean, `unknown` names and units that nobody knows, by our column. `asked` is what somebody has to look at.
    """

    mapping: Mapping
    matches: tuple[Match, ...]
    open: tuple[str, ...]
    unused: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    why_unused: dict[str, str] = Field(default_factory=dict)
    unknown: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    asked: tuple[str, ...] = ()


def propose(
    raw: RawTable, dataset: str = "", edition: str = "", beside: Sequence[RawTable] = ()
) -> ProposedMapping:
    """A mapping for a table, from its headers, the lines above them, the sheet's name, and its content.

    The sheets `beside` it that have the same columns are read with the same mapping; where their names or
    titles say something else than this one's, or nothing, that is proposed, too, to be filled in.
    """
    raw = replace(raw, frame=written_out(raw.frame))
    keys = key_columns(raw)
    columns = {match.column: match.matched for match in keys.matches}
    value = columns.pop("value", None)
    found = _number_columns(raw, columns, value)
    values, flag_questions = _flagged(raw, columns, found)
    told = said_by_titles(raw.above, raw.sheet)
    values, conflicts = _without_conflicts(raw, columns, _of_the_kind(values, told))
    names = {name: text for name, text in (("dataset", dataset), ("edition", edition)) if text}
    stated = stated_for_all(raw, columns, values, found.said, told)
    conflicts += _title_conflicts(raw, columns, values, told)
    stated, values = _classes_where_they_apply(stated, _told_apart(values))
    values, bases = with_bases_of_units(stated, values)
    mapping = Mapping(columns=columns, constants=stated | names, values=tuple(values), headers=raw.header)
    mapping, signs_found = _with_texts(mapping, fitting(mapping, raw, beside))
    mapping = _with_sections(mapping, raw)
    carried = names_carried(mapping, raw)
    mapping = mapping.model_copy(update={"carried_down": tuple(carried)})
    asked = [
        *carried.values(),
        *totals_of_nothing(mapping, raw),
        *keys.questions,
        *found.questions,
        *flag_questions,
        *conflicts,
        *bases,
        *questions_of(values, found.said),
    ]
    asked += [signs_found.question] if signs_found.question else []
    asked += [f"{raw.divided} Is the unit that of what the cells hold?"] if raw.divided else []
    asked += [*alike_but_for(mapping, raw), *words_between(mapping, raw)]
    asked += [*unknown_headings(mapping, raw), *trade_with_whom(mapping, raw)]
    asked += [*parts_of_one_country(mapping, raw), *counted_beside(mapping, raw), *in_one_column(raw)]
    asked += status_of_titles(mapping, raw)
    mapping = mapping.model_copy(update={"questions": joined(asked)})
    mapping = with_columns_beside(mapping, raw, beside)
    mapping = mapping.model_copy(update={"sheets": unlike_sheets(mapping, raw, beside)})
    matches = [match for match in keys.matches if match.column != "value" or match.matched == value]
    proposal = _proposal(mapping, raw, matches, found.not_used, signs_found)
    return _with_names(proposal, unknown_names(mapping, raw, beside), unread(mapping, raw, beside))


def _with_names(
    proposal: ProposedMapping, unknown: dict[str, tuple[str, ...]], unread_texts: tuple[str, ...]
) -> ProposedMapping:
    """The proposal with the names and texts that nobody knows, to be filled in."""
    names = {
        ANSWERS[name]: dict.fromkeys(texts, "") for name, texts in unknown.items() if len(texts) <= _MOST
    }
    flags = proposal.mapping.flags
    marks = unknown_marks(flags, unread_texts)
    return proposal.model_copy(
        update={
            "mapping": proposal.mapping.model_copy(update=names),
            "unknown": unknown,
            "unread": tuple(text for text in unread_texts if split_flag(text)[1] not in flags),
            "asked": joined(
                [*proposal.asked, *unknown_lines(unknown), *marks, *_of_sheets(proposal.mapping)]
            ),
        }
    )


def _proposal(
    mapping: Mapping, raw: RawTable, matches: Sequence[Match], not_used: dict[str, str], found: Signs
) -> ProposedMapping:
    own = own_columns(mapping, raw)
    said = [set(column.says) for column in mapping.values]
    everywhere = set.intersection(*said) if said else set()
    settled = {*mapping.columns, *mapping.constants, *mapping.sections, *everywhere}
    settled |= {"value"} if mapping.values else set()
    settled |= set(units_beside(mapping, raw))
    lines = [
        *mapping.questions,
        *hints(own, raw, contradiction(own, raw) if own.values else None),
    ]
    return ProposedMapping(
        mapping=mapping,
        matches=(*matches, *_reasons(mapping, matches), *_doubts(mapping, found)),
        open=tuple(name for name in REQUIRED if name not in settled),
        unused=tuple(header for header in raw.header if not _is_used(mapping, header)),
        why_unused=not_used,
        asked=joined(lines),
    )


_MOST = 100
"""Names that nobody knows and that are written into the mapping, to be filled in."""


def _of_sheets(mapping: Mapping) -> list[str]:
    open_ = [sheet for sheet, says in mapping.sheets.items() if not all(says.values())]
    return [
        f'Sheet {sheet} has the same columns: say under [sheets."{sheet}"] what holds there, or skip_sheets.'
        for sheet in open_
    ]


def _is_used(mapping: Mapping, header: str) -> bool:
    return header in mapping.columns.values() or any(
        header in (column.header, column.flags) for column in mapping.values
    )


# Columns of numbers ---------------------------------------------------------------------------------------


def _number_columns(raw: RawTable, columns: dict[str, str], value: str | None) -> Numbers:
    """The columns of amounts; a column called 'Total' or 'Value' is the one only where no other says more."""
    found = number_columns(raw, list(columns.values()), None)
    if value is None:
        return found
    telling = [
        column
        for column in found.values
        if column.header != value and not column.says.keys().isdisjoint(("year", "measure"))
    ]
    return found if telling else number_columns(raw, list(columns.values()), value)


def _flagged(raw: RawTable, columns: dict[str, str], found: Numbers) -> tuple[list[ValueColumn], list[str]]:
    """The columns of numbers with the letters beside them; a status column among several is letters."""
    if len(found.values) > 1 and status_is_flags(raw, columns.get("status")):
        columns.pop("status")
    return with_flags(raw, found.values, list(columns.values()))


def _of_the_kind(values: Sequence[ValueColumn], told: Said) -> list[ValueColumn]:
    """Columns of which the header says 'production' and the title which kind: 'mine production'."""
    kind = told.says.get("measure", "")
    if not kind.endswith("_production"):
        return list(values)
    return [
        column.model_copy(update={"says": column.says | {"measure": kind}})
        if column.says.get("measure") == "production"
        else column
        for column in values
    ]


def _told_apart(values: Sequence[ValueColumn]) -> list[ValueColumn]:
    """Columns of one measure and year keep what tells them apart as detail: 'A+B+C1', 'C2'."""
    said = [(*(column.says.get(name) for name in _APART), *spans(column.header)) for column in values]
    return [
        column.model_copy(update={"says": column.says | {"detail": column.header.split(LEVELS)[-1]}})
        if said.count(key) > 1
        else column
        for column, key in zip(values, said, strict=True)
    ]


_APART = ("measure", "year", "mineral", "place")
"""What the figures of two columns may differ in."""

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
    return rest, [column.model_copy(update={"says": says}) for column, says in zip(values, said, strict=True)]


def _without_conflicts(
    raw: RawTable, columns: dict[str, str], values: Sequence[ValueColumn]
) -> tuple[list[ValueColumn], list[str]]:
    """The columns without what another says row by row; where that is something else, it is asked."""
    cleared, asked = [], []
    for column in values:
        for name in column.says.keys() & columns.keys():
            other = other_text(name, column.says[name], raw.frame[columns[name]], Mapping())
            if other and name not in ("year", "note", "status"):
                asked.append(
                    f"The header {column.header} says {name} {column.says[name]}, the column {columns[name]} "
                    f"says {other}: which holds? The column is proposed."
                )
        says = {name: text for name, text in column.says.items() if name not in columns}
        cleared.append(column.model_copy(update={"says": says}))
    return cleared, asked


def _title_conflicts(
    raw: RawTable, columns: dict[str, str], values: Sequence[ValueColumn], told: Said
) -> list[str]:
    """A unit in the title that the column of units does not have, or no header."""
    unit = told.says.get("unit")
    units = {text: factor_of(text) for text in (column.says.get("unit", "") for column in values)}
    if unit and "unit" not in columns and all(units) and factor_of(unit) not in [None, *units.values()]:
        return [f"The title says {unit}, the headers say {', '.join(units)}: which holds?"] if units else []
    other = (
        other_text("unit", unit, raw.frame[columns["unit"]], Mapping())
        if unit and "unit" in columns
        else None
    )
    return (
        [f"The title says {unit}, the column {columns['unit']} says {other}: which holds?"] if other else []
    )


# Texts: of numbers, of letters beside them, of lines between the rows --------------------------------------


def _with_texts(mapping: Mapping, tables: Sequence[RawTable]) -> tuple[Mapping, Signs]:
    """The mapping with signs of numbers, letters beside them, and signs in place of them."""
    own = [(own_columns(mapping, raw), raw) for raw in tables]
    texts = list(dict.fromkeys(text for here, raw in own for text in texts_of_numbers(here, raw)))
    divided = [split_flag(text) for text in texts]
    flags = [flag for _, flag in divided if flag]
    for here, raw in own:
        flags += flags_in(raw, here.values) + _of_status(here, raw)
    found = signs(texts, usual_decimal(tables[0]))
    printed = [number for number, _ in divided]
    told = said_in_notes(tables, [*flags, *(text for text in printed if not any(map(str.isdigit, text)))])
    said = {flag: says for flag in flags if (says := meaning_in_words(told.get(flag, "")))}
    return mapping.model_copy(
        update={
            "decimal": found.decimal,
            "thousands": found.thousands,
            "flags": _with_units(meanings(flags, texts) | said, mapping)
            | numerals_as_units(flags, mapping, tables),
            "symbols": known_symbols(printed, told),
        }
    ), found


def _with_units(flags: dict[str, str], mapping: Mapping) -> dict[str, str]:
    """The letters beside numbers; units are such where nothing else says the unit."""
    stated = [mapping.columns, mapping.constants, *(column.says for column in mapping.values)]
    if any("unit" in names for names in stated):
        return flags
    return {
        flag: f"{UNIT_FLAG}{flag}" if not says and factor_of(flag) else says for flag, says in flags.items()
    }


def _of_status(mapping: Mapping, raw: RawTable) -> list[str]:
    """The texts of a column of statuses that are no codes."""
    texts = texts_of(raw.frame[mapping.columns["status"]]) if "status" in mapping.columns else []
    return [text for text in texts if text not in list(Status)]


def _with_sections(mapping: Mapping, raw: RawTable) -> Mapping:
    """The mapping with what the lines between the rows say, which outranks the title."""
    found = [line for line in headings(mapping, raw) if not is_region(line.text)] if mapping.values else []
    kinds = [
        name for line in found for name, text in line.says.items() if mapping.constants.get(name) != text
    ]
    kinds = [name for name in dict.fromkeys(kinds) if name in _SECTIONS and name not in mapping.columns]
    constants = {name: text for name, text in mapping.constants.items() if name not in kinds}
    return mapping.model_copy(update={"sections": tuple(kinds), "constants": constants})


_SECTIONS = ("mineral", "place", "measure", "year", "unit", "class", "basis")


# Reasons ----------------------------------------------------------------------------------------------------


def _doubts(mapping: Mapping, found: Signs) -> list[Match]:
    """A number that could be read in another way, if none tells which is right; and what signs mean."""
    meant = [
        Match(column="value", matched=f"{text} = {ours}", confidence=LIKELY, why="a sign for no number")
        for text, ours in mapping.symbols.items()
    ]
    meant += [
        Match(column="value", matched=f"{flag} = {says}", confidence=LIKELY, why="a letter beside a number")
        for flag, says in mapping.flags.items()
        if says
    ]
    if not found.either:
        return meant
    sign = next((character for character in found.either if character in ".,"), ".")
    why = f"'{found.either}' may have thousands or decimals: look"
    told = f"{'point' if mapping.decimal == '.' else 'comma'} for decimals"
    return [*meant, Match(column="value", matched=f"{sign}: {told}", confidence=POSSIBLE, why=why)]


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
    told += [
        Match(column=name, matched="lines between the rows", confidence=LIKELY, why="what they say")
        for name in mapping.sections
    ]
    return told
