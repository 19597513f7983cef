"""Which lines of pinned runs stand behind those of the run on the bench."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from gui.plots.ghosts import Ghost, GhostStyle
from gui.plots.lines import Line, LineStyle
from gui.session import Session
from model.door import say
from model.experiment import Pin
from model.network import Floats
from model.path.step_series import StepSeries
from model.pins import ghost as summed
from model.pins.run import same_weights
from model.words import numbers
from model.words.names import weight_name

# Heights of the run on the bench that a ghost may add above them, and below where there is one.
_TALLER = 1.0
# A run of so many steps is seen whole beside one that is no shorter than this share of it.
_LONGER = 16
_MIN_STEPS = 64


def last_step(session: Session) -> int:
    """The last step that plots have room for: ghosts may be longer, but not without end."""
    length = session.playback.length
    ghosts = max((ghost.ending.steps for _, ghost in session.pins.lines), default=0)
    return max(length, min(ghosts, max(_MIN_STEPS, _LONGER * length)))


def error_ghosts(
    session: Session,
    lines: Sequence[Line],
    first: float,
    last: float,
    most: int,
    height: Callable[[Floats], Floats],
) -> list[Ghost]:
    """Errors of pinned runs between two steps, in at most so many points, as heights.

    Of a run of other outputs, and where the plot shows the mean alone, it is the mean.
    """
    found = []
    for pin, ghost in session.pins.lines:
        series, whole = _cut(ghost.errors, first, last, most)
        same = same_weights(pin.base, session.experiment)
        if len(lines) == 1 or not same or series.mean.shape[1] != len(lines):
            heights = height(series.averaged().mean[:, 0])
            style = GhostStyle.of(pin.mark)
            found.append(Ghost(pin.name, pin.name, style, series.steps, heights, whole))
            continue
        for at, name in enumerate(session.experiment.outputs):
            role = LineStyle.of(at).role
            found.append(_one_of_several(pin, name, role, series, height, at, whole))
    return found


def weight_ghosts(
    session: Session, lines: Sequence[Line], first: float, last: float, most: int
) -> list[Ghost]:
    """Weights of pinned runs, those that are chosen; none of a run of other inputs or outputs."""
    found = []
    cells = session.view.weights.cells
    for pin, ghost in session.pins.lines:
        if not same_weights(pin.base, session.experiment):
            continue
        series, whole = _cut(ghost.weights, first, last, most)
        for line, cell in zip(lines, cells, strict=True):
            if cell not in ghost.cells:
                continue
            at = ghost.cells.index(cell)
            if len(cells) == 1:
                style = GhostStyle.of(pin.mark)
                heights = series.mean[:, at]
                found.append(Ghost(pin.name, pin.name, style, series.steps, heights, whole))
            else:
                name = weight_name(session.experiment, *cell)
                role = line.style.role
                found.append(_one_of_several(pin, name, role, series, _as_it_is, at, whole))
    return found


def with_told(said: str, session: Session, of: Callable[[Pin, summed.Ghost], str]) -> str:
    """What is said of a plot, and of the pinned runs that are drawn in it."""
    for pin, ghost in session.pins.lines:
        said = say("{said}; {pinned}", said=said, pinned=of(pin, ghost))
    return said


def error_told(pin: Pin, ghost: summed.Ghost) -> str:
    """The last error of a pinned run in words."""
    errors = ghost.errors.mean[-1] if len(ghost.errors.steps) else np.array([math.nan])
    return say(
        "pinned run {name}: error {error} at its last step, {step:,}",
        name=pin.name, error=numbers.short(float(errors.mean())), step=ghost.ending.steps,
    )  # fmt: skip


def weight_told(pin: Pin, ghost: summed.Ghost) -> str:
    """That the weights of a pinned run are drawn, in words."""
    return say("pinned run {name}: {steps:,} steps", name=pin.name, steps=ghost.ending.steps)


def with_ghosts(low: float, high: float, ghosts: Sequence[Ghost], log: bool) -> tuple[float, float]:
    """The heights from low to high, and what there is room for of the ghosts.

    On a logarithmic axis that is all of it. On a linear one a ghost that explodes leaves the
    plot, so that the run on the bench does not lie flat on its floor.
    """
    drawn = [ghost for ghost in ghosts if len(ghost.y)]
    if not drawn:
        return low, high
    least = min(float(ghost.y.min()) for ghost in drawn)
    most = max(float(ghost.y.max()) for ghost in drawn)
    if log:
        return min(low, least), max(high, most)
    # Of a run that has not begun, or does not move, its own size tells how much is a little.
    room = _TALLER * max(high - low, abs(low), abs(high))
    if room == 0.0:
        return min(low, least), max(high, most)
    return max(min(low, least), low - room), min(max(high, most), high + room)


def _one_of_several(
    pin: Pin,
    name: str,
    role: str,
    series: StepSeries,
    height: Callable[[Floats], Floats],
    at: int,
    whole: bool,
) -> Ghost:
    label = say("{name} · {pin}", name=name, pin=pin.name)
    style = GhostStyle.of(pin.mark, role)
    return Ghost(label, name, style, series.steps, height(series.mean[:, at]), whole)


def _cut(series: StepSeries, first: float, last: float, most: int) -> tuple[StepSeries, bool]:
    """The points between two steps, and whether the last one is among them."""
    cut = series.between(first, last)
    whole = bool(len(cut.steps) and cut.steps[-1] == series.steps[-1])
    if len(cut.steps) <= most:
        return cut, whole
    reduced = cut.reduced(most)
    if not whole:
        return reduced, False
    # Its end is a point of its own: the mark stands there.
    ends = [np.concatenate([side[:-1], end[-1:]]) for side, end in (
        (reduced.steps, cut.steps), (reduced.low, cut.low), (reduced.mean, cut.mean),
        (reduced.high, cut.high),
    )]  # fmt: skip
    return StepSeries(*ends), True


def _as_it_is(values: Floats) -> Floats:
    return values
