"""Small pictures of digits that can be pointed at, gone through by keys, and chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.look.theme import look
from gui.widgets.thumbnails import Thumbnails

_CHOOSING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PictureList(QWidget):
    """What the lists of pictures have in common; subclasses say what is where, and draw it.

    Pictures are numbered from 0; one is under the mouse, and one is the keyboard's.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cursor = 0
        self._hovered: int | None = None
        self._thumbnails = Thumbnails()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)
        look.changed.connect(self._restyle)

    # -- what the kinds of list say -----------------------------------------------------

    @property
    def count(self) -> int:
        """How many pictures the keyboard can reach."""
        raise NotImplementedError

    def place(self, at: int) -> QRect:
        """Where a picture lies."""
        raise NotImplementedError

    def describe(self) -> None:
        """Bring the description for screen readers up to date."""
        raise NotImplementedError

    def _at(self, place: QPointF) -> int | None:
        """The picture at a place, if there is one."""
        raise NotImplementedError

    def _moves(self) -> dict[Qt.Key, int]:
        """Where each key would take the keyboard; beyond the ends it stays at them."""
        raise NotImplementedError

    def _choose(self, at: int) -> None:
        """A picture was clicked or entered."""
        raise NotImplementedError

    def _tip(self, at: int) -> str:
        """What a tool tip says of a picture."""
        raise NotImplementedError

    def _moved(self) -> None:
        """The keyboard is at another picture."""

    def _restyled(self) -> None:
        """The type has another size."""

    # -- mouse and keys -----------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, at: int | None) -> None:
        if at != self._hovered:
            self._hovered = at
            hand = Qt.CursorShape.PointingHandCursor
            self.setCursor(Qt.CursorShape.ArrowCursor if at is None else hand)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._cursor = at
            self.update()
            self._choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        to, last = self._moves().get(key), self.count - 1
        if to is not None and last >= 0:
            self._cursor = min(max(0, to), last)
            self._moved()
            self.describe()
            self.update()
        elif key in _CHOOSING_KEYS and last >= 0:
            self._choose(min(self._cursor, last))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.describe()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            at = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if at is None else self._tip(at), self)
            return True
        return super().event(event)

    # -- drawing ------------------------------------------------------------------------

    @Slot()
    def _restyle(self) -> None:
        self._thumbnails.clear()
        self.updateGeometry()
        self._restyled()
        self.update()

    def _draw_ground(self, painter: QPainter, at: int) -> None:
        """Mark the picture that is pointed at, and the keyboard's."""
        theme = look.theme
        held = self.hasFocus() and at == self._cursor
        if held or at == self._hovered:
            painter.setPen(theme.color("accent" if held else "outline"))
            painter.setBrush(theme.color("accent_wash"))
            self._draw_ring(painter, at)

    def _draw_ring(self, painter: QPainter, at: int) -> None:
        ring = QRectF(self.place(at)).adjusted(2, 1.5, -2, -1.5)
        painter.drawRoundedRect(ring, look.theme.px(5), look.theme.px(5))

    def _draw_picture(self, painter: QPainter, at: int, picture: QPixmap) -> None:
        """Draw a picture at the top of its place, in the middle."""
        place, width = self.place(at), picture.width() / picture.devicePixelRatio()
        left = round(place.left() + (place.width() - width) / 2)
        painter.drawPixmap(left, place.top() + look.theme.px(6), picture)
