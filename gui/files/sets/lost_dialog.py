"""Asks where the pictures of a saved experiment are now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton, QWidget

from gui.look import dialog_parts
from gui.look.theme import look
from gui.look.wrapping import WrappingRow
from model.door import say
from model.errors import LostSet


class LostDialog(QDialog):
    """Choose where they are, or take those that are there as they are.

    After it was accepted, ``located`` is where the person says they are, None for where they were,
    and ``anyway`` whether those there are taken although they are others.
    """

    def __init__(self, lost: LostSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Where are the pictures?"))
        self._origin = lost.origin
        self.located: Path | None = None
        self.anyway = False
        heading = dialog_parts.heading(
            say("Other pictures are there now") if lost.changed else say("Where are the pictures?")
        )
        self.message = QLabel(f"{lost}.")
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.choose_button = QPushButton(say("&Choose where they are…"))
        dialog_parts.make_primary(self.choose_button)
        self.choose_button.clicked.connect(self._choose)
        self.anyway_button = QPushButton(say("&Take these as they are"))
        self.anyway_button.setVisible(lost.changed)
        self.anyway_button.clicked.connect(self._take)
        self.cancel_button = QPushButton(say("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        column = dialog_parts.column(self)
        column.addWidget(heading)
        column.addWidget(self.message)
        column.addWidget(WrappingRow((self.cancel_button, self.anyway_button, self.choose_button)))
        # At the least; what it holds may ask for more.
        column.addStrut(look.theme.dialog_width)
        self.choose_button.setFocus()

    @Slot()
    def _choose(self) -> None:
        beginning = self._origin.path.parent
        begin = str(beginning if beginning.is_dir() else Path.home())
        title = say("Where the pictures are")
        if self._origin.kind == "folder":
            chosen = QFileDialog.getExistingDirectory(self, title, begin)
        else:
            chosen, _ = QFileDialog.getOpenFileName(self, title, begin)
        if chosen:
            self.take(Path(chosen))

    def take(self, located: Path) -> None:
        """Accept that they are there."""
        self.located = located
        self.accept()

    @Slot()
    def _take(self) -> None:
        self.located, self.anyway = self._origin.path, True
        self.accept()
