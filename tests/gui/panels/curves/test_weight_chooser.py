"""The sheet in which weights are chosen, typed into and pressed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.curves.weight_chooser import WeightChooser
from gui.session import Session
from gui.session.weight_choice import WeightChoice
from tests.gui.helpers.bench import builtin, made_up


def many() -> Session:
    weights = [[0.01 * (3 * row - column) for column in range(12)] for row in range(12)]
    return made_up([[0.1 * k for k in range(12)]], [[1.0] * 12], weights)


# Said by the offscreen platform, where there is no keyboard to grab for a pop-up.
no_keyboard = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


def opened(qtbot: QtBot, session: Session) -> tuple[WeightChoice, WeightChooser, QWidget]:
    look.choose("light")
    choice = session.view.weights
    holder = QWidget()
    qtbot.addWidget(holder)
    session.setParent(holder)
    chooser = WeightChooser(choice, holder)
    holder.show()
    QTest.mouseClick(chooser, Qt.MouseButton.LeftButton)
    return choice, chooser, holder


def line_of(chooser: WeightChooser) -> QLineEdit:
    assert chooser.sheet is not None
    (line,) = chooser.sheet.findChildren(QLineEdit)
    return line


def press(qtbot: QtBot, chooser: WeightChooser, text: str) -> None:
    assert chooser.sheet is not None
    buttons = {button.text(): button for button in chooser.sheet.findChildren(QPushButton)}
    QTest.mouseClick(buttons[text], Qt.MouseButton.LeftButton)


@no_keyboard
def test_typing_letters_into_the_sheet(qtbot: QtBot) -> None:
    choice, chooser, _holder = opened(qtbot, many())
    assert chooser.text() == "6 of 144 weights ▾"
    line = line_of(chooser)
    assert line.text() == "a-f"
    assert line.hasSelectedText()
    QTest.keyClicks(line, "b n")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert choice.cells == ((0, 1), (1, 1))
    assert chooser.text() == "2 of 144 weights ▾"
    assert chooser.sheet is not None
    assert not chooser.sheet.isVisible()


@no_keyboard
def test_nonsense_is_answered_in_the_sheet_with_one_sentence(qtbot: QtBot) -> None:
    choice, chooser, _holder = opened(qtbot, many())
    before = choice.cells
    line = line_of(chooser)
    QTest.keyClicks(line, "what?")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert chooser.sheet is not None
    assert chooser.sheet.isVisible()
    says = [label.text() for label in chooser.sheet.findChildren(QLabel)]
    assert says == ["“what?” is not a weight here: they run from a to en."]
    assert line.accessibleDescription() == says[0]
    assert choice.cells == before
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not chooser.sheet.isVisible()


@no_keyboard
def test_the_usual_choices_are_buttons(qtbot: QtBot) -> None:
    choice, chooser, _holder = opened(qtbot, builtin("Several inputs and outputs"))
    assert chooser.text() == "all 9 ▾"
    press(qtbot, chooser, "First six")
    assert len(choice.cells) == 6
    QTest.keyClick(chooser, Qt.Key.Key_Space)
    press(qtbot, chooser, "Steepest now")
    assert len(choice.cells) == 6
    assert choice.cells[0][0] == 0
    QTest.keyClick(chooser, Qt.Key.Key_Space)
    press(qtbot, chooser, "All")
    assert len(choice.cells) == 9


def test_where_there_is_hardly_anything_to_choose_nothing_is_offered(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    choice = session.view.weights
    holder = QWidget()
    qtbot.addWidget(holder)
    session.setParent(holder)
    chooser = WeightChooser(choice, holder)
    assert chooser.isHidden()
    session.open(many().experiment)
    assert not chooser.isHidden()
