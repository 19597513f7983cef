"""A saved experiment finds its pictures again, and says so where it cannot."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import numpy as np
import pytest

from model.digits import Origin
from model.edits import Edit
from model.errors import ExperimentError, LostSet
from model.experiment import Experiment
from model.files.experiment_file import dump
from model.files.library import open_experiment, with_count
from model.files.sets.access import Access
from model.files.sets.opening import open_set
from model.path.saved import new_path, saved_path
from tests.model.files.sets.replicas import (
    glyph,
    kaggle_header,
    pictures,
    write_idx,
    write_npz,
    write_pixels,
)
from tests.model.files.sets.test_opening import decode, write_folder

LETTERS = [at % 26 for at in range(130)]
IMAGES = pictures(LETTERS, (20, 20))
READ = Access(decode)


@pytest.fixture(autouse=True)
def no_decisions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WEIGHTBENCH_CACHE", str(tmp_path / "cache" / "digits"))


def made(folder: Path, kind: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "idx":
        return write_idx(folder, "emnist-letters-train-{kind}", IMAGES, [n + 1 for n in LETTERS])
    if kind == "npz":
        return write_npz(folder / "letters.npz", x=IMAGES, y=np.array(LETTERS))
    if kind == "pixels.csv":
        return write_pixels(folder / "letters.csv", IMAGES, LETTERS, kaggle_header(400))
    return write_folder(folder / "shapes", {name: [glyph(ord(name))] * 20 for name in "abc"})


def save(file: Path, experiment: Experiment, steps: int = 20) -> dict[str, Any]:
    path = new_path(experiment)
    path.extend(steps)
    path.edit(Edit(5, "alpha", (0.001,)))
    path.extend(steps)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(dump(experiment, path, 7, beside=file.parent), encoding="utf-8")
    data: dict[str, Any] = json.loads(file.read_text())
    return data


@pytest.mark.parametrize("kind", ["idx", "npz", "pixels.csv", "folder"])
def test_a_session_on_own_pictures_comes_back_to_the_last_bit(tmp_path: Path, kind: str) -> None:
    source = made(tmp_path / "work" / "data", kind)
    experiment = open_set(source, READ)
    file = tmp_path / "work" / "mine.json"
    data = save(file, experiment)
    assert data["version"] == 2
    assert data["classes"] == list(experiment.outputs)
    assert "outputs" not in data
    assert "inputs" not in data
    examples = data["examples"]
    assert examples.pop("path") == f"data/{source.name}"
    assert len(examples.pop("sha256")) == 64
    assert examples == {
        "source": kind, "turned": kind == "idx", "inverted": False,
        "count": len(experiment.setup.examples),
    }  # fmt: skip
    # Both are moved elsewhere together.
    shutil.move(tmp_path / "work", tmp_path / "moved")
    again = open_experiment(str(tmp_path / "moved" / "mine.json"), access=READ)
    assert again.outputs == experiment.outputs
    assert again.digits is not None
    assert experiment.digits is not None
    for name in ("images", "labels", "held_out_images", "held_out_labels"):
        assert np.array_equal(getattr(again.digits, name), getattr(experiment.digits, name))
    path, expected = saved_path(again), new_path(experiment)
    expected.extend(20)
    expected.edit(Edit(5, "alpha", (0.001,)))
    expected.extend(20)
    path.extend(expected.length - path.length)
    assert np.array_equal(path.weights(path.length), expected.weights(expected.length))


def test_of_one_file_the_sum_is_its_own_and_of_several_that_of_their_list(tmp_path: Path) -> None:
    file = made(tmp_path, "npz")
    digits = open_set(file, READ).digits
    assert digits is not None
    assert digits.origin is not None
    assert digits.origin.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    made(tmp_path / "two", "idx")
    digits = open_set(tmp_path / "two", READ).digits
    assert digits is not None
    assert digits.origin is not None
    lines = "".join(
        f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n"
        for each in sorted((tmp_path / "two").iterdir())
    )
    assert digits.origin.sha256 == hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
@pytest.mark.parametrize("name", ["two\nlines", "tab\t", "\u202ertl", os.fsdecode(b"not\xfftext")])
def test_pictures_in_a_folder_of_any_name_are_found_again(tmp_path: Path, name: str) -> None:
    pictures_file = made(tmp_path / name, "npz")
    experiment = open_set(pictures_file, READ)
    for file in (tmp_path / "beside.json", tmp_path / "there" / "away.json"):
        save(file, experiment)
        again = open_experiment(str(file), access=READ)
        assert again.digits is not None
        assert again.digits.origin is not None
        assert again.digits.origin.path == pictures_file


@pytest.mark.parametrize("kind", ["idx", "npz", "pixels.csv", "folder"])
def test_pictures_that_are_gone_or_others_are_said_and_can_be_pointed_to(
    tmp_path: Path, kind: str
) -> None:
    source = made(tmp_path / "data", kind)
    file = tmp_path / "mine.json"
    save(file, open_set(source, READ))
    shutil.move(tmp_path / "data", tmp_path / "elsewhere")
    with pytest.raises(
        LostSet, match=r"mine\.json: examples: path: its pictures are not at .*any more"
    ) as lost:
        open_experiment(str(file), access=READ)
    assert not lost.value.changed
    place = tmp_path / "elsewhere" / source.name
    found = open_experiment(str(file), access=Access(decode, located=place))
    assert found.digits is not None
    assert found.digits.origin is not None
    assert found.digits.origin.path == place
    # Others of that kind in their place.
    if kind == "idx":
        write_idx(place.parent, "emnist-letters-train-{kind}", IMAGES, [1 + n for n in LETTERS],
                  packed=False)  # fmt: skip
        other = place.parent / "emnist-letters-train-images-idx3-ubyte"
        (place.parent / "emnist-letters-train-labels-idx1-ubyte.gz").unlink()
    else:
        other = place
        target = other if other.is_file() else sorted(other.rglob("*.png"))[0]
        if kind == "npz":
            write_npz(target, x=IMAGES, y=np.array(LETTERS[::-1]))
        elif kind == "pixels.csv":
            target.write_text(target.read_text() + "\n")
        else:
            with target.open("wb") as stream:
                np.save(stream, glyph(3))
    with pytest.raises(LostSet, match="are not those that it was saved with") as lost:
        open_experiment(str(file), access=Access(decode, located=other))
    assert lost.value.changed
    anyway = open_experiment(str(file), access=Access(decode, located=other, anyway=True))
    assert anyway.length == found.length


def test_other_pictures_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    save(file, open_set(made(tmp_path, "npz"), READ))
    other = write_npz(tmp_path / "other.npz", x=IMAGES, y=np.array(LETTERS) % 9)
    with pytest.raises(ExperimentError, match="26 names for the 9 classes of the pictures"):
        open_experiment(str(file), access=Access(located=other, anyway=True))
    few = write_npz(tmp_path / "few.npz", x=IMAGES[:60], y=np.array(LETTERS[:60]))
    with pytest.raises(ExperimentError, match="there are 1 to 51 pictures to learn from, not 1"):
        open_experiment(str(file), access=Access(located=few, anyway=True))


def test_what_was_chosen_and_renamed_is_kept(tmp_path: Path) -> None:
    source = made(tmp_path, "npz")
    origin = Origin("npz", source, turned=3, inverted=True, held_out=0.3, seed=5)
    experiment = open_set(source, READ, origin)
    data = save(tmp_path / "mine.json", experiment)
    assert data["examples"]["turned"] == 3
    assert data["examples"]["inverted"] is True
    assert (data["examples"]["held_out"], data["examples"]["held_out_seed"]) == (0.3, 5)
    names = [f"class {letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(data | {"classes": names}))
    again = with_count(open_experiment(str(file), access=READ), 31, access=READ)
    assert again.outputs == tuple(names)
    assert again.digits is not None
    assert again.digits.classes == tuple(names)
    assert len(again.setup.examples) == 31
    with pytest.raises(ExperimentError, match="there are 1 to 91 pictures"):
        with_count(again, 92, access=READ)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"path": ""}, "path: must be the path"),
        ({"path": 3}, "path: must be the path"),
        ({"path": "a\0b"}, "path: must be the path"),
        ({"path": "\ud800"}, "path: must be the path"),
        ({"path": "a" * 5000}, "path: must be the path"),
        ({"sha256": "ab"}, "sha256: must be 64 digits from 0 to f"),
        ({"turned": 8}, "turned: must be a whole number from 0 to 7"),
        ({"turned": "yes"}, "turned: must be a whole number"),
        ({"inverted": 1}, "inverted: must be true or false"),
        ({"held_out": 0.95}, "held_out: must be at most 0.9"),
        ({"held_out_seed": -1}, "held_out_seed: must be a whole number"),
        ({"count": 0}, "count: must be a whole number from 1"),
        ({"size": 3}, "'size': is not a key"),
        ({"path": "//server/share/x.npz"}, "are not at //server/share/x.npz any more"),
        ({"path": "/dev/zero"}, "are not at .dev.zero any more"),
    ],
)
def test_faults_of_the_source_are_named(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    file = tmp_path / "mine.json"
    data = save(file, open_set(made(tmp_path, "npz"), READ))
    data["examples"] |= change
    file.write_text(json.dumps(data))
    with pytest.raises(ExperimentError, match=said):
        open_experiment(str(file), access=READ)


def test_a_file_that_a_teacher_has_written_says_no_more_than_needed(tmp_path: Path) -> None:
    made(tmp_path / "data", "idx")
    data = {
        "format": "weightbench/experiment", "version": 2, "name": "letters", "order": "cycle",
        "examples": {"source": "idx", "path": "data", "turned": True}, "weights": "zeros",
        "alpha": 0.01,
    }  # fmt: skip
    file = tmp_path / "letters.json"
    file.write_text(json.dumps(data))
    experiment = open_experiment(str(file), access=READ)
    assert experiment.outputs == tuple(ascii_uppercase)
    assert len(experiment.setup.examples) == 110


@pytest.mark.parametrize("names", [["a", "b"], "abc", [str(n // 2) for n in range(26)]])
def test_classes_that_do_not_fit_are_refused(tmp_path: Path, names: object) -> None:
    file = tmp_path / "mine.json"
    data = save(file, open_set(made(tmp_path, "npz"), READ))
    file.write_text(json.dumps(data | {"classes": names}))
    with pytest.raises(ExperimentError, match=r"mine\.json: classes"):
        open_experiment(str(file), access=READ)


def test_classes_of_a_known_set_can_be_named(tmp_path: Path) -> None:
    names = [f"digit {n}" for n in range(10)]
    data = {
        "format": "weightbench/experiment", "version": 2, "name": "named", "classes": names,
        "examples": {"source": "digits", "count": 30}, "order": "cycle", "weights": "zeros",
        "alpha": 0.01,
    }  # fmt: skip
    file = tmp_path / "named.json"
    file.write_text(json.dumps(data))
    experiment = open_experiment(str(file))
    assert experiment.outputs == tuple(names)
    assert json.loads(dump(experiment, new_path(experiment), 0))["classes"] == names
