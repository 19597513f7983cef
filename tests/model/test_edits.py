"""Every kind of edit does to a path what it does to the plain loop, and nonsense is refused."""

import copy
import math
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.edits import (
    EDIT_KINDS,
    MAX_NUMBER,
    Edit,
    EditError,
    apply_edit,
    with_edit,
)
from model.examples import ORDERS, Order, pixel_order
from model.network import Floats
from model.path import Path
from model.setup import Setup
from tests.model.made_up import bench_of, check_products, difference, edits, made_up, states
from tests.model.reference import Bench, Step, learn, look

orders = pytest.mark.parametrize("order", ORDERS)


def apply(edit: Edit, bench: Bench[float]) -> None:
    """What an edit does to an experiment in lists; visits and guests are the loop's matter."""
    if edit.kind == "alpha":
        bench.alpha = edit.to[0]
    tables = {"weights": bench.weights, "inputs": bench.inputs, "targets": bench.targets}
    for (row, column), value in zip(edit.at, edit.to, strict=False):
        if edit.kind == "frozen":
            bench.frozen[row][column] = bool(value)
        else:
            tables[edit.kind][row][column] = value


def shuffle(
    bench: Bench[float], guest: tuple[float, ...], before: list[int], seed: int
) -> tuple[list[int], tuple[float, ...]]:
    """Put the inputs of everything in the order of a seed; the order and the guest then."""
    n = len(before)
    after = list(range(n)) if seed < 0 else pixel_order(n, seed).tolist()
    move = [before.index(pixel) for pixel in after]
    for row in (*bench.inputs, *bench.weights):
        row[:] = [row[place] for place in move]
    for mask in bench.frozen:
        mask[:] = [mask[place] for place in move]
    moved = tuple(guest[place] for place in move) + guest[n:] if guest else guest
    return after, moved


def story(
    bench: Bench[float], told: tuple[Edit, ...], visits: list[int | None]
) -> list[Step[float]]:
    """The plain loop with edits between its steps; a visit of None is the guest's."""
    bench = copy.deepcopy(bench)
    steps = []
    order = list(range(len(bench.weights[0])))
    for number, example in enumerate(visits):
        guest: tuple[float, ...] = ()
        for edit in told:
            if edit.step == number:
                apply(edit, bench)
                guest = tuple(edit.to) if edit.kind == "guest" else guest
                if edit.kind == "pixels":
                    order, guest = shuffle(bench, guest, order, int(edit.to[0]))
        if example is None:
            n_inputs = len(bench.weights[0])
            step = look(bench.weights, guest[:n_inputs], guest[n_inputs:])
        else:
            step = look(bench.weights, bench.inputs[example], bench.targets[example])
        steps.append(step)
        learn(bench, step)
    return steps


def expected_visits(
    order: Order, n_examples: int, told: tuple[Edit, ...], n: int
) -> list[int | None]:
    """The visits of a path in an order that is known beforehand."""
    visits: list[int | None] = []
    next_one = 0
    for step in range(n):
        guest = False
        for edit in told:
            if edit.step == step and edit.kind == "visit":
                next_one, guest = int(edit.to[0]), False
            elif edit.step == step and edit.kind == "guest":
                guest = True
        visits.append(None if guest else next_one)
        next_one = next_one if order == "first" else (next_one + 1) % n_examples
    return visits


@orders
@given(data=st.data())
@settings(max_examples=30)
def test_any_story_of_edits_is_the_plain_loop_s(order: Order, data: st.DataObject) -> None:
    n_examples = data.draw(st.sampled_from((1, 2, 5, 33)))
    setup, weights = made_up(n_examples, order, frozen=0.2, seed=n_examples)
    path = Path(setup, weights)
    for _ in range(data.draw(st.integers(1, 5))):
        path.extend(data.draw(st.sampled_from((0, 1, 2, 31, 33, 40))))
        step = data.draw(st.one_of(st.just(path.length), st.integers(0, path.length)))
        path.edit(data.draw(edits(path.setup_at(step), step)))
    path.extend(40)

    found = states(path)
    visits = [state.example for state in found]
    if order != "shuffle":
        assert visits == expected_visits(order, n_examples, path.edits, len(visits))
    assert difference(found, story(bench_of(setup, weights), path.edits, visits)) <= 1e-12
    check_products(found)


