"""Contours in pixels, and where their numbers can stand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from gui.plots.plot import Plot
from model.network import Floats
from model.study.two_weights import ErrorOverTwo

# Points of one side of a contour; between two of them it is straight to a tenth of a pixel.
_N_POINTS = 129
# Contours go on so far beyond what is in sight, as a share of it: their ends are not seen.
_BEYOND = 0.05
_WAYS = 16
_CROWD, _BETWEEN = 60, 14


def bands(plot: Plot, surface: ErrorOverTwo, levels: Sequence[float]) -> list[QPolygonF]:
    """The outline of each level in pixels, inside which the error is smaller."""
    view = plot.view
    beyond = _BEYOND * view.height
    far = 20.0 * (plot.width() + plot.height())
    found = []
    for level in levels:
        outline = surface.outline(level, view.bottom - beyond, view.top + beyond, _N_POINTS)
        if outline is None:
            found.append(QPolygonF())
            continue
        x = np.concatenate([outline.left, outline.right[::-1]])
        y = np.concatenate([outline.second, outline.second[::-1]])
        found.append(
            arrayToQPolygonF(
                np.clip(plot.x_pixels(x), -far, far), np.clip(plot.y_pixels(y), -far, far)
            )
        )
    return found


def label_places(
    plot: Plot, surface: ErrorOverTwo, levels: Sequence[float], path: Floats, gap: float
) -> list[tuple[int, float, float]]:
    """Which levels get their number, and where in pixels: (place in levels, x, y).

    They stand along one of a few lines from the floor outwards: that which crosses the most
    contours at least ``gap`` apart and clear of the path, which lies behind it rather than before.
    """
    view, area = plot.view, plot.area
    x, y = bottom_of(surface)
    start = (min(max(x, view.left), view.right), min(max(y, view.bottom), view.top))
    at = np.array((plot.x_px(start[0]), plot.y_px(start[1])))
    unit = np.array((view.width / area.width(), -view.height / area.height()))
    from_path = np.zeros(2)
    if len(path):
        away = at - np.array((plot.x_px(float(path[0, 0])), plot.y_px(float(path[0, 1]))))
        from_path = away / max(1.0, float(np.hypot(*away)))
    crowd = _some_of(plot, path)
    inside = area.adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2)
    best: list[tuple[int, float, float]] = []
    best_worth = 0.0
    for number in range(_WAYS):
        angle = 2.0 * math.pi * (number + 0.5) / _WAYS
        way = np.array((math.cos(angle), math.sin(angle)))
        found: list[tuple[int, float, float]] = []
        last = 0.0
        for place, level in enumerate(levels):
            reach = surface.along(start, (way[0] * unit[0], way[1] * unit[1]), level)
            if not reach >= last + gap:  # nor where it is NaN
                continue
            spot = at + reach * way
            if not inside.contains(QPointF(*spot.tolist())):
                break
            last = reach
            if not len(crowd) or float(np.hypot(*(crowd - spot).T).min()) > gap / 2:
                found.append((place, float(spot[0]), float(spot[1])))
        worth = len(found) + 0.9 * float(way @ from_path)
        if found and worth > best_worth:
            best, best_worth = found, worth
    return best


def _some_of(plot: Plot, path: Floats) -> Floats:
    """A few hundred points of a path and of the lines between its steps, in pixels, (n, 2)."""
    newest = path[-_CROWD:]
    points = np.column_stack([plot.x_pixels(newest[:, 0]), plot.y_pixels(newest[:, 1])])
    shares = np.linspace(0.0, 1.0, _BETWEEN)[1:-1]
    between = [points[:-1] + (points[1:] - points[:-1]) * share for share in shares]
    return np.vstack([points, *between]) if len(points) > 1 else points


def bottom_of(surface: ErrorOverTwo) -> tuple[float, float]:
    """Where the error is least: the point of a line of them that is nearest to the weights."""
    valley = surface.valley
    if surface.floor is not None:
        return surface.floor
    return valley.point if valley is not None else (surface.first, surface.second)
