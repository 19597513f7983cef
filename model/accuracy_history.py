"""How the accuracy went over the steps: as many points as a plot needs. No Qt here."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

MOST_POINTS = 500
# With so many points, a little apart, a curve is told apart from a guess.
SPREAD = 24


class Point(NamedTuple):
    """What was measured at one step."""

    step: int
    accuracy: float
    error: float


class AccuracyHistory:
    """Points in the order of their steps, all of them on one path."""

    def __init__(self, most: int = MOST_POINTS) -> None:
        self._most = most
        self._points: list[Point] = []

    @property
    def points(self) -> tuple[Point, ...]:
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

    def add(self, point: Point) -> None:
        """Put in a point, in place of one of the same step; where full, thin out evenly."""
        points = self._points
        place = bisect_left(points, point.step, key=_step)
        if place < len(points) and points[place].step == point.step:
            points[place] = point
            return
        points.insert(place, point)
        if len(points) > self._most:
            # The ends stay; of the others the one goes that leaves the smallest gap.
            inner = range(1, len(points) - 1)
            del points[min(inner, key=lambda at: points[at + 1].step - points[at - 1].step)]


def _step(point: Point) -> int:
    return point.step
