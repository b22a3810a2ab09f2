"""What the pages are called: in the menu, in their headings and tabs, and where a reader looks for them."""

from __future__ import annotations

PAGE_TITLES = {
    "mineral": "Mineral",
    "glance": "All minerals",
    "country": "Country",
    "compare": "Compare",
    "map": "Map",
    "figures": "Figures",
    "claims": "Claims",
    "article": "Read an article",
    "explore": "Who holds and makes",
    "over-time": "Over time",
    "prices": "Prices",
    "revisions": "Revisions",
    "concentration": "Concentration",
    "dependence": "Dependence",
    "briefs": "Briefs",
    "sources": "Sources",
    "disagree": "Sources disagree",
    "data": "Data",
    "words": "Words",
}
"""Every page by the name in its address, with its title."""
