"""The numbers of the examples of a new experiment, to be typed over or pasted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QWidget

from gui.look.theme import look
from gui.widgets.long_table import LongTable
from model.door import say, written
from model.files.tables.block import copied_rows
from model.files.tables.errors import TableError
from model.network import Floats
from model.starting.draft import MAX_EXAMPLES, number_of
from model.starting.numbers import default_inputs, default_targets
from model.words import numbers

Index = QModelIndex | QPersistentModelIndex
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_WIDTH = 92


class NumberModel(QAbstractTableModel):
    """A row for each example, a column for each input and then each output.

    What is offered is shown until something is typed. ``cells`` and ``targets`` have what was
    typed, by (example, column); they keep it also while there are fewer columns.

    Signals
    -------
    typed : a number was typed or taken away
    grown(int) : more examples were pasted than there are: so many are wanted
    """

    typed = Signal()
    grown = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.cells: dict[tuple[int, int], str] = {}
        self.targets: dict[tuple[int, int], str] = {}
        self._inputs: tuple[str, ...] = ()
        self._outputs: tuple[str, ...] = ()
        self._constant = False
        self._inputs_offered: Floats = default_inputs(0, 1)
        self._targets_offered: Floats = default_targets(0, 1, 0)

    def show_shape(
        self, inputs: tuple[str, ...], outputs: tuple[str, ...], constant: bool, n: int
    ) -> None:
        """Show n examples of these inputs and outputs."""
        shape = (inputs, outputs, constant, n)
        if shape == (self._inputs, self._outputs, self._constant, self.rowCount()):
            return
        self.beginResetModel()
        self._inputs, self._outputs, self._constant = inputs, outputs, constant
        self._inputs_offered = default_inputs(n, len(inputs))
        self._targets_offered = default_targets(n, len(inputs), len(outputs))
        self.endResetModel()

    # -- where what stands ---------------------------------------------------------------

    def _place(self, column: int) -> tuple[dict[tuple[int, int], str], Floats, int] | None:
        """What was typed and what is offered for a column, and its number there."""
        n_inputs = len(self._inputs)
        if column < n_inputs:
            return self.cells, self._inputs_offered, column
        column -= n_inputs + self._constant
        return None if column < 0 else (self.targets, self._targets_offered, column)

    def fill(self, row: int, column: int, rows: Sequence[Sequence[str]]) -> None:
        """Write a block of texts from a cell on; beyond the last column it is cut off."""
        rows = rows[: MAX_EXAMPLES - row]
        wanted = row + len(rows)
        if wanted > self.rowCount():
            self.grown.emit(wanted)
        for down, texts in enumerate(rows):
            for right, text in enumerate(texts[: self.columnCount() - column]):
                if row + down < self.rowCount():
                    self._write(row + down, column + right, text)
        self._tell()

    def clear(self, indexes: Sequence[Index]) -> None:
        """Show again what is offered in some cells."""
        for index in indexes:
            self._write(index.row(), index.column(), "")
        self._tell()

    def _write(self, row: int, column: int, text: str) -> None:
        place = self._place(column)
        if place is None:
            return
        typed, _, at = place
        if text.strip():
            typed[row, at] = text.strip()
        else:
            typed.pop((row, at), None)

    def _tell(self) -> None:
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.typed.emit()

    # -- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._inputs_offered)

    def columnCount(self, parent: Index | None = None) -> int:
        inside = parent is not None and parent.isValid()
        return 0 if inside else len(self._inputs) + self._constant + len(self._outputs)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        fixed = self._place(index.column()) is None
        return flags if fixed else flags | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text = str(value)
        # Left as it was, it stays what is offered.
        if text != self.data(index, Qt.ItemDataRole.EditRole):
            self._write(index.row(), index.column(), text)
            self._tell()
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        place = self._place(index.column())
        if place is None:
            shown, colour = "1", "muted"
        else:
            typed, offered, at = place
            text = typed.get((index.row(), at))
            shown = numbers.plain(float(offered[index.row(), at])) if text is None else text
            colour = "muted" if text is None else "ink" if _is_number(text) else "diverges"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return shown
        return look.theme.color(colour) if role == Qt.ItemDataRole.ForegroundRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return written(f"{section + 1:,}")
        n_inputs = len(self._inputs)
        if section < n_inputs:
            return self._inputs[section]
        section -= n_inputs + self._constant
        return say("always 1") if section < 0 else say("→ {name}", name=self._outputs[section])


class NumberGrid(LongTable):
    """The table itself: keys type, Ctrl+V pastes a block, Delete brings the offer back.

    Signals
    -------
    refused(sentence) : what was copied could not be pasted
    """

    refused = Signal(str)

    def __init__(self, model: NumberModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed
            | triggers.SelectedClicked
        )  # fmt: skip
        self.setModel(model)
        self._model = model
        self.setShowGrid(True)
        self.verticalHeader().show()
        self.horizontalHeader().setDefaultSectionSize(look.theme.px(_WIDTH))
        self.verticalHeader().setDefaultSectionSize(look.theme.px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste) and at.isValid():
            self._paste(at.row(), at.column())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._model.clear(self.selectionModel().selectedIndexes())
        else:
            super().keyPressEvent(event)

    def _paste(self, row: int, column: int) -> None:
        """Write what was copied from a cell on."""
        try:
            rows = copied_rows(QGuiApplication.clipboard().text())
        except TableError as error:
            self.refused.emit(str(error))
        else:
            self._model.fill(row, column, rows)


def _is_number(text: str) -> bool:
    try:
        number_of(text)
    except ValueError:
        return False
    return True
