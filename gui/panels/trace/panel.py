"""The trace: every step as a row of numbers, to be read, gone to and copied."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import (
    QElapsedTimer,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QTimer,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.trace.rows import MAX_OUTPUTS, MAX_WEIGHTS, TraceModel, rows_of
from gui.panels.trace.table import TraceTable
from gui.session import Session
from gui.widgets.buttons import make_quiet
from gui.widgets.text_line import TextLine
from model.door import mark, say, say_count
from model.path.watch import PathWatch

MAX_COPIED = 10_000
# A run may change the number of rows so many times a second; each change lays the table out anew.
_FRAMES = 4.0
# Copying works this long at a time, so that the window stays free.
_SLICE_MS = 8


class TracePanel(QWidget):
    """A table of the steps around the moment; going to a row goes to its step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        # While rows are brought up to date, the current one changes though nobody chose it.
        self._updating = False
        self._copying: Iterator[str] | None = None
        self._copied: list[str] = []
        self._copied_from = PathWatch()
        self._copy_timer = QTimer(self)
        self._copy_timer.timeout.connect(self._copy_on)

        self.model = TraceModel(session, self)
        self.table = TraceTable(self.model, self)
        self.note = TextLine()
        self.copy_button = QPushButton(say("Copy"), self)
        make_quiet(self.copy_button, say("Copy the trace as text"))
        self.copy_button.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self._restyle()

    def _lay_out(self) -> None:
        self.table.setAccessibleName(say("Trace: the numbers of each step"))
        # Note and button in a widget of their own, which may stand beside the tabs.
        self.tools = QWidget(self)
        self._tools_row = row = QHBoxLayout(self.tools)
        row.addWidget(self.note, 1)
        row.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self._following = Following(
            self._session, self, self._refresh, rebuild=self._rebuild, forget=self._forget,
            frames=_FRAMES,
        )  # fmt: skip
        self._session.view.weights.changed.connect(self._following.start_over)
        self._session.parts.veils_changed.connect(self.model.forget_texts)
        look.follow(self, self._restyle)
        self.copy_button.clicked.connect(self.copy)
        self.table.copy_wanted.connect(self.copy)
        selection = self.table.selectionModel()
        selection.currentRowChanged.connect(self._row_chosen)
        selection.selectionChanged.connect(self._selection_changed)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.table, self.copy_button]

    # -- following the session ------------------------------------------------------------

    def _forget(self) -> None:
        self._stop_copying()
        self.model.clear()

    def _rebuild(self) -> None:
        self._updating = True
        self.model.rebuild()
        self._updating = False
        self._set_widths()

    def _refresh(self) -> None:
        """Bring rows, current row and note up to the moment."""
        session, table = self._session, self.table
        self._updating = True
        self.model.follow()
        row = session.playback.position - self.model.first
        if table.currentIndex().row() != row:
            index = self.model.index(row, max(0, table.currentIndex().column()))
            selection = table.selectionModel()
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.Clear)
        self._updating = False
        table.keep_in_view()
        # Which row is that of the moment is no business of the model's.
        table.viewport().update()
        if self._copying is None:
            self.note.set_text(self._note())

    def _note(self) -> str:
        """What the table leaves out, in words; empty where it shows everything."""
        session, model = self._session, self.model
        n_outputs, n_inputs = len(session.experiment.outputs), len(session.experiment.inputs)
        parts = []
        if model.rowCount() <= session.playback.length:
            last = model.first + model.rowCount() - 1
            parts.append(
                say(
                    "steps {first:,} to {last:,} of {n:,}",
                    first=model.first,
                    last=last,
                    n=session.playback.length,
                )
            )
        if n_outputs > MAX_OUTPUTS:
            parts.append(say("first {shown:,} of {n:,} outputs", shown=MAX_OUTPUTS, n=n_outputs))
        if n_outputs * n_inputs > MAX_WEIGHTS:
            on_images = session.experiment.image_shape is not None
            parts.append(
                say(
                    mark("the plots’ {shown:,} of {n:,} weights")
                    if on_images
                    else mark("first {shown:,} of {n:,} weights"),
                    shown=model.n_weights,
                    n=n_outputs * n_inputs,
                )
            )
        return " · ".join(parts)

    @Slot(QModelIndex, QModelIndex)
    def _row_chosen(self, current: QModelIndex, previous: QModelIndex) -> None:
        if self._updating or not current.isValid():
            return
        step = self.model.first + current.row()
        if step != self._session.playback.position:
            self._session.playback.pause()
            self._session.playback.seek(step)

    # -- copying --------------------------------------------------------------------------

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        count = sum(bottom - top + 1 for top, bottom in self._selected())
        text = say_count("Copy {n:,} row", "Copy {n:,} rows", count) if count else say("Copy")
        self.copy_button.setText(text)

    def _selected(self) -> list[tuple[int, int]]:
        """First and last row of each selected range."""
        # An index loop: ranges of a selection do not outlive it.
        ranges = self.table.selectionModel().selection()
        return [(ranges.at(at).top(), ranges.at(at).bottom()) for at in range(ranges.count())]

    @Slot()
    def copy(self) -> None:
        """Put the selected rows, or else all, on the clipboard as tab-separated text.

        With a header and every figure; at most MAX_COPIED rows, those around the moment
        where no rows are selected. Many rows are copied a little at a time.
        """
        self._stop_copying()
        self._following.catch_up()
        ranges = self._selected() or [self._around_now()]
        steps = [self.model.first + row for row in rows_of(ranges, MAX_COPIED)]
        self._copied = [self.model.header]
        self._copying = (self.model.line(step) for step in steps)
        self._copy_goal = len(steps)
        self._copied_from.first_change(self._session.path)
        self._copy_on()

    def _around_now(self) -> tuple[int, int]:
        last = self.model.rowCount() - 1
        top = self._session.playback.position - self.model.first - MAX_COPIED // 2
        top = max(0, min(top, last + 1 - MAX_COPIED))
        return top, min(last, top + MAX_COPIED - 1)

    @Slot()
    def _copy_on(self) -> None:
        """Copy for a moment, and go on when the window has had its turn."""
        if self._copying is None:
            return
        if self._copied_from.first_change(self._session.path) is not None:
            self._stop_copying()
            self.note.set_text(say("Not copied: the path has changed meanwhile"))
            return
        clock = QElapsedTimer()
        clock.start()
        for line in self._copying:
            self._copied.append(line)
            if clock.elapsed() >= _SLICE_MS:
                done = 100 * (len(self._copied) - 1) // self._copy_goal
                self.note.set_text(say("Copying: {done} %", done=done))
                self._copy_timer.start(0)
                return
        QGuiApplication.clipboard().setText("\n".join(self._copied) + "\n")
        self._stop_copying()
        rows = self._copy_goal
        self.note.set_text(
            say_count("Copied {n:,} row, tab-separated", "Copied {n:,} rows, tab-separated", rows)
        )

    def _stop_copying(self) -> None:
        self._copy_timer.stop()
        self._copying = None
        self._copied = []

    # -- looks ----------------------------------------------------------------------------

    @Slot()
    def _restyle(self) -> None:
        theme = look.theme
        self.table.restyle()
        self._tools_row.setContentsMargins(theme.px(8), 0, 0, 0)
        self._set_widths()

    def _set_widths(self) -> None:
        """Make each column as wide as its heading or a long number, whatever comes."""
        theme = look.theme
        metrics = QFontMetricsF(theme.font(1.0, QFont.Weight.DemiBold))
        room = theme.px(18)
        for at, column in enumerate(self.model.columns):
            number = "1,000,000" if column.digits is None else "\u22120." + "0" * column.digits
            widest = max(
                metrics.horizontalAdvance(text) for text in (column.name, number, "\u22121.23e+10")
            )
            self.table.setColumnWidth(at, math.ceil(widest) + room)
