"""How an open window ends when Ctrl+C or the system ends the program."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot

from gui.ending import ENDING, end_now


class EndBySignal(QObject):
    """While a ``with`` lasts, a signal ends the loop of events, and a second one the process.

    Python sees to signals between two of its own instructions, which a window that waits for
    events does not come to: so a signal is also written to a socket that Qt listens to.
    ``before_end`` is called first, from the loop of events and not from within other work; the
    loop then returns 128 more than the signal's number.
    """

    def __init__(self, before_end: Callable[[], object]) -> None:
        super().__init__()
        self._before_end = before_end
        self._asked = 0
        self._ours, self._signals = socket.socketpair()
        for end in (self._ours, self._signals):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._see_to_it)

    def __enter__(self) -> Self:
        self._wakeup_before = signal.set_wakeup_fd(
            self._signals.fileno(), warn_on_full_buffer=False
        )
        self._before = {
            number: signal.signal(number, self._note)
            for number in ENDING
            if signal.getsignal(number) is not signal.SIG_IGN
        }
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        self._ours.close()
        self._signals.close()

    def _note(self, number: int, _: FrameType | None) -> None:
        if self._asked:
            end_now(number)
        self._asked = number

    @Slot()
    def _see_to_it(self) -> None:
        os.read(self._ours.fileno(), 64)
        if self._asked:
            try:
                self._before_end()
            finally:
                # Whatever went wrong. Of dialogs, too, which have loops of their own.
                QCoreApplication.exit(128 + self._asked)
