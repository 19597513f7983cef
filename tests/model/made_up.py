"""Experiments and edits that are made up for tests, and how far a path is from the plain loop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from hypothesis import strategies as st

from model.edits import EDIT_KINDS, Edit
from model.examples import Examples, Order, Schedule
from model.experiment import Experiment
from model.network import Floats
from model.path import Path, State
from model.setup import Setup
from tests.model.reference import Bench, Step


def made_up(
    n_examples: int = 5,
    order: Order = "cycle",
    *,
    shape: tuple[int, int] = (2, 3),
    reach: float = 0.5,
    frozen: float = 0.0,
    seed: int = 0,
) -> tuple[Setup, Floats]:
    """A setup of normally distributed numbers with its weights, (n_outputs, n_inputs) = shape.

    ``reach`` is alpha times the largest s of any example visited, so that 2 is the limit of alpha;
    ``frozen`` is the share of frozen weights.
    """
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(n_examples, shape[1]))
    targets = rng.normal(size=(n_examples, shape[0]))
    mask = rng.random(shape) < frozen
    visited = inputs[:1] if order == "first" else inputs
    largest_sum = float((visited**2 @ ~mask.T).max())
    examples, schedule = Examples(inputs, targets), Schedule(order, n_examples, seed)
    return Setup(examples, schedule, reach / (largest_sum or 1.0), mask), rng.normal(size=shape)


def experiment_of(
    inputs: Sequence[Sequence[float]],
    targets: Sequence[Sequence[float]],
    weights: Sequence[Sequence[float]],
    alpha: float = 0.01,
    order: Order = "first",
    frozen: Sequence[Sequence[bool]] | None = None,
) -> Experiment:
    """An experiment of these numbers; its inputs are called in 1, in 2 ..., its outputs alike."""
    w = np.array(weights, dtype=np.float64)
    mask = np.zeros(w.shape, dtype=np.bool_) if frozen is None else np.array(frozen, dtype=np.bool_)
    examples = Examples(np.array(inputs, dtype=np.float64), np.array(targets, dtype=np.float64))
    setup = Setup(examples, Schedule(order, len(examples)), alpha, mask)
    names_in = tuple(f"in {i + 1}" for i in range(w.shape[1]))
    names_out = tuple(f"out {i + 1}" for i in range(w.shape[0]))
    return Experiment("made up", "", names_in, names_out, setup, w)


def bench_of(setup: Setup, weights: Floats) -> Bench[float]:
    """The experiment in lists, for the plain loop."""
    examples = setup.examples
    rows = [
        (examples.inputs(i).tolist(), examples.target(i).tolist()) for i in range(len(examples))
    ]
    return Bench(
        [inputs for inputs, _ in rows],
        [target for _, target in rows],
        weights.tolist(),
        setup.frozen.tolist(),
        setup.alpha,
    )


def states(path: Path) -> list[State]:
    """Every state of a path."""
    return [path.state(step) for step in range(path.length + 1)]


def difference(found: list[State], steps: list[Step[float]]) -> float:
    """The largest difference of a number, relative to the largest along the path.

    Weights are held against the largest weight; pred and delta against the largest pred or
    target, because delta is the small rest of both once the path has settled.
    """
    ours = {
        name: np.array([getattr(state, name) for state in found])
        for name in ("weights", "pred", "delta", "target")
    }
    theirs = {
        name: np.array([getattr(step, name) for step in steps])
        for name in ("weights", "pred", "delta")
    }
    largest_pred = max(np.abs(theirs["pred"]).max(), np.abs(ours["target"]).max())
    largest = {"weights": np.abs(theirs["weights"]).max(), "pred": largest_pred}
    return max(
        float(np.abs(ours[name] - theirs[name]).max() / (largest.get(name, largest_pred) or 1.0))
        for name in theirs
    )


def check_products(found: list[State]) -> None:
    """Check that error and weight_delta are the products that they are said to be."""
    for state in found:
        delta, inputs = state.delta.tolist(), state.inputs.tolist()
        assert state.error.tolist() == [d * d for d in delta]
        assert state.weight_delta.tolist() == [[d * x for x in inputs] for d in delta]


def bits(path: Path, steps: Iterable[int] | None = None) -> bytes:
    """All numbers of a path's states, or of some of them, to the last bit."""
    looked_at = (path.state(step) for step in (range(path.length + 1) if steps is None else steps))
    return b"".join(
        array.tobytes()
        for state in looked_at
        for array in (state.inputs, state.target, state.weights, state.pred, state.delta)
    )


_NUMBERS = st.one_of(st.integers(-2, 2).map(float), st.floats(-2.0, 2.0))


@st.composite
def edits(
    draw: st.DrawFn, setup: Setup, step: int, kinds: tuple[str, ...] = tuple(EDIT_KINDS)
) -> Edit:
    """Any edit that fits the setup, at the given step."""
    kind = draw(st.sampled_from(kinds))
    examples = setup.examples
    n_outputs, n_inputs = setup.frozen.shape
    if kind == "alpha":
        return Edit(step, kind, (setup.alpha * draw(st.floats(0.1, 1.5)),))
    if kind == "visit":
        return Edit(step, kind, (float(draw(st.integers(0, len(examples) - 1))),))
    if kind == "pixels":
        return Edit(step, kind, (float(draw(st.integers(-1, 3))),))
    if kind == "guest":
        row = st.lists(_NUMBERS, min_size=n_inputs + n_outputs, max_size=n_inputs + n_outputs)
        return Edit(step, kind, tuple(draw(row)))
    rows = n_outputs if kind in ("weights", "frozen") else len(examples)
    columns = n_outputs if kind == "targets" else n_inputs
    cell = st.tuples(st.integers(0, rows - 1), st.integers(0, columns - 1))
    cells = draw(st.lists(cell, min_size=1, max_size=3, unique=True))
    values = st.sampled_from((0.0, 1.0)) if kind == "frozen" else _NUMBERS
    return Edit(step, kind, tuple(draw(values) for _ in cells), tuple(cells))


def replayed(path: Path, start: Path) -> Path:
    """The path that the edits and the length of another one lead to from a fresh start."""
    for edit in path.edits:
        start.extend(edit.step - start.length)
        start.edit(edit)
    start.extend(path.length - start.length)
    return start
