"""Images of examples as marks: one sheet with the image of each point, in its colour."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPixmap

from model.network import Floats

_ACROSS = 64


class Atlas:
    """The images of n points, so many pixels of the device wide and high.

    The ink of an image is its opacity: the paper of all of them is the ground they lie on.
    """

    def __init__(self, images: Floats, side: int) -> None:
        """Reduce or enlarge images (n, rows, cols), pixels from 0 (paper) to 1 (ink)."""
        self.side = side
        n, rows, cols = images.shape
        down, across = _resampling(rows, side), _resampling(cols, side)
        scaled = np.clip(down @ images.astype(np.float32) @ across.T, 0.0, 1.0)
        # A thin stroke that was made smaller is pale: what is left of it has to be seen.
        self._ink = np.rint(255 * scaled**0.75).astype(np.uint8)
        self._across = min(_ACROSS, max(1, n))
        places = np.arange(n)
        self.left = places % self._across * side
        self.top = places // self._across * side
        self.picture = QPixmap()

    def paint(self, colors: list[str], which: NDArray[np.uint8]) -> None:
        """Give the image of each point the colour of its kind, which (n,)."""
        n, side = len(self._ink), self.side
        table = np.array([_rgb(color) for color in colors], dtype=np.uint16)
        tints = table[which]
        rows = math.ceil(n / self._across)
        tiles = np.zeros((rows * self._across, side, side, 4), dtype=np.uint8)
        # Blue, green, red and opacity, as they lie in the memory of a QImage, premultiplied.
        for channel in range(3):
            mixed = self._ink.astype(np.uint16) * tints[:, channel, None, None] // 255
            tiles[:n, :, :, channel] = mixed
        tiles[:n, :, :, 3] = self._ink
        sheet = tiles.reshape(rows, self._across, side, side, 4).transpose(0, 2, 1, 3, 4)
        data = np.ascontiguousarray(sheet)
        image = QImage(
            data.data, self._across * side, rows * side, 4 * self._across * side,
            QImage.Format.Format_ARGB32_Premultiplied,
        )  # fmt: skip
        # With pixels of its own: those of the array go with it.
        self.picture = QPixmap.fromImage(image.copy())


def _rgb(color: str) -> tuple[int, int, int]:
    """Blue, green and red of a colour, 0 to 255."""
    known = QColor(color)
    return known.blue(), known.green(), known.red()


def _resampling(n: int, side: int) -> NDArray[np.float32]:
    """How much each of n pixels adds to each of ``side``: the share of it that it covers."""
    edges = np.linspace(0.0, n, side + 1)
    low, high = edges[:-1, None], edges[1:, None]
    pixels = np.arange(n)[None, :]
    covered = np.clip(np.minimum(high, pixels + 1) - np.maximum(low, pixels), 0.0, None)
    return (covered * side / n).astype(np.float32)
