"""Every image with its pixels in the same other order: noise to the eye, not to a network."""

from __future__ import annotations

import numpy as np
import pytest

from model.edits import Edit, EditError, apply_edit
from model.examples import in_order, pixel_order
from model.path import Path
from tests.model.made_up import made_up


def shuffled(step: int, seed: float = 1.0) -> Edit:
    return Edit(step, "pixels", (seed,))


def test_every_place_has_the_pixel_that_the_order_names() -> None:
    setup, weights = made_up(6, shape=(3, 20), frozen=0.3)
    order = pixel_order(20, 1)
    after, moved = apply_edit(setup, weights, shuffled(0))

    for index in range(6):
        published = setup.examples.inputs(index).tolist()
        assert after.examples.inputs(index).tolist() == [published[at] for at in order.tolist()]
    assert np.array_equal(moved, weights[:, order])
    assert np.array_equal(after.frozen, setup.frozen[:, order])
    assert np.array_equal(in_order(moved, after.order), weights)


def test_back_in_order_all_is_as_it_was_without_a_copy() -> None:
    setup, weights = made_up(6, shape=(3, 20), frozen=0.3)
    there, moved = apply_edit(setup, weights, shuffled(0, 3.0))
    # From one order to another one, and home.
    other, moved = apply_edit(there, moved, shuffled(0, 4.0))
    back, moved = apply_edit(other, moved, shuffled(0, -1.0))

    assert np.array_equal(moved, weights)
    assert np.array_equal(back.frozen, setup.frozen)
    assert back.order is None
    assert back.examples.base_inputs is setup.examples.base_inputs
    again, _ = apply_edit(setup, weights, shuffled(0, 3.0))
    assert np.array_equal(again.examples.base_inputs, there.examples.base_inputs)


def test_what_was_edited_and_a_guest_are_shuffled_too() -> None:
    setup, weights = made_up(6, shape=(2, 20))
    setup, weights = apply_edit(setup, weights, Edit(0, "inputs", (7.0,), ((2, 5),)))
    guest = tuple(float(at) for at in range(22))
    setup, weights = apply_edit(setup, weights, Edit(0, "guest", guest))
    after, _ = apply_edit(setup, weights, shuffled(0))
    order = pixel_order(20, 1).tolist()

    assert after.examples.inputs(2)[order.index(5)] == 7.0
    assert after.row(0)[0].tolist() == [float(at) for at in order]
    assert after.arranged(np.arange(20.0)).tolist() == [float(at) for at in order]


@pytest.mark.parametrize("step", [0, 30])
def test_the_network_learns_as_before(step: int) -> None:
    plain, noise = (Path(*made_up(40, "shuffle", shape=(4, 30))) for _ in range(2))
    for path in (plain, noise):
        path.extend(step)
    noise.edit(shuffled(step))
    for path in (plain, noise):
        path.extend(200)

    found, known = noise.state(step + 200), plain.state(step + 200)
    ordered = in_order(found.weights, found.setup.order)
    assert np.abs(ordered - known.weights).max() <= 1e-12 * np.abs(known.weights).max()
    assert np.abs(found.pred - known.pred).max() <= 1e-12
    assert noise.state(step).setup.order is not None


def test_a_constant_among_the_inputs_stays_where_it_is() -> None:
    setup, weights = made_up(4)
    columns = setup.examples.base_inputs.copy()
    columns[:, 1] = 1.0
    from dataclasses import replace

    setup = replace(setup, constant=1, examples=replace(setup.examples, base_inputs=columns))
    with pytest.raises(EditError, match="constant"):
        apply_edit(setup, weights, shuffled(0))
