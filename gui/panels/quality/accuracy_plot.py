"""Held-out accuracy and error over the steps, small."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.theme import look
from model.accuracy_history import Point
from model.words import numbers


class AccuracyPlot(QWidget):
    """Accuracy from 0 to 100 % over the whole path, each dot measured; the large one is now.

    Dashed, the mean error, from 0 to the largest there was.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[Point] = ()
        self._length = 0
        self._now: Point | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Held-out accuracy by step")
        look.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(210), look.theme.px(74))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(120), look.theme.px(66))

    def show_points(self, points: Sequence[Point], length: int, now: Point | None) -> None:
        """Show what was measured on a path of so many steps."""
        self._points, self._length, self._now = points, length, now
        self.update()

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
        for percent in (0, 50, 100):
            y = round(area.bottom() - percent / 100 * area.height()) + 0.5
            painter.setPen(QPen(theme.color("hairline"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.color("muted"))
            words = QRectF(0, y - half, left - px(6), 2 * half)
            painter.drawText(words, _RIGHT, f"{percent} %")
        foot = QRectF(area.left(), area.bottom() + px(2), area.width() + px(6), below)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, "step 0")
        if self._length:
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight, f"{self._length:,}")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_error(painter, area, last)
        places = [_place(area, point.step / last, point.accuracy) for point in self._points]
        painter.setPen(QPen(theme.color("settles"), 1.5 * theme.line))
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("settles"))
        for at in places:
            painter.drawEllipse(at, px(1.6), px(1.6))
        if self._now is not None:
            painter.setPen(QPen(theme.color("panel"), 1.5))
            painter.setBrush(theme.color("accent"))
            at = _place(area, self._now.step / last, self._now.accuracy)
            painter.drawEllipse(at, px(4), px(4))

    def _draw_error(self, painter: QPainter, area: QRectF, last: int) -> None:
        errors = [point.error for point in self._points]
        most = max(errors, default=0.0)
        if most <= 0:
            return
        line = [_place(area, point.step / last, point.error / most) for point in self._points]
        theme = look.theme
        painter.setPen(QPen(theme.color("muted"), theme.line, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF(line))
        # Its own scale: the percents at the left are not the error's.
        end, height = line[-1], QFontMetricsF(painter.font()).height()
        words = f"error {numbers.plain(self._points[-1].error, 3)}"
        below = end.y() + 2 if end.y() + 2 + height < area.bottom() else end.y() - height - 2
        painter.drawText(QRectF(area.left(), below, area.width(), height), _RIGHT, words)


def _place(area: QRectF, across: float, up: float) -> QPointF:
    """The point at so much of the width and so much of the height."""
    return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
