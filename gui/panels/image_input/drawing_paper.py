"""The image on the bench as ink on paper, to draw on with the mouse or the keyboard."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.image_colors import ink_image, on_paper
from gui.look.theme import look
from gui.session import Session
from gui.widgets.cell_area import ARROWS
from model.door import say
from model.image_input import drawn, erased, pen_radius
from model.path import State

_HINT = 208
_MIN_SIDE = 84
_ERASING_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


@dataclass
class _Stroke:
    """A stroke under way; all of it is one gesture.

    ``at`` is (row, column); ``moment`` is what it has been drawn on so far.
    """

    at: tuple[float, float]
    erasing: bool
    moment: State
    gesture: object = field(default_factory=object)


class DrawingPaper(QWidget):
    """Shows the inputs as one image and hands strokes to the session.

    The left button uses the tool that is chosen, the right one erases. Drawing pauses a run:
    a stroke is meant for the image that is seen when it begins. What is under the mouse or the
    keyboard's cursor is the pixel that is looked into.
    """

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The right button erases.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._session = session
        self.erasing = False
        self._stroke: _Stroke | None = None
        self._hover: QPointF | None = None
        self._cursor = (0, 0)
        self._cursor_shown = False
        # The pixel that was last pointed at here, as a column.
        self._own_pixel: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleDescription(
            say("Arrow keys move a cursor over the pixels, Space draws there, Delete erases.")
        )

    @property
    def shape_shown(self) -> tuple[int, int]:
        """(rows, columns) of the image; a single pixel where the inputs are none."""
        return self._session.experiment.image_shape or (1, 1)

    def paper(self) -> QRectF:
        """Where the image lies: centred, with whole pixels of the screen where they fit."""
        rows, cols = self.shape_shown
        ratio = self.devicePixelRatioF()
        cell = min((self.width() - 4) / cols, (self.height() - 4) / rows)
        if cell * ratio >= 1:
            cell = int(cell * ratio) / ratio
        width, height = max(0.0, cell * cols), max(0.0, cell * rows)
        left, top = (self.width() - width) / 2, (self.height() - height) / 2
        return QRectF(int(left * ratio) / ratio, int(top * ratio) / ratio, width, height)

    def place(self, position: QPointF) -> tuple[float, float]:
        """(row, column) of a position in the widget, the middle of the first pixel being (0, 0)."""
        rows, cols = self.shape_shown
        paper = self.paper()
        return (
            (position.y() - paper.top()) / max(paper.height(), 1.0) * rows - 0.5,
            (position.x() - paper.left()) / max(paper.width(), 1.0) * cols - 0.5,
        )

    def pixel_rect(self, row: int, column: int) -> QRect:
        """Where a pixel of the image lies, in whole pixels of the widget."""
        (rows, cols), paper = self.shape_shown, self.paper()
        width, height = paper.width() / cols, paper.height() / rows
        box = QRectF(paper.left() + column * width, paper.top() + row * height, width, height)
        return box.toAlignedRect()

    def pixel(self, position: QPointF) -> tuple[int, int] | None:
        """(row, column) of the pixel at a position; None beside the paper."""
        if not self.paper().contains(position):
            return None
        row, column = (round(at) for at in self.place(position))
        rows, cols = self.shape_shown
        return min(max(row, 0), rows - 1), min(max(column, 0), cols - 1)

    def _pointed_at(self) -> tuple[int, int] | None:
        """(row, column) of the pixel under the keyboard's cursor, or else under the mouse."""
        if self._cursor_shown:
            return self._cursor
        return self.pixel(self._hover) if self._hover is not None else None

    # -- drawing with the mouse ---------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
        if event.button() not in (left, right) or self._stroke is not None:
            return
        self._session.playback.pause()
        at = self.place(event.position())
        self._cursor_shown = False
        self._hover = event.position()
        erasing = self.erasing or event.button() == right
        self._stroke = _Stroke(at, erasing, self._session.state)
        self._extend(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = event.position()
        if self._stroke is not None:
            self._extend(self.place(event.position()))
        self._cursor_shown = False
        self._point()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._stroke = None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self._point()

    def _extend(self, to: tuple[float, float]) -> None:
        """Draw on to a place; the whole stroke so far stays one change."""
        stroke = self._stroke
        if stroke is None or self._session.experiment.image_shape is None:
            return
        if stroke.moment is not self._session.state:
            self._stroke = None  # what it was drawn on is no longer there
            return
        inputs = self._session.seen.inputs
        change = erased if stroke.erasing else drawn
        after = change(inputs, self.shape_shown, stroke.at, to)
        stroke.at = to
        if np.array_equal(after, inputs):
            return
        label = say("erased") if stroke.erasing else say("drew")
        self._stroke = None
        if self._session.edits.draw(after, label, stroke.gesture):
            stroke.moment = self._session.state
            self._stroke = stroke

    # -- drawing with the keyboard ------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in ARROWS:
            self._move_cursor(*ARROWS[Qt.Key(key)])
        elif key == Qt.Key.Key_Space or key in _ERASING_KEYS:
            self._dab(erasing=key in _ERASING_KEYS)
        else:
            super().keyPressEvent(event)

    def _move_cursor(self, down: int, right: int) -> None:
        if self._cursor_shown:
            rows, cols = self.shape_shown
            row, column = self._cursor
            self._cursor = min(max(row + down, 0), rows - 1), min(max(column + right, 0), cols - 1)
        self._show_cursor()

    def _dab(self, erasing: bool) -> None:
        """Touch the paper at the cursor with the tip, as a click does."""
        self._session.playback.pause()
        self._show_cursor()
        at = float(self._cursor[0]), float(self._cursor[1])
        self._stroke = _Stroke(at, erasing, self._session.state)
        self._extend(at)
        self._stroke = None

    def _show_cursor(self) -> None:
        self._cursor_shown = True
        self._point()

    def _point(self) -> None:
        """Look into the pixel that is pointed at, or no longer into the one that was."""
        at, view = self._pointed_at(), self._session.view
        is_image = self._session.experiment.image_shape is not None
        pixel = at[0] * self.shape_shown[1] + at[1] if at is not None and is_image else None
        before, self._own_pixel = self._own_pixel, pixel
        if pixel is not None or before == view.pixel:
            view.show(pixel=pixel)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        ):
            self._show_cursor()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._cursor_shown = False
        self._point()

    # -- showing ------------------------------------------------------------------------

    def begin(self) -> None:
        """Take up another experiment."""
        rows, cols = self.shape_shown
        self._cursor = rows // 2, cols // 2
        self._stroke = None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        # As high as wide, so that a card no higher than its hint holds a square.
        rows, cols = self.shape_shown
        width = max(self.width(), self.minimumSizeHint().width())
        return QSize(look.theme.px(_HINT), round(width * rows / cols))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(_MIN_SIDE), look.theme.px(_MIN_SIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        shape = self._session.experiment.image_shape
        if shape is None:
            return
        paper = self.paper()
        painter = QPainter(self)
        painter.drawImage(paper, ink_image(self._session.seen.inputs.reshape(shape)))
        focused = self.hasFocus()
        painter.setPen(QPen(look.theme.color("accent" if focused else "outline"), 1 + focused))
        painter.drawRect(paper.adjusted(-1, -1, 0, 0))
        self._paint_pointer(painter, paper)

    def _outline(self, painter: QPainter, paper: QRectF, row: int, column: int) -> None:
        cell = paper.width() / self.shape_shown[1]
        painter.drawRect(QRectF(paper.left() + column * cell, paper.top() + row * cell, cell, cell))

    def _paint_pointer(self, painter: QPainter, paper: QRectF) -> None:
        rows, cols = self.shape_shown
        cell = paper.width() / cols
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(on_paper("accent"), 1.5))
        if self._cursor_shown:
            self._outline(painter, paper, *self._cursor)
        elif self._hover is not None and paper.contains(self._hover):
            erasing = self._stroke.erasing if self._stroke else self.erasing
            # Half a pixel in from where the soft edge ends: what reads as the stroke's outline.
            radius = (pen_radius((rows, cols), erasing) - 0.25) * cell
            painter.setClipRect(paper)
            painter.drawEllipse(self._hover, radius, radius)
        elif self._session.view.pixel is not None:
            self._outline(painter, paper, *divmod(self._session.view.pixel, cols))
