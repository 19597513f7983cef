"""The table of the trace: draws its cells itself and leaves copying to its panel."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from gui.look.theme import look
from gui.panels.trace.rows import TraceModel
from gui.widgets.long_table import LongTable

_PLACED = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class TraceTable(LongTable):
    """A table of whole rows, painted in one go: Qt would ask the model four things for each cell.

    Signals
    -------
    copy_wanted : the keys for copying were pressed
    """

    copy_wanted = Signal()

    def __init__(self, model: TraceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cells")
        self.setModel(model)
        self._trace = model
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def restyle(self) -> None:
        """Take over the colours and type of the theme."""
        theme = look.theme
        self._ink, self._wash = theme.color("ink"), theme.color("accent_wash")
        self._plain, self._bold = theme.font(), theme.font(1.0, QFont.Weight.DemiBold)
        self._room = theme.px(8)
        self.verticalHeader().setDefaultSectionSize(theme.px(20))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.keep_in_view()

    def keep_in_view(self) -> None:
        """Scroll to the current row if it is out of view, but not sideways."""
        row = self.currentIndex().row()
        # Some column in the middle of the view, so that nothing is scrolled sideways for it.
        column = max(0, self.columnAt(self.viewport().width() // 2))
        if row >= 0:
            self.scrollTo(self.model().index(row, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

    # -- painting -------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        columns = self._columns_in(event.rect())
        if not columns:
            return
        painter = QPainter(self.viewport())
        painter.setPen(self._ink)
        left, (_, last, width) = columns[0][1], columns[-1]
        for row in self._rows_in(event.rect()):
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            now = self._trace.is_now(row)
            if now or self.selectionModel().isRowSelected(row, QModelIndex()):
                painter.fillRect(left, top, last + width - left, height, self._wash)
            painter.setFont(self._bold if now else self._plain)
            for column, x, wide in columns:
                text = self._trace.text(row, column)
                painter.drawText(x, top, wide - self._room, height, _PLACED, text)

    def _rows_in(self, box: QRect) -> range:
        """The rows that a part of the view shows."""
        first, last = self.rowAt(box.top()), self.rowAt(box.bottom())
        if first < 0:
            return range(0)
        return range(first, last + 1 if last >= 0 else self._trace.rowCount())

    def _columns_in(self, box: QRect) -> list[tuple[int, int, int]]:
        """The columns that a part of the view shows, each with its left edge and its width."""
        first, last = self.columnAt(box.left()), self.columnAt(box.right())
        if first < 0:
            return []
        return [
            (column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in range(first, last + 1 if last >= 0 else self._trace.columnCount())
        ]
