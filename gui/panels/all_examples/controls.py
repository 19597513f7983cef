"""The buttons of the table of examples, and the order in which they are visited."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from gui.look.styling import give_sheet
from gui.look.theme import look
from gui.panels.all_examples.actions import TableActions
from gui.session import Session
from gui.session.building import forms
from gui.widgets.buttons import quiet_button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.tips import plain_tip
from model.door import mark, say
from model.examples import ORDERS, Order

_MAX_SEED = 2**63 - 1
_ORDERS: dict[Order, tuple[str, str]] = {
    "first": (mark("one example"), mark("Every step visits the same example")),
    "cycle": (mark("in turn"), mark("The examples are visited in this order, round and round")),
    "shuffle": (mark("shuffled"), mark("Every pass visits the examples in another order")),
}


class Controls(QObject):
    """Buttons for what is done most, and the boxes of order and seed; ``widgets`` are in order."""

    def __init__(self, session: Session, actions: TableActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.add = _button(
            say("Add"), say("Add an example below the current one"), actions.add, say("Ins")
        )
        self.repeat = _button(
            say("Duplicate"), say("Add a copy of the selected examples"), actions.repeat,
            say("Alt+Shift+↓"),
        )  # fmt: skip
        self.remove = _button(say("Remove"), say("Remove the selected examples"), actions.remove)
        self.up = _button("↑", say("Move the selected examples up"), actions.up, say("Alt+↑"))
        self.down = _button("↓", say("Move the selected examples down"), actions.down, say("Alt+↓"))
        self.visit = _button(
            say("To the bench"), say("Let this step visit the current example"), actions.visit,
            say("Space"),
        )  # fmt: skip
        self.columns = quiet_button(
            say("Inputs and outputs ▾"), say("Add, rename and remove inputs and outputs")
        )
        self.columns.setMenu(actions.columns_menu)
        self.columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.raw = QLabel(say("inputs as brought"))
        self.raw.setObjectName("muted")
        tip = say(
            "Inputs are shown and typed as they were brought; the network is given them scaled, "
            "as the tip of each number and heading says."
        )
        self.raw.setToolTip(plain_tip(tip))
        self.order = ChoiceBox(say("Order of the examples"), "", parent)
        self.order.offer((order, say(_ORDERS[order][0])) for order in ORDERS)
        self.order.activated.connect(self._choose)
        self._seed_label = QLabel(say("seed"))
        self._seed_label.setObjectName("muted")
        self.seed = QLineEdit(parent)
        self.seed.setAccessibleName(say("Seed of the shuffle"))
        self.seed.setToolTip(say("A whole number; another one makes other passes"))
        self.seed.editingFinished.connect(self._choose_seed)
        self._seed_label.setBuddy(self.seed)

    @property
    def widgets(self) -> list[QWidget]:
        """All of them, in the order in which they stand."""
        return [
            self.add, self.repeat, self.remove, self.up, self.down, self.visit, self.columns,
            self.order, self._seed_label, self.seed, self.raw,
        ]  # fmt: skip

    @property
    def _forming(self) -> list[QWidget]:
        """Those that change the form of the experiment."""
        return [
            self.add, self.repeat, self.remove, self.up, self.down, self.columns, self.order,
        ]  # fmt: skip

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [
            self.add, self.repeat, self.remove, self.up, self.down, self.visit, self.columns,
            self.order, self.seed,
        ]  # fmt: skip

    def refresh(self) -> None:
        """Show the order in force at this moment."""
        schedule = self._session.state.setup.schedule
        self.order.choose(schedule.order)
        self.order.setToolTip(say(_ORDERS[schedule.order][1]))
        if not self.seed.isModified():
            self.seed.setText(str(schedule.seed))
        # A lesson's experiment keeps its form: its room is not taken for what cannot be done.
        own = not self._session.lent
        for widget in self._forming:
            widget.setVisible(own)
        shuffled = own and schedule.order == "shuffle"
        self._seed_label.setVisible(shuffled)
        self.seed.setVisible(shuffled)
        self.raw.setVisible(self._session.experiment.transform is not None)

    def restyle(self) -> None:
        """Take the widths of the theme's type."""
        # The sign behind the words says that there is a menu; Qt's own lies over them.
        give_sheet(self.columns, "QToolButton::menu-indicator { image: none; width: 0px; }")
        self.seed.setFixedWidth(look.theme.px(64))
        for label in (self.raw, self._seed_label):
            label.setContentsMargins(look.theme.px(8), 0, look.theme.px(4), 0)

    @Slot(int)
    def _choose(self, place: int) -> None:
        schedule = self._session.state.setup.schedule
        forms.set_order(self._session, ORDERS[place], schedule.seed)
        # It may have been refused.
        self.refresh()

    @Slot()
    def _choose_seed(self) -> None:
        if not self.seed.isModified():
            return
        text = self.seed.text().strip()
        self.seed.setModified(False)
        if text.isdecimal() and int(text) <= _MAX_SEED:
            forms.set_order(self._session, "shuffle", int(text))
        else:
            self._session.notices.refuse(
                say("“{text}” is no seed: type a whole number from 0 on.", text=text[:40])
            )
        self.refresh()


def _button(text: str, tip: str, action: QAction, key: str = "") -> QToolButton:
    """A quiet button that does an action; its key in the table is told in the tip."""
    button = quiet_button(text, say("{tip} ({key})", tip=tip, key=key) if key else tip, name=tip)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.clicked.connect(action.trigger)
    return button
