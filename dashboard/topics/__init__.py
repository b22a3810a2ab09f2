"""What can be asked: each topic makes a view of the data. Knows neither Plotly nor Streamlit.

A topic is a module with a `NAME`, its `PARAMETERS` (a row says what a control, a link and an option of the
command need), and `view(asked, data)`. `TOPICS` is the list of them.
"""

from __future__ import annotations

from dashboard.topics import claims, concentration, disagreement, explore, figures, glance, revisions
from dashboard.topics.parameters import Topic

TOPICS: tuple[Topic, ...] = (figures, claims, explore, revisions, concentration, glance, disagreement)
