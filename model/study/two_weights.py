"""The error over any two weights, with all others held: a quadratic in closed form.

With residuals r = pred - target of an output at the current weights, moving weight i by d and
weight j by e changes the prediction of an example by d * x_i + e * x_j, so that its mean error
over the examples is

    mean(r²) + 2 d mean(r x_i) + 2 e mean(r x_j) + d² mean(x_i²) + 2 d e mean(x_i x_j)
             + e² mean(x_j²)

Two weights of different outputs do not meet in any prediction: their errors are added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.network import Floats
from model.setup import Setup
from model.study.floor import visited

Cell = tuple[int, int]


@dataclass(frozen=True)
class ErrorOverTwo:
    """Mean error over the examples of the outputs that two weights belong to, summed.

    ``first`` and ``second`` are where the weights are now; the coefficients are those of the
    formula above.
    """

    first: float
    second: float
    error: float
    slope_first: float
    slope_second: float
    curve_first: float
    curve_both: float
    curve_second: float

    def at(self, first: Floats, second: Floats) -> Floats:
        """The error for values of both weights; any two arrays that can be broadcast."""
        d, e = first - self.first, second - self.second
        height: Floats = (
            self.error
            + 2.0 * (d * self.slope_first + e * self.slope_second)
            + d * d * self.curve_first
            + 2.0 * d * e * self.curve_both
            + e * e * self.curve_second
        )
        # Rounding can bring it below zero at the bottom of a valley.
        return np.maximum(height, 0.0)

    @property
    def floor(self) -> tuple[float, float] | None:
        """Where it is least; None where that is no single point."""
        matrix = np.array(
            ((self.curve_first, self.curve_both), (self.curve_both, self.curve_second))
        )
        scale = float(np.abs(matrix).max())
        if not np.isfinite(scale) or float(np.linalg.det(matrix)) <= 1e-14 * scale * scale:
            return None
        move = np.linalg.solve(matrix, -np.array((self.slope_first, self.slope_second)))
        return self.first + float(move[0]), self.second + float(move[1])


def error_over_two(setup: Setup, weights: Floats, first: Cell, second: Cell) -> ErrorOverTwo:
    """The error over two weights, (output, input) each, around ``weights``.

    weights (n_outputs, n_inputs). Raises ValueError where both are the same weight.
    """
    if first == second:
        raise ValueError("two different weights are needed")
    inputs, targets = visited(setup)
    residuals = {
        output: inputs @ weights[output] - targets[:, output] for output in {first[0], second[0]}
    }
    x, y = inputs[:, first[1]], inputs[:, second[1]]
    r, s = residuals[first[0]], residuals[second[0]]
    return ErrorOverTwo(
        float(weights[first]),
        float(weights[second]),
        float(sum((each**2).mean() for each in residuals.values())),
        float((r * x).mean()),
        float((s * y).mean()),
        float((x * x).mean()),
        float((x * y).mean()) if first[0] == second[0] else 0.0,
        float((y * y).mean()),
    )
