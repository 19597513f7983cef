"""Every image is a list of numbers: the pixels of the image on the bench, written out."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.pixel_values.grid import NumberGrid
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.text_line import TextLine
from model.door import say

# From this width on the words stand beside the buttons, else above them.
_WIDE = 620


class NumbersView(QWidget):
    """The table of pixel values with its zoom, and the number that is pointed at in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.grid = NumberGrid(session)
        self.readout = TextLine()
        self.smaller = quiet_button("−", say("Smaller cells (Ctrl and wheel down)"))
        self.larger = quiet_button("+", say("Larger cells (Ctrl and wheel up)"))
        self.fit = quiet_button(say("Fit"), say("The whole image"))
        self.whole_numbers = quiet_button("", say("The whole numbers of the file"), checkable=True)
        self.values = quiet_button("0–1", say("The values that the network sees"), checkable=True)
        self._scale_choice = QButtonGroup(self)
        for button in (self.whole_numbers, self.values):
            self._scale_choice.addButton(button)
        self.whole_numbers.setChecked(True)
        self._lay_out()
        self.smaller.clicked.connect(self.grid.zoom_out)
        self.larger.clicked.connect(self.grid.zoom_in)
        self.fit.clicked.connect(self.grid.fit)
        self.values.toggled.connect(self.grid.show_as_values)
        self._following = Following(session, self, self._refresh, self._rebuild, self._describe)
        self.grid.chosen.connect(self._following.look_again)
        self.grid.zoomed.connect(self._show_zoom)
        session.view.changed.connect(self._look_changed)
        look.follow(self, self._restyle)
        self._restyle()
        self._following.catch_up()

    def _lay_out(self) -> None:
        self._tools = QHBoxLayout()
        for button in (self.whole_numbers, self.values, self.smaller, self.larger, self.fit):
            self._tools.addWidget(button)
        self._tools.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addWidget(self.readout, 1)
        self._top.addLayout(self._tools)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addWidget(self.grid, 1)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [
            self.whole_numbers, self.values, self.smaller, self.larger, self.fit, self.grid
        ]  # fmt: skip

    def copy(self) -> None:
        """Put the numbers on the clipboard as tab-separated text."""
        self.grid.copy()

    @Slot(str)
    def _look_changed(self, name: str) -> None:
        if name == "pixel" and self._following.in_sight:
            self.grid.follow_pixel()
            self._following.look_again()

    def _rebuild(self) -> None:
        self.grid.begin()
        self.whole_numbers.setText(f"0–{self.grid.levels}")
        self._show_zoom()

    def _refresh(self) -> None:
        self.grid.refresh()
        looked_at = self.grid.describe()
        count = len(self._session.experiment.inputs)
        hint = say("{n:,} numbers · click one and type to change it", n=count)
        self.readout.set_text(looked_at or hint)

    def _describe(self) -> None:
        self.grid.setAccessibleDescription(self.grid.describe())

    @Slot()
    def _show_zoom(self) -> None:
        low, high = self.grid.zoom_limits
        self.smaller.setEnabled(self.grid.cell > low)
        self.larger.setEnabled(self.grid.cell < high)

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(10), px(4), px(10), px(8))
        self._column.setSpacing(px(4))
        self._top.setSpacing(px(2))
        self._tools.setSpacing(px(2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= look.theme.px(_WIDE)
        directions = QBoxLayout.Direction
        self._top.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
