"""What handed-in files would do, in a form that a page can hold: the tables themselves stay in a folder."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.analysis.consequences import check_changes, rank_moves
from dashboard.analysis.evidence import EditionRef
from dashboard.intake.plan import NO_PUBLISHER, UNNAMED, Named, Plan, install_plan, plans, under_records
from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.errors import MineralsError, UnreadableFile
from loaders.files.archives import TABLE_SUFFIXES
from loaders.intake.sorting import (
    SortedFiles,
    documents_in,
    is_bundle,
    one_mapping,
    one_record,
    one_set_of_answers,
    sort_out,
)
from loaders.model import NOT_STATED, OBSERVATION_COLUMNS, Dataset, Document, Edition, EditionId
from loaders.report import LoadReport, Problem
from loaders.spreadsheets.mapping import Mapping
from loaders.store import (
    Installed,
    all_seeds,
    bundled_folder,
    catalogue,
    has_arrived,
    of_an_account,
    own_seeds,
    read_each,
    read_edition,
    to_csv,
    try_seed,
)
from loaders.vocabulary import ChangeKind

_KEPT = 100_000
"""Lines of a table that a page holds; ten times that would take a gigabyte."""


@dataclass(frozen=True)
class ChangeTable:
    """A table whose first lines are here; `path` holds all of them where there are more."""

    first: pd.DataFrame = field(repr=False)
    number: int
    path: Path | None = None

    def all(self) -> pd.DataFrame:
        """The whole table."""
        if self.path is None:
            return self.first
        whole: pd.DataFrame = pd.read_pickle(self.path)
        return whole


def _lines(table: pd.DataFrame, path: Path) -> ChangeTable:
    if len(table) <= _KEPT:
        return ChangeTable(table, len(table))
    table.to_pickle(path)
    return ChangeTable(table.head(_KEPT).copy(), len(table), path)


@dataclass(frozen=True)
class EditionChanges:
    """What an edition would change: see `differences`, `rank_moves` and `check_changes`.

    `old` and `new` are the two editions, with their versions; `counts` is the number of changes of each
    kind. `rows` are the observations of the weightiest
    revisions, with the columns `pair` (a number, in their order) and `side` ('old' or 'new').
    """

    old: Installed
    new: Edition
    counts: dict[str, int]
    changes: ChangeTable
    ranks: ChangeTable
    claims: pd.DataFrame = field(repr=False)
    rows: pd.DataFrame = field(repr=False)


@dataclass(frozen=True)
class Proposal:
    """An edition that could be installed; `path` holds its plan.

    `suspicion` is the doubt about single figures, the `suspects`, and `doubts` are the others. `known` says
    whether somebody said whose dataset it is, `before` whether its files were installed earlier, `answers`
    are those with which its names were read. `accounts` are the places of figures that are compared with no
    others.
    """

    path: Path
    dataset: Dataset
    edition: Edition
    report: LoadReport = field(repr=False)
    figures: int
    installable: bool
    installed: bool
    known: bool
    before: bool
    replaces: Installed | None
    suspicion: str
    suspects: pd.DataFrame = field(repr=False)
    doubts: tuple[str, ...]
    comparison: EditionChanges | None = field(repr=False)
    answers: Answers = NO_ANSWERS
    accounts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Such as `usgs-mcs.2025`."""
        return str(EditionId(self.dataset.id, self.edition.edition))


@dataclass(frozen=True)
class DocumentProposal:
    """The seed file of a document that was handed in, or the problems that keep it out."""

    name: str
    content: bytes = field(repr=False)
    document: Document | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Proposals:
    """What became of handed-in files; `version` is that of the data they were compared with."""

    version: str
    proposals: tuple[Proposal, ...] = ()
    papers: tuple[DocumentProposal, ...] = ()
    skipped: tuple[str, ...] = ()
    error: MineralsError | None = None


Tell = Callable[[str], None]


def look_at(
    paths: Sequence[Path],
    folder: Path,
    mapping: Mapping | None = None,
    answers: Answers | None = None,
    tell: Tell = lambda _: None,
    home: Path | str | None = None,
) -> Proposals:
    """Read files, compare each edition among them with what is installed; keep the tables in `folder`.

    A `mapping` says how the columns of a spreadsheet become ours, `answers` what names are that nobody knows.
    """
    version = catalogue(home).version
    handed = sort_out(paths)
    papers = tuple(_paper(name, content, home) for name, content in _seeds(handed, home))
    handed = handed._replace(tables=tuple(path for path in handed.tables if not _is_of_documents(path)))
    try:
        found = (
            plans(handed.tables, _named(handed, mapping, answers), home, tell) if _any(handed, papers) else []
        )
        tell("Working out ranks and claims")
        proposals = tuple(
            _proposal(item, folder / f"{number}.plan", home) for number, item in enumerate(found)
        )
    except MineralsError as error:
        return Proposals(version, (), papers, handed.skipped, error)
    return Proposals(version, proposals, papers, handed.skipped)


def _named(handed: SortedFiles, mapping: Mapping | None, answers: Answers | None) -> Named:
    return Named(
        record=one_record(handed.records),
        mapping=mapping or one_mapping(handed.mappings),
        answers=one_set_of_answers(handed.answers) if answers is None else answers,
    )


def _any(handed: SortedFiles, papers: Sequence[DocumentProposal]) -> bool:
    """Whether there are tables to read. Raises UnreadableFile where there is nothing at all."""
    if not handed.tables and not papers:
        others = (*handed.records, *handed.mappings, *handed.answers)
        names = [*(path.name for path in others), *handed.skipped]
        raise UnreadableFile(
            "no table found here.",
            file=", ".join(names) or None,
            remedy=f"Expected files such as {', '.join(TABLE_SUFFIXES)}, or a zip of them.",
        )
    return bool(handed.tables)


