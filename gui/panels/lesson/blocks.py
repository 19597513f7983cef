"""The blocks of a page: words, questions with their answers, and tasks with their hints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.panels.lesson.markdown import MarkdownLabel, PressedLabel
from gui.session.lesson import Doing, Item, Option, Question, Words
from gui.widgets.buttons import FlowRow, quiet_button
from model.door import mark, say

_OUTCOMES = {
    "answered": mark("Answered"), "done": mark("Done"), "shown": mark("Shown"),
    "skipped": mark("Skipped"),
}  # fmt: skip
_SIGNS = {"answered": "✓", "done": "✓", "shown": "▷", "skipped": "–"}
_SURE = (("guess", mark("a guess")), ("think", mark("I think so")), ("sure", mark("quite sure")))


class Block(QFrame):
    """One block, which takes up another item of its kind."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self._labels: list[MarkdownLabel] = []

    def show_item(self, item: Item) -> None:
        """Show what has become of it."""
        raise NotImplementedError

    def add_text(self, markdown: str, label: MarkdownLabel | None = None) -> MarkdownLabel:
        """A text below the others."""
        label = MarkdownLabel(markdown) if label is None else label
        self._labels.append(label)
        return label

    @property
    def texts(self) -> list[str]:
        """What is written, without marks."""
        return [label.plain for label in self._labels if not label.isHidden()]

    @property
    def remark(self) -> str:
        """What is said of what was tried last; empty where nothing is."""
        return ""

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return []

    @property
    def first_stop(self) -> QWidget | None:
        """What has the focus when the block has just been opened."""
        return None


class WordsBlock(Block):
    """Something to read; what the lesson answers has a line beside it."""

    def __init__(self, item: Words, folder: Path | None) -> None:
        super().__init__()
        self._response = item.kind == "response"
        left = look.theme.px(12 if self._response else 2)
        self.column.setContentsMargins(left, look.theme.px(2), 0, look.theme.px(2))
        self._label = self.add_text(item.markdown, MarkdownLabel(item.markdown, folder))
        self.column.addWidget(self._label)

    def show_item(self, item: Item) -> None:
        assert isinstance(item, Words)
        self._label.set_markdown(item.markdown)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._response:
            painter = QPainter(self)
            painter.fillRect(0, 0, look.theme.px(3), self.height(), look.theme.color("outline"))


