"""The rows of the table of all examples: computed from the weights of the moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from gui.look.theme import look
from gui.session import Session
from model.door import say
from model.network import compare, predict
from model.path.hidden import without
from model.words import numbers

MAX_EXAMPLES = 1000
MAX_OUTPUTS = 4
_ALIGN = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class _Row:
    """What a row says: its texts, the mean of its errors, and whether the step is made on it."""

    texts: tuple[str, ...]
    error: float
    now: bool


class AllExamples(QAbstractTableModel):
    """One row an example: target, pred and error of each output, by the weights of the moment."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[_Row] = []
        self._headings: tuple[str, ...] = ()

    def clear(self) -> None:
        """Have no rows: what they would say is of an experiment that is gone."""
        self.beginResetModel()
        self._rows, self._headings = [], ()
        self.endResetModel()

    def rebuild(self) -> None:
        """Begin anew, for another experiment."""
        self.beginResetModel()
        outputs = self._session.experiment.outputs[:MAX_OUTPUTS]
        headings = [say("example")]
        for output in outputs:
            headings += _headings(output, alone=len(self._session.experiment.outputs) == 1)
        self._headings = tuple(headings)
        self._rows = self._computed()
        self.endResetModel()

    def follow(self) -> None:
        """Say what the weights of the moment make of every example."""
        before, self._rows = self._rows, self._computed()
        changed = [
            at for at, rows in enumerate(zip(before, self._rows, strict=True)) if rows[0] != rows[1]
        ]
        # A part of a step changes none, and a cell is asked six things to be painted.
        if changed:
            last = self.index(changed[-1], self.columnCount() - 1)
            self.dataChanged.emit(self.index(changed[0], 0), last)

    @property
    def errors(self) -> list[float]:
        """The mean over its outputs of the error of each example that has a row."""
        return [row.error for row in self._rows]

    @property
    def now(self) -> int | None:
        """The row that the next step is made on; None for a guest, or beyond the last row."""
        return next((at for at, row in enumerate(self._rows) if row.now), None)

    def _computed(self) -> list[_Row]:
        state, hidden = self._session.state, self._session.parts.veils.numbers
        examples = state.setup.examples
        hides_pred, hides_error = hidden.pred | hidden.delta, hidden.error | hidden.delta
        rows = []
        for index in range(min(len(examples), MAX_EXAMPLES)):
            target = examples.target(index)
            pred = predict(state.weights, examples.inputs(index))
            error = without(compare(pred, target).error, hides_error | hidden.pred | hidden.target)
            pred, target = without(pred, hides_pred), without(target, hidden.target)
            texts = [f"{index + 1:,}"]
            for output in range(min(len(target), MAX_OUTPUTS)):
                texts += [
                    numbers.plain(float(target[output])),
                    numbers.short(float(pred[output])),
                    numbers.short(float(error[output]), 6),
                ]
            rows.append(_Row(tuple(texts), float(np.mean(error)), index == state.example))
        return rows

    # -- what Qt asks -------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, text = self._rows[index.row()], self._rows[index.row()].texts[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole):
            return text if role == Qt.ItemDataRole.DisplayRole else _ALIGN
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return say("{name} {value}", name=self._headings[index.column()], value=text)
        return self._look_now(role) if row.now else None

    def _look_now(self, role: int) -> object:
        """How the example that the next step is made on stands out."""
        if role == Qt.ItemDataRole.FontRole:
            return look.theme.font(1.0, QFont.Weight.DemiBold)
        return look.theme.color("accent_wash") if role == Qt.ItemDataRole.BackgroundRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return _ALIGN if role == Qt.ItemDataRole.TextAlignmentRole else None


def _headings(output: str, alone: bool) -> tuple[str, str, str]:
    if alone:
        return say("target"), say("pred"), say("error")
    return (
        say("target {output}", output=output),
        say("pred {output}", output=output),
        say("error {output}", output=output),
    )
