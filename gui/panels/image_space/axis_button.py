"""An axis as the picture it is: two-signed over the pixels, or a bar for each input."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.look.image_colors import diverging_image, largest, on_paper
from gui.look.painting import draw_focus, lettering, shade, shortened
from gui.look.theme import look
from gui.widgets.tips import put_tip
from model.door import say
from model.image_space import Axis
from model.network import Floats

# So many components are offered; further ones show little.
_MAX_COMPONENTS = 20
_PICTURE, _SMALL = 52, 36


class AxisButton(QAbstractButton):
    """Shows an axis beside its letter; pressed, it asks for others.

    Signals
    -------
    asked(int) : it was pressed, and the number of its axis
    """

    asked = Signal(int)

    def __init__(self, number: int, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter = letter
        self._number = number
        self.clicked.connect(self._ask)
        self.is_next = False
        self._compact = False
        self._name = ""
        self._direction: Floats | None = None
        self._shape: tuple[int, int] | None = None
        self._image: QImage | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.follow(self, self._restyle)

    def show_axis(self, axis: Axis | None, name: str, shape: tuple[int, int] | None) -> None:
        """Show an axis, or only the name of one that is still being found."""
        direction = None if axis is None else axis.direction
        if name == self._name and shape == self._shape and direction is self._direction:
            return
        self._name, self._direction, self._shape = name, direction, shape
        self._draw()
        self.setAccessibleName(say("{letter} axis: {name}", letter=self.letter, name=name))
        put_tip(
            self,
            say("{name}: blue counts for it, orange against. Press to choose another axis.",
                name=name),
        )  # fmt: skip
        self.update()

    def set_next(self, is_next: bool) -> None:
        """Show that the next pixel that is clicked becomes this axis."""
        if is_next != self.is_next:
            self.is_next = is_next
            self.update()

    def set_compact(self, compact: bool) -> None:
        """With the words beside the picture, or under it."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        px = look.theme.px
        if self._compact:
            return QSize(px(_SMALL + 96), px(_SMALL + 6))
        return QSize(px(80), px(_PICTURE) + px(34))

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(self._number)

    @Slot()
    def _restyle(self) -> None:
        self._draw()
        self.updateGeometry()
        self.update()

    def _draw(self) -> None:
        direction = self._direction
        if direction is None or self._shape is None:
            self._image = None
        else:
            self._image = diverging_image(direction.reshape(self._shape), largest(direction))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, letters = look.theme.px, lettering(0.82)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade("accent_wash"))
            painter.drawRoundedRect(QRectF(self.rect()), px(5), px(5))
        side = px(_SMALL if self._compact else _PICTURE)
        left = px(3) if self._compact else (self.width() - side) / 2
        box = QRectF(left, px(3), side, side)
        if self._image is not None:
            rows, columns = self._image.height(), self._image.width()
            unit = side / max(rows, columns)
            shown = QRectF(0, 0, columns * unit, rows * unit)
            shown.moveCenter(box.center())
            painter.drawImage(shown, self._image)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(shade("outline"), 1))
            painter.drawRect(shown)
        elif self._direction is not None:
            self._draw_bars(painter, box, self._direction)
        painter.setFont(letters.font)
        line = letters.metrics.height()
        align = Qt.AlignmentFlag.AlignVCenter
        if self._compact:
            words = QRectF(box.right() + px(5), 0, self.width() - box.right() - px(6), line)
            words.moveTop(self.height() / 2 - line)
            align |= Qt.AlignmentFlag.AlignLeft
        else:
            words = QRectF(0, box.bottom() + px(1), self.width(), line)
            align |= Qt.AlignmentFlag.AlignHCenter
        painter.setPen(shade("accent" if self.is_next else "muted"))
        name = shortened(self._name, letters.font, int(words.width()) - 1)
        painter.drawText(words, align, name)
        painter.setPen(shade("accent"))
        painter.drawText(words.translated(0, line), align, say("{letter} ▾", letter=self.letter))
        if self.hasFocus() or self.is_next:
            style = Qt.PenStyle.SolidLine if self.hasFocus() else Qt.PenStyle.DotLine
            draw_focus(painter, QRectF(self.rect()), px(5), style)

    def _draw_bars(self, painter: QPainter, box: QRectF, direction: Floats) -> None:
        """A bar for each input, to the right where it counts for the axis."""
        painter.fillRect(box, on_paper("zero"))
        scale, n = largest(direction) or 1.0, len(direction)
        tall, middle = box.height() / n, box.center().x()
        for at, value in enumerate(np.asarray(direction).tolist()):
            wide = value / scale * (box.width() / 2 - 2)
            bar = QRectF(middle, box.top() + at * tall + tall * 0.15, wide, max(1.0, tall * 0.7))
            painter.fillRect(bar.normalized(), on_paper("positive" if value > 0 else "negative"))
        painter.setPen(QPen(shade("outline"), 1))
        painter.drawLine(QRectF(box).center().toPoint().x(), round(box.top()),
                         QRectF(box).center().toPoint().x(), round(box.bottom()))  # fmt: skip
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
