"""Thousands of small pictures painted at once: parts of one sheet, copied pixel by pixel.

Of the ways to paint many points this was measured to be the fastest by far. Only this file
knows the array in which Qt wants them, which is an internal one of pyqtgraph.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter, QPixmap

from gui.plots.cloud.camera import Places

# The fields of a QPainter.PixmapFragment, in this order: middle, source, scale, turn, opacity.
_FIELDS = 10
_X, _Y, _LEFT, _TOP, _WIDTH, _HEIGHT = range(6)


class Fragments:
    """Copies of square parts of a sheet, at whole pixels of the device."""

    def __init__(self) -> None:
        self._array = PrimitiveArray(QPainter.PixmapFragment, _FIELDS)
        self._side = 0
        self._filled = 0

    def place(self, at: Places, left: NDArray[Any], top: NDArray[Any] | int, side: int) -> None:
        """Put n copies so that their middles are at (2, n) columns and rows of the device.

        ``left`` and ``top`` (n,) are the corners of the parts of the sheet, ``side`` their size.
        """
        n = at.shape[1]
        self._array.resize(n)
        rows = self._array.ndarray()
        if n > self._filled or side != self._side:
            # What is the same for all stays; to write it each time would double the work.
            rows[:, _WIDTH:] = (side, side, 1.0, 1.0, 0.0, 1.0)
            self._side, self._filled = side, n
        half = side / 2
        corner = np.floor(at - at.dtype.type(half - 0.5))
        np.add(corner[0], half, out=rows[:, _X])
        np.add(corner[1], half, out=rows[:, _Y])
        rows[:, _LEFT], rows[:, _TOP] = left, top

    def draw(self, painter: QPainter, sheet: QPixmap) -> None:
        """Paint them; one unit of the painter must be one pixel of the device."""
        if len(self._array):
            # PySide's stubs know a single fragment, and not an array of them.
            painter.drawPixmapFragments(*self._array.drawargs(), sheet)  # type: ignore[call-arg]


class Segments:
    """Straight lines, many at once."""

    def __init__(self) -> None:
        self._array = PrimitiveArray(QLineF, 4)

    def place(self, at: Places, pairs: NDArray[np.intp]) -> None:
        """Put a line between the points of each pair: columns and rows (2, n), pairs (m, 2)."""
        self._array.resize(len(pairs))
        rows = self._array.ndarray()
        rows[:, :2], rows[:, 2:] = at.T[pairs[:, 0]], at.T[pairs[:, 1]]

    def draw(self, painter: QPainter) -> None:
        """Paint them in the pen of the painter."""
        if len(self._array):
            painter.drawLines(*self._array.drawargs())
