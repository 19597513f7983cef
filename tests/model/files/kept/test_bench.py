"""The text of a kept bench: its experiment, and what a newer version wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.errors import ExperimentError
from model.files.kept.bench import BenchState, experiment_text, read_state, written
from model.files.kept.stamp import Stamp
from model.files.library import open_experiment


def test_its_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "bench-1.json"
    for stamp in (None, Stamp(3, 5, "0" * 64)):
        state = BenchState("a", tmp_path / "a.json", edited=True, stamp=stamp)
        file.write_text("".join(written(state, ["{}"])), encoding="utf-8")
        assert read_state(file) == state
        assert experiment_text(file.read_text(encoding="utf-8"), "a").strip() == "{}"


def test_a_bench_of_a_newer_version_is_refused_with_the_next_step(tmp_path: Path) -> None:
    file = tmp_path / "bench-1.json"
    text = "".join(written(BenchState("a"), ["{}"])).replace('"version": 1', '"version": 2')
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ExperimentError, match="kept by a newer Weightbench: open it with that one"):
        open_experiment(str(file))
