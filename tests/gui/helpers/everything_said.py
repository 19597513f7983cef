"""Every text that a window says anywhere: painted, named, described, pointed at, or copied."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction, QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QTableView, QToolTip, QWidget
from shiboken6 import isValid

from gui.window.window import Window
from tests.gui.helpers.telling import let_all_be_told
from tests.gui.helpers.texts import TextFinder

# Places of a widget that are pointed at for what they tell, across and down.
_ACROSS, _DOWN = 3, 6
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_KINDS = (
    QAccessible.Text.Name,
    QAccessible.Text.Description,
    QAccessible.Text.Value,
    QAccessible.Text.Help,
)


def everything_said(window: Window, finder: TextFinder) -> Iterator[tuple[str, str]]:
    """Each text with where it was found."""
    let_all_be_told(window)
    yield from ((text.where, text.text) for text in finder.texts(window))
    yield "title", window.windowTitle()
    for widget in (window, *window.findChildren(QWidget)):
        if isValid(widget) and widget.isVisible():
            yield from _of_widget(widget)
    for action in window.findChildren(QAction):
        yield "menu", f"{action.text()} {action.toolTip()} {action.statusTip()}"
    for table in window.findChildren(QTableView):
        if table.isVisible():
            yield from _of_table(table)
    yield from accessible_texts(QAccessible.queryAccessibleInterface(window))
    yield from _copied(window)


def _of_widget(widget: QWidget) -> Iterator[tuple[str, str]]:
    where = type(widget).__name__
    yield f"tip of {where}", widget.toolTip()
    yield f"name of {where}", f"{widget.accessibleName()} {widget.accessibleDescription()}"
    if type(widget).__module__.startswith("gui."):
        yield from ((f"pointed at {where}", tip) for tip in _tips_of(widget))


def _tips_of(widget: QWidget) -> list[str]:
    """What its places tell. It is noted and not shown: a label on the screen takes far longer."""
    told: list[str] = []

    def note(_at: QPoint, text: str, *_more: object) -> None:
        told.append(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QToolTip, "showText", note)
        for x, y in product(range(_ACROSS), range(_DOWN)):
            at = QPoint(
                (2 * x + 1) * widget.width() // (2 * _ACROSS),
                (2 * y + 1) * widget.height() // (2 * _DOWN),
            )
            event = QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at))
            QApplication.sendEvent(widget, event)
            # What a widget has as its one tip is shown by Qt itself.
            told.append(QToolTip.text())
            QToolTip.hideText()
    return [*dict.fromkeys(told)]


def _of_table(table: QTableView) -> Iterator[tuple[str, str]]:
    model = table.model()
    where = type(model).__name__
    for column in range(model.columnCount()):
        for role in _ROLES:
            yield where, str(model.headerData(column, Qt.Orientation.Horizontal, role))
        for row in range(model.rowCount()):
            for role in _ROLES:
                yield where, str(model.index(row, column).data(role))


def accessible_texts(interface: QAccessibleInterface | None) -> Iterator[tuple[str, str]]:
    """What a screen reader comes by, going down from one place."""
    if interface is None or not interface.isValid() or interface.state().invisible:
        return
    for kind in _KINDS:
        yield f"{interface.role()} {kind}", interface.text(kind)
    for place in range(interface.childCount()):
        yield from accessible_texts(interface.child(place))


def _copied(window: Window) -> Iterator[tuple[str, str]]:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("")
    window.menus.actions["copy_trace"].trigger()
    yield "copied", clipboard.text()
