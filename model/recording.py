"""What a run leaves behind: chunks of deltas, each with the weights it began from.

The deltas are the history. The weights at any step are those at the start of its chunk
minus alpha * deltas.T @ inputs of the steps between. Because the same steps always give the
same numbers to the last bit (see ``model.descent``), deltas that were let go to save memory
come back unchanged when they are asked for.
"""

from __future__ import annotations

import weakref
from bisect import bisect_right
from collections import OrderedDict, deque
from dataclasses import dataclass, field

import numpy as np

from model.descent import Descent
from model.examples import sealed
from model.network import Floats

CHUNK = 8192
# A chunk is summed up in parts, for plots that show more steps than a screen has pixels.
PART = 1024
_WEIGHTS_SAMPLED = 1024
_DELTA_BYTES = 64 * 2**20
# What Python needs around an array that is kept: more than the numbers of a small network.
_BYTES_AROUND = 250


@dataclass(eq=False)
class Chunk:
    """The steps from ``start`` on, up to about CHUNK of them.

    ``weights`` (n_outputs, n_inputs) are those at its start; ``samples`` holds the weights of
    small networks at about every PART steps; ``errors`` (n_parts, 3, n_outputs), filled when
    the chunk is full, the lowest, mean and highest error of each part.
    """

    start: int
    weights: Floats
    n_steps: int = 0
    deltas: Floats | None = None
    samples: list[tuple[int, Floats]] = field(default_factory=list)
    errors: Floats | None = None


class DeltaStore:
    """Lets go of the deltas that were looked at longest ago once there are too many bytes."""

    def __init__(self, budget: int = _DELTA_BYTES) -> None:
        self._budget = budget
        # Weak: a future that no one can go back to takes its deltas along.
        self._bytes: OrderedDict[weakref.ref[Chunk], int] = OrderedDict()
        self.nbytes = 0

    def keep(self, chunk: Chunk) -> None:
        """Note that ``chunk`` is in use; others may lose their deltas for it."""
        if chunk.deltas is None:
            return
        reference = weakref.ref(chunk, self._forget)
        self._forget(reference)
        self._bytes[reference] = chunk.deltas.nbytes
        self.nbytes += chunk.deltas.nbytes
        while self.nbytes > self._budget and len(self._bytes) > 1:
            oldest = next(iter(self._bytes))
            self._forget(oldest)
            if (let_go := oldest()) is not None:
                let_go.deltas = None

    def _forget(self, reference: weakref.ref[Chunk]) -> None:
        self.nbytes -= self._bytes.pop(reference, 0)


