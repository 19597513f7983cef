"""The contours against plain grids and plain loops: least, floor, valley, and where levels lie."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.files.library import open_experiment
from model.network import Floats
from model.study.levels import levels
from model.study.two_weights import ErrorOverTwo, error_over_two, over_rows

WHOLE = st.integers(-4, 4).map(float)


def plain_error(
    inputs: Floats, targets: Floats, weights: Floats, cells: tuple[tuple[int, int], ...]
) -> float:
    """The mean error over the rows, summed over the outputs of the cells, by a loop."""
    total = 0.0
    for output in {cell[0] for cell in cells}:
        for x, target in zip(inputs.tolist(), targets.tolist(), strict=True):
            pred = sum(a * b for a, b in zip(weights[output].tolist(), x, strict=True))
            total += (pred - target[output]) ** 2
    return total / len(inputs)


def test_a_plain_grid_of_errors_is_the_same_to_1e_12_at_every_step() -> None:
    experiment = open_experiment("The whole season")
    setup, weights = experiment.setup, experiment.weights.copy()
    inputs, targets = setup.examples.base_inputs, setup.examples.base_targets
    cells = ((0, 0), (0, 1))
    for _ in range(3):
        found = error_over_two(setup, weights, *cells)
        a, b = np.linspace(-0.5, 0.6, 9), np.linspace(-2.0, 3.0, 9)
        grid = found.at(a[:, None], b[None, :])
        for i, first in enumerate(a):
            for j, second in enumerate(b):
                moved = weights.copy()
                moved[cells[0]], moved[cells[1]] = first, second
                plain = plain_error(inputs, targets, moved, cells)
                assert grid[i, j] == pytest.approx(plain, rel=1e-12, abs=1e-12)
        weights = weights + np.array([[0.3, -1.0, 0.7]])


def surface_of(rows: list[list[float]], weights: list[float]) -> ErrorOverTwo:
    table = np.array(rows)
    return over_rows(table[:, :2], table[:, 2:], np.array([weights]), (0, 0), (0, 1))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(WHOLE, min_size=3, max_size=3), min_size=1, max_size=5),
    st.lists(WHOLE, min_size=2, max_size=2),
    st.floats(0.0, 20.0),
    st.floats(-3.0, 3.0),
    st.floats(0.1, 6.0),
)
def test_every_point_of_an_outline_has_its_level_and_what_is_between_is_below(
    rows: list[list[float]], weights: list[float], above: float, low: float, height: float
) -> None:
    found = surface_of(rows, weights)
    level = found.least + above
    outline = found.outline(level, low, low + height, 21)
    probes = np.linspace(low, low + height, 7)
    if outline is None:
        # No second weight in the range has an error so small, whatever the first one is.
        across = np.linspace(-60.0, 60.0, 601)
        assert float(found.at(across[:, None], probes[None, :]).min()) > level - 1e-9
        return
    assert low - 1e-12 <= outline.second[0] <= outline.second[-1] <= low + height + 1e-12
    for side in (outline.left, outline.right):
        finite = np.isfinite(side)
        heights = found.at(side[finite], outline.second[finite])
        assert heights == pytest.approx(np.full(int(finite.sum()), level), abs=1e-7 * (1 + level))
    inside = np.isfinite(outline.left)
    middle = (outline.left[inside] + outline.right[inside]) / 2
    assert (found.at(middle, outline.second[inside]) <= level + 1e-7 * (1 + level)).all()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(WHOLE, min_size=3, max_size=3), min_size=1, max_size=5),
    st.lists(WHOLE, min_size=2, max_size=2),
)
def test_the_least_is_at_the_floor_or_along_the_valley_and_nowhere_less(
    rows: list[list[float]], weights: list[float]
) -> None:
    found = surface_of(rows, weights)
    grid = np.linspace(-9.0, 9.0, 19)
    around = found.at(grid[:, None], grid[None, :])
    assert (around >= found.least - 1e-9).all()
    assert found.rank == np.linalg.matrix_rank(np.array(rows)[:, :2])
    if found.floor is not None:
        assert found.valley is None
        assert float(found.at(*map(np.array, found.floor))) == pytest.approx(found.least, abs=1e-9)
    elif found.valley is not None:
        (x, y), (along, up) = found.valley
        assert math.hypot(along, up) == pytest.approx(1.0)
        for far in (-5.0, 0.0, 2.5):
            here = found.at(np.array(x + far * along), np.array(y + far * up))
            assert float(here) == pytest.approx(found.least, abs=1e-9)
        # Its point is the nearest one to the weights: what is between goes across.
        assert (x - found.first) * along + (y - found.second) * up == pytest.approx(0, abs=1e-9)
    else:
        assert np.ptp(around) == 0.0


def test_how_far_it_is_to_a_level() -> None:
    found = surface_of([[1.0, 0.0, 3.0], [0.0, 2.0, 4.0]], [0.0, 0.0])
    assert found.floor == pytest.approx((3.0, 2.0))
    # Along the first axis the error is (w - 3)² / 2.
    assert found.along((3.0, 2.0), (1.0, 0.0), 8.0) == pytest.approx(4.0, rel=1e-12)
    flat = surface_of([[0.0, 0.0, 3.0]], [0.0, 0.0])
    assert math.isnan(flat.along((0.0, 0.0), (1.0, 0.0), 20.0))


def test_nothing_cancels_near_the_bottom() -> None:
    # Far from the floor the error is some 1e12; there it is one that floats hold exactly.
    found = surface_of([[1.0, 0.0, 3.0], [0.0, 1.0, -2.0]], [1e6, -1e6])
    assert float(found.at(np.array(3.0 + 2**-12), np.array(-2.0))) == pytest.approx(
        2**-24 / 2, rel=1e-4
    )


@pytest.mark.parametrize(
    ("least", "lowest", "highest"),
    [(0.0, 0.0, 1.0), (0.14, 0.14, 1.3), (0.0, 3.0, 4.0), (5.0, 5.0, 5.0001), (0.0, 1e-9, 3e12)],
)
def test_levels_rise_evenly_in_distance_and_are_round(
    least: float, lowest: float, highest: float
) -> None:
    found = levels(least, lowest, highest, 8)
    assert 5 <= len(found) <= 8
    assert found == sorted(set(found))
    assert all(lowest < level < highest for level in found)
    apart = np.diff(np.sqrt(np.array(found) - least))
    assert apart.max() <= 3.5 * apart.min()


def test_there_are_no_levels_where_all_is_flat_or_beyond_numbers() -> None:
    assert levels(0.0, 0.0, 0.0, 8) == []
    assert levels(2.0, 2.0, 2.0, 8) == []
    assert levels(0.0, 0.0, math.inf, 8) == []
