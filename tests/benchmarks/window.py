"""The window: how soon it is there, how soon a press shows, and what a long path costs."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from functools import partial

from PySide6.QtCore import QElapsedTimer, QEvent
from PySide6.QtWidgets import QApplication

from gui.app import application
from gui.look.theme import look
from gui.window.window import Window
from model.edits import Edit
from model.experiment import Experiment
from model.files.library import open_experiment
from model.path.saved import new_path
from tests.benchmarks.measure import compare, heading, seconds
from tests.benchmarks.paints import Paints
from tests.gui.helpers import panels

_FRAME = 1 / 60
_THEME_BOUND = 0.15
_MOST_WIDGETS = ("Several inputs and outputs", "Dot products", "Digits, 8x8")
_PRESSES = 100


def main() -> None:
    """Print the figures of the window."""
    heading("The window (offscreen, 1280 x 800)")
    _first_window()
    app = application()
    look.choose("light")
    for name in ("One delta, three weight_deltas", "Several inputs and outputs"):
        _press_to_painted(app, name)
    _full_speed(app)
    _long_path(app)
    _many_edits(app)
    _themes(app)


def opened(app: QApplication, experiment: Experiment) -> Window:
    """The real window, shown and painted."""
    window = Window(experiment)
    window.resize(1280, 800)
    window.show()
    for _ in range(5):
        app.processEvents()
    return window


def run_for(app: QApplication, window: Window, length_s: float) -> tuple[int, int, list[float]]:
    """Run at full speed; returns steps, frames and how late (s) each turn of the loop came."""
    session = window.session
    frames = Paints(panels.time_line(window))
    start = session.playback.position
    session.playback.set_speed(math.inf)
    session.playback.run()
    clock = QElapsedTimer()
    clock.start()
    turns = []
    while clock.elapsed() < length_s * 1000 and session.playback.running:
        turns.append(seconds(app.processEvents))
    session.playback.pause()
    panels.time_line(window).removeEventFilter(frames)
    return session.playback.position - start, frames.n, turns


def close(app: QApplication, window: Window) -> None:
    """Take the window down for good."""
    window.close()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()


def _first_window() -> None:
    small, digits, bare = "One delta, three weight_deltas", "Digits, 8x8", "bare"
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    _times_to_paint(small)
    for _ in range(7):
        for which in (small, digits, bare):
            for what, seconds_to in _times_to_paint(which).items():
                times[which, what].append(seconds_to)
    plot = statistics.median(times[bare, "all"])
    for which in (small, digits):
        for what, words in (("bench", "its bench painted"), ("all", "all of it painted")):
            took = statistics.median(times[which, what])
            compare(f"{which}, {words}", took, "bare pyqtgraph plot window", plot)


def _times_to_paint(which: str) -> dict[str, float]:
    """Seconds from the start of the process until each thing that it says was painted."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks.first_paint", which]
    # What is installed is compiled; so may what is here be, from the second time on.
    settings = {name: at for name, at in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=settings) as process:
        assert process.stdout is not None
        return {line.strip(): time.perf_counter() - start for line in process.stdout}


def _press_to_painted(app: QApplication, name: str) -> None:
    window = opened(app, open_experiment(name))
    times = [seconds(partial(_press, app, window)) for _ in range(_PRESSES)]
    compare(f"press Step to painted, {name}", statistics.median(times), "one frame", _FRAME)
    close(app, window)


def _press(app: QApplication, window: Window) -> None:
    panels.transport(window).step_button.click()
    app.processEvents()


def _full_speed(app: QApplication) -> None:
    window = opened(app, open_experiment("Several inputs and outputs"))
    run_for(app, window, 0.5)
    start = time.perf_counter()
    steps, frames, _ = run_for(app, window, 3.0)
    took = time.perf_counter() - start
    print(f"full speed, 3x3: {steps / took:,.0f} steps/s at {frames / took:.1f} frames/s")
    close(app, window)


def _long_path(app: QApplication) -> None:
    costs: list[list[float]] = []
    windows: list[Window] = []
    for steps in (1_000, 1_000_000):
        window = opened(app, open_experiment("Several inputs and outputs"))
        window.session.playback.take(steps)
        app.processEvents()
        windows.append(window)
        costs.append([])
    for _ in range(30):
        for window, times in zip(windows, costs, strict=True):
            times.append(seconds(partial(_press, app, window)))
    long, short = (statistics.median(times) for times in (costs[1], costs[0]))
    compare("a frame after 1,000,000 steps", long, "after 1,000", short)
    for window in windows:
        close(app, window)


def _many_edits(app: QApplication) -> None:
    """A change, a step and the undo of both, painted each time, after few and many edits."""
    experiment = open_experiment("Several inputs and outputs")
    counts = (10_000, 10)
    windows: list[Window] = []
    for n in counts:
        path = new_path(experiment)
        for number in range(n):
            path.edit(Edit(number, "alpha", (0.001 + 1e-6 * (number % 7),)))
            path.extend(1)
        window = opened(app, experiment)
        window.session.open(experiment, path)
        window.session.playback.seek(n)
        app.processEvents()
        windows.append(window)
    times: list[list[float]] = [[], []]
    for number in range(30):
        for window, measured in zip(windows, times, strict=True):
            measured.append(seconds(partial(_change_and_undo, app, window, number)))
    many, few = (statistics.median(each) for each in times)
    compare("a change, a step and undo after 10,000 edits", many, "after 10", few)
    for window in windows:
        close(app, window)


def _change_and_undo(app: QApplication, window: Window, number: int) -> None:
    edits, playback = window.session.edits, window.session.playback
    for action in (
        lambda: edits.set_alpha(0.002 + 1e-6 * number), playback.step, edits.undo,
    ):  # fmt: skip
        action()
        app.processEvents()


def _themes(app: QApplication) -> None:
    """From the choice of a theme until all is painted in it, with every panel made, each in front.

    What is told is the slowest change of those experiments that have the most on the screen.
    """
    slowest, where = 0.0, ""
    for name in _MOST_WIDGETS:
        experiment = open_experiment(name)
        window = opened(app, experiment)
        for page in (*window.side.pages.values(), *window.below.pages.values()):
            if page.spec.shown(experiment):
                page.fill()
        for key, page in window.side.pages.items():
            if page.spec.shown(experiment):
                window.side.setCurrentWidget(page)
                took = _change_of_theme(app)
                if took > slowest:
                    slowest, where = took, f"{name}, {key}"
        close(app, window)
    compare(f"a change of theme, slowest ({where})", slowest, "a bound of", _THEME_BOUND)


def _change_of_theme(app: QApplication) -> float:
    """Median seconds of the slowest of the changes between three themes."""
    times: dict[str, list[float]] = defaultdict(list)

    def change(theme: str) -> None:
        look.choose(theme)
        for _ in range(3):
            app.processEvents()

    for _ in range(3):
        for theme in ("dark", "projector", "light"):
            times[theme].append(seconds(partial(change, theme)))
    return max(statistics.median(each) for each in times.values())
