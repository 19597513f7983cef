"""MDS and Sammon's mapping."""

from __future__ import annotations

import numpy as np
import pytest

from model.image_space import finished
from model.image_space.layouts import LayoutSettings, Start
from model.image_space.layouts.pairs import inverse
from model.image_space.layouts.stress import MDS, Sammon, Stress
from tests.model.image_space.examples import digits, inputs_of
from tests.model.image_space.layouts.slopes import measured_slope

KINDS = (MDS, Sammon)
STARTS: tuple[Start, ...] = ("pca", "random")


def prepared(kind: type[Stress], n: int, settings: LayoutSettings, exact: bool = True) -> Stress:
    layout = kind(digits(n), settings, np.float64 if exact else np.float32)
    finished(layout.prepare())
    return layout


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("d", [2, 3])
def test_the_slope_is_that_of_the_cost(kind: type[Stress], d: int) -> None:
    layout = prepared(kind, 30, LayoutSettings(dimensions=d))
    places = np.random.default_rng(0).normal(0, 2, (30, d))

    slope, _ = layout.slope(places)

    assert np.abs(slope - measured_slope(layout, places)).max() < 1e-9


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_stress_falls_in_every_step(kind: type[Stress], start: Start) -> None:
    for d in (2, 3):
        settings = LayoutSettings(dimensions=d, start=start, seed=3)
        layout = prepared(kind, 70, settings)
        for _ in range(40):
            layout.step()

        assert (np.diff(layout.costs) < 0).all()


@pytest.mark.parametrize("kind", KINDS)
def test_points_of_a_plane_keep_all_their_distances(kind: type[Stress]) -> None:
    corners = np.random.default_rng(2).normal(0, 1, (25, 2))
    turned, _ = np.linalg.qr(np.random.default_rng(3).normal(0, 1, (9, 9)))
    layout = kind(inputs_of(corners @ turned[:2]), LayoutSettings(), np.float64)
    finished(layout.prepare())

    layout.step()

    assert layout.costs[0] < 1e-10
    apart = np.linalg.norm(layout.coordinates[:, None] - layout.coordinates, axis=-1)
    expected = np.linalg.norm(corners[:, None] - corners, axis=-1)
    assert np.abs(apart - expected).max() < 1e-5


def test_the_stress_is_that_of_a_plain_sum_and_no_more_than_scikit_learns() -> None:
    layout = prepared(MDS, 60, LayoutSettings(), exact=False)
    for _ in range(200):
        layout.step()
    full = digits(60).rows(slice(None))
    wanted = np.linalg.norm(full[:, None] - full, axis=-1)

    apart = np.linalg.norm(layout.coordinates[:, None] - layout.coordinates, axis=-1)
    stress = np.square(apart - wanted).sum() / np.square(wanted).sum()
    assert np.isclose(layout.slope(layout.coordinates)[1], stress)
    # scikit-learn 1.9: MDS(n_init=1, max_iter=300, random_state=0, init="random")
    assert stress < 1.02 * 0.1134


def test_an_inverse_by_blocks() -> None:
    half = np.random.default_rng(0).normal(0, 1, (300, 300))
    matrix = half @ half.T + np.eye(300)

    assert np.abs(finished(inverse(matrix)) @ matrix - np.eye(300)).max() < 1e-8