class _Card(Block):
    """A block in a frame with a heading; open, its frame stands out."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._remark = MarkdownLabel()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.heading = QLabel(heading)
        self.heading.setObjectName("heading")
        self.heading.setWordWrap(True)
        self._is_open = True
        px = look.theme.px
        self.column.setContentsMargins(px(12), px(9), px(10), px(10))
        self.column.setSpacing(px(7))
        self.column.addWidget(self.heading)

    @property
    def remark(self) -> str:
        return "" if self._remark.isHidden() else self._remark.plain

    def set_outcome(self, heading: str, outcome: str) -> None:
        """Say what became of it; an empty outcome leaves it open."""
        self._is_open = not outcome
        text = heading
        if outcome:
            text = say("{heading} · {sign} {outcome}", heading=heading, sign=_SIGNS[outcome],
                       outcome=say(_OUTCOMES[outcome]))  # fmt: skip
        self.heading.setText(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = "accent" if self._is_open else "outline"
        width = (1.6 if self._is_open else 1.0) * theme.line
        painter.setPen(QPen(theme.color(color), width))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)


class QuestionBlock(_Card):
    """A prediction or an observation, answered by radio buttons or a number.

    Signals
    -------
    answered(said, sure) : an answer was given: an option's id, or the number as typed
    remarked : something is said of an answer that was none
    """

    answered = Signal(str, str)
    remarked = Signal()

    def __init__(self, item: Question) -> None:
        self._heading = say("Predict first") if item.predicts else say("What did you see?")
        super().__init__(self._heading)
        self._item = item
        self._ask = self.add_text(item.markdown)
        self.column.addWidget(self._ask)
        self.field = QLineEdit() if item.numeric else None
        if self.field is not None:
            self.field.setPlaceholderText(say("a number"))
            self.field.setAccessibleName(self._ask.plain)
            self.field.setMaxLength(60)
            self.column.addWidget(self.field)
        self.radios = self._options(item.options)
        self._sure = self._sure_row() if item.asks_sure else []
        self.button = QPushButton(say("That is my answer"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._give)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.add_text("", self._remark)
        self.column.addWidget(self._remark)
        self.show_item(item)

    def _options(self, options: Sequence[Option]) -> dict[str, QRadioButton]:
        group = QButtonGroup(self)
        radios = {}
        for option in options:
            radio = radios[option.id] = QRadioButton()
            group.addButton(radio)
            label = PressedLabel(option.markdown, radio)
            self.add_text("", label)
            radio.setAccessibleName(label.plain)
            radio.setAccessibleDescription(self._ask.plain)
            radio.toggled.connect(self._option_chosen)
            row = QHBoxLayout()
            row.setSpacing(look.theme.px(6))
            row.addWidget(radio, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label, 1)
            self.column.addLayout(row)
        return radios

    def _sure_row(self) -> list[QRadioButton]:
        self._how_sure = QLabel(say("How sure are you?"))
        self.column.addWidget(self._how_sure)
        group, row, radios = QButtonGroup(self), FlowRow(), []
        for name, words in _SURE:
            radio = QRadioButton(say(words))
            radio.setProperty("sure", name)
            radio.setAccessibleDescription(self._how_sure.text())
            group.addButton(radio)
            radios.append(radio)
        row.set_widgets(radios)
        self.column.addWidget(row)
        return radios

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        if self._item.outcome:
            return []
        field = [self.field] if self.field is not None else []
        return [*field, *self.radios.values(), *self._sure, self.button]

    @property
    def first_stop(self) -> QWidget | None:
        """The number, or the first option."""
        return self.field if self.field is not None else next(iter(self.radios.values()), None)

    def show_item(self, item: Item) -> None:
        assert isinstance(item, Question)
        self._item = item
        self._ask.set_markdown(item.markdown)
        is_open = not item.outcome
        self.set_outcome(self._heading, item.outcome)
        if item.answer in self.radios:
            self.radios[item.answer].setChecked(True)
        elif self.field is not None and item.answer and not is_open:
            self.field.setText(item.answer)
        for name, radio in self.radios.items():
            radio.setEnabled(is_open)
            # What was not chosen has been dealt with, and only takes room.
            radio.setVisible(is_open or name == item.answer)
        for label in self._labels:
            if isinstance(label, PressedLabel):
                label.setVisible(label.button_shown)
        if self.field is not None:
            self.field.setEnabled(is_open)
            self.field.setVisible(is_open or item.answer not in self.radios)
        for radio in self._sure:
            chosen = radio.property("sure") == item.sure
            radio.setEnabled(is_open)
            radio.setVisible(is_open or chosen)
            self._how_sure.setVisible(is_open or bool(item.sure))
        self.button.setVisible(is_open)
        self._remark.set_markdown(item.remark)
        self._remark.setVisible(bool(item.remark))

    @property
    def _said(self) -> str:
        """What is chosen or typed; a typed number goes before a choice."""
        if self.field is not None and self.field.text().strip():
            return self.field.text().strip()
        return next((name for name, radio in self.radios.items() if radio.isChecked()), "")

    @Slot(bool)
    def _option_chosen(self, chosen: bool) -> None:
        """A choice takes the place of a number that was typed."""
        if chosen and self.field is not None and not self._item.outcome:
            self.field.clear()

    @Slot()
    def _give(self) -> None:
        said = self._said
        if not said:
            self._remark.set_markdown(
                say("Type a number or choose an answer first.")
                if self.field is not None
                else say("Choose an answer first.")
            )
            self._remark.show()
            self.remarked.emit()
            return
        sure = next((str(one.property("sure")) for one in self._sure if one.isChecked()), "")
        self.answered.emit(said, sure)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._item.outcome:
            self._give()
        else:
            super().keyPressEvent(event)


class TaskBlock(_Card):
    """Something to do on the bench, with hints, a solution that is shown, and a way past it.

    Signals
    -------
    hint_wanted, solution_wanted : a button was pressed
    """

    hint_wanted = Signal()
    solution_wanted = Signal()

    def __init__(self, item: Doing) -> None:
        self._heading = say("Now you")
        super().__init__(self._heading)
        self._item = item
        self._do = self.add_text(item.markdown)
        self.add_text("", self._remark)
        self._hints = self.add_text("")
        self._offer = QLabel(say("Stuck? A hint says where to look."))
        self._offer.setWordWrap(True)
        self._offer.setObjectName("muted")
        self.hint_button = quiet_button(
            say("Hint"), say("Where to look, what to think, what to press")
        )
        self.show_button = quiet_button(
            say("Show me"), say("See it done on the bench, slowly; then it is your turn")
        )
        self.hint_button.clicked.connect(self.hint_wanted)
        self.show_button.clicked.connect(self.solution_wanted)
        self._buttons = FlowRow()
        self._buttons.set_widgets((self.hint_button, self.show_button))
        for widget in (self._do, self._remark, self._hints, self._offer, self._buttons):
            self.column.addWidget(widget)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_item(item)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [] if self._item.outcome else [self, self.hint_button, self.show_button]

    @property
    def first_stop(self) -> QWidget | None:
        """The task itself: what is next to be done is not in this panel."""
        return self

    def show_item(self, item: Item) -> None:
        assert isinstance(item, Doing)
        self._item = item
        is_open = not item.outcome
        self.set_outcome(self._heading, item.outcome)
        self._do.set_markdown(item.markdown)
        self.setAccessibleName(say("Task: {task}", task=self._do.plain))
        remark = item.remark
        if item.showing:
            remark = say("Watch: this is how it is done …")
        elif item.was_shown and is_open and not remark:
            remark = say("That was the solution, and the bench is as it was before. Now you.")
        self._remark.set_markdown(remark)
        self._remark.setVisible(bool(remark))
        self._hints.set_markdown("\n\n".join(f"▸ {hint}" for hint in item.hints))
        self._hints.setVisible(bool(item.hints))
        self._offer.setVisible(is_open and item.offers_hint)
        self._buttons.setVisible(is_open)
        self.hint_button.setEnabled(item.more_hints and not item.showing)
        self.hint_button.setText(say("Another hint") if item.hints else say("Hint"))
        self.show_button.setEnabled(not item.showing)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            theme, painter = look.theme, QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accent"), 2.4 * theme.line))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)


def block_of(item: Item, folder: Path | None) -> Block:
    """The block that shows an item."""
    if isinstance(item, Words):
        return WordsBlock(item, folder)
    return QuestionBlock(item) if isinstance(item, Question) else TaskBlock(item)
