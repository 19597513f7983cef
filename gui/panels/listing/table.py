"""The listing as it is read: moved through by keys, its names pointed at, its numbers typed."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from gui.look.theme import look
from gui.panels.listing.drawing import LineDrawing, Measures, row_height, span_box
from gui.panels.listing.lines import Index, ListingRows
from gui.widgets.long_table import LongTable
from gui.widgets.number_field import NumberField
from model.listing.lines import Change, Span

# Rows above and below the one that is under way that are seen with it.
_AROUND = 2


class ListingTable(LongTable):
    """Rows of a listing.

    Signals
    -------
    pointed(row, span) : a name or number of a line was clicked, or chosen by keys
    edited(change, value, gesture) : another number is wanted in its place
    rejected(text) : what was typed is no number, in one sentence
    copy_wanted : the keys for copying were pressed
    """

    pointed = Signal(int, object)
    edited = Signal(object, float, object)
    rejected = Signal(str)
    copy_wanted = Signal()

    def __init__(self, rows: ListingRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._drawing = LineDrawing(rows, self)
        # Of the current row, the name or number that the keys are at; beyond the last, the row.
        self._span = 0
        self._change: Change | None = None
        self.setObjectName("cells")
        self.setModel(rows)
        self.setItemDelegate(self._drawing)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.viewport().setMouseTracking(True)
        self.field = _Field(self.viewport())
        self.field.edited.connect(self._edited)
        self.field.rejected.connect(self.rejected)
        self.field.left.connect(self._leave_field)
        self.restyle()

    def restyle(self) -> None:
        """Take over the type and colours of the theme."""
        self.verticalHeader().setDefaultSectionSize(Measures.now().row)
        self.fit_rows()

    def fit_rows(self) -> None:
        """Make each row as high as what stands in it."""
        measures, header = Measures.now(), self.verticalHeader()
        width, differs = self.viewport().width(), False
        for row in range(self._rows.rowCount()):
            height = row_height(measures, self._rows.line(row), self._rows.marks(row), width)
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)
                differs = True
        if differs:
            # Else the scroll bar would learn of it too late to scroll to the last rows.
            self.updateGeometries()

    def keep_in_view(self, row: int) -> None:
        """Scroll to a row if it is out of sight, or nearly, together with those around it."""
        last = self._rows.rowCount() - 1
        for near in (row - _AROUND, row + _AROUND, row):
            if 0 <= row <= last:
                self.scrollTo(self._rows.index(min(max(0, near), last), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_rows()

    # -- names and numbers ---------------------------------------------------------------------

    def span_rect(self, row: int, span: Span) -> QRect:
        """Where a name or number is, in the viewport."""
        top_left = QPoint(self.columnViewportPosition(0), self.rowViewportPosition(row))
        box = span_box(Measures.now(), self._rows.line(row), span)
        return box.translated(top_left).toAlignedRect()

    def _span_at(self, position: QPoint) -> tuple[int, Span] | None:
        row = self.rowAt(position.y())
        if row < 0:
            return None
        for span in self._rows.line(row).spans:
            if self.span_rect(row, span).contains(position):
                return row, span
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._span_at(event.position().toPoint())
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            row, span = found
            self._span = self._rows.line(row).spans.index(span)
            self._choose(row, span)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._span_at(event.position().toPoint())
        shape = Qt.CursorShape.ArrowCursor
        if found is not None:
            typed = found[1].change is not None
            shape = Qt.CursorShape.IBeamCursor if typed else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def _choose(self, row: int, span: Span) -> None:
        """Point at a name; of a number begin to type another one as well."""
        # The listing may be another one once it was pointed at.
        self.pointed.emit(row, span)
        lines = self._rows.rowCount()
        if span.change is not None and row < lines and span in self._rows.line(row).spans:
            self.type_at(row, span)

    def type_at(self, row: int, span: Span) -> None:
        """Open a line to type in, in the place of a number."""
        if span.change is None:
            return
        self._change = span.change
        rect = self.span_rect(row, span)
        room = look.theme.px(84)
        rect.setWidth(max(rect.width(), room))
        rect.moveRight(min(rect.right(), self.viewport().width() - 1))
        self.field.setGeometry(rect)
        self.field.show_value(span.change.value)
        self.field.show()
        self.field.begin_typing()

    @Slot(float, object)
    def _edited(self, value: float, gesture: object) -> None:
        change = self._change
        self._leave_field()
        if change is not None:
            self.edited.emit(change, value, gesture)

    @Slot()
    def _leave_field(self) -> None:
        had_focus = self.field.hasFocus()
        self.field.hide()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        spans = self._rows.line(row).spans if 0 <= row < self._rows.rowCount() else ()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and spans:
            by = 1 if key == Qt.Key.Key_Right else -1
            self._span = min(max(0, self._span + by), len(spans) - 1)
            self._show_focus()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self._span < len(
            spans
        ):
            self._choose(row, spans[self._span])
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._span = 0
        self._show_focus()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not self.currentIndex().isValid() and self._rows.rowCount() and not by_mouse:
            # The first one that is in sight: nothing is scrolled for it.
            self.setCurrentIndex(self._rows.index(max(0, self.rowAt(0)), 0))
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus()

    def _show_focus(self) -> None:
        row = self.currentIndex().row()
        self._drawing.at = (row, self._span) if self.hasFocus() and row >= 0 else None
        self.viewport().update()


class _Field(NumberField):
    """A number that is typed in the place where it stands.

    Signals
    -------
    left : it is not typed in any more
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.digits = None
        self.set_type(0.95)
        self.hide()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusOut:
            # Once its line has taken what was typed, whether or not that was another number.
            QTimer.singleShot(0, self, self._look_whether_left)
        return done

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Its line gives the keyboard back to it when it is closed by a key.
        self._look_whether_left()

    @Slot()
    def _look_whether_left(self) -> None:
        if self.editor is None:
            self.left.emit()
