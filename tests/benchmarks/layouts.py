"""t-SNE and the other layouts beside scikit-learn's, on MNIST: processor time and quality."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from gui.app import application
from gui.look.theme import look
from model.digits import one_hot
from model.examples import Examples
from model.files.library import open_experiment
from model.files.mnist import load_mnist
from model.image_space import (
    SampleInputs,
    draw_sample,
    finished,
    gather,
    inside,
    nearest,
    principal_components,
    project,
)
from model.image_space.layouts import LayoutKind, LayoutSettings, make_layout
from model.image_space.layouts.mesh import Mesh
from model.image_space.layouts.repulsion import exact_repulsion
from model.image_space.layouts.tsne import MAX_EXACT, N_COMPONENTS, TSNE
from model.image_space.pca import leading_coordinates
from model.network import Floats
from tests.benchmarks import window as windows
from tests.benchmarks.measure import heading, seconds
from tests.gui.helpers import panels

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "mnist"
_STEPS = 750
# Of scikit-learn's time, by the number of points.
_BOUNDS = {1000: None, 2000: 0.9, 5000: 0.6, 10_000: 0.5}
_NEIGHBOURS = 10


def main() -> None:
    """Print the figures on MNIST; says so where its files are not there."""
    heading("The space of images: layouts, components and picking, processor time, one thread")
    folder = Path(os.environ.get("WEIGHTBENCH_MNIST", _BESIDE))
    if not folder.is_dir():
        print(f"left out: {folder} is not a folder (WEIGHTBENCH_MNIST names another)")
        return
    digits = load_mnist(folder, 60_000)
    examples = Examples(digits.images, one_hot(digits.labels))
    for n, bound in _BOUNDS.items():
        _tsne(_inputs(examples, n), bound)
    for kind in ("mds", "sammon", "graph"):
        _layout(_inputs(examples, 2000), kind)
    _components(_inputs(examples, 10_000))
    _picking()
    _projecting(_inputs(examples, 10_000), _inputs(examples, 60_000))
    os.environ["WEIGHTBENCH_MNIST"] = str(folder)
    _lateness()


def _inputs(examples: Examples, n: int) -> SampleInputs:
    return finished(gather(examples, draw_sample(len(examples), n).examples))


def _processor(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start


def _tsne(inputs: SampleInputs, bound: float | None) -> None:
    from sklearn import manifold

    n = len(inputs)
    layout = TSNE(inputs, LayoutSettings())
    longest, moved = 0.0, 0.0

    def run() -> None:
        nonlocal longest, moved
        start = last = time.process_time()
        for work in (layout.prepare(), (layout.step() for _ in range(_STEPS))):
            for _ in work:
                now = time.process_time()
                longest, last = max(longest, now - last), now
                moved = moved or (now - start if layout.iteration else 0.0)

    mine = _processor(run)
    leading = finished(leading_coordinates(inputs, N_COMPONENTS))
    reference = manifold.TSNE(init="pca", max_iter=_STEPS, random_state=0, n_jobs=1)
    found: list[Floats] = []
    theirs = _processor(lambda: found.append(reference.fit_transform(leading.astype(np.float32))))
    said = "" if bound is None else f" (a bound of {bound})"
    print(
        f"t-SNE, {n:,} points, {_STEPS} steps: {mine:.1f} s; scikit-learn: {theirs:.1f} s; "
        f"ratio {mine / theirs:.2f}{said}; first step after {moved:.2f} s; longest stretch "
        f"without a way to stop: {longest * 1e3:.0f} ms (a bound of 100 ms)",
        flush=True,
    )
    _quality(layout, leading, np.asarray(found[0], dtype=np.float64))


def _quality(layout: TSNE, leading: Floats, theirs: Floats) -> None:
    """The divergence of both maps from one P, every pair by itself, and what neighbours became."""
    from sklearn import manifold

    ours = layout.coordinates
    costs = [_exact_cost(layout, map_ - map_.mean(axis=0)) for map_ in (ours, theirs)]
    line = f"  divergence {costs[0]:.4f}; scikit-learn {costs[1]:.4f}; "
    line += f"ratio {costs[0] / costs[1]:.3f} (a bound of 1.02)"
    if len(ours) <= 2000:
        kept = [_kept(leading, map_) for map_ in (ours, theirs)]
        trusted = [
            manifold.trustworthiness(leading, map_, n_neighbors=_NEIGHBOURS)
            for map_ in (ours, theirs)
        ]
        line += f"; kept neighbours {kept[0]:.3f}, {kept[1]:.3f}"
        line += f"; trustworthiness {trusted[0]:.3f}, {trusted[1]:.3f}"
    print(line, flush=True)


def _exact_cost(layout: TSNE, map_: Floats) -> float:
    """The divergence with every pair by itself, where the layout itself may use its grids."""
    cost = layout.slope(map_)[1]
    if len(map_) <= MAX_EXACT:
        return cost
    on_grids, exact = Mesh().repulsion(map_)[1], exact_repulsion(map_, np.float64)[1]
    return cost + float(np.log(exact / on_grids))


def _kept(full: Floats, map_: Floats) -> float:
    """Which part of the nearest in the full space (n, d) are so in the map, too."""

    def nearest_of(points: Floats) -> list[set[int]]:
        lengths = np.square(points).sum(axis=1)
        squares = lengths[:, None] + lengths - 2 * points @ points.T
        np.fill_diagonal(squares, np.inf)
        rows = np.argpartition(squares, _NEIGHBOURS, axis=1)[:, :_NEIGHBOURS]
        return [set(row) for row in rows.tolist()]

    both = zip(nearest_of(full), nearest_of(map_), strict=True)
    return float(np.mean([len(a & b) / _NEIGHBOURS for a, b in both]))


def _layout(inputs: SampleInputs, kind: LayoutKind) -> None:
    layout = make_layout(inputs, LayoutSettings(kind=kind))
    before = _processor(lambda: finished(layout.prepare()))
    steps = [_processor(layout.step) for _ in range(40)]
    print(
        f"{kind}, {len(inputs):,} points: prepared in {before:.2f} s, a step "
        f"{np.median(steps) * 1e3:.1f} ms",
        flush=True,
    )


def _components(inputs: SampleInputs) -> None:
    from sklearn import decomposition

    rows = inputs.rows(slice(None))
    mine = _processor(lambda: finished(principal_components(inputs)))
    theirs = _processor(lambda: decomposition.PCA(svd_solver="covariance_eigh").fit(rows))
    print(f"components, {len(inputs):,} images: {mine:.2f} s; scikit-learn {theirs:.2f} s")


def _picking() -> None:
    points = np.random.default_rng(0).normal(size=(60_000, 2)).astype(np.float32)
    angles = np.linspace(0, 2 * np.pi, 200)
    lasso = np.column_stack((1 + 0.3 * np.sin(9 * angles), np.ones(200)))
    lasso *= 1.5 * np.column_stack((np.cos(angles), np.sin(angles)))
    loops = [_processor(lambda: inside(points, lasso)) for _ in range(50)]
    hovers = [_processor(lambda: nearest(points, (0.1, 0.2), 0.05)) for _ in range(50)]
    print(
        f"60,000 points: lasso of 200 corners {np.median(loops) * 1e3:.2f} ms (a bound of 3 ms); "
        f"the nearest to the mouse {np.median(hovers) * 1e3:.2f} ms (a bound of 1 ms)"
    )


def _projecting(some: SampleInputs, all_: SampleInputs) -> None:
    weights = np.random.default_rng(0).normal(size=(10, some.n_inputs))
    times = {
        len(inputs): np.median([_processor(lambda: project(inputs, weights)) for _ in range(9)])  # noqa: B023 -- called at once
        for inputs in (some, all_)
    }
    for n, took in times.items():
        print(f"ten scores of {n:,} images: {took * 1e3:.1f} ms")


def _lateness() -> None:
    """How long a turn of the event loop takes while t-SNE runs in the window, and at rest."""
    app = application()
    look.choose("light")
    window = windows.opened(app, open_experiment("Digits, MNIST", count=10_000))
    window.session.view.show(panel="image_space", wide=True)
    panel = panels.image_space(window)
    window.session.view.show(space={"show": "tsne", "count": 10_000})

    def turns(length_s: float) -> list[float]:
        found = []
        start = time.perf_counter()
        while time.perf_counter() - start < length_s:
            found.append(seconds(app.processEvents))
            time.sleep(0.001)
        return found

    while len(panel.data) < 10_000:
        app.processEvents()
    turns(0.5)
    idle = turns(3)
    panel.layouts.first.run.run()
    running = turns(8)
    steps = panel.layouts.first.run.layout
    panel.wait()
    windows.close(app, window)
    late, usual = (float(np.percentile(each, 99)) * 1e3 for each in (running, idle))
    print(
        f"a turn of the event loop while t-SNE of 10,000 points runs (at its step "
        f"{0 if steps is None else steps.iteration}), p99: {late:.1f} ms; idle: {usual:.1f} ms "
        f"(a bound of 33 ms, or 3 times idle)"
    )
