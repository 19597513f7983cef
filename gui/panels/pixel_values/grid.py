"""The pixels of the image on the bench as a table of numbers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.look.image_colors import ink_image, on_paper
from gui.look.painting import has_dots
from gui.look.theme import look
from gui.panels.pixel_values.copying import copy_numbers
from gui.panels.pixel_values.tiles import NumberTiles, type_size
from gui.session import Session
from gui.session.paste import paste_inputs, too_many
from gui.widgets.cell_area import ARROWS, CellArea
from model.door import say, written
from model.files.sources import levels_of
from model.network import Floats
from model.words import numbers

_VALUE_LEVELS, _VALUE_DECIMALS = 1000, 3

_EDITOR_WIDTH = 84
# So many times the dots of the screen there are to a side of a cell in a picture of it.
_MORE_DOTS = 2


class _Line(QLineEdit):
    """A line to type in that can be given up."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
            # A line leaves Return to its parent too, where it would open the next line at once.
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()


class NumberGrid(CellArea):
    """Paints the cells that are seen; a cell can be pointed at, chosen and typed into.

    Where the cells are too small for numbers there is just the picture.

    Signals
    -------
    chosen() : another cell is the one that typing goes to, or none
    """

    chosen = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.as_values = False
        self._tiles: NumberTiles | None = None
        # The pixel that was last pointed at here, as a column.
        self._own_pixel: int | None = None
        self._cursor: tuple[int, int] | None = None
        self._editor: _Line | None = None
        self._edited_moment: tuple[int, int | None] = (0, None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        look.follow(self, self._restyle)

    # -- what is shown ------------------------------------------------------------------

    @property
    def levels(self) -> int:
        """The whole number that stands for full ink in the files of this data set."""
        return levels_of(self._session.experiment.digits)

    @property
    def readable(self) -> bool:
        """Whether the cells are large enough for their numbers."""
        return self._ready_tiles().readable

    @property
    def _pointed_at(self) -> tuple[int, int] | None:
        pixel = self._session.view.pixel
        return None if pixel is None else divmod(pixel, self._cols)

    @property
    def looked_at(self) -> tuple[int, int] | None:
        """(row, column) of the pixel that is looked into, or else of the cell that is chosen."""
        return self._pointed_at or self._cursor

    @property
    def editor(self) -> QLineEdit | None:
        """The line to type in, while there is one."""
        return self._editor

    def show_as_values(self, as_values: bool) -> None:
        """Write the values from 0 to 1 that the network sees, or the whole numbers of the file."""
        self._close_editor()
        was_readable = self.readable
        self.as_values = as_values
        if was_readable and not self.readable:
            self.set_cell(self.least_cell())
        self.viewport().update()
        self.zoomed.emit()

    def describe(self) -> str:
        """The cell that is looked at, in words; an empty text if none is."""
        at = self.looked_at
        if at is None or self._session.experiment.image_shape is None:
            return ""
        column = self._input(at)
        value = float(self._session.state.inputs[column])
        whole = numbers.plain(value * self.levels, 4)
        return say(
            "{pixel} · input[{column}] = {value} ({whole} of {levels})",
            pixel=_name(at),
            column=column,
            value=numbers.plain(value, 3),
            whole=whole,
            levels=self.levels,
        )

    def least_cell(self) -> int:
        """The smallest size at which the numbers can be read, in screen pixels."""
        ratio = self.devicePixelRatioF()
        low, high = self.zoom_limits
        sizes = (c for c in range(low, high) if type_size(c / ratio, *self._writing()) is not None)
        return next(sizes, high)

    def begin(self) -> None:
        """Take up another experiment."""
        rows, cols = self._session.experiment.image_shape or (1, 1)
        self._close_editor()
        self._cursor = self._own_pixel = None
        self.setAccessibleName(say("Pixel values, {rows} rows of {cols}", rows=rows, cols=cols))
        self.set_shape(rows, cols)

    def refresh(self) -> None:
        """Show the numbers of the moment."""
        if self._editor is not None and self._moment() != self._edited_moment:
            self._close_editor()
        self.viewport().update()

    def follow_pixel(self) -> None:
        """Mark the pixel that is looked into, in view where it was not pointed at here."""
        at = self._pointed_at
        if at is not None and self._session.view.pixel != self._own_pixel:
            self.show_cell(*at)
        self.viewport().update()

    @Slot()
    def _restyle(self) -> None:
        self._tiles = None
        self._close_editor()
        self._show_zoom()

    def _moment(self) -> tuple[int, int | None]:
        return self._session.playback.position, self._session.state.example

    def _input(self, at: tuple[int, int]) -> int:
        return at[0] * self._cols + at[1]

    # -- painting -----------------------------------------------------------------------

    def _writing(self) -> tuple[int, int]:
        """Levels and decimals of what the cells write."""
        return (_VALUE_LEVELS, _VALUE_DECIMALS) if self.as_values else (self.levels, 0)

    def _tiles_for(self, painter: QPainter) -> NumberTiles:
        """The cells of the screen, or some with more dots where it is not painted on."""
        ratio = self.devicePixelRatioF()
        if not has_dots(painter, ratio):
            more = _MORE_DOTS
            return NumberTiles(self.cell * more, *self._writing(), ratio * more)
        return self._ready_tiles()

    def _ready_tiles(self) -> NumberTiles:
        wanted = (self.cell, *self._writing(), self.devicePixelRatioF())
        if self._tiles is None or self._tiles.made_for != wanted:
            self._tiles = NumberTiles(*wanted)
        return self._tiles

    def paintEvent(self, event: QPaintEvent) -> None:
        shape = self._session.experiment.image_shape
        if shape is None:
            return
        painter = QPainter(self.viewport())
        self._paint_cells(painter, self._session.state.inputs.reshape(shape))
        for at, role in ((self._pointed_at, "muted"), (self._cursor, "accent")):
            if at is not None:
                painter.setPen(QPen(on_paper(role), 2))
                painter.drawRect(self.cell_rect(*at).adjusted(1, 1, -2, -2))

    def _paint_cells(self, painter: QPainter, values: Floats) -> None:
        rows, columns = self.cells_seen()
        seen = values[rows, columns]
        if not seen.size:
            return
        place = self.cell_rect(rows.start, columns.start)
        place = place.united(self.cell_rect(rows.stop - 1, columns.stop - 1))
        tiles = self._tiles_for(painter)
        if tiles.readable:
            painter.drawImage(place.topLeft(), tiles.image(seen))
        else:
            painter.drawImage(place, ink_image(seen))
        painter.setPen(QPen(look.theme.color("outline"), 1))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))

    # -- choosing a cell ----------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.cell_at(event.position())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(*at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.cell_at(event.position())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(*at)
            self.begin_typing()

    def choose(self, row: int, column: int) -> None:
        """Make a cell the one that typing goes to, and bring it into view."""
        self._cursor = (row, column)
        self.show_cell(row, column)
        self._point(self._cursor)
        self.viewport().update()
        self.chosen.emit()

    def _point(self, at: tuple[int, int] | None) -> None:
        """Look into a pixel; with None no longer into the one that was pointed at here."""
        is_image = self._session.experiment.image_shape is not None
        pixel = self._input(at) if at is not None and is_image else None
        before, self._own_pixel = self._own_pixel, pixel
        if pixel is not None or before == self._session.view.pixel:
            self._session.view.show(pixel=pixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.modifiers() & command:
            super().keyPressEvent(event)
        elif key in ARROWS:
            down, right = ARROWS[Qt.Key(key)]
            row, column = self._cursor or (self._rows // 2 - down, self._cols // 2 - right)
            self.choose(
                min(max(row + down, 0), self._rows - 1), min(max(column + right, 0), self._cols - 1)
            )
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.begin_typing()
        elif len(text) == 1 and text in "0123456789.-+":
            self.begin_typing(text)
        elif key == Qt.Key.Key_Escape and self._cursor is not None:
            self._cursor = None
            self._point(None)
            self.viewport().update()
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_key = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        if by_key and self._cursor is None:
            self.choose(self._rows // 2, self._cols // 2)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(None)
        super().focusOutEvent(event)

    # -- typing -------------------------------------------------------------------------

    def begin_typing(self, text: str | None = None) -> None:
        """Open a line over the chosen cell, holding its number (all selected) or a text."""
        if self._cursor is None or self._editor is not None:
            return
        self._session.playback.pause()
        editor = _Line(self.viewport())
        editor.setAccessibleName(_name(self._cursor))
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setStyleSheet("QLineEdit { padding: 0px; border-radius: 4px; }")
        editor.setText(self._written() if text is None else text)
        if text is None:
            editor.selectAll()
        editor.editingFinished.connect(self._typed)
        editor.given_up.connect(self._close_editor)
        self._editor = editor
        self._edited_moment = self._moment()
        self._place_editor()
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _written(self) -> str:
        """The chosen pixel's number with every digit, in the numbers that are shown."""
        assert self._cursor is not None
        value = float(self._session.state.inputs[self._input(self._cursor)])
        return numbers.exact(value) if self.as_values else written(f"{value * self.levels:.10g}")

    @Slot()
    def _typed(self) -> None:
        editor = self._editor
        if editor is None or self._cursor is None:
            return
        text, unchanged = editor.text(), self._written()
        try:
            values = numbers.parse_row(text) if text != unchanged else ()
        except ValueError as error:
            if editor.hasFocus():
                editor.selectAll()
            else:
                self._close_editor()
            self._session.notices.refuse(
                say("{pixel}: {problem}", pixel=_name(self._cursor), problem=error)
            )
            return
        self._close_editor()
        self._put(self._cursor, values)

    def copy(self) -> None:
        """Put all numbers on the clipboard, as they are shown."""
        copy_numbers(self._session, None if self.as_values else self.levels)

    def paste(self) -> None:
        """Put the number on the clipboard into the chosen cell, or the numbers from there on."""
        text = QGuiApplication.clipboard().text()
        if self._cursor is None:
            return
        try:
            if not text.strip():
                raise ValueError(say("there is no number on the clipboard"))
            values = numbers.parse_row(text)
        except ValueError as error:
            self._session.notices.refuse(
                say("{pixel}: {problem}", pixel=_name(self._cursor), problem=error)
            )
            return
        self._session.playback.pause()
        self._put(self._cursor, values)

    def _put(self, cell: tuple[int, int], values: tuple[float, ...]) -> None:
        """Give a cell another number, or it and those to its right several."""
        if not self.as_values:
            values = tuple(value / self.levels for value in values)
        row, column = cell
        if len(values) > self._cols - column:
            sentence = too_many(_name(cell), self._cols - column, len(values))
            self._session.notices.refuse(sentence)
        elif len(values) > 1:
            paste_inputs(self._session, self._input((row, column)), values)
        elif values:
            self._session.edits.set_input(self._input(cell), values[0])

    @Slot()
    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is None:
            return
        had_focus = editor.hasFocus()
        editor.hide()
        editor.deleteLater()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_editor(self) -> None:
        """Keep the line over its cell, wide enough to type in and inside the viewport."""
        if self._editor is None or self._cursor is None:
            return
        cell = self.cell_rect(*self._cursor)
        width = max(cell.width(), look.theme.px(_EDITOR_WIDTH))
        height = max(cell.height(), look.theme.px(24))
        place = QRectF(0, 0, width, height)
        place.moveCenter(cell.center())
        room = self.viewport().rect()
        left = min(max(0.0, place.left()), max(0.0, room.width() - width))
        top = min(max(0.0, place.top()), max(0.0, room.height() - height))
        self._editor.setGeometry(QRect(round(left), round(top), round(width), round(height)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_editor()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place_editor()


def _name(at: tuple[int, int]) -> str:
    return say("pixel row {row}, column {column}", row=at[0], column=at[1])
