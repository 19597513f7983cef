"""The lines of the network graph, painted under its cards."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.look.box import Box
from gui.look.theme import Theme, look
from gui.panels.network.layout import GraphLayout, Offset, Shape
from gui.panels.network.writing import GraphType
from model.door import say
from model.phase import StepPart
from model.words.step import GraphMoment

_THINNEST, _THICKEST = 1.3, 9.0
# Smooth lines cost ten times as much; with more than this many weights they are a blur anyway.
_MAX_SMOOTH = 40
_HALO, _HALO_STRENGTH = 6.0, 0.25
# Dash and gap of a frozen weight's line.
_DASHES = (2.5, 5.0)


class EdgePane(QWidget):
    """A part of the graph's view: the lines that cross it, and the cards put on it.

    Signals
    -------
    pressed : the mouse was pressed beside all cards
    """

    pressed = Signal()
    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Inputs, weights and outputs"))
        self._drawing: tuple[GraphLayout, GraphMoment, Offset, float, GraphType] | None = None
        self._flow = 1.0

    def show_edges(
        self,
        layout: GraphLayout,
        moment: GraphMoment,
        scroll: Offset,
        reach: float,
        of: GraphType,
    ) -> None:
        """Draw the lines of a moment; ``reach`` is the |weight × input| of a thick line."""
        self._drawing = (layout, moment, scroll, reach, of)
        self.update()

    def clear(self) -> None:
        """Draw nothing, and keep nothing of what was drawn."""
        self._drawing = None
        self.update()

    def set_flow(self, flow: float) -> None:
        """How far to the right a prediction has come: 0 to 1."""
        if flow != self._flow:
            self._flow = flow
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawing is None:
            return
        painter = QPainter(self)
        painter.translate(-self.x(), -self.y())
        artist = _Artist(painter, *self._drawing, self._flow, QRectF(self.geometry()))
        if self._drawing[0].shape is Shape.FAN:
            artist.draw_fan()
        else:
            artist.draw_matrix()


def edge_width(contribution: float, reach: float) -> float:
    """Width of a line that carries weight × input: more for more, and never beyond a bound."""
    size = abs(contribution)
    return _THINNEST + (_THICKEST - _THINNEST) * (size / (size + reach))


def _mixed(one: QColor, other: QColor, part: float) -> QColor:
    """A colour between two; translucent lines would cost twenty times as much."""
    return QColor.fromRgbF(
        one.redF() + part * (other.redF() - one.redF()),
        one.greenF() + part * (other.greenF() - one.greenF()),
        one.blueF() + part * (other.blueF() - one.blueF()),
    )


def _around(box: Box, margin: float) -> QRectF:
    return QRectF(*box).adjusted(-margin, -margin, margin, margin)


class _Artist:
    """Draws the lines of one moment in coordinates of the view."""

    def __init__(
        self,
        painter: QPainter,
        layout: GraphLayout,
        moment: GraphMoment,
        scroll: Offset,
        reach: float,
        of: GraphType,
        flow: float,
        shown: QRectF,
    ) -> None:
        self.shown = shown
        self.type = of
        self.painter, self.layout, self.moment = painter, layout, moment
        self.scroll, self.reach, self.flow = scroll, reach, flow
        self.theme: Theme = look.theme
        self.predicting = moment.part is StepPart.PREDICT
        painter.setRenderHint(
            QPainter.RenderHint.Antialiasing,
            layout.shape is Shape.FAN or layout.n_inputs * layout.n_outputs <= _MAX_SMOOTH,
        )

    # -- fan ------------------------------------------------------------------------------

    def draw_fan(self) -> None:
        """Lines from each input to its weights, and from those to their output."""
        if self.predicting:
            self.painter.save()
            width = self.flow * self.layout.view[0]
            self.painter.setClipRect(QRectF(0, 0, width, self.layout.view[1]))
            self._each_fan_line(self._draw_halo)
            self.painter.restore()
        self._each_fan_line(self._draw_edge)

    def _each_fan_line(self, draw: Callable[[list[QLineF], int, int], None]) -> None:
        layout, scroll = self.layout, self.scroll
        outputs, columns = layout.visible_weights(scroll)
        under = self.type.px(8)
        for output in outputs:
            end = layout.output_box(output, scroll)
            for column in columns:
                start = layout.input_box(column, scroll)
                card = layout.weight_box(output, column, scroll)
                # They end under the cards, so that a thick slanting end does not show.
                lines = [
                    QLineF(start.right - under, start.middle, card.x + under, card.middle),
                    QLineF(card.right - under, card.middle, end.x + under, end.middle),
                ]
                draw(lines, output, column)

    # -- matrix ---------------------------------------------------------------------------

    def draw_matrix(self) -> None:
        """A line down from each input, one along each output, and a bridge at each weight."""
        layout, scroll, painter = self.layout, self.scroll, self.painter
        self._draw_borders()
        rows, columns = layout.visible_weights(scroll)
        bend = self.type.px(9)
        first = layout.weight_box(0, 0, scroll)
        last = layout.weight_box(layout.n_outputs - 1, 0, scroll)
        role, width = ("accent", 1.6) if self.predicting else ("outline", 1.0)
        painter.setPen(QPen(self.theme.color(role), width * self.theme.line))
        for column in layout.visible_inputs(scroll):
            x = layout.weight_box(0, column, scroll).x - bend
            top = layout.input_box(column, scroll).bottom
            painter.drawLine(QLineF(x, top, x, last.middle))
        for output in layout.visible_outputs(scroll):
            y = layout.weight_box(output, 0, scroll).bottom + bend - 2
            painter.drawLine(QLineF(first.right - bend, y, layout.output_box(output, scroll).x, y))
        for output in rows:
            for column in columns:
                card = layout.weight_box(output, column, scroll)
                # What lies on another pane is drawn there.
                reach = bend + _THICKEST * self.theme.line
                if not self.shown.intersects(_around(card, reach)):
                    continue
                tap = card.right - bend
                lines = [
                    QLineF(card.x - bend, card.middle, card.x, card.middle),
                    QLineF(tap, card.bottom, tap, card.bottom + bend - 2),
                ]
                self._draw_edge(lines, output, column)

    def _draw_borders(self) -> None:
        """Where cards pass out of sight under the headings."""
        layout = self.layout
        self.painter.setPen(QPen(self.theme.color("hairline"), self.theme.line))
        most_x, most_y = layout.most_scroll
        if most_x and layout.side < layout.view[0]:
            self.painter.drawLine(layout.side, 0, layout.side, layout.view[1])
        if most_y and layout.header:
            self.painter.drawLine(0, layout.header - 1, layout.view[0], layout.header - 1)

    # -- both -----------------------------------------------------------------------------

    def _draw_halo(self, lines: list[QLineF], output: int, column: int) -> None:
        width = self._width(output, column) + _HALO
        color = _mixed(self.theme.color("background"), self.theme.color("accent"), _HALO_STRENGTH)
        self.painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        self.painter.drawLines(lines)

    def _draw_edge(self, lines: list[QLineF], output: int, column: int) -> None:
        weight = float(self.moment.weights[output, column])
        width = self._width(output, column)
        color = self.theme.signed(weight) if weight else self.theme.color("outline")
        pen = QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if self.moment.frozen[output, column]:
            # Dashes in the colour of the sign on a thin line in that of what is frozen.
            self.painter.setPen(QPen(self.theme.color("frozen"), _THINNEST * self.theme.line))
            self.painter.drawLines(lines)
            pen.setDashPattern([length * self.theme.line / width for length in _DASHES])
        self.painter.setPen(pen)
        self.painter.drawLines(lines)

    def _width(self, output: int, column: int) -> float:
        inputs = self.moment.state.inputs
        contribution = float(self.moment.weights[output, column] * inputs[column])
        if math.isnan(contribution):
            contribution = 0.0
        return edge_width(contribution, self.reach) * self.theme.line * self.type.zoom
