"""What a workspace holds, and what becomes of it: records, and functions from one state to the next."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from pydantic import Field, ValidationError

from loaders.errors import StoreError
from loaders.model import Dataset, Edition, Identifier, Record, SourceFile, Text
from loaders.report import Counts, LoadReport
from loaders.store.folders import Folders


class Summary(Record):
    """A load report in short: how many problems of which rule, such as 'warning: repeated figure'."""

    format: str
    encoding: str
    counts: Counts
    problems: dict[str, int] = Field(default_factory=dict)
    findings: int = 0


def summary(report: LoadReport) -> Summary:
    """A load report in short."""
    rules = Counter(f"{problem.severity}: {problem.rule}" for problem in report.problems)
    return Summary(
        format=report.format,
        encoding=report.encoding,
        counts=report.counts,
        problems=dict(sorted(rules.items())),
        findings=len(report.findings),
    )


Deed = Literal["add", "use", "remove", "restore", "empty"]


class Change(Record):
    """A line of the history: who did what and when, from which version of all editions to which.

    `content` is the version of the edition that was added or brought back.
    """

    number: int = Field(ge=1)
    when: Text
    who: Text
    what: Deed
    dataset: str = ""
    edition: str = ""
    content: str = ""
    files: tuple[SourceFile, ...] = ()
    report: Summary | None = None
    before: str
    after: str


class Kept(Record):
    """An edition that was removed, or replaced by one of its name, and can be brought back."""

    dataset: Dataset
    edition: Edition
    why: Literal["removed", "replaced"]
    when: Text


class State(Record):
    """What a workspace holds, and how it came to be so.

    `current` names the edition in use of each dataset for which one was chosen; the newest is in use of the
    others, and where the chosen one was removed. `last` is the last change: if the process ended before it
    was logged, the next one logs it.
    """

    datasets: tuple[Dataset, ...] = ()
    current: dict[Identifier, Identifier] = Field(default_factory=dict)
    kept: tuple[Kept, ...] = ()
    last: Change | None = None

    @property
    def editions(self) -> list[Edition]:
        """Every edition with a table of its own, kept ones included."""
        shown = [edition for dataset in self.datasets for edition in dataset.editions]
        return [*shown, *(item.edition for item in self.kept)]

    def dataset(self, dataset: str) -> Dataset | None:
        """The dataset, if the workspace has editions of it."""
        return next((item for item in self.datasets if item.id == dataset), None)


class Versions(Record):
    """What could be read at some time: editions with their datasets, and the current one of each."""

    editions: tuple[tuple[Dataset, Edition], ...]
    current: dict[Identifier, Identifier]


def read_state(where: Folders) -> State:
    """What the workspace holds now. Raises StoreError if its record is damaged or cannot be read."""
    return state_of(written_state(where), where)


def written_state(where: Folders) -> bytes | None:
    """The record of the workspace as it is written; None where there is none yet. Raises StoreError."""
    try:
        return where.state.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(
            f"the record of the workspace cannot be read ({error.strerror}).", file=str(where.state)
        ) from error


def state_of(written: bytes | None, where: Folders) -> State:
    """What a record of the workspace says. Raises StoreError if it is damaged."""
    try:
        return State() if written is None else State.model_validate_json(written)
    except ValidationError as error:
        first = error.errors()[0]
        raise StoreError(
            f"the record of the workspace is damaged: {first['msg']}.",
            file=str(where.state),
            column=".".join(str(part) for part in first["loc"]) or None,
            remedy="Move it away; the tables in the folder editions stay, and can be added again.",
        ) from error


# From one state to the next ---------------------------------------------------------------------------


def added(state: State, dataset: Dataset, edition: Edition, when: str) -> State:
    """With the edition, in place of one of its name, which is kept."""
    old = state.dataset(dataset.id)
    before = _named(old, edition.edition)
    if before == edition and old and _bare(old) == _bare(dataset):
        return state
    if before and before.version != edition.version and old:
        state = _keep(state, old, before, "replaced", when)
    others = [item for item in (old.editions if old else ()) if item.edition != edition.edition]
    dataset = dataset.model_copy(update={"editions": _sorted([*others, edition])})
    kept = tuple(item for item in state.kept if item.edition != edition)
    return state.model_copy(update={"datasets": _with(state, dataset), "kept": kept})


def used(state: State, dataset: str, edition: str) -> State:
    """With the edition as the current one of its dataset."""
    return state.model_copy(update={"current": {**state.current, dataset: edition}})


def without(state: State, dataset: Dataset, edition: Edition, when: str) -> State:
    """Without the edition, which is kept until the removed ones are emptied."""
    state = _keep(state, dataset, edition, "removed", when)
    left = tuple(item for item in dataset.editions if item.edition != edition.edition)
    return state.model_copy(update={"datasets": _with(state, dataset.model_copy(update={"editions": left}))})


def emptied(state: State) -> State:
    """Without the editions that were removed or replaced."""
    return state.model_copy(update={"kept": ()})


def _keep(
    state: State, dataset: Dataset, edition: Edition, why: Literal["removed", "replaced"], when: str
) -> State:
    others = [item for item in state.kept if item.edition != edition]
    item = Kept(dataset=_bare(dataset), edition=edition, why=why, when=when)
    return state.model_copy(update={"kept": (*others, item)})


def _with(state: State, dataset: Dataset) -> tuple[Dataset, ...]:
    others = [item for item in state.datasets if item.id != dataset.id]
    return tuple(sorted([*others, *([dataset] if dataset.editions else [])], key=lambda item: item.id))


def _named(dataset: Dataset | None, edition: str) -> Edition | None:
    editions = dataset.editions if dataset else ()
    return next((item for item in editions if item.edition == edition), None)


def _sorted(editions: list[Edition]) -> tuple[Edition, ...]:
    return tuple(sorted(editions, key=lambda item: item.edition))


def _bare(dataset: Dataset) -> Dataset:
    return dataset.model_copy(update={"editions": ()})
