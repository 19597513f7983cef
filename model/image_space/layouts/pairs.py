"""All pairs of points, some rows of their matrix at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from model.image_space.inputs import SampleInputs
from model.image_space.portions import Portions
from model.network import Floats

Single = NDArray[np.float32]

# As many numbers as stay in the processor's cache.
_AT_ONCE = 2**16
_ROWS = 128


def squared_distances(places: Floats, dtype: type[np.floating]) -> Iterator[tuple[slice, Single]]:
    """Rows of the matrix of squared distances between places (n, d), by differences.

    Yields the rows and their numbers (m, n), to be written into as one likes.
    """
    axes = places.T.astype(dtype)
    n = len(places)
    rows = max(1, _AT_ONCE // n)
    for start in range(0, n, rows):
        here = slice(start, start + rows)
        squares = np.zeros((len(axes[0][here]), n), dtype=dtype)
        for axis in axes:
            away = axis[here, None] - axis
            away *= away
            squares += away
        yield here, squares


def full_distances(inputs: SampleInputs) -> Portions[Single]:
    """The distances between all examples in the full space, (n, n)."""
    n = len(inputs)
    centred = np.empty((n, inputs.n_inputs))
    for start in range(0, n, _ROWS):
        rows = slice(start, start + _ROWS)
        centred[rows] = inputs.rows(rows) - inputs.mean
    lengths = np.einsum("ij,ij->i", centred, centred)
    distances = np.empty((n, n), dtype=np.float32)
    for start in range(0, n, _ROWS):
        rows = slice(start, start + _ROWS)
        squares = lengths[rows, None] + lengths - 2 * (centred[rows] @ centred.T)
        distances[rows] = np.sqrt(np.maximum(squares, 0))
        yield min(1.0, (start + _ROWS) / n)
    np.fill_diagonal(distances, 0)
    return distances


def inverse(matrix: Floats) -> Portions[Floats]:
    """The inverse of a symmetric positive definite matrix (n, n), some rows at a time.

    Gauss and Jordan's elimination by blocks; such a matrix needs no exchange of rows.
    """
    a = matrix.copy()
    n = len(a)
    yield 0.0
    for start in range(0, n, _ROWS):
        here = slice(start, start + _ROWS)
        pivot = np.linalg.inv(a[here, here])
        rows = pivot @ a[here]
        rows[:, here] = pivot
        columns = a[:, here].copy()
        columns[here] = 0
        a[:, here] = 0
        for first in range(0, n, _ROWS):
            some = slice(first, first + _ROWS)
            a[some] -= columns[some] @ rows
        a[here] = rows
        yield min(1.0, (start + _ROWS) / n)
    return a
