"""Predict, compare, learn: one step of gradient descent on a linear network.

The network has no bias and no activation. ``weights`` has one row per output, so its shape
is (n_outputs, n_inputs). The factor 2 of d(delta**2)/dw is absorbed into alpha, as the
textbook does; the true slope of the error is therefore 2 * weight_delta.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# An error beyond this is of no use to anyone, and plots cannot draw much larger ones.
MAX_ERROR = 1e15


class Comparison(NamedTuple):
    """How far each output is from its target: two arrays of shape (n_outputs,)."""

    delta: Floats
    error: Floats


def predict(weights: Floats, inputs: Floats) -> Floats:
    """Weighted sum of the inputs for every output.

    weights (n_outputs, n_inputs), inputs (n_inputs,) -> pred (n_outputs,).
    """
    return weights @ inputs


def compare(pred: Floats, target: Floats) -> Comparison:
    """delta = pred - target (signed) and error = delta**2, each of shape (n_outputs,)."""
    delta = pred - target
    return Comparison(delta, delta**2)


def weight_deltas(delta: Floats, inputs: Floats) -> Floats:
    """Half the slope of each output's error along each of its weights, as if none were frozen.

    outer(delta, inputs), in this order because weights are [output][input]:
    delta (n_outputs,), inputs (n_inputs,) -> (n_outputs, n_inputs).
    """
    return np.outer(delta, inputs)


def learn(weights: Floats, weight_delta: Floats, alpha: float, frozen: Mask) -> Floats:
    """The weights after one update; frozen ones keep their value to the last bit.

    All arrays have shape (n_outputs, n_inputs); ``weights`` itself is not changed.
    """
    return np.where(frozen, weights, weights - alpha * weight_delta)


def first_beyond(values: Floats, most: float) -> tuple[int, int] | None:
    """Row and column of the first number that is not finite, or beyond ``most`` in size.

    values (n, m); None where there is no such number.
    """
    beyond = np.argwhere(~(np.abs(values) <= most))
    return (int(beyond[0, 0]), int(beyond[0, 1])) if len(beyond) else None
