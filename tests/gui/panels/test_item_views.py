"""No key and no click in a table asks for more than the rows in sight, however many there are."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from types import FrameType

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


class Counter:
    """Counts what a model is asked for, from Python or from Qt, which keeps methods it has found.

    Of the counts of rows and columns, which are asked for with every index, it counts the eighth
    part.
    """

    def __init__(self, model: QAbstractItemModel) -> None:
        kind, self._asked = type(model), 0.0
        weights = {"data": 1.0, "rowCount": 1 / 8, "columnCount": 1 / 8, "flags": 1 / 8}
        # Those that Qt's own class answers are not to be counted, and cost little.
        found = {name: inspect.getattr_static(kind, name) for name in weights}
        self._weights = {
            method.__code__: weights[name]
            for name, method in found.items()
            if inspect.isfunction(method)
        }
        assert len(self._weights) >= 3

    def __enter__(self) -> Callable[[], float]:
        sys.setprofile(self._note)
        return self.since

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def since(self) -> float:
        """How much was asked for since this was asked last."""
        n, self._asked = self._asked, 0.0
        return n

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            self._asked += self._weights.get(frame.f_code, 0.0)


def test_what_qt_asks_for_is_counted(panel: QWidget) -> None:
    table = table_of(panel)
    with Counter(table.model()) as since:
        for _ in range(8):
            # Qt asks for the number of rows, and for that of columns.
            assert table.model().hasIndex(0, 0)
        assert since() == 2


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
    panel: QWidget, modifiers: Qt.KeyboardModifier, qtbot: QtBot
) -> None:
    table = table_of(panel)
    table.setFocus()
    with Counter(table.model()) as since:
        for key in KEYS:
            QTest.keyClick(table, key, modifiers)
            qtbot.wait(0)
            assert since() < MAX_CELLS, (key, modifiers)


def test_painting_a_selection_asks_for_no_more_than_what_is_in_sight(panel: QWidget) -> None:
    table = table_of(panel)
    with Counter(table.model()) as since:
        QTest.keyClick(table, Qt.Key.Key_A, CONTROL)
        table.grab()
        QTest.keyClick(table, Qt.Key.Key_Home)
        QTest.keyClick(table, Qt.Key.Key_End, CONTROL | Qt.KeyboardModifier.ShiftModifier)
        table.grab()
        assert since() < MAX_CELLS
    assert table.selectionModel().hasSelection()


@pytest.mark.parametrize("modifiers", MODIFIERS)
def test_no_click_asks_for_more_than_what_is_in_sight(
    panel: QWidget, modifiers: Qt.KeyboardModifier, qtbot: QtBot
) -> None:
    table = table_of(panel)
    places = [
        (widget, QPoint(x, y))
        for widget in (table.viewport(), table.horizontalHeader().viewport())
        for x in (1, 60, widget.width() // 2, widget.width() - 2)
        for y in (1, widget.height() // 2, widget.height() - 2)
    ]
    with Counter(table.model()) as since:
        for widget, place in places:
            for click in (QTest.mouseClick, QTest.mouseDClick):
                click(widget, Qt.MouseButton.LeftButton, modifiers, place)
                qtbot.wait(0)
                assert since() < MAX_CELLS, (widget, place)


def test_a_screen_reader_asks_for_more_than_what_is_in_sight_of_no_table(
    panel: QWidget, qtbot: QtBot
) -> None:
    table = table_of(panel)
    QAccessible.setActive(True)
    try:
        with Counter(table.model()) as since:
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
