"""Asks what is to be done about pictures that are not as a network needs them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLabel,
    QPushButton,
    QWidget,
)

from gui.files.sets.sample import row_of
from gui.look import dialog_parts
from gui.look.theme import look
from model.door import say
from model.files.survey.oddities import OddDigits, Repair, repaired_images


class RepairDialog(QDialog):
    """Offers each repair that the pictures need, and shows what becomes of the first of them.

    After it was accepted, ``repair`` is what was decided.
    """

    def __init__(self, odd: OddDigits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Pictures to be put right"))
        self._odd = odd
        heading = dialog_parts.heading(say("How shall these pictures be read?"))
        self.message = QLabel(str(odd))
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.boxes: dict[str, QCheckBox] = {}
        for name, sentence in odd.repair.offers:
            box = QCheckBox(sentence)
            box.setChecked(True)
            box.toggled.connect(self._show_sample)
            self.boxes[name] = box
        self.sample = QLabel()
        self.sample.setAccessibleName(say("The first images, as they will be read"))
        self.open_button = QPushButton(say("&Open"))
        self.open_button.clicked.connect(self.accept)
        self.cancel_button = QPushButton(say("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        buttons = dialog_parts.answers(self.cancel_button, self.open_button)
        column = dialog_parts.column(self)
        column.addWidget(heading)
        column.addWidget(self.message)
        for box in self.boxes.values():
            column.addWidget(box)
        column.addWidget(self.sample)
        column.addLayout(buttons)
        # At the least; what it holds may ask for more.
        column.addStrut(look.theme.dialog_width)
        self.message.setMinimumHeight(self.message.heightForWidth(look.theme.dialog_width))
        self._show_sample()

    @property
    def repair(self) -> Repair:
        """What is ticked."""
        nothing = Repair()
        undone = {n: getattr(nothing, n) for n, box in self.boxes.items() if not box.isChecked()}
        return replace(self._odd.repair, **undone)

    @Slot()
    def _show_sample(self) -> None:
        self.sample.setPixmap(
            row_of(
                np.divide(repaired_images(self._odd.sample, self.repair), 255.0),
                self.devicePixelRatioF(),
            )
        )
