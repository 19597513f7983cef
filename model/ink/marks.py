"""Marks: the connected parts of a mask, found by its rows' runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.ink.filters import Picture
from model.network import Floats, Mask

Labels = NDArray[np.int32]
Ints = NDArray[np.intp]


def labelled(mask: Mask) -> tuple[Labels, int]:
    """Number the parts of a mask that hang together, corners included.

    mask (h, w) -> (labels (h, w), from 1, 0 where the mask is not; how many there are).
    """
    height, width = mask.shape
    padded = np.zeros((height, width + 2), dtype=np.int8)
    padded[:, 1:-1] = mask
    steps = np.diff(padded, axis=1)
    row, start = np.nonzero(steps == 1)
    stop = np.nonzero(steps == -1)[1]
    if not len(row):
        return np.zeros(mask.shape, dtype=np.int32), 0
    group = _joined(len(row), *_touching(row, start, stop, width))
    names, group = np.unique(group, return_inverse=True)
    labels = np.zeros((height, width + 1), dtype=np.int32)
    labels[row, start] = group + 1
    labels[row, stop] -= (group + 1).astype(np.int32)
    return np.cumsum(labels[:, :-1], axis=1, dtype=np.int32), len(names)


def _touching(row: Ints, start: Ints, stop: Ints, width: int) -> tuple[Ints, Ints]:
    """Pairs of runs that lie in neighbouring rows and meet, by their numbers."""
    # One number for row and column keeps the order, so that all rows are searched at once.
    stride = width + 3
    first = np.searchsorted(row * stride + stop, (row - 1) * stride + start, side="left")
    last = np.searchsorted(row * stride + start, (row - 1) * stride + stop, side="right")
    count = np.maximum(last - first, 0)
    below = np.repeat(np.arange(len(row)), count)
    offset = np.arange(len(below)) - np.repeat(np.cumsum(count) - count, count)
    return below, np.repeat(first, count) + offset


def _joined(n: int, one: Ints, other: Ints) -> Ints:
    """For each of n the smallest number that it hangs together with."""
    root = np.arange(n)
    while True:
        low = np.minimum(root[one], root[other])
        before = root.copy()
        np.minimum.at(root, root[one], low)
        np.minimum.at(root, root[other], low)
        while (root[root] != root).any():
            root = root[root]
        if (root == before).all():
            return root


@dataclass(frozen=True)
class Marks:
    """The marks of a picture, arrays of shape (n,).

    Attributes
    ----------
    labels : which mark each pixel belongs to, (h, w), from 1; 0 for none
    top, left, bottom, right : the box of each, the last two one past the end
    area : pixels
    rim : those of its pixels that touch what is not in it
    ink : how far its pixels stand out from the paper, all together
    sharpness : how steep the picture is at its rim, mean, in levels a pixel
    evenness : how alike that is all along the rim: 1 where it is the same, near 0 where most of
        the rim is no edge at all
    """

    labels: Labels
    top: Ints
    left: Ints
    bottom: Ints
    right: Ints
    area: Ints
    rim: Ints
    ink: Floats
    sharpness: Floats
    evenness: Floats

    def __len__(self) -> int:
        return len(self.area)

    @property
    def height(self) -> Ints:
        """Rows from the first to the last."""
        return self.bottom - self.top

    @property
    def width(self) -> Ints:
        """Columns from the first to the last."""
        return self.right - self.left

    @property
    def extent(self) -> Ints:
        """The larger of height and width."""
        return np.maximum(self.height, self.width)

    @property
    def sides(self) -> Ints:
        """How many sides of the picture each touches, 0 to 4."""
        height, width = self.labels.shape
        at_start = (self.top == 0).astype(np.intp) + (self.left == 0)
        touched: Ints = at_start + (self.bottom == height) + (self.right == width)
        return touched

    @property
    def stroke(self) -> Floats:
        """How wide the strokes are, nearly: a strip has two long sides."""
        return 2.0 * self.area / np.maximum(self.rim, 1)


def marks_of(mask: Mask, depth: Picture, steepness: Picture) -> Marks:
    """The marks of a mask (h, w) in a picture of which depth and steepness are known."""
    labels, n = labelled(mask)
    row, column = np.nonzero(labels)
    label = labels[row, column] - 1
    height, width = mask.shape
    top, left = np.full(n, height), np.full(n, width)
    bottom, right = np.zeros(n, dtype=np.intp), np.zeros(n, dtype=np.intp)
    np.minimum.at(top, label, row)
    np.minimum.at(left, label, column)
    np.maximum.at(bottom, label, row + 1)
    np.maximum.at(right, label, column + 1)
    rim = _rim(mask)[row, column]
    rims = np.bincount(label[rim], minlength=n)
    steep = np.bincount(label[rim], steepness[row, column][rim], minlength=n)
    squares = np.bincount(label[rim], steepness[row, column][rim] ** 2, minlength=n)
    return Marks(
        labels,
        top,
        left,
        bottom,
        right,
        area=np.bincount(label, minlength=n),
        rim=rims,
        ink=np.bincount(label, depth[row, column], minlength=n).astype(np.float64),
        sharpness=steep / rims,
        evenness=steep**2 / np.maximum(rims * squares, 1e-12),
    )


def _rim(mask: Mask) -> Mask:
    inner = np.pad(mask, 1)
    rim: Mask = mask & ~(inner[:-2, 1:-1] & inner[2:, 1:-1] & inner[1:-1, :-2] & inner[1:-1, 2:])
    return rim
