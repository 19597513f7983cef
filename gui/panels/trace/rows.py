"""The rows of the trace: one a step, computed when they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from gui.session import Session
from gui.session.weight_choice import Cell
from gui.widgets.tips import plain_tip
from model.door import say, written
from model.path import State
from model.path.watch import PathWatch
from model.phase import StepPart
from model.words import numbers
from model.words.names import weight_name
from model.words.step import GraphMoment
from model.words.terms import delta_term, error_term, pred_term, weight_delta_term

# A table cannot hold a path of any length; it shows this many steps around the moment.
WINDOW = 100_000
MAX_OUTPUTS = 4
MAX_WEIGHTS = 9
_ROWS_KEPT = 1024

Index = QModelIndex | QPersistentModelIndex
Row = tuple[float | None, ...]


@dataclass(frozen=True)
class Column:
    """A heading, and with how many decimals its numbers are shown; None for whole numbers.

    ``tell`` says what the term means at a moment.
    """

    name: str
    digits: int | None
    tell: Callable[[GraphMoment], str] | None = None


class TraceModel(QAbstractTableModel):
    """A window of steps of the session's path: row 0 is step ``first``.

    Of an experiment on images it has the weights that the plots show.
    """

    def __init__(
        self,
        session: Session,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._choice = session.view.weights
        self._texts: OrderedDict[int, tuple[str, ...]] = OrderedDict()
        self._watch = PathWatch()
        self._cells = np.empty((2, 0), dtype=np.intp)
        self._n_outputs = 0
        self._streams = False
        self._count = 0
        self._position = 0
        self.first = 0
        self.columns: tuple[Column, ...] = ()

    # -- following the session ----------------------------------------------------------

    def clear(self) -> None:
        """Have no rows: what they would say is of an experiment that is gone."""
        self.beginResetModel()
        self._texts.clear()
        self.columns = ()
        self.first = self._count = 0
        self.endResetModel()

    def rebuild(self) -> None:
        """Begin anew, for another experiment."""
        self.beginResetModel()
        self._texts.clear()
        self._choose_columns()
        self._watch.first_change(self._session.path)
        self._position = self._session.playback.position
        self.first, self._count = self._window()
        self.endResetModel()

    def forget_texts(self) -> None:
        """Write every number again: others may be hidden now."""
        self._texts.clear()
        if self._count:
            last = self.index(self._count - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def follow(self) -> None:
        """Have a row for every step of the window around the position."""
        changed = self._watch.first_change(self._session.path)
        if changed is not None:
            for step in [step for step in self._texts if step >= changed]:
                del self._texts[step]
        first, count = self._window()
        if first != self.first:
            self.beginResetModel()
            self.first, self._count = first, count
            self.endResetModel()
        elif count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()
        self._position = self._session.playback.position
        if changed is not None and changed < self.first + count:
            top = self.index(max(0, changed - self.first), 0)
            self.dataChanged.emit(top, self.index(count - 1, len(self.columns) - 1))

    def _window(self) -> tuple[int, int]:
        """First step and number of steps to show; it moves only when the position leaves it."""
        steps, position = self._session.playback.length + 1, self._session.playback.position
        first = self.first
        if steps <= WINDOW:
            first = 0
        elif not first <= position < first + WINDOW:
            first = min(max(0, position - WINDOW // 2), steps - 1)
        return first, min(WINDOW, steps - first)

    def _choose_columns(self) -> None:
        session = self._session
        outputs = session.experiment.outputs
        self._n_outputs = min(MAX_OUTPUTS, len(outputs))
        cells = self._choose_cells()
        self._cells = np.array(cells, dtype=np.intp).T
        letters = [weight_name(session.experiment, output, column) for output, column in cells]
        self._streams = session.state.setup.schedule.order != "first"
        columns = [Column(say("step"), None)]
        if self._streams:
            columns.append(Column(say("example"), None))
        shown = outputs[: self._n_outputs]
        for kind, digits, tell in (
            (say("pred"), 5, pred_term), (say("error"), 6, error_term),
            (say("delta"), 5, delta_term),
        ):  # fmt: skip
            columns += [
                Column(
                    kind if len(outputs) == 1 else say("{term} {name}", term=kind, name=name),
                    digits,
                    partial(tell, output=output),
                )
                for output, name in enumerate(shown)
            ]
        columns += [Column(letter, 4) for letter in letters]
        columns += [
            Column(
                say("weight_delta {name}", name=letter), 4,
                partial(weight_delta_term, output=cell[0], column=cell[1]),
            )
            for letter, cell in zip(letters, cells, strict=True)
        ]  # fmt: skip
        self.columns = tuple(columns)

    def _choose_cells(self) -> list[Cell]:
        """The first weights; of an image those of the plots: its first pixels are empty."""
        experiment = self._session.experiment
        if experiment.image_shape is not None:
            return list(self._choice.cells[:MAX_WEIGHTS])
        width = len(experiment.inputs)
        return [divmod(cell, width) for cell in range(min(MAX_WEIGHTS, experiment.weights.size))]

    @property
    def n_weights(self) -> int:
        """How many weights have columns."""
        return int(self._cells.shape[1])

    # -- numbers ------------------------------------------------------------------------

    def row(self, step: int) -> Row:
        """The numbers of one step, every figure kept; None for an example that is a guest."""
        return self._computed(self._session.parts.shown(self._session.path.state(step)))

    def texts(self, step: int) -> tuple[str, ...]:
        """The numbers of one step as the table writes them; kept for the next look."""
        known = self._texts.get(step)
        if known is None:
            state = self._session.parts.shown(self._session.path.state(step))
            known = self._texts[step] = self._written_short(state)
            if len(self._texts) > _ROWS_KEPT:
                self._texts.popitem(last=False)
        return known

    def _written_short(self, state: State) -> tuple[str, ...]:
        texts = [
            self._short(value, column.digits)
            for value, column in zip(self._computed(state), self.columns, strict=True)
        ]
        self._leave_out(state, texts)
        first = len(texts) - self.n_weights
        outputs, columns = self._cells
        for at in np.flatnonzero(state.setup.frozen[outputs, columns]).tolist():
            texts[first + at] = say("0, frozen")
        return tuple(texts)

    def _leave_out(self, state: State, texts: list[str]) -> None:
        """Write no error, delta and weight_delta where there is nothing to compare with."""
        if not state.is_labelled:
            first, n_compared = len(texts) - self.n_weights, 2 * self._n_outputs
            begin = first - self.n_weights - n_compared
            texts[begin : begin + n_compared] = ["–"] * n_compared
            texts[first:] = ["–"] * self.n_weights

    def _computed(self, state: State) -> Row:
        n, (outputs, columns) = self._n_outputs, self._cells
        frozen = state.setup.frozen[outputs, columns]
        made = [state.weight_delta_of(*cell) for cell in zip(outputs, columns, strict=True)]
        values = np.concatenate([
            state.pred[:n], state.error[:n], state.delta[:n],
            state.weights[outputs, columns],
            np.where(frozen, 0.0, made),
        ])  # fmt: skip
        # Examples are counted from 1 on screen, as beside the graph and under the pictures.
        example = None if state.example is None else state.example + 1
        start = (state.step, example) if self._streams else (state.step,)
        return (*start, *values.tolist())

    def is_now(self, row: int) -> bool:
        """Whether a row is the step that is looked at."""
        return self.first + row == self._position

    def text(self, row: int, column: int) -> str:
        """A number as it is written in the table."""
        step = self.first + row
        # A path that has just been cut is asked for before the rows are gone.
        return self.texts(step)[column] if step <= self._session.playback.length else ""

    @staticmethod
    def _short(value: float | None, digits: int | None) -> str:
        if value is None:
            return say("guest")
        return written(f"{value:,.0f}") if digits is None else numbers.short(value, digits)

    def line(self, step: int) -> str:
        """One step as tab-separated text in full precision."""
        texts = [
            self._written(value, column.digits is None)
            for value, column in zip(self.row(step), self.columns, strict=True)
        ]
        self._leave_out(self._session.path.state(step), texts)
        return "\t".join(texts)

    @property
    def header(self) -> str:
        """The names of the columns as tab-separated text."""
        return "\t".join(column.name for column in self.columns)

    @staticmethod
    def _written(value: float | None, whole: bool) -> str:
        if value is None:
            return say("guest")
        return str(int(value)) if whole else numbers.exact(value)

    # -- what Qt asks -------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].name
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGNED
            if role == Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._term(self.columns[section]))
        return None

    def _term(self, column: Column) -> str:
        """What the heading of a column means, with the numbers of this moment."""
        if column.tell is None:
            return ""
        session = self._session
        state = session.parts.shown(session.state)
        return column.tell(
            GraphMoment(
                session.experiment, state, StepPart.REST, False, state.weights, state.setup.frozen
            )
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNED
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._told(index.row(), index.column()))
        return None

    def _told(self, row: int, column: int) -> str:
        step, shown = self.first + row, self.columns[column]
        if step > self._session.playback.length or shown.digits is None:
            return ""
        return say(
            "step {step:,}, {name}: {value}",
            step=step,
            name=shown.name,
            value=self._written(self.row(step)[column], False),
        )


def rows_of(ranges: Sequence[tuple[int, int]], most: int) -> list[int]:
    """The rows in inclusive ranges, in order, the first ``most`` of them."""
    rows: list[int] = []
    for top, bottom in sorted(ranges):
        start = max(top, rows[-1] + 1 if rows else top)
        rows.extend(range(start, min(bottom + 1, start + most - len(rows))))
    return rows


_ALIGNED = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
