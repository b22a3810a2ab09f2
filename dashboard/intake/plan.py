"""Files become editions that are ready to install: what each holds, would change, and leaves in doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.differences import Codes, differences_of
from dashboard.analysis.leaders import FACTOR, moved_leaders
from loaders.answers.answers import Answers
from loaders.answers.keeping import answers_toml
from loaders.errors import MineralsError, StoreError, UnknownFormat
from loaders.files.table import InputFile
from loaders.formats import dataset_beside
from loaders.intake.records import is_installed, records, target
from loaders.intake.sorting import read_files
from loaders.model import NOT_STATED, Dataset, Edition, EditionId
from loaders.read import Load, load_as_before, load_inputs
from loaders.report import is_unsettled
from loaders.spreadsheets.mapping import Mapping, to_toml, with_names
from loaders.store import Catalogue, Installed, catalogue, install, read_edition
from loaders.store.earlier_answers import kept_mapping
from loaders.store.folders import refuse_device
from loaders.text import count


class Named(NamedTuple):
    """Names that outrank those in the files, and the dataset's record if the user has written one.

    `mapping` says how the columns of a spreadsheet become ours, `answers` what names are that nobody knows;
    where none are given, those of the dataset's other editions are used again.
    """

    dataset: str | None = None
    edition: str | None = None
    record: Dataset | None = None
    mapping: Mapping | None = None
    answers: Answers | None = None


UNNAMED = Named()


@dataclass(frozen=True)
class Plan:
    """An edition that could be installed.

    `against` is the installed edition that it is compared with, `changes` the differences from it, see
    `differences`, and `leaders` what is odd about its newest year, see `moved_leaders`; `doubts` are what
    needs a person's yes.
    """

    load: Load
    dataset: Dataset
    edition: Edition
    against: Installed | None
    changes: pd.DataFrame | None = field(repr=False)
    leaders: pd.DataFrame | None = field(repr=False)
    installed: bool
    doubts: tuple[str, ...]

    @property
    def name(self) -> str:
        """Such as `usgs-mcs.2025`."""
        return str(EditionId(self.dataset.id, self.edition.edition))

    @property
    def replaces(self) -> Installed | None:
        """The installed edition of the same name."""
        same = self.against is not None and self.against.edition.edition == self.edition.edition
        return self.against if same else None

    @property
    def suspicion(self) -> str:
        """The doubt about single figures; "" if there are none."""
        return _suspicion(self.changes, self.leaders)

    @property
    def suspects(self) -> pd.DataFrame:
        """The figures that it is about: changed about a thousandfold, then those of leading countries."""
        if self.changes is None or self.leaders is None:
            return pd.DataFrame()
        return pd.concat([self.changes[self.changes["thousandfold"]], self.leaders], ignore_index=True)


# From editions to plans ---------------------------------------------------------------------------------


def plan(load: Load, found: Catalogue, record: Dataset | None = None, named: Named = UNNAMED) -> Plan:
    """What installing a load would do. Raises StoreError if a name cannot name an edition on every system."""
    load, dataset, edition = under_records(load, found, record, named)
    to = target(load.report, found)
    against = to.edition or found.current(dataset.id)
    old, damaged = _read_installed(against)
    codes = None if old is None else Codes(old, load.observations)
    changes = None if codes is None else differences_of(codes)
    leaders = None if codes is None or changes is None else _leaders(codes, changes)
    return Plan(
        load=load,
        dataset=dataset,
        edition=edition,
        against=against,
        changes=changes,
        leaders=leaders,
        installed=is_installed(to.edition, load.observations),
        doubts=(
            *_doubts_of_load(load),
            *(_doubts_of_answers(load) if named.answers is None else ()),
            *filter(None, [_suspicion(changes, leaders)]),
            *_doubts_of_changes(old, changes),
            *damaged,
            *_doubts_of_record(dataset),
        ),
    )


def under_records(
    load: Load, found: Catalogue, record: Dataset | None = None, named: Named = UNNAMED
) -> tuple[Load, Dataset, Edition]:
    """A load with the names it gets, and the records to install it under. Raises StoreError as `plan`."""
    load = _renamed(load, named)
    for name in (load.report.dataset, load.report.edition):
        refuse_device(name)
    dataset, edition = _records(load, found, named.record or record)
    edition = edition.model_copy(update={"answers": answers_toml(load.answers)})
    if load.mapping:
        edition = edition.model_copy(update={"mapping": to_toml(load.mapping)})
    return load, dataset, edition


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
    texts = {name: pd.Series(text, load.table.index, dtype="string") for name, text in names.items()}
    return replace(load, table=load.table.assign(**texts), report=load.report.model_copy(update=names))


def _records(load: Load, found: Catalogue, record: Dataset | None) -> tuple[Dataset, Edition]:
    """The records to install under: the user's own, else those that are known, else what little is known."""
    report, to = load.report, target(load.report, found)
    if record is None:
        return records(report, to)
    if record.id != report.dataset:
        raise StoreError(
            f"the record is of the dataset {record.id}, the files are of {report.dataset}.",
            remedy=f"Write --dataset {record.id} if they are the same.",
        )
    bare = record.model_copy(update={"editions": ()})
    _, composed = records(report, to._replace(dataset=bare, edition=None))
    stated = next((item for item in record.editions if item.edition == report.edition), None)
    files = stated.files if stated and stated.files else report.files
    return bare, (stated or composed).model_copy(update={"files": files, "version": ""})


