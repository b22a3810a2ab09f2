"""The tables of all editions, read once for all sessions. Without Streamlit: it may still be starting."""

from __future__ import annotations

import pandas as pd

from dashboard.ui.made import Made
from loaders.store import Catalogue, catalogue, read_all

_observations: Made[pd.DataFrame] = Made(2)


def all_observations(found: Catalogue) -> pd.DataFrame:
    """All that is compared of a catalogue; whoever asks while it is read waits. Raises StoreError."""
    return _observations.get(found.content, lambda: read_all(found))


def read_present() -> None:
    """Read what can be read now, before anybody asks for it. Raises StoreError."""
    all_observations(catalogue())
