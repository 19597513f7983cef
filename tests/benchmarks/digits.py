"""One epoch of one-example steps over MNIST's 60,000 images, in float64."""

from __future__ import annotations

import math
import os
import statistics
import time
from functools import partial
from pathlib import Path

import numpy as np

from gui.app import application
from gui.look.theme import look
from gui.window.window import Window
from model.digits import DigitSet, one_hot
from model.examples import Examples, Schedule
from model.experiment import Experiment
from model.files.library import open_experiment
from model.files.mnist import load_mnist
from model.network import Floats
from model.path.descent import Descent
from model.path.saved import new_path
from model.setup import Setup
from tests.benchmarks import window as windows
from tests.benchmarks.measure import faster, heading, seconds

_ALPHA = 0.005
_EPOCHS = 10
_ROUNDS = 3
_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "mnist"


def main() -> None:
    """Print the figures on MNIST; says so where its files are not there."""
    heading("MNIST, 60,000 images, one epoch of one-example steps, float64")
    folder = Path(os.environ.get("WEIGHTBENCH_MNIST", _BESIDE))
    if not folder.is_dir():
        print(f"left out: {folder} is not a folder (WEIGHTBENCH_MNIST names another)")
        return
    digits = load_mnist(folder, 60_000)
    targets = one_hot(digits.labels)
    _headless(digits, targets)
    _others(digits.images, targets)
    os.environ["WEIGHTBENCH_MNIST"] = str(folder)
    _through_the_window()


def _setup(images: Floats, targets: Floats) -> Setup:
    frozen = np.zeros((targets.shape[1], images.shape[1]), dtype=np.bool_)
    return Setup(Examples(images, targets), Schedule("cycle", len(images)), _ALPHA, frozen)


def _epoch(descent: Descent, weights: Floats, epoch: int, out: Floats) -> Floats:
    n = len(out)
    step = epoch * n
    while step < (epoch + 1) * n:
        weights, taken = descent.advance(weights, step, out[step - epoch * n :])
        step += taken
    return weights


def _loop(images: Floats, targets: Floats) -> Floats:
    weights = np.zeros((targets.shape[1], images.shape[1]))
    for x, target in zip(images, targets, strict=True):
        delta = weights @ x - target
        weights -= _ALPHA * np.outer(delta, x)
    return weights


def _headless(digits: DigitSet, targets: Floats) -> None:
    images, out = digits.images, np.empty_like(targets)
    setup = _setup(images, targets)
    loops, firsts, laters, products = [], [], [], []
    for _ in range(_ROUNDS):
        loops.append(seconds(lambda: _loop(images, targets)))
        descent = Descent(setup)
        start = time.perf_counter()
        weights = _epoch(descent, np.zeros_like(setup.frozen, dtype=np.float64), 0, out)
        firsts.append(time.perf_counter() - start)
        for epoch in range(1, 4):
            start = time.perf_counter()
            weights = _epoch(descent, weights, epoch, out)
            laters.append(time.perf_counter() - start)
        products.append(seconds(partial(_two_products, images, weights)))
    reference = _loop(images, targets)
    again = _epoch(Descent(setup), np.zeros_like(reference), 0, out)
    difference = np.abs(again - reference).max() / np.abs(reference).max()
    print(f"largest difference from the loop, of the largest weight: {difference:.1e}")
    loop, first, later, product = map(statistics.median, (loops, firsts, laters, products))
    faster("first epoch", first, "one-by-one NumPy loop", loop)
    faster("later epochs", later, "one-by-one NumPy loop", loop)
    print(f"later epochs take {later / product:.2f} times as long as the two matrix products alone")


def _two_products(images: Floats, weights: Floats) -> None:
    for start in range(0, len(images), 32):
        rows = images[start : start + 32]
        (rows @ weights.T).T @ rows