@orders
@pytest.mark.parametrize("step", [0, 5, 31, 32, 40])
def test_a_visit_goes_on_from_the_example(order: Order, step: int) -> None:
    path = Path(*made_up(5, order))
    path.extend(60)
    path.edit(Edit(step, "visit", (3.0,)))
    path.extend(60)
    visits = [path.state(at).example for at in range(step, step + 4)]

    assert visits[0] == 3
    if order == "first":
        assert visits == [3, 3, 3, 3]
    elif order == "cycle":
        assert visits == [3, 4, 0, 1]


@orders
@pytest.mark.parametrize("step", [0, 5, 31, 32, 40])
def test_a_guest_takes_one_step_and_the_schedule_goes_on(order: Order, step: int) -> None:
    path = Path(*made_up(5, order))
    path.extend(60)
    planned = [path.state(at).example for at in range(61)]
    path.edit(Edit(step, "guest", (1.0, -2.0, 0.5, 3.0, -3.0)))
    path.extend(60 - step)
    state = path.state(step)

    assert state.example is None
    assert state.inputs.tolist() == [1.0, -2.0, 0.5]
    assert state.target.tolist() == [3.0, -3.0]
    visits = [path.state(at).example for at in range(61)]
    assert visits == [*planned[:step], None, *planned[step + 1 :]]


@orders
def test_a_visit_sends_the_guest_away(order: Order) -> None:
    path = Path(*made_up(5, order))
    path.edit(Edit(0, "guest", (1.0, -2.0, 0.5, 3.0, -3.0)))
    path.edit(Edit(0, "visit", (2.0,)))
    assert path.state(0).example == 2

    path.edit(Edit(0, "guest", (1.0, -2.0, 0.5, 3.0, -3.0)))
    assert path.state(0).example is None


def test_an_edited_example_is_met_again_in_every_pass() -> None:
    path = Path(*made_up(5, "cycle"))
    path.extend(10)
    path.edit(Edit(7, "inputs", (0.125,), ((3, 1),)))
    path.edit(Edit(7, "targets", (0.25,), ((3, 0),)))
    path.extend(100)

    for step, value in ((3, None), (8, 0.125), (13, 0.125), (98, 0.125)):
        state = path.state(step)
        assert state.example == 3
        assert (state.inputs[1] == 0.125) is (np.bool_(value is not None))
        assert (state.target[0] == 0.25) is (np.bool_(value is not None))


def test_freezing_holds_a_weight_where_it_is_and_unfreezing_lets_it_go() -> None:
    path = Path(*made_up(5, "cycle"))
    path.extend(50)
    path.edit(Edit(50, "frozen", (1.0, 1.0), ((0, 1), (1, 2))))
    path.extend(100)
    path.edit(Edit(150, "frozen", (0.0,), ((0, 1),)))
    path.extend(50)

    held = path.weights(50)[0, 1]
    assert {float(path.weights(step)[0, 1]) for step in range(50, 151)} == {float(held)}
    assert path.weights(151)[0, 1] != held
    assert path.weights(200)[1, 2] == path.weights(50)[1, 2]
    assert path.setup.frozen.tolist() == [[False] * 3, [False, False, True]]


def test_a_frozen_weight_typed_as_minus_zero_keeps_every_bit() -> None:
    path = Path(*made_up(5))
    path.edit(Edit(0, "weights", (-0.0,), ((0, 0),)))
    path.edit(Edit(0, "frozen", (1.0,), ((0, 0),)))
    path.extend(50)

    kept = {path.weights(step)[0, 0].tobytes() for step in range(51)}
    assert kept == {np.float64(0.0).tobytes()}


