"""Cells of a table of pixels, each a number on the shade of its pixel, painted all at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from gui.look.image_colors import ink_image
from gui.look.theme import LIGHT, look
from model.door import written
from model.network import Floats

Pixels = NDArray[np.uint32]

_MARGIN = 2.0
_MIN_TYPE = 0.69
_MAX_TYPE = 1.2
_MAX_TILES = 2048
_MAX_WHOLE = 99_999
# Of the pixel's shade: below it black reads better, above it white (4.5 to 1 or more).
_DARK_FROM = 0.54


class NumberTiles:
    """Keeps a little picture of each number that has been shown, at one size of cell.

    A number is told by its whole multiple: ``levels`` to 1 (255 makes the bytes of a file, 1000
    three decimals). Putting a thousand ready pictures side by side costs less than writing ten.

    Parameters
    ----------
    cell : int
        Width and height of a cell in pixels of the screen.
    levels : int
        Whole numbers from 0 to this, for values from 0 to 1.
    decimals : int
        Decimals that are written: 0 for the whole number, else those of the value itself.
    ratio : float
        Pixels of the screen to a pixel of the layout.
    """

    def __init__(self, cell: int, levels: int, decimals: int, ratio: float) -> None:
        self.made_for = (cell, levels, decimals, ratio)
        self._cell = cell
        self._levels = levels
        self._decimals = decimals
        self._ratio = ratio
        size = type_size(cell / ratio, levels, decimals)
        self.readable = size is not None
        self._font = QFont(look.theme.font())
        self._font.setPixelSize(max(1, round((size or 1) * ratio)))
        self._index: dict[int, int] = {}
        self._tiles: Pixels = np.empty((0, cell, cell), dtype=np.uint32)

    def image(self, values: Floats) -> QImage:
        """The cells of the values (rows, cols), side by side."""
        rows, cols = values.shape
        cell = self._cell
        image = QImage(cols * cell, rows * cell, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self._ratio)
        which = self._lookup(values)
        strips = np.asarray(image.bits()).view(np.uint32).reshape(rows, cell, cols, cell)
        for strip, tiles in zip(strips, which, strict=True):
            # A row at a time stays near the processor.
            strip[:] = self._tiles[tiles].swapaxes(0, 1)
        return image

    def _lookup(self, values: Floats) -> NDArray[np.intp]:
        """The tile of each value, painted if it is new, (rows, cols)."""
        distinct, which = np.unique(np.rint(values * self._levels), return_inverse=True)
        if len(self._index) + len(distinct) > _MAX_TILES:
            self._index.clear()
        tiles = np.array([self._tile(int(number)) for number in distinct])
        return tiles[which.reshape(values.shape)]

    def _tile(self, number: int) -> int:
        at = self._index.get(number)
        if at is None:
            at = self._index[number] = len(self._index)
            if at >= len(self._tiles):
                more = np.empty((max(64, at), self._cell, self._cell), dtype=np.uint32)
                self._tiles = np.concatenate([self._tiles, more])
            self._paint(number, self._tiles[at])
        return at

    def _paint(self, number: int, out: Pixels) -> None:
        """One cell: the shade, the number, and a hairline to its right and below."""
        value = number / self._levels
        shade = ink_image(np.array([[value]])).pixelColor(0, 0)
        tile = QImage(self._cell, self._cell, QImage.Format.Format_RGB32)
        tile.fill(shade)
        painter = QPainter(tile)
        text = label(number, self._levels, self._decimals)
        painter.setFont(_fitted(self._font, text, self._cell - 2 * _MARGIN * self._ratio))
        painter.setPen(_ink_on(value))
        painter.drawText(QRectF(0, 0, self._cell, self._cell), Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QColor(LIGHT.hairline if value < _DARK_FROM else LIGHT.muted))
        painter.drawLine(self._cell - 1, 0, self._cell - 1, self._cell)
        painter.drawLine(0, self._cell - 1, self._cell, self._cell - 1)
        painter.end()
        out[:] = np.asarray(tile.constBits()).view(np.uint32).reshape(self._cell, self._cell)


def label(number: int, levels: int, decimals: int) -> str:
    """How a cell writes its number: short, because there is no room."""
    if decimals and number % levels:
        value = number / levels
        text = f"{value:.{decimals}f}" if abs(value) < 100 else f"{value:.0e}"
    else:
        whole = number // levels if decimals else number
        text = str(whole) if abs(whole) <= _MAX_WHOLE else f"{whole:.0e}"
    return written(text).replace("-", "\u2212")


def type_size(cell: float, levels: int, decimals: int) -> float | None:
    """The size of type for cells of this many layout pixels; None where it cannot be read."""
    base = look.theme.font_px
    widest = f"{0.888:.{decimals}f}" if decimals else "8" * len(str(levels))
    metrics = QFontMetricsF(look.theme.font())
    width = metrics.horizontalAdvance(widest) / metrics.horizontalAdvance("8") * 0.64
    size = min((cell - 2 * _MARGIN) / width, cell * 0.5, base * _MAX_TYPE)
    return size if size >= base * _MIN_TYPE else None


def _fitted(font: QFont, text: str, width: float) -> QFont:
    """The font, smaller where an unusual number would stick out of its cell."""
    needed = QFontMetricsF(font).horizontalAdvance(text)
    if needed <= width:
        return font
    smaller = QFont(font)
    smaller.setPixelSize(max(1, int(font.pixelSize() * width / needed)))
    return smaller


def _ink_on(value: float) -> QColor:
    if value == 0:
        return QColor(LIGHT.muted)
    return QColor(Qt.GlobalColor.white if value >= _DARK_FROM else Qt.GlobalColor.black)
