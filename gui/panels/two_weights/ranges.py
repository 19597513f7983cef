"""Which part of the plane of two weights is shown, from nothing but what is shown now."""

from __future__ import annotations

import math

import numpy as np

from gui.plots.plot import View
from model.curves import round_step
from model.network import Floats
from model.study.two_weights import ErrorOverTwo

# Room around what must be seen, as a share of its size.
_ROOM = 0.16
# A floor further away than so many times the extent of the path is left out.
_MAX_AWAY = 8.0
# One side is never less than such a share of what the other asks for, where units are the same.
_LINES = 8
# While steps are taken a range may grow so much too large before it is chosen anew.
_TOO_LARGE = 6.0
# Where nothing says how large a range is to be, it is this share of the weight.
_SHARE_OF_WEIGHT = 0.5
_MIN_SIZE = 0.1


def fitting(surface: ErrorOverTwo, path: Floats) -> View:
    """The range that has the path, (n, 2), and what the error does around it in sight.

    The floor counts where it is not far off, and so does the nearest point of a valley.
    """
    now = np.array((surface.first, surface.second))
    points = [path, now[None, :]]
    size = np.maximum(np.abs(now), _MIN_SIZE) * _SHARE_OF_WEIGHT
    goal = surface.floor
    valley = surface.valley
    if goal is None and valley is not None:
        goal = valley.point
    extent = np.ptp(np.vstack(points), axis=0)
    if goal is not None and np.all(np.isfinite(goal)):
        away = np.abs(np.array(goal) - now)
        if np.all(away <= _MAX_AWAY * np.maximum(extent, size)):
            points.append(np.array([goal]))
            # As much beyond the floor as there is before it: it is seen as the bottom it is.
            points.append(2.0 * np.array([goal]) - path[:1])
    everything = np.vstack(points)
    low, high = everything.min(axis=0), everything.max(axis=0)
    sides = [_side(low[at], high[at], size[at]) for at in (0, 1)]
    return View(*sides[0], *sides[1])


def with_equal_units(view: View, width: float, height: float) -> View:
    """The least range around a view, of an area in pixels, where a unit is as long both ways."""
    unit = max(view.width / width, view.height / height)
    across, up = unit * width / 2, unit * height / 2
    x, y = (view.left + view.right) / 2, (view.bottom + view.top) / 2
    return View(x - across, x + across, y - up, y + up)


def held(old: View, wanted: View) -> View:
    """The old range as long as it serves: while steps are taken, the scale changes rarely."""
    inside = (
        old.left <= wanted.left
        and wanted.right <= old.right
        and old.bottom <= wanted.bottom
        and wanted.top <= old.top
    )
    near = old.width <= _TOO_LARGE * wanted.width and old.height <= _TOO_LARGE * wanted.height
    return old if inside and near else wanted


def _side(low: float, high: float, size: float) -> tuple[float, float]:
    """Round ends around low..high; ``size`` is its least extent."""
    middle, extent = (low + high) / 2, max(high - low, float(size))
    low, high = middle - extent / 2, middle + extent / 2
    room = _ROOM * extent
    grid = round_step(extent / _LINES)
    return math.floor((low - room) / grid) * grid, math.ceil((high + room) / grid) * grid
