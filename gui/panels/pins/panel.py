"""The panel of pinned runs: a table of what differs, and what can be done to each of them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCheckBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gui.look.styling import give_sheet
from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.pins.rows import PinRows
from gui.plots.ghosts import sample_size
from gui.session import Session
from gui.widgets.buttons import ToolsRow, quiet_button
from gui.widgets.long_table import LongTable
from model.door import listed, mark, say, say_count
from model.experiment import Pin
from model.pins.facts import TITLES

# A second, while running.
_FRAMES = 4.0
_MAX_WIDTH = 260
_EMPTY = mark(
    "Nothing is pinned yet. Take some steps and press Ctrl+D: the run so far stays as a thin line "
    "in the plots by step while you try another alpha, another start, or freeze a weight."
)
_KEPT = mark("Pinned runs are out of sight until the question is answered.")


class PinTable(LongTable):
    """The table itself.

    Signals
    -------
    wanted : Enter, or a double-click beside a name: the run is wanted on the bench
    remove_wanted, rename_wanted, copy_wanted : the keys for these were pressed
    typed : a name was typed, or given up
    """

    wanted, remove_wanted, rename_wanted, copy_wanted = Signal(), Signal(), Signal(), Signal()
    typed = Signal()

    @property
    def editing(self) -> bool:
        """Whether a name is being typed."""
        return self.state() == QAbstractItemView.State.EditingState

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.typed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        elif key == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        elif key == Qt.Key.Key_Space:
            self._toggle()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            (self.wanted if index.column() else self.rename_wanted).emit()

    def _toggle(self) -> None:
        index = self.currentIndex().siblingAtColumn(0)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is not None:
            on = Qt.CheckState(state) == Qt.CheckState.Checked
            wanted = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            self.model().setData(index, wanted, Qt.ItemDataRole.CheckStateRole)


class PinsPanel(QWidget):
    """Which runs are pinned, what differs between them and the bench, and how they ended."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = PinRows(session, self)
        self.table = PinTable(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(say("Pinned runs: what differs, and how they ended"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.note = QLabel()
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        self.note.setMargin(look.theme.px(12))
        self._make_tools()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self._row.above)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        column.addStretch(0)
        self._following = Following(
            session, self, self._refresh, forget=self.model.clear, describe=self._describe,
            frames=_FRAMES,
        )  # fmt: skip
        session.playback.lock_changed.connect(self._following.look_again)
        self.table.wanted.connect(self._bring)
        self.table.remove_wanted.connect(self._remove)
        self.table.rename_wanted.connect(self._rename)
        self.table.copy_wanted.connect(self.copy)
        self.table.typed.connect(self._following.look_again)
        self.table.selectionModel().currentChanged.connect(self._fit_buttons)
        self.model.modelReset.connect(self._fit_columns)
        self.model.dataChanged.connect(self._fit_columns)
        look.follow(self, self._restyle)
        self._restyle()

    def _make_tools(self) -> None:
        """The buttons, in a widget of their own, which may stand beside the tabs."""
        pin = self._session.commands["pin"]
        self.pin_button = quiet_button(
            say("Pin this run"), say("Keep the run so far to be compared with (Ctrl+D)")
        )
        self.bring_button = quiet_button(
            say("To the bench"), say("Make the selected run the one on the bench (Enter)")
        )
        self.rename_button = quiet_button(say("Rename"), say("Rename the selected run (F2)"))
        self.remove_button = quiet_button(
            say("Remove"), say("Take the selected run off; undo brings it back (Delete)")
        )
        self.all_box = QCheckBox(say("all columns"))
        self.all_box.setToolTip(say("Show what is the same in all runs, too"))
        self.pin_button.clicked.connect(pin.trigger)
        self.pin_button.setEnabled(pin.isEnabled())
        pin.enabledChanged.connect(self.pin_button.setEnabled)
        self.bring_button.clicked.connect(self._bring)
        self.rename_button.clicked.connect(self._rename)
        self.remove_button.clicked.connect(self._remove)
        self.all_box.toggled.connect(self._all_columns_wanted)
        self._row = ToolsRow(self._controls, self)
        self.tools = self._row.beside

    @property
    def _controls(self) -> list[QWidget]:
        return [
            self.pin_button, self.bring_button, self.rename_button, self.remove_button,
            self.all_box,
        ]  # fmt: skip

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self._controls, self.table]

    @property
    def chosen(self) -> Pin | None:
        """The pin of the current row."""
        return self.model.pin(self.table.currentIndex().row())

    def copy(self) -> None:
        """Copy the table as text."""
        if self._session.parts.veils.covers("pins"):
            self._session.notices.refuse(say("The pinned runs are hidden for now."))
            return
        QGuiApplication.clipboard().setText(self.model.as_text())

    @property
    def summary(self) -> str:
        """How many runs are pinned, and in what they differ, in words."""
        pins = self._session.pins.shown
        if not pins:
            return say(_KEPT) if self._session.pins.all else say(_EMPTY)
        pinned = say_count("{n} pinned run", "{n} pinned runs", len(pins))
        others = self.model.differing
        if not others:
            return say("{runs}, made of the same as the run on the bench", runs=pinned)
        names = listed(say(TITLES[name]) for name in others)
        return say("{runs}; what differs: {names}", runs=pinned, names=names)

    # -- following -------------------------------------------------------------------------

    def _refresh(self) -> None:
        if self.table.editing:
            # Other texts would take the place of what is being typed.
            return
        chosen = self.chosen
        self.model.follow()
        pins = self._session.pins
        self.table.setVisible(bool(pins.shown))
        self.note.setVisible(not pins.shown)
        self.note.setText(self.summary)
        # A reset lets go of the current row.
        if not self.table.currentIndex().isValid() and self.model.rowCount() > 1:
            row = 1 if chosen is None else self.model.row_of(chosen)
            self.table.setCurrentIndex(self.model.index(max(1, row), 0))
            if chosen is None:
                # The run on the bench is what the others are held against.
                self.table.scrollToTop()
        self._fit_buttons()

    def _describe(self) -> None:
        if not self.table.editing:
            self.model.follow(at_rest=True)
        self.table.setAccessibleDescription(self.summary)

    @Slot()
    def _fit_buttons(self, *_: QModelIndex) -> None:
        can = self.chosen is not None
        for button in (self.bring_button, self.rename_button, self.remove_button):
            button.setEnabled(can)

    @Slot()
    def _bring(self) -> None:
        if self.chosen is not None:
            self._session.pins.bring(self.chosen)

    @Slot()
    def _remove(self) -> None:
        row = self.table.currentIndex().row()
        if self.chosen is not None and self._session.pins.remove(self.chosen):
            self._following.look_again()
            left = min(row, self.model.rowCount() - 1)
            self.table.setCurrentIndex(self.model.index(left, 0))

    @Slot()
    def _rename(self) -> None:
        if self.chosen is not None:
            self.table.edit(self.model.index(self.table.currentIndex().row(), 0))

    @Slot(bool)
    def _all_columns_wanted(self, shown: bool) -> None:
        self.model.show_all_columns(shown)
        self._following.look_again()

    # -- looks -----------------------------------------------------------------------------

    @Slot()
    def _fit_columns(self) -> None:
        """Each column as wide as its longest text, within reason."""
        px = look.theme.px
        metrics = QFontMetricsF(look.theme.font(1.0, QFont.Weight.DemiBold))
        for column in range(self.model.columnCount()):
            texts = [str(self.model.headerData(column, Qt.Orientation.Horizontal))]
            texts += [self.model.text(row, column) for row in range(self.model.rowCount())]
            wide = min(max(map(metrics.horizontalAdvance, texts)), px(_MAX_WIDTH)) + px(24)
            self.table.setColumnWidth(column, round(wide) + (px(64) if column == 0 else 0))

    @Slot()
    def _restyle(self) -> None:
        theme = look.theme
        give_sheet(
            self.table,
            f"QTableView {{ outline: 0; border: 1px solid transparent; }}"
            f"QTableView::item {{ padding: 0 {theme.px(8)}px; }}"
            f"QTableView::item:selected {{ background: {theme.accent_wash}; color: {theme.ink}; }}"
            f"QTableView:focus {{ border: 1px solid {theme.accent}; }}"
            f"QHeaderView {{ background: {theme.panel}; }}",
        )
        self.table.verticalHeader().setDefaultSectionSize(theme.px(22))
        self.table.setIconSize(sample_size())
        self._fit_columns()
