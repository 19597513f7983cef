"""The numbers that a learner will check by hand, from the experiments that come with the program.

They are written out here as they stand in textbooks and on paper, not computed; what has fewer
digits there is computed by the plain loop and must round to them.
"""

from __future__ import annotations

import dataclasses
import statistics

import numpy as np
import pytest

from model.curves import alpha_zones
from model.edits import Edit
from model.experiment import Experiment
from model.files.library import builtin_names, open_experiment
from model.network import predict
from model.path import Path, State
from model.path.saved import new_path
from tests.model.made_up import bench_of, check_products, difference, states
from tests.model.reference import walk

SEASONS = ("Normalised inputs", "Inputs as measured")
SMALL = [name for name in builtin_names() if not name.startswith("Digits")]
SEASON = {
    "toes": [8.5, 9.5, 9.9, 9.0],
    "win/loss": [0.65, 0.8, 0.8, 0.9],
    "fans": [1.2, 1.3, 0.5, 1.0],
}


def run(name: str, n_steps: int) -> tuple[Path, list[State]]:
    path = new_path(open_experiment(name))
    path.extend(n_steps)
    return path, states(path)


def same(found: object, expected: object) -> bool:
    """Equal to a relative 1e-12, number by number; what is 0 on paper is 0 to rounding."""
    return bool(found == pytest.approx(np.array(expected), rel=1e-12, abs=1e-15))


def limit(experiment: Experiment) -> float:
    found = alpha_zones(experiment.setup).limit
    assert found is not None
    return found


def test_one_delta_makes_three_weight_deltas() -> None:
    path, (state, _) = run("One delta, three weight_deltas", 1)

    assert state.setup.alpha == 0.01
    assert state.weights.tolist() == [[0.1, 0.2, -0.1]]
    assert state.inputs.tolist() == [8.5, 0.65, 1.2]
    assert state.target.tolist() == [1.0]
    assert same(state.pred, [0.86])
    assert same(state.delta, [-0.14])
    assert same(state.error, [0.0196])
    assert same(state.weight_delta, [[-1.19, -0.091, -0.168]])
    # 0.1 - (-1.19 × 0.01): the minus of the delta makes the weight larger.
    assert same(path.weights(1), [[0.1119, 0.20091, -0.09832]])


def test_several_steps() -> None:
    path, found = run("Several steps", 3)

    assert same([state.pred[0] for state in found[:3]], [0.86, 0.9637575, 0.9906177228125])
    expected = [[0.1157781060609375, 0.20120656105171877, -0.09777250267375001]]
    assert same(path.weights(3), expected)


def test_alpha_too_large() -> None:
    path, found = run("Alpha too large", 3)

    assert path.setup.alpha == 0.1
    expected = [0.86, 1.897575, -4.75457771875, 37.89403639933592]
    assert same([state.pred[0] for state in found], expected)
    experiment = open_experiment("Alpha too large")
    s = 8.5**2 + 0.65**2 + 1.2**2
    assert same(limit(experiment), 2 / s)
    assert f"{limit(experiment):.6f}" == "0.026986"
    assert alpha_zones(experiment.setup).exact
    assert path.extend(1000) < 1000
    assert path.diverged


def test_freezing_one_weight() -> None:
    path, found = run("Freezing one weight", 3)

    assert path.setup.alpha == 0.3
    assert path.setup.frozen.tolist() == [[True, False, False]]
    assert same([state.pred[0] for state in found[:3]], [0.86, 0.938225, 0.97274178125])
    assert same(path.weights(3), [[0.1, 0.24466147765625, -0.017548041250000077]])
    assert path.weights(3)[0, 0] == 0.1
    experiment = open_experiment("Freezing one weight")
    assert same(limit(experiment), 2 / (0.65**2 + 1.2**2))
    assert f"{limit(experiment):.4f}" == "1.0738"
    assert [state.used_weight_delta[0, 0] for state in found] == [0.0] * 4
    assert path.extend(1000) == 1000
    assert path.state(1003).error[0] < 1e-25


def test_nothing_frozen_at_the_same_alpha() -> None:
    path = new_path(open_experiment("Freezing one weight"))
    path.edit(Edit(0, "frozen", (0.0,), ((0, 0),)))
    path.extend(3)
    errors = [float(state.error[0]) for state in states(path)]

    assert errors[0] == pytest.approx(0.0196, rel=1e-12)
    factor = 1 - 0.3 * (8.5**2 + 0.65**2 + 1.2**2)
    assert errors == pytest.approx([0.0196 * factor ** (2 * k) for k in range(4)], rel=1e-12)
    assert [f"{error:.4g}" for error in errors] == ["0.0196", "8.837", "3984", "1.796e+06"]


def test_several_outputs() -> None:
    path, (state, _) = run("Several outputs", 1)

    assert path.setup.alpha == 0.1
    assert state.weights.tolist() == [[0.3], [0.2], [0.9]]
    assert state.target.tolist() == [0.1, 1.0, 0.1]
    assert same(state.pred, [0.195, 0.13, 0.585])
    assert same(state.delta, [0.095, -0.87, 0.485])
    # From the delta and not from the weights.
    assert same(state.weight_delta, [[0.06175], [-0.5655], [0.31525]])
    assert same(path.weights(1), [[0.293825], [0.25655], [0.868475]])


