"""A lesson before a class: a clicker leads through it, hands are counted, the screen goes black."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.lesson.panel import LessonPanel
from gui.presenter.window import Presenter
from gui.session.lesson import Words
from gui.session.lesson import solution as solutions
from gui.window.window import Window
from model.files.library import open_experiment
from model.lessons.lesson import Predict, Task
from tests.gui.helpers.window_bench import shown_window


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    # Tasks are shown as fast as they can be.
    monkeypatch.setattr(solutions, "_PACE", 0.0)
    monkeypatch.setattr(solutions, "_AFTER_MS", 0)
    theme = look.choice
    yield from shown_window(qtbot, Window(open_experiment("Several steps")))
    look.choose(theme)


# Functions, as what was asserted of a property is not taken for true of it for ever.
def is_on(window: Window) -> bool:
    return window.presenting.is_on


def is_black(window: Window) -> bool:
    audience = window.presenting.audience
    return audience is not None and audience.is_black


def in_lesson(window: Window) -> bool:
    return window.lessons.is_open


def is_running(window: Window) -> bool:
    return window.session.playback.running


def plays(window: Window) -> bool:
    demo = window.presenting.demo
    return demo is not None and demo.playing


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def press(widget: QWidget, key: Qt.Key, qtbot: QtBot) -> None:
    QTest.keyClick(widget, key)
    settle()


def presented(window: Window, name: str, page: int = 1) -> Presenter:
    window.lessons.open(name, page)
    window.presenting.start()
    settle()
    assert window.presenting.presenter is not None
    return window.presenting.presenter


def told(window: Window) -> str:
    return " ".join(
        item.markdown for item in window.lessons.player.items if isinstance(item, Words)
    )


@pytest.mark.parametrize("at_presenter", [True, False])
def test_a_clicker_leads_through_a_whole_lesson_and_no_answer_is_early(
    window: Window, qtbot: QtBot, at_presenter: bool
) -> None:
    presenter = presented(window, "one-delta")
    player = window.lessons.player
    lesson = player.lesson
    assert lesson is not None
    seen: list[int] = []
    presses = 0
    while in_lesson(window) and presses < 100:
        if player.page not in seen:
            seen.append(player.page)
        gate = player.gate
        if isinstance(gate, Predict):
            # What the page hides is hidden, and what is told of answers is not there yet.
            assert window.session.parts.veiled >= set(lesson.page(player.page).setup.hide) - {
                name for name in lesson.page(player.page).setup.hide if ":" not in name
            }
            assert window.session.playback.locked
            right = next((choice for choice in gate.choices if choice.right), None)
            if right is not None and right.say is not None:
                assert right.say.markdown[:20] not in told(window)
            answers = presenter.answers.plain
            assert "Right" in answers
            panel = window.panel("lesson")
            assert isinstance(panel, LessonPanel)
            assert "Right:" not in panel.view.plain
        press(presenter if at_presenter else window, Qt.Key.Key_PageDown, qtbot)
        presses += 1
        if isinstance(gate, Task):
            qtbot.waitUntil(lambda gate=gate: player.gate is not gate)  # type: ignore[misc]

    assert not in_lesson(window)
    assert seen == [page.number for page in lesson.pages]
    assert not is_on(window)
    assert not any(widget for widget in QApplication.topLevelWidgets() if widget is presenter
                   and widget.isVisible())  # fmt: skip


def test_page_up_goes_back_and_a_prediction_is_passed_without_an_answer(
    window: Window, qtbot: QtBot
) -> None:
    presented(window, "one-delta", 2)
    player = window.lessons.player
    press(window, Qt.Key.Key_PageDown, qtbot)
    assert player.record.answers["share"].said == "unsure"
    press(window, Qt.Key.Key_PageUp, qtbot)
    assert player.page == 1


def test_hands_are_counted_twice_and_kept(window: Window, qtbot: QtBot) -> None:
    presenter = presented(window, "one-delta", 1)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_2, Qt.Key.Key_9):
        press(presenter, key, qtbot)
    assert [*presenter.votes.rounds] == [(1, 2, 0)]
    press(presenter, Qt.Key.Key_V, qtbot)
    press(presenter, Qt.Key.Key_1, qtbot)
    QTest.keyClick(presenter, Qt.Key.Key_1, Qt.KeyboardModifier.ShiftModifier)
    press(presenter, Qt.Key.Key_1, qtbot)
    assert [*presenter.votes.rounds] == [(1, 2, 0), (1, 0, 0)]
    assert not presenter.again_votes.isEnabled()
    record = window.lessons.player.records.values()["lessons"]["one-delta"]["votes"]
    assert [sum(one.values()) for one in next(iter(record.values()))] == [3, 1]

    presenter.clear_votes.click()
    assert [*presenter.votes.rounds] == []


def test_black_hides_the_audience_screen_until_it_is_pressed_again(
    window: Window, qtbot: QtBot
) -> None:
    presented(window, "one-delta")
    audience = window.presenting.audience
    assert audience is not None
    for key in (Qt.Key.Key_Period, Qt.Key.Key_B):
        press(window, key, qtbot)
        assert is_black(window)
        assert audience.cover.geometry() == window.rect()
        press(window, key, qtbot)
        assert not is_black(window)
    press(window, Qt.Key.Key_Period, qtbot)
    press(window, Qt.Key.Key_Escape, qtbot)
    assert not is_black(window)
    assert is_on(window)
    press(window, Qt.Key.Key_Escape, qtbot)
    assert not is_on(window)
    assert in_lesson(window)


def test_f5_presents_in_a_lesson_and_runs_elsewhere(window: Window, qtbot: QtBot) -> None:
    window.lessons.open("one-delta", 1)
    settle()
    press(window, Qt.Key.Key_F5, qtbot)
    assert is_on(window)
    assert not is_running(window)
    window.presenting.stop()
    window.lessons.leave()
    window.activateWindow()
    settle()
    press(window, Qt.Key.Key_F5, qtbot)
    assert is_running(window)
    window.session.playback.pause()


def test_the_step_counter_is_large_and_the_theme_comes_back(window: Window) -> None:
    presented(window, "several-steps")
    audience = window.presenting.audience
    assert audience is not None
    assert look.theme.name == "projector"
    assert audience.counter.text() == f"Step {window.session.playback.position}"
    assert audience.counter.fontMetrics().height() > 1.6 * look.theme.font_px
    window.presenting.stop()
    assert look.theme.name == "light"


def test_the_spotlight_leaves_one_part_bright_until_the_page_goes_on(
    window: Window, qtbot: QtBot
) -> None:
    presenter = presented(window, "one-delta")
    at = presenter.spot_box.findData("weight:a")
    presenter.spot_box.setCurrentIndex(at)
    presenter.spot_box.activated.emit(at)
    settle()
    assert window.spotlight.alone == "weight:a"
    qtbot.waitUntil(lambda: len(window.spotlight.bright) == 1)
    press(window, Qt.Key.Key_PageDown, qtbot)
    assert window.spotlight.alone == ""
    assert window.spotlight.bright == ()


def test_a_demo_plays_from_page_to_page_until_a_key(window: Window, qtbot: QtBot) -> None:
    window.lessons.open("the-bench", 1)
    window.presenting.play_demo(0.02)
    player = window.lessons.player
    pages: list[int] = []
    player.opened.connect(lambda: pages.append(player.page))
    qtbot.waitUntil(lambda: pages.count(1) >= 1 and len(pages) > 4, timeout=60_000)
    assert pages[:4] == [2, 3, 4, 5][: len(pages[:4])]
    assert plays(window)
    press(window, Qt.Key.Key_Space, qtbot)
    assert not plays(window)
    assert in_lesson(window)
