"""Started as a process of its own: opens a window, and says what of it was painted when."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QWidget

Say = Callable[[str], None]


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.n = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.n += event.type() == QEvent.Type.Paint
        return False


def main(which: str) -> None:
    """Open "bare" (a pyqtgraph plot and nothing else), or the real window on an experiment."""
    if which == "bare":
        _open_bare(_say)
    else:
        _open_app(which, _say)


def _say(what: str) -> None:
    print(what, flush=True)


def _open_bare(say: Say) -> None:
    import pyqtgraph as pg

    app = pg.mkQApp()
    window = pg.PlotWidget()
    window.plot([0.0, 1.0, 2.0], [0.0, 1.0, 4.0])
    window.resize(1280, 800)
    window.show()
    # Twice: the first round lays out, the second paints what moved.
    app.processEvents()
    app.processEvents()
    say("all")


def _open_app(name: str, say: Say) -> None:
    from gui.app import application
    from gui.look.theme import look
    from gui.window.window import Window
    from model.files.library import open_experiment

    app = application()
    look.choose("light")
    window = Window(open_experiment(name))
    bench = window.places.on_bench()[0]
    paints = Paints(bench)
    window.show()
    # The bench is painted before the panel beside it is made.
    while not paints.n:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
    say("bench")
    while window.side.waiting:
        app.processEvents()
    app.processEvents()
    app.processEvents()
    say("all")


if __name__ == "__main__":
    main(sys.argv[1])
