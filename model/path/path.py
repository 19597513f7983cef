"""The path of an experiment: every step it took, any of which can be looked at again."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model import network
from model.door import say
from model.edits import Edit, EditError, apply_edit, with_edit
from model.network import MAX_ERROR, Floats
from model.path.changes import Changes
from model.path.descent import Descent, GroupCache
from model.path.memory import MAX_PATH_BYTES, MAX_STEPS, Memory, bytes_of_change
from model.path.segment import Segment
from model.path.stretches import EditList, Stretch, parting
from model.path.summaries import PART, grain_of
from model.setup import Setup

Indices = NDArray[np.intp]

# Up to this many steps a plot gets every one of them; beyond, parts summed up.
MAX_EXACT = 16 * PART
# Weights that a plot gets where it does not get every step, about; half of it at the least.
_MAX_WEIGHTS = 512


@dataclass(frozen=True, eq=False)
class State:
    """Everything there is to know about one step before its update is made.

    Shapes: inputs (n_inputs,); target, pred, delta, error (n_outputs,); weights (n_outputs,
    n_inputs). ``example`` is None while a guest is on the bench. A guest without a label has
    nothing to be learnt from: its pred stands in for its target, so that its delta is 0.
    What there is one for each weight is worked out where it is asked for, and for a single weight
    alone where no more is.  ``own_weight_delta`` (n_outputs, n_inputs) is that of a rule that
    makes it in another way.
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
    own_weight_delta: Floats | None = None

    @property
    def is_labelled(self) -> bool:
        """Whether there is a target to compare the predictions with."""
        return self.setup.is_labelled(self.step)

    @cached_property
    def weight_delta(self) -> Floats:
        """delta * input for each weight, (n_outputs, n_inputs), as if none were frozen."""
        if self.own_weight_delta is not None:
            return self.own_weight_delta
        return network.weight_deltas(self.delta, self.inputs)

    @cached_property
    def used_weight_delta(self) -> Floats:
        """weight_delta as learning uses it: 0 where frozen."""
        return np.where(self.setup.frozen, 0.0, self.weight_delta)

    @cached_property
    def change(self) -> Floats:
        """What the update adds to each weight, -alpha * weight_delta, as if none were frozen."""
        return -self.setup.alpha * self.weight_delta

    @cached_property
    def slope(self) -> Floats:
        """The slope of the error along each weight: twice its weight_delta, for delta² has a 2."""
        return 2.0 * self.weight_delta

    def weight_delta_of(self, output: int, column: int) -> float:
        """weight_delta of one weight, to the bit, without those of the others."""
        if self.own_weight_delta is not None:
            return float(self.own_weight_delta[output, column])
        return float(self.delta[output] * self.inputs[column])

    def change_of(self, output: int, column: int) -> float:
        """change of one weight."""
        return -self.setup.alpha * self.weight_delta_of(output, column)

    def slope_of(self, output: int, column: int) -> float:
        """slope along one weight."""
        return 2.0 * self.weight_delta_of(output, column)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A path as it was: enough to bring a future back after another one took its place."""

    last: Stretch
    length: int

    @property
    def nbytes(self) -> int:
        """Bytes of the checkpoints, summaries and edits it keeps alive."""
        return self.last.bytes_before + self.last.nbytes

    def nbytes_beyond(self, other: Snapshot) -> int:
        """Bytes that it keeps alive and another snapshot of the path does not."""
        first, _ = parting(self.last, other.last)
        return 0 if first is None else self.nbytes - first.bytes_before


class Path:
    """The steps from the start to the end of what has been run, with the edits between.

    A path is decided by its first setup and weights, its edits and its length; all else is
    computed, and computed alike each time. What is done to it takes no longer where there are
    many edits already. ``beside`` is a path that is kept, too: the two share the room for what
    they keep only to have it at hand.
    """

    def __init__(self, setup: Setup, weights: Floats, beside: Path | None = None) -> None:
        self.spare: tuple[Memory, GroupCache] = (
            (Memory(), GroupCache()) if beside is None else beside.spare
        )
        self._memory, self._cache = self.spare
        # A copy, with -0 as 0: an update of nothing would not keep the sign of a frozen -0.
        weights = weights + 0.0
        self._setup, self._weights = setup, weights
        self._last = self._first_stretch()
        self._changes = Changes()
        # What was looked at last: several look at it, one after the other. The segment weakly.
        self._shown: tuple[weakref.ref[Segment], State] | None = None
        self._listed = EditList(self._last)
        self.length = 0

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Every edit on the path, oldest first: to be written down, not to be compared."""
        return self._listed.of(self._last)

    @property
    def n_edits(self) -> int:
        """How many edits are on the path."""
        return self._last.n_edits

    def edits_at(self, step: int) -> tuple[Edit, ...]:
        """The edits of one step."""
        stretch = self._last.at(step)
        return stretch.edits if stretch.start == step else ()

    @property
    def edit_steps(self) -> NDArray[np.int64]:
        """The step of every edit, oldest first, (n_edits,); not to be kept."""
        return self._listed.steps_of(self._last)

    @property
    def edit_kinds(self) -> NDArray[np.int64]:
        """The place of the kind of every edit in EDIT_KINDS, (n_edits,); not to be kept."""
        return self._listed.kinds_of(self._last)

    @property
    def nbytes(self) -> int:
        """Bytes of what the path keeps: checkpoints, summaries, edits and deltas."""
        return self._memory.nbytes + sum(stretch.nbytes for stretch in self._last.back_to(0))

    @property
    def full(self) -> bool:
        """Whether the path is as long as it may be with these edits.

        That is so once what its edits and steps are counted for is beyond what a path may keep,
        whatever was looked at on the way.
        """
        return self.length >= self._furthest

    @property
    def _furthest(self) -> int:
        """The longest that the path can be with its edits."""
        longest = self._last.start + self._last.steps_within(MAX_PATH_BYTES)
        return min(longest, MAX_STEPS)

    @property
    def diverged(self) -> bool:
        """Whether it is known that one more step would carry the error beyond MAX_ERROR."""
        return self._last.segment.diverged_at == self.length

    @property
    def lacks_label(self) -> bool:
        """Whether the path ends at a guest that nobody has said what it is, and cannot go on."""
        return not self.setup.is_labelled(self.length)

    @property
    def setup(self) -> Setup:
        """The setup in force at the end of the path."""
        return self._last.segment.descent.setup

    def setup_at(self, step: int) -> Setup:
        """The setup in force at ``step``."""
        return self._segment(step).descent.setup

    def extend(self, n_steps: int) -> int:
        """Take up to n_steps more steps at the end; returns how many were taken.

        They are fewer where the path diverges or is full before, and none where a guest without
        a label is on the bench. Raises ValueError where n_steps is below zero.
        """
        if n_steps < 0:
            raise ValueError(f"cannot take {n_steps} steps")
        if self.lacks_label:
            return 0
        wanted = max(self.length, min(self.length + n_steps, self._furthest))
        segment = self._last.segment
        # One step further than asked: whether a state is of any use shows in its own delta.
        segment.compute(wanted + 1)
        if segment.diverged_at is not None:
            wanted = min(wanted, segment.diverged_at)
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
        known = self._shown
        if known is not None and known[0]() is segment and known[1].step == step:
            return known[1]
        state = self._state(segment, step)
        self._shown = weakref.ref(segment), state
        return state

    def _state(self, segment: Segment, step: int) -> State:
        setup = segment.descent.setup
        inputs, target = setup.row(step)
        weights = segment.weights_at(step)
        pred = network.predict(weights, inputs)
        if not setup.is_labelled(step):
            target = pred
        delta, error = network.compare(pred, target)
        return State(step, setup.example(step), setup, inputs, target, weights, pred, delta, error)

    def errors(self, start: int, stop: int) -> tuple[Floats, Floats]:
        """Errors of the steps start..stop-1, for a plot.

        Returns steps (n,) and errors (n, 3, n_outputs): where each part starts, and the lowest,
        mean and highest of it. Up to MAX_EXACT steps, each step is a part of its own; beyond,
        a part ends after PART steps, or a multiple of it where they are millions, or at an
        edit, and one that would reach beyond ``stop`` is left out. A step without a label has no
        error, and is left out, too. Raises ValueError where a step is not on the path.
        """
        pieces = []
        if self.lacks_label:
            stop = min(stop, self.length)
        grain = grain_of(stop - start)
        for segment, first, last in self._between(start, stop):
            if stop - start <= MAX_EXACT:
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
        to MAX_EXACT of them, else steps whose weights are kept: all of these, unless they are
        more than a plot has room for. Raises ValueError where a step is not on the path.
        """
        apart = 2 ** max(0, (max(0, stop - start) // _MAX_WEIGHTS).bit_length() - 1)
        outputs, columns = (np.array(cells, dtype=np.intp).reshape(-1, 2)).T
        steps: list[Floats] = [np.empty(0)]
        values: list[Floats] = [np.empty((0, len(cells)))]
        for segment, first, last in self._between(start, stop):
            if stop - start <= MAX_EXACT:
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
        an error beyond MAX_ERROR, and ValueError where their step is not on the path.
        """
        step = edits[0].step
        self._check(step)
        old = self._last.at(step)
        segment = old.segment
        setup, weights = segment.descent.setup, segment.weights_at(step)
        here = list(old.edits) if old.start == step else []
        for edit in edits:
            setup, weights = apply_edit(setup, weights, edit)
            here = with_edit(here, edit)
        _check_error(setup, weights, step)
        same_setup = setup is segment.descent.setup
        descent = segment.descent if same_setup else Descent(setup, self._cache)
        # What was computed far beyond belongs to the future that gives way.
        before = old.before if old.start == step else old.cut(step)
        setup_before = before.segment.descent.setup if before is not None else None
        nbytes = bytes_of_change(setup_before, setup, here)
        new = Segment(step, weights, descent, self._memory)
        self._last = Stretch(new, before, tuple(here), nbytes)
        self.length = step
        self._changes.note(step)

    def snapshot(self) -> Snapshot:
        """The path as it is now; taking it and restoring it later cost nothing."""
        return Snapshot(self._last, self.length)

    def original(self) -> Snapshot:
        """The path as it began: no edits, no steps."""
        return Snapshot(self._first_stretch(), 0)

    def _first_stretch(self) -> Stretch:
        setup = self._setup
        segment = Segment(0, self._weights, Descent(setup, self._cache), self._memory)
        return Stretch(segment, change_bytes=bytes_of_change(None, setup, ()))

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot of this path."""
        self._note_restored(snapshot.last)
        self._last = snapshot.last
        self.length = snapshot.length

    @property
    def mark(self) -> int:
        """Stands for the path as it is, to ask later what changed; more steps are no change."""
        return self._changes.mark

    def changed_since(self, mark: int) -> int | None:
        """The first step that may have other numbers than at ``mark``; None where none has."""
        return self._changes.since(mark)

    def _note_restored(self, last: Stretch) -> None:
        """Two pasts with the same segments are the same as far as these reach."""
        here, there = parting(self._last, last)
        firsts = [stretch for stretch in (here, there) if stretch is not None]
        if here is not None and there is not None and here.segment.has_steps_of(there.segment):
            # Their steps are the same until the first of the two gives way to an edit.
            nexts = (here.next_on(self._last), there.next_on(last))
            firsts = [stretch for stretch in nexts if stretch is not None]
        if firsts:
            self._changes.note(min(stretch.start for stretch in firsts))

    def _check(self, step: int) -> None:
        if not 0 <= step <= self.length:
            raise ValueError(f"step {step} is not on the path of {self.length} steps")

    def _segment(self, step: int) -> Segment:
        return self._last.at(step).segment

    def _between(self, start: int, stop: int) -> list[tuple[Segment, int, int]]:
        """The segments that cover start..stop-1, each with the steps it covers."""
        if start >= stop:
            return []
        self._check(start)
        self._check(stop - 1)
        spans = []
        end = stop
        for stretch in self._last.at(stop - 1).back_to(start):
            spans.append((stretch.segment, max(start, stretch.start), end))
            end = stretch.start
        return spans[::-1]


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
    if not error <= MAX_ERROR:
        raise EditError(
            say(
                "that would make an error of {error:.3g}, and the bench holds errors up to "
                "{limit:.0e}",
                error=error,
                limit=MAX_ERROR,
            )
        )
