"""What a path did, step by step, in as many points as a plot has room for. No Qt here."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from model.network import Floats
from model.path.path import MAX_EXACT
from model.path.readable import ReadablePath
from model.path.summaries import PART
from model.path.watch import PathWatch


@dataclass(frozen=True)
class StepSeries:
    """Several lines over the same steps.

    ``steps`` (n,); ``low``, ``mean`` and ``high`` (n, n_lines): what happened in the steps that
    each point stands for. The three are equal where a point is one step.
    """

    steps: Floats
    low: Floats
    mean: Floats
    high: Floats

    def reduced(self, most: int) -> StepSeries:
        """The same in at most ``most`` points: one for each equal stretch of steps."""
        if len(self.steps) <= most:
            return self
        first, last = self.steps[0], self.steps[-1]
        bins = np.minimum((self.steps - first) * (most / (last - first)), most - 1).astype(np.intp)
        starts = np.flatnonzero(np.append(True, np.diff(bins) > 0))
        counts = np.diff(np.append(starts, len(bins)))
        return StepSeries(
            np.add.reduceat(self.steps, starts) / counts,
            np.minimum.reduceat(self.low, starts, axis=0),
            np.add.reduceat(self.mean, starts, axis=0) / counts[:, None],
            np.maximum.reduceat(self.high, starts, axis=0),
        )

    def before(self, step: int) -> StepSeries:
        """The same without the points at ``step`` and later."""
        kept = slice(0, int(np.searchsorted(self.steps, step)))
        mean = self.mean[kept]
        if self.low is self.mean is self.high:
            return StepSeries(self.steps[kept], mean, mean, mean)
        return StepSeries(self.steps[kept], self.low[kept], mean, self.high[kept])

    def between(self, first: float, last: float) -> StepSeries:
        """The same without the points far before ``first`` and far after ``last``.

        One more is kept at each end, so that lines leave a plot at its edges.
        """
        start = max(0, int(np.searchsorted(self.steps, first)) - 1)
        stop = int(np.searchsorted(self.steps, last, side="right")) + 1
        kept = slice(start, stop)
        return StepSeries(self.steps[kept], self.low[kept], self.mean[kept], self.high[kept])

    def averaged(self) -> StepSeries:
        """The mean of all lines as one line; of the extremes as well."""
        if self.low is self.mean is self.high:
            mean = self.mean.mean(axis=1, keepdims=True)
            return StepSeries(self.steps, mean, mean, mean)
        low, mean, high = (
            side.mean(axis=1, keepdims=True) for side in (self.low, self.mean, self.high)
        )
        return StepSeries(self.steps, low, mean, high)


Ask = Callable[[ReadablePath, int, int], StepSeries]


def error_series(path: ReadablePath, start: int, stop: int) -> StepSeries:
    """Errors of the steps start..stop-1, a line for each output."""
    steps, errors = path.errors(start, stop)
    if stop - start <= MAX_EXACT:
        exact = errors[:, 1]
        return StepSeries(steps, exact, exact, exact)
    # A part stands at its middle. The last one is followed by what is no whole part.
    last = stop - steps[-1:]
    last[last < 2 * PART] = PART
    steps = steps + (np.append(np.diff(steps), last) - 1) / 2
    return StepSeries(steps, errors[:, 0], errors[:, 1], errors[:, 2])


def mean_error_series(path: ReadablePath, start: int, stop: int) -> StepSeries:
    """The mean of the errors of all outputs in the steps start..stop-1, as one line.

    Where they are hundreds no more than this is kept of them, and asked for in portions.
    """
    if stop - start > MAX_EXACT or start >= stop:
        return error_series(path, start, stop).averaged()
    pieces = [
        error_series(path, first, min(stop, first + PART)).averaged()
        for first in range(start, stop, PART)
    ]
    return pieces[0] if len(pieces) == 1 else _joined(pieces)


def weight_series(cells: Sequence[tuple[int, int]]) -> Ask:
    """What gives the weights of steps start..stop-1, a line for each cell (output, input)."""

    def ask(path: ReadablePath, start: int, stop: int) -> StepSeries:
        steps, values = path.weight_series(cells, start, stop)
        return StepSeries(steps, values, values, values)

    return ask


class Follower:
    """Follows a path as it grows and changes, and asks it only for what is new while it can.

    ``tail`` is how many of the last steps are asked for one by one where the rest comes in
    parts: the last one at least, as it is what is looked at.
    """

    def __init__(self, ask: Ask, tail: int = 1) -> None:
        self._ask = ask
        self._tail = tail
        self._watch = PathWatch()
        self._start = 0
        self._stop = 0
        # From here on every step has a point of its own.
        self._exact_from = 0
        # The steps added one by one after the last look at the whole range end here.
        self._add_until = 0
        self._series: StepSeries | None = None
        # Asked for once: going far back on a long path costs the state that is looked at.
        self._head: StepSeries | None = None

    def series(self, path: ReadablePath, start: int, stop: int) -> StepSeries:
        """The steps start..stop-1 of the path."""
        changed = self._watch.first_change(path)
        if start != self._start:
            changed = 0
        self._keep_before(stop if changed is None else min(changed, stop))
        self._start = start
        if self._series is None or stop > self._add_until:
            if self._series is None or stop != self._stop:
                self._series = self._whole(path, start, stop)
                self._add_until = max(start + MAX_EXACT, stop + 2 * PART)
        elif stop > self._stop:
            self._series = _joined([self._series, self._ask(path, self._stop, stop)])
        self._stop = stop
        return self._series

    def _keep_before(self, step: int) -> None:
        """Forget the points from ``step`` on, and all where these are not one a step."""
        if self._head is not None and step < self._start + PART:
            self._head = None
        if self._series is None or step >= self._stop:
            return
        if step <= self._exact_from:
            self._series = None
            return
        self._series = self._series.before(step)
        self._stop = step

    def _whole(self, path: ReadablePath, start: int, stop: int) -> StepSeries:
        """A long range comes in parts, but not where it begins and ends.

        Most happens in the first steps.
        """
        ask = self._ask
        self._exact_from = start
        if stop - start <= MAX_EXACT:
            return ask(path, start, stop)
        if self._head is None:
            self._head = ask(path, start, start + PART)
        head, rest = self._head, ask(path, start + PART, stop)
        if stop - start - PART <= MAX_EXACT:
            return _joined([head, rest])
        last = math.ceil(rest.steps[-1]) if len(rest.steps) else 0
        self._exact_from = min(stop - 1, max(last + 1, stop - self._tail))
        tail = ask(path, self._exact_from, stop)
        return _joined([head, rest, tail])


def _joined(pieces: Sequence[StepSeries]) -> StepSeries:
    """Pieces one after another."""
    steps = np.concatenate([piece.steps for piece in pieces])
    mean = np.concatenate([piece.mean for piece in pieces])
    if all(piece.low is piece.mean is piece.high for piece in pieces):
        return StepSeries(steps, mean, mean, mean)
    low, high = (
        np.concatenate([getattr(piece, side) for piece in pieces]) for side in ("low", "high")
    )
    return StepSeries(steps, low, mean, high)
