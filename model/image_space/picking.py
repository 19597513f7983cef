"""Which points of a picture are meant: the nearest to the mouse, and those inside a lasso."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.network import Floats

# Into how many rows a lasso is divided, to find the points beside an edge.
_ROWS = 4096


def nearest(points: NDArray[np.floating], at: tuple[float, float], within: float) -> int | None:
    """The point (n, 2) nearest to ``at``, the last painted of equal ones; None beyond ``within``.

    Points with a NaN (hidden ones) are never found.
    """
    away = points - np.asarray(at)
    squares = away[:, 0] ** 2 + away[:, 1] ** 2
    close = np.flatnonzero(squares <= within * within)
    if not len(close):
        return None
    # From the back: what is painted last lies on top.
    return int(close[::-1][squares[close[::-1]].argmin()])


def inside(points: NDArray[np.floating], polygon: Floats) -> NDArray[np.bool_]:
    """Which points (n, 2) lie inside a closed polygon (m, 2), by the even-odd rule: (n,).

    A polygon of fewer than three corners has nothing inside; nor has NaN.
    """
    found = np.zeros(len(points), dtype=np.bool_)
    if len(polygon) < 3:
        return found
    (left, low), (right, high) = polygon.min(axis=0).tolist(), polygon.max(axis=0).tolist()
    # Beside each other in memory: half the time of every second number.
    x, y = points.T.copy()
    boxed = np.flatnonzero((x >= left) & (x <= right) & (y >= low) & (y <= high))
    found[boxed] = _odd_crossings(x[boxed], y[boxed], polygon)
    return found


def _odd_crossings(
    x: NDArray[np.floating], y: NDArray[np.floating], polygon: Floats
) -> NDArray[np.bool_]:
    """Whether a ray to the right from each point crosses an odd number of edges.

    The points are put in order by rows of equal height, so that each edge is held only against
    those beside it: then a polygon of many short edges costs little more than one of few.
    """
    low, high = polygon[:, 1].min(), polygon[:, 1].max()
    rows_per_unit = _ROWS / ((high - low) or 1.0)
    row = ((y - low) * rows_per_unit).astype(np.uint16)
    order = np.argsort(row, kind="stable")
    ends = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=_ROWS + 1))))
    x, y = x[order], y[order]
    ahead = np.roll(polygon, -1, axis=0)
    bottoms, tops = np.minimum(polygon[:, 1], ahead[:, 1]), np.maximum(polygon[:, 1], ahead[:, 1])
    upright = tops > bottoms
    rises = np.where(upright, ahead[:, 1] - polygon[:, 1], 1.0)
    slopes = (ahead[:, 0] - polygon[:, 0]) / rises
    edges = np.column_stack((bottoms, tops, slopes, polygon[:, 0] - slopes * polygon[:, 1]))
    firsts = ends[((bottoms - low) * rows_per_unit).astype(np.intp)]
    lasts = ends[((tops - low) * rows_per_unit).astype(np.intp) + 1]
    odd = np.zeros(len(x), dtype=np.bool_)
    for (bottom, top, slope, shift), first, last in zip(
        edges[upright].tolist(), firsts[upright].tolist(), lasts[upright].tolist(), strict=True
    ):
        beside = y[first:last]
        crosses = beside >= bottom
        crosses &= beside < top
        crosses &= x[first:last] < slope * beside + shift
        odd[first:last] ^= crosses
    result = np.empty_like(odd)
    result[order] = odd
    return result
