"""Sizes of pictures on paper; a module by itself, so that the command can name them without drawing."""

from __future__ import annotations

from typing import NamedTuple


class Preset(NamedTuple):
    """A size of pictures: how wide and high it leaves, in pixels of 1/96 inch, and for what.

    Without a `height`, a picture is as high as its chart needs. `lay` is the width in pixels that the chart
    is laid out for at the usual size of letters, at which those of a slide have 14 points; a chart that needs
    more is drawn smaller, but where letters are `kept` no smaller than in a layout as wide as that: it is
    lower then, or says what it leaves out.
    """

    name: str
    label: str
    width: float
    height: float | None
    lay: float
    kept: float | None = None


_CENTIMETRE = 96 / 2.54
PRESETS = (
    Preset("chart", "Chart, as wide as a page", 960, None, 960),
    Preset("slide", "Slide, 16:9", 1280, 720, 820, kept=820),
    Preset("half-slide", "Half a slide", 640, 720, 410, kept=410),
    Preset("column", "Column of a report, 8.5 cm", 8.5 * _CENTIMETRE, None, 390),
    Preset("page", "Page of a report, 17 cm", 17 * _CENTIMETRE, None, 720),
    Preset("square", "Square", 1080, 1080, 600, kept=820),
)
"""Sizes that a meeting needs; the first is the usual one."""


def preset_named(name: str) -> Preset:
    """The preset of that name; raises KeyError."""
    return {preset.name: preset for preset in PRESETS}[name]
