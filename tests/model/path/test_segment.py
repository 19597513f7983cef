"""What is let go comes back unchanged, and what is summed up is what happened."""

import gc
import tracemalloc
from typing import Any

import numpy as np
import pytest

from model.examples import ORDERS, Order
from model.path.descent import Descent
from model.path.memory import CHUNK, Memory, Recent
from model.path.segment import Chunk, Segment
from model.path.summaries import PART
from tests.model.made_up import made_up


def chunk_of(n_steps: int) -> Chunk:
    return Chunk(0, np.zeros((2, 3)), n_steps, np.zeros((n_steps, 2)))


def new_segment(
    n_examples: int = 5, order: Order = "cycle", start: int = 0, budget: int = 2**30
) -> Segment:
    setup, weights = made_up(n_examples, order)
    return Segment(start, weights, Descent(setup), Memory(budget))


def test_the_store_lets_go_of_what_was_looked_at_longest_ago() -> None:
    store = Recent(3 * 160)
    first, second, third, fourth = (chunk_of(10) for _ in range(4))
    for chunk in (first, second, third):
        store.keep(chunk)
    store.keep(first)
    store.keep(fourth)

    assert second.deltas is None
    assert [chunk.deltas is not None for chunk in (first, third, fourth)] == [True] * 3
    assert store.nbytes == 3 * 160


def test_the_store_keeps_the_one_in_use_however_large() -> None:
    store = Recent(10)
    large = chunk_of(10)
    store.keep(large)

    assert large.deltas is not None
    assert store.nbytes == 160


def test_a_chunk_that_grew_counts_once() -> None:
    store = Recent(2**30)
    chunk = chunk_of(10)
    store.keep(chunk)
    chunk.deltas = np.zeros((25, 2))
    store.keep(chunk)

    assert store.nbytes == 400


def test_what_no_one_can_go_back_to_is_not_kept() -> None:
    store = Recent(2**30)
    chunk = chunk_of(10)
    store.keep(chunk)
    other = chunk_of(20)
    store.keep(other)
    del chunk
    gc.collect()

    assert store.nbytes == 320


def test_a_chunk_without_deltas_is_not_kept_alive() -> None:
    setup, _ = made_up()
    memory = Memory()
    tracemalloc.start()
    try:
        for _ in range(300):
            Segment(0, np.zeros((50, 50)), Descent(setup), memory).weights_at(0)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert memory.nbytes == 0
    assert kept < 1_000_000


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("n_examples", [1, 5, 33, 100])
def test_deltas_that_were_let_go_come_back_to_the_last_bit(order: Order, n_examples: int) -> None:
    # Room for one chunk of deltas, and no more.
    small = new_segment(n_examples, order, start=3, budget=CHUNK * 16)
    large = new_segment(n_examples, order, start=3)
    small.compute(3 * CHUNK)
    large.compute(3 * CHUNK)

    for start, stop in ((3, 200), (CHUNK, CHUNK + 90), (2 * CHUNK - 50, 2 * CHUNK + 900), (3, 40)):
        assert small.deltas(start, stop).tobytes() == large.deltas(start, stop).tobytes()
    for step in (3, 4, 35, CHUNK - 1, CHUNK, CHUNK + 33, 3 * CHUNK, 2 * CHUNK, 77):
        assert small.weights_at(step).tobytes() == large.weights_at(step).tobytes()


