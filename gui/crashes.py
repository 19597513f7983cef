"""What should never happen is told: in a dialog, or to whoever asked for a picture."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from types import TracebackType
from typing import Self

import numpy as np
from PySide6 import __version__ as qt_version
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from model.door import say

_dialogs: list[QMessageBox] = []


def tell_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say what happened, with all that a report of it needs; the window stays open."""
    text = "".join(traceback.format_exception(kind, error, trace))
    print(text, file=sys.stderr)
    # One dialog is enough for a fault that comes again and again; another thread has none.
    if _dialogs or threading.current_thread() is not threading.main_thread():
        return
    box = QMessageBox(QApplication.activeWindow())
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle("Weightbench")
    box.setText(
        say("Something went wrong that should not have. The bench is still open: save first.")
    )
    box.setInformativeText(f"{kind.__name__}: {error}")
    versions = (
        f"Python {platform.python_version()} on {platform.platform()}\n"
        f"PySide6 {qt_version}, NumPy {np.__version__}\n\n"
    )
    box.setDetailedText(versions + text)
    _dialogs.append(box)
    # Once the loop of events runs, and is at rest: it may be a window that is just being shown.
    QTimer.singleShot(0, _show_dialog)


def dialogs_open() -> bool:
    """Whether a dialog is shown, or about to be."""
    return bool(_dialogs)


def _show_dialog() -> None:
    (box,) = _dialogs
    box.exec()
    _dialogs.clear()
    box.deleteLater()


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
        traceback.print_exception(kind, error, trace)
        self.fault = self.fault or f"{kind.__name__}: {error}"
