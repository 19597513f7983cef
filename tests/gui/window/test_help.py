"""The sheet of all keys."""

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.window.commands import shortcuts
from gui.window.help import ShortcutSheet


@pytest.mark.parametrize("theme", THEMES)
def test_no_line_of_the_sheet_is_cut(qtbot: QtBot, theme: str) -> None:
    look.choose(theme)
    sheet = ShortcutSheet(shortcuts())
    with qtbot.waitExposed(sheet):
        sheet.show()
    scroll = sheet.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)

    assert scroll.horizontalScrollBar().maximum() == 0
    sheet.close()
