"""The pages with charts: what a link to each of them can ask for, and which charts it then shows.

A page and the command read a link by the same parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics import (
    TOPICS,
    claims,
    concentration,
    dependence,
    figures,
    glance,
    reliance,
    stages,
    supplier,
)
from dashboard.topics.accounts import ACCOUNT, ACCOUNT_EDITION, LIST, WHICH
from dashboard.topics.claim_tables import FILTERS, ClaimFilter, matches, origins
from dashboard.topics.later_figures import PUBLISHED
from dashboard.topics.parameters import (
    PANEL_SCALES,
    READING,
    SHARED_SCALE,
    Asked,
    Control,
    Linked,
    Parameter,
    Topic,
    codes_of,
    named_choice,
    none_of_them,
    settle_asked,
)
from dashboard.words.pages import PAGE_TITLES
from loaders.model import Claim

VERSION, AS_OF, DOCUMENTS_AS_OF = "version", "asOf", "documents"
"""What a link calls the version of the editions, of old and as SDMX does, and that of the documents."""

OPEN_MARK = "mark"
"""What it calls the mark of the chart whose card is open."""


class AskedChart(NamedTuple):
    """A chart of a page: its topic, and what is asked of it."""

    topic: Topic
    asked: dict[str, str]


class Page(NamedTuple):
    """A page: its name in a link, what a link can ask for, and the charts for what is asked."""

    name: str
    parameters: tuple[Parameter, ...]
    shown: Callable[[Asked, Snapshot], Sequence[AskedChart]]


def _one_chart(topic: Topic) -> Page:
    return Page(topic.NAME, topic.PARAMETERS, lambda asked, _data: [AskedChart(topic, dict(asked))])


# Figures ----------------------------------------------------------------------------------------------


def _figures(data: Snapshot, asked: Asked) -> list[str]:
    return list(figures.figures_of(figures.of_documents(data, asked.get("document", ""))))


def _editions_of_figures(data: Snapshot, asked: Asked) -> list[str]:
    found = figures.figures_of(figures.of_documents(data, asked.get("document", "")))
    names = [key for key, figure in found.items() if figure.by_edition]
    return [f"{key}:{edition}" for key in names for edition in data.edition_names]


SINGLE_FIGURE = Parameter("figure", "Figure", _figures, lambda *_: "", control=Control.HIDDEN)
"""One figure alone."""

CLOSED = "none"
OPENED_FIGURE = Parameter(
    "open",
    "Open",
    lambda data, asked: [CLOSED, *_figures(data, asked)],
    default=lambda *_: "",
    control=Control.HIDDEN,
)
"""The figure whose chart is open: the first that statistics bear on where none is asked for."""

FIGURES_PAGE = Page(
    figures.NAME,
    (
        figures.DOCUMENTS,
        SINGLE_FIGURE,
        OPENED_FIGURE,
        Parameter("shown", "Shown", _editions_of_figures, none_of_them, control=Control.HIDDEN, many=True,
                  unknown="There is no {}."),
        PANEL_SCALES,
        READING,
    ),
    lambda asked, data: [AskedChart(figures, found) for found in asked_figures(asked, data)],
)  # fmt: skip


def asked_figures(asked: Asked, data: Snapshot) -> list[dict[str, str]]:
    """What is asked of the topic for each figure that the page shows, in order."""
    documents = asked.get("document", "")
    found = figures.figures_of(figures.of_documents(data, documents))
    chosen = pairs_of(asked)
    return [
        {
            "document": documents,
            "figure": key,
            "edition": chosen.get(key, figure.usual) if figure.by_edition else "",
            **{item.name: asked[item.name] for item in (PANEL_SCALES, READING)},
        }
        for key, figure in found.items()
        if asked.get("figure", "") in ("", key)
    ]


def opened_figure(asked: Asked, data: Snapshot) -> str:
    """The figure whose chart is open, or that none is."""
    found = figures.figures_of(figures.of_documents(data, asked.get("document", "")))
    held = [key for key, figure in found.items() if figure.held()]
    return asked[SINGLE_FIGURE.name] or asked[OPENED_FIGURE.name] or next(iter([*held, *found]), CLOSED)


def pairs_of(asked: Asked) -> dict[str, str]:
    """The edition that each chart shows, where it is not the usual one."""
    return dict(pair.split(":", 1) for pair in codes_of(asked.get("shown", "")))


# Claims -----------------------------------------------------------------------------------------------


def _editions_of_claims(data: Snapshot, _asked: Asked) -> list[str]:
    return [
        f"{claim.id}:{edition}"
        for claim in data.seeds.claims
        for edition in claims.editions_of(claim.id, data)
    ]


SINGLE_CLAIM = replace(claims.PARAMETERS[0], default=lambda *_: "", control=Control.HIDDEN)
"""One claim alone."""

OF_DOCUMENT = replace(figures.DOCUMENTS, control=Control.HIDDEN)
"""The documents whose claims are listed; all where none is asked for."""

OPENED_CLAIM = Parameter(
    "open",
    "Open",
    lambda data, _: [CLOSED, *(claim.id for claim in data.seeds.claims)],
    default=lambda *_: "",
    control=Control.HIDDEN,
)
"""The claim of the list whose evidence is drawn: the first of those found where none is asked for."""

CLAIMS_PAGE = Page(
    claims.NAME,
    (
        *FILTERS,
        SINGLE_CLAIM,
        OF_DOCUMENT,
        OPENED_CLAIM,
        Parameter("shown", "Shown", _editions_of_claims, none_of_them, control=Control.HIDDEN, many=True,
                  unknown="There is no {}."),
        PANEL_SCALES,
        READING,
    ),
    lambda asked, data: [
        AskedChart(claims, asked_claim(claim, asked))
        for claim in _opened(asked, data)
    ],
)  # fmt: skip


def asked_claim(claim: str, asked: Asked) -> dict[str, str]:
    """What is asked of the topic for one claim that the page shows."""
    edition = pairs_of(asked).get(claim, claims.ALL_EDITIONS)
    return {"claim": claim, "edition": edition} | {
        item.name: asked[item.name] for item in (PANEL_SCALES, READING)
    }


def asked_claims(asked: Asked, data: Snapshot) -> list[Claim]:
    """The claims that the page shows, in the order of the documents."""
    wanted = ClaimFilter(*(codes_of(asked[item.name]) for item in FILTERS))
    documents = codes_of(asked[OF_DOCUMENT.name])
    return [
        claim
        for claim in data.seeds.claims
        if asked[SINGLE_CLAIM.name] in ("", claim.id)
        and (not documents or claim.source in documents)
        and matches(claim, data.checks.get(claim.id, ()), wanted)
    ]


def _opened(asked: Asked, data: Snapshot) -> list[str]:
    """The claim whose evidence is drawn, if one is."""
    listed = [
        claim.id
        for origin in origins(asked_claims(asked, data), data.seeds.claims)
        for claim in origin.claims
    ]
    wanted = asked[SINGLE_CLAIM.name] or asked[OPENED_CLAIM.name]
    found = wanted if wanted in (*listed, CLOSED) else next(iter(listed), CLOSED)
    return [] if found == CLOSED else [found]


# Concentration ----------------------------------------------------------------------------------------

OF_LIST = tuple(item for item in glance.PARAMETERS if item not in concentration.PARAMETERS)
"""What the table at a glance asks besides the edition."""


def _of(topic: Topic, asked: Asked) -> AskedChart:
    return AskedChart(topic, {item.name: asked[item.name] for item in topic.PARAMETERS})


OPENED_PART = "open"


def _opened_part(*charts: str) -> Parameter:
    """Which of the charts of a page is open, the first where nothing is asked."""
    return Parameter(
        OPENED_PART,
        "Open",
        lambda *_: [*charts, CLOSED],
        control=Control.HIDDEN,
        linked=Linked.UNLESS_DEFAULT,
    )


CONCENTRATION_PAGE = Page(
    concentration.NAME,
    (*concentration.PARAMETERS, *OF_LIST, _opened_part(concentration.NAME, glance.NAME)),
    lambda asked, _data: [_of(concentration, asked), _of(glance, asked)],
)

# Dependence -------------------------------------------------------------------------------------------

OF_MINERAL, OF_ALL, OF_COUNTRY = "mineral", "all", "country"
_FORMS = {OF_MINERAL: "One mineral", OF_ALL: "All minerals", OF_COUNTRY: "What comes from one country"}

ASK = named_choice("ask", "Ask about", _FORMS, control=Control.SEGMENTED, row=0)
"""What the page Dependence is asked."""


def _asked_of(item: Parameter, *forms: str) -> Parameter:
    """A parameter that there is only where the page is asked one of these."""
    return replace(
        item,
        options=lambda data, asked: item.options(data, asked) if asked["ask"] in forms else [],
        default=lambda data, asked, options: item.default(data, asked, options) if options else "",
        quiet=True,
    )


DEPENDENCE_PAGE = Page(
    dependence.NAME,
    (
        ASK,
        replace(_asked_of(dependence.MINERAL, OF_MINERAL), options=dependence.MINERAL.options),
        ACCOUNT,
        ACCOUNT_EDITION,
        _asked_of(reliance.RELIANCE_YEAR, OF_ALL),
        _asked_of(supplier.SUPPLIER, OF_COUNTRY),
        _asked_of(LIST, OF_ALL, OF_COUNTRY),
        _asked_of(supplier.MINERALS, OF_COUNTRY),
        _asked_of(WHICH, OF_ALL, OF_COUNTRY),
        READING,
        _opened_part(dependence.NAME, stages.NAME),
    ),
    lambda asked, data: _shown_of_dependence(asked, data),
)


def _shown_of_dependence(asked: Asked, data: Snapshot) -> list[AskedChart]:
    """The charts for what is asked; of one mineral also the stages, in the edition of the same name."""
    if asked[ASK.name] == OF_ALL:
        return [_of(reliance, asked)]
    if asked[ASK.name] == OF_COUNTRY:
        return [_of(supplier, asked)]
    if not asked["edition"] or asked["mineral"] not in stages.minerals_of_stages(data):
        return [_of(dependence, asked)]
    wanted = {**asked, "edition": _beside(asked["edition"], data)}
    beside, _ = settle_asked(stages.PARAMETERS, wanted, data)
    return [_of(dependence, asked), AskedChart(stages, beside)]


def _beside(edition: str, data: Snapshot) -> str:
    """The edition of tables of countries of the same publisher and name; empty where there is none."""
    own = next(item for item in data.catalogue.all if item.edition.id == edition)
    same = [
        item.edition.id
        for item in data.catalogue.editions
        if (item.edition.edition, item.dataset.publisher) == (own.edition.edition, own.dataset.publisher)
    ]
    return data.catalogue.in_use(same) if same else ""


_OF_SEVERAL_CHARTS = (FIGURES_PAGE, CLAIMS_PAGE, CONCENTRATION_PAGE, DEPENDENCE_PAGE)
_ALONE = {*PAGE_TITLES} - {page.name for page in _OF_SEVERAL_CHARTS}

PAGES = (*_OF_SEVERAL_CHARTS, *(_one_chart(topic) for topic in TOPICS if topic.NAME in _ALONE))
"""Every page with charts."""


def own_link(view: View) -> str:
    """What stands behind ? in the link to one chart of a page that shows several; empty on other pages."""
    asked = dict(view.asked)
    if view.topic == figures.NAME:
        single, usual = SINGLE_FIGURE.name, ""
    elif view.topic == claims.NAME:
        single, usual = SINGLE_CLAIM.name, claims.ALL_EDITIONS
    else:
        return ""
    name, edition = asked.pop(single, ""), asked.pop("edition", usual)
    shown = {} if edition == usual else {"shown": f"{name}:{edition}"}
    for parameter, text in ((READING, PUBLISHED), (PANEL_SCALES, SHARED_SCALE)):
        if asked.get(parameter.name) == text:
            del asked[parameter.name]
    link = {**asked, single: name, **shown}
    return urlencode({item: text for item, text in link.items() if text}, safe=":,")
