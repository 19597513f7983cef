"""Error by step and weights by step: where the path has been, and where on it we are."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QElapsedTimer, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.plots.lines import Line, LineStyle, StepPicture
from gui.plots.plot import Plot, View
from gui.plots.plot_card import PlotCard
from gui.plots.ticks import Tick, linear_ticks, log_ticks, tick_height, ticks_width
from gui.session import Session
from gui.widgets.text_line import TextLine
from model.network import Floats
from model.path.step_series import Follower, StepSeries, error_series, weight_series
from model.path.summaries import PART
from model.words import numbers
from model.words.names import weight_name

# While running, lines follow at about this pace; a person sees no more, and frames stay short.
_RUNNING_MS = 100
MIN_HEIGHT = 84
_PX_A_POINT = 2.0
_LOWEST_LOG = -32.0
_MOST_OUTPUTS = 4
_TIP = (
    "Click to go to a step. Wheel, drag, + and − zoom; 0 or a double-click fits.\n"
    "← → go one step back or on along the path."
)


class StepCard(PlotCard):
    """A card with lines over steps. Subclasses say which lines."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(Plot(title), parent)
        self._session = session
        self._follower = self._new_follower()
        self._drawn: object = None
        self._since_drawn = QElapsedTimer()
        self.setAccessibleName(title)
        self.setToolTip(_TIP)
        self._experiment = session.experiment
        self.title = TextLine(role="ink")
        self.title.set_text(title)
        self.plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.picture = StepPicture(self.plot)
        self.plot.set_picture(self.picture)
        self.header = QHBoxLayout()
        self.header.addWidget(self.title, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self.header)
        self._column.addWidget(self.plot, 1)
        self.plot.clicked.connect(self._clicked)
        self.plot.view_changed.connect(self._view_changed)
        self.plot.zoom_changed.connect(self._zoom_changed)
        session.changed.connect(self.refresh)
        session.opened.connect(self._opened)
        look.changed.connect(self._restyle)
        self._restyle()

    # -- what the kinds of card say -----------------------------------------------------

    def _new_follower(self) -> Follower:
        raise NotImplementedError

    def _lines(self, series: StepSeries) -> list[Line]:
        """The lines to draw from a series that has already been reduced."""
        raise NotImplementedError

    def _vertical(self, low: float, high: float) -> tuple[float, float]:
        """The range of heights to show for lines between low and high."""
        raise NotImplementedError

    def _description(self) -> str:
        raise NotImplementedError

    # -- drawing ------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show the session's moment; while running, at a pace a person can follow."""
        # While an experiment is being opened, a panel nearby may resize this one too soon.
        if not self.isVisible() or self._experiment is not self._session.experiment:
            return
        running = self._session.playback.running
        if running and self._since_drawn.isValid() and self._since_drawn.elapsed() < _RUNNING_MS:
            return
        session = self._session
        key = (
            session.path,
            session.path.edits,
            session.playback.position,
            session.playback.length,
            running,
        )
        if key != self._drawn:
            self._drawn = key
            self._draw()
            self._since_drawn.start()

    def _draw(self) -> None:
        session, plot, picture = self._session, self.plot, self.picture
        start, stop = self._range()
        series = self._follower.series(session.path, start, stop)
        picture.lines = self._lines(series.reduced(max(16, int(plot.area.width() / _PX_A_POINT))))
        picture.position, picture.length = session.playback.position, session.playback.length
        self._fit_view()
        self._set_ticks()
        self._set_margins()
        plot.redraw()
        if not session.playback.running:
            self.setAccessibleDescription(self._description())

    def _range(self) -> tuple[int, int]:
        """The steps to draw: all of them, or those in sight."""
        end = self._session.playback.length + 1
        if not self.plot.zoomed:
            return 0, end
        view = self.plot.view
        start = min(max(0, math.floor(view.left) - 1), end - 1)
        return start, min(end, max(start + 1, math.ceil(view.right) + 2))

    def _fit_view(self) -> None:
        """Name the range that fits; while zoomed, what is in sight says nothing about it."""
        if self.plot.zoomed:
            return
        lines = [line for line in self.picture.lines if len(line.x)]
        if not lines:
            return
        low = min(float(line.low.min()) for line in lines)
        high = max(float(line.high.max()) for line in lines)
        last = max(1, self._session.playback.length)
        self.plot.show_view(View(-0.025 * last, 1.025 * last, *self._vertical(low, high)))

    def _set_ticks(self) -> None:
        view, area = self.plot.view, self.plot.area
        many = max(3, int(area.width() / look.theme.px(40)))
        left = max(0.0, view.left)
        self.picture.x_ticks = linear_ticks(left, view.right, many, whole=True)
        self.picture.y_ticks = self._y_ticks(max(2, int(area.height() / look.theme.px(34))))

    def _y_ticks(self, most: int) -> list[Tick]:
        return linear_ticks(self.plot.view.bottom, self.plot.view.top, most)

    def _set_margins(self) -> None:
        px = look.theme.px
        left = max(px(26), math.ceil(ticks_width(self.picture.y_ticks) / 8) * 8)
        self.plot.set_margins(left, px(7), self.picture.labels_width(), tick_height())

    @Slot()
    def _view_changed(self) -> None:
        if self.plot.zoomed:
            self._draw()

    @Slot(bool)
    def _zoom_changed(self, zoomed: bool) -> None:
        self._again()

    @Slot()
    def _opened(self) -> None:
        self._experiment = self._session.experiment
        self._follower = self._new_follower()
        self._drawn = None
        self.plot.fit()

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(10), px(7), px(3), px(4))
        self._column.setSpacing(px(2))
        self.title.setFixedHeight(px(24))
        self.setMinimumSize(px(120), px(MIN_HEIGHT))
        self._again()

    def _again(self) -> None:
        """Draw even if the session's moment is the same."""
        self._drawn = None
        self.refresh()

    # -- events -------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._session.playback.seek(
                self._session.playback.position + (1 if key == Qt.Key.Key_Right else -1)
            )
        else:
            super().keyPressEvent(event)

    @Slot(float, float)
    def _clicked(self, x: float, y: float) -> None:
        self._session.playback.seek(round(x))


