"""What is declared beside the editions of a dataset, in a TOML file of entries with an id each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from loaders.errors import StoreError
from loaders.model import Identifier, Record


class Declared(Record):
    """An entry of such a file."""

    id: Identifier


_Entry = TypeVar("_Entry", bound=Declared)


def read_declared(
    folders: Iterable[Path], file_name: str, record: type[_Entry], called: str
) -> tuple[_Entry, ...]:
    """The entries of the files of that name; a later folder's replace those of the same id.

    They stand under `called` and an s; what stands above them is true of each. Raises StoreError, with the
    file and the field, for a file that is malformed.
    """
    found: dict[str, _Entry] = {}
    for path in (folder / file_name for folder in folders):
        if path.is_file():
            found.update((item.id, item) for item in _read_file(path, record, called))
    return tuple(found.values())


def _read_file(path: Path, record: type[_Entry], called: str) -> list[_Entry]:
    key = f"{called.replace(' ', '_')}s"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # a TOML or a UTF-8 error is a ValueError
        raise StoreError(f"the {called}s cannot be read ({error}).", file=str(path)) from error
    common = {name: value for name, value in content.items() if name != key}
    found = [_entry(path, {**common, **entry}, record, called) for entry in content.get(key, [])]
    ids = [item.id for item in found]
    if len(set(ids)) < len(ids):
        raise StoreError(f"two {called}s have the same id.", file=str(path))
    return found


def _entry(path: Path, entry: dict[str, object], record: type[_Entry], called: str) -> _Entry:
    try:
        return record.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        said = first["msg"].removeprefix("Value error, ")
        raise StoreError(
            f"the {called} '{entry.get('id', 'without an id')}' is malformed: {said}.",
            file=str(path),
            column=".".join(str(part) for part in first["loc"]),
        ) from error
