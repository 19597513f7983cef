"""Finds what a test left running or open.

A window that outlives its test keeps receiving events and changes what later tests see; a timer
or a thread goes on working on objects that are gone. Such faults show up far from their cause,
so each test is checked for them by itself.
"""

import gc
import threading
from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import (
    QAbstractAnimation,
    QAbstractEventDispatcher,
    QCoreApplication,
    QEvent,
    QObject,
    QThread,
    QThreadPool,
)
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

# How long work that has already said it is done may take to let go of its thread.
GRACE_MS = 2000


class LeakCheck:
    """Remembers what is there before a test, and names what is there in addition after it."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._windows = set(app.topLevelWidgets())
        self._threads = set(threading.enumerate())
        self._busy = set(_busy_among(_qobjects()))

    def leaks(self) -> list[str]:
        """Describe each thing left behind; empty when the test cleaned up."""
        process_deletions()
        # Looked up once for all questions: this is asked after each test.
        there = _qobjects()
        threads = [*self._running_threads(), *_running_in_qt(there)]
        if self._new_windows() or self._new_busy(there):
            there.clear()  # which would hold them
            gc.collect()  # cycles may hold what nobody uses any more
            process_deletions()
            there = _qobjects()
        return [
            *threads,
            *(f"window {_name(window)}" for window in self._new_windows()),
            *(f"active {_name(busy)}" for busy in self._new_busy(there)),
        ]

    def _new_windows(self) -> list[QWidget]:
        # Qt keeps the label of the last tool tip for a while, and deletes it itself.
        return [
            window
            for window in self._app.topLevelWidgets()
            if window not in self._windows and window.objectName() != "qtooltip_label"
        ]

    def _new_busy(self, there: list[QObject]) -> list[QObject]:
        return [busy for busy in _busy_among(there) if busy not in self._busy]

    def _running_threads(self) -> Iterator[str]:
        for thread in set(threading.enumerate()) - self._threads:
            # Python's stand-in for a thread that Qt started; Qt's own are asked about below.
            if thread.name.startswith("Dummy-"):
                continue
            thread.join(GRACE_MS / 1000)
            if thread.is_alive():
                yield f"thread {thread.name}"


def process_deletions() -> None:
    """Let deleteLater() take effect, also for what the deleted objects delete in turn."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def _qobjects() -> list[QObject]:
    # By their few classes: there are far more colours and places among the wrappers.
    wrappers = Shiboken.getAllValidWrappers()
    kinds = {kind for kind in set(map(type, wrappers)) if issubclass(kind, QObject)}
    return [cast(QObject, wrapper) for wrapper in wrappers if type(wrapper) in kinds]


def _busy_among(there: list[QObject]) -> list[QObject]:
    """Return objects with a timer of any kind (QTimer, singleShot, startTimer) or in animation."""
    dispatcher = QAbstractEventDispatcher.instance()
    here = QThread.currentThread()
    return [
        found
        for found in there
        if (found.thread() is here and dispatcher.registeredTimers(found))
        or (
            isinstance(found, QAbstractAnimation)
            and found.state() is QAbstractAnimation.State.Running
        )
    ]


def _running_in_qt(there: list[QObject]) -> Iterator[str]:
    pools = {QThreadPool.globalInstance()}
    pools.update(found for found in there if isinstance(found, QThreadPool))
    for pool in pools:
        if not pool.waitForDone(GRACE_MS):
            yield f"{pool.activeThreadCount()} running task(s) in {_name(pool)}"
    here = QThread.currentThread()
    for found in there:
        if isinstance(found, QThread) and found is not here and not found.wait(GRACE_MS):
            yield f"running {_name(found)}"


def _name(found: QObject) -> str:
    return f"{type(found).__name__} {found.objectName()!r}"
