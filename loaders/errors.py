"""The errors of the product, drawn once.

MineralsError
├── UnreadableFile      the bytes are not a table or a text that can be read
│   └── NoTable         a text of sentences where a table is expected
├── UnknownFormat       readable, but no publisher's format recognises it
├── UnknownUnit         a unit spelling that no table translates
├── UnlikeUnits         adding or converting things that do not add or convert
├── NotComparable       figures put on one axis that do not count the same thing
├── UnknownName         a mineral or place that no table knows
├── BadSeed             a seed file that is malformed
├── BadAnswer           an answer to a name in a file that cannot hold
├── StoreError          an edition that cannot be kept, found or read back
└── CannotServe         no address or port to start the dashboard on
"""

from __future__ import annotations

from typing import Any


class MineralsError(Exception):
    """Something a user can mend: says where it is, what was expected, and what to do."""

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        row: int | None = None,
        column: str | None = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.row = row
        self.column = column
        self.remedy = remedy

    def __str__(self) -> str:
        where = [
            text
            for text in (
                self.file,
                None if self.row is None else f"row {self.row}",
                None if self.column is None else f"column {self.column}",
            )
            if text
        ]
        place = f"{', '.join(where)}: " if where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.message}{remedy}"

    def __reduce__(self) -> Any:
        """Survive pickling (worker processes, caches) with all fields."""
        return (_rebuild, (type(self), self.message, self.file, self.row, self.column, self.remedy))


def _rebuild(
    kind: type[MineralsError],
    message: str,
    file: str | None,
    row: int | None,
    column: str | None,
    remedy: str | None,
) -> MineralsError:
    return kind(message, file=file, row=row, column=column, remedy=remedy)


class UnreadableFile(MineralsError):
    """The bytes are not a table or a text that can be read."""


class NoTable(UnreadableFile):
    """A text of sentences where a table is expected, such as a read-me."""


class UnknownFormat(MineralsError):
    """The file can be read, but no publisher's format recognises it.

    `tried` says why each one declined, `looks` what a table looks like and what it lacks.
    """

    tried: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()

    def __str__(self) -> str:
        tried = f" Tried: {'; '.join(self.tried)}." if self.tried else ""
        return super().__str__() + tried

    def __reduce__(self) -> Any:
        return (_rebuild_unknown, (super().__reduce__()[1], self.tried, self.looks))


def _rebuild_unknown(
    fields: tuple[Any, ...], tried: tuple[str, ...], looks: tuple[str, ...]
) -> UnknownFormat:
    _, message, *where = fields
    error = UnknownFormat(message, **dict(zip(("file", "row", "column", "remedy"), where, strict=True)))
    error.tried, error.looks = tried, looks
    return error


class UnknownUnit(MineralsError):
    """A unit spelling that no table translates."""


class UnlikeUnits(MineralsError):
    """Adding or converting things that do not add or convert."""


class NotComparable(MineralsError):
    """Figures put on one axis that do not count the same thing."""


class UnknownName(MineralsError):
    """A mineral or place that no table knows."""


class BadSeed(MineralsError):
    """A seed file that is malformed."""


class BadAnswer(MineralsError):
    """An answer to a name in a file that cannot hold: an unknown code, a name that is taken, a circle."""


class StoreError(MineralsError):
    """An edition that cannot be kept, found or read back."""


class CannotServe(MineralsError):
    """The dashboard cannot be started on the wanted address or on any port near the wanted one."""