def _seeds(handed: SortedFiles, home: Path | str | None) -> Iterator[tuple[str, bytes]]:
    """The seed files that were handed in, and those in bundles that are not here already, byte by byte."""
    yield from ((path.name, path.read_bytes()) for path in handed.documents)
    packed = [item for path in handed.tables for item in documents_in(path).items()]
    here = {seed.content for seed in own_seeds(home)} if packed else set()
    here |= {path.read_bytes() for path in bundled_folder("seeds").glob("*.toml")} if packed else set()
    yield from ((name, content) for name, content in packed if content not in here)


def _is_of_documents(path: Path) -> bool:
    """Whether a file is a bundle of documents without editions."""
    return bool(documents_in(path)) and not is_bundle(path)


def _paper(name: str, content: bytes, home: Path | str | None) -> DocumentProposal:
    return DocumentProposal(name, content, *try_seed(content, home=home))


def _proposal(item: Plan, path: Path, home: Path | str | None) -> Proposal:
    with path.open("wb") as stream:  # what installing needs, with no text written out: a tenth of it all
        pickle.dump(replace(item, load=replace(item.load), changes=None, leaders=None), stream, protocol=5)
    suspicion, figures = item.suspicion, item.load.observations
    return Proposal(
        path=path,
        dataset=item.dataset,
        edition=item.edition,
        report=item.load.report,
        figures=len(figures),
        installable=item.load.installable,
        installed=item.installed,
        known=item.dataset.publisher != NOT_STATED,
        before=has_arrived(item.load.report.files, home),
        replaces=item.replaces,
        suspicion=suspicion,
        suspects=item.suspects,
        doubts=tuple(doubt for doubt in item.doubts if doubt not in (suspicion, NO_PUBLISHER)),
        comparison=None if item.installed else _comparison(item, path, home),
        answers=item.load.answers,
        accounts=tuple(figures.loc[of_an_account(figures), "place"].unique()),
    )


def _comparison(item: Plan, path: Path, home: Path | str | None) -> EditionChanges | None:
    if item.against is None or item.changes is None:
        return None
    old, new = read_edition(item.against), item.load.observations
    version = hashlib.sha256(to_csv(new)).hexdigest()
    edition = item.edition.model_copy(update={"version": version})
    before = old, EditionRef.of(item.against.dataset, item.against.edition)
    after = new, EditionRef.of(item.dataset, edition)
    return EditionChanges(
        item.against,
        edition,
        {str(kind): int(number) for kind, number in item.changes["kind"].value_counts().items()},
        _lines(item.changes, path.with_suffix(".changes")),
        _lines(rank_moves(old, new), path.with_suffix(".ranks")),
        check_changes(all_seeds(home).claims, before, after, _of_the_dataset(item, home)),
        _weightiest(item.changes, old, new),
    )


def _of_the_dataset(item: Plan, home: Path | str | None) -> pd.DataFrame:
    return read_each(other for other in catalogue(home).editions if other.dataset.id == item.dataset.id)


# The rows behind the weightiest revisions ---------------------------------------------------------------

WEIGHTIEST = 8
"""So many revisions are drawn."""

DRAWN = (ChangeKind.REVISED, ChangeKind.NUMBER_LOST, ChangeKind.NUMBER_GAINED)
_PLACE = ["file", "row", "column"]


def _weightiest(changes: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    top = changes[changes["kind"].isin(DRAWN)].head(WEIGHTIEST)
    return pd.concat([_side(top, old, "old"), _side(top, new, "new")], ignore_index=True)


def _side(top: pd.DataFrame, table: pd.DataFrame, side: str) -> pd.DataFrame:
    """The observations at the file, row and column that the differences name."""
    named = {"mineral": "mineral", "place": "place", "measure": "measure"}
    named |= {f"{side}_{name}": name for name in (*_PLACE, "year", "detail")}
    wanted = top[list(named)].rename(columns=named).assign(pair=np.arange(len(top)), side=side)
    near = table[table["mineral"].isin(wanted["mineral"]) & table["row"].isin(wanted["row"])]
    keys = [*named.values()]
    wanted = wanted.astype({"row": "int64", "year": "int64"})
    found = wanted.merge(near[list(OBSERVATION_COLUMNS)], on=keys, how="inner")
    return found.drop_duplicates("pair")


# Installing ---------------------------------------------------------------------------------------------


def install_proposals(
    wanted: Sequence[tuple[Path, Dataset | None]], tell: Tell = lambda _: None, home: Path | str | None = None
) -> tuple[Edition, ...] | MineralsError:
    """Install plans that `look_at` kept, each under the record that somebody wrote, if anybody did.

    Gives the editions, or the error that stopped it; those before it are then installed.
    """
    done: list[Edition] = []
    try:
        for path, record in wanted:
            tell(f"Installing {len(done) + 1} of {len(wanted)}")
            done.append(_install(path, record, home))
    except MineralsError as error:
        return error
    return tuple(done)


def _install(path: Path, record: Dataset | None, home: Path | str | None) -> Edition:
    item: Plan = pickle.loads(path.read_bytes())
    if record is not None:
        named = UNNAMED._replace(record=record)
        load, dataset, edition = under_records(item.load, catalogue(home), named=named)
        item = replace(item, load=load, dataset=dataset, edition=edition)
    return install_plan(item, home)
