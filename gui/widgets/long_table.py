"""A table which costs what its rows in sight cost, however many there are."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget


class LongTable(QTableView):
    """A table of numbers without what Qt's own does by going through all rows.

    Nothing in it is edited unless whoever derives from it lets it be, and Tab leaves it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # In which nothing is ever selected.
        self._of_headings: QItemSelectionModel | None = None
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        rows, headings = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        headings.setHighlightSections(False)
        headings.setSectionsClickable(False)

    def setSelectionModel(self, selection: QItemSelectionModel) -> None:
        """Keep it from the headings: to paint one, Qt asks every row whether it is selected."""
        super().setSelectionModel(selection)
        before, self._of_headings = self._of_headings, QItemSelectionModel(self.model(), self)
        self.horizontalHeader().setSelectionModel(self._of_headings)
        if before is not None:
            before.deleteLater()

    def keyboardSearch(self, search: str) -> None:
        """Look for nothing: to find a text that is typed, Qt asks for the text of every row."""

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Draw it anew; for a screen reader Qt would list every cell that is selected."""
        self.viewport().update()

    def sizeHintForColumn(self, column: int) -> int:
        """Columns have the widths they are given: to fit one, Qt measures what is in it."""
        return self.columnWidth(column)
