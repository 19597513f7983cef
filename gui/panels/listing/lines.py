"""The lines of a listing as rows of a table, each told whole to whoever cannot see it."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.panels.listing.reading import Beside, Reading
from gui.widgets.tips import plain_tip
from model.door import say
from model.listing.lines import Line

Index = QModelIndex | QPersistentModelIndex
_MAX_TIP = 400


@dataclass(frozen=True)
class Marks:
    """What is to be seen of a row besides its text."""

    lit: bool = False
    now: bool = False
    selected: bool = False
    wrong: str = ""
    beside: Beside | None = field(default=None)


class ListingRows(QAbstractTableModel):
    """One row for each line of what is read; ``marks`` says how it is drawn."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.reading: Reading | None = None
        # Lines of what is selected on the bench, and the one with the first wrong number.
        self.selected: frozenset[int] = frozenset()
        self.wrong: tuple[int, str] | None = None

    def show(self, reading: Reading | None) -> None:
        """Show another listing."""
        self.beginResetModel()
        self.reading = reading
        self.endResetModel()

    def tell_changed(self) -> None:
        """Tell that what stands beside the lines differs."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

    def line(self, row: int) -> Line:
        """A line of the listing."""
        if self.reading is None:
            raise ValueError("there is no listing")
        return self.reading.listing.lines[row]

    def marks(self, row: int) -> Marks:
        """How a row is drawn."""
        reading = self.reading
        if reading is None:
            return Marks()
        wrong = self.wrong[1] if self.wrong is not None and self.wrong[0] == row else ""
        return Marks(
            reading.is_lit(row), reading.now == row, row in self.selected, wrong,
            reading.beside.get(row),
        )  # fmt: skip

    def told(self, row: int) -> str:
        """A row in words."""
        if self.reading is None:
            return ""
        wrong = self.wrong[1] if self.wrong is not None and self.wrong[0] == row else ""
        told = self.reading.told_line(row)
        return f"{told}; {wrong}" if wrong else told

    # -- what Qt asks ------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        inside = parent is not None and parent.isValid()
        return 0 if inside or self.reading is None else len(self.reading.listing.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(index.row()))
        return None

    def _tip(self, row: int) -> str:
        """The whole of a line that may be cut; what the program has in place of pictures is not."""
        line, beside = self.line(row), self.marks(row).beside
        texts = [line.seen.strip()[:_MAX_TIP]]
        if beside is not None:
            texts.append(beside.text)
            if beside.exact:
                texts.append(say("exactly {value}", value=beside.exact))
        return "\n".join(text for text in texts if text)
