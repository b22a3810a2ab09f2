"""Files become editions that are ready to install: what each holds, would change, and leaves in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.differences import differences
from dashboard.uploads import Answers, is_installed, records, target
from loaders.errors import MineralsError, StoreError, UnknownFormat
from loaders.formats.datapackage import stated_record
from loaders.model import NOT_STATED, Dataset, Edition
from loaders.read import Load, load_inputs
from loaders.store import Catalogue, Installed, catalogue, install, read_edition
from loaders.store.catalogue import read_record
from loaders.store.folders import refuse_device
from loaders.tables import InputFile, open_inputs
from loaders.vocabulary import Certainty


class Named(NamedTuple):
    """Names that outrank those in the files, and the dataset's record if the user has written one."""

    dataset: str | None = None
    edition: str | None = None
    record: Dataset | None = None


UNNAMED = Named()


@dataclass(frozen=True)
class Plan:
    """An edition that could be installed.

    `against` is the installed edition that it is compared with, `changes` the differences from it, see
    `differences`; `doubts` are what needs a person's yes.
    """

    load: Load
    dataset: Dataset
    edition: Edition
    against: Installed | None
    changes: pd.DataFrame | None = field(repr=False)
    installed: bool
    doubts: tuple[str, ...]

    @property
    def name(self) -> str:
        """Such as `usgs-mcs.2025`."""
        return f"{self.dataset.id}.{self.edition.edition}"


# From files to editions ---------------------------------------------------------------------------------


def read_files(paths: Sequence[Path], home: Path | str | None = None) -> list[tuple[Load, Dataset | None]]:
    """A load for each edition among files, folders and archives, with the record that came with it.

    Loose files are one edition if they can be, else one each; so are the contents of a folder. A file
    `dataset.toml` in a folder is the record of what is in it. Raises UnreadableFile or UnknownFormat if
    nothing can be made of a file, StoreError if two of them are the same edition.
    """
    loose = [path for path in paths if not path.is_dir() and path.suffix.lower() != ".zip"]
    whole = [path for path in paths if path not in loose]
    found = [*(_read_together(loose, home) if loose else ()), *_read_each(whole, home)]
    twice = [name for name, count in Counter(_name(load) for load, _ in found).items() if count > 1]
    if twice:
        raise StoreError(
            f"several of the files are edition {twice[0]}.",
            remedy="Put the files of one edition into a folder or an archive of their own.",
        )
    return found


def _name(load: Load) -> str:
    return f"{load.report.dataset}.{load.report.edition}"


def _read_together(paths: Sequence[Path], home: Path | str | None) -> list[tuple[Load, Dataset | None]]:
    try:
        return [_read(open_inputs(paths), home)]
    except UnknownFormat:
        if len(paths) == 1:
            raise
        return _read_each(paths, home)


def _read_each(paths: Iterable[Path], home: Path | str | None) -> list[tuple[Load, Dataset | None]]:
    return [found for path in paths for found in _read_path(path, home)]


def _read_path(path: Path, home: Path | str | None) -> list[tuple[Load, Dataset | None]]:
    try:
        load, record = _read(open_inputs([path]), home)
    except UnknownFormat:
        if not path.is_dir():
            raise
        inside = [item for item in sorted(path.iterdir()) if not item.name.startswith((".", "~$"))]
        return read_files([item for item in inside if item.suffix.lower() != ".toml"], home)
    beside = path / "dataset.toml"
    return [(load, read_record(beside) if beside.is_file() else record)]


def _read(inputs: Sequence[InputFile], home: Path | str | None) -> tuple[Load, Dataset | None]:
    return load_inputs(inputs, home), stated_record(inputs)


# From editions to plans ---------------------------------------------------------------------------------


def plan(load: Load, found: Catalogue, record: Dataset | None = None, named: Named = UNNAMED) -> Plan:
    """What installing a load would do. Raises StoreError if a name cannot name an edition on every system."""
    load = _renamed(load, named)
    for name in (load.report.dataset, load.report.edition):
        refuse_device(name)
    dataset, edition = _records(load, found, named.record or record)
    to = target(load.report, found)
    against = to.edition or found.current(dataset.id)
    old, damaged = _read_installed(against)
    changes = None if old is None else differences(old, load.observations)
    return Plan(
        load=load,
        dataset=dataset,
        edition=edition,
        against=against,
        changes=changes,
        installed=is_installed(to.edition, load.observations),
        doubts=(
            *_doubts_of_load(load),
            *_doubts_of_changes(old, changes),
            *damaged,
            *_doubts_of_record(dataset),
        ),
    )


