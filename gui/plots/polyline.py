"""Lines of many points, of which no more is drawn than can be seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.functions import arrayToQPath, arrayToQPolygonF
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath

from model.network import Floats

# As far beyond what is seen as a thick line and its corners reach, pixels.
_MARGIN = 16.0
_FAR = 4.0


def draw_polyline(painter: QPainter, x: Floats, y: Floats, seen: QRectF) -> None:
    """Draw a line through points, (n,) and (n,) pixels, of which a rectangle is seen.

    Qt works out the outline of all of a line, also of what is clipped away then: one that swings
    far beyond a plot, as a run that grows does, takes it many times as long as what can be seen.
    """
    around = seen.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
    # To the sides a little more does no harm, and dashes keep their places as a view is moved.
    far = _FAR * seen.width()
    if len(y) < 2 or (
        around.top() <= y.min()
        and y.max() <= around.bottom()
        and seen.left() - far <= x.min()
        and x.max() <= seen.right() + far
    ):
        painter.drawPolyline(arrayToQPolygonF(x, y))
    else:
        painter.strokePath(pieces_within(x, y, around), painter.pen())


def pieces_within(x: Floats, y: Floats, around: QRectF) -> QPainterPath:
    """The pieces of a line that lie in a rectangle; each segment is cut as Liang and Barsky do."""
    enter, leave = np.zeros(len(x) - 1), np.ones(len(x) - 1)
    for values, low, high in (
        (x, around.left(), around.right()), (y, around.top(), around.bottom()),
    ):  # fmt: skip
        start, step = values[:-1], np.diff(values)
        flat, inside = step == 0, (start >= low) & (start <= high)
        steps = np.where(flat, 1.0, step)
        first, second = (low - start) / steps, (high - start) / steps
        enter = np.maximum(enter, np.where(flat, 0.0, np.minimum(first, second)))
        leave = np.minimum(leave, np.where(flat, np.where(inside, 1.0, -1.0),
                                           np.maximum(first, second)))  # fmt: skip
    kept = enter <= leave
    enter, leave = enter[kept], leave[kept]
    # Whether a piece goes on where the one before it has ended.
    place = np.flatnonzero(kept)
    follows = np.zeros(len(place), dtype=bool)
    follows[1:] = (np.diff(place) == 1) & (leave[:-1] == 1.0) & (enter[1:] == 0.0)
    ends = [_ends(values, kept, enter, leave) for values in (x, y)]
    joined = np.ones((len(place), 2), dtype=np.int32)
    joined[:, 1] = np.append(follows[1:], False)
    needed = np.ones((len(place), 2), dtype=bool)
    needed[:, 0] = ~follows
    return arrayToQPath(*(each[needed] for each in ends), connect=joined[needed])


def _ends(values: Floats, kept: NDArray[np.bool_], enter: Floats, leave: Floats) -> Floats:
    """Where each piece begins and ends, (n, 2)."""
    start, step = values[:-1][kept], np.diff(values)[kept]
    return np.stack([start + enter * step, start + leave * step], axis=1)
