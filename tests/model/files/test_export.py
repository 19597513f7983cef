from __future__ import annotations

import csv
import json
import math
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.edits import Edit
from model.experiment import Experiment
from model.files.export import ExportCancelled, ExportError, export
from model.files.library import open_experiment
from model.files.trace import json_line, states
from model.path import State
from model.path.saved import new_path

FREEZING = "Freezing one weight"
SAVED = """{
 "format": "weightbench/experiment", "version": 1, "name": "Saved",
 "inputs": ["toes", "win/loss", "fans"], "outputs": ["win"],
 "examples": {"inputs": [[8.5, 0.65, 1.2]], "targets": [[1]]},
 "order": "first", "weights": [[0.1, 0.2, -0.1]], "alpha": 0.01,
 "session": {"length": 10, "position": 7, "edits": [
  {"step": 3, "kind": "weights", "at": [[0, 0]], "to": [0.7]}]}
}"""


def test_npz_has_the_weights_after_the_steps(tmp_path: Path) -> None:
    file = tmp_path / "weights.npz"
    export(open_experiment(FREEZING), 3, file)
    with np.load(file, allow_pickle=False) as data:
        assert data["weights"][0] == pytest.approx(
            [0.1, 0.24466147765625, -0.017548041250000077], rel=1e-12
        )
        assert data["start_weights"].tolist() == [[0.1, 0.2, -0.1]]
        assert data["frozen"].tolist() == [[True, False, False]]
        assert data["inputs"].tolist() == ["toes", "win/loss", "fans"]
        assert int(data["steps"]) == 3
        assert float(data["alpha"]) == 0.3


def test_npz_of_a_diverging_run_says_how_far_it_came(tmp_path: Path) -> None:
    file = tmp_path / "weights.npz"
    export(open_experiment("Alpha too large"), 500, file)
    with np.load(file) as data:
        assert 5 < int(data["steps"]) < 500
        assert np.isfinite(data["weights"]).all()


def test_csv_has_a_line_for_each_step_at_full_precision(tmp_path: Path) -> None:
    file = tmp_path / "trace.csv"
    experiment = open_experiment("Several outputs")
    export(experiment, 4, file)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    path = new_path(experiment)
    path.extend(4)
    assert [row["step"] for row in rows] == ["0", "1", "2", "3"]
    assert [row["example"] for row in rows] == ["1", "1", "1", "1"]
    assert float(rows[3]["pred win"]) == path.state(3).pred[1]
    assert float(rows[0]["weight_delta sad win/loss"]) == pytest.approx(0.31525, rel=1e-12)


def test_csv_says_what_the_table_and_the_json_say_of_frozen_weights_and_of_guests(
    tmp_path: Path,
) -> None:
    experiment = open_experiment(FREEZING)
    guest = Edit(2, "guest", (1.0, 2.0, 3.0))
    experiment = replace(experiment, edits=(guest,), length=2, position=2)
    file = tmp_path / "trace.csv"
    export(experiment, 1, file)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = [json.loads(json_line(state)) for state in states(experiment, 3)]
    assert [float(row["weight_delta win toes"]) for row in rows[:2]] == [0.0, 0.0]
    for row, line in zip(rows, told, strict=True):
        guessed = line["delta"] is None
        deltas = [[math.nan] * 3] if guessed else line["weight_deltas"]
        for head, value in (
            ("pred win", line["pred"][0]),
            ("delta win", math.nan if guessed else line["delta"][0]),
            ("error win", math.nan if guessed else line["error"][0]),
            ("weight win fans", line["weights"][0][2]),
            ("weight_delta win fans", deltas[0][2]),
        ):
            assert row[head] == ("" if math.isnan(value) else repr(value))
    assert told[2]["delta"] is None


def test_json_opens_again_at_the_last_step(tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    export(open_experiment(FREEZING), 7, file)
    again = open_experiment(str(file))
    assert (again.length, again.position) == (7, 7)


def test_an_unknown_ending_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"x\.pickle.*\.npz"):
        export(open_experiment(FREEZING), 1, tmp_path / "x.pickle")


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="could not be written"):
        export(open_experiment(FREEZING), 1, tmp_path / "no" / "x.csv")


# A saved session: 10 steps, saved while step 7 was looked at, with an edit at step 3.


