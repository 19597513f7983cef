"""A source of examples is one row of a table: files name it, menus count it, panels write it."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from gui.panels.pixel_values.grid import NumberGrid
from gui.window.window import Window
from model.digits import DigitSet
from model.errors import DigitsError, ExperimentError
from model.files.experiment_file import dump
from model.files.library import open_experiment, with_count
from model.files.sources import SOURCES, Source
from model.path.saved import saved_path

EXPERIMENT = {
    "format": "weightbench/experiment", "version": 1, "name": "Bars",
    "examples": {"source": "bars", "count": 6}, "order": "cycle", "weights": "zeros", "alpha": 0.1,
}  # fmt: skip


def bars(count: int, folder: Path | None) -> DigitSet:
    """Ten images of 2 x 5 pixels, each with one dark pixel."""
    if folder is not None:
        raise DigitsError("bars need no folder")
    images, labels = np.eye(10), np.arange(10, dtype=np.uint8)
    return DigitSet("bars", images[:count], labels[:count], (2, 5), images[8:], labels[8:])


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SOURCES, "bars", Source(8, bars, levels=40))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bars.json"
    path.write_text(json.dumps(EXPERIMENT), encoding="utf-8")
    return path


def test_a_file_that_names_a_new_source_is_opened_and_written(file: Path) -> None:
    experiment = open_experiment(str(file))

    assert experiment.image_shape == (2, 5)
    assert experiment.setup.examples.base_inputs.tolist() == np.eye(10)[:6].tolist()
    assert experiment.inputs[-1] == "pixel 1,4"
    written = json.loads(dump(experiment, saved_path(experiment), 0))
    assert written["examples"] == {"source": "bars", "count": 6}


@pytest.mark.parametrize("count", [0, 9])
def test_more_than_a_new_source_has_are_refused(file: Path, count: int) -> None:
    wrong = EXPERIMENT | {"examples": {"source": "bars", "count": count}}
    experiment = open_experiment(str(file))
    file.write_text(json.dumps(wrong), encoding="utf-8")

    with pytest.raises(ExperimentError, match="count: must be a whole number from 1 to 8"):
        open_experiment(str(file))
    with pytest.raises(ExperimentError, match="1 to 8"):
        with_count(experiment, count)
    assert len(with_count(experiment, 8).setup.examples) == 8


def test_the_window_opens_a_new_source_counts_it_and_writes_its_levels(
    file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = Window(open_experiment("Several steps"))
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.documents.opener.opened, timeout=20_000):
        window.documents.open(str(file))
    asked: list[tuple[object, ...]] = []

    def five(*args: object) -> tuple[int, bool]:
        asked.append(args[3:])
        return 5, True

    monkeypatch.setattr(QInputDialog, "getInt", five)
    with qtbot.waitSignal(window.documents.opener.opened, timeout=20_000):
        window.documents.ask_count()

    assert asked == [(6, 1, 8)]
    assert len(window.session.experiment.setup.examples) == 5
    grid = NumberGrid(window.session)
    qtbot.addWidget(grid)
    assert grid.levels == 40
