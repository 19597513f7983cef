"""The point under the mouse, and those inside a lasso."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.image_space import inside, nearest

places = st.tuples(st.integers(-9, 9), st.integers(-9, 9))


def is_inside(x: float, y: float, polygon: list[tuple[int, int]]) -> bool:
    """The even-odd rule, edge by edge."""
    odd = False
    for (x0, y0), (x1, y1) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        if (y0 <= y < y1) or (y1 <= y < y0):
            odd ^= x < x0 + (y - y0) * (x1 - x0) / (y1 - y0)
    return odd


@given(st.lists(places, min_size=1, max_size=40), st.lists(places, min_size=3, max_size=12))
def test_a_lasso_holds_what_the_even_odd_rule_says(
    where: list[tuple[int, int]], polygon: list[tuple[int, int]]
) -> None:
    # Between the corners' places, where no point lies on an edge but for some slanted ones.
    points = np.array(where) + np.array([0.31, 0.0771])

    found = inside(points, np.array(polygon, dtype=np.float64))

    assert found.tolist() == [is_inside(x, y, polygon) for x, y in points.tolist()]


@pytest.mark.parametrize("polygon", [[], [(0, 0)], [(0, 0), (9, 9)], [(0, 1), (5, 1), (9, 1)]])
def test_a_line_has_nothing_inside(polygon: list[tuple[int, int]]) -> None:
    points = np.array([[1.0, 1.0], [0.0, 0.0], [4.0, 1.0]])

    assert not inside(points, np.array(polygon, dtype=np.float64).reshape(-1, 2)).any()


def test_hidden_points_are_in_no_lasso_and_under_no_mouse() -> None:
    points = np.array([[np.nan, 1.0], [1.0, np.nan], [1.0, 1.0]])
    square = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]])

    assert inside(points, square).tolist() == [False, False, True]
    assert nearest(points, (1.0, 1.1), 1.0) == 2
    assert nearest(points[:2], (1.0, 1.0), 9.0) is None


def test_the_nearest_point_is_the_last_painted_of_equal_ones() -> None:
    points = np.array([[0.0, 0.0], [5.0, 0.0], [0.0, 0.0], [0.2, 0.0]])

    assert nearest(points, (-0.1, 0.0), 1.0) == 2
    assert nearest(points, (3.0, 3.0), 1.0) is None
    assert nearest(points[:0], (0.0, 0.0), 1.0) is None
