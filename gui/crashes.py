"""What should never happen is told: in a dialog, or to whoever asked for a picture."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from types import TracebackType
from typing import Self

import numpy as np
from PySide6 import QtWidgets
from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from gui.files.version import version_number
from model.door import say

# A fault that comes again and again ends up in a report that can still be read.
_MAX_TRACE = 20_000
# What a fault says of itself may be as long as a file; the report has more of it.
_MAX_MESSAGE = 300


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """What happened and where, with the versions of all that had a part in it."""
    text = "".join(traceback.format_exception(kind, error, trace))
    plots = import_module("pyqtgraph").__version__
    return (
        f"Weightbench {version_number()}\n"
        f"Python {platform.python_version()} on {platform.platform()}\n"
        f"PySide6 {pyside_version}, Qt {qVersion()} ({QGuiApplication.platformName()}), "
        f"NumPy {np.__version__}, pyqtgraph {plots}\n\n{text[-_MAX_TRACE:]}"
    )


class CrashTeller(QObject):
    """Tells of what should never happen, whichever thread it happens in, and lets one go on.

    ``keep`` keeps what is on the bench before anything is told; it returns whether it could.
    """

    _happened = Signal(str, str)

    def __init__(self, keep: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep = keep
        self._box: QtWidgets.QMessageBox | None = None
        self._broken = False
        self._keeping_fails = False
        # Once the loop of events runs, and is at rest: it may be a window that is being shown.
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From here on, be told of everything that nobody catches."""
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread

    def take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Print it, and tell it in a dialog."""
        _print(kind, error, trace)
        if not self._broken:
            self._happened.emit(_message(kind, error), report(kind, error, trace))

    def _take_from_thread(self, happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is not None:
            self.take(happened.exc_type, happened.exc_value, happened.exc_traceback)

    @property
    def telling(self) -> bool:
        """Whether a dialog is shown."""
        return self._box is not None

    @Slot(str, str)
    def _tell(self, what: str, whole: str) -> None:
        # One dialog is enough for a fault that comes again and again.
        if self._box is not None:
            return
        self._box = box = QtWidgets.QMessageBox(QApplication.activeWindow())
        kept = False
        try:
            kept = self._try_to_keep()
        finally:
            self._show(box, what, kept, whole)

    def _try_to_keep(self) -> bool:
        """Keep the bench; a fault in that is told after this one, and is not made again."""
        if self._keeping_fails:
            return False
        self._keeping_fails = True
        kept = self._keep()
        self._keeping_fails = False
        return kept

    def _show(self, box: QtWidgets.QMessageBox, what: str, kept: bool, whole: str) -> None:
        try:
            if kept:
                then = say("The bench is kept, and you can go on.")
            else:
                then = say("The bench could not be kept: save it to a file before you go on.")
            _fill(box, what, then, whole)
            box.exec()
        except BaseException:
            # What goes wrong in telling would be told without end.
            self._broken = True
            raise
        finally:
            self._box = None
            box.deleteLater()


def _print(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    # A terminal that was closed, or a log on a full disk, is no reason to tell nobody.
    with suppress(OSError, ValueError):
        traceback.print_exception(kind, error, trace)


def _message(kind: type[BaseException], error: BaseException) -> str:
    """The kind of a fault and what it says, on one line or a few; a fault may fail to say it."""
    text = traceback.format_exception_only(kind, error)[-1].strip()
    return text if len(text) <= _MAX_MESSAGE else text[: _MAX_MESSAGE - 1] + "…"


def _fill(box: QtWidgets.QMessageBox, what: str, then: str, whole: str) -> None:
    box.setIcon(QtWidgets.QMessageBox.Icon.Critical)
    box.setWindowTitle("Weightbench")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(say("Something went wrong that should not have. {then}", then=then))
    box.setInformativeText(what)
    box.setDetailedText(whole)
    copy = QPushButton(say("Copy report"), box)
    box.addButton(copy, QtWidgets.QMessageBox.ButtonRole.ActionRole)
    # A button of a box closes it; this one is to leave it there.
    copy.clicked.disconnect()
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(whole))
    box.setDefaultButton(box.addButton(say("Go on"), QtWidgets.QMessageBox.ButtonRole.AcceptRole))


class CrashWatch:
    """Notes what goes wrong inside a ``with``, in slots too, where nobody is there to be told.

    Attributes
    ----------
    fault : str
        The first of it as "Kind: message"; empty if all went well. Each is printed in full.
    """

    def __init__(self) -> None:
        self.fault = ""

    def __enter__(self) -> Self:
        self._hook = sys.excepthook
        sys.excepthook = self._note
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        sys.excepthook = self._hook
        if kind is None or error is None or not issubclass(kind, Exception):
            return False
        self._note(kind, error, trace)
        return True

    def _note(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _print(kind, error, trace)
        self.fault = self.fault or _message(kind, error)
