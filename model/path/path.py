"""The path of an experiment: every step it took, any of which can be looked at again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from model import network
from model.edits import Edit, EditError, apply_edit, with_edit
from model.network import LARGEST_ERROR, Floats
from model.path.changes import Changes
from model.path.descent import Descent, GroupCache
from model.path.segment import DeltaStore, Segment
from model.path.summaries import PART, grain_of
from model.setup import Setup

Indices = NDArray[np.intp]

# Up to this many steps a plot gets every one of them; beyond, parts summed up.
MOST_EXACT = 16 * PART
# Weights that a plot gets where it does not get every step, about; half of it at the least.
_MOST_WEIGHTS = 512
_CHECKPOINT_BYTES = 192 * 2**20
# What Python needs around the numbers of a setup and its descent, of an edited example, and for
# its place among the edited ones.
_BYTES_OF_SETUP = 2500
_BYTES_OF_ROW = 350
_BYTES_OF_PLACE = 100


@dataclass(frozen=True, eq=False)
class State:
    """Everything there is to know about one step before its update is made.

    Shapes: inputs (n_inputs,); target, pred, delta, error (n_outputs,); weights and
    weight_delta (n_outputs, n_inputs), the latter as if nothing were frozen.
    ``example`` is None while a guest is on the bench.
    """

    step: int
    example: int | None
    setup: Setup
    inputs: Floats
    target: Floats
    weights: Floats
    pred: Floats
    delta: Floats
    error: Floats
    weight_delta: Floats

    @property
    def used_weight_delta(self) -> Floats:
        """weight_delta as learning uses it: 0 where frozen."""
        return np.where(self.setup.frozen, 0.0, self.weight_delta)

    @property
    def change(self) -> Floats:
        """What the update adds to each weight, -alpha * weight_delta, as if none were frozen."""
        return -self.setup.alpha * self.weight_delta


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A path as it was: enough to bring a future back after another one took its place."""

    segments: tuple[Segment, ...]
    edits: tuple[Edit, ...]
    length: int

    @property
    def nbytes(self) -> int:
        """Bytes of the checkpoints, summaries and edits it keeps alive."""
        return sum(segment.nbytes for segment in self.segments)


