"""Editions on disk: the bundled ones, and those in the user's workspace, which win.

    data/usgs-mcs/dataset.toml, 2025.csv                     bundled, read-only
    HOME/datasets/usgs-mcs/dataset.json, 2025.<version>.csv  workspace

An edition's version is the SHA-256 of its file. A workspace file is written beside its final name,
synced and renamed; then the pointer `dataset.json` is replaced in the same way, so that a reader sees
the old editions or the new ones.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import platformdirs
import pyarrow as pa
import pyarrow.csv as pacsv
from pydantic import ValidationError

from loaders.errors import StoreError
from loaders.model import OBSERVATION_COLUMNS, Dataset, Edition, Source
from loaders.tables import text_frame

APP_NAME = "critical-minerals-explorer"


@dataclass(frozen=True)
class Installed:
    """An edition that can be read: its dataset, its record, its file, and whether it is the user's own."""

    dataset: Dataset
    edition: Edition
    path: Path
    bundled: bool

    @property
    def source(self) -> Source:
        """The source record of the edition."""
        return self.dataset.source(self.edition)


@dataclass(frozen=True)
class Catalogue:
    """All editions that can be read, bundled and the user's own; sorted by dataset and edition."""

    editions: tuple[Installed, ...]

    @cached_property
    def version(self) -> str:
        """One hash for all editions: their figures, and their records with titles, citations and licences."""
        text = "\n".join(
            item.dataset.model_dump_json(exclude={"editions"}) + item.edition.model_dump_json()
            for item in self.editions
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def get(self, dataset: str, edition: str) -> Installed:
        """The edition. Raises StoreError with the ones there are."""
        for item in self.editions:
            if (item.dataset.id, item.edition.edition) == (dataset, edition):
                return item
        have = ", ".join(item.edition.id for item in self.editions) or "none"
        raise StoreError(f"there is no edition {edition} of {dataset}.", remedy=f"There are: {have}.")


def bundled_folder(name: str) -> Path:
    """The folder `data` or `seeds` of the product: inside the installed package, or beside its source."""
    package = Path(__file__).parent
    installed = package / "bundled" / name
    return installed if installed.is_dir() else package.parent / name


def workspace(home: Path | str | None = None) -> Path:
    """The user's folder: `home`, else MINERALS_HOME, else the platform's folder for a program's data."""
    return Path(home or os.environ.get("MINERALS_HOME") or platformdirs.user_data_path(APP_NAME))


def catalogue(home: Path | str | None = None, bundled: Path | None = None) -> Catalogue:
    """The editions that can be read. Raises StoreError if a dataset's own record is damaged."""
    found: dict[tuple[str, str], Installed] = {}
    for item in _bundled(bundled or bundled_folder("data")):
        found[item.dataset.id, item.edition.edition] = item
    for item in _own(workspace(home) / "datasets"):
        found[item.dataset.id, item.edition.edition] = item
    return Catalogue(tuple(found[key] for key in sorted(found)))


def _bundled(folder: Path) -> Iterable[Installed]:
    for record in sorted(folder.glob("*/dataset.toml")):
        dataset = _dataset(record)
        for edition in dataset.editions:
            yield Installed(dataset, edition, record.parent / f"{edition.edition}.csv", bundled=True)


def _own(folder: Path) -> Iterable[Installed]:
    for record in sorted(folder.glob("*/dataset.json")):
        dataset = _dataset(record)
        for edition in dataset.editions:
            yield Installed(dataset, edition, record.parent / _file_name(edition), bundled=False)


def _dataset(record: Path) -> Dataset:
    """The record of a dataset and its editions. Raises StoreError, with the field, if it is damaged."""
    try:
        if record.suffix == ".json":
            return Dataset.model_validate_json(record.read_bytes())
        return Dataset.model_validate(_with_dataset(tomllib.loads(record.read_text(encoding="utf-8"))))
    except ValidationError as error:
        first = error.errors()[0]
        raise _damaged(record, first["msg"], ".".join(str(part) for part in first["loc"])) from error
    except ValueError as error:  # no TOML, no UTF-8
        raise _damaged(record, str(error)) from error


def _with_dataset(content: dict[str, Any]) -> dict[str, Any]:
    """The editions of `dataset.toml`, which need not repeat the dataset's id."""
    editions = [{"dataset": content.get("id"), **edition} for edition in content.get("editions", [])]
    return {**content, "editions": editions}


def _damaged(record: Path, why: str, column: str = "") -> StoreError:
    return StoreError(
        f"the dataset's record is damaged: {why}.",
        file=str(record),
        column=column or None,
        remedy="Move the folder away and add the edition again.",
    )


def _file_name(edition: Edition) -> str:
    return f"{edition.edition}.{edition.version[:16]}.csv"


def to_csv(observations: pd.DataFrame) -> bytes:
    """The canonical text of an observation table: the same bytes from the same content."""
    columns = observations[list(OBSERVATION_COLUMNS)]
    return columns.to_csv(index=False, lineterminator="\n").encode()


def from_csv(content: bytes) -> pd.DataFrame:
    """The observation table of a canonical text; columns and dtypes of `model.OBSERVATION_COLUMNS`."""
    table = pacsv.read_csv(
        io.BytesIO(content),
        parse_options=pacsv.ParseOptions(newlines_in_values=True),
        convert_options=pacsv.ConvertOptions(
            column_types={name: _ARROW_TYPES[kind] for name, kind in OBSERVATION_COLUMNS.items()},
            null_values=[""],
            strings_can_be_null=False,
        ),
    )
    return text_frame(table)


_ARROW_TYPES = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64()}


