"""No key and no click in a table asks for more than the rows in sight, however many there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.panels.all_examples.panel import AllExamplesPanel
from gui.panels.trace.panel import TracePanel
from gui.session import Session
from gui.widgets.long_table import LongTable
from tests.gui.helpers.bench import builtin

# Beyond what any window has in sight, and far below the number of rows.
MAX_CELLS = 10_000
STEPS = 50_000

NO_KEYS = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MODIFIERS = (NO_KEYS, CONTROL, SHIFT, CONTROL | SHIFT)
KEYS = (
    *map(Qt.Key, range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1)),
    *map(Qt.Key, range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)),
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return,
    Qt.Key.Key_F2, Qt.Key.Key_Asterisk, Qt.Key.Key_Minus, Qt.Key.Key_Escape, Qt.Key.Key_Tab,
)  # fmt: skip


def counted(model: QAbstractItemModel, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many cells a model was asked for since this was asked last."""
    kind, calls = type(model), [0]
    data = kind.data

    def counting(*arguments: Any) -> object:
        calls[0] += 1
        return data(*arguments)

    monkeypatch.setattr(kind, "data", counting)

    def since() -> int:
        n, calls[0] = calls[0], 0
        return n

    return since


@pytest.fixture(params=[TracePanel, AllExamplesPanel])
def panel(request: pytest.FixtureRequest, qtbot: QtBot) -> QWidget:
    """A panel with a table, of a session with many steps."""
    session: Session = builtin("The whole season")
    session.playback.take(STEPS)
    widget: QWidget = request.param(session)
    qtbot.addWidget(widget)
    session.setParent(widget)
    widget.resize(900, 300)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def table_of(panel: QWidget) -> LongTable:
    (table,) = panel.findChildren(LongTable)
    return table


@pytest.mark.parametrize("modifiers", MODIFIERS)
def test_no_key_asks_for_more_than_what_is_in_sight(
    panel: QWidget, modifiers: Qt.KeyboardModifier, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    table = table_of(panel)
    table.setFocus()
    since = counted(table.model(), monkeypatch)
    for key in KEYS:
        QTest.keyClick(table, key, modifiers)
        qtbot.wait(0)
        assert since() < MAX_CELLS, (key, modifiers)


@pytest.mark.parametrize("modifiers", MODIFIERS)
def test_no_click_asks_for_more_than_what_is_in_sight(
    panel: QWidget, modifiers: Qt.KeyboardModifier, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    table = table_of(panel)
    since = counted(table.model(), monkeypatch)
    places = [
        (widget, QPoint(x, y))
        for widget in (table.viewport(), table.horizontalHeader().viewport())
        for x in (1, 60, widget.width() // 2, widget.width() - 2)
        for y in (1, widget.height() // 2, widget.height() - 2)
    ]
    for widget, place in places:
        for click in (QTest.mouseClick, QTest.mouseDClick):
            click(widget, Qt.MouseButton.LeftButton, modifiers, place)
            qtbot.wait(0)
            assert since() < MAX_CELLS, (widget, place)


def test_a_screen_reader_asks_for_more_than_what_is_in_sight_of_no_table(
    panel: QWidget, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    table = table_of(panel)
    since = counted(table.model(), monkeypatch)
    QAccessible.setActive(True)
    try:
        seen = QAccessible.queryAccessibleInterface(table)
        assert isinstance(seen, QAccessibleInterface)
        seen.text(QAccessible.Text.Name)
        seen.childCount()
        seen.focusChild()
        seen.childAt(60, 60)
        QTest.keyClick(table, Qt.Key.Key_End, CONTROL)
        QTest.keyClick(table, Qt.Key.Key_A, CONTROL)
        QTest.keyClick(table, Qt.Key.Key_Home, CONTROL)
        qtbot.wait(0)
        assert since() < MAX_CELLS
    finally:
        QAccessible.setActive(False)
