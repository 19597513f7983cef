"""The table in which examples are typed: cells, keys, selection and the line to type in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QObject,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.look.styling import give_sheet
from gui.look.theme import look
from gui.panels.all_examples.rows import AllExamples, Index
from gui.session.building.cells import Rectangle
from gui.widgets.long_table import LongTable
from model.door import say

# Pixels of 13 pixel type: an example, the headings, and how many examples are always in sight.
_ROW, _HEADINGS, _ROWS_IN_SIGHT = 20, 28, 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


class ExampleTable(LongTable):
    """A table whose cells are selected, typed into, copied and pasted over.

    Signals
    -------
    copy_wanted, paste_wanted, delete_wanted, add_wanted, repeat_wanted, visit_wanted :
        their keys were pressed
    move_wanted(by) : the selected examples are to go up (-1) or down (1)
    not_edited(column) : a number was typed where none can be
    menu_wanted(place) : the menu of the current cell is wanted there, on the screen
    """

    copy_wanted, paste_wanted, delete_wanted = Signal(), Signal(), Signal()
    add_wanted, repeat_wanted, visit_wanted = Signal(), Signal(), Signal()
    move_wanted = Signal(int)
    not_edited = Signal(int)
    menu_wanted = Signal(object)

    def __init__(self, model: AllExamples, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self._typing = _Typing(self)
        self.setItemDelegate(self._typing)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        rows, headings = self.verticalHeader(), self.horizontalHeader()
        rows.show()
        rows.setSectionsClickable(True)
        rows.setHighlightSections(False)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        headings.setSectionsClickable(True)
        headings.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for header in (rows, headings):
            header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows.customContextMenuRequested.connect(self._ask_menu_of_row)
        headings.customContextMenuRequested.connect(self._ask_menu_of_heading)
        rows.sectionDoubleClicked.connect(self._visit_row)

    def restyle(self) -> None:
        """Take over the colours and type of the theme."""
        theme = look.theme
        give_sheet(
            self,
            f"QTableView {{ outline: 0; border: 1px solid transparent; }}"
            f"QTableView::item {{ padding-right: {theme.px(8)}px; }}"
            f"QTableView::item:selected {{ background: {theme.accent_wash};"
            f" color: {theme.ink}; }}"
            f"QTableView::item:focus {{ border: 1px solid {theme.accent};"
            f" padding-right: {theme.px(7)}px; background: {theme.panel}; color: {theme.ink}; }}"
            f"QTableView:focus {{ border: 1px solid {theme.accent}; }}"
            f"QHeaderView {{ background: {theme.panel}; }}"
            f"QHeaderView::section:vertical {{ border: none; }}"
            f"QTableCornerButton::section {{ background: {theme.panel}; border: none;"
            f" border-bottom: 1px solid {theme.hairline}; }}",
        )
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        # In larger type, too, some examples are in sight.
        self.setMinimumHeight(theme.px(_HEADINGS + _ROWS_IN_SIGHT * _ROW))

    # -- what is selected --------------------------------------------------------------------

    def areas(self) -> list[Rectangle]:
        """The selected cells, or the current one where none is."""
        ranges = self.selectionModel().selection().toList()
        found = [
            Rectangle(part.top(), part.left(), part.bottom() + 1, part.right() + 1)
            for part in ranges
        ]
        current = self.currentIndex()
        if not found and current.isValid():
            row, column = current.row(), current.column()
            found = [Rectangle(row, column, row + 1, column + 1)]
        return found

    def rows(self) -> list[int]:
        """The rows that have selected cells, or the current one, in order."""
        return sorted({row for area in self.areas() for row in range(area.top, area.bottom)})

    def whole_rows_selected(self) -> bool:
        """Whether all that is selected are whole rows."""
        areas, width = self.areas(), self._model.columnCount()
        return bool(areas) and all((area.left, area.right) == (0, width) for area in areas)

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one, the nearest that there is."""
        rows, columns = self._model.rowCount(), self._model.columnCount()
        if rows and columns:
            index = self._model.index(min(max(0, row), rows - 1), min(max(0, column), columns - 1))
            self.setCurrentIndex(index)

    def select_rows(self, rows: list[int], column: int) -> None:
        """Select whole rows that lie beside each other, with the current cell in the first."""
        last = self._model.columnCount() - 1
        self.go_to(rows[0], column)
        selection = self.selectionModel()
        flags = selection.SelectionFlag
        top, bottom = self._model.index(rows[0], 0), self._model.index(rows[-1], last)
        selection.select(QItemSelection(top, bottom), flags.ClearAndSelect)

    @property
    def editor(self) -> QLineEdit | None:
        """The line to type in, while there is one."""
        return self._typing.editor

    # -- keys --------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # With the focus here these keys are the table's own, not shortcuts of the window.
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            # The window hands it on, unless it is a whole bench that was copied.
            return False
        return self._wish(event) is not None or _begins_number(event) or event.key() in _ENTER

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wish, index = self._wish(event), self.currentIndex()
        if wish is not None:
            wish()
        elif event.key() in (*_ENTER, Qt.Key.Key_F2) and index.isValid():
            self.type_into(index)
        elif _begins_number(event) and index.isValid():
            self.type_into(index, event.text())
        else:
            super().keyPressEvent(event)

    def _wish(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key asks for, to be called; None for what Qt's own table does."""
        key, held = event.key(), event.modifiers() & (_CONTROL | _SHIFT | _ALT)
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy_wanted.emit
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.paste_wanted.emit
        wishes: dict[tuple[Qt.Key, Qt.KeyboardModifier | None], Callable[[], object]] = {
            (Qt.Key.Key_Delete, None): self.delete_wanted.emit,
            (Qt.Key.Key_Backspace, None): self.delete_wanted.emit,
            (Qt.Key.Key_Insert, None): self.add_wanted.emit,
            (Qt.Key.Key_Down, _ALT | _SHIFT): self.repeat_wanted.emit,
            (Qt.Key.Key_Space, None): self.visit_wanted.emit,
            (Qt.Key.Key_Space, _SHIFT): self._select_row,
            (Qt.Key.Key_Up, _ALT): self._move_up,
            (Qt.Key.Key_Down, _ALT): self._move_down,
        }
        return wishes.get((Qt.Key(key), held or None))

    def _select_row(self) -> None:
        rows, column = self.rows(), max(0, self.currentIndex().column())
        if rows:
            self.select_rows(rows, column)

    def _move_up(self) -> None:
        self.move_wanted.emit(-1)

    def _move_down(self) -> None:
        self.move_wanted.emit(1)

    def type_into(self, index: Index, text: str | None = None) -> None:
        """Open a line to type in, holding the full number (all selected) or the given text."""
        if self.state() is QAbstractItemView.State.EditingState:
            return
        if self._model.why_not_edited(index.column()):
            self.not_edited.emit(index.column())
            return
        self._typing.begins_with = text
        self.edit(self._model.index(index.row(), index.column()))
        editor = self.editor
        if text is not None and editor is not None:
            # Qt selects what is in a line that it opens, and the next key would replace it.
            editor.end(False)

    @Slot(QPoint)
    def _ask_menu_of_row(self, place: QPoint) -> None:
        header = self.verticalHeader()
        row = header.logicalIndexAt(place)
        if row >= 0:
            if row not in self.rows():
                self.select_rows([row], max(0, self.currentIndex().column()))
            self.menu_wanted.emit(header.viewport().mapToGlobal(place))

    @Slot(QPoint)
    def _ask_menu_of_heading(self, place: QPoint) -> None:
        header = self.horizontalHeader()
        column = header.logicalIndexAt(place)
        if column >= 0:
            self.go_to(max(0, self.currentIndex().row()), column)
            self.menu_wanted.emit(header.viewport().mapToGlobal(place))

    @Slot(int)
    def _visit_row(self, row: int) -> None:
        self.go_to(row, max(0, self.currentIndex().column()))
        self.visit_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            box = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(box.bottomLeft())
        else:
            at = self.indexAt(self.viewport().mapFromGlobal(place))
            if at.isValid() and not self.selectionModel().isSelected(at):
                self.setCurrentIndex(at)
        self.menu_wanted.emit(place)


class _Typing(QStyledItemDelegate):
    """Opens a line in a cell; Enter takes what was typed and goes down, Escape gives it up."""

    def __init__(self, table: ExampleTable) -> None:
        super().__init__(table)
        self._table = table
        self.begins_with: str | None = None
        self.editor: QLineEdit | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = self._table.model()
        editor = self.editor = QLineEdit(parent)
        heading = model.headerData(index.column(), Qt.Orientation.Horizontal)
        example = model.headerData(
            index.row(), Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole
        )
        editor.setAccessibleName(say("{name}, {example}", name=heading, example=example))
        editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        editor.setStyleSheet("QLineEdit { padding: 0px 2px; border-radius: 0px; }")
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not isinstance(editor, QLineEdit):
            return
        text, self.begins_with = self.begins_with, None
        shown = str(index.data(Qt.ItemDataRole.EditRole))
        if text is not None:
            editor.setText(text)
            # What was typed is not to be written over by what the table shows meanwhile.
            editor.setModified(True)
        elif not editor.isModified() and editor.text() != shown:
            editor.setText(shown)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        enters = isinstance(event, QKeyEvent) and event.key() in _ENTER
        pressed = event.type() == QEvent.Type.KeyPress
        if enters and pressed and isinstance(editor, QLineEdit):
            at = self._table.currentIndex()
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self._table.go_to(at.row() + 1, at.column())
            return True
        return super().eventFilter(editor, event)


def _begins_number(event: QKeyEvent) -> bool:
    return (
        len(event.text()) == 1
        and event.text() in "0123456789.,-+"
        and not event.modifiers() & (_CONTROL | _ALT)
    )