def _read_installed(item: Installed | None) -> tuple[pd.DataFrame | None, list[str]]:
    """The table to compare with; a damaged one must not stand in the way of the one that mends it."""
    try:
        return (read_edition(item) if item else None), []
    except StoreError as error:
        return None, [f"There is nothing to compare with: {error.message}"]


def _renamed(load: Load, named: Named) -> Load:
    record = named.record
    only = record.editions[0].edition if record and len(record.editions) == 1 else None
    names = {
        "dataset": named.dataset or (record and record.id) or load.report.dataset,
        "edition": named.edition or only or load.report.edition,
    }
    texts = {name: pd.Series(text, load.observations.index, dtype="string") for name, text in names.items()}
    return replace(
        load, observations=load.observations.assign(**texts), report=load.report.model_copy(update=names)
    )


def _records(load: Load, found: Catalogue, record: Dataset | None) -> tuple[Dataset, Edition]:
    """The records to install under: the user's own, else those that are known, else what little is known."""
    report, to = load.report, target(load.report, found)
    unknown = Answers(title=report.dataset, publisher=NOT_STATED)
    if record is None:
        return records(report, to, unknown)
    if record.id != report.dataset:
        raise StoreError(
            f"the record is of the dataset {record.id}, the files are of {report.dataset}.",
            remedy=f"Write --dataset {record.id} if they are the same.",
        )
    bare = record.model_copy(update={"editions": ()})
    _, composed = records(report, to._replace(dataset=bare, edition=None), unknown)
    stated = next((item for item in record.editions if item.edition == report.edition), None)
    files = stated.files if stated and stated.files else report.files
    return bare, (stated or composed).model_copy(update={"files": files, "version": ""})


def _doubts_of_load(load: Load) -> list[str]:
    warnings = len(load.report.problems) - len(load.report.errors)
    wrong = [
        item
        for item in load.report.findings
        if not item.correction and item.certainty is not Certainty.POSSIBLE
    ]
    doubts = []
    if warnings:
        doubts.append(f"{_count(warnings, 'warning')} about the files.")
    if wrong:
        doubts.append(f"{_count(len(wrong), 'figure')} that other figures contradict.")
    return doubts


MUCH = 0.1
"""If more than this part of the old figures vanishes, a file may have been cut short."""

_LOST = ("mineral vanishes", "measure vanishes", "place vanishes", "removed")


def _doubts_of_changes(old: pd.DataFrame | None, changes: pd.DataFrame | None) -> list[str]:
    if old is None or changes is None:
        return []
    times, lost = int(changes["thousandfold"].sum()), int(changes["kind"].isin(_LOST).sum())
    doubts = []
    if times:
        doubts.append(f"{_count(times, 'figure')} changed about a thousandfold: a unit may be wrong.")
    if lost > MUCH * len(old):
        doubts.append(f"{lost:,} of {len(old):,} figures vanish: the files may not be whole.")
    return doubts


def _doubts_of_record(dataset: Dataset) -> list[str]:
    if dataset.publisher != NOT_STATED:
        return []
    return ["Nothing says who publishes this dataset: write a dataset.toml and name it beside the files."]


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def install_plan(item: Plan, home: Path | str | None = None) -> Edition:
    """Install what was planned; returns the edition with its version. Raises StoreError."""
    load = item.load
    if not load.installable:
        raise MineralsError("the files hold errors, or no figure; nothing was installed.")
    return install(load.observations, item.dataset, item.edition, home, report=load.report)


def plans(paths: Sequence[Path], named: Named, home: Path | str | None = None) -> list[Plan]:
    """A plan for each edition among the files, oldest first. Raises MineralsError if one cannot be read."""
    loads = read_files(paths, home)
    if len(loads) > 1 and (named.dataset or named.edition or named.record):
        raise StoreError(
            f"the files hold {len(loads)} editions, which cannot all have one name.",
            remedy="Add them one by one.",
        )
    found = catalogue(home)
    stated = {record.id: record for _, record in loads if record}
    ready = [plan(load, found, record or stated.get(load.report.dataset), named) for load, record in loads]
    return sorted(ready, key=lambda item: (item.dataset.id, item.edition.edition))
