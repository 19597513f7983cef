"""The rows of the table of all examples: their numbers, and what the weights make of them now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from gui.look.theme import look
from gui.session import Session
from gui.session.building.cells import hidden_columns, numbers_of, type_number
from gui.widgets.tips import plain_tip
from model.door import mark, say
from model.examples import Examples
from model.network import Floats, compare, predict
from model.path import State
from model.path.hidden import without
from model.words import numbers
from model.words.veils import Veils

# Of more examples the worst and the mean are told of the first; each row is worked out if seen.
MAX_EXAMPLES = 1000
# So many products at the most, some milliseconds: fewer examples where there are many weights.
_MAX_PRODUCTS = 2**26
# Of more outputs, the first have pred and error.
MAX_OUTPUTS = 4
# Rows that are kept once they were worked out: more than a screen has.
_MAX_KEPT = 2000
_ALIGN = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

Index = QModelIndex | QPersistentModelIndex


class AllExamples(QAbstractTableModel):
    """One row an example: its inputs and targets, to be edited, and pred and error of outputs.

    Inputs that were scaled are shown and typed as they were brought.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._n_rows = 0
        self._n_inputs = self._n_outputs = self._n_answers = 0
        self._headings: tuple[str, ...] = ()
        self._rows: dict[int, Floats] = {}
        self._now: int | None = None
        # Path, step and what was hidden when the rows were told of last.
        self._moment: tuple[int, int] | None = None
        self._veils: Veils | None = None
        self._typed: list[bool] = []
        # The examples whose numbers are in the rows, and the state that errors are known of.
        self._examples: Examples | None = None
        self._errors: tuple[State, Veils, list[float]] | None = None

    # -- following --------------------------------------------------------------------------

    def clear(self) -> None:
        """Have no rows: what they would say is of an experiment that is gone."""
        self.beginResetModel()
        self._rows, self._headings, self._n_rows = {}, (), 0
        self._moment = self._examples = self._errors = None
        self.endResetModel()

    def rebuild(self) -> None:
        """Begin anew, for another experiment."""
        self.beginResetModel()
        experiment = self._session.experiment
        self._n_inputs, self._n_outputs = len(experiment.inputs), len(experiment.outputs)
        self._n_answers = min(self._n_outputs, MAX_OUTPUTS)
        self._headings = (
            *experiment.inputs, *_headings(experiment.outputs, self._n_answers)
        )  # fmt: skip
        self._rows, self._moment = {}, None
        self._n_rows = len(self._session.state.setup.examples)
        self._now = self._session.state.example
        self._look_at_columns()
        self.endResetModel()

    def follow(self) -> None:
        """Say what the weights of the moment make of every example."""
        playback, veils = self._session.playback, self._session.parts.veils
        moment = playback.path.mark, playback.position
        if moment == self._moment and veils is self._veils:
            # A part of a step changes no number here, and to paint a cell asks six things of it.
            return
        state = self._session.state
        same = veils is self._veils and state.setup.examples is self._examples
        self._moment, self._veils, self._examples = moment, veils, state.setup.examples
        before, self._now = self._now, state.example
        self._rows = {}
        self._look_at_columns()
        # The numbers that a person writes stay; a table of a thousand of them is not painted anew.
        rows, columns = self.rowCount() - 1, self.columnCount() - 1
        first = self.n_numbers if same else 0
        self.dataChanged.emit(self.index(0, first), self.index(rows, columns))
        moved = {before, self._now} if before != self._now else set()
        for row in (row for row in moved if row is not None):
            self.dataChanged.emit(self.index(row, 0), self.index(row, columns))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)

    def _look_at_columns(self) -> None:
        """Note once which columns are typed: each cell in sight is asked for it several times."""
        typed = ~hidden_columns(self._session)
        constant = self._session.state.setup.constant
        if constant is not None:
            typed[constant] = False
        self._typed = [*typed.tolist(), *[False] * (len(self._headings) - self.n_numbers)]

    @property
    def errors(self) -> list[float]:
        """The mean over its outputs of the error of each example, of the first of them if many."""
        state, veils = self._session.state, self._session.parts.veils
        known = self._errors
        if known is None or known[0] is not state or known[1] is not veils:
            known = self._errors = state, veils, self._mean_errors(state, veils)
        return known[2]

    def _mean_errors(self, state: State, veils: Veils) -> list[float]:
        hidden = veils.numbers
        n = min(self._n_rows, MAX_EXAMPLES, max(1, _MAX_PRODUCTS // state.weights.size))
        inputs, targets = state.setup.examples.rows(np.arange(n))
        preds = inputs @ state.weights.T
        masked = hidden.error | hidden.delta | hidden.pred | hidden.target
        errors = np.where(masked, np.nan, compare(preds, targets).error)
        return [float(error) for error in errors.mean(axis=1)]

    @property
    def now(self) -> int | None:
        """The row that the next step is made on; None for a guest."""
        return self._now

    @property
    def n_numbers(self) -> int:
        """How many columns there are that a person writes: the inputs and then the targets."""
        return self._n_inputs + self._n_outputs

    @property
    def n_inputs(self) -> int:
        """How many of them are inputs."""
        return self._n_inputs

    def name(self, column: int) -> str:
        """What a column is called, in its heading."""
        return self._headings[column]

    def why_not_edited(self, column: int) -> str:
        """Why the numbers of a column are not typed, in one sentence; empty where they are."""
        if column >= self.n_numbers:
            return say(
                "{column} is worked out from the weights: change a weight, an input or a target.",
                column=self._headings[column],
            )
        if column == self._session.state.setup.constant:
            return say(
                "“{column}” is the constant input, which is always 1; its weight can be changed "
                "instead.",
                column=self._headings[column],
            )
        masked = hidden_columns(self._session)[column]
        return say("What is hidden cannot be changed yet.") if masked else ""

    def _row(self, row: int) -> Floats:
        """The numbers of a row, (n_columns,), NaN where one is hidden."""
        found = self._rows.get(row)
        if found is None:
            if len(self._rows) >= _MAX_KEPT:
                self._rows.clear()
            found = self._rows[row] = self._computed(row)
        return found

    def _computed(self, row: int) -> Floats:
        state, hidden = self._session.state, self._session.parts.veils.numbers
        examples, answers = state.setup.examples, slice(self._n_answers)
        written = without(numbers_of(self._session, row), hidden_columns(self._session))
        pred = predict(state.weights, examples.inputs(row))
        error = compare(pred, examples.target(row)).error
        error = without(error, hidden.error | hidden.delta | hidden.pred | hidden.target)
        pred = without(pred, hidden.pred | hidden.delta)
        return np.concatenate([written, pred[answers], error[answers]])

    def given(self, row: int, column: int) -> float | None:
        """What the network is given of a scaled input; None where inputs are as they were typed."""
        hidden = self._session.parts.veils.numbers.inputs
        if self._session.experiment.transform is None or column >= self._n_inputs or hidden[column]:
            return None
        return float(self._session.state.setup.examples.inputs(row)[column])

    def value(self, row: int, column: int) -> float:
        """The number in a cell; NaN where it is hidden."""
        return float(self._row(row)[column])

    # -- what Qt asks -------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._n_rows

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self._typed[index.column()]:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        say_role = _SAID.get(role)
        if say_role is not None:
            return say_role(self, index.row(), index.column())
        return self._look_now(role) if index.row() == self._now else None

    def text(self, row: int, column: int) -> str:
        """How a number is written: those in sight are, of a thousand columns."""
        value, of_answers = self.value(row, column), column - self.n_numbers
        if of_answers < 0:
            return numbers.plain(value)
        return numbers.short(value, 4 if of_answers < self._n_answers else 6)

    def exact(self, row: int, column: int) -> str:
        """A number with every figure, to be typed over."""
        return numbers.exact(self.value(row, column))

    def alignment(self, _row: int, _column: int) -> int:
        """Numbers stand at the right."""
        return _ALIGN

    def named(self, row: int, column: int) -> str:
        """A number with the name of its column, for a screen reader."""
        return say("{name} {value}", name=self._headings[column], value=self.text(row, column))

    def color(self, _row: int, column: int) -> object:
        """The colour of what is not typed; None for all else."""
        return None if self._typed[column] else look.theme.color("muted")

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed; what is no number is told, and the cell keeps its own."""
        row, column = index.row(), index.column()
        try:
            number = numbers.parse(str(value))
        except ValueError as error:
            self._session.notices.refuse(
                say("{name} of example {number:,}: {problem}; the cell keeps its number.",
                    name=self._headings[column], number=row + 1, problem=error)
            )  # fmt: skip
            return False
        if number == self.value(row, column):
            return True
        return type_number(self._session, row, column, number)

    def tip(self, row: int, column: int) -> str | None:
        """What the network is given of a scaled number, or why one is not typed."""
        given = self.given(row, column)
        if given is not None:
            return plain_tip(
                say("{name} {raw}: the network is given {given}", name=self._headings[column],
                    raw=numbers.exact(self.value(row, column)), given=numbers.exact(given))
            )  # fmt: skip
        why = self.why_not_edited(column)
        return plain_tip(why) if why else None

    def _look_now(self, role: int, wash: str = "background") -> object:
        """How the example that the next step is made on stands out, unlike what is selected."""
        if role == Qt.ItemDataRole.FontRole:
            return look.theme.font(1.0, QFont.Weight.DemiBold)
        return look.theme.color(wash) if role == Qt.ItemDataRole.BackgroundRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN
        if orientation is Qt.Orientation.Vertical:
            now = section == self._now
            if role == Qt.ItemDataRole.DisplayRole:
                sentence = mark("▸ {number:,}") if now else mark("{number:,}")
                return say(sentence, number=section + 1)
            if role == Qt.ItemDataRole.AccessibleTextRole:
                bench = mark("example {number:,}, on the bench")
                words = bench if now else mark("example {number:,}")
                return say(words, number=section + 1)
            return self._look_now(role, "accent_wash") if now else None
        if role == Qt.ItemDataRole.DisplayRole and section < len(self._headings):
            return self._headings[section]
        return self._heading_tip(section) if role == Qt.ItemDataRole.ToolTipRole else None

    def _heading_tip(self, column: int) -> str | None:
        transform = self._session.experiment.transform
        if transform is None or column >= self._n_inputs:
            return None
        return plain_tip(
            say("{name}, as it was brought; the network is given ({name} − {offset}) / {scale}",
                name=self._headings[column], offset=numbers.plain(float(transform.offset[column])),
                scale=numbers.plain(float(transform.scale[column])))
        )  # fmt: skip


_SAID: dict[int, Callable[[AllExamples, int, int], object]] = {
    Qt.ItemDataRole.DisplayRole: AllExamples.text,
    Qt.ItemDataRole.EditRole: AllExamples.exact,
    Qt.ItemDataRole.TextAlignmentRole: AllExamples.alignment,
    Qt.ItemDataRole.AccessibleTextRole: AllExamples.named,
    Qt.ItemDataRole.ToolTipRole: AllExamples.tip,
    Qt.ItemDataRole.ForegroundRole: AllExamples.color,
}


def _headings(outputs: Sequence[str], n_answers: int) -> list[str]:
    if len(outputs) == 1:
        return [say("target"), say("pred"), say("error")]
    return [
        *(say("target {output}", output=output) for output in outputs),
        *(say("pred {output}", output=output) for output in outputs[:n_answers]),
        *(say("error {output}", output=output) for output in outputs[:n_answers]),
    ]


def rows_as_text(values: Floats) -> str:
    """Numbers (n_rows, n_columns) as a sheet takes them: tabs between cells, every figure."""
    return "".join("\t".join(map(numbers.exact, row)) + "\n" for row in values.tolist())
