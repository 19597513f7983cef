"""The plot of one bowl: the error along one weight, its tangent, its past, and the dot."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
)

from gui.look.painting import Lettering, lettering, shade
from gui.look.theme import look
from gui.panels.curves.ranges import Shown
from gui.plots.plot import Picture, Plot
from gui.plots.ticks import draw_x_ticks, linear_ticks, tick_height
from model.curves import Bowl, Probes
from model.door import say
from model.words import numbers

# What is left of the ink of a bowl one step old, two steps old ...
_SHARES = (0.5, 0.36, 0.26, 0.19, 0.13)
_DOT_SHARES = (0.62, 0.5, 0.4, 0.32, 0.25)
_GRAB_PX = 11.0
# Probes are up to so far away from the dot, across or up.
_PROBE_PX = 20.0
_TANGENT_PX = 80.0


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

    plot: BowlPlot

    def __init__(self, plot: BowlPlot) -> None:
        super().__init__(plot)
        self.current = Bowl(0.0, 0.0, 0.0)
        self.earlier: Sequence[Bowl] = ()
        self.probing = False
        self._tangent = True
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

    def show_tangent(self, shown: bool) -> None:
        """Draw the tangent, and the probes that tell where it falls, or leave them out."""
        if shown != self._tangent:
            self._tangent = shown
            self.plot.redraw()

    @property
    def dot(self) -> QPointF:
        """Where the current dot is, in pixels."""
        return self.place(self.current)

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
        if self._tangent:
            self._draw_tangent(painter)
        painter.setClipRect(area.adjusted(-6, -6, 6, 6))
        self._draw_dot(painter, self.current, shade("accent"), theme.px(5))
        if self.current.floor is None:
            self._say_flat(painter)
        if self.probing and self._tangent:
            painter.setClipping(False)
            self._draw_probes(painter)

    def place(self, bowl: Bowl) -> QPointF:
        """Where the dot of a bowl is, in pixels, and never too far away to be painted."""
        far = 4.0 * (self.plot.height() + self.plot.width())
        x = self.plot.x_px(bowl.weight)
        return QPointF(min(max(x, -far), far), self._row(bowl.delta**2))

    def _draw_bowl(self, painter: QPainter, bowl: Bowl) -> None:
        curve = self.curve(bowl)
        if curve is not None:
            painter.drawPath(curve)

    def curve(self, bowl: Bowl) -> QPainterPath | None:
        """A bowl in pixels; None where nothing of it is in sight.

        One Bézier arc: a parabola is drawn exactly by its ends and one control point. All is
        counted from the weight of the bowl, so that its dot lies on the curve even where a
        pixel is finer than the last digit of the weight.
        """
        plot, floor = self.plot, bowl.floor_offset
        left, right = plot.view.left - bowl.weight, plot.view.right - bowl.weight
        if floor is not None:
            arm = math.sqrt(max(1.2 * plot.view.top, 0.0)) / abs(bowl.inputs)
            left, right = max(left, floor - arm), min(right, floor + arm)
        if not left < right:
            return None
        middle = (left + right) / 2
        start, half, end = map(bowl.error_beside, (left, middle, right))
        control = 2.0 * half - (start + end) / 2
        at, scale = plot.x_px(bowl.weight), plot.area.width() / plot.view.width
        path = QPainterPath(QPointF(at + left * scale, plot.y_px(start)))
        path.quadTo(at + middle * scale, plot.y_px(control), at + right * scale, plot.y_px(end))
        return path

    def _draw_tangent(self, painter: QPainter) -> None:
        area, view, dot = self.plot.area, self.plot.view, self.dot
        down = -self.current.slope * (area.height() / view.height) * (view.width / area.width())
        reach = look.theme.px(_TANGENT_PX) / math.hypot(1.0, down)
        along = QPointF(reach, reach * down)
        painter.setPen(QPen(shade("accent"), 1.6 * look.theme.line, Qt.PenStyle.DotLine))
        painter.drawLine(dot - along, dot + along)

    def _draw_dot(self, painter: QPainter, bowl: Bowl, color: QColor, radius: float) -> None:
        painter.setPen(QPen(shade("panel"), 1))
        painter.setBrush(color)
        painter.drawEllipse(self.place(bowl), radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _say_flat(self, painter: QPainter) -> None:
        """Why there is no bowl, on the side of the line where there is more room."""
        px, area, letters = look.theme.px, self.plot.area, lettering(0.92)
        away = px(18) if self.dot.y() < area.center().y() else -px(18)
        text = say("flat: input is 0") if self.current.inputs == 0.0 else say("flat: tiny input")
        box = QRectF(0.0, 0.0, letters.width(text) + px(10), px(20))
        box.moveCenter(QPointF(area.center().x(), self.dot.y() + away))
        painter.fillRect(box, shade("panel"))
        painter.setFont(letters.font)
        painter.setPen(shade("muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    # -- hot and cold -------------------------------------------------------------------

    def _draw_probes(self, painter: QPainter) -> None:
        """Two rings beside the dot, the warmer one filled, and their errors above."""
        probes = self.plot.probes
        if probes is None:
            return
        theme, dot, plot = look.theme, self.dot, self.plot
        away = probes.step * plot.area.width() / plot.view.width
        painter.setClipRect(plot.area.adjusted(-6, -6, 6, 6))
        for side, error in ((-1, probes.less), (1, probes.more)):
            warm = side == probes.warmer
            painter.setPen(QPen(shade("overshoots" if warm else "muted"), 1.6 * theme.line))
            painter.setBrush(shade("overshoots" if warm else "panel"))
            at = QPointF(dot.x() + side * away, self._row(error))
            painter.drawEllipse(at, *(theme.px(3.8 if warm else 3.2),) * 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setClipping(False)
        for box, text, warm in self.probe_labels():
            letters = _probe_letters(warm)
            painter.setFont(letters.font)
            painter.setPen(shade("overshoots" if warm else "muted"))
            painter.drawText(QPointF(box.left(), box.center().y() + letters.half_cap), text)

    def probe_labels(self) -> list[tuple[QRectF, str, bool]]:
        """Place in pixels, text, and whether it is the warmer one, of what the probes say.

        The arrow says whether the error falls or rises on that side. Where there is not room
        for both, the colder one is left out.
        """
        probes, px = self.plot.probes, look.theme.px
        if probes is None:
            return []
        room = self.plot.width() - 2 * px(9)
        low = probes.warmer < 0
        texts = [(numbers.short(probes.less), low), (numbers.short(probes.more), not low)]
        worded = [
            (say("less {error}", error=texts[0][0]), low),
            (say("more {error}", error=texts[1][0]), not low),
        ]
        for wanted in (worded, texts):
            parts = [(f"{text} {'↓' if warm else '↑'}", warm) for text, warm in wanted]
            widths = [math.ceil(_probe_letters(warm).width(text)) + 1 for text, warm in parts]
            if sum(widths) + px(8) <= room:
                break
        lefts = [px(9), self.plot.width() - px(9) - widths[1]]
        fits = sum(widths) + px(4) <= room
        return [
            (QRectF(left, 0.0, width, px(18)), text, warm)
            for left, width, (text, warm) in zip(lefts, widths, parts, strict=True)
            if fits or warm
        ]

    def _row(self, error: float) -> float:
        far = 4.0 * (self.plot.height() + self.plot.width())
        return min(max(self.plot.y_px(error), -far), far)


def _probe_letters(warm: bool) -> Lettering:
    return lettering(0.85, QFont.Weight.DemiBold if warm else QFont.Weight.Normal)


class BowlPlot(Plot):
    """A plot of bowls. Which part of the plane it shows is said by who compares all plots.

    Signals
    -------
    let_go : the dot is no longer held, so that the range may follow again
    """

    let_go = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.bowls = BowlPicture(self)
        self.set_picture(self.bowls)
        self.shown = Shown(self.bowls.current, (), self.bowls.current, 0.0)
        self.bowls.released.connect(self.let_go)
        look.follow(self, self._fit_margins)
        self._fit_margins()

    def show_bowls(self, shown: Shown) -> None:
        """Show another moment, in the range that there is."""
        self.shown = shown
        self.bowls.show_bowls(shown.current, shown.earlier)

    def show_probes(self, shown: bool) -> None:
        """Show the two probes beside the dot and their errors, or not."""
        if shown != self.bowls.probing:
            self.bowls.probing = shown
            self._fit_margins()
            self.redraw()

    @property
    def probes(self) -> Probes | None:
        """The two probes, near the dot and yet apart from it in what is in sight."""
        bowl, area, view = self.bowls.current, self.area, self.view
        across = view.width / area.width()
        steep = abs(bowl.slope) * (area.height() / view.height)
        at_most = look.theme.px(_PROBE_PX) * min(across, 1.0 / steep if steep else math.inf)
        return bowl.probes(at_most)

    @Slot()
    def _fit_margins(self) -> None:
        px = look.theme.px
        # What the probes say has a line of its own, which no curve crosses.
        top = px(19) if self.bowls.probing else px(2)
        self.set_margins(px(8), top, px(8), tick_height())
