"""A widget by itself on the screen."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def on_screen(
    qtbot: QtBot, widget: AnyWidget, size: QSize | tuple[int, int] | None = None
) -> AnyWidget:
    """The widget, shown in a size, or as large as it asks to be; closed after the test."""
    qtbot.addWidget(widget)
    if size is not None:
        widget.resize(size if isinstance(size, QSize) else QSize(*size))
    with qtbot.waitExposed(widget):
        widget.show()
    return widget
