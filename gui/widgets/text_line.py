"""A line of text that may change with every frame."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.theme import look


class TextLine(QWidget):
    """One line that takes the width it is given and shortens what does not fit.

    A QLabel asks the whole window for a new layout whenever its text changes.
    """

    def __init__(
        self,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
        role: str = "muted",
    ) -> None:
        super().__init__(parent)
        self.text = ""
        self._role = role
        self._alignment = alignment | Qt.AlignmentFlag.AlignVCenter
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._restyle)

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text:
            self.text = text
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        height = QFontMetricsF(look.theme.font(0.95)).height()
        return QSize(look.theme.px(60), round(height) + look.theme.px(2))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = look.theme.font(0.95)
        painter.setFont(font)
        painter.setPen(look.theme.color(self._role))
        text = QFontMetricsF(font).elidedText(self.text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self._alignment, text)

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
