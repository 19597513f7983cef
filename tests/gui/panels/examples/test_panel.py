"""The strip of examples: found, shown and gone to."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.examples.panel import ExamplesPanel
from gui.session import Session
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.image_bench import digits_experiment, digits_session
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.telling import wait_until_told

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return digits_session(2000)


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> Iterator[ExamplesPanel]:
    made = on_screen(qtbot, ExamplesPanel(session), (1000, 130))
    yield made
    session.playback.pause()


def button(panel: ExamplesPanel, text: str) -> None:
    QTest.mouseClick(next(b for b in panel.buttons if b.text() == text), LEFT)


def wheel(panel: ExamplesPanel, notches: int) -> None:
    middle = QPointF(panel.strip.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(panel.strip.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(panel.strip, event)


def test_a_click_goes_to_the_example(panel: ExamplesPanel, session: Session) -> None:
    QTest.mouseClick(panel.strip, LEFT, pos=panel.strip.place(4).center())

    assert session.state.example == 4
    assert session.edits.undo_text == "to example 5"


def test_only_those_in_sight_are_listed_and_the_bar_reaches_the_last(panel: ExamplesPanel) -> None:
    strip = panel.strip
    assert strip.visible_examples[0] == 0
    assert len(strip.visible_examples) < 40

    strip.bar.setValue(strip.bar.maximum())

    assert strip.visible_examples[-1] == 1999
    assert strip.place(1999).right() < strip.width()


def test_the_wheel_scrolls(panel: ExamplesPanel) -> None:
    wheel(panel, -4)
    assert panel.strip.visible_examples[0] == 12

    wheel(panel, 4)
    assert panel.strip.visible_examples[0] == 0


def test_a_digit_is_searched_for(panel: ExamplesPanel, session: Session) -> None:
    button(panel, "7")
    assert panel.strip.visible_examples[:3] == [7, 17, 27]

    QTest.mouseClick(panel.strip, LEFT, pos=panel.strip.place(2).center())
    assert session.state.example == 27

    button(panel, "All")
    assert 27 in panel.strip.visible_examples
    assert 26 in panel.strip.visible_examples


def test_a_number_is_gone_to(panel: ExamplesPanel, session: Session) -> None:
    button(panel, "3")
    panel.number.setFocus()
    QTest.keyClicks(panel.number, "1,235")
    QTest.keyClick(panel.number, Qt.Key.Key_Return)

    assert session.state.example == 1234
    assert 1234 in panel.strip.visible_examples


@pytest.mark.parametrize("nonsense", ["0", "2001", "-3", "1.5", "four", "1e99", "", "nan"])
def test_what_is_no_number_of_an_example_is_refused(
    panel: ExamplesPanel, session: Session, nonsense: str
) -> None:
    QTest.keyClicks(panel.number, nonsense)
    QTest.keyClick(panel.number, Qt.Key.Key_Return)

    assert session.state.example == 0
    assert panel.note.text == "The examples have whole numbers from 1 to 2,000."

    QTest.keyClicks(panel.number, "1")

    assert panel.note.text.startswith("2,000 examples")


def test_a_search_takes_back_the_refusal(panel: ExamplesPanel) -> None:
    QTest.keyClicks(panel.number, "0")
    QTest.keyClick(panel.number, Qt.Key.Key_Return)
    assert panel.note.text.startswith("The examples have")

    panel.buttons[1].click()

    assert panel.note.text.startswith("2,000 examples")


def test_keys_move_along_the_strip_and_enter_goes_there(
    panel: ExamplesPanel, session: Session
) -> None:
    strip = panel.strip
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_End)
    assert strip.cursor_example == 1999
    QTest.keyClick(strip, Qt.Key.Key_Left)
    QTest.keyClick(strip, Qt.Key.Key_PageUp)
    QTest.keyClick(strip, Qt.Key.Key_PageDown)
    assert strip.cursor_example == 1998
    assert 1998 in strip.visible_examples
    assert "example 1,999, labelled 8" in strip.accessibleDescription()
    assert session.state.example == 0

    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert session.state.example == 1998

    QTest.keyClick(strip, Qt.Key.Key_Home)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.cursor_example == 1


def test_the_current_example_is_kept_in_view(panel: ExamplesPanel, session: Session) -> None:
    for _ in range(60):
        session.playback.step()
        assert session.state.example in panel.strip.visible_examples


def test_a_run_leaves_alone_who_looks_elsewhere(
    qtbot: QtBot, panel: ExamplesPanel, session: Session
) -> None:
    session.playback.set_speed(1000.0)
    session.playback.run()
    panel.strip.bar.setValue(panel.strip.bar.maximum())
    qtbot.waitUntil(lambda: session.playback.position > 150)
    assert panel.strip.bar.value() == panel.strip.bar.maximum()

    session.playback.pause()
    session.playback.step()

    assert session.state.example in panel.strip.visible_examples


def test_edited_examples_are_marked(panel: ExamplesPanel, session: Session) -> None:
    before = panel.strip.grab().toImage()
    session.edits.set_input(0, 1.0)

    assert panel.note.text.endswith("1 edited")
    assert "edited" in panel.strip.words(0)
    assert panel.strip.grab().toImage() != before

    session.edits.undo()

    assert not panel.note.text.endswith("edited")
    assert panel.strip.grab().toImage() == before


def test_a_guest_is_not_among_the_examples(
    qtbot: QtBot, panel: ExamplesPanel, session: Session
) -> None:
    state = session.state
    session.edits.put_on_bench(state.inputs, state.target, "a guest")

    wait_until_told(qtbot, panel.strip, "a guest is on the bench")
    panel.grab()


def test_other_experiments_have_other_digits_or_none(
    panel: ExamplesPanel, session: Session
) -> None:
    session.open(builtin("The whole season").experiment)
    assert panel.buttons == []
    assert panel.strip.visible_examples == []
    assert not panel.number.isEnabled()
    panel.grab()

    session.open(digits_experiment(30, count_outputs=3))
    assert [b.text() for b in panel.buttons] == ["All", "0", "1", "2"]
    assert panel.strip.visible_examples[0] == 0
    assert panel.number.isEnabled()


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_labels_do_not_touch_the_scroll_bar(panel: ExamplesPanel, theme: str) -> None:
    look.choose(theme)
    for height in (120, 150, 260):
        panel.resize(1000, round(height * look.theme.font_px / 13))
        panel.grab()
        assert panel.strip.place(0).bottom() <= panel.strip.bar.geometry().top()


def test_a_run_at_full_speed_is_followed(
    qtbot: QtBot, panel: ExamplesPanel, session: Session
) -> None:
    session.playback.set_speed(math.inf)
    session.playback.run()
    qtbot.waitUntil(lambda: session.playback.position > 5000)
    session.playback.pause()

    assert session.state.example in panel.strip.visible_examples


def test_pictures_are_those_of_the_experiment_on_the_bench(
    qtbot: QtBot, panel: ExamplesPanel, session: Session
) -> None:
    before = panel.strip.grab().toImage()
    # The same numbers stand for other digits.
    session.open(digits_experiment(2000, count_outputs=3))
    after = panel.strip.grab().toImage()
    fresh = on_screen(qtbot, ExamplesPanel(session), panel.size())

    assert after != before
    assert after == fresh.strip.grab().toImage()
