"""What a run leaves behind: chunks of deltas, each with the weights it began from.

The deltas are the history. The weights at any step are those at the start of its chunk
minus alpha * deltas.T @ inputs of the steps between. Because the same steps always give the
same numbers to the last bit (see ``model.path.descent``), deltas that were let go to save memory
come back unchanged when they are asked for.
"""

from __future__ import annotations

import weakref
from bisect import bisect_left, bisect_right
from collections import OrderedDict, deque
from dataclasses import dataclass

import numpy as np

from model.examples import sealed
from model.network import Floats
from model.path.descent import Descent
from model.path.summaries import PART, Parts, summed_up

CHUNK = 8192
_WEIGHTS_SAMPLED = 1024
_DELTA_BYTES = 64 * 2**20
# What Python needs around an array that is kept: more than the numbers of a small network.
_BYTES_AROUND = 250


@dataclass(eq=False)
class Chunk:
    """The steps from ``start`` on, up to about CHUNK of them.

    ``weights`` (n_outputs, n_inputs) are those at its start.
    """

    start: int
    weights: Floats
    n_steps: int = 0
    deltas: Floats | None = None


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
        # Full chunks are summed up, for plots that show more steps than a screen has pixels.
        self._parts = Parts(start, len(weights))
        # The weights at the starts of chunks; those of small networks at about every PART steps.
        self._samples = [(start, weights)]
        self._ahead = weights
        # Neighbouring looks are the rule, some of them back and forth: weights that were known
        # last at the starts of groups, newest first.
        self._near: deque[tuple[int, Floats]] = deque([(start, weights)], maxlen=3)
        self._near_bytes = 0
        # Several look at the same step, one after the other.
        self._seen = (start, sealed(weights))

    def compute(self, step: int) -> None:
        """Know at least the steps before ``step``, unless the path diverges before."""
        before = self.computed_to
        while self.computed_to < step and self.diverged_at is None:
            chunk = self._chunks[-1]
            if chunk.n_steps >= CHUNK:
                self._sum_up(chunk)
                chunk = Chunk(self.computed_to, self._ahead)
                self._chunks.append(chunk)
                self._sample()
            self._deltas(chunk)  # they may have been let go while others were looked at
            # A run looks at its end next: the weights from which that is near at hand.
            self._near.appendleft((self.computed_to, self._ahead))
            self._ahead, taken = self._advance(chunk, self._ahead)
            self.computed_to += taken
            # The last weights of a full chunk are the first of the next one.
            far = self.computed_to - self._samples[-1][0] >= PART
            if self._often_sampled and far and chunk.n_steps < CHUNK:
                self._sample()
        if self.computed_to > before:
            self._count_near()

    def weights_at(self, step: int) -> Floats:
        """The weights after ``step`` updates, (n_outputs, n_inputs)."""
        self.compute(step)
        if step == self._seen[0]:
            return self._seen[1]
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
        rest = deltas[at - chunk.start : step - chunk.start]
        if len(rest):
            weights = self.descent.replay(weights, at, rest)
        self._seen = (step, sealed(weights))
        self._count_near()
        return weights

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

    def error_parts(
        self, start: int, stop: int, cut: bool, grain: int = 0
    ) -> tuple[Floats, Floats]:
        """Steps (n,) and lowest, mean, highest errors (n, 3, n_outputs) of parts in a range.

        ``cut`` says whether a part that goes on beyond the range counts, as far as it lies
        inside; ``grain`` how coarse the parts may be, see ``Parts``.
        """
        self.compute(stop)
        pieces = self._parts.between(start, stop, grain)
        begun = self._parts.begun_before(stop)
        last = self._chunks[-1]
        if begun == last.start:
            # It is not full, and not summed up yet.
            at = np.arange(begun, stop - PART + 1, PART)
            if len(at):
                summary = summed_up(self._deltas(last)[: len(at) * PART] ** 2)
                pieces.append((at[at >= start], summary[at >= start]))
                begun += len(at) * PART
        if cut and start <= begun < stop:
            errors = summed_up(self.deltas(begun, stop) ** 2)
            pieces.append((np.array([begun]), errors))
        if not pieces:
            return np.empty(0), np.empty((0, 3, len(self.weights)))
        steps = np.concatenate([piece[0] for piece in pieces], dtype=np.float64)
        return steps, np.concatenate([piece[1] for piece in pieces])

    def weight_samples(self, start: int, stop: int, apart: int = 0) -> list[tuple[int, Floats]]:
        """Weights kept in start..stop-1 as (step, weights), oldest first.

        Some are left out where they are closer to each other than about ``apart`` steps.
        """
        self.compute(stop)
        first, last = (bisect_left(self._samples, step, key=_step_of) for step in (start, stop))
        every = max(1, apart // (PART if self._often_sampled else CHUNK))
        # The same ones while the range grows, or else a plot would tremble.
        return self._samples[-(-first // every) * every : last : every]

    def _count_near(self) -> None:
        """Count the weights that are near at hand: more than all else where edits are many."""
        near = {id(weights) for _, weights in (*self._near, self._seen)} | {id(self._ahead)}
        nbytes = len(near - {id(self.weights)}) * (self.weights.nbytes + _BYTES_AROUND)
        self.nbytes += nbytes - self._near_bytes
        self._near_bytes = nbytes

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

    def _sum_up(self, chunk: Chunk) -> None:
        """Add a full chunk to the parts."""
        errors = summed_up(self._deltas(chunk)[: chunk.n_steps] ** 2)
        ends = chunk.start + PART * np.arange(1, len(errors) + 1)
        ends[-1] = chunk.start + chunk.n_steps
        self.nbytes -= self._parts.nbytes
        self._parts.add(ends, errors)
        self.nbytes += self._parts.nbytes

    @property
    def _often_sampled(self) -> bool:
        return self.weights.size <= _WEIGHTS_SAMPLED

    def _sample(self) -> None:
        """Keep the weights after the last step that is known."""
        self._samples.append((self.computed_to, self._ahead))
        self.nbytes += self._ahead.nbytes + _BYTES_AROUND


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
