"""Which examples are looked at: nested samples, drawn by a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.door import say, say_count
from model.examples import sealed

# What a window offers, as far as there are so many.
SAMPLE_SIZES = (500, 1000, 2000, 5000, 10_000, 60_000)


@dataclass(frozen=True, eq=False)
class Sample:
    """Some of an experiment's examples, in the order in which they were drawn.

    Attributes
    ----------
    examples : int64 array, shape (n,)
        Which examples they are, from 0, without repetition. The first 1,000 of a sample of
        2,000 are the sample of 1,000 of the same seed; it is therefore no bias to look at the
        first ones, and to paint them in this order hides no class behind another.
    n_examples : int
        How many there were to draw from.
    seed : int
    """

    examples: NDArray[np.int64]
    n_examples: int
    seed: int

    def __len__(self) -> int:
        return len(self.examples)

    @property
    def is_whole(self) -> bool:
        """Whether it holds every example."""
        return len(self.examples) == self.n_examples

    def rows_of(self, examples: NDArray[np.int64]) -> NDArray[np.intp]:
        """Where the given examples lie in the sample, (m,); -1 for one that it lacks."""
        rows = np.full(self.n_examples, -1, dtype=np.intp)
        rows[self.examples] = np.arange(len(self.examples))
        return rows[examples]

    def in_words(self) -> str:
        """How large it is and how it was drawn, as one sentence."""
        if self.is_whole:
            return say_count("the only example", "all {n:,} examples", self.n_examples)
        return say(
            "{n:,} of {all:,} examples, drawn at random (seed {seed}); "
            "a smaller sample is the first part of a larger one",
            n=len(self),
            all=self.n_examples,
            seed=self.seed,
        )


def draw_sample(n_examples: int, count: int, seed: int = 0) -> Sample:
    """The first ``count`` of all examples in an order that depends on the seed alone.

    Every example has the same chance, and none is drawn twice; a count beyond what there is
    takes all. Raises ValueError unless both numbers are at least 1 and the seed is not negative.
    """
    if n_examples < 1 or count < 1:
        raise ValueError(say("a sample has at least one example"))
    if seed < 0:
        raise ValueError(say("a seed is a whole number from 0"))
    order = np.random.default_rng(seed).permutation(n_examples)
    return Sample(sealed(order[:count].astype(np.int64)), n_examples, seed)
