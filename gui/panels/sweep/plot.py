"""The plot of a sweep: the error after so many steps against what was tried."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.painting import draw_focus, lettering, shade
from gui.look.theme import look
from gui.plots.ticks import Tick, linear_ticks, log_ticks
from model.door import say
from model.words import numbers

_REACH = 14.0
_MIN_LOG = -32.0
_FIGURES = ((1, 2, 5), (1, 3), (1,))
_MIN_TICKS = 2


@dataclass(frozen=True)
class Point:
    """A run as the plot draws it: what was tried, and its error; None where it diverged."""

    value: float
    error: float | None


@dataclass(frozen=True)
class Scale:
    """What stands along x: from ``low`` to ``high``, in equal ratios or not, whole numbers or not.

    ``limit`` is the limit of alpha and ``now`` the value on the bench, where there is one.
    """

    low: float
    high: float
    log: bool = False
    whole: bool = False
    limit: float | None = None
    now: float | None = None

    def place(self, value: float) -> float:
        """How far along x a value stands, 0 to 1."""
        low, high, at = (
            (math.log10(v) for v in (self.low, self.high, value))
            if self.log and value > 0.0
            else (self.low, self.high, value)
        )
        return (at - low) / (high - low) if high > low else 0.5

    def ticks(self, most: int) -> list[Tick]:
        """Up to ``most`` round numbers."""
        if not self.log:
            return linear_ticks(self.low, self.high, most, whole=self.whole)
        return _ratio_ticks(self.low, self.high, most)


class SweepPlot(QWidget):
    """Points that can be pointed at and chosen by mouse and keys.

    The height is the logarithm of the error; runs that diverged stand at the upper edge, with a
    sign of their own.

    Signals
    -------
    pointed(object) : another point is under the mouse or the keyboard, by its place; None for none
    chosen(int) : a point was clicked, or Enter was pressed on it
    """

    accessible_role = QAccessible.Role.Chart

    pointed = Signal(object)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[Point] = ()
        self._scale = Scale(0.0, 1.0)
        self._title = ""
        self._faded = False
        self._at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("Error of each run of the sweep"))

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(320), look.theme.px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(120), look.theme.px(96))

    def show_points(self, points: Sequence[Point], scale: Scale, title: str, faded: bool) -> None:
        """Show these points; ``faded`` where they are no runs of what is on the bench now."""
        self._points, self._scale, self._title, self._faded = points, scale, title, faded
        if self._at is not None and self._at >= len(points):
            self.point_at(None)
        self.update()

    @property
    def at(self) -> int | None:
        """The place of the point that is pointed at."""
        return self._at

    def point_at(self, place: int | None) -> None:
        """Point at one of them."""
        if place != self._at:
            self._at = place
            self.pointed.emit(place)
            self.update()

    # -- places ----------------------------------------------------------------------------

    @property
    def _area(self) -> QRectF:
        px, letters = look.theme.px, lettering(0.85)
        left = max((letters.width(t.text) for t in self._y_ticks()), default=0.0) + px(10)
        below = 2 * letters.metrics.height() + px(8)
        top = letters.metrics.height() + px(8)
        return QRectF(left, top, self.width() - left - px(16), self.height() - top - below)

    def _range(self) -> tuple[float, float]:
        """The logarithms of the least and the largest error in sight."""
        heights = [_height(p.error) for p in self._points if p.error is not None]
        if not heights:
            return -1.0, 0.0
        low, high = min(heights), max(heights)
        room = max(0.06 * (high - low), 0.1)
        return low - room, high + room

    def _y_ticks(self) -> list[Tick]:
        low, high = self._range()
        most = max(2, int(self.height() / look.theme.px(36)))
        ticks = _ratio_ticks(10.0**low, 10.0**high, most)
        if len(ticks) < _MIN_TICKS:
            # Within less than one power of ten: round numbers between.
            ticks = [t for t in linear_ticks(10.0**low, 10.0**high, most) if t.value > 0.0]
        return [Tick(math.log10(tick.value), tick.text) for tick in ticks]

    def place_of(self, at: int) -> QPointF:
        """Where a point stands, in pixels."""
        area, point = self._area, self._points[at]
        x = area.left() + self._scale.place(point.value) * area.width()
        if point.error is None:
            return QPointF(x, area.top())
        low, high = self._range()
        share = (_height(point.error) - low) / (high - low)
        return QPointF(x, area.bottom() - share * (area.height() - look.theme.px(10)))

    def _near(self, place: QPointF) -> int | None:
        """The point next to a place, if one is near enough."""
        away = [
            (math.hypot(at.x() - place.x(), at.y() - place.y()), number)
            for number, at in enumerate(map(self.place_of, range(len(self._points))))
        ]
        if not away or min(away)[0] > look.theme.px(_REACH):
            return None
        return min(away)[1]

    # -- mouse and keys --------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        shape = Qt.CursorShape.ArrowCursor if near is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)
        if near is not None:
            self.point_at(near)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        if event.button() == Qt.MouseButton.LeftButton and near is not None:
            self.point_at(near)
            self.chosen.emit(near)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self.point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, n = event.key(), len(self._points)
        at = -1 if self._at is None else self._at
        wanted = {
            Qt.Key.Key_Left: max(0, at - 1), Qt.Key.Key_Right: min(n - 1, at + 1),
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: n - 1,
        }.get(Qt.Key(key))  # fmt: skip
        if n and wanted is not None:
            self.point_at(wanted)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    # -- drawing ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(lettering(0.85).font)
        area = self._area
        self._draw_axes(painter, area)
        self._draw_marks(painter, area)
        self._draw_runs(painter)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), look.theme.px(6))

    def _draw_axes(self, painter: QPainter, area: QRectF) -> None:
        px, letters = look.theme.px, lettering(0.85)
        low, high = self._range()
        for tick in self._y_ticks():
            share = (tick.value - low) / (high - low)
            y = round(area.bottom() - share * (area.height() - px(10))) + 0.5
            painter.setPen(QPen(shade("hairline"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(shade("muted"))
            left = area.left() - letters.width(tick.text) - px(6)
            painter.drawText(QPointF(left, y + letters.half_cap), tick.text)
        painter.setPen(QPen(shade("outline"), look.theme.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(shade("muted"))
        line = area.bottom() + letters.metrics.ascent() + px(5)
        end = -math.inf
        for tick in self._scale.ticks(max(3, int(area.width() / px(56)))):
            wide = letters.width(tick.text)
            left = area.left() + self._scale.place(tick.value) * area.width() - wide / 2
            left = max(1.0, min(left, self.width() - wide - 1.0))
            if left > end + px(8):
                painter.drawText(QPointF(left, line), tick.text)
                end = left + wide
        below = QPointF(area.left(), line + letters.metrics.height())
        painter.drawText(below, letters.metrics.elidedText(
            self._title, Qt.TextElideMode.ElideRight, area.width()))  # fmt: skip

    def _draw_marks(self, painter: QPainter, area: QRectF) -> None:
        """The limit of alpha, and what is on the bench."""
        px, letters = look.theme.px, lettering(0.85)
        ends: list[float] = []
        for value, role, words in (
            (self._scale.limit, "diverges", say("limit")),
            (self._scale.now, "accent", say("now")),
        ):
            if value is None or not 0.0 <= self._scale.place(value) <= 1.0:
                continue
            x = round(area.left() + self._scale.place(value) * area.width()) + 0.5
            painter.setPen(QPen(shade(role, 0.7), look.theme.line, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            wide = letters.width(words)
            left = max(1.0, min(x - wide / 2, self.width() - wide - 1.0))
            if all(abs(left - other) > wide + px(8) for other in ends):
                painter.setPen(shade(role))
                painter.drawText(QPointF(left, letters.metrics.ascent() + px(1)), words)
                ends.append(left)

    def _draw_runs(self, painter: QPainter) -> None:
        px = look.theme.px
        share = 0.4 if self._faded else 1.0
        places = [self.place_of(at) for at in range(len(self._points))]
        stretch: list[QPointF] = []
        painter.setPen(QPen(shade("accent", 0.45 * share), 1.4 * look.theme.line))
        for point, at in zip(self._points, places, strict=True):
            if point.error is None:
                painter.drawPolyline(QPolygonF(stretch))
                stretch = []
            else:
                stretch.append(at)
        painter.drawPolyline(QPolygonF(stretch))
        for number, (point, at) in enumerate(zip(self._points, places, strict=True)):
            pointed = number == self._at
            radius = px(5) if pointed else px(3.2)
            if point.error is None:
                # An arrow up: beyond any axis.
                painter.setPen(QPen(shade("diverges", share), (2.2 if pointed else 1.5)
                                    * look.theme.line))  # fmt: skip
                painter.setBrush(shade("panel"))
                corners = ((0.0, -1.2), (1.1, 0.9), (-1.1, 0.9))
                painter.drawPolygon(
                    QPolygonF([at + QPointF(x * radius, y * radius) for x, y in corners])
                )
                continue
            painter.setPen(QPen(shade("panel"), 1))
            painter.setBrush(shade("accent", share))
            painter.drawEllipse(at, radius, radius)


def _height(error: float) -> float:
    """The logarithm of an error, which is never that of zero."""
    return max(_MIN_LOG, math.log10(error)) if error > 0.0 else _MIN_LOG


def _ratio_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Up to ``most`` numbers of one figure in low..high, for an axis of equal ratios."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for figures in _FIGURES if last - first <= most else ():
        powers = range(first, last + 1)
        values = [float(f"{figure}e{power}") for power in powers for figure in figures]
        inside = [value for value in values if low <= value <= high]
        if len(inside) <= most:
            return [Tick(value, numbers.plain(value)) for value in inside]
    ticks = log_ticks(math.log10(low), math.log10(high), most)
    return [Tick(10.0**tick.value, tick.text) for tick in ticks]
