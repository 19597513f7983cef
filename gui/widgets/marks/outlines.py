"""Outlines around what is lit: frames that take neither the focus nor the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QRegion
from PySide6.QtWidgets import QWidget

from gui.look.theme import look

# Around the part, how thick the frame is, and the side of its flag, in 13 pixel type.
_AWAY, _WIDTH, _FLAG = 3, 2.5, 9


def _line_width() -> float:
    return look.theme.px(_WIDTH) * look.theme.line


class Outlines(QObject):
    """Frames with a flag in a corner, over the rectangles of a widget.

    A widget for each of them: where one that covers all of the window changes its mask, all of
    the window is painted again, and lights change with every line of a listing.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._frames: list[_Frame] = []
        self.rects: tuple[QRect, ...] = ()
        look.changed.connect(self._restyle)

    def show_around(self, rects: Sequence[QRect]) -> None:
        """Frame these rectangles of the widget below, and no others."""
        self.rects = tuple(rects)
        rows = _joined(rects)
        while len(self._frames) < len(rows):
            self._frames.append(_Frame(self._over))
        for frame, rect in zip(self._frames, rows, strict=False):
            frame.show_around(rect)
        for frame in self._frames[len(rows) :]:
            frame.hide()

    @Slot()
    def _restyle(self) -> None:
        self.show_around(self.rects)


def _joined(rects: Sequence[QRect]) -> list[QRect]:
    """Parts that touch in a row as one: a frame for each would lie across its neighbours."""
    joined: list[QRect] = []
    for rect in sorted(rects, key=lambda one: (one.top(), one.left())):
        last = joined[-1] if joined else None
        row = last is not None and (last.top(), last.bottom()) == (rect.top(), rect.bottom())
        if last is not None and row and last.right() < rect.left() <= last.right() + 2:
            joined[-1] = last.united(rect)
        else:
            joined.append(rect)
    return joined


class _Frame(QWidget):
    """One frame; it is there only where it is drawn, so that what it is around stays as it is."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._drawn: tuple[int, int, str] | None = None
        self.hide()

    def show_around(self, rect: QRect) -> None:
        """Lie around a rectangle of the parent, and inside of the parent."""
        away = look.theme.px(_AWAY) + round(_line_width())
        around = rect.adjusted(-away, -away, away, away).intersected(self._over.rect())
        if self.geometry() != around:
            self.setGeometry(around)
        drawn = (around.width(), around.height(), look.theme.name)
        if drawn != self._drawn:
            self._drawn = drawn
            self._fit_mask()
            self.update()
        if self.isHidden():
            self.show()
            self.raise_()

    def _fit_mask(self) -> None:
        inset, flag = round(_line_width()) + 1, look.theme.px(_FLAG)
        inside = self.rect().adjusted(inset, inset, -inset, -inset)
        region = QRegion(self.rect()) - QRegion(inside)
        self.setMask(region + QRegion(QRect(0, 0, flag + 1, flag + 1)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, width, flag = look.theme.color("accent"), _line_width(), look.theme.px(_FLAG)
        half, frame = width / 2, QRectF(self.rect())
        painter.setPen(QPen(color, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(half, half, -half, -half), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF((QPointF(0, 0), QPointF(flag, 0), QPointF(0, flag))))
