"""Curves in closed form: the error along one weight, its tangent, and what alpha does.

With everything else held, the error of one output as a function of one of its weights is a
parabola: error(w) = (delta + (w - w_now) * x)**2, because moving the weight by dw moves pred
by dw * x. No finite differences anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

from model.edits import MAX_NUMBER
from model.network import Floats, Mask
from model.setup import Setup, distinct_rows

_Number = TypeVar("_Number", float, Floats)
Zone = Literal["settles", "overshoots", "diverges", "still"]

_ALPHA_WITHOUT_LIMIT = 0.1
# A slice of examples takes about two milliseconds.
_NUMBERS_A_SLICE = 2**20


@dataclass(frozen=True)
class Bowl:
    """The error of one output along one of its weights, with everything else held."""

    weight: float
    inputs: float
    delta: float

    def error(self, weight: Floats) -> Floats:
        """Error for each of the given weights, (n,) -> (n,)."""
        return self.error_beside(weight - self.weight)

    def error_beside(self, offset: _Number) -> _Number:
        """Error with the weight changed by an offset, or by each of them, (n,) -> (n,).

        An offset may be far smaller than the last digit of the weight.
        """
        delta = self.delta + offset * self.inputs
        # Of a float that is too large a power would raise OverflowError.
        return delta * delta

    @property
    def slope(self) -> float:
        """True slope of the error at the current weight: 2 * weight_delta."""
        return 2.0 * self.delta * self.inputs

    @property
    def floor(self) -> float | None:
        """The weight at which the error is 0; None where there is none that a float can hold.

        That is so where the input is 0, and where it is next to nothing beside delta.
        """
        offset = self.floor_offset
        return None if offset is None else self.weight + offset

    @property
    def floor_offset(self) -> float | None:
        """How far the floor is from the current weight; None as for ``floor``."""
        if self.inputs == 0.0:
            return None
        offset = -self.delta / self.inputs
        return offset if math.isfinite(self.weight + offset) else None

    def probes(self, at_most: float) -> Probes | None:
        """Two probes beside the current weight, as far away as a round number up to ``at_most``.

        They never reach past the floor, so that one side always has a smaller error than the
        weight itself. None where neither side has, as the error is 0 or the curve is flat, and
        where floats cannot tell the three weights apart.
        """
        floor = self.floor_offset
        if not floor:
            return None
        step = round_step(min(at_most, abs(floor)))
        if self.weight - step == self.weight or self.weight + step == self.weight:
            return None
        less, more = self.error_beside(-step), self.error_beside(step)
        return Probes(step, less, more, 1 if floor > 0.0 else -1)


@dataclass(frozen=True)
class Probes:
    """Errors a little less and a little more than a weight: learning by hot and cold.

    ``step`` is how far away they are; ``warmer`` is 1 where the error is smaller for more
    weight, −1 where it is smaller for less: the sign of what an update would add.
    """

    step: float
    less: float
    more: float
    warmer: int


def round_step(at_most: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not above ``at_most`` (above 0)."""
    exponent = math.floor(math.log10(at_most))
    # The logarithm may be off by one at a power of ten.
    for power in (exponent + 1, exponent, exponent - 1):
        for nice in (5, 2, 1):
            step = float(f"{nice}e{power}")
            if 0.0 < step <= at_most:
                return step
    return at_most


@dataclass(frozen=True)
class AlphaZones:
    """What alpha does to the error, from s = the sum of squares of the unfrozen inputs.

    One step multiplies an output's delta by 1 - alpha * s. ``exact`` says that the step is
    the same example each time, so that the zones are thresholds; for a stream of examples the
    limit only guarantees that every step shrinks the error of the example it was made on.
    Both are None where nothing can move, while the limit is still being looked for (``known`` is
    False), and where it is ``beyond`` all numbers, as unfrozen inputs are almost 0.
    """

    one_step: float | None  # 1 / s: lands in one step
    limit: float | None  # 2 / s: diverges beyond
    exact: bool
    known: bool = True
    beyond: bool = False

    @property
    def offered(self) -> float:
        """An alpha to begin with: half of the limit; where there is none, a small number."""
        # Of inputs that are almost 0 the limit is beyond what a file may hold.
        return _ALPHA_WITHOUT_LIMIT if self.limit is None else min(self.limit / 2, MAX_NUMBER)

    def zone(self, alpha: float) -> Zone:
        """The zone that alpha lies in; "still" where there is no limit."""
        if self.limit is None or self.one_step is None:
            return "still"
        if alpha <= self.one_step:
            return "settles"
        return "overshoots" if alpha <= self.limit else "diverges"


def sums_of_squares(inputs: Floats, frozen: Mask) -> Floats:
    """s of every example and output: the sum of squares of its unfrozen inputs.

    inputs (n, n_inputs), frozen (n_outputs, n_inputs) -> (n, n_outputs).
    """
    return inputs**2 @ (~frozen).T.astype(np.float64)


def largest_sums(setup: Setup) -> Iterator[float]:
    """The largest s of any output over the examples seen so far, slice by slice.

    The last value is that of all examples that the schedule visits. Each slice takes a few
    milliseconds, so that a caller with a window can do something else in between.
    """
    frozen = np.array(distinct_rows(setup.frozen)[0])
    if setup.schedule.order == "first":
        # The example itself: a guest takes its place for one step only.
        inputs = setup.examples.inputs(setup.schedule.index(0))
        yield _largest(inputs[None, :], frozen)
        return
    n = len(setup.examples)
    rows = max(1, _NUMBERS_A_SLICE // setup.examples.n_inputs)
    largest = 0.0
    for start in range(0, n, rows):
        indices = np.arange(start, min(start + rows, n), dtype=np.int64)
        inputs, _ = setup.examples.rows(indices)
        largest = max(largest, _largest(inputs, frozen))
        yield largest


def _largest(inputs: Floats, frozen: Mask) -> float:
    """The largest s, rounded up where squares are too small for a number: 0 is for inputs of 0."""
    largest = float(sums_of_squares(inputs, frozen).max())
    if largest == 0.0 and inputs[:, ~frozen.all(axis=0)].any():
        return math.ulp(0.0)
    return largest


def alpha_zones(setup: Setup, largest: float | None = None) -> AlphaZones:
    """The zones of alpha for what is unfrozen in ``setup``.

    ``largest`` is the last of largest_sums(setup), where that is known already.
    """
    if largest is None:
        *_, largest = largest_sums(setup)
    exact = setup.schedule.order == "first" or len(setup.examples) == 1
    if not largest > 0.0:
        return AlphaZones(None, None, exact)
    if not math.isfinite(2.0 / largest):
        return AlphaZones(None, None, exact, beyond=True)
    return AlphaZones(1.0 / largest, 2.0 / largest, exact)