class Path:
    """The steps from the start to the end of what has been run, with the edits between.

    A path is decided by its first setup and weights, its edits and its length; all else is
    computed, and computed alike each time.
    """

    def __init__(self, setup: Setup, weights: Floats) -> None:
        self._store = DeltaStore()
        self._cache = GroupCache()
        # A copy, with -0 as 0: an update of nothing would not keep the sign of a frozen -0.
        weights = weights + 0.0
        self._setup, self._weights = setup, weights
        # Each segment holds until the next one starts, the last one to the end.
        self._segments = [Segment(0, weights, Descent(setup, self._cache), self._store)]
        self._edits: list[Edit] = []
        self._changes = Changes()
        self.length = 0

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Every edit on the path, oldest first."""
        return tuple(self._edits)

    @property
    def nbytes(self) -> int:
        """Bytes of what the path keeps: checkpoints, summaries, edits and deltas."""
        return self._store.nbytes + sum(segment.nbytes for segment in self._segments)

    @property
    def full(self) -> bool:
        """Whether the path has as many checkpoints as it may keep."""
        return sum(segment.nbytes for segment in self._segments) > _CHECKPOINT_BYTES

    @property
    def diverged(self) -> bool:
        """Whether it is known that one more step would carry the error beyond LARGEST_ERROR."""
        return self._last.diverged_at == self.length

    @property
    def setup(self) -> Setup:
        """The setup in force at the end of the path."""
        return self._last.descent.setup

    def setup_at(self, step: int) -> Setup:
        """The setup in force at ``step``."""
        return self._segment(step).descent.setup

    def extend(self, n_steps: int) -> int:
        """Take up to n_steps more steps at the end; returns how many were taken.

        Raises ValueError where n_steps is below zero.
        """
        if n_steps < 0:
            raise ValueError(f"cannot take {n_steps} steps")
        wanted = self.length + n_steps
        # One step further than asked: whether a state is of any use shows in its own delta.
        self._last.compute(wanted + 1)
        if self._last.diverged_at is not None:
            wanted = min(wanted, self._last.diverged_at)
        taken, self.length = wanted - self.length, wanted
        return taken

    def weights(self, step: int) -> Floats:
        """The weights after ``step`` updates, (n_outputs, n_inputs).

        Raises ValueError where the step is not on the path.
        """
        self._check(step)
        return self._segment(step).weights_at(step)

    def state(self, step: int) -> State:
        """The step in full: its example, weights, pred, delta, error and weight_deltas.

        Raises ValueError where the step is not on the path.
        """
        self._check(step)
        segment = self._segment(step)
        setup = segment.descent.setup
        inputs, target = setup.row(step)
        weights = segment.weights_at(step)
        pred = network.predict(weights, inputs)
        delta, error = network.compare(pred, target)
        return State(
            step, setup.example(step), setup, inputs, target, weights, pred, delta, error,
            network.weight_deltas(delta, inputs),
        )  # fmt: skip

    def errors(self, start: int, stop: int) -> tuple[Floats, Floats]:
        """Errors of the steps start..stop-1, for a plot.

        Returns steps (n,) and errors (n, 3, n_outputs): where each part starts, and the lowest,
        mean and highest of it. Up to MOST_EXACT steps, each step is a part of its own; beyond,
        a part ends after PART steps, or a multiple of it where they are millions, or at an
        edit, and one that would reach beyond ``stop`` is left out. Raises ValueError where a
        step is not on the path.
        """
        pieces = []
        grain = grain_of(stop - start)
        for segment, first, last in self._between(start, stop):
            if stop - start <= MOST_EXACT:
                exact = segment.deltas(first, last) ** 2
                steps = np.arange(first, last, dtype=np.float64)
                pieces.append((steps, np.repeat(exact[:, None, :], 3, axis=1)))
            else:
                pieces.append(segment.error_parts(first, last, last < stop, grain))
        if not pieces:
            return np.empty(0), np.empty((0, 3, len(self.setup.frozen)))
        return np.concatenate([p[0] for p in pieces]), np.concatenate([p[1] for p in pieces])

    def weight_series(
        self, cells: Sequence[tuple[int, int]], start: int, stop: int
    ) -> tuple[Floats, Floats]:
        """Some weights over the steps start..stop-1, for a plot.

        cells are (output, input). Returns steps (n,) and values (n, n_cells): every step up
        to MOST_EXACT of them, else steps whose weights are kept: all of these, unless they are
        more than a plot has room for. Raises ValueError where a step is not on the path.
        """
        apart = 2 ** max(0, (max(0, stop - start) // _MOST_WEIGHTS).bit_length() - 1)
        outputs, columns = (np.array(cells, dtype=np.intp).reshape(-1, 2)).T
        steps: list[Floats] = [np.empty(0)]
        values: list[Floats] = [np.empty((0, len(cells)))]
        for segment, first, last in self._between(start, stop):
            if stop - start <= MOST_EXACT:
                steps.append(np.arange(first, last, dtype=np.float64))
                values.append(_every_weight(segment, outputs, columns, first, last))
            else:
                kept = segment.weight_samples(first, last, apart)
                steps.append(np.array([step for step, _ in kept], dtype=np.float64))
                values.append(
                    np.array([w[outputs, columns] for _, w in kept]).reshape(-1, len(cells))
                )
        return np.concatenate(steps), np.concatenate(values)

    def edit(self, *edits: Edit) -> None:
        """Change something at the step of the edits; what came after it on the path is replaced.

        The edits, of one step, are made together: none of them is shown without the others.
        Raises EditError, with nothing changed, where an edit does not fit or they would make
        an error beyond LARGEST_ERROR, and ValueError where their step is not on the path.
        """
        step = edits[0].step
        self._check(step)
        segment = self._segment(step)
        setup, weights = segment.descent.setup, segment.weights_at(step)
        here = [old for old in self._edits if old.step == step]
        for edit in edits:
            setup, weights = apply_edit(setup, weights, edit)
            here = with_edit(here, edit)
        _check_error(setup, weights, step)
        same_setup = setup is segment.descent.setup
        descent = segment.descent if same_setup else Descent(setup, self._cache)
        kept = [old for old in self._segments if old.start < step]
        nbytes = _bytes_of_change(kept[-1].descent.setup if kept else None, setup)
        nbytes += sum(edit.nbytes for edit in here)
        self._segments = [*kept, Segment(step, weights, descent, self._store, nbytes)]
        self._edits = [*(old for old in self._edits if old.step < step), *here]
        self.length = step
        self._changes.note(step)

    def snapshot(self) -> Snapshot:
        """The path as it is now; restoring it later costs nothing."""
        return Snapshot(tuple(self._segments), self.edits, self.length)

    def original(self) -> Snapshot:
        """The path as it began: no edits, no steps."""
        first = Segment(0, self._weights, Descent(self._setup, self._cache), self._store)
        return Snapshot((first,), (), 0)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot of this path."""
        self._note_restored(snapshot)
        self._segments = list(snapshot.segments)
        self._edits = list(snapshot.edits)
        self.length = snapshot.length

    @property
    def mark(self) -> int:
        """Stands for the path as it is, to ask later what changed; more steps are no change."""
        return self._changes.mark

    def changed_since(self, mark: int) -> int | None:
        """The first step that may have other numbers than at ``mark``; None where none has."""
        return self._changes.since(mark)

    def _note_restored(self, snapshot: Snapshot) -> None:
        """Two pasts with the same segments are the same as far as these reach."""
        pairs = zip_longest(self._segments, snapshot.segments)
        here, there = next(((a, b) for a, b in pairs if a is not b), (None, None))
        starts = [segment.start for segment in (here, there) if segment is not None]
        if starts:
            self._changes.note(min(starts))

    @property
    def _last(self) -> Segment:
        return self._segments[-1]

    def _check(self, step: int) -> None:
        if not 0 <= step <= self.length:
            raise ValueError(f"step {step} is not on the path of {self.length} steps")

    def _segment(self, step: int) -> Segment:
        return self._segments[bisect_right(self._segments, step, key=_start) - 1]

    def _between(self, start: int, stop: int) -> list[tuple[Segment, int, int]]:
        """The segments that cover start..stop-1, each with the steps it covers."""
        if start < stop:
            self._check(start)
            self._check(stop - 1)
        ends = [*(segment.start for segment in self._segments[1:]), stop]
        spans = [
            (segment, max(start, segment.start), min(stop, end))
            for segment, end in zip(self._segments, ends, strict=True)
        ]
        return [(segment, first, last) for segment, first, last in spans if first < last]


