"""How fast a run goes: steps that are due, and frames that are due."""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer

# Steps a second; the last is as fast as possible. At the slow end a step is shown in its
# three parts.
SPEEDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 100.0, 1000.0, math.inf)
_FASTEST_IN_PARTS = 1.0
# At full speed so many frames a second are shown; the steps have the rest of the time.
_FRAMES = 30.4
_TICK_MS = 10


class Pace:
    """Counts what is due since a run began. Playback only: it never touches what a step does."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self._frames = FrameRate(_FRAMES)
        self._owed = 0.0

    def begin(self) -> None:
        """A run begins; its first step is due at once."""
        self._clock.start()
        self._frames = FrameRate(_FRAMES)
        self._owed = 1.0

    def due(self, speed: float) -> int:
        """Steps (or parts of a step, see in_parts) due at a finite speed since last asked."""
        parts = 3 if in_parts(speed) else 1
        self._owed += self._clock.restart() / 1000.0 * speed * parts
        # A window that was held up goes on at its pace; it does not catch up in one leap.
        due = min(int(self._owed), max(1, int(speed / 10)))
        self._owed = min(self._owed - due, 1.0)
        return due

    def frame_due(self) -> bool:
        """Whether it is time to show something at full speed."""
        return self._frames.due()


class FrameRate:
    """So many frames a second of a run, or of a panel that takes long to draw.

    They are counted on the whole: where the moments to draw do not fit, some frames come a
    little early and some late, and none is lost for good.
    """

    def __init__(self, a_second: float) -> None:
        self.a_second = a_second
        self._clock = QElapsedTimer()
        self._owed = 0.0

    def due(self) -> bool:
        """Whether to draw now; if so, it counts as drawn."""
        if not self._clock.isValid():
            self._clock.start()
            return True
        # In whole milliseconds every look would lose half of one.
        passed = self._clock.nsecsElapsed() / 1e9
        self._clock.restart()
        self._owed = min(self._owed + passed * self.a_second, 1.5)
        if self._owed < 1.0:
            return False
        self._owed -= 1.0
        return True


def in_parts(speed: float) -> bool:
    """Whether a run at this speed shows predict, compare and learn one after the other."""
    return speed <= _FASTEST_IN_PARTS


def tick_interval(speed: float) -> int:
    """Milliseconds between ticks: a fast run fills every gap, a slow one is precise to a frame."""
    return 0 if math.isinf(speed) else _TICK_MS
