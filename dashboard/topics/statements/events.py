"""What happened, by date."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.cards import event_card
from dashboard.charts.chart import Chart, Timeline
from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from loaders.model import Event
from loaders.text import count


def event_view(events: Sequence[Event], data: Snapshot) -> View | None:
    """The events on a timeline; a date on which the documents disagree is marked."""
    if not events:
        return None
    sources = [document.source for document in data.seeds.documents]
    disputed = [event for event in events if event.disputed]
    source = f"Source: {count(len(sources), 'document')}, listed on the page Sources."
    finding = (
        f"The documents disagree on {len(disputed)} of {count(len(events), 'date')}"
        if disputed
        else count(len(events), "event")
    )
    table = pd.DataFrame(
        [
            {"event": event.what, "planned": event.planned, "dates disagree": event.disputed,
             "date": str(m.date or "not dated"), "until": str(m.until or ""), "printed": m.printed_date,
             "phrase": m.phrase, "source": data.source(m.source).title, "document": m.source,
             "published": data.source(m.source).published, "paragraph": m.paragraph,
             "citation": data.source(m.source).citation}
            for event in events for m in event.mentions
        ]
    )  # fmt: skip
    return View(
        "events",
        Chart(
            title=finding,
            subtitle="What the documents say happened or is planned, by date. "
            "Open marks are plans; diamonds are disputed dates.",
            source=source,
            alt="Timeline: " + "; ".join(f"{event.span[0]} {event.what}" for event in events),
            drawing=Timeline(tuple(events)),
            table=table,
            name="events",
        ),
        cards=tuple(event_card(event, sources) for event in disputed),
    )
