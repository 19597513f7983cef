"""Asks what a new experiment is to be, and shows what it will be on the bench."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui.look import dialog_parts
from gui.look.theme import look
from gui.making.names_box import NamesBox
from gui.making.number_grid import NumberGrid, NumberModel
from gui.making.preview import Preview
from gui.making.start_fields import StartFields
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.tab_order import chain
from gui.widgets.text_line import TextLine
from model.curves import AlphaZones
from model.door import mark, say
from model.examples import ORDERS, Order
from model.experiment import Experiment
from model.starting.draft import (
    MAX_EXAMPLES,
    MAX_NAMES,
    Draft,
    DraftReading,
    read_draft,
    summary,
)
from model.starting.weights import START_KINDS
from model.words import numbers

_ORDER_WORDS: dict[Order, str] = {
    "first": mark("the first one only"), "cycle": mark("one after the other"),
    "shuffle": mark("shuffled, by seed"),
}  # fmt: skip
_PART_WORDS = {
    "name": mark("Name"), "inputs": mark("Inputs"), "outputs": mark("Outputs"),
    "examples": mark("Examples"), "numbers": mark("Numbers"), "amount": mark("Weights"),
    "seed": mark("Seed of the weights"), "alpha": mark("Alpha"),
    "order_seed": mark("Seed of the order"),
}  # fmt: skip
_WIDTH, _HEIGHT, _FORM, _COUNT = 1000, 700, 470, 90
_MAX_TYPED = 999_999
# What is typed quickly is read once.
_PAUSE_MS = 40


class NewDialog(QDialog):
    """After it was accepted, ``experiment`` is what was made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("New experiment"))
        draft = Draft()
        self.reading: DraftReading = read_draft(draft)
        assert self.reading.experiment is not None
        self.experiment: Experiment | None = self.reading.experiment
        self.faults: dict[str, TextLine] = {}
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.read_now)
        self._build_fields(draft)
        self._build_examples(draft)
        self.preview = Preview(self.reading.experiment)
        self._lay_out()
        self._connect()
        self.read_now()
        self.name.setFocus()
        self.name.selectAll()

    # -- what stands where --------------------------------------------------------------

    def _build_fields(self, draft: Draft) -> None:
        self.name = QLineEdit(draft.name)
        self.name.setAccessibleName(say("Name"))
        self.inputs = NamesBox(
            say("&Inputs"), say("Number of inputs"), say("Names of the inputs, one on each line"),
            say("input"), list(draft.inputs),
        )  # fmt: skip
        self.outputs = NamesBox(
            say("&Outputs"), say("Number of outputs"),
            say("Names of the outputs, one on each line"), say("output"), list(draft.outputs),
        )  # fmt: skip
        self.constant = QCheckBox(say("Add an input that is always &1"))
        self.constant.setToolTip(
            say("The network has no bias of its own: with such an input it can learn one")
        )
        self.start = StartFields(START_KINDS)
        self.order = ChoiceBox(say("Examples are visited"), say("The order of the steps"))
        self.order.offer((order, say(_ORDER_WORDS[order])) for order in ORDERS)
        self.order.choose(draft.order)
        self.order_seed = QLineEdit(draft.order_seed)
        self.order_seed.setAccessibleName(say("Seed of the order"))
        self.order_seed.setFixedWidth(look.theme.px(64))
        self.alpha = QLineEdit()
        self.alpha.setAccessibleName(say("Alpha"))
        self.zone = TextLine(lines=4)

    def _build_examples(self, draft: Draft) -> None:
        self.examples = QSpinBox()
        self.examples.setRange(0, _MAX_TYPED)
        self.examples.setValue(draft.n_examples)
        self.examples.setFixedWidth(look.theme.px(_COUNT))
        self.examples.setAccessibleName(say("Number of examples"))
        self.numbers = NumberModel(self)
        self.grid = NumberGrid(self.numbers)
        self.grid.setAccessibleName(say("The numbers of the examples"))
        self.grid.refused.connect(self._say_refused)
        self.hint = TextLine(lines=5)
        self.hint.set_text(
            say("Grey numbers are offered. Type others, paste a block of them, or leave them for "
                "later.")
        )  # fmt: skip

    def _fault(self, part: str) -> TextLine:
        """The place beside a field where it is said what is wrong with it."""
        self.faults[part] = TextLine(role="diverges", lines=2)
        return self.faults[part]

    def _lay_out(self) -> None:
        px = look.theme.px
        heading = dialog_parts.heading(say("A new experiment"))
        self.status = TextLine(lines=2)
        self.status.setAccessibleName(say("What is made"))
        self.create_button = QPushButton(say("&Create"))
        self.cancel_button = QPushButton(say("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.cancel_button.setAutoDefault(False)
        buttons = dialog_parts.answers(self.cancel_button, self.create_button, beside=self.status)
        self.title = QLabel()
        self.title.setObjectName("heading")
        form = QScrollArea()
        form.setWidget(self._form())
        form.setWidgetResizable(True)
        form.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # In large type the form is scrolled sideways, or the dialog would be wider than the screen.
        window = self.parentWidget()
        half = px(_FORM) if window is None else window.width() // 2
        form.setMinimumWidth(min(px(_FORM), half))
        form.setMaximumWidth(px(_FORM))
        sides = QHBoxLayout()
        sides.setSpacing(px(18))
        sides.addWidget(form, 1)
        sides.addLayout(self._right_side(), 1)
        column = dialog_parts.column(self)
        column.addWidget(heading)
        column.addLayout(sides, 3)
        column.addWidget(self.title)
        column.addWidget(self.preview, 2)
        column.addLayout(buttons)
        size = QSize(px(_WIDTH), px(_HEIGHT))
        self.resize(size if window is None else size.boundedTo(window.size()))
        start = self.start
        chain([
            self.name, self.inputs.count_box, self.inputs.lines, self.outputs.count_box,
            self.outputs.lines, self.constant, start.kind_box, start.amount, start.seed,
            start.next_button, self.order, self.order_seed, self.alpha, self.examples, self.grid,
            self.cancel_button, self.create_button,
        ])  # fmt: skip

    def _form(self) -> QWidget:
        px = look.theme.px
        form = QWidget()
        rows = QGridLayout(form)
        rows.setContentsMargins(0, 0, px(8), 0)
        rows.setHorizontalSpacing(px(10))
        rows.setVerticalSpacing(px(6))
        rows.setColumnStretch(1, 1)
        names = QHBoxLayout()
        names.setSpacing(px(12))
        names.addWidget(self.inputs, 1, Qt.AlignmentFlag.AlignTop)
        names.addWidget(self.outputs, 1, Qt.AlignmentFlag.AlignTop)
        self.faults["inputs"], self.faults["outputs"] = self.inputs.fault, self.outputs.fault
        order = QHBoxLayout()
        order.addWidget(self.order)
        order.addWidget(self.order_seed)
        order.addStretch(1)
        self._add(rows, say("&Name"), self.name, "name")
        rows.addLayout(names, rows.rowCount(), 0, 1, 2)
        rows.addWidget(self.constant, rows.rowCount(), 0, 1, 2)
        self._add(rows, say("&Weights"), self.start, "amount", self.start.kind_box)
        seed = self._fault("seed")
        rows.addWidget(seed, rows.rowCount(), 1)
        holder = QWidget()
        order.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(order)
        self._add(rows, say("Or&der"), holder, "order_seed", self.order)
        self._add(rows, say("Alph&a"), self.alpha, "alpha")
        rows.addWidget(self.zone, rows.rowCount(), 1)
        rows.setRowStretch(rows.rowCount(), 1)
        return form

    def _add(
        self, rows: QGridLayout, title: str, field: QWidget, part: str, buddy: QWidget | None = None
    ) -> None:
        """A row with a title and a field, and below them room for what is wrong."""
        label = QLabel(title)
        label.setBuddy(buddy or field)
        at = rows.rowCount()
        rows.addWidget(label, at, 0)
        rows.addWidget(field, at, 1)
        rows.addWidget(self._fault(part), at + 1, 1)

    def _right_side(self) -> QVBoxLayout:
        px = look.theme.px
        label = QLabel(say("&Examples"))
        label.setBuddy(self.examples)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.examples)
        row.addWidget(self._fault("examples"), 1)
        row.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(px(6))
        side.addLayout(row)
        side.addWidget(self.grid, 1)
        side.addWidget(self._fault("numbers"))
        side.addWidget(self.hint)
        return side

    def _connect(self) -> None:
        for changed in (
            self.name.textEdited, self.inputs.changed, self.outputs.changed,
            self.constant.toggled, self.start.changed, self.order.currentIndexChanged,
            self.order_seed.textEdited, self.alpha.textEdited, self.examples.valueChanged,
            self.numbers.typed,
        ):  # fmt: skip
            changed.connect(self._read_soon)
        self.numbers.grown.connect(self._grow)
        self.create_button.clicked.connect(self.accept)

    # -- what happens -------------------------------------------------------------------

    @Slot()
    def _read_soon(self) -> None:
        self._soon.start()

    @Slot(int)
    def _grow(self, n_examples: int) -> None:
        """Have room for what is pasted."""
        self.examples.setValue(n_examples)
        self._fit_grid()

    @property
    def draft(self) -> Draft:
        """What was typed so far."""
        order: Order = self.order.currentData()
        return Draft(
            self.name.text(), self.inputs.wanted, self.outputs.wanted, self.examples.value(),
            self.inputs.names, self.outputs.names, dict(self.numbers.cells),
            dict(self.numbers.targets), self.constant.isChecked(), self.start.kind,
            self.start.amount.text(), self.start.seed.text(), self.alpha.text(), order,
            self.order_seed.text(),
        )  # fmt: skip

    @Slot()
    def read_now(self) -> None:
        """Show what comes of what was typed, and what is wrong with it."""
        self._soon.stop()
        self.order_seed.setVisible(self.order.currentData() == "shuffle")
        self._fit_grid()
        self.reading = read_draft(self.draft)
        self.experiment = self.reading.experiment
        for part, line in self.faults.items():
            fault = self.reading.faults.get(part, "")
            line.set_text(fault)
            line.setVisible(bool(fault))
        self._show_zone(self.reading.zones)
        self.create_button.setEnabled(self.experiment is not None)
        if self.experiment is not None:
            self.preview.show_experiment(self.experiment)
            self.title.setText(say("On the bench"))
            self.status.set_text(summary(self.experiment))
        else:
            self.title.setText(say("On the bench, as it was before the fault"))
            part, fault = next(iter(self.reading.faults.items()))
            self.status.set_text(
                say("Nothing can be created yet. {part}: {fault}", part=say(_PART_WORDS[part]),
                    fault=fault)
            )  # fmt: skip
        self.status.set_role("diverges" if self.experiment is None else "ink")

    @Slot(str)
    def _say_refused(self, sentence: str) -> None:
        """Say why nothing was pasted, until something else is typed."""
        self.status.set_text(sentence)
        self.status.set_role("diverges")

    def _fit_grid(self) -> None:
        """Have the grid of the shape that was typed, as far as that can be."""
        inputs, outputs, n = self.inputs.names, self.outputs.names, self.examples.value()
        sizes = ((len(inputs), MAX_NAMES), (len(outputs), MAX_NAMES), (n, MAX_EXAMPLES))
        if all(1 <= size <= most for size, most in sizes):
            self.numbers.show_shape(inputs, outputs, self.constant.isChecked(), n)

    def _show_zone(self, zones: AlphaZones | None) -> None:
        """Offer half of the limit of alpha, and say what the limit is."""
        if zones is None:
            self.zone.set_text("")
            return
        self.alpha.setPlaceholderText(
            say("{alpha}, half of its limit", alpha=numbers.plain(zones.offered))
            if zones.limit is not None
            else numbers.plain(zones.offered)
        )
        if zones.beyond:
            self.zone.set_text(say("Inputs are almost 0: alpha has no limit."))
        elif zones.limit is None:
            self.zone.set_text(say("Every input is 0: no weight can move, whatever alpha is."))
        elif self.experiment is not None and self.experiment.setup.alpha > zones.limit:
            self.zone.set_text(
                say("That is beyond the limit {limit}: errors may grow with every step.",
                    limit=numbers.plain(zones.limit, 4))
            )  # fmt: skip
        else:
            self.zone.set_text(
                say("Up to {limit} every step shrinks the error of its own example.",
                    limit=numbers.plain(zones.limit, 4))
            )  # fmt: skip

    def accept(self) -> None:
        """Read what was typed last; what cannot be made is not accepted."""
        self.read_now()
        if self.experiment is not None:
            super().accept()
