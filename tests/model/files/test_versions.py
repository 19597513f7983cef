"""Files of every version are read for ever, and written in the oldest version that holds them."""

import json
from pathlib import Path as FilePath

import numpy as np
import pytest

from model.digits import DigitSet
from model.edits import Edit, EditError
from model.errors import ExperimentError
from model.experiment import Experiment
from model.files.experiment_file import dump, parse
from model.path import Path
from model.path.saved import saved_path

FIXTURES = FilePath(__file__).parent / "fixtures"
VERSIONS = (1, 2)
WEIGHTS_AT_12 = [
    [0.031158829256164224, 0.1781947370713517, 0.4626314770132273],
    [-0.005895662934609549, 0.2828861655164508, 0.054322283217916906],
]


def no_digits(source: str, count: int) -> DigitSet:
    raise AssertionError(source, count)


def text_of(version: int) -> str:
    return (FIXTURES / f"version-{version}.json").read_text(encoding="utf-8")


def read(text: str) -> tuple[Experiment, Path]:
    experiment = parse(text, no_digits)
    path = saved_path(experiment)
    path.extend(experiment.length - path.length)
    return experiment, path


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_is_written_again_as_it_was(version: int) -> None:
    experiment, path = read(text_of(version))

    assert dump(experiment, path, experiment.position) == text_of(version)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_in_it_means_what_it_meant(version: int) -> None:
    experiment, path = read(text_of(version))

    assert (experiment.length, experiment.position, len(path.edits)) == (12, 7, 7)
    # Twelve steps of a plain loop over the same edits, written down when version 1 was current.
    np.testing.assert_allclose(path.weights(12), WEIGHTS_AT_12, rtol=1e-12)


def test_the_look_of_version_2_is_kept_with_the_experiment() -> None:
    experiment, path = read(text_of(2))

    assert experiment.view["output"] == 1
    assert experiment.view["speed"] == "fastest"
    assert dict(experiment.afresh().view) == {}
    assert json.loads(dump(experiment, path, 0, view={}))["version"] == 1
    assert json.loads(dump(experiment, path, 0, view={"log": True}))["view"] == {"log": True}


def test_a_file_without_a_look_is_of_version_1() -> None:
    experiment, path = read(text_of(1))

    assert dict(experiment.view) == {}
    assert json.loads(dump(experiment, path, 0))["version"] == 1


def test_a_key_of_a_later_version_is_refused_by_its_name() -> None:
    data = json.loads(text_of(2)) | {"version": 1}

    with pytest.raises(ExperimentError, match=r"view: is a key of version 2, and this is version"):
        parse(json.dumps(data), no_digits)


SEASON = {
    "format": "weightbench/experiment", "version": 2, "name": "two games",
    "inputs": ["toes", "always 1"], "outputs": ["win"], "constant": "always 1",
    "examples": {"inputs": [[0.5, 1], [2, 1]], "targets": [[1], [0]]},
    "order": "cycle", "weights": [[0.1, 0]], "alpha": 0.1,
}  # fmt: skip


def test_the_constant_input_is_read_and_written_by_its_name() -> None:
    experiment, path = read(json.dumps(SEASON))

    assert (experiment.setup.constant, experiment.constant) == (1, "always 1")
    data = json.loads(dump(experiment, path, 0))
    assert (data["version"], data["constant"]) == (2, "always 1")
    assert parse(json.dumps(data), no_digits).constant == "always 1"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"constant": "fans"}, "constant: must be the name of one of the inputs"),
        ({"constant": "toes"}, "“toes” must be 1 in every example, and is not in example 1"),
        ({"constant": 1}, "constant: must be"),
        ({"constant": None}, "constant: must be"),
        ({"version": 1}, "constant: is a key of version 2, and this is version 1"),
        (
            {
                "session": {
                    "length": 1,
                    "position": 0,
                    "edits": [{"step": 0, "kind": "inputs", "at": [[0, 1]], "to": [2]}],
                }
            },
            "the constant input is always 1",
        ),
    ],
)
def test_a_constant_that_cannot_be_is_refused(changes: dict[str, object], problem: str) -> None:
    with pytest.raises(ExperimentError, match=problem):
        parse(json.dumps(SEASON | changes), no_digits)


def test_an_edit_of_the_constant_input_is_refused_and_changes_nothing() -> None:
    _, path = read(json.dumps(SEASON))

    with pytest.raises(EditError, match="the constant input is always 1"):
        path.edit(Edit(0, "inputs", (0.5,), ((1, 1),)))
    with pytest.raises(EditError, match="the constant input is always 1"):
        path.edit(Edit(0, "guest", (0.5, 2.0, 1.0)))
    path.edit(Edit(0, "inputs", (0.5, 1.0), ((1, 0), (1, 1))))
    assert [edit.to for edit in path.edits] == [(0.5, 1.0)]


@pytest.mark.parametrize("key", ["layers"])
def test_a_key_that_is_not_supported_yet_is_refused_by_its_name(key: str) -> None:
    data = json.loads(text_of(2)) | {key: "anything"}

    with pytest.raises(ExperimentError, match=f"'{key}': is not a key of this format"):
        parse(json.dumps(data), no_digits)


@pytest.mark.parametrize("view", [None, [], "curves", 3])
def test_a_look_that_is_no_object_is_refused(view: object) -> None:
    data = json.loads(text_of(2)) | {"view": view}

    with pytest.raises(ExperimentError, match="view: must be an object"):
        parse(json.dumps(data), no_digits)


PLAIN = {
    "format": "weightbench/experiment",
    "version": 2,
    "name": "Scaled",
    "inputs": ["toes", "win/loss", "fans"],
    "outputs": ["win"],
    "order": "first",
    "weights": "zeros",
    "alpha": 0.01,
}
SCALED: dict[str, dict[str, object]] = {
    "examples": {"inputs": [[8.5, 1.0, 3.0]], "targets": [[1]]},
    "transform": {"kind": "unit", "offset": [0.5, 0, 1], "scale": [4, 1, 0.5]},
}


def test_raw_inputs_are_scaled_as_the_file_says_and_saved_raw() -> None:
    experiment = parse(json.dumps(PLAIN | SCALED), no_digits)
    assert experiment.setup.examples.base_inputs.tolist() == [[2.0, 1.0, 4.0]]
    data = json.loads(dump(experiment, Path(experiment.setup, experiment.weights), 0))
    assert data["transform"] == SCALED["transform"]
    assert data["examples"]["inputs"] == [[8.5, 1.0, 3.0]]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"kind": "log"}, "transform: kind: must be one of standard, unit"),
        ({"offset": [1, 2]}, "transform: offset: has 2 numbers where there are 3 inputs"),
        ({"scale": [1, 0, 1]}, "transform: scale: every number in it must be above zero"),
        ({"scale": [1, 1e-300, 1]}, "scale: makes input 2 of example 1 larger than"),
        ({"more": 1}, "'more': is not a key of this format"),
    ],
)
def test_a_transform_that_cannot_be_is_refused(changed: dict[str, object], problem: str) -> None:
    transform = {**SCALED["transform"], **changed}
    with pytest.raises(ExperimentError, match=problem):
        parse(json.dumps(PLAIN | SCALED | {"transform": transform}), no_digits)
