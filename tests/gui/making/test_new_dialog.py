"""A new experiment by real clicks and keys: what is typed, what is wrong, and what is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.making.new_dialog import NewDialog
from gui.window.window import Window
from model.files.library import open_experiment
from model.path.saved import new_path
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.window_bench import shown_window

LEFT = Qt.MouseButton.LeftButton
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def dialog(qtbot: QtBot) -> NewDialog:
    return on_screen(qtbot, NewDialog())


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several outputs")))


def typed(field: QWidget, text: str) -> None:
    """Type over all that stands in a field."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def read(dialog: NewDialog) -> dict[str, str]:
    """What is wrong by now, and is seen beside its field."""
    QTest.qWait(0)
    dialog.read_now()
    shown = {part: line.text for part, line in dialog.faults.items() if not line.isHidden()}
    assert shown == dialog.reading.faults
    assert dialog.create_button.isEnabled() == (not shown)
    assert ("Nothing can be created yet" in dialog.status.text) == bool(shown)
    return shown


def into_cell(dialog: NewDialog, row: int, column: int, text: str) -> None:
    """Click a cell of the grid and type into it."""
    grid = dialog.grid
    place = grid.visualRect(grid.model().index(row, column)).center()
    QTest.mouseClick(grid.viewport(), LEFT, NONE, place)
    QTest.keyClicks(grid.viewport(), text[:1])
    editor = grid.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the number is taken once the key is through


def check(dialog: NewDialog) -> None:
    """Click the box of the constant input: beside its words nothing happens."""
    QTest.mouseClick(dialog.constant, LEFT, NONE, QPoint(8, dialog.constant.height() // 2))


def names(dialog: NewDialog) -> list[str]:
    return list(dialog.inputs.names)


def test_names_are_counted_typed_and_pasted(dialog: NewDialog) -> None:
    lines, count = dialog.inputs.lines, dialog.inputs.count_box
    QGuiApplication.clipboard().setText("toes\twin/loss\tfans\tweather\n")
    lines.setFocus()
    QTest.keyClick(lines, Qt.Key.Key_A, CTRL)
    QTest.keyClick(lines, Qt.Key.Key_V, CTRL)
    assert names(dialog) == ["toes", "win/loss", "fans", "weather"]
    assert count.value() == 4
    typed(count, "2")
    assert names(dialog) == ["toes", "win/loss"]
    QTest.keyClick(count, Qt.Key.Key_Up)
    assert names(dialog) == ["toes", "win/loss", "input 3"]
    lines.moveCursor(lines.textCursor().MoveOperation.End)
    QTest.keyClick(lines, Qt.Key.Key_Return)
    assert read(dialog) == {}
    QTest.keyClicks(lines, "toes")
    assert "Number 4: “toes” is the name of another" in read(dialog)["inputs"]
    QTest.keyClicks(lines, "2")
    assert read(dialog) == {}
    assert count.value() == 4
    assert dialog.grid.model().columnCount() == 5
    assert dialog.preview.experiment.inputs == ("toes", "win/loss", "input 3", "toes2")


def test_nonsense_in_each_field_is_told_beside_it(dialog: NewDialog) -> None:
    typed(dialog.name, " ")
    typed(dialog.inputs.count_box, "0")
    typed(dialog.outputs.count_box, "4000")
    typed(dialog.examples, "99999")
    faults = read(dialog)
    assert faults["name"] == "A name is needed: type at least one letter."
    assert {faults[part] for part in ("inputs", "outputs", "examples")} == {
        "there can be 1 to 1,000 of them"
    }
    typed(dialog.name, "mine")
    for box in (dialog.inputs.count_box, dialog.outputs.count_box, dialog.examples):
        typed(box, "2")
    assert read(dialog) == {}
    dialog.start.kind_box.setFocus()
    QTest.keyClick(dialog.start.kind_box, Qt.Key.Key_End)
    typed(dialog.start.amount, "wide")
    typed(dialog.start.seed, "-1")
    typed(dialog.alpha, "0")
    dialog.order.setFocus()
    QTest.keyClick(dialog.order, Qt.Key.Key_End)
    typed(dialog.order_seed, "1.5")
    into_cell(dialog, 1, 0, "x5")
    faults = read(dialog)
    assert faults["amount"] == "“wide” is not a number"
    assert faults["seed"].startswith("a seed is a whole number")
    assert faults["order_seed"].startswith("a seed is a whole number")
    assert faults["numbers"] == "example 2, input 1: “x5” is not a number"
    assert faults["alpha"] == "alpha must be above zero"
    typed(dialog.alpha, "0.3")
    assert "alpha" not in read(dialog)
    # Return in a field would create; what cannot be made is not accepted.
    QTest.keyClick(dialog.alpha, Qt.Key.Key_Return)
    dialog.accept()
    assert dialog.isVisible()


def test_numbers_are_typed_pasted_and_given_up(dialog: NewDialog) -> None:
    grid, model = dialog.grid, dialog.numbers
    offered = model.data(model.index(0, 0))
    into_cell(dialog, 0, 0, "8,5")
    assert model.cells == {(0, 0): "8,5"}
    QGuiApplication.clipboard().setText("\n".join(f"{row}\t{row}.5\t0\t1\t9" for row in range(6)))
    grid.setCurrentIndex(model.index(2, 1))
    QTest.keyClick(grid, Qt.Key.Key_V, CTRL)
    assert dialog.examples.value() == 8
    assert read(dialog) == {}
    examples = dialog.preview.experiment.setup.examples
    assert examples.base_inputs[0, 0] == 8.5
    assert examples.base_inputs[7].tolist()[1:] == [5.0, 5.5]
    assert examples.base_targets[7].tolist() == [0.0]
    QGuiApplication.clipboard().setText("\ufeff\n" + "1;2\n" * 3)
    grid.setCurrentIndex(model.index(0, 0))
    QTest.keyClick(grid, Qt.Key.Key_V, CTRL)
    assert [model.cells[row, column] for row in range(3) for column in (0, 1)] == ["1", "2"] * 3
    QGuiApplication.clipboard().setText("1 " * 4_000_001)
    QTest.keyClick(grid, Qt.Key.Key_V, CTRL)
    assert "letters were copied" in dialog.status.text
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert model.data(model.index(0, 0)) == offered
    check(dialog)
    read(dialog)
    fixed = model.index(0, 3)
    assert model.data(fixed) == "1"
    assert not fixed.flags() & Qt.ItemFlag.ItemIsEditable
    assert dialog.preview.experiment.constant == "constant"
    # Targets stay with their output, though the columns before them are others.
    assert dialog.preview.experiment.setup.examples.base_targets[7].tolist() == [0.0]


def in_dialog(act: Callable[[NewDialog], None]) -> None:
    def when_there(tries: int = 200) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, NewDialog):
            act(dialog)
        elif tries:
            QTimer.singleShot(5, lambda: when_there(tries - 1))

    when_there()


def press_new(window: Window) -> None:
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)


