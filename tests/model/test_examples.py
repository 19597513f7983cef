"""Examples keep what they were given, and the schedule visits them in the order it says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.examples import ORDERS, Examples, Order, Schedule
from model.network import Floats

N_EXAMPLES = (1, 2, 3, 5, 31, 32, 33, 100, 1023, 1025)
orders = st.sampled_from(ORDERS)


@pytest.fixture
def examples() -> Examples:
    return Examples(np.arange(30.0).reshape(10, 3), np.arange(20.0).reshape(10, 2) / 7)


def the_row(value: float) -> tuple[Floats, Floats]:
    return np.full(3, value), np.full(2, -value)


def test_a_replaced_row_is_laid_over_the_others(examples: Examples) -> None:
    edited = examples.with_rows({4: the_row(0.5)}).with_rows({7: the_row(0.25)})

    assert edited.inputs(4).tolist() == [0.5] * 3
    assert edited.target(7).tolist() == [-0.25] * 2
    assert edited.inputs(5).tolist() == examples.inputs(5).tolist()
    assert (len(edited), edited.n_inputs, edited.n_outputs) == (10, 3, 2)


def test_replacing_a_row_leaves_the_examples_it_came_from(examples: Examples) -> None:
    before = examples.rows(np.arange(10))
    once = examples.with_rows({4: the_row(0.5)})
    twice = once.with_rows({4: the_row(0.75)})

    assert examples.inputs(4).tolist() == [12.0, 13.0, 14.0]
    assert once.inputs(4).tolist() == [0.5] * 3
    assert twice.inputs(4).tolist() == [0.75] * 3
    for now, then in zip(examples.rows(np.arange(10)), before, strict=True):
        assert now.tobytes() == then.tobytes()


def test_replacing_one_row_of_many_copies_one_row() -> None:
    many = Examples(np.zeros((10_000, 8)), np.zeros((10_000, 2)))
    edited = many.with_rows({0: (np.ones(8), np.ones(2))})

    assert edited.base_inputs is many.base_inputs
    assert sum(inputs.nbytes for inputs, _ in edited.edited.values()) == 64


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=40),
    st.lists(st.integers(0, 9), max_size=4),
)
def test_rows_are_those_asked_for(indices: list[int], replaced: list[int]) -> None:
    examples = Examples(np.arange(30.0).reshape(10, 3), np.arange(20.0).reshape(10, 2) / 7)
    for index in replaced:
        examples = examples.with_rows({index: the_row(-1.0 - index)})

    inputs, targets = examples.rows(np.array(indices))

    assert inputs.tolist() == [examples.inputs(index).tolist() for index in indices]
    assert targets.tolist() == [examples.target(index).tolist() for index in indices]


def test_neighbours_come_without_a_copy_unless_one_was_replaced(examples: Examples) -> None:
    inputs, targets = examples.rows(np.arange(2, 8))
    assert np.shares_memory(inputs, examples.base_inputs)
    assert np.shares_memory(targets, examples.base_targets)

    replaced, _ = examples.with_rows({3: the_row(0.5)}).rows(np.arange(2, 8))
    assert not np.shares_memory(replaced, examples.base_inputs)


def test_no_one_can_write_into_the_examples(examples: Examples) -> None:
    edited = examples.with_rows({3: the_row(0.5)})
    rows = (edited.inputs(2), edited.inputs(3), edited.target(2), edited.target(3))

    for array in (*rows, *edited.rows(np.arange(4, 6)), edited.base_inputs):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


@pytest.mark.parametrize("n_examples", N_EXAMPLES)
def test_first_stays_and_cycle_goes_round(n_examples: int) -> None:
    steps = range(3 * n_examples + 2)

    first = Schedule("first", n_examples).indices(0, len(steps))
    assert first.tolist() == [0 for _ in steps]
    cycle = Schedule("cycle", n_examples).indices(0, len(steps))
    assert cycle.tolist() == [step % n_examples for step in steps]


@pytest.mark.parametrize("n_examples", N_EXAMPLES)
@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_each_shuffled_pass_visits_every_example_once(n_examples: int, seed: int) -> None:
    passes = Schedule("shuffle", n_examples, seed).indices(0, 12 * n_examples)
    passes = passes.reshape(12, n_examples)

    assert np.sort(passes, axis=1).tolist() == [list(range(n_examples))] * 12


@pytest.mark.parametrize("n_examples", [10, 31, 100, 1023, 1025])
def test_shuffled_passes_differ_from_each_other_and_by_seed(n_examples: int) -> None:
    def passes(seed: int) -> set[tuple[int, ...]]:
        indices = Schedule("shuffle", n_examples, seed).indices(0, 200 * n_examples)
        return {tuple(one) for one in indices.reshape(200, n_examples).tolist()}

    # Of 10! orders, the same one is not seen twice in so few.
    assert len(passes(0)) == 200
    assert not passes(0) & passes(1)
    assert passes(0) == passes(0)


def test_a_shuffle_favours_no_order() -> None:
    passes = Schedule("shuffle", 3, seed=5).indices(0, 3 * 6000).reshape(6000, 3)

    orders_seen, counts = np.unique(passes, axis=0, return_counts=True)
    assert len(orders_seen) == 6
    # Each is expected 1000 times, with a standard deviation of 29.
    assert np.abs(counts - 1000).max() < 150


@given(
    orders,
    st.sampled_from(N_EXAMPLES),
    st.integers(0, 2**40),
    st.integers(0, 300),
    st.integers(0, 99),
)
def test_any_step_can_be_asked_for_alone(
    order: Order, n_examples: int, start: int, n_steps: int, example: int
) -> None:
    schedule = Schedule(order, n_examples, seed=3).moved_to(start + 7, example % n_examples)
    run = schedule.indices(start, start + n_steps)

    assert run.dtype == np.int64
    assert run.shape == (n_steps,)
    assert run.tolist() == [schedule.index(step) for step in range(start, start + n_steps)]
    assert all(0 <= index < n_examples for index in run.tolist())


@given(st.sampled_from(N_EXAMPLES), st.integers(0, 2**40), st.data())
def test_a_move_goes_on_from_the_example(n_examples: int, step: int, data: st.DataObject) -> None:
    example = data.draw(st.integers(0, n_examples - 1))
    steps = (step, step + 2 * n_examples)

    first = Schedule("first", n_examples).moved_to(step, example)
    assert set(first.indices(*steps).tolist()) == {example}
    cycle = Schedule("cycle", n_examples).moved_to(step, example)
    expected = [(example + i) % n_examples for i in range(2 * n_examples)]
    assert cycle.indices(*steps).tolist() == expected


@given(st.sampled_from(N_EXAMPLES), st.integers(0, 3000), st.data())
def test_a_move_in_a_shuffle_goes_on_with_the_rest_of_the_pass(
    n_examples: int, step: int, data: st.DataObject
) -> None:
    schedule = Schedule("shuffle", n_examples, seed=4)
    start = step // n_examples * n_examples
    this_pass = schedule.indices(start, start + n_examples).tolist()
    next_pass = schedule.indices(start + n_examples, start + 2 * n_examples).tolist()
    place = data.draw(st.integers(0, n_examples - 1))
    moved = schedule.moved_to(step, this_pass[place])

    rest = n_examples - place
    assert moved.indices(step, step + rest).tolist() == this_pass[place:]
    assert moved.indices(step + rest, step + rest + n_examples).tolist() == next_pass


@given(orders, st.sampled_from(N_EXAMPLES), st.integers(0, 3000), st.data())
def test_the_last_of_several_moves_at_one_step_counts(
    order: Order, n_examples: int, step: int, data: st.DataObject
) -> None:
    first, last = (data.draw(st.integers(0, n_examples - 1)) for _ in range(2))
    schedule = Schedule(order, n_examples, seed=4)
    twice = schedule.moved_to(step, first).moved_to(step, last)

    steps = (step, step + 3 * n_examples)
    assert twice.indices(*steps).tolist() == schedule.moved_to(step, last).indices(*steps).tolist()


def test_a_move_to_the_start_of_the_first_pass_leaves_a_pass_before_it() -> None:
    schedule = Schedule("shuffle", 5, seed=1)
    moved = schedule.moved_to(4, schedule.index(0))

    assert moved.indices(4, 9).tolist() == schedule.indices(0, 5).tolist()
    # Four steps come before the first pass now; they are the end of a pass like any other.
    assert len(set(moved.indices(0, 4).tolist())) == 4
