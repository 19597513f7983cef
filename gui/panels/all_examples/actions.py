"""What can be done to the examples: buttons, keys and menus of the table all ask here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QInputDialog, QLineEdit, QMenu, QWidget

from gui.panels.all_examples.asking import NewColumn
from gui.panels.all_examples.rows import AllExamples, rows_as_text
from gui.panels.all_examples.table import ExampleTable
from gui.session import Session
from gui.session.building import cells, forms
from gui.widgets.tips import plain_tip
from model.building.names import fresh_name
from model.building.parts import why_not_built
from model.door import mark, say
from model.files.tables.block import read_block
from model.files.tables.errors import TableError

# So many cells are copied within a moment; of a whole large table there is the file.
MAX_COPIED = 100_000


class TableActions(QObject):
    """The actions of one table; each is told by the notices why it cannot be done."""

    def __init__(self, session: Session, model: AllExamples, table: ExampleTable) -> None:
        super().__init__(table)
        self._session, self._model, self._table = session, model, table
        make = self._action
        self.add = make(say("Add example"), self._add, "Ins")
        self.repeat = make(say("Duplicate"), self._repeat, "Alt+Shift+Down")
        self.remove = make(say("Remove"), self._remove)
        self.up = make(say("Move up"), self._up, "Alt+Up")
        self.down = make(say("Move down"), self._down, "Alt+Down")
        self.visit = make(say("To the bench"), self._visit, "Space")
        self.copy = make(say("Copy"), self._copy, "Ctrl+C")
        self.paste = make(say("Paste"), self._paste, "Ctrl+V")
        self.clear = make(say("Clear numbers"), self._clear, "Del")
        self.add_input = make(say("Add input…"), self._add_input)
        self.add_output = make(say("Add output…"), self._add_output)
        self.add_constant = make(say("Add the constant input…"), self._add_constant)
        self.rename = make(say("Rename…"), self._rename)
        self.remove_column = make(say("Remove the column"), self._remove_column)
        table.add_wanted.connect(self._add)
        table.repeat_wanted.connect(self._repeat)
        table.delete_wanted.connect(self._delete)
        table.visit_wanted.connect(self._visit)
        table.copy_wanted.connect(self._copy)
        table.paste_wanted.connect(self._paste)
        table.move_wanted.connect(self._move)
        table.not_edited.connect(self._say_why)
        table.menu_wanted.connect(self._show_menu)
        self.columns_menu = QMenu(table)
        self.columns_menu.aboutToShow.connect(self._fit_words)
        self._fill_columns(self.columns_menu)
        self._menu = QMenu(table)
        for action in (self.visit, self.add, self.repeat, self.remove, self.up, self.down):
            self._menu.addAction(action)
        self._menu.addSeparator()
        for action in (self.copy, self.paste, self.clear):
            self._menu.addAction(action)
        self._menu.addSeparator()
        self._fill_columns(self._menu)

    def _action(self, text: str, do: Callable[[], object], key: str = "") -> QAction:
        # The key is the table's; here it is only shown.
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(do)
        return action

    def _fill_columns(self, menu: QMenu) -> None:
        for action in (self.add_input, self.add_output, self.add_constant):
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.rename)
        menu.addAction(self.remove_column)

    @Slot()
    def _fit_words(self) -> None:
        """Say which input or output is renamed and removed, and offer what can be."""
        column, model = self._column, self._model
        there = 0 <= column < model.n_numbers
        for action in (self.rename, self.remove_column):
            action.setEnabled(there)
        if there:
            is_input = column < model.n_inputs
            names = self._session.experiment.inputs if is_input else (
                self._session.experiment.outputs
            )  # fmt: skip
            name = names[column if is_input else column - model.n_inputs].replace("&", "&&")
            if is_input:
                rename, remove = (
                    mark("Rename the input “{name}”…"),
                    mark("Remove the input “{name}”"),
                )
            else:
                rename = mark("Rename the output “{name}”…")
                remove = mark("Remove the output “{name}”")
            self.rename.setText(say(rename, name=name))
            self.remove_column.setText(say(remove, name=name))
        self.add_constant.setEnabled(self._session.experiment.setup.constant is None)

    @Slot(object)
    def _show_menu(self, place: QPoint) -> None:
        self._fit_words()
        self._menu.popup(place)

    @property
    def _column(self) -> int:
        return self._table.currentIndex().column()

    def _may_be_built(self) -> bool:
        """Whether rows and columns can change; else that is said, before anything is asked."""
        why = self._session.why_not_rebuilt or why_not_built(self._session.experiment)
        if why:
            self._session.notices.refuse(why)
        return not why

    # -- examples ----------------------------------------------------------------------------

    @Slot()
    def _add(self) -> None:
        """Add an example below the current one, and go there."""
        current = self._table.currentIndex()
        at = current.row() + 1 if current.isValid() else self._model.rowCount()
        if forms.add_example(self._session, at):
            self._table.setFocus()
            self._table.go_to(at, 0)

    @Slot()
    def _repeat(self) -> None:
        rows, column = self._table.rows(), self._column
        if rows and forms.repeat_examples(self._session, rows):
            first = rows[-1] + 1
            self._table.select_rows(list(range(first, first + len(rows))), column)

    @Slot()
    def _remove(self) -> None:
        rows, column = self._table.rows(), self._column
        if rows and forms.remove_examples(self._session, rows):
            self._table.go_to(rows[0], column)

    @Slot()
    def _up(self) -> None:
        self._move(-1)

    @Slot()
    def _down(self) -> None:
        self._move(1)

    @Slot(int)
    def _move(self, by: int) -> None:
        rows, column = self._table.rows(), self._column
        if rows and forms.move_examples(self._session, rows, by):
            self._table.go_to(rows[0] + by, column)
            if len(rows) > 1:
                self._table.select_rows([row + by for row in rows], column)

    @Slot()
    def _visit(self) -> None:
        current = self._table.currentIndex()
        if current.isValid():
            self._session.edits.visit(current.row())

    # -- numbers -----------------------------------------------------------------------------

    @Slot()
    def _delete(self) -> None:
        """Whole examples that are selected are removed; of any others the numbers become 0."""
        if self._table.whole_rows_selected():
            self._remove()
        else:
            self._clear()

    @Slot()
    def _clear(self) -> None:
        most = self._model.n_numbers
        areas = [
            cells.Rectangle(area.top, min(area.left, most), area.bottom, min(area.right, most))
            for area in self._table.areas()
        ]
        if not cells.clear(self._session, areas) and self._column >= 0:
            self._say_why(self._column)

    @Slot()
    def _copy(self) -> None:
        areas = self._table.areas()
        columns = sorted({at for area in areas for at in range(area.left, area.right)})
        self._put_on_clipboard(self._table.rows(), columns)

    def copy_all(self) -> None:
        """Copy the whole table with its headings as text."""
        columns = range(self._model.columnCount())
        headings = "\t".join(self._model.name(column) for column in columns)
        self._put_on_clipboard(range(self._model.rowCount()), columns, f"{headings}\n")

    def _put_on_clipboard(
        self, rows: Sequence[int], columns: Sequence[int], headings: str = ""
    ) -> None:
        n = len(rows) * len(columns)
        if n > MAX_COPIED:
            self._session.notices.refuse(
                say("These are {n:,} cells, and at most {most:,} are copied at once: select fewer, "
                    "or save the experiment.", n=n, most=MAX_COPIED)
            )  # fmt: skip
        elif n:
            values = [[self._model.value(row, column) for column in columns] for row in rows]
            QGuiApplication.clipboard().setText(headings + rows_as_text(np.array(values)))

    @Slot()
    def _paste(self) -> None:
        """Lay what was copied over the table from the current cell on, or all over a selection."""
        areas = self._table.areas()
        if not areas:
            return
        row, column = min(area.top for area in areas), min(area.left for area in areas)
        if column >= self._model.n_numbers:
            self._say_why(column)
            return
        try:
            block = read_block(QGuiApplication.clipboard().text())
        except TableError as error:
            self._session.notices.refuse(str(error))
            return
        if block.size == 1 and len(areas) == 1 and areas[0].size > 1:
            right = min(areas[0].right, self._model.n_numbers)
            block = np.full((areas[0].bottom - row, right - column), block[0, 0])
        if cells.lay_block(self._session, row, column, block):
            self._table.go_to(row, column)

    @Slot(int)
    def _say_why(self, column: int) -> None:
        why = self._model.why_not_edited(column)
        if why:
            self._session.notices.refuse(why)

    # -- inputs and outputs ------------------------------------------------------------------

    @Slot()
    def _add_input(self) -> None:
        names = self._session.experiment.inputs
        found = self._asked(
            say("Add an input"), fresh_name(say("input"), names), names,
            say("Its number in every example"),
        )  # fmt: skip
        if found and forms.add_input(self._session, found.name, found.value, found.weight):
            self._go_to_input(found.name)

    @Slot()
    def _add_constant(self) -> None:
        names = self._session.experiment.inputs
        found = self._asked(
            say("Add an input that is always 1"), fresh_name(say("constant"), names), names, None
        )
        if found and forms.add_constant(self._session, found.name, found.weight):
            self._go_to_input(found.name)

    @Slot()
    def _add_output(self) -> None:
        names = self._session.experiment.outputs
        found = self._asked(
            say("Add an output"), fresh_name(say("output"), names), names,
            say("Its target in every example"),
        )  # fmt: skip
        if found and forms.add_output(self._session, found.name, found.value, found.weight):
            outputs = self._session.experiment.outputs
            self._table.go_to(
                max(0, self._table.currentIndex().row()),
                self._model.n_inputs + outputs.index(found.name),
            )

    def _go_to_input(self, name: str) -> None:
        row = max(0, self._table.currentIndex().row())
        self._table.go_to(row, self._session.experiment.inputs.index(name))

    def _asked(
        self, title: str, name: str, taken: tuple[str, ...], value_label: str | None
    ) -> NewColumn | None:
        """What a person says of a new column; None where it is not wanted."""
        if not self._may_be_built():
            return None
        note = say(
            "All other weights keep their values. The path begins anew with them; Undo brings "
            "this one back."
        )
        dialog = NewColumn(title, name, taken, value_label, note, self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog if accepted else None

    @Slot()
    def _rename(self) -> None:
        column, experiment = self._column, self._session.experiment
        if not 0 <= column < self._model.n_numbers:
            return
        why = self._session.why_not_rebuilt
        if why:
            self._session.notices.refuse(why)
            return
        is_input = column < self._model.n_inputs
        place = column if is_input else column - self._model.n_inputs
        old = (experiment.inputs if is_input else experiment.outputs)[place]
        name, chosen = QInputDialog.getText(
            self._window, say("Rename"), plain_tip(say("Another name for “{name}”:", name=old)),
            QLineEdit.EchoMode.Normal, old,
        )  # fmt: skip
        if chosen:
            rename = forms.rename_input if is_input else forms.rename_output
            rename(self._session, place, name)

    @Slot()
    def _remove_column(self) -> None:
        row, column, n_inputs = self._table.currentIndex().row(), self._column, self._model.n_inputs
        if not 0 <= column < self._model.n_numbers:
            return
        if column < n_inputs:
            done = forms.remove_input(self._session, column)
        else:
            done = forms.remove_output(self._session, column - n_inputs)
        if done:
            self._table.go_to(row, column)

    @property
    def _window(self) -> QWidget:
        return self._table.window()
