"""Figures: what the documents state, a chart for every claim beside the statistics, the events last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from dashboard.analysis.checks import Check
from dashboard.analysis.part_of import part_checks
from dashboard.charts.view import Tile, View
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.claims import has_evidence, stated_view, tells_change
from dashboard.topics.explore import edition_words, offered_by
from dashboard.topics.newest_figures import newest_edition
from dashboard.topics.parameters import (
    PANEL_SCALES,
    READING,
    Asked,
    Control,
    Linked,
    Parameter,
    codes_of,
    none_of_them,
)
from dashboard.topics.statements.amounts import part_view, quantity_view
from dashboard.topics.statements.events import event_view
from dashboard.topics.statements.money import is_sum, money_view
from dashboard.topics.statements.ranks import rank_view, ranked_claim_view
from dashboard.topics.statements.ratios import ratio_view
from dashboard.topics.statements.shares import share_view
from dashboard.topics.stories import story_documents
from dashboard.words.claims import tile
from loaders.model import NOT_STATED, Claim
from loaders.vocabulary import Kind, Measure

NAME = "figures"
TILES = 5


@dataclass(frozen=True)
class PageChart:
    """How one chart of the page is made, for an edition of the reader's choice if there is a `usual` one.

    The statement of one that is `held` stands beside statistics.
    """

    make: Callable[[str], View | None]
    usual: str = ""
    held: Callable[[], bool] = lambda: False

    @property
    def by_edition(self) -> bool:
        """Whether it is made for one edition."""
        return bool(self.usual)


def view(asked: Asked, data: Snapshot) -> View:
    """One chart of the page."""
    data = of_documents(data, asked.get("document", ""))
    key, edition = asked["figure"], asked["edition"]
    found = figures_of(data)[key].make(edition) if key else None
    return found or View(key or NAME, empty=_nothing(edition, data))


def _nothing(edition: str, data: Snapshot) -> str:
    return f"{edition_words(edition, data)} has no such table." if edition else "No document states a figure."


@kept_with_data(8)
def of_documents(data: Snapshot, chosen: str) -> Snapshot:
    """What is loaded with the chosen documents alone: ids with commas between; none for all."""
    codes = codes_of(chosen)
    return data.only(codes) if codes else data


@kept_with_data()
def figures_of(data: Snapshot) -> dict[str, PageChart]:
    """The charts of the page by key, in their order; made one by one, so that the first shows at once."""
    claims = data.seeds.claims
    found: dict[str, PageChart] = {}
    inside = {check.part for check in part_checks(claims) if check.share is not None and check.fits}
    for claim in claims:
        parts = [other for other in claims if other.part_of == claim.id and other.id in inside]
        found |= _of_claim(claim, parts if claim.kind is Kind.QUANTITY else [], data)
    for document in data.seeds.documents:
        if not any(is_sum(claim) for claim in document.claims):
            continue
        make = partial(money_view, document.claims, document.source, data)
        found[f"money-{document.source.id}"] = _figure(make)
    ratios = [claim for claim in claims if claim.kind is Kind.RATIO and not tells_change(claim)]
    found["ratios"] = _figure(lambda: ratio_view(ratios, data.checks, data))
    found["events"] = _figure(partial(event_view, data.seeds.events, data))
    return found


def _figure(make: Callable[[], View | None]) -> PageChart:
    return PageChart(lambda _edition: make())


def _of_claim(claim: Claim, parts: Sequence[Claim], data: Snapshot) -> dict[str, PageChart]:
    """The charts of one claim; a whole stands with its parts, a rank also with the order of an edition."""
    if parts:
        return {f"part-{claim.id}": _figure(partial(part_view, claim, parts, data))}
    if claim.measure is Measure.PRICE and claim.kind is Kind.MONEY:
        return {f"stated-{claim.id}": _figure(partial(stated_view, claim, data))}
    if claim.measure is Measure.REVENUE_CONTRIBUTION or not (claim.kind in _MAKERS or tells_change(claim)):
        return {}
    if not has_evidence(claim):
        return {f"stated-{claim.id}": _figure(partial(stated_view, claim, data))}
    key, make = _MAKERS[claim.kind]

    def one(_edition: str) -> View:
        return make(claim, data.checks_of(claim), data)

    def ranked(edition: str) -> View | None:
        return ranked_claim_view(claim, data.checks_of(claim), edition, data=data)

    found = {f"{key}-{claim.id}": PageChart(one, held=lambda: any(c.rows for c in data.checks_of(claim)))}
    if claim.kind is Kind.RANK and data.catalogue.editions:
        having = offered_by(data).having(str(claim.mineral), str(claim.measure)) or list(data.edition_names)
        usual = newest_edition(data, having, claim.mineral and [claim.mineral])
        found[f"ranked-{claim.id}"] = PageChart(ranked, usual)
    return found


_MAKERS: dict[Kind, tuple[str, Callable[[Claim, Sequence[Check], Snapshot], View]]] = {
    Kind.QUANTITY: ("amount", quantity_view),
    Kind.SHARE: ("share", share_view),
    Kind.RANK: ("rank", rank_view),
}


def tiles_of_figures(data: Snapshot) -> list[Tile]:
    """The first figures that are stated, of each story in turn, each with how it stands to the statistics."""
    stated = [
        [claim for document in documents for claim in document.claims if claim.kind is not Kind.RATIO]
        for documents in story_documents(data)
    ]
    in_turn = [claim for claims in zip_longest(*stated) for claim in claims if claim is not None]
    return [Tile(*tile(claim, data.checks[claim.id], data.in_use)) for claim in in_turn[:TILES]]


def _documents(data: Snapshot, _asked: Asked) -> list[str]:
    return [document.source.id for document in data.seeds.documents]


def _document_words(code: str, data: Snapshot) -> str:
    found = next((one.source for one in data.seeds.documents if one.source.id == code), None)
    if found is None:
        return code
    return next((text for text in (found.title, found.publisher) if text != NOT_STATED), code)


DOCUMENTS = Parameter(
    "document",
    "Documents",
    _documents,
    none_of_them,
    _document_words,
    control=Control.MULTISELECT,
    quiet=True,
    many=True,
    unknown="There is no document {}.",
    placeholder="All",
)
"""The documents that the page is made of."""


def _figures(data: Snapshot, asked: Asked) -> list[str]:
    return list(figures_of(of_documents(data, asked.get("document", ""))))


def _editions(data: Snapshot, asked: Asked) -> list[str]:
    figure = figures_of(of_documents(data, asked.get("document", ""))).get(asked["figure"])
    return list(data.edition_names) if figure and figure.by_edition else []


def _usual_edition(data: Snapshot, asked: Asked, editions: Sequence[str]) -> str:
    found = figures_of(of_documents(data, asked.get("document", "")))
    return found[asked["figure"]].usual if editions else ""


PARAMETERS: tuple[Parameter, ...] = (
    DOCUMENTS,
    Parameter("figure", "Figure", _figures, width=2),
    Parameter(
        "edition",
        "Edition",
        _editions,
        _usual_edition,
        edition_words,
        linked=Linked.UNLESS_DEFAULT,
        quiet=True,
    ),
    PANEL_SCALES,
    READING,
)
