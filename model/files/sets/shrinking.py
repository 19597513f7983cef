"""Brings a picture of any size into the frame that all pictures of a set have."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from model.files.sets.raw import Pixels
from model.network import Floats


def fitted(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """A picture (h, w) in a frame of (rows, cols): as large as it can be, in the middle.

    Its proportions stay. Each pixel is the mean of what lies below it; what is left free at the
    sides has the level that most of the picture's border has.
    """
    if picture.shape == size:
        return picture
    height, width = picture.shape
    scale = min(size[0] / height, size[1] / width)
    inner = tuple(
        min(whole, max(1, round(side * scale)))
        for side, whole in zip((height, width), size, strict=True)
    )
    means = _shares(height, inner[0]) @ picture @ _shares(width, inner[1]).T
    border = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    frame = np.full(size, np.median(border))
    top, left = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
    frame[top : top + inner[0], left : left + inner[1]] = means
    return np.round(frame).astype(np.uint8)


@lru_cache(maxsize=64)
def _shares(n: int, fewer: int) -> Floats:
    """What share of each of n pixels lies in each of the others, (fewer, n); rows add up to 1."""
    edges = np.arange(fewer + 1) * (n / fewer)
    low, high = edges[:-1, None], edges[1:, None]
    pixels = np.arange(n)
    covered = np.minimum(high, pixels + 1) - np.maximum(low, pixels)
    shares: Floats = np.maximum(covered, 0.0) * (fewer / n)
    return shares
