"""A path is the same to the last bit however it is run, looked at, left and restored."""

import dataclasses
import gc
import itertools
import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.edits import Edit, EditError
from model.examples import ORDERS, Order
from model.network import MAX_ERROR
from model.path import MAX_EXACT, Path
from model.path.descent import GroupCache
from model.path.memory import CHUNK, Memory
from model.path.summaries import PART
from tests.model.made_up import bits, edits, made_up, replayed, states

N_EXAMPLES = (1, 2, 5, 31, 32, 33, 100)
# Around a block, a group, a chunk and a pass.
CROSSINGS = (0, 1, 31, 32, 33, 511, 512, 513, 1023, 1024, 1025, CHUNK - 1, CHUNK, CHUNK + 1)
orders = pytest.mark.parametrize("order", ORDERS)


def path_of(n_examples: int = 5, order: Order = "cycle", reach: float = 0.5) -> Path:
    return Path(*made_up(n_examples, order, frozen=0.2, reach=reach, seed=n_examples))


def run(path: Path, *pieces: int) -> Path:
    for piece in pieces:
        assert path.extend(piece) == piece
    return path


def some_steps(path: Path) -> list[int]:
    """Some steps from all over a path, and all around its edits and its end."""
    around = [edit.step for edit in path.edits] + [path.length]
    near = {step + by for step in around for by in (-1, 0, 1)}
    return sorted(near & set(range(path.length + 1)) | set(range(0, path.length, 151)))


def change_alpha(path: Path, step: int, factor: float = 0.5) -> None:
    path.edit(Edit(step, "alpha", (path.setup_at(step).alpha * factor,)))


# -- running -----------------------------------------------------------------------------------


@orders
@pytest.mark.parametrize("n_examples", N_EXAMPLES)
def test_a_path_is_the_same_however_it_was_cut(order: Order, n_examples: int) -> None:
    whole = bits(run(path_of(n_examples, order), 250))

    assert bits(run(path_of(n_examples, order), *[1] * 250)) == whole
    assert bits(run(path_of(n_examples, order), 0, 3, 29, 1, 32, 33, 0, 64, 88)) == whole


@orders
def test_long_pieces_make_the_same_path_as_short_ones(order: Order) -> None:
    whole, pieces = run(path_of(33, order), 20_000), path_of(33, order)
    for piece in itertools.cycle((1, 1024, 7, 8192, 100, 511)):
        if pieces.extend(min(piece, 20_000 - pieces.length)) == 0:
            break

    looked_at = range(0, 20_001, 61)
    assert bits(pieces, looked_at) == bits(whole, looked_at)
    assert pieces.errors(0, 20_001)[1].tobytes() == whole.errors(0, 20_001)[1].tobytes()


@orders
@pytest.mark.parametrize("n_examples", [2, 33])
def test_a_state_is_the_same_wherever_one_comes_from(order: Order, n_examples: int) -> None:
    path = run(path_of(n_examples, order), 9000)
    forward = [bits(path, range(step, step + 1)) for step in CROSSINGS]
    backward = [bits(path, range(step, step + 1)) for step in reversed(CROSSINGS)]

    assert backward[::-1] == forward
    for step, before in zip(CROSSINGS, forward, strict=True):
        fresh = run(path_of(n_examples, order), step)
        assert bits(fresh, range(step, step + 1)) == before


@orders
def test_looking_around_between_steps_changes_nothing(order: Order) -> None:
    path = path_of(33, order)
    rng = np.random.default_rng(0)
    while path.length < 9000:
        path.extend(int(rng.integers(1, 700)))
        path.state(int(rng.integers(0, path.length + 1)))
        path.errors(0, path.length + 1)

    looked_at = range(0, path.length + 1, 147)
    assert bits(path, looked_at) == bits(run(path_of(33, order), path.length), looked_at)