def test_applying_an_edit_leaves_what_it_was_given() -> None:
    setup, weights = made_up(5, frozen=0.3)
    before = (weights.tobytes(), setup.frozen.tobytes(), setup.examples.base_inputs.tobytes())
    for edit in (
        Edit(0, "weights", (9.0,), ((0, 0),)),
        Edit(0, "frozen", (1.0, 0.0), ((0, 0), (1, 1))),
        Edit(0, "inputs", (9.0,), ((0, 0),)),
        Edit(0, "targets", (9.0,), ((0, 0),)),
    ):
        apply_edit(setup, weights, edit)

    after = (weights.tobytes(), setup.frozen.tobytes(), setup.examples.base_inputs.tobytes())
    assert after == before
    assert setup.examples.edited == {}


def test_an_edit_of_several_cells_changes_them_all_and_copies_each_example_once() -> None:
    setup, weights = made_up(5)
    at = ((1, 0), (1, 2), (4, 1))
    edited, _ = apply_edit(setup, weights, Edit(0, "inputs", (7.0, 8.0, 9.0), at))

    rows = [edited.examples.inputs(index) for index in range(5)]
    assert (rows[1][0], rows[1][2], rows[4][1]) == (7.0, 8.0, 9.0)
    assert sorted(edited.examples.edited) == [1, 4]
    assert rows[1][1] == setup.examples.inputs(1)[1]


