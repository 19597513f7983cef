"""How the error over two weights is looked at: what a file may say of it."""

from __future__ import annotations

import pytest

from model.experiment import Experiment
from tests.gui.helpers.bench import builtin


def test_the_weight_of_the_other_axis_changes_places() -> None:
    view = builtin("Several inputs and outputs").view
    assert (view.two_weights.across, view.two_weights.up) == ((0, 0), (0, 1))
    view.show(two_weights={"across": [0, 1]})
    assert (view.two_weights.across, view.two_weights.up) == ((0, 1), (0, 0))
    view.show(two_weights={"up": [0, 1], "over": "example"})
    assert (view.two_weights.across, view.two_weights.up) == ((0, 0), (0, 1))
    assert view.values()["two_weights"] == {"over": "example"}


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (7, "two_weights: must be an object"),
        ({"across": [0, 0], "up": [0, 0]}, "must be two different weights"),
        ({"across": [0]}, "across: must be a pair of an output and an input"),
        ({"up": [True, 1]}, "up: must be a pair"),
        ({"up": [0, 99]}, "up: there is no such weight"),
        ({"over": "median"}, "over: must be one of mean, example"),
        ({"equal": 1}, "equal: must be true or false"),
        ({"colour": "red"}, "'colour' is nothing that can be set"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(wanted: object, problem: str) -> None:
    view = builtin("The whole season").view
    before = view.values()
    with pytest.raises(ValueError, match="two_weights") as caught:
        view.show(two_weights=wanted)
    assert problem in str(caught.value)
    assert view.values() == before


def test_a_look_is_checked_for_another_experiment_and_kept_for_none() -> None:
    session = builtin("Several outputs")
    season: Experiment = builtin("The whole season").experiment
    session.view.check_for(season, {"two_weights": {"up": [0, 2]}})
    assert session.view.two_weights.up == (1, 0)
    session.view.show(two_weights={"up": [2, 0]})
    session.open(season)
    assert session.view.two_weights.up == (0, 1)
