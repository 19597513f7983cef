"""Choosing weights by letters, by names and by pressing buttons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.curves.weight_chooser import WeightChooser
from gui.session import Session
from gui.session.weight_choice import MOST, WeightChoice
from tests.gui.helpers.bench import builtin, made_up


def many() -> Session:
    weights = [[0.01 * (3 * row - column) for column in range(12)] for row in range(12)]
    return made_up([[0.1 * k for k in range(12)]], [[1.0] * 12], weights)


# -- the choice -------------------------------------------------------------------------


def test_all_of_up_to_nine_and_the_first_six_of_more(qapp: QApplication) -> None:
    nine, more = builtin("Several inputs and outputs"), many()
    assert len(nine.view.weights.cells) == 9
    assert more.view.weights.cells == tuple((0, column) for column in range(6))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a", [(0, 0)]),
        ("c A b", [(0, 0), (0, 1), (0, 2)]),
        ("a, h,i", [(0, 0), (2, 1), (2, 2)]),
        ("d-f", [(1, 0), (1, 1), (1, 2)]),
        ("d–f a", [(0, 0), (1, 0), (1, 1), (1, 2)]),
        ("  g  ", [(2, 0)]),
        ("toes", [(0, 0), (1, 0), (2, 0)]),
        ("Win/Loss", [(0, 1), (1, 1), (2, 1)]),
        ("sad", [(2, 0), (2, 1), (2, 2)]),
    ],
)
def test_text_that_names_weights(
    qapp: QApplication, text: str, cells: list[tuple[int, int]]
) -> None:
    session = builtin("Several inputs and outputs")
    choice = session.view.weights
    choice.choose_text(text)
    assert list(choice.cells) == cells


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "choose at least one weight"),
        ("c-a", "choose at least one weight"),
        ("j", "“j” is not a weight here: they run from a to i"),
        ("zzzzzzzzzzzzzzz", "“zzzzzzzzzzzzzzz” is not a weight here"),
        ("a 3", "“3” is not a weight here"),
        ("-", "“” is not a weight here"),
        ("a é", "“é” is not a weight here"),
        ("\U0001f600", "is not a weight here"),
    ],
)
def test_text_that_names_none_changes_nothing(qapp: QApplication, text: str, sentence: str) -> None:
    session = builtin("Several inputs and outputs")
    choice = session.view.weights
    before = choice.cells
    with pytest.raises(ValueError, match=sentence):
        choice.choose_text(text)
    assert choice.cells == before


def test_too_many_to_draw(qapp: QApplication) -> None:
    session = many()
    choice = session.view.weights
    for text in ("a-en", "a-x y"):
        with pytest.raises(ValueError, match=f"{MOST} are the most"):
            choice.choose_text(text)
    choice.choose_text("a-x")
    assert len(choice.cells) == MOST


@given(st.sets(st.integers(0, 143), min_size=1, max_size=MOST))
def test_letters_name_the_weights_they_came_from(numbers: set[int]) -> None:
    session = many()
    choice = session.view.weights
    cells = sorted(divmod(number, 12) for number in numbers)
    choice.choose(cells)
    letters = choice.letters
    choice.choose([(0, 0)])
    choice.choose_text(letters)
    assert list(choice.cells) == cells


def test_the_steepest_at_this_moment(qapp: QApplication) -> None:
    session = many()
    choice = session.view.weights
    choice.choose_steepest()
    state = session.state
    slopes = {
        (row, column): abs(float(state.delta[row] * state.inputs[column]))
        for row in range(12)
        for column in range(12)
    }
    left_out = max(slopes[cell] for cell in slopes if cell not in choice.cells)
    assert len(choice.cells) == 6
    assert min(slopes[cell] for cell in choice.cells) >= left_out


def test_it_says_when_it_changed_and_only_then(qtbot: QtBot) -> None:
    session = many()
    choice = session.view.weights
    with qtbot.waitSignal(choice.changed):
        choice.choose_text("b")
    with qtbot.assertNotEmitted(choice.changed):
        choice.choose_text("B b")
    with qtbot.waitSignal(choice.changed):
        session.open(builtin("Several outputs").experiment)
    assert choice.cells == ((0, 0), (1, 0), (2, 0))
    assert choice.name((1, 0)) == "win/loss → win"


# -- the chooser ------------------------------------------------------------------------

# Said by the offscreen platform, where there is no keyboard to grab for a pop-up.
no_keyboard = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


def opened(qtbot: QtBot, session: Session) -> tuple[WeightChoice, WeightChooser, QWidget]:
    look.choose("light")
    choice = session.view.weights
    holder = QWidget()
    session.setParent(holder)
    qtbot.addWidget(holder)
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
    session.setParent(holder)
    qtbot.addWidget(holder)
    chooser = WeightChooser(choice, holder)
    assert chooser.isHidden()
    session.open(many().experiment)
    assert not chooser.isHidden()
