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
from functools import cached_property
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from model.network import Floats
from model.setup import Setup, distinct_rows
from model.study.ahead import EDGE, MAX_DOUBLINGS, basis_of, growth_of, sweep_map

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
class Expected:
    """What is to be expected of a run if it goes on as it is; as ``Ahead`` for one that repeats.

    ``growth`` is of the square of what is left in a sweep.
    """

    growth: float
    n_steps: int
    groups: tuple[tuple[_Moments, ...], ...]

    @property
    def settles(self) -> bool:
        """Whether the expected mean error comes to rest."""
        return self.growth < 1.0 - EDGE

    @property
    def grows(self) -> bool:
        """Whether it grows without end."""
        return self.growth > 1.0 + EDGE

    @cached_property
    def end(self) -> float:
        """The mean error, over examples and outputs, that is to be expected in the end."""
        return self._mean([m.ends for group in self.groups for m in group])

    def after(self, sweeps: int) -> float:
        """The mean error that is to be expected after so many sweeps."""
        return self._mean(self._moments_after(sweeps))

    def sweeps_until(self, error: float) -> int | None:
        """The sweeps after which it is no larger than ``error``; None if never."""
        if not self.settles:
            return None
        if self.after(0) <= error:
            return 0
        place = 0
        while self.after(2**place) > error:
            place += 1
            if place > MAX_DOUBLINGS:
                return None
        sweeps = 0
        for lower in range(place - 1, -1, -1):
            if self.after(sweeps + 2**lower) > error:
                sweeps += 2**lower
        return sweeps + 1

    def _moments_after(self, sweeps: int) -> list[Floats]:
        found = []
        for moments in (m for group in self.groups for m in group):
            now, place = moments.now, 0
            while sweeps >> place:
                if place == len(moments.powers):
                    moments.powers.append(moments.powers[-1] @ moments.powers[-1])
                if sweeps >> place & 1:
                    now = moments.powers[place] @ now
                place += 1
            found.append(now)
        return found

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
    masks, which = distinct_rows(setup.frozen)
    groups, growth = [], 0.0
    for number, mask in enumerate(masks):
        outputs = np.flatnonzero(which == number)
        free = np.where(mask, 0.0, inputs)
        basis = basis_of(free)
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
