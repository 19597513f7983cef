"""What a sweep is asked: which numbers are tried, and how far each run goes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np

from model.curves import AlphaZones
from model.door import mark, say
from model.edits import MAX_NUMBER, Edit
from model.network import Floats
from model.path.readable import ReadablePath
from model.setup import Setup
from model.starting.weights import StartWeights
from model.study.sweep import MAX_RUNS

SweepKind = Literal["alpha", "order", "start"]
SWEEP_KINDS: tuple[SweepKind, ...] = get_args(SweepKind)
WHOLE_NUMBERS = ("seed", "count", "steps")
MAX_SWEEP_STEPS = 10_000_000
MAX_SEED = 999_999_999
_MIN_RUNS, _USUAL_RUNS, _USUAL_SEEDS = 2, 25, 10
_USUAL_STEPS = 20
# From so far below the limit of alpha to a little beyond it.
_BELOW, _BEYOND = 1000.0, 1.25
# Edits at the start that a run of a sweep does not have, whatever is swept: what is visited first
# and what is on the bench for that one step are no part of what is learned.
_LEFT_OUT = ("visit", "guest")
_REPLACED = {"alpha": ("alpha",), "order": (), "start": ("weights",)}


@dataclass(frozen=True)
class Question:
    """A sweep over alphas, over seeds of the order, or over seeds of random starting weights.

    Attributes
    ----------
    kind : str
        "alpha", "order" or "start".
    low, high : float
        The first and the last alpha.
    even : bool
        Whether alphas lie equally far apart, rather than in equal ratios.
    seed : int
        The first seed; the others follow it one by one.
    amount : float
        Random starting weights lie anywhere from -amount to amount.
    count : int
        How many runs there are.
    steps : int
        How many steps each of them takes.
    """

    kind: SweepKind
    low: float
    high: float
    even: bool
    seed: int
    amount: float
    count: int
    steps: int

    def with_number(self, name: str, value: float) -> Question:
        """The same with another number, whole where it has to be; ``name`` is its attribute."""
        changed: dict[str, Any] = {name: round(value) if name in WHOLE_NUMBERS else value}
        return replace(self, **changed)

    @property
    def fault(self) -> str:
        """What is wrong with it, in one sentence; empty where nothing is."""
        for is_wrong, sentence in (
            (not _MIN_RUNS <= self.count <= MAX_RUNS,
             say("A sweep has {least} to {most} runs.", least=_MIN_RUNS, most=MAX_RUNS)),
            (not 1 <= self.steps <= MAX_SWEEP_STEPS,
             say("A run of a sweep takes 1 to {most:,} steps.", most=MAX_SWEEP_STEPS)),
        ):  # fmt: skip
            if is_wrong:
                return sentence
        return self._fault_of_alphas if self.kind == "alpha" else self._fault_of_seeds

    @property
    def _fault_of_alphas(self) -> str:
        if not 0.0 < self.low < self.high <= MAX_NUMBER:
            return say("Alphas go from a number above zero to a larger one: change “from” or “to”.")
        if len(set(self.values)) < self.count:
            return say("So many alphas do not fit between the two: take fewer, or a wider range.")
        return ""

    @property
    def _fault_of_seeds(self) -> str:
        if not 0 <= self.seed <= MAX_SEED:
            return say("A seed is a whole number from 0 to {most:,}.", most=MAX_SEED)
        if self.kind == "start" and not 0.0 < self.amount <= MAX_NUMBER:
            return say("Random weights need a range above zero.")
        return ""

    @property
    def values(self) -> list[float]:
        """The alphas, or the seeds."""
        if self.kind != "alpha":
            return [float(seed) for seed in range(self.seed, self.seed + self.count)]
        space = np.linspace if self.even else np.geomspace
        found: list[float] = space(self.low, self.high, self.count).tolist()
        # As they were typed: rounding would put the ends a little beside them.
        return [self.low, *found[1:-1], self.high]

    def wanted(self, alpha: float, seed: int) -> list[tuple[float, int]]:
        """The (alpha, seed) of each run; those that are not swept are as given."""
        if self.kind == "alpha":
            return [(value, seed) for value in self.values]
        return [(alpha, int(value)) for value in self.values]

    def weights(self, value: float, shape: tuple[int, int]) -> Floats:
        """The random starting weights of a seed, (n_outputs, n_inputs), as wide as asked for."""
        return StartWeights("even", self.amount, int(value)).made(*shape)

    def edits(self, value: float, first: Sequence[Edit], shape: tuple[int, int]) -> list[Edit]:
        """The edits at step 0 that make a run of the sweep; ``first`` are those that are there.

        The seed of an order is no edit: it is a matter of the experiment.
        """
        gone = (*_LEFT_OUT, *_REPLACED[self.kind])
        edits = [edit for edit in first if edit.kind not in gone]
        if self.kind == "alpha":
            edits.append(Edit(0, "alpha", (value,)))
        elif self.kind == "start":
            weights = self.weights(value, shape)
            at = tuple((row, column) for row, column in np.ndindex(shape))
            edits.append(Edit(0, "weights", tuple(weights.ravel().tolist()), at))
        return edits


KIND_NAMES = {
    "alpha": mark("alpha"),
    "order": mark("seed of the order"),
    "start": mark("seed of the start"),
}


def usual(kind: SweepKind, setup: Setup, zones: AlphaZones, length: int) -> Question:
    """What is asked where nobody asked for anything else."""
    top = _BEYOND * (zones.limit if zones.limit is not None else setup.alpha)
    top = min(float(f"{top:.3g}"), MAX_NUMBER)
    n = setup.schedule.n_examples
    around = 1 if setup.schedule.order == "first" else n
    steps = length or around * math.ceil(_USUAL_STEPS / around)
    count = _USUAL_RUNS if kind == "alpha" else _USUAL_SEEDS
    return Question(
        kind, low=float(f"{top / _BELOW:.3g}"), high=top, even=False, seed=0, amount=1.0,
        count=count, steps=min(steps, MAX_SWEEP_STEPS),
    )  # fmt: skip


def kinds_of(setup: Setup) -> tuple[SweepKind, ...]:
    """What can be swept: the seed of the order only where there is one."""
    shuffled = setup.schedule.order == "shuffle"
    return tuple(kind for kind in SWEEP_KINDS if kind != "order" or shuffled)


def start_of(path: ReadablePath) -> tuple[Setup, Floats]:
    """What every run of a sweep begins with: the start of a path, with the edits made there."""
    setup = path.setup_at(0)
    schedule = replace(setup.schedule, offset=0)
    return replace(setup, schedule=schedule, guest=None), path.weights(0)


def same_start(question: Question, one: tuple[Setup, Floats], other: tuple[Setup, Floats]) -> bool:
    """Whether a sweep from one start has the runs that it would have from another."""
    (a, before), (b, after) = one, other
    return (
        a.examples is b.examples
        and (question.kind == "order" or a.schedule.seed == b.schedule.seed)
        and a.schedule.order == b.schedule.order
        and (question.kind == "alpha" or a.alpha == b.alpha)
        and np.array_equal(a.frozen, b.frozen)
        and (question.kind == "start" or np.array_equal(before, after))
    )
