"""Numbers that are not to be seen are NaN, and so is all that gives them away."""

from __future__ import annotations

import math

import numpy as np
import pytest

from model.files.library import open_experiment
from model.path import State
from model.path.hidden import hide
from model.path.saved import saved_path
from model.phase import StepPart
from model.words import numbers
from model.words.step import GraphMoment, explain
from model.words.veils import veils


def seen(name: str, *hidden: str) -> State:
    experiment = open_experiment(name)
    return hide(saved_path(experiment).state(0), veils(experiment, hidden).numbers)


def nan_of(values: np.ndarray) -> list[bool]:
    return [bool(hidden) for hidden in np.isnan(np.ravel(values))]


def test_nothing_hidden_is_the_step_itself() -> None:
    experiment = open_experiment("Several outputs")
    state = saved_path(experiment).state(0)

    assert hide(state, veils(experiment).numbers) is state


def test_a_hidden_weight_delta_hides_its_change_and_its_slope_and_nothing_else() -> None:
    state = seen("One delta, three weight_deltas", "weight_delta:a")

    assert nan_of(state.weight_delta) == nan_of(state.change) == nan_of(state.slope)
    assert nan_of(state.weight_delta) == [True, False, False]
    assert nan_of(state.delta) == nan_of(state.pred) == [False]


def test_a_hidden_slope_leaves_the_weight_delta_that_it_is_twice_of() -> None:
    state = seen("One delta, three weight_deltas", "slope:a")

    assert nan_of(state.slope) == [True, False, False]
    assert nan_of(state.weight_delta) == nan_of(state.change) == [False] * 3


@pytest.mark.parametrize("hidden", [(), ("weight_delta:b", "slope:c"), ("input:win/loss",)])
def test_what_a_single_weight_is_asked_for_is_that_of_all_of_them(hidden: tuple[str, ...]) -> None:
    state = seen("Several inputs and outputs", *hidden)
    for output, column in np.ndindex(state.weights.shape):
        for all_of_them, one in (
            (state.weight_delta, state.weight_delta_of(output, column)),
            (state.change, state.change_of(output, column)),
            (state.slope, state.slope_of(output, column)),
        ):
            assert np.float64(one).tobytes() == all_of_them[output, column].tobytes()


def test_what_follows_from_a_pred_is_hidden_with_it() -> None:
    state = seen("Several outputs", "pred:win")

    assert nan_of(state.pred) == nan_of(state.delta) == nan_of(state.error) == [False, True, False]
    assert nan_of(state.weight_delta) == [False, True, False]


def test_beside_a_target_of_zero_the_pred_is_the_delta() -> None:
    experiment = open_experiment("The whole season")
    third = saved_path(experiment)
    third.extend(2)
    state = third.state(2)
    assert state.target.tolist() == [0.0]

    assert nan_of(hide(state, veils(experiment, ["delta:win"]).numbers).pred) == [True]


def test_an_input_of_one_has_the_delta_for_its_weight_delta() -> None:
    state = seen("Dot products", "weight_delta:b2")

    assert math.isnan(state.delta[1])
    assert not math.isnan(state.delta[0])


def test_hidden_numbers_are_written_as_a_question_mark_in_every_sentence() -> None:
    experiment = open_experiment("Several outputs")
    state = seen("Several outputs", "weight_delta", "delta", "pred")
    moment = GraphMoment(experiment, state, StepPart.REST, False, state.weights, state.setup.frozen)

    for sentence in explain(moment, (1, 0)):
        assert "nan" not in sentence
        assert numbers.HIDDEN in sentence


@pytest.mark.parametrize(
    "written", [numbers.short, numbers.signed, numbers.plain, numbers.percent, numbers.exact]
)
def test_every_way_to_write_a_number_writes_a_hidden_one(written) -> None:  # type: ignore[no-untyped-def]
    assert written(math.nan) == numbers.HIDDEN