class ErrorSteps(StepCard):
    """Error by step: a line for each output, or their mean where they are many."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.logarithmic = False
        self._floored = False
        super().__init__(session, "error by step", parent)
        self.log_button = QToolButton()
        self.log_button.setObjectName("quiet")
        self.log_button.setCheckable(True)
        self.log_button.setText("log")
        self.log_button.setToolTip("Each tick a power of ten: shows how fast a small error shrinks")
        self.log_button.setAccessibleName("Error by step: logarithmic scale")
        self.log_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.log_button.toggled.connect(self._scale_chosen)
        self.header.addWidget(self.log_button)

    def _new_follower(self) -> Follower:
        return Follower(error_series, tail=PART)

    @property
    def _names(self) -> Sequence[str]:
        """What the lines are called."""
        outputs = self._session.experiment.outputs
        return outputs if len(outputs) <= _MOST_OUTPUTS else ("mean",)

    def _lines(self, series: StepSeries) -> list[Line]:
        errors = self._session.state.error
        n_outputs = len(errors)
        if n_outputs > _MOST_OUTPUTS:
            series, errors = series.averaged(), errors.mean(keepdims=True)
        self._floored = self.logarithmic and bool(np.any(series.low < 10.0**_LOWEST_LOG))
        self.title.set_text("mean error by step" if n_outputs > _MOST_OUTPUTS else "error by step")
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

    def _height(self, errors: Floats) -> Floats:
        """Errors as heights in the plot; the logarithm never sees a zero."""
        if not self.logarithmic:
            return errors
        return np.log10(np.maximum(errors, 10.0**_LOWEST_LOG))

    def _vertical(self, low: float, high: float) -> tuple[float, float]:
        if self.logarithmic:
            bottom, top = math.floor(low), math.ceil(high)
            return bottom - 0.15, max(top, bottom + 1) + 0.15
        return 0.0, 1.06 * high if high > 0.0 else 1.0

    def _y_ticks(self, most: int) -> list[Tick]:
        view = self.plot.view
        if not self.logarithmic:
            return linear_ticks(view.bottom, view.top, most)
        ticks = log_ticks(view.bottom, view.top, most)
        if not self._floored or view.bottom > _LOWEST_LOG:
            return ticks
        clear = _LOWEST_LOG + view.height / (2 * most)
        lowest = Tick(_LOWEST_LOG, "≤ 1e\u221232")
        return [lowest, *(tick for tick in ticks if tick.value > clear)]

    def _description(self) -> str:
        session = self._session
        errors = ", ".join(
            f"{name} {numbers.short(float(error))}"
            for name, error in zip(session.experiment.outputs, session.state.error, strict=True)
        )
        return f"step {session.playback.position:,} of {session.playback.length:,}: error {errors}"

    @Slot(bool)
    def _scale_chosen(self, logarithmic: bool) -> None:
        self.logarithmic = logarithmic
        # Heights mean something else now: no old zoom fits them.
        self.plot.fit()
        self._again()


class WeightSteps(StepCard):
    """Weights by step: a line for each chosen weight, dotted where it is frozen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        choice = self._choice = session.view.weights
        super().__init__(session, "weights by step", parent)
        choice.changed.connect(self._chosen)

    def _new_follower(self) -> Follower:
        return Follower(weight_series(self._choice.cells))

    def _lines(self, series: StepSeries) -> list[Line]:
        session = self._session
        state = session.state
        names = [weight_name(session.experiment, *cell) for cell in self._choice.cells]
        return [
            Line(
                f"{names[at]} {numbers.short(float(state.weights[cell]), 3)}",
                names[at],
                LineStyle.of(at, bool(state.setup.frozen[cell])),
                float(state.weights[cell]),
                series.steps,
                series.low[:, at],
                series.mean[:, at],
                series.high[:, at],
            )
            for at, cell in enumerate(self._choice.cells)
        ]

    def _vertical(self, low: float, high: float) -> tuple[float, float]:
        room = 0.08 * (high - low)
        least = 0.02 * max(abs(low), abs(high), 0.1)
        return low - max(room, least), high + max(room, least)

    def _description(self) -> str:
        session = self._session
        state = session.state
        weights = ", ".join(
            f"{weight_name(session.experiment, *cell)} {numbers.short(float(state.weights[cell]))}"
            + (" frozen" if state.setup.frozen[cell] else "")
            for cell in self._choice.cells
        )
        return (
            f"step {session.playback.position:,} of {session.playback.length:,}: weights {weights}"
        )

    @Slot()
    def _chosen(self) -> None:
        self._follower = self._new_follower()
        self._again()


class StepPlots(QWidget):
    """Both cards: beside each other where there is width, else one above the other."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.error = ErrorSteps(session)
        self.weights = WeightSteps(session)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(look.theme.px(8))
        self.take_back()

    @property
    def cards(self) -> tuple[StepCard, StepCard]:
        """The two cards, wherever they are placed."""
        return self.error, self.weights

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.error, self.error.log_button, self.weights]

    def take_back(self) -> None:
        """Place both cards here, also if they had been lent to another layout."""
        for card in self.cards:
            self._layout.addWidget(card, 1)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        wide = self.width() > 1.3 * self.height()
        self._layout.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
