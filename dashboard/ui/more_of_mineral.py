"""What stands below the chart of one mineral: what other pages find of it, and what documents state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics import claims, mineral
from dashboard.topics.mineral import PartOfPage
from dashboard.topics.parameters import READING, Asked, settle_asked
from dashboard.ui import session
from dashboard.ui.caches import Made
from dashboard.ui.name_links import finding_link, linked_names
from dashboard.words.claims import claim_words, standing_words
from loaders.model import Claim
from loaders.text import quoted


class More(NamedTuple):
    """What stands below the chart, and what of it can be taken away, by its words in a list."""

    html: str
    views: dict[str, Callable[[Snapshot], View]]


_more: Made[More] = Made(200, in_turn=True)


def more_of_mineral(asked: Asked, data: Snapshot) -> More:
    """What there is of a mineral besides its chart, worked out once for the same choice."""
    return _more.get((data.key, tuple(asked.items())), lambda: _of_all(asked, data))


class _Finding(NamedTuple):
    """A finding of another page as a link to it, its words in a list, and what makes its view."""

    html: str
    words: str
    view: Callable[[Snapshot], View] | None


def _of_all(asked: Asked, data: Snapshot) -> More:
    """What the other pages of the mineral find, and what documents state of it."""
    found = [_part(part, data) for part in mineral.parts_of(asked, data)]
    found += _claims(asked, data)
    return More("".join(item.html for item in found), {item.words: item.view for item in found if item.view})


def _part(part: PartOfPage, data: Snapshot) -> _Finding:
    """What another page finds."""
    settled, _ = settle_asked(part.topic.PARAMETERS, part.wanted, data)
    make = partial(session.view, part.topic, settled)
    found = mineral.finding_of(part, settled, data, make)
    link = {name: settled[name] for name in part.wanted}
    html = finding_link(found.words, part.page, link, linked_names(data)(part.about), below=False)
    return _Finding(html, f"{part.about}: {found.words}", make if found.drawn else None)


def _claims(asked: Asked, data: Snapshot) -> Iterator[_Finding]:
    """What documents state of it, each with how it stands to the statistics."""
    for claim in data.seeds.claims:
        if claim.mineral == asked["mineral"]:
            yield _claim(claim, asked, data)


def _claim(claim: Claim, asked: Asked, data: Snapshot) -> _Finding:
    words, _ = standing_words(claim, data.checks.get(claim.id, ()), data.in_use)
    about = linked_names(data)(f"Claim: {claim_words(claim)}, {claim.origin}; {words}")
    html = finding_link(quoted(claim.printed), claims.NAME, {"claim": claim.id}, about, below=False)
    wanted = {"edition": claims.ALL_EDITIONS, READING.name: asked[READING.name], "claim": claim.id}
    named = f"Claim: {quoted(claim.printed)}, {claim.origin}"
    return _Finding(html, named, partial(session.view, claims, wanted))
