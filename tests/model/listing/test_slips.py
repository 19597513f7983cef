"""The four printed slips: their figures, and the first number that each makes wrong."""

import numpy as np
import pytest

from model.edits import Edit
from model.files.library import open_experiment
from model.listing.slips import (
    MAX_SLIP_STEPS,
    RIGHT,
    SLIPS,
    SlipPath,
    WrongNumber,
    first_wrong,
    run,
)
from model.path import Path
from tests.model.made_up import made_up
from tests.model.reference import look

NINE, ONE_INPUT, ONE_OUTPUT = (
    "Several inputs and outputs", "Several outputs", "One delta, three weight_deltas"
)  # fmt: skip


def totals(name: str, key: str, steps: int) -> list[float]:
    """The total error of each step of a built-in experiment by a rule."""
    experiment = open_experiment(name)
    slip = RIGHT if key == "right" else SLIPS[key]
    path = run(experiment.setup, experiment.weights, slip, steps)
    found = [path.at(step).total_error for step in range(steps + 1)]
    assert found == path.total_errors(0, steps + 1).tolist()
    return found


def test_there_are_four_in_the_order_in_which_they_are_told() -> None:
    assert list(SLIPS) == ["transposed", "input_times_weights", "one_delta", "sign"]


def test_the_figures_of_the_right_rule() -> None:
    assert totals(NINE, "right", 1) == pytest.approx([0.9557, 0.0640], abs=6e-5)
    assert totals(ONE_INPUT, "right", 1) == pytest.approx([1.0012, 0.9183], abs=6e-5)
    assert totals(ONE_OUTPUT, "right", 1) == pytest.approx([0.0196, 0.0013], abs=6e-5)


def test_the_outer_product_the_wrong_way_round_stalls() -> None:
    found = totals(NINE, "transposed", 40)

    assert found[:4] == pytest.approx([0.9557, 0.6543, 0.6341, 0.6328], abs=6e-5)
    assert found[-1:] == pytest.approx([0.6327], abs=6e-5)


def test_input_times_weights_shrinks_all_weights_and_never_sees_a_target() -> None:
    assert totals(ONE_INPUT, "input_times_weights", 2) == pytest.approx(
        [1.0012, 0.9782, 0.9599], abs=6e-5
    )
    experiment = open_experiment(ONE_INPUT)
    path = run(experiment.setup, experiment.weights, SLIPS["input_times_weights"], 1)
    # The weight_deltas are the predictions.
    assert path.at(0).weight_delta[:, 0] == pytest.approx([0.195, 0.13, 0.585])
    assert path.at(0).weight_delta[:, 0].tolist() == path.at(0).pred.tolist()
    assert path.at(1).weights / path.at(0).weights == pytest.approx(np.full((3, 1), 0.935))
    assert [round(path.at(step).error[1], 4) for step in (0, 1)] == [0.7569, 0.7717]


def test_one_delta_for_all_outputs() -> None:
    assert totals(NINE, "one_delta", 1) == pytest.approx([0.9557, 0.5218], abs=6e-5)
    experiment = open_experiment(NINE)
    path = run(experiment.setup, experiment.weights, SLIPS["one_delta"], 1)
    assert path.at(0).delta == pytest.approx([0.865] * 3)
    assert [round(path.at(step).pred[1], 2) for step in (0, 1)] == [0.98, 0.34]


def test_a_lost_minus_shows() -> None:
    assert totals(ONE_OUTPUT, "sign", 1) == pytest.approx([0.0196, 0.0594], abs=6e-5)
    experiment = open_experiment(ONE_OUTPUT)
    path = run(experiment.setup, experiment.weights, SLIPS["sign"], 1)
    assert [round(path.at(step).pred[0], 3) for step in (0, 1)] == [0.86, 0.756]
    assert path.at(1).weights[0, 0] == pytest.approx(0.1 - 1.19 * 0.01)


def test_three_of_the_four_still_lower_the_total_error_on_the_first_step() -> None:
    falls = {
        key: after < before
        for key, name in (
            ("transposed", NINE), ("input_times_weights", ONE_INPUT), ("one_delta", NINE),
            ("sign", ONE_OUTPUT),
        )
        for before, after in [totals(name, key, 1)]
    }  # fmt: skip

    assert falls == {
        "transposed": True, "input_times_weights": True, "one_delta": True, "sign": False
    }  # fmt: skip


