"""A prediction taken apart: what each input adds to the dot product, and what the sum means.

The prediction of one output is the dot product of the inputs and its row of weights,
score = sum(inputs * weights). Each product is a vote: for where it is above zero, against
where it is below. Added up they say how much the inputs and the weights have in common.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.network import Floats

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class DotProduct:
    """The dot product of one output: inputs, weights and products have shape (n_inputs,).

    ``score`` is the sum of the products, as the network made it.
    """

    inputs: Floats
    weights: Floats
    products: Floats
    score: float

    @classmethod
    def of(cls, inputs: Floats, weights: Floats, score: float | None = None) -> DotProduct:
        """Take a dot product apart; ``score`` is the prediction, where it was made already.

        Added in another order the same products may differ from it by rounding.
        """
        if score is None:
            score = float(weights @ inputs)
        return cls(inputs, weights, inputs * weights, score)

    @property
    def votes_for(self) -> float:
        """Sum of the products above zero."""
        return float(np.maximum(self.products, 0.0).sum())

    @property
    def votes_against(self) -> float:
        """Sum of the products below zero, itself not above zero."""
        return float(np.minimum(self.products, 0.0).sum())


@dataclass(frozen=True, eq=False)
class Groups:
    """In which order n products are added, and how many at a time.

    ``order`` (n,) is a permutation of the elements; ``ends`` (n_groups,) is how many of them
    have been added after each group, so the last is n.
    """

    order: Indices
    ends: Indices

    def __len__(self) -> int:
        return len(self.ends)

    def added(self, count: int) -> Indices:
        """The elements of the first ``count`` groups, in the order in which they are added."""
        return self.order[: self._end(count)]

    def latest(self, count: int) -> Indices:
        """The elements of the last one of the first ``count`` groups; none for a count of 0."""
        return self.order[self._end(count - 1) : self._end(count)]

    def _end(self, count: int) -> int:
        return int(self.ends[count - 1]) if count > 0 else 0


def by_element(n: int) -> Groups:
    """One product after the other."""
    return Groups(np.arange(n), np.arange(1, n + 1))


def by_row(n: int, columns: int) -> Groups:
    """A row of an image at a time; n must be a multiple of ``columns``."""
    return Groups(np.arange(n), np.arange(columns, n + 1, columns))


def largest_first(products: Floats) -> Groups:
    """One product after the other, those of the largest size first; equals stay in order."""
    n = len(products)
    return Groups(np.argsort(-np.abs(products), kind="stable"), np.arange(1, n + 1))


def running_sums(products: Floats, groups: Groups) -> Floats:
    """The sum after each group has been added: products (n,) -> (n_groups,)."""
    sums: Floats = np.cumsum(products[groups.order])[groups.ends - 1]
    return sums
