"""Mineral: who holds one mineral and who makes it, and a way to everything else that is known of it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import claims, mineral
from dashboard.topics.mineral import PartOfPage
from dashboard.topics.parameters import READING, Asked, settle_asked
from dashboard.ui import chart, controls, page, session, tabs, topic_page
from dashboard.ui.name_links import linked_names
from dashboard.ui.takeaway import take_away, take_away_later
from dashboard.words.claims import claim_words, standing_words
from loaders.names import mineral_name
from loaders.text import quoted


@st.fragment
def _mineral(data: Snapshot) -> None:
    asked = controls.ask(mineral.NAME, mineral.PARAMETERS, data)
    tabs.strip(mineral.NAME, asked, data)
    page.title(mineral_name(asked["mineral"]))
    controls.draw_controls(mineral.NAME, mineral.PARAMETERS, asked, data)
    chart.show(session.view(mineral, asked, data), data)
    page.title("More of it")
    for number, part in enumerate(mineral.parts_of(asked, data)):
        _part(number, part, data)
    _claims(asked, data)


def _part(number: int, part: PartOfPage, data: Snapshot) -> None:
    """What another page finds, as a link to it; and its chart to take away."""
    settled, _ = settle_asked(part.topic.PARAMETERS, part.wanted, data)
    found = session.view(part.topic, settled, data)
    with st.container(key=f"finding-part-{number}", gap="xxsmall"):
        page.small(linked_names(data)(part.about))
        link = {name: settled[name] for name in part.wanted}
        label = page.escape_markdown(page.unbroken(mineral.told_of(found)))
        st.page_link(f"views/{part.page.replace('-', '_')}.py", label=label, query_params=link)
        if found.chart:
            take_away(found, data.stamp, f"part-{number}")


def _claims(asked: Asked, data: Snapshot) -> None:
    """What documents state of it, each with how it stands to the statistics, to take away."""
    usual = {"edition": claims.ALL, READING.name: asked[READING.name]}
    for claim in (claim for claim in data.seeds.claims if claim.mineral == asked["mineral"]):
        words, _ = standing_words(claim, data.checks.get(claim.id, ()), data.in_use)
        with st.container(key=f"finding-claim-{claim.id}", gap="xxsmall"):
            page.small(linked_names(data)(f"Claim: {claim_words(claim)}, {claim.origin}; {words}"))
            label = page.escape_markdown(quoted(claim.printed))
            st.page_link("views/claims.py", label=label, query_params={"claim": claim.id})
            make = partial(session.view, claims, {**usual, "claim": claim.id}, data)
            take_away_later(make, data.stamp, f"claim-{claim.id}")


def show() -> None:
    """The page."""
    topic_page.open_page(
        "One mineral",
        "Who holds it, who makes it, how few they are, how the figures were revised, and what is said of it.",
        _mineral,
    )


show()
