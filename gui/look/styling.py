"""Type, palette and style sheets, put on no widget more often than they change."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget


def put_on(app: QApplication, font: QFont, palette: QPalette, sheet: str) -> None:
    """Put them on the application and on every widget that was shown before.

    A change of the sheet makes Qt style each widget that it remembers and, each time, all that
    lie in it: a widget in ten others eleven times. Here Qt is made to forget them first, and each
    is styled once, those outside before those inside.
    """
    app.style().unpolish(app)
    app.setFont(font)
    app.setPalette(palette)
    app.setStyleSheet(sheet)
    style = app.style()
    changed = QEvent(QEvent.Type.StyleChange)
    for widget in _from_outside_in(app):
        # Qt styles the others when they are shown.
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            style.polish(widget)
            QCoreApplication.sendEvent(widget, changed)


def give_sheet(widget: QWidget, sheet: str) -> None:
    """Give a widget a style sheet of its own, unless it is the one it has: that takes time too."""
    if widget.styleSheet() != sheet:
        widget.setStyleSheet(sheet)


def _from_outside_in(app: QApplication) -> Iterator[QWidget]:
    for outermost in app.topLevelWidgets():
        # A dialog is among the children of its window.
        if outermost.parentWidget() is None:
            yield outermost
            yield from outermost.findChildren(QWidget)
