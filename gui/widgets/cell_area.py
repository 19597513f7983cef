"""A table of square cells that is zoomed and scrolled; what is in them is up to others."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from gui.look.theme import look

_MIN_CELL, _MAX_CELL = 2, 96
_ZOOM = 1.2
# Where an arrow key leads in a table: so many rows down, so many columns to the right.
ARROWS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip
_NOTCH = 120  # how far a wheel says it has turned at each click
# Nobody turns further at once; drivers, and wheels that go on by themselves, may say so.
_MAX_NOTCHES = 20


def notches(turned: int) -> float:
    """How many clicks of a wheel an angle of its event is, of either sign; not more than 20."""
    return max(-_MAX_NOTCHES, min(_MAX_NOTCHES, turned / _NOTCH))


def calm(event: QWheelEvent) -> QWheelEvent:
    """The same event, with a wheel that has turned no further than `notches` says."""
    angle = event.angleDelta()
    most = _MAX_NOTCHES * _NOTCH
    if max(abs(angle.x()), abs(angle.y())) <= most:
        return event
    bounded = QPoint(round(notches(angle.x()) * _NOTCH), round(notches(angle.y()) * _NOTCH))
    return QWheelEvent(
        event.position(), event.globalPosition(), QPoint(), bounded, event.buttons(),
        event.modifiers(), event.phase(), event.inverted(),
    )  # fmt: skip


class CellArea(QAbstractScrollArea):
    """Rows and columns of cells, whole pixels of the screen wide and high.

    Until someone zooms, the cells are as large as fits, but not smaller than ``least_cell``.

    Signals
    -------
    zoomed() : the size of the cells may have changed
    """

    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._cols = 1, 1
        self._cell = _MIN_CELL
        self._by_hand = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QAbstractScrollArea::corner { background: transparent; }")

    def least_cell(self) -> int:
        """The smallest size that cells have without being asked for it, in screen pixels."""
        return _MIN_CELL

    def set_shape(self, rows: int, cols: int) -> None:
        """Show another table, from its middle, at its own size."""
        self._rows, self._cols = rows, cols
        self._by_hand = False
        self._show_zoom()
        self._show_middle()

    # -- zooming ------------------------------------------------------------------------

    @property
    def cell(self) -> int:
        """Width and height of a cell, in pixels of the screen."""
        return self._cell

    @property
    def side(self) -> float:
        """Width and height of a cell, in pixels of the layout."""
        return self._cell / self.devicePixelRatioF()

    @property
    def zoom_limits(self) -> tuple[int, int]:
        """The smallest and largest size of a cell, in pixels of the screen."""
        return _MIN_CELL, round(look.theme.px(_MAX_CELL) * self.devicePixelRatioF())

    @Slot()
    def zoom_in(self) -> None:
        """Larger cells; the middle stays where it is."""
        self._zoom_at(max(self._cell + 1, self._cell * _ZOOM), self._middle())

    @Slot()
    def zoom_out(self) -> None:
        """Smaller cells; the middle stays where it is."""
        self._zoom_at(min(self._cell - 1, self._cell / _ZOOM), self._middle())

    @Slot()
    def fit(self) -> None:
        """The whole table, as large as there is room for."""
        self.set_cell(self._largest_fitting())

    def set_cell(self, cell: int) -> None:
        """Cells of another size; the middle stays where it is."""
        self._zoom_at(cell, self._middle())

    def _zoom_at(self, cell: float, anchor: QPointF) -> None:
        """Change the size of the cells while what lies at the anchor stays there."""
        low, high = self.zoom_limits
        at = (anchor - self.origin()) / self.side
        self._cell = min(max(low, round(cell)), high)
        self._by_hand = True
        self._show_zoom()
        moved = at * self.side - anchor
        self.horizontalScrollBar().setValue(round(moved.x()))
        self.verticalScrollBar().setValue(round(moved.y()))

    def _largest_fitting(self) -> int:
        # Of the whole area: the bars that may be there now would not be needed. A line is left
        # on each side for a frame.
        fitting = min((self.width() - 2) / self._cols, (self.height() - 2) / self._rows)
        low, high = self.zoom_limits
        return min(max(low, int(fitting * self.devicePixelRatioF())), high)

    def _show_zoom(self) -> None:
        if not self._by_hand:
            self._cell = max(self._largest_fitting(), self.least_cell())
        for bar, cells, room in (
            (self.horizontalScrollBar(), self._cols, self.viewport().width()),
            (self.verticalScrollBar(), self._rows, self.viewport().height()),
        ):
            bar.setRange(0, max(0, math.ceil(cells * self.side) - room))
            bar.setPageStep(room)
            bar.setSingleStep(max(1, round(self.side)))
        self.viewport().update()
        self.zoomed.emit()

    def _show_middle(self) -> None:
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setValue(bar.maximum() // 2)

    # -- geometry -----------------------------------------------------------------------

    def origin(self) -> QPointF:
        """The upper left corner of the table in the viewport: scrolled, or centred."""
        view = self.viewport()
        spare_x = view.width() - self._cols * self.side
        spare_y = view.height() - self._rows * self.side
        return QPointF(
            spare_x // 2 if spare_x > 0 else -self.horizontalScrollBar().value(),
            spare_y // 2 if spare_y > 0 else -self.verticalScrollBar().value(),
        )

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Where a cell lies in the viewport."""
        corner = self.origin() + QPointF(column, row) * self.side
        return QRectF(corner.x(), corner.y(), self.side, self.side)

    def cell_at(self, position: QPointF) -> tuple[int, int] | None:
        """(row, column) of the cell at a position in the viewport; None beside the table."""
        at = (position - self.origin()) / self.side
        row, column = math.floor(at.y()), math.floor(at.x())
        inside = 0 <= row < self._rows and 0 <= column < self._cols
        return (row, column) if inside else None

    def cells_seen(self) -> tuple[slice, slice]:
        """The rows and the columns that lie in the viewport, wholly or in part."""
        origin, view = self.origin(), self.viewport()
        rows = slice(
            max(0, int(-origin.y() / self.side)),
            min(self._rows, math.ceil((view.height() - origin.y()) / self.side)),
        )
        columns = slice(
            max(0, int(-origin.x() / self.side)),
            min(self._cols, math.ceil((view.width() - origin.x()) / self.side)),
        )
        return rows, columns

    def show_cell(self, row: int, column: int) -> None:
        """Scroll as little as is needed to see a cell."""
        cell, view = self.cell_rect(row, column), self.viewport()
        for bar, start, end, room in (
            (self.horizontalScrollBar(), cell.left(), cell.right(), view.width()),
            (self.verticalScrollBar(), cell.top(), cell.bottom(), view.height()),
        ):
            past = min(start, 0.0) or max(end - room, 0.0)
            bar.setValue(bar.value() + (math.floor(past) if past < 0 else math.ceil(past)))

    def _middle(self) -> QPointF:
        return QRectF(self.viewport().rect()).center()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = notches(event.angleDelta().y())
            wanted = self._cell * _ZOOM**turned
            further = max(self._cell + 1, wanted) if turned > 0 else min(self._cell - 1, wanted)
            if turned:
                self._zoom_at(further, event.position())
            event.accept()
        else:
            calmed = calm(event)
            super().wheelEvent(calmed)
            event.setAccepted(calmed.isAccepted())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._show_zoom()
        if not self._by_hand:
            self._show_middle()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._show_zoom()
        return super().event(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(420), look.theme.px(300))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(120), look.theme.px(80))
