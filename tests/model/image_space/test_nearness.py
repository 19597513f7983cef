"""The nearest examples in the full space, and a place in a map."""

from __future__ import annotations

import numpy as np
import pytest

from model.image_space import nearest_rows, place_in_map
from tests.model.image_space.examples import digits, inputs_of


def test_the_nearest_are_those_of_a_plain_search() -> None:
    inputs = digits(400)
    rows = inputs.rows(slice(None))
    image = rows[17]
    distances = [float(np.sqrt(np.sum((row - image) ** 2))) for row in rows]
    expected = sorted((i for i in range(400) if i != 17), key=lambda i: (distances[i], i))[:12]

    near = nearest_rows(inputs, image, 12, without=17)

    assert near.rows.tolist() == expected
    assert np.allclose(near.distances, [distances[i] for i in expected], rtol=1e-14)


def test_of_equal_distances_the_earlier_comes_first() -> None:
    inputs = inputs_of(np.ones((60, 5)))

    near = nearest_rows(inputs, np.zeros(5), 7)

    assert near.rows.tolist() == list(range(7))
    assert near.distances.tolist() == [np.sqrt(5)] * 7


def test_there_are_no_more_than_the_sample_has() -> None:
    assert nearest_rows(digits(3), np.zeros(64), 9).rows.size == 3
    assert nearest_rows(digits(1), np.zeros(64), 9, without=0).rows.size == 0


def test_an_image_belongs_where_its_neighbours_are() -> None:
    inputs = inputs_of([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [9.0, 9.0]])
    map_ = np.array([[0.0, 0.0], [3.0, 0.0], [0.0, 3.0], [70.0, 70.0]])

    assert place_in_map(nearest_rows(inputs, np.array([0.4, 0.4]), 3), map_).tolist() == [1.0, 1.0]
    assert place_in_map(nearest_rows(inputs, np.array([1.0, 0.0]), 3), map_).tolist() == [3.0, 0.0]
    with pytest.raises(ValueError, match="without a neighbour"):
        place_in_map(nearest_rows(digits(1), np.zeros(64), 9, without=0), map_)
