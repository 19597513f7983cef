"""Names of a stranger's file are shown as they are: in no panel and no dialog are they markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QInputDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.files.saved.asking import ask_before_saving, ask_to_leave, ask_to_revert, short_name
from gui.panels.all_examples.panel import AllExamplesPanel
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.window_bench import shown_window

MARKED = "<b>x</b> &name <img src=x>"
RAW = ("<b>x</b>", "<img src=x>")
HUGE = "<b>" + "W" * 400 + "</b>.json"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    several = open_experiment("Several inputs and outputs")
    names = tuple(f"{MARKED} {number}" for number in range(3))
    made = Window(replace(several, name=MARKED, about=MARKED, inputs=names, outputs=names))
    yield from shown_window(qtbot, made)


def is_raw(text: str) -> bool:
    return any(mark in text for mark in RAW)


def marked_up(widget: QWidget) -> list[str]:
    """What of a widget shows a name as markup, or a sign in it as that of a key."""
    found = []
    if is_raw(widget.toolTip()):
        found.append(f"tip {widget.toolTip()}")
    rich = Qt.TextFormat.AutoText, Qt.TextFormat.RichText
    if type(widget) is QLabel and widget.textFormat() in rich and is_raw(widget.text()):
        found.append(f"label {widget.text()}")
    if isinstance(widget, QAbstractButton) and "&name" in widget.text().replace("&&", ""):
        found.append(f"button {widget.text()}")
    return [f"{type(widget).__name__}: {each}" for each in found]


def test_no_panel_takes_a_name_for_markup(window: Window, qtbot: QtBot) -> None:
    window.session.playback.take(3)
    window.session.view.show(output=1)
    window.below.want_folded(False)
    for key in (*window.side.pages, *window.below.pages):
        window.session.view.show(panel=key)
        window.panel(key)
    qtbot.wait(0)
    assert [words for at in window.findChildren(QWidget) for words in marked_up(at)] == []


def test_no_question_takes_a_name_for_markup_or_grows_with_it(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[Qt.TextFormat, str]] = []

    def note(box: QMessageBox) -> None:
        shown.append((box.textFormat(), box.text()))

    def question(_: object, __: str, text: str, *___: object) -> QMessageBox.StandardButton:
        shown.append((Qt.TextFormat.AutoText, text))
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "exec", note)
    monkeypatch.setattr(QMessageBox, "question", question)
    ask_before_saving(window, HUGE, gone=True)
    ask_before_saving(window, HUGE, gone=False)
    ask_to_revert(window, HUGE)
    ask_to_leave(window, HUGE)
    assert len(shown) == 4
    for written, text in shown:
        assert written is Qt.TextFormat.PlainText or text.startswith("<qt>")
        assert "<b>" not in text or written is Qt.TextFormat.PlainText
        assert len(text) < 150
    assert short_name(HUGE).endswith("W</b>.json")


def test_renaming_shows_the_old_name_as_it_is(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_: QWidget, __: str, label: str, *___: object) -> tuple[str, bool]:
        asked.append(label)
        return "", False

    monkeypatch.setattr(QInputDialog, "getText", answer)
    window.below.want_folded(False)
    window.session.view.show(panel="all_examples")
    panel = window.panel("all_examples")
    assert isinstance(panel, AllExamplesPanel)
    panel.table.setCurrentIndex(panel.model.index(0, 0))
    panel.actions_of_table.rename.trigger()
    assert asked
    assert not any(is_raw(label) for label in asked)
