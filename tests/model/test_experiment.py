"""An experiment survives its file to the last bit, and a bad file is refused by name and key."""

import contextlib
import copy
import json
import math
import os
import tracemalloc
from pathlib import Path as FilePath
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.digits import DigitSet
from model.edits import EDIT_KINDS, Edit, EditError
from model.errors import DigitsError, ExperimentError
from model.examples import ORDERS, Order
from model.experiment import Experiment
from model.files.experiment_file import dump, parse
from model.files.json_text import MAX_FILE_BYTES, read_text
from model.files.reading import is_seen
from model.path import Path
from model.path.saved import FollowingCancelled, new_path, saved_path
from tests.model.made_up import bits, edits, made_up
from tests.model.nameable import LETTERS, NAMES

DOCUMENT: dict[str, Any] = {
    "format": "weightbench/experiment",
    "version": 1,
    "name": "A season",
    "about": "Two games.",
    "inputs": ["toes", "win/loss", "fans"],
    "outputs": ["win", "sad"],
    "examples": {
        "inputs": [[8.5, 0.65, 1.2], [9.5, 0.8, 1.3]],
        "targets": [[1, 0.1], [1, 0]],
    },
    "order": "cycle",
    "seed": 3,
    "weights": [[0.1, 0.2, -0.1], [0, 0.5, 0]],
    "frozen": [[False, True, False], [False, False, False]],
    "alpha": 0.01,
    "session": {
        "length": 40,
        "position": 17,
        "edits": [
            {"step": 5, "kind": "alpha", "at": [], "to": [0.001]},
            {"step": 9, "kind": "weights", "at": [[0, 1], [1, 0]], "to": [0.25, -1]},
            {"step": 9, "kind": "visit", "at": [], "to": [1]},
            {"step": 20, "kind": "frozen", "at": [[1, 1]], "to": [True]},
            {"step": 30, "kind": "guest", "at": [], "to": [1, 2, 3, 0, 1]},
        ],
    },
}


def digits_4x3(source: str, count: int) -> DigitSet:
    """A set of images that needs no file."""
    rng = np.random.default_rng(0)
    images, labels = rng.random((count, 12)), rng.integers(0, 10, count).astype(np.uint8)
    return DigitSet(source, images, labels, (4, 3), images[:2].copy(), labels[:2].copy())


def no_digits(source: str, count: int) -> DigitSet:
    raise DigitsError(f"There is no {source} here.")


def parsed(data: object) -> Experiment:
    return parse(json.dumps(data), no_digits, "a.json")


def without(*keys: str) -> dict[str, Any]:
    return {key: copy.deepcopy(value) for key, value in DOCUMENT.items() if key not in keys}


def fault(data: object) -> str:
    with pytest.raises(ExperimentError) as caught:
        parsed(data)
    return str(caught.value)


def whole_path(experiment: Experiment) -> Path:
    path = saved_path(experiment)
    path.extend(experiment.length - path.length)
    return path


# -- reading -----------------------------------------------------------------------------------


def test_everything_in_the_file_is_in_the_experiment() -> None:
    experiment = parsed(DOCUMENT)
    setup = experiment.setup

    assert (experiment.name, experiment.about) == ("A season", "Two games.")
    assert experiment.inputs == ("toes", "win/loss", "fans")
    assert experiment.outputs == ("win", "sad")
    assert setup.examples.base_inputs.tolist() == DOCUMENT["examples"]["inputs"]
    assert setup.examples.base_targets.tolist() == DOCUMENT["examples"]["targets"]
    assert (setup.schedule.order, setup.schedule.seed, setup.alpha) == ("cycle", 3, 0.01)
    assert experiment.weights.tolist() == DOCUMENT["weights"]
    assert setup.frozen.tolist() == DOCUMENT["frozen"]
    assert (experiment.length, experiment.position) == (40, 17)
    assert [edit.kind for edit in experiment.edits] == [
        "alpha", "weights", "visit", "frozen", "guest",
    ]  # fmt: skip
    assert experiment.edits[1] == Edit(9, "weights", (0.25, -1.0), ((0, 1), (1, 0)))
    assert experiment.edits[3].to == (1.0,)
    assert experiment.image_shape is None


