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
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    boxed = np.flatnonzero(
        (points[:, 0] >= low[0])
        & (points[:, 0] <= high[0])
        & (points[:, 1] >= low[1])
        & (points[:, 1] <= high[1])
    )
    found[boxed] = _odd_crossings(points[boxed], polygon, low[1], high[1])
    return found


def _odd_crossings(
    points: NDArray[np.floating], polygon: Floats, low: float, high: float
) -> NDArray[np.bool_]:
    """Whether a ray to the right from each point crosses an odd number of edges.

    The points are put in order by rows of equal height, so that each edge is held only against
    those beside it: then a polygon of many short edges costs no more than one of few.
    """
    height = (high - low) or 1.0
    row = ((points[:, 1] - low) * (_ROWS / height)).astype(np.uint16)
    order = np.argsort(row, kind="stable")
    x, y = points[order, 0], points[order, 1]
    ends = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=_ROWS + 1))))
    odd = np.zeros(len(points), dtype=np.bool_)
    for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        bottom, top = min(y0, y1), max(y0, y1)
        first = ends[int((bottom - low) * (_ROWS / height))]
        last = ends[int((top - low) * (_ROWS / height)) + 1]
        beside = y[first:last]
        crosses = (beside >= bottom) & (beside < top)
        crosses &= x[first:last] < x0 + (beside - y0) * ((x1 - x0) / (y1 - y0))
        odd[first:last] ^= crosses
    result = np.empty_like(odd)
    result[order] = odd
    return result
