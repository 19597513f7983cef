"""Points on the same spot, spread by a fixed rule, so that each of them can be seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.network import Floats


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
    """Find the points that share a spot: ``coordinates`` (n, d) equal to the last bit."""
    raise NotImplementedError


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
    raise NotImplementedError
