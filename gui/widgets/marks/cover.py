"""A cover: stands where something is hidden for now, and says so."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.look.painting import paint_cover
from gui.look.theme import look
from gui.widgets.tips import plain_tip
from model.door import mark, say
from model.words.numbers import HIDDEN

_SENTENCES = (
    mark("Hidden for now: it gives an answer away."),
    mark("Hidden for now"),
    HIDDEN,
)
# Around the words, in 13 pixel type.
_ROOM = 10


class Cover(QWidget):
    """Lies over a widget, so that nothing of it can be seen, pressed or pointed at.

    The uppermost ``below`` pixels, in 13 pixel type, stay free.
    """

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, over: QWidget, below: int) -> None:
        super().__init__(over)
        self._over = over
        self._below = below
        sentence = say(_SENTENCES[0])
        self.setAccessibleName(sentence)
        self.setToolTip(plain_tip(sentence))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        over.installEventFilter(self)
        look.follow(self, self.fit)
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Lie over all of it."""
        self.setGeometry(self._over.rect().adjusted(0, look.theme.px(self._below), 0, 0))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and watched is self._over:
            self.fit()
        return False

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        # What is pressed here is not meant for what lies below.
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            event.accept()
            return True
        return handled

    @property
    def text(self) -> str:
        """What is written: as many words as there is room for."""
        metrics = QFontMetricsF(look.theme.font())
        room = self.width() - 2 * look.theme.px(_ROOM)
        said = (say(sentence) for sentence in _SENTENCES)
        return next((text for text in said if metrics.horizontalAdvance(text) <= room), HIDDEN)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_cover(painter, QRectF(self.rect()))
        theme, metrics = look.theme, QFontMetricsF(look.theme.font())
        words = metrics.boundingRect(
            QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter.value, self.text
        )
        margin = theme.px(5)
        painter.fillRect(words.adjusted(-margin, 0, margin, 0), theme.color("background"))
        painter.setFont(theme.font())
        painter.setPen(theme.color("muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)


class Covering:
    """Covers a widget when it is told to; before that nothing is made."""

    def __init__(self, over: QWidget, below: int = 0) -> None:
        self._over, self._below = over, below
        self._cover: Cover | None = None

    @property
    def on(self) -> bool:
        """Whether the widget is covered."""
        return self._cover is not None and not self._cover.isHidden()

    def set_on(self, covered: bool) -> None:
        """Cover the widget, or uncover it."""
        if covered and self._cover is None:
            self._cover = Cover(self._over, self._below)
        if self._cover is not None:
            self._cover.fit()
            self._cover.setVisible(covered)
