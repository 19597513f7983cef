"""Asks for the values of all weights at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.making.start_fields import StartFields
from gui.widgets.text_line import TextLine
from model.door import say
from model.starting.weights import RANDOM, StartKind, StartWeights, amount_of, seed_of


class FillDialog(QDialog):
    """After it was accepted, ``chosen`` is how the weights are to be made.

    Parameters
    ----------
    title : str
        What is asked.
    kinds : sequence of str
        Which kinds of weights can be chosen.
    offered : StartWeights
        What stands there to begin with.
    """

    def __init__(
        self,
        title: str,
        kinds: Sequence[StartKind],
        offered: StartWeights,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.chosen: StartWeights | None = None
        px = look.theme.px
        heading = QLabel(title)
        heading.setFont(look.theme.font(1.2, QFont.Weight.DemiBold))
        self.fields = StartFields(kinds)
        self.fields.show_start(offered)
        self.status = TextLine(lines=2)
        self.apply_button = QPushButton(say("&Apply"))
        self.apply_button.setObjectName("primary")
        self.apply_button.setDefault(True)
        self.apply_button.clicked.connect(self.accept)
        cancel = QPushButton(say("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.apply_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(20), px(22), px(18))
        column.setSpacing(px(12))
        for widget in (heading, self.fields, self.status):
            column.addWidget(widget)
        column.addLayout(buttons)
        # At the least; what it holds may ask for more.
        column.addStrut(look.theme.dialog_width)
        self.fields.changed.connect(self._read)
        self._read()
        self.fields.amount.setFocus()
        self.fields.amount.selectAll()

    @Slot()
    def _read(self) -> None:
        """See what was typed; what is wrong with it is said, and why it cannot be applied."""
        kind = self.fields.kind
        try:
            seed = seed_of(self.fields.seed.text()) if kind in RANDOM else 0
            self.chosen = StartWeights(kind, amount_of(self.fields.amount.text(), kind), seed)
        except ValueError as error:
            self.chosen = None
            self.status.set_text(str(error))
        else:
            self.status.set_text(
                say("The same seed gives the same weights again, whenever it is typed.")
                if kind in RANDOM
                else say("Frozen weights are set, too. One undo takes it back.")
            )
        self.status.set_role("muted" if self.chosen is not None else "diverges")
        self.apply_button.setEnabled(self.chosen is not None)
