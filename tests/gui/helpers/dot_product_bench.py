"""What tests of the dot product panel share: showing it, and using it as a person does."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.dot_product.panel import DotProductPanel
from gui.session import Session
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.number_field import NumberField
from tests.gui.helpers.image_bench import digits_session
from tests.gui.helpers.showing import on_screen

LEFT = Qt.MouseButton.LeftButton
_NO_KEYS = Qt.KeyboardModifier.NoModifier
# Said by the offscreen platform when a list opens.
LIST_OPENS = "This plugin does not support grabbing the keyboard"


def open_panel(qtbot: QtBot, session: Session) -> DotProductPanel:
    """Show the panel of a session, as large as the window has room for."""
    look.choose("light")
    panel = DotProductPanel(session)
    session.setParent(panel)
    return on_screen(qtbot, panel, (460, 450))


def trained(n_steps: int = 100) -> Session:
    """A session on made-up digits that has learned for some steps."""
    session = digits_session()
    session.playback.take(n_steps)
    return session


def choose(qtbot: QtBot, box: ChoiceBox, text: str) -> None:
    """Open a box with the mouse and click on one of its lines."""
    QTest.mouseClick(box, LEFT)
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    line = view.visualRect(view.model().index(box.findText(text), 0))
    place = QPoint(5, line.center().y())

    def clicked() -> bool:
        # A click right after the one that opened the list is taken for a double click.
        if view.isVisible():
            QTest.mouseMove(view.viewport(), place)
            QTest.mouseClick(view.viewport(), LEFT, _NO_KEYS, place)
        return not view.isVisible()

    qtbot.waitUntil(clicked)


def type_into(field: NumberField, text: str) -> None:
    """Click on a number, type another and press Enter."""
    QTest.mouseClick(field, LEFT)
    editor = field.editor
    assert editor is not None
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def scrub(panel: DotProductPanel, count: int) -> None:
    """Move the slider of the addition."""
    panel.player.slider.setValue(count)


def number(text: str) -> float:
    """The number in a text of the panel."""
    return float(text.replace("\u2212", "-"))


def plain_sum(inputs: list[float], weights: list[float]) -> float:
    """The dot product as a loop."""
    total = 0.0
    for x, w in zip(inputs, weights, strict=True):
        total += x * w
    return total