def read_edition(item: Installed) -> pd.DataFrame:
    """The observation table of an edition. Raises StoreError if the file is gone or was changed."""
    try:
        content = item.path.read_bytes()
    except OSError as error:
        raise StoreError(f"the edition cannot be read ({error.strerror}).", file=str(item.path)) from error
    if hashlib.sha256(content).hexdigest() != item.edition.version:
        raise StoreError(
            "the edition's file is not the one that was installed: its hash differs.",
            file=str(item.path),
            remedy="Add the edition again from the publisher's file.",
        )
    return from_csv(content)


def read_all(found: Catalogue) -> pd.DataFrame:
    """The observation tables of all editions in one, in the order of the catalogue."""
    tables = [read_edition(item) for item in found.editions]
    if not tables:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in OBSERVATION_COLUMNS.items()})
    return pd.concat(tables, ignore_index=True)


def install(
    observations: pd.DataFrame, dataset: Dataset, edition: Edition, home: Path | str | None = None
) -> Edition:
    """Put an edition into the workspace, in place of one of the same name; returns it with its version.

    Raises StoreError if a name cannot be a file's on every system, or if the workspace cannot be written;
    what was there before is then still there.
    """
    for name in (dataset.id, edition.edition):
        _refuse_device(name)
    content = to_csv(observations)
    edition = edition.model_copy(update={"version": hashlib.sha256(content).hexdigest()})
    folder = workspace(home) / "datasets" / dataset.id
    record, table = folder / "dataset.json", folder / _file_name(edition)
    new = not table.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = _dataset(record).editions if record.exists() else ()
        kept = [other for other in others if other.edition != edition.edition]
        _write(table, content)
        dataset = dataset.model_copy(update={"editions": (*kept, edition)})
        _write(record, dataset.model_dump_json(indent=2).encode())
    except OSError as error:
        with suppress(OSError):
            if new:
                table.unlink(missing_ok=True)
        raise _unwritable(folder, error) from error
    return edition


# Windows opens the device, whatever the suffix and the folder.
_DEVICES = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}


def _refuse_device(name: str) -> None:
    if name.split(".")[0] in _DEVICES:
        raise StoreError(
            f"'{name}' is the name of a device on Windows and cannot name a file.",
            remedy="Choose another name for the dataset or the edition.",
        )


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"the workspace cannot be written ({error.strerror}); nothing was changed.",
        file=str(folder),
        remedy="Free some space or choose another folder with MINERALS_HOME.",
    )


def remove(dataset: str, edition: str, home: Path | str | None = None) -> None:
    """Take one of the user's own editions out of the workspace; a bundled one of its name shows again.

    Raises StoreError if there is no such edition of the user's own, or if the workspace cannot be written.
    """
    own = Catalogue(tuple(_own(workspace(home) / "datasets")))
    item = own.get(dataset, edition)
    folder = item.path.parent
    kept = tuple(other for other in item.dataset.editions if other.edition != edition)
    try:
        if kept:
            left = item.dataset.model_copy(update={"editions": kept})
            _write(folder / "dataset.json", left.model_dump_json(indent=2).encode())
        else:
            (folder / "dataset.json").unlink()
    except OSError as error:
        raise _unwritable(folder, error) from error
    with suppress(OSError):  # nothing names the file any more: it does no harm where it stays
        item.path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Write beside the final name, sync, rename."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
