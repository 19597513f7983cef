"""All examples in one table: whether a step that is good for one of them is good for all."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.panels.all_examples.rows import AllExamples
from gui.panels.following import Following
from gui.session import Session
from gui.widgets.long_table import LongTable
from model.door import say
from model.words import numbers

# A second, while running; more of them nobody could read.
_FRAMES = 8.0


class AllExamplesPanel(QWidget):
    """A table that follows the moment: target, pred and error of every example."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = AllExamples(session, self)
        self.table = LongTable(self)
        self.table.setObjectName("cells")
        self.table.setModel(self.model)
        self.table.setAccessibleName(say("All examples: pred and error of each at this step"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.note = QLabel()
        self.note.setObjectName("muted")
        # In a widget of its own, which may stand beside the tabs.
        self.tools = QWidget(self)
        beside = QHBoxLayout(self.tools)
        beside.setContentsMargins(0, 0, look.theme.px(16), 0)
        beside.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.table, 1)
        self._following = Following(
            session, self, self._refresh, rebuild=self._rebuild, forget=self.model.clear,
            describe=self._describe, frames=_FRAMES,
        )  # fmt: skip
        look.changed.connect(self._restyle)
        self._restyle()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.table]

    @property
    def summary(self) -> str:
        """The worst example and the mean over those that have rows, in words."""
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

    def _rebuild(self) -> None:
        self.model.rebuild()
        self._set_widths()

    def _refresh(self) -> None:
        self.model.follow()
        self.note.setText(self.summary)
        now = self.model.now
        if now is not None:
            self.table.scrollTo(self.model.index(now, 0))

    def _describe(self) -> None:
        step = say("step {step:,}", step=self._session.playback.position)
        self.table.setAccessibleDescription(
            say("{step}; {summary}", step=step, summary=self.summary)
        )

    def _set_widths(self) -> None:
        """Room in each column for its heading and for a number of any size."""
        metrics = QFontMetricsF(look.theme.font(1.0, QFont.Weight.DemiBold))
        for column in range(self.model.columnCount()):
            heading = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            widest = max(heading, "\u22121.00e\u221215", key=metrics.horizontalAdvance)
            wide = metrics.horizontalAdvance(widest) + look.theme.px(22)
            self.table.setColumnWidth(column, round(wide))

    @Slot()
    def _restyle(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(look.theme.px(20))
        self._set_widths()
