"""What a screen reader is told, which comes a moment after what is seen."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.panels.following import Following

_MOST_TURNS = 1000


def wait_until_told(qtbot: QtBot, widget: QWidget, *parts: str) -> str:
    """Wait until the description of a widget has all of these parts in it; returns it whole."""

    def check() -> None:
        told = widget.accessibleDescription()
        assert told
        for part in parts:
            assert part in told

    qtbot.waitUntil(check)
    return widget.accessibleDescription()


def let_all_be_told(widget: QWidget) -> None:
    """Let everything on a widget that is at rest come to tell what it shows."""

    def waits() -> bool:
        return any(
            timer.isActive()
            for following in widget.findChildren(Following)
            for timer in following.findChildren(QTimer)
        )

    for _ in range(_MOST_TURNS):
        if not waits():
            return
        QTest.qWait(5)
    raise AssertionError("something is never told")
