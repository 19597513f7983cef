"""What somebody new finds at the very first start, and how far the keys alone lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.files.settings import Settings
from gui.panels.lesson.panel import LessonPanel
from gui.session.lesson import solution
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.window_bench import shown_window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    made = Window(open_experiment("One delta, three weight_deltas"), Settings())
    made.resize(1280, 800)
    for shown in shown_window(qtbot, made):
        shown.activateWindow()
        shown.lessons.welcome()
        yield shown


def lesson_panel(window: Window) -> LessonPanel:
    panel = window.places.panel("lesson")
    assert isinstance(panel, LessonPanel)
    return panel


def test_the_tour_is_one_key_away(window: Window, qtbot: QtBot) -> None:
    button = window.places.notice.offer_button
    assert button.accessibleName() == "Start the tour"

    QTest.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)

    qtbot.waitUntil(lambda: window.lessons.is_open)
    assert window.places.notice.text == ""


def test_no_two_menus_are_opened_by_one_key(window: Window) -> None:
    keys = [QKeySequence.mnemonic(menu.text()).toString() for menu in window.menuBar().actions()]
    offer = QKeySequence.mnemonic(window.places.notice.offer_button.text()).toString()
    assert all(keys)
    assert len({*keys, offer}) == len(keys) + 1


def test_whoever_opens_another_lesson_is_offered_no_tour(window: Window, qtbot: QtBot) -> None:
    assert "New here?" in window.places.notice.text

    window.lessons.open("freezing")

    qtbot.waitUntil(lambda: window.places.notice.text == "")


def test_the_list_begins_with_the_focus_on_a_lesson(window: Window, qtbot: QtBot) -> None:
    window.menus.actions["lessons"].trigger()

    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), QPushButton))
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.lessons.is_open)
    lesson = window.lessons.player.lesson
    assert lesson is not None
    assert lesson.title == "The bench in three minutes"


def test_after_the_solution_was_shown_it_is_said_whose_turn_it_is(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solution, "_PACE", 0.1)
    window.lessons.open("the-bench", 3)
    player = window.lessons.player
    player.show_me()
    qtbot.waitUntil(lambda: not player.showing, timeout=20_000)
    qtbot.waitUntil(lambda: "Now you." in lesson_panel(window).view.plain)
