"""The table of all examples says what the weights of the moment make of every one of them."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.panels.all_examples.panel import AllExamplesPanel
from gui.session import Session
from model.experiment import Transform
from model.words import numbers
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told
from tests.model.made_up import experiment_of


def shown(qtbot: QtBot, session: Session) -> AllExamplesPanel:
    return on_screen(qtbot, AllExamplesPanel(session), (600, 200))


def texts(panel: AllExamplesPanel) -> list[list[str]]:
    model = panel.model
    vertical = Qt.Orientation.Vertical
    return [
        [str(model.headerData(row, vertical)).removeprefix("▸ ")]
        + [str(model.index(row, column).data()) for column in range(model.columnCount())]
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
            written = [*map(numbers.plain, x), numbers.plain(target)]
            wanted.append([str(game + 1), *written, numbers.short(pred), error])
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
    assert panel.note.text.startswith("worst: example 3, error 0.003507 · mean of all 0.002")
    told = wait_until_told(qtbot, panel.table, "step 20,000")
    assert told == f"step 20,000; {panel.note.text}"


def test_several_outputs_are_named(qtbot: QtBot) -> None:
    session = made_up([[1.0], [2.0]], [[1.0, 0.0], [0.0, 1.0]], [[0.5], [0.25]], order="cycle")
    panel = shown(qtbot, session)
    horizontal = Qt.Orientation.Horizontal
    headings = [panel.model.headerData(at, horizontal) for at in range(panel.model.columnCount())]
    assert headings == [
        "in 1", "target out 1", "target out 2", "pred out 1", "pred out 2", "error out 1",
        "error out 2",
    ]  # fmt: skip
    assert texts(panel)[1][0] == "2"
    assert "mean error" in panel.note.text


def test_an_edited_example_and_another_experiment_are_followed(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    session.edits.set_target(0, 0.5)
    assert texts(panel)[0][4] == "0.5"
    session.open(builtin("Several steps").experiment)
    assert len(texts(panel)) == 1


def test_scaled_inputs_are_shown_and_typed_as_they_were_brought(qtbot: QtBot) -> None:
    transform = Transform.fitted("standard", np.array([[8.5, 20.0], [9.5, 40.0], [9.9, 10.0]]))
    made = experiment_of(transform.inputs.tolist(), [[1.0], [0.0], [1.0]], [[0.1, 0.2]])
    session = Session(replace(made, transform=transform))
    panel = shown(qtbot, session)
    model, index = panel.model, panel.model.index(1, 0)
    assert [row[1:3] for row in texts(panel)] == [["8.5", "20"], ["9.5", "40"], ["9.9", "10"]]
    assert panel.controls.raw.isVisible()
    given = numbers.exact(float(transform.inputs[1, 0]))
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == (
        f"in 1 9.5: the network is given {given}"
    )
    panel.table.setCurrentIndex(index)
    assert panel.note.text.startswith("in 1 9.5 is given as ")

    assert model.setData(index, "8.7")
    offset, scale = float(transform.offset[0]), float(transform.scale[0])
    assert session.state.setup.examples.inputs(1)[0] == (8.7 - offset) / scale
    assert texts(panel)[1][1] == "8.7"
    panel.actions_of_table.repeat.trigger()
    assert [row[1] for row in texts(panel)] == ["8.5", "8.7", "8.7", "9.9"]


def test_what_is_hidden_is_neither_read_nor_typed_nor_copied(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    session.parts.veil(["input:toes", "target:win"])
    panel.table.setCurrentIndex(panel.model.index(0, 0))
    assert [row[1] for row in texts(panel)] == ["?"] * 4
    assert not panel.model.flags(panel.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    panel.table.selectAll()
    panel.actions_of_table.copy.trigger()
    copied = QApplication.clipboard().text().split("\n")[0].split("\t")
    assert copied[0] == copied[3] == copied[5] == "?"
    panel.copy()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "toes\twin/loss\tfans\ttarget\tpred\terror"
    assert [line.split("\t")[:2] for line in lines[1:3]] == [["?", "0.65"], ["?", "0.8"]]
    panel.table.type_into(panel.model.index(0, 0))
    assert panel.table.editor is None
    panel.actions_of_table.clear.trigger()
    assert session.state.setup.examples.inputs(0)[0] == 8.5


@pytest.mark.parametrize("name", ["Dot products", "The whole season"])
def test_why_examples_keep_their_form_is_said(qtbot: QtBot, name: str) -> None:
    session = builtin(name)
    panel = shown(qtbot, session)
    told: list[str] = []
    session.notices.refused.connect(told.append)
    if name == "The whole season":
        session.set_aside(builtin("The whole season").experiment)
        assert not panel.controls.add.isVisible()
    before = len(session.state.setup.examples)
    panel.table.setCurrentIndex(panel.model.index(0, 0))
    actions = panel.actions_of_table
    for action in (actions.add, actions.remove, actions.add_input, actions.remove_column):
        action.trigger()
    assert len(told) == 4
    assert len(set(told)) == 1
    assert len(session.state.setup.examples) == before


def test_a_part_of_a_step_that_changes_no_number_has_no_cell_painted(qtbot: QtBot) -> None:
    session = builtin("The whole season")
    panel = shown(qtbot, session)
    width, told = panel.model.columnCount(), set[tuple[int, int]]()
    panel.model.dataChanged.connect(
        lambda top, last: told.update(
            product(range(top.row(), last.row() + 1), range(top.column(), last.column() + 1))
        )
    )

    session.playback.predict()
    session.playback.compare()
    assert told == set()

    # The inputs and targets of the others stay; the example on the bench stands out.
    answers, rows = range(width - 2, width), (0, 1)
    session.playback.learn()
    assert told == {*product(range(4), answers), *product(rows, range(width))}
    told.clear()
    session.edits.set_weight(0, 0, 0.5)
    assert told == set(product(range(4), answers))
    told.clear()
    session.edits.set_input(0, 0.5)
    assert told == set(product(range(4), range(width)))
    session.parts.veil(["pred:win"])
    assert "?" in texts(panel)[0]
