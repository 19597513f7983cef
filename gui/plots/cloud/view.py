"""The widget of a cloud of points: seen, turned, pointed at, gone around with a lasso."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from gui.look.painting import draw_focus, lettering, shade
from gui.look.theme import look
from gui.plots.cloud.camera import Camera, Places
from gui.plots.cloud.drawing import (
    PlaneLine,
    Sign,
    draw_box,
    draw_plane_line,
    draw_plane_ticks,
    draw_sign,
)
from gui.plots.cloud.points import Cloud
from gui.widgets.cell_area import notches

_ZOOM = 1.25
_TURN = 6.0  # degrees of an arrow key
_DEGREES_A_PIXEL = 0.5
# A lasso has a corner wherever the mouse went so far, and so many at the most.
_CORNER_PX = 4.0
_MAX_CORNERS = 64
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CloudView(QWidget):
    """Points that can be moved, zoomed and turned, and picked by mouse and keys.

    Dragging moves the plane, or turns the cube; with Shift, with the right button, or while
    ``lassoing``, it goes around points. Signals are about points by their numbers.

    Signals
    -------
    pointed(object) : another point is under the mouse or the keyboard; None for none
    chosen(int) : a point was clicked, or Enter was pressed at it
    toggled(int) : a point was clicked with Ctrl, or Space was pressed at it
    lassoed(object, bool) : a loop went around these points, (n,) of truths; whether to add them
    cleared : Escape was pressed
    turned : the camera was moved by hand
    """

    accessible_role = QAccessible.Role.Chart

    pointed = Signal(object)
    chosen = Signal(int)
    toggled = Signal(int)
    lassoed = Signal(object, bool)
    cleared = Signal()
    turned = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.cloud = Cloud()
        self.signs: Sequence[Sign] = ()
        self.line: PlaneLine | None = None
        self.axis_names: Sequence[str] = ()
        self.has_ticks = False
        self.message = ""
        self.lassoing = False
        self.hovered: int | None = None
        self.held: int | None = None
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._dragging = False
        self._loop: list[QPointF] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        look.follow(self, self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(420), look.theme.px(340))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(150), look.theme.px(120))

    def accessible_value(self) -> str:
        """What a screen reader says of it beside its name."""
        return self.accessibleDescription()

    # -- what is shown -----------------------------------------------------------------------

    def show_points(self, points: Places, square: bool, follow: bool = False) -> None:
        """Show points (n, 2 or 3), finite; with ``follow`` they have moved from where they were."""
        if len(points) != len(self.cloud):
            self.hovered = self.held = None
        self.cloud.set_points(points, square, follow)
        self._place()
        self.update()

    @property
    def in_space(self) -> bool:
        """Whether three dimensions are shown."""
        return self.cloud.points.shape[1] == 3

    def zoom(self, steps: float, at: QPointF | None = None) -> None:
        """Zoom in, or out for negative steps; what is at a place of the widget stays there."""
        area = self.cloud.area
        anchor = (0.0, 0.0)
        if at is not None and not self.in_space:
            anchor = (
                (at.x() - area.center().x()) / area.width(),
                (at.y() - area.center().y()) / area.height(),
            )
        self._look(self.cloud.camera.closer(_ZOOM**steps, anchor))

    @Slot()
    def fit(self) -> None:
        """Show all of it again."""
        self._look(self.cloud.camera.fitted())

    def turn(self, turn: float, tilt: float) -> None:
        """Turn the cube, in degrees."""
        self._look(self.cloud.camera.turned(turn, tilt))

    def _look(self, camera: Camera) -> None:
        self.cloud.look(camera)
        self.update()
        self.turned.emit()

    # -- the mouse ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._last = event.position()
        self._dragging = False
        right = event.button() == Qt.MouseButton.RightButton
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._loop = [event.position()] if right or shift or self.lassoing else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed is None:
            self._point(self.cloud.at(place))
            return
        if not self._dragging:
            moved = (place - self._pressed).manhattanLength()
            self._dragging = moved >= QApplication.startDragDistance()
            if not self._dragging:
                return
            self._point(None)
        if self._loop is not None:
            if math.dist(place.toTuple(), self._loop[-1].toTuple()) >= _CORNER_PX:
                self._loop.append(place)
                self.update()
            return
        step, area = place - self._last, self.cloud.area
        self._last = place
        if self.in_space:
            self.turn(step.x() * _DEGREES_A_PIXEL, step.y() * _DEGREES_A_PIXEL)
        else:
            moved_by = step.x() / area.width(), step.y() / area.height()
            self._look(self.cloud.camera.moved(*moved_by))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        loop, dragged = self._loop, self._dragging
        self._pressed, self._loop, self._dragging = None, None, False
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if dragged:
            if loop is not None:
                self.update()
                self.lassoed.emit(self.cloud.inside(QPolygonF(_fewer(loop))), ctrl)
            return
        found = self.cloud.at(event.position())
        if found is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.held = found
        (self.toggled if ctrl else self.chosen).emit(found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.cloud.at(event.position()) is None:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(notches(event.angleDelta().y()), event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def _point(self, at: int | None) -> None:
        if at != self.hovered:
            self.hovered = at
            hand = Qt.CursorShape.PointingHandCursor
            self.setCursor(Qt.CursorShape.ArrowCursor if at is None else hand)
            self.update()
            self.pointed.emit(at)

    # -- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _ARROWS:
            self._arrow(*_ARROWS[key], shift)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom(-1)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.held is not None:
            self.chosen.emit(self.held)
        elif key == Qt.Key.Key_Space and self.held is not None:
            self.toggled.emit(self.held)
        elif key == Qt.Key.Key_Escape:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def _arrow(self, right: int, down: int, shift: bool) -> None:
        """Turn a cube or go from point to point; with Shift the other, or move the plane."""
        if self.in_space and not shift:
            self.turn(right * _TURN, down * _TURN)
        elif shift and not self.in_space:
            self._look(self.cloud.camera.moved(-right * 0.1, -down * 0.1))
        elif self.cloud.shown.any():
            if self.held is None or not self.cloud.shown[self.held]:
                self.held = self._middle_point()
            else:
                self.held = self.cloud.next_to(self.held, right, down)
            self.update()
            self.pointed.emit(self.held)

    def _middle_point(self) -> int:
        """The shown point nearest to the middle of the area."""
        cloud = self.cloud
        middle = np.array([cloud.area.width(), cloud.area.height()]) * cloud.ratio / 2
        away = np.abs(cloud.places()[0] - middle).sum(axis=1)
        away[~cloud.shown] = np.inf
        return int(away.argmin())

    @property
    def told(self) -> int | None:
        """The point under the mouse, or else the keyboard's."""
        if self.hovered is not None:
            return self.hovered
        return self.held if self.hasFocus() else None

    # -- painting ----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = look.theme.px
        left, bottom = (px(44), px(20)) if self._ticks_shown else (px(6), px(6))
        area = QRectF(self.rect()).adjusted(left, px(6), -px(6), -bottom)
        if area.width() > 1 and area.height() > 1:
            self.cloud.set_area(area, self.devicePixelRatioF())

    @property
    def _ticks_shown(self) -> bool:
        return self.has_ticks and not self.in_space

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.cloud.ratio != self.devicePixelRatioF():
            self._place()
        painter = QPainter(self)
        theme, cloud = look.theme, self.cloud
        painter.fillRect(self.rect(), theme.color("panel"))
        if not cloud.area.isValid():
            return
        if self._ticks_shown and len(cloud):
            draw_plane_ticks(painter, cloud)
        if self.in_space:
            draw_box(painter, cloud, self.axis_names)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        cloud.draw(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.line is not None and not self.in_space:
            draw_plane_line(painter, cloud, self.line)
        for sign in self.signs:
            draw_sign(painter, cloud, sign)
        self._draw_told(painter)
        if self._loop is not None and len(self._loop) > 1:
            painter.setPen(QPen(shade("accent"), 1.5 * theme.line, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(QPolygonF(self._loop))
        if self.message:
            self._draw_message(painter)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 0.0)

    def _draw_told(self, painter: QPainter) -> None:
        """A ring around the point that is told of; its word would be in the way of others."""
        for at in {self.told, self.held if self.hasFocus() else None} - {None}:
            if at is not None and at < len(self.cloud):
                sign = Sign(self.cloud.points[at], "", "ink" if at == self.told else "accent")
                draw_sign(painter, self.cloud, sign)

    def _draw_message(self, painter: QPainter) -> None:
        letters = lettering(0.95)
        painter.setFont(letters.font)
        painter.setPen(shade("muted"))
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        area = self.cloud.area.adjusted(12, 12, -12, -12)
        painter.drawText(area, int(wrapped), self.message)

    @Slot()
    def _restyle(self) -> None:
        self.cloud.restyle()
        self._place()
        self.update()


def _fewer(loop: list[QPointF]) -> list[QPointF]:
    """The corners of a loop, evenly thinned out where there are very many."""
    step = max(1, math.ceil(len(loop) / _MAX_CORNERS))
    return loop[::step]
