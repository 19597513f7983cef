"""A button that says how many weights are shown, and a small sheet to choose others."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.session.weight_choice import MAX_CHOSEN, WeightChoice
from gui.widgets.buttons import make_quiet
from model.door import mark, say

_HELP = mark("Letters (a c f), a run (a-f), an input or an output.")
_CHOICES = (
    (mark("First six"), mark("Show the first six weights")),
    (mark("Steepest now"), mark("Show the six along which the error is steepest right now")),
    (mark("All"), mark("Show every weight")),
)
_MANY = 99_999


class WeightChooser(QToolButton):
    """Opens the sheet. Hidden where there is hardly anything to choose."""

    _FEWEST = 4

    def __init__(self, choice: WeightChoice, parent: QWidget) -> None:
        super().__init__(parent)
        self._choice = choice
        self._sheet: _Sheet | None = None
        make_quiet(self, say("Choose the weights that the plots show"))
        self.clicked.connect(self.open_sheet)
        choice.changed.connect(self._refresh)
        self._refresh()

    @property
    def sheet(self) -> QWidget | None:
        """The open sheet, if there is one."""
        return self._sheet

    @Slot()
    def open_sheet(self) -> None:
        """Show the sheet under the button, ready to type."""
        if self._sheet is None:
            self._sheet = _Sheet(self._choice, self)
        self._sheet.adjustSize()
        corner = self.mapToGlobal(QPoint(self.width(), self.height() + 2))
        self._sheet.move(corner - QPoint(self._sheet.width(), 0))
        self._sheet.prepare()
        self._sheet.show()

    @Slot()
    def _refresh(self) -> None:
        shown, total = len(self._choice.cells), self._choice.total
        if shown == total:
            self.setText(say("all {total} ▾", total=total))
        elif total > _MANY:
            # The number would take the room of other panels.
            self.setText(say("{shown} weights ▾", shown=shown))
        else:
            self.setText(say("{shown} of {total:,} weights ▾", shown=shown, total=total))
        self.setVisible(total >= self._FEWEST)


class _Sheet(QFrame):
    """A line to type letters in, and the usual choices as buttons."""

    def __init__(self, choice: WeightChoice, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._choice = choice
        self.setObjectName("panel")
        self.line = QLineEdit()
        self.line.setAccessibleName(say("Weights to show"))
        self.line.setMaxLength(200)
        self.says = QLabel()
        self.says.setObjectName("muted")
        self.says.setWordWrap(True)
        self.says.setMinimumWidth(look.theme.px(270))
        first, steepest, every = (self._button(say(text), say(tip)) for text, tip in _CHOICES)
        first.clicked.connect(self._first)
        steepest.clicked.connect(self._steepest)
        every.clicked.connect(self._all)
        every.setVisible(choice.total <= MAX_CHOSEN)
        self._all_button = every
        buttons = QHBoxLayout()
        for button in (first, steepest, every):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.theme.px(12),) * 4)
        column.setSpacing(look.theme.px(8))
        column.addWidget(self.line)
        column.addWidget(self.says)
        column.addLayout(buttons)
        self.line.returnPressed.connect(self._typed)

    def prepare(self) -> None:
        """Show what is chosen now."""
        self._all_button.setVisible(self._choice.total <= MAX_CHOSEN)
        self.line.setText(self._choice.letters)
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._say(say(_HELP))

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _say(self, text: str) -> None:
        self.says.setText(text)
        self.line.setAccessibleDescription(text)

    @Slot()
    def _typed(self) -> None:
        try:
            self._choice.choose_text(self.line.text())
        except ValueError as error:
            sentence = str(error)
            self._say(sentence[:1].upper() + sentence[1:] + ".")
            self.line.selectAll()
        else:
            self.close()

    @Slot()
    def _first(self) -> None:
        self._choice.choose_first()
        self.close()

    @Slot()
    def _steepest(self) -> None:
        self._choice.choose_steepest()
        self.close()

    @Slot()
    def _all(self) -> None:
        self._choice.choose_all()
        self.close()
