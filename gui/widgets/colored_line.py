"""A line of text in several colours that may change with every frame."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.theme import look
from model.words.pixels import Piece

_SCALE = 0.95


class ColoredLine(QWidget):
    """One line of pieces, each in a colour; takes the width it is given and shortens the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pieces: tuple[Piece, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self, self._restyle)
        self._restyle()

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(text for text, _ in self.pieces)

    def fits(self, pieces: Sequence[Piece]) -> bool:
        """Whether a text has room as it is."""
        widths = (self._type_of(role)[1].horizontalAdvance(text) for text, role in pieces)
        # Qt shortens what has only just room.
        return sum(widths) + 1 <= self.width()

    def _type_of(self, role: str) -> tuple[QFont, QFontMetricsF]:
        return self._plain if role == "muted" else self._bold

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show another text; colours are what they are in the theme."""
        if tuple(pieces) != self.pieces:
            self.pieces = tuple(pieces)
            self.setAccessibleName(self.text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(60), round(self._plain[1].height()) + look.theme.px(4))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, right = 0.0, float(self.width())
        for text, role in self.pieces:
            font, metrics = self._type_of(role)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, right - left)
            painter.setFont(font)
            painter.setPen(look.theme.color(role))
            box = QRectF(left, 0, right - left, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
            left += metrics.horizontalAdvance(shown)
            if shown != text:
                break

    @Slot()
    def _restyle(self) -> None:
        plain, bold = look.theme.font(_SCALE), look.theme.font(_SCALE, QFont.Weight.Medium)
        self._plain = plain, QFontMetricsF(plain)
        self._bold = bold, QFontMetricsF(bold)
        self.updateGeometry()
        self.update()
