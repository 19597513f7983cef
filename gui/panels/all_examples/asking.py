"""Small dialogs of the table: what a new input or output is called, and where its weights start."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from gui.look import dialog_parts
from gui.look.theme import look
from gui.widgets.text_line import TextLine
from model.building.errors import BuildError
from model.building.names import checked_name
from model.building.parts import check_numbers
from model.door import say
from model.words import numbers

_WIDTH = 440


class NewColumn(QDialog):
    """Asks for a name and one or two numbers; what is wrong is said, and the dialog stays.

    After it was accepted, ``name``, ``value`` and ``weight`` are what was typed.

    Parameters
    ----------
    title : str
        What is added.
    name : str
        The name that is offered; ``taken`` are those of the others.
    value_label : str or None
        What the number in every example is called; None where it is not asked for.
    note : str
        What becomes of the weights and the path, in a sentence or two.
    """

    def __init__(
        self,
        title: str,
        name: str,
        taken: Collection[str],
        value_label: str | None,
        note: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._taken = taken
        self.name, self.value, self.weight = name, 0.0, 0.0
        self.name_field = _field(say("Name"), name)
        self.value_field = _field(value_label or "", "0")
        self.weight_field = _field(say("Its weights start at"), "0")
        self.status = TextLine(lines=3, role="overshoots")
        self.status.setAccessibleName(say("What is wrong"))
        self.add_button = QPushButton(say("&Add"))
        self.add_button.clicked.connect(self._take)
        self.cancel_button = QPushButton(say("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        fields = [self.name_field, self.value_field, self.weight_field]
        self._lay_out(title, note, [f for f in fields if f is not self.value_field or value_label])
        self.value_field.setVisible(value_label is not None)
        self.name_field.selectAll()
        self.name_field.setFocus()

    def _lay_out(self, title: str, note: str, fields: list[QLineEdit]) -> None:
        px = look.theme.px
        heading = dialog_parts.heading(title)
        words = TextLine(lines=4)
        words.set_text(note)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        for row, field in enumerate(fields):
            label = QLabel(field.accessibleName())
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        buttons = dialog_parts.answers(self.cancel_button, self.add_button)
        column = dialog_parts.column(self)
        column.addWidget(heading)
        column.addWidget(words)
        column.addLayout(grid)
        column.addWidget(self.status)
        column.addLayout(buttons)
        self.setMinimumWidth(px(_WIDTH))

    @Slot()
    def _take(self) -> None:
        """Accept what was typed, if all of it can be."""
        try:
            self.name = checked_name(self.name_field.text(), self._taken)
            self.value = _number(self.value_field)
            self.weight = _number(self.weight_field)
        except ValueError as error:
            self.status.set_text(str(error))
            return
        self.accept()


def _field(name: str, text: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(name)
    return field


def _number(field: QLineEdit) -> float:
    """The number in a field; raises ValueError with its name."""
    try:
        number = numbers.parse(field.text())
        check_numbers(number)
    except (ValueError, BuildError) as error:
        field.setFocus()
        field.selectAll()
        raise ValueError(
            say("{name}: {problem}", name=field.accessibleName(), problem=error)
        ) from error
    return number
