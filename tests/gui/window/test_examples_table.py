"""The table of examples in the whole window: what it grows is followed everywhere, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.files.settings import Settings
from gui.panels.all_examples.panel import AllExamplesPanel
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers import panels
from tests.gui.helpers.table_person import CONTROL, Person
from tests.gui.helpers.window_bench import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window(open_experiment("The whole season"), Settings())
    yield from shown_window(qtbot, made)


def test_a_table_is_grown_learned_from_saved_reopened_and_undone(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    # The panel has come up in front by itself.
    panel = window.panel("all_examples")
    assert isinstance(panel, AllExamplesPanel)
    person, session = Person(qtbot, panel, window.session), window.session
    qtbot.mouseClick(panels.transport(window).step_button, Qt.MouseButton.LeftButton)
    session.view.show(panel="listing", log=True)
    before = person.everything

    person.click(3, 0)
    person.press("add")
    person.type("3")
    person.type("0,5")
    assert panel.isVisible()
    person.click(4, 2)
    person.paste("1.5\t1\n2\t0\n")
    assert len(person.inputs) == 6
    assert session.view.log
    assert "listing" in session.view.panels
    assert panels.listing(window).isVisible()
    person.click(0, 1)
    panel.actions_of_table.remove_column.trigger()
    qtbot.mouseClick(panels.transport(window).step_button, Qt.MouseButton.LeftButton)
    grown = person.everything

    # What is folded away stays away while the form changes.
    window.places.want_side(False)
    window.below.want_folded(True)
    file = tmp_path / "grown.json"
    assert window.documents.save_to(file)
    while session.edits.can_undo:
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert person.everything == before
    while session.edits.can_redo:
        qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert window.side.isHidden()
    assert window.below.folded
    session.playback.step()
    assert person.everything == grown
    window.documents.open(str(file))
    qtbot.waitUntil(lambda: session.playback.length > 0 and not session.playback.running)
    assert person.everything == grown

    person.click(0, 0)
    person.press("remove")
    kept = person.everything
    window.keep()
    again = Window(open_experiment("Several steps"), Settings())
    qtbot.addWidget(again)
    again.bring_back()
    qtbot.waitUntil(lambda: again.documents.title == "grown.json")
    brought = again.panel("all_examples")
    assert isinstance(brought, AllExamplesPanel)
    assert Person(qtbot, brought, again.session).everything == kept
    again.keep()
