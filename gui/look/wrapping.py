"""A row that becomes a column where it would be too wide, as in large type."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget


class WrappingRow(QFrame):
    """Widgets beside each other, as far apart as there is room, or one under the other."""

    def __init__(self, widgets: Sequence[QWidget], margins: tuple[int, int] = (0, 0)) -> None:
        super().__init__()
        self._widgets = widgets
        across, down = margins
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(across, down, across, down)
        for at, widget in enumerate(widgets):
            if at:
                self._box.addStretch(1)
            self._box.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest of them: the others have rows of their own then."""
        widest = max((widget.minimumSizeHint().width() for widget in self._widgets), default=0)
        return QSize(widest + self._around, self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        fits = self._width <= self.width()
        self._box.setDirection(directions.LeftToRight if fits else directions.TopToBottom)

    @property
    def _width(self) -> int:
        """How wide the row has to be, at the least."""
        between = self._box.spacing() * (len(self._widgets) - 1)
        return self._around + between + sum(w.minimumSizeHint().width() for w in self._widgets)

    @property
    def _around(self) -> int:
        margins = self._box.contentsMargins()
        return margins.left() + margins.right()
