"""What a path did, step by step, in as many points as a plot has room for. No Qt here."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from model.network import Floats
from model.path.path import MOST_EXACT
from model.path.readable import ReadablePath
from model.path.summaries import PART
from model.path.watch import PathWatch


@dataclass(frozen=True)
class Series:
    """Several lines over the same steps.

    ``steps`` (n,); ``low``, ``mean`` and ``high`` (n, n_lines): what happened in the steps that
    each point stands for. The three are equal where a point is one step.
    """

    steps: Floats
    low: Floats
    mean: Floats
    high: Floats

    def reduced(self, most: int) -> Series:
        """The same in at most ``most`` points: one for each equal stretch of steps."""
        if len(self.steps) <= most:
            return self
        first, last = self.steps[0], self.steps[-1]
        bins = np.minimum((self.steps - first) * (most / (last - first)), most - 1).astype(np.intp)
        starts = np.flatnonzero(np.append(True, np.diff(bins) > 0))
        counts = np.diff(np.append(starts, len(bins)))
        return Series(
            np.add.reduceat(self.steps, starts) / counts,
            np.minimum.reduceat(self.low, starts, axis=0),
            np.add.reduceat(self.mean, starts, axis=0) / counts[:, None],
            np.maximum.reduceat(self.high, starts, axis=0),
        )

    def averaged(self) -> Series:
        """The mean of all lines as one line; of the extremes as well."""
        low, mean, high = (
            side.mean(axis=1, keepdims=True) for side in (self.low, self.mean, self.high)
        )
        return Series(self.steps, low, mean, high)


Ask = Callable[[ReadablePath, int, int], Series]


def error_series(path: ReadablePath, start: int, stop: int) -> Series:
    """Errors of the steps start..stop-1, a line for each output."""
    steps, errors = path.errors(start, stop)
    if stop - start <= MOST_EXACT:
        exact = errors[:, 1]
        return Series(steps, exact, exact, exact)
    # A part stands at its middle. The last one is followed by what is no whole part.
    last = stop - steps[-1:]
    last[last < 2 * PART] = PART
    steps = steps + (np.append(np.diff(steps), last) - 1) / 2
    return Series(steps, errors[:, 0], errors[:, 1], errors[:, 2])


def weight_series(cells: Sequence[tuple[int, int]]) -> Ask:
    """What gives the weights of steps start..stop-1, a line for each cell (output, input)."""

    def ask(path: ReadablePath, start: int, stop: int) -> Series:
        steps, values = path.weight_series(cells, start, stop)
        return Series(steps, values, values, values)

    return ask


class Follower:
    """Follows a path as it grows, and asks it only for what is new while that is little.

    ``tail`` is how many of the last steps are asked for one by one where the rest comes in
    parts: the last one at least, as it is what is looked at.
    """

    def __init__(self, ask: Ask, tail: int = 1) -> None:
        self._ask = ask
        self._tail = tail
        self._watch = PathWatch()
        self._start = 0
        self._stop = 0
        # The steps added one by one after the last look at the whole range end here.
        self._add_until = 0
        self._series: Series | None = None
        # Asked for once: going far back on a long path costs the state that is looked at.
        self._head: Series | None = None

    def series(self, path: ReadablePath, start: int, stop: int) -> Series:
        """The steps start..stop-1 of the path."""
        series = self._series
        if self._watch.first_change(path) is not None or start != self._start:
            series = self._head = None
        if series is None or not self._stop <= stop <= self._add_until:
            if series is None or stop != self._stop:
                series = self._whole(path, start, stop)
                self._add_until = max(start + MOST_EXACT, stop + 2 * PART)
        elif stop > self._stop:
            series = _joined([series, self._ask(path, self._stop, stop)])
        self._start, self._stop, self._series = start, stop, series
        return series

    def _whole(self, path: ReadablePath, start: int, stop: int) -> Series:
        """A long range comes in parts, but not where it begins and ends.

        Most happens in the first steps.
        """
        ask = self._ask
        if stop - start <= MOST_EXACT:
            return ask(path, start, stop)
        if self._head is None:
            self._head = ask(path, start, start + PART)
        head, rest = self._head, ask(path, start + PART, stop)
        if stop - start - PART <= MOST_EXACT:
            return _joined([head, rest])
        last = math.ceil(rest.steps[-1]) if len(rest.steps) else 0
        tail = ask(path, min(stop - 1, max(last + 1, stop - self._tail)), stop)
        return _joined([head, rest, tail])


def _joined(pieces: Sequence[Series]) -> Series:
    """Pieces one after another."""
    steps = np.concatenate([piece.steps for piece in pieces])
    mean = np.concatenate([piece.mean for piece in pieces])
    if all(piece.low is piece.mean is piece.high for piece in pieces):
        return Series(steps, mean, mean, mean)
    low, high = (
        np.concatenate([getattr(piece, side) for piece in pieces]) for side in ("low", "high")
    )
    return Series(steps, low, mean, high)
