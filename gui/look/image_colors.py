"""Arrays of numbers as images: signed values in blue and orange, pixels of ink in black.

An image is a print on paper and stays one in every theme: its ground is white or nearly so, and
what lies on it keeps the colours that read well there.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from gui.look.theme import DARK, LIGHT, Theme, look
from model.network import Floats

Pixels = NDArray[np.uint32]

_INK = QColor("#000000")
_ZERO = 128
_STEPS = 127


def on_paper(role: str) -> QColor:
    """The colour of a role of the theme where it lies on the white ground of an image."""
    return _paper_color(look.theme, role)


def largest(values: Floats) -> float:
    """The largest size among values of any shape, 0 for none: the scale that shows them all."""
    return float(max(values.max(), -values.min())) if values.size else 0.0


def diverging_image(values: Floats, scale: float | Floats) -> QImage:
    """Signed values as blue (above zero), white (zero) and orange (below).

    values (rows, cols), finite; from ``scale`` on, a number or an array that broadcasts against
    the values, the colour is at its fullest. A scale of 0 goes with values that are all 0.
    """
    scale = np.where(np.asarray(scale) > 0, scale, 1.0)
    # Beside a scale close to nothing a quotient may overflow; clipped, it is right all the same.
    with np.errstate(over="ignore"):
        steps = np.clip(values / scale, -1.0, 1.0)
    steps *= _STEPS
    steps += _ZERO + 0.5
    return _image(_diverging_colors(look.theme)[steps.astype(np.uint8)])


def ink_image(values: Floats) -> QImage:
    """Pixels from 0 (paper) to 1 (ink) as black on white; what lies beyond is cut off.

    values (rows, cols), finite.
    """
    # In two steps: for small images numpy.clip itself takes as long as all of the rest.
    steps = np.minimum(np.maximum(values, 0.0), 1.0)
    steps *= 255
    steps += 0.5
    return _image(_ink_colors(look.theme)[steps.astype(np.uint8)])


def _image(pixels: Pixels) -> QImage:
    """An image that owns a copy of the pixels, 0xffrrggbb, (rows, cols)."""
    rows, cols = pixels.shape
    image = QImage(cols, rows, QImage.Format.Format_RGB32)
    np.asarray(image.bits()).view(np.uint32).reshape(rows, cols)[:] = pixels
    return image


def _paper_color(theme: Theme, role: str) -> QColor:
    """What the dark theme draws on dark ground would be pale here; its paper is its own."""
    return LIGHT.color(role) if theme.name == DARK.name and role != "zero" else theme.color(role)


@lru_cache(maxsize=4)
def _diverging_colors(theme: Theme) -> Pixels:
    """256 colours; the middle one, 128, is zero, and 1 and 255 are the ends."""
    amount = (np.arange(256) - _ZERO) / _STEPS
    zero = _paper_color(theme, "zero")
    below = _between(zero, _paper_color(theme, "negative"), np.clip(-amount, 0, 1))
    above = _between(zero, _paper_color(theme, "positive"), np.clip(amount, 0, 1))
    return np.where(amount < 0, below, above)


@lru_cache(maxsize=4)
def _ink_colors(theme: Theme) -> Pixels:
    return _between(_paper_color(theme, "zero"), _INK, np.arange(256) / 255)


def _between(start: QColor, end: QColor, amount: Floats) -> Pixels:
    """The colours from start (amount 0) to end (amount 1), as 0xffrrggbb, (n,)."""
    first = np.array([start.red(), start.green(), start.blue()])
    last = np.array([end.red(), end.green(), end.blue()])
    red, green, blue = np.rint(first + amount[:, None] * (last - first)).astype(np.uint32).T
    pixels: Pixels = 0xFF000000 | red << 16 | green << 8 | blue
    return pixels
