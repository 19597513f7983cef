"""The buttons that say what the image on the bench is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from gui.panels.image_input.panel import InputImage
from gui.session import Session
from model.digits import one_hot
from model.examples import Examples
from tests.gui.helpers.image_bench import digits_experiment, digits_session
from tests.gui.helpers.paper_bench import guest, shown_card


@pytest.fixture
def session() -> Session:
    return digits_session()


@pytest.fixture
def card(qtbot: QtBot, session: Session) -> InputImage:
    return shown_card(qtbot, session)


def button(card: InputImage, text: str) -> QToolButton:
    return next(one for one in card.findChildren(QToolButton) if one.text() == text)


class TestTarget:
    def test_the_target_is_the_button_that_is_down(
        self, card: InputImage, session: Session
    ) -> None:
        session.playback.take(7)

        assert [one.isChecked() for one in card.targets.buttons] == [k == 7 for k in range(10)]

    def test_another_target_is_one_change(self, card: InputImage, session: Session) -> None:
        button(card, "3").click()

        assert session.state.target.tolist() == one_hot([3])[0].tolist()
        assert session.state.delta.tolist() == (session.state.pred - one_hot([3])[0]).tolist()
        assert session.edits.count == 1
        assert card.targets.buttons[3].isChecked()
        assert card.caption.text == "example 1 · 0, taught as 3"

        session.edits.undo()
        assert card.targets.buttons[0].isChecked()
        assert not card.targets.buttons[3].isChecked()
        assert card.caption.text == "example 1 · labelled 0"

    def test_reset_brings_back_pixels_and_target_at_once(
        self, card: InputImage, session: Session
    ) -> None:
        published = session.state
        button(card, "3").click()
        session.edits.set_inputs(np.zeros(64), "cleared")

        card.reset.click()

        assert session.state.target.tolist() == published.target.tolist()
        assert session.state.inputs.tolist() == published.inputs.tolist()
        assert not card.reset.isEnabled()
        session.edits.undo()
        assert card.caption.text == "example 1 · 0, taught as 3"
        assert not session.state.inputs.any()

    def test_the_same_target_again_changes_nothing(
        self, card: InputImage, session: Session
    ) -> None:
        button(card, "0").click()

        assert session.edits.count == 0
        assert card.targets.buttons[0].isChecked()

    def test_a_guest_has_no_target_until_it_gets_one(
        self, card: InputImage, session: Session
    ) -> None:
        guest(session)
        assert not any(one.isChecked() for one in card.targets.buttons)

        button(card, "8").click()

        assert session.state.example is None
        assert session.state.target.tolist() == one_hot([8])[0].tolist()
        assert card.targets.buttons[8].isChecked()

    def test_a_target_that_is_no_digit_leaves_all_up(
        self, card: InputImage, session: Session
    ) -> None:
        session.edits.set_target(4, 0.5)

        assert not any(one.isChecked() for one in card.targets.buttons)

    def test_arrow_keys_choose(self, card: InputImage, session: Session) -> None:
        card.targets.buttons[0].setFocus()

        QTest.keyClick(card.targets.buttons[0], Qt.Key.Key_Right)

        assert session.state.target.tolist() == one_hot([1])[0].tolist()

    @pytest.mark.parametrize(("n_outputs", "n_buttons"), [(1, 1), (3, 3), (12, 12), (13, 0)])
    def test_as_many_as_stand_beside_each_other(
        self, qtbot: QtBot, n_outputs: int, n_buttons: int
    ) -> None:
        card = shown_card(qtbot, digits_session(n=20, count_outputs=n_outputs))

        assert len(card.targets.buttons) == n_buttons
        assert card.targets.choice.isVisible() == (n_buttons == 0)

    def test_long_names_are_listed(self, qtbot: QtBot) -> None:
        names = tuple(f"a sort of {digit}" for digit in range(10))
        session = Session(replace(digits_experiment(20), outputs=names))

        card = shown_card(qtbot, session)

        choice = card.targets.choice
        assert [choice.itemText(at) for at in range(choice.count())] == list(names)
        assert choice.currentText() == names[0]
        assert card.tab_stops[-1] is choice
        choice.setFocus()
        QTest.keyClick(choice, Qt.Key.Key_Down)
        assert session.state.target.tolist() == one_hot([1])[0].tolist()
        assert card.caption.text == "example 1 · a sort of 0, taught as a sort of 1"
        guest(session)
        assert choice.currentIndex() == -1
        QTest.keyClick(choice, Qt.Key.Key_End)
        assert session.state.target.tolist() == one_hot([9])[0].tolist()


def test_it_can_come_into_sight_while_an_experiment_is_opened(qtbot: QtBot) -> None:
    session = digits_session(count_outputs=3)
    other = digits_experiment()
    examples = other.setup.examples
    # The first example is a 9, for which there is no button yet.
    turned = Examples(examples.base_inputs[::-1].copy(), examples.base_targets[::-1].copy())
    shown: list[InputImage] = []

    def show() -> None:
        shown[0].show()

    session.opened.connect(show)
    shown.append(InputImage(session))
    qtbot.addWidget(shown[0])

    session.open(replace(other, setup=replace(other.setup, examples=turned)))

    assert [one.isChecked() for one in shown[0].targets.buttons] == [k == 9 for k in range(10)]
