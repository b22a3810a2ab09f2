"""Scales of panels in one picture: what has one unit is drawn to one scale, or says that it is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard.charts.chart import Panel
from dashboard.drawing.frame import GAP, GREY, HEADING
from dashboard.drawing.marks import bars_of
from loaders.units import best_scale, scale_factor

_LEAST = 1 / 40
"""A panel whose longest bar would be shorter than this part of the longest of all has a scale of its own."""


class Scale(NamedTuple):
    """From amounts in the unit of a panel to lengths: times `factor`, of which the longest is `limit`.

    `times` is how much longer bars are here than in the panels of the same unit, "42"; "" where they are not.
    """

    unit: str
    factor: float
    limit: float
    times: str = ""

    @property
    def words(self) -> str:
        """What a heading says of bars that are longer here; "" where they are not."""
        return f"Not to the scale of the other bars: drawn {self.times} times as long." if self.times else ""

    @property
    def sign(self) -> str:
        """What stands at bars that are longer here; "" where they are not."""
        return f"× {self.times}" if self.times else ""

    @property
    def longest(self) -> float:
        """The longest bar in the unit of the panel."""
        return self.limit / self.factor


def _longest(part: Panel) -> float:
    """The largest number or bound of a panel, in its unit; zero where it has none."""
    return max((number for bar in bars_of(part) for number in bar.figure[:3] if number > 0), default=0.0)


def shared_scales(parts: Sequence[Panel]) -> list[Scale]:
    """The scale of each panel of a picture.

    Panels of one unit share one scale, unless they are to have their own. Where the bars of a panel would be
    too short to be seen, it has a scale of its own, with those that are as small. One that has a scale of its
    own says how much longer its bars are drawn.
    """
    sizes = [_longest(part) for part in parts]
    found: dict[int, Scale] = {}
    for unit in dict.fromkeys(part.unit for part in parts):
        inside = [number for number, part in enumerate(parts) if part.unit == unit]
        named = next((parts[number].scale for number in inside if parts[number].scale), None)
        top = max(sizes[number] for number in inside)
        while inside:
            largest = max(sizes[number] for number in inside)
            shared = [number for number in inside if sizes[number] >= largest * _LEAST]
            if any(parts[number].own_scale for number in shared):
                shared = [next(number for number in shared if sizes[number] == largest)]
            if largest == top:  # and those without a number
                shared += [number for number in inside if sizes[number] <= 0 and number not in shared]
            found |= dict.fromkeys(shared, _scale(unit, named, largest or 1.0, top))
            inside = [number for number in inside if number not in shared]
    return [found[number] for number in range(len(parts))]


def _scale(unit: str, named: str | None, largest: float, top: float) -> Scale:
    factor = scale_factor(unit, named or best_scale(largest, unit))
    times = float(f"{top / largest:.2g}")
    told = f"{min(times, _MOST_TOLD):,.0f}" if times >= 10 else f"{times:g}"
    told = f"more than {told}" if times > _MOST_TOLD else told
    return Scale(unit, factor, max(largest * factor, 1e-12), told if largest < top else "")


_MOST_TOLD = 1e6


def broken_frame(x: str, y: str, end: float, rows: int) -> dict[str, Any]:
    """A broken line around the bars of a panel that has a scale of its own."""
    return {
        "type": "rect",
        "xref": x,
        "yref": y,
        "x0": 0,
        "x1": end,
        "y0": -0.5,
        "y1": rows - 0.5,
        "line": {"color": GREY, "width": 1, "dash": "7px,4px"},
    }


def sign_in_frame(x: str, y: str, end: float, rows: int, sign: str) -> dict[str, Any]:
    """How much longer bars are drawn, at the right edge of their broken frame."""
    return {
        "xref": x,
        "yref": y,
        "x": end,
        "y": (rows - 1) / 2,
        "text": f"<b>{sign}</b>",
        "xanchor": "right",
        "yanchor": "middle",
        "xshift": -GAP,
        "showarrow": False,
        "font": {"size": HEADING},
    }
