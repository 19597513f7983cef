"""Many steps at once are the steps one by one, and they are cut the same way each time."""

import dataclasses
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.edits import Edit
from model.examples import ORDERS, Examples, Order, Schedule
from model.network import MAX_ERROR, Floats
from model.path import Path
from model.path.descent import BLOCK, Descent, GroupCache
from model.setup import Setup
from tests.model.made_up import bench_of, check_products, difference, made_up, states
from tests.model.reference import in_numbers, look, walk

# Differences are relative to the largest number along the path; see `difference`.
TOLERANCE = 1e-12
# alpha times the largest s: far below 1 / s, at 1 / s, at the limit, a little and far beyond.
REACHES = (1e-3, 0.3, 1.0, 1.9, 1.999999, 2.0, 2.1, 6.0, 1e3)
# Few enough to end inside a pass, a block, a group; many enough to fill some of each.
N_EXAMPLES = (1, 2, 5, 31, 32, 33, 100)


def check(setup: Setup, weights: Floats, n_steps: int) -> int:
    """Compare a path with the plain loop; returns the length of the path."""
    path = Path(setup, weights)
    path.extend(n_steps)
    visits = setup.schedule.indices(0, path.length + 2).tolist()
    steps = walk(bench_of(setup, weights), visits)
    found = states(path)
    assert difference(found, steps[:-1]) <= TOLERANCE
    check_products(found)
    if path.length < n_steps:
        assert path.diverged
        assert not max(steps[-1].error) <= MAX_ERROR * (1 - 1e-6)
    return path.length


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("reach", REACHES)
def test_random_experiments_are_the_plain_loop(order: Order, reach: float) -> None:
    rng = np.random.default_rng([ORDERS.index(order), REACHES.index(reach)])
    lengths = []
    for case in range(10):
        shape = (int(rng.integers(1, 9)), int(rng.integers(1, 9)))
        n_examples = int(rng.integers(1, 41))
        frozen = float(rng.choice([0.0, 0.3, 0.7]))
        setup, weights = made_up(
            n_examples, order, shape=shape, reach=reach, frozen=frozen, seed=case
        )
        lengths.append(check(setup, weights, 80))
    if reach <= 2:
        assert lengths == [80] * 10
    elif reach >= 6:
        assert min(lengths) < 80


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("n_examples", N_EXAMPLES)
def test_a_path_over_many_groups_is_the_plain_loop(order: Order, n_examples: int) -> None:
    setup, weights = made_up(n_examples, order, frozen=0.2, seed=n_examples)

    assert check(setup, weights, 700) == 700


numbers = st.one_of(st.integers(-3, 3).map(float), st.floats(-1e3, 1e3, width=32))


@st.composite
def experiments(draw: st.DrawFn) -> tuple[Setup, Floats]:
    """Anything small: zeros, repetitions, numbers of very different size, all frozen."""
    n_examples, n_inputs, n_outputs = (draw(st.integers(1, 8)) for _ in range(3))
    examples = Examples(
        draw(arrays(np.float64, (n_examples, n_inputs), elements=numbers)),
        draw(arrays(np.float64, (n_examples, n_outputs), elements=numbers)),
    )
    frozen = draw(arrays(np.bool_, (n_outputs, n_inputs)))
    weights = draw(arrays(np.float64, (n_outputs, n_inputs), elements=numbers))
    schedule = Schedule(draw(st.sampled_from(ORDERS)), n_examples, draw(st.integers(0, 3)))
    return Setup(examples, schedule, draw(st.floats(1e-9, 10)), frozen), weights


@given(experiments(), st.integers(0, 70))
@settings(max_examples=100)
def test_odd_experiments_are_the_plain_loop(experiment: tuple[Setup, Floats], n_steps: int) -> None:
    setup, weights = experiment
    path = Path(setup, weights)
    path.extend(n_steps)
    visits = setup.schedule.indices(0, path.length + 1).tolist()
    bench = bench_of(setup, weights)
    steps = walk(bench, visits)

    # Where sums cancel, rounding is relative to their terms: what the deltas were made of,
    # and how far alpha carries them.
    terms = max(
        sum(abs(w * x) for w, x in zip(row, bench.inputs[example], strict=True))
        for step, example in zip(steps, visits, strict=True)
        for row in step.weights
    )
    pred_size = terms + max(abs(t) for target in bench.targets for t in target)
    largest_input = max(abs(x) for inputs in bench.inputs for x in inputs)
    weight_size = max(abs(w) for step in steps for row in step.weights for w in row)
    weight_size += setup.alpha * largest_input * pred_size
    assume(pred_size < 1e30)
    for state, step in zip(states(path), steps, strict=True):
        pred_slack = TOLERANCE * (pred_size + largest_input * weight_size)
        assert state.weights == pytest.approx(
            np.array(step.weights), rel=0, abs=TOLERANCE * weight_size
        )
        assert state.pred == pytest.approx(step.pred, rel=0, abs=pred_slack)
        assert state.delta == pytest.approx(step.delta, rel=0, abs=pred_slack)
        first = path.weights(0)
        assert first.tolist() == weights.tolist()
        assert state.weights[setup.frozen].tobytes() == first[setup.frozen].tobytes()
    check_products(states(path))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("reach", [0.3, 1.0, 2.0, 2.1])
