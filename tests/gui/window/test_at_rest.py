"""A window that nobody touches does nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.window.floating import Floating
from gui.window.window import Window
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.window_bench import shown_window


class Counter(QObject):
    """Counts how often a widget is asked to lay out what is in it."""

    n = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.n += event.type() == QEvent.Type.LayoutRequest
        return False


def test_what_lies_over_the_bench_is_not_laid_out_again_and_again(qtbot: QtBot) -> None:
    window = Window(builtin("Several steps").experiment)
    shown = shown_window(qtbot, window)
    next(shown)
    floating = window.findChild(Floating)
    assert floating is not None
    counter = Counter(window)
    floating.installEventFilter(counter)
    for _ in range(30):
        QApplication.processEvents()
    before = counter.n
    for _ in range(30):
        QApplication.processEvents()

    assert counter.n == before
    next(shown, None)
