"""The table of all examples says what the weights of the moment make of every one of them."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.panels.all_examples.panel import AllExamplesPanel
from gui.session import Session
from model.words import numbers
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.telling import wait_until_told


def shown(qtbot: QtBot, session: Session) -> AllExamplesPanel:
    panel = AllExamplesPanel(session)
    qtbot.addWidget(panel)
    panel.resize(600, 200)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def texts(panel: AllExamplesPanel) -> list[list[str]]:
    model = panel.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.mark.parametrize("name", ["The whole season", "Normalised inputs", "Inputs as measured"])
def test_pred_and_error_of_all_games_at_every_step(qtbot: QtBot, name: str) -> None:
    session = builtin(name)
    panel = shown(qtbot, session)
    examples = session.experiment.setup.examples
    weights = session.experiment.weights[0].tolist()
    for step in range(9):
        wanted = []
        for game in range(4):
            x, target = examples.inputs(game).tolist(), float(examples.target(game)[0])
            pred = sum(w * v for w, v in zip(weights, x, strict=True))
            error = numbers.short((pred - target) ** 2, 6)
            wanted.append([str(game + 1), numbers.plain(target), numbers.short(pred), error])
        assert texts(panel) == wanted
        assert panel.model.now == step % 4
        x, target = examples.inputs(step % 4).tolist(), float(examples.target(step % 4)[0])
        delta = sum(w * v for w, v in zip(weights, x, strict=True)) - target
        alpha = session.experiment.setup.alpha
        weights = [w - alpha * delta * v for w, v in zip(weights, x, strict=True)]
        session.playback.step()


def test_the_worst_game_is_named_and_described(qtbot: QtBot) -> None:
    session = builtin("Inputs as measured")
    panel = shown(qtbot, session)
    session.playback.take(20_000)
    assert panel.note.text().startswith("worst: example 3, error 0.003507 · mean of all 0.002")
    told = wait_until_told(qtbot, panel.table, "step 20,000")
    assert told == f"step 20,000; {panel.note.text()}"


def test_several_outputs_are_named(qtbot: QtBot) -> None:
    session = made_up([[1.0], [2.0]], [[1.0, 0.0], [0.0, 1.0]], [[0.5], [0.25]], order="cycle")
    panel = shown(qtbot, session)
    horizontal = Qt.Orientation.Horizontal
    headings = [panel.model.headerData(at, horizontal) for at in range(panel.model.columnCount())]
    assert headings[:4] == ["example", "target output 1", "pred output 1", "error output 1"] or (
        headings[0] == "example" and len(headings) == 7
    )
    assert texts(panel)[1][0] == "2"
    assert "mean error" in panel.note.text()


def test_an_edited_example_and_another_experiment_are_followed(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    session.edits.set_target(0, 0.5)
    assert texts(panel)[0][1] == "0.5"
    session.open(builtin("Several steps").experiment)
    assert len(texts(panel)) == 1


def test_only_rows_that_say_something_else_are_told_of(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    told: list[range] = []
    panel.model.dataChanged.connect(lambda top, last: told.append(range(top.row(), last.row() + 1)))

    session.playback.predict()
    session.playback.compare()
    assert told == []

    session.playback.learn()
    assert told == [range(4)]
