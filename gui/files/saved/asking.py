"""Asks before something is lost: in the file that another program changed, or on the bench."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.widgets.tips import plain_tip
from model.door import say

Answer = Literal["save", "save as", "reload", "cancel"]
# Of a longer name the beginning and the end are shown: a dialog does not break a word.
_MAX_NAME_LETTERS = 60


def short_name(name: str) -> str:
    """As much of a name as has room in a dialog."""
    half = _MAX_NAME_LETTERS // 2
    return name if len(name) <= _MAX_NAME_LETTERS else f"{name[: half - 1]}…{name[-half:]}"


def _question(window: QWidget) -> QMessageBox:
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Weightbench")
    # Names come from outside, and may look like markup.
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box


def ask_before_saving(window: QWidget, name: str, gone: bool) -> Answer:
    """Ask what saving is to do where the file is another than was read or written here.

    ``gone`` says that it is there no more.
    """
    box = _question(window)
    role = QMessageBox.ButtonRole
    answers: dict[object, Answer] = {}
    if gone:
        box.setText(say("“{name}” is not there any more.", name=short_name(name)))
        box.setInformativeText(say("It was moved, renamed or deleted since it was opened here."))
        again = box.addButton(say("Save it there &again"), role.AcceptRole)
        answers[again] = "save"
    else:
        box.setText(say("“{name}” was changed by another program.", name=short_name(name)))
        box.setInformativeText(
            say("Overwriting loses what is in the file now; reloading loses what was changed here.")
        )
        answers[box.addButton(say("&Reload"), role.DestructiveRole)] = "reload"
        answers[box.addButton(say("&Overwrite"), role.DestructiveRole)] = "save"
    elsewhere = box.addButton(say("&Save as…"), role.ActionRole)
    answers[elsewhere] = "save as"
    # What loses nothing is what Enter does.
    box.setDefaultButton(again if gone else elsewhere)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    answer = answers.get(box.clickedButton(), "cancel")
    box.deleteLater()
    return answer


def ask_to_leave(window: QWidget, name: str) -> Literal["save", "discard", "cancel"]:
    """Ask what becomes of edits that were not saved."""
    buttons = QMessageBox.StandardButton
    answer = QMessageBox.question(
        window,
        "Weightbench",
        plain_tip(say("Keep the changes to “{name}”?", name=short_name(name))),
        buttons.Save | buttons.Discard | buttons.Cancel,
    )
    if answer == buttons.Save:
        return "save"
    return "discard" if answer == buttons.Discard else "cancel"


def ask_to_revert(window: QWidget, name: str) -> bool:
    """Ask whether what was changed on the bench may be lost."""
    box = _question(window)
    box.setText(say("Go back to “{name}” as it was saved?", name=short_name(name)))
    box.setInformativeText(say("What was changed on the bench since then is lost."))
    revert = box.addButton(say("&Revert"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    agreed = box.clickedButton() is revert
    box.deleteLater()
    return agreed
