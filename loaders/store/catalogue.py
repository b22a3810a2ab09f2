"""What can be read now, or could be at an earlier version."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from loaders.added_minerals import AddedMineral, know, meet
from loaders.answers.keeping import answers_from_toml
from loaders.errors import StoreError, UnreadableFile
from loaders.files.inputs import read_text
from loaders.model import NOT_STATED, Dataset, Edition, Source
from loaders.store.folders import Folders, folders
from loaders.store.state import Kept, State, Versions, read_state, state_of, written_state
from loaders.text import with_stop


@dataclass(frozen=True)
class Installed:
    """An edition that can be read: its dataset, its record, its file, and whether it is the user's own.

    `current` says whether it is the one in use of its dataset.
    """

    dataset: Dataset
    edition: Edition
    path: Path
    bundled: bool
    current: bool = False

    @property
    def source(self) -> Source:
        """The source record of the edition."""
        return self.dataset.source(self.edition)


@dataclass(frozen=True)
class Catalogue:
    """All editions that can be read, bundled and the user's own; sorted by dataset and edition.

    `editions` are those whose figures are compared between countries, `national` those of one country's own
    account, which nobody reads who does not ask for them.
    """

    editions: tuple[Installed, ...]
    national: tuple[Installed, ...] = ()

    @property
    def all(self) -> tuple[Installed, ...]:
        """The editions of both kinds."""
        return (*self.editions, *self.national)

    @cached_property
    def version(self) -> str:
        """One hash for all editions, their records, and which are current."""
        current = "\n".join(item.edition.id for item in self.all if item.current)
        return _hash(f"{self.content}\n{current}")

    @cached_property
    def content(self) -> str:
        """One hash for all editions: their figures, and their records with titles, citations and licences."""
        return _hash("\n".join(_record_text(item.dataset, item.edition) for item in self.all))

    @cached_property
    def minerals(self) -> tuple[AddedMineral, ...]:
        """The minerals that editions add, each once. Raises BadAnswer if the answers of one are damaged."""
        texts = dict.fromkeys(item.edition.answers for item in self.all if item.edition.answers)
        return tuple({mineral.id: mineral for text in texts for mineral in _minerals_in(text)}.values())

    def get(self, dataset: str, edition: str) -> Installed:
        """The edition. Raises StoreError with the ones there are."""
        for item in self.all:
            if (item.dataset.id, item.edition.edition) == (dataset, edition):
                return item
        have = ", ".join(item.edition.id for item in self.all) or "none"
        raise StoreError(f"there is no edition {edition} of {dataset}.", remedy=f"There are: {have}.")

    def current(self, dataset: str) -> Installed | None:
        """The edition in use of a dataset; None if there is no such dataset."""
        of_dataset = [item for item in self.all if item.dataset.id == dataset]
        in_use = [item for item in of_dataset if item.current]
        return next(iter(in_use or of_dataset[-1:]), None)

    def in_use(self, editions: Sequence[str]) -> str:
        """Of ids such as `usgs-mcs.2025` the last one that is current in its dataset, else the last."""
        current = {item.edition.id for item in self.all if item.current}
        return next((name for name in reversed(editions) if name in current), editions[-1])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1024)
def _record_text(dataset: Dataset, edition: Edition) -> str:
    """What is said of both; without answers or a country it is the text of before there were any of them.

    So are versions, which are made of it.
    """
    silent = {"mapping"} if edition.answers else {"mapping", "answers"}
    hidden = {"editions"} if dataset.country else {"editions", "country"}
    return dataset.model_dump_json(exclude=hidden) + edition.model_dump_json(exclude=silent)


# What can be read -------------------------------------------------------------------------------------


def catalogue(home: Path | str | None = None, bundled: Path | None = None) -> Catalogue:
    """The editions that can be read now; the minerals that they add are known from then on.

    Raises StoreError if a record is damaged.
    """
    found = _present(folders(home, bundled))
    know(found.minerals)
    return found


def _present(where: Folders) -> Catalogue:
    """The editions that can be read now, worked out anew only where a record was written meanwhile."""
    return _catalogue(where, written_state(where), _records(where.bundled))


@lru_cache(maxsize=8)
def _catalogue(where: Folders, written: bytes | None, _bundled: tuple[tuple[Path, int], ...]) -> Catalogue:
    return catalogue_of(state_of(written, where), where)


@lru_cache(maxsize=256)
def _minerals_in(text: str) -> tuple[AddedMineral, ...]:
    return answers_from_toml(text).new_minerals


def catalogue_of(state: State, where: Folders) -> Catalogue:
    """The editions that can be read in a state of the workspace. Raises StoreError."""
    found: dict[tuple[str, str], Installed] = {}
    for item in (*bundled_editions(where.bundled), *_own(state, where)):
        found[item.dataset.id, item.edition.edition] = item
    return _with_current((found[key] for key in sorted(found)), state.current)


def _with_current(editions: Iterable[Installed], wanted: Mapping[str, str]) -> Catalogue:
    """Marks the wanted edition of each dataset, or its newest one."""
    items = list(editions)
    current: dict[str, str] = {}
    for item in items:
        dataset, edition = item.dataset.id, item.edition.edition
        if current.get(dataset) != wanted.get(dataset, ""):
            current[dataset] = edition
    marked = [replace(item, current=current[item.dataset.id] == item.edition.edition) for item in items]
    return Catalogue(
        tuple(item for item in marked if not item.dataset.country),
        tuple(item for item in marked if item.dataset.country),
    )


def bundled_editions(folder: Path) -> Iterable[Installed]:
    """The editions that come with the product. Raises StoreError if a record is damaged."""
    for record, changed in _records(folder):
        dataset = _dataset(record, changed)
        for edition in dataset.editions:
            yield Installed(dataset, edition, record.parent / f"{edition.edition}.csv", bundled=True)


def _own(state: State, where: Folders) -> Iterable[Installed]:
    for dataset in state.datasets:
        for edition in dataset.editions:
            yield Installed(dataset, edition, where.table(edition), bundled=False)


def _records(folder: Path) -> tuple[tuple[Path, int], ...]:
    """The records of bundled datasets, with the time of their last change."""
    return tuple((record, record.stat().st_mtime_ns) for record in sorted(folder.glob("*/dataset.toml")))


@lru_cache(maxsize=64)
def _dataset(record: Path, changed: int) -> Dataset:
    """The record of a bundled dataset. Raises StoreError, with the field, if it is damaged."""
    return read_record(record)


def read_record(record: Path) -> Dataset:
    """A dataset's own TOML file; its licence, short title and citations may be left out.

    Raises StoreError, with the field, if it is damaged.
    """
    try:
        content = tomllib.loads(read_text(record))
        return Dataset.model_validate(_with_dataset(content))
    except ValidationError as error:
        first = error.errors()[0]
        raise _damaged(record, first["msg"], ".".join(str(part) for part in first["loc"])) from error
    except (ValueError, RecursionError) as error:  # no TOML
        raise _damaged(record, str(error)) from error
    except UnreadableFile as error:
        raise _damaged(record, error.message) from error


def _with_dataset(content: dict[str, Any]) -> dict[str, Any]:
    """The record with what need not be repeated: in editions the dataset's id, and a citation."""
    short = {"short_title": content.get("title"), "licence": NOT_STATED}
    editions = [_with_citation(content, edition) for edition in content.get("editions", [])]
    return {**short, **content, "editions": editions}


