"""Examples are typed, pasted, grown and named in their table, and all of it is undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from gui.panels.all_examples.asking import NewColumn
from gui.panels.all_examples.panel import AllExamplesPanel
from gui.session import Session
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.table_person import ALT, SHIFT, Person

SEASON = [[8.5, 0.65, 1.2], [9.5, 0.8, 1.3], [9.9, 0.8, 0.5], [9.0, 0.9, 1.0]]


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    return at(qtbot, builtin("The whole season"))


def at(qtbot: QtBot, session: Session) -> Person:
    panel = on_screen(qtbot, AllExamplesPanel(session), (1000, 240))
    return Person(qtbot, panel, session)


def test_a_cell_is_typed_nonsense_is_told_and_undo_brings_all_of_the_path_back(
    person: Person,
) -> None:
    person.session.playback.take(7)
    person.session.playback.seek(5)
    before = person.everything

    person.click(2, 0)
    person.type("7,25")
    assert person.inputs[2] == [7.25, 0.8, 0.5]
    assert person.panel.table.currentIndex().row() == 3
    person.type("1e")
    assert person.inputs[3] == SEASON[3]
    assert "toes of example 4: “1e” is not a number" in person.told[-1]
    person.click(0, 3)
    person.type("-0.5")
    assert person.targets[0] == [-0.5]

    after = person.everything
    person.session.edits.undo()
    person.session.edits.undo()
    assert person.everything == before
    person.session.edits.redo()
    person.session.edits.redo()
    assert person.everything == after


def test_what_is_worked_out_is_not_typed_and_escape_gives_up(qtbot: QtBot, person: Person) -> None:
    person.click(1, 4)
    person.key(Qt.Key.Key_F2)
    opened = person.panel.table.editor
    assert opened is None
    assert "pred is worked out from the weights" in person.told[-1]

    person.click(1, 1)
    person.key(Qt.Key.Key_F2)
    editor = person.panel.table.editor
    assert editor is not None
    assert editor.text() == "0.8"
    qtbot.keyClicks(editor, "5")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert person.inputs == SEASON
    assert not person.session.edits.can_undo


def test_examples_are_added_filled_duplicated_moved_and_removed(
    qtbot: QtBot, person: Person
) -> None:
    person.session.playback.take(6)
    weights = person.session.state.weights.copy()
    before = person.everything
    person.click(1, 0)
    person.press("add")
    assert person.inputs == [*SEASON[:2], [0.0, 0.0, 0.0], *SEASON[2:]]
    assert person.session.playback.position == 0
    assert person.session.state.weights.tobytes() == weights.tobytes()
    # Example 3 was on the bench, and is there still, at its new place.
    assert person.session.state.example == 3
    person.type("5")
    assert person.inputs[2] == [5.0, 0.0, 0.0]

    person.click(2, 1)
    person.key(Qt.Key.Key_Down, ALT | SHIFT)
    person.click(3, 1)
    person.key(Qt.Key.Key_Down, ALT)
    assert [row[0] for row in person.inputs] == [8.5, 9.5, 5.0, 9.9, 5.0, 9.0]
    assert person.panel.table.currentIndex().row() == 4
    person.key(Qt.Key.Key_Space)
    assert person.session.state.example == 4

    person.click_number(2)
    person.key(Qt.Key.Key_Delete)
    assert [row[0] for row in person.inputs] == [8.5, 9.5, 9.9, 5.0, 9.0]
    person.click(0, 0)
    person.press("remove")
    assert [row[0] for row in person.inputs] == [9.5, 9.9, 5.0, 9.0]

    while person.session.edits.can_undo:
        person.session.edits.undo()
    assert person.everything == before
    while person.session.edits.can_redo:
        person.session.edits.redo()
    assert [row[0] for row in person.inputs] == [9.5, 9.9, 5.0, 9.0]


def test_delete_clears_the_numbers_that_are_selected(person: Person) -> None:
    person.click(0, 1)
    person.click(1, 3, SHIFT)
    person.key(Qt.Key.Key_Delete)
    assert person.inputs[:2] == [[8.5, 0.0, 0.0], [9.5, 0.0, 0.0]]
    assert person.targets[:2] == [[0.0], [0.0]]
    person.session.edits.undo()
    assert person.inputs == SEASON


def test_a_block_is_pasted_and_copied_as_sheets_do(person: Person) -> None:
    person.session.playback.take(3)
    before = person.everything
    person.click(1, 1)
    person.paste("0,5\t1,5\r\n0,25\t2\r\n")
    assert person.inputs[1:3] == [[9.5, 0.5, 1.5], [9.9, 0.25, 2.0]]
    assert person.session.playback.position == 3

    person.click(3, 0)
    person.paste("1;2;3;4\n5;6;7;8\n")
    assert person.inputs[3:] == [[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]]
    assert person.targets[3:] == [[4.0], [8.0]]
    assert "1 example was added" in person.told[-1]

    person.click(1, 0)
    person.click(2, 3, SHIFT)
    assert person.copied() == "9.5\t0.5\t1.5\t1\n9.9\t0.25\t2\t0\n"
    person.session.edits.undo()
    person.session.edits.undo()
    assert person.everything == before

    for text, why in (
        ("toes\tfans\n1\t2", "Row 1, column 1"), ("1\t2\t3\t4\t5", "4 have a place"),
        ("", "no numbers"), ("1\t\n2\t3", "Row 1, column 2"),
    ):  # fmt: skip
        person.click(0, 0)
        person.paste(text)
        assert why in person.told[-1]
    assert person.everything == before


def test_inputs_and_outputs_are_added_named_and_removed_from_the_menu(
    qtbot: QtBot, person: Person
) -> None:
    person.session.playback.take(4)
    before = person.everything
    weights = person.session.state.weights[0].tolist()
    actions = person.panel.actions_of_table

    def fill(*texts: str) -> None:
        """Type into the dialog once it is there: a number that is none first."""
        dialog = person.panel.findChild(NewColumn)
        assert dialog is not None
        fields = [f for f in dialog.findChildren(QLineEdit) if not f.isHidden()]
        fields[-1].setText("much")
        qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
        assert dialog.isVisible()
        assert "“much” is not a number" in dialog.status.text
        for field, text in zip(fields, texts, strict=True):
            field.selectAll()
            qtbot.keyClicks(field, text)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    QTimer.singleShot(0, lambda: fill("wind", "2", "0,5"))
    actions.add_input.trigger()
    assert person.session.experiment.inputs == ("toes", "win/loss", "fans", "wind")
    assert person.inputs == [[*row, 2.0] for row in SEASON]
    assert person.session.state.weights[0].tolist() == [*weights, 0.5]

    QTimer.singleShot(0, lambda: fill("constant", "0"))
    actions.add_constant.trigger()
    assert person.session.experiment.constant == "constant"
    person.click(1, 4)
    person.key(Qt.Key.Key_Delete)
    assert "always 1" in person.told[-1]

    QTimer.singleShot(0, lambda: fill("sad", "0.25", "-1"))
    actions.add_output.trigger()
    assert person.session.experiment.outputs == ("win", "sad")
    assert person.session.state.weights[1].tolist() == [-1.0] * 5
    grown = person.everything

    for _ in range(3):
        person.session.edits.undo()
    assert person.everything == before
    for _ in range(3):
        person.session.edits.redo()
    assert person.everything == grown


def test_names_are_changed_without_a_step_lost_and_columns_removed(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.session.playback.take(3)
    before = person.everything
    actions = person.panel.actions_of_table
    person.click(0, 0)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("feet", True))
    actions.rename.trigger()
    assert person.session.experiment.inputs[0] == "feet"
    assert person.everything[2:] == before[2:]
    assert str(person.panel.model.headerData(0, Qt.Orientation.Horizontal)) == "feet"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("fans", True))
    actions.rename.trigger()
    assert "“fans” is the name of another one" in person.told[-1]

    person.click(0, 1)
    actions.remove_column.trigger()
    assert person.session.experiment.inputs == ("feet", "fans")
    assert person.inputs == [[row[0], row[2]] for row in SEASON]
    person.click(0, 2)
    actions.remove_column.trigger()
    assert "last one" in person.told[-1]
    person.session.edits.undo()
    person.session.edits.undo()
    assert person.everything == before


def test_order_and_seed_are_chosen_beside_the_table(qtbot: QtBot, person: Person) -> None:
    person.session.playback.take(2)
    before = person.everything
    box = person.panel.controls.order
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
    assert person.session.state.setup.schedule.order == "shuffle"
    seed = person.panel.controls.seed
    assert seed.isVisible()
    seed.selectAll()
    qtbot.keyClicks(seed, "x")
    qtbot.keyClick(seed, Qt.Key.Key_Return)
    assert "“x” is no seed" in person.told[-1]
    seed.selectAll()
    qtbot.keyClicks(seed, "42")
    qtbot.keyClick(seed, Qt.Key.Key_Return)
    assert person.session.state.setup.schedule.seed == 42
    person.session.edits.undo()
    person.session.edits.undo()
    assert person.everything == before


def test_the_menu_of_a_cell_comes_up_by_its_key(qtbot: QtBot, person: Person) -> None:
    person.click(1, 1)
    shown: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        shown.extend(action.text() for action in menu.actions())
        menu.close()

    QTimer.singleShot(0, look)
    table = person.panel.table
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(table, QContextMenuEvent(reason, QPoint(), table.mapToGlobal(QPoint())))
    qtbot.waitUntil(lambda: bool(shown))
    assert "Rename the input “win/loss”…" in shown
    assert "Add example" in shown
