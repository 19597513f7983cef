"""The listing: how soon a line that is stepped shows, and what it costs a run at full speed."""

from __future__ import annotations

import math
import statistics
import time

from PySide6.QtWidgets import QApplication

from gui.app import application
from gui.look.theme import look
from gui.window.window import Window
from model.experiment import Experiment
from model.files.library import open_experiment
from model.listing.program import FORMS
from model.path.saved import new_path
from tests.benchmarks.measure import compare, heading
from tests.benchmarks.window import close, opened
from tests.gui.helpers import panels
from tests.model.made_up import made_up

_FRAME = 1 / 60
_LINES = 150
_CPU_S = 1.5
_STEPS_AT_ONCE = 1024


def main() -> None:
    """Print the figures of the listing, in seconds of the processor."""
    heading("The listing (seconds of the processor)")
    app = application()
    look.choose("light")
    for form in FORMS:
        _line_to_painted(app, form)
    for experiment in (
        open_experiment("Several inputs and outputs"), _twelve(), open_experiment("Digits, 8x8")
    ):  # fmt: skip
        _full_speed(app, experiment)


def _twelve() -> Experiment:
    setup, weights = made_up(4, "cycle", shape=(12, 12))
    names = tuple(f"number {n + 1}" for n in range(12))
    outputs = tuple(f"output {n + 1}" for n in range(12))
    return Experiment("12 x 12", "", names, outputs, setup, weights)


def _line_to_painted(app: QApplication, form: str) -> None:
    window = _with_listing(app, _twelve(), form)
    listing = panels.listing(window)
    times = []
    for _ in range(_LINES):
        start = time.process_time()
        listing.step_line()
        app.processEvents()
        times.append(time.process_time() - start)
    compare(f"a line to painted, 12 x 12, {form}", statistics.median(times), "one frame", _FRAME)
    compare(f"  the slowest of {_LINES}", max(times), "one frame", _FRAME)
    close(app, window)


def _with_listing(app: QApplication, experiment: Experiment, form: str) -> Window:
    window = opened(app, experiment)
    window.session.view.show(panel="listing", form=form)
    for _ in range(20):
        app.processEvents()
    return window


def _full_speed(app: QApplication, experiment: Experiment) -> None:
    """Steps a second of the processor, with the listing in front and with no window at all."""
    path, start = new_path(experiment), time.process_time()
    while time.process_time() - start < _CPU_S:
        path.extend(_STEPS_AT_ONCE)
    headless = path.length / (time.process_time() - start)
    for form in FORMS:
        window = _with_listing(app, experiment, form)
        playback = window.session.playback
        playback.set_speed(math.inf)
        playback.run()
        start = time.process_time()
        while time.process_time() - start < _CPU_S and playback.running:
            app.processEvents()
        shown = playback.length / (time.process_time() - start)
        print(
            f"full speed, {experiment.name}, {form}: {shown:,.0f} steps/s, "
            f"{100 * shown / headless:.0f} % of headless",
            flush=True,
        )
        playback.pause()
        close(app, window)
