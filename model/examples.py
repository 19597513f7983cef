"""The examples a network learns from, and the order in which it visits them."""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from model.network import Floats

# By which pixels are shuffled, always in the same way; and what puts them back in order.
SHUFFLE_SEED, IN_ORDER = 1.0, -1.0

Order = Literal["first", "cycle", "shuffle"]
ORDERS: tuple[Order, ...] = get_args(Order)
Steps = NDArray[np.int64]
Order1D = NDArray[np.intp]
Array = TypeVar("Array", bound=NDArray[Any])

# Short epochs are drawn many at a time: a generator made per epoch would dominate the run.
_VISITS_PER_DRAW = 1024


class _Published:
    """Inputs (n_examples, n_inputs) in their published order, and the other order in use."""

    def __init__(self, inputs: Floats) -> None:
        self.inputs = inputs
        self._known: tuple[bytes, weakref.ref[Floats]] | None = None

    def in_order(self, order: Order1D | None) -> Floats:
        """The inputs with the columns in an order, (n_examples, n_inputs)."""
        if order is None:
            return self.inputs
        key = order.tobytes()
        kept = self._known[1]() if self._known is not None and self._known[0] == key else None
        if kept is None:
            kept = sealed(self.inputs[:, order])
            self._known = key, weakref.ref(kept)
        return kept


