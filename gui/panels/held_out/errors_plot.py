"""Held-out error and training error over the steps, in one plot."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.theme import look
from gui.plots.measured import draw_levels, draw_measured, draw_steps, place_in
from model.accuracy_history import ErrorPoint
from model.door import say, written
from model.words import numbers

# Where the largest error is so many times the least, the axis is logarithmic.
_RATIO_FOR_LOG = 30.0
# Nor does it show more powers of ten than these.
_MAX_DECADES = 12
_MAX_IN_FULL = 1e6


class ErrorsPlot(QWidget):
    """Two lines of what was measured: the held-out error solid, the training error dashed.

    The ring is the least held-out error, the large dot is now.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[ErrorPoint] = ()
        self._length = 0
        self._now: ErrorPoint | None = None
        self._best: ErrorPoint | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("Held-out error and training error by step"))
        look.follow(self, self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(260), look.theme.px(180))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(140), look.theme.px(90))

    def show_points(
        self,
        points: Sequence[ErrorPoint],
        length: int,
        now: ErrorPoint | None,
        best: ErrorPoint | None,
    ) -> None:
        """Show what was measured on a path of so many steps; all numbers are finite."""
        self._points, self._length, self._now, self._best = points, length, now, best
        self.update()

    @property
    def is_logarithmic(self) -> bool:
        """Whether equal distances upwards are equal ratios."""
        errors = [error for point in self._points for error in point[1:] if error > 0.0]
        return bool(errors) and max(errors) > _RATIO_FOR_LOG * min(errors)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _range(self) -> tuple[float, float]:
        """The least and the largest error of the axis; the least is 0 where it is not by ratios."""
        most = max((error for point in self._points for error in point[1:]), default=0.0) or 1.0
        if not self.is_logarithmic:
            return 0.0, most
        least = min(error for point in self._points for error in point[1:] if error > 0.0)
        return max(least, most / 10.0**_MAX_DECADES), most

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = look.theme, look.theme.px
        font = theme.font(0.8)
        metrics = QFontMetricsF(font)
        low, high = self._range()
        levels = [(_up(value, low, high), _short(value)) for value in _ticks(low, high)]
        left = max(metrics.horizontalAdvance(words) for _, words in levels) + px(8)
        height, below = metrics.height(), metrics.height() + px(3)
        area = QRectF(left, height / 2, self.width() - left - px(8), self.height() - height - below)
        painter = QPainter(self)
        painter.setFont(font)
        draw_levels(painter, area, levels)
        draw_steps(painter, area, self._length)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        last = max(1, self._length, *(point.step for point in self._points[-1:]))

        def place(point: ErrorPoint, error: float) -> QPointF:
            return place_in(area, point.step / last, _up(error, low, high))

        training = [place(point, point.training) for point in self._points]
        painter.setPen(QPen(theme.color("muted"), 1.5 * theme.line, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF(training))
        best, now = (
            None if point is None else place(point, point.error)
            for point in (self._best, self._now)
        )
        draw_measured(painter, [place(point, point.error) for point in self._points], best, now)


def _ticks(low: float, high: float) -> list[float]:
    """Where the axis has lines: at its ends, or at powers of ten where it goes by ratios."""
    if low <= 0.0:
        return [0.0, high]
    first, last = math.ceil(math.log10(low)), math.floor(math.log10(high))
    every = max(1, (last - first) // 4)
    return [10.0**power for power in range(first, last + 1, every)]


def _short(value: float) -> str:
    """A number of an axis: in full where that is short."""
    is_whole = value.is_integer() and value < _MAX_IN_FULL
    return written(f"{value:,.0f}") if is_whole else numbers.plain(value, 3)


def _up(error: float, low: float, high: float) -> float:
    """How far up an error stands between the ends of the axis, 0 to 1."""
    if low <= 0.0:
        return error / high
    return (math.log(max(error, low)) - math.log(low)) / (math.log(high) - math.log(low))
