"""The sheet of keys, made from the same table as the menus, and the words about the app."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.files.version import version_number
from gui.look.theme import look
from model.door import say

Rows = Sequence[tuple[str, str]]


class ShortcutSheet(QDialog):
    """All keys on one page: sections of (keys, what they do), each under its heading."""

    def __init__(self, sections: Mapping[str, Rows], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Shortcuts"))
        grid_holder = QWidget()
        grid = QGridLayout(grid_holder)
        grid.setHorizontalSpacing(look.theme.px(18))
        grid.setColumnStretch(1, 1)
        for heading, rows in sections.items():
            _add_section(grid, heading, rows)
        scroll = QScrollArea()
        scroll.setWidget(grid_holder)
        scroll.setWidgetResizable(True)
        bar = scroll.verticalScrollBar().sizeHint().width() + 2 * scroll.frameWidth()
        wide = grid_holder.minimumSizeHint().width() + bar
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        around = column.contentsMargins()
        if parent is not None:
            wide = min(wide, parent.width() - around.left() - around.right())
        scroll.setMinimumWidth(wide)
        column.addWidget(scroll)
        column.addWidget(buttons)
        wanted = QSize(look.theme.px(560), look.theme.px(620))
        self.resize(wanted if parent is None else wanted.boundedTo(parent.size()))


def about_text() -> str:
    """A few words about the application, its version, and whose work it is made of."""
    own = say(
        "MIT licence. The typeface is Inter, under the SIL Open Font License. The digits of 8 x 8 "
        "pixels are by E. Alpaydin and C. Kaynak, under CC BY 4.0."
    )
    made_of = say(
        "Made with Qt and PySide6 (LGPL 3), NumPy and pooch (BSD), pyqtgraph and platformdirs "
        "(MIT), and Requests (Apache 2.0)."
    )
    paragraphs = [
        say("Weightbench {version}", version=version_number()),
        say("A bench for watching gradient descent work, one weight at a time."),
        own,
        made_of,
    ]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        folder = Path(bundle, "licences")
        paragraphs.append(say("The licences of all that is in it: {folder}", folder=folder))
    return "\n\n".join(paragraphs)


def _add_section(grid: QGridLayout, heading: str, rows: Rows) -> None:
    label = QLabel(heading)
    label.setFont(look.theme.font(1.0, QFont.Weight.DemiBold))
    label.setContentsMargins(0, look.theme.px(8), 0, 0)
    grid.addWidget(label, grid.rowCount(), 0, 1, 2)
    for keys, words in rows:
        row = grid.rowCount()
        key_label = QLabel(keys)
        key_label.setObjectName("muted")
        grid.addWidget(key_label, row, 0)
        grid.addWidget(QLabel(words), row, 1)
