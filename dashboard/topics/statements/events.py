"""What happened, by date."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.cards import event_card
from dashboard.charts.chart import Chart
from dashboard.charts.view import Block
from dashboard.drawing.timeline import timeline
from dashboard.snapshot import Data
from loaders.model import Event


def event_block(events: Sequence[Event], data: Data) -> Block | None:
    """The events on a timeline; a date on which the documents disagree is marked."""
    if not events:
        return None
    sources = [document.source for document in data.seeds.documents]
    disputed = [event for event in events if event.disputed]
    source = f"Source: {len(sources)} documents, listed on the page Sources."
    finding = (
        f"The documents disagree on {len(disputed)} of {len(events)} dates"
        if disputed
        else f"{len(events)} events"
    )
    table = pd.DataFrame(
        [
            {"event": event.what, "planned": event.planned, "dates disagree": event.disputed,
             "date": str(m.date or "not dated"), "until": str(m.until or ""), "printed": m.printed_date,
             "phrase": m.phrase, "source": data.source(m.source).title, "document": m.source,
             "paragraph": m.paragraph, "citation": data.source(m.source).citation}
            for event in events for m in event.mentions
        ]
    )  # fmt: skip
    return Block(
        "events",
        Chart(
            timeline(events, source, [f"event:{event.id}" for event in events]),
            finding,
            "What the documents say happened or is planned, by date. "
            "Open marks are plans; diamonds are disputed dates.",
            source,
            "Timeline: " + "; ".join(f"{event.span[0]} {event.what}" for event in events),
            table,
            "events",
        ),
        tuple(event_card(event, sources) for event in disputed),
    )
