"""A chart as PNG, made without a browser; what it is of stands in it as text."""

from __future__ import annotations

import struct
import zlib
from html import escape
from typing import Literal

from dashboard.charts.view import View
from dashboard.drawing.presets import preset_named
from dashboard.exports.about import Fact, about_file, made_day
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.marks import keyed
from dashboard.snapshot import Stamp

NAME = "png"
LABEL = "PNG"
SUFFIX = ".png"
MIME = "image/png"

PIXELS_PER_INCH = 96


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The picture in the size of a preset, times the scale. Empty without a chart."""
    # Imported where they are used: they take as long to load as a short command.
    from dashboard.drawing.paper import PictureLook, chart_svg
    from dashboard.exports.pixels import pixels

    if view.chart is None:
        return b""
    size = preset_named(choices.preset)
    dated = stamp._replace(made=made_day(choices))
    look = PictureLook(choices.titled, transparent=True)
    drawing = chart_svg(keyed(view, view.chart), dated, size, look)
    ground: Literal["none", "white"] = "none" if choices.transparent else "white"
    picture = pixels(drawing, ppi=PIXELS_PER_INCH * choices.scale, ground=ground)
    return with_text(picture, about_file(view, view.chart, stamp, choices, SUFFIX))


def embed_code(view: View, stamp: Stamp, picture: bytes, name: str, scale: int) -> str:
    """HTML that shows a PNG of that name, which lies beside the page, with alternative text and source."""
    if view.chart is None:
        return ""
    width, height = (pixels // scale for pixels in struct.unpack(">II", picture[16:24]))
    chart = view.chart
    return (
        f'<figure>\n<img src="{escape(name)}" width="{width}" height="{height}" alt="{escape(chart.alt)}">\n'
        f"<figcaption>{escape(f'{chart.title}. {chart.source} {stamp.words}')}</figcaption>\n</figure>\n"
    )


_IHDR_ENDS = 33
"""Bytes of the signature and the first chunk, which nothing may stand before."""


def with_text(picture: bytes, facts: list[Fact]) -> bytes:
    """The picture with a piece of text for each fact, as PNG keeps it (iTXt, UTF-8)."""
    told: dict[str, list[str]] = {}
    for label, text in facts:
        told.setdefault(label, []).append(text)
    chunks = b"".join(_chunk(b"iTXt", _text(label, "\n".join(texts))) for label, texts in told.items())
    return picture[:_IHDR_ENDS] + chunks + picture[_IHDR_ENDS:]


def _text(label: str, text: str) -> bytes:
    keyword = label.encode("latin-1", "replace")[:79].strip()
    return keyword + b"\0\0\0\0\0" + text.replace("\0", "").encode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
