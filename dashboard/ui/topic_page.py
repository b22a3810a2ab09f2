"""What pages of figures have in common: a heading, and what is drawn below it if anything is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.snapshot import Snapshot
from dashboard.topics.parameters import Asked, Parameter, Topic
from dashboard.ui import chart, controls, page, session, tabs
from dashboard.words.pages import PAGE_TITLES
from loaders.names import mineral_name

NO_EDITIONS = "No editions are loaded. Add one on the page Data."


def open_page(title: str, lead: str, draw: Callable[[Snapshot], None], of_any_account: bool = False) -> None:
    """The heading, then what `draw` draws, or that there is nothing to draw.

    Figures that are compared between countries are needed; `of_any_account` those of one country's own
    account are enough.
    """
    data = session.current()
    page.heading(title, lead)
    if not data.observations.empty or (of_any_account and data.catalogue.all):
        draw(data)
    else:
        page.notice("Nothing to draw.", [NO_EDITIONS])


def open_object(title: str, lead: str, draw: Callable[[Snapshot], None]) -> None:
    """The same for a page of one mineral or country, which `draw` names in a heading of its own."""
    data = session.current()
    if data.observations.empty:
        open_page(title, lead, draw)
    else:
        draw(data)


def draw_topic(
    topic: Topic,
    data: Snapshot,
    tabbed: bool = True,
    drawn: Callable[[Asked], Sequence[Parameter]] | None = None,
    above: Callable[[Asked], None] | None = None,
) -> None:
    """The tabs of the mineral, the controls and the view of one topic.

    `drawn` says which controls are shown, else all are; `above` draws what stands between them and the view.
    """
    asked = controls.ask(topic.NAME, topic.PARAMETERS, data)
    if tabbed:
        tabs.strip(topic.NAME, asked, data)
    elif asked.get("mineral"):
        page.name_tab(mineral_name(asked["mineral"]), PAGE_TITLES[topic.NAME])
    controls.draw_controls(topic.NAME, drawn(asked) if drawn else topic.PARAMETERS, asked, data)
    if above:
        above(asked)
    chart.show(session.view(topic, asked, data), data)
