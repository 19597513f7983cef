"""Outlines around what is lit: frames that take neither the focus nor the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QRegion
from PySide6.QtWidgets import QWidget

from gui.look.theme import look

# Around the part, how thick the frame is, and the side of its flag, in 13 pixel type.
_AWAY, _WIDTH, _FLAG = 3, 2.5, 9
# The same of a part that others lie close to: the frame is drawn on its border.
_WIDTH_CLOSE, _FLAG_CLOSE = 1.5, 5


class Framed(NamedTuple):
    """What is framed; ``close`` where something lies right beside it that is to be read."""

    rect: QRect
    close: bool = False


def _line_width(close: bool) -> float:
    theme = look.theme
    return theme.px(_WIDTH_CLOSE) * theme.line if close else theme.px(_WIDTH) * theme.line


class Outlines(QObject):
    """Frames with a flag in a corner, over the rectangles of a widget.

    A widget for each of them: where one that covers all of the window changes its mask, all of
    the window is painted again, and lights change with every line of a listing.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._frames: list[_Frame] = []
        self.framed: tuple[Framed, ...] = ()
        look.changed.connect(self._restyle)

    def show_around(self, framed: Sequence[Framed]) -> None:
        """Frame these rectangles of the widget below, and no others."""
        self.framed = tuple(framed)
        joined = _joined(framed)
        while len(self._frames) < len(joined):
            self._frames.append(_Frame(self._over))
        for frame, one in zip(self._frames, joined, strict=False):
            frame.show_around(one)
        for frame in self._frames[len(joined) :]:
            frame.hide()

    @Slot()
    def _restyle(self) -> None:
        self.show_around(self.framed)


def _joined(framed: Sequence[Framed]) -> list[Framed]:
    """Parts that touch in a row as one, and such rows: frames would lie across neighbours."""
    rows: list[Framed] = []
    for one in sorted(framed, key=lambda one: (one.rect.top(), one.rect.left())):
        _join(rows, one, _touch_in_row)
    columns: list[Framed] = []
    for one in sorted(rows, key=lambda one: (one.rect.left(), one.rect.top())):
        _join(columns, one, _touch_in_column)
    return columns


def _join(joined: list[Framed], one: Framed, touch: Callable[[QRect, QRect], bool]) -> None:
    last = joined[-1] if joined else None
    if last is not None and last.close == one.close and touch(last.rect, one.rect):
        joined[-1] = Framed(last.rect.united(one.rect), one.close)
    else:
        joined.append(one)


def _touch_in_row(left: QRect, right: QRect) -> bool:
    same = (left.top(), left.bottom()) == (right.top(), right.bottom())
    return same and left.right() < right.left() <= left.right() + 2


def _touch_in_column(above: QRect, below: QRect) -> bool:
    same = (above.left(), above.right()) == (below.left(), below.right())
    return same and above.bottom() < below.top() <= above.bottom() + 2


class _Frame(QWidget):
    """One frame; it is there only where it is drawn, so that what it is around stays as it is."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._drawn: tuple[int, int, bool, str] | None = None
        self._close = False
        self.hide()

    def show_around(self, framed: Framed) -> None:
        """Lie around a rectangle of the parent, and inside of the parent."""
        self._close = framed.close
        away = 1 if framed.close else look.theme.px(_AWAY) + round(_line_width(False))
        # A line of text begins and ends at its border.
        is_line = framed.close and framed.rect.width() > 2 * framed.rect.height()
        beside = away + look.theme.px(_AWAY) if is_line else away
        around = framed.rect.adjusted(-beside, -away, beside, away).intersected(self._over.rect())
        if self.geometry() != around:
            self.setGeometry(around)
        drawn = (around.width(), around.height(), framed.close, look.theme.name)
        if drawn != self._drawn:
            self._drawn = drawn
            self._fit_mask()
            self.update()
        if self.isHidden():
            self.show()
            self.raise_()

    def _fit_mask(self) -> None:
        inset, flag = round(_line_width(self._close)) + 1, self._flag
        inside = self.rect().adjusted(inset, inset, -inset, -inset)
        region = QRegion(self.rect()) - QRegion(inside)
        self.setMask(region + QRegion(QRect(0, 0, flag + 1, flag + 1)))

    @property
    def _flag(self) -> int:
        return look.theme.px(_FLAG_CLOSE if self._close else _FLAG)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, width, flag = look.theme.color("accent"), _line_width(self._close), self._flag
        half, frame = width / 2, QRectF(self.rect())
        painter.setPen(QPen(color, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(half, half, -half, -half), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF((QPointF(0, 0), QPointF(flag, 0), QPointF(0, flag))))
