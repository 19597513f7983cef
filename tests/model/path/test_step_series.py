"""Points for a plot, against every step of a plain loop."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.edits import Edit
from model.path import MAX_EXACT, Path
from model.path.readable import ReadablePath
from model.path.saved import new_path
from model.path.step_series import (
    Follower,
    StepSeries,
    error_series,
    mean_error_series,
    weight_series,
)
from model.path.summaries import PART
from tests.model.made_up import experiment_of

INPUTS = [[1.0, -0.5], [0.2, 0.9], [-0.7, 0.4]]
TARGETS = [[1.0, 0.2], [0.3, 0.7], [-0.2, 0.5]]
WEIGHTS = [[0.1, 0.2], [-0.3, 0.4]]
ALPHA = 0.05


def a_path(n_steps: int) -> Path:
    path = new_path(experiment_of(INPUTS, TARGETS, WEIGHTS, ALPHA, order="cycle"))
    path.extend(n_steps)
    return path


def a_loop(n_steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Errors (n, 2) and weights (n, 2, 2) of steps 0..n-1."""
    weights = [list(row) for row in WEIGHTS]
    errors, kept = [], []
    for step in range(n_steps):
        x, target = INPUTS[step % 3], TARGETS[step % 3]
        kept.append([list(row) for row in weights])
        deltas = [sum(w * i for w, i in zip(row, x, strict=True)) for row in weights]
        deltas = [pred - goal for pred, goal in zip(deltas, target, strict=True)]
        errors.append([delta**2 for delta in deltas])
        for row, delta in zip(weights, deltas, strict=True):
            for at, value in enumerate(x):
                row[at] -= ALPHA * delta * value
    return np.array(errors), np.array(kept)


def test_a_short_range_has_every_step() -> None:
    errors, weights = a_loop(41)
    path = a_path(40)
    series = error_series(path, 0, 41)
    np.testing.assert_array_equal(series.steps, np.arange(41))
    for side in (series.low, series.mean, series.high):
        np.testing.assert_allclose(side, errors, rtol=1e-11, atol=1e-18)
    cells = [(1, 0), (0, 1)]
    lines = weight_series(cells)(path, 5, 30)
    np.testing.assert_array_equal(lines.steps, np.arange(5, 30))
    expected = np.array([[w[1][0], w[0][1]] for w in weights[5:30]])
    np.testing.assert_allclose(lines.mean, expected, rtol=1e-11)


@pytest.mark.parametrize("length", [MAX_EXACT + 1, MAX_EXACT + PART + 500, 40_000])
def test_a_long_range_keeps_its_ends_and_its_extremes(length: int) -> None:
    errors, weights = a_loop(length + 1)
    path = a_path(length)
    series = Follower(error_series, tail=PART).series(path, 0, length + 1)
    assert np.all(np.diff(series.steps) > 0)
    np.testing.assert_allclose(series.mean[:PART], errors[:PART], rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(series.mean[-1], errors[-1], rtol=1e-9, atol=1e-15)
    assert series.steps[-1] == length
    np.testing.assert_allclose(series.high.max(axis=0), errors.max(axis=0), rtol=1e-9)
    np.testing.assert_allclose(series.low.min(axis=0), errors.min(axis=0), rtol=1e-6, atol=1e-15)
    lines = Follower(weight_series([(0, 0)])).series(path, 0, length + 1)
    at = lines.steps.astype(int)
    assert at[-1] == length
    np.testing.assert_allclose(lines.mean[:, 0], weights[at, 0, 0], rtol=1e-9)


@pytest.mark.parametrize("length", [0, 40, PART, 2 * PART + 3, MAX_EXACT + 5])
def test_the_mean_of_all_outputs_is_asked_for_in_portions(length: int) -> None:
    errors, _ = a_loop(length + 1)
    path = a_path(length)
    series = Follower(mean_error_series, tail=PART).series(path, 0, length + 1)
    assert series.mean.shape == (len(series.steps), 1)
    np.testing.assert_allclose(series.mean[:PART, 0], errors[:PART].mean(axis=1), rtol=1e-9)
    np.testing.assert_allclose(series.mean[-1, 0], errors[-1].mean(), rtol=1e-9)
    if length < MAX_EXACT:
        np.testing.assert_array_equal(series.steps, np.arange(length + 1))
    assert len(mean_error_series(path, 3, 3).steps) == 0


def test_following_a_path_gives_what_asking_for_all_of_it_gives() -> None:
    path = a_path(10)
    follower = Follower(error_series, tail=PART)
    for more in (0, 1, 30, 2000, 16_000, 5, 3000, 0):
        path.extend(more)
        series = follower.series(path, 0, path.length + 1)
        assert series.steps[-1] == path.length
        expected = error_series(path, path.length - 5, path.length + 1)
        np.testing.assert_allclose(series.mean[-6:], expected.mean, rtol=1e-12)
        assert np.all(np.diff(series.steps) > 0)


def test_only_new_steps_are_asked_for() -> None:
    asked: list[tuple[int, int]] = []

    def ask(path: ReadablePath, start: int, stop: int) -> StepSeries:
        asked.append((start, stop))
        return error_series(path, start, stop)

    path = a_path(100)
    follower = Follower(ask)
    follower.series(path, 0, 101)
    path.extend(1)
    follower.series(path, 0, 102)
    follower.series(path, 0, 102)
    assert asked == [(0, 101), (101, 102)]


def test_a_change_in_the_past_is_followed() -> None:
    path = a_path(50)
    follower = Follower(error_series)
    before = follower.series(path, 0, 51)
    snapshot = path.snapshot()
    path.edit(Edit(20, "weights", (3.0,), ((0, 0),)))
    path.extend(30)
    after = follower.series(path, 0, 51)
    np.testing.assert_array_equal(after.mean[:20], before.mean[:20])
    assert after.mean[20, 0] != before.mean[20, 0]
    np.testing.assert_array_equal(after.mean[20], path.state(20).error)
    path.restore(snapshot)
    np.testing.assert_array_equal(follower.series(path, 0, 51).mean, before.mean)


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200),
    st.integers(1, 60),
)
def test_reduced_points_stand_for_all_steps(values: list[float], most: int) -> None:
    heights = np.array(values)[:, None]
    steps = np.arange(10.0, 10.0 + len(values))
    series = StepSeries(steps, heights, heights, heights).reduced(most)
    assert len(series.steps) <= max(most, 1)
    assert series.low.min() == min(values)
    assert series.high.max() == max(values)
    assert np.all(series.low <= series.mean + 1e-6)
    assert np.all(series.mean <= series.high + 1e-6)
    assert np.all(np.diff(series.steps) > 0)
    assert steps[0] <= series.steps[0] <= series.steps[-1] <= steps[-1]


def test_the_average_of_all_lines() -> None:
    sides = [np.array([[1.0, 3.0], [2.0, 6.0]]) + up for up in (0.0, 1.0, 2.0)]
    average = StepSeries(np.array([0.0, 1.0]), *sides).averaged()
    assert average.low.tolist() == [[2.0], [4.0]]
    assert average.mean.tolist() == [[3.0], [5.0]]
    assert average.high.tolist() == [[4.0], [6.0]]
