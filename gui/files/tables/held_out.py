"""Asks how many rows of a table are never learned from, and for the seed of their draw."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSpinBox

from model.door import say

# Percent; and as large as the command line takes a seed.
_MAX_PERCENT, _STEP = 90, 10
_MAX_SEED = 999_999_999


class HeldOutFields(QObject):
    """Two fields in a row of a grid.

    Signals
    -------
    changed : another share, or another draw, is wanted
    """

    changed = Signal()

    def __init__(self, grid: QGridLayout, row: int, parent: QObject) -> None:
        super().__init__(parent)
        self.percent = QSpinBox(maximum=_MAX_PERCENT, singleStep=_STEP, suffix=" %")
        self.percent.setSpecialValueText(say("none"))
        self.percent.setAccessibleName(say("Rows held out"))
        self.percent.setToolTip(
            say("So many of the rows, drawn at random, are never learned from: they show how good "
                "the network is on what it has not seen")
        )  # fmt: skip
        self.draw = QSpinBox(maximum=_MAX_SEED)
        self.draw.setAccessibleName(say("Seed of the draw"))
        self.draw.setToolTip(say("The same seed holds out the same rows"))
        self.draw.setEnabled(False)
        for column, box in ((0, self.percent), (2, self.draw)):
            grid.addWidget(QLabel(box.accessibleName()), row, column)
            grid.addWidget(box, row, column + 1)
        self.percent.valueChanged.connect(self._follow)
        self.draw.valueChanged.connect(self.changed)

    @property
    def share(self) -> float:
        """The share of the rows, from 0 and below 1."""
        return self.percent.value() / 100

    @property
    def seed(self) -> int:
        """The seed of the draw."""
        return self.draw.value()

    @Slot(int)
    def _follow(self, percent: int) -> None:
        """There is nothing to draw where nothing is held out."""
        self.draw.setEnabled(percent > 0)
        self.changed.emit()
