"""Starts the application: settings, theme, window, and a dialog for what should never happen."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

import numpy as np
from PySide6 import __version__ as qt_version
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QSize, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from gui.files.pictures import save_picture
from gui.files.settings import Settings
from gui.look.theme import look
from gui.window.window import Window
from model.experiment import Experiment
from model.files.library import builtin_names, find_experiment, open_experiment

# A picture waits so long for what is still being worked out.
_PATIENCE_MS = 5000

_crash_dialogs: list[QMessageBox] = []


def run(name: str | None, n_steps: int, theme: str | None) -> int:
    """Open the window and stay until it is closed; returns the exit status.

    Without a name the bench is as it was left. ``n_steps`` are taken from where the experiment
    was saved. Raises ExperimentError, before any window, where there is no such experiment.
    """
    # Images are read, and a path with late edits is followed, when the window is there already;
    # everything else is quick.
    found = find_experiment(name) if name is not None else None
    asked = found.experiment() if found is not None and found.source is None else None
    at_once = asked is not None and asked.is_quick
    experiment = asked if asked is not None and at_once else open_experiment(_first_name())
    app = application()
    sys.excepthook = _tell_crash
    settings = Settings()
    look.choose(theme or settings.theme)
    look.follow_system()
    window = Window(experiment, settings)
    if name is None:
        window.bring_back()
    else:
        window.step_aside()
        if at_once:
            window.documents.set_origin(name)
            window.session.resume()
        else:
            window.documents.open(name)
    if n_steps:
        window.documents.take_once_open(n_steps)
    window.show()
    return app.exec()


def screenshot(
    experiment: Experiment, n_steps: int, file: Path, size: tuple[int, int], theme: str
) -> str:
    """Draw the window into a PNG file, n_steps beyond where the experiment was saved.

    Returns what went wrong, or nothing.
    """
    app = application()
    look.choose(theme)
    window = Window(experiment)
    session = window.session
    step = experiment.position + n_steps
    session.playback.take(max(step, experiment.length))
    if session.playback.position > step:
        session.playback.seek(step)
    window.resize(*size)
    window.show()
    # Layouts settle and plots learn their sizes in the first rounds of events.
    for _ in range(3):
        app.processEvents()
    waited = QElapsedTimer()
    waited.start()
    while window.busy and waited.elapsed() < _PATIENCE_MS:
        app.processEvents()
    if window.size() != QSize(*size):
        problem = (
            f"the {look.theme.name} theme needs a window of at least "
            f"{window.minimumWidth()}x{window.minimumHeight()}"
        )
    else:
        problem = save_picture(window.grab(), file)
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return problem


def application() -> QApplication:
    """The one application object, made on first use."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QCoreApplication.setOrganizationName("Weightbench")
    QCoreApplication.setApplicationName("Weightbench")
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    return app


def _first_name() -> str:
    return next(iter(builtin_names()))


def _tell_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say what happened, with all that a report of it needs; the window stays open."""
    if issubclass(kind, KeyboardInterrupt):
        QTimer.singleShot(0, QApplication.quit)
        return
    text = "".join(traceback.format_exception(kind, error, trace))
    print(text, file=sys.stderr)
    # One dialog is enough for a fault that comes again and again; another thread has none.
    if _crash_dialogs or threading.current_thread() is not threading.main_thread():
        return
    box = QMessageBox(QApplication.activeWindow())
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle("Weightbench")
    box.setText("Something went wrong that should not have. The bench is still open: save first.")
    box.setInformativeText(f"{kind.__name__}: {error}")
    versions = (
        f"Python {platform.python_version()} on {platform.platform()}\n"
        f"PySide6 {qt_version}, NumPy {np.__version__}\n\n"
    )
    box.setDetailedText(versions + text)
    _crash_dialogs.append(box)
    box.exec()
    _crash_dialogs.clear()
    box.deleteLater()
