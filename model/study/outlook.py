"""What is known of a run if it goes on as it is: whether it settles, where it ends, and when."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.network import Floats
from model.setup import Setup, distinct_rows

# After two to the power of so many sweeps it is not asked any more.
_MAX_DOUBLINGS = 40
# An eigenvalue so near 1 is taken for 1: floats cannot tell whether it settles.
_EDGE = 1e-10
_NOTHING = 1e-10


@dataclass(frozen=True, eq=False)
class Outlook(ABC):
    """What becomes of the mean error of a run, over examples and outputs, sweep by sweep.

    Attributes
    ----------
    growth : float
        By what the slowest (below 1) or the fastest (above 1) part of what is left is multiplied
        in a sweep.
    n_steps : int
        Steps of a sweep.
    """

    growth: float
    n_steps: int

    @property
    def settles(self) -> bool:
        """Whether the mean error comes to rest, as it is after each whole sweep."""
        return self.growth < 1.0 - _EDGE

    @property
    def grows(self) -> bool:
        """Whether it grows without end."""
        return self.growth > 1.0 + _EDGE

    @property
    @abstractmethod
    def end(self) -> float:
        """The mean error in which a run that settles ends."""

    @abstractmethod
    def after(self, sweeps: int) -> float:
        """The mean error after so many sweeps."""

    def sweeps_until(self, error: float) -> int | None:
        """The sweeps after which the mean error is no larger than ``error``; None if never.

        By doubling, and then by halving what lies between.
        """
        if not self.settles:
            return None
        if self.after(0) <= error:
            return 0
        place = 0
        while self.after(2**place) > error:
            place += 1
            if place > _MAX_DOUBLINGS:
                return None
        sweeps = 0
        for lower in range(place - 1, -1, -1):
            if self.after(sweeps + 2**lower) > error:
                sweeps += 2**lower
        return sweeps + 1


def doublings(powers: list[Floats], sweeps: int) -> Iterator[Floats]:
    """The maps of one, two, four, … sweeps whose product is the map of so many sweeps.

    ``powers`` begins with the map of one sweep, (n, n); those of more are kept in it.
    """
    place = 0
    while sweeps >> place:
        if place == len(powers):
            powers.append(powers[-1] @ powers[-1])
        if sweeps >> place & 1:
            yield powers[place]
        place += 1


def free_parts(setup: Setup, inputs: Floats) -> Iterator[tuple[NDArray[np.intp], Floats, Floats]]:
    """For each mask of ``setup``: its outputs, the free inputs, and a basis of what they span.

    The outputs by their places; the inputs (n, n_inputs) with 0 where a weight is frozen; the
    basis orthonormal, (n_inputs, rank).
    """
    masks, which = distinct_rows(setup.frozen)
    for number, mask in enumerate(masks):
        free = np.where(mask, 0.0, inputs)
        yield np.flatnonzero(which == number), free, _basis_of(free)


def _basis_of(rows: Floats) -> Floats:
    """An orthonormal basis of what the rows span, (n_inputs, rank)."""
    _, sizes, directions = np.linalg.svd(rows, full_matrices=False)
    kept = sizes > _NOTHING * max(float(sizes.max(initial=0.0)), np.finfo(np.float64).tiny)
    return directions[kept].T
