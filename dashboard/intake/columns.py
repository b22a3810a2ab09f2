"""What a person says of the columns of a spreadsheet, as the mapping that reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Names
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from dashboard.intake.answers import minerals_offered, places_offered
from loaders.columns import distinct
from loaders.files.inputs import open_inputs
from loaders.files.opening import read_tables
from loaders.files.table import RawTable
from loaders.intake.sorting import sort_out
from loaders.names import find_mineral, mineral_name, nearest
from loaders.spreadsheets.applying import apply, misfit, unsaid
from loaders.spreadsheets.asking import unknown_headings, unknown_names
from loaders.spreadsheets.checks import later_years
from loaders.spreadsheets.flags import UNIT_FLAG
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.mapping import ANSWERS, SECTIONS, Mapping, ValueColumn, from_toml
from loaders.spreadsheets.proposing import propose
from loaders.spreadsheets.renewing import renewed
from loaders.spreadsheets.rows import headings
from loaders.spreadsheets.sheets import weight
from loaders.spreadsheets.totals import SOME_ROWS, total_of
from loaders.store import Catalogue
from loaders.units import known_unit
from loaders.vocabulary import COUNTED_MEASURES, Basis, Measure, Status

NOT_USED, NUMBERS = "not used", "numbers"

USES = {
    NOT_USED: "not used",
    NUMBERS: "numbers",
    "place": "country",
    "mineral": "mineral",
    "year": "year",
    "unit": "unit",
    "measure": "measure (code)",
    "basis": "basis (code)",
    "detail": "words that narrow it",
    "note": "note",
    "status": "status (code)",
    "class": "class (code)",
    "scheme": "classification (code)",
    "lower": "lower bound",
    "upper": "upper bound",
    "printed_measure": "measure in the publisher’s words",
    "dataset": "dataset (id)",
    "edition": "edition",
}
"""What a column can be, and how that is called; the names of our own columns but for the first two."""

_EXAMPLES = 3

OF_NUMBERS = ("measure", "year", "unit")
FOR_ALL = ("place", "mineral", "measure", "year", "unit", "basis")
"""What can be said of a column of numbers, and of all rows."""


class ColumnUse(NamedTuple):
    """What one column is; `says` is what its header says of a column of numbers: measure, year, unit, ..."""

    header: str
    use: str = NOT_USED
    says: Names[str, str] = {}


def said_of(mapping: Mapping, header: str) -> ColumnUse:
    """What a mapping says of a column."""
    for column in mapping.values:
        if column.header == header:
            return ColumnUse(header, NUMBERS, column.says)
    names = [name for name, theirs in mapping.columns.items() if theirs == header and name in USES]
    return ColumnUse(header, next(iter(names), NOT_USED))


def mapping_of(
    said: Iterable[ColumnUse], constants: Names[str, str], decimal: str = ".", thousands: str = ","
) -> Mapping:
    """The mapping that says this; empty texts say nothing. Raises ValueError for impossible separators."""
    columns = list(said)
    return Mapping.model_validate(
        {
            "columns": {item.use: item.header for item in columns if item.use not in (NOT_USED, NUMBERS)},
            "constants": _filled(constants),
            "values": [
                ValueColumn(header=item.header, says=_filled(item.says))
                for item in columns
                if item.use == NUMBERS
            ],
            "decimal": decimal,
            "thousands": thousands,
        }
    )


def said_again(beginning: Mapping, said: Mapping, headers: Sequence[str]) -> Mapping:
    """What was said in the form, with what the form does not ask: flags, sheets, lines between the rows.

    `headers` are those that the form asks for; columns of other tables of the sheet stay as they were.
    """
    flags = {column.header: column.flags for column in beginning.values}
    values = [column.model_copy(update={"flags": flags.get(column.header, "")}) for column in said.values]
    values += [column for column in beginning.values if column.header not in headers]
    asked = ("columns", "constants", "decimal", "thousands")
    return beginning.model_copy(
        update={"values": tuple(values), **{name: getattr(said, name) for name in asked}}
    )


UNTIL = "last year of actual figures"
LINES = "lines between the rows"
FLAG = "flag"
OF_SHEET = " of sheet"
LEAVE_OUT = "-"

UNITS_OFFERED = (
    "t", "kt", "Mt", "kg", "g", "lb", "short ton", "troy ounce", "koz", "ct", "t LCE", "kt LCE", "t REO",
    "kt REO",
)  # fmt: skip
"""Units of spreadsheets; others can be written."""


def answers_offered(kind: str, text: str) -> dict[str, str]:
    """What can be answered of a name or of letters, with its words, the likeliest first; none for a year."""
    what = kind.removesuffix(OF_SHEET)
    if kind == FLAG:
        unit = {f"{UNIT_FLAG}{text}": f"the unit {text}"} if known_unit(text, "any") else {}
        return unit | {status.value: status.label for status in (Status.ESTIMATED, *_BESIDE_NUMBERS)}
    if kind == LINES:
        return {name: name for name in SECTIONS}
    found = _ours(what, text)
    left_out = "leave the sheet out" if kind.endswith(OF_SHEET) else "leave its rows out"
    return {**found, LEAVE_OUT: left_out} if found else {}


_BESIDE_NUMBERS = (Status.FORECAST, Status.WITHHELD)


def _ours(what: str, text: str) -> dict[str, str]:
    """All that we have of a kind of name."""
    if what == "mineral":
        within = find_mineral(text)
        return minerals_offered(
            [*([mineral_name(within)] if within else []), *nearest(text, "any", "mineral")]
        )
    if what == "place":
        is_total = total_of(text) not in (None, SOME_ROWS)
        return places_offered(["World"] if is_total else nearest(text, "any", "place"))
    if what == "unit":
        return {unit: unit for unit in UNITS_OFFERED}
    terms: dict[str, Iterable[Measure | Basis]] = {"measure": COUNTED_MEASURES, "basis": Basis}
    return {term.value: term.label for term in terms.get(what, ())}


def names_asked(mapping: Mapping, raw: RawTable, beside: Sequence[RawTable] = ()) -> list[tuple[str, str]]:
    """What nobody knows, by kind and text: names, letters beside numbers, sheets, lines between the rows.

    So is the year after which figures are forecasts.
    """
    found = [(kind, text) for kind, texts in unknown_names(mapping, raw, beside).items() for text in texts]
    found += [(FLAG, letters) for letters, says in mapping.flags.items() if not says]
    found += [
        (f"{name}{OF_SHEET}", sheet)
        for sheet, says in mapping.sheets.items()
        for name, text in says.items()
        if not text and sheet not in mapping.skip_sheets
    ]
    lines = [line.text for line in headings(mapping, raw) if not line.says] if mapping.values else []
    if lines and unknown_headings(mapping, raw):
        found.append((LINES, ", ".join(lines[:_EXAMPLES])))
    return [*found, *((UNTIL, str(year)) for year in later_years(mapping, raw)[:1])]


def with_names_said(mapping: Mapping, said: Names[tuple[str, str], str]) -> Mapping:
    """The mapping with what is said of names; a hyphen leaves the rows, or the sheet, out."""
    for (kind, text), ours in said.items():
        answer = ours.strip()
        if answer or kind == UNTIL:
            mapping = mapping.model_copy(update=_changed(mapping, kind, text, answer))
    return mapping


def _changed(mapping: Mapping, kind: str, text: str, answer: str) -> dict[str, Any]:
    """The field of a mapping that an answer changes; nothing for an answer that is none."""
    if kind == UNTIL:
        return {"actual_until": answer if answer.isdigit() and len(answer) == 4 else ""}
    if kind == LINES:
        return {"sections": (answer,)} if answer in SECTIONS else {}
    if kind.endswith(OF_SHEET):
        if answer == LEAVE_OUT:
            return {"skip_sheets": tuple(dict.fromkeys((*mapping.skip_sheets, text)))}
        told = {**mapping.sheets[text], kind.removesuffix(OF_SHEET): answer}
        return {"sheets": {**mapping.sheets, text: told}}
    if answer == LEAVE_OUT and kind != FLAG:
        return {"leave_out": (*mapping.leave_out, text)}
    names = ANSWERS.get(kind, f"{kind}s")
    return {names: {**getattr(mapping, names), text: answer}}


def _filled(texts: Names[str, str]) -> dict[str, str]:
    return {name: " ".join(text.split()) for name, text in texts.items() if text.strip()}


def repeated(said: Iterable[ColumnUse]) -> list[str]:
    """What several columns are said to be, of which there can be one only."""
    uses = [item.use for item in said if item.use not in (NOT_USED, NUMBERS)]
    return sorted({USES[use] for use in uses if uses.count(use) > 1})


# The spreadsheet ----------------------------------------------------------------------------------------


def column_tables(paths: Sequence[Path]) -> list[RawTable]:
    """The tables in handed-in files that have columns, those of most numbers first. Raises MineralsError."""
    inputs = open_inputs(sort_out(paths).tables)
    tables = laid_out([table for item in inputs for table in read_tables(item) if len(table.frame)])
    return sorted(tables, key=weight, reverse=True) if len(tables) > 1 else tables


def examples(column: pd.Series) -> str:
    """The first texts of a column."""
    texts = [text for text in distinct(column.head(200))[1] if text.strip()]
    return ", ".join(texts[:_EXAMPLES]) + (", …" if len(texts) > _EXAMPLES else "")


_SHOWN = ("place", "mineral", "measure", "year", "value", "unit")


def preview(mapping: Mapping, raw: RawTable, rows: int) -> pd.DataFrame:
    """The first lines of our table that the mapping makes; it has to fit."""
    head = raw.frame.head(rows * 5)
    numbers = None if raw.numbers is None else raw.numbers.head(rows * 5)
    lines = apply(mapping, replace(raw, frame=head, numbers=numbers)).frame
    return lines[[name for name in _SHOWN if name in lines]].sort_index(kind="stable").head(rows)


# Where to begin -----------------------------------------------------------------------------------------


def kept_mappings(found: Catalogue) -> dict[str, Mapping]:
    """The mapping of the newest edition of each dataset that has one, by the dataset's id."""
    return {
        item.dataset.id: from_toml(item.edition.mapping) for item in found.editions if item.edition.mapping
    }


def beginnings(
    raw: RawTable, kept: Names[str, Mapping], beside: Sequence[RawTable] = ()
) -> dict[str, Mapping]:
    """What to begin with: each kept mapping that fits but for its questions, then our own proposal.

    The proposal stands under the name "".
    """
    proposed = propose(raw, beside=beside).mapping
    again = {name: renewed(mapping, raw, proposed) for name, mapping in kept.items()}
    fitting = {name: mapping for name, mapping in again.items() if _fits_but_for_edition(mapping, raw)}
    return {**fitting, "": proposed}


def _fits_but_for_edition(mapping: Mapping, raw: RawTable) -> bool:
    answered = mapping.model_copy(update={"questions": ()})
    return unsaid(answered, raw) == ["edition"] or misfit(answered, raw) is None
