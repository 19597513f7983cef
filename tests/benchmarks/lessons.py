"""Lessons: how soon a page that is opened, or turned to, is on the screen."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from gui.app import application
from gui.look.theme import look
from gui.window.window import Window
from model.files.library import open_experiment
from model.lessons import built_in, load
from tests.benchmarks.measure import heading

_ROUNDS = 7


def main() -> None:
    """Print the figures of lessons, in CPU time: the machine may be busy."""
    heading("Lessons (offscreen, 1280 x 800)")
    app = application()
    look.choose("light")
    window = Window(open_experiment("Several outputs"))
    window.resize(1280, 800)
    window.show()
    _until_painted(app)
    yardstick = statistics.median(
        _cpu(lambda: window.session.playback.step(), app) for _ in range(9)
    )
    worst = _pages(window, app)
    for name, number, opened, turned in worst[:3]:
        print(
            f"page {number} of {name}: opened {1e3 * opened:.1f} ms, turned to {1e3 * turned:.1f} ms"
        )
    print(
        f"{len(worst)} pages, the median: opened "
        f"{1e3 * statistics.median(page[2] for page in worst):.1f} ms, turned to "
        f"{1e3 * statistics.median(page[3] for page in worst):.1f} ms; "
        f"a step shown and painted: {1e3 * yardstick:.1f} ms"
    )
    window.session.edits.mark_saved()
    window.close()
    window.deleteLater()


def _pages(window: Window, app: QApplication) -> list[tuple[str, int, float, float]]:
    """(lesson, page, seconds to open it, seconds to turn to it), the slowest to open first."""
    found = []
    for heading_ in built_in():
        for page in load(heading_.id).pages:
            opened, turned = [], []
            for _ in range(_ROUNDS if len(found) < 3 else 3):
                window.lessons.open(heading_.id, max(1, page.number - 1))
                _until_painted(app)
                turned.append(_cpu(lambda: window.lessons.turn(1), app))
                window.lessons.leave()
                _until_painted(app)
                name, number = heading_.id, page.number
                opened.append(_cpu(lambda n=name, p=number: window.lessons.open(n, p), app))
            found.append(
                (heading_.id, page.number, statistics.median(opened), statistics.median(turned))
            )
    return sorted(found, key=lambda page: -page[2])


def _cpu(job: Callable[[], object], app: QApplication) -> float:
    """CPU seconds until what a job changed is painted."""
    start = time.process_time()
    job()
    _until_painted(app)
    return time.process_time() - start


def _until_painted(app: QApplication) -> None:
    for _ in range(4):
        app.processEvents()