def saved(folder: Path) -> Experiment:
    """The first game with the first weight set to 0.7 after three updates."""
    file = folder / "saved.json"
    file.write_text(SAVED, encoding="utf-8")
    return open_experiment(str(file))


def plain_loop(n_steps: int) -> tuple[list[list[float]], list[float]]:
    """The weights after n_steps updates of that session, and the pred of each step before."""
    inputs, weights, preds = [8.5, 0.65, 1.2], [0.1, 0.2, -0.1], []
    for step in range(n_steps):
        if step == 3:
            weights[0] = 0.7
        pred = sum(w * x for w, x in zip(weights, inputs, strict=True))
        preds.append(pred)
        weights = [w - 0.01 * (pred - 1.0) * x for w, x in zip(weights, inputs, strict=True)]
    return [weights], preds


@pytest.mark.parametrize("beyond", [0, 2, 5])
def test_weights_of_a_saved_session_are_those_beyond_its_position(
    tmp_path: Path, beyond: int
) -> None:
    file = tmp_path / "weights.npz"
    export(saved(tmp_path), beyond, file)
    with np.load(file) as data:
        assert int(data["steps"]) == 7 + beyond
        assert data["weights"] == pytest.approx(np.array(plain_loop(7 + beyond)[0]), rel=1e-12)


def test_a_trace_of_a_saved_session_ends_beyond_its_position(tmp_path: Path) -> None:
    file = tmp_path / "trace.csv"
    export(saved(tmp_path), 1, file)
    with file.open(encoding="utf-8", newline="") as stream:
        preds = [float(row["pred win"]) for row in csv.DictReader(stream)]
    assert preds == pytest.approx(plain_loop(8)[1], rel=1e-12)


@pytest.mark.parametrize(("beyond", "expected"), [(0, (10, 7)), (2, (10, 9)), (8, (15, 15))])
def test_json_of_a_saved_session_opens_beyond_its_position_with_all_of_its_path(
    tmp_path: Path, beyond: int, expected: tuple[int, int]
) -> None:
    file = tmp_path / "again.json"
    export(saved(tmp_path), beyond, file)
    again = open_experiment(str(file))
    assert (again.length, again.position) == expected
    assert [edit.step for edit in again.edits] == [3]


def test_a_trace_is_not_held_in_memory(tmp_path: Path) -> None:
    experiment = open_experiment("Digits, 8x8", count=50)
    file = tmp_path / "trace.csv"
    export(experiment, 1, file)
    tracemalloc.start()
    try:
        export(experiment, 300, file)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert file.stat().st_size > 4_000_000
    assert peak < file.stat().st_size / 3


def test_a_disk_that_is_full_midway_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "trace.csv"
    file.write_text("old", encoding="utf-8")
    whole = list(states(open_experiment(FREEZING), 3))

    def full(*_: object) -> Iterator[State]:
        yield whole[0]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("model.files.export.states_of", full)
    with pytest.raises(ExportError, match=r"trace\.csv could not be written: No space"):
        export(open_experiment(FREEZING), 3, file)
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", ["x.npz", "x.weights.csv", "x.csv", "x.json", "x.py", "x.txt"])
def test_what_nobody_wants_any_more_stops_on_the_way_to_its_step(tmp_path: Path, name: str) -> None:
    asked: list[None] = []

    def cancelled() -> bool:
        asked.append(None)
        return len(asked) > 2

    # Far longer than anybody waits.
    experiment = replace(open_experiment(FREEZING), position=10**7, length=10**7)
    with pytest.raises(ExportCancelled):
        export(experiment, 0, tmp_path / name, cancelled=cancelled)
    assert len(asked) == 3
    assert list(tmp_path.iterdir()) == []


def test_a_trace_says_names_in_any_script_and_with_commas(tmp_path: Path) -> None:
    data = json.loads(SAVED) | {"inputs": ["é, è", '"b"', "数"]}
    source, file = tmp_path / "a.json", tmp_path / "trace.csv"
    source.write_text(json.dumps(data), encoding="utf-8")
    export(open_experiment(str(source)), 0, file)
    assert b"\r" not in file.read_bytes()
    with file.open(encoding="utf-8", newline="") as stream:
        heads = next(csv.reader(stream))
    assert heads[5:8] == ["weight win é, è", 'weight win "b"', "weight win 数"]
