"""Imports what panels need before they are asked for, while the window stands idle."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Slot

from gui.widgets.background import Background, Cancelled
from gui.window.panels import PANELS

# After the window was shown first: what it shows by itself is there by then.
_AFTER_MS = 1500
# What is not imported with a panel, but by what is done in it first.
_BESIDES = ("numpy.random", "gui.panels.lesson.lesson_list", "gui.session.lesson.again")


class Ahead(QObject):
    """A panel imports for up to a fifth of a second: in a thread, so that nobody waits for it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background((), self)
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self.start)
        self._begun = False

    def begin(self) -> None:
        """Start a while from now, unless it was done already."""
        if not self._begun:
            self._begun = True
            self._soon.start()

    @Slot()
    def start(self) -> None:
        """Start now."""
        self._background.start(_import_all)

    def wait(self) -> None:
        """Leave nothing running behind a window that is closed."""
        self._soon.stop()
        self._background.wait()


def _import_all(cancelled: Cancelled) -> None:
    for name in (*(spec.factory.partition(":")[0] for spec in PANELS), *_BESIDES):
        if cancelled():
            return
        import_module(name)
    # The headings of all lessons are read once.
    import_module("model.lessons.library").built_in()