def test_the_path_is_the_exact_one_to_rounding(order: Order, reach: float) -> None:
    setup, weights = made_up(3, order, reach=reach, frozen=0.2, seed=8)
    path = Path(setup, weights)
    path.extend(40)
    visits = setup.schedule.indices(0, 41).tolist()
    exact = walk(in_numbers(bench_of(setup, weights), Fraction), visits)

    largest = max(abs(float(w)) for step in exact for row in step.weights for w in row)
    for state, step in zip(states(path), exact, strict=True):
        for ours, theirs in zip(state.weights.tolist(), step.weights, strict=True):
            for w, exactly in zip(ours, theirs, strict=True):
                assert abs(float(Fraction(w) - exactly)) <= 1e-13 * largest


@pytest.mark.parametrize("reach", [2.3, 2.6])
def test_blocks_whose_inverse_would_amplify_rounding_are_the_plain_loop(reach: float) -> None:
    # Examples much like each other: the first ones throw the weights ever farther, the small
    # ones after them bring the weights back.
    rng = np.random.default_rng(2)
    inputs = rng.normal(size=(1, 4)) + 0.01 * rng.normal(size=(100, 4))
    inputs[12:] *= 0.6
    setup, weights = made_up(100, "cycle", shape=(2, 4), seed=2)
    setup = dataclasses.replace(
        setup,
        examples=Examples(inputs, setup.examples.base_targets),
        alpha=reach / float((inputs**2).sum(axis=1).max()),
    )
    stable = Descent(setup).group(0).stable
    assert stable.any()
    assert not stable.all()

    assert check(setup, weights, 400) == 400


@pytest.mark.parametrize("reach", [2.003, 2.05])
@pytest.mark.parametrize("n_examples", [1, 2, 4])
def test_a_path_that_diverges_slowly_is_the_plain_loop(n_examples: int, reach: float) -> None:
    # Rounding that is the same in every pass adds up where each pass amplifies the last.
    for seed in range(3):
        setup, weights = made_up(n_examples, "cycle", shape=(2, 4), seed=seed)
        base = setup.examples.base_inputs
        inputs = base[:1] + 0.01 * base
        setup = dataclasses.replace(
            setup,
            examples=Examples(inputs, setup.examples.base_targets),
            alpha=reach / float((inputs**2).sum(axis=1).max()),
        )
        check(setup, weights, 1500)


@pytest.mark.parametrize("reach", [1.98, 1.999, 1.999999, 2.0])
def test_a_long_walk_that_hardly_settles_is_the_plain_loop(reach: float) -> None:
    # The first game's toes. Rounding that is the same in every block must not add up.
    inputs, target, weights = [8.5, 0.65, 1.2], 1.0, [0.1, 0.2, -0.1]
    alpha = reach / sum(x * x for x in inputs)
    n_steps = 100_000 if reach == 1.999999 else 20_000
    examples = Examples(np.array([inputs]), np.array([[target]]))
    setup = Setup(examples, Schedule("first", 1), alpha, np.zeros((1, 3), dtype=np.bool_))
    path = Path(setup, np.array([weights]))
    assert path.extend(n_steps) == n_steps

    a, b, c = weights
    x, y, z = inputs
    for _ in range(n_steps):
        delta = a * x + b * y + c * z - target
        a, b, c = a - alpha * (delta * x), b - alpha * (delta * y), c - alpha * (delta * z)
    assert path.weights(n_steps)[0] == pytest.approx([a, b, c], rel=TOLERANCE, abs=0)


def test_outputs_with_masks_of_their_own_are_the_plain_loop() -> None:
    setup, weights = made_up(7, "cycle", shape=(6, 4), seed=3)
    frozen = np.zeros((6, 4), dtype=np.bool_)
    frozen[0, 1] = frozen[2, 1] = True  # two outputs share a mask
    frozen[3] = True  # one is frozen altogether
    frozen[4, [0, 2, 3]] = True
    setup = dataclasses.replace(setup, frozen=frozen)

    assert len(Descent(setup).group(0).inverses) == 4
    assert check(setup, weights, 200) == 200


