"""Work that takes longer than a frame: loading and downloading, in a thread of the pool."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

# Work may ask whether to give up; it does so with one of the expected exceptions.
Cancelled = Callable[[], bool]
Work = Callable[[Cancelled], object]


class Background(QObject):
    """Runs one piece of work at a time; its outcome comes back in the thread that asked.

    Signals
    -------
    finished(result) : what the work returned
    failed(error) : the exception of one of the expected kinds that it raised, or a RuntimeError
    """

    finished = Signal(object)
    failed = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, expected: tuple[type[Exception], ...], parent: QObject) -> None:
        super().__init__(parent)
        self._expected = expected
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._wanted: threading.Event | None = None
        self._ended.connect(self._deliver)
        # The pool waits for what runs in it when it is taken down: that is to give up before.
        self._tickets: list[threading.Event] = []
        self.destroyed.connect(partial(_give_up, self._tickets))

    @property
    def busy(self) -> bool:
        """Whether the outcome of something is awaited."""
        return self._wanted is not None

    def start(self, work: Work) -> None:
        """Do ``work`` next; the outcome of anything started before is dropped."""
        self.drop()
        self._wanted = threading.Event()
        self._tickets[:] = [self._wanted]
        self._pool.start(_Job(work, self._wanted, self))

    def drop(self) -> None:
        """Want no outcome any more; the work is told to give up."""
        if self._wanted is not None:
            self._wanted.set()
        self._wanted = None

    def wait(self) -> None:
        """Stay until nothing runs any more; for the end of the application."""
        self.drop()
        self._pool.waitForDone()

    def run(self, work: Work, ticket: threading.Event) -> None:
        """Do the work; called in a thread of the pool."""
        outcome: object = RuntimeError("something unexpected happened on the way")
        try:
            outcome = work(ticket.is_set)
        except self._expected as error:
            outcome = error
        finally:
            # Also where the error is none of the expected ones: somebody is waiting. Unless the
            # window was closed meanwhile, and this object with it.
            with suppress(RuntimeError):
                self._ended.emit(ticket, outcome)

    @Slot(object, object)
    def _deliver(self, ticket: object, outcome: object) -> None:
        if ticket is not self._wanted:
            return
        self._wanted = None
        if isinstance(outcome, (*self._expected, RuntimeError)):
            self.failed.emit(outcome)
        else:
            self.finished.emit(outcome)


def followed_by(work: Work, then: Callable[[object], object]) -> Work:
    """The work, and something that is to be done in its thread with what it brings."""

    def both(cancelled: Cancelled) -> object:
        brought = work(cancelled)
        then(brought)
        return brought

    return both


def _give_up(tickets: list[threading.Event], *_: object) -> None:
    for ticket in tickets:
        ticket.set()


class _Job(QRunnable):
    def __init__(self, work: Work, ticket: threading.Event, owner: Background) -> None:
        super().__init__()
        # In a list, to be taken out: Qt may keep a job for a while that is done.
        self._work, self._ticket, self._owner = [work], ticket, owner

    def run(self) -> None:
        self._owner.run(self._work.pop(), self._ticket)