def test_several_inputs_and_outputs() -> None:
    path, (state, _) = run("Several inputs and outputs", 1)

    assert path.setup.alpha == 0.01
    assert state.weights.tolist() == [[0.1, 0.1, -0.3], [0.1, 0.2, 0.0], [0.0, 1.3, 0.1]]
    assert same(state.pred, [0.555, 0.98, 0.965])
    assert same(state.error, [0.207025, 0.0004, 0.748225])
    expected = [
        [0.061325, 0.0970425, -0.30546],
        [0.1017, 0.20013, 0.00024],
        [-0.073525, 1.2943775, 0.08962],
    ]
    assert same(path.weights(1), expected)


def test_the_season_is_the_season() -> None:
    experiment = open_experiment("The whole season")

    assert experiment.inputs == tuple(SEASON)
    assert experiment.setup.examples.base_inputs.T.tolist() == list(SEASON.values())
    assert experiment.setup.examples.base_targets.ravel().tolist() == [1.0, 1.0, 0.0, 1.0]
    assert experiment.setup.schedule.order == "cycle"


def test_normalised_inputs_are_the_season_standardised_and_take_a_far_larger_alpha() -> None:
    plain, normalised = open_experiment("The whole season"), open_experiment("Normalised inputs")

    *columns, constant = normalised.setup.examples.base_inputs.T
    assert constant.tolist() == [1.0] * 4
    assert normalised.constant == "constant"
    for values, found in zip(SEASON.values(), columns, strict=True):
        mean, deviation = statistics.fmean(values), statistics.pstdev(values)
        assert same(found, [(value - mean) / deviation for value in values])
    assert all("standardised" in name for name in normalised.inputs[:-1])
    measured = open_experiment("Inputs as measured")
    assert limit(normalised) > 17 * limit(measured)
    assert limit(measured) < limit(plain)

    # The largest slope of the season is many times the smallest, and no longer so afterwards.
    def spread(experiment: Experiment) -> float:
        slopes = (experiment.setup.examples.base_inputs**2).mean(axis=0) ** 0.5
        return float(slopes.max() / slopes.min())

    assert spread(plain) > 8
    assert spread(normalised) == pytest.approx(1.0)
    # The alpha of the one wrecks the other.
    path = new_path(normalised)
    assert path.extend(1000) == 1000
    wrecked = Path(dataclasses.replace(plain.setup, alpha=normalised.setup.alpha), plain.weights)
    assert wrecked.extend(1000) < 1000


def test_with_a_constant_the_normalised_season_is_learned_and_as_measured_it_is_not() -> None:
    normalised, measured = (open_experiment(name) for name in SEASONS)
    # Both have weights that make every error 0, and the two differ in the scale of inputs alone.
    for experiment in (normalised, measured):
        examples = experiment.setup.examples
        best = np.linalg.solve(examples.base_inputs, examples.base_targets[:, 0])
        assert same(examples.base_inputs @ best, examples.base_targets[:, 0].tolist())
        assert experiment.constant == "constant"
    assert measured.setup.alpha == pytest.approx(limit(measured) / 2, rel=1e-3)
    assert max(season_errors(normalised, 200)) < 1e-12
    assert max(season_errors(measured, 20_000)) == pytest.approx(0.0035, abs=5e-5)


def season_errors(experiment: Experiment, steps: int) -> list[float]:
    """Error of each game by the weights after so many steps of the path."""
    path = new_path(experiment)
    assert path.extend(steps) == steps
    weights, examples = path.weights(steps), experiment.setup.examples
    return [
        float((weights @ examples.inputs(game) - examples.target(game))[0] ** 2)
        for game in range(len(examples))
    ]


def test_dot_products() -> None:
    a, b, c = [0.0, 1.0, 0.0, 1.0], [1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0]
    d, e = [0.5, 0.0, 0.5, 0.0], [0.0, 1.0, -1.0, 0.0]
    pairs = [(a, b, 0), (b, c, 1), (b, d, 1), (c, c, 2), (d, d, 0.5), (c, e, 0)]
    for one, other, expected in pairs:
        assert predict(np.array([one]), np.array(other)).tolist() == [expected]

    experiment = open_experiment("Dot products")
    assert experiment.weights.tolist() == [a, b, c, d, e]
    # Each vector in turn is the input, and its dot products with all five are predicted.
    examples = experiment.setup.examples
    table = [predict(experiment.weights, examples.inputs(row)) for row in range(5)]
    products = [
        [2.0, 0.0, 1.0, 0.0, 1.0],
        [0.0, 2.0, 1.0, 1.0, -1.0],
        [1.0, 1.0, 2.0, 0.5, 0.0],
        [0.0, 1.0, 0.5, 0.5, -0.5],
        [1.0, -1.0, 0.0, -0.5, 2.0],
    ]
    assert np.array(table).tolist() == products
    assert new_path(experiment).state(0).pred.tolist() == products[0]


@pytest.mark.parametrize("name", SMALL)
def test_every_small_experiment_is_the_plain_loop(name: str) -> None:
    experiment = open_experiment(name)
    path, found = run(name, 300)
    visits = experiment.setup.schedule.indices(0, path.length + 1).tolist()
    steps = walk(bench_of(experiment.setup, experiment.weights), visits)

    assert difference(found, steps) <= 1e-12
    check_products(found)
    assert [state.example for state in found] == visits
    assert path.diverged is (name == "Alpha too large")
