"""What the audience's window gets while a lesson is presented: a large step counter, and black."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from gui.look.theme import look
from gui.session import Session
from model.door import say

_SCALE = 1.7


class Audience(QObject):
    """Lays a step counter over the foot of a widget, and covers all of its window when asked."""

    def __init__(self, session: Session, window: QWidget, under: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._under = under
        self.counter = QLabel(under)
        self.counter.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.counter.setAccessibleName(say("Step counter"))
        self.cover = QWidget(window)
        self.cover.setAutoFillBackground(True)
        palette = self.cover.palette()
        palette.setColor(QPalette.ColorRole.Window, Qt.GlobalColor.black)
        self.cover.setPalette(palette)
        self.cover.setAccessibleName(say("The screen is black"))
        self.cover.hide()
        for widget in (window, under):
            widget.installEventFilter(self)
        session.changed.connect(self._count)
        session.opened.connect(self._count)
        look.changed.connect(self._restyle)
        self._restyle()
        self.counter.show()

    @property
    def is_black(self) -> bool:
        """Whether the window is covered."""
        return not self.cover.isHidden()

    def set_black(self, black: bool) -> None:
        """Cover all of the window, or show it again."""
        self.cover.setVisible(black)
        self._place()

    def end(self) -> None:
        """Leave the window as it was."""
        for widget in (self._window, self._under):
            widget.removeEventFilter(self)
        for widget in (self.counter, self.cover):
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    @Slot()
    def _count(self) -> None:
        text = say("Step {step:,}", step=self._session.playback.position)
        if text != self.counter.text():
            self.counter.setText(text)
            self._place()

    @Slot()
    def _restyle(self) -> None:
        theme = look.theme
        self.counter.setFont(theme.font(_SCALE, QFont.Weight.Bold))
        self.counter.setStyleSheet(f"color: {theme.accent}; background: transparent;")
        self._count()
        self._place()

    def _place(self) -> None:
        self.counter.adjustSize()
        under = self._under.rect()
        self.counter.move(
            under.center().x() - self.counter.width() // 2,
            under.bottom() - self.counter.height(),
        )
        self.counter.raise_()
        self.cover.setGeometry(self._window.rect())
        self.cover.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
