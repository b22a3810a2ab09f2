"""A chart as SVG: text stays text, nothing in it comes from elsewhere."""

from __future__ import annotations

from dashboard.charts.view import View
from dashboard.drawing.presets import preset_named
from dashboard.exports.about import about_file, about_text, made_day
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.marks import keyed
from dashboard.snapshot import Stamp

NAME = "svg"
LABEL = "SVG"
SUFFIX = ".svg"
MIME = "image/svg+xml"


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The picture in the size of a preset; what it is of stands in its `desc`. Empty without a chart."""
    # Imported where it is used: the letters' measuring takes as long to load as a short command.
    from dashboard.drawing.paper import PictureLook, chart_svg

    if view.chart is None:
        return b""
    told = about_text(about_file(view, view.chart, stamp, choices, SUFFIX))
    dated, size = stamp._replace(made=made_day(choices)), preset_named(choices.preset)
    look = PictureLook(choices.titled, transparent=choices.transparent, held=True)
    return chart_svg(keyed(view, view.chart), dated, size, look, told).encode()
