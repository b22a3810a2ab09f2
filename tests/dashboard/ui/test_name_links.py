"""Links of names: in what stands on a page, and in the cells of a grid that are chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pytest
from lxml import html
from lxml.html import HtmlElement

from dashboard.topics.name_pages import parts_by_name
from dashboard.ui.name_links import names_in_cells
from tests.pages import opened
from tests.workspaces import bundled

GRID = pa.table(
    {"name": ["Chile", "Other countries", "DR Congo"], "about": ["Lithium", "", "Cobalt, mine production"]}
)


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ([(0, "name")], "Chile"),
        ([(1, "name"), (1, "about")], ""),
        ([(2, "about"), (2, "name"), (0, "about"), (2, "name")], "Cobalt; DR Congo; Lithium"),
        ([(3, "name"), (0, "no such column")], ""),  # chosen before the table became another
        ([], ""),
    ],
)
def test_chosen_cells_lead_to_the_pages_of_the_names_in_them(
    cells: list[tuple[int, str]], names: str
) -> None:
    assert "; ".join(names_in_cells(GRID, cells, bundled())) == names


NO_LINK = ("a", "h1", "caption", "style", "summary")
"""Where a name is no link: in one already, in the title of a page or a table, in what opens on a click."""


def _texts(element: HtmlElement) -> Iterator[str]:
    """The texts below an element that may have links."""
    if element.tag in NO_LINK or element.get("class") in ("citation", "sub", "on-paper"):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("explore", {"mineral": "cobalt"}),
        ("dependence", {"mineral": "cobalt"}),
        ("revisions", {}),
        ("over_time", {}),
        ("map", {}),
    ],
)
def test_no_name_stands_on_a_page_without_a_link(page: str, link: dict[str, str]) -> None:
    """In each block a name leads to its page at least once."""
    app, data = opened(page, **link), bundled()
    seen = 0
    for element in app.get("html"):
        block = html.fragment_fromstring(element.value or " ", create_parent="div")
        linked = {anchor.text_content() for anchor in block.iter("a")}
        seen += len(linked)
        bare = {part for text in _texts(block) for part, address in parts_by_name(text, data) if address}
        assert bare <= linked, element.value
    assert seen > 10
