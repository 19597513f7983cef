"""What is said for a while, over what it is about: nothing under it moves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.look.theme import look


class Floating(QWidget):
    """Widgets one under the other, laid over another widget, below what is not to be covered.

    It is as high as those of them that are shown; where none is, there is nothing. ``kept`` says
    how many pixels at the top are not to be covered, ``low`` whether the foot is covered instead.
    """

    def __init__(
        self,
        under: QWidget,
        kept: Callable[[], int],
        *widgets: QWidget,
        low: Callable[[], bool] = bool,
    ) -> None:
        super().__init__(under)
        self._low = low
        self._under = under
        self._kept = kept
        self._widgets = widgets
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self._column.addWidget(widget)
            # At once, for in the next frame it would be seen without its place.
            widget.installEventFilter(self)
        under.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # While a window is taken down, events come when nothing of this is there any more.
        under = getattr(self, "_under", None)
        if under is not None and isinstance(
            event, QResizeEvent if watched is under else QShowEvent
        ):
            self._column.invalidate()
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return handled

    def _place(self) -> None:
        px = look.theme.px
        # Only where it is another one: even the same asks for a new layout, and so for ever.
        if self._column.spacing() != px(4):
            self._column.setSpacing(px(4))
        width = max(1, self._under.width() - 2 * px(10))
        shown = any(not child.isHidden() for child in self._widgets)
        column = self._column
        depends = column.hasHeightForWidth()
        asked = column.totalHeightForWidth(width) if depends else column.totalSizeHint().height()
        height = asked if shown else 0
        top = self._kept() + px(4)
        height = min(max(0, height), self._under.height() - top)
        if self._low():
            top = max(top, self._under.height() - height - px(4))
        self.setGeometry(px(10), top, width, height)
        self.raise_()
