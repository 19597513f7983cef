"""Controls beside a tab, or in a row of their own where there is no room for them there."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.buttons import ToolsRow
from tests.gui.helpers.showing import on_screen


class Panel(QWidget):
    """A panel with its row of tools above its room."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons = [QPushButton(text) for text in ("Add", "Remove", "Rename")]
        self.buttons[1].hide()
        self.note = QLabel("worst: example 3")
        self.row = ToolsRow(self.buttons, self, self.note, note_room=120)
        column = QVBoxLayout(self)
        column.addWidget(self.row.beside)
        column.addWidget(self.row.above)
        column.addStretch(1)


def test_without_room_the_controls_go_above_and_the_note_stays(qtbot: QtBot) -> None:
    panel = on_screen(qtbot, Panel(), (700, 200))
    row, (add, remove, _) = panel.row, panel.buttons
    assert add.parentWidget() is row.beside
    assert not row.above.isVisible()
    for width, place in ((180, row.above), (700, row.beside)):
        panel.resize(width, 200)
        qtbot.waitUntil(lambda place=place: add.parentWidget() is place)  # type: ignore[misc]
        assert row.above.isVisible() is (place is row.above)
        assert panel.note.isVisibleTo(row.beside)
        # What was hidden before is hidden wherever it lies.
        assert [button.isVisible() for button in panel.buttons] == [True, False, True]
    remove.show()
    assert remove.isVisible()
