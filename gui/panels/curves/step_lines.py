"""Which lines the plots by step draw: errors, on a linear or logarithmic axis, and weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PySide6.QtCore import Qt

from gui.panels.curves import ghost_lines
from gui.plots.ghosts import Ghost
from gui.plots.lines import Line, LineStyle
from gui.plots.plot import View
from gui.plots.ticks import Tick, linear_ticks, log_ticks
from gui.session import Session
from model.door import listed, mark, say
from model.network import Floats
from model.path.step_series import (
    Follower,
    StepSeries,
    error_series,
    mean_error_series,
    weight_series,
)
from model.path.summaries import PART
from model.words import numbers
from model.words.names import weight_name

if TYPE_CHECKING:
    from gui.panels.curves.floor_finder import FloorFinder

_MIN_LOG = -32.0
_MAX_OUTPUTS = 4
# Of more outputs only the mean is followed, as what is kept of each step would grow large.
_MANY_OUTPUTS = 64
# Beside something so many times as high, a line lies flat on the floor.
_FAR = 100.0
_FLAT_SHARE = 0.3
# On a logarithmic axis a level so far below all lines is not gone for.
_DECADES_BELOW = 3.0


class Fit(Enum):
    """How the heights of a plot by step were chosen.

    WHOLE fits every step. FLAT does, too, but the first steps are too small to be seen beside
    the last ones. SO_FAR fits the steps up to the current one, as later ones are far higher.
    """

    WHOLE = "whole"
    FLAT = "flat"
    SO_FAR = "so far"


def chosen_fit(lines: Sequence[Line], position: int, log: bool) -> Fit:
    """How heights are to be chosen for lines that all have the same steps."""
    if log or not lines:
        return Fit.WHOLE
    sizes = np.max([np.maximum(np.abs(line.low), np.abs(line.high)) for line in lines], axis=0)
    largest, first = float(sizes.max()), float(sizes[0])
    # Only what grows without end: what starts from nearly nothing and settles is seen whole.
    if not 0.0 < first < largest / _FAR or sizes[-1] < largest / 2.0:
        return Fit.WHOLE
    so_far = float(sizes[lines[0].x <= position].max(initial=first))
    if so_far < largest / _FAR:
        return Fit.SO_FAR
    return Fit.FLAT if np.mean(sizes < largest / _FAR) > _FLAT_SHARE else Fit.WHOLE


def with_levels(low: float, high: float, levels: Sequence[float], log: bool) -> tuple[float, float]:
    """A range of heights with the levels in it; far below on a logarithmic axis they stay out."""
    least = low - _DECADES_BELOW if log else -math.inf
    seen = [level for level in levels if least <= level < math.inf]
    return min([low, *seen]), max([high, *seen])


class StepLines(Protocol):
    """What a card with lines over steps asks about its lines."""

    def title(self, fit: Fit, position: int) -> str:
        """What the card shows, in a few words; ``position`` is the step that is looked at."""

    @property
    def logarithmic(self) -> bool:
        """Whether heights are logarithms."""

    def follower(self) -> Follower:
        """What gives the numbers of a path, made anew for each experiment."""

    def lines(self, series: StepSeries) -> list[Line]:
        """The lines to draw from a series that has already been reduced."""

    def ghosts(self, lines: Sequence[Line], first: float, last: float, most: int) -> list[Ghost]:
        """The lines of pinned runs between two steps, in at most so many points each."""

    def levels(self) -> list[Line]:
        """Lines of one height, of what is the same at each step."""

    def vertical(self, low: float, high: float) -> tuple[float, float]:
        """The range of heights to show for lines between low and high."""

    def y_ticks(self, view: View, most: int) -> list[Tick]:
        """About ``most`` ticks of the heights in sight."""

    def description(self) -> str:
        """The numbers of the moment in words."""


class ErrorLines:
    """Errors: a line for each output, or their mean where they are many, and their floor."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # Not there until what it takes to find floors has been imported.
        self.finder: FloorFinder | None = None
        self._floored = False

    def title(self, fit: Fit, position: int) -> str:
        mean = len(self._session.experiment.outputs) > _MAX_OUTPUTS
        if fit is Fit.FLAT:
            flat = mark("mean error, flat at first: see log")
            return say(flat if mean else mark("error, flat at first: see log"))
        if fit is Fit.SO_FAR:
            so_far = mark("mean error up to step {step:,}")
            return say(so_far if mean else mark("error up to step {step:,}"), step=position)
        return say(mark("mean error by step") if mean else mark("error by step"))

    @property
    def logarithmic(self) -> bool:
        return self._session.view.log

    def follower(self) -> Follower:
        many = len(self._session.experiment.outputs) > _MANY_OUTPUTS
        return Follower(mean_error_series if many else error_series, tail=PART)

    def lines(self, series: StepSeries) -> list[Line]:
        errors = self._session.state.error
        if len(errors) > _MAX_OUTPUTS:
            errors = errors.mean(keepdims=True)
        if series.mean.shape[1] > len(errors):
            series = series.averaged()
        self._floored = self.logarithmic and bool(np.any(series.low < 10.0**_MIN_LOG))
        # A single output needs no name, which leaves room for the figures of the other panels.
        alone = len(errors) == 1
        return [
            Line(
                numbers.short(float(error), 6)
                if alone
                else say("{name} {number}", name=name, number=numbers.short(float(error))),
                numbers.short(float(error)) if alone else name,
                LineStyle.of(at),
                float(self._height(errors[at : at + 1])[0]),
                series.steps,
                self._height(series.low[:, at]),
                self._height(series.mean[:, at]),
                self._height(series.high[:, at]),
                brief_is_figure=alone,
            )
            for at, (name, error) in enumerate(zip(self._names, errors, strict=True))
        ]

    def ghosts(self, lines: Sequence[Line], first: float, last: float, most: int) -> list[Ghost]:
        return ghost_lines.error_ghosts(self._session, lines, first, last, most, self._height)

    def levels(self) -> list[Line]:
        session, state = self._session, self._session.state
        if self.finder is None or session.parts.veils.covers("standing"):
            return []
        found = self.finder.floor(state.setup, state.weights)
        if found is None:
            return []
        floors = found.held
        if len(floors) > _MAX_OUTPUTS:
            floors = floors.mean(keepdims=True)
        alone = bool((floors == floors[0]).all())
        return [
            self._level(float(height), "muted" if alone else LineStyle.of(at).role)
            for at, height in enumerate(floors[:1] if alone else floors)
        ]

    def _level(self, height: float, role: str) -> Line:
        number = numbers.short_or_zero(height)
        # On a logarithmic axis 0 lies below everything.
        now = -math.inf if self.logarithmic else 0.0
        if height > 0.0:
            now = float(self._height(np.array([height]))[0])
        none = np.empty(0)
        return Line(
            say("floor {number}", number=number), say("floor"),
            LineStyle(role, Qt.PenStyle.DashLine), now, none, none, none, none,
        )  # fmt: skip

    def vertical(self, low: float, high: float) -> tuple[float, float]:
        if self.logarithmic:
            bottom, top = math.floor(low), math.ceil(high)
            return bottom - 0.15, max(top, bottom + 1) + 0.15
        return 0.0, 1.06 * high if high > 0.0 else 1.0

    def y_ticks(self, view: View, most: int) -> list[Tick]:
        if not self.logarithmic:
            return linear_ticks(view.bottom, view.top, most)
        ticks = log_ticks(view.bottom, view.top, most)
        if not self._floored or view.bottom > _MIN_LOG:
            return ticks
        clear = _MIN_LOG + view.height / (2 * most)
        lowest = Tick(_MIN_LOG, "≤ 1e\u221232")
        return [lowest, *(tick for tick in ticks if tick.value > clear)]

    def description(self) -> str:
        session = self._session
        errors, names = session.state.error, session.experiment.outputs
        where = {"step": session.playback.position, "last": session.playback.length}
        if len(names) > _MANY_OUTPUTS:
            # Nobody listens to hundreds of numbers: the network says each of them.
            worst = int(errors.argmax())
            told = say(
                "step {step:,} of {last:,}: mean error {mean} of {n:,} outputs, the largest "
                "{name} {number}",
                mean=numbers.short(float(errors.mean())), n=len(names), name=names[worst],
                number=numbers.short(float(errors[worst])), **where,
            )  # fmt: skip
        else:
            listing = listed(
                say("{name} {number}", name=name, number=numbers.short(float(error)))
                for name, error in zip(names, errors, strict=True)
            )
            told = say("step {step:,} of {last:,}: error {errors}", errors=listing, **where)
        floors = listed(level.label for level in self.levels())
        if floors:
            told = say("{errors}; {floors}", errors=told, floors=floors)
        return ghost_lines.with_told(told, session, ghost_lines.error_told)

    @property
    def _names(self) -> Sequence[str]:
        """What the lines are called."""
        outputs = self._session.experiment.outputs
        return outputs if len(outputs) <= _MAX_OUTPUTS else (say("mean"),)

    def _height(self, errors: Floats) -> Floats:
        """Errors as heights in the plot; the logarithm never sees a zero."""
        return np.log10(np.maximum(errors, 10.0**_MIN_LOG)) if self.logarithmic else errors


