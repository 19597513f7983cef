"""The repulsion of t-SNE: every pair by itself, and on grids."""

from __future__ import annotations

import numpy as np
import pytest

from model.image_space.layouts.mesh import Mesh
from model.image_space.layouts.repulsion import exact_repulsion
from model.network import Floats


def by_pairs(points: Floats) -> tuple[Floats, float]:
    forces, total = np.zeros_like(points), 0.0
    for i, a in enumerate(points):
        for j, b in enumerate(points):
            if i != j:
                kernel = 1 / (1 + float(np.sum((a - b) ** 2)))
                total += kernel
                forces[i] += kernel**2 * (a - b)
    return forces, total


def clouds(n: int, width: float, seed: int = 0) -> Floats:
    """Points of a map with classes, around 0."""
    rng = np.random.default_rng(seed)
    middles = rng.normal(0, width / 4, (10, 2))
    points = middles[rng.integers(0, 10, n)] + rng.normal(0, width / 25, (n, 2))
    return np.asarray(points - points.mean(axis=0))


@pytest.mark.parametrize("d", [1, 2, 3])
def test_every_pair_by_itself_is_the_plain_sum(d: int) -> None:
    points = np.random.default_rng(d).normal(0, 3, (90, d))
    forces, total = by_pairs(points)

    exact, z = exact_repulsion(points, np.float64)
    quick, quick_z = exact_repulsion(points)

    assert np.allclose(exact, forces, rtol=0, atol=1e-11)
    assert np.isclose(z, total, rtol=1e-12)
    assert np.linalg.norm(quick - forces) < 1e-4 * np.linalg.norm(forces)
    assert np.isclose(quick_z, total, rtol=1e-5)


@pytest.mark.parametrize(("n", "width"), [(2000, 120), (2000, 40), (2000, 6), (800, 1), (700, 0.2)])
def test_the_grids_give_nearly_the_same(n: int, width: float) -> None:
    points = clouds(n, width)
    forces, total = exact_repulsion(points, np.float64)

    on_grids, z = Mesh().repulsion(points)

    assert np.linalg.norm(on_grids - forces) < 0.06 * np.linalg.norm(forces)
    assert abs(z / total - 1) < 0.01


def test_a_mesh_follows_a_map_that_grows() -> None:
    mesh = Mesh()
    for width in (1, 40):
        points = clouds(200, width)
        again, _ = Mesh().repulsion(points)

        forces, _ = mesh.repulsion(points)

        assert np.array_equal(forces, again)


def test_two_points_on_grids_push_each_other_alike_and_one_pushes_itself_nowhere() -> None:
    for shift in (0.0, 0.13, 0.21):
        pair = np.array([[-0.7, 0.2], [0.7, -0.2]]) + shift
        forces, _ = Mesh().repulsion(pair)

        assert np.allclose(forces[0], -forces[1], rtol=0, atol=1e-3)
        assert np.allclose(Mesh().repulsion(pair[:1])[0], 0, rtol=0, atol=1e-3)
