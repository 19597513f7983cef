"""Floors, errors over two weights and sweeps against plain loops and grids."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.curves import alpha_zones
from model.examples import Examples, Order, Schedule
from model.files.library import open_experiment
from model.network import Floats
from model.path import Path
from model.setup import Setup
from model.study.floor import FloorCancelled, can_be_found, floor, mean_errors
from model.study.question import usual
from model.study.sweep import MAX_RUNS, Run, SweepCancelled, sweep
from model.study.two_weights import error_over_two
from tests.model.reference import Bench, learn, look

NUMBERS = st.floats(-3, 3, allow_nan=False, width=32)


def setup_of(
    inputs: object, targets: object, frozen: object = None, order: Order = "cycle"
) -> Setup:
    x, t = np.array(inputs, dtype=float), np.array(targets, dtype=float)
    mask = np.zeros((t.shape[1], x.shape[1]), dtype=bool)
    if frozen is not None:
        mask |= np.array(frozen)
    return Setup(Examples(x, t), Schedule(order, len(x)), 0.1, mask)


def plain_mean(setup: Setup, weights: list[list[float]], output: int) -> float:
    total, n = 0.0, len(setup.examples)
    for row in range(n):
        x, t = setup.examples.inputs(row).tolist(), setup.examples.target(row).tolist()
        total += look(weights, x, t).error[output]
    return total / n


def test_a_fit_that_is_there_has_a_floor_of_zero() -> None:
    setup = setup_of([[1, 2], [3, 4]], [[5], [6]])
    found = floor(setup, np.zeros((1, 2)))
    assert found.free == pytest.approx([0.0], abs=1e-25)
    assert found.held == pytest.approx([0.0], abs=1e-25)


def test_contradicting_examples_have_the_variance_of_their_targets_as_floor() -> None:
    found = floor(setup_of([[2.0], [2.0]], [[1.0], [4.0]]), np.zeros((1, 1)))
    assert found.free == pytest.approx([2.25], rel=1e-12)
    assert found.with_constant == pytest.approx([2.25], rel=1e-12)


def test_centred_inputs_need_a_constant_one() -> None:
    found = floor(setup_of([[-1.0], [0.0], [1.0]], [[3.0], [4.0], [5.0]]), np.zeros((1, 1)))
    assert found.free == pytest.approx([16.0], rel=1e-12)
    assert found.with_constant == pytest.approx([0.0], abs=1e-25)


def test_a_frozen_weight_raises_the_floor_by_what_it_holds() -> None:
    setup = setup_of([[1.0, 0.0], [0.0, 1.0]], [[1.0], [2.0]], [[True, False]])
    found = floor(setup, np.array([[3.0, 0.0]]))
    assert found.free == pytest.approx([0.0], abs=1e-25)
    assert found.held == pytest.approx([(3.0 - 1.0) ** 2 / 2], rel=1e-12)
    everything = replace(setup, frozen=np.array([[True, True]]))
    assert floor(everything, np.array([[3.0, 2.0]])).held == pytest.approx([2.0], rel=1e-12)


def test_always_the_first_example_has_the_floor_of_that_one_alone() -> None:
    found = floor(setup_of([[2.0], [2.0]], [[1.0], [4.0]], order="first"), np.zeros((1, 1)))
    assert found.free == pytest.approx([0.0], abs=1e-25)


@given(
    st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.lists(st.booleans(), min_size=2, max_size=2),
    st.lists(NUMBERS, min_size=2, max_size=2),
    st.lists(NUMBERS, min_size=2, max_size=2),
)
def test_no_weights_go_below_the_floor(
    rows: list[list[float]], frozen: list[bool], start: list[float], tried: list[float]
) -> None:
    setup = setup_of([row[:2] for row in rows], [row[2:] for row in rows], [frozen])
    found = floor(setup, np.array([start]))
    free = plain_mean(setup, [tried], 0)
    held = [old if mask else new for old, new, mask in zip(start, tried, frozen, strict=True)]
    assert found.free[0] <= free + 1e-9
    assert found.held[0] <= plain_mean(setup, [held], 0) + 1e-9
    assert found.with_constant[0] <= found.free[0] <= found.held[0]


def test_many_examples_are_summed_up_to_the_same_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    inputs = rng.normal(size=(80, 6))
    # A pixel that is always 0 and one that repeats another are no trouble.
    inputs[:, 2], inputs[:, 3] = 0.0, inputs[:, 4]
    frozen = rng.random((3, 6)) < 0.3
    setup = setup_of(inputs, rng.normal(size=(80, 3)), frozen)
    weights = rng.normal(size=(3, 6))
    exact = floor(setup, weights)
    monkeypatch.setattr("model.study.floor.MAX_SOLVED", 100)
    summed = floor(setup, weights)
    for name in ("held", "free", "with_constant"):
        assert getattr(summed, name) == pytest.approx(getattr(exact, name), rel=1e-9)
    with pytest.raises(FloorCancelled):
        floor(setup, weights, lambda: True)
    assert can_be_found(setup)
    monkeypatch.setattr("model.study.floor.MAX_COLUMNS", 5)
    assert not can_be_found(setup)


def test_many_steps_come_near_the_floor_and_never_below() -> None:
    experiment = open_experiment("The whole season")
    setup, weights = experiment.setup, experiment.weights
    least = float(floor(setup, weights).free.mean())
    (run,) = sweep(setup, weights, [(0.002, 0)], 200_000)
    assert run.error is not None
    assert least <= run.error <= 1.02 * least


@pytest.mark.parametrize(
    ("first", "second"), [((0, 0), (0, 1)), ((0, 2), (1, 2)), ((1, 0), (0, 0))]
)
def test_the_error_over_two_weights_is_that_of_a_plain_grid(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    rng = np.random.default_rng(7)
    setup = setup_of(rng.normal(size=(5, 3)), rng.normal(size=(5, 2)))
    weights = rng.normal(size=(2, 3))
    found = error_over_two(setup, weights, first, second)
    for a in (-2.0, 0.3, 1.7):
        for b in (-1.0, 0.0, 2.5):
            moved = weights.copy()
            moved[first], moved[second] = a, b
            plain = sum(plain_mean(setup, moved.tolist(), o) for o in {first[0], second[0]})
            assert found.at(np.array(a), np.array(b)) == pytest.approx(plain, rel=1e-12)
    grid = found.at(np.linspace(-1, 1, 4)[:, None], np.linspace(-1, 1, 5)[None, :])
    assert grid.shape == (4, 5)


def test_the_least_of_two_weights_is_a_point_or_a_valley() -> None:
    found = error_over_two(setup_of([[1, 0], [0, 2]], [[3], [4]]), np.zeros((1, 2)), (0, 0), (0, 1))
    assert found.floor == pytest.approx((3.0, 2.0), rel=1e-12)
    valley = error_over_two(setup_of([[1, 2]], [[3]]), np.zeros((1, 2)), (0, 0), (0, 1))
    assert valley.floor is None
    with pytest.raises(ValueError, match="two different weights"):
        error_over_two(setup_of([[1, 2]], [[3]]), np.zeros((1, 2)), (0, 0), (0, 0))


def by_hand(setup: Setup, start: Floats, alpha: float, n_steps: int) -> float:
    bench = Bench(
        setup.examples.base_inputs.tolist(),
        setup.examples.base_targets.tolist(),
        start.tolist(),
        setup.frozen.tolist(),
        alpha,
    )
    n = len(bench.inputs)
    for step in range(n_steps):
        row = step % n
        learn(bench, look(bench.weights, bench.inputs[row], bench.targets[row]))
    outputs = range(len(bench.targets[0]))
    return sum(plain_mean(setup, bench.weights, o) for o in outputs) / len(outputs)


def test_every_run_of_a_sweep_is_one_made_by_hand() -> None:
    experiment = open_experiment("The whole season")
    setup, weights = experiment.setup, experiment.weights
    asked = replace(usual("alpha", setup, alpha_zones(setup), 0), count=9)
    wanted = asked.wanted(0.1, 0)
    runs = list(sweep(setup, weights, wanted, 37))
    assert [run.alpha for run in runs] == [alpha for alpha, _ in wanted]
    for run in runs:
        assert run.steps == 37
        assert run.error == pytest.approx(by_hand(setup, weights, run.alpha, 37), rel=1e-12)


@pytest.mark.parametrize("name", ["The whole season", "Alpha too large", "Freezing one weight"])
def test_every_run_of_a_sweep_is_that_of_a_path_to_the_last_bit(name: str) -> None:
    experiment = open_experiment(name)
    setup, weights = experiment.setup, experiment.weights
    alphas = np.geomspace(1e-3, 2.0, 5).tolist()
    for n_steps in (1, 4, 33, 1024):
        for run in sweep(setup, weights, [(alpha, 0) for alpha in alphas], n_steps):
            path = Path(replace(setup, alpha=run.alpha), weights)
            path.extend(n_steps)
            assert run.steps == path.length
            whole = path.length == n_steps
            error = mean_errors(setup, path.weights(n_steps)).mean() if whole else None
            assert run.error == error


def test_a_run_that_diverges_says_how_far_it_came() -> None:
    experiment = open_experiment("Alpha too large")
    (run,) = sweep(experiment.setup, experiment.weights, [(1.0, 0)], 1000)
    assert run.error is None
    assert 0 < run.steps < 1000


def test_seeds_make_other_orders() -> None:
    experiment = open_experiment("The whole season")
    schedule = replace(experiment.setup.schedule, order="shuffle")
    setup = replace(experiment.setup, schedule=schedule)
    runs: list[Run] = list(sweep(setup, experiment.weights, [(0.001, s) for s in range(4)], 6))
    assert len({run.error for run in runs}) > 1


def test_a_sweep_is_cancelled_and_bounded() -> None:
    experiment = open_experiment("The whole season")
    setup, weights = experiment.setup, experiment.weights
    with pytest.raises(SweepCancelled):
        list(sweep(setup, weights, [(0.001, 0)], 10, lambda: True))
    with pytest.raises(ValueError, match="at most"):
        list(sweep(setup, weights, [(0.001, 0)] * (MAX_RUNS + 1), 1))


def test_the_mean_error_is_that_of_a_loop() -> None:
    experiment = open_experiment("Several inputs and outputs")
    setup = replace(experiment.setup, schedule=replace(experiment.setup.schedule, order="cycle"))
    plain = [
        plain_mean(setup, experiment.weights.tolist(), o) for o in range(len(experiment.outputs))
    ]
    assert mean_errors(setup, experiment.weights) == pytest.approx(plain, rel=1e-12)
