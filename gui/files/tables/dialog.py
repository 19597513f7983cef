"""Asks what is to be made of a table: how it is written, and what its columns are for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.files.tables.held_out import HeldOutFields
from gui.files.tables.models import USES, ColumnsModel, PreviewModel, Use, Uses
from gui.look import dialog_parts
from gui.look.grouping import scrolling
from gui.look.theme import look
from gui.widgets.background import Background, Cancelled
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.long_table import LongTable
from gui.widgets.text_line import TextLine
from model.door import mark, say, say_count
from model.experiment import SCALES, Experiment, Scale
from model.files.json_text import ReadingCancelled
from model.files.tables.choice import Choice, Missing, experiment_of, suggest
from model.files.tables.dialect import DELIMITERS, Dialect, guess
from model.files.tables.encodings import ENCODINGS
from model.files.tables.errors import TableError
from model.files.tables.numbers import NOTATIONS, Notation
from model.files.tables.table import Table, read_table
from model.words import numbers

_DELIMITER_WORDS = {
    ",": mark("comma  ,"), ";": mark("semicolon  ;"), "\t": mark("tab"), "|": mark("bar  |"),
    " ": mark("blanks"),
}  # fmt: skip
_SCALE_WORDS: dict[Scale, str] = {
    "none": mark("as they are"),
    "standard": mark("mean 0, standard deviation 1"),
    "unit": mark("from 0 to 1"),
}
_MISSING_WORDS: dict[Missing, str] = {
    "stop": mark("are a fault"), "leave out": mark("are left out"),
}  # fmt: skip
_WIDTH, _HEIGHT = 900, 600
_COLUMNS_FITTED, _ROWS_FITTED = 50, 12


class TableDialog(QDialog):
    """Shows a table as it is read, and lets a person say what is wrong with that.

    After the dialog was accepted, ``experiment`` is what became of it.

    Parameters
    ----------
    content : bytes
        The table, in whatever way it is written.
    name : str
        Where it came from.
    title : str
        What the experiment is to be called.
    may_be_pixels : bool
        Whether each row may be the pixels of a picture; then it can be opened as such, which
        ``as_pixels`` says after the dialog was closed.
    """

    def __init__(
        self,
        content: bytes,
        name: str,
        title: str,
        parent: QWidget | None = None,
        may_be_pixels: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("A table of numbers"))
        self.experiment: Experiment | None = None
        self.as_pixels = False
        self._content, self._name, self._title = content, name, title
        self._table: Table | None = None
        self._uses = Uses()
        self._reader = Background((TableError, ReadingCancelled), self)
        self._reader.finished.connect(self._show_table)
        self._reader.failed.connect(self._show_fault)
        self._maker = Background((TableError,), self)
        self._maker.finished.connect(self._show_experiment)
        self._maker.failed.connect(self._show_fault)
        self._build()
        for widget in (self.pixels_button, self._pixels_hint):
            widget.setVisible(may_be_pixels)
        self._begin()

    # -- what stands where --------------------------------------------------------------

    def _build(self) -> None:
        px = look.theme.px
        heading = dialog_parts.heading(say("What shall be made of {table}?", table=self._name))
        self._build_writing()
        self._build_tables()
        self._build_wishes()
        self.status = TextLine(lines=3)
        self.status.setAccessibleName(say("What becomes of the table"))
        self.open_button = QPushButton(say("&Open"))
        dialog_parts.make_primary(self.open_button)
        self.open_button.clicked.connect(self.accept)
        cancel = QPushButton(say("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.status, 1)
        self.pixels_button = QPushButton(say("Open as &pictures"))
        self.pixels_button.setToolTip(say("Each row is a label and the pixels of a picture"))
        self.pixels_button.clicked.connect(self._take_as_pixels)
        buttons.addWidget(cancel)
        buttons.addWidget(self.pixels_button)
        buttons.addWidget(self.open_button)
        uses = QHBoxLayout()
        uses.addWidget(QLabel(say("Use the selected columns as")))
        for button in self.use_buttons.values():
            uses.addWidget(button)
        uses.addStretch(1)
        tables = QHBoxLayout()
        tables.setSpacing(px(12))
        tables.addWidget(self.preview, 3)
        right = QVBoxLayout()
        right.addWidget(self.columns, 1)
        right.addLayout(uses)
        tables.addLayout(right, 2)
        column = dialog_parts.column(self)
        self._pixels_hint = QLabel(
            say("Each row may be a label and the pixels of a picture: then open it as pictures.")
        )
        asked = QWidget()
        inside = QVBoxLayout(asked)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(column.spacing())
        inside.addLayout(self._writing)
        inside.addLayout(tables, 1)
        inside.addLayout(self._wishes)
        column.addWidget(heading)
        column.addWidget(self._pixels_hint)
        # In large type it is scrolled, or the dialog would be wider than the screen.
        column.addWidget(scrolling(asked), 1)
        column.addLayout(buttons)
        size = QSize(px(_WIDTH), px(_HEIGHT))
        window = self.parentWidget()
        self.resize(size if window is None else size.boundedTo(window.size()))

    def _build_writing(self) -> None:
        """The row of what is known of how the table is written."""
        self.encoding = _choices(
            say("Encoding"), say("How its letters are kept as bytes"),
            [(each, each.upper()) for each in ENCODINGS],
        )  # fmt: skip
        self.delimiter = _choices(
            say("Between cells"), say("What stands between two cells"),
            [(each, say(_DELIMITER_WORDS[each])) for each in DELIMITERS],
        )  # fmt: skip
        self.notation = _choices(
            say("Numbers"), say("How a number above one thousand is written"),
            [(each, _sample(each)) for each in NOTATIONS],
        )  # fmt: skip
        self.header = QCheckBox(say("The first &row names the columns"))
        self._writing = QHBoxLayout()
        for box in (self.encoding, self.delimiter, self.notation):
            self._writing.addWidget(QLabel(box.accessibleName()))
            self._writing.addWidget(box)
            box.activated.connect(self._read)
        self.header.clicked.connect(self._read)
        self._writing.addWidget(self.header)
        self._writing.addStretch(1)

    def _build_tables(self) -> None:
        """The first rows at the left, the columns and what they are for at the right."""
        self.preview = LongTable(self)
        self.preview.setAccessibleName(say("The first rows of the table"))
        self.preview_model = PreviewModel(self._uses, self)
        self.preview.setModel(self.preview_model)
        self.preview.verticalHeader().show()
        self.preview.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.columns = LongTable(self)
        self.columns.setAccessibleName(say("The columns, and what each is used as"))
        self.columns_model = ColumnsModel(self._uses, self)
        self.columns.setModel(self.columns_model)
        self.columns.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        heads = self.columns.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.use_buttons: dict[Use, QPushButton] = {
            "input": QPushButton(say("&Input")),
            "target": QPushButton(say("&Target")),
            "unused": QPushButton(say("&Not used")),
        }
        pressed = QButtonGroup(self)
        pressed.setExclusive(False)
        for use, button in self.use_buttons.items():
            button.setAutoDefault(False)
            pressed.addButton(button, USES.index(use))
        pressed.idClicked.connect(self._use_pressed)

    def _build_wishes(self) -> None:
        """What is to be done with rows and inputs, and alpha."""
        self.missing = _choices(
            say("Rows without a value"), say("What is to be done where a cell is empty"),
            [(each, say(words)) for each, words in _MISSING_WORDS.items()],
        )  # fmt: skip
        self.scale = _choices(
            say("Inputs"), say("Scaled inputs learn alike; the raw numbers are kept beside them"),
            [(each, say(_SCALE_WORDS[each])) for each in SCALES],
        )  # fmt: skip
        self.constant = QCheckBox(say("Add an input that is always &1"))
        self.constant.setToolTip(
            say("The network has no bias of its own: without it, centred inputs cannot be learned")
        )
        self.alpha = QLineEdit()
        self.alpha.setAccessibleName(say("Alpha"))
        self.alpha.setPlaceholderText(say("half of its limit"))
        self._wishes = QGridLayout()
        self._wishes.setHorizontalSpacing(look.theme.px(10))
        for row, column, name, box in (
            (0, 0, self.missing.accessibleName(), self.missing),
            (0, 2, self.scale.accessibleName(), self.scale),
            (1, 0, say("Alpha"), self.alpha),
        ):
            self._wishes.addWidget(QLabel(name), row, column)
            self._wishes.addWidget(box, row, column + 1)
        self._wishes.addWidget(self.constant, 1, 3)
        self.held_out = HeldOutFields(self._wishes, 2, self)
        self._wishes.setColumnStretch(4, 1)
        self.missing.activated.connect(self._make)
        self.scale.activated.connect(self._follow_scale)
        self.constant.clicked.connect(self._make)
        self.alpha.textEdited.connect(self._make)
        self.held_out.changed.connect(self._make)

    # -- what happens -------------------------------------------------------------------

    def _begin(self) -> None:
        """Read the table as it seems to be written."""
        try:
            dialect = guess(self._content)
        except TableError as error:
            dialect = Dialect()
            self._show_fault(error)
        for box, value in (
            (self.encoding, dialect.encoding),
            (self.delimiter, dialect.delimiter),
            (self.notation, dialect.notation),
        ):
            box.choose(value)
        self.header.setChecked(dialect.header)
        self._read()

    @property
    def dialect(self) -> Dialect:
        """How the table is written, as is chosen."""
        notation: Notation = self.notation.currentData()
        return Dialect(
            self.encoding.currentData(), self.delimiter.currentData(), notation,
            self.header.isChecked(),
        )  # fmt: skip

    @Slot()
    def _read(self) -> None:
        self._wait(say("Reading…"))
        self._maker.drop()
        self._reader.start(partial(_read_whole, self._content, self.dialect, self._name))

    @Slot(object)
    def _show_table(self, found: tuple[Table, Choice]) -> None:
        table, choice = found
        self._uses.begin(table, choice)
        self._table = table
        self.preview_model.show_table(table)
        self.columns_model.show_table(table)
        self._fit_preview()
        self._make()

    def _fit_preview(self) -> None:
        """Give each column of the preview the width of its name and its first cells."""
        metrics = QFontMetrics(look.theme.font(1.0, QFont.Weight.DemiBold))
        model, px = self.preview_model, look.theme.px
        for at in range(min(model.columnCount(), _COLUMNS_FITTED)):
            texts = [model.headerData(at, Qt.Orientation.Horizontal)]
            texts += [model.data(model.index(row, at)) for row in range(_ROWS_FITTED)]
            widest = max(metrics.horizontalAdvance(str(text)) for text in texts if text)
            self.preview.setColumnWidth(at, min(max(widest + px(24), px(56)), px(240)))

    @Slot(int)
    def _use_pressed(self, number: int) -> None:
        self.use_selected(USES[number])

    def use_selected(self, use: Use) -> None:
        """Use the columns that are selected in the list as that."""
        rows = self.columns.selectionModel().selectedRows()
        self._uses.set([self.columns_model.name(row.row()) for row in rows], use)
        self.columns_model.show_uses()
        self.preview_model.show_uses()
        self._make()

    @Slot()
    def _follow_scale(self) -> None:
        """Where inputs are centred, a constant input is added unless that is taken back."""
        self.constant.setChecked(self.scale.currentData() == "standard")
        self._make()

    @Slot()
    def _make(self) -> None:
        """Find out what becomes of the table, in the background."""
        table = self._table
        if table is None:
            return
        try:
            alpha = numbers.parse(self.alpha.text()) if self.alpha.text().strip() else None
        except ValueError as error:
            self._show_fault(TableError(say("alpha: {problem}", problem=error)))
            return
        if alpha is not None and not alpha > 0.0:
            self._show_fault(TableError(say("alpha must be above zero")))
            return
        choice = Choice(
            self._uses.named(table, "input"), self._uses.named(table, "target"),
            self._uses.one_hot, self.missing.currentData(), self.scale.currentData(),
            self.constant.isChecked(), alpha, self.held_out.share, self.held_out.seed,
        )  # fmt: skip
        self._wait(say("Working it out…"))
        self._maker.start(partial(_made, table, choice, self._title))

    def _wait(self, sentence: str) -> None:
        self.experiment = None
        self.open_button.setEnabled(False)
        self._say(sentence, "muted")

    @Slot(object)
    def _show_experiment(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.open_button.setEnabled(True)
        n = len(experiment.setup.examples)
        made = say_count(
            "One example, {inputs} → {outputs}, alpha {alpha}.",
            "{n:,} examples, {inputs} → {outputs}, alpha {alpha}.",
            n,
            inputs=say_count("one input", "{n:,} inputs", len(experiment.inputs)),
            outputs=say_count("one output", "{n:,} outputs", len(experiment.outputs)),
            alpha=numbers.plain(experiment.setup.alpha),
        )
        if experiment.held_out is not None:
            held_out = say_count("One row is held out.", "{n:,} rows are held out.",
                                 len(experiment.held_out))  # fmt: skip
            made = say("{examples} {held_out}", examples=made, held_out=held_out)
        self._say(made, "ink")

    @Slot(object)
    def _show_fault(self, error: Exception) -> None:
        if isinstance(error, ReadingCancelled):
            return
        self.experiment = None
        self.open_button.setEnabled(False)
        self._say(str(error), "diverges")

    def _say(self, sentence: str, role: str) -> None:
        self.status.set_text(sentence)
        self.status.set_role(role)

    @Slot()
    def _take_as_pixels(self) -> None:
        self.as_pixels = True
        self.reject()

    def done(self, result: int) -> None:
        """Leave nothing running behind a closed dialog."""
        self._reader.wait()
        self._maker.wait()
        super().done(result)


def _read_whole(
    content: bytes, dialect: Dialect, name: str, cancelled: Cancelled
) -> tuple[Table, Choice]:
    """The table and what is suggested, with all that is asked of its columns found out."""
    table = read_table(content, dialect, name, cancelled)
    for column in table.columns:
        if cancelled():
            raise ReadingCancelled
        column.find_out()
    return table, suggest(table)


def _made(table: Table, choice: Choice, title: str, _: Cancelled) -> Experiment:
    return experiment_of(table, choice, title)


def _choices(name: str, tip: str, choices: list[tuple[object, str]]) -> ChoiceBox:
    box = ChoiceBox(name, tip)
    box.offer(choices)
    return box


def _sample(notation: Notation) -> str:
    """A number written that way."""
    return f"1{notation.thousands}234{notation.decimal}5"
