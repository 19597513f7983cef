"""Where a run in a fresh order each epoch is going: what is to be expected of its mean error.

A sweep in an order p is y -> y A_p + c_p, as in ``model.study.ahead``. The orders of the sweeps are
drawn independently, so with z = (y, 1) and A~_p the matrix of z -> z A~_p the second moments
S = E[z.T z] become

    S -> E_p[A~_p.T S A~_p],

a linear map of S. The mean error is linear in S, too: all that ``Ahead`` tells of errors, this
tells of expected ones. Few orders are averaged one by one, of many a sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from model.network import Floats
from model.setup import Setup
from model.study.ahead import growth_of, sweep_map
from model.study.outlook import Outlook, doublings, free_parts

# All orders of so many examples are averaged; of more, so many drawn ones.
_MAX_EACH = 5
_MAX_DRAWN = 64
# Steps that are followed, over all orders.
_MAX_STEPS = 6_000
MAX_EXAMPLES = 200
# The map of the second moments has the square of (rank + 1)² numbers.
MAX_INPUTS = 10
MAX_OUTPUTS = 6


@dataclass(frozen=True, eq=False)
class _Moments:
    """The map of the second moments of outputs that share a mask, ((r+1)², (r+1)²).

    ``ends`` are the moments in the end, and ``errors`` what makes mean errors of moments:
    (n, (r+1)²) each; ``now`` are the moments of now, ((r+1)²,).
    """

    powers: list[Floats]
    ends: Floats
    errors: Floats
    now: Floats


@dataclass(frozen=True, eq=False)
class Expected(Outlook):
    """What is to be expected of a run in a fresh order each epoch.

    ``growth`` is of the square of what is left in a sweep.
    """

    groups: tuple[tuple[_Moments, ...], ...]

    @cached_property
    def end(self) -> float:
        """The mean error that is to be expected in the end."""
        return self._mean([m.ends for group in self.groups for m in group])

    def after(self, sweeps: int) -> float:
        """The mean error that is to be expected after so many sweeps."""
        return self._mean([
            reduce(lambda now, power: power @ now, doublings(m.powers, sweeps), m.now)
            for group in self.groups for m in group
        ])  # fmt: skip

    def _mean(self, found: list[Floats]) -> float:
        each = [m for group in self.groups for m in group]
        errors = [float(m.errors @ now) for m, now in zip(each, found, strict=True)]
        return max(0.0, sum(errors) / len(errors))


def can_expect(setup: Setup) -> bool:
    """Whether there are few enough examples and inputs for this to take a frame or two."""
    n, d = setup.examples.base_inputs.shape
    return (
        setup.schedule.order == "shuffle" and n <= MAX_EXAMPLES and d <= MAX_INPUTS
        and setup.examples.n_outputs <= MAX_OUTPUTS
    )  # fmt: skip


def expect(setup: Setup, weights: Floats) -> Expected:
    """What is to be expected of a shuffled run from these weights, (n_outputs, n_inputs), on."""
    n = len(setup.examples)
    inputs, targets = setup.examples.rows(np.arange(n, dtype=np.int64))
    orders = _orders(n)
    groups, growth = [], 0.0
    for outputs, free, basis in free_parts(setup, inputs):
        rank = basis.shape[1]
        maps = [np.zeros(((rank + 1) ** 2,) * 2) for _ in outputs]
        for order in orders:
            sweep, added = sweep_map(
                inputs[order], free[order], targets[np.ix_(order, outputs)], weights[outputs],
                basis, setup.alpha,
            )  # fmt: skip
            for at, shift in enumerate(added):
                whole = np.zeros((rank + 1, rank + 1))
                whole[:rank, :rank], whole[rank, :rank], whole[rank, rank] = sweep, shift, 1.0
                # vec(A.T S A) = (A (x) A).T vec(S)
                with np.errstate(all="ignore"):
                    maps[at] += np.kron(whole, whole).T / len(orders)
        found = []
        for at, output in enumerate(outputs):
            residuals = inputs @ weights[output] - targets[:, output]
            rows = np.column_stack([inputs @ basis, residuals])
            errors = (rows.T @ rows / n).ravel()
            ends, grown = _ends(maps[at])
            growth = max(growth, grown)
            now = np.zeros((rank + 1) ** 2)
            now[-1] = 1.0
            found.append(_Moments([maps[at]], ends, errors, now))
        groups.append(tuple(found))
    return Expected(growth, n, tuple(groups))


def _orders(n: int) -> list[NDArray[np.intp]]:
    if n <= _MAX_EACH:
        return [np.array(order, dtype=np.intp) for order in permutations(range(n))]
    rng = np.random.default_rng(n)
    return [rng.permutation(n) for _ in range(max(8, min(_MAX_DRAWN, _MAX_STEPS // n)))]


def _ends(whole: Floats) -> tuple[Floats, float]:
    """Where the moments end, and by what the slowest part of what is left is multiplied.

    The last moment is that of 1 with 1, and stays.
    """
    inner, constant = whole[:-1, :-1], whole[:-1, -1]
    ends = np.zeros(len(whole))
    ends[-1] = 1.0
    growth = growth_of(inner)
    if not (np.isfinite(growth) and np.isfinite(constant).all()):
        return ends, np.inf
    try:
        ends[:-1] = np.linalg.solve(np.eye(len(inner)) - inner, constant)
    except np.linalg.LinAlgError:
        growth = 1.0
    return ends, growth
