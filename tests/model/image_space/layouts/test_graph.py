"""The nearest-neighbour graph."""

from __future__ import annotations

import numpy as np
import pytest

from model.image_space import finished
from model.image_space.layouts import LayoutSettings
from model.image_space.layouts.graph import Graph
from tests.model.image_space.examples import digits, inputs_of
from tests.model.image_space.layouts.slopes import measured_slope

SETTINGS = LayoutSettings(kind="graph", neighbours=3)


@pytest.mark.parametrize("d", [2, 3])
def test_the_slope_is_that_of_the_cost(d: int) -> None:
    layout = Graph(digits(30), LayoutSettings(kind="graph", dimensions=d), np.float64)
    finished(layout.prepare())
    places = np.random.default_rng(0).normal(0, 5, (30, d))

    slope, _ = layout.slope(places)

    assert np.abs(slope - measured_slope(layout, places)).max() < 1e-9


def test_edges_join_each_example_to_its_nearest() -> None:
    layout = Graph(digits(80), SETTINGS)
    finished(layout.prepare())
    rows = digits(80).rows(slice(None))
    expected = set()
    for i in range(80):
        squares = [float(np.sum((rows[i] - other) ** 2)) for other in rows]
        order = sorted((j for j in range(80) if j != i), key=squares.__getitem__)
        expected |= {(min(i, j), max(i, j)) for j in order[:3]}

    assert layout.edges is not None
    assert {tuple(pair) for pair in layout.edges.tolist()} == expected


def test_springs_and_repulsion_come_to_rest() -> None:
    layout = Graph(digits(150), SETTINGS, np.float64)
    finished(layout.prepare())
    before = np.abs(layout.slope(layout.coordinates)[0]).max()
    for _ in range(60):
        layout.step()

    assert np.abs(layout.slope(layout.coordinates)[0]).max() < 0.01 * before
    assert (np.diff(layout.costs[:10]) < 0).all()


def test_of_equal_examples_the_first_is_joined() -> None:
    rows = digits(20).rows(slice(None))
    layout = Graph(inputs_of(np.vstack((rows, rows))), SETTINGS)
    finished(layout.prepare())

    assert layout.edges is not None
    assert layout.edges.max() < 20
    assert np.array_equal(layout.coordinates[:20], layout.coordinates[20:])


def test_pieces_that_nothing_joins_stay_near() -> None:
    far = np.vstack((digits(20).rows(slice(None)), digits(20).rows(slice(None)) + 100))
    layout = Graph(inputs_of(far), SETTINGS)
    finished(layout.prepare())
    for _ in range(200):
        layout.step()

    assert np.abs(layout.coordinates).max() < 100
