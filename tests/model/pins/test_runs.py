"""Pinned runs against plain loops: their lines, how they ended, and what is said to differ."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.edits import Edit
from model.experiment import Experiment, Pin
from model.files.library import open_experiment
from model.network import MAX_ERROR
from model.path import Path
from model.path.saved import new_path
from model.pins.facts import differing, facts_of
from model.pins.ghost import Ghost, cells_kept, ghost_of
from model.pins.names import run_name
from model.pins.run import edits_on, pin_of, replayed
from tests.model.made_up import bits, experiment_of
from tests.model.reference import Bench, learn, look

FROZEN = "Freezing one weight"


def made(pin: Pin, chosen: tuple[tuple[int, int], ...] = ()) -> Ghost:
    *_, ghost = ghost_of(pin, cells_kept(pin, chosen))
    assert ghost is not None
    return ghost


def pinned(experiment: Experiment, path: Path, name: str = "run") -> Pin:
    return pin_of(experiment, path, name)


def unfrozen(experiment: Experiment) -> Path:
    path = new_path(experiment)
    path.edit(Edit(0, "frozen", (0.0,), ((0, 0),)))
    path.extend(100)
    return path


@pytest.mark.parametrize("let_go", [False, True])
def test_the_lines_of_a_run_are_those_of_a_plain_loop(let_go: bool) -> None:
    experiment = open_experiment(FROZEN)
    path = unfrozen(experiment) if let_go else new_path(experiment)
    path.extend(6 - path.length)
    ghost = made(pinned(experiment, path))
    bench = Bench(
        [[8.5, 0.65, 1.2]], [[1.0]], [[0.1, 0.2, -0.1]], [[not let_go, False, False]], 0.3
    )
    errors, weights = [], []
    for _ in range(path.length + 1):
        step = look(bench.weights, bench.inputs[0], bench.targets[0])
        errors.append(step.error[0])
        weights.append(list(bench.weights[0]))
        learn(bench, step)
    assert ghost.errors.steps.tolist() == list(range(path.length + 1))
    assert ghost.errors.mean[:, 0] == pytest.approx(errors, rel=1e-9)
    assert ghost.weights.mean == pytest.approx(np.array(weights), rel=1e-9)
    assert ghost.ending.error == pytest.approx(errors[-1], rel=1e-9)
    assert (ghost.ending.steps, ghost.ending.how) == ((6, "diverged") if let_go else (6, "moving"))
    assert np.isfinite(ghost.errors.mean).all()
    assert ghost.errors.mean.max() <= MAX_ERROR


def test_a_run_that_goes_nowhere_any_more_has_converged() -> None:
    settled = open_experiment(FROZEN)
    path = new_path(settled)
    path.extend(50)
    assert made(pinned(settled, path)).ending.how == "converged"
    season = open_experiment("The whole season")
    slow = replace(season, setup=replace(season.setup, alpha=1e-12))
    crawling = new_path(slow)
    crawling.extend(1000)
    assert made(pinned(slow, crawling)).ending.how == "moving"
    shuffled = replace(season.setup, schedule=replace(season.setup.schedule, order="shuffle"))
    restless = new_path(replace(season, setup=shuffled))
    restless.extend(2000)
    assert made(pinned(season, restless)).ending.how == "moving"


def test_a_long_run_is_kept_in_few_points() -> None:
    season = open_experiment("The whole season")
    path = new_path(season)
    path.extend(100_000)
    ghost = made(pinned(season, path))
    assert len(ghost.errors.steps) < 5000
    assert len(ghost.weights.steps) < 5000
    assert ghost.errors.steps[-1] == path.length


def test_of_many_weights_the_chosen_ones_are_kept_and_of_many_outputs_the_mean() -> None:
    rng = np.random.default_rng(3)
    inputs, targets = (rng.normal(size=(2, n)).tolist() for n in (9, 6))
    experiment = experiment_of(inputs, targets, np.zeros((6, 9)).tolist(), order="cycle")
    path = new_path(experiment)
    path.extend(20)
    ghost = made(pinned(experiment, path), ((5, 8), (7, 0)))
    assert ghost.cells == ((5, 8),)
    weights = [path.weights(step)[5, 8] for step in range(21)]
    assert ghost.weights.mean[:, 0] == pytest.approx(weights, rel=1e-12)
    means = [path.state(step).error.mean() for step in range(21)]
    assert ghost.errors.mean[:, 0] == pytest.approx(means, rel=1e-12)


def test_a_run_with_another_start_is_made_by_edits_to_the_last_bit() -> None:
    experiment = open_experiment(FROZEN)
    mask = np.zeros((1, 3), dtype=np.bool_)
    setup = replace(experiment.setup, alpha=0.01, frozen=mask)
    other = replace(experiment, setup=setup, weights=np.array([[0.5, -0.25, 0.0]]))
    path = new_path(other)
    path.extend(3)
    path.edit(Edit(3, "inputs", (7.0,), ((0, 0),)))
    path.extend(9)
    edits = edits_on(pinned(other, path), experiment)
    assert edits is not None
    assert [edit.kind for edit in edits] == ["alpha", "frozen", "weights", "inputs"]
    again = new_path(experiment)
    for _ in replayed(again, edits, path.length):
        pass
    assert bits(again) == bits(path)
    assert edits_on(pinned(other, path), open_experiment("The whole season")) is None


def test_what_differs_is_named_and_written_out() -> None:
    experiment = open_experiment(FROZEN)
    plain = new_path(experiment)
    plain.extend(5)
    other = unfrozen(experiment)
    other.extend(0)
    other.edit(Edit(2, "alpha", (0.01,)))
    other.edit(Edit(2, "targets", (0.5,), ((0, 0),)))
    runs = [facts_of(experiment, plain), facts_of(experiment, other)]
    assert differing(runs) == ("alpha", "frozen", "data")
    assert differing([runs[0], runs[0]]) == ()
    assert [facts.words("alpha") for facts in runs] == ["0.3", "0.3, 0.01 from step 2"]
    assert [facts.words("frozen") for facts in runs] == ["a", "none"]
    assert runs[1].words("data") == "1 number changed"
    assert run_name(experiment, plain, ()) == "alpha 0.3, a frozen"
    assert run_name(experiment, other, ("alpha 0.01",)) == "alpha 0.01 2"
    season = open_experiment("The whole season")
    of_season = facts_of(season, new_path(season))
    assert differing([runs[0], of_season]) == ("alpha", "frozen", "order", "data", "structure")
