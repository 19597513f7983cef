"""What tests of the whole window share: how it comes up, and how it goes without a trace."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import TEXT_SIZES, look
from gui.window.window import Window


def shown_window(qtbot: QtBot, window: Window) -> Iterator[Window]:
    """For a fixture: the window on the screen, in the light theme, and nothing of it after."""
    look.choose("light")
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: not window.places.waiting)
    yield window
    look.choose("light")
    # Closing would ask what to do with edits.
    window.session.edits.mark_saved()
    end_window(window)
    # Once the window is gone, which would keep it.
    look.choose_text_size(TEXT_SIZES[0])


def let_rest(qtbot: QtBot, window: Window) -> None:
    """At the end of a test whose window goes on: wait until nothing of it is under way."""
    calm = 0

    def rests() -> bool:
        # Qt paints some milliseconds later, and what is painted may begin what follows it.
        nonlocal calm
        QApplication.processEvents()
        active = any(timer.isActive() for timer in window.findChildren(QTimer))
        calm = 0 if active else calm + 1
        return calm > 1

    qtbot.waitUntil(rests)


def end_window(window: Window) -> None:
    """Close a window as a user does, and let it be deleted."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sized(window: Window, theme: str, width: int, height: int) -> None:
    """Give a window a theme and a size, and let everything find its place."""
    look.choose(theme)
    window.resize(width, height)
    for _ in range(5):
        QApplication.processEvents()
    assert (window.width(), window.height()) == (width, height)


def place_of(widget: QWidget, window: Window) -> QRect:
    """Where a widget lies in its window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
