"""Closed forms of the curves against plain loops, dense sampling and differences."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.curves import AlphaZones, Bowl, alpha_zones, largest_sums, sums_of_squares
from model.examples import Examples, Order, Schedule
from model.path import Path
from model.setup import Setup
from model.words.alpha import why_diverged

numbers = st.floats(-10.0, 10.0)
inputs_not_zero = numbers.filter(lambda x: abs(x) > 1e-3)


def error_by_loop(weights: list[float], inputs: list[float], target: float) -> float:
    pred = 0.0
    for w, x in zip(weights, inputs, strict=True):
        pred += w * x
    return (pred - target) ** 2


def setup_of(
    inputs: list[list[float]],
    frozen: list[list[bool]],
    alpha: float = 0.1,
    order: Order = "first",
) -> Setup:
    targets = np.zeros((len(inputs), len(frozen)))
    examples = Examples(np.array(inputs, dtype=np.float64), targets)
    return Setup(examples, Schedule(order, len(examples)), alpha, np.array(frozen, dtype=np.bool_))


def s_by_loop(inputs: list[float], frozen: list[bool]) -> float:
    total = 0.0
    for x, held in zip(inputs, frozen, strict=True):
        if not held:
            total += x * x
    return total


# -- bowls ------------------------------------------------------------------------------


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6), numbers, st.data())
def test_a_bowl_is_the_error_with_one_weight_replaced(
    pairs: list[tuple[float, float]], target: float, data: st.DataObject
) -> None:
    weights, inputs = [w for w, _ in pairs], [x for _, x in pairs]
    at = data.draw(st.integers(0, len(pairs) - 1))
    delta = sum(w * x for w, x in pairs) - target
    bowl = Bowl(weights[at], inputs[at], delta)
    elsewhere = np.linspace(-20.0, 20.0, 41)
    expected = [
        error_by_loop([*weights[:at], float(w), *weights[at + 1 :]], inputs, target)
        for w in elsewhere
    ]
    np.testing.assert_allclose(bowl.error(elsewhere), expected, rtol=1e-9, atol=1e-9)
    assert bowl.error(np.array([weights[at]]))[0] == pytest.approx(delta**2, rel=1e-14)


@given(numbers, inputs_not_zero, numbers)
def test_the_floor_is_the_lowest_of_a_dense_sample(w: float, x: float, delta: float) -> None:
    bowl = Bowl(w, x, delta)
    floor = bowl.floor
    assert floor is not None
    assert bowl.error(np.array([floor]))[0] <= 1e-20 * max(1.0, delta**2, (w * x) ** 2)
    sample = np.linspace(floor - 5.0, floor + 5.0, 10_001)
    errors = bowl.error(sample)
    assert abs(sample[np.argmin(errors)] - floor) <= 0.001
    assert np.all(np.diff(errors[:5000]) < 0)
    assert np.all(np.diff(errors[5001:]) > 0)


@given(numbers, inputs_not_zero, numbers, st.floats(-3.0, 3.0))
def test_the_tangent_touches_and_stays_below(w: float, x: float, delta: float, dw: float) -> None:
    bowl = Bowl(w, x, delta)
    moved = np.array([w + dw])
    tangent = delta**2 + bowl.slope * (moved - w)
    gap = bowl.error(moved)[0] - tangent[0]
    # A parabola parts from its tangent by x**2 * dw**2 and by nothing else.
    assert gap == pytest.approx((dw * x) ** 2, rel=1e-6, abs=1e-9)
    assert bowl.error(np.array([w]))[0] == delta**2


@given(numbers, numbers, numbers)
def test_the_slope_is_twice_the_weight_delta(w: float, x: float, delta: float) -> None:
    bowl = Bowl(w, x, delta)
    assert bowl.slope == pytest.approx(2.0 * (delta * x), rel=1e-15)
    # For a parabola the symmetric difference is the slope itself, whatever its width.
    up, down = bowl.error(np.array([w + 0.5, w - 0.5]))
    assert bowl.slope == pytest.approx(up - down, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("delta", [0.0, -0.14, 3e7])
def test_a_bowl_without_input_is_flat(delta: float) -> None:
    bowl = Bowl(0.1, 0.0, delta)
    assert bowl.floor is None
    assert bowl.slope == 0.0
    np.testing.assert_array_equal(bowl.error(np.array([-1e9, 0.1, 1e9])), [delta**2] * 3)


def test_a_floor_beyond_all_numbers_is_none() -> None:
    assert Bowl(0.1, 1e-320, 1.0).floor is None


def test_the_bowls_of_the_first_game() -> None:
    path = Path(
        Setup(
            Examples(np.array([[8.5, 0.65, 1.2]]), np.array([[1.0]])),
            Schedule("first", 1),
            0.3,
            np.array([[True, False, False]]),
        ),
        np.array([[0.1, 0.2, -0.1]]),
    )
    path.extend(2)
    slopes, floors = [], []
    for step in range(3):
        state = path.state(step)
        bowl = Bowl(float(state.weights[0, 0]), 8.5, float(state.delta[0]))
        assert bowl.weight == 0.1
        assert bowl.slope == pytest.approx(2 * float(state.weight_delta[0, 0]), rel=1e-15)
        slopes.append(bowl.slope)
        assert bowl.floor is not None
        floors.append(bowl.floor)
    assert slopes[2] == pytest.approx(2 * 8.5 * (0.97274178125 - 1.0), rel=1e-12)
    # The frozen weight stays while the floor of its bowl comes towards it.
    assert floors[0] > floors[1] > floors[2] > 0.1


# -- alpha ------------------------------------------------------------------------------


@given(
    st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=1, max_size=5),
    st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=4),
)
def test_s_of_every_example_and_output(inputs: list[list[float]], frozen: list[list[bool]]) -> None:
    expected = [[s_by_loop(row, mask) for mask in frozen] for row in inputs]
    found = sums_of_squares(np.array(inputs), np.array(frozen))
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)
    *_, of_all = largest_sums(setup_of(inputs, frozen, order="cycle"))
    assert of_all == pytest.approx(max(map(max, expected)), rel=1e-12, abs=1e-12)
    (of_first,) = largest_sums(setup_of(inputs, frozen, order="first"))
    assert of_first == pytest.approx(max(expected[0]), rel=1e-12, abs=1e-12)


def test_a_long_pass_is_judged_slice_by_slice_to_its_last_example() -> None:
    inputs = [[1.0] * 200] * 12_000
    inputs[4_000], inputs[11_999] = [2.0] * 200, [3.0] * 200
    setup = setup_of(inputs, [[False] * 200], order="shuffle")
    found = list(largest_sums(setup))
    assert len(found) > 1
    assert found == sorted(found)
    assert found[-1] == pytest.approx(200 * 9.0)
    assert alpha_zones(setup) == alpha_zones(setup, largest=found[-1])
    assert alpha_zones(setup).limit == pytest.approx(2.0 / (200 * 9.0))
    assert not alpha_zones(setup).exact


@given(
    st.lists(inputs_not_zero, min_size=1, max_size=5),
    st.lists(st.booleans(), min_size=5, max_size=5),
    st.floats(0.01, 3.0),
)
def test_zones_say_what_repeated_steps_do(
    inputs: list[float], mask: list[bool], share: float
) -> None:
    frozen = mask[: len(inputs)]
    assume(not all(frozen))
    assume(min(abs(share - 1.0), abs(share - 2.0)) > 1e-3)
    s = s_by_loop(inputs, frozen)
    alpha = share / s
    zones = alpha_zones(setup_of([inputs], [frozen], alpha))
    assert zones.exact
    assert zones.one_step == pytest.approx(1.0 / s, rel=1e-12)
    assert zones.limit == pytest.approx(2.0 / s, rel=1e-12)
    weights, deltas = [0.0] * len(inputs), []
    for _ in range(4):
        delta = sum(w * x for w, x in zip(weights, inputs, strict=True)) - 1.0
        deltas.append(delta)
        weights = [
            w if held else w - alpha * delta * x
            for w, x, held in zip(weights, inputs, frozen, strict=True)
        ]
    for before, after in pairwise(deltas):
        assert after == pytest.approx((1.0 - alpha * s) * before, rel=1e-6, abs=1e-12)
    zone = zones.zone(alpha)
    grows = abs(deltas[1]) > abs(deltas[0])
    turns = deltas[1] * deltas[0] < 0
    assert zone == ("diverges" if grows else "overshoots" if turns else "settles")


@given(st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=2, max_size=6), st.data())
def test_below_the_limit_every_step_shrinks_the_error_it_was_made_on(
    inputs: list[list[float]], data: st.DataObject
) -> None:
    frozen = data.draw(
        st.lists(st.lists(st.booleans(), min_size=2, max_size=2), min_size=2, max_size=2)
    )
    zones = alpha_zones(setup_of(inputs, frozen, order="cycle"))
    assume(zones.limit is not None and zones.limit > 1e-9)
    assert zones.limit is not None
    assert not zones.exact
    alpha = data.draw(st.floats(0.01, 0.99)) * zones.limit
    for row in inputs:
        for mask in frozen:
            weights = [0.3, -0.2]
            before = error_by_loop(weights, row, 1.0)
            delta = sum(w * x for w, x in zip(weights, row, strict=True)) - 1.0
            after = error_by_loop(
                [
                    w if held else w - alpha * delta * x
                    for w, x, held in zip(weights, row, mask, strict=True)
                ],
                row,
                1.0,
            )
            assert after <= before * (1 + 1e-9) + 1e-15


def test_several_outputs_are_judged_by_the_one_that_diverges_first() -> None:
    setup = setup_of([[3.0, 4.0]], [[True, False], [False, True], [True, True]])
    zones = alpha_zones(setup)
    assert zones.limit == pytest.approx(2.0 / 16.0)
    assert zones.one_step == pytest.approx(1.0 / 16.0)


def test_a_stream_of_one_example_has_thresholds() -> None:
    assert alpha_zones(setup_of([[2.0]], [[False]], order="cycle")).exact
    assert not alpha_zones(setup_of([[2.0], [1.0]], [[False]], order="cycle")).exact


@pytest.mark.parametrize(
    ("inputs", "frozen"),
    [([[0.0, 0.0]], [[False, False]]), ([[1.0, 2.0]], [[True, True]]), ([[1e-160]], [[False]])],
)
def test_where_nothing_can_move_alpha_does_nothing(
    inputs: list[list[float]], frozen: list[list[bool]]
) -> None:
    zones = alpha_zones(setup_of(inputs, frozen))
    assert (zones.one_step, zones.limit) == (None, None)
    assert zones.zone(0.1) == zones.zone(1e9) == "still"


def test_the_edges_belong_to_the_gentler_zone() -> None:
    zones = AlphaZones(0.5, 1.0, exact=True)
    assert [zones.zone(alpha) for alpha in (0.5, math.nextafter(0.5, 1), 1.0)] == [
        "settles",
        "overshoots",
        "overshoots",
    ]
    assert zones.zone(math.nextafter(1.0, 2)) == "diverges"


@pytest.mark.parametrize(
    ("alpha", "frozen", "limit"),
    [(0.1, [False] * 3, 0.026986), (0.3, [True, False, False], 1.0738)],
)
def test_the_limits_of_the_first_game(alpha: float, frozen: list[bool], limit: float) -> None:
    zones = alpha_zones(setup_of([[8.5, 0.65, 1.2]], [frozen], alpha))
    assert zones.limit == pytest.approx(limit, rel=5e-5)
    assert zones.zone(alpha) == ("diverges" if alpha > limit else "settles")


def test_why_a_path_diverged() -> None:
    setup = setup_of([[2.0]], [[False]], alpha=0.75)
    zones = alpha_zones(setup)
    assert "alpha 0.75 is beyond the limit 2 / s = 0.5" in why_diverged(setup, zones, ["toes"])
    stream = setup_of([[2.0], [1.0]], [[False]], alpha=0.75, order="cycle")
    words = why_diverged(stream, alpha_zones(stream), ["toes"])
    assert "alpha 0.75 is beyond 2 / max s = 0.5, up to which every step is sure to" in words
    gentle = setup_of([[2.0]], [[False]], alpha=0.25)
    assert "alpha" not in why_diverged(gentle, alpha_zones(gentle), ["toes"])


def test_a_divergence_names_the_input_that_makes_the_limit_small() -> None:
    names = ["toes", "win/loss", "fans"]
    free = setup_of([[8.5, 0.65, 1.2]], [[False] * 3], alpha=0.1)
    words = why_diverged(free, alpha_zones(free), names)
    assert words.endswith(
        "toes makes the limit small: its square is 72.25 of s = 74.11, the sum of squares"
    )
    frozen = setup_of([[8.5, 0.65, 1.2]], [[True, False, False]], alpha=3.0)
    words = why_diverged(frozen, alpha_zones(frozen), names)
    assert (
        "fans makes the limit small: its square is 1.44 of s = 1.863, the sum of squares" in words
    )
    stream = setup_of([[1.0, 0.0, 0.5], [0.0, 2.0, -3.0]], [[False] * 3], 3.0, order="cycle")
    words = why_diverged(stream, alpha_zones(stream), names)
    assert words.endswith(
        "fans makes the limit small: its square is 9 of max s = 13, the sum of squares"
    )
