"""A show of hands as bars: the first round, and beside it the second."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.painting import lettering, shade
from gui.look.theme import look
from model.door import say, written

_ROW = 58
_BAR = 12


class VoteBars(QWidget):
    """One row for each answer, with its key; a click on a row counts a hand, the right button
    takes one back.

    Signals
    -------
    counted(place, by) : a hand for the answer in that place, or one less
    """

    accessible_role = QAccessible.Role.Chart

    counted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: Sequence[str] = ()
        self._rounds: Sequence[Sequence[int]] = ()
        self._right: int | None = None
        self.setAccessibleName(say("Show of hands"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_votes(
        self, texts: Sequence[str], rounds: Sequence[Sequence[int]], right: int | None
    ) -> None:
        """Show the answers with their hands, round by round; ``right`` is the place of the right
        one, None where there is none.
        """
        if (texts, rounds, right) == (self._texts, self._rounds, self._right):
            return
        self._texts, self._rounds, self._right = texts, rounds, right
        self.setAccessibleDescription(
            "; ".join(
                say("{key}: {text}: {hands}", key=at + 1, text=text, hands=self._hands(at))
                for at, text in enumerate(texts)
            )
        )
        self.updateGeometry()
        self.update()

    def _hands(self, at: int) -> str:
        counts = [written(f"{hands[at]:,}") for hands in self._rounds]
        return say(" → ").join(counts) if counts else written("0")

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(260), len(self._texts) * look.theme.px(_ROW))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y() // look.theme.px(_ROW))
        if 0 <= at < len(self._texts):
            self.counted.emit(at, -1 if event.button() == Qt.MouseButton.RightButton else 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((max(hands) for hands in self._rounds if hands), default=0)
        for at, text in enumerate(self._texts):
            self._draw_row(painter, at, text, most)

    def _draw_row(self, painter: QPainter, at: int, text: str, most: int) -> None:
        px, top = look.theme.px, at * look.theme.px(_ROW)
        letters = lettering(1.0, QFont.Weight.DemiBold)
        key = QRectF(0, top + px(4), px(20), px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade("accent" if at == self._right else "outline"))
        painter.drawRoundedRect(key, px(4), px(4))
        painter.setPen(shade("background" if at == self._right else "ink"))
        painter.setFont(letters.font)
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, written(f"{at + 1}"))
        left, width = float(px(28)), self.width() - px(28)
        hands = self._hands(at)
        painter.setPen(shade("ink"))
        room = width - letters.width(hands) - px(10)
        shown = letters.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left, top + px(4) + letters.metrics.ascent()), shown)
        painter.drawText(
            QPointF(self.width() - letters.width(hands), top + px(4) + letters.metrics.ascent()),
            hands,
        )
        for number, counts in enumerate(self._rounds):
            bar = QRectF(left, top + px(26) + number * px(_BAR + 3), width, px(_BAR))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade("outline"))
            painter.drawRoundedRect(bar, px(3), px(3))
            if most and counts[at]:
                bar.setWidth(width * counts[at] / most)
                painter.setBrush(shade("muted" if number == 0 else "accent"))
                painter.drawRoundedRect(bar, px(3), px(3))
