"""What can be chosen of a file that leaves the dashboard, beside its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.charts.view import View
from dashboard.snapshot import Stamp
from loaders.text import file_name


@dataclass(frozen=True)
class Choices:
    """How a file is made; each kind takes what means something to it.

    `preset` is the name of a size of pictures (see `dashboard.drawing.paper`); without `titled` the finding
    is left to the slide or page that the picture is put on. `scale` is how many pixels of a PNG are one of
    the picture. `about` puts lines before the head of a CSV file;
    `definitions` adds what the words in it mean. `sheet` is the paper of documents; `made`
    is a date, the day of making if it is empty.
    """

    preset: str = "chart"
    titled: bool = True
    transparent: bool = False
    scale: int = 2
    about: bool = False
    definitions: bool = False
    table: bool = True
    sheet: Literal["a4", "us-letter"] = "a4"
    made: str = ""

    def words(self) -> list[str]:
        """The options of the command `export` for what is not usual."""
        switches = {
            "--untitled": not self.titled,
            "--transparent": self.transparent,
            "--about": self.about,
            "--definitions": self.definitions,
        }
        given = {"--preset": self.preset, "--scale": str(self.scale), "--paper": self.sheet}
        usual = ("chart", "2", "a4")
        changed = [
            word
            for (name, value), default in zip(given.items(), usual, strict=True)
            if value != default
            for word in (name, value)
        ]
        return [*changed, *(name for name, on in switches.items() if on)]


SCALES = (1, 2, 3)
SHEETS = ("a4", "us-letter")
"""What there is to choose of a scale and of a sheet."""

USUAL = Choices()
"""What is chosen where nothing is."""


def export_name(view: View, stamp: Stamp) -> str:
    """The start of the name of a file: the chart and the version of the data."""
    return file_name(f"{view.chart.name if view.chart else view.key}-{stamp.data[:8]}")
