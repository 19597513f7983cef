"""A list of names, one on each line, with how many there are."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from gui.look.styling import give_sheet
from gui.look.theme import look
from gui.widgets.text_line import TextLine
from model.starting.draft import MAX_NAMES
from model.starting.names import split_names, with_count

_ROWS, _COUNT = 4, 90
# Beyond what can be, so that it can be typed and told what is wrong with it.
_MAX_TYPED = 999_999


class NameLines(QPlainTextEdit):
    """Names, one on each line; what is pasted is split, and Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        look.follow(self, self._restyle)
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        theme, px = look.theme, look.theme.px
        give_sheet(
            self,
            f"QPlainTextEdit {{ background: {theme.panel}; border: 1px solid {theme.outline};"
            f"border-radius: {px(6)}px; padding: {px(2)}px; }}"
            f"QPlainTextEdit:focus {{ border-color: {theme.accent}; }}",
        )
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _ROWS + px(18))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste names each on a line of its own, whatever stood between them."""
        names = split_names(source.text())
        if len(names) < 2:
            super().insertFromMimeData(source)
            return
        cursor = self.textCursor()
        begins_line = cursor.selectionStart() == self._line_start(cursor)
        cursor.insertText(("" if begins_line else "\n") + "\n".join(names))

    @staticmethod
    def _line_start(cursor: QTextCursor) -> int:
        return cursor.document().findBlock(cursor.selectionStart()).position()

    @property
    def names(self) -> list[str]:
        """The names; empty lines at the end are none yet."""
        lines = [line.strip() for line in self.toPlainText().split("\n")]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def show_names(self, names: list[str]) -> None:
        """Show other names, in one change that can be taken back."""
        if names != self.names:
            cursor = self.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText("\n".join(names))


class NamesBox(QWidget):
    """How many inputs or outputs there are, and what they are called.

    Parameters
    ----------
    title, how_many, which : str
        What is named, with the letter that leads to it; the fields' names for screen readers.
    base : str
        What a new one is called, before its number.
    names : list of str
        What stands there to begin with.

    Signals
    -------
    changed : other names, or another number of them
    """

    changed = Signal()

    def __init__(
        self,
        title: str,
        how_many: str,
        which: str,
        base: str,
        names: list[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._base = base
        self.count_box = QSpinBox()
        self.count_box.setRange(0, _MAX_TYPED)
        self.count_box.setFixedWidth(look.theme.px(_COUNT))
        self.count_box.setAccessibleName(how_many)
        self.lines = NameLines()
        self.lines.setAccessibleName(which)
        self.fault = TextLine(role="diverges", lines=2)
        label = QLabel(title)
        label.setBuddy(self.count_box)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.count_box)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(4))
        column.addLayout(row)
        column.addWidget(self.lines)
        column.addWidget(self.fault)
        self.lines.show_names(names)
        self.count_box.setValue(len(names))
        self.count_box.valueChanged.connect(self._count)
        self.lines.textChanged.connect(self._type)

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the list."""
        return tuple(self.lines.names)

    @property
    def wanted(self) -> int:
        """How many there are to be."""
        return self.count_box.value()

    @Slot(int)
    def _count(self, n: int) -> None:
        """Have as many names, where so many can be."""
        if 1 <= n <= MAX_NAMES:
            self.lines.blockSignals(True)
            self.lines.show_names(with_count(self.lines.names, n, self._base))
            self.lines.blockSignals(False)
        self.changed.emit()

    @Slot()
    def _type(self) -> None:
        self.count_box.blockSignals(True)
        self.count_box.setValue(len(self.lines.names))
        self.count_box.blockSignals(False)
        self.changed.emit()
