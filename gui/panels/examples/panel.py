"""All examples at a glance: find one by its digit or number, and go to it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QElapsedTimer, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.panels.examples.strip import ExampleStrip
from gui.session import Session
from gui.widgets.text_line import TextLine
from model.words import numbers

# While running, the strip follows at about this pace; more would only flicker.
_RUNNING_MS = 250
# Buttons are numbered in their group: this one, and digit + 1 for each digit.
_ALL = 0
_MOST_BUTTONS = 12
_ORDERS = {
    "first": "first: every step visits the same example",
    "cycle": "cycle: in this order, round and round",
    "shuffle": "shuffle: every pass in another order",
}


class ExamplesPanel(QWidget):
    """The strip of examples, with buttons for the digits and a field for the number."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._since_drawn = QElapsedTimer()
        self._refusal = ""
        self._refused_at = 0
        self._group = QButtonGroup(self)
        self._go_label = QLabel("go to example")
        self._go_label.setObjectName("muted")
        self.number = QLineEdit()
        self.number.setAccessibleName("Go to example number")
        self._go_label.setBuddy(self.number)
        self.note = TextLine(Qt.AlignmentFlag.AlignRight)
        self.strip = ExampleStrip(session)
        self._lay_out()
        self._connect()
        self._restyle()
        self._opened()

    @property
    def buttons(self) -> list[QToolButton]:
        """ "All" and a button for each digit that has examples."""
        return [button for button in self._group.buttons() if isinstance(button, QToolButton)]

    def _lay_out(self) -> None:
        # A widget of its own, which may stand beside the tabs.
        self.tools = QWidget(self)
        self._header = QHBoxLayout(self.tools)
        self._digits = QHBoxLayout()
        self._digits.setSpacing(1)
        self._header.addLayout(self._digits)
        self._header.addWidget(self._go_label)
        self._header.addWidget(self.number)
        self._header.addWidget(self.note, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.tools)
        self._column.addWidget(self.strip, 1)

    def _connect(self) -> None:
        session = self._session
        session.opened.connect(self._opened)
        session.changed.connect(self._refresh)
        session.playback.running_changed.connect(self.strip.run_began)
        look.changed.connect(self._restyle)
        self._group.idClicked.connect(self._search)
        self.number.returnPressed.connect(self._go)
        self.number.textEdited.connect(self._take_back_refusal)
        self.strip.chosen.connect(self._visit)

    # -- what is shown --------------------------------------------------------------------

    @Slot()
    def _opened(self) -> None:
        digits = self._session.experiment.digits
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._refusal = ""
        self.number.clear()
        self.number.setEnabled(digits is not None)
        if digits is not None:
            self._add_button("All", _ALL, "Show all examples")
            found = np.unique(digits.labels).tolist()
            for digit in found if len(found) <= _MOST_BUTTONS else ():
                self._add_button(str(digit), digit + 1, f"Show only examples labelled {digit}")
            self._group.button(_ALL).setChecked(True)
            self.number.setToolTip(f"A number from 1 to {self._count:,}, then Enter")
        self.strip.forget_pictures()
        self._search(_ALL)
        self._refresh()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self.buttons, self.number, self.strip]

    def _add_button(self, text: str, number: int, tip: str) -> None:
        button = QToolButton(self)
        button.setObjectName("quiet")
        button.setCheckable(True)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        self._group.addButton(button, number)
        self._digits.addWidget(button)

    @property
    def _count(self) -> int:
        return len(self._session.state.setup.examples)

    @Slot()
    def _refresh(self) -> None:
        if not self.isVisible():
            return
        running, state = self._session.playback.running, self._session.state
        if running and self._since_drawn.isValid() and self._since_drawn.elapsed() < _RUNNING_MS:
            return
        self._since_drawn.start()
        if state.step != self._refused_at:
            self._refusal = ""
        self.strip.follow(state.example)
        self._say()
        if not running:
            self.strip.describe()

    def _say(self) -> None:
        if self._refusal:
            self.note.set_text(self._refusal)
            return
        setup = self._session.state.setup
        n = len(setup.examples)
        text = f"{n:,} example{'s' if n > 1 else ''} · {_ORDERS[setup.schedule.order]}"
        edited = len(setup.examples.edited)
        self.note.set_text(f"{text} · {edited:,} edited" if edited else text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    # -- what is asked for ----------------------------------------------------------------

    @Slot(int)
    def _search(self, button: int) -> None:
        digits = self._session.experiment.digits
        if digits is None:
            shown = np.empty(0, dtype=np.intp)
        elif button == _ALL:
            shown = np.arange(len(digits.labels), dtype=np.intp)
        else:
            shown = np.flatnonzero(digits.labels == button - 1)
        self.strip.set_shown(shown)
        self._take_back_refusal()
        if not self._session.playback.running:
            self.strip.describe()

    @Slot()
    def _go(self) -> None:
        """Go to the example whose number was typed, or say what would be one."""
        try:
            number = numbers.parse(self.number.text().replace(",", ""))
        except ValueError:
            number = 0.0
        if not (number.is_integer() and 1 <= number <= self._count):
            self._refused_at = self._session.playback.position
            self._refusal = f"The examples have whole numbers from 1 to {self._count:,}."
            self._say()
            return
        self.number.selectAll()
        self._visit(int(number) - 1)

    @Slot()
    def _take_back_refusal(self) -> None:
        if self._refusal:
            self._refusal = ""
            self._say()

    @Slot(object)
    def _visit(self, example: int) -> None:
        self._session.playback.pause()
        self._take_back_refusal()
        digits = self._session.experiment.digits
        if digits is None:
            return
        if self._group.checkedId() not in (_ALL, digits.labels[example] + 1):
            self._group.button(_ALL).click()
        self._session.edits.visit(example)

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(12), px(4), px(12), px(4))
        self._column.setSpacing(px(4))
        self._header.setContentsMargins(0, 0, 0, 0)
        self._header.setSpacing(px(8))
        self.number.setFixedWidth(px(72))
        padding = f"padding: {px(2)}px {px(5)}px; min-width: {px(9)}px;"
        field = f"QLineEdit {{ padding: {px(2)}px {px(6)}px; }}"
        buttons = f"QToolButton {{ {padding} }} QToolButton:focus {{ {padding} }}"
        self.tools.setStyleSheet(f"{buttons} {field}")
