"""The rows of the table of pinned runs: the run on the bench first, then each pin."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from gui.look.theme import look
from gui.plots.ghosts import GhostStyle, sample
from gui.session import Session
from model.door import mark, say
from model.experiment import Pin
from model.path.readable import ReadablePath
from model.path.watch import PathWatch
from model.pins.facts import TITLES, TRAITS, Facts, differing, facts_of
from model.pins.ghost import Ending, present
from model.words import numbers

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ENDS = ("steps", "error", "end")
_END_TITLES = {
    "steps": mark("steps"),
    "error": mark("error at the end"),
    "end": mark("how it ended"),
}
_WAITS = "…"

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class _Row:
    """A run: its pin, or None for the one on the bench, and what is known of it by now."""

    name: str
    pin: Pin | None
    facts: Facts | None
    ending: Ending | None
    trouble: str = ""


class PinRows(QAbstractTableModel):
    """One row a run. Columns that differ come first; the others are there when asked for."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[_Row] = []
        self._columns: tuple[str, ...] = ("name",)
        self._watch = PathWatch()
        self._facts: Facts | None = None
        self._all_columns = False

    def show_all_columns(self, shown: bool) -> None:
        """Show columns in which all runs are the same, too."""
        self._all_columns = shown
        self.follow()

    def clear(self) -> None:
        """Know nothing of an experiment that is gone."""
        self.beginResetModel()
        self._rows, self._facts, self._columns = [], None, ("name",)
        self._watch = PathWatch()
        self.endResetModel()

    def follow(self, at_rest: bool = False) -> None:
        """Say how things stand now; ``at_rest`` also what takes a while to find."""
        rows, columns = self._found(at_rest)
        same = columns == self._columns and len(rows) == len(self._rows)
        if same:
            self._rows = rows
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows, self._columns = rows, columns
        self.endResetModel()

    def pin(self, row: int) -> Pin | None:
        """The pin of a row; None for the run on the bench, and where there is no such row."""
        return self._rows[row].pin if 0 <= row < len(self._rows) else None

    def row_of(self, pin: Pin) -> int:
        """The row of a pin by its mark; that of the run on the bench where it is gone."""
        marks = [None if row.pin is None else row.pin.mark for row in self._rows]
        return marks.index(pin.mark) if pin.mark in marks else 0

    @property
    def differing(self) -> tuple[str, ...]:
        """The traits in which the runs differ."""
        return differing([row.facts for row in self._rows if row.facts is not None])

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        return self._text(self._rows[row], self._columns[column])

    def as_text(self) -> str:
        """The whole table, cells apart by tabs."""
        horizontal = Qt.Orientation.Horizontal
        columns = range(self.columnCount())
        lines = ["\t".join(str(self.headerData(at, horizontal)) for at in columns)]
        lines += ["\t".join(self.text(row, at) for at in columns) for row in range(len(self._rows))]
        return "\n".join(lines)

    # -- inside ----------------------------------------------------------------------------

    def _found(self, at_rest: bool) -> tuple[list[_Row], tuple[str, ...]]:
        session, pins = self._session, self._session.pins
        path = session.path
        ending = None if session.playback.running else present(path, at_rest)
        rows = [_Row(say("on the bench"), None, self._facts_of_present(path), ending)]
        for pin in pins.shown:
            ghost, trouble = pins.ghost(pin), pins.trouble(pin)
            facts = None if ghost is None else ghost.facts
            ending = None if ghost is None else ghost.ending
            rows.append(_Row(pin.name, pin, facts, ending, trouble))
        others = differing([row.facts for row in rows if row.facts is not None])
        same = tuple(name for name in TRAITS if name not in others) if self._all_columns else ()
        return rows, ("name", *others, *_ENDS, *same)

    def _facts_of_present(self, path: ReadablePath) -> Facts:
        if self._watch.first_change(path) is not None or self._facts is None:
            self._facts = facts_of(self._session.experiment, path)
        return self._facts

    def _text(self, row: _Row, column: str) -> str:
        if column == "name":
            return row.name
        if column in TITLES:
            return _WAITS if row.facts is None else row.facts.words(column)
        if column == "steps":
            steps = self._session.playback.length if row.pin is None else row.pin.length
            return say("{n:,}", n=steps if row.ending is None else row.ending.steps)
        if row.ending is None:
            return (row.trouble if column == "end" else "") or _WAITS
        if column == "error":
            return numbers.short(row.ending.error, 6)
        return _ending_words(row.ending)

    # -- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == 0 and self.pin(index.row()) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return say("{name} {value}", name=heading, value=self._text(row, column))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in ("steps", "error") else _LEFT
        if row.pin is None:
            bold = role == Qt.ItemDataRole.FontRole
            return look.theme.font(1.0, QFont.Weight.DemiBold) if bold else None
        return self._look_of_name(row.pin, role) if column == "name" else None

    def _look_of_name(self, pin: Pin, role: int) -> object:
        """The box that shows the line or leaves it out, and a piece of the line."""
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Unchecked if pin.hidden else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.DecorationRole:
            return sample(GhostStyle.of(pin.mark))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        pin = self.pin(index.row()) if index.isValid() and index.column() == 0 else None
        if pin is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            self._session.pins.show(pin, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        return role == Qt.ItemDataRole.EditRole and self._session.pins.rename(pin, str(value))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in ("steps", "error") else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return say("run") if column == "name" else say((TITLES | _END_TITLES)[column])


def _ending_words(ending: Ending) -> str:
    if ending.how == "diverged":
        return say("diverged at step {step:,}", step=ending.steps)
    if not ending.steps:
        return say("not begun")
    return say(mark("converged") if ending.how == "converged" else mark("still moving"))
