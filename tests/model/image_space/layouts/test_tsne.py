"""t-SNE: its slope, its quality beside scikit-learn's, and that the same seed is the same map."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from model.image_space import finished
from model.image_space.layouts import LayoutSettings, Start
from model.image_space.layouts.tsne import TSNE
from model.network import Floats
from tests.model.image_space.examples import digits
from tests.model.image_space.layouts.slopes import measured_slope

STARTS: tuple[Start, ...] = ("pca", "random")


def run(n: int, steps: int, settings: LayoutSettings) -> TSNE:
    layout = TSNE(digits(n), settings)
    finished(layout.prepare())
    for _ in range(steps):
        layout.step()
    return layout


@pytest.mark.parametrize("d", [2, 3])
def test_the_slope_is_that_of_the_cost(d: int) -> None:
    layout = TSNE(digits(40), LayoutSettings(perplexity=5, dimensions=d), np.float64)
    finished(layout.prepare())
    places = np.random.default_rng(0).normal(0, 2, (40, d))

    slope, _ = layout.slope(places)

    assert np.abs(slope - measured_slope(layout, places)).max() < 1e-8
    quick = TSNE(digits(40), LayoutSettings(perplexity=5, dimensions=d))
    finished(quick.prepare())
    assert np.abs(quick.slope(places)[0] - slope).max() < 1e-5 * np.abs(slope).max()


@pytest.mark.parametrize("start", STARTS)
def test_the_same_seed_is_the_same_map_to_the_last_bit(start: Start) -> None:
    settings = LayoutSettings(perplexity=10, start=start, seed=5)

    first, second = (run(120, 60, settings) for _ in range(2))

    assert first.coordinates.tobytes() == second.coordinates.tobytes()
    assert first.costs == second.costs
    assert first.iteration == len(first.costs) == 60


def test_another_seed_is_another_map_from_a_random_start_alone() -> None:
    maps = {
        (start, seed): run(60, 5, LayoutSettings(perplexity=9, start=start, seed=seed)).coordinates
        for start in STARTS
        for seed in (0, 1)
    }

    assert np.array_equal(maps["pca", 0], maps["pca", 1])
    assert not np.array_equal(maps["random", 0], maps["random", 1])


def test_coordinates_that_were_read_do_not_change_any_more() -> None:
    layout = run(50, 3, LayoutSettings(perplexity=5))
    read = layout.coordinates
    copy = read.copy()

    layout.step()

    assert np.array_equal(read, copy)


# Of scikit-learn 1.9's map of the same 500 digits after as many steps, from components as well:
# 10 nearest kept, trustworthiness of 10, divergence. The benchmark of layouts runs both.
SCIKIT_LEARN = (0.721, 0.993, 0.409)


def neighbour_ranks(points: Floats) -> NDArray[np.intp]:
    """How many points are nearer to point i than point j is, (n, n); i itself comes first."""
    squares = np.square(points[:, None] - points).sum(axis=-1)
    np.fill_diagonal(squares, -1)
    return np.argsort(np.argsort(squares, axis=1), axis=1)


def test_neighbours_stay_neighbours_as_well_as_with_scikit_learn() -> None:
    kept, trusted, divergence = SCIKIT_LEARN
    k, n = 10, 500
    layout = run(n, 500, LayoutSettings())

    full = neighbour_ranks(digits(n).rows(slice(None)))
    near = (neighbour_ranks(layout.coordinates) <= k) & (np.arange(n) != np.arange(n)[:, None])
    # J. Venna and S. Kaski, "Neighborhood preservation in nonlinear projection methods", 2001.
    intruders = np.maximum(full - k, 0)[near].sum()
    assert 1 - 2 * intruders / (n * k * (2 * n - 3 * k - 1)) > trusted - 0.01
    assert (near & (full <= k)).sum() / (n * k) > kept - 0.01
    assert layout.slope(layout.coordinates)[1] < 1.02 * divergence
