"""Takes ruled lines and squares out of what stands out from the paper.

A ruling is thin, straight, nearly level or upright, and runs across most of the picture. Along
it only what is also wide across it stays, as a stroke that crosses it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from model.ink.filters import Picture, highest, opened
from model.network import Floats, Mask

# How far a ruling may lean, in rows a column.
_STEEPEST = 0.2
# A piece of a ruling that is level enough to be taken for one place, in columns.
_PIECE = 8
# The part of its way that a line must be seen on: one that is alone, and one of several.
_SEEN_ALONE = 0.95
_SEEN_AMONG = 0.5
_SEVERAL = 3
# The part of the picture's width below which what crosses a corner of it is no ruling.
_MIN_WAY = 0.5
# Ink that is this much darker than the ruling stays where it lies along it.
_INK_OVER_RULING = 1.5
# Rulings of one page lean alike, to this much.
_SIDE_BY_SIDE = 0.03
# Places that are the same line: so many rows off, and seen as long but for this part.
_BESIDE, _ALIKE = 4, 0.005
_MAX_LINES = 100
# In smaller pictures a ruling cannot be told from a stroke.
_MIN_SIDE = 64


@dataclass(frozen=True)
class _Line:
    """A line that is at ``row`` in the first column and falls ``slope`` rows a column."""

    row: float
    slope: float
    seen: float

    def rows(self, width: int) -> NDArray[np.intp]:
        """The row it is in at each column, which may lie outside."""
        return np.asarray(np.rint(self.row + self.slope * np.arange(width)), dtype=np.intp)


def without_rulings(depth: Picture, noise: float) -> Picture:
    """How far each pixel stands out, (h, w), with rulings taken out; 0 is paper."""
    # One after the other: where lines cross, each is as long across as a stroke.
    level = _without_level_lines(depth, noise)
    upright = _without_level_lines(np.ascontiguousarray(level.T), noise)
    return np.ascontiguousarray(upright.T)


def _without_level_lines(depth: Picture, noise: float) -> Picture:
    height, width = depth.shape
    thickest = max(3, min(depth.shape) // 55 // 2 * 2 + 1)
    if min(depth.shape) < _MIN_SIDE:
        return depth
    broad = opened(depth, thickest + 2, 0)
    thin = depth - broad
    lines = _lines(thin > max(noise, 0.02))
    if not lines:
        return depth
    columns = np.arange(width)
    kept = depth.copy()
    for line in lines:
        band = line.rows(width) + np.arange(-thickest // 2, thickest // 2 + 2)[:, None]
        inside = (band >= 0) & (band < height)
        band = np.clip(band, 0, height - 1)
        darkest = thin[band, columns].max(axis=0)
        level = float(np.median(darkest[darkest > noise])) if (darkest > noise).any() else 0.0
        ruled = inside & (depth[band, columns] < _INK_OVER_RULING * level)
        at, along = np.nonzero(ruled)
        place = band[at, along], along
        kept[place] = broad[place]
    return kept


def _lines(thin: Mask) -> list[_Line]:
    """The rulings among what is thin, those seen longest first."""
    height, width = thin.shape
    pieces = width // _PIECE
    # A line may be off by a pixel: bent paper, or the rounding of its slope.
    marked = highest(thin.astype(np.float32), 3, 0)[:, : pieces * _PIECE]
    seen = marked.reshape(height, pieces, _PIECE).mean(axis=2)
    if (seen.max(axis=0) > 0).mean() < _SEEN_AMONG:
        return []
    slopes = np.arange(-_STEEPEST, _STEEPEST, 2.0 / width)
    middles = (np.arange(pieces) + 0.5) * _PIECE
    reach = int(_STEEPEST * width) + 1
    # A line through a row of the middle column meets each piece so many rows further down.
    below = np.rint(slopes[:, None] * (middles - width / 2)).astype(np.intp) + reach
    padded = np.pad(seen.T, ((0, 0), (reach, reach)))
    columns = sliding_window_view(np.ascontiguousarray(padded), height, axis=1)
    inside = sliding_window_view(np.pad(np.ones(height, dtype=np.float32), reach), height)
    total = np.zeros((len(slopes), height), dtype=np.float32)
    way = np.zeros_like(total)
    for piece, start in enumerate(below.T):
        total += columns[piece, start]
        way += inside[start]
    shares = total / np.maximum(way, _MIN_WAY * pieces)
    return _chosen(shares, slopes, width)


def _chosen(shares: Picture, slopes: Floats, width: int) -> list[_Line]:
    """The lines that are seen on enough of their way, one for each ruling.

    shares (slopes, rows): on what part of its way a line of a slope through a row of the middle
    column is seen.
    """
    found: list[_Line] = []
    shares = shares.copy()
    while len(found) < _MAX_LINES:
        index, row = divmod(int(shares.argmax()), shares.shape[1])
        share = float(shares[index, row])
        if share < _SEEN_AMONG:
            break
        # A thick line is seen as well from a little beside it: take the middle of those places.
        first = max(0, row - _BESIDE)
        alike = np.argwhere(shares[:, first : row + _BESIDE + 1] >= share - _ALIKE)
        alike = alike[np.abs(slopes[alike[:, 0]] - slopes[index]) <= _SIDE_BY_SIDE]
        slope = float(slopes[alike[:, 0]].mean())
        row = first + round(float(alike[:, 1].mean()))
        found.append(_Line(row - slope * width / 2, slope, share))
        shares[:, max(0, row - 3) : row + 4] = 0.0
        # Rulings run side by side.
        shares[np.abs(slopes - slope) > _SIDE_BY_SIDE] = 0.0
    alone = len(found) < _SEVERAL
    return [line for line in found if not alone or line.seen >= _SEEN_ALONE]