def _start(segment: Segment) -> int:
    return segment.start


def _bytes_of_change(old: Setup | None, new: Setup) -> int:
    """Bytes that a setup keeps alive and the one before it on the path does not."""
    if new is old:
        return 0
    nbytes = _BYTES_OF_SETUP
    if old is None or new.frozen is not old.frozen:
        nbytes += new.frozen.nbytes
    if old is None or new.examples is not old.examples:
        known = old.examples.edited if old is not None else {}
        nbytes += sum(
            inputs.nbytes + target.nbytes + _BYTES_OF_ROW
            for index, (inputs, target) in new.examples.edited.items()
            if index not in known or known[index][0] is not inputs
        )
        nbytes += _BYTES_OF_PLACE * len(new.examples.edited)
    if new.guest is not None:
        nbytes += new.guest[1].nbytes + new.guest[2].nbytes
    return nbytes


def _every_weight(
    segment: Segment, outputs: Indices, columns: Indices, start: int, stop: int
) -> Floats:
    """The weights [outputs, columns] before each of the steps start..stop-1, (n, n_cells)."""
    setup = segment.descent.setup
    deltas = segment.deltas(start, stop - 1)[:, outputs]
    inputs = setup.columns(start, stop - 1, columns)
    change = -setup.alpha * deltas * inputs * ~setup.frozen[outputs, columns]
    first = segment.weights_at(start)[outputs, columns]
    return np.cumsum(np.vstack([first, change]), axis=0)


def _check_error(setup: Setup, weights: Floats, step: int) -> None:
    inputs, target = setup.row(step)
    error = float(network.compare(network.predict(weights, inputs), target).error.max())
    if not error <= LARGEST_ERROR:
        raise EditError(
            f"that would make an error of {error:.3g}, and the bench holds errors up to "
            f"{LARGEST_ERROR:.0e}"
        )
