"""The inputs of a sample, in as few bytes as hold them exactly, and their projection."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from model.examples import Examples, sealed
from model.image_space.portions import Portions
from model.network import Floats

# The levels of published pixels: bytes, or the 8 x 8 digits' sixteenths.
_LEVELS = (255, 16)
# How many examples are worked on at once: as many as fit the processor's cache as numbers.
ROWS = 256


@dataclass(frozen=True, eq=False)
class SampleInputs:
    """The inputs of n examples, a row each.

    Attributes
    ----------
    values : uint8 or float64 array, shape (n, n_inputs)
        The inputs times ``levels``: bytes where all of them are whole numbers of one of the
        levels of published images, and else as they are.
    levels : int
        255, 16, or 1 where the values are the inputs themselves.
    """

    values: NDArray[np.uint8] | Floats
    levels: int

    def __len__(self) -> int:
        return len(self.values)

    @property
    def n_inputs(self) -> int:
        """Numbers in one example's inputs."""
        return int(self.values.shape[1])

    def rows(self, which: slice | NDArray[np.intp]) -> Floats:
        """The inputs of some examples as they were given, float64 (m, n_inputs)."""
        return np.asarray(self.values[which], dtype=np.float64) / self.levels

    def column(self, column: int) -> Floats:
        """One input of every example, float64 (n,); cheap, as its numbers lie side by side."""
        values: Floats = np.asarray(self._by_input[column], dtype=np.float64)
        return values / self.levels

    @cached_property
    def _by_input(self) -> NDArray[np.uint8 | np.float64]:
        return np.ascontiguousarray(self.values.T)

    @cached_property
    def mean(self) -> Floats:
        """The average example, (n_inputs,)."""
        total = np.zeros(self.n_inputs)
        for start in range(0, len(self), ROWS):
            total += self.sums(slice(start, start + ROWS))
        return total / len(self)

    @cached_property
    def squared_lengths(self) -> Floats:
        """The sum of squares of each example, (n,)."""
        squares = np.empty(len(self))
        for start in range(0, len(self), ROWS):
            rows = self.rows(slice(start, start + ROWS))
            squares[start : start + ROWS] = np.einsum("ij,ij->i", rows, rows)
        return squares

    def sums(self, which: slice | NDArray[np.intp]) -> Floats:
        """The sum of some examples, (n_inputs,); of bytes it is exact."""
        values = self.values[which]
        total: Floats = values.sum(axis=0, dtype=np.uint32 if self.levels > 1 else None)
        return total / self.levels


def gather(examples: Examples, which: NDArray[np.int64]) -> Portions[SampleInputs]:
    """The inputs of the examples named by ``which`` (n,), edits of rows included."""
    for levels in _LEVELS:
        values = np.empty((len(which), examples.n_inputs), dtype=np.uint8)
        for start in range(0, len(which), ROWS):
            rows = examples.rows(which[start : start + ROWS])[0] * levels
            if rows.min() < 0 or rows.max() > levels:
                break
            whole = np.rint(rows)
            if np.abs(rows - whole).max() > 1e-9:
                break
            values[start : start + ROWS] = whole
            yield min(1.0, (start + ROWS) / len(which))
        else:
            return SampleInputs(sealed(values), levels)
    return SampleInputs(sealed(examples.rows(which)[0].copy()), 1)


def distinct_rows(inputs: SampleInputs) -> tuple[SampleInputs, NDArray[np.intp]]:
    """The different ones among n examples, in their order, and which one each is: (n,)."""
    numbers: dict[bytes, int] = {}
    # Plus 0, as -0.0 and 0.0 are the same number in different bytes.
    values = inputs.values if inputs.levels > 1 else inputs.values + 0
    together = values.tobytes()
    ends = range(0, len(together) + 1, values[0].nbytes)
    which = [numbers.setdefault(together[a:b], len(numbers)) for a, b in pairwise(ends)]
    if len(numbers) == len(which):
        return inputs, np.arange(len(which))
    _, first = np.unique(which, return_index=True)
    return SampleInputs(sealed(inputs.values[first]), inputs.levels), np.array(which)


def project(
    inputs: SampleInputs, directions: Floats, dtype: type[np.floating] = np.float32
) -> Floats:
    """The dot product of every example with each direction.

    Parameters
    ----------
    inputs : n examples of n_inputs
    directions : float64 array, shape (d, n_inputs)
    dtype : float32 for a moving picture (right to about 1e-6 of the largest product of lengths),
        float64 for figures

    Returns
    -------
    coordinates : float64 array, shape (n, d)
    """
    by_levels: NDArray[np.floating] = np.ascontiguousarray(directions.T / inputs.levels, dtype)
    out = np.empty((len(inputs), len(directions)))
    block: NDArray[np.floating] = np.empty((ROWS, inputs.n_inputs), dtype)
    for start in range(0, len(inputs), ROWS):
        rows = inputs.values[start : start + ROWS]
        # Bytes become numbers a block at a time, which stays in the processor's cache.
        block[: len(rows)] = rows
        out[start : start + ROWS] = block[: len(rows)] @ by_levels
    return out
