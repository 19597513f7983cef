"""Lessons: how soon a page that is opened, or turned to, is on the screen."""

from __future__ import annotations

import statistics
import time
from functools import partial

from PySide6.QtWidgets import QApplication

from gui.app import application
from gui.look.theme import look
from gui.window.window import Window
from model.files.library import open_experiment
from model.lessons import load
from tests.benchmarks.measure import Job, heading

_LESSONS = ("the-bench", "unequal-slopes", "freezing")


def main() -> None:
    """Print the figures of lessons, in CPU time: the machine may be busy."""
    heading("Lessons (offscreen, 1280 x 800)")
    app = application()
    look.choose("light")
    window = Window(open_experiment("Several outputs"))
    window.resize(1280, 800)
    window.show()
    _until_painted(app)
    step = statistics.median(_cpu(window.session.playback.step, app) for _ in range(9))
    window.lessons.open("the-bench")
    _until_painted(app)
    for name in _LESSONS:
        opened, turned = _pages(window, app, name)
        print(
            f"{name}, pages until they are painted, median (most): opened {_times(opened)}, "
            f"turned to {_times(turned)}; a step: {1e3 * step:.1f} ms",
            flush=True,
        )
    window.session.edits.mark_saved()
    window.close()
    window.deleteLater()


def _pages(window: Window, app: QApplication, name: str) -> tuple[list[float], list[float]]:
    """CPU seconds to open each page from one's own bench, and to turn to it."""
    opened: list[float] = []
    turned: list[float] = []
    for page in load(name).pages:
        window.lessons.leave()
        _until_painted(app)
        opened.append(_cpu(partial(window.lessons.open, name, page.number), app))
        if page.number > 1:
            window.lessons.open(name, page.number - 1)
            _until_painted(app)
            # Whatever waits on the page: the command would ask for that first.
            turned.append(_cpu(partial(window.lessons.player.turn, 1), app))
    return opened, turned


def _times(seconds: list[float]) -> str:
    return f"{1e3 * statistics.median(seconds):.0f} ({1e3 * max(seconds):.0f}) ms"


def _cpu(job: Job, app: QApplication) -> float:
    """CPU seconds until what a job changed is painted."""
    start = time.process_time()
    job()
    _until_painted(app)
    return time.process_time() - start


def _until_painted(app: QApplication) -> None:
    for _ in range(4):
        app.processEvents()