def boundaries(descent: Descent, start: int, stop: int) -> list[int]:
    """Where the groups of a run from ``start`` begin."""
    found = []
    while start < stop:
        found.append(start)
        start += descent.group_steps(start)
    return found


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("n_examples", N_EXAMPLES)
def test_groups_fall_into_step_wherever_a_run_starts(order: Order, n_examples: int) -> None:
    descent = Descent(made_up(n_examples, order)[0])
    for start in (0, 1, 7, 31, 32, 33, 500):
        found = boundaries(descent, start, 8000)
        assert all(
            descent.group(at).steps == descent.group_steps(at) for at in found[: len(found) // 4]
        )
        rest = boundaries(descent, found[3], 8000)
        assert found[3:] == rest


@pytest.mark.parametrize("order", ORDERS)
def test_a_group_holds_the_rows_of_its_steps(order: Order) -> None:
    setup, _ = made_up(33, order, seed=6)
    descent = Descent(setup)
    for start in boundaries(descent, 5, 2000):
        group = descent.group(start)
        inputs, targets = setup.rows(start, start + group.steps)
        assert group.inputs.reshape(-1, 3).tobytes() == inputs.tobytes()
        assert group.targets.reshape(-1, 2).tobytes() == targets.tobytes()


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("frozen", [0.0, 0.4])
@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (10, 64)])
def test_replaying_deltas_gives_the_weights_of_the_run(
    order: Order, frozen: float, shape: tuple[int, int]
) -> None:
    setup, weights = made_up(33, order, shape=shape, frozen=frozen, seed=1)
    descent, again = Descent(setup), Descent(setup)
    start, now = 5, weights
    deltas = np.empty((0, shape[0]))
    while start < 1500:
        out = np.empty((descent.group_steps(start), shape[0]))
        now, taken = descent.advance(now, start, out)
        deltas = np.concatenate([deltas, out])
        start += taken
        assert again.replay(weights, 5, deltas).tobytes() == now.tobytes()


@pytest.mark.parametrize("order", ORDERS)
def test_deltas_alone_are_those_of_a_whole_advance(order: Order) -> None:
    setup, weights = made_up(33, order, shape=(4, 6), frozen=0.2, seed=4)
    descent = Descent(setup)
    for start in (0, 5, 32):
        n = descent.group_steps(start)
        whole, alone = np.empty((n, 4)), np.empty((n, 4))
        after, taken = descent.advance(weights, start, whole)
        begun, before, found = descent.solve(weights, start, alone)
        assert (found, alone.tobytes()) == (taken, whole.tobytes())
        assert begun.tobytes() == descent.replay(weights, start, whole[:before]).tobytes()
        gone_on = descent.replay(begun, start + before, alone[before:])
        assert gone_on.tobytes() == after.tobytes()


def test_a_step_of_many_weights_waits_for_few_others() -> None:
    setup, _ = made_up(4, "cycle", shape=(1000, 1000))
    assert all(Descent(setup).group_steps(start) <= BLOCK for start in (0, 3, 31, 32))
    few = made_up(4, "cycle", shape=(10, 64))[0]
    assert Descent(few).group_steps(0) > BLOCK


@pytest.mark.parametrize("order", ORDERS)
def test_neither_a_step_nor_a_replay_changes_what_it_was_given(order: Order) -> None:
    setup, weights = made_up(5, order, frozen=0.3)
    descent = Descent(setup)
    kept = weights.tobytes(), setup.examples.base_inputs.tobytes()
    out = np.empty((descent.group_steps(0), 2))
    descent.advance(weights, 0, out)
    deltas = out.tobytes()
    descent.replay(weights, 0, out)

    assert (weights.tobytes(), setup.examples.base_inputs.tobytes()) == kept
    assert out.tobytes() == deltas


def test_prepared_groups_are_used_again_in_the_next_pass() -> None:
    setup, _ = made_up(100, "cycle")
    descent = Descent(setup)

    assert descent.group(0) is descent.group(100) is descent.group(1000)
    assert descent.group(0) is not descent.group(96)


