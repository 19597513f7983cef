"""What plots and tables show of a run that is not on the bench: computed once, then kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.experiment import Pin
from model.network import Floats
from model.path.readable import ReadablePath
from model.path.saved import new_path
from model.path.step_series import Follower, StepSeries, error_series, weight_series
from model.path.summaries import PART
from model.pins.facts import Facts, facts_of
from model.pins.run import replayed
from model.setup import Setup

Cells = tuple[tuple[int, int], ...]
# So many errors have lines of their own in a plot, as those of the run on the bench.
MAX_LINES = 4
# Of a network of so few weights all are kept, whichever are chosen.
MAX_CELLS = 24
# Examples at a time where the error over all of them is worked out: numbers in them.
_NUMBERS_A_SLICE = 2**20
_NUMBERS_AT_ONCE = 2**12
# A run has converged where it has so little of its weights' size left to go.
_NEAR = 1e-6
_ROUNDING = 4.0 * float(np.finfo(np.float64).eps)

How = Literal["diverged", "converged", "moving"]


@dataclass(frozen=True)
class Ending:
    """How a run ended.

    Attributes
    ----------
    steps : int
        The last step that can be looked at.
    error : float
        The mean over all examples that are visited and over all outputs, by the last weights.
    how : str
        "diverged" where one more step is beyond any use, "converged" where the weights hardly
        move from one pass over the examples to the next and will not, "moving" otherwise.
    """

    steps: int
    error: float
    how: How


@dataclass(frozen=True)
class Ghost:
    """A run for plots: lines over its steps, how it ended, and what it was made of.

    ``errors`` has a line for each output, or for their mean where these are more than
    ``MAX_LINES``; ``weights`` one for each of ``cells``.
    """

    errors: StepSeries
    weights: StepSeries
    cells: Cells
    ending: Ending
    facts: Facts


def cells_kept(pin: Pin, chosen: Cells) -> Cells:
    """The weights whose lines are kept: all of few, or else those of the chosen that it has."""
    shape = pin.base.weights.shape
    if pin.base.weights.size <= MAX_CELLS:
        return tuple((row, column) for row, column in np.ndindex(shape))
    return tuple(cell for cell in chosen if cell[0] < shape[0] and cell[1] < shape[1])


def ghost_of(pin: Pin, cells: Cells) -> Iterator[Ghost | None]:
    """Make the run again, a piece of some milliseconds at a time: None, and the ghost at last.

    Raises ExperimentError where the edits of the pin cannot be made again.
    """
    path = new_path(pin.base)
    for _ in replayed(path, pin.edits, pin.length):
        yield None
    yield None
    last = path.length + 1
    errors = Follower(error_series, tail=PART).series(path, 0, last)
    if errors.mean.shape[1] > MAX_LINES:
        errors = errors.averaged()
    yield None
    weights = Follower(weight_series(cells)).series(path, 0, last)
    yield None
    found = 0.0
    for error in mean_error(path.setup, path.weights(path.length)):
        found = error
        yield None
    ending = Ending(path.length, found, how_ended(path))
    yield Ghost(errors, weights, cells, ending, facts_of(pin.base, path))


def mean_error(setup: Setup, weights: Floats) -> Iterator[float]:
    """The mean error over the examples that are visited, (n_outputs, n_inputs) -> a number.

    Each value is that of the examples so far; the last one is that of all of them.
    """
    n = len(setup.examples)
    if setup.schedule.order == "first":
        inputs, targets = setup.examples.rows(setup.schedule.indices(0, 1))
        yield float(((inputs @ weights.T - targets) ** 2).mean())
        return
    rows, total = max(1, _NUMBERS_A_SLICE // setup.examples.n_inputs), 0.0
    for start in range(0, n, rows):
        stop = min(start + rows, n)
        inputs, targets = setup.examples.rows(np.arange(start, stop, dtype=np.int64))
        total += float(((inputs @ weights.T - targets) ** 2).sum())
        yield total / (stop * len(weights))


def how_ended(path: ReadablePath) -> How:
    """Whether a path diverged, has converged, or is still on its way.

    From pass to pass over the examples weights come near their last values by about the same
    factor r < 1; if the last pass moved them by d, d * r / (1 - r) is left.
    """
    if path.diverged:
        return "diverged"
    schedule, last = path.setup.schedule, path.length
    n = 1 if schedule.order == "first" else schedule.n_examples
    edited = int(path.edit_steps[-1]) if path.n_edits else 0
    if last - 2 * n < edited:
        return "moving"
    before, middle, end = (path.weights(last - passes * n) for passes in (2, 1, 0))
    moved_before, moved = (float(np.linalg.norm(d)) for d in (middle - before, end - middle))
    size = float(np.linalg.norm(end)) or 1.0
    if moved <= _ROUNDING * size:
        return "converged"
    left = moved * moved / (moved_before - moved) if moved < moved_before else np.inf
    return "converged" if left <= _NEAR * size else "moving"


def present(path: ReadablePath, at_rest: bool) -> Ending | None:
    """How the run on the bench stands now; None where that takes too long to find.

    ``at_rest`` says that nothing goes on: then it may take a frame, and no part of one otherwise.
    """
    setup = path.setup
    n_numbers = len(setup.examples) * setup.examples.n_inputs
    if n_numbers > (_NUMBERS_A_SLICE if at_rest else _NUMBERS_AT_ONCE):
        return None
    *_, error = mean_error(setup, path.weights(path.length))
    return Ending(path.length, error, how_ended(path))
