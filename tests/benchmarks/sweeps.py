"""A sweep over alphas in the window against as many runs without one, and pinning long runs."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QElapsedTimer

from gui.app import application
from gui.panels.sweep.panel import SweepPanel
from gui.session import Session
from model.files.library import open_experiment
from model.path.saved import new_path
from tests.benchmarks.measure import compare, heading

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "mnist"
_ALPHAS = np.geomspace(0.0001, 0.02, 25)
_IMAGES, _ROUNDS = 1000, 3
_LONG = 10_000_000


def main() -> None:
    """Print what a sweep costs beside its runs, and what pinning a long run costs."""
    application()
    _sweep()
    _long_pin()


def _sweep() -> None:
    heading(f"Sweep: {_IMAGES:,} images of MNIST, {len(_ALPHAS)} alphas, one epoch each")
    folder = Path(os.environ.get("WEIGHTBENCH_MNIST", _BESIDE))
    if not folder.is_dir():
        print(f"left out: {folder} is not a folder (WEIGHTBENCH_MNIST names another)")
        return
    os.environ["WEIGHTBENCH_MNIST"] = str(folder)
    experiment = open_experiment("Digits, MNIST")
    assert len(experiment.setup.examples) == _IMAGES
    session = Session(experiment)
    panel = SweepPanel(session)
    panel.resize(500, 500)
    panel.show()
    QCoreApplication.processEvents()
    for name, value in (("low", _ALPHAS[0]), ("high", _ALPHAS[-1]), ("count", len(_ALPHAS)),
                        ("steps", _IMAGES)):  # fmt: skip
        panel.fields[name].edited.emit(float(value), None)

    def without() -> None:
        for alpha in panel.question.values:
            setup = replace(experiment.setup, alpha=alpha)
            new_path(replace(experiment, setup=setup)).extend(_IMAGES)

    late = 0.0

    def within() -> None:
        nonlocal late
        panel.sweep_button.click()
        clock = QElapsedTimer()
        while panel.busy:
            clock.start()
            QCoreApplication.processEvents()
            late = max(late, clock.nsecsElapsed() / 1e6)
            time.sleep(0.004)

    without()
    rounds = [(_cpu(within), _cpu(without)) for _ in range(_ROUNDS)]
    mine, other = (min(side) for side in zip(*rounds, strict=True))
    compare("in the window, CPU", mine, f"{len(_ALPHAS)} headless epochs, CPU", other)
    print(f"the window waited for {late:.1f} ms at the most meanwhile")
    panel.deleteLater()


def _long_pin() -> None:
    heading(f"Pinning a run of {_LONG:,} steps")
    session = Session(open_experiment("The whole season"))
    session.playback.take(_LONG)
    slowest, clock = 0.0, QElapsedTimer()

    def pin() -> None:
        nonlocal slowest
        clock.start()
        session.pins.pin_run()
        while session.pins.busy:
            slowest = max(slowest, clock.nsecsElapsed() / 1e6)
            clock.start()
            QCoreApplication.processEvents()

    compare("its ghost, CPU", _cpu(pin), "the run itself, CPU", _cpu(_run_again))
    (line,) = session.pins.lines
    points = len(line[1].errors.steps)
    print(f"no frame waited longer than {slowest:.1f} ms; {points:,} points are kept")


def _run_again() -> None:
    new_path(open_experiment("The whole season")).extend(_LONG)


def _cpu(job: Callable[[], object]) -> float:
    """Seconds of all processors together that this process used for a job."""
    start = time.process_time()
    job()
    return time.process_time() - start
