"""Buttons in rows of equal columns: as many columns, of a few choices, as the width allows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.theme import look

_GAP = 2


class EvenGrid(QWidget):
    """Widgets in rows; ``columns`` are the numbers of columns to choose from, most first.

    In ``enough`` pixels of 13 pixel type it asks for as many columns as they have room for: where
    words are long, as in some languages, for fewer.
    """

    def __init__(self, widgets: Sequence[QWidget], columns: tuple[int, ...], enough: int) -> None:
        super().__init__()
        self._widgets = list(widgets)
        self._choices = columns
        self._enough = enough
        for widget in widgets:
            widget.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _widths(self, columns: int) -> list[int]:
        """How wide each column has to be, where there are so many."""
        return [
            max(widget.sizeHint().expandedTo(widget.minimumSize()).width() for widget in inside)
            for inside in (self._widgets[at::columns] for at in range(columns))
        ]

    def _width(self, columns: int) -> int:
        return sum(self._widths(columns)) + (columns - 1) * look.theme.px(_GAP)

    def _fitting(self, width: int) -> int:
        """The most columns that have room; the fewest of the choices where none have."""
        return next((n for n in self._choices if self._width(n) <= width), self._choices[-1])

    def _row_height(self) -> int:
        return max(widget.sizeHint().height() for widget in self._widgets)

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._widgets) // self._fitting(width))
        return rows * self._row_height() + (rows - 1) * look.theme.px(_GAP)

    def sizeHint(self) -> QSize:
        return QSize(self._width(self._choices[0]), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        columns = self._fitting(look.theme.px(self._enough))
        return QSize(self._width(columns), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
        self._place()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return handled

    def _place(self) -> None:
        """Put them where they belong; what is left of the width is shared by all columns."""
        columns, gap, high = self._fitting(self.width()), look.theme.px(_GAP), self._row_height()
        widths = self._widths(columns)
        more = max(0, self.width() - self._width(columns))
        lefts, left = [], 0
        for at, width in enumerate(widths):
            widths[at] = width + more * (at + 1) // columns - more * at // columns
            lefts.append(left)
            left += widths[at] + gap
        for place, widget in enumerate(self._widgets):
            row, at = divmod(place, columns)
            widget.setGeometry(lefts[at], row * (high + gap), widths[at], high)
