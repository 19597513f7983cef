"""Held-out accuracy and error over the steps, small."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.painting import RIGHT, draw_whole
from gui.look.theme import look
from gui.plots.measured import PERCENTS, draw_levels, draw_measured, draw_steps, place_in
from gui.widgets.tips import plain_tip
from model.accuracy_history import Point
from model.door import say
from model.words import numbers
from model.words.quality import best_sentence

# How far from the best point a click is still meant for it.
_REACH = 9


class AccuracyPlot(QWidget):
    """Accuracy from 0 to 100 % over the whole path, each dot measured; the large one is now.

    Dashed, the mean error, from 0 to the largest there was. The best of what was measured has a
    ring; a click on it asks to go back there.

    Signals
    -------
    best_chosen : the ring was clicked
    """

    best_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[Point] = ()
        self._length = 0
        self._now: Point | None = None
        self._best: Point | None = None
        self._best_at: QPointF | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("Held-out accuracy by step"))
        look.follow(self, self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(210), look.theme.px(74))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(100), look.theme.px(66))

    def show_points(
        self, points: Sequence[Point], length: int, now: Point | None, best: Point | None
    ) -> None:
        """Show what was measured on a path of so many steps, and which of it was best."""
        self._points, self._length, self._now, self._best = points, length, now, best
        self.setToolTip("" if best is None else plain_tip(best_sentence(best)))
        self.update()

    # -- the mouse ----------------------------------------------------------------------

    def is_at_best(self, place: QPointF) -> bool:
        """Whether a click there is meant for the best point."""
        best = self._best_at
        reach = look.theme.px(_REACH)
        return best is not None and math.hypot(place.x() - best.x(), place.y() - best.y()) <= reach

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at_best = self.is_at_best(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if at_best else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.is_at_best(event.position()):
            self.best_chosen.emit()

    # -- drawing ------------------------------------------------------------------------

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = look.theme, look.theme.px
        font = theme.font(0.8)
        metrics = QFontMetricsF(font)
        left = metrics.horizontalAdvance("100 %") + px(6)
        below = metrics.height() + px(2)
        half = metrics.height() / 2
        area = QRectF(left, half, self.width() - left - px(6), self.height() - half - below)
        last = max(1, self._length, *(point.step for point in self._points[-1:]))
        painter = QPainter(self)
        painter.setFont(font)
        draw_levels(painter, area, PERCENTS)
        draw_steps(painter, area, self._length)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_error(painter, area, last)
        self._best_at, now = (
            None if point is None else place_in(area, point.step / last, point.accuracy)
            for point in (self._best, self._now)
        )
        places = [place_in(area, point.step / last, point.accuracy) for point in self._points]
        draw_measured(painter, places, self._best_at, now)

    def _draw_error(self, painter: QPainter, area: QRectF, last: int) -> None:
        errors = [point.error for point in self._points]
        most = max(errors, default=0.0)
        if most <= 0:
            return
        line = [place_in(area, point.step / last, point.error / most) for point in self._points]
        theme = look.theme
        painter.setPen(QPen(theme.color("muted"), theme.line, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF(line))
        # Its own scale: the percents at the left are not the error's.
        end, height = line[-1], QFontMetricsF(painter.font()).height()
        words = say("error {error}", error=numbers.plain(self._points[-1].error, 3))
        below = end.y() + 2 if end.y() + 2 + height < area.bottom() else end.y() - height - 2
        draw_whole(painter, QRectF(area.left(), below, area.width(), height), RIGHT, words)
