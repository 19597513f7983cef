"""Which lines the plots by step draw: errors, on a linear or logarithmic axis, and weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from gui.plots.lines import Line, LineStyle
from gui.plots.plot import View
from gui.plots.ticks import Tick, linear_ticks, log_ticks
from gui.session import Session
from model.network import Floats
from model.path.step_series import Follower, StepSeries, error_series, weight_series
from model.path.summaries import PART
from model.words import numbers
from model.words.names import weight_name

_LOWEST_LOG = -32.0
_MOST_OUTPUTS = 4


class StepLines(Protocol):
    """What a card with lines over steps asks about its lines."""

    @property
    def title(self) -> str:
        """What the card shows, in a few words."""

    def follower(self) -> Follower:
        """What gives the numbers of a path, made anew for each experiment."""

    def lines(self, series: StepSeries) -> list[Line]:
        """The lines to draw from a series that has already been reduced."""

    def vertical(self, low: float, high: float) -> tuple[float, float]:
        """The range of heights to show for lines between low and high."""

    def y_ticks(self, view: View, most: int) -> list[Tick]:
        """About ``most`` ticks of the heights in sight."""

    def description(self) -> str:
        """The numbers of the moment in words."""


class ErrorLines:
    """Errors: a line for each output, or their mean where they are many."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._floored = False

    @property
    def title(self) -> str:
        outputs = self._session.experiment.outputs
        return "mean error by step" if len(outputs) > _MOST_OUTPUTS else "error by step"

    def follower(self) -> Follower:
        return Follower(error_series, tail=PART)

    def lines(self, series: StepSeries) -> list[Line]:
        errors = self._session.state.error
        if len(errors) > _MOST_OUTPUTS:
            series, errors = series.averaged(), errors.mean(keepdims=True)
        self._floored = self._log and bool(np.any(series.low < 10.0**_LOWEST_LOG))
        # A single output needs no name, which leaves room for the figures of the other panels.
        alone = len(errors) == 1
        return [
            Line(
                numbers.short(float(error), 6)
                if alone
                else f"{name} {numbers.short(float(error))}",
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

    def vertical(self, low: float, high: float) -> tuple[float, float]:
        if self._log:
            bottom, top = math.floor(low), math.ceil(high)
            return bottom - 0.15, max(top, bottom + 1) + 0.15
        return 0.0, 1.06 * high if high > 0.0 else 1.0

    def y_ticks(self, view: View, most: int) -> list[Tick]:
        if not self._log:
            return linear_ticks(view.bottom, view.top, most)
        ticks = log_ticks(view.bottom, view.top, most)
        if not self._floored or view.bottom > _LOWEST_LOG:
            return ticks
        clear = _LOWEST_LOG + view.height / (2 * most)
        lowest = Tick(_LOWEST_LOG, "≤ 1e\u221232")
        return [lowest, *(tick for tick in ticks if tick.value > clear)]

    def description(self) -> str:
        session = self._session
        errors = ", ".join(
            f"{name} {numbers.short(float(error))}"
            for name, error in zip(session.experiment.outputs, session.state.error, strict=True)
        )
        return f"{_step_in_words(session)}: error {errors}"

    @property
    def _log(self) -> bool:
        return self._session.view.log

    @property
    def _names(self) -> Sequence[str]:
        """What the lines are called."""
        outputs = self._session.experiment.outputs
        return outputs if len(outputs) <= _MOST_OUTPUTS else ("mean",)

    def _height(self, errors: Floats) -> Floats:
        """Errors as heights in the plot; the logarithm never sees a zero."""
        return np.log10(np.maximum(errors, 10.0**_LOWEST_LOG)) if self._log else errors


class WeightLines:
    """Weights: a line for each chosen weight, dotted where it is frozen."""

    title = "weights by step"

    def __init__(self, session: Session) -> None:
        self._session = session
        self._choice = session.view.weights

    def follower(self) -> Follower:
        return Follower(weight_series(self._choice.cells))

    def lines(self, series: StepSeries) -> list[Line]:
        session = self._session
        state = session.state
        names = [weight_name(session.experiment, *cell) for cell in self._choice.cells]
        return [
            Line(
                f"{names[at]} {numbers.short(float(state.weights[cell]), 3)}",
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

    def vertical(self, low: float, high: float) -> tuple[float, float]:
        room = 0.08 * (high - low)
        least = 0.02 * max(abs(low), abs(high), 0.1)
        return low - max(room, least), high + max(room, least)

    def y_ticks(self, view: View, most: int) -> list[Tick]:
        return linear_ticks(view.bottom, view.top, most)

    def description(self) -> str:
        session = self._session
        state = session.state
        weights = ", ".join(
            f"{weight_name(session.experiment, *cell)} {numbers.short(float(state.weights[cell]))}"
            + (" frozen" if state.setup.frozen[cell] else "")
            for cell in self._choice.cells
        )
        return f"{_step_in_words(session)}: weights {weights}"


def _step_in_words(session: Session) -> str:
    return f"step {session.playback.position:,} of {session.playback.length:,}"
