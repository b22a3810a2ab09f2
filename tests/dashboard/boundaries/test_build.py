"""How shapes are made from a package: arcs decoded, countries joined, rings cut, points left out."""

from __future__ import annotations

import json
import math
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.boundaries.build import MEMBER, main, world_of_package
from dashboard.boundaries.cuts import cut_at_edges
from dashboard.boundaries.simplification import simplified
from dashboard.boundaries.topojson import arcs_of, joined_rings, ring_points, running_on
from loaders.errors import UnreadableFile

# Two squares of ten degrees beside each other: arc 0 is the line between them, 1 and 2 go round them.
ARCS = [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 0], [10, 0], [0, 10], [-10, 0]]]


def topology(first: str = "SRB", second: str = "XKX") -> dict[str, Any]:
    """A made-up package with two countries."""
    shapes = [(first, [[[0, 1]]]), (second, [[[~0, 2]]])]
    geometries = [
        {"type": "MultiPolygon", "arcs": arcs, "properties": {"a3": code}, "id": code}
        for code, arcs in shapes
    ]
    transform = {"scale": [1, 1], "translate": [0, 40]}
    return {"type": "Topology", "transform": transform, "arcs": ARCS,
            "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}}}  # fmt: skip


@pytest.fixture
def package(tmp_path: Path) -> Path:
    file = tmp_path / "50m.json"
    file.write_text(json.dumps(topology()), encoding="utf-8")
    return file


def test_countries_that_are_joined_have_no_line_between_them() -> None:
    arcs = arcs_of(topology())
    (ring,) = joined_rings([(0, 1), (~0, 2)], arcs)
    points = ring_points(ring, arcs)
    assert len(points) == 6
    assert points.min(axis=0).tolist() == [0, 40]
    assert points.max(axis=0).tolist() == [20, 50]


def test_the_same_input_makes_the_same_bytes_from_the_file_and_from_the_package(package: Path) -> None:
    packed = package.parent / "package.tgz"
    with tarfile.open(packed, "w:gz") as archive:
        archive.add(package, MEMBER)
    made = world_of_package(package)
    assert made == world_of_package(package) == world_of_package(packed)
    record = json.loads(made)["places"]
    assert len(record["SRB"]["rings"]) == 1
    assert "rings" not in record["XKX"]  # a point, for statistics that name it apart


def test_the_command_writes_the_file_and_says_so(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = package.parent / "world.json"
    monkeypatch.setattr("sys.argv", ["build", str(package), str(target)])
    assert main() == 0
    assert target.read_bytes() == world_of_package(package)
    assert "bytes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps(topology("QQQ")), "no places of ours: QQQ"),
        (json.dumps({"type": "FeatureCollection"}), "no quantized TopoJSON"),
        (None, "npm pack"),
    ],
)
def test_what_is_no_such_package_is_refused(tmp_path: Path, content: str | None, said: str) -> None:
    file = tmp_path / "50m.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=said):
        world_of_package(file)


def box(west: float, south: float, east: float, north: float) -> np.ndarray:
    return np.array([[west, south], [west, north], [east, north], [east, south]], float)


def area(rings: list[np.ndarray]) -> float:
    return sum(
        abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2 for x, y in (r.T for r in rings)
    )


@given(st.floats(-200, 190), st.floats(-80, 70), st.floats(1, 150), st.floats(1, 10))
def test_what_is_cut_has_the_area_of_the_whole_and_stays_on_the_map(
    west: float, south: float, width: float, height: float
) -> None:
    parts = cut_at_edges(box(west, south, west + width, south + height))
    assert area(parts) == pytest.approx(width * height, rel=1e-6)
    assert all(np.abs(part[:, 0]).max() <= 180 for part in parts)
    steps = [np.abs(np.diff(part[:, 0], append=part[0, 0])).max() for part in parts]
    assert max(steps) <= width + 1e-9


def test_a_ring_that_crosses_several_times_becomes_several_parts() -> None:
    """A comb with two teeth over the end of the map: the back stays one, the teeth are two."""
    comb = np.array(
        [[170, 0], [170, 30], [190, 30], [190, 20], [175, 20], [175, 10], [190, 10], [190, 0]], float
    )
    parts = cut_at_edges(comb)
    assert sorted(round(area([part])) for part in parts) == [100, 100, 250]


def test_a_ring_round_a_pole_is_closed_along_it() -> None:
    around = running_on(np.array([[x, -70.0] for x in range(-180, 180, 10)], float))
    (part,) = cut_at_edges(around)
    assert area([part]) == pytest.approx(360 * 20)
    assert part[:, 1].min() == -90


def test_simplifying_keeps_ends_and_what_stands_out() -> None:
    line = np.array([[x, 5 * (x == 50) + 0.001 * math.sin(x)] for x in range(101)], float)
    thin = simplified(line, 1e-4)
    assert thin[0].tolist() == line[0].tolist()
    assert thin[-1].tolist() == line[-1].tolist()
    assert 5 in thin[:, 1].round()
    assert len(thin) < 10


def test_an_island_keeps_its_ring() -> None:
    ring = np.array([[math.cos(t), math.sin(t)] for t in np.linspace(0, 2 * math.pi, 40)], float)
    ring[-1] = ring[0]
    assert len(simplified(ring, 10.0)) >= 5
