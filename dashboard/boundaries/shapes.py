"""The shapes of places, as they are kept in `world.json`: read once per process, when a map is drawn."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dashboard.boundaries.equal_earth import Plane

NOBODY = ""
"""The code of what belongs to no country: it is drawn, and nothing is said of it."""

BOUNDARIES = "Map: Natural Earth and Visionscarto, Equal Earth. Its boundaries take no position."
"""What stands inside every map."""

BOUNDARIES_NOTE = (
    "The boundaries are those of Natural Earth (1:50 million) as edited by Visionscarto, joined to the "
    "view of the United Nations where the two part: Kosovo is drawn with Serbia, Somaliland with "
    "Somalia, Northern Cyprus with Cyprus. Crimea is drawn with Ukraine; Western Sahara stands apart, "
    "and so do places that statistics list by themselves, such as Taiwan and Greenland; the Siachen "
    "glacier is drawn as nobody’s. Other lines in dispute are drawn where Natural Earth has them. The "
    "map takes no position on the status of any place."
)
"""Whose boundaries a map has, for the notes below it."""


class Shape(NamedTuple):
    """A place on the map; a small one has no rings and is a point, at `label`.

    Points are on the Equal Earth plane, for a sphere of radius one: x to the east, y to the north.
    `rings` have their last point joined to the first; outer ones run clockwise, holes the other way. `area`
    is in square kilometres, `touch` are points all over the place, by which a pointer finds it.
    """

    area: float
    label: tuple[float, float]
    rings: tuple[Plane, ...] = ()
    touch: tuple[tuple[float, float], ...] = ()


class World(NamedTuple):
    """All places by code, and the countries of our list that have neither a shape nor a point."""

    shapes: dict[str, Shape]
    without: frozenset[str]


@cache
def world() -> World:
    """The shapes; shared, so nobody may change them."""
    record = json.loads((Path(__file__).parent / "world.json").read_text(encoding="utf-8"))
    steps = float(record["about"]["steps"])
    shapes = {code: _shape(item, steps) for code, item in record["places"].items()}
    return World(shapes, frozenset(record["about"]["without_a_place"]))


def _shape(item: dict[str, list[int]], steps: float) -> Shape:
    rings = tuple(
        np.cumsum(np.array(ring, float).reshape(-1, 2), axis=0) / steps for ring in item.get("rings", [])
    )
    x, y = item["label"]
    touch = np.array(item.get("touch", []), float).reshape(-1, 2) / steps
    area = item["area"]
    return Shape(
        float(area if isinstance(area, int) else 0),
        (x / steps, y / steps),
        rings,
        tuple(map(tuple, touch.tolist())),
    )
