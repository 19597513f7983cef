"""What a run leaves behind: chunks of deltas, each with the weights it began from.

From the deltas all else is computed: the weights at any step are those at the start of its chunk
minus alpha * deltas.T @ inputs of the steps between. Because the same steps always give the
same numbers to the last bit (see ``model.path.descent``), deltas that were let go to save memory
come back unchanged when they are asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import dataclass, field

import numpy as np

from model.examples import sealed
from model.network import Floats
from model.path.descent import Descent
from model.path.memory import (
    CHUNK,
    Memory,
    bytes_of_weights,
    bytes_per_part,
    often_sampled,
)
from model.path.summaries import PART, Parts, summarised

# Weights of so many steps are at hand, and as many are that were asked for.
_MAX_NEAR = 3


@dataclass(eq=False)
class Chunk:
    """The steps from ``start`` on, up to about CHUNK of them.

    ``weights`` (n_outputs, n_inputs) are those at its start.
    """

    start: int
    weights: Floats
    n_steps: int = 0
    deltas: Floats | None = None

    @property
    def spare_bytes(self) -> int:
        """Bytes of the deltas, which can be computed again."""
        return self.deltas.nbytes if self.deltas is not None else 0

    def let_go(self) -> None:
        """Keep no deltas."""
        self.deltas = None


@dataclass(eq=False)
class Near:
    """Weights of steps that were known last, newest first, and those that were asked for last.

    Neighbouring looks are the rule, some of them back and forth, and several look at the same
    step one after the other. ``steps`` lie by columns, and ``seen`` by rows.
    """

    start: int
    weights: Floats
    steps: deque[tuple[int, Floats]] = field(init=False)
    seen: deque[tuple[int, Floats]] = field(init=False)

    def __post_init__(self) -> None:
        self.let_go()

    @property
    def spare_bytes(self) -> int:
        """Bytes of all that are not the weights at the start."""
        kept = {id(weights) for _, weights in (*self.steps, *self.seen)}
        return len(kept - {id(self.weights)}) * bytes_of_weights(self.weights)

    def let_go(self) -> None:
        """Keep none but the weights at the start."""
        self.steps = deque([(self.start, self.weights)], maxlen=_MAX_NEAR)
        self.seen = deque(maxlen=_MAX_NEAR)

    def keep(self, step: int, weights: Floats) -> None:
        """Have weights from which those of later steps are near at hand."""
        known = next((at for at, (known, _) in enumerate(self.steps) if known == step), None)
        if known is not None:
            del self.steps[known]
        self.steps.appendleft((step, weights))

    def look(self, step: int) -> Floats | None:
        """The weights of a step that was asked for lately."""
        return next((weights for at, weights in self.seen if at == step), None)


class Segment:
    """The steps between two edits: one setup, run from one set of weights.

    It computes whole groups of blocks, so it usually knows some steps that no one has asked
    for yet. ``diverged_at``, once it is known, is the step whose update would carry the error
    beyond MAX_ERROR: the last one that can be looked at.
    """

    def __init__(self, start: int, weights: Floats, descent: Descent, memory: Memory) -> None:
        self.start = start
        self.weights = sealed(weights)
        self.descent = descent
        self.computed_to = start
        self.diverged_at: int | None = None
        # Bytes of the checkpoints and summaries; what can be let go is counted by the memory.
        self.nbytes = bytes_of_weights(weights)
        self._memory = memory
        self._chunks = [Chunk(start, weights)]
        # Full chunks are summed up, for plots that show more steps than a screen has pixels.
        self._parts = Parts(start, len(weights))
        # The weights at the starts of chunks; those of small networks at about every PART steps.
        self._samples = [(start, weights)]
        self._near = Near(start, weights)

    def nbytes_of(self, n_steps: int) -> int:
        """What so many steps count for the limit of a path, whatever was looked at."""
        return bytes_of_weights(self.weights) + n_steps // PART * bytes_per_part(self.weights)

    def steps_within(self, nbytes: int) -> int:
        """The most steps that count no more than so many bytes; 0 where not even one does."""
        left = nbytes - bytes_of_weights(self.weights)
        return (left // bytes_per_part(self.weights) + 1) * PART - 1 if left >= 0 else 0

    def has_steps_of(self, other: Segment) -> bool:
        """Whether both take the same steps from the same start, however far each is known."""
        return self.weights is other.weights and self.descent is other.descent

    def cut(self, step: int) -> Segment:
        """The same segment without the chunks after the one that ``step`` lies in.

        It is the segment itself where there are none.
        """
        n_chunks = bisect_right(self._chunks, step, key=_start)
        if n_chunks == len(self._chunks):
            return self
        cut = Segment(self.start, self.weights, self.descent, self._memory)
        cut._chunks = self._chunks[:n_chunks]
        last = cut._chunks[-1]
        cut.computed_to = last.start + last.n_steps
        cut._samples = self._samples[: bisect_left(self._samples, cut.computed_to, key=_step_of)]
        cut._parts = self._parts.until(last.start)
        cut._near.keep(cut.computed_to, self._chunks[n_chunks].weights)
        cut.nbytes += (len(cut._samples) - 1) * bytes_of_weights(self.weights) + cut._parts.nbytes
        return cut

    def compute(self, step: int) -> None:
        """Know at least the steps before ``step``, unless the path diverges before."""
        before = self.computed_to
        while self.computed_to < step and self.diverged_at is None:
            ahead = self._ahead()
            chunk = self._chunks[-1]
            if chunk.n_steps >= CHUNK:
                self._sum_up(chunk)
                chunk = Chunk(self.computed_to, self._sample(ahead))
                self._chunks.append(chunk)
            self._deltas(chunk)  # they may have been let go while others were looked at
            self._near.keep(*self._advance(chunk, ahead))
            self.computed_to = chunk.start + chunk.n_steps
            # The last weights of a full chunk are the first of the next one.
            far = self.computed_to - self._samples[-1][0] >= PART
            if often_sampled(self.weights) and far and chunk.n_steps < CHUNK:
                self._sample(self._ahead())
        if self.computed_to > before:
            self._memory.near.keep(self._near)

    def _ahead(self) -> Floats:
        """The weights after the last step that is known."""
        weights = self._replayed(self.computed_to)
        self._near.keep(self.computed_to, weights)
        return weights

    def weights_at(self, step: int) -> Floats:
        """The weights after ``step`` updates, (n_outputs, n_inputs)."""
        if step == self.start:
            return self.weights
        self.compute(step)
        near = self._near
        known = near.look(step)
        if known is not None:
            return known
        weights = sealed(np.ascontiguousarray(self._replayed(step)))
        near.seen.appendleft((step, weights))
        self._memory.near.keep(near)
        return weights

    def _replayed(self, step: int) -> Floats:
        """The weights after ``step`` updates, of which all are known, in any order in memory."""
        near = self._near
        chunk = self._chunk(step)
        deltas = self._deltas(chunk)
        known = ((at, w) for at, w in near.steps if chunk.start <= at <= step)
        at, weights = max(known, key=_step_of, default=(chunk.start, chunk.weights))
        while (group := self.descent.group_steps(at)) <= step - at:
            weights = self.descent.gone_on(
                weights, at, deltas[at - chunk.start : at - chunk.start + group]
            )
            at += group
        near.keep(at, weights)
        return self.descent.gone_on(weights, at, deltas[at - chunk.start : step - chunk.start])

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
                summary = summarised(self._deltas(last)[: len(at) * PART] ** 2)
                pieces.append((at[at >= start], summary[at >= start]))
                begun += len(at) * PART
        if cut and start <= begun < stop:
            errors = summarised(self.deltas(begun, stop) ** 2)
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
        every = max(1, apart // (PART if often_sampled(self.weights) else CHUNK))
        # The same ones while the range grows, so that what is drawn already stays as it is.
        return self._samples[-(-first // every) * every : last : every]

    def _chunk(self, step: int) -> Chunk:
        at = bisect_right(self._chunks, step, key=_start) - 1
        return self._chunks[at]

    def _deltas(self, chunk: Chunk) -> Floats:
        """The chunk's deltas, computed again if they had been let go."""
        if chunk.deltas is None:
            n_steps, chunk.n_steps = chunk.n_steps, 0
            at, weights = chunk.start, chunk.weights
            while chunk.n_steps < n_steps:
                since = slice(at - chunk.start, chunk.n_steps)
                weights = self.descent.gone_on(weights, at, _known(chunk, len(weights))[since])
                at, weights = self._advance(chunk, weights)
        self._memory.deltas.keep(chunk)
        return _known(chunk, len(self.weights))

    def _advance(self, chunk: Chunk, weights: Floats) -> tuple[int, Floats]:
        """Take one more group of steps at the end of the chunk.

        Returns the weights before the last block of the group, and the step of these.
        """
        at = chunk.start + chunk.n_steps
        wanted = self.descent.group_steps(at)
        room = _with_room(chunk, wanted, len(weights))
        begun, before, taken = self.descent.solve(weights, at, room[chunk.n_steps :])
        if taken < wanted:
            # The first state was found good; a sum in another order may put it just beyond.
            taken = max(taken, int(at == self.start))
            self.diverged_at = at + taken - 1
        chunk.n_steps += taken
        self._memory.deltas.keep(chunk)
        return at + before, begun

    def _sum_up(self, chunk: Chunk) -> None:
        """Add a full chunk to the parts."""
        errors = summarised(self._deltas(chunk)[: chunk.n_steps] ** 2)
        ends = chunk.start + PART * np.arange(1, len(errors) + 1)
        ends[-1] = chunk.start + chunk.n_steps
        self.nbytes -= self._parts.nbytes
        self._parts.add(ends, errors)
        self.nbytes += self._parts.nbytes

    def _sample(self, weights: Floats) -> Floats:
        """Keep the weights after the last step that is known; returns them as they are kept."""
        # In an array of their own: a view would take an array's room once more.
        kept = np.array(weights, order="C")
        self._samples.append((self.computed_to, kept))
        self.nbytes += bytes_of_weights(kept)
        return kept


def _step_of(known: tuple[int, Floats]) -> int:
    return known[0]


def _start(chunk: Chunk) -> int:
    return chunk.start


def _known(chunk: Chunk, n_outputs: int) -> Floats:
    """The deltas that the chunk keeps, (n, n_outputs)."""
    return np.empty((0, n_outputs)) if chunk.deltas is None else chunk.deltas


def _with_room(chunk: Chunk, more: int, n_outputs: int) -> Floats:
    """The chunk's deltas, grown so that ``more`` rows fit behind the known ones."""
    needed = chunk.n_steps + more
    if chunk.deltas is None or len(chunk.deltas) < needed:
        grown = np.empty((max(needed, min(2 * chunk.n_steps, CHUNK)), n_outputs))
        if chunk.deltas is not None:
            grown[: chunk.n_steps] = chunk.deltas[: chunk.n_steps]
        chunk.deltas = grown
    return chunk.deltas
