"""Pins in experiment files: the same again to the last bit, and every fault by its key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.edits import Edit, EditError
from model.errors import ExperimentError
from model.experiment import MAX_PINS, Experiment
from model.files.experiment_file import dump, parse
from model.files.library import open_experiment
from model.path import Path
from model.path.saved import new_path, saved_path
from model.pins.run import pin_of, replayed
from tests.model.made_up import bits, edits

SEASON = open_experiment("The whole season")


def no_images(source: str, count: int) -> Any:
    raise AssertionError(f"nobody asks for {count} of {source}")


def read(text: str) -> Experiment:
    return parse(text, no_images)


def again(path: Path, edits_of: tuple[Edit, ...], length: int) -> Path:
    for _ in replayed(path, edits_of, length):
        pass
    return path


def text_with_two() -> str:
    """The season with two pins: one of it, one of another experiment."""
    path = new_path(SEASON)
    path.extend(2)
    path.edit(Edit(2, "alpha", (0.02,)))
    path.extend(4)
    first = pin_of(SEASON, path, "faster “later”")
    other = open_experiment("Freezing one weight")
    run = new_path(other)
    run.extend(7)
    second = pin_of(other, run, "another", (first,))
    return dump(SEASON, path, 3, pins=(first, second))


@settings(max_examples=20)
@given(st.data())
def test_pinned_runs_come_back_to_the_last_bit(data: st.DataObject) -> None:
    pins: list[Any] = []
    paths = []
    for number in range(data.draw(st.integers(1, 3))):
        path = new_path(SEASON)
        for _ in range(data.draw(st.integers(0, 3))):
            path.extend(data.draw(st.integers(0, 30)))
            kinds = ("alpha", "weights", "frozen", "inputs", "targets", "visit")
            try:
                path.edit(data.draw(edits(path.setup, path.length, kinds)))
            except EditError:
                continue
        path.extend(data.draw(st.integers(0, 30)))
        pins.append(pin_of(SEASON, path, f"run {number}", pins))
        paths.append(path)
    text = dump(SEASON, paths[-1], 0, pins=pins)
    found = read(text)
    assert dump(found, saved_path(found), 0, found.length) == text
    for pin, path in zip(found.pins, paths, strict=True):
        assert bits(again(new_path(pin.base), pin.edits, pin.length)) == bits(path)


def test_a_pin_of_another_experiment_brings_it_along() -> None:
    found = read(text_with_two())
    assert json.loads(text_with_two())["version"] == 2
    first, second = found.pins
    assert first.name == "faster “later”"
    assert second.base.inputs == ("toes", "win/loss", "fans")
    assert second.base.setup.frozen.tolist() == [[True, False, False]]
    path = again(new_path(second.base), second.edits, second.length)
    other = new_path(open_experiment("Freezing one weight"))
    other.extend(7)
    assert bits(path) == bits(other)
    assert [pin.mark for pin in found.pins] == [0, 1]
    assert found.afresh().pins == ()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"name": ""}, "pins[0]: name: must be a name"),
        ({"name": 7}, "pins[0]: name: must be a name"),
        ({"name": "a\x07b"}, "pins[0]: name: must not contain"),
        ({"name": "another"}, "pins[1]: name: is that of another pin, too"),
        ({"mark": 1}, "pins[1]: mark: is that of another pin, too"),
        ({"mark": MAX_PINS}, "pins[0]: mark: must be a whole number"),
        ({"hidden": 1}, "pins[0]: hidden: must be true or false"),
        ({"alpha": 0}, "pins[0]: alpha: must be above zero"),
        ({"alpha": 1e999}, "alpha"),
        ({"weights": [[1, 2]]}, "pins[0]: weights[0]: 2 values where 3 must be"),
        ({"weights": [[1e9, 1e9, 1e9]]}, "pins[0]: weights: the first error"),
        ({"frozen": [[1, 0, 0]]}, "pins[0]: frozen[0][0]: must be true or false"),
        ({"length": -1}, "pins[0]: length: must be a whole number"),
        ({"length": 1}, "pins[0]: edits[0]: step: must be a whole number from 0 to 1"),
        ({"edits": [{"step": 0, "kind": "x", "at": [], "to": [1]}]}, "pins[0]: edits[0]: kind"),
        ({"edits": [{"step": 0, "kind": "weights", "at": [[9, 9]], "to": [1]}]},
         "pins[0]: edits[0]: at, to"),
        ({"colour": "red"}, "pins[0]: 'colour': is not a key of this format"),
        ({"experiment": {}}, "pins[0]: 'alpha': is not a key of this format"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_pin_is_said_by_its_key(change: dict[str, Any], where: str) -> None:
    data = json.loads(text_with_two())
    data["pins"][0].update(change)
    with pytest.raises(ExperimentError) as error:
        read(json.dumps(data))
    assert where in str(error.value)


def test_an_experiment_of_a_pin_has_no_path_and_no_pins_of_its_own() -> None:
    data = json.loads(text_with_two())
    for key in ("session", "view", "pins"):
        inner = dict(data["pins"][1])
        inner["experiment"] = inner["experiment"] | {"version": 2, key: {}}
        changed = data | {"pins": [data["pins"][0], inner]}
        with pytest.raises(ExperimentError, match=rf"pins\[1\]: experiment: {key}: is no key of"):
            read(json.dumps(changed))


def test_pins_are_bounded_and_belong_to_version_2() -> None:
    data = json.loads(text_with_two())
    many = [data["pins"][0] | {"name": f"run {n}", "mark": n % 24} for n in range(MAX_PINS + 1)]
    with pytest.raises(ExperimentError, match="at most 24 can be pinned"):
        read(json.dumps(data | {"pins": many}))
    with pytest.raises(ExperimentError, match="pins: is a key of version 2"):
        read(json.dumps(data | {"version": 1}))
    wrong: tuple[object, ...] = ({}, "all", 3, None)
    for value in wrong:
        with pytest.raises(ExperimentError, match="pins: must be a list"):
            read(json.dumps(data | {"pins": value}))


def test_a_pin_whose_edits_cannot_be_made_is_refused_by_its_number() -> None:
    data = json.loads(text_with_two())
    late = {"step": 400, "kind": "alpha", "at": [], "to": [0.1]}
    data["pins"][0] |= {"alpha": 0.5, "length": 500, "edits": [late]}
    with pytest.raises(ExperimentError, match=r"^pins\[0\]: edits\[0\]: the path diverges at step"):
        saved_path(read(json.dumps(data)))
    far = read(json.dumps(data | {"pins": [data["pins"][0] | {"length": 10**8, "edits": [
        late | {"step": 10**7}]}]}))  # fmt: skip
    assert not far.is_quick
