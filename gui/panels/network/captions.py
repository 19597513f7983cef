"""What is said under the network: how its numbers were made, and why a weight moves."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.theme import look
from gui.widgets.tips import plain_tip
from model.door import mark, say

_MARGIN = 20
_INVITATION = (
    mark("Click a weight, an input or an output, or move to it by keys: why it moves stands here."),
    mark("Click a card: why it moves stands here."),
)


class Caption(QWidget):
    """One line of text, in as many words as the width holds."""

    def __init__(self, align: Qt.AlignmentFlag, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._align = align
        self._sentences: tuple[str, ...] = ("",)
        self._new = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_sentences(self, sentences: tuple[str, ...], new: bool = False) -> None:
        """Say one of these, the first that fits; ``new`` where it tells what just happened.

        Nothing is said where there is none.
        """
        if (sentences, new) != (self._sentences, self._new):
            self._sentences, self._new = sentences, new
            self.setAccessibleName(sentences[0] if sentences else "")
            self.update()

    @property
    def text(self) -> str:
        """What is written."""
        metrics = QFontMetricsF(look.theme.font())
        room = self.width() - 2 * look.theme.px(_MARGIN)
        for sentence in self._sentences:
            if metrics.horizontalAdvance(sentence) <= room:
                return sentence
        last = self._sentences[-1] if self._sentences else ""
        return metrics.elidedText(last, Qt.TextElideMode.ElideRight, room)

    def sizeHint(self) -> QSize:
        return QSize(0, look.theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look.theme.font())
        painter.setPen(look.theme.color("ink" if self._new else "muted"))
        margin = look.theme.px(_MARGIN)
        box = QRectF(self.rect()).adjusted(margin, 0, -margin, 0)
        painter.drawText(box, self._align | Qt.AlignmentFlag.AlignVCenter, self.text)


class Paragraph(QWidget):
    """Two lines of text in a place that is always kept for them: nothing moves when they change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentences: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(say("Why"))

    def show_sentences(self, sentences: tuple[str, ...]) -> None:
        """Say these, as many from the first as have room; an invitation without any."""
        if sentences != self._sentences:
            self._sentences = sentences
            whole = " ".join(sentences)
            self.setAccessibleDescription(whole)
            self.setToolTip(plain_tip(whole))
            self.update()

    @property
    def text(self) -> str:
        """What is written."""
        said = [" ".join(self._sentences[:n]) for n in range(len(self._sentences), 0, -1)]
        for text in said or map(say, _INVITATION):
            if self._lines(text):
                return text
        return said[-1] if said else ""

    def _lines(self, text: str) -> bool:
        """Whether a text has room."""
        room = self._room()
        taken = self._metrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return taken.height() <= room.height() + 1 and taken.width() <= room.width()

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(look.theme.font(0.92))

    def _room(self) -> QRectF:
        margin = look.theme.px(_MARGIN)
        width = max(1, self.width() - 2 * margin)
        return QRectF(margin, 0, width, 2 * self._metrics().lineSpacing())

    def sizeHint(self) -> QSize:
        return QSize(0, int(2 * self._metrics().lineSpacing()) + look.theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look.theme.font(0.92))
        painter.setPen(look.theme.color("ink" if self._sentences else "muted"))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(self._room(), int(flags) | int(Qt.TextFlag.TextWordWrap), self.text)
