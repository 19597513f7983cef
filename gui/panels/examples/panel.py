"""All examples at a glance: find one by its class or number, and go to it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, Slot
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
from gui.panels.following import Following
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.text_line import TextLine
from model.door import mark, say, say_count
from model.words import numbers

# A second, while running; in more of them nobody could read a label.
_FRAMES = 4.0
# Buttons are numbered in their group: this one, and label + 1 for each class.
_ALL = 0
# More classes, or longer names, are a list to choose from.
_MAX_BUTTONS = 12
_MAX_LETTERS = 30
_ORDERS = {
    "first": mark("first: every step visits the same example"),
    "cycle": mark("cycle: in this order, round and round"),
    "shuffle": mark("shuffle: every pass in another order"),
}


class ExamplesPanel(QWidget):
    """The strip of examples, with buttons for the classes and a field for the number."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._refusal = ""
        self._refused_at = 0
        self._group = QButtonGroup(self)
        self._go_label = QLabel(say("go to example"))
        self._go_label.setObjectName("muted")
        self.number = QLineEdit()
        self.number.setAccessibleName(say("Go to example number"))
        self._go_label.setBuddy(self.number)
        self.note = TextLine(Qt.AlignmentFlag.AlignRight)
        self.strip = ExampleStrip(session)
        self._lay_out()
        self._connect()
        self._restyle()
        self._following = Following(
            session, self, self._refresh, self._rebuild, self.strip.describe, _FRAMES,
            self.strip.forget_pictures,
        )  # fmt: skip
        self._following.catch_up()

    @property
    def buttons(self) -> list[QToolButton]:
        """ "All" and a button for each class that has examples, unless there is a list."""
        return [button for button in self._group.buttons() if isinstance(button, QToolButton)]

    def _lay_out(self) -> None:
        self._tools = QWidget(self)
        self._tools.setObjectName("example_tools")
        self._row = QHBoxLayout(self._tools)
        self._classes = QHBoxLayout()
        self._classes.setSpacing(1)
        self._row.addLayout(self._classes)
        self.choice = ChoiceBox(say("Show"), say("Show only examples of one class"))
        self.choice.activated.connect(self._choose)
        self._row.addWidget(self.choice)
        self._row.addWidget(self._go_label)
        self._row.addWidget(self.number)
        self._row.addWidget(self.note, 1)
        self._tools.installEventFilter(self)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._tools)
        self._column.addWidget(self.strip, 1)

    def _connect(self) -> None:
        self._session.playback.running_changed.connect(self.strip.run_began)
        look.follow(self, self._restyle)
        self._group.idClicked.connect(self._search)
        self.number.returnPressed.connect(self._go)
        self.number.textEdited.connect(self._take_back_refusal)
        self.strip.chosen.connect(self._visit)

    # -- what is shown --------------------------------------------------------------------

    def _rebuild(self) -> None:
        digits = self._session.experiment.digits
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._refusal = ""
        self.number.clear()
        self.number.setEnabled(digits is not None)
        self.choice.hide()
        if digits is not None:
            self._list_classes(np.flatnonzero(np.bincount(digits.labels)).tolist())
            self.number.setToolTip(say("A number from 1 to {most:,}, then Enter", most=self._count))
        self._show_class(_ALL)

    def _list_classes(self, labels: list[int]) -> None:
        """Offer each class that has examples: by a button, or in a list where there is no room."""
        name = self._session.experiment.class_name
        names = [name(label) for label in labels]
        in_list = len(names) > _MAX_BUTTONS or sum(map(len, names)) > _MAX_LETTERS
        self.choice.clear()
        self.choice.setVisible(in_list)
        if in_list:
            classes = ((label + 1, text) for text, label in zip(names, labels, strict=True))
            self.choice.offer([(_ALL, say("All classes")), *classes])
            return
        self._add_button(say("All"), _ALL, say("Show all examples"))
        for text, label in zip(names, labels, strict=True):
            tip = say("Show only examples labelled {label}", label=text)
            self._add_button(text, label + 1, tip)
        self._group.button(_ALL).setChecked(True)

    @property
    def tools(self) -> QWidget:
        """The classes, the number and the note, which may stand beside the tabs."""
        return self._tools

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        classes: list[QWidget] = [*self.buttons] or [self.choice]
        return [*classes, self.number, self.strip]

    def _add_button(self, text: str, number: int, tip: str) -> None:
        button = quiet_button(text, tip, checkable=True)
        self._group.addButton(button, number)
        self._classes.addWidget(button)

    @property
    def _count(self) -> int:
        return len(self._session.state.setup.examples)

    def _refresh(self) -> None:
        state = self._session.state
        if state.step != self._refused_at:
            self._refusal = ""
        self.strip.follow(state.example)
        self._say()

    def _say(self) -> None:
        if self._refusal:
            self.note.set_text(self._refusal)
            return
        setup = self._session.state.setup
        n = len(setup.examples)
        order, edited = say(_ORDERS[setup.schedule.order]), len(setup.examples.edited)
        text = say_count("{n:,} example · {order}", "{n:,} examples · {order}", n, order=order)
        if edited:
            text = say("{examples} · {edited:,} edited", examples=text, edited=edited)
        self.note.set_text(text)

    # -- what is asked for ----------------------------------------------------------------

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._search(int(self.choice.itemData(place)))

    @Slot(int)
    def _search(self, button: int) -> None:
        self._show_class(button)
        self._take_back_refusal()
        if not self._session.playback.running:
            self.strip.describe()

    def _show_class(self, button: int) -> None:
        digits = self._session.experiment.digits
        if digits is None:
            shown = np.empty(0, dtype=np.intp)
        elif button == _ALL:
            shown = np.arange(len(digits.labels), dtype=np.intp)
        else:
            shown = np.flatnonzero(digits.labels == button - 1)
        self.strip.set_shown(shown)

    @Slot()
    def _go(self) -> None:
        """Go to the example whose number was typed, or say what would be one."""
        try:
            number = numbers.parse(self.number.text().replace(",", ""))
        except ValueError:
            number = 0.0
        if not (number.is_integer() and 1 <= number <= self._count):
            self._refused_at = self._session.playback.position
            self._refusal = say(
                "The examples have whole numbers from 1 to {most:,}.", most=self._count
            )
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
        if self._class_shown not in (_ALL, digits.labels[example] + 1):
            self._show_all()
        self._session.edits.visit(example)

    @property
    def _class_shown(self) -> int:
        """Which button is down, or what is chosen in the list."""
        if self._group.buttons():
            return self._group.checkedId()
        return int(self.choice.currentData())

    def _show_all(self) -> None:
        if self._group.buttons():
            self._group.button(_ALL).click()
        else:
            self.choice.setCurrentIndex(0)
            self._search(_ALL)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._tools and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit_label()
        return super().eventFilter(watched, event)

    def _fit_label(self) -> None:
        """Leave out the words before the number where they would lie over the classes."""
        widgets = (self._go_label, self.number, *([] if self.choice.isHidden() else [self.choice]))
        needed = self._classes.sizeHint().width()
        needed += sum(one.sizeHint().width() + self._row.spacing() for one in widgets)
        self._go_label.setVisible(needed <= self._tools.width())

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(12), px(4), px(12), px(4))
        self._column.setSpacing(px(4))
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(8))
        self.number.setFixedWidth(px(72))
