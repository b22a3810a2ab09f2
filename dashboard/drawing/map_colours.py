"""How places on a map are filled: a shade for the class, a pattern for what is no plain number."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.charts.chart import APART, Map
from dashboard.drawing.frame import BLUE, CLEAR, GREY
from loaders.vocabulary import MarkState

NO_ROW, NO_ROW_PRINTED = "rgba(139,151,164,0.17)", "#eaedf0"
"""A place of which the table says nothing; clear on the page, which may be dark."""
BORDER = "#93a0ad"
LABEL_GROUND = "rgba(255,255,255,0.86)"
"""Behind the words on a map, whatever shade lies below."""

_PALE, _DARK = (184, 209, 230), (7, 47, 89)
"""The shades of the first and the last class: in grey, too, each is darker than the one before."""
_STATED_PALE, _STATED_DARK = (246, 190, 164), (138, 44, 6)
"""The same where statements are shaded."""
_WHITE_FROM = 0.4
"""From this part of the way on light lines are seen better than dark ones."""


class Fill(NamedTuple):
    """A colour, and the pattern on it, in the words of Plotly; `solidity` is how much of it is lines."""

    ground: str
    pattern: str = ""
    ink: str = CLEAR
    size: float = 7.0
    solidity: float = 0.3


_ON_SHADE = {
    MarkState.ESTIMATE: ("\\", 8.0, 0.1),
    MarkState.MORE_THAN: (".", 7.0, 0.25),
    MarkState.RANGE: ("x", 8.0, 0.14),
}
"""Patterns over a shade: there is a number, or a bound, that is not printed as it is."""

_NO_NUMBER = {
    MarkState.ZERO: Fill(CLEAR, "|", BLUE, 7.0, 0.2),
    MarkState.LESS_THAN: Fill(CLEAR, "-", BLUE, 7.0, 0.2),
    MarkState.WITHHELD: Fill(CLEAR, "/", GREY, 7.0, 0.4),
    MarkState.NOT_AVAILABLE: Fill(CLEAR, ".", GREY, 6.0, 0.3),
    MarkState.WORD: Fill(CLEAR, "+", GREY, 8.0, 0.2),
    MarkState.DOES_NOT_APPLY: Fill(CLEAR, "x", GREY, 9.0, 0.2),
    MarkState.INCLUDED_ELSEWHERE: Fill(CLEAR, "\\", GREY, 9.0, 0.2),
    MarkState.NET_EXPORTER: Fill(CLEAR, "/", BLUE, 10.0, 0.15),
}
_ANOTHER = Fill(CLEAR, "+", BLUE, 12.0, 0.15)


def shade_colour(shade: int, classes: int, stated: bool = False) -> str:
    """The colour of a class, from 0 up; of a single class the middle of the scale."""
    part = shade / (classes - 1) if classes > 1 else 0.6
    ends = (_STATED_PALE, _STATED_DARK) if stated else (_PALE, _DARK)
    mixed = (round(pale + (dark - pale) * part) for pale, dark in zip(*ends, strict=True))
    return "#" + "".join(f"{number:02x}" for number in mixed)


def all_estimated(drawing: Map) -> bool:
    """Whether every plain number of a map is an estimate, so that its pattern tells nothing apart."""
    shaded = drawing.marks["state"][drawing.marks["shade"] >= 0]
    return MarkState.ESTIMATE in set(shaded) and MarkState.VALUE not in set(shaded)


def fill_of(state: str, shade: int, classes: int, plain: bool = False) -> Fill:
    """How a place is filled; `plain` where all are estimates."""
    if shade < 0:
        return _ANOTHER if state == APART else _NO_NUMBER.get(MarkState(state), _ANOTHER)
    ground = shade_colour(shade, classes)
    if state not in _ON_SHADE or (plain and state == MarkState.ESTIMATE):
        return Fill(ground)
    part = shade / (classes - 1) if classes > 1 else 0.6
    pattern, size, solidity = _ON_SHADE[MarkState(state)]
    return Fill(ground, pattern, "#ffffff" if part >= _WHITE_FROM else "#35597b", size, solidity)


def statement_fill(shade: int, classes: int) -> Fill:
    """How a place is filled about which documents state something: hatched, as statements are everywhere."""
    return Fill(shade_colour(shade, classes, stated=True), "/", "#ffffff", 8.0, 0.14)


STATE_WORDS = {
    MarkState.ESTIMATE: "estimated",
    MarkState.MORE_THAN: "more than: by the lower bound",
    MarkState.RANGE: "range: by the lower bound",
    MarkState.ZERO: "zero",
    MarkState.LESS_THAN: "less than a printed limit",
    MarkState.WITHHELD: MarkState.WITHHELD.label,
    MarkState.WORD: "a word, no number",
    MarkState.NOT_AVAILABLE: MarkState.NOT_AVAILABLE.label,
    MarkState.DOES_NOT_APPLY: MarkState.DOES_NOT_APPLY.label,
    MarkState.INCLUDED_ELSEWHERE: MarkState.INCLUDED_ELSEWHERE.label,
    MarkState.NET_EXPORTER: MarkState.NET_EXPORTER.label,
    APART: "a number that is not of this scale",
}
"""What each pattern means, in the legend; in its order."""
