"""Neighbours, and how strongly t-SNE pulls them together."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.image_space import finished
from model.image_space.layouts.affinities import affinities, conditional
from model.image_space.layouts.neighbours import neighbours
from tests.model.image_space.examples import digits

POINTS = digits(150).rows(slice(None))


def test_neighbours_are_those_of_a_plain_search() -> None:
    near = finished(neighbours(POINTS, 6))

    for i in range(0, 150, 7):
        squares = [float(np.sum((POINTS[i] - other) ** 2)) for other in POINTS]
        order = sorted((j for j in range(150) if j != i), key=squares.__getitem__)[:6]
        assert np.allclose(near.squares[i], [squares[j] for j in order], rtol=1e-12)
        assert [squares[j] for j in near.rows[i]] == sorted(squares[j] for j in near.rows[i])
        assert i not in near.rows[i]


@given(st.lists(st.floats(0.01, 1e4), min_size=4, max_size=20, unique=True))
def test_every_row_has_the_perplexity(squares: list[float]) -> None:
    wanted = len(squares) / 3

    (p,) = conditional(np.array([squares]), wanted)

    assert math.isclose(sum(p), 1, rel_tol=1e-12)
    entropy = -sum(x * math.log(x) for x in p if x > 0)
    # Among neighbours that are all but equally far there are more than that.
    assert math.exp(entropy) < wanted * 1.001 or max(squares) - min(squares) < 1e-6
    order = np.argsort(squares)
    assert (np.diff(p[order]) <= 1e-12).all()


def test_equally_far_neighbours_count_alike() -> None:
    assert np.allclose(conditional(np.full((1, 6), 4.0), 2.0), 1 / 6)


def test_affinities_are_symmetric_and_have_the_sum_1() -> None:
    near = finished(neighbours(POINTS, 15))
    p = finished(affinities(near, 5.0))

    matrix = np.zeros((150, 150))
    row = np.repeat(np.arange(150), p.counts)
    matrix[row, p.columns] = p.values
    assert math.isclose(matrix.sum(), 1, rel_tol=1e-12)
    assert np.array_equal(matrix, matrix.T)
    assert not matrix.diagonal().any()
    assert len(p.columns) == np.count_nonzero(matrix)
    given_rows = conditional(near.squares, 5.0)
    expected = np.zeros((150, 150))
    for i in range(150):
        for j, value in zip(near.rows[i], given_rows[i], strict=True):
            expected[i, j] += value / 300
            expected[j, i] += value / 300
    assert np.allclose(matrix, expected, rtol=1e-12, atol=0)


@pytest.mark.parametrize("n", [2, 3])
def test_two_and_three_points_pull_each_other_alike(n: int) -> None:
    p = finished(affinities(finished(neighbours(np.eye(n), n - 1)), 1.0))

    assert np.allclose(p.values, 1 / (n * (n - 1)))
