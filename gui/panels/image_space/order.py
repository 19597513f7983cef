"""Images piled up along one axis: which ones lie where."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.look.image_colors import ink_image
from gui.look.painting import lettering, shade
from gui.look.theme import look
from gui.panels.image_space.axis_button import AxisButton
from gui.panels.image_space.axis_map import AxisMap
from gui.panels.image_space.axis_menu import AxisMenu
from gui.panels.image_space.found.axes import axis_of, coordinates, name_of, place_of
from gui.panels.image_space.found.data import SpaceData
from gui.panels.image_space.stage import Stage
from gui.plots.ticks import linear_ticks
from gui.session import Session
from gui.widgets.tips import put_tip
from model.door import say, written
from model.image_space import Axis
from model.network import Floats

_SIDE = 30


class Piles(QWidget):
    """Columns of images: in each those whose coordinate lies in a part of the axis.

    Signals
    -------
    pointed(object) : another image is under the mouse or the keyboard, by its row; or None
    chosen(int) : an image was clicked or entered, by its row
    """

    accessible_role = QAccessible.Role.Chart

    pointed = Signal(object)
    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._data: SpaceData | None = None
        self._shape = (1, 1)
        self._values: Floats = np.zeros(0)
        self.piles: list[np.ndarray] = []
        self._bench: float | None = None
        self._name = ""
        self.hovered: int | None = None
        self.held = (0, 0)
        self.setAccessibleName(say("Images along one axis"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.follow(self, self._pile)

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(160), look.theme.px(110))

    def show_values(
        self, data: SpaceData, shape: tuple[int, int], values: Floats, bench: float, name: str
    ) -> None:
        """Show the images of a sample by their values (n,), and where the one on the bench is."""
        self._data, self._shape, self._values = data, shape, values
        self._bench, self._name = bench, name
        self._pile()

    def clear(self) -> None:
        """Show nothing: what is shown is being found."""
        self._data, self._values, self.piles, self._bench = None, np.zeros(0), [], None
        self.update()

    # -- geometry ----------------------------------------------------------------------------

    @property
    def _side(self) -> int:
        return look.theme.px(_SIDE)

    @property
    def _area(self) -> QRectF:
        below = look.theme.px(20)
        return QRectF(0, 0, max(1, self.width()), max(1, self.height() - below))

    @property
    def _range(self) -> tuple[float, float]:
        low, high = float(self._values.min()), float(self._values.max())
        return (low, high) if high > low else (low - 0.5, high + 0.5)

    @Slot()
    def _pile(self) -> None:
        """Which rows are in which column, lowest first; as high as there is room for."""
        self.piles = []
        if len(self._values):
            n = max(1, int(self._area.width() // self._side))
            low, high = self._range
            columns = np.minimum((self._values - low) / (high - low) * n, n - 1).astype(np.intp)
            self.piles = [np.flatnonzero(columns == at) for at in range(n)]
        self.update()

    @property
    def _most(self) -> int:
        """How many images a column has room for; the line above says how many more there are."""
        return max(1, int((self._area.height() - look.theme.px(14)) // self._side))

    def rect_of(self, column: int, place: int) -> QRect:
        """Where an image lies: columns from the left, places from the bottom."""
        side, area = self._side, self._area
        left = area.left() + (area.width() - len(self.piles) * side) / 2 + column * side
        return QRect(round(left), round(area.bottom() - (place + 1) * side), side, side)

    def row_at(self, place: QPointF) -> int | None:
        """The row whose image is at a place of the widget."""
        if not self.piles:
            return None
        first = self.rect_of(0, 0)
        column = int((place.x() - first.left()) // self._side)
        up = int((first.bottom() + 1 - place.y()) // self._side)
        if 0 <= column < len(self.piles) and 0 <= up < min(self._most, len(self.piles[column])):
            return int(self.piles[column][up])
        return None

    # -- mouse and keys ----------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.row_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def _point(self, row: int | None) -> None:
        if row != self.hovered:
            self.hovered = row
            self.update()
            self.pointed.emit(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position())
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in moves and self.piles:
            across, up = moves[key]
            column = self.held[0]
            others = [at for at, pile in enumerate(self.piles) if len(pile)]
            beyond = [at for at in others if (at - column) * across > 0]
            if across and beyond:
                column = min(beyond, key=lambda at: abs(at - column))
            column = column if column in others else others[0]
            most = min(self._most, len(self.piles[column])) - 1
            self.held = column, min(max(0, self.held[1] + up), most)
            self._point(self._held_row)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._held_row is not None:
            self.chosen.emit(self._held_row)
        else:
            super().keyPressEvent(event)

    @property
    def _held_row(self) -> int | None:
        column, place = self.held
        if column < len(self.piles) and place < len(self.piles[column]):
            return int(self.piles[column][place])
        return None

    # -- painting ----------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:
        self._pile()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.theme.color("panel"))
        if self._data is None or self._data.inputs is None or not self.piles:
            return
        letters = lettering(0.78)
        painter.setFont(letters.font)
        for column, pile in enumerate(self.piles):
            shown = pile[: self._most]
            if len(shown):
                images = self._data.inputs.rows(shown)
                for place, (row, pixels) in enumerate(zip(shown.tolist(), images, strict=True)):
                    self._draw_image(painter, self.rect_of(column, place), row, pixels)
            if len(pile) > len(shown):
                top = self.rect_of(column, len(shown) - 1).top()
                box = QRectF(self.rect_of(column, 0).left() - 8, top - 14, self._side + 16, 13)
                painter.setPen(shade("muted"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, written(f"{len(pile):,}"))
        self._draw_axis(painter)

    def _draw_image(self, painter: QPainter, rect: QRect, row: int, pixels: Floats) -> None:
        unit = (rect.width() - 2) / max(self._shape)
        box = QRectF(0, 0, self._shape[1] * unit, self._shape[0] * unit)
        box.moveCenter(QRectF(rect).center())
        painter.drawImage(box, ink_image(pixels.reshape(self._shape)))
        if row == self.hovered:
            painter.setPen(QPen(shade("accent"), 2 * look.theme.line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))

    def _draw_axis(self, painter: QPainter) -> None:
        px, area, letters = look.theme.px, self._area, lettering(0.8)
        low, high = self._range
        left, right = self.rect_of(0, 0).left(), self.rect_of(len(self.piles) - 1, 0).right()
        painter.setFont(letters.font)
        painter.setPen(shade("outline"))
        painter.drawLine(QPointF(left, area.bottom() + 0.5), QPointF(right, area.bottom() + 0.5))
        painter.setPen(shade("muted"))
        for tick in linear_ticks(low, high, max(2, int(area.width() / px(80)))):
            x = left + (tick.value - low) / (high - low) * (right - left)
            at = min(max(0.0, x - letters.width(tick.text) / 2), self.width() - 1.0)
            painter.drawText(QPointF(at, area.bottom() + px(15)), tick.text)
        if self._bench is not None and np.isfinite(self._bench):
            x = left + (min(max(self._bench, low), high) - low) / (high - low) * (right - left)
            painter.setPen(QPen(shade("accent"), 2 * look.theme.line))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + px(4)))
            words = say("on the bench")
            wide = letters.width(words)
            at = min(max(0.0, x + 4), self.width() - wide)
            painter.drawText(QPointF(at, px(10)), words)


class OrderStage(Stage):
    """One axis, as a picture, and the images along it."""

    def __init__(self, session: Session, data: SpaceData) -> None:
        super().__init__(session, data)
        self.piles = Piles()
        self.button = AxisButton(0, say("axis"))
        self.button.set_compact(True)
        self.axis_map = AxisMap(session, data, most=1)
        self.menu = AxisMenu(session, data, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.piles, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.axis_map)
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        self.button.asked.connect(self._offer)
        self.menu.chosen.connect(self.axis_map.take)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.piles, *self.axis_map.tab_stops, self.button]

    def forget(self) -> None:
        """Let go of all that belongs to the experiment before."""
        self.piles.clear()

    def rebuild(self) -> None:
        """Another experiment is on the bench."""
        self.axis_map.rebuild()

    def set_wide(self, wide: bool) -> None:
        """Whether there is room to choose on which image pixels are clicked."""
        self.axis_map.set_wide(wide)

    def refresh(self) -> None:
        """Look again at the axis, the sample and the bench."""
        session, data = self._session, self._data
        choice, shape = session.view.space.axes[0], session.experiment.image_shape
        self.axis_map.refresh()
        axis: Axis | None = None
        try:
            axis = axis_of(session, data, choice)
        except ValueError as error:
            put_tip(self.button, str(error))
        self.button.show_axis(axis, name_of(choice) if axis is None else axis.name, shape)
        if axis is None or shape is None:
            self.piles.clear()
            return
        values = coordinates(data, [axis])[:, 0]
        bench = float(place_of(session.state.inputs, [axis])[0])
        self.piles.show_values(data, shape, values, bench, axis.name)

    @Slot(int)
    def _offer(self, _: int) -> None:
        self.menu.offer(self.button)