def test_what_may_be_left_out_may_be_left_out() -> None:
    experiment = parsed(without("about", "seed", "frozen", "session"))

    assert experiment.about == ""
    assert experiment.setup.schedule.seed == 0
    assert not experiment.setup.frozen.any()
    assert (experiment.edits, experiment.length, experiment.position) == ((), 0, 0)


def test_weights_may_be_zeros() -> None:
    assert parsed(DOCUMENT | {"weights": "zeros"}).weights.tolist() == [[0.0] * 3] * 2


def test_the_saved_path_is_followed_and_can_be_left() -> None:
    experiment = parsed(DOCUMENT)
    path = whole_path(experiment)

    assert path.length == 40
    assert path.edits == experiment.edits
    assert path.state(4).setup.alpha == 0.01
    assert path.state(5).setup.alpha == 0.001
    assert path.state(30).example is None
    fresh = experiment.afresh()
    assert (fresh.edits, fresh.length, fresh.position) == ((), 0, 0)
    assert saved_path(fresh).length == 0
    assert new_path(experiment).edits == ()


def test_following_a_saved_path_can_be_given_up() -> None:
    data = DOCUMENT | {"alpha": 0.001}
    edit = {"step": 10**9, "kind": "alpha", "at": [], "to": [0.02]}
    data["session"] = {"length": 10**9, "position": 0, "edits": [edit]}
    answers = iter([False, False, True])
    with pytest.raises(FollowingCancelled):
        saved_path(parsed(data), lambda: next(answers))
    assert next(answers, None) is None


def test_a_saved_path_that_diverges_before_its_edit_is_refused() -> None:
    data = without("session")
    data["alpha"] = 5.0
    data["session"] = {
        "length": 2000,
        "position": 0,
        "edits": [{"step": 2000, "kind": "alpha", "at": [], "to": [0.1]}],
    }
    with pytest.raises(ExperimentError, match=r"edits\[0\]: the path diverges at step"):
        saved_path(parsed(data))


def test_an_edit_that_makes_an_absurd_error_is_refused_when_it_is_made() -> None:
    data = copy.deepcopy(DOCUMENT)
    data["session"]["edits"][1] |= {"to": [1e9, 1e9], "at": [[0, 1], [0, 0]]}
    with pytest.raises(ExperimentError, match=r"edits\[1\]: .*error of"):
        saved_path(parsed(data))


def test_edits_of_one_step_that_only_fit_together_come_back() -> None:
    experiment = parsed(without("session"))
    path = new_path(experiment)
    row = path.state(0).example
    assert row is not None
    nothing = Edit(0, "inputs", (0.0,) * 3, tuple((row, column) for column in range(3)))
    large = Edit(0, "weights", (1e9,) * 3, tuple((0, column) for column in range(3)))
    # As large numbers as there may be, on which only an input of nothing is bearable.
    path.edit(nothing)
    path.edit(large)
    path.edit(Edit(0, "inputs", (1e-3,), ((row, 0),)))
    saved = parse(dump(experiment, path, 0), no_digits, "a.json")

    with pytest.raises(EditError):
        new_path(experiment).edit(large)
    assert saved_path(saved).edits == path.edits
    assert bits(saved_path(saved)) == bits(path)


# -- writing and reading again -----------------------------------------------------------------


@pytest.mark.parametrize("order", ORDERS)
@given(data=st.data())
@settings(max_examples=30)
def test_a_path_comes_back_from_its_file_to_the_last_bit(order: Order, data: st.DataObject) -> None:
    n_examples = data.draw(st.sampled_from((1, 2, 5, 33)))
    setup, weights = made_up(n_examples, order, frozen=0.2, seed=data.draw(st.integers(0, 9)))
    experiment = Experiment("n", "", ("a", "b", "c"), ("y", "z"), setup, weights)
    path = new_path(experiment)
    for kind in data.draw(st.lists(st.sampled_from(tuple(EDIT_KINDS)), max_size=7)):
        path.extend(data.draw(st.sampled_from((0, 1, 5, 40, 600))))
        edit = data.draw(edits(path.setup_at(path.length), path.length, (kind,)))
        # Past the limit of alpha, another example may be one too many.
        with contextlib.suppress(EditError):
            path.edit(edit)
    path.extend(data.draw(st.sampled_from((0, 1, 40))))
    position = data.draw(st.integers(0, path.length))

    text = dump(experiment, path, position)
    again = parse(text, no_digits)
    found = whole_path(again)

    assert again.position == position
    assert (found.length, found.edits) == (path.length, path.edits)
    looked_at = [*range(0, path.length, 23), path.length]
    assert bits(found, looked_at) == bits(path, looked_at)
    assert dump(again, found, position) == text


