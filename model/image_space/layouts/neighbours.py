"""The exact nearest neighbours of each example among all of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.image_space.portions import Portions
from model.network import Floats

# How many numbers of the matrix of all distances are worked on at once, and how many products go
# into them: some 20 ms of work.
_AT_ONCE, _PRODUCTS_AT_ONCE = 1_000_000, 500_000_000


class Neighbours(NamedTuple):
    """The k nearest other examples of each of n, nearest first.

    Attributes
    ----------
    rows : intp array, shape (n, k)
    squares : float64 array, shape (n, k)
        Squared distances.
    """

    rows: NDArray[np.intp]
    squares: Floats


def neighbours(points: Floats, k: int) -> Portions[Neighbours]:
    """By all distances between ``points`` (n, d), k of 1 to n - 1.

    Distances are compared in single precision, |a|² + |b|² − 2 a·b of points around their mean, and
    those of the nearest then measured exactly.
    """
    n = len(points)
    quick = (points - points.mean(axis=0)).astype(np.float32)
    lengths = np.einsum("ij,ij->i", quick, quick)
    found, squares = np.empty((n, k), dtype=np.intp), np.empty((n, k))
    at_once = max(1, min(_AT_ONCE, _PRODUCTS_AT_ONCE // points.shape[1]) // n)
    for start in range(0, n, at_once):
        here = np.arange(start, min(n, start + at_once))
        table = quick[here] @ quick.T
        table *= -2
        table += lengths
        table[here - start, here] = np.inf
        rows = np.argpartition(table, k - 1, axis=1)[:, :k]
        exact = np.empty(rows.shape)
        for column in range(k):
            away = points[rows[:, column]] - points[here]
            exact[:, column] = np.einsum("ij,ij->i", away, away)
        order = np.argsort(exact, axis=1, kind="stable")
        found[here] = np.take_along_axis(rows, order, axis=1)
        squares[here] = np.take_along_axis(exact, order, axis=1)
        yield here[-1] / n
    return Neighbours(found, squares)