def test_a_guest_s_group_is_not_mistaken_for_another_pass_s() -> None:
    setup, weights = made_up(100, "cycle")
    guest = dataclasses.replace(setup, guest=(203, np.full(3, 9.0), np.full(2, 9.0)))
    descent = Descent(guest)
    rows = [descent.group(at).inputs.reshape(-1, 3)[3].tolist() for at in (0, 100, 200, 300)]

    fourth = setup.examples.inputs(3).tolist()
    assert rows == [fourth, fourth, [9.0] * 3, fourth]
    assert weights.shape == (2, 3)


@pytest.mark.parametrize("edited", [False, True])
def test_a_group_knows_how_many_bytes_it_keeps_alive(edited: bool) -> None:
    setup, _ = made_up(2000, "cycle", shape=(10, 784))
    if edited:
        setup = dataclasses.replace(
            setup, examples=setup.examples.with_rows({3: (np.zeros(784), np.zeros(10))})
        )
    descent = Descent(setup)
    tracemalloc.start()
    try:
        group = descent.group(0)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert group.nbytes == pytest.approx(kept, rel=0.05)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("alpha", [1e9, 1e100, 1e300])
def test_an_absurd_alpha_stops_the_path_with_honest_numbers(order: Order, alpha: float) -> None:
    for seed in range(5):
        setup, weights = made_up(5, order, frozen=0.4, seed=seed)
        path = Path(dataclasses.replace(setup, alpha=alpha), weights)
        path.extend(1000)

        assert path.length < 1000
        assert path.diverged
        assert path.extend(1) == 0
        for state in states(path):
            for array in (state.weights, state.pred, state.delta, state.weight_delta):
                assert np.isfinite(array).all()
            assert state.error.max() <= MAX_ERROR
            assert state.weights[setup.frozen].tobytes() == weights[setup.frozen].tobytes()


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("reach", [2.05, 3.0, 50.0])
def test_a_diverging_path_stops_before_the_step_that_would_pass_the_largest_error(
    order: Order, reach: float
) -> None:
    setup, weights = made_up(1, order, shape=(3, 2), reach=reach, frozen=0.2, seed=4)
    path = Path(setup, weights)
    path.extend(100_000)
    last = path.state(path.length)
    after = np.where(setup.frozen, last.weights, last.weights - setup.alpha * last.weight_delta)
    error = look(after.tolist(), last.inputs.tolist(), last.target.tolist()).error

    assert 0 < path.length < 2000
    assert last.error.max() <= MAX_ERROR < max(error)


def test_a_path_that_cannot_move_goes_on_for_ever() -> None:
    setup, weights = made_up(4, "cycle", frozen=1.1)
    path = Path(setup, weights)

    assert setup.frozen.all()
    assert path.extend(50_000) == 50_000
    assert path.weights(50_000).tobytes() == weights.tobytes()


@pytest.mark.parametrize("order", ORDERS)
def test_frozen_weights_keep_every_bit_over_a_long_run(order: Order) -> None:
    setup, weights = made_up(33, order, shape=(4, 5), frozen=0.5, reach=1.5, seed=11)
    # Zero has a sign too.
    output, column = np.argwhere(setup.frozen)[0]
    weights[output, column] = -0.0
    path = Path(setup, weights)
    first = path.weights(0)
    path.extend(30_000)
    assert first.tolist() == weights.tolist()

    for step in (1, 31, 32, 33, 8191, 8192, 8193, 29_999, 30_000):
        assert path.weights(step)[setup.frozen].tobytes() == first[setup.frozen].tobytes()
    assert (path.weights(30_000) != weights)[~setup.frozen].all()


def test_what_is_prepared_for_one_setup_goes_for_that_of_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A pass over these makes 5 MB of inverses, and each alpha needs its own.
    monkeypatch.setattr("model.path.path.GroupCache", lambda: GroupCache(8_000_000))
    setup, weights = made_up(20_000, "cycle", shape=(1, 2))
    path = Path(setup, weights)
    tracemalloc.start()
    try:
        for number in range(8):
            path.extend(20_000)
            path.edit(Edit(path.length, "alpha", (setup.alpha / (number + 2),)))
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert kept < 8_000_000 + path.nbytes + 1_000_000


def test_the_cache_lets_go_of_what_was_used_longest_ago() -> None:
    setup, _ = made_up(2000, "cycle")
    one = Descent(setup).group(0).nbytes
    cache = GroupCache(2 * one)
    first, second = Descent(setup, cache), Descent(setup, cache)
    kept, dropped = first.group(0), second.group(0)
    assert kept is not dropped
    assert first.group(0) is kept
    assert cache.nbytes == 2 * one
    first.group(512)

    assert first.group(0) is kept
    assert cache.nbytes == 2 * one
    assert second.group(0) is not dropped
