"""Choosing weights by letters, by names and by pressing buttons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.session import Session
from gui.session.weight_choice import MAX_CHOSEN
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
        with pytest.raises(ValueError, match=f"{MAX_CHOSEN} are the most"):
            choice.choose_text(text)
    choice.choose_text("a-x")
    assert len(choice.cells) == MAX_CHOSEN


@given(st.sets(st.integers(0, 143), min_size=1, max_size=MAX_CHOSEN))
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
