"""The first steps of an experiment, written out as a table or as lines of JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from model.door import say
from model.experiment import Experiment
from model.path import Path, State
from model.path.saved import walked

# A table with more columns than this is not read by anyone; JSON has them all.
_MAX_WEIGHTS = 12


def states(experiment: Experiment, n_steps: int) -> Iterator[State]:
    """The first n_steps steps, fewer where the path diverges before."""
    return states_of(walked(experiment, n_steps), n_steps)


def states_of(path: Path, n_steps: int) -> Iterator[State]:
    """The first n_steps steps of a path that is so long, or goes no further."""
    # A path that can go no further still has a last state to show, though no update follows.
    shown = n_steps if path.length >= n_steps else path.length + 1
    for step in range(shown):
        yield path.state(step)


def example_number(state: State) -> int | None:
    """The example of a step as people count it, from 1; None where it is a guest."""
    return None if state.example is None else state.example + 1


def json_line(state: State) -> str:
    """One step as a JSON object, at full precision.

    A step is named by the updates made before it, from 0; an example is counted from 1, and null
    where it is a guest.
    """
    return json.dumps(
        {
            "step": state.step,
            "example": example_number(state),
            "inputs": state.inputs.tolist(),
            "targets": state.target.tolist() if state.is_labelled else None,
            "pred": state.pred.tolist(),
            "error": state.error.tolist() if state.is_labelled else None,
            "delta": state.delta.tolist() if state.is_labelled else None,
            "weights": state.weights.tolist(),
            "weight_deltas": state.used_weight_delta.tolist() if state.is_labelled else None,
        }
    )


def table(experiment: Experiment, n_steps: int) -> Iterator[str]:
    """The steps as lines of an aligned table, headings first."""
    names = [
        f"{output}<-{name}" if len(experiment.outputs) > 1 else name
        for output in experiment.outputs
        for name in experiment.inputs
    ]
    per_output = ("pred", "error", "delta")
    heads = [f"{what} {out}" for what in per_output for out in experiment.outputs]
    with_weights = len(names) <= _MAX_WEIGHTS
    if with_weights:
        heads += [f"w {name}" for name in names] + [f"weight_delta {name}" for name in names]
    widths = [max(12, len(head)) for head in heads]
    yield " step  example  " + "  ".join(
        head.rjust(width) for head, width in zip(heads, widths, strict=True)
    )
    for state in states(experiment, n_steps):
        # Without a label there is nothing to compare with.
        known = 1.0 if state.is_labelled else math.nan
        cells = [*state.pred, *(known * state.error), *(known * state.delta)]
        if with_weights:
            cells += [*state.weights.ravel(), *(known * state.used_weight_delta).ravel()]
        number = example_number(state)
        example = say("guest") if number is None else str(number)
        yield f"{state.step:5d}  {example:>7}  " + "  ".join(
            (f"{cell:.8g}" if math.isfinite(cell) else "–").rjust(width)
            for cell, width in zip(cells, widths, strict=True)
        )
