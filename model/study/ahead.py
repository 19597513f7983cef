"""Where a run is going, exactly: what one sweep through the examples does is an affine map.

Each step w -> w - alpha (w.x - t) x, with x set to 0 where a weight is frozen, is affine in the
weights of an output, and so is a whole sweep: w -> w A + b. Steps only move along the free parts
of the inputs; in an orthonormal basis V of these, counted from the weights of now, a sweep is

    y -> y A_V + c    with    A_V = V.T A V    and    c = what a sweep adds to the weights of now.

Where every absolute eigenvalue of A_V is below 1 the run settles into y = c (I - A_V)^-1, from
which a deviation v becomes v A_V^m after m sweeps; where one is above 1 it grows without end.
That holds for orders that repeat (first, cycle); a shuffle has no such map.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from model.network import Floats
from model.setup import Setup
from model.study.outlook import Outlook, doublings, free_parts

# A sweep is followed step by step, each step a small product.
MAX_EXAMPLES = 1_000
MAX_NUMBERS = 2_000_000


@dataclass(frozen=True, eq=False)
class _Group:
    """Outputs that share a mask: their places, V, and where they end, (n, rank) from now.

    ``powers`` are the maps of one, two, four, … sweeps, as far as they were asked for; A_V first.
    """

    outputs: NDArray[np.intp]
    basis: Floats
    powers: list[Floats]
    end: Floats


@dataclass(frozen=True, eq=False)
class Ahead(Outlook):
    """What becomes of a run in an order that repeats itself, exactly."""

    weights: Floats
    groups: tuple[_Group, ...]
    inputs: Floats
    targets: Floats

    @cached_property
    def end(self) -> float:
        """The mean error in which a run that settles ends."""
        return self._error([np.zeros_like(group.end) for group in self.groups])

    def after(self, sweeps: int) -> float:
        """The mean error after so many sweeps."""
        return self._error([
            reduce(np.matmul, doublings(group.powers, sweeps), -group.end)
            for group in self.groups
        ])  # fmt: skip

    def _error(self, left: list[Floats]) -> float:
        """The mean error where each output is so far from its end, (n, rank) for each group."""
        weights = self.weights.copy()
        for group, away in zip(self.groups, left, strict=True):
            weights[group.outputs] += (group.end + away) @ group.basis.T
        return float(((self.inputs @ weights.T - self.targets) ** 2).mean())


def can_look_ahead(setup: Setup) -> bool:
    """Whether the map of a sweep exists and is small enough to be found within a frame or two."""
    order, (n, d) = setup.schedule.order, setup.examples.base_inputs.shape
    n = 1 if order == "first" else n
    small = n <= MAX_EXAMPLES and n * d * (d + setup.examples.n_outputs) <= MAX_NUMBERS
    return order != "shuffle" and small


def look_ahead(setup: Setup, weights: Floats, step: int) -> Ahead:
    """What becomes of a run at ``step`` with these weights, (n_outputs, n_inputs).

    A guest takes the place of an example for one step, and is no part of it. Raises ValueError
    where the order does not repeat itself.
    """
    order = setup.schedule.order
    if order == "shuffle":
        raise ValueError("a shuffle has no sweep that repeats itself")
    n_steps = 1 if order == "first" else setup.schedule.n_examples
    indices = setup.schedule.indices(step, step + n_steps)
    inputs = np.array([setup.examples.inputs(int(at)) for at in indices])
    targets = np.array([setup.examples.target(int(at)) for at in indices])
    groups, growth = [], 0.0
    for outputs, free, basis in free_parts(setup, inputs):
        sweep, added = sweep_map(
            inputs, free, targets[:, outputs], weights[outputs], basis, setup.alpha
        )
        growth = max(growth, growth_of(sweep))
        end = _fixed_point(sweep, added)
        groups.append(_Group(outputs, basis, [sweep], end))
    return Ahead(growth, n_steps, weights, tuple(groups), inputs, targets)


def sweep_map(
    inputs: Floats, free: Floats, targets: Floats, weights: Floats, basis: Floats, alpha: float
) -> tuple[Floats, Floats]:
    """A_V (rank, rank) and c (n_outputs, rank) of one sweep, for outputs that share a mask.

    inputs (n, n_inputs) in the order of the steps, ``free`` the same with 0 where frozen, targets
    (n, n_outputs), weights of now (n_outputs, n_inputs), basis (n_inputs, rank).
    """
    rank = basis.shape[1]
    # Rows: how far from now along each direction of the basis, and then the weights of now.
    away = np.vstack([basis.T, np.zeros_like(weights)])
    # With an alpha far too large no number is large enough.
    with np.errstate(all="ignore"):
        for x, moving, target in zip(inputs, free, targets, strict=True):
            missing = np.concatenate([np.zeros(rank), weights @ x - target])
            away -= alpha * np.outer(away @ x + missing, moving)
        moved = away @ basis
    return moved[:rank], moved[rank:]


def growth_of(matrix: Floats) -> float:
    """The largest absolute eigenvalue of a matrix, (n, n); infinite where it is beyond numbers."""
    if not np.isfinite(matrix).all():
        return math.inf
    return float(np.abs(np.linalg.eigvals(matrix)).max(initial=0.0))


def _fixed_point(sweep: Floats, added: Floats) -> Floats:
    """y with y = y sweep + added, (n, rank); where floats find none, y = 0."""
    if not (np.isfinite(sweep).all() and np.isfinite(added).all()):
        return np.zeros_like(added)
    try:
        found = np.linalg.solve((np.eye(len(sweep)) - sweep).T, added.T).T
    except np.linalg.LinAlgError:
        return np.zeros_like(added)
    finite = bool(np.isfinite(found).all())
    return np.asarray(found, dtype=np.float64) if finite else np.zeros_like(added)
