"""The same experiment run with one alpha after another, or with one seed after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.network import MAX_ERROR, Floats, compare, predict
from model.path.descent import Descent, Products
from model.setup import Setup
from model.study.floor import mean_errors

Cancelled = Callable[[], bool]
MAX_RUNS = 200


class SweepCancelled(Exception):
    """Nobody wants the sweep any more."""


@dataclass(frozen=True)
class Run:
    """How one run of a sweep ended.

    Attributes
    ----------
    alpha : float
    seed : int
    error : float or None
        Mean over examples and outputs after ``steps``; None where the run diverged before.
    steps : int
        Steps that were made.
    """

    alpha: float
    seed: int
    error: float | None
    steps: int


def sweep(
    setup: Setup,
    weights: Floats,
    wanted: Sequence[tuple[float, int]],
    n_steps: int,
    cancelled: Cancelled = lambda: False,
    start: Callable[[int], Floats] | None = None,
) -> Iterator[Run]:
    """Run the setup from ``weights`` for each (alpha, seed), each for n_steps.

    weights (n_outputs, n_inputs). Every run is what a path of that alpha makes by itself. With
    ``start`` the seed is not that of the order, but of the weights to begin with: start(seed) ->
    (n_outputs, n_inputs). Raises ValueError for more than ``MAX_RUNS``, and SweepCancelled as soon
    as ``cancelled`` is true.
    """
    if len(wanted) > MAX_RUNS:
        raise ValueError(f"at most {MAX_RUNS} runs in one sweep")
    products: dict[int, Products] = {}
    for alpha, seed in wanted:
        run = replace(setup, alpha=alpha)
        if start is None:
            run = replace(run, schedule=replace(setup.schedule, seed=seed))
        order = run.schedule.seed
        if order not in products:
            # Of one order at a time.
            products = {order: Products()}
        descent = Descent(run, products=products[order])
        end, steps = _made(descent, weights if start is None else start(seed), n_steps, cancelled)
        error = float(mean_errors(run, end).mean()) if steps == n_steps else None
        yield Run(alpha, seed, error, steps)


def _made(
    descent: Descent, weights: Floats, n_steps: int, cancelled: Cancelled
) -> tuple[Floats, int]:
    """The weights after n_steps, or where the run diverges before, and the last step.

    As a path takes them, to the last bit, but without what a path keeps to be looked at again.
    """
    at = 0
    weights = weights + 0.0
    room = np.empty((0, len(weights)))
    while at < n_steps:
        if cancelled():
            raise SweepCancelled
        n = descent.group_steps(at)
        if len(room) < n:
            room = np.empty((n, len(weights)))
        after, taken = descent.advance(weights, at, room)
        # The first state was found good; a sum in another order may put it just beyond.
        last = at + max(taken, int(at == 0)) - 1
        if taken < n and last < n_steps:
            return descent.replay(weights, at, room[: max(0, last - at)]), last
        if at + n > n_steps:
            return descent.replay(weights, at, room[: n_steps - at]), n_steps
        weights, at = after, at + n
    # Whether a state is of any use shows in its own error.
    inputs, target = descent.setup.row(n_steps)
    with np.errstate(all="ignore"):
        error = compare(predict(weights, inputs), target).error.max()
    return weights, n_steps if error <= MAX_ERROR else n_steps - 1