class Segment:
    """The steps between two edits: one setup, run from one set of weights.

    It computes whole groups of blocks, so it usually knows some steps that no one has asked
    for yet. ``diverged_at``, once it is known, is the step whose update would carry the error
    beyond LARGEST_ERROR: the last one that can be looked at.
    """

    def __init__(
        self, start: int, weights: Floats, descent: Descent, store: DeltaStore, nbytes: int = 0
    ) -> None:
        self.start = start
        self.weights = weights
        self.descent = descent
        self.computed_to = start
        self.diverged_at: int | None = None
        # Bytes of the checkpoints and summaries, and of what else was made for it; the deltas
        # are counted by their store.
        self.nbytes = nbytes + weights.nbytes + _BYTES_AROUND
        self._store = store
        self._chunks = [Chunk(start, weights)]
        self._ahead = weights
        # Neighbouring looks are the rule, some of them back and forth: weights that were known
        # last at the starts of groups, newest first.
        self._near: deque[tuple[int, Floats]] = deque([(start, weights)], maxlen=3)
        self._near_bytes = 0

    def compute(self, step: int) -> None:
        """Know at least the steps before ``step``, unless the path diverges before."""
        before = self.computed_to
        while self.computed_to < step and self.diverged_at is None:
            chunk = self._chunks[-1]
            if chunk.n_steps >= CHUNK:
                chunk.errors = self._summary(chunk)
                self.nbytes += chunk.errors.nbytes + self._ahead.nbytes + 2 * _BYTES_AROUND
                chunk = Chunk(self.computed_to, self._ahead)
                self._chunks.append(chunk)
            self._deltas(chunk)  # they may have been let go while others were looked at
            # A run looks at its end next: the weights from which that is near at hand.
            self._near.appendleft((self.computed_to, self._ahead))
            self._ahead, taken = self._advance(chunk, self._ahead)
            self.computed_to += taken
            # The last weights of a full chunk are the first of the next one.
            if self._ahead.size <= _WEIGHTS_SAMPLED and chunk.n_steps < CHUNK:
                last = chunk.samples[-1][0] if chunk.samples else chunk.start
                if self.computed_to - last >= PART:
                    chunk.samples.append((self.computed_to, self._ahead))
                    self.nbytes += self._ahead.nbytes + _BYTES_AROUND
        if self.computed_to > before:
            self._count_near()

    def weights_at(self, step: int) -> Floats:
        """The weights after ``step`` updates, (n_outputs, n_inputs)."""
        self.compute(step)
        chunk = self._chunk(step)
        deltas = self._deltas(chunk)
        known = ((at, w) for at, w in self._near if chunk.start <= at <= step)
        at, weights = max(known, key=_step_of, default=(chunk.start, chunk.weights))
        while (group := self.descent.group_steps(at)) <= step - at:
            weights = self.descent.replay(
                weights, at, deltas[at - chunk.start : at - chunk.start + group]
            )
            at += group
        if all(at != known_at for known_at, _ in self._near):
            self._near.appendleft((at, weights))
            self._count_near()
        rest = deltas[at - chunk.start : step - chunk.start]
        if len(rest):
            weights = self.descent.replay(weights, at, rest)
        return sealed(weights)

    def deltas(self, start: int, stop: int) -> Floats:
        """The deltas of steps start..stop-1, (n_steps, n_outputs)."""
        self.compute(stop)
        pieces = []
        while start < stop:
            chunk = self._chunk(start)
            here = self._deltas(chunk)[start - chunk.start : stop - chunk.start]
            pieces.append(here)
            start += len(here)
        return np.concatenate(pieces) if pieces else np.empty((0, len(self.weights)))

    def error_parts(self, start: int, stop: int, cut: bool) -> tuple[Floats, Floats]:
        """Steps (n,) and lowest, mean, highest errors (n, 3, n_outputs) of parts in a range.

        ``cut`` says whether a part that goes on beyond the range counts, as far as it lies
        inside.
        """
        self.compute(stop)
        steps, errors = [], []
        for chunk in self._overlapping(start, stop):
            summary = chunk.errors if chunk.errors is not None else self._summary(chunk)
            at = chunk.start + PART * np.arange(len(summary))
            end = at + PART
            if chunk.errors is not None:
                end[-1] = chunk.start + chunk.n_steps
            inside = (at >= start) & (end <= stop)
            steps.append(at[inside])
            errors.append(summary[inside])
            crossing = at[(at >= start) & (at < stop) & (end > stop)]
            if cut and len(crossing):
                steps.append(crossing)
                errors.append(_parts(self.deltas(int(crossing[0]), stop) ** 2))
        return np.concatenate(steps, dtype=np.float64), np.concatenate(errors)

    def weight_samples(self, start: int, stop: int) -> list[tuple[int, Floats]]:
        """Weights kept in start..stop-1 as (step, weights), oldest first."""
        self.compute(stop)
        kept = []
        for chunk in self._overlapping(start, stop):
            kept += [(chunk.start, chunk.weights), *chunk.samples]
        return [(step, weights) for step, weights in kept if start <= step < stop]

    def _count_near(self) -> None:
        """Count the weights that are near at hand: more than all else where edits are many."""
        near = {id(weights) for _, weights in self._near} | {id(self._ahead)}
        nbytes = len(near - {id(self.weights)}) * (self.weights.nbytes + _BYTES_AROUND)
        self.nbytes += nbytes - self._near_bytes
        self._near_bytes = nbytes

    def _overlapping(self, start: int, stop: int) -> list[Chunk]:
        first = max(0, bisect_right(self._chunks, start, key=_start) - 1)
        return self._chunks[first : bisect_right(self._chunks, max(start, stop - 1), key=_start)]

    def _chunk(self, step: int) -> Chunk:
        at = bisect_right(self._chunks, step, key=_start) - 1
        return self._chunks[at]

    def _deltas(self, chunk: Chunk) -> Floats:
        """The chunk's deltas, computed again if they had been let go."""
        if chunk.deltas is None:
            n_steps, chunk.n_steps = chunk.n_steps, 0
            weights = chunk.weights
            while chunk.n_steps < n_steps:
                weights, _ = self._advance(chunk, weights)
        self._store.keep(chunk)
        return np.empty((0, len(self.weights))) if chunk.deltas is None else chunk.deltas

    def _advance(self, chunk: Chunk, weights: Floats) -> tuple[Floats, int]:
        """Take one more group of steps at the end of the chunk."""
        at = chunk.start + chunk.n_steps
        wanted = self.descent.group_steps(at)
        room = _with_room(chunk, wanted, len(weights))
        weights, taken = self.descent.advance(weights, at, room[chunk.n_steps :])
        if taken < wanted:
            # The first state was found good; a sum in another order may put it a hair beyond.
            taken = max(taken, int(at == self.start))
            self.diverged_at = at + taken - 1
        chunk.n_steps += taken
        self._store.keep(chunk)
        return weights, taken

    def _summary(self, chunk: Chunk) -> Floats:
        return _parts(self._deltas(chunk)[: chunk.n_steps] ** 2)


def _parts(errors: Floats) -> Floats:
    """Lowest, mean and highest of every PART rows: (n, n_outputs) -> (n_parts, 3, n_outputs)."""
    parts = [errors[at : at + PART] for at in range(0, len(errors), PART)]
    rows = [[part.min(axis=0), part.mean(axis=0), part.max(axis=0)] for part in parts]
    return np.array(rows).reshape(len(parts), 3, errors.shape[1])


def _step_of(known: tuple[int, Floats]) -> int:
    return known[0]


def _start(chunk: Chunk) -> int:
    return chunk.start


def _with_room(chunk: Chunk, more: int, n_outputs: int) -> Floats:
    """The chunk's deltas, grown so that ``more`` rows fit behind the known ones."""
    needed = chunk.n_steps + more
    if chunk.deltas is None or len(chunk.deltas) < needed:
        grown = np.empty((max(needed, min(2 * chunk.n_steps, CHUNK)), n_outputs))
        if chunk.deltas is not None:
            grown[: chunk.n_steps] = chunk.deltas[: chunk.n_steps]
        chunk.deltas = grown
    return chunk.deltas
