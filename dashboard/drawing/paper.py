"""A chart for paper: title, subtitle, source and versions in it, as SVG of a size that is asked for."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from dashboard.charts.chart import Chart
from dashboard.drawing.abridgement import said_once, shorter
from dashboard.drawing.canvas import At, Canvas, draw_text, picture
from dashboard.drawing.draw import sketch
from dashboard.drawing.frame import (
    BLUE,
    GREY,
    NARROW,
    SOFT_BLUE,
    SOURCE,
    VERMILION,
    Sketch,
    lines_height,
)
from dashboard.drawing.letters import fit, marked_up, missing_letters
from dashboard.drawing.line_marks import LINES_PRINTED
from dashboard.drawing.map_colours import LABEL_GROUND, NO_ROW, NO_ROW_PRINTED
from dashboard.drawing.presets import PRESETS, Preset
from dashboard.drawing.svg import Area, draw_marks
from dashboard.snapshot import Stamp
from loaders.text import count

PAD = 20.0
"""Pixels around a picture."""

_TITLE, TITLE_LEAST, SUBTITLE = 19.0, 15.0, 12.5
"""Sizes of letters, in pixels; titles are smaller where there is little room for the chart."""

PRINTED = {
    VERMILION: "#b83f0c",
    BLUE: "#0d5a92",
    SOFT_BLUE: "#8fb9da",
    GREY: "#616d79",
    NO_ROW: NO_ROW_PRINTED,
    LABEL_GROUND: "#ffffff",
    **LINES_PRINTED,
}
"""Colours on paper: in grey, too, the strong ones are darker than the soft one, and words can be read."""


class _Head(NamedTuple):
    """The lines above and below a chart, and their heights."""

    title: list[str]
    subtitle: list[str]
    foot: list[str]
    size: float

    @property
    def above(self) -> float:
        title = lines_height(len(self.title), self.size) + 4 if self.title else 0.0
        subtitle = lines_height(len(self.subtitle), SUBTITLE) + 12 if self.subtitle else 0.0
        return PAD + title + subtitle

    @property
    def below(self) -> float:
        return 14 + lines_height(len(self.foot), SOURCE) + PAD * 0.8


class _Laid(NamedTuple):
    """A chart laid out: width and height in pixels of the layout, and what stays free on either side."""

    sketch: Sketch
    head: _Head
    width: float
    height: float
    free: float = 0.0


class PictureLook(NamedTuple):
    """How a picture is drawn.

    Without `titled` it has no finding; without `framed` no subtitle and source either, for a page that has
    them as text. One that leaves as SVG is `held`: its lines keep their width in other fonts.
    """

    titled: bool = True
    framed: bool = True
    transparent: bool = False
    held: bool = False


FRAMED, BARE = PictureLook(), PictureLook(framed=False)


def chart_svg(
    chart: Chart, stamp: Stamp, preset: Preset = PRESETS[0], look: PictureLook = FRAMED, told: str = ""
) -> str:
    """The chart as SVG. The finding is its title, the alternative text and what is `told` its `desc`."""
    laid = _lay(chart, preset, _Words.of(chart, stamp, look))
    height = max(laid.height, laid.width * preset.height / preset.width) if preset.height else laid.height
    canvas = Canvas(PRINTED, held=look.held)
    _write_head(canvas, laid.head)
    drawn = laid.sketch
    top = laid.head.above + drawn.top + (height - laid.height) / 3
    left = PAD + laid.free
    area = Area(left + drawn.left, top, laid.width - 2 * left - drawn.left - drawn.right, drawn.body)
    draw_marks(canvas, drawn.data, drawn.layout, area)
    foot = height - laid.head.below + 14
    draw_text(canvas, marked_up(laid.head.foot), At(PAD, foot, rise="top"), SOURCE)
    description = "\n".join(filter(None, (chart.alt, told)))
    ground = "" if look.transparent else "#ffffff"
    drawing = picture(canvas, laid.width, height, chart.title, description, ground)
    return _sized(drawing, preset.width, height * preset.width / laid.width)


def picture_size(drawing: str) -> tuple[float, float]:
    """Width and height of a picture that `chart_svg` made, in pixels."""
    found = _SIZE.search(drawing)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def _sized(drawing: str, width: float, height: float) -> str:
    """The drawing at the size of its preset; its own pixels stay those of the layout."""
    before, _, rest = drawing.partition(' width="')
    _, _, rest = rest.partition(" viewBox=")
    return f'{before} width="{width:.2f}" height="{height:.2f}" viewBox={rest}'


class _Words(NamedTuple):
    """What stands above and below a chart."""

    title: str
    subtitle: str
    foot: str
    size: float = _TITLE

    @classmethod
    def of(cls, chart: Chart, stamp: Stamp, look: PictureLook) -> _Words:
        """As far as it is asked for. Letters that the font lacks are counted: they are boxes."""
        if not look.framed:
            return cls("", "", "")
        foot = f"{chart.source} {stamp.words} {_lacking(chart)}".strip()
        return cls(chart.title if look.titled else "", chart.subtitle, foot)


@lru_cache(maxsize=200)
def _lacking(chart: Chart) -> str:
    return lacking_words(missing_letters(shown_words(chart, sketch(chart))))


def _lay(chart: Chart, preset: Preset, words: _Words) -> _Laid:
    """The chart in a width at which no words are cut and the picture is no higher than its preset."""
    width = max(preset.lay, NARROW)
    kept = _kept(chart, preset, words) if preset.kept else None
    if kept:
        return kept
    for _ in range(8):
        laid = _laid_at(chart, width, words)
        if preset.height:
            laid = _fitted(chart, laid, preset.height / preset.width)
        least = max(width, laid.sketch.needs + 2 * PAD)
        if preset.height:
            least = max(least, laid.height * preset.width / preset.height)
        if least <= width * 1.001:
            break
        width = least
    return laid


def _kept(chart: Chart, preset: Preset, words: _Words) -> _Laid | None:
    """The chart with letters that can be read: lower than usual where it must be, or with less in it.

    None where not even the least of it has room.
    """
    whole = said_once(chart) if words.subtitle else chart
    smaller = preset._replace(lay=preset.kept or preset.lay)
    tries = [(whole, "", preset), *([(whole, "", smaller)] if smaller.lay > preset.lay else [])]
    for drawn, left_out, size in (*tries, *((less, told, smaller) for less, told in shorter(whole))):
        for title in (_TITLE, TITLE_LEAST):
            told = words._replace(foot=f"{words.foot} {left_out}".strip(), size=title)
            laid = _lower(drawn, size, told)
            if laid:
                return laid
    return None


def _lower(chart: Chart, preset: Preset, words: _Words) -> _Laid | None:
    """The chart as high as usual, or as its preset is; None where its words have no room.

    It is made lower than usual only where its letters are no larger than they must be.
    """
    most = preset.lay * (preset.height or math.inf) / preset.width
    usual = _laid_at(chart, preset.lay, words)
    if usual.sketch.needs + 2 * PAD > preset.lay:
        return None
    least = _laid_at(chart, preset.lay, words, tight=1.0)
    if least.height > most or (usual.height > most and preset.lay < (preset.kept or 0)):
        return None
    if usual.height - least.height < 1:
        return least
    tight = max((usual.height - most) / (usual.height - least.height), LOOSEST)
    laid = _laid_at(chart, preset.lay, words, tight=min(tight, 1.0))
    while laid.height > most + 0.5 and tight < 1.0:  # some parts of it do not grow with the others
        tight += (laid.height - most) / (usual.height - least.height)
        laid = _laid_at(chart, preset.lay, words, tight=min(tight, 1.0))
    return laid


LOOSEST = -4.0
"""How far a chart is drawn out that has more room than it needs."""


_LEAST_PART = 0.55
"""How much of the width a drawing has at least that is as high as its width asks for."""


def _fitted(chart: Chart, laid: _Laid, shape: float) -> _Laid:
    """A drawing that is as high as its width asks for, narrower than its picture where it would be too high.

    So its words stay as large as those of other charts.
    """
    inner = laid.width - 2 * PAD
    for _ in range(4):
        over = laid.height - laid.width * shape
        if not laid.sketch.ratio or over <= 0:
            break
        across = inner - 2 * laid.free
        narrower = max(across - over / laid.sketch.ratio, inner * _LEAST_PART)
        if narrower > across - 1:
            break
        drawn = sketch(chart, narrower)
        high = _height(laid.head, drawn)
        laid = laid._replace(sketch=drawn, height=high, free=(inner - narrower) / 2)
    return laid


def _laid_at(chart: Chart, width: float, words: _Words, tight: float = 0.0) -> _Laid:
    inner = width - 2 * PAD
    head = _Head(
        fit(words.title, inner, words.size, True) if words.title else [],
        fit(words.subtitle, inner, SUBTITLE) if words.subtitle else [],
        fit(words.foot, inner, SOURCE) if words.foot else [],
        words.size,
    )
    drawn = sketch(chart, inner, tight)
    return _Laid(drawn, head, width, _height(head, drawn))


def _height(head: _Head, drawn: Sketch) -> float:
    return head.above + drawn.top + drawn.body + drawn.below + head.below


def lacking_words(letters: str) -> str:
    """What to say of letters that the font does not have; nothing where it has all."""
    if not letters:
        return ""
    letters_words = count(len(letters), "letter")
    return f"The font of this picture lacks {letters_words} of other scripts; its table has them."


def shown_words(chart: Chart, drawn: Sketch) -> str:
    """Every word in the picture of a chart, in one text."""
    ticks = [
        text for name, axis in drawn.layout.items() if "axis" in name for text in axis.get("ticktext", [])
    ]
    notes = [note["text"] for note in drawn.layout.get("annotations", [])]
    cells = [text for trace in drawn.data for text in trace.get("text", [])]
    return " ".join((chart.title, chart.subtitle, chart.source, *ticks, *notes, *cells))


def _write_head(canvas: Canvas, head: _Head) -> None:
    top = PAD
    if head.title:
        draw_text(canvas, f"<b>{marked_up(head.title)}</b>", At(PAD, top, rise="top"), head.size)
        top += lines_height(len(head.title), head.size) + 4
    draw_text(canvas, marked_up(head.subtitle), At(PAD, top, rise="top"), SUBTITLE)
