"""What is loaded at one version: the editions, their observations, the documents. No Streamlit here."""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, wraps
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar, cast

import pandas as pd

from dashboard.analysis.checks import Check
from dashboard.analysis.evidence import EditionRef, may_bear_on
from dashboard.analysis.import_claims import check_each
from dashboard.analysis.series import AT_ONCE, ByEdition, ByMineral, by_edition, by_mineral, few
from dashboard.analysis.states import row_ids, row_named
from loaders.added_minerals import until_minerals_change
from loaders.documents import Seeds
from loaders.model import Claim, Document, EditionId, Source
from loaders.quality.corrections import Correction, read_corrections
from loaders.quality.later_figures import (
    READ_AS_LATER,
    LaterFigure,
    as_later,
    read_later_figures,
    with_later_figure,
)
from loaders.store import (
    Catalogue,
    Installed,
    all_seeds,
    bundled_folder,
    catalogue,
    catalogue_at,
    read_all,
    read_national,
    workspace,
)
from loaders.store.catalogue import SHORT

IN_USE = " (in use)"
"""What stands behind the edition in use, among several."""


class Stamp(NamedTuple):
    """The versions of the data and of the documents that something was made from: two hashes.

    `made` is the day of making in words, where that is to be seen.
    """

    data: str
    documents: str = ""
    made: str = ""

    @property
    def words(self) -> str:
        """All of it in sentences, eight digits of each hash."""
        made = f"Made on {self.made}. " if self.made else ""
        documents = f", documents version {self.documents[:8]}" if self.documents else ""
        return f"{made}Data version {self.data[:8]}{documents}."


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything that is loaded, with the version that names its content.

    `as_of` are the first digits of the version where it is an earlier one; `reads_later` says that figures
    are read as a later release of their publisher prints them.
    """

    catalogue: Catalogue
    observations: pd.DataFrame = field(repr=False)
    seeds: Seeds = field(repr=False)
    seeds_version: str = ""
    as_of: str = ""
    reads_later: bool = False
    _held: dict[str, list[Check]] = field(init=False, default_factory=dict, repr=False)
    results: dict[object, OrderedDict[object, object]] = field(init=False, default_factory=dict, repr=False)
    """What was worked out from it, by function and what else was given (see `kept_with_data`)."""
    results_of_names: dict[object, OrderedDict[object, object]] = field(
        init=False, default_factory=dict, repr=False
    )
    """The same of what is found alike however later figures are read: which tables and years there are."""

    @property
    def key(self) -> str:
        """What names the content of editions and documents together, for caches."""
        return f"{self.version}-{self.seeds_version}{self.as_of and '-earlier'}"

    @property
    def version(self) -> str:
        """The hash of all editions."""
        return self.catalogue.version

    @cached_property
    def stamp(self) -> Stamp:
        """The versions of editions and documents."""
        return Stamp(self.version, self.documents_version)

    @cached_property
    def documents_version(self) -> str:
        """The hash of what the documents state: their sources, claims and events."""
        records = [*self.seeds.documents, *self.seeds.events]
        return hashlib.sha256("\n".join(record.model_dump_json() for record in records).encode()).hexdigest()

    @cached_property
    def national(self) -> pd.DataFrame:
        """The figures of one country's own account, read when they are first asked for.

        They are in no other table, and nothing here is compared between countries.
        """
        return _national(self.catalogue)

    @cached_property
    def _minerals(self) -> ByMineral:
        return by_mineral(self._at_hand)

    @property
    def _at_hand(self) -> pd.DataFrame:
        """The observations; where there are few, as `few` has them."""
        return self.observations if len(self.observations) > AT_ONCE else few(self.observations)

    def of_mineral(self, mineral: str) -> pd.DataFrame:
        """All observations of a mineral, as `analysis.series.few` has them."""
        return _of_mineral(self, mineral)

    @cached_property
    def _editions(self) -> ByEdition:
        return by_edition(self.observations)

    def compared_in(self, edition: str) -> pd.DataFrame:
        """The figures of an edition that are compared, by an id such as `usgs-mcs.2025`."""
        return self._editions.of(*EditionId.parse(edition))

    @cached_property
    def sizes(self) -> pd.Series:
        """How many figures each edition holds, by dataset and edition, whether they are compared or not."""
        keys = [table[["dataset", "edition"]] for table in (self.observations, self.national)]
        return pd.concat(keys).groupby(["dataset", "edition"]).size()

    def of_edition(self, item: Installed) -> pd.DataFrame:
        """All figures of an edition, those that are compared first."""
        own = _of_edition(self.national, item)
        return pd.concat([self.compared_in(item.edition.id), own], ignore_index=True)

    @cached_property
    def compared(self) -> frozenset[str]:
        """The datasets that have figures which are compared, by id."""
        return frozenset(self.observations["dataset"].unique())

    @property
    def editions(self) -> list[EditionRef]:
        """Every edition of figures that are compared, with how its publisher is called."""
        return [EditionRef.of(item.dataset, item.edition) for item in self.catalogue.editions]

    @cached_property
    def in_use(self) -> frozenset[str]:
        """The ids of the editions in use, one of each dataset."""
        return frozenset(item.edition.id for item in self.catalogue.editions if item.current)

    @cached_property
    def chosen(self) -> frozenset[str]:
        """Those of `in_use` whose dataset has other editions too: they are marked as being in use."""
        several = Counter(item.dataset.id for item in self.catalogue.editions)
        return frozenset(name for name in self.in_use if several[EditionId.parse(name).dataset] > 1)

    def marked(self, dataset: str, edition: str) -> str:
        """An edition of a dataset as "2025"; the one in use as "2025 (in use)", if there are others."""
        return f"{edition}{IN_USE if f'{dataset}.{edition}' in self.chosen else ''}"

    @cached_property
    def edition_titles(self) -> dict[str, str]:
        """Every edition by id, as "USGS 2025"."""
        return {
            item.edition.id: f"{item.dataset.said_by} {item.edition.edition}"
            for item in self.catalogue.editions
        }

    @cached_property
    def edition_names(self) -> dict[str, str]:
        """Every edition by id, as "USGS 2025"; the one in use is marked where its dataset has several."""
        return {
            item.edition.id: f"{item.dataset.said_by} {self.marked(item.dataset.id, item.edition.edition)}"
            for item in self.catalogue.editions
        }

    @cached_property
    def checks(self) -> dict[str, list[Check]]:
        """Every claim against every edition, by claim id."""
        return self._hold(self.seeds.claims)

    def checks_of(self, claim: Claim) -> list[Check]:
        """One claim against every edition, the others not waited for."""
        return self._hold([claim])[claim.id]

    def _hold(self, claims: Sequence[Claim]) -> dict[str, list[Check]]:
        """Claims against every edition, by claim id; those that were held before are not held again."""
        texts = {claim.id: f"{claim.model_dump_json()}{self._read_otherwise(claim)}" for claim in claims}
        new = [claim for claim in claims if texts[claim.id] not in self._held]
        every = [EditionRef.of(item.dataset, item.edition) for item in self.catalogue.all]
        found = check_each(new, self._minerals, self.editions, lambda: self.national, every)
        for name, checks in found.items():
            self._held[texts[name]] = checks
        return {name: self._held[text] for name, text in texts.items()}

    def _read_otherwise(self, claim: Claim) -> list[LaterFigure]:
        """The later figures that stand among its evidence."""
        every = self.later.values() if self.reads_later else ()
        return [item for item in every if may_bear_on(claim, item.mineral, str(item.measure))]

    def beside(self, document: Document) -> Snapshot:
        """The same with one more document; `checks` are those of this document alone."""
        documents = (*self.seeds.documents, document)
        added = replace(self, seeds=self.seeds.model_copy(update={"documents": documents}))
        added.__dict__["checks"] = self._hold(document.claims)
        return added

    def only(self, documents: Collection[str]) -> Snapshot:
        """The same with some of the documents, by id; events as these date them."""
        kept = tuple(one for one in self.seeds.documents if one.source.id in documents)
        told = (
            event.model_copy(update={"mentions": tuple(m for m in event.mentions if m.source in documents)})
            for event in self.seeds.events
        )
        events = tuple(event for event in told if any(mention.date for mention in event.mentions))
        chosen = replace(self, seeds=self.seeds.model_copy(update={"documents": kept, "events": events}))
        chosen.__dict__["_held"] = self._held
        return chosen

    @cached_property
    def publishers(self) -> dict[tuple[str, str], str]:
        """How the publisher of each dataset and edition is called, accounts among them."""
        return {(item.dataset.id, item.edition.edition): item.dataset.said_by for item in self.catalogue.all}

    def claim(self, claim: str) -> Claim:
        """The claim of that id."""
        return next(item for item in self.seeds.claims if item.id == claim)

    def source(self, source: str) -> Source:
        """The document or edition of that id."""
        documents = {document.source.id: document.source for document in self.seeds.documents}
        return documents.get(source) or self.installed(*EditionId.parse(source)).source

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every document and every edition."""
        documents = (document.source for document in self.seeds.documents)
        return (*documents, *(item.source for item in self.catalogue.editions))

    def installed(self, dataset: str, edition: str) -> Installed:
        """The installed edition."""
        return self.catalogue.get(dataset, edition)

    @cached_property
    def _corrections(self) -> dict[str, Correction]:
        found = read_corrections(folder for dataset in self._datasets for folder in declared_beside(dataset))
        return {item.id: item for item in found}

    @property
    def _datasets(self) -> list[str]:
        return list(dict.fromkeys(item.dataset.id for item in self.catalogue.editions))

    def correction(self, correction: str) -> str:
        """Why a figure was corrected and how that is known; empty without a correction."""
        later = {f"{READ_AS_LATER}{item.id}": item for item in self.later.values()}
        if correction in later:
            return f"Read as in {later[correction].release}. {later[correction].citation}"
        if not correction or correction not in self._corrections:
            return correction
        found = self._corrections[correction]
        return f"{found.reason} {found.evidence}"

    @cached_property
    def _later(self) -> dict[int, LaterFigure]:
        """The later figures by the position of the observation that still prints another one."""
        return later_figures(self.observations, self._datasets)

    @cached_property
    def later(self) -> dict[str, LaterFigure]:
        """What a later release of its publisher prints in place of a figure, by the figure's `row_id`."""
        rows = self.observations.iloc[list(self._later)]
        return dict(zip(row_ids(rows), self._later.values(), strict=True))

    @cached_property
    def with_later(self) -> Snapshot:
        """The same with the later figures in place of those that are printed."""
        read = replace(self, observations=as_later(self.observations, self._later), reads_later=True)
        read.__dict__.update(later=self.later, _held=self._held, results_of_names=self.results_of_names)
        read.__dict__["_minerals"] = self._minerals._replace(table=read._at_hand)
        return read

    def row(self, name: str) -> pd.Series | None:
        """The observation that a mark's id names (see `analysis.states.row_id`), or None.

        It is looked for among the figures that are compared, then among those of one country's account.
        """
        item = next((item for item in self.catalogue.all if name.startswith(f"{item.edition.id}|")), None)
        if item is None:
            return None
        found = row_named(self.compared_in(item.edition.id), name)
        return row_named(_of_edition(self.national, item), name) if found is None else found