def test_a_file_without_steps_has_no_session() -> None:
    experiment = parsed(DOCUMENT)
    data = json.loads(dump(experiment, new_path(experiment), 0))

    assert "session" not in data
    assert data == without("session")


@given(
    st.text(LETTERS, min_size=1).filter(is_seen),
    st.text(LETTERS | st.just("\n")),
    st.lists(NAMES, min_size=3, unique=True),
)
def test_any_text_survives(name: str, about: str, names: list[str]) -> None:
    data = DOCUMENT | {"name": name, "about": about, "inputs": names[:3]}
    experiment = parsed(data)
    text = dump(experiment, new_path(experiment), 0)

    assert text.encode("utf-8").decode("utf-8") == text
    again = parse(text, no_digits)
    assert (again.name, again.about) == (name.strip(), about)
    assert again.inputs == tuple(names[:3])


@pytest.mark.parametrize("alpha", [5e-324, 1e-300, 0.1, 1 / 3, 1e9])
@pytest.mark.parametrize("weight", [5e-324, -0.1, 1 / 3, 123456789.123456789])
def test_every_digit_survives(alpha: float, weight: float) -> None:
    data = without("session") | {"alpha": alpha, "order": "first"}
    data["weights"] = [[weight, -weight, 0.0], [0.0, 0.0, weight]]
    data["examples"] = {"inputs": [[weight % 1, 0.1, 0.0]], "targets": [[1 / 7, 0.0]]}
    experiment = parsed(data)
    again = parse(dump(experiment, new_path(experiment), 0), no_digits)

    assert again.setup.alpha == alpha
    assert again.weights.tobytes() == experiment.weights.tobytes()
    assert again.setup.row(0)[0].tobytes() == experiment.setup.row(0)[0].tobytes()


def test_the_file_is_laid_out_one_key_a_line() -> None:
    experiment = parsed(DOCUMENT)
    lines = dump(experiment, whole_path(experiment), 17).splitlines()

    assert (lines[0], lines[-1]) == ("{", "}")
    assert [line.split('"')[1] for line in lines[1:-1]] == list(DOCUMENT)


# -- images ------------------------------------------------------------------------------------


def test_images_name_themselves_and_stay_out_of_the_file() -> None:
    data = without("inputs", "outputs", "frozen", "session")
    data |= {"examples": {"source": "digits", "count": 7}, "weights": "zeros"}
    experiment = parse(json.dumps(data), digits_4x3)

    assert experiment.image_shape == (4, 3)
    assert experiment.inputs[:4] == ("pixel 0,0", "pixel 0,1", "pixel 0,2", "pixel 1,0")
    assert experiment.outputs == tuple("0123456789")
    assert experiment.setup.examples.base_targets.sum(axis=1).tolist() == [1.0] * 7
    written = json.loads(dump(experiment, new_path(experiment), 0))
    assert written == data


def test_names_given_to_images_survive() -> None:
    outputs = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    data = without("inputs", "frozen", "session") | {"outputs": outputs, "weights": "zeros"}
    data["examples"] = {"source": "digits", "count": 7}
    experiment = parse(json.dumps(data), digits_4x3)

    assert list(experiment.outputs) == outputs
    assert json.loads(dump(experiment, new_path(experiment), 0)) == data


def test_the_number_of_images_is_1000_unless_the_file_says_so() -> None:
    data = without("inputs", "outputs", "frozen", "session") | {"weights": "zeros"}
    for source in ("mnist", "digits"):
        data["examples"] = {"source": source}
        assert len(parse(json.dumps(data), digits_4x3).setup.examples) == 1000


def test_a_saved_path_on_images_comes_back_to_the_last_bit() -> None:
    data = without("inputs", "outputs", "frozen", "session") | {"weights": "zeros"}
    data["examples"] = {"source": "mnist", "count": 40}
    experiment = parse(json.dumps(data), digits_4x3)
    path = new_path(experiment)
    path.extend(70)
    path.edit(Edit(70, "inputs", (0.5, 0.0), ((3, 0), (3, 11))))
    path.extend(100)
    again = parse(dump(experiment, path, 100), digits_4x3)

    assert bits(whole_path(again)) == bits(path)