@pytest.mark.parametrize("order", ORDERS)
def test_a_run_goes_on_after_the_deltas_at_its_end_were_let_go(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = new_segment(order=order)
    whole.compute(2 * CHUNK)
    # New memory often still holds the numbers that were let go; here it never does.
    empty = np.empty

    def stale(*args: Any, **kwargs: Any) -> Any:
        array = empty(*args, **kwargs)
        array.fill(1e3)
        return array

    interrupted = new_segment(order=order, budget=1)
    monkeypatch.setattr("model.path.segment.np.empty", stale)
    for stop in (CHUNK + 500, CHUNK + 1500, CHUNK + 4000, 2 * CHUNK):
        interrupted.weights_at(100)  # the first chunk takes the room of the last
        interrupted.compute(stop)

    # Asked for in one piece, so that nothing is let go and made again in between.
    steps = (interrupted.computed_to - 6000, interrupted.computed_to)
    assert interrupted.deltas(*steps).tobytes() == whole.deltas(*steps).tobytes()


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("n_examples", [1, 5, 31, 33])
def test_parts_tell_what_happened_in_their_steps(order: Order, n_examples: int) -> None:
    segment = new_segment(n_examples, order, start=7)
    segment.compute(4 * CHUNK)
    start = 7 + 3000
    # The last two end just behind chunks, whose last parts are short for most of these.
    for stop in (7 + 2 * CHUNK + 4000, 7 + CHUNK + 470, 7 + 2 * CHUNK + 900):
        errors = segment.deltas(start, stop) ** 2
        steps, parts = segment.error_parts(start, stop, cut=True)

        assert steps[0] < start + PART
        assert (np.diff(steps) > 0).all()
        ends = np.append(steps[1:], stop)
        assert (ends - steps <= PART).all()
        for first, last, part in zip(steps.astype(int), ends.astype(int), parts, strict=True):
            inside = errors[first - start : last - start]
            assert part[0].tolist() == inside.min(axis=0).tolist()
            assert part[1] == pytest.approx(inside.mean(axis=0), rel=1e-12)
            assert part[2].tolist() == inside.max(axis=0).tolist()


def test_a_part_that_is_not_over_can_be_left_out() -> None:
    segment = new_segment()
    segment.compute(3 * CHUNK)

    assert segment.error_parts(0, 2 * PART + 500, cut=False)[0].tolist() == [0, PART]
    assert segment.error_parts(0, 2 * PART + 500, cut=True)[0].tolist() == [0, PART, 2 * PART]
    assert segment.error_parts(0, 500, cut=False)[0].tolist() == []
    assert segment.error_parts(0, 500, cut=True)[1].shape == (1, 3, 2)


def test_weights_are_kept_once_for_every_step_they_are_kept_for() -> None:
    segment = new_segment(start=7)
    samples = segment.weight_samples(7, 7 + 4 * CHUNK)
    steps = [step for step, _ in samples]

    assert steps[0] == 7
    assert steps == sorted(set(steps))
    assert max(np.diff(steps)) <= 2 * PART
    for step, weights in samples:
        assert weights.tobytes() == segment.weights_at(step).tobytes()


def test_large_networks_keep_their_weights_once_a_chunk() -> None:
    setup, weights = made_up(3, shape=(10, 200))
    segment = Segment(0, weights, Descent(setup), Memory())
    samples = segment.weight_samples(0, 3 * CHUNK)

    assert len(samples) == 3


def test_a_run_asks_for_no_more_than_it_needs() -> None:
    segment = new_segment()
    segment.compute(1)

    assert segment.computed_to < 1000


@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (10, 64)])
def test_checkpoints_and_summaries_are_counted_with_what_is_around_them(
    shape: tuple[int, int],
) -> None:
    setup, weights = made_up(5, shape=shape)
    memory = Memory(delta_bytes=1)
    segment = Segment(0, weights, Descent(setup), memory)
    segment.compute(1)
    tracemalloc.start()
    try:
        before, spare = segment.nbytes, memory.nbytes
        segment.compute(40 * CHUNK)
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    used -= memory.nbytes - spare
    assert used <= 1.2 * (segment.nbytes - before)


# -- long paths --------------------------------------------------------------------------------


@pytest.mark.parametrize("n_examples", [5, 33])
@pytest.mark.parametrize("grain", [1, 2, 7])
def test_coarse_parts_tell_what_happened_in_their_steps(n_examples: int, grain: int) -> None:
    segment = new_segment(n_examples, start=7)
    segment.compute(20 * CHUNK)
    for start, stop in ((7, 7 + 20 * CHUNK), (3000, 7 + 17 * CHUNK + 900), (9 * CHUNK, 10 * CHUNK)):
        errors = segment.deltas(start, stop) ** 2
        steps, parts = segment.error_parts(start, stop, True, grain)
        ends = np.append(steps[1:], stop)

        assert steps[0] < start + PART
        assert (np.diff(steps) > 0).all()
        assert (ends - steps <= PART * 8**grain).all()
        # Most of them are coarse, and they are finer towards both ends.
        assert len(steps) <= (stop - start) / (PART * 8 ** min(grain, 2)) + 40
        for first, last, part in zip(steps.astype(int), ends.astype(int), parts, strict=True):
            inside = errors[first - start : last - start]
            assert part[0].tolist() == inside.min(axis=0).tolist()
            assert part[1] == pytest.approx(inside.mean(axis=0), rel=1e-12)
            assert part[2].tolist() == inside.max(axis=0).tolist()


def test_weights_of_a_long_range_can_be_thinned_out_and_stay_the_same_ones() -> None:
    segment = new_segment(start=7)
    all_of_them = [step for step, _ in segment.weight_samples(7, 10 * CHUNK)]
    some = [step for step, _ in segment.weight_samples(7, 10 * CHUNK, 4 * PART)]
    later = [step for step, _ in segment.weight_samples(7, 12 * CHUNK, 4 * PART)]

    assert some == all_of_them[::4]
    assert later[: len(some)] == some