def _others(images: Floats, targets: Floats) -> None:
    """The same epoch by other libraries, timed beside ours again."""
    from sklearn.linear_model import SGDRegressor

    setup = _setup(images, targets)
    out = np.empty_like(targets)
    ours = seconds(lambda: _epoch(Descent(setup), np.zeros(setup.frozen.shape), 0, out))

    def sgd() -> None:
        for output in range(targets.shape[1]):
            model = SGDRegressor(
                penalty=None, fit_intercept=False, learning_rate="constant", eta0=_ALPHA,
                shuffle=False, max_iter=1, tol=None,
            )  # fmt: skip
            model.partial_fit(images, targets[:, output])

    faster("first epoch", ours, "scikit-learn SGDRegressor, ten outputs in turn", seconds(sgd))
    try:
        import torch
    except ImportError:
        print("PyTorch is not installed: left out")
        return
    x, t = torch.from_numpy(images.copy()), torch.from_numpy(targets.copy())

    def autograd() -> None:
        layer = torch.nn.Linear(x.shape[1], t.shape[1], bias=False, dtype=torch.float64)
        optimizer = torch.optim.SGD(layer.parameters(), lr=_ALPHA / 2)
        for row, target in zip(x, t, strict=True):
            optimizer.zero_grad()
            ((layer(row) - target) ** 2).sum().backward()
            optimizer.step()

    def by_hand() -> None:
        weights = torch.zeros(t.shape[1], x.shape[1], dtype=torch.float64)
        for row, target in zip(x, t, strict=True):
            weights.addr_(weights @ row - target, row, alpha=-_ALPHA)

    faster("first epoch", ours, "PyTorch autograd loop", seconds(autograd))
    with torch.no_grad():
        faster("first epoch", ours, "PyTorch by hand", seconds(by_hand))


def _through_the_window() -> None:
    heading("The same through the window (offscreen, 1280 x 800), all panels made, each in front")
    app = application()
    look.choose("light")
    experiment = open_experiment("Digits, MNIST", count=60_000)
    window = windows.opened(app, experiment)
    for page in (*window.side.pages.values(), *window.below.pages.values()):
        page.fill()
    # One epoch for the caches, then headless and each page in turn.
    windows.run_for(app, window, 1.0)
    runs: dict[str, list[tuple[float, float]]] = {title: [] for title in window.side.pages}
    headless: list[float] = []
    late: dict[str, list[float]] = {title: [] for title in runs}
    for _ in range(_ROUNDS):
        headless.append(_headless_rate(experiment))
        for title, page in window.side.pages.items():
            window.side.setCurrentWidget(page)
            app.processEvents()
            start = time.perf_counter()
            steps, frames, turns = windows.run_for(app, window, 1.0)
            took = time.perf_counter() - start
            runs[title].append((steps / took, frames / took))
            late[title] += turns
    rate = statistics.median(headless)
    print(f"headless: {rate:,.0f} steps/s")
    for title, measured in runs.items():
        shown, fps = (statistics.median(each) for each in zip(*measured, strict=True))
        print(
            f"{title} in front: {shown:,.0f} steps/s, {shown / rate:.0%} of the headless "
            f"(a bound of 70%), at {fps:.1f} frames/s; a turn of the event loop, p99: "
            f"{_p99(late[title]) * 1e3:.1f} ms (a bound of 33 ms)"
        )
    windows.close(app, window)
    window = windows.opened(app, experiment)
    _seek_anywhere(window)
    windows.close(app, window)


def _headless_rate(experiment: Experiment) -> float:
    """Steps a second of a path without a window, its caches warm."""
    path = new_path(experiment)
    n = len(experiment.setup.examples)
    path.extend(n)
    took = seconds(lambda: path.extend(n))
    return n / took


def _seek_anywhere(window: Window) -> None:
    app = application()
    session = window.session
    wanted = _EPOCHS * len(session.experiment.setup.examples)
    session.playback.set_speed(math.inf)
    session.playback.run_to(wanted, then=wanted)
    while session.playback.running:
        app.processEvents()
    rng = np.random.default_rng(1)

    def seek(step: int) -> None:
        session.playback.seek(step)
        app.processEvents()

    steps = rng.integers(0, session.playback.length, 60).tolist()
    times = [seconds(partial(seek, step)) for step in steps]
    print(
        f"any of {session.playback.length:,} steps back on screen: median "
        f"{statistics.median(times) * 1e3:.1f} ms, p99 {_p99(times) * 1e3:.1f} ms "
        f"(a bound of 33 ms); the path takes {session.path.nbytes / 1e6:.0f} MB"
    )


def _p99(times: list[float]) -> float:
    return float(np.percentile(times, 99))