@dataclass(frozen=True, eq=False)
class Examples:
    """Inputs (n_examples, n_inputs) and targets (n_examples, n_outputs), never changed in place.

    An edited row is laid over the base arrays, so that editing one of 60,000 images copies
    one image and not all of them. ``published`` is set where the columns of the inputs have
    changed places since: the array as it was before.
    """

    base_inputs: Floats
    base_targets: Floats
    edited: Mapping[int, tuple[Floats, Floats]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    published: _Published | None = None

    def __post_init__(self) -> None:
        sealed(self.base_inputs)
        sealed(self.base_targets)

    def __len__(self) -> int:
        return len(self.base_inputs)

    @property
    def n_inputs(self) -> int:
        """Numbers in one example's inputs."""
        return int(self.base_inputs.shape[1])

    @property
    def n_outputs(self) -> int:
        """Numbers in one example's targets."""
        return int(self.base_targets.shape[1])

    def inputs(self, index: int) -> Floats:
        """Inputs of one example, (n_inputs,)."""
        return self.edited[index][0] if index in self.edited else self.base_inputs[index]

    def target(self, index: int) -> Floats:
        """Targets of one example, (n_outputs,)."""
        return self.edited[index][1] if index in self.edited else self.base_targets[index]

    def with_rows(self, rows: Mapping[int, tuple[Floats, Floats]]) -> Examples:
        """The same examples with the inputs and the targets of some of them replaced."""
        new = {at: (sealed(inputs), sealed(target)) for at, (inputs, target) in rows.items()}
        return replace(self, edited=MappingProxyType({**self.edited, **new}))

    def with_cells(
        self, at: Sequence[tuple[int, int]], to: Sequence[float], part: Literal[0, 1]
    ) -> Examples:
        """The same with some inputs (part 0) or targets (1) replaced; each row is copied once."""
        rows = {
            index: (self.inputs(index).copy(), self.target(index).copy())
            for index in {index for index, _ in at}
        }
        for (index, column), value in zip(at, to, strict=True):
            rows[index][part][column] = value
        return self.with_rows(rows)

    def shuffled(self, before: Order1D | None, after: Order1D | None) -> Examples:
        """The same with the columns of the inputs in another order, each (n_inputs,).

        Place i had the published column ``before[i]`` and is to have ``after[i]``; None is the
        published order itself. Twice the same order is the same array, not a copy of it.
        """
        published = self.published or _Published(self.base_inputs)
        move = moved(before, after, self.n_inputs)
        edited = {
            index: (sealed(row[move]), target) for index, (row, target) in self.edited.items()
        }
        return replace(
            self, base_inputs=published.in_order(after), edited=MappingProxyType(edited),
            published=published,
        )  # fmt: skip

    def rows(self, indices: Steps) -> tuple[Floats, Floats]:
        """Inputs (n, n_inputs) and targets (n, n_outputs) of the given examples.

        A run of neighbours comes back as a view, without a copy.
        """
        first, n = int(indices[0]), len(indices)
        if n == int(indices[-1]) - first + 1 and bool(np.all(np.diff(indices) == 1)):
            inputs = self.base_inputs[first : first + n]
            targets = self.base_targets[first : first + n]
        else:
            inputs, targets = self.base_inputs[indices], self.base_targets[indices]
        if self.edited:
            touched = np.flatnonzero(np.isin(indices, list(self.edited)))
            if len(touched):
                inputs, targets = inputs.copy(), targets.copy()
                for at in touched:
                    inputs[at], targets[at] = self.edited[int(indices[at])]
        return inputs, targets


@dataclass(frozen=True)
class Schedule:
    """Which example each step visits.

    ``first`` stays on example 0, ``cycle`` goes round in order, ``shuffle`` draws a fresh
    seeded permutation for each epoch. ``offset`` moves the whole schedule, so that a jump to
    another example goes on from there.
    """

    order: Order
    n_examples: int
    seed: int = 0
    offset: int = 0

    def indices(self, start: int, stop: int) -> Steps:
        """Example of each step in start..stop-1, as int64 (stop - start,)."""
        places = np.arange(start + self.offset, stop + self.offset, dtype=np.int64)
        if self.order == "first":
            return np.full(len(places), self.offset % self.n_examples, dtype=np.int64)
        if self.order == "cycle":
            return places % self.n_examples
        per_draw = _visits_per_draw(self.n_examples)
        visits = np.empty(len(places), dtype=np.int64)
        draws = places // per_draw
        for draw in range(int(draws[0]), int(draws[-1]) + 1) if len(places) else ():
            here = draws == draw
            visits[here] = _permutations(self.seed, draw, self.n_examples)[
                places[here] - draw * per_draw
            ]
        return visits

    def index(self, step: int) -> int:
        """Example that one step visits."""
        return int(self.indices(step, step + 1)[0])

    def moved_to(self, step: int, example: int) -> Schedule:
        """The schedule that visits ``example`` at ``step`` and goes on from there."""
        if self.order == "first":
            return replace(self, offset=example)
        if self.order == "cycle":
            return replace(self, offset=(example - step) % self.n_examples)
        start = (step + self.offset) // self.n_examples * self.n_examples - self.offset
        ahead = self.indices(start, start + self.n_examples)
        place = start + int(np.flatnonzero(ahead == example)[0])
        return replace(self, offset=self.offset + place - step)


def _visits_per_draw(n_examples: int) -> int:
    return n_examples * max(1, _VISITS_PER_DRAW // n_examples)


@lru_cache(maxsize=16)
def _permutations(seed: int, draw: int, n_examples: int) -> Steps:
    """The permutations of several epochs, end to end."""
    # A jump can move the schedule before its start; SeedSequence wants no negative numbers.
    rng = np.random.default_rng([seed, draw] if draw >= 0 else [seed, -draw, 1])
    epochs = _visits_per_draw(n_examples) // n_examples
    table = np.tile(np.arange(n_examples, dtype=np.int64), (epochs, 1))
    return sealed(rng.permuted(table, axis=1).ravel())


def pixel_order(n_inputs: int, seed: int) -> Order1D:
    """A permutation (n_inputs,) by a seed: place i of a shuffled image has pixel ``order[i]``."""
    return sealed(np.random.default_rng(seed).permutation(n_inputs))


def in_order(shuffled: Array, order: Order1D | None) -> Array:
    """Images, weights or masks (..., n_inputs) of shuffled pixels, in their published order."""
    if order is None:
        return shuffled
    ordered: Array = np.empty_like(shuffled)
    ordered[..., order] = shuffled
    return ordered


def moved(before: Order1D | None, after: Order1D | None, n_inputs: int) -> Order1D:
    """Which place each place (n_inputs,) of one order takes its pixel from, in another order."""
    places = np.arange(n_inputs) if before is None else np.argsort(before)
    return places if after is None else places[after]


def sealed(array: Array) -> Array:
    """The array itself, which no one can write into any more."""
    array.setflags(write=False)
    return array
