"""Five rules of learning: the right one, and four slips that are printed in its place.

Each is three lines. All take the weights (n_outputs, n_inputs), the inputs (n_inputs,), the
delta (n_outputs,), alpha and the frozen mask, change none of them, and say what they make.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from model.network import Floats, Mask, learn, weight_deltas


class Update(NamedTuple):
    """What a rule makes: delta (n_outputs,), the others (n_outputs, n_inputs)."""

    delta: Floats
    weight_delta: Floats
    weights: Floats


Rule = Callable[[Floats, Floats, Floats, float, Mask], Update]


def right(weights: Floats, inputs: Floats, delta: Floats, alpha: float, frozen: Mask) -> Update:
    """weight_delta = outer(delta, inputs), as the model learns."""
    weight_delta = weight_deltas(delta, inputs)
    return Update(delta, weight_delta, learn(weights, weight_delta, alpha, frozen))


def transposed(
    weights: Floats, inputs: Floats, delta: Floats, alpha: float, frozen: Mask
) -> Update:
    """weight_delta = outer(inputs, delta): it fits where there are as many inputs as outputs."""
    weight_delta = np.outer(inputs, delta)
    return Update(delta, weight_delta, learn(weights, weight_delta, alpha, frozen))


def input_times_weights(
    weights: Floats, inputs: Floats, delta: Floats, alpha: float, frozen: Mask
) -> Update:
    """weight_delta = inputs × weights: the targets never enter."""
    weight_delta = inputs * weights
    return Update(delta, weight_delta, learn(weights, weight_delta, alpha, frozen))


def one_delta(weights: Floats, inputs: Floats, delta: Floats, alpha: float, frozen: Mask) -> Update:
    """The delta of the last output, taken as one number for all of them."""
    last = np.full_like(delta, delta[-1])
    weight_delta = weight_deltas(last, inputs)
    return Update(last, weight_delta, learn(weights, weight_delta, alpha, frozen))


def sign(weights: Floats, inputs: Floats, delta: Floats, alpha: float, frozen: Mask) -> Update:
    """weights + alpha × weight_delta: 0.1 − (1.19 × 0.01) for 0.1 − (−1.19 × 0.01)."""
    weight_delta = weight_deltas(delta, inputs)
    return Update(delta, weight_delta, learn(weights, -weight_delta, alpha, frozen))
