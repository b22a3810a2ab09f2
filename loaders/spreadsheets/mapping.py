"""How the columns of a spreadsheet become those of our tidy table: a `Mapping`, and how it is kept.

`loaders.spreadsheets.proposing` proposes one; a person confirms or corrects it, and answers its questions.
It is kept with the edition that was read with it, and `renewed` for the next one. Nothing is applied that
nobody has seen.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import Any, Literal

import tomlkit
from pydantic import Field, ValidationError, model_validator

from loaders.errors import MineralsError
from loaders.formats.tidy import COLUMNS
from loaders.model import Record, Text
from loaders.spreadsheets.years import YEAR
from loaders.values import read_value

SECTIONS = ("mineral", "place", "measure", "year", "unit", "class", "basis", "none")
"""What lines between the rows may say of the rows below them."""


CARRIED = ("place", "mineral", "measure", "year", "class")
"""Columns whose texts may be printed once for several rows."""


ANSWERS = {
    "place": "places", "mineral": "minerals", "unit": "units", "measure": "measures", "year": "years",
    "basis": "bases",
}  # fmt: skip
"""Our columns whose printed texts can be called otherwise, and the field of the mapping that says so."""


class ValueColumn(Record):
    """A column of numbers, and what its header says of all of them: year, measure, unit, class, ...

    `flags` is the header of a column beside it that holds letters for its numbers: e, p, r.
    """

    header: Text
    says: dict[str, str] = Field(default_factory=dict)
    flags: str = ""

    @model_validator(mode="after")
    def _known(self) -> ValueColumn:
        _refuse_unknown_columns(self.says)
        return self


class Mapping(Record):
    """How the columns of a table become ours.

    `columns` maps our column to the header of theirs, `constants` our column to a text for all rows.
    `values` are the columns of numbers; one line is made for each of them. `decimal` and `thousands` are
    the separators in numbers that are stored as text; spaces between digits are always dropped. `symbols`
    maps a sign or words in place of a number to what our table has there: NA, W, XX, 0, ... `sheets` holds,
    for sheets of a workbook whose name or title says something else, what replaces the constants there.

    `places`, `minerals`, `units`, `measures`, `years` and `bases` map a printed text to what we call it,
    `flags` letters beside a number to a status code or words for the note; an empty text is not answered yet.
    `leave_out` are places, minerals or measures whose rows are not read, `skip_sheets` sheets that are not.
    `sections` names what the lines between the rows say, `carried_down` the columns whose texts are printed
    once and hold for the rows below that have none. Numbers of years after `actual_until` are forecasts.
    `headers` are all those of the table that the mapping was made for, so that a new one is seen next year.
    `questions` are what somebody has to look at; nothing is read as long as one stands there.
    """

    questions: tuple[str, ...] = ()
    columns: dict[str, str] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    values: tuple[ValueColumn, ...] = ()
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " "] = ","
    actual_until: str = ""
    sections: tuple[str, ...] = ()
    carried_down: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    skip_sheets: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    symbols: dict[str, str] = Field(default_factory=dict)
    flags: dict[str, str] = Field(default_factory=dict)
    places: dict[str, str] = Field(default_factory=dict)
    minerals: dict[str, str] = Field(default_factory=dict)
    units: dict[str, str] = Field(default_factory=dict)
    measures: dict[str, str] = Field(default_factory=dict)
    years: dict[str, str] = Field(default_factory=dict)
    bases: dict[str, str] = Field(default_factory=dict)
    sheets: dict[str, dict[str, str]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known(self) -> Mapping:
        told = [name for says in self.sheets.values() for name in says]
        _refuse_unknown_columns([*self.columns, *self.constants, *told])
        if self.decimal == self.thousands:
            raise ValueError("decimal and thousands separator are the same")
        unread = [text for text in self.symbols.values() if read_value(text) is None]
        if unread:
            raise ValueError(f"symbols: '{unread[0]}' is no value; expected NA, W, XX, 0, ...")
        other = [name for name in self.sections if name not in SECTIONS]
        if other:
            raise ValueError(f"sections: '{other[0]}' is none of {', '.join(SECTIONS)}")
        other = [name for name in self.carried_down if name not in CARRIED]
        if other:
            raise ValueError(f"carried_down: '{other[0]}' is none of {', '.join(CARRIED)}")
        if self.actual_until and not YEAR.fullmatch(self.actual_until):
            raise ValueError(f"actual_until: '{self.actual_until}' is no year")
        return self

    def aliases(self, column: str) -> dict[str, str]:
        """What printed texts of one of our columns are called by us, as far as that is answered."""
        found: dict[str, str] = getattr(self, ANSWERS[column]) if column in ANSWERS else {}
        return {printed: ours for printed, ours in found.items() if ours}


def _refuse_unknown_columns(names: Iterable[str]) -> None:
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise ValueError(f"{unknown[0]} is none of our columns: {', '.join(COLUMNS)}")


# Keeping --------------------------------------------------------------------------------------------


def to_toml(mapping: Mapping) -> str:
    """The mapping as TOML, to be kept with the dataset."""
    return tomlkit.dumps(_filled(mapping.model_dump()))


_ALWAYS = ("columns", "constants", "values", "decimal", "thousands", "symbols", "sheets")


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something, texts before tables, as TOML has them."""
    kept = {name: item for name, item in fields.items() if item or name in _ALWAYS}
    for column in kept["values"]:
        if not column["flags"]:
            del column["flags"]
    return {name: list(item) if isinstance(item, tuple) else item for name, item in kept.items()}


def from_toml(text: str, file: str = "") -> Mapping:
    """The mapping of a TOML text. Raises MineralsError for a text that is none."""
    try:
        return Mapping.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MineralsError(f"this is not TOML: {error}.", file=file, remedy="Propose it again.") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise MineralsError(
            f"this is no mapping: {first['msg']}.",
            file=file,
            column=".".join(str(part) for part in first["loc"]),
            remedy="Compare with data/TIDY.md.",
        ) from error


def with_names(mapping: Mapping, dataset: str = "", edition: str = "") -> Mapping:
    """The mapping with names of dataset and edition for all rows, where they are given."""
    names = {"dataset": dataset, "edition": edition}
    return mapping.model_copy(
        update={"constants": mapping.constants | {name: text for name, text in names.items() if text}}
    )
