"""Started as a process of its own: opens a window, and says what of it was painted when."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

Say = Callable[[str], None]


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
    # As in the application, what knows no Qt is imported before Qt is.
    import_module("gui.__main__")
    import_module("gui.qt")
    from PySide6.QtCore import QEventLoop

    from gui.app import application
    from gui.look.theme import look
    from gui.window.window import Window
    from model.files.library import open_experiment
    from tests.benchmarks.paints import Paints

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
    while window.places.waiting:
        app.processEvents()
    app.processEvents()
    app.processEvents()
    say("all")


if __name__ == "__main__":
    main(sys.argv[1])
