"""A small box to choose from a list, with an arrow that is crisp in every theme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from gui.look.theme import look

# The list of a box takes its choice from the first of these.
_OF_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class ChoiceBox(QComboBox):
    """A combo box that draws its arrow itself: the style's own leaves a torn edge beside it.

    The theme's style sheet knows it by its name.
    """

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    @property
    def values(self) -> list[Any]:
        """What the choices stand for, in their order."""
        return [self.itemData(at) for at in range(self.count())]

    def offer(self, choices: Iterable[tuple[object, str]]) -> None:
        """Offer these and no others, each a value and what it is called."""
        self.clear()
        for value, words in choices:
            self.addItem(words, value)

    def choose(self, value: object) -> None:
        """Show the choice of a value; none, where it is not offered."""
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls: turning it over the box must not change anything."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take keys while in sight alone: else the list may be that of another experiment still."""
        if self.isVisible():
            super().keyPressEvent(event)

    def showPopup(self) -> None:
        super().showPopup()
        # Before Qt's own filter. The list has a window of its own, and may have the keyboard still
        # when the box is out of sight.
        self.view().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _OF_KEYS and not self.isVisible():
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = look.theme
        role = "outline" if not self.isEnabled() else "accent" if self.hasFocus() else "muted"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(role), 1.5 * theme.line))
        half = theme.px(3.5)
        middle = QPointF(self.width() - theme.px(12), self.height() / 2 + half / 4)
        painter.drawPolyline(
            [middle + QPointF(-half, -half / 2), middle + QPointF(0, half / 2),
             middle + QPointF(half, -half / 2)]
        )  # fmt: skip
