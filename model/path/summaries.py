"""Errors summed up in parts, and parts in coarser ones: a plot of any length is quickly made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.network import Floats

# A part of the finest grain sums up this many steps.
PART = 1024
_SIDE = 32
# So many parts make one of the next coarser grain.
_COARSER = 8
# More parts than a screen has pixels are of no use.
_MAX_PARTS = 2048

PartRanges = list[tuple[NDArray[np.int64], Floats]]


def bytes_a_part(n_outputs: int) -> int:
    """Bytes of the summary of PART steps, in all grains together."""
    return 8 * (3 * n_outputs + 1) * _COARSER // (_COARSER - 1)


def grain_of(n_steps: int) -> int:
    """The finest grain that makes no more parts of so many steps than are of use."""
    grain = 0
    while n_steps > _MAX_PARTS * PART * _COARSER**grain:
        grain += 1
    return grain


def summarised(errors: Floats) -> Floats:
    """Lowest, mean and highest of every PART rows: (n, n_outputs) -> (n_parts, 3, n_outputs)."""
    n_outputs = errors.shape[1]
    whole = errors[: len(errors) // PART * PART].reshape(-1, PART, n_outputs)
    rest = errors[whole.size // n_outputs :]
    lowest, total, highest = (_over(of, whole) for of in (np.minimum, np.add, np.maximum))
    parts = np.stack([lowest, total / PART, highest], axis=1)
    if not len(rest):
        return parts
    last = np.stack([rest.min(axis=0), rest.mean(axis=0), rest.max(axis=0)])
    return np.concatenate([parts, last[None]])


def _over(of: np.ufunc, whole: Floats) -> Floats:
    """Reduce parts (n_parts, PART, n_outputs) over their steps.

    Many steps side by side first: the rows of a few outputs are too short to be quick.
    """
    n_parts, _, n_outputs = whole.shape
    some = of.reduce(whole.reshape(n_parts, _SIDE, PART // _SIDE * n_outputs), axis=1)
    reduced: Floats = of.reduce(some.reshape(n_parts, PART // _SIDE, n_outputs), axis=1)
    return reduced


class Parts:
    """Lowest, mean and highest errors of parts that follow one another, in several grains."""

    def __init__(self, start: int, n_outputs: int) -> None:
        self._start = start
        self._n_outputs = n_outputs
        self._grains: list[_Grain] = []

    @property
    def nbytes(self) -> int:
        """Bytes that all grains take."""
        return sum(grain.nbytes for grain in self._grains)

    def add(self, ends: NDArray[np.int64], errors: Floats) -> None:
        """Go on with parts that end before the steps ``ends`` (n,); errors (n, 3, n_outputs)."""
        number = 0
        while len(ends):
            if number == len(self._grains):
                self._grains.append(_Grain.empty(self._start, self._n_outputs))
            grain = self._grains[number]
            grain.add(ends, errors)
            coarser = self._grains[number + 1].n if number + 1 < len(self._grains) else 0
            ends, errors = grain.coarser(coarser * _COARSER)
            number += 1

    def between(self, start: int, stop: int, grain: int = 0) -> PartRanges:
        """Starts (n,) and errors (n, 3, n_outputs) of the parts that lie in start..stop-1.

        They are of the given grain, and finer at both ends, where that one does not fit.
        """
        if grain >= len(self._grains):
            return self.between(start, stop, grain - 1) if grain else []
        here = self._grains[grain]
        first, last = here.inside(start, stop)
        if first >= last:
            return self.between(start, stop, grain - 1) if grain else []
        piece = (here.edges[first:last], here.errors[first:last])
        if not grain:
            return [piece]
        return [
            *self.between(start, int(here.edges[first]), grain - 1),
            piece,
            *self.between(int(here.edges[last]), stop, grain - 1),
        ]

    def until(self, stop: int) -> Parts:
        """The same as if nothing had been added from ``stop`` on, where a part begins."""
        cut = Parts(self._start, self._n_outputs)
        cut._grains = [grain.until(stop) for grain in self._grains]
        return cut

    def begun_before(self, step: int) -> int:
        """Where the finest part begins that ``step`` lies in, or the next one to be added."""
        if not self._grains:
            return self._start
        finest = self._grains[0]
        return int(finest.edges[finest.inside(0, step)[1]])


@dataclass(eq=False)
class _Grain:
    """Parts of one size: edges (n + 1,) and errors (n, 3, n_outputs), with room for more."""

    edges: NDArray[np.int64]
    errors: Floats
    n: int = 0

    @classmethod
    def empty(cls, start: int, n_outputs: int) -> _Grain:
        """No parts yet; the first one begins at ``start``."""
        return cls(np.array([start], dtype=np.int64), np.empty((0, 3, n_outputs)))

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays, with their room."""
        return self.edges.nbytes + self.errors.nbytes

    def add(self, ends: NDArray[np.int64], errors: Floats) -> None:
        """Add parts that end before the given steps."""
        n = self.n + len(ends)
        if n > len(self.errors):
            room = max(n, self.n + self.n // 4)
            more = room - len(self.errors)
            self.edges = np.append(self.edges, np.empty(more, dtype=np.int64))
            self.errors = np.append(self.errors, np.empty((more, *self.errors.shape[1:])), axis=0)
        self.edges[self.n + 1 : n + 1] = ends
        self.errors[self.n : n] = errors
        self.n = n

    def until(self, stop: int) -> _Grain:
        """A copy without the parts that end after ``stop``."""
        n = max(0, int(np.searchsorted(self.edges[: self.n + 1], stop, side="right")) - 1)
        return _Grain(self.edges[: n + 1].copy(), self.errors[:n].copy(), n)

    def inside(self, start: int, stop: int) -> tuple[int, int]:
        """First and one past the last of the parts that lie in start..stop-1."""
        first, last = np.searchsorted(self.edges[: self.n + 1], (start, stop + 1))
        return int(first), int(last) - 1

    def coarser(self, first: int) -> tuple[NDArray[np.int64], Floats]:
        """Ends and errors of coarser parts, as many as there are parts for from ``first`` on."""
        last = first + (self.n - first) // _COARSER * _COARSER
        edges = self.edges[first : last + 1]
        errors = self.errors[first:last].reshape(-1, _COARSER, 3, self.errors.shape[2])
        lengths = np.diff(edges).reshape(-1, _COARSER, 1)
        mean = (errors[:, :, 1] * lengths).sum(axis=1) / lengths.sum(axis=1)
        summary = [errors[:, :, 0].min(axis=1), mean, errors[:, :, 2].max(axis=1)]
        return edges[_COARSER::_COARSER], np.stack(summary, axis=1)
