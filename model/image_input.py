"""Images from outside and from the hand, made like those of the data set.

Pixels are ink: 0 is paper, 1 is full ink. A coordinate is measured in pixels from the middle of
the first one, so that (row, column) of a pixel is also the place of its middle.
"""

from __future__ import annotations

import numpy as np

from model.network import Floats, Mask

# MNIST's digits fill 20 of their 28 rows or columns.
_BOX = 20 / 28
# Frames with fewer pixels than this have none to spare for a margin: the 8 x 8 digits touch the
# upper and the lower edge of theirs.
_SMALLEST_WITH_MARGIN = 16

# What differs from the paper by less is paper: 5 of the 255 levels that most files have.
_FAINTEST_INK = 0.02
# The spread of the paper that is still paper, in standard deviations of its noise.
_PAPER_SPREAD = 4.0
_SD_PER_MEDIAN_DEVIATION = 1.4826

# Half the width of a pen stroke, as a part of the shorter side: 1.6 of MNIST's 28 pixels.
_PEN = 0.057
_ERASER = 0.09
_SOFT_EDGE = 0.5


def as_example(gray: Floats, shape: tuple[int, int]) -> Floats:
    """Any image of a digit as an example of a data set, prepared as MNIST's images are.

    The paper is the median of the border, a ring a twentieth of the shorter side wide; if it is
    darker than middle gray the image is inverted. What stands out from the paper by more than
    the border's own spread (4 standard deviations, by the median absolute deviation) is ink.
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
    gray : float array, shape (h, w)
        Pixels from 0 (white) to 1 (black).
    shape : tuple of int
        (rows, cols) of the data set's images.

    Returns
    -------
    inputs : float64 array, shape (rows * cols,)
        Row by row, from 0 (paper) to 1 (ink).

    Raises
    ------
    ValueError
        If there is no image, a pixel is not a number from 0 to 1, or nothing is drawn on it.
    """
    if gray.ndim != 2 or not gray.size:
        raise ValueError("the image has no pixels")
    if not (gray.min() >= 0 and gray.max() <= 1):  # so that NaN is refused too
        raise ValueError("every pixel of an image must be a number from 0 to 1")
    ink = _without_paper(np.asarray(gray, dtype=np.float64))
    marked = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(marked[0]):
        raise ValueError("the image is blank: nothing on it stands out from its paper")
    first, last = [int(at[0]) for at in marked], [int(at[-1]) + 1 for at in marked]
    digit = _scaled(ink[first[0] : last[0], first[1] : last[1]], shape)
    frame = np.zeros(shape)
    top, left = _corner(digit, shape)
    frame[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    frame /= frame.max()
    return frame.ravel()


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


def _without_paper(gray: Floats) -> Floats:
    """How far each pixel stands out from the paper, 0 where it does not, (h, w)."""
    border = gray[_border(gray.shape)]
    paper = float(np.median(border))
    sign = 1.0 if paper <= 0.5 else -1.0
    noise = _SD_PER_MEDIAN_DEVIATION * float(np.median(np.abs(border - paper)))
    above = sign * (gray - paper)
    return np.where(above > max(_FAINTEST_INK, _PAPER_SPREAD * noise), above, 0.0)


def _border(shape: tuple[int, ...]) -> Mask:
    """The ring of pixels that shows the paper, (h, w)."""
    width = max(1, min(shape) // 20)
    ring = np.ones(shape, dtype=np.bool_)
    ring[width:-width, width:-width] = False
    return ring


def _scaled(ink: Floats, shape: tuple[int, int]) -> Floats:
    """The ink as large as its box allows with the proportions kept; at least a pixel each way."""
    box = [
        side if min(shape) < _SMALLEST_WITH_MARGIN else max(1, round(side * _BOX)) for side in shape
    ]
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
        mass = digit.sum(axis=1 - axis)
        middle = float(mass @ np.arange(len(mass)) / mass.sum())
        centre = (side - 1) / 2 if min(shape) < _SMALLEST_WITH_MARGIN else side // 2
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