def test_the_right_rule_is_the_path_itself() -> None:
    setup, weights = made_up(order="shuffle", frozen=0.3)
    ours = run(setup, weights, RIGHT, 50)
    path = Path(setup, weights)
    path.extend(50)

    for step in (0, 1, 17, 50):
        state, made = path.state(step), ours.at(step)
        assert made.weights == pytest.approx(state.weights, rel=1e-12)
        assert made.error == pytest.approx(state.error, rel=1e-9)


def wrong(name: str, key: str) -> WrongNumber | None:
    experiment = open_experiment(name)
    paths = [run(experiment.setup, experiment.weights, slip, 3) for slip in (RIGHT, SLIPS[key])]
    return first_wrong(*paths)


def test_the_first_wrong_number_is_that_of_a_plain_loop() -> None:
    experiment = open_experiment(NINE)
    step = look(experiment.weights.tolist(), *(row.tolist() for row in experiment.setup.row(0)))
    x = experiment.setup.row(0)[0].tolist()

    # The first cell on the diagonal is right by accident.
    found = wrong(NINE, "transposed")
    assert found is not None
    assert (found.step, found.term, found.cell) == (0, "weight_delta", (0, 1))
    assert found.right == pytest.approx(step.delta[0] * x[1], rel=1e-12)
    assert found.wrong == pytest.approx(x[0] * step.delta[1], rel=1e-12)

    found = wrong(NINE, "input_times_weights")
    assert found is not None
    assert (found.term, found.cell, found.wrong) == ("weight_delta", (0, 0), x[0] * 0.1)

    found = wrong(NINE, "one_delta")
    assert found is not None
    assert (found.term, found.cell) == ("delta", (0,))
    assert (found.right, found.wrong) == pytest.approx((step.delta[0], step.delta[2]), rel=1e-12)

    found = wrong(NINE, "sign")
    assert found is not None
    assert (found.term, found.cell) == ("weight", (0, 0))
    moved = 0.01 * step.weight_delta[0][0]
    assert (found.right, found.wrong) == pytest.approx((0.1 - moved, 0.1 + moved), rel=1e-12)


def test_one_delta_is_no_slip_where_there_is_one_output() -> None:
    assert wrong(ONE_OUTPUT, "one_delta") is None


@pytest.mark.parametrize("name", [ONE_INPUT, ONE_OUTPUT])
def test_a_product_that_does_not_fit_is_refused_in_words(name: str) -> None:
    experiment = open_experiment(name)

    with pytest.raises(ValueError, match="stops with an error"):
        run(experiment.setup, experiment.weights, SLIPS["transposed"], 1)


def test_edits_are_made_on_the_way_and_every_step_can_be_looked_at_again() -> None:
    setup, weights = made_up(n_examples=3, reach=0.2)
    edits = (
        Edit(0, "alpha", (setup.alpha / 2,)),
        Edit(5, "weights", (0.25,), ((1, 2),)),
        Edit(70, "frozen", (1.0,), ((0, 0),)),
    )
    ours = run(setup, weights, SLIPS["sign"], 100, edits)

    assert ours.at(5).weights[1, 2] == 0.25
    assert ours.at(100).weights[0, 0] == ours.at(70).weights[0, 0]
    assert ours.at(99).new_weights.tolist() == ours.at(100).weights.tolist()
    assert ours.at(130 - 60).total_error == ours.total_errors(70, 71)[0]


def test_a_slip_that_diverges_ends_and_says_so() -> None:
    setup, weights = made_up(order="first", reach=1.0)
    path = SlipPath(setup, weights, SLIPS["sign"])

    path.extend(MAX_SLIP_STEPS)

    assert path.ended
    assert path.length < 100
    assert np.isfinite(path.total_errors(0, path.length + 1)).all()
    with pytest.raises(ValueError, match="not on this path"):
        path.at(path.length + 1)


def test_a_path_is_no_longer_than_it_may_be() -> None:
    setup, weights = made_up(order="first", reach=0.5)
    path = run(setup, weights, SLIPS["input_times_weights"], 10 * MAX_SLIP_STEPS)

    assert path.ended
    assert path.length <= MAX_SLIP_STEPS