@pytest.mark.parametrize(
    ("examples", "named"),
    [
        ({"source": "digits", "count": 0}, "count"),
        ({"source": "digits", "count": 1501}, "count"),
        ({"source": "mnist", "count": 60_001}, "count"),
        ({"source": "mnist", "count": 1.5}, "count"),
        ({"source": "cifar"}, "mnist, digits"),
        ({"source": 3}, "source"),
        ({"source": "mnist", "inputs": [[1]]}, "'inputs'"),
        ({"source": "mnist"}, "There is no mnist here"),
    ],
)
def test_images_that_cannot_be_had_are_told(examples: object, named: str) -> None:
    data = without("inputs", "outputs", "frozen", "session") | {"weights": "zeros"}
    message = fault(data | {"examples": examples})

    assert named in message
    assert "\n" not in message


# -- bad files ---------------------------------------------------------------------------------


def test_too_many_weights_are_refused_before_anything_is_made_for_them() -> None:
    def huge(source: str, count: int) -> DigitSet:
        images, labels = np.zeros((1, 2_000_000)), np.zeros(1, dtype=np.uint8)
        return DigitSet(source, images, labels, (2000, 1000), images.copy(), labels.copy())

    data = without("inputs", "outputs", "session", "frozen") | {
        "examples": {"source": "mnist", "count": 1},
        "weights": "zeros",
    }
    tracemalloc.start()
    try:
        with pytest.raises(ExperimentError, match=r"weights: more than 1,000,000 weights"):
            parse(json.dumps(data), huge, "a.json")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # A name for each pixel alone would take more than this.
    assert peak < 100_000_000


