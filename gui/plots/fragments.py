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

from model.network import Floats

# The fields of a QPainter.PixmapFragment, in this order: middle, source, scale, turn, opacity.
_FIELDS = 10
_X, _Y, _LEFT, _TOP, _WIDTH, _HEIGHT = range(6)


class Fragments:
    """Copies of square parts of a sheet, at whole pixels of the device."""

    def __init__(self) -> None:
        self._array = PrimitiveArray(QPainter.PixmapFragment, _FIELDS)
        self._side = 0
        self._filled = 0

    def place(
        self, x: Floats, y: Floats, left: NDArray[Any], top: NDArray[Any], side: int
    ) -> None:
        """Put n copies so that their middles are at x and y, in pixels of the device, (n,) each.

        ``left`` and ``top`` (n,) are the corners of the parts of the sheet, ``side`` their size.
        """
        n = len(x)
        self._array.resize(n)
        rows = self._array.ndarray()
        if n > self._filled or side != self._side:
            # What is the same for all stays; to write it each time would double the work.
            rows[:, _WIDTH:] = (side, side, 1.0, 1.0, 0.0, 1.0)
            self._side, self._filled = side, n
        half = side / 2
        np.floor(x - (half - 0.5), out=rows[:, _X], casting="unsafe")
        np.floor(y - (half - 0.5), out=rows[:, _Y], casting="unsafe")
        rows[:, _X : _Y + 1] += half
        rows[:, _LEFT], rows[:, _TOP] = left, top

    def draw(self, painter: QPainter, sheet: QPixmap) -> None:
        """Paint them; one unit of the painter must be one pixel of the device."""
        if len(self._array):
            painter.drawPixmapFragments(*self._array.drawargs(), sheet)


class Segments:
    """Straight lines, many at once."""

    def __init__(self) -> None:
        self._array = PrimitiveArray(QLineF, 4)

    def place(self, x: Floats, y: Floats, pairs: NDArray[np.intp]) -> None:
        """Put a line between the points of each pair: x and y (n,), pairs (m, 2)."""
        self._array.resize(len(pairs))
        rows = self._array.ndarray()
        rows[:, 0], rows[:, 1] = x[pairs[:, 0]], y[pairs[:, 0]]
        rows[:, 2], rows[:, 3] = x[pairs[:, 1]], y[pairs[:, 1]]

    def draw(self, painter: QPainter) -> None:
        """Paint them in the pen of the painter."""
        if len(self._array):
            painter.drawLines(*self._array.drawargs())
