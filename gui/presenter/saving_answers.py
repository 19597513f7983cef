"""Asks for a name and a file, and saves what was answered to a lesson."""

from __future__ import annotations

from PySide6.QtWidgets import QInputDialog, QWidget

from gui.files.choosing import FileChooser
from gui.session.lesson import LessonPlayer
from gui.session.teaching.handing_in import answers_of
from model.classroom.answers import answers_text
from model.door import say
from model.files.saving import save_text


def save_answers(player: LessonPlayer, window: QWidget) -> str:
    """Save the answers to the lesson that is open; returns a sentence on what came of it.

    It is empty where the learner thought better of it.
    """
    lesson = player.lesson
    if lesson is None:
        return ""
    name, given = QInputDialog.getText(
        window, say("Save my answers"), say("Your name, if it is to be in the file:")
    )
    if not given:
        return ""
    answers = answers_of(lesson, player.record, name)
    title = say("{lesson} – {name}", lesson=lesson.id, name=name) if name else lesson.id
    file = FileChooser(window).answers_to_save(title)
    if file is None:
        return ""
    try:
        save_text(file, answers_text(answers))
    except OSError as error:
        return say(
            "{file} could not be saved: {reason}", file=file.name, reason=error.strerror or error
        )
    return say("Your answers were saved as {file}: hand that in.", file=file.name)
