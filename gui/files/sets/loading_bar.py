"""What is being read, how far it is, and a button to give it up."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from gui.look.theme import look
from gui.widgets.text_line import TextLine
from model.door import say

_PARTS = 1000


class LoadingBar(QWidget):
    """A line in the status bar.

    Signals
    -------
    cancelled : the person wants it no more
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = TextLine()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(say("How much has been read"))
        self.cancel_button = QPushButton(say("Cancel"))
        self.cancel_button.setToolTip(say("Read no more of it, and keep what is on the bench"))
        self.cancel_button.clicked.connect(self.cancelled)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.progress)
        self._row.addWidget(self.cancel_button)
        look.follow(self, self._restyle)
        self._restyle()

    def begin(self) -> None:
        """Something is read from now on."""
        self.text.set_text(say("Reading images…"))
        self.progress.setRange(0, 0)

    @Slot(object, object)
    def show_progress(self, n: int, of: int) -> None:
        """So much of it has been read."""
        # In parts of the whole: no number of bytes is too large for the bar then.
        self.progress.setRange(0, _PARTS)
        self.progress.setValue(min(_PARTS, n * _PARTS // max(1, of)))
        share = min(100, n * 100 // max(1, of))
        self.text.set_text(say("Reading images… {share} %", share=share))

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._row.setContentsMargins(px(12), px(2), px(12), px(2))
        self._row.setSpacing(px(10))
        self.progress.setFixedWidth(px(160))
