"""The row of buttons that says what the image on the bench is."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.look.styling import set_state
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.choice_box import ChoiceBox
from model.door import say

_MAX_BUTTONS = 12
_MAX_NAME_LETTERS = 2


class TargetRow(QWidget):
    """A button for each output; the one that is down is the one that ought to be 1.

    Where outputs are too many to stand beside each other, or have long names, a list of them.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._choose)
        self._label = QLabel(say("this is a"))
        self._label.setObjectName("muted")
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self._label)
        self._row = QHBoxLayout()
        self._row.setSpacing(1)
        column.addLayout(self._row)
        self.choice = ChoiceBox(
            say("This is a"), say("Make it the target: 1, and 0 for all others")
        )
        self.choice.setSizeAdjustPolicy(
            ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setPlaceholderText(say("choose what it is"))
        self.choice.activated.connect(self._choose)
        column.addWidget(self.choice)

    @property
    def buttons(self) -> list[QToolButton]:
        """A button for each output, in their order."""
        return [button for button in self._group.buttons() if isinstance(button, QToolButton)]

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self.buttons] or [self.choice]

    def rebuild(self) -> None:
        """Make a button for each output of another experiment, or list them."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        names = self._session.experiment.outputs
        self.choice.clear()
        short = all(len(name) <= _MAX_NAME_LETTERS for name in names)
        in_list = len(names) > _MAX_BUTTONS or not short
        self.choice.setVisible(in_list)
        if in_list:
            self.choice.addItems(names)
            self.choice.setCurrentIndex(-1)
            return
        for place, name in enumerate(names):
            button = quiet_button(
                name,
                say("Make {name} the target: 1, and 0 for all others", name=name),
                say("this is a {name}", name=name),
                checkable=True,
            )
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button, place)
            self._row.addWidget(button, 1)

    def refresh(self) -> None:
        """Press the button of the target, if there is one."""
        # After Learn alone the image of the step before is in sight, which is made.
        self.setEnabled(not self._session.playback.learned)
        # While a label is asked for, what would give one is lit.
        asking = not self._session.seen.is_labelled
        set_state(self, "asking", asking, self.buttons)
        chosen = self._chosen()
        if not self._group.buttons():
            self.choice.setCurrentIndex(chosen)
            return
        checked = self._group.checkedId()
        if chosen == checked:
            return
        # An exclusive group lets none of its buttons up, and a target may be no class at all.
        self._group.setExclusive(False)
        if checked >= 0:
            self._group.button(checked).setChecked(False)
        if chosen >= 0:
            self._group.button(chosen).setChecked(True)
        self._group.setExclusive(True)

    def _chosen(self) -> int:
        """The output whose target is 1 while all others are 0; -1 if there is none."""
        if not self._session.seen.is_labelled:
            return -1
        target = self._session.seen.target
        largest = int(np.argmax(target))
        one_hot = target[largest] == 1 and np.count_nonzero(target) == 1
        return largest if one_hot else -1

    @Slot(int)
    def _choose(self, output: int) -> None:
        self._session.playback.pause()
        if output != self._chosen():
            self._session.edits.set_label(output)
        # A refused one must not stay pressed.
        self.refresh()
