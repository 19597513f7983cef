"""A line of text in several colours that may change with every frame."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import look

# A text and the theme's role for its colour.
Piece = tuple[str, str]

_SCALE = 0.95


class ColoredLine(QWidget):
    """One line of pieces, each in a colour; takes the width it is given and shortens the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pieces: tuple[Piece, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._restyle)
        self._restyle()

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(text for text, _ in self.pieces)

    def fits(self, pieces: Sequence[Piece]) -> bool:
        """Whether a text has room as it is."""
        return sum(self._width(text, role) for text, role in pieces) <= self.width()

    def _width(self, text: str, role: str) -> float:
        metrics = self._metrics if role == "muted" else self._bold_metrics
        return metrics.horizontalAdvance(text)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show another text; colours are what they are in the theme."""
        if tuple(pieces) != self.pieces:
            self.pieces = tuple(pieces)
            self.setAccessibleName(self.text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(60), round(self._metrics.height()) + look.theme.px(4))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, right = 0.0, float(self.width())
        for text, role in self.pieces:
            bold = role != "muted"
            metrics = self._bold_metrics if bold else self._metrics
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, right - left)
            painter.setFont(self._bold_font if bold else self._font)
            painter.setPen(look.theme.color(role))
            box = QRectF(left, 0, right - left, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
            left += metrics.horizontalAdvance(shown)
            if shown != text:
                break

    @Slot()
    def _restyle(self) -> None:
        self._font = look.theme.font(_SCALE)
        self._bold_font = look.theme.font(_SCALE, QFont.Weight.Medium)
        self._metrics = QFontMetricsF(self._font)
        self._bold_metrics = QFontMetricsF(self._bold_font)
        self.updateGeometry()
        self.update()
