"""One step: predict, compare, learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model import network
from model.network import Floats, Mask
from tests.model.reference import Bench, learn, look

numbers = st.floats(-1e6, 1e6)
WEIGHTS = np.array([[0.1, 0.1, -0.3], [0.1, 0.2, 0.0], [0.0, 1.3, 0.1]])
INPUTS = np.array([8.5, 0.65, 1.2])
TARGETS = np.array([0.1, 1.0, 0.1])


@st.composite
def steps(draw: st.DrawFn) -> tuple[Floats, Floats, Floats, Mask]:
    """Weights, inputs, target and frozen mask of one step."""
    n_outputs, n_inputs = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    return (
        draw(arrays(np.float64, (n_outputs, n_inputs), elements=numbers)),
        draw(arrays(np.float64, n_inputs, elements=numbers)),
        draw(arrays(np.float64, n_outputs, elements=numbers)),
        draw(arrays(np.bool_, (n_outputs, n_inputs))),
    )


@given(steps(), st.floats(1e-6, 10))
def test_a_step_is_the_plain_loop_s(
    step: tuple[Floats, Floats, Floats, Mask], alpha: float
) -> None:
    weights, inputs, target, frozen = step
    pred = network.predict(weights, inputs)
    delta, error = network.compare(pred, target)
    weight_delta = network.weight_deltas(delta, inputs)
    learned = network.learn(weights, weight_delta, alpha, frozen)

    bench = Bench([inputs.tolist()], [target.tolist()], weights.tolist(), frozen.tolist(), alpha)
    expected = look(bench.weights, bench.inputs[0], bench.targets[0])
    learn(bench, expected)
    # A sum that cancels is as exact as its largest term.
    largest = (np.abs(weights) @ np.abs(inputs) + np.abs(target)).max()
    assert pred == pytest.approx(expected.pred, rel=0, abs=1e-14 * largest)
    assert delta == pytest.approx(expected.delta, rel=0, abs=1e-14 * largest)
    assert error == pytest.approx(expected.error, rel=0, abs=1e-13 * largest**2)
    size = largest * np.abs(inputs).max()
    assert weight_delta == pytest.approx(np.array(expected.weight_delta), rel=0, abs=1e-14 * size)
    size = alpha * size + np.abs(weights).max()
    assert learned == pytest.approx(np.array(bench.weights), rel=0, abs=1e-13 * size)


@given(steps(), st.floats(1e-6, 1e9))
def test_frozen_weights_keep_every_bit_and_nothing_is_changed_in_place(
    step: tuple[Floats, Floats, Floats, Mask], alpha: float
) -> None:
    weights, inputs, target, frozen = step
    before = [array.tobytes() for array in step]
    delta, _ = network.compare(network.predict(weights, inputs), target)
    learned = network.learn(weights, network.weight_deltas(delta, inputs), alpha, frozen)

    assert learned[frozen].tobytes() == weights[frozen].tobytes()
    assert [array.tobytes() for array in step] == before


def test_weight_deltas_are_output_by_input() -> None:
    delta = np.array([1.0, 10.0])
    inputs = np.array([2.0, 3.0, 5.0])

    weight_deltas = network.weight_deltas(delta, inputs)

    assert weight_deltas.tolist() == [[2.0, 3.0, 5.0], [20.0, 30.0, 50.0]]


def test_each_output_has_its_own_delta() -> None:
    delta, error = network.compare(network.predict(WEIGHTS, INPUTS), TARGETS)

    assert delta == pytest.approx([0.455, -0.02, 0.865], rel=1e-12)
    assert error == pytest.approx([0.207025, 0.0004, 0.748225], rel=1e-12)


def test_an_input_of_zero_stops_its_weights_and_a_negative_one_reverses_them() -> None:
    weight_deltas = network.weight_deltas(np.array([0.5, -0.5]), np.array([0.0, -2.0, 2.0]))

    assert weight_deltas.tolist() == [[0.0, -1.0, 1.0], [0.0, 1.0, -1.0]]
