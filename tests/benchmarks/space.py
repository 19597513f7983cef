"""The space of images: painting, turning and picking points, and scores that follow the training.

CPU time throughout: on a busy machine only that says what something costs.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPolygonF
from PySide6.QtWidgets import QApplication, QWidget

from gui.app import application
from gui.look.theme import CLASS_COLORS, look
from gui.panels.image_space.found.coloring import class_kind
from gui.plots.cloud.points import Cloud
from gui.session import Session
from gui.window.window import Window
from model.experiment import Experiment
from model.files.library import open_experiment
from model.files.mnist import load_mnist
from tests.benchmarks.measure import heading
from tests.gui.helpers import panels

_SIZE = 900, 700
_ROUNDS = 15
_SECONDS = 4.0
_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "mnist"
FOLDER = Path(os.environ.get("WEIGHTBENCH_MNIST", _BESIDE))


def cpu(job: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """Median CPU milliseconds of one call in this thread."""
    times = []
    for _ in range(rounds):
        start = time.thread_time()
        job()
        times.append(time.thread_time() - start)
    return 1e3 * statistics.median(times)


def main() -> None:
    """Print the figures of the space of images."""
    heading("The space of images (900 x 700, CPU ms)")
    app = application()
    look.choose("light")
    scatter = _scatter_panning(app)
    print(f"pyqtgraph's ScatterPlotItem panning 10,000: {scatter:.2f}")
    for n, most in ((10_000, (4, 8)), (60_000, (16, 33))):
        for ratio, bound in zip((1.0, 2.0), most, strict=True):
            for dims in (2, 3):
                _cloud(n, ratio, dims, bound, scatter)
    _live_scores(app)


def _scatter_panning(app: QApplication) -> float:
    rng = np.random.default_rng(0)
    plot = pg.PlotWidget()
    plot.resize(*_SIZE)
    brushes = [pg.mkBrush(CLASS_COLORS[at]) for at in rng.integers(0, 10, 10_000)]
    item = pg.ScatterPlotItem(size=5, pen=None)
    item.setData(pos=rng.normal(size=(10_000, 2)), brush=brushes)
    plot.addItem(item)
    plot.show()
    app.processEvents()

    def pan() -> None:
        plot.getViewBox().translateBy(x=0.01)
        plot.grab()

    spent = cpu(pan)
    plot.close()
    return spent


def _cloud(n: int, ratio: float, dims: int, bound: float, scatter: float) -> None:
    rng = np.random.default_rng(0)
    points = rng.normal(size=(n, dims)).astype(np.float32)
    cloud = Cloud()
    cloud.set_points(points, square=True)
    kinds = tuple(class_kind(number) for number in range(10))
    cloud.set_kinds(kinds, rng.integers(0, 10, n).astype(np.uint8))
    width, height = _SIZE
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    cloud.set_area(QRectF(0, 0, width, height), ratio)

    def moving() -> None:
        cloud.set_points(cloud.points + np.float32(1e-4), square=True)
        paint()

    def turning() -> None:
        camera = cloud.camera
        cloud.look(camera.turned(1.0, 0.0) if dims == 3 else camera.moved(0.001, 0.0))
        paint()

    def paint() -> None:
        painter = QPainter(image)
        cloud.draw(painter)
        painter.end()

    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    loop = QPolygonF(
        [QPointF(450 + 300 * np.cos(at), 350 + 250 * np.sin(at)) for at in angles.tolist()]
    )
    for job in (moving, turning):
        job()
    moved, turned = cpu(moving), cpu(turning)
    hover = cpu(lambda: cloud.at(QPointF(400, 300)))
    lasso = cpu(lambda: cloud.inside(loop))
    print(
        f"{n:,} points, {dims}-D, ratio {ratio:g}: moving {moved:.2f} "
        f"({moved / scatter:.2f} of the ScatterPlotItem), panning or turning {turned:.2f} "
        f"(at most {bound}); hover {hover:.2f} (1); lasso {lasso:.2f} (3)",
        flush=True,
    )


def _live_scores(app: QApplication) -> None:
    """How much of its speed training keeps beside score axes that follow it thirty times a second.

    From the CPU time of a frame: on a busy machine there are fewer frames, each with its price.
    """
    images = _ten_thousand()
    a_second, _, _ = _run(app, Window(images), with_space=False)
    steps, spent, frames = _run(app, Window(images), with_space=True)
    steps_alone = a_second * spent
    a_frame = (steps_alone - steps * spent) / a_second / max(1, frames)
    print(
        f"live score axes of 10,000 images of {images.weights.shape[1]} pixels: a frame costs "
        f"{1e3 * a_frame:.2f}; at 30 frames/s training keeps {1 - 30 * a_frame:.2f} of its speed "
        "(at least 0.7)",
        flush=True,
    )


def _ten_thousand() -> Experiment:
    """MNIST's first 10,000 images, or the small digits again and again where it is not there."""
    if FOLDER.is_dir():
        return open_experiment("Digits, MNIST").on(load_mnist(FOLDER, 10_000))
    experiment = open_experiment("Digits, 8x8")
    digits = experiment.digits
    assert digits is not None
    rows = np.arange(10_000) % len(digits.images)
    return experiment.on(replace(digits, images=digits.images[rows], labels=digits.labels[rows]))


def _run(app: QApplication, window: Window, with_space: bool) -> tuple[float, float, int]:
    """Steps and CPU seconds: steps a second, seconds, and frames of the space of images."""
    session: Session = window.session
    window.resize(1280, 800)
    window.show()
    session.view.show(panel="image_space", space={"axes": [["score", 4], ["score", 9]]})
    session.view.show(space={"count": 10_000})
    view = panels.image_space(window).plane.view
    frames = Frames(view)
    while not len(view.cloud):
        app.processEvents()
    # The same window both times, but for who looks.
    window.places.want_side(with_space)
    session.view.show(speed="fastest")
    app.processEvents()
    frames.n, start, cpu_start = 0, session.playback.length, time.thread_time()
    session.playback.run()
    end = time.perf_counter() + _SECONDS
    while time.perf_counter() < end:
        app.processEvents()
    steps, spent = session.playback.length - start, time.thread_time() - cpu_start
    session.playback.pause()
    session.edits.mark_saved()
    window.close()
    window.deleteLater()
    app.processEvents()
    return steps / spent, spent, frames.n


class Frames(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.n = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.n += event.type() == QEvent.Type.Paint
        return False
