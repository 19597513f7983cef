"""All examples in one table: to be typed, pasted, and held against the weights of the moment."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.all_examples.actions import TableActions
from gui.panels.all_examples.controls import Controls
from gui.panels.all_examples.rows import AllExamples
from gui.panels.all_examples.table import ExampleTable
from gui.panels.following import Following
from gui.session import Session
from gui.widgets.buttons import ToolsRow
from gui.widgets.text_line import TextLine
from model.door import say
from model.words import numbers

# A second, while running; more of them nobody could read.
_FRAMES = 8.0
# Room that the note keeps beside the buttons, in 13 pixel type; without it they go above the table.
_NOTE = 120
# Headings of more columns are not measured one by one.
_MAX_MEASURED = 200


class AllExamplesPanel(QWidget):
    """A table that follows the moment: inputs, targets, pred and error of every example."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = AllExamples(session, self)
        self.table = ExampleTable(self.model, self)
        self.table.setAccessibleName(
            say("All examples: inputs and targets to be typed, pred and error of each at this step")
        )
        self.actions_of_table = TableActions(session, self.model, self.table)
        self.controls = Controls(session, self.actions_of_table, self)
        self.note = TextLine(Qt.AlignmentFlag.AlignRight)
        # Where the current cell was, to be there again in another form of the experiment.
        self._place: tuple[int, int] | None = None
        self._lay_out()
        self._following = Following(
            session, self, self._refresh, rebuild=self._rebuild, forget=self._forget,
            describe=self._describe, frames=_FRAMES,
        )  # fmt: skip
        self.table.selectionModel().currentChanged.connect(self._show_note)
        look.follow(self, self._restyle)
        self._restyle()

    def _lay_out(self) -> None:
        self._row = ToolsRow(self.controls.widgets, self, self.note, _NOTE)
        self.tools = self._row.beside
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self._row.above)
        column.addWidget(self.table, 1)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self.controls.tab_stops, self.table]

    @property
    def summary(self) -> str:
        """The worst example and the mean over those that are looked at, in words."""
        errors = self.model.errors
        if any(math.isnan(error) for error in errors):
            return say("which example is the worst is hidden for now")
        worst = max(range(len(errors)), key=errors.__getitem__)
        words = {
            "number": worst + 1,
            "worst": numbers.short(errors[worst], 6),
            "mean": numbers.short(sum(errors) / len(errors), 6),
            "shown": len(errors),
        }
        if len(errors) < len(self._session.state.setup.examples):
            return say(
                "worst of the first {shown:,}: example {number:,}, error {worst} · mean {mean}",
                **words,
            )
        if len(self._session.experiment.outputs) > 1:
            return say(
                "worst: example {number:,}, mean error {worst} · mean of all {mean}", **words
            )
        return say("worst: example {number:,}, error {worst} · mean of all {mean}", **words)

    def copy(self) -> None:
        """Copy the whole table as text."""
        self.actions_of_table.copy_all()

    # -- following the session ---------------------------------------------------------------

    def _forget(self) -> None:
        current = self.table.currentIndex()
        if current.isValid():
            self._place = current.row(), current.column()
        self.model.clear()

    def _rebuild(self) -> None:
        self.model.rebuild()
        self._set_widths()
        if self._place is not None:
            self.table.go_to(*self._place)

    def _refresh(self) -> None:
        before = self.model.now
        self.model.follow()
        self.controls.refresh()
        self._show_note()
        now = self.model.now
        # Who works in the table is not taken away from there.
        if now is not None and now != before and not self._is_worked_in:
            self.table.scrollTo(self.model.index(now, max(0, self.table.columnAt(0))))

    @property
    def _is_worked_in(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and (focus is self.table or self.table.isAncestorOf(focus))

    @Slot()
    def _show_note(self) -> None:
        """Say which example is the worst; of a scaled number, what the network is given."""
        current = self.table.currentIndex()
        given = None
        if current.isValid() and self.model.rowCount():
            given = self.model.given(current.row(), current.column())
        if given is None:
            self.note.set_text(self.summary)
            return
        self.note.set_text(
            say("{name} {raw} is given as {given} · {summary}",
                name=self.model.name(current.column()),
                raw=numbers.plain(self.model.value(current.row(), current.column())),
                given=numbers.short(given), summary=self.summary)
        )  # fmt: skip

    def _describe(self) -> None:
        step = say("step {step:,}", step=self._session.playback.position)
        self.table.setAccessibleDescription(
            say("{step}; {summary}", step=step, summary=self.summary)
        )

    # -- how it lies -------------------------------------------------------------------------

    def _set_widths(self) -> None:
        """Room in each column for its heading and for a number of any size."""
        metrics = QFontMetricsF(look.theme.font(1.0, QFont.Weight.DemiBold))
        room, number = look.theme.px(22), metrics.horizontalAdvance("\u22121.00e\u221215")
        self.table.horizontalHeader().setDefaultSectionSize(round(number + room))
        for column in range(min(self.model.columnCount(), _MAX_MEASURED)):
            heading = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            wide = max(metrics.horizontalAdvance(heading), number) + room
            self.table.setColumnWidth(column, round(wide))

    @Slot()
    def _restyle(self) -> None:
        self._row.set_spaces(0, 16, 4)
        self.table.restyle()
        self.controls.restyle()
        self._set_widths()
