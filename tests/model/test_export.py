from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from model.export import ExportError, export
from model.library import open_experiment

FREEZING = "Freezing one weight"


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
    path = experiment.new_path()
    path.extend(4)
    assert [row["step"] for row in rows] == ["1", "2", "3", "4"]
    assert float(rows[3]["pred win"]) == path.state(3).pred[1]
    assert float(rows[0]["weight_delta sad win/loss"]) == pytest.approx(0.31525, rel=1e-12)


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
