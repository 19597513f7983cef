"""A shade over all of a window but some rectangles: what is spoken of stands out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

_SHADE = QColor(0, 0, 0, 150)


class Dim(QWidget):
    """Takes neither the focus nor the mouse; it is there while something is left out of it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._over = over
        self.bright: tuple[QRect, ...] = ()
        over.installEventFilter(self)
        self.hide()

    def leave_out(self, rects: Sequence[QRect]) -> None:
        """Shade everything but these rectangles; nothing where there are none."""
        self.bright = tuple(rects)
        self.setVisible(bool(self.bright))
        if self.bright:
            self._fit()

    def _fit(self) -> None:
        self.setGeometry(self._over.rect())
        shaded = QRegion(self.rect())
        for rect in self.bright:
            shaded -= QRegion(rect.adjusted(-4, -4, 4, 4))
        self.setMask(shaded)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.bright:
            self._fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), _SHADE)
