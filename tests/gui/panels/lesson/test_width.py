"""Whatever a page or the list holds, nothing of it is cut off at the side of a narrow column."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.lesson.lesson_list import LessonList
from gui.panels.lesson.page_view import PageView
from gui.panels.lesson.panel import LessonPanel
from gui.session import Session
from gui.session.lesson import Doing, LessonPlayer, Option, Question
from gui.session.lesson.record import PageRecord
from model.files.library import open_experiment
from model.lessons.library import load

# The column's width beside bench and side panels, for the type of the projector theme.
NARROW = 288


@pytest.fixture(params=["light", "projector"])
def narrow(request: pytest.FixtureRequest) -> Iterator[int]:
    look.choose(request.param)
    yield round(NARROW / 1.3) if request.param == "light" else NARROW
    look.choose("light")


def cut_off(area: QScrollArea) -> list[str]:
    """The widgets of a scroll area that reach beyond what is seen of it."""
    inside, seen = area.widget(), area.viewport().width()
    assert inside is not None
    shown = [one for one in inside.findChildren(QWidget) if one.isVisible()]
    return [
        type(one).__name__ for one in shown
        if one.mapTo(inside, one.rect().topRight()).x() >= seen
    ]  # fmt: skip


def test_questions_and_tasks_fit(qtbot: QtBot, narrow: int) -> None:
    view = PageView()
    qtbot.addWidget(view)
    options = (Option("yes", "It moves up, and so do all of the others"), Option("no", "No"))
    question = Question("q", "Which way? " * 20, options, True, True, True, "", "", "", "")
    task = Doing("t", "Press Step. " * 20, "", ("Look up. " * 9,), True, True, False, False, "")
    view.show_page("one", (question, task), None)
    view.resize(narrow, 300)
    view.show()
    qtbot.waitExposed(view)

    assert cut_off(view) == []


def test_the_list_with_a_lesson_begun_fits(qtbot: QtBot, narrow: int) -> None:
    session = Session(open_experiment("Several steps"))
    player = LessonPlayer.of(session)
    player.open(load("freezing"), 2)
    record = player.records.look("freezing")
    record.pages.update({at: PageRecord("done") for at in range(2, 5)})
    player.leave()
    lessons = LessonList(player)
    qtbot.addWidget(lessons)
    lessons.resize(narrow, 400)
    lessons.refresh()
    lessons.show()
    qtbot.waitExposed(lessons)

    assert cut_off(lessons) == []


def test_the_buttons_below_a_last_page_keep_their_words(qtbot: QtBot, narrow: int) -> None:
    session = Session(open_experiment("Several steps"))
    player = LessonPlayer.of(session)
    player.open(load("the-bench"), 5)
    panel = LessonPanel(session)
    qtbot.addWidget(panel)
    panel.resize(narrow, 500)
    panel.show()
    qtbot.waitExposed(panel)

    assert panel.width() <= narrow
    for button in (panel.previous_button, panel.skip_button, panel.next_button):
        assert button.isVisible()
        assert button.width() >= button.sizeHint().width()
