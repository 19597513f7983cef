"""Outlines around what is lit: a frame that takes neither the focus nor the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QRegion
from PySide6.QtWidgets import QWidget

from gui.look.theme import look

# Around the part, how thick the frame is, and the side of its flag, in 13 pixel type.
_AWAY, _WIDTH, _FLAG = 3, 2.5, 9


class Outlines(QWidget):
    """Frames with a flag in a corner, over the rectangles of another widget.

    The flag is the mark for those who do not see the colour.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rects: tuple[QRect, ...] = ()
        look.changed.connect(self._restyle)
        self.hide()

    def show_around(self, rects: Sequence[QRect]) -> None:
        """Frame these rectangles of the widget below, and no others."""
        over = self._over.rect()
        if tuple(rects) == self.rects and self.geometry() == over:
            return
        self.rects = tuple(rects)
        self.setGeometry(over)
        self._fit_mask()
        self.setVisible(bool(rects))
        self.raise_()
        self.update()

    @Slot()
    def _restyle(self) -> None:
        self._fit_mask()
        self.update()

    def _frame(self, rect: QRect) -> QRect:
        """The outer edge of the frame around a rectangle, inside the widget below."""
        away = look.theme.px(_AWAY) + round(self._width)
        return rect.adjusted(-away, -away, away, away).intersected(self.rect())

    @property
    def _width(self) -> float:
        return look.theme.px(_WIDTH) * look.theme.line

    def _fit_mask(self) -> None:
        """Be there only where a frame is, so that what lies inside is painted without this."""
        region = QRegion()
        inset, flag = round(self._width) + 1, look.theme.px(_FLAG)
        for rect in self.rects:
            frame = self._frame(rect)
            inside = frame.adjusted(inset, inset, -inset, -inset)
            region += QRegion(frame) - QRegion(inside)
            region += QRegion(QRect(frame.topLeft(), frame.topLeft()).adjusted(0, 0, flag, flag))
        self.setMask(region)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, width, flag = look.theme.color("accent"), self._width, look.theme.px(_FLAG)
        for rect in self.rects:
            frame = QRectF(self._frame(rect))
            half = width / 2
            painter.setPen(QPen(color, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(half, half, -half, -half), 4, 4)
            corner = frame.topLeft()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawPolygon(
                QPolygonF((corner, corner + QPointF(flag, 0), corner + QPointF(0, flag)))
            )
