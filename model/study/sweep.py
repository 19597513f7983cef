"""The same experiment run with one alpha after another, or with one seed after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.curves import alpha_zones
from model.network import Floats
from model.path import Path
from model.setup import Setup
from model.study.floor import mean_errors

Cancelled = Callable[[], bool]
MAX_RUNS = 200
# Steps between two looks at whether anybody still waits.
_PIECE = 2**14


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


def alphas_around(setup: Setup, n: int) -> Floats:
    """n alphas from far below the limit to a little beyond it, in equal ratios, (n,)."""
    limit = alpha_zones(setup).limit
    top = 1.25 * (limit if limit is not None else setup.alpha)
    return np.geomspace(top / 1000.0, top, n)


def sweep(
    setup: Setup,
    weights: Floats,
    wanted: Sequence[tuple[float, int]],
    n_steps: int,
    cancelled: Cancelled = lambda: False,
) -> Iterator[Run]:
    """Run the setup from ``weights`` for each (alpha, seed), each for n_steps.

    weights (n_outputs, n_inputs). Every run is what a path of that alpha makes by itself. Raises
    ValueError for more than ``MAX_RUNS``, and SweepCancelled as soon as ``cancelled`` is true.
    """
    if len(wanted) > MAX_RUNS:
        raise ValueError(f"at most {MAX_RUNS} runs in one sweep")
    for alpha, seed in wanted:
        schedule = replace(setup.schedule, seed=seed)
        run = replace(setup, alpha=alpha, schedule=schedule)
        path = Path(run, weights)
        while path.length < n_steps:
            if cancelled():
                raise SweepCancelled
            if not path.extend(min(_PIECE, n_steps - path.length)):
                break
        whole = path.length == n_steps
        error = float(mean_errors(run, path.weights(n_steps)).mean()) if whole else None
        yield Run(alpha, seed, error, path.length)