@pytest.mark.parametrize("key", [key for key in DOCUMENT if key not in ("about", "seed", "frozen")])
def test_what_is_needed_is_asked_for_by_name(key: str) -> None:
    if key != "session":
        assert fault(without(key)) == f"a.json: {key}: is missing"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"format": "something/else"}, "format"),
        ({"format": 1}, "format"),
        ({"version": 3}, "version: is newer"),
        ({"version": 0}, "version"),
        ({"version": "1"}, "version"),
        ({"version": True}, "version"),
        ({"name": ""}, "name"),
        ({"name": " \n"}, "name"),
        ({"name": None}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"name": "\x1b[2J"}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"about": 3}, "about"),
        ({"about": "a bell \x07"}, "about"),
        ({"inputs": ["a", "b\x1b[31m", "c"]}, "inputs[1]"),
        ({"outputs": ["win", "hurt\r"]}, "outputs[1]"),
        ({"inputs": ["a", "b"]}, "inputs: 2 names for 3"),
        ({"inputs": ["a", "b", "a"]}, "inputs: a name stands there twice"),
        ({"inputs": ["a", "b", ""]}, "inputs[2]"),
        ({"inputs": "abc"}, "inputs"),
        ({"outputs": ["win"]}, "outputs"),
        ({"outputs": ["win", 7]}, "outputs[1]"),
        ({"examples": []}, "examples"),
        ({"examples": {"inputs": [[1, 2, 3]]}}, "examples: targets: is missing"),
        ({"examples": {"inputs": [], "targets": []}}, "examples: inputs"),
        ({"examples": {"inputs": [[]], "targets": [[1]]}}, "examples: inputs[0]"),
        ({"examples": {"inputs": [[1, 2, 3]], "targets": [[1, 1], [0, 0]]}}, "examples: targets"),
        ({"examples": {"inputs": [[1, 2, 3], [1]], "targets": [[1]]}}, "examples: inputs[1]"),
        ({"examples": {"inputs": [[1, 2, math.nan]], "targets": [[1, 0]]}}, "inputs[0][2]"),
        ({"examples": {"inputs": [[1, 2, 3]], "targets": [[1, None]]}}, "targets[0][1]"),
        ({"examples": {"inputs": [[1]], "targets": [[1]], "x": 1}}, "examples: 'x'"),
        ({"order": "random"}, "first, cycle, shuffle"),
        ({"order": None}, "order"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**63}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"weights": "ones"}, "weights"),
        ({"weights": [[0, 0, 0]]}, "weights: 1 rows where 2"),
        ({"weights": [[0, 0, 0], [0, 0]]}, "weights[1]: 2 values where 3"),
        ({"weights": [[0, 0, 0], [0, math.inf, 0]]}, "weights[1][1]"),
        ({"weights": [[0, 0, 0], [0, 10**400, 0]]}, "weights[1][1]"),
        ({"weights": [[0, 0, 0], [0, True, 0]]}, "weights[1][1]"),
        ({"weights": [[1e9, 1e9, 1e9], [0, 0, 0]]}, "weights: the first error"),
        ({"frozen": [[False] * 3]}, "frozen: 1 rows where 2"),
        ({"frozen": [[False] * 3, [False, 0, False]]}, "frozen[1][1]"),
        ({"frozen": None}, "frozen"),
        ({"alpha": 0}, "alpha"),
        ({"alpha": -0.1}, "alpha"),
        ({"alpha": "0.1"}, "alpha"),
        ({"alpha": math.nan}, "alpha"),
        ({"alpha": 1e300}, "alpha"),
        ({"alpha": 10**400}, "alpha"),
        ({"alhpa": 0.1}, "'alhpa'"),
        ({"session": []}, "session"),
        ({"session": {}}, "session: length: is missing"),
        ({"session": {"length": 5, "position": 6, "edits": []}}, "session: position"),
        ({"session": {"length": -1, "position": 0, "edits": []}}, "session: length"),
        ({"session": {"length": 10**400, "position": 0, "edits": []}}, "session: length"),
        ({"session": {"length": 5, "position": 0}}, "session: edits: is missing"),
        ({"session": {"length": 5, "position": 0, "edits": [], "x": 1}}, "session: 'x'"),
    ],
)
def test_a_fault_is_named_by_its_key(change: dict[str, object], named: str) -> None:
    message = fault(DOCUMENT | change)

    assert message.startswith("a.json: ")
    assert named in message
    assert "\n" not in message
    assert len(message) < 200


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"step": 41}, "step"),
        ({"step": -1}, "step"),
        ({"step": 1.5}, "step"),
        ({"step": 4}, "step"),  # before the edit that comes before it
        ({"kind": "colour"}, "kind"),
        ({"kind": ["alpha"]}, "kind"),
        ({"at": [[2, 0]]}, "cell (2, 0)"),
        ({"at": [[0, 3]]}, "cell (0, 3)"),
        ({"at": [[0]]}, "at[0]"),
        ({"at": []}, "weights"),
        ({"at": None}, "at"),
        ({"to": []}, "weights"),
        ({"to": [math.nan]}, "to[0]"),
        ({"to": [1e10]}, "to[0]"),
        ({"to": ["1"]}, "to[0]"),
        ({"to": 1}, "to"),
        ({"kind": "alpha", "at": []}, "alpha"),
        ({"kind": "alpha", "to": [0.1]}, "alpha has no cell"),
        ({"kind": "visit", "at": [], "to": [2]}, "0 to 1"),
        ({"kind": "guest", "at": [], "to": [1, 2]}, "guest"),
        ({"kind": "frozen", "to": [0.5]}, "frozen"),
        ({"by": "me"}, "'by'"),
    ],
)
def test_a_fault_in_a_saved_edit_is_named_by_its_place(
    change: dict[str, object], named: str
) -> None:
    edit = {"step": 9, "kind": "weights", "at": [[0, 1]], "to": [-0.5]} | change
    data = copy.deepcopy(DOCUMENT)
    data["session"]["edits"][1] = edit
    message = fault(data)

    assert message.startswith("a.json: session: edits[1]: ")
    assert named in message
    assert "\n" not in message


RUBBISH: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none() | st.booleans(),
        st.integers(-3, 50) | st.floats(),
        st.text(max_size=4),
        st.sampled_from([10**400, -(10**20), 2**63, 1e-320, "zeros", "\udc80", "x" * 20_000]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=6,
)


def change_somewhere(data: st.DataObject, value: Any) -> Any:
    """The value with one thing in it, at any depth, replaced, removed, repeated or added."""
    keys: list[Any] = list(value) if isinstance(value, dict) else []
    if isinstance(value, list):
        keys = list(range(len(value)))
    if not keys or data.draw(st.integers(0, 9)) == 0:
        return data.draw(RUBBISH)
    key = data.draw(st.sampled_from(keys))
    how = data.draw(st.sampled_from(("inside", "inside", "inside", "remove", "add", "repeat")))
    if how == "remove":
        del value[key]
    elif how == "add" and isinstance(value, dict):
        value[data.draw(st.text(max_size=4))] = data.draw(RUBBISH)
    elif how == "add":
        value.insert(key, data.draw(RUBBISH))
    elif how == "repeat" and isinstance(value, list):
        value.insert(key, value[key])
    else:
        value[key] = change_somewhere(data, value[key])
    return value


