"""The same experiment run with one alpha after another, or with one seed after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from model.network import Floats
from model.path import Path
from model.setup import Setup
from model.study.floor import mean_errors

Cancelled = Callable[[], bool]
MAX_RUNS = 200
# Steps between two looks at whether anybody still waits.
_PIECE = 2**12


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
    for alpha, seed in wanted:
        run = replace(setup, alpha=alpha)
        if start is None:
            run = replace(run, schedule=replace(setup.schedule, seed=seed))
        path = Path(run, weights if start is None else start(seed))
        while path.length < n_steps:
            if cancelled():
                raise SweepCancelled
            if not path.extend(min(_PIECE, n_steps - path.length)):
                break
        whole = path.length == n_steps
        error = float(mean_errors(run, path.weights(n_steps)).mean()) if whole else None
        yield Run(alpha, seed, error, path.length)
