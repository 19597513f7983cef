"""Works between frames at what takes longer than one, a few milliseconds at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

from model.errors import ExperimentError

# So long the window may be kept waiting, and so long where somebody waits for just this.
_TICK_MS = 5
_AT_ONCE_MS = 12

Result = TypeVar("Result")


class Portions(QObject, Generic[Result]):
    """Works off one iterator at a time; what it yields last is its result.

    ``done`` is called with the result, ``failed`` with the sentence of an ExperimentError.
    """

    def __init__(
        self,
        done: Callable[[Result], None],
        failed: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._done, self._failed = done, failed
        self._work: Iterator[Result | None] | None = None
        self._result: Result | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether there is something to be done."""
        return self._work is not None

    def start(self, work: Iterator[Result | None]) -> None:
        """Begin with this, and give up what was being done; what is quick is done at once."""
        self._work = work
        self._timer.start(0)
        self._run(_AT_ONCE_MS)

    def drop(self) -> None:
        """Give up what is being done."""
        self._work = self._result = None
        self._timer.stop()

    @Slot()
    def _go_on(self) -> None:
        self._run(_TICK_MS)

    def _run(self, most: int) -> None:
        clock = QElapsedTimer()
        clock.start()
        work = self._work
        while work is not None and work is self._work and clock.elapsed() < most:
            try:
                self._result = next(work)
            except StopIteration:
                result = self._result
                self.drop()
                if result is not None:
                    self._done(result)
            except ExperimentError as error:
                self.drop()
                self._failed(str(error))
