"""Weights to begin with: zeros, all the same, or random ones that a seed brings again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from model.door import say
from model.edits import MAX_NUMBER
from model.network import Floats
from model.words import numbers

StartKind = Literal["zeros", "value", "even", "normal"]
START_KINDS: tuple[StartKind, ...] = get_args(StartKind)
RANDOM: tuple[StartKind, ...] = ("even", "normal")
MAX_SEED = 2**63 - 1
# A normal number is hardly ever so many standard deviations away, and then it is cut off.
_MAX_DEVIATIONS = 20.0


@dataclass(frozen=True)
class StartWeights:
    """How the weights of a network are chosen all at once.

    Attributes
    ----------
    kind : str
        "zeros"; "value": all are ``amount``; "even": each anywhere from -amount to amount;
        "normal": of mean 0 and standard deviation ``amount``.
    amount : float
        Above 0 for the random kinds.
    seed : int
        From 0; the same seed gives the same weights to the same network.
    """

    kind: StartKind = "zeros"
    amount: float = 0.0
    seed: int = 0

    def made(self, n_outputs: int, n_inputs: int) -> Floats:
        """The weights, (n_outputs, n_inputs)."""
        shape = (n_outputs, n_inputs)
        if self.kind not in RANDOM:
            return np.full(shape, self.amount + 0.0 if self.kind == "value" else 0.0)
        chance = np.random.default_rng(self.seed)
        if self.kind == "even":
            return chance.uniform(-1.0, 1.0, shape) * self.amount
        far = _MAX_DEVIATIONS
        return np.clip(chance.standard_normal(shape), -far, far) * self.amount

    @property
    def words(self) -> str:
        """What was done with the weights, for undo and the marks on the time line."""
        if self.kind == "zeros":
            return say("all weights 0")
        if self.kind == "value":
            return say("all weights {value}", value=numbers.plain(self.amount))
        return say("random weights, seed {seed}", seed=self.seed)


def amount_of(text: str, kind: StartKind) -> float:
    """The amount that a text says for a kind of weights.

    Raises ValueError with one sentence where it is none.
    """
    if kind == "zeros":
        return 0.0
    value = numbers.parse(text)
    most = MAX_NUMBER / _MAX_DEVIATIONS if kind == "normal" else MAX_NUMBER
    if kind in RANDOM and not value > 0.0:
        raise ValueError(say("random weights need a range above zero"))
    if not abs(value) <= most:
        raise ValueError(say("{value} is too large: at most {most:,.0f} can be",
                             value=numbers.plain(value), most=most))  # fmt: skip
    return value


def seed_of(text: str) -> int:
    """The seed that a text says. Raises ValueError with one sentence where it is none."""
    value = numbers.parse(text)
    plain = numbers.in_plain_letters(text).strip()
    # As it is written: a float would lose the last digits of a long one.
    seed = int(plain) if plain.isascii() and plain.isdigit() else value
    if not (math.isfinite(value) and seed == int(seed) and 0 <= seed <= MAX_SEED):
        raise ValueError(say("a seed is a whole number from 0 to {most:,}", most=MAX_SEED))
    return int(seed)
