"""The table of the trace: draws its cells itself and leaves copying to its panel."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.look.styling import give_sheet
from gui.look.theme import look
from gui.panels.trace.rows import TraceModel
from gui.widgets.long_table import LongTable


class TraceTable(LongTable):
    """A table of whole rows.

    Signals
    -------
    copy_wanted : the keys for copying were pressed
    """

    copy_wanted = Signal()

    def __init__(self, model: TraceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._cells = _Cells(model, self)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def restyle(self) -> None:
        """Take over the colours and type of the theme."""
        theme = look.theme
        self._cells.restyle()
        give_sheet(
            self,
            f"QTableView {{ outline: 0; border: 1px solid transparent; }}"
            f"QTableView:focus {{ border: 1px solid {theme.accent}; }}"
            f"QHeaderView {{ background: {theme.panel}; }}",
        )
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


class _Cells(QStyledItemDelegate):
    """Draws a cell's text and wash; by way of the style sheet it would take twice as long."""

    def __init__(self, model: TraceModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.restyle()

    def restyle(self) -> None:
        """Take over the colours and type of the theme."""
        theme = look.theme
        self._ink, self._wash = theme.color("ink"), theme.color("accent_wash")
        self._plain, self._bold = theme.font(), theme.font(1.0, QFont.Weight.DemiBold)
        self._room = theme.px(8)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row, box = index.row(), option.rect
        now = self._model.is_now(row)
        if now or option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._wash)
        painter.setFont(self._bold if now else self._plain)
        painter.setPen(self._ink)
        painter.drawText(
            box.adjusted(0, 0, -self._room, 0),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            self._model.text(row, index.column()),
        )
