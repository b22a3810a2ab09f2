"""What can be asked: each topic makes a view of the data. Knows neither Plotly nor Streamlit.

A topic is a module with a `NAME`, its `PARAMETERS` (a row says what a control, a link and an option of the
command need), and `view(asked, data)`. `TOPICS` is the list of them.
"""

from __future__ import annotations

from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics import (
    claims,
    concentration,
    dependence,
    disagreement,
    explore,
    figures,
    glance,
    over_time,
    prices,
    reliance,
    revisions,
    stages,
    supplier,
    world_map,
)
from dashboard.topics.parameters import Topic, answer, settle_asked
from loaders.errors import UnknownName

TOPICS: tuple[Topic, ...] = (
    figures,
    claims,
    explore,
    revisions,
    over_time,
    prices,
    concentration,
    glance,
    disagreement,
    world_map,
    dependence,
    stages,
    reliance,
    supplier,
)


def view_of(name: str, data: Snapshot, **wanted: str) -> View:
    """What a topic shows, by the codes that a link has too: `view_of("explore", data, mineral="lithium")`.

    Raises UnknownName for a topic, a parameter or an option that there is not.
    """
    topic = next((topic for topic in TOPICS if name == topic.NAME), None)
    if topic is None:
        raise UnknownName(
            f"there is no topic “{name[:40]}”.", remedy=f"There is: {', '.join(t.NAME for t in TOPICS)}."
        )
    names = [item.name for item in topic.PARAMETERS]
    if unknown := ", ".join(sorted(wanted.keys() - set(names))):
        raise UnknownName(f"{name} knows nothing of {unknown}.", remedy=f"It has: {', '.join(names)}.")
    asked, missed = settle_asked(topic.PARAMETERS, wanted, data)
    if missed:
        raise UnknownName(" ".join(missed))
    return answer(topic, asked, data)