_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def kept_with_data(
    most: int = 1, of_names: bool = False
) -> Callable[[Callable[_Given, _Found]], Callable[_Given, _Found]]:
    """As `lru_cache`, for a function of a snapshot: the last results are kept in it, and go with it.

    A cache of the function's own would hold snapshots that nobody else holds, with a million rows each.
    `of_names` is for what does not depend on the figures: `with_later` finds what was found without.
    """

    def of(function: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
        @wraps(function)
        def found(*given: _Given.args, **named: _Given.kwargs) -> _Found:
            every = (*given, *named.values())
            data = next((one for one in every if isinstance(one, Snapshot)), None)
            if data is None:
                return function(*given, **named)
            key = (*(one for one in every if one is not data), *named)
            kept = data.results_of_names if of_names else data.results
            results = kept.setdefault(function, OrderedDict())
            with suppress(KeyError):  # another session may drop it at any time
                return cast("_Found", results[key])
            made = results[key] = function(*given, **named)
            if len(results) > most:
                with suppress(KeyError):
                    results.popitem(last=False)
            return made

        return found

    return of


@kept_with_data(8)
def _of_mineral(data: Snapshot, mineral: str) -> pd.DataFrame:
    return few(data._minerals.of(mineral))


@lru_cache(maxsize=2)
def _national(found: Catalogue) -> pd.DataFrame:
    return read_national(found)


def _of_edition(table: pd.DataFrame, item: Installed) -> pd.DataFrame:
    return table[(table["dataset"] == item.dataset.id) & (table["edition"] == item.edition.edition)]


def declared_beside(dataset: str) -> tuple[Path, Path]:
    """Where there may be what is declared of a dataset: bundled, and the user's own."""
    return bundled_folder("data") / dataset, workspace() / "datasets" / dataset


def later_figures(observations: pd.DataFrame, datasets: Iterable[str]) -> dict[int, LaterFigure]:
    """What later releases print, by the position of the observation that still prints another figure."""
    return {
        position: item
        for dataset in datasets
        for item in read_later_figures(declared_beside(dataset))
        for position in with_later_figure(observations, dataset, item)
    }


def snapshot(home: Path | str | None = None, version: str = "") -> Snapshot:
    """What is loaded now, or what was at an earlier version of which the first digits are given.

    `home` is the folder of the reader's own data. Raises StoreError for a version that is not kept.
    """
    found = catalogue_at(version, home) if version else catalogue(home)
    earlier = version and catalogue(home).version != found.version
    as_of = found.version[:SHORT] if earlier else ""
    return loaded(found, read_all(found), all_seeds(home), as_of=as_of)


def loaded(
    found: Catalogue, observations: pd.DataFrame, seeds: Seeds, seeds_version: str = "", as_of: str = ""
) -> Snapshot:
    """The editions of a catalogue with all their observations, and documents.

    Documents come and go one by one beside the same editions: what a claim was held against is kept.
    """
    data = Snapshot(found, observations, seeds, seeds_version, as_of)
    data.__dict__["_held"] = _held_at(found.content)
    return data


@until_minerals_change
@lru_cache(maxsize=4)
def _held_at(_content: str) -> dict[str, list[Check]]:
    """The checks against the editions of one content, by the text of the claim."""
    return {}
