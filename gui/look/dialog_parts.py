"""What every dialog of one's own has: a heading, a column of all else, and the buttons below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.look.theme import look


def heading(text: str) -> QLabel:
    """What the dialog asks, in larger type; a text from outside is shown as it is."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(look.theme.font(1.2, QFont.Weight.DemiBold))
    return label


def column(dialog: QDialog) -> QVBoxLayout:
    """The layout of the dialog, from its heading down to its buttons."""
    px = look.theme.px
    made = QVBoxLayout(dialog)
    made.setContentsMargins(px(22), px(20), px(22), px(18))
    made.setSpacing(px(12))
    return made


def make_primary(button: QPushButton) -> None:
    """Have Enter press this button, and let it be seen."""
    button.setObjectName("primary")
    button.setDefault(True)


def answers(*buttons: QPushButton, beside: QWidget | None = None) -> QHBoxLayout:
    """The buttons at the right, the one that Enter presses as the last; ``beside`` stands left."""
    row = QHBoxLayout()
    if beside is None:
        row.addStretch(1)
    else:
        row.addWidget(beside, 1)
    for button in buttons:
        row.addWidget(button)
    make_primary(buttons[-1])
    return row
