"""How long a lesson has been presented, beside how long it was meant to take."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from gui.look.theme import look
from model.door import say

_TICK_MS = 1000


class Clock(QLabel):
    """Minutes and seconds since it was started; ``planned`` are minutes up to the page's end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._planned = 0.0
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.setAccessibleName(say("Clock"))
        look.follow(self, self._restyle)
        self._restyle()

    @property
    def seconds(self) -> int:
        """How long it has run."""
        return self._since.elapsed() // 1000

    def plan(self, minutes: float) -> None:
        """Say by when the page is to be done, in minutes from the beginning."""
        self._planned = minutes
        self._tick()

    @Slot()
    def start_again(self) -> None:
        """Count from now."""
        self._since.restart()
        self._tick()

    @Slot()
    def _tick(self) -> None:
        minutes, seconds = divmod(self.seconds, 60)
        self.setText(
            say("{minutes}:{seconds:02} of {planned:g} min", minutes=minutes, seconds=seconds,
                planned=self._planned)
            if self._planned
            else say("{minutes}:{seconds:02}", minutes=minutes, seconds=seconds)
        )  # fmt: skip

    @Slot()
    def _restyle(self) -> None:
        self.setFont(look.theme.font(1.6, QFont.Weight.DemiBold))
        self._tick()
