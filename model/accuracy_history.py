"""How accuracy and errors went over the steps: as many points as a plot needs. No Qt here."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from bisect import bisect_left
from typing import Generic, NamedTuple, TypeVar

MAX_POINTS = 500
# With so many points, a little apart, a curve is told apart from a guess.
SPREAD = 24
# Falling for long: so many points since the best, over so large a part of the path, and by so
# many standard errors of an accuracy.
MIN_POINTS_AFTER = 4
MIN_PART_AFTER = 0.25
MIN_STANDARD_ERRORS = 2.0


class Point(NamedTuple):
    """What was measured at one step."""

    step: int
    accuracy: float
    error: float


class ErrorPoint(NamedTuple):
    """What was measured at one step where outputs are numbers: delta**2, its means.

    ``error`` is the mean over all examples that are held out and all outputs, ``training`` that
    over the examples that are learned from.
    """

    step: int
    error: float
    training: float


AnyPoint = TypeVar("AnyPoint", Point, ErrorPoint)


class History(ABC, Generic[AnyPoint]):
    """Points in the order of their steps, all of them on one path."""

    def __init__(self, most: int = MAX_POINTS) -> None:
        self._most = most
        self._points: list[AnyPoint] = []

    @staticmethod
    @abstractmethod
    def _goodness(point: AnyPoint) -> float:
        """The larger, the better."""

    @property
    def best(self) -> AnyPoint | None:
        """The best point, the first of several; None without any."""
        return max(self._points, key=self._goodness, default=None)

    @property
    def points(self) -> tuple[AnyPoint, ...]:
        """The points, in the order of their steps."""
        return tuple(self._points)

    def missing(self, length: int) -> int | None:
        """A step of a path of that length near which nothing was measured; None without one.

        They lie closer to each other at the start, where most is learnt.
        """
        wanted = sorted({round(length * (part / SPREAD) ** 3) for part in range(SPREAD + 1)})
        for at, step in enumerate(wanted):
            low = (wanted[max(0, at - 1)] + step) / 2
            high = (step + wanted[min(at + 1, len(wanted) - 1)]) / 2
            place = bisect_left(self._points, low, key=_step)
            if place == len(self._points) or self._points[place].step > high:
                return step
        return None

    def forget_from(self, step: int) -> None:
        """Forget what was measured at this step and later: the path has another future."""
        self._points = self._points[: bisect_left(self._points, step, key=_step)]

    def add(self, point: AnyPoint) -> None:
        """Put in a point, in place of one of the same step; where full, thin out evenly."""
        points = self._points
        place = bisect_left(points, point.step, key=_step)
        if place < len(points) and points[place].step == point.step:
            points[place] = point
            return
        points.insert(place, point)
        if len(points) > self._most:
            # The ends and the best stay; of the others the one goes that leaves the smallest gap.
            best = self.best
            inner = [at for at in range(1, len(points) - 1) if points[at] is not best]
            del points[min(inner, key=lambda at: points[at + 1].step - points[at - 1].step)]


class AccuracyHistory(History[Point]):
    """The accuracy by steps: the higher, the better."""

    @staticmethod
    def _goodness(point: Point) -> float:
        return point.accuracy

    def decline(self, n_images: int) -> tuple[Point, Point] | None:
        """The best point and the last one, where the accuracy has been falling for long between.

        So it has where several points came after the best, over a good part of the path, and
        those of the last half of them all lie so far below it that chance is no reason:
        accuracies of ``n_images`` images have a standard error.
        """
        best = self.best
        if best is None or n_images < 1:
            return None
        after = [point for point in self._points if point.step > best.step]
        if len(after) < MIN_POINTS_AFTER:
            return None
        last = after[-1]
        if last.step - best.step < MIN_PART_AFTER * last.step:
            return None
        chance = math.sqrt(best.accuracy * (1.0 - best.accuracy) / n_images)
        highest = max(point.accuracy for point in after[len(after) // 2 :])
        if highest >= best.accuracy - MIN_STANDARD_ERRORS * chance or highest >= best.accuracy:
            return None
        return best, last


class ErrorHistory(History[ErrorPoint]):
    """The held-out error by steps: the lower, the better."""

    @staticmethod
    def _goodness(point: ErrorPoint) -> float:
        return -point.error


def _step(point: Point | ErrorPoint) -> int:
    return point.step
