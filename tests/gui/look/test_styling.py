"""A change of theme reaches every widget, and each of them once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.look.styling import give_sheet
from gui.look.theme import DARK, PROJECTOR, look
from gui.window.window import Window
from model.files.library import open_experiment
from tests.gui.helpers.window_bench import shown_window


class Styled(QObject):
    """Counts how often each widget was styled anew."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.times: Counter[QObject] = Counter()
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times[watched] += event.type() == QEvent.Type.StyleChange
        return False


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several inputs and outputs")))


def nested(qtbot: QtBot, depth: int) -> tuple[QWidget, QWidget]:
    """The outermost and the innermost of widgets that lie in each other."""
    outermost = inner = QWidget()
    qtbot.addWidget(outermost)
    for _ in range(depth):
        layout = QVBoxLayout(inner)
        inner = QLabel("inside") if inner is outermost else QWidget()
        layout.addWidget(inner)
    return outermost, inner


def ink_of(widget: QWidget) -> str:
    return widget.palette().color(widget.foregroundRole()).name()


def test_however_deep_a_widget_lies_it_is_styled_once(qtbot: QtBot) -> None:
    outermost, innermost = nested(qtbot, 12)
    with qtbot.waitExposed(outermost):
        outermost.show()
    styled = Styled(outermost, innermost)

    look.choose("dark")

    assert styled.times == {outermost: 1, innermost: 1}
    assert ink_of(innermost) == DARK.ink


def test_of_a_whole_window_no_widget_is_styled_often(window: Window) -> None:
    styled = Styled(*window.findChildren(QWidget))

    look.choose("projector")

    # The row of buttons measures itself both tight and not, and may stay with either.
    assert max(styled.times.values()) <= 1 + 3
    assert window.font().pixelSize() == PROJECTOR.font_px


def test_a_sheet_that_is_there_already_is_not_put_on_again(qtbot: QtBot) -> None:
    outermost, innermost = nested(qtbot, 3)
    give_sheet(outermost, "QLabel { padding: 3px; }")
    with qtbot.waitExposed(outermost):
        outermost.show()
    styled = Styled(outermost, innermost)

    give_sheet(outermost, "QLabel { padding: 3px; }")
    assert not styled.times[outermost]

    give_sheet(outermost, "QLabel { padding: 4px; }")
    assert styled.times[outermost] == 1


def test_the_theme_that_is_in_force_is_not_put_on_again(qtbot: QtBot) -> None:
    outermost, innermost = nested(qtbot, 3)
    with qtbot.waitExposed(outermost):
        outermost.show()
    styled = Styled(outermost, innermost)

    with qtbot.assertNotEmitted(look.changed):
        look.choose("light")
    assert not styled.times.total()

    look.choose_text_size(150)
    assert styled.times == {outermost: 1, innermost: 1}
    look.choose_text_size(100)


def test_a_widget_that_was_not_shown_yet_comes_up_in_the_new_theme(qtbot: QtBot) -> None:
    outermost, innermost = nested(qtbot, 3)
    button = QPushButton("next", innermost)
    # Asked for its size, it is remembered in the old theme.
    before = button.sizeHint()

    look.choose("projector")
    with qtbot.waitExposed(outermost):
        outermost.show()

    assert ink_of(innermost) == PROJECTOR.ink
    assert button.sizeHint().height() > before.height()


def test_a_dialog_and_what_was_closed_are_in_the_new_theme(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = QDialog(owner)
    label = QLabel("in a dialog", dialog)
    for window in (owner, dialog):
        with qtbot.waitExposed(window):
            window.show()
    owner.hide()
    styled = Styled(owner, label)

    look.choose("dark")

    assert styled.times == {owner: 1, label: 1}
    assert ink_of(label) == ink_of(owner) == DARK.ink
