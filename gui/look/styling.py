"""Type, palette and style sheets, put on no widget more often than they change."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gui.look.late import style_tree


def put_on(app: QApplication, font: QFont, palette: QPalette, sheet: str) -> None:
    """Put them on the application and on every widget that was shown before.

    What lies in a place that rests has to wait for it to be shown.

    A change of the sheet makes Qt style each widget that it remembers and, each time, all that
    lie in it: a widget in ten others eleven times. Here Qt is made to forget them first, and each
    is styled once, those outside before those inside.
    """
    app.style().unpolish(app)
    app.setFont(font)
    app.setPalette(palette)
    app.setStyleSheet(sheet)
    for outermost in app.topLevelWidgets():
        # A dialog is among the children of its window.
        if outermost.parentWidget() is None:
            style_tree(outermost)


def give_sheet(widget: QWidget, sheet: str) -> None:
    """Give a widget a style sheet of its own, unless it is the one it has: that takes time too."""
    if widget.styleSheet() != sheet:
        widget.setStyleSheet(sheet)


def set_state(widget: QWidget, name: str, state: object, styled: Iterable[QWidget]) -> None:
    """Set what rules of the style sheet ask for, and style anew those that they are for."""
    if widget.property(name) == state:
        return
    widget.setProperty(name, state)
    changed = QEvent(QEvent.Type.StyleChange)
    for each in styled:
        each.style().unpolish(each)
        each.style().polish(each)
        QCoreApplication.sendEvent(each, changed)
