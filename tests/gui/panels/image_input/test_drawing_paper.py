"""Drawing on the image on the bench, with the mouse and with the keyboard."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.panels.image_input.panel import InputImage
from gui.session import Session
from model.image_input import pen_radius
from tests.gui.helpers.image_bench import SHAPE, digits_session
from tests.gui.helpers.paper_bench import (
    LEFT,
    RIGHT,
    drag,
    guest,
    image_of,
    middle,
    shown_card,
    stroke,
)


@pytest.fixture
def session() -> Session:
    return digits_session()


@pytest.fixture
def card(qtbot: QtBot, session: Session) -> InputImage:
    return shown_card(qtbot, session)


class TestDrawing:
    def test_a_stroke_is_dark_along_its_way_and_one_change(
        self, card: InputImage, session: Session
    ) -> None:
        before = image_of(session)
        start, end = (1.0, 0.0), (6.0, 7.0)

        stroke(card, start, (3.0, 2.8), end)

        assert session.edits.count == 1
        assert [edit.kind for edit in session.path.edits] == ["guest"]
        length = math.dist(start, end)
        slack = 1.5 / (card.paper.paper().width() / 8)  # the mouse goes by whole pixels
        for row, values in enumerate(image_of(session)):
            for column, value in enumerate(values):
                off = abs(
                    (end[1] - start[1]) * (start[0] - row)
                    - (start[1] - column) * (end[0] - start[0])
                )
                cover = pen_radius(SHAPE) - off / length
                if 1 <= row <= 6:  # beyond its ends the tip is round
                    expected = max(before[row][column], min(max(cover, 0.0), 1.0))
                    assert value == pytest.approx(expected, abs=slack + 0.05)

        session.edits.undo()
        assert image_of(session) == before

    def test_a_fast_stroke_has_no_gaps(self, card: InputImage, session: Session) -> None:
        card.clear.click()

        stroke(card, (0, 4), (7, 4))

        assert min(row[4] for row in image_of(session)) > 0.8

    def test_the_prediction_follows_at_once(self, card: InputImage, session: Session) -> None:
        session.playback.take(150)
        QTest.mousePress(card.paper, LEFT, pos=middle(card, 2, 2))
        for row in range(3, 6):
            drag(card, middle(card, row, 2))
            state = session.state
            for weights, pred in zip(state.weights.tolist(), state.pred.tolist(), strict=True):
                inputs = [value for line in image_of(session) for value in line]
                expected = sum(w * x for w, x in zip(weights, inputs, strict=True))
                assert pred == pytest.approx(expected, abs=1e-12)
        assert image_of(session)[4][2] > 0.8
        QTest.mouseRelease(card.paper, LEFT, pos=middle(card, 5, 2))

    def test_the_right_button_erases(self, card: InputImage, session: Session) -> None:
        card.invert.click()
        before = image_of(session)

        stroke(card, (0, 0), (0, 7), button=RIGHT)

        assert max(image_of(session)[0]) < 0.1
        assert image_of(session)[4] == before[4]
        assert session.edits.undo_text == "erased"

    def test_the_eraser_erases_until_the_pen_is_taken(
        self, card: InputImage, session: Session
    ) -> None:
        card.invert.click()
        card.erase.click()
        stroke(card, (3, 3), (3, 3))
        assert image_of(session)[3][3] < 0.05

        card.draw.click()
        stroke(card, (3, 3), (3, 3))
        assert image_of(session)[3][3] > 0.9

    def test_drawing_pauses_a_run(self, card: InputImage, session: Session) -> None:
        session.playback.run()

        stroke(card, (2, 2), (5, 5))

        assert not session.playback.running
        assert session.edits.count == 1

    def test_a_stroke_ends_when_its_image_goes(self, card: InputImage, session: Session) -> None:
        QTest.mousePress(card.paper, LEFT, pos=middle(card, 0, 0))
        guest(session)
        before = image_of(session)

        drag(card, middle(card, 7, 7))
        QTest.mouseRelease(card.paper, LEFT, pos=middle(card, 7, 7))

        assert image_of(session) == before

    def test_a_stroke_goes_on_after_news_that_change_nothing(
        self, card: InputImage, session: Session
    ) -> None:
        card.clear.click()
        QTest.mousePress(card.paper, LEFT, pos=middle(card, 0, 4))
        session.playback.set_speed(50.0)
        drag(card, middle(card, 7, 4))
        QTest.mouseRelease(card.paper, LEFT, pos=middle(card, 7, 4))

        assert min(row[4] for row in image_of(session)) > 0.8

    def test_undo_in_the_middle_of_a_stroke_ends_it(
        self, card: InputImage, session: Session
    ) -> None:
        before = image_of(session)
        QTest.mousePress(card.paper, LEFT, pos=middle(card, 0, 0))
        session.edits.undo()

        drag(card, middle(card, 7, 7))

        assert image_of(session) == before
        assert not session.edits.can_undo
        QTest.mouseRelease(card.paper, LEFT, pos=middle(card, 7, 7))

    def test_a_guest_can_be_drawn_on(self, card: InputImage, session: Session) -> None:
        guest(session)

        stroke(card, (3, 3), (3, 3))

        assert session.state.example is None
        assert image_of(session)[3][3] > 0.9
        assert image_of(session)[0][0] == 0.5

    def test_clear_and_invert(self, card: InputImage, session: Session) -> None:
        before = image_of(session)

        card.invert.click()
        assert image_of(session) == [[1 - value for value in row] for row in before]

        card.clear.click()
        assert image_of(session) == [[0.0] * 8] * 8

    def test_what_the_bench_refuses_ends_the_stroke(
        self, card: InputImage, session: Session, qtbot: QtBot
    ) -> None:
        session.edits.edit("weights", [(0, 0)], [1e9], "weight")
        card.clear.click()

        with qtbot.waitSignal(session.notices.refused) as refused:
            QTest.mousePress(card.paper, LEFT, pos=middle(card, 0, 0))

        assert refused.args is not None
        assert "error" in refused.args[0]
        assert not session.state.inputs.any()
        QTest.mouseRelease(card.paper, LEFT, pos=middle(card, 0, 0))


class TestKeyboard:
    def test_the_cursor_draws_and_erases(self, card: InputImage, session: Session) -> None:
        card.clear.click()
        QTest.keyClick(card.paper, Qt.Key.Key_Left)  # the first one only shows it
        assert card.note.text == "row 4, column 4 · 0"
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right):
            QTest.keyClick(card.paper, key)

        QTest.keyClick(card.paper, Qt.Key.Key_Space)
        assert image_of(session)[3][3] > 0.9
        assert card.note.text.startswith("row 3, column 3 · 0.9")

        QTest.keyClick(card.paper, Qt.Key.Key_Delete)
        assert image_of(session)[3][3] < 0.05
        assert session.edits.count == 3

    def test_the_cursor_stays_on_the_paper(self, card: InputImage) -> None:
        for _ in range(20):
            QTest.keyClick(card.paper, Qt.Key.Key_Down)
            QTest.keyClick(card.paper, Qt.Key.Key_Right)

        assert card.note.text.startswith("row 7, column 7")
