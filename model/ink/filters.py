"""Filters over a picture: smaller, softer, and with what is narrow filled in.

Pictures are float32 arrays (h, w); beyond its edge a picture goes on as it is at its edge.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]


def reduced(picture: NDArray[np.floating], longest: int) -> Picture:
    """The picture with no side above ``longest``; each pixel the mean of what it stands for."""
    scale = min(1.0, longest / max(picture.shape))
    small = picture.astype(np.float32, copy=False)
    for axis, n in enumerate(picture.shape):
        m = max(1, round(n * scale))
        if m < n:
            starts = np.arange(m) * n // m
            counts = np.diff(starts, append=n).reshape((-1, 1) if axis == 0 else (1, -1))
            sums = np.add.reduceat(small, starts, axis=axis)
            small = np.asarray(sums / counts, dtype=np.float32)
    return small


def softened(picture: Picture) -> Picture:
    """Each pixel with its eight neighbours, weighed 1 2 1 each way."""
    for axis in (0, 1):
        wide = _widened(picture, axis, 1)
        low, middle, high = (_part(wide, axis, k, picture.shape[axis]) for k in range(3))
        picture = (low + np.float32(2) * middle + high) / np.float32(4)
    return picture


def closed(picture: Picture, side: int) -> Picture:
    """The picture with every dark place filled that a square of that odd side does not fit in."""
    raised = highest(highest(picture, side, 0), side, 1)
    return -highest(highest(-raised, side, 0), side, 1)


def opened(picture: Picture, length: int, axis: int) -> Picture:
    """The picture without what is bright on less than an odd length along an axis."""
    return highest(-highest(-picture, length, axis), length, axis)


def highest(picture: Picture, length: int, axis: int) -> Picture:
    """The largest value on an odd length along an axis around each pixel."""
    best = _widened(picture, axis, length // 2)
    reach = 1  # each entry is the largest of so many
    while reach < length:
        by = min(reach, length - reach)
        n = best.shape[axis] - by
        best = np.maximum(_part(best, axis, 0, n), _part(best, axis, by, n))
        reach += by
    return best


def _widened(picture: Picture, axis: int, by: int) -> Picture:
    # For pictures of this size np.pad takes longer than the filters.
    first, last = _part(picture, axis, 0, 1), _part(picture, axis, picture.shape[axis] - 1, 1)
    return np.concatenate([np.repeat(first, by, axis), picture, np.repeat(last, by, axis)], axis)


def _part(picture: Picture, axis: int, start: int, length: int) -> Picture:
    stop = start + length
    return picture[start:stop] if axis == 0 else picture[:, start:stop]
