"""A network of 1000 inputs and 1000 outputs in the window, beside a small one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import count

from PySide6.QtWidgets import QApplication

from gui.app import application
from gui.look.theme import look
from gui.window.window import Window
from model.experiment import Experiment
from model.starting.weights import StartWeights
from tests.benchmarks.measure import heading
from tests.model.made_up import made_up

_TIMES = 9


def main() -> None:
    """Print milliseconds of the window's thread until each deed is painted and told."""
    heading("Large networks (window offscreen, 1280 x 800; CPU time of its thread)")
    app = application()
    look.choose("light")
    for shape in ((12, 12), (1000, 1000)):
        window = Window(_network(*shape))
        window.resize(1280, 800)
        window.show()
        _settle(app)
        numbers = count(1)
        session, desk = window.session, window.weights

        def edit(window: Window = window, numbers: count[int] = numbers) -> None:
            window.session.edits.set_weight(0, 0, 1e-3 * next(numbers))

        def fill(window: Window = window, numbers: count[int] = numbers) -> None:
            window.weights.fill(StartWeights("even", 0.1, next(numbers)))

        deeds: dict[str, Callable[[], object]] = {
            "a weight is typed": edit, "a step": session.playback.step,
            "a step back": session.playback.back, "another weight": edit,
            "that is undone": session.edits.undo, "all weights at once": fill,
            "undone": session.edits.undo, "all are frozen": desk.freeze_all,
            "that undone, too": session.edits.undo,
        }  # fmt: skip
        spent: dict[str, list[float]] = {name: [] for name in deeds}
        for _ in range(_TIMES):
            for name, deed in deeds.items():
                spent[name].append(_spent(app, deed))
        told = ", ".join(f"{name} {statistics.median(s):.0f}" for name, s in spent.items())
        print(f"{shape[0]} x {shape[1]}: {told} ms", flush=True)
        session.edits.mark_saved()
        window.close()
        window.deleteLater()


def _network(n_outputs: int, n_inputs: int) -> Experiment:
    setup, weights = made_up(4, "cycle", shape=(n_outputs, n_inputs))
    names = (tuple(f"in {n}" for n in range(n_inputs)), tuple(f"out {n}" for n in range(n_outputs)))
    return Experiment("large", "", *names, setup, weights)


def _spent(app: QApplication, deed: Callable[[], object]) -> float:
    begun = time.thread_time()
    deed()
    _settle(app)
    return 1e3 * (time.thread_time() - begun)


def _settle(app: QApplication) -> None:
    """Until what was done is painted, and told a moment later."""
    end = time.monotonic() + 0.1
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.002)