@given(data=st.data())
@settings(max_examples=400)
def test_any_change_to_a_file_is_read_or_refused_in_one_sentence(data: st.DataObject) -> None:
    changed: Any = copy.deepcopy(DOCUMENT)
    for _ in range(data.draw(st.integers(1, 3))):
        changed = change_somewhere(data, changed)
    message, experiment = "", None
    try:
        experiment = parsed(changed)
        path = saved_path(experiment)
    except ExperimentError as error:
        message, experiment = str(error), None
    if experiment is None:
        assert message.startswith(("a.json: ", "session: "))
        assert "\n" not in message
        assert len(message) < 250
        return
    # What was read is good: it can be run, written and read again.
    path.extend(3)
    assert np.isfinite(path.state(path.length).error).all()
    text = dump(experiment, path, 0)
    text.encode("utf-8")
    assert dump(parse(text, no_digits), path, 0) == text


@given(st.text(max_size=40) | st.binary(max_size=40).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        parse(text, no_digits, "a.json")

    assert str(caught.value).startswith("a.json: ")
    assert "\n" not in str(caught.value)


@given(st.integers(0, 2000), st.sampled_from('"[]{},:0aN-'))
def test_a_file_cut_short_or_with_a_wrong_letter_is_read_or_refused(at: int, letter: str) -> None:
    text = json.dumps(DOCUMENT)
    for damaged in (
        text[: at % len(text)],
        text[: at % len(text)] + letter + text[at % len(text) :],
    ):
        message = "a.json: "
        try:
            parse(damaged, no_digits, "a.json")
        except ExperimentError as error:
            message = str(error)
        assert message.startswith("a.json: ")
        assert "\n" not in message


# -- files that cannot be read -----------------------------------------------------------------


def refused(file: FilePath) -> str:
    with pytest.raises(ExperimentError) as caught:
        read_text(file)
    assert str(caught.value).startswith(f"{file.name}: ")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_good_file_is_read_with_or_without_a_byte_order_mark(tmp_path: FilePath) -> None:
    file = tmp_path / "α.json"
    text = json.dumps(DOCUMENT | {"name": "α × x"}, ensure_ascii=False)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        file.write_text(text, encoding=encoding)
        assert parse(read_text(file), no_digits, file.name).name == "α × x"


def test_another_encoding_is_told(tmp_path: FilePath) -> None:
    for long in ("", "x" * 10_000):
        file = tmp_path / "a.json"
        text = json.dumps(DOCUMENT | {"about": f"{long}été"}, ensure_ascii=False)
        file.write_text(text, encoding="latin-1")

        assert "is text in an older encoding, not UTF-8 text: save it once more" in refused(file)


def test_a_file_that_is_not_there_is_told(tmp_path: FilePath) -> None:
    refused(tmp_path / "missing.json")
    refused(tmp_path / ("x" * 300))


def test_a_folder_is_told(tmp_path: FilePath) -> None:
    folder = tmp_path / "folder.json"
    folder.mkdir()
    assert "is a folder and not a file" in refused(folder)


def test_a_device_is_told_and_not_waited_for() -> None:
    assert "is not a file but a device" in refused(FilePath(os.devnull))


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.json"
    file.write_text("{}", encoding="utf-8")

    def deny(*args: object, **kwargs: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", deny)
    assert "Permission denied" in refused(file)


def test_a_file_far_too_large_is_not_even_read(tmp_path: FilePath) -> None:
    file = tmp_path / "a.json"
    with file.open("wb") as stream:
        stream.write(b"{" + b" " * 5000)
        stream.truncate(MAX_FILE_BYTES + 1)

    assert "400 MB" in refused(file)


def test_an_empty_file_is_told(tmp_path: FilePath) -> None:
    file = tmp_path / "a.json"
    for content in (b"", b" \n", b"\xef\xbb\xbf"):
        file.write_bytes(content)
        assert refused(file) == "a.json: is empty: choose a file that Weightbench has saved (.json)"
