"""What a screen reader is told, which comes a moment after what is seen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


def wait_until_told(qtbot: QtBot, widget: QWidget, *parts: str) -> str:
    """Wait until the description of a widget has all of these parts in it; returns it whole."""

    def check() -> None:
        told = widget.accessibleDescription()
        assert told
        for part in parts:
            assert part in told

    qtbot.waitUntil(check)
    return widget.accessibleDescription()