def test_what_is_made_is_on_the_bench_unsaved_and_the_one_before_is_not_lost(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = window.session
    assert window.documents.save_to(tmp_path / "before.json")
    session.edits.set_alpha(0.05)
    asked: list[object] = []
    buttons = QMessageBox.StandardButton

    def stay(*args: object) -> object:
        asked.append(args)
        return buttons.Cancel

    monkeypatch.setattr(QMessageBox, "question", stay)
    press_new(window)
    assert len(asked) == 1
    assert session.experiment.name == "Several outputs"
    monkeypatch.setattr(QMessageBox, "question", lambda *_: buttons.Discard)

    def make(dialog: NewDialog) -> None:
        typed(dialog.name, "Mine & yours")
        typed(dialog.outputs.count_box, "2")
        check(dialog)
        dialog.start.kind_box.setFocus()
        QTest.keyClick(dialog.start.kind_box, Qt.Key.Key_End)
        typed(dialog.start.seed, "5")
        QTest.mouseClick(dialog.create_button, LEFT)

    in_dialog(make)
    press_new(window)
    made = session.experiment
    assert made.name == "Mine & yours"
    assert made.weights.shape == (2, 4)
    assert window.documents.file is None
    assert session.edits.unsaved
    assert "Mine & yours (edited)" in window.windowTitle()
    assert tmp_path / "before.json" in window.documents.recent
    session.playback.take(30)
    path = new_path(made)
    path.extend(30)
    assert session.state.weights.tobytes() == path.weights(30).tobytes()
    assert window.documents.save_to(tmp_path / "mine.json")
    again = open_experiment(str(tmp_path / "mine.json"))
    assert again.weights.tobytes() == made.weights.tobytes()
    in_dialog(lambda dialog: dialog.reject())
    press_new(window)
    assert session.experiment is made


def test_at_twice_the_size_of_text_it_is_no_wider_than_a_small_window(
    qtbot: QtBot, window: Window
) -> None:
    look.choose_text_size(200)
    window.resize(1024, 768)
    made = on_screen(qtbot, NewDialog(window))
    assert made.minimumSizeHint().width() <= window.width()
    made.alpha.setFocus()
    QTest.keyClick(made.alpha, Qt.Key.Key_Tab)
    assert not made.examples.visibleRegion().isEmpty()
