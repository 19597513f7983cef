"""Ends the application when the system or a terminal asks for it: Ctrl-C, a logout, kill."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot

# Windows knows no SIGHUP.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
# What a shell adds to the number of the signal that ended a program.
_SIGNALLED = 128


class EndSignals(QObject):
    """While inside a ``with``, such a signal calls ``keep`` and ends the loop of events.

    Python looks at signals between two lines of Python, of which an idle window runs none; so
    the system writes the number of each into a socket that the loop of events listens to. The
    application then exits as a shell calls a program that a signal ended (130 for Ctrl-C). A
    second signal ends it on the spot.
    """

    def __init__(self, keep: Callable[[], object]) -> None:
        super().__init__()
        self._keep = keep
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._caught)
        self._wakeup = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        for name in _NAMES:
            number = getattr(signal, name, None)
            # nohup and shells have some ignored by what they start.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, _leave_to_the_socket)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
        signal.set_wakeup_fd(self._wakeup)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    @Slot()
    def _caught(self) -> None:
        try:
            numbers = self._read.recv(64)
        except BlockingIOError:
            return
        wanted = [number for number in numbers if number in self._before]
        if not wanted:
            return
        for number in self._before:
            signal.signal(number, signal.SIG_DFL)
        try:
            self._keep()
        finally:
            QCoreApplication.exit(_SIGNALLED + wanted[0])


def _leave_to_the_socket(number: int, frame: FrameType | None) -> None:
    """The signal is in the socket already; without a handler Python would write nothing there."""
