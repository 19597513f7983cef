"""Fields for weights to begin with: which kind, how large, and the seed of random ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from gui.look.theme import look
from gui.widgets.buttons import quiet_button
from gui.widgets.choice_box import ChoiceBox
from model.door import mark, say
from model.starting.weights import RANDOM, StartKind, StartWeights
from model.words import numbers

_KIND_WORDS: dict[StartKind, str] = {
    "zeros": mark("all 0"), "value": mark("all the same"), "even": mark("random, even"),
    "normal": mark("random, normal"),
}  # fmt: skip
# Beside the field, and in full.
_AMOUNT_WORDS: dict[StartKind, tuple[str, str]] = {
    "value": (mark("value"), mark("Value of every weight")),
    "even": ("±", mark("How far from 0 a weight may be, on both sides")),
    "normal": ("σ", mark("Standard deviation of the weights, whose mean is 0")),
}
_SHORT, _SEED = 70, 60


class StartFields(QWidget):
    """A row of fields; what is in them is read by whoever shows them.

    Signals
    -------
    changed : something else is chosen or typed
    """

    changed = Signal()

    def __init__(self, kinds: Sequence[StartKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.theme.px
        self.kind_box = ChoiceBox(say("Weights"), say("What the weights begin with"))
        self.kind_box.offer((kind, say(_KIND_WORDS[kind])) for kind in kinds)
        self.kind_box.setVisible(len(kinds) > 1)
        self.amount_label, self.seed_label = QLabel(), QLabel(say("see&d"))
        self.amount, self.seed = QLineEdit("0.1"), QLineEdit("0")
        self.amount_label.setBuddy(self.amount)
        self.seed_label.setBuddy(self.seed)
        self.seed.setAccessibleName(say("Seed of the random weights"))
        self.amount.setFixedWidth(px(_SHORT))
        self.seed.setFixedWidth(px(_SEED))
        self.next_button = quiet_button(say("Next"), say("Take the next seed: other numbers"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        for widget in (
            self.kind_box, self.amount_label, self.amount, self.seed_label, self.seed,
            self.next_button,
        ):  # fmt: skip
            row.addWidget(widget)
        row.addStretch(1)
        self.kind_box.currentIndexChanged.connect(self._choose)
        self.amount.textEdited.connect(self.changed)
        self.seed.textEdited.connect(self.changed)
        self.next_button.clicked.connect(self._take_next)
        self._choose()

    @property
    def kind(self) -> StartKind:
        """The kind that is chosen."""
        kind: StartKind = self.kind_box.currentData()
        return kind

    def show_start(self, start: StartWeights) -> None:
        """Show what is offered."""
        self.kind_box.choose(start.kind)
        self.amount.setText(numbers.exact(start.amount))
        self.seed.setText(str(start.seed))

    @Slot()
    def _choose(self) -> None:
        """Show the fields that the kind asks for."""
        kind = self.kind
        sized, seeded = kind in _AMOUNT_WORDS, kind in RANDOM
        if sized:
            short, whole = _AMOUNT_WORDS[kind]
            self.amount_label.setText(say(short))
            self.amount.setAccessibleName(say(whole))
            self.amount.setToolTip(say(whole))
        for widget, shown in (
            (self.amount_label, sized), (self.amount, sized), (self.seed_label, seeded),
            (self.seed, seeded), (self.next_button, seeded),
        ):  # fmt: skip
            widget.setVisible(shown)
        self.changed.emit()

    @Slot()
    def _take_next(self) -> None:
        """The seed after the one that stands there; from 0 where that is none."""
        text = self.seed.text().strip()
        self.seed.setText(str(int(text) + 1) if text.isascii() and text.isdigit() else "0")
        self.changed.emit()
