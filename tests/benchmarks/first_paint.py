"""Started as a process of its own: opens a window, and says so once it has painted."""

from __future__ import annotations

import sys


def main(which: str) -> None:
    """Open "app" (the real window) or "bare" (a pyqtgraph plot and nothing else)."""
    if which == "app":
        from gui.app import application
        from gui.look.theme import look
        from gui.window.window import Window
        from model.files.library import open_experiment

        app = application()
        look.choose("light")
        window = Window(open_experiment("One delta, three weight_deltas"))
    else:
        import pyqtgraph as pg

        app = pg.mkQApp()
        window = pg.PlotWidget()
        window.plot([0.0, 1.0, 2.0], [0.0, 1.0, 4.0])
        window.resize(1280, 800)
    window.show()
    # Twice: the first round lays out, the second paints what moved.
    app.processEvents()
    app.processEvents()
    print("painted", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
