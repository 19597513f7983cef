"""Which part of the plane the plots of bowls show, from nothing but what is shown now.

Nothing is remembered here: the same moment always has the same ranges, whatever was on the
bench before. Edges are round numbers, so that they stay put while a path settles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gui.plots.plot import View
from model.curves import Bowl, round_step

# Room around what must be seen, and how much too large a range may grow while steps are taken.
_ROOM = 0.12
_ROOM_FOR_PROBES = 0.45
_TOO_TALL = 50.0
_TOO_WIDE = 12.0
# An error this small against the numbers that made it still gets a bowl of some height.
_MIN_SHARE = 1e-3
# A floor, or the start of the path, further away than so many arms is left out.
_MAX_ARMS = 4.0
# Edges lie on a grid of about so many lines across.
_LINES = 8
# Dots keep this share of the width from its edges where all plots have one scale.
_MARGIN = 0.15


@dataclass(frozen=True)
class Shown:
    """The bowls that one plot shows; ``earlier`` newest first, ``first`` that of the start.

    ``scale`` is the size of pred and target, against which an error is small; ``probed`` says
    that the errors a little beside the current dot are shown, too.
    """

    current: Bowl
    earlier: Sequence[Bowl]
    first: Bowl
    scale: float
    probed: bool = False

    @property
    def recent(self) -> tuple[Bowl, ...]:
        """The bowls that are drawn."""
        return (self.current, *self.earlier)

    @property
    def top(self) -> float:
        """The height that a plot of them needs.

        The start counts while a path settles: the dot is seen to come down.
        """
        highest = max(bowl.delta**2 for bowl in (*self.recent, self.first))
        room = _ROOM_FOR_PROBES if self.probed else _ROOM
        return (1.0 + room) * max(_MIN_SHARE * (self.scale or 1.0) ** 2, highest)

    def span(self, top: float) -> tuple[float, float]:
        """The weights that a plot of height ``top`` needs: dots, floors and both arms.

        Where inputs differ from step to step the largest of them sets the width, so that a
        bowl is flat where its input is small.
        """
        arm = self._arm(top)
        near = [self.current.weight]
        for bowl in (self.current, self.first):
            places = [bowl.weight] if bowl.floor is None else [bowl.weight, bowl.floor]
            near += [at for at in places if abs(at - self.current.weight) <= _MAX_ARMS * arm]
        dots = [bowl.weight for bowl in self.earlier]
        return min([min(near) - arm, *dots]), max([max(near) + arm, *dots])

    @property
    def dots(self) -> tuple[float, float]:
        """The least and the largest weight that a dot is drawn at."""
        weights = [bowl.weight for bowl in self.recent]
        return min(weights), max(weights)

    @property
    def flat(self) -> bool:
        """Whether no bowl is drawn, but a line."""
        return all(bowl.floor is None for bowl in self.recent)

    def _arm(self, top: float) -> float:
        size = max(abs(self.current.weight), 0.1)
        steepest = max(abs(bowl.inputs) for bowl in self.recent)
        arm = size / 2 if steepest == 0.0 else math.sqrt(top) / steepest
        return min(max(arm, 1e-9 * size), 1e9 * size)


def own_view(shown: Shown) -> View:
    """The range that fits these bowls alone."""
    top = shown.top
    low, high = shown.span(top)
    room = _ROOM * (high - low)
    grid = round_step((high - low) / _LINES)
    left = math.floor((low - room) / grid) * grid
    right = math.ceil((high + room) / grid) * grid
    return _of_height(left, right, top)


def one_scale(plots: Sequence[Shown]) -> list[View]:
    """Ranges of the same width and height, so that slopes can be compared by eye.

    The width is between what the steepest and the flattest bowl would like: none is a mere
    spike, and none a mere line. Each has its dots in sight.
    """
    top = max(shown.top for shown in plots)
    spans = [shown.span(top) for shown in plots]
    bowls = [span for span, shown in zip(spans, plots, strict=True) if not shown.flat] or spans
    width = math.exp(sum(math.log(high - low) for low, high in bowls) / len(bowls))
    widest = max(high - low for low, high in (shown.dots for shown in plots))
    width = max(width, widest / (1.0 - 4.0 * _MARGIN))
    grid = round_step(width / _LINES)
    views = []
    for (low, high), shown in zip(spans, plots, strict=True):
        least, most = shown.dots
        reach = (0.5 - _MARGIN) * width
        middle = min(max((low + high) / 2.0, most - reach), least + reach)
        left = round((middle - width / 2.0) / grid) * grid
        views.append(_of_height(left, left + width, top))
    return views


def held(old: View, wanted: View) -> View:
    """The old range as long as it serves: while steps are taken, the scale changes rarely."""
    tall = wanted.top <= old.top <= _TOO_TALL * wanted.top
    wide = (
        old.left <= wanted.left
        and wanted.right <= old.right
        and old.width <= _TOO_WIDE * wanted.width
    )
    across, up = (old if wide else wanted), (old if tall else wanted)
    return View(across.left, across.right, up.bottom, up.top)


def _of_height(left: float, right: float, top: float) -> View:
    # Room below for the dot where the error is 0.
    return View(left, right, -0.07 * top, 1.06 * top)