@pytest.mark.parametrize("kind", EDIT_KINDS)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1.1e9, -1e300])
def test_a_number_that_is_none_or_out_of_proportion_is_refused(kind: str, value: float) -> None:
    n_values = 5 if kind == "guest" else 1
    at = () if kind in {"alpha", "visit", "guest", "pixels"} else ((0, 0),)
    with pytest.raises(EditError, match=kind):
        apply_edit(*made_up(5), Edit(0, kind, (value,) * n_values, at))


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (Edit(0, "alpha", (0.0,)), "alpha"),
        (Edit(0, "alpha", (-0.1,)), "alpha"),
        (Edit(0, "alpha", ()), "alpha"),
        (Edit(0, "alpha", (0.1, 0.2)), "alpha"),
        (Edit(0, "alpha", (0.1,), ((0, 0),)), "alpha"),
        (Edit(0, "visit", (5.0,)), "0 to 4"),
        (Edit(0, "visit", (-1.0,)), "0 to 4"),
        (Edit(0, "visit", (1.5,)), "0 to 4"),
        (Edit(0, "visit", ()), "0 to 4"),
        (Edit(0, "pixels", (-2.0,)), "shuffled"),
        (Edit(0, "pixels", (0.5,)), "shuffled"),
        (Edit(0, "pixels", (1.0, 2.0)), "shuffled"),
        (Edit(0, "guest", (1.0,) * 4), "guest"),
        (Edit(0, "guest", (1.0,) * 6), "guest"),
        (Edit(0, "weights", (1.0,), ((2, 0),)), r"\(2, 0\)"),
        (Edit(0, "weights", (1.0,), ((0, 3),)), r"\(0, 3\)"),
        (Edit(0, "weights", (1.0,), ((-1, 0),)), r"\(-1, 0\)"),
        (Edit(0, "frozen", (1.0,), ((0, -1),)), r"\(0, -1\)"),
        (Edit(0, "frozen", (0.5,), ((0, 0),)), "frozen"),
        (Edit(0, "inputs", (1.0,), ((5, 0),)), r"\(5, 0\)"),
        (Edit(0, "targets", (1.0,), ((0, 2),)), r"\(0, 2\)"),
        (Edit(0, "weights", (1.0, 2.0), ((0, 0),)), "weights"),
        (Edit(0, "weights", (1.0,), ((0, 0), (0, 1))), "weights"),
        (Edit(0, "inputs", (), ()), "inputs"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused_in_one_sentence(edit: Edit, named: str) -> None:
    with pytest.raises(EditError, match=named) as caught:
        apply_edit(*made_up(5), edit)

    assert "\n" not in str(caught.value)


@orders
def test_an_edit_that_would_make_an_absurd_error_is_refused(order: Order) -> None:
    path = Path(*made_up(5, order))
    path.extend(20)
    at = ((0, 0), (0, 1), (0, 2))
    with pytest.raises(EditError, match="error of"):
        path.edit(Edit(10, "weights", (MAX_NUMBER,) * 3, at))

    assert path.length == 20


# -- edits of one step -------------------------------------------------------------------------


def _guest_bits(setup: Setup) -> tuple[object, ...] | None:
    if setup.guest is None:
        return None
    step, inputs, target = setup.guest
    return step, inputs.tobytes(), None if target is None else target.tobytes()


def outcome(setup: Setup, weights: Floats, told: Iterable[Edit]) -> tuple[object, ...]:
    """All that edits lead to, to the last bit."""
    for edit in told:
        setup, weights = apply_edit(setup, weights, edit)
    indices = range(len(setup.examples))
    return (
        weights.tobytes(), setup.frozen.tobytes(), setup.alpha, setup.schedule,
        [setup.examples.inputs(index).tobytes() for index in indices],
        [setup.examples.target(index).tobytes() for index in indices],
        _guest_bits(setup),
    )  # fmt: skip


@orders
@given(data=st.data())
@settings(max_examples=60)
def test_the_edits_of_one_step_are_few_and_do_what_all_of_them_did(
    order: Order, data: st.DataObject
) -> None:
    setup, weights = made_up(5, order, frozen=0.2)
    step = data.draw(st.sampled_from((0, 4, 33)))
    # Few kinds at a time, so that they meet often.
    merging = [kind for kind, row in EDIT_KINDS.items() if not row.relative]
    kinds = tuple(data.draw(st.lists(st.sampled_from(merging), min_size=1, max_size=4)))
    told = data.draw(st.lists(edits(setup, step, kinds), min_size=1, max_size=12))
    few: list[Edit] = []
    for edit in told:
        few = with_edit(few, edit)

    assert len({edit.kind for edit in few}) == len(few)
    assert all(len(set(edit.at)) == len(edit.at) for edit in few)
    assert outcome(setup, weights, few) == outcome(setup, weights, told)


def test_strokes_at_one_step_take_no_more_than_its_cells() -> None:
    path = Path(*made_up(3, shape=(10, 20)))
    cells = list(np.ndindex(10, 20))
    for number in range(100):
        at = cells[:number] + cells[number + 1 :]
        path.edit(Edit(0, "weights", (number / 100,) * 199, tuple(at)))
        path.edit(Edit(0, "frozen", (float(number % 2),) * 199, tuple(at)))

    assert [(edit.kind, len(edit.at)) for edit in path.edits] == [("weights", 200), ("frozen", 200)]
    assert path.weights(0).ravel().tolist() == [0.99] * 99 + [0.98] + [0.99] * 100
    assert path.setup.frozen.ravel().tolist() == [True] * 99 + [False] + [True] * 100


def test_edits_of_another_step_stay_as_they_are() -> None:
    path = Path(*made_up(5))
    first, second = (Edit(step, "weights", (0.5,), ((0, step),)) for step in (0, 1))
    path.edit(first)
    path.extend(1)
    path.edit(second)

    assert path.edits == (first, second)


def test_edits_made_together_are_judged_by_what_they_lead_to() -> None:
    path = Path(*made_up(1, shape=(1, 2)))
    far = Edit(0, "inputs", (1e9, 0.0), ((0, 0), (0, 1)))
    with pytest.raises(EditError, match="error of"):
        path.edit(far)
    path.edit(far, Edit(0, "weights", (0.0,), ((0, 0),)))

    assert path.state(0).inputs.tolist() == [1e9, 0.0]
    with pytest.raises(EditError, match="error of"):
        path.edit(Edit(0, "weights", (0.5,), ((0, 1),)), Edit(0, "weights", (9.0,), ((0, 0),)))
    assert path.weights(0)[0, 0] == 0.0
    assert len(path.edits) == 2
