"""The colours of the pages, light and dark, as options of Streamlit; charts have their own in `charts`."""

from __future__ import annotations

LIGHT = {
    "primaryColor": "#0b5c8f",
    "backgroundColor": "#ffffff",
    "secondaryBackgroundColor": "#f6f8fa",
    "textColor": "#1a2330",
    "borderColor": "#d5dbe2",
}
DARK = {
    "primaryColor": "#4aa3df",
    "backgroundColor": "#0f1720",
    "secondaryBackgroundColor": "#18222d",
    "textColor": "#e6edf3",
    "borderColor": "#33404e",
}

# Without theme.base the reader's system chooses between light and dark, and so may the reader in the menu.
THEME = {
    f"theme.{name}.{key}": value
    for name, palette in (("light", LIGHT), ("dark", DARK))
    for key, value in palette.items()
}
"""Streamlit's option names and their values."""

FONT = {
    "server.enableStaticServing": True,  # the folder `static` beside the frame
    "theme.font": "Inter, Arial, Helvetica, sans-serif",
    "theme.baseFontSize": 15,  # its letters are wider than those of Streamlit
    "theme.fontFaces": [
        {"family": "Inter", "url": f"app/static/inter/Inter-{name}.ttf", "weight": weight}
        for name, weight in (("Regular", "400"), ("Bold", "600 800"))
    ],
}
"""The typeface of the pages, which is that of the charts."""
