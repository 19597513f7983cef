"""How strongly t-SNE pulls two examples together: neighbours within a perplexity.

Source: L. van der Maaten and G. Hinton, "Visualizing data using t-SNE", Journal of Machine Learning
Research 9, 2008, section 2; only the 3 * perplexity nearest are looked at, as in L. van der Maaten,
"Accelerating t-SNE using tree-based algorithms", 2014.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.image_space.layouts.neighbours import Neighbours
from model.image_space.portions import Portions, part
from model.network import Floats

# Halvings of the interval of log(beta); 2e-12 of it is left.
_HALVINGS = 45
_ROWS = 512


class Affinities(NamedTuple):
    """A sparse symmetric matrix P (n, n) of sum 1, row by row.

    Attributes
    ----------
    columns : intp array, shape (m,)
        Column of each entry; within a row they rise.
    values : float64 array, shape (m,)
    starts : intp array, shape (n,)
        Where each row begins; none is empty.
    """

    columns: NDArray[np.intp]
    values: Floats
    starts: NDArray[np.intp]

    @classmethod
    def none(cls) -> Affinities:
        """Those of no examples at all."""
        return cls(np.zeros(0, dtype=np.intp), np.zeros(0), np.zeros(0, dtype=np.intp))

    @property
    def counts(self) -> NDArray[np.intp]:
        """How many entries each row has, (n,)."""
        return np.diff(self.starts, append=len(self.columns))


def affinities(near: Neighbours, perplexity: float) -> Portions[Affinities]:
    """P = (p(j|i) + p(i|j)) / 2n, with p(j|i) a Gaussian around i of this perplexity."""
    n, k = near.rows.shape
    given = np.empty((n, k))
    for start in range(0, n, _ROWS):
        given[start : start + _ROWS] = conditional(near.squares[start : start + _ROWS], perplexity)
        yield 0.8 * min(1.0, (start + _ROWS) / n)
    return (yield from part(0.8, 1.0, _symmetric(near.rows, given / (2 * n))))


def conditional(squares: Floats, perplexity: float) -> Floats:
    """p(j|i) ∝ exp(−beta_i d²) with exp(entropy) = perplexity in every row.

    ``squares`` (n, k) are squared distances; -> (n, k), rows of sum 1. A row whose neighbours all
    are equally far has all of them alike, whatever the perplexity.
    """
    nearest = squares.min(axis=1, keepdims=True)
    above = squares - nearest
    scale = above.mean(axis=1, keepdims=True)
    above = np.divide(above, scale, out=np.zeros_like(above), where=scale > 0)
    wanted = np.log(perplexity)
    low, high = np.full(len(squares), -20.0), np.full(len(squares), 20.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        beta = np.exp(middle)
        p = np.exp(-beta[:, None] * above)
        total = p.sum(axis=1)
        entropy = np.log(total) + beta * np.einsum("ij,ij->i", p, above) / total
        too_wide = entropy > wanted
        low, high = np.where(too_wide, middle, low), np.where(too_wide, high, middle)
    p = np.exp(-np.exp(high)[:, None] * above)
    return np.asarray(p / p.sum(axis=1, keepdims=True))


def _symmetric(rows: NDArray[np.intp], half: Floats) -> Portions[Affinities]:
    """The sum of a matrix and of its transpose; ``half`` (n, k) stands in columns ``rows``."""
    n, k = rows.shape
    short = np.uint16 if n <= 2**16 else np.int64
    here, there = np.repeat(np.arange(n), k), rows.ravel()
    row, column = np.concatenate((here, there)), np.concatenate((there, here))
    values = np.concatenate((half.ravel(), half.ravel()))
    yield 0.1
    # By column, then by row without disturbing that; sorting short numbers counts them.
    order = np.argsort(column.astype(short), kind="stable")
    yield 0.3
    order = order[np.argsort(row[order].astype(short), kind="stable")]
    yield 0.5
    row, column = row[order], column[order]
    yield 0.6
    values = values[order]
    again = np.flatnonzero((row[1:] == row[:-1]) & (column[1:] == column[:-1]))
    values[again] += values[again + 1]
    yield 0.8
    kept = np.ones(len(row), dtype=np.bool_)
    kept[again + 1] = False
    counts = np.bincount(row[kept], minlength=n)
    found = Affinities(column[kept], values[kept], np.cumsum(counts) - counts)
    yield 1.0
    return found
