"""What is done to many weights at once is one edit, kept in arrays; what takes long is beside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.session import Session
from gui.weights.desk import WeightDesk
from model.experiment import Experiment
from model.files.experiment_file import dump
from model.files.library import open_experiment
from model.files.weights.opening import read_weights
from model.packed.rows import Cells
from model.path.saved import saved_path
from model.starting.weights import StartWeights
from tests.model.made_up import made_up

SHAPE = (120, 100)


@pytest.fixture
def session() -> Session:
    setup, weights = made_up(2, "cycle", shape=SHAPE)
    inputs, outputs = ([f"{k} {n}" for n in range(m)] for k, m in (("in", 100), ("out", 120)))
    return Session(Experiment("many", "", tuple(inputs), tuple(outputs), setup, weights))


@pytest.fixture
def desk(qtbot: QtBot, session: Session) -> Iterator[WeightDesk]:
    window = QWidget()
    qtbot.addWidget(window)
    desk = WeightDesk(session, lambda _: None, window)
    yield desk
    desk.wait()


def test_all_weights_at_once_are_one_edit_that_is_undone_saved_and_opened(
    session: Session, desk: WeightDesk, tmp_path: Path
) -> None:
    session.playback.take(3)
    before = session.state.weights
    for seed in (1, 2):
        desk.fill(StartWeights("even", 0.5, seed))
    wanted = StartWeights("even", 0.5, 2).made(*SHAPE)
    assert session.state.weights.tobytes() == wanted.tobytes()
    (edit,) = session.path.edits
    assert isinstance(edit.at, Cells)
    assert len(edit.at) == wanted.size
    session.edits.undo()
    session.edits.undo()
    assert session.state.weights.tobytes() == before.tobytes()
    session.edits.redo()
    session.edits.redo()
    session.edits.set_weight(3, 4, 0.25)
    wanted[3, 4] = 0.25
    session.playback.take(2)
    file = tmp_path / "many.json"
    bench = session.playback.bench
    file.write_text(dump(bench.experiment, bench.path, 5), encoding="utf-8")
    again = open_experiment(str(file))
    assert again.edits == session.path.edits
    path = saved_path(again)
    path.extend(5)
    assert path.weights(5).tobytes() == session.state.weights.tobytes()
    assert path.weights(3).tobytes() == wanted.tobytes()


def test_many_weights_are_written_and_copied_beside_the_window(
    qtbot: QtBot, session: Session, desk: WeightDesk, tmp_path: Path
) -> None:
    said: list[str] = []
    session.notices.refused.connect(said.append)

    def is_said(name: str) -> bool:
        return any(name in sentence for sentence in said)

    session.playback.take(3)
    wanted = session.state.weights
    for file in (tmp_path / "w.npz", tmp_path / "no" / "w.csv"):
        assert desk.save_file(file)
        # What is written is of the moment at which it was asked for.
        session.playback.seek(0)
        qtbot.waitUntil(partial(is_said, file.name))
        session.playback.seek(3)
    assert said[0] == "The weights of step 3 were saved as w.npz."
    assert said[1].startswith("w.csv could not be saved: ")
    found = read_weights(tmp_path / "w.npz", lambda: False)
    assert found.values.tobytes() == wanted.tobytes()
    QGuiApplication.clipboard().setText("")
    desk.copy()
    qtbot.waitUntil(lambda: len(QGuiApplication.clipboard().text().splitlines()) == 121)
