"""What the dialog about a table shows: its first rows, and its columns with what each is for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from gui.look.theme import look
from model.door import mark, say, say_count, written
from model.files.tables.choice import Choice
from model.files.tables.numbers import is_missing
from model.files.tables.table import Column, Table

Index = QModelIndex | QPersistentModelIndex
Use = Literal["input", "target", "unused"]
USES: tuple[Use, ...] = get_args(Use)
USE_WORDS: dict[Use, str] = {
    "input": mark("input"), "target": mark("target"), "unused": mark("not used"),
}  # fmt: skip
_ROWS_SHOWN = 100
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_COLUMN_HEADS = (mark("Column"), mark("Used as"), mark("Holds"))


class Uses:
    """What each column of a table is for, by its name; kept where a table is read once more."""

    def __init__(self) -> None:
        self._uses: dict[str, Use] = {}
        self._one_hot: set[str] = set()

    def begin(self, table: Table, choice: Choice) -> None:
        """Take over what is suggested for columns that nothing was said about."""
        known = {column.name for column in table.columns} & set(self._uses)
        if len(known) < len(table.columns):
            self._uses = {column.name: "unused" for column in table.columns}
            self._uses |= dict.fromkeys(choice.inputs, "input")
            self._uses |= dict.fromkeys(choice.targets, "target")
        self._one_hot = {column.name for column in table.columns if not column.is_of_numbers}

    def of(self, name: str) -> Use:
        """What a column is for."""
        return self._uses.get(name, "unused")

    def set(self, names: Iterable[str], use: Use) -> None:
        """Say what some columns are for."""
        self._uses |= dict.fromkeys(names, use)

    def named(self, table: Table, use: Use) -> tuple[str, ...]:
        """The columns that are for that, in their order."""
        return tuple(column.name for column in table.columns if self.of(column.name) == use)

    @property
    def one_hot(self) -> frozenset[str]:
        """The columns that become a column for each of their values: those of words."""
        return frozenset(name for name in self._one_hot if self.of(name) != "unused")


class _OfTable(QAbstractTableModel):
    """Shows something of a table, and what its columns are for."""

    def __init__(self, uses: Uses, parent: QObject) -> None:
        super().__init__(parent)
        self._uses = uses
        self._table: Table | None = None

    def show_table(self, table: Table) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()


class PreviewModel(_OfTable):
    """The first rows of a table, as they are written."""

    def show_uses(self) -> None:
        """Show what the columns are for by now."""
        last = self.columnCount() - 1
        if last >= 0:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def rowCount(self, parent: Index | None = None) -> int:
        inside = parent is not None and parent.isValid()
        return 0 if inside or self._table is None else min(len(self._table), _ROWS_SHOWN)

    def columnCount(self, parent: Index | None = None) -> int:
        inside = parent is not None and parent.isValid()
        return 0 if inside or self._table is None else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._table is None:
            return None
        column = self._table.columns[index.column()]
        cell = column.cells[index.row()]
        missing = is_missing(cell)
        if role == Qt.ItemDataRole.DisplayRole:
            return say("missing") if missing else " ".join(cell.split())
        if role == Qt.ItemDataRole.ForegroundRole and missing:
            return look.theme.color("muted")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.is_of_numbers else _LEFT
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self._table is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            wanted = role == Qt.ItemDataRole.DisplayRole
            return written(f"{self._table.rows[section]:,}") if wanted else None
        column = self._table.columns[section]
        use = self._uses.of(column.name)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.name
        if role == Qt.ItemDataRole.FontRole:
            weight = QFont.Weight.Normal if use == "unused" else QFont.Weight.DemiBold
            return look.theme.font(1.0, weight)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.is_of_numbers else _LEFT
        return None


class ColumnsModel(_OfTable):
    """One row a column of the table: its name, what it is used as, what it holds."""

    def show_uses(self) -> None:
        """Show what the columns are for by now."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 2))

    def name(self, row: int) -> str:
        """The name of the column in a row."""
        return self._table.columns[row].name if self._table is not None else ""

    def rowCount(self, parent: Index | None = None) -> int:
        inside = parent is not None and parent.isValid()
        return 0 if inside or self._table is None else len(self._table.columns)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_COLUMN_HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._table is None:
            return None
        column = self._table.columns[index.row()]
        use = self._uses.of(column.name)
        if role == Qt.ItemDataRole.DisplayRole:
            texts = (column.name, say(USE_WORDS[use]), holds(column))
            return texts[index.column()]
        if role == Qt.ItemDataRole.FontRole and use != "unused":
            return look.theme.font(1.0, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole and use == "unused":
            return look.theme.color("muted")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return say(_COLUMN_HEADS[section])
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None


def holds(column: Column) -> str:
    """What a column holds, in a few words."""
    if column.is_constant:
        return say("the same in every row")
    if column.is_identifier:
        return say("a number or name for each row")
    missing = len(column.missing)
    if column.is_of_numbers:
        if missing:
            return say_count("numbers, one missing", "numbers, {n:,} missing", missing)
        return say("numbers")
    n = len(column.categories)
    return say_count("words: one value", "words: {n:,} values", n)
