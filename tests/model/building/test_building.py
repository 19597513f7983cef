"""Rows and columns added and removed against plain lists: what stays is the same to the bit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.building import columns, names, parts, rows
from model.building.errors import BuildError
from model.building.parts import Parts
from model.experiment import MAX_WEIGHTS, Experiment, HeldOut, Transform
from model.files.experiment_file import dump, parse
from model.files.library import open_experiment
from model.path.saved import saved_path
from tests.model.made_up import bits, experiment_of

RAW = [[1.5, 20.0, 1.0], [2.5, 40.0, 1.0], [3.25, 10.0, 1.0]]
TARGETS = [[1.0], [0.0], [0.5]]


def season() -> Parts:
    experiment = experiment_of(RAW, TARGETS, [[0.1, 0.2, 0.3]], order="cycle")
    return at_start(experiment)


def scaled() -> Experiment:
    """Three standardised examples with a constant, as a table that was brought has them."""
    raw = np.array(RAW)
    transform = Transform.fitted("standard", raw)
    made = experiment_of(transform.inputs.tolist(), TARGETS, [[0.1, 0.2, 0.3]], order="cycle")
    setup = replace(made.setup, constant=2)
    return replace(made, setup=setup, transform=transform)


def at_start(experiment: Experiment) -> Parts:
    return parts.parts_of(experiment, experiment.setup, experiment.weights, 0)


def again(experiment: Experiment) -> Experiment:
    """The same, written down and read."""
    text = dump(experiment, saved_path(experiment), 0)
    return parse(text, lambda *_: pytest.fail("no images"))


def test_a_new_input_keeps_all_weights_and_starts_where_it_is_told() -> None:
    grown = columns.with_input(season(), "wind", 7.0, 0.25, at=1)

    assert grown.inputs == ("in 1", "wind", "in 2", "in 3")
    assert grown.rows.tolist() == [[a, 7.0, b, c] for a, b, c in RAW]
    assert grown.weights.tolist() == [[0.1, 0.25, 0.2, 0.3]]
    assert columns.without_input(grown, 1).rows.tolist() == RAW


def test_a_new_output_has_a_row_of_weights() -> None:
    grown = columns.with_output(season(), "sad", 0.5, -1.0, at=0)

    assert grown.outputs == ("sad", "out 1")
    assert grown.targets.tolist() == [[0.5, target] for (target,) in TARGETS]
    assert grown.weights.tolist() == [[-1.0, -1.0, -1.0], [0.1, 0.2, 0.3]]
    assert columns.without_output(grown, 0).weights.tolist() == [[0.1, 0.2, 0.3]]


def test_a_constant_is_the_last_input_and_new_inputs_come_before_it() -> None:
    grown = columns.with_input(columns.with_constant(season(), "one", 0.5), "wind", 0.0, 0.0)

    assert grown.inputs[-2:] == ("wind", "one")
    assert grown.constant == 4
    assert grown.rows[:, 4].tolist() == [1.0, 1.0, 1.0]
    assert columns.without_input(grown, 0).constant == 3
    assert columns.without_input(grown, 4).constant is None
    with pytest.raises(BuildError, match="“one”"):
        columns.with_constant(grown, "two", 0.0)


def test_new_rows_are_scaled_like_the_others_and_reopened_to_the_bit() -> None:
    experiment = scaled()
    grown = rows.with_rows(at_start(experiment), 1, np.array([[2.5, 40.0, 1.0]]), np.ones((1, 1)))

    assert grown.rows[1].tolist() == experiment.setup.examples.inputs(1).tolist()
    made = parts.experiment_of(grown)
    opened = again(made)
    assert bits(saved_path(opened)) == bits(saved_path(made))
    assert opened.transform is not None
    assert opened.transform.raw.tolist() == [RAW[0], RAW[1], RAW[1], RAW[2]]
    with pytest.raises(BuildError, match="always 1"):
        rows.with_rows(grown, 0, np.zeros((1, 3)), np.zeros((1, 1)))


def test_columns_of_a_scaled_experiment_are_reopened_to_the_bit() -> None:
    grown = columns.with_input(at_start(scaled()), "wind", 7.0, 0.25)
    grown = columns.without_input(columns.with_output(grown, "sad", 0.5, 0.125), 0)
    made = parts.experiment_of(grown)

    opened = again(made)
    assert opened.inputs == ("in 2", "wind", "in 3")
    assert opened.constant == "in 3"
    assert opened.transform is not None
    assert opened.transform.raw.tolist() == [[row[1], 7.0, 1.0] for row in RAW]
    assert bits(saved_path(opened)) == bits(saved_path(made))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.floats(-99, 99)), max_size=4))
@settings(max_examples=15)
def test_edited_scaled_inputs_stay_what_they_are_to_the_bit(
    edits: list[tuple[int, int, float]],
) -> None:
    experiment = scaled()
    setup = experiment.setup
    for row, column, value in edits:
        examples = setup.examples.with_cells([(row, column)], [value], 0)
        setup = replace(setup, examples=examples)
    wanted = [setup.examples.inputs(row).tolist() for row in (2, 0, 1)]

    at_now = parts.parts_of(experiment, setup, experiment.weights, 1)
    made = again(parts.experiment_of(rows.reordered(at_now, np.array([2, 0, 1]))))

    examples = saved_path(made).state(0).setup.examples
    assert [examples.inputs(row).tolist() for row in range(3)] == wanted


def test_a_raw_number_that_is_typed_comes_back_as_it_was_typed() -> None:
    transform = scaled().transform
    assert transform is not None
    for typed in (8.5, -0.1, 1234.5678, 1e-3, 0.3):
        given_ = (typed - transform.offset[1]) / transform.scale[1]
        assert parts.raw_of(transform, 1, float(given_)) == typed


def test_the_example_on_the_bench_stays_there_wherever_it_goes() -> None:
    at_now = replace(season(), here=1)

    assert rows.with_rows(at_now, 0, *rows.empty_rows(at_now, 2)).here == 3
    assert rows.without_rows(at_now, [0]).here == 0
    assert rows.without_rows(at_now, [1]).here == 1
    assert rows.without_rows(at_now, [1, 2]).here == 0
    assert rows.repeated(at_now, [0]).here == 2
    assert rows.reordered(at_now, rows.order_of_move(3, [1], 1)).here == 2
    made = parts.experiment_of(at_now)
    assert saved_path(made).state(0).example == 1
    assert saved_path(again(made)).state(0).example == 1


@given(st.sets(st.integers(0, 6), min_size=1), st.sampled_from((-1, 1)))
@settings(max_examples=40)
def test_rows_move_one_place_and_never_pass_each_other(chosen: set[int], by: int) -> None:
    order = rows.order_of_move(7, sorted(chosen), by).tolist()

    assert sorted(order) == list(range(7))
    assert [row for row in order if row in chosen] == sorted(chosen)
    assert [row for row in order if row not in chosen] == sorted(set(range(7)) - chosen)
    at_end = {row for row in chosen if set(range(row, 7) if by > 0 else range(row + 1)) <= chosen}
    assert all(order.index(row) == row + (0 if row in at_end else by) for row in chosen)


def test_a_block_fills_inputs_and_targets_and_adds_the_rows_it_needs() -> None:
    filled = rows.with_block(season(), 2, 1, np.array([[5.0, 6.0, 7.0], [8.0, 9.0, 10.0]]))

    assert filled.rows.tolist() == [RAW[0], RAW[1], [3.25, 5.0, 6.0], [0.0, 8.0, 9.0]]
    assert filled.targets.tolist() == [[1.0], [0.0], [7.0], [10.0]]
    with pytest.raises(BuildError, match="2 have a place"):
        rows.with_block(season(), 0, 2, np.zeros((1, 3)))


def test_what_cannot_be_is_said() -> None:
    with pytest.raises(BuildError, match="at least one"):
        rows.without_rows(season(), [0, 1, 2])
    with pytest.raises(BuildError, match="last one"):
        columns.without_output(season(), 0)
    with pytest.raises(BuildError, match="finite"):
        columns.with_input(season(), "wind", float("nan"), 0.0)
    with pytest.raises(BuildError, match="finite"):
        columns.with_input(season(), "wind", 0.0, 2e9)
    wide = season()
    n = MAX_WEIGHTS + 1
    wide = replace(
        wide, rows=np.zeros((1, n)), targets=np.zeros((1, 1)), weights=np.zeros((1, n)),
        frozen=np.zeros((1, n), dtype=bool), inputs=tuple(map(str, range(n))),
    )  # fmt: skip
    with pytest.raises(BuildError, match="1,000,000"):
        parts.experiment_of(wide)
    with pytest.raises(BuildError, match="error of"):
        parts.experiment_of(replace(season(), targets=np.full((3, 1), 1e9)))
    huge = season().weights * 1e12
    experiment = open_experiment("Several steps")
    with pytest.raises(BuildError, match="earlier step"):
        parts.parts_of(experiment, experiment.setup, huge, 0)
    with pytest.raises(BuildError, match="published set"):
        at_start(open_experiment("Digits, 8x8"))
    with pytest.raises(BuildError, match="multiplied"):
        at_start(open_experiment("Dot products"))


@pytest.mark.parametrize(
    ("text", "why"),
    [("  ", "needed"), ("x" * 61, "at most 60"), ("a\tb", "control"), ("in 2", "another one")],
)
def test_what_is_no_name(text: str, why: str) -> None:
    experiment = experiment_of(RAW, TARGETS, [[0.1, 0.2, 0.3]])
    with pytest.raises(BuildError, match=why):
        names.renamed_input(experiment, 0, text)


def test_a_new_name_is_free() -> None:
    assert names.fresh_name("input", {"input", "input 2"}) == "input 3"
    assert len(names.fresh_name("x" * 60, {"x" * 60})) == 60
    experiment = experiment_of(RAW, TARGETS, [[0.1, 0.2, 0.3]])
    assert names.renamed_input(experiment, 1, " wind ").inputs == ("in 1", "wind", "in 3")
    assert names.renamed_output(experiment, 0, "sad").outputs == ("sad",)


def test_what_is_held_out_has_the_columns_of_the_examples() -> None:
    held_out = HeldOut(np.array([[1.0, 2.0, 1.0]]), np.array([[3.0, 4.0, 1.0]]), np.array([[5.0]]))
    begun = replace(season(), held_out=held_out)
    grown = columns.with_input(begun, "new", 0.1, 0.0, at=1)
    grown = columns.with_output(grown, "second", np.array([1.0, 2.0, 6.0]), 0.0)

    assert grown.held_out is not None
    assert grown.held_out.raw.tolist() == [[1.0, 0.1, 2.0, 1.0]]
    assert grown.held_out.inputs.tolist() == [[3.0, 0.1, 4.0, 1.0]]
    assert grown.held_out.targets.tolist() == [[5.0, 3.0]]
    back = columns.without_output(columns.without_input(grown, 1), 1)
    assert back.held_out is not None
    assert back.held_out.inputs.tolist() == [[3.0, 4.0, 1.0]]
    experiment = again(parts.experiment_of(back))
    kept = at_start(experiment).held_out
    assert kept is not None
    assert kept.targets.tolist() == [[5.0]]
