"""Briefs for tests: some real charts, and names that a reader should not have typed."""

from __future__ import annotations

from functools import cache

from dashboard.briefs.contents import ToldBrief, item_of, tell
from dashboard.snapshot import Snapshot
from dashboard.topics import TOPICS
from dashboard.topics.parameters import answer, settle_asked
from loaders.store import Brief, BriefItem
from tests.figures import bundled_data

NAMES = [
    "=cmd|'/c calc'!A0",
    'He said "no" & <b>left</b> \\ #strong[x]',
    "two\nlines\tand a tab",
    "שלום עולם",
    "\u202eright to left",
    "bell \x07 and half a letter \ud800",
    "m" * 200,
    "../../etc/passwd",
]
"""Names, titles and comments that must survive harmlessly."""

ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("explore", {"mineral": "rare-earths", "measure": "reserves", "edition": "usgs-mcs.2025"}),
    ("claims", {"claim": "russia-rare-earths-rank"}),
    ("concentration", {"mineral": "cobalt"}),
    ("figures", {"figure": "events"}),
)


def item(topic: str, asked: dict[str, str], data: Snapshot) -> BriefItem:
    """What a page keeps of a view."""
    found = next(one for one in TOPICS if topic == one.NAME)
    settled, missed = settle_asked(found.PARAMETERS, asked, data)
    assert not missed
    return item_of(answer(found, settled, data), data.stamp)


GONE = BriefItem(
    topic="explore",
    asked={"mineral": "rare-earths", "measure": "reserves", "edition": "usgs-mcs.1999"},
    finding="What an edition said that was removed",
)


@cache
def brief() -> Brief:
    """Four charts of different kinds, the second with words of a reader, and one that cannot be made."""
    data = bundled_data()
    found = Brief(name="Rare earths: what is said")
    for topic, asked in ASKED:
        found = found.adding(item(topic, asked, data))
    found = found.wording(2, "A title of my own", 'The first thought.\n\n=HYPERLINK("x") שלום')
    return found.adding(GONE)


@cache
def told() -> ToldBrief:
    """The same as it is today."""
    return tell("rare-earths", brief(), bundled_data())
