"""Asks for the values of all weights at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from gui.look import dialog_parts
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
        heading = dialog_parts.heading(title)
        self.fields = StartFields(kinds)
        self.fields.show_start(offered)
        self.status = TextLine(lines=2)
        self.apply_button = QPushButton(say("&Apply"))
        self.apply_button.clicked.connect(self.accept)
        cancel = QPushButton(say("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = dialog_parts.answers(cancel, self.apply_button)
        column = dialog_parts.column(self)
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
