"""An image whose pixels are clicked to become axes, or painted to become one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.image_colors import diverging_image, ink_image, on_paper
from gui.look.painting import lettering, shade
from gui.look.theme import look
from gui.widgets.cell_area import ARROWS
from model.door import say
from model.network import Floats

Pixel = tuple[int, int]
_ERASING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class PixelMap(QWidget):
    """Shows one image; a click chooses a pixel, or a stroke paints it.

    While ``painting``, the left button paints +1, with Shift or the right button −1, and with
    Ctrl 0. The arrow keys go from pixel to pixel; Space chooses or paints it, the minus key
    paints −1, and Delete 0.

    Signals
    -------
    chosen(int, int) : a pixel, by row and column
    painted(int, int, float) : a pixel is to have this value
    stroke_ended : the button was let go, or a key was pressed
    """

    accessible_role = QAccessible.Role.Graphic

    chosen = Signal(int, int)
    painted = Signal(int, int, float)
    stroke_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.painting = False
        self._side = 132
        self._image: QImage | None = None
        self._shape = (1, 1)
        self._marks: Mapping[str, Pixel] = {}
        self._held: Pixel = (0, 0)
        self._hovered: Pixel | None = None
        self._value: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        side = look.theme.px(self._side)
        return QSize(side, side)

    def set_side(self, side: int) -> None:
        """How wide and high it would like to be, in 13 pixel type."""
        self._side = side
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        side = look.theme.px(72)
        return QSize(side, side)

    # -- what is shown -----------------------------------------------------------------------

    def show_ink(self, image: Floats, marks: Mapping[str, Pixel]) -> None:
        """Show pixels from 0 to 1, (rows, cols), with pixels marked by a letter each."""
        self._take(ink_image(image), image.shape, marks)

    def show_signed(self, image: Floats) -> None:
        """Show signed values from −1 to 1, (rows, cols)."""
        self._take(diverging_image(image, 1.0), image.shape, {})

    def _take(self, image: QImage, shape: tuple[int, ...], marks: Mapping[str, Pixel]) -> None:
        if shape != self._shape:
            self._shape, self._held, self._hovered = (shape[0], shape[1]), (0, 0), None
        self._image, self._marks = image, dict(marks)
        self.update()

    def go_to(self, pixel: Pixel) -> None:
        """Let the keyboard begin at a pixel."""
        self._held = pixel

    def accessible_value(self) -> str:
        """The pixel that the keyboard is at."""
        row, column = self._held
        return say("pixel {row}, {column}", row=row, column=column)

    # -- geometry ----------------------------------------------------------------------------

    def cell_rect(self, pixel: Pixel) -> QRectF:
        """Where a pixel lies: whole ones, so that all are alike where there is room."""
        rows, columns = self._shape
        side = min((self.width() - 2) / columns, (self.height() - 2) / rows)
        side = float(int(side)) if side >= 3 else side
        left = (self.width() - side * columns) / 2
        top = (self.height() - side * rows) / 2
        return QRectF(left + pixel[1] * side, top + pixel[0] * side, side, side)

    def _pixel_at(self, place: QPointF) -> Pixel | None:
        first = self.cell_rect((0, 0))
        row = int((place.y() - first.top()) // first.height())
        column = int((place.x() - first.left()) // first.width())
        rows, columns = self._shape
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    # -- mouse and keys ----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._pixel_at(event.position())
        if at is None:
            return
        self._held = at
        if not self.painting:
            if event.button() == Qt.MouseButton.LeftButton:
                self.chosen.emit(*at)
            return
        right = event.button() == Qt.MouseButton.RightButton
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._value = 0.0 if ctrl else -1.0 if right or shift else 1.0
        self.painted.emit(*at, self._value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._pixel_at(event.position())
        if at != self._hovered:
            self._hovered = at
            self.update()
            if at is not None and self._value is not None:
                self.painted.emit(*at, self._value)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._value is not None:
            self._value = None
            self.stroke_ended.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS:
            down, right = ARROWS[key]
            rows, columns = self._shape
            row, column = self._held
            self._held = (
                min(max(0, row + down), rows - 1), min(max(0, column + right), columns - 1)
            )  # fmt: skip
            self.update()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press(1.0)
        elif self.painting and key == Qt.Key.Key_Minus:
            self._press(-1.0)
        elif self.painting and key in _ERASING:
            self._press(0.0)
        else:
            super().keyPressEvent(event)

    def _press(self, value: float) -> None:
        if self.painting:
            self.painted.emit(*self._held, value)
            self.stroke_ended.emit()
        else:
            self.chosen.emit(*self._held)

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        rows, columns = self._shape
        whole = self.cell_rect((0, 0)).united(self.cell_rect((rows - 1, columns - 1)))
        painter.drawImage(whole, self._image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(shade("accent" if self.hasFocus() else "outline"), look.theme.line))
        painter.drawRect(whole)
        for pixel in {self._hovered, self._held if self.hasFocus() else None} - {None}:
            assert pixel is not None
            self._outline(painter, pixel)
        letters = lettering(0.85)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for word, pixel in self._marks.items():
            self._outline(painter, pixel)
            painter.setFont(letters.font)
            cell, tall = self.cell_rect(pixel), letters.metrics.height()
            tag = QRectF(0, 0, letters.width(word) + 8, tall)
            tag.moveCenter(cell.center() + QPointF(tag.width() / 2 + cell.width() / 2 + 1, 0))
            if tag.right() > whole.right():
                tag.moveRight(cell.left() - 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(on_paper("accent"))
            painter.drawRoundedRect(tag, 3, 3)
            painter.setPen(on_paper("on_accent"))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, word)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _outline(self, painter: QPainter, pixel: Pixel) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(on_paper("accent"), 2 * look.theme.line))
        painter.drawRect(self.cell_rect(pixel))
