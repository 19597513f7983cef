"""The plot of one bowl: the error along one weight, its tangent, its past, and the dot."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
)

from gui.look.painting import lettering, shade
from gui.look.theme import look
from gui.plots.plot import Picture, Plot, View
from gui.plots.ticks import draw_x_ticks, linear_ticks, tick_height
from model.curves import Bowl

# Room around what must be seen, and how much too large a range may grow before it shrinks.
_ROOM = 0.12
_TOO_TALL = 50.0
_TOO_WIDE = 12.0
# What is left of the ink of a bowl one step old, two steps old ...
_SHARES = (0.5, 0.36, 0.26, 0.19, 0.13)
_DOT_SHARES = (0.62, 0.5, 0.4, 0.32, 0.25)
# An error this small against the numbers that made it still gets a bowl of some height.
_SMALLEST_SHARE = 1e-3
_GRAB_PX = 11.0


def wanted_top(bowls: Sequence[Bowl], scale: float) -> float:
    """Height that a plot of these bowls needs; ``scale`` is the size of pred and target."""
    return max(_SMALLEST_SHARE * (scale or 1.0) ** 2, *(bowl.delta**2 for bowl in bowls))


def kept_top(top: float, wanted: float) -> float:
    """The old height of a plot as long as it serves, so that the scale changes rarely."""
    return top if wanted <= top <= _TOO_TALL * wanted else wanted * (1.0 + _ROOM)


def wanted_span(current: Bowl, earlier: Sequence[Bowl], top: float) -> tuple[float, float]:
    """Weights that a plot of height ``top`` needs to show: the dots, the floor and both arms.

    Where inputs differ from step to step the largest of them sets the width, so that a bowl
    is flat where its input is small.
    """
    steepest = max(abs(bowl.inputs) for bowl in (current, *earlier))
    size = max(abs(current.weight), 0.1)
    arm = size / 2 if steepest == 0.0 else math.sqrt(top) / steepest
    arm = min(max(arm, 1e-9 * size), 1e9 * size)
    near = [current.weight]
    if current.floor is not None and abs(current.floor - current.weight) <= 4.0 * arm:
        near.append(current.floor)
    dots = [bowl.weight for bowl in earlier]
    return min([min(near) - arm, *dots]), max([max(near) + arm, *dots])


def kept_span(old: tuple[float, float], wanted: tuple[float, float]) -> tuple[float, float]:
    """The old range of weights as long as it serves."""
    low, high = wanted
    if old[0] <= low and high <= old[1] and old[1] - old[0] <= _TOO_WIDE * (high - low):
        return old
    room = _ROOM * (high - low)
    return low - room, high + room


class BowlPicture(Picture):
    """Paints the bowls, and lets the dot be dragged.

    Signals
    -------
    grabbed : the dot was taken hold of
    dragged(weight) : it was moved over another weight
    released : it was let go
    """

    grabbed = Signal()
    dragged = Signal(float)
    released = Signal()

    def __init__(self, plot: Plot) -> None:
        super().__init__(plot)
        self.current = Bowl(0.0, 0.0, 0.0)
        self.earlier: Sequence[Bowl] = ()
        self._held: tuple[QPointF, float] | None = None
        self._moved = False
        self.setAcceptHoverEvents(True)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)

    @property
    def held(self) -> bool:
        """Whether the dot is being dragged."""
        return self._held is not None

    def show_bowls(self, current: Bowl, earlier: Sequence[Bowl]) -> None:
        """Show another moment; earlier bowls newest first."""
        self.current, self.earlier = current, earlier
        self.plot.redraw()

    @property
    def dot(self) -> QPointF:
        """Where the current dot is, in pixels."""
        return self._at(self.current)

    # -- dragging -----------------------------------------------------------------------

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._point(over_dot=self._near_dot(event.pos()))

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._point(over_dot=False)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if not self._near_dot(event.pos()):
            event.ignore()
            return
        # The dot may be caught at its rim: it then keeps its distance from the pointer.
        self._held = (event.pos(), self.dot.x() - event.pos().x())
        self._moved = False
        self.grabbed.emit()

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._held is None:
            return
        start, offset = self._held
        distance = abs(event.pos().x() - start.x())
        if not self._moved and distance < QApplication.startDragDistance() / 2:
            return
        self._moved = True
        self.dragged.emit(self._weight_at(event.pos().x() + offset))

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._held is not None:
            self._held = None
            self.released.emit()

    def let_go(self) -> None:
        """End a drag from outside."""
        self._held = None

    def _near_dot(self, at: QPointF) -> bool:
        apart = at - self.dot
        return math.hypot(apart.x(), apart.y()) <= look.theme.px(_GRAB_PX)

    def _point(self, over_dot: bool) -> None:
        self.plot.viewport().setCursor(
            Qt.CursorShape.SizeHorCursor if over_dot else Qt.CursorShape.ArrowCursor
        )

    def _weight_at(self, pixel: float) -> float:
        """The weight under a pixel, no finer than a pixel is wide."""
        weight = self.plot.x_at(pixel)
        pixel_width = self.plot.view.width / self.plot.area.width()
        return round(weight, min(300, max(0, 1 - math.floor(math.log10(pixel_width)))))

    # -- painting -----------------------------------------------------------------------

    def draw(self, painter: QPainter) -> None:
        theme, plot, area = look.theme, self.plot, self.plot.area
        most = max(3, int(area.width() / theme.px(46)))
        draw_x_ticks(painter, plot, linear_ticks(plot.view.left, plot.view.right, most))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = round(min(plot.y_px(0.0), area.bottom())) + 0.5
        if base >= area.top():
            painter.setPen(QPen(shade("outline"), theme.line))
            painter.drawLine(QPointF(area.left(), base), QPointF(area.right(), base))
        painter.setClipRect(area)
        # One pixel wide, lines paint four times as fast as any wider.
        for bowl, share in reversed([*zip(self.earlier, _SHARES, strict=False)]):
            painter.setPen(QPen(shade("ink", share), theme.line))
            self._draw_bowl(painter, bowl)
        for bowl, share in reversed([*zip(self.earlier, _DOT_SHARES, strict=False)]):
            self._draw_dot(painter, bowl, shade("accent", share), theme.px(3.5))
        painter.setPen(QPen(shade("ink"), 2.0 * theme.line))
        self._draw_bowl(painter, self.current)
        self._draw_tangent(painter)
        painter.setClipRect(area.adjusted(-6, -6, 6, 6))
        self._draw_dot(painter, self.current, shade("accent"), theme.px(5))
        if self.current.floor is None:
            self._say_flat(painter)

    def _at(self, bowl: Bowl) -> QPointF:
        far = 4.0 * (self.plot.height() + self.plot.width())
        x, y = self.plot.x_px(bowl.weight), self.plot.y_px(bowl.delta**2)
        return QPointF(min(max(x, -far), far), min(max(y, -far), far))

    def _draw_bowl(self, painter: QPainter, bowl: Bowl) -> None:
        """One Bézier arc: a parabola is drawn exactly by its ends and one control point."""
        plot, floor = self.plot, bowl.floor
        left, right = plot.view.left, plot.view.right
        if floor is not None:
            arm = math.sqrt(max(1.2 * plot.view.top, 0.0)) / abs(bowl.inputs)
            left, right = max(left, floor - arm), min(right, floor + arm)
        if not left < right:
            return
        middle = (left + right) / 2
        start, half, end = bowl.error(np.array((left, middle, right))).tolist()
        control = 2.0 * half - (start + end) / 2
        path = QPainterPath(QPointF(plot.x_px(left), plot.y_px(start)))
        path.quadTo(plot.x_px(middle), plot.y_px(control), plot.x_px(right), plot.y_px(end))
        painter.drawPath(path)

    def _draw_tangent(self, painter: QPainter) -> None:
        area, view, dot = self.plot.area, self.plot.view, self.dot
        down = -self.current.slope * (area.height() / view.height) * (view.width / area.width())
        reach = look.theme.px(38) / math.hypot(1.0, down)
        along = QPointF(reach, reach * down)
        painter.setPen(QPen(shade("accent"), 1.6 * look.theme.line, Qt.PenStyle.DotLine))
        painter.drawLine(dot - along, dot + along)

    def _draw_dot(self, painter: QPainter, bowl: Bowl, color: QColor, radius: float) -> None:
        painter.setPen(QPen(shade("panel"), 1))
        painter.setBrush(color)
        painter.drawEllipse(self._at(bowl), radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _say_flat(self, painter: QPainter) -> None:
        """Why there is no bowl, on the side of the line where there is more room."""
        px, area, letters = look.theme.px, self.plot.area, lettering(0.92)
        away = px(18) if self.dot.y() < area.center().y() else -px(18)
        text = "flat: input is 0"
        box = QRectF(0.0, 0.0, letters.width(text) + px(10), px(20))
        box.moveCenter(QPointF(area.center().x(), self.dot.y() + away))
        painter.fillRect(box, shade("panel"))
        painter.setFont(letters.font)
        painter.setPen(shade("muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class BowlPlot(Plot):
    """A plot of bowls, whose range stays put as long as it serves."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.bowls = BowlPicture(self)
        self.set_picture(self.bowls)
        self._height_wanted = 0.0
        self._top = 0.0
        self._span = (0.0, 0.0)
        self.bowls.released.connect(self._follow)
        look.changed.connect(self._set_margins)
        self._set_margins()

    def show_bowls(self, current: Bowl, earlier: Sequence[Bowl], first: Bowl, scale: float) -> None:
        """Show another moment; ``first`` is the bowl at the start of the path.

        The start holds the height while a path settles: the dot is seen to come down.
        """
        self.bowls.show_bowls(current, earlier)
        self._height_wanted = wanted_top((current, *earlier, first), scale)
        if not self.bowls.held:
            self._follow()

    @Slot()
    def _follow(self) -> None:
        """Have the range serve what is shown; while the dot is held, the range is held too."""
        bowls = self.bowls
        self._top = top = kept_top(self._top, self._height_wanted)
        self._span = kept_span(self._span, wanted_span(bowls.current, bowls.earlier, top))
        # Room for the dot where the error is 0.
        self.show_view(View(*self._span, -0.07 * top, 1.06 * top))

    @Slot()
    def _set_margins(self) -> None:
        px = look.theme.px
        self.set_margins(px(8), px(2), px(8), tick_height())
