"""The projection: areas that are true, and the corners of the map."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.boundaries.equal_earth import project


@given(st.floats(-180, 175), st.floats(-90, 85), st.floats(1, 5))
def test_areas_are_those_of_the_sphere(west: float, south: float, size: float) -> None:
    """A box of degrees has the area that it has on the sphere: its sides east and west are curves."""
    north = south + size
    latitudes = np.linspace(south, north, 400)
    half = np.radians(size) * np.diff(np.asarray(project(0.0, latitudes)[1]))
    widths = project(west + size, latitudes)[0] - project(west, latitudes)[0]
    area = float(np.sum((widths[1:] + widths[:-1]) / 2 * half / np.radians(size)))
    true = math.radians(size) * (math.sin(math.radians(north)) - math.sin(math.radians(south)))
    assert area == pytest.approx(true, rel=1e-4)


def test_the_poles_are_lines_of_the_length_that_the_paper_gives() -> None:
    """The pole is 0.59 times as long as the equator, and the map 2.05 times as wide as high."""
    equator, pole = float(project(180.0, 0.0)[0]), float(project(180.0, 90.0)[0])
    assert pole / equator == pytest.approx(0.5925, abs=1e-3)
    assert equator / float(project(0.0, 90.0)[1]) == pytest.approx(2.0546, abs=1e-3)


def test_the_middle_and_both_sides_are_alike() -> None:
    assert project(0.0, 0.0) == (0.0, 0.0)
    east, west = project(70.0, 40.0), project(-70.0, -40.0)
    assert (float(east[0]), float(east[1])) == pytest.approx((-float(west[0]), -float(west[1])))