class WeightLines:
    """Weights: a line for each chosen weight, dotted where it is frozen."""

    logarithmic = False

    def __init__(self, session: Session) -> None:
        self._session = session
        self._choice = session.view.weights

    def title(self, fit: Fit, position: int) -> str:
        if fit is Fit.FLAT:
            return say("weights, flat at first: go back")
        if fit is Fit.SO_FAR:
            return say("weights up to step {step:,}", step=position)
        return say("weights by step")

    def follower(self) -> Follower:
        return Follower(weight_series(self._choice.cells))

    def lines(self, series: StepSeries) -> list[Line]:
        session = self._session
        state = session.state
        names = [weight_name(session.experiment, *cell) for cell in self._choice.cells]
        return [
            Line(
                say(
                    "{name} {number}",
                    name=names[at],
                    number=numbers.short(float(state.weights[cell]), 3),
                ),
                names[at],
                self._style(cell, frozen=bool(state.setup.frozen[cell])),
                float(state.weights[cell]),
                series.steps,
                series.low[:, at],
                series.mean[:, at],
                series.high[:, at],
            )
            for at, cell in enumerate(self._choice.cells)
        ]

    def _style(self, cell: tuple[int, int], frozen: bool) -> LineStyle:
        """A weight has a style of its own, whichever others are chosen."""
        row, column = cell
        return LineStyle.of(row * len(self._session.experiment.inputs) + column, frozen)

    def ghosts(self, lines: Sequence[Line], first: float, last: float, most: int) -> list[Ghost]:
        return ghost_lines.weight_ghosts(self._session, lines, first, last, most)

    def levels(self) -> list[Line]:
        return []

    def vertical(self, low: float, high: float) -> tuple[float, float]:
        room = 0.08 * (high - low)
        least = 0.02 * max(abs(low), abs(high), 0.1)
        return low - max(room, least), high + max(room, least)

    def y_ticks(self, view: View, most: int) -> list[Tick]:
        return linear_ticks(view.bottom, view.top, most)

    def description(self) -> str:
        session = self._session
        state = session.state
        weights = listed(
            say(
                mark("{name} {number} frozen")
                if state.setup.frozen[cell]
                else mark("{name} {number}"),
                name=weight_name(session.experiment, *cell),
                number=numbers.short(float(state.weights[cell])),
            )
            for cell in self._choice.cells
        )
        said = say(
            "step {step:,} of {last:,}: weights {weights}",
            step=session.playback.position, last=session.playback.length, weights=weights,
        )  # fmt: skip
        return ghost_lines.with_told(said, session, ghost_lines.weight_told)
