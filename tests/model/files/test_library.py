"""The experiments that come with the program are found by name, and any other by its file."""

import json
from pathlib import Path as FilePath

import numpy as np
import pytest

from model.edits import Edit
from model.errors import ExperimentError, MissingImages
from model.files.experiment_file import dump
from model.files.library import builtin_names, find_experiment, open_experiment, with_count
from model.path.saved import new_path
from tests.conftest import PROJECT
from tests.model.test_digits import write_mnist

SMALL = [name for name in builtin_names() if not name.startswith("Digits")]


def refused(name: str) -> str:
    with pytest.raises(ExperimentError) as caught:
        open_experiment(name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_experiments_come_in_the_order_in_which_they_teach() -> None:
    assert list(builtin_names()) == [
        "One delta, three weight_deltas",
        "Several steps",
        "Alpha too large",
        "Freezing one weight",
        "Several outputs",
        "Several inputs and outputs",
        "Normalised inputs",
        "Inputs as measured",
        "The whole season",
        "Dot products",
        "Digits, 8x8",
        "Digits, MNIST",
    ]


@pytest.mark.parametrize("name", SMALL)
def test_every_experiment_opens_at_its_start_and_says_what_it_is_about(name: str) -> None:
    experiment = open_experiment(name)

    assert experiment.name == name
    assert 40 < len(experiment.about) < 400
    assert (experiment.edits, experiment.length, experiment.position) == ((), 0, 0)
    assert new_path(experiment).extend(5) == 5


@pytest.mark.parametrize("name", SMALL)
def test_an_experiment_saved_is_the_same_experiment(name: str, tmp_path: FilePath) -> None:
    experiment = open_experiment(name)
    text = dump(experiment, new_path(experiment), 0)
    file = tmp_path / "saved.json"
    file.write_text(text, encoding="utf-8")
    again = open_experiment(str(file))

    assert dump(again, new_path(again), 0) == text


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Alpha too large", "Alpha too large"),
        ("  alpha TOO large ", "Alpha too large"),
        ("freezing", "Freezing one weight"),
        ("SEASON", "The whole season"),
        ("one delta", "One delta, three weight_deltas"),
    ],
)
def test_part_of_a_name_in_any_case_will_do(asked: str, name: str) -> None:
    assert open_experiment(asked).name == name


def test_what_may_be_several_is_told_with_their_names() -> None:
    message = refused("several")
    for name in ("Several steps", "Several outputs", "Several inputs and outputs"):
        assert name in message


@pytest.mark.parametrize(
    "name", ["", "   ", "nonsense", "no/such/file.json", "a\0b", "x" * 5000, "."]
)
def test_what_is_not_there_is_told(name: str) -> None:
    message = refused(name)
    assert "no experiment and no file" in message


def test_a_file_goes_before_part_of_a_name_and_a_folder_does_not(
    tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = dump(open_experiment("Several steps"), new_path(open_experiment("Several steps")), 0)
    (tmp_path / "season").mkdir()
    assert open_experiment("season").name == "The whole season"
    (tmp_path / "season").rmdir()
    (tmp_path / "season").write_text(text, encoding="utf-8")
    assert open_experiment("season").name == "Several steps"
    (tmp_path / "The whole season").write_text(text, encoding="utf-8")
    assert open_experiment("The whole season").name == "The whole season"


def test_a_fault_in_a_file_names_the_file(tmp_path: FilePath) -> None:
    file = tmp_path / "broken.json"
    file.write_text('{"format": 3}', encoding="utf-8")

    assert refused(str(file)).startswith("broken.json: format: ")


def test_what_an_experiment_needs_images_of_is_known_without_them(tmp_path: FilePath) -> None:
    assert find_experiment("Several steps").source is None
    assert find_experiment("Digits, 8x8").source == "digits"
    assert find_experiment("mnist").source == "mnist"
    with pytest.raises(ExperimentError, match="no experiment and no file"):
        find_experiment("nonsense")
    file = tmp_path / "a.json"
    for text in (
        "{}",
        "[]",
        '{"examples": 3}',
        '{"examples": "source"}',
        '{"examples": ["source"]}',
    ):
        file.write_text(text, encoding="utf-8")
        assert find_experiment(str(file)).source is None
        assert refused(str(file)).startswith("a.json: ")


def test_mnist_that_is_not_there_is_told_in_words_that_help(
    tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WEIGHTBENCH_MNIST", raising=False)
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path))
    with pytest.raises(MissingImages, match="MNIST is not on this computer yet") as caught:
        open_experiment("Digits, MNIST")
    assert '"Digits, 8x8" needs no files' in str(caught.value)


def test_mnist_that_is_damaged_is_named_as_the_images_that_are_missing(
    tmp_path: FilePath,
) -> None:
    folder = write_mnist(tmp_path / "mine")
    file = folder / "train-images-idx3-ubyte.gz"
    file.write_bytes(file.read_bytes()[:20])
    with pytest.raises(MissingImages, match=r"train-images.* is cut short") as caught:
        open_experiment("Digits, MNIST", folder)
    assert caught.value.fault == str(caught.value)


def test_another_count_begins_afresh_whatever_was_edited(tmp_path: FilePath) -> None:
    experiment = open_experiment("Digits, 8x8", count=300)
    path = new_path(experiment)
    path.edit(Edit(0, "visit", (299,)))
    path.extend(20)
    file = tmp_path / "mine.json"
    file.write_text(dump(experiment, path, 20), encoding="utf-8")

    for count in (100, 1500):
        other = with_count(open_experiment(str(file)), count)
        assert (other.edits, other.length, other.position) == ((), 0, 0)
        assert len(other.setup.examples) == other.setup.schedule.n_examples == count
        assert other.digits is not None
        assert len(other.digits.images) == count
        assert np.array_equal(other.weights, experiment.weights)
    with pytest.raises(ExperimentError, match="1,500"):
        with_count(experiment, 1501)
    with pytest.raises(ExperimentError, match="no images"):
        with_count(open_experiment("Several steps"), 5)


def test_the_small_digits_need_no_file() -> None:
    experiment = open_experiment("Digits, 8x8", count=20)

    assert experiment.image_shape == (8, 8)
    assert len(experiment.setup.examples) == 20
    assert experiment.weights.shape == (10, 64)
    assert len(open_experiment("Digits, 8x8").setup.examples) == 1500
    with pytest.raises(ExperimentError, match="1,500"):
        open_experiment("Digits, 8x8", count=1501)


def test_every_file_that_comes_with_the_program_has_a_name_of_its_own() -> None:
    files = list(builtin_names().values())
    folder = PROJECT / "resources" / "experiments"

    assert sorted(files) == sorted(file.name for file in folder.glob("*.json"))
    for file in files:
        data = json.loads((folder / file).read_text(encoding="utf-8"))
        assert data["version"] == (2 if {"constant", "view"} & set(data) else 1)
