"""Pictures of what is on the screen: PNG with twice as many dots, and SVG."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from gui.look.theme import look
from gui.pictures import png

_RATIO = 2.0
# Layouts settle and plots learn their sizes in so many rounds of events.
_ROUNDS = 3


@contextmanager
def for_paper(window: QWidget) -> Iterator[None]:
    """Have the window in the light theme meanwhile, though nobody sees it change."""
    before = look.choice
    if before == "light":
        yield
        return
    window.setUpdatesEnabled(False)
    try:
        look.choose("light")
        settle()
        yield
    finally:
        look.choose(before)
        settle()
        window.setUpdatesEnabled(True)


def settle() -> None:
    """Let layouts find their places; what a person does meanwhile waits."""
    for _ in range(_ROUNDS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def picture_of(widget: QWidget) -> QPixmap:
    """What a widget shows, with twice as many dots as on a usual screen."""
    pixmap = QPixmap(widget.size() * _RATIO)
    pixmap.setDevicePixelRatio(_RATIO)
    pixmap.fill(look.theme.color("background"))
    widget.render(pixmap, QPoint())
    return pixmap


def png_of(widget: QWidget) -> bytes:
    """The same as the bytes of a PNG file."""
    return png.png_of(picture_of(widget))


def svg_of(widget: QWidget, title: str) -> str:
    """What a widget shows as an SVG text, with text as text."""
    # Nobody else needs it.
    from gui.exports.svg import SvgPage

    page = SvgPage(widget.size(), title)
    painter = QPainter(page)
    try:
        painter.fillRect(widget.rect(), look.theme.color("background"))
        widget.render(painter, QPoint())
    finally:
        # A page must not go while it is painted on.
        painter.end()
    return page.text
