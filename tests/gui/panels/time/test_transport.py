"""The buttons that move through time."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.panels.alpha.panel import AlphaControl
from gui.panels.time.transport import Transport, speed_text
from gui.session import Session
from gui.session.pace import SPEEDS
from model.phase import Phase
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.showing import on_screen


@pytest.fixture
def session() -> Session:
    return builtin("Freezing one weight")


@pytest.fixture
def transport(session: Session, qtbot: QtBot) -> Transport:
    return shown(Transport(session), qtbot)


def shown(transport: Transport, qtbot: QtBot, width: int | None = None) -> Transport:
    return on_screen(
        qtbot, transport, (width or transport.sizeHint().width(), transport.sizeHint().height())
    )


def press(qtbot: QtBot, button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def able(transport: Transport) -> set[str]:
    """The names of the buttons that can be pressed."""
    return {
        button.accessibleName()
        for button in transport.findChildren(QPushButton)
        if button.isEnabled()
    }


def lit(transport: Transport) -> list[str]:
    """The part that is shown as made last."""
    parts = (transport.predict_button, transport.compare_button, transport.learn_button)
    return [part.accessibleName() for part in parts if part.accessibleDescription() == "made last"]


def test_exactly_what_would_do_something_can_be_pressed(transport: Transport, qtbot: QtBot) -> None:
    assert able(transport) == {"Predict", "Step", "Run"}

    press(qtbot, transport.predict_button)
    assert able(transport) == {"To step 0", "Back", "Compare", "Step", "Run"}

    press(qtbot, transport.compare_button)
    assert able(transport) == {"To step 0", "Back", "Learn", "Step", "Run"}

    press(qtbot, transport.learn_button)
    assert able(transport) == {"To step 0", "Back", "Predict", "Step", "Run"}


def test_the_part_made_last_is_lit(transport: Transport, session: Session, qtbot: QtBot) -> None:
    assert lit(transport) == []
    for button in (transport.predict_button, transport.compare_button, transport.learn_button):
        press(qtbot, button)
        assert lit(transport) == [button.accessibleName()]

    press(qtbot, transport.back_button)
    assert lit(transport) == []

    press(qtbot, transport.step_button)
    assert lit(transport) == []

    for button in (transport.predict_button, transport.compare_button, transport.learn_button):
        press(qtbot, button)
    session.edits.set_alpha(0.1)
    assert lit(transport) == []

    press(qtbot, transport.step_button)
    assert lit(transport) == []


def test_the_lit_part_looks_different(transport: Transport, session: Session) -> None:
    before = transport.predict_button.grab().toImage()

    session.playback.predict()

    assert transport.predict_button.grab().toImage() != before


def test_the_parts_step_back_and_reset_do_what_they_say(
    transport: Transport, session: Session, qtbot: QtBot
) -> None:
    press(qtbot, transport.step_button)
    press(qtbot, transport.step_button)
    assert (session.playback.position, session.playback.phase) == (2, Phase.READY)

    press(qtbot, transport.predict_button)
    assert session.playback.phase is Phase.PREDICTED
    press(qtbot, transport.back_button)
    assert (session.playback.position, session.playback.phase) == (2, Phase.READY)
    press(qtbot, transport.back_button)
    assert session.playback.position == 1

    press(qtbot, transport.reset_button)
    assert (session.playback.position, session.playback.length) == (0, 2)


def test_run_becomes_pause_and_keeps_its_width(
    transport: Transport, session: Session, qtbot: QtBot
) -> None:
    session.playback.set_speed(100.0)
    boxes = [button.geometry() for button in transport.findChildren(QPushButton)]

    press(qtbot, transport.run_button)
    assert transport.run_button.text() == "Pause"
    assert able(transport) >= {"Pause"}
    assert not able(transport) & {"Step", "Back", "Predict", "Compare", "Learn"}
    qtbot.waitUntil(lambda: session.playback.position > 2)
    assert [button.geometry() for button in transport.findChildren(QPushButton)] == boxes

    press(qtbot, transport.run_button)
    assert not session.playback.running
    assert transport.run_button.text() == "Run"
    assert able(transport) == {"To step 0", "Back", "Predict", "Step", "Run"}


def test_a_run_that_ends_by_itself_can_be_started_again(qtbot: QtBot) -> None:
    session = builtin("Alpha too large")
    transport = shown(Transport(session), qtbot)
    session.playback.set_speed(math.inf)

    press(qtbot, transport.run_button)
    qtbot.waitUntil(lambda: not session.playback.running)

    assert transport.run_button.text() == "Run"
    assert transport.step_button.isEnabled()


def test_one_key_goes_round_the_three_parts(
    transport: Transport, session: Session, qtbot: QtBot
) -> None:
    transport.predict_button.setFocus()

    for _ in range(6):
        focused = transport.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Space)

    assert (session.playback.position, session.playback.phase) == (2, Phase.READY)
    assert transport.predict_button.hasFocus()


def test_tab_goes_from_left_to_right(transport: Transport, session: Session, qtbot: QtBot) -> None:
    session.playback.step()
    transport.reset_button.setFocus()

    seen = []
    for _ in range(6):
        focused = transport.focusWidget()
        assert focused is not None
        seen.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)

    assert seen == [
        transport.reset_button,
        transport.back_button,
        transport.predict_button,
        transport.step_button,
        transport.run_button,
        transport.speed_slider,
    ]


# -- speed ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("speed", "text"),
    [
        (0.5, "1 step in 2 s"),
        (1.0, "1 step/s"),
        (5.0, "5 steps/s"),
        (1000.0, "1,000 steps/s"),
        (math.inf, "fastest"),
    ],
)
def test_speeds_in_words(speed: float, text: str) -> None:
    assert speed_text(speed) == text


def test_the_slider_goes_through_all_speeds(
    transport: Transport, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClick(transport.speed_slider, Qt.Key.Key_Home)
    seen = [session.playback.speed]
    for _ in SPEEDS[1:]:
        QTest.keyClick(transport.speed_slider, Qt.Key.Key_Right)
        seen.append(session.playback.speed)
        assert transport.speed_label.text() == speed_text(session.playback.speed)
        assert speed_text(session.playback.speed) in transport.speed_slider.accessibleName()

    assert tuple(seen) == SPEEDS


def test_the_speed_is_shown_from_the_start_and_whoever_sets_it(
    transport: Transport, session: Session
) -> None:
    assert transport.speed_label.text() == "5 steps/s"
    assert SPEEDS[transport.speed_slider.value()] == 5.0

    session.playback.set_speed(math.inf)
    session.playback.predict()

    assert transport.speed_label.text() == "fastest"
    assert SPEEDS[transport.speed_slider.value()] == math.inf


# -- room -----------------------------------------------------------------------------------


def uncut(button: QPushButton) -> bool:
    return button.width() >= button.sizeHint().width()


def all_uncut(transport: Transport) -> bool:
    return all(uncut(button) for button in transport.findChildren(QPushButton))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_it_fits_beside_alpha_with_nothing_cut(qtbot: QtBot, theme: str, width: int) -> None:
    look.choose(theme)
    session = builtin("Freezing one weight")
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(14, 8, 14, 8)
    transport, alpha = Transport(session), AlphaControl(session)
    layout.addWidget(transport)
    layout.addWidget(alpha)
    row.resize(width, 60)
    with qtbot.waitExposed(row):
        row.show()

    assert row.width() == width
    inside = transport.rect()
    for button in transport.findChildren(QPushButton):
        assert uncut(button), button.accessibleName()
        assert inside.contains(button.geometry())
    if not transport.speed_label.isHidden():
        assert inside.contains(transport.speed_label.geometry())
    assert inside.contains(transport.speed_slider.geometry())
    assert alpha.bar.words


def test_less_room_leaves_words_out_and_more_brings_them_back(
    session: Session, qtbot: QtBot
) -> None:
    transport = shown(Transport(session), qtbot)
    full = transport.width()
    assert transport.predict_button.text() == "1 Predict"
    assert transport.reset_button.text() == "To step 0"

    transport.resize(transport.minimumSizeHint().width(), transport.height())
    assert transport.predict_button.text() == "Predict"
    assert transport.reset_button.text() == ""
    assert transport.reset_button.accessibleName() == "To step 0"
    assert transport.speed_label.isHidden()
    assert not transport.speed_slider.isHidden()
    qtbot.waitUntil(lambda: all_uncut(transport))

    # As a window in the largest text does, in a language with longer words.
    transport.resize(transport.width() - transport.speed_slider.width(), transport.height())
    assert transport.speed_slider.isHidden()
    qtbot.waitUntil(lambda: all_uncut(transport))

    transport.resize(full, transport.height())
    assert transport.predict_button.text() == "1 Predict"
    assert transport.reset_button.text() == "To step 0"
    assert not transport.speed_label.isHidden()
    assert not transport.speed_slider.isHidden()


def test_another_theme_keeps_everything_in_place(
    transport: Transport, session: Session, qtbot: QtBot
) -> None:
    session.playback.predict()
    look.choose("projector")
    transport.resize(transport.sizeHint())

    assert lit(transport) == ["Predict"]
    assert transport.predict_button.text() == "1 Predict"
    qtbot.waitUntil(lambda: all_uncut(transport))
    transport.grab()


def test_it_follows_another_experiment(
    transport: Transport, session: Session, qtbot: QtBot
) -> None:
    session.playback.step()
    session.playback.predict()

    session.open(builtin("Several outputs").experiment)

    assert able(transport) == {"Predict", "Step", "Run"}
    assert lit(transport) == []


@pytest.mark.parametrize("width", [1024, 1092, 1280])
def test_a_smaller_theme_brings_back_what_a_larger_one_left_out(
    session: Session, qtbot: QtBot, width: int
) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    transport, alpha = Transport(session), AlphaControl(session)
    layout.addWidget(transport)
    layout.addStretch(1)
    layout.addWidget(alpha)
    row.resize(width, 60)
    with qtbot.waitExposed(row):
        row.show()
    wanted = transport.sizeHint().width()
    look.choose("projector")
    qtbot.waitUntil(lambda: all_uncut(transport))

    look.choose("light")
    QApplication.processEvents()

    assert transport.sizeHint().width() == wanted
    qtbot.waitUntil(lambda: all_uncut(transport))
