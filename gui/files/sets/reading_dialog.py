"""Asks how the pictures on the bench are read: turned, inverted, and how many are held out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from gui.files.sets.sample import row_of
from gui.look import dialog_parts
from gui.look.styling import give_sheet
from gui.look.theme import look
from gui.widgets.choice_box import ChoiceBox
from model.digits import DigitSet, Origin
from model.door import mark, say
from model.network import Floats

_SAMPLE = 20
_EXCHANGED = 4
_MAX_PERCENT = 90
_MAX_SEED = 999_999_999
_TURNS = (
    mark("as they are"),
    mark("a quarter to the left"),
    mark("upside down"),
    mark("a quarter to the right"),
)


class ReadingDialog(QDialog):
    """Shows some of the pictures as they will be read.

    After it was accepted, ``origin`` is how a person wants them.
    """

    def __init__(self, digits: DigitSet, origin: Origin, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("How pictures are read"))
        self._origin = origin
        self._digits = digits
        self._raw = _unread(digits, origin)
        heading = dialog_parts.heading(say("How shall these pictures be read?"))
        self.sample = QLabel()
        self.sample.setAccessibleName(say("Some of the pictures, as they will be read"))
        self.exchanged = QCheckBox(say("&Exchange rows and columns, as EMNIST’s files need"))
        self.exchanged.setChecked(origin.turned >= _EXCHANGED)
        self.quarters = ChoiceBox(say("Turned"), say("How the pictures are turned"))
        self.quarters.offer((number, say(words)) for number, words in enumerate(_TURNS))
        self.quarters.setCurrentIndex(origin.turned % _EXCHANGED)
        self.inverted = QCheckBox(say("&Invert them, so that the ink is light on dark"))
        self.inverted.setChecked(origin.inverted)
        self.share = _spin(say("Held out"), 1, _MAX_PERCENT, round(origin.held_out * 100))
        self.share.setSuffix(" %")
        self.seed = _spin(say("Seed of the choice"), 0, _MAX_SEED, min(origin.seed, _MAX_SEED))
        for widget in (self.share, self.seed):
            widget.setEnabled(digits.held_out_is_chosen)
        self._lay_out(heading)
        for box in (self.exchanged, self.inverted):
            box.toggled.connect(self._show_sample)
        self.quarters.activated.connect(self._show_sample)
        self._show_sample()

    def _lay_out(self, heading: QWidget) -> None:
        px = look.theme.px
        self.open_button = QPushButton(say("&Open"))
        self.open_button.clicked.connect(self.accept)
        self.cancel_button = QPushButton(say("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        buttons = dialog_parts.answers(self.cancel_button, self.open_button)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        for row, box in enumerate((self.quarters, self.share, self.seed)):
            label = QLabel(box.accessibleName())
            label.setBuddy(box)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        if not self._digits.held_out_is_chosen:
            note = QLabel(say("the set has pictures to test with"))
            note.setObjectName("muted")
            note.setWordWrap(True)
            grid.addWidget(note, grid.rowCount(), 0, 1, 3)
            note.setMinimumHeight(note.heightForWidth(look.theme.dialog_width))
        grid.setColumnStretch(2, 1)
        column = dialog_parts.column(self)
        column.addWidget(heading)
        column.addWidget(self.sample)
        column.addWidget(self.exchanged)
        column.addWidget(self.inverted)
        column.addLayout(grid)
        column.addLayout(buttons)
        # At the least; what it holds may ask for more.
        column.addStrut(look.theme.dialog_width)

    @property
    def origin(self) -> Origin:
        """How the pictures are to be read, as is chosen."""
        turned = int(self.quarters.currentData()) + _EXCHANGED * self.exchanged.isChecked()
        share, origin = self.share.value() / 100, self._origin
        if round(origin.held_out * 100) == self.share.value():
            share = origin.held_out
        seed = self.seed.value() if origin.seed <= _MAX_SEED else origin.seed
        return replace(
            origin, turned=turned, inverted=self.inverted.isChecked(), held_out=share, seed=seed
        )

    @Slot()
    def _show_sample(self) -> None:
        wanted = self.origin
        exchanged = wanted.turned >= _EXCHANGED
        images = self._raw.transpose(0, 2, 1) if exchanged else self._raw
        images = np.rot90(images, wanted.turned % _EXCHANGED, (1, 2))
        images = 1.0 - images if wanted.inverted else images
        names = [self._digits.classes[label] for label in self._digits.labels[:_SAMPLE].tolist()]
        self.sample.setPixmap(row_of(np.ascontiguousarray(images), self.devicePixelRatioF(), names))


def _unread(digits: DigitSet, origin: Origin) -> Floats:
    """The first images as they are in their files, (n, rows, cols), from 0 to 1."""
    images = digits.images[:_SAMPLE].reshape(-1, *digits.shape)
    images = np.rot90(images, -(origin.turned % _EXCHANGED), (1, 2))
    images = images.transpose(0, 2, 1) if origin.turned >= _EXCHANGED else images
    unread: Floats = 1.0 - images if origin.inverted else images
    return unread


def _spin(name: str, low: int, high: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setAccessibleName(name)
    box.setRange(low, high)
    box.setValue(value)
    give_sheet(box, f"QSpinBox {{ padding-left: {look.theme.px(6)}px; }}")
    return box
