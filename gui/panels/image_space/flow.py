"""Controls in a row that breaks where it has no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.theme import look


class FlowRow(QWidget):
    """Widgets beside each other, on as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Say which they are, in order."""
        self._widgets = list(widgets)
        for widget in widgets:
            widget.setParent(self)

    def _places(self, width: int) -> tuple[list[tuple[QWidget, int, int, QSize]], int]:
        """Where each shown widget goes, and how high all of them are."""
        gap = look.theme.px(4)
        lines: list[list[tuple[QWidget, QSize]]] = [[]]
        used = 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            size = widget.sizeHint().expandedTo(widget.minimumSize())
            size.setWidth(min(size.width(), max(1, width)))
            if lines[-1] and used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((widget, size))
            used += size.width() + gap
        places, top = [], 0
        for line in lines:
            tall, left = max((size.height() for _, size in line), default=0), 0
            for widget, size in line:
                places.append((widget, left, top + (tall - size.height()) // 2, size))
                left += size.width() + gap
            top += tall + gap // 2
        return places, max(0, top - gap // 2)

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        width = max(self.width(), look.theme.px(200))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(120), self.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lay_out()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.lay_out()
        return handled

    def lay_out(self) -> None:
        """Put them where they belong: some were shown, hidden, or changed their words."""
        self.updateGeometry()
        for widget, left, top, size in self._places(self.width())[0]:
            widget.setGeometry(left, top, size.width(), size.height())
