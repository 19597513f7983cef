"""The error over any two weights, with all others held: a quadratic in closed form.

With residuals r = pred - target of an output at the current weights, moving weight i by d and
weight j by e changes the residual of an example to r + d * x_i + e * x_j. Two weights of different
outputs do not meet in any prediction: their errors are added, which is the same with the residuals
of both outputs one after the other and zeros for the inputs of the other one. So the error is

    |A v + r|² / n    with    v = (d, e)  and  A of two columns,

and the triangle R of A's and r's QR factors (three rows) says all of it: |R (d, e, 1)|² / n, a sum
of three squares, in which nothing cancels near the bottom (Golub and Van Loan, section 5.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from model.network import Floats
from model.setup import Setup
from model.study.floor import visited_slices

Cell = tuple[int, int]

# Two columns whose angle has a smaller sine point the same way: the bottom is a line.
_PARALLEL = 1e-9
# An input so much smaller than the other one, squared and summed, is none.
_NOTHING = 1e-150


class Line(NamedTuple):
    """A line of points that all have the least error: one of them, and a direction of length 1."""

    point: tuple[float, float]
    along: tuple[float, float]


class Outline(NamedTuple):
    """A closed curve: left and right ends, (n,) each, for values of the second weight, (n,).

    The ends are infinite where the first weight changes nothing.
    """

    left: Floats
    right: Floats
    second: Floats


@dataclass(frozen=True, eq=False)
class ErrorOverTwo:
    """Mean error over examples of the outputs that two weights belong to, summed.

    Attributes
    ----------
    first, second : float
        Where the weights are now.
    triangle : numpy.ndarray
        R of the formula above, (3, 3), divided by the root of n.
    """

    first: float
    second: float
    triangle: Floats

    def at(self, first: Floats, second: Floats) -> Floats:
        """The error for values of both weights; any two arrays that can be broadcast."""
        (p, q, r), (_, s, t), (_, _, u) = self.triangle
        d, e = first - self.first, second - self.second
        height: Floats = (d * p + e * q + r) ** 2 + (e * s + t) ** 2 + u * u
        return height

    @property
    def least(self) -> float:
        """The least error that these two weights can reach."""
        (p, q, r), (_, s, t), (_, _, u) = self.triangle
        if self.rank == 2:
            return float(u * u)
        # What of (r, t) the one direction that there is can take away.
        side = np.array((p, 0.0) if abs(p) >= np.hypot(q, s) else (q, s))
        long = float(np.hypot(*side))
        if self.rank == 0 or long == 0.0:
            return float(r * r + t * t + u * u)
        across = (side[0] * t - side[1] * r) / long
        return float(across * across + u * u)

    @cached_property
    def rank(self) -> int:
        """2 where the least error is at one point, 1 where along a line, 0 where everywhere."""
        (p, q, _), (_, s, _), _ = self.triangle
        first, second = abs(float(p)), float(np.hypot(q, s))
        if max(first, second) <= _NOTHING:
            return 0
        if first == 0.0 or second == 0.0 or abs(float(s)) <= _PARALLEL * second:
            return 1
        return 2

    @property
    def floor(self) -> tuple[float, float] | None:
        """Where it is least; None where that is no single point."""
        if self.rank < 2:
            return None
        (p, q, r), (_, s, t), _ = self.triangle
        e = -t / s
        d = -(r + q * e) / p
        return self.first + float(d), self.second + float(e)

    @property
    def valley(self) -> Line | None:
        """The line along which it is least, by its point nearest to the weights; None without."""
        if self.rank != 1:
            return None
        (p, q, r), (_, s, t), _ = self.triangle
        # Of parallel columns the longer one: p d + q e is the same along (q, -p).
        if abs(p) >= np.hypot(q, s):
            slope, height = np.array((p, q)), r
        else:
            length = float(np.hypot(q, s))
            slope = np.array((p * q / length, length))
            height = (q * r + s * t) / length
        size = float(np.hypot(*slope))
        across = slope / size
        point = -height / size * across
        return Line(
            (self.first + float(point[0]), self.second + float(point[1])),
            (float(-across[1]), float(across[0])),
        )

    def outline(self, level: float, low: float, high: float, n: int) -> Outline | None:
        """The curve on which the error is ``level``, exactly, for second weights in low..high.

        n values of the second weight, closer together towards both ends, where an ellipse turns
        back. None where no error there is so small.

        With h = level - u² - (e s + t)², the curve is at d p + e q + r = ± root of h.
        """
        (p, q, r), (_, s, t), (_, _, u) = self.triangle
        rest = level - u * u
        if rest < 0.0:
            return None
        bottom, top = low - self.second, high - self.second
        if p:
            reach = _within(s * s, s * t, t * t - rest)
        else:
            reach = _within(q * q + s * s, q * r + s * t, r * r + t * t - rest)
        if reach is None or max(bottom, reach[0]) > min(top, reach[1]):
            return None
        bottom, top = max(bottom, reach[0]), min(top, reach[1])
        share = (1.0 - np.cos(np.linspace(0.0, np.pi, n))) / 2.0
        e = bottom + (top - bottom) * share
        if not p:
            everywhere = np.full(n, np.inf)
            return Outline(-everywhere, everywhere, self.second + e)
        half = np.sqrt(np.maximum(rest - (e * s + t) ** 2, 0.0)) / abs(p)
        middle = self.first - (r + q * e) / p
        return Outline(middle - half, middle + half, self.second + e)

    def along(self, point: tuple[float, float], way: tuple[float, float], level: float) -> float:
        """How often ``way`` must be added to a point until the error rises to ``level``.

        NaN where it never does.
        """
        (p, q, r), (_, s, t), (_, _, u) = self.triangle
        d, e = point[0] - self.first, point[1] - self.second
        a = np.array((p * d + q * e + r, s * e + t))
        b = np.array((p * way[0] + q * way[1], s * way[1]))
        found = _within(float(b @ b), float(a @ b), float(a @ a) + u * u - level)
        return float("nan") if found is None or not np.isfinite(found[1]) else found[1]


def _within(square: float, half: float, rest: float) -> tuple[float, float] | None:
    """Where square x² + 2 half x + rest is not above 0; None where nowhere. ``square`` >= 0."""
    if square == 0.0:
        return (-np.inf, np.inf) if rest <= 0.0 else None
    inside = half * half - square * rest
    if inside < 0.0:
        return None
    root = float(np.sqrt(inside))
    return (-half - root) / square, (-half + root) / square


def error_over_two(setup: Setup, weights: Floats, first: Cell, second: Cell) -> ErrorOverTwo:
    """The mean error over the examples that are visited, over two weights, (output, input) each.

    weights (n_outputs, n_inputs). Raises ValueError where both are the same weight.
    """
    found = [_rows(*slice_, weights, first, second) for slice_ in visited_slices(setup)]
    n = 1 if setup.schedule.order == "first" else len(setup.examples)
    return _of_rows(np.vstack(found), n, weights, first, second)


def over_rows(
    inputs: Floats, targets: Floats, weights: Floats, first: Cell, second: Cell
) -> ErrorOverTwo:
    """The same over any examples: inputs (n, n_inputs) and targets (n, n_outputs)."""
    rows = _rows(inputs, targets, weights, first, second)
    return _of_rows(rows, len(inputs), weights, first, second)


def _rows(inputs: Floats, targets: Floats, weights: Floats, first: Cell, second: Cell) -> Floats:
    """A and r of the formula above, side by side, for some examples."""
    if first == second:
        raise ValueError("two different weights are needed")
    n = len(inputs)
    outputs = sorted({first[0], second[0]})
    rows = np.zeros((n * len(outputs), 3))
    for at, output in enumerate(outputs):
        here = rows[at * n : (at + 1) * n]
        for place, cell in enumerate((first, second)):
            if cell[0] == output:
                here[:, place] = inputs[:, cell[1]]
        here[:, 2] = inputs @ weights[output] - targets[:, output]
    return rows


def _of_rows(rows: Floats, n: int, weights: Floats, first: Cell, second: Cell) -> ErrorOverTwo:
    if len(rows) < 3:
        rows = np.vstack([rows, np.zeros((3 - len(rows), 3))])
    triangle = np.linalg.qr(rows, mode="r") / np.sqrt(n)
    return ErrorOverTwo(float(weights[first]), float(weights[second]), triangle)
