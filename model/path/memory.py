"""Bytes: how many a path may keep, how many it keeps, and what is let go when they are too many.

The limit of a path is counted from its edits and its length alone, so that it is the same for
whoever makes the path and for whoever reads it from a file, whatever was looked at meanwhile.
What can be computed again does not count: it has budgets of its own.
"""

from __future__ import annotations

import weakref
from collections import OrderedDict
from collections.abc import Iterable
from typing import Protocol

from model.edits import Edit
from model.network import Floats
from model.path.summaries import PART, bytes_a_part
from model.setup import Setup

# A chunk of steps has its own checkpoint.
CHUNK = 8192
MAX_PATH_BYTES = 192 * 2**20
# Numbers of steps stay exact wherever they are drawn, and no path within the bytes is longer.
MAX_STEPS = 10**9
# Networks of so few weights keep them at about every PART steps, for plots.
_MAX_WEIGHTS_SAMPLED = 1024
_DELTA_BYTES = 64 * 2**20
_NEAR_BYTES = 64 * 2**20
# What Python needs around an array that is kept: more than the numbers of a small network.
BYTES_AROUND = 250
# The same around a setup and its descent, an edited example, and its place among the edited ones.
_BYTES_OF_SETUP = 2500
_BYTES_OF_ROW = 350
_BYTES_OF_PLACE = 100


class Recomputable(Protocol):
    """Something of which a part can be let go, because the same comes of computing it again."""

    @property
    def spare_bytes(self) -> int:
        """Bytes that letting go would free."""

    def let_go(self) -> None:
        """Free them."""


class Recent:
    """Lets go of what was used longest ago once there are more bytes than the budget."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        # Weak: a future that no one can go back to takes what belongs to it along.
        self._bytes: OrderedDict[weakref.ref[Recomputable], int] = OrderedDict()
        self.nbytes = 0

    def keep(self, item: Recomputable) -> None:
        """Note that ``item`` is in use; others may be let go for it."""
        nbytes = item.spare_bytes
        if not nbytes:
            return
        reference = weakref.ref(item, self._forget)
        self._forget(reference)
        self._bytes[reference] = nbytes
        self.nbytes += nbytes
        while self.nbytes > self._budget and len(self._bytes) > 1:
            oldest = next(iter(self._bytes))
            self._forget(oldest)
            if (let_go := oldest()) is not None:
                let_go.let_go()

    def _forget(self, reference: weakref.ref[Recomputable]) -> None:
        self.nbytes -= self._bytes.pop(reference, 0)


class Memory:
    """What a path keeps only because it may be wanted again soon: deltas, and weights at hand."""

    def __init__(self, delta_bytes: int = _DELTA_BYTES, near_bytes: int = _NEAR_BYTES) -> None:
        self.deltas = Recent(delta_bytes)
        self.near = Recent(near_bytes)

    @property
    def nbytes(self) -> int:
        """Bytes of all of it."""
        return self.deltas.nbytes + self.near.nbytes


def often_sampled(weights: Floats) -> bool:
    """Whether weights are kept at about every PART steps, not only at the starts of chunks."""
    return weights.size <= _MAX_WEIGHTS_SAMPLED


def bytes_of_weights(weights: Floats) -> int:
    """Bytes of weights that are kept once."""
    return weights.nbytes + BYTES_AROUND


def bytes_per_part(weights: Floats) -> int:
    """Bytes that PART steps leave behind for good: their summary, and kept weights."""
    every = PART if often_sampled(weights) else CHUNK
    return bytes_a_part(len(weights)) + bytes_of_weights(weights) * PART // every


def bytes_of_change(old: Setup | None, new: Setup, edits: Iterable[Edit]) -> int:
    """Bytes of edits, and of what the setup keeps alive and the one before it does not."""
    nbytes = sum(edit.nbytes for edit in edits)
    if new is old:
        return nbytes
    nbytes += _BYTES_OF_SETUP
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
        nbytes += sum(part.nbytes for part in new.guest[1:] if part is not None)
    return nbytes