def _with_citation(content: dict[str, Any], edition: Any) -> Any:
    if not isinstance(edition, dict):
        return edition
    words = f"{content.get('publisher')}, {content.get('title')}, edition {edition.get('edition')}."
    return {"dataset": content.get("id"), "citation": words, **edition}


def _damaged(record: Path, why: str, column: str = "") -> StoreError:
    return StoreError(
        f"the dataset's record cannot be used: {with_stop(why)}",
        file=str(record),
        column=column or None,
        remedy="Compare with data/usgs-mcs/dataset.toml.",
    )


def removed(home: Path | str | None = None) -> tuple[Kept, ...]:
    """The editions that were removed or replaced and can be brought back, the latest last."""
    return read_state(folders(home)).kept


# An earlier version -----------------------------------------------------------------------------------


def versions_of(found: Catalogue) -> Versions:
    """What can be read, as a record that `catalogue_at` reads."""
    return Versions(
        editions=tuple(
            (item.dataset.model_copy(update={"editions": ()}), item.edition) for item in found.all
        ),
        current={item.dataset.id: item.edition.edition for item in found.all if item.current},
    )


def catalogue_at(version: str, home: Path | str | None = None, bundled: Path | None = None) -> Catalogue:
    """The editions that could be read at a version of the catalogue, now or before a change.

    The first eight digits of a version are enough. Raises StoreError if there was no such version here,
    or if its tables were emptied since.
    """
    where = folders(home, bundled)
    if not _VERSION.fullmatch(version):
        raise _never_here(version)
    now = _present(where)
    found = now if now.version.startswith(version) else _earlier(version, where)
    meet(found.minerals)
    return found


SHORT = 12
"""So many digits of a version stand in a link; among a million versions two alike are unlikely."""

_VERSION = re.compile(r"[0-9a-f]{8,64}")  # eight digits are printed on pages and pictures


def _earlier(version: str, where: Folders) -> Catalogue:
    records = list(where.versions.glob(f"{version}*.json"))
    if len(records) != 1:
        raise _never_here(version)
    try:
        kept = Versions.model_validate_json(records[0].read_bytes())
    except (OSError, ValidationError) as error:
        raise StoreError("the record of this version is damaged.", file=str(records[0])) from error
    return _with_current(located(kept, where), kept.current)


def _never_here(version: str) -> StoreError:
    return StoreError(
        f"version {version[:SHORT]} was never here, or its editions were emptied.",
        remedy="Open the present version.",
    )


def located(kept: Versions, where: Folders) -> list[Installed]:
    """The editions of an earlier version. Raises StoreError if a table is no longer there."""
    bundled = {item.edition.version: item.path for item in bundled_editions(where.bundled)}
    found = []
    for dataset, edition in kept.editions:
        own = where.table(edition)
        path = own if own.is_file() else bundled.get(edition.version)
        if path is None:
            raise StoreError(
                f"{edition.id} of version {edition.version[:12]} is no longer here.",
                remedy="It was emptied, or came with an earlier release of this program.",
            )
        found.append(Installed(dataset, edition, path, bundled=path != own))
    return found
