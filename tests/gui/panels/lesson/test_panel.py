"""The lesson panel: what it shows, where the focus is, what is announced, and the list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.files.kept_lessons import KeptLessons
from gui.files.settings import Settings
from gui.look.theme import TEXT_SIZES, look
from gui.panels.lesson.blocks import QuestionBlock, TaskBlock, WordsBlock
from gui.panels.lesson.lesson_list import LessonList
from gui.panels.lesson.markdown import MarkdownLabel
from gui.window.window import Window
from model.files.library import open_experiment
from model.lessons import built_in
from tests.conftest import PROJECT
from tests.gui.helpers.lesson_learner import KeyLearner, MouseLearner
from tests.gui.helpers.window_bench import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several outputs")))


def test_a_question_that_opens_takes_the_focus_and_nothing_else_moves_it(
    window: Window, qtbot: QtBot
) -> None:
    learner = MouseLearner(window, qtbot)
    learner.open("freezing", 4)
    asked = learner.block
    assert isinstance(asked, QuestionBlock)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is asked.first_stop)
    learner.answer("stays")
    task = learner.block
    assert isinstance(task, TaskBlock)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is task)

    step = window.panel("transport").first_stop  # type: ignore[attr-defined]
    for _ in range(2):
        learner.click(step)
        step.setFocus()
        learner.settle()
        assert QApplication.focusWidget() is step
    learner.click(step)

    observed = learner.block
    assert isinstance(observed, QuestionBlock)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is observed.first_stop)


def test_an_answer_without_a_choice_is_asked_for(window: Window, qtbot: QtBot) -> None:
    learner = MouseLearner(window, qtbot)
    learner.open("freezing", 4)
    block = learner.block
    assert isinstance(block, QuestionBlock)

    learner.click(block.button)

    assert "Choose an answer first." in block.texts
    assert learner.player.waits


def test_nothing_that_waits_is_passed_without_a_word(window: Window, qtbot: QtBot) -> None:
    learner = MouseLearner(window, qtbot)
    learner.open("freezing", 4)
    panel = learner.panel
    assert panel.next_button.isHidden()
    assert panel.waiting.text() == "Predict first, or skip it."

    window.commands["next_page"].trigger()
    assert learner.player.page == 4
    assert window.places.notice.text == "Predict first, or skip it."
    learner.answer("stays")
    learner.settle()
    assert panel.waiting.text() == "Do the task first, or skip it."
    learner.click(panel.skip_button)
    learner.settle()

    assert panel.skip_button.isHidden()
    learner.go_on()
    assert learner.player.page == 5


def test_keys_show_hints_and_the_whole_page(window: Window, qtbot: QtBot) -> None:
    learner = KeyLearner(window, qtbot)
    learner.open("freezing", 4)
    learner.answer("stays")
    learner.settle()

    learner.press("H")
    learner.settle()
    block = learner.block
    assert isinstance(block, TaskBlock)
    assert any("Look at the curve" in text for text in block.texts)
    learner.press("W")
    learner.settle()

    words = [one for one in learner.panel.view.blocks.values() if isinstance(one, WordsBlock)]
    assert any("one weight's view of it" in text for one in words for text in one.texts)


def test_the_bar_names_straying_and_leads_back(window: Window, qtbot: QtBot) -> None:
    learner = MouseLearner(window, qtbot)
    learner.open("freezing", 4)
    learner.answer("stays")
    assert learner.panel.bar.isHidden()

    window.session.edits.set_alpha(0.02)
    learner.settle()
    assert learner.panel.bar.isVisible()
    learner.click(learner.panel.explore_button)
    learner.settle()
    assert learner.panel.explore_button.isHidden()
    learner.click(learner.panel.back_button)
    learner.settle()

    assert learner.panel.bar.isHidden()
    assert window.session.state.setup.alpha == 0.3


def test_the_text_of_a_page_grows_with_all_other_text(window: Window, qtbot: QtBot) -> None:
    learner = KeyLearner(window, qtbot)
    learner.open("freezing", 1)
    label = learner.panel.view.findChildren(MarkdownLabel)[0]
    before = look.theme.font().pixelSize()

    for _ in TEXT_SIZES:
        learner.press("Ctrl++")
    learner.settle()

    assert label.font().pixelSize() == look.theme.font().pixelSize() == 2 * before
    assert not learner.panel.view.horizontalScrollBar().isVisible()


def test_the_list_says_what_was_done_and_forgets_it(window: Window, qtbot: QtBot) -> None:
    learner = MouseLearner(window, qtbot)
    learner.open("freezing", 1)
    learner.answer("same")
    learner.click(learner.panel.list_button)
    learner.settle()
    lessons = learner.panel.findChild(LessonList)
    assert isinstance(lessons, LessonList)
    row = next(row for row in lessons.rows if row.heading.id == "freezing")

    assert [one.heading.id for one in lessons.rows] == [one.id for one in built_in()]
    assert row.progress.text() == "1 page done"
    lessons.ensureWidgetVisible(row)
    learner.click(row.forget_button)
    learner.settle()

    assert row.progress.text() == ""
    lessons.ensureWidgetVisible(lessons.close_button)
    learner.click(lessons.close_button)
    assert not window.places.shows_lesson


def test_a_lesson_is_opened_by_what_is_in_a_file_whatever_it_is_called(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    text = (PROJECT / "resources" / "lessons" / "07-freezing-one-weight.md").read_text("utf-8")
    file = tmp_path / "my own.txt"
    file.write_text(text.replace('title = "Freezing', 'title = "My freezing'), "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip

    window.dropEvent(drop)

    lesson = window.lessons.player.lesson
    assert lesson is not None
    assert lesson.title.startswith("My freezing")
    window.documents.open("Several steps")
    qtbot.waitUntil(lambda: window.session.experiment.name == "Several steps")
    assert window.lessons.player.lesson is None


def test_a_lesson_with_a_fault_is_told_and_changes_nothing(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "broken.md"
    file.write_text('+++\nformat = "weightbench/lesson"\nversion = 1\n+++\n', "utf-8")
    told: list[str] = []
    window.session.notices.refused.connect(told.append)

    window.documents.open(str(file))

    assert told
    assert told[0].startswith("broken.md:")
    assert window.session.experiment.name == "Several outputs"
    assert not window.places.shows_lesson


def test_records_are_kept_and_the_own_bench_is_what_is_kept_of_the_bench(qtbot: QtBot) -> None:
    settings = Settings()
    window = Window(open_experiment("Several outputs"), settings)
    made = shown_window(qtbot, window)
    next(made)
    window.session.edits.set_alpha(0.25)
    window.lessons.open("freezing", 2)
    window.lessons.player.answer("0.05")
    window.keep()
    next(made, None)

    kept = KeptLessons(settings.kept).read()
    assert kept["under_way"] == "freezing"
    assert kept["lessons"]["freezing"]["page"] == 2
    files = list(settings.benches.glob("*.json"))
    texts = [file.read_text("utf-8") for file in files]
    assert any('"Several outputs"' in text for text in texts)
    assert not any('"Freezing one weight"' in text for text in texts)


def test_the_tour_is_offered_once_and_is_two_presses_from_the_first_step(qtbot: QtBot) -> None:
    settings = Settings()
    KeptLessons(settings.kept).write({})
    window = Window(open_experiment("Several outputs"), settings)
    made = shown_window(qtbot, window)
    next(made)
    window.lessons.welcome()
    notice = window.places.notice
    qtbot.waitUntil(notice.offer_button.isVisible)

    QTest.mouseClick(notice.offer_button, Qt.MouseButton.LeftButton)
    step = window.panel("transport").first_stop  # type: ignore[attr-defined]
    QTest.mouseClick(step, Qt.MouseButton.LeftButton)

    assert window.lessons.player.lesson is not None
    assert window.session.playback.position == 1
    assert json.loads((settings.kept / "lessons.json").read_text("utf-8"))["tour_offered"] is True
    next(made, None)
