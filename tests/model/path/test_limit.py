"""Whatever can be made can be saved and opened again: limits know nothing of what was looked at."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.digits import DigitSet
from model.edits import EDIT_KINDS, Edit
from model.examples import ORDERS, Examples, Order, Schedule
from model.experiment import Experiment
from model.files.experiment_file import dump, parse
from model.path import Path
from model.path.memory import CHUNK
from model.path.saved import new_path, saved_path
from model.path.segment import Segment
from model.setup import Setup
from tests.model.made_up import bits, edits, experiment_of


def no_digits(source: str, count: int) -> DigitSet:
    raise AssertionError(source, count)


def opened_again(experiment: Experiment, path: Path) -> Path:
    """The path that a reader gets of the file."""
    again = parse(dump(experiment, path, path.length), no_digits)
    followed = saved_path(again)
    followed.extend(again.length - followed.length)
    return followed


def random_experiment(shape: tuple[int, int], n_examples: int = 3) -> Experiment:
    """An experiment of shape (n_outputs, n_inputs) whose errors shrink."""
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(n_examples, shape[1])) / np.sqrt(shape[1])
    targets = rng.normal(size=(n_examples, shape[0]))
    setup = Setup(
        Examples(inputs, targets), Schedule("cycle", n_examples), 0.3,
        np.zeros(shape, dtype=np.bool_),
    )  # fmt: skip
    names = (tuple(f"{which} {i}" for i in range(n)) for which, n in zip("oi", shape, strict=True))
    outputs, inputs_names = names
    return Experiment("made up", "", inputs_names, outputs, setup, rng.normal(size=shape).round(3))


def test_many_edits_of_many_weights_with_looks_back_are_opened_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Room for the weights that every edit begins with, and not for all that are looked at.
    monkeypatch.setattr("model.path.path.MAX_PATH_BYTES", 110 * (50 * 200 * 8 + 4000))
    experiment = random_experiment((50, 200))
    path = new_path(experiment)
    for number in range(110):
        path.edit(Edit(path.length, "weights", (number / 100,), ((number % 50, number % 7),)))
        path.extend(1)
        path.state(max(0, path.length - 2))
        path.state(path.length)

    assert path.length == 110
    again = opened_again(experiment, path)

    assert (again.length, again.edits) == (path.length, path.edits) != (0, ())
    assert again.weights(again.length).tobytes() == path.weights(path.length).tobytes()


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("extend"), st.integers(0, 60)),
        st.tuples(st.just("extend"), st.integers(0, 3 * CHUNK)),
        st.tuples(st.just("look"), st.integers(0, 2**30)),
        st.tuples(st.just("edit"), st.integers(0, 2**30)),
        st.tuples(st.just("edit at the end"), st.just(0)),
        st.tuples(st.just("restore"), st.integers(0, 2**30)),
        st.tuples(st.just("plot"), st.integers(0, 2**30)),
    ),
    max_size=14,
)


@pytest.mark.parametrize("order", ORDERS)
@given(actions=ACTIONS, limit=st.sampled_from([0, 9_000, 15_000, 40_000, 2**40]), data=st.data())
@settings(max_examples=25)
def test_whatever_is_reached_is_saved_and_opened_again_to_the_last_bit(
    order: Order, actions: list[tuple[str, int]], limit: int, data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("model.path.path.MAX_PATH_BYTES", limit)
        inputs, targets = [[1.0, -0.5], [0.2, 0.9]], [[1.0, 0.2], [0.3, 0.7]]
        experiment = experiment_of(inputs, targets, [[0.1, 0.2], [-0.3, 0.4]], 0.05, order)
        path = new_path(experiment)
        kept = [path.snapshot()]
        for what, where in actions:
            step = where % (path.length + 1)
            if what == "extend":
                path.extend(where)
            elif what == "look":
                path.state(step)
            elif what == "plot":
                path.errors(step, path.length + 1)
            elif what == "restore":
                path.restore(kept[where % len(kept)])
            else:
                at = path.length if what == "edit at the end" else step
                kinds = tuple(kind for kind in EDIT_KINDS if kind != "alpha")
                path.edit(data.draw(edits(path.setup_at(at), at, kinds)))
            kept.append(path.snapshot())

        again = opened_again(experiment, path)

        assert (again.length, again.edits, again.full) == (path.length, path.edits, path.full)
        some = sorted({0, path.length, path.length // 2, *(edit.step for edit in path.edits)})
        assert bits(again, some) == bits(path, some)
        path.extend(100)
        again.extend(100)
        assert again.length == path.length


@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (10, 784)])
def test_a_path_that_is_full_takes_no_more_steps_in_whatever_pieces(
    shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.path.path.MAX_PATH_BYTES", 300_000)
    experiment = random_experiment(shape)
    one, many = new_path(experiment), new_path(experiment)
    one.extend(10**7)
    while many.extend(1000):
        many.state(many.length // 2)

    assert one.full
    assert many.full
    assert one.length == many.length > 0
    assert one.extend(1) == 0


def test_a_longer_path_has_room_again_once_it_was_changed_in_the_past(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("model.path.path.MAX_PATH_BYTES", 100_000)
    path = new_path(random_experiment((3, 3)))
    path.extend(10**7)
    length = path.length
    path.edit(Edit(length // 2, "alpha", (0.2,)))

    assert not path.full
    assert length // 4 < path.extend(10**7) <= length // 2


def test_what_was_computed_beyond_an_edit_is_let_go_with_its_future() -> None:
    path = new_path(random_experiment((3, 3)))
    path.extend(40 * CHUNK)
    whole = path.nbytes
    path.edit(Edit(100, "alpha", (0.2,)))
    path.extend(10)

    # The deltas of 40 chunks go with the last reference to them.
    assert path.nbytes < whole / 10
    assert path.weights(99).tobytes() == new_path_at(99).tobytes()


def new_path_at(step: int) -> np.ndarray:
    path = new_path(random_experiment((3, 3)))
    path.extend(step)
    return path.weights(step)


@pytest.mark.parametrize("step", [0, 5, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 700, 6 * CHUNK])
def test_a_segment_that_is_cut_goes_on_as_if_it_had_never_been_longer(step: int) -> None:
    setup = random_experiment((2, 3), 7)
    path, fresh = new_path(setup), new_path(setup)
    path.extend(6 * CHUNK)
    segment = path._last.segment  # noqa: SLF001 -- what is cut is not seen from outside
    cut = segment.cut(step)
    again = Segment(0, cut.weights, cut.descent, fresh._memory)  # noqa: SLF001

    assert cut.computed_to <= step + CHUNK + 1024 * 8
    for stop in (cut.computed_to, 6 * CHUNK, 8 * CHUNK + 300):
        for each in (cut, again):
            each.compute(stop)
        assert cut.deltas(0, stop).tobytes() == again.deltas(0, stop).tobytes()
        assert cut.weights_at(stop).tobytes() == again.weights_at(stop).tobytes()
        for ours, theirs in zip(
            cut.error_parts(0, stop, True, 1), again.error_parts(0, stop, True, 1), strict=True
        ):
            assert ours.tobytes() == theirs.tobytes()
        ours_kept, theirs_kept = cut.weight_samples(0, stop), again.weight_samples(0, stop)
        assert [at for at, _ in ours_kept] == [at for at, _ in theirs_kept]
        assert abs(cut.nbytes - again.nbytes) < 100
