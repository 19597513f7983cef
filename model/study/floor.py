"""The least error that any weights could reach on the examples: linear least squares.

The mean error of one output over the examples is a quadratic function of its weights; where the
normal equations hold it is smallest (Gauss, Legendre). It is 0 only where some weights fit every
example.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.network import Floats, Mask
from model.setup import Setup

# Solving takes about so many multiplications: n_examples * n_inputs * n_inputs.
MAX_WORK = 400_000_000


@dataclass(frozen=True, eq=False)
class Floor:
    """Least mean errors over the examples, each (n_outputs,).

    Attributes
    ----------
    held : numpy.ndarray
        With the frozen weights where they are.
    free : numpy.ndarray
        With no weight frozen; ``held`` is never below it.
    with_constant : numpy.ndarray
        With no weight frozen and one more input that is always 1.
    """

    held: Floats
    free: Floats
    with_constant: Floats


def visited(setup: Setup) -> tuple[Floats, Floats]:
    """Inputs (n, n_inputs) and targets (n, n_outputs) of the examples that steps visit."""
    n = len(setup.examples)
    indices = np.arange(n, dtype=np.int64)
    if setup.schedule.order == "first":
        indices = indices[[setup.schedule.index(0)]]
    return setup.examples.rows(indices)


def is_quick(setup: Setup) -> bool:
    """Whether the floor is found within a few frames."""
    n, d = len(setup.examples), setup.examples.n_inputs
    return n * d * min(n, d) <= MAX_WORK


def mean_errors(setup: Setup, weights: Floats) -> Floats:
    """Mean error of each output over the examples that are visited, (n_outputs,)."""
    inputs, targets = visited(setup)
    means: Floats = ((inputs @ weights.T - targets) ** 2).mean(axis=0)
    return means


def floor(setup: Setup, weights: Floats) -> Floor:
    """The least errors for the examples and the frozen weights of a setup.

    weights (n_outputs, n_inputs) says where the frozen ones are held.
    """
    inputs, targets = visited(setup)
    everything = np.zeros(inputs.shape[1], dtype=np.bool_)
    with_one = np.column_stack([inputs, np.ones(len(inputs))])
    free = np.array([_least(inputs, t, everything, None) for t in targets.T])
    one = np.zeros(inputs.shape[1] + 1, dtype=np.bool_)
    with_constant = np.array([_least(with_one, t, one, None) for t in targets.T])
    held = np.array(
        [
            _least(inputs, target, mask, row) if mask.any() else least
            for target, mask, row, least in zip(targets.T, setup.frozen, weights, free, strict=True)
        ]
    )
    return Floor(np.maximum(held, free), free, np.minimum(with_constant, free))


def _least(inputs: Floats, target: Floats, frozen: Mask, weights: Floats | None) -> float:
    """The least mean error of one output, (n, n_inputs) and (n,), with some weights held."""
    rest = target if weights is None else target - inputs[:, frozen] @ weights[frozen]
    free = inputs[:, ~frozen]
    if not free.shape[1]:
        return float((rest**2).mean())
    found, *_ = np.linalg.lstsq(free, rest, rcond=None)
    return float(((free @ found - rest) ** 2).mean())
