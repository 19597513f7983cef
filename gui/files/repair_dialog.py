"""Asks what is to be done about digits that are not as MNIST's are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.widgets.thumbnails import Thumbnails
from model.door import say
from model.files.survey.oddities import OddDigits, Repair, repaired_images

_SIDE = 48
_GAP = 4


class RepairDialog(QDialog):
    """Offers each repair that the digits need, and shows what becomes of the first of them.

    After it was accepted, ``repair`` is what was decided.
    """

    def __init__(self, odd: OddDigits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Digits that are not MNIST's"))
        self._odd = odd
        heading = QLabel(say("How shall these digits be read?"))
        heading.setFont(look.theme.font(1.2, QFont.Weight.DemiBold))
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
        self.open_button.setObjectName("primary")
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self.accept)
        self.cancel_button = QPushButton(say("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self.message)
        for box in self.boxes.values():
            column.addWidget(box)
        column.addWidget(self.sample)
        column.addLayout(buttons)
        self.setMinimumWidth(look.theme.dialog_width)
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
            _row(repaired_images(self._odd.sample, self.repair), self.devicePixelRatioF())
        )


def _row(images: NDArray[np.uint8], ratio: float) -> QPixmap:
    """Images (n, rows, cols) side by side, as many as a dialog has room for."""
    side, gap = look.theme.px(_SIDE), look.theme.px(_GAP)
    images = images[: look.theme.dialog_width // (side + gap)]
    row = QPixmap(round((len(images) * (side + gap) - gap) * ratio), round(side * ratio))
    row.setDevicePixelRatio(ratio)
    row.fill(Qt.GlobalColor.transparent)
    thumbnails = Thumbnails()
    painter = QPainter(row)
    for at, image in enumerate(images):
        picture = thumbnails.picture(at, np.divide(image, 255.0), side, ratio)
        painter.drawPixmap(at * (side + gap), 0, picture)
    painter.end()
    return row
