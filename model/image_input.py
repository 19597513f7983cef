"""Images from outside and from the hand, made like those of the data set.

Pixels are ink: 0 is paper, 1 is full ink. A coordinate is measured in pixels from the middle of
the first one, so that (row, column) of a pixel is also the place of its middle.
"""

from __future__ import annotations

import numpy as np

from model.network import Floats

# MNIST's digits fill 20 of their 28 rows or columns.
_BOX = 20 / 28
# Frames with fewer pixels than this have none to spare for a margin: the 8 x 8 digits touch the
# upper and the lower edge of theirs.
_MIN_WITH_MARGIN = 16

# Half the width of a pen stroke, as a part of the shorter side: 1.6 of MNIST's 28 pixels.
_PEN = 0.057
_ERASER = 0.09
_SOFT_EDGE = 0.5


def framed(ink: Floats, shape: tuple[int, int]) -> Floats:
    """The ink of a digit as an example of a data set, prepared as MNIST's images are.

    The ink is cropped, scaled with its proportions kept into a box, and the box moved by whole
    pixels until its centre of mass is as near to the centre as the frame allows. The darkest
    pixel becomes 1.

    The box is 20/28 of the frame and the centre of mass goes to the pixel (rows // 2,
    cols // 2), as in MNIST; in frames of fewer than 16 pixels a side the box is the whole frame
    and the centre its middle, as in the 8 x 8 digits. Scaling takes the mean of the area that
    each pixel covers. Source: LeCun, Cortes and Burges, "The MNIST database of handwritten
    digits", on how the images of NIST were centred.

    Parameters
    ----------
    ink : float array, shape (h, w)
        How much ink each pixel has, 0 for none.
    shape : tuple of int
        (rows, cols) of the data set's images.

    Returns
    -------
    inputs : float64 array, shape (rows * cols,)
        Row by row, from 0 (paper) to 1 (ink).

    Raises
    ------
    ValueError
        If there is no ink.
    """
    if not ink.any():
        raise ValueError("there is no ink")
    digit = _scaled(_cropped(ink), shape)
    frame = _placed(digit, shape)
    frame /= frame.max()
    return frame.ravel()


def centred(inputs: Floats, shape: tuple[int, int]) -> Floats:
    """A drawing moved by whole pixels until it lies as the data set's digits do.

    Its centre of mass comes as near to the frame's centre (see `framed`) as it can without
    losing ink at an edge; its size stays. inputs (rows * cols,) -> the same shape.
    """
    image = inputs.reshape(shape)
    return _placed(_cropped(image), shape).ravel() if image.any() else inputs.copy()


def drawn(
    inputs: Floats, shape: tuple[int, int], start: tuple[float, float], end: tuple[float, float]
) -> Floats:
    """An image with a straight piece of pen stroke from start to end, (row, column) each.

    inputs (rows * cols,) -> the same shape. The darker of image and stroke stays, so that a
    stroke drawn in many pieces is as dark as one drawn at once.
    """
    cover = _cover(shape, start, end, _PEN)
    return np.where(cover > 0, np.maximum(inputs, cover), inputs)


def erased(
    inputs: Floats, shape: tuple[int, int], start: tuple[float, float], end: tuple[float, float]
) -> Floats:
    """An image with a straight piece rubbed out, as in `drawn` with a wider tip."""
    cover = _cover(shape, start, end, _ERASER)
    return np.where(cover > 0, np.clip(inputs, cover - 1, 1 - cover), inputs)


def pen_radius(shape: tuple[int, int], erasing: bool = False) -> float:
    """How far from its middle the tip reaches, in pixels, soft edge included."""
    return (_ERASER if erasing else _PEN) * min(shape) + _SOFT_EDGE


def _cropped(ink: Floats) -> Floats:
    """The part from the first to the last row and column that have ink."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _placed(digit: Floats, shape: tuple[int, int]) -> Floats:
    """A frame of zeros with the digit in it, its centre of mass as near the centre as it can."""
    frame = np.zeros(shape)
    top, left = _corner(digit, shape)
    frame[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    return frame


def _scaled(ink: Floats, shape: tuple[int, int]) -> Floats:
    """The ink as large as its box allows with the proportions kept; at least a pixel each way."""
    box = [side if min(shape) < _MIN_WITH_MARGIN else max(1, round(side * _BOX)) for side in shape]
    scale = min(box[0] / ink.shape[0], box[1] / ink.shape[1])
    rows, cols = (max(1, round(side * scale)) for side in ink.shape)
    scaled: Floats = _area_means(ink.shape[0], rows) @ ink @ _area_means(ink.shape[1], cols).T
    return scaled


def _area_means(n_from: int, n_to: int) -> Floats:
    """The matrix (n_to, n_from) of a box filter: each row takes the mean over its share.

    Share k reaches from k to k + 1 times n_from / n_to; a pixel counts by the length of it that
    lies inside.
    """
    edges = np.arange(n_to + 1) * (n_from / n_to)
    pixels = np.arange(n_from)
    inside = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    lengths: Floats = np.maximum(inside, 0.0)
    lengths /= lengths.sum(axis=1, keepdims=True)
    return lengths


def _corner(digit: Floats, shape: tuple[int, int]) -> tuple[int, int]:
    """Where the upper left corner goes, so that the centre of mass is at the centre."""
    corner = []
    for axis, side in enumerate(shape):
        mass = np.abs(digit).sum(axis=1 - axis)
        middle = float(mass @ np.arange(len(mass)) / mass.sum())
        centre = (side - 1) / 2 if min(shape) < _MIN_WITH_MARGIN else side // 2
        corner.append(min(max(0, round(centre - middle)), side - len(mass)))
    return corner[0], corner[1]


def _cover(
    shape: tuple[int, int], start: tuple[float, float], end: tuple[float, float], width: float
) -> Floats:
    """How much of each pixel a round tip covers on its way, 0 to 1, (rows * cols,).

    A pixel is covered by how far its middle lies within the tip's radius, with an edge that is
    one pixel soft.
    """
    row, column = np.mgrid[: shape[0], : shape[1]].reshape(2, -1)
    along = end[0] - start[0], end[1] - start[1]
    length = along[0] ** 2 + along[1] ** 2
    at = ((row - start[0]) * along[0] + (column - start[1]) * along[1]) / (length or 1.0)
    at = np.clip(at, 0.0, 1.0)
    distance = np.hypot(row - start[0] - at * along[0], column - start[1] - at * along[1])
    cover: Floats = np.clip(width * min(shape) + _SOFT_EDGE - distance, 0.0, 1.0)
    return cover