def _doubts_of_load(load: Load) -> list[str]:
    warnings = len(load.report.problems) - len(load.report.errors)
    wrong = [item for item in load.report.findings if is_unsettled(item)]
    doubts = []
    if warnings:
        doubts.append(f"{count(warnings, 'warning')} about the files.")
    if wrong:
        doubts.append(f"{count(len(wrong), 'figure')} that other figures contradict.")
    return doubts


def _doubts_of_answers(load: Load) -> list[str]:
    """Answers that nobody has given for this edition."""
    again = sum(item.before for item in load.report.answered)
    return [f"{count(again, 'answer')} to names, given with an earlier edition, used again."] if again else []


MUCH = 0.1
"""If more than this part of the old figures vanishes, a file may have been cut short."""

_LOST = ("mineral vanishes", "measure vanishes", "place vanishes", "removed")


def _doubts_of_changes(old: pd.DataFrame | None, changes: pd.DataFrame | None) -> list[str]:
    if old is None or changes is None:
        return []
    lost = int(changes["kind"].isin(_LOST).sum())
    much = lost > MUCH * len(old)
    return [f"{lost:,} of {len(old):,} figures vanish: the files may not be whole."] if much else []


_CELL = ["new_file", "new_row", "new_column"]


def _leaders(codes: Codes, changes: pd.DataFrame) -> pd.DataFrame:
    """The leading figures that moved, but those that are thousandfold changes already."""
    leaders = moved_leaders(codes)
    told = pd.MultiIndex.from_frame(changes.loc[changes["thousandfold"], _CELL])
    return leaders[~pd.MultiIndex.from_frame(leaders[_CELL]).isin(told)]


def _suspicion(changes: pd.DataFrame | None, leaders: pd.DataFrame | None) -> str:
    if changes is None or leaders is None:
        return ""
    times, moved = int(changes["thousandfold"].sum()), len(leaders)
    told = [f"{count(times, 'figure')} changed about a thousandfold: a unit may be wrong."] if times else []
    if moved:
        told.append(
            f"{count(moved, 'leading figure')} of the newest year {'is' if moved == 1 else 'are'} gone, or "
            f"more than {FACTOR:.0f} times larger or smaller than the year before."
        )
    return " ".join(told)


def _doubts_of_record(dataset: Dataset) -> list[str]:
    if dataset.publisher != NOT_STATED:
        return []
    return [NO_PUBLISHER]


NO_PUBLISHER = "Nothing says who publishes this dataset: write a dataset.toml and name it beside the files."
"""A doubt that a person removes by saying who does."""


def install_plan(item: Plan, home: Path | str | None = None) -> Edition:
    """Install what was planned; returns the edition with its version. Raises StoreError."""
    load = item.load
    if not load.installable:
        raise MineralsError("the files hold errors, or no figure; nothing was installed.")
    return install(load.observations, item.dataset, item.edition, home, report=load.report)


def _read(inputs: Sequence[InputFile], named: Named, home: Path | str | None) -> list[Load]:
    """The files, and once more for another dataset that they hold, unless somebody said what they are."""
    load = _read_one(inputs, named, home)
    other = dataset_beside(load.report.format)
    if not other or named._replace(answers=None) != UNNAMED:
        return [load]
    try:
        return [load, load_inputs(inputs, home, answers=named.answers, dataset=other)]
    except UnknownFormat:
        return [load]


def _read_one(inputs: Sequence[InputFile], named: Named, home: Path | str | None) -> Load:
    """The files with the mapping that is given, or else as they are, or else with the one that was kept."""
    names = named.dataset or (named.record and named.record.id) or "", named.edition or ""
    if named.mapping:
        return load_inputs(inputs, home, with_names(named.mapping, *names), named.answers)
    try:
        return load_inputs(inputs, home, answers=named.answers, dataset=names[0] or None)
    except UnknownFormat:
        kept = kept_mapping(catalogue(home), names[0])
        if kept is None:
            raise
        return load_as_before(inputs, kept, names, home, named.answers)


def plans(
    paths: Sequence[Path],
    named: Named,
    home: Path | str | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Plan]:
    """A plan for each edition among the files, oldest first. Raises MineralsError if one cannot be read.

    `tell` is called with the name of each stage as it begins.
    """
    tell("Reading the files")
    loads = read_files(paths, lambda inputs: _read(inputs, named, home))
    stated = {item.record.id: item.record for item in loads if item.record}
    if len(loads) > 1 and named.record:
        stated, named = {**stated, named.record.id: named.record}, named._replace(record=None)
    if len(loads) > 1 and (named.dataset or named.edition):
        raise StoreError(
            f"the files hold {len(loads)} editions, which cannot all have one name.",
            remedy="Add them one by one.",
        )
    tell("Comparing with what is installed")
    found = catalogue(home)
    ready = [
        plan(item.load, found, item.record or stated.get(item.load.report.dataset), named) for item in loads
    ]
    return sorted(ready, key=lambda item: (item.dataset.id, item.edition.edition))
