"""The Equal Earth projection: from longitude and latitude to a map on which areas are true.

B. Šavrič, T. Patterson and B. Jenny (2019): The Equal Earth map projection. International Journal of
Geographical Information Science 33(3), 454-465, doi:10.1080/13658816.2018.1504949 (published online in 2018).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
"""Coefficients of the polynomial, from the paper."""
_M = np.sqrt(3) / 2

EARTH = 6371.0072
"""Kilometres: the radius of the sphere that has the area of the WGS 84 ellipsoid."""

Plane = NDArray[np.float64]


def project(longitude: Any, latitude: Any) -> tuple[Plane, Plane]:
    """Degrees to the plane, for a sphere of radius one: x to the east, y to the north."""
    theta = np.arcsin(_M * np.sin(np.radians(latitude)))
    x = np.radians(longitude) * np.cos(theta) / (_M * _slope(theta))
    return x, _height(theta)


def _height(theta: Plane) -> Plane:
    square = theta * theta
    six = square * square * square
    height: Plane = theta * (_A1 + _A2 * square + six * (_A3 + _A4 * square))
    return height


def _slope(theta: Plane) -> Plane:
    square = theta * theta
    six = square * square * square
    slope: Plane = _A1 + 3 * _A2 * square + six * (7 * _A3 + 9 * _A4 * square)
    return slope
