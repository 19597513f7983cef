"""Lets small pictures of digits be pointed at, gone through by keys, and chosen."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from gui.look.theme import look
from gui.widgets.thumbnails import Thumbnails
from model.network import Floats

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_CHOOSING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PictureSource(Protocol):
    """What there is to pick from, numbered from 0."""

    @property
    def count(self) -> int:
        """How many pictures the keyboard can reach."""

    def place(self, at: int) -> QRect:
        """Where a picture lies."""

    def picture_at(self, place: QPointF) -> int | None:
        """The picture at a place, if there is one."""

    @property
    def strides(self) -> Mapping[Qt.Key, int]:
        """How many pictures on or back a key takes, beyond those to the next and to the ends."""

    def tip(self, at: int) -> str:
        """What a tool tip says of a picture."""

    def describe(self) -> None:
        """Bring the description for screen readers up to date."""


class PicturePicker(QObject):
    """Listens to the mouse and the keys of a widget that shows pictures.

    One picture is under the mouse, ``hovered``, and one is the keyboard's, ``cursor``.

    Signals
    -------
    chosen(int) : a picture was clicked or entered
    moved(int) : the keyboard is at another picture
    """

    chosen = Signal(int)
    moved = Signal(int)

    def __init__(self, widget: QWidget, pictures: PictureSource) -> None:
        super().__init__(widget)
        self._widget = widget
        self._pictures = pictures
        self.cursor = 0
        self.hovered: int | None = None
        self._thumbnails = Thumbnails()
        look.changed.connect(self._restyle)
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.setMouseTracking(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is meant for the pictures, and leave the rest to the widget."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseMove:
                self._hover(self._pictures.picture_at(event.position()))
                return True
            if kind in _PRESSES:
                self._press(event)
                return True
        elif isinstance(event, QKeyEvent):
            return kind == QEvent.Type.KeyPress and self._key(Qt.Key(event.key()))
        elif isinstance(event, QHelpEvent):
            at = self._pictures.picture_at(QPointF(event.pos()))
            text = "" if at is None else self._pictures.tip(at)
            QToolTip.showText(event.globalPos(), text, self._widget)
            return True
        elif kind == QEvent.Type.Leave:
            self._hover(None)
        elif kind == QEvent.Type.FocusIn:
            self._pictures.describe()
        return False

    def _hover(self, at: int | None) -> None:
        if at != self.hovered:
            self.hovered = at
            hand = Qt.CursorShape.PointingHandCursor
            self._widget.setCursor(Qt.CursorShape.ArrowCursor if at is None else hand)
            self._widget.update()

    def _press(self, event: QMouseEvent) -> None:
        at = self._pictures.picture_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self.cursor = at
            self._widget.update()
            self.chosen.emit(at)

    def _key(self, key: Qt.Key) -> bool:
        last = self._pictures.count - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        strides = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, **self._pictures.strides}
        if last >= 0 and (key in ends or key in strides):
            to = ends[key] if key in ends else self.cursor + strides[key]
            self.cursor = min(max(0, to), last)
            self.moved.emit(self.cursor)
            self._pictures.describe()
            self._widget.update()
            return True
        if key in _CHOOSING_KEYS and last >= 0:
            self.chosen.emit(min(self.cursor, last))
            return True
        return False

    def forget_pictures(self) -> None:
        """Draw all pictures anew: other ones have the same keys now."""
        self._thumbnails.clear()

    # -- drawing ------------------------------------------------------------------------

    @Slot()
    def _restyle(self) -> None:
        self._thumbnails.clear()
        self._widget.updateGeometry()
        self._widget.update()

    def draw_ground(self, painter: QPainter, at: int, place: QRect) -> None:
        """Mark the picture that is pointed at, and the keyboard's."""
        theme = look.theme
        held = self._widget.hasFocus() and at == self.cursor
        if held or at == self.hovered:
            painter.setPen(theme.color("accent" if held else "outline"))
            painter.setBrush(theme.color("accent_wash"))
            self.draw_ring(painter, place)

    def draw_ring(self, painter: QPainter, place: QRect) -> None:
        """Draw a frame around a picture, in the pen and brush of the painter."""
        ring = QRectF(place).adjusted(2, 1.5, -2, -1.5)
        painter.drawRoundedRect(ring, look.theme.px(5), look.theme.px(5))

    def draw_picture(
        self, painter: QPainter, place: QRect, key: Hashable, pixels: Floats, height: int
    ) -> None:
        """Draw a picture at the top of its place, in the middle, and keep it by its key.

        pixels (rows, columns), from 0 (paper) to 1 (ink).
        """
        ratio = self._widget.devicePixelRatioF()
        picture = self._thumbnails.picture(key, pixels, height, ratio)
        width = picture.width() / ratio
        left = round(place.left() + (place.width() - width) / 2)
        painter.drawPixmap(left, place.top() + look.theme.px(6), picture)
