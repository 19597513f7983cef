"""A lesson that plays by itself, over and over, until somebody takes keyboard or mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from gui.session.lesson import Words
from gui.session.teaching import Conductor
from model.lessons.lesson import Predict

# A prediction is waited at for so many paces, that it can be thought about.
_PACES_AT_PREDICTION = 3
# Words that a reader takes in a second, and how long a page is waited for at the most, in paces.
_WORDS_A_SECOND = 4.0
_MAX_PACES = 8


class Demo(QObject):
    """Goes on with a lesson every so many seconds; behind its last page it begins again.

    Signals
    -------
    ended : somebody has taken over
    """

    ended = Signal()

    def __init__(self, conductor: Conductor, pace: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._conductor = conductor
        self._pace_ms = max(1, round(1000 * pace))
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        conductor.moved.connect(self._wait)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._wait()

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive() or self._conductor.player.showing

    @Slot()
    def stop(self) -> None:
        """Leave the lesson where it is, to whoever is there."""
        self._timer.stop()
        self._conductor.moved.disconnect(self._wait)
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.ended.emit()

    @Slot()
    def _wait(self) -> None:
        """Wait as long as what is in sight takes to be read, and longer at a prediction."""
        player = self._conductor.player
        if player.lesson is None:
            return
        words = sum(len(item.markdown.split()) for item in player.items if isinstance(item, Words))
        read_ms = 1000 * words / _WORDS_A_SECOND
        paces = _PACES_AT_PREDICTION if isinstance(player.gate, Predict) else 1
        wait = max(paces * self._pace_ms, min(read_ms, _MAX_PACES * self._pace_ms))
        self._timer.start(round(wait))

    @Slot()
    def _go_on(self) -> None:
        conductor, player = self._conductor, self._conductor.player
        if player.showing:
            self._timer.start(self._pace_ms)
            return
        if player.gate is None and conductor.following is None and player.lesson is not None:
            player.open(player.lesson, 1)
            return
        before = (player.visit, player.gate)
        conductor.go_on()
        # A task that is being shown tells of itself when it is done.
        if (player.visit, player.gate) == before:
            self._timer.start(self._pace_ms)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            self.stop()
        return False
