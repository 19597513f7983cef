"""Rows of a table that are never learned from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from model.errors import ExperimentError
from model.experiment import Experiment
from model.files.experiment_file import dump, parse
from model.files.tables.choice import Choice, drawn_apart, experiment_of
from model.files.tables.dialect import guess
from model.files.tables.errors import TableError
from model.files.tables.table import read_table
from model.path.saved import new_path, saved_path

ROWS = [(0.5 * row, float(row * row), 3.0 * row - 7.0) for row in range(10)]
CSV = "a,b,c\n" + "".join(f"{a},{b},{c}\n" for a, b, c in ROWS)
CHOICE = Choice(("a", "b"), ("c",), scale="standard", held_out=0.3, seed=4)


def made(choice: Choice = CHOICE, text: str = CSV) -> Experiment:
    content = text.encode()
    return experiment_of(read_table(content, guess(content), "t.csv"), choice, "t")


def unread(*_: object) -> None:
    raise AssertionError("no images are asked for")


def read_again(experiment: Experiment) -> Experiment:
    path = new_path(experiment)
    path.extend(3)
    return parse(dump(experiment, path, 2), unread)  # type: ignore[arg-type]


def test_every_row_is_either_learned_from_or_held_out() -> None:
    experiment = made()
    held_out = experiment.held_out
    assert held_out is not None
    assert experiment.transform is not None
    raw = [*experiment.transform.raw.tolist(), *held_out.raw.tolist()]
    targets = [*experiment.setup.examples.base_targets.tolist(), *held_out.targets.tolist()]
    assert len(held_out) == 3
    together = sorted((*row[:2], target[0]) for row, target in zip(raw, targets, strict=True))
    assert together == sorted(ROWS)
    assert "3 rows are held out: they are never learned from." in experiment.about


def test_scaling_knows_nothing_of_what_is_held_out() -> None:
    experiment = made()
    transform, held_out = experiment.transform, experiment.held_out
    assert transform is not None
    assert held_out is not None
    for column in range(2):
        values = [row[column] for row in transform.raw.tolist()]
        mean = sum(values) / len(values)
        deviation = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5
        assert transform.offset[column] == pytest.approx(mean, rel=1e-12)
        wanted = [(row[column] - mean) / deviation for row in held_out.raw.tolist()]
        assert held_out.inputs[:, column].tolist() == pytest.approx(wanted, rel=1e-12)


def test_the_seed_decides_which_rows() -> None:
    first, again, other = made(), made(), made(replace(CHOICE, seed=5))
    assert first.held_out is not None
    assert again.held_out is not None
    assert other.held_out is not None
    assert first.held_out.raw.tolist() == again.held_out.raw.tolist()
    assert first.held_out.raw.tolist() != other.held_out.raw.tolist()


@pytest.mark.parametrize(
    ("n", "share", "n_asked"),
    [(10, 0.0, 0), (10, 0.25, 2), (10, 0.01, 1), (10, 0.99, 9), (2, 0.5, 1), (1, 0.9, 1)],
)
def test_at_least_one_row_of_each_kind_where_there_are_two(
    n: int, share: float, n_asked: int
) -> None:
    learned, asked = drawn_apart(n, share, seed=0)
    assert len(asked) == n_asked
    assert sorted([*learned.tolist(), *asked.tolist()]) == list(range(n))


def test_a_single_row_cannot_be_held_out() -> None:
    with pytest.raises(TableError, match="nothing would be left to learn from"):
        made(replace(CHOICE, scale="none", held_out=0.9), "a,b,c\n1,2,3\n")


def test_it_is_saved_raw_and_read_again_to_the_last_bit() -> None:
    experiment = made()
    again = read_again(experiment)
    for one, other in ((experiment.held_out, again.held_out),):
        assert one is not None
        assert other is not None
        assert one.raw.tobytes() == other.raw.tobytes()
        assert one.inputs.tobytes() == other.inputs.tobytes()
        assert one.targets.tobytes() == other.targets.tobytes()
    path, other_path = new_path(experiment), saved_path(again)
    path.extend(3)
    other_path.extend(3 - other_path.length)
    assert path.weights(3).tobytes() == other_path.weights(3).tobytes()


def test_without_it_nothing_of_a_file_changes() -> None:
    experiment = made(replace(CHOICE, scale="none", held_out=0.0))
    assert experiment.held_out is None
    data = json.loads(dump(experiment, new_path(experiment), 0))
    assert data["version"] == 1
    assert "held_out" not in data


@pytest.mark.parametrize(
    ("held_out", "problem"),
    [
        ([], "held_out"),
        ({"inputs": [[1, 2, 1]]}, "targets"),
        ({"inputs": [[1, 2]], "targets": [[1]]}, "inputs"),
        ({"inputs": [[1, 2, 1]], "targets": [[1], [2]]}, "targets"),
        ({"inputs": [], "targets": []}, "inputs"),
        ({"inputs": [[1, 2, 3]], "targets": [[1]]}, "the input that is always 1 must be 1 here"),
        ({"inputs": [[1, 2, 1]], "targets": [[1]], "share": 0.5}, "is not a key of this format"),
        ({"inputs": [[1e8, 2, 1]], "targets": [[1]]}, "input 1 of row 1 is scaled to more than"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(held_out: object, problem: str) -> None:
    experiment = made()
    data = json.loads(dump(experiment, new_path(experiment), 0))
    data["held_out"] = held_out
    data["transform"]["scale"][0] = 1e-3
    with pytest.raises(ExperimentError, match=problem):
        parse(json.dumps(data), unread)  # type: ignore[arg-type]


def test_an_older_version_has_no_such_key(tmp_path: Path) -> None:
    data = json.loads(dump(made(), new_path(made()), 0))
    data["version"] = 1
    with pytest.raises(ExperimentError, match="is a key of version 2"):
        parse(json.dumps(data), unread)  # type: ignore[arg-type]
