"""Points on the same spot, spread by a fixed rule, so that each of them can be seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.network import Floats

# The golden section of a full turn.
_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True, eq=False)
class Stacks:
    """n points grouped by the exact spot they lie on.

    Attributes
    ----------
    stack : intp array, shape (n,)
        The number of each point's stack, in the order of their first members.
    place : intp array, shape (n,)
        How many members of its stack come before a point: 0 for the first, and for one alone.
    sizes : intp array, shape (n_stacks,)
    """

    stack: NDArray[np.intp]
    place: NDArray[np.intp]
    sizes: NDArray[np.intp]

    def members(self, point: int) -> NDArray[np.intp]:
        """All points on the spot of this one, itself included, in their order."""
        return np.flatnonzero(self.stack == self.stack[point])

    @property
    def n_hidden(self) -> int:
        """How many points would lie exactly on another one before them."""
        return len(self.stack) - len(self.sizes)


def stacks(coordinates: Floats) -> Stacks:
    """Find the points that share a spot: ``coordinates`` (n, d) equal in every number."""
    n = len(coordinates)
    spots = np.zeros(n, dtype=np.int64)
    for column in coordinates.T:
        values, ranks = np.unique(column, return_inverse=True)
        # Small again after each column, so that the next product cannot overflow.
        _, spots = np.unique(spots * len(values) + ranks, return_inverse=True)
    order = np.argsort(spots, kind="stable")
    sizes = np.bincount(spots, minlength=1)
    starts = np.cumsum(sizes) - sizes
    place = np.empty(n, dtype=np.intp)
    place[order] = np.arange(n) - np.repeat(starts, sizes)
    # Numbered by first members: the first that is painted is number 0.
    by_first = np.argsort(order[starts]) if n else np.zeros(0, dtype=np.intp)
    number = np.empty(len(by_first), dtype=np.intp)
    number[by_first] = np.arange(len(by_first))
    return Stacks(number[spots] if n else spots, place, sizes[by_first])


def spread(coordinates: Floats, found: Stacks, step: float, largest: float) -> Floats:
    """Lay the members of each stack around their spot, the first on it: (n, d), d of 1 to 3.

    Member k lies at the angle k * 137.508 degrees and the distance step * sqrt(k): the seeds of a
    sunflower, which keep about the same distance from each other however many there are. The
    spiral lies in the plane of the first two axes. Where it would reach beyond ``largest`` (both
    in units of the coordinates) the seeds of that stack move closer together. With d = 1 the
    members lie side by side instead, alternating between the two sides.

    Source of the spiral: H. Vogel, "A better way to construct the sunflower head",
    Mathematical Biosciences 44, 1979.
    """
    sizes = found.sizes[found.stack]
    # A stack reaches as far as its last member.
    if coordinates.shape[1] == 1:
        reach = sizes // 2
        away = (found.place + 1) // 2 * np.where(found.place % 2, 1.0, -1.0)
        offsets = away[:, None]
    else:
        reach = np.sqrt(sizes - 1)
        angles = found.place * _GOLDEN_ANGLE
        distances = np.sqrt(found.place)
        offsets = np.zeros_like(coordinates)
        offsets[:, 0] = distances * np.cos(angles)
        offsets[:, 1] = distances * np.sin(angles)
    steps = np.minimum(step, largest / np.maximum(reach, 1))
    return coordinates + steps[:, None] * offsets
