"""The least error that any weights could reach on the examples: linear least squares.

The mean error of one output over the examples is a quadratic function of its weights; where the
normal equations hold it is smallest (Gauss, Legendre). It is 0 only where some weights fit every
example.

Few examples are solved by their singular values, which keeps every figure. Many are summed up
first: with Z = [X, 1, T], all that a floor is made of lies in Z.T @ Z, whose size does not depend
on the number of examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.network import Floats, Mask
from model.setup import Setup, distinct_rows

# Solving takes about so many multiplications: n_examples * n_inputs * the smaller of both.
MAX_QUICK_WORK = 10_000_000
# Beyond these many numbers examples are summed up instead of being solved at once.
MAX_SOLVED = 400_000
# The sums have the square of so many columns at the most.
MAX_COLUMNS = 6_000
_ROWS_AT_ONCE = 2_000
# What rounding leaves of an error of 0, against the mean square of the targets.
_ROUNDING = 1e-20
# Directions whose share of the largest is smaller count as none, in sums of squares.
_NOTHING = 1e-12

Places = NDArray[np.intp]
Cancelled = Callable[[], bool]


class FloorCancelled(Exception):
    """The floor is not wanted any more."""


@dataclass(frozen=True, eq=False)
class Floor:
    """Least mean errors over the examples, each (n_outputs,).

    Attributes
    ----------
    held : numpy.ndarray
        With the frozen weights where they are.
    free : numpy.ndarray
        With no weight frozen; ``held`` is never below it.
    with_constant : numpy.ndarray
        With no weight frozen and one more input that is always 1.
    """

    held: Floats
    free: Floats
    with_constant: Floats


def visited(setup: Setup) -> tuple[Floats, Floats]:
    """Inputs (n, n_inputs) and targets (n, n_outputs) of the examples that steps visit."""
    n = len(setup.examples)
    indices = np.arange(n, dtype=np.int64)
    if setup.schedule.order == "first":
        indices = indices[[setup.schedule.index(0)]]
    return setup.examples.rows(indices)


def visited_slices(setup: Setup) -> Iterator[tuple[Floats, Floats]]:
    """The same, some thousand examples at a time: of edited ones no more than these are copied."""
    if setup.schedule.order == "first":
        yield visited(setup)
        return
    n = len(setup.examples)
    for start in range(0, n, _ROWS_AT_ONCE):
        stop = min(start + _ROWS_AT_ONCE, n)
        yield setup.examples.rows(np.arange(start, stop, dtype=np.int64))


def mean_square_of_targets(setup: Setup) -> Floats:
    """Mean square of the targets of each output over the examples visited, (n_outputs,)."""
    total, n = np.zeros(setup.examples.n_outputs), 0
    for _, targets in visited_slices(setup):
        total += (targets**2).sum(axis=0)
        n += len(targets)
    return total / n


def is_quick(setup: Setup) -> bool:
    """Whether the floor is found within a frame or two."""
    n, d = _size(setup)
    return n * d * min(n, d) <= MAX_QUICK_WORK


def can_be_found(setup: Setup) -> bool:
    """Whether a floor can be found at all: not where there are very many inputs."""
    n, d = _size(setup)
    return n * d <= MAX_SOLVED or d <= MAX_COLUMNS


def _size(setup: Setup) -> tuple[int, int]:
    n = 1 if setup.schedule.order == "first" else len(setup.examples)
    return n, setup.examples.n_inputs


def mean_errors(setup: Setup, weights: Floats) -> Floats:
    """Mean error of each output over the examples that are visited, (n_outputs,)."""
    total, n = np.zeros(len(weights)), 0
    for inputs, targets in visited_slices(setup):
        total += ((inputs @ weights.T - targets) ** 2).sum(axis=0)
        n += len(inputs)
    return total / n


def floor(setup: Setup, weights: Floats, cancelled: Cancelled | None = None) -> Floor:
    """The least errors for the examples and the frozen weights of a setup.

    weights (n_outputs, n_inputs) says where the frozen ones are held. Raises FloorCancelled where
    ``cancelled`` says so on the way.
    """
    n, n_inputs = _size(setup)
    solve: _Rows | _Sums
    solve = _Rows(*visited(setup)) if n * n_inputs <= MAX_SOLVED else _Sums(setup, cancelled)
    none = np.zeros(n_inputs, dtype=np.bool_)
    everything = np.arange(len(weights))
    free = solve.least(np.append(none, True), weights, everything)
    _ask(cancelled)
    with_constant = solve.least(np.append(none, False), weights, everything)
    held = free.copy()
    masks, which = distinct_rows(setup.frozen)
    for number, mask in enumerate(masks):
        _ask(cancelled)
        if mask.any():
            outputs = np.flatnonzero(which == number)
            held[outputs] = solve.least(np.append(mask, True), weights, outputs)
    rounding = _ROUNDING * mean_square_of_targets(setup)
    found = np.maximum(held, free), free, np.minimum(with_constant, free)
    return Floor(*(np.where(errors <= rounding, 0.0, errors) for errors in found))


def _ask(cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise FloorCancelled


class _Rows:
    """Least squares from the examples themselves.

    Of more examples than columns the triangle of their QR factors takes the place of all: it has
    the same lengths and angles, and so the same residuals.
    """

    def __init__(self, inputs: Floats, targets: Floats) -> None:
        self._n, self._n_inputs = inputs.shape
        rows: Floats = np.column_stack([inputs, np.ones(len(inputs)), targets])
        if len(rows) > rows.shape[1]:
            rows = np.asarray(np.linalg.qr(rows, mode="r"))
        self._rows = rows

    def least(self, frozen: Mask, weights: Floats, outputs: Places) -> Floats:
        """The least mean errors of some outputs, (n,), that share a mask (n_inputs + 1,).

        The last place of the mask is that of the constant input, whose weight is held at 0.
        """
        still = np.flatnonzero(frozen[:-1])
        rest = self._rows[:, self._n_inputs + 1 + outputs]
        if len(still):
            rest = rest - self._rows[:, still] @ weights[np.ix_(outputs, still)].T
        free = self._rows[:, np.flatnonzero(~frozen)]
        if free.shape[1]:
            found, *_ = np.linalg.lstsq(free, rest, rcond=None)
            rest = free @ found - rest
        least: Floats = (rest**2).sum(axis=0) / self._n
        return least


class _Sums:
    """Least squares from sums over the examples, a slice of them at a time."""

    def __init__(self, setup: Setup, cancelled: Cancelled | None) -> None:
        n, d = _size(setup)
        self._n_inputs = d
        sums = np.zeros((d + 1 + setup.examples.n_outputs,) * 2)
        for inputs, targets in visited_slices(setup):
            _ask(cancelled)
            rows = np.column_stack([inputs, np.ones(len(inputs)), targets])
            sums += rows.T @ rows
        self._sums = sums / n

    def least(self, frozen: Mask, weights: Floats, outputs: Places) -> Floats:
        """As ``_Rows.least``, to about ten figures.

        With the held ones on the side of the targets, r = t - w_held x_held, the least is
        mean(r²) less what the free ones explain of it.
        """
        d = self._n_inputs
        still = np.flatnonzero(frozen[:-1])
        moving = np.flatnonzero(~frozen)
        held = weights[outputs][:, still]
        sums, mine = self._sums, d + 1 + outputs
        size = np.diag(sums)[mine] - 2.0 * np.einsum("os,so->o", held, sums[np.ix_(still, mine)])
        size += np.einsum("os,st,ot->o", held, sums[np.ix_(still, still)], held, optimize=True)
        if not len(moving):
            return _not_below_zero(size)
        along = sums[np.ix_(moving, mine)] - sums[np.ix_(moving, still)] @ held.T
        values, vectors = np.linalg.eigh(sums[np.ix_(moving, moving)])
        kept = values > _NOTHING * max(float(values[-1]), 0.0)
        explained = (vectors[:, kept].T @ along) ** 2 / values[kept][:, None]
        return _not_below_zero(size - explained.sum(axis=0))


def _not_below_zero(errors: Floats) -> Floats:
    """Errors without what rounding took off too much."""
    return np.asarray(np.maximum(errors, 0.0), dtype=np.float64)