@orders
def test_states_come_back_after_their_deltas_were_let_go(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    ample = run(path_of(33, order), 30_000)
    monkeypatch.setattr("model.path.path.Memory", lambda: Memory(1, 1))
    scarce = path_of(33, order)
    for _ in range(30):
        run(scarce, 1000)
        scarce.state(scarce.length // 2)  # another chunk takes the room of the last

    for looked_at in (range(29_990, 30_001), range(0, 30_001, 997), range(5, 20)):
        assert bits(scarce, looked_at) == bits(ample, looked_at)
    assert scarce.errors(100, 25_000)[1].tobytes() == ample.errors(100, 25_000)[1].tobytes()
    assert scarce.errors(0, 30_001)[1].tobytes() == ample.errors(0, 30_001)[1].tobytes()


def test_what_cannot_be_asked_for_is_refused_and_changes_nothing() -> None:
    path = run(path_of(), 40)
    before = bits(path)
    wrong: list[Callable[[], object]] = [
        lambda: path.state(-1),
        lambda: path.state(41),
        lambda: path.weights(-1),
        lambda: path.weights(41),
        lambda: path.extend(-1),
        lambda: path.errors(-1, 5),
        lambda: path.errors(0, 42),
        lambda: path.weight_series([(0, 0)], 0, 10**9),
        lambda: path.edit(Edit(41, "alpha", (0.1,))),
        lambda: path.edit(Edit(-1, "alpha", (0.1,))),
    ]
    for ask in wrong:
        with pytest.raises(ValueError, match="step"):
            ask()

    assert path.length == 40
    assert path.edits == ()
    assert bits(path) == before


def test_no_one_can_write_into_a_path() -> None:
    setup, weights = made_up()
    path = run(Path(setup, weights), 600)
    path.edit(Edit(600, "guest", (1.0, 2.0, 3.0, 4.0, 5.0)))
    before = bits(path)
    weights[:] = 7.0
    for step in (0, 5, 512, 600):
        state = path.state(step)
        for array in (state.inputs, state.target, state.weights, path.weights(step)):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 7.0

    assert bits(path) == before


# -- edits and restoring -----------------------------------------------------------------------


@orders
@pytest.mark.parametrize("step", CROSSINGS)
def test_a_change_in_the_past_starts_a_new_future_and_restoring_brings_back_the_old(
    order: Order, step: int
) -> None:
    n_steps = 9000 if step > 1000 else 1200
    path = run(path_of(33, order), n_steps)
    looked_at = range(0, n_steps + 1, n_steps // 30)
    old, snapshot = bits(path, looked_at), path.snapshot()
    past = bits(path, range(max(0, step - 5), step))

    path.edit(Edit(step, "weights", (2.0, -2.0), ((0, 0), (1, 1))))
    assert path.length == step
    run(path, n_steps + 500 - step)
    assert bits(path, range(max(0, step - 5), step)) == past
    new = bits(path, looked_at)
    assert new != old

    future = path.snapshot()
    path.restore(snapshot)
    assert (path.length, path.edits) == (n_steps, ())
    assert bits(path, looked_at) == old
    path.restore(future)
    assert path.length == n_steps + 500
    assert len(path.edits) == 1
    assert bits(path, looked_at) == new


def test_a_restored_path_goes_on_as_if_it_had_never_been_left() -> None:
    path = run(path_of(), 700)
    snapshot = path.snapshot()
    change_alpha(path, 20)
    run(path, 9000)
    path.restore(snapshot)
    run(path, 1000)

    assert bits(path) == bits(run(path_of(), 1700))


def test_a_change_at_the_end_goes_on_from_there() -> None:
    path = run(path_of(), 50)
    change_alpha(path, 50)
    run(path, 50)
    change_alpha(path, 100)
    run(path, 50)

    assert path.length == 150
    assert [edit.step for edit in path.edits] == [50, 100]
    alphas = [path.state(step).setup.alpha for step in (49, 50, 99, 100, 150)]
    assert alphas[1] == alphas[2] == alphas[0] / 2
    assert alphas[3] == alphas[4] == alphas[0] / 4


def test_a_change_in_the_past_forgets_the_changes_after_it() -> None:
    path = run(path_of(), 50)
    change_alpha(path, 50)
    run(path, 50)
    path.edit(Edit(30, "weights", (0.5,), ((0, 0),)))

    assert [edit.kind for edit in path.edits] == ["weights"]
    assert path.setup.alpha == path.state(0).setup.alpha


def test_the_same_cell_changed_again_at_the_same_step_is_one_change() -> None:
    path = run(path_of(), 50)
    for value in (1.0, 2.0, 3.0):
        path.edit(Edit(40, "weights", (value,), ((1, 2),)))
    path.edit(Edit(40, "weights", (4.0,), ((1, 1),)))

    assert path.edits == (Edit(40, "weights", (3.0, 4.0), ((1, 2), (1, 1))),)
    assert path.weights(40)[1, 1:].tolist() == [4.0, 3.0]


def test_a_change_that_is_refused_changes_nothing() -> None:
    path = run(path_of(), 60)
    change_alpha(path, 10)
    run(path, 50)
    before, was = bits(path), (path.length, path.edits)
    for edit in (
        Edit(20, "weights", (1e9, 1e9, 1e9), ((0, 0), (0, 1), (0, 2))),
        Edit(20, "alpha", (-1.0,)),
        Edit(20, "visit", (5.0,)),
        Edit(20, "inputs", (1.0,), ((5, 0),)),
    ):
        with pytest.raises(EditError):
            path.edit(edit)

    assert (path.length, path.edits) == was
    assert bits(path) == before


@orders
@given(data=st.data())
@settings(max_examples=20)
def test_any_story_of_edits_can_be_told_again(order: Order, data: st.DataObject) -> None:
    n_examples = data.draw(st.sampled_from((1, 2, 5, 33)))
    path = path_of(n_examples, order)
    moments = []
    for _ in range(data.draw(st.integers(1, 6))):
        path.extend(data.draw(st.sampled_from((0, 1, 2, 31, 40, 600))))
        step = data.draw(st.one_of(st.just(path.length), st.integers(0, path.length)))
        moments.append((path.snapshot(), bits(path, some_steps(path))))
        path.edit(data.draw(edits(path.setup_at(step), step)))
    path.extend(40)

    told = bits(path, some_steps(path))
    assert bits(replayed(path, path_of(n_examples, order)), some_steps(path)) == told
    now = path.snapshot()
    for snapshot, then in reversed(moments):
        path.restore(snapshot)
        assert bits(path, some_steps(path)) == then
    path.restore(now)
    assert bits(path, some_steps(path)) == told


def test_many_changes_hold_no_memory_once_they_are_gone() -> None:
    setup, weights = made_up(40, shape=(50, 100))
    path = Path(setup, weights)
    path.extend(10)
    path.edit(Edit(5, "weights", (0.5,), ((0, 0),)))
    tracemalloc.start()
    try:
        for value in range(300):
            path.edit(Edit(5, "weights", (float(value),), ((0, 0),)))
            path.extend(3)
            path.state(7)
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert used < 2_000_000


# -- divergence --------------------------------------------------------------------------------


@orders
def test_a_diverged_path_stops_and_goes_on_after_a_change(order: Order) -> None:
    path = path_of(3, order, reach=40.0)
    taken = path.extend(10_000)

    assert taken == path.length < 10_000
    assert (path.diverged, path.extend(5), path.length) == (True, 0, taken)
    assert all(state.error.max() <= MAX_ERROR for state in states(path))
    steps, errors = path.errors(0, taken + 1)
    assert len(steps) == taken + 1
    assert errors.max() <= MAX_ERROR
    assert np.isfinite(path.weight_series([(0, 0), (1, 2)], 0, taken + 1)[1]).all()

    path.edit(Edit(taken, "weights", (0.5,) * 6, tuple(np.ndindex(2, 3))))
    change_alpha(path, taken, 0.01)
    assert not path.diverged
    assert path.extend(500) == 500
    assert path.state(path.length).error.max() < 100.0

    change_alpha(path, 1, 0.01)
    assert path.extend(500) == 500


def test_a_path_that_diverges_between_two_groups_stops_before() -> None:
    n_steps = 511
    path = path_of(1, "first")
    path.edit(Edit(0, "targets", (3.0,), ((0, 0),)))
    run(path, n_steps)
    # The guest's update throws the weights so far that the next step cannot be shown.
    path.edit(Edit(n_steps, "guest", (1e6, 1e6, 1e6, 0.0, 0.0)))

    assert path.extend(1) == 0
    assert path.diverged
    assert path.state(n_steps).example is None


def test_a_diverged_path_can_be_left_in_the_past_and_come_back_to() -> None:
    path = path_of(3, reach=40.0)
    path.extend(10_000)
    told, snapshot = bits(path), path.snapshot()
    change_alpha(path, 2, 0.01)
    run(path, 1000)
    path.restore(snapshot)

    assert path.diverged
    assert path.extend(1) == 0
    assert bits(path) == told


def test_no_plot_of_a_diverging_path_gets_a_nan_or_an_infinity() -> None:
    # A little past the limit, so that it takes a long time.
    path = path_of(1, "first", reach=2.001)
    path.extend(1_000_000)

    assert MAX_EXACT < path.length < 100_000
    steps, errors = path.errors(0, path.length + 1)
    assert np.isfinite(errors).all()
    assert 1e10 < errors.max() <= MAX_ERROR
    assert np.isfinite(path.weight_series([(1, 1)], 0, path.length + 1)[1]).all()
    assert len(steps) < 200


def test_an_error_at_the_very_limit_is_looked_at_like_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("model.path.path.Memory", lambda: Memory(1, 1))
    # Sums in another order put the first error on either side of the largest, by a hair.
    rng = np.random.default_rng(0)
    setup, _ = made_up(1, "first", shape=(1, 3))
    for _ in range(60):
        inputs, weights = rng.normal(size=3) * 1e6, rng.normal(size=(1, 3)) * 1e6
        target = weights @ inputs - np.sqrt(MAX_ERROR)
        edge = dataclasses.replace(
            setup, examples=dataclasses.replace(
                setup.examples, base_inputs=inputs[None, :], base_targets=target[None, :]
            ), alpha=1e-12,
        )  # fmt: skip
        path = Path(edge, weights)
        if path.state(0).error[0] > MAX_ERROR:
            continue  # refused where it is edited or read
        path.extend(3)
        # What was let go in between is computed again.
        snapshot = path.snapshot()
        change_alpha(path, 0)
        path.errors(0, 1)
        path.restore(snapshot)
        steps, errors = path.errors(0, path.length + 1)

        assert steps.tolist() == list(range(path.length + 1))
        assert errors[0, 0] == pytest.approx([MAX_ERROR], rel=1e-8)


# -- plots -------------------------------------------------------------------------------------


def three_futures() -> Path:
    """A path with edits between, whose segments end inside parts and chunks."""
    path = run(path_of(33), 10)
    change_alpha(path, 10)
    run(path, 1500)
    path.edit(Edit(1510, "weights", (2.0,), ((0, 0),)))
    run(path, 2 * CHUNK)
    change_alpha(path, path.length - 20)
    return run(path, CHUNK)


def test_errors_of_a_range_are_those_of_the_states() -> None:
    path = three_futures()
    for start, stop in ((0, 40), (5, 12), (1500, 1530), (path.length - 30, path.length + 1)):
        steps, errors = path.errors(start, stop)
        assert steps.tolist() == list(range(start, stop))
        assert errors.shape == (stop - start, 3, 2)
        expected = np.array([path.state(step).error for step in range(start, stop)])
        for which in range(3):
            assert errors[:, which] == pytest.approx(expected, rel=1e-12, abs=1e-24)


@pytest.mark.parametrize("start", [0, 3, 700])
def test_errors_of_a_long_range_come_in_parts_that_leave_nothing_out(start: int) -> None:
    path = three_futures()
    stop = path.length + 1
    steps, errors = path.errors(start, stop)
    pieces = [path.errors(at, min(at + 5000, stop)) for at in range(start, stop, 5000)]
    exact = np.concatenate([piece[1][:, 0] for piece in pieces])

    assert stop - start > MAX_EXACT
    assert (np.diff(steps) > 0).all()
    assert (np.diff(steps) <= PART).all()
    assert start <= steps[0] < start + PART
    assert stop - 2 * PART < steps[-1] <= stop - PART
    ends = np.append(steps[1:], steps[-1] + PART).astype(int)
    for first, last, part in zip(steps.astype(int), ends, errors, strict=True):
        inside = exact[first - start : last - start]
        assert part[0].tolist() == inside.min(axis=0).tolist()
        assert part[1] == pytest.approx(inside.mean(axis=0), rel=1e-12)
        assert part[2].tolist() == inside.max(axis=0).tolist()


def test_a_plot_of_a_path_several_times_as_long_gets_no_more_points() -> None:
    short, long = (run(Path(*made_up(1, "first", shape=(1, 1))), n) for n in (10**6, 4 * 10**6))
    counts = {}
    for path in (short, long):
        steps, errors = path.errors(0, path.length + 1)
        samples, _ = path.weight_series([(0, 0)], 0, path.length + 1)
        counts[path] = (len(steps), len(samples))

        assert errors[:, 0].min() <= path.state(path.length).error[0]
        assert errors[0, 2] == path.state(0).error
        assert (steps[0], samples[0]) == (0, 0)
        assert path.length - 2 * PART < steps[-1] <= path.length
    assert counts[long][0] <= 2 * counts[short][0]
    assert counts[long][1] <= 2 * counts[short][1]
    assert min(counts[long]) > 200


def test_weights_of_a_range_are_those_of_the_states() -> None:
    path = three_futures()
    cells = [(0, 0), (1, 2), (0, 1)]
    for start, stop in ((0, 40), (5, 12), (1500, 1530), (1510, 1511), (16_000, 20_000)):
        steps, values = path.weight_series(cells, start, stop)
        assert steps.tolist() == list(range(start, stop))
        expected = [[path.weights(step)[cell] for cell in cells] for step in range(start, stop)]
        assert np.abs(values - np.array(expected)).max() <= 1e-12 * np.abs(expected).max()


def test_weights_of_a_range_know_of_changed_examples_and_guests() -> None:
    path = run(path_of(5), 20)
    path.edit(Edit(20, "inputs", (2.0, -1.0), ((3, 1), (0, 2))))
    path.edit(Edit(20, "targets", (2.0,), ((2, 1),)))
    run(path, 30)
    path.edit(Edit(50, "guest", (1.0, -2.0, 0.5, 3.0, -3.0)))
    run(path, 30)
    cells = [(0, 0), (1, 2), (0, 1), (1, 1)]
    _, values = path.weight_series(cells, 0, 81)

    expected = [[path.weights(step)[cell] for cell in cells] for step in range(81)]
    assert np.abs(values - np.array(expected)).max() <= 1e-12 * np.abs(expected).max()


def test_weights_of_a_long_range_are_exact_where_they_are_kept() -> None:
    path = three_futures()
    steps, values = path.weight_series([(0, 0), (1, 2)], 0, path.length + 1)

    assert len(steps) < 60
    assert (np.diff(steps) > 0).all()
    assert np.diff(steps).max() <= 2 * PART
    for step, value in zip(steps.astype(int), values, strict=True):
        weights = path.weights(int(step))
        assert value.tolist() == [weights[0, 0], weights[1, 2]]


def test_a_frozen_weight_is_a_level_line() -> None:
    setup, weights = made_up(5, frozen=0.5, seed=1)
    path = run(Path(setup, weights), 3000)
    cells = [(int(row), int(column)) for row, column in np.argwhere(setup.frozen)]
    _, values = path.weight_series(cells, 0, 3001)

    assert len(cells) >= 2
    for column, cell in zip(values.T, cells, strict=True):
        assert set(column.tolist()) == {float(weights[cell])}


def test_an_empty_range_has_no_points() -> None:
    path = run(path_of(), 10)
    steps, errors = path.errors(4, 4)
    assert (steps.shape, errors.shape) == ((0,), (0, 3, 2))
    steps, values = path.weight_series([(0, 0)], 4, 4)
    assert (steps.shape, values.shape) == ((0,), (0, 1))
    steps, values = path.weight_series([], 0, 4)
    assert (steps.shape, values.shape) == ((4,), (4, 0))


# -- memory ------------------------------------------------------------------------------------


def test_a_million_steps_of_nine_weights_stay_small() -> None:
    path = Path(*made_up(4, shape=(3, 3)))
    tracemalloc.start()
    try:
        path.extend(1_000_000)
        path.errors(0, 1_000_001)
        used, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert path.length == 1_000_000
    assert not path.full
    assert path.nbytes < 100e6
    assert used < 100e6
    assert peak < 100e6


def test_a_path_says_when_it_has_as_many_checkpoints_as_it_may_keep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = run(path_of(), 3 * CHUNK)
    assert not path.full
    monkeypatch.setattr("model.path.path.MAX_PATH_BYTES", 1000)
    assert path.full


@pytest.mark.parametrize("kind", ["weights", "frozen", "inputs", "targets", "guest", "alpha"])
def test_edits_are_counted_with_all_that_is_made_for_them(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.path.path.GroupCache", lambda: GroupCache(0))
    path = run(Path(*made_up(5, shape=(10, 400))), 1)
    rng = np.random.default_rng(0)
    rows, columns = {"inputs": (5, 400), "targets": (5, 10)}.get(kind, (10, 400))
    tracemalloc.start()
    try:
        before = path.nbytes
        for number in range(40):
            chosen = rng.random((rows, columns)) < 0.5
            at = tuple(zip(*(axis.tolist() for axis in np.nonzero(chosen)), strict=True))
            to = tuple(rng.integers(0, 2, len(at)).astype(np.float64).tolist())
            if kind == "alpha":
                at, to = (), (path.setup.alpha * 0.99,)
            elif kind == "guest":
                at, to = (), tuple(rng.random(410).tolist())
            path.edit(Edit(path.length, kind, to, at))
            del at, to
            run(path, 1 + number % 2)
        gc.collect()
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert used <= 1.25 * (path.nbytes - before)
    assert path.nbytes - before <= 2 * used


def test_a_snapshot_knows_the_bytes_that_it_keeps_alive() -> None:
    path = run(path_of(), 10)
    small = path.snapshot().nbytes
    run(path, 10 * CHUNK)

    assert path.snapshot().nbytes > small + 10 * 9 * 48
