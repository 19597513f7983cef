"""Where something that is in sight lies within a panel."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget


def rect_in(panel: QWidget, widget: QWidget, rect: QRect | None = None) -> QRect | None:
    """What can be seen of a widget inside a panel, in the panel's coordinates.

    ``rect`` is a rectangle of the widget, or all of it. None where the widget is hidden or
    scrolled out of sight.
    """
    seen = widget.rect() if rect is None else rect.intersected(widget.rect())
    at: QWidget | None = widget
    while at is not None and at is not panel:
        if at.isHidden():
            return None
        around = at.parentWidget()
        seen = seen.translated(at.pos())
        if around is not None:
            seen = seen.intersected(around.rect())
        at = around
    return None if at is None or seen.isEmpty() else seen
