"""A dot product as a table: a row an input, and the sum that grows from row to row."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.look.painting import draw_whole
from gui.look.theme import look
from gui.panels.dot_product.rows import MAX_DECIMALS, Columns, Extent, Rows, Scale, decimals
from gui.widgets.number_field import NumberField, rename
from model.door import say
from model.network import Floats
from model.words import numbers

# Rows of up to this many inputs can be edited here.
MAX_EDITABLE = 14
# Heights for 13 pixel type.
_ROW, _MAX_ROW = 32, 72
_LINE, _HEADING, _SUM = 22, 20, 48
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class DotProductBars(QFrame):
    """Heading, rows and sum; the rows scroll where there are many.

    Signals
    -------
    input_edited(column, value, gesture), weight_edited(column, value, gesture) : a person asks
        for another number
    inputs_pasted(column, values), weights_pasted(column, values) : for several, from there on
    fields_changed : there are other fields than before
    """

    input_edited = Signal(int, float, object)
    weight_edited = Signal(int, float, object)
    inputs_pasted = Signal(int, object)
    weights_pasted = Signal(int, object)
    fields_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.table = ProductTable()
        self.table.input_edited.connect(self.input_edited)
        self.table.weight_edited.connect(self.weight_edited)
        self.table.inputs_pasted.connect(self.inputs_pasted)
        self.table.weights_pasted.connect(self.weights_pasted)
        self.heading = _Heading(self.table)
        self.sum_row = SumRow(self.table)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(say("Products"))
        self.area.setWidget(self.table)
        for behind in (self.area.viewport(), self.table):
            behind.setAutoFillBackground(False)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.heading)
        self._column.addWidget(self.area, 1)
        self._column.addWidget(self.sum_row)
        look.follow(self, self._restyle)
        self._restyle()

    @property
    def fields(self) -> list[NumberField]:
        """Input and weight of each row in turn; none where there are too many rows."""
        return [field for pair in self.table.fields for field in pair]

    def show_rows(self, rows: Rows) -> None:
        """Show another moment."""
        known = self.table.rows
        self.table.show_rows(rows)
        self.sum_row.update()
        if known is None or known.n != rows.n:
            # A long table is scrolled with the keyboard, a short one through its fields.
            focus = Qt.FocusPolicy
            self.area.setFocusPolicy(focus.NoFocus if self.fields else focus.StrongFocus)
            self._limit_height()
            self.fields_changed.emit()

    def reveal(self, row: int) -> None:
        """Scroll so that a row is in sight."""
        pitch = self.table.pitch
        self.area.ensureVisible(0, round((row + 0.5) * pitch), 0, math.ceil(pitch / 2))

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(1, px(6), 1, px(4))
        self._limit_height()

    def _limit_height(self) -> None:
        """No taller than its rows can be."""
        px = look.theme.px
        n = self.table.rows.n if self.table.rows is not None else 1
        self.setMaximumHeight(n * px(_MAX_ROW) + px(_HEADING) + px(_SUM) + px(12))


class _RowField(NumberField):
    """A number that says in which row it is edited: ``edited_in_row(row, value, gesture)``.

    Where several are pasted, ``pasted_in_row(row, values)`` says from which row on.
    """

    edited_in_row = Signal(int, float, object)
    pasted_in_row = Signal(int, object)

    def __init__(self, name: str, row: int, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._row = row
        self.in_row = self.may_shrink = True
        self.edited.connect(self._tell)
        self.pasted.connect(self._tell_pasted)

    @Slot(float, object)
    def _tell(self, value: float, gesture: object) -> None:
        self.edited_in_row.emit(self._row, value, gesture)

    @Slot(object)
    def _tell_pasted(self, values: tuple[float, ...]) -> None:
        self.pasted_in_row.emit(self._row, values)


class ProductTable(QWidget):
    """The rows. Each has its numbers above and its bar below, which starts at the sum so far."""

    input_edited = Signal(int, float, object)
    weight_edited = Signal(int, float, object)
    inputs_pasted = Signal(int, object)
    weights_pasted = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Rows | None = None
        self.fields: list[tuple[NumberField, NumberField]] = []
        self.setAccessibleName(say("Inputs, weights and products"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        look.follow(self, self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(400), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        n = self.rows.n if self.rows is not None else 1
        return QSize(look.theme.px(200), n * look.theme.px(_ROW))

    # -- showing ------------------------------------------------------------------------

    def show_rows(self, rows: Rows) -> None:
        """Show another moment."""
        known = self.rows
        self.rows = rows
        if known is None or known.names != rows.names:
            self._make_fields(rows)
            self.updateGeometry()
            self._place()
        self._fill(rows)
        self.update()

    def _make_fields(self, rows: Rows) -> None:
        wanted = rows.n if rows.n <= MAX_EDITABLE else 0
        while len(self.fields) > wanted:
            for field in self.fields.pop():
                field.hide()
                field.deleteLater()
        while len(self.fields) < wanted:
            row = len(self.fields)
            pair = _RowField(say("input"), row, self), _RowField(say("weight"), row, self)
            pair[0].edited_in_row.connect(self.input_edited)
            pair[1].edited_in_row.connect(self.weight_edited)
            pair[0].pasted_in_row.connect(self.inputs_pasted)
            pair[1].pasted_in_row.connect(self.weights_pasted)
            for field in pair:
                field.set_type(1.0)
                field.show()
            self.fields.append(pair)
        for (field, weight), name in zip(self.fields, rows.names, strict=False):
            rename(field, say("input {name}", name=name))
            rename(weight, say("weight of {name}", name=name))

    def _fill(self, rows: Rows) -> None:
        """Give the fields their values; in a run with four decimals, so that no digit moves."""
        dot = rows.dot
        if not self.fields:
            return
        for side, values in enumerate((dot.inputs, dot.weights)):
            digits = decimals(values) if rows.settled else MAX_DECIMALS
            for pair, value in zip(self.fields, values.tolist(), strict=True):
                field = pair[side]
                if field.digits != digits:
                    field.digits = digits
                    field.update()
                field.show_value(value, look.theme.signed(value) if side else None)

    # -- looks --------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @Slot()
    def _restyle(self) -> None:
        theme = look.theme
        self._font, self._bold_font = theme.font(), theme.font(1.0, QFont.Weight.DemiBold)
        self.updateGeometry()
        self._place()
        if self.rows is not None:
            self._fill(self.rows)

    def _place(self) -> None:
        """Share the height among the rows, and put the fields into theirs."""
        px = look.theme.px
        n = self.rows.n if self.rows is not None else 1
        self.pitch = min(max(self.height() / n, px(_ROW)), px(_MAX_ROW))
        self._thickness = float(min(px(18), max(px(5), self.pitch * 0.22)))
        # Room above the numbers of a row, and between them and the bar.
        self._lead = max(0.0, (self.pitch - px(_LINE) - self._thickness) / 3)
        columns = Columns.of(self.width())
        for at, (field, weight) in enumerate(self.fields):
            top = round(at * self.pitch + self._lead)
            for shown, (left, width) in ((field, columns.input), (weight, columns.weight)):
                shown.setGeometry(round(left), top, round(width), px(_LINE))

    def _bar_top(self, row: int) -> float:
        return row * self.pitch + 1.6 * self._lead + look.theme.px(_LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        rows = self.rows
        if rows is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pitch = self.pitch
        first = max(0, int(event.rect().top() / pitch))
        places = range(first, min(rows.n, int(event.rect().bottom() / pitch) + 1))
        sums = rows.sums
        if 0 < rows.count < rows.n:
            self._draw_now(painter, rows.count - 1)
        scale = Scale.of(rows, self.width())
        for at in places:
            self._draw_bar(painter, rows, sums, at, scale)
        self._draw_names(painter, rows, places)
        self._draw_numbers(painter, rows, sums, places)

    def _draw_now(self, painter: QPainter, row: int) -> None:
        px = look.theme.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.theme.color("accent_wash"))
        box = QRectF(px(4), row * self.pitch, self.width() - px(8), self.pitch)
        painter.drawRoundedRect(box, px(5), px(5))

    def _draw_bar(self, painter: QPainter, rows: Rows, sums: Floats, at: int, scale: Scale) -> None:
        """The product as a bar from the sum before to the sum after, and where 0 is."""
        theme, top, thick = look.theme, self._bar_top(at), self._thickness
        if at < rows.count:
            before, after = float(sums[at - 1]) if at else 0.0, float(sums[at])
            start, end = scale.x(before), scale.x(after)
            bar = QRectF(min(start, end), top, abs(end - start), thick)
            painter.fillRect(bar, theme.signed(float(rows.dot.products[at])))
            # The sum so far, where the next bar takes over.
            painter.setPen(QPen(theme.color("ink"), 1.5 * theme.line))
            painter.drawLine(QPointF(end, top - 2), QPointF(end, top + thick + 2))
        painter.setPen(QPen(theme.color("outline"), theme.line))
        painter.drawLine(QPointF(scale.x(0), top - 2), QPointF(scale.x(0), top + thick + 2))

    def _draw_names(self, painter: QPainter, rows: Rows, places: range) -> None:
        theme, columns = look.theme, Columns.of(self.width())
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        room = columns.name[1] - theme.px(4)
        for at in places:
            painter.setPen(theme.color("ink"))
            name = metrics.elidedText(rows.names[at], Qt.TextElideMode.ElideRight, room)
            self._put(painter, at, columns.name, name, _LEFT)
            painter.setPen(theme.color("muted"))
            self._put(painter, at, columns.times, "×", _MIDDLE)
            self._put(painter, at, columns.equals, "=", _MIDDLE)

    def _draw_numbers(self, painter: QPainter, rows: Rows, sums: Floats, places: range) -> None:
        theme, columns, dot = look.theme, Columns.of(self.width()), rows.dot
        digits = [MAX_DECIMALS] * 4
        if rows.settled:
            digits = [decimals(v) for v in (dot.inputs, dot.weights, dot.products, sums)]
        painter.setFont(self._bold_font)
        for at in places:
            if not self.fields:
                painter.setPen(theme.color("ink"))
                text = numbers.short(float(dot.inputs[at]), digits[0])
                self._put(painter, at, columns.input, text, _MIDDLE)
                weight = float(dot.weights[at])
                painter.setPen(theme.signed(weight))
                self._put(painter, at, columns.weight, numbers.short(weight, digits[1]), _MIDDLE)
            if at < rows.count:
                product = float(dot.products[at])
                painter.setPen(theme.signed(product))
                text = numbers.signed(product, digits[2])
                self._put(painter, at, columns.product, text, _RIGHT)
        if columns.sum is None:
            return
        painter.setFont(self._font)
        painter.setPen(theme.color("muted"))
        for at in range(places.start, min(places.stop, rows.count)):
            text = numbers.short(float(sums[at]), digits[3])
            self._put(painter, at, columns.sum, text, _RIGHT)

    def _put(
        self, painter: QPainter, row: int, column: Extent, text: str, align: Qt.AlignmentFlag
    ) -> None:
        top = row * self.pitch + self._lead
        box = QRectF(column[0], top, column[1], look.theme.px(_LINE))
        draw_whole(painter, box, align, text)


class _Heading(QWidget):
    """What the columns are."""

    def __init__(self, table: ProductTable) -> None:
        super().__init__()
        self._table = table
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(200), look.theme.px(_HEADING))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, columns = look.theme, Columns.of(self._table.width())
        painter = QPainter(self)
        painter.setFont(theme.font(0.88))
        painter.setPen(theme.color("muted"))
        # A heading may be a little wider than its numbers.
        over = theme.px(10.0)
        for (left, width), text in (
            (columns.input, say("input")),
            (columns.times, "×"),
            (columns.weight, say("weight")),
            (columns.equals, "="),
        ):
            box = QRectF(left - over, 0, width + 2 * over, self.height())
            draw_whole(painter, box, _MIDDLE, text)
        for span, text in ((columns.product, say("product")), (columns.sum, say("sum so far"))):
            if span is not None:
                left = max(span[0] - over, sum(columns.equals))
                box = QRectF(left, 0, sum(span) - left, self.height())
                draw_whole(painter, box, _RIGHT, text)


class SumRow(QWidget):
    """The sum of what has been added: the prediction, once it is all."""

    def __init__(self, table: ProductTable) -> None:
        super().__init__()
        self._table = table
        self.setAccessibleName(say("Sum of the products"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def label(self) -> str:
        """What the number at the right is the sum of."""
        rows = self._table.rows
        if rows is None or rows.count == rows.n:
            return say("sum = prediction")
        return say("sum of {count} of {n} products", count=rows.count, n=rows.n)

    @property
    def text(self) -> str:
        """The sum as it is written."""
        rows = self._table.rows
        if rows is None:
            return ""
        return numbers.short(rows.sum, decimals(rows.sums) if rows.settled else MAX_DECIMALS)

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(200), look.theme.px(_SUM))

    def paintEvent(self, event: QPaintEvent) -> None:
        rows = self._table.rows
        if rows is None:
            return
        theme, width = look.theme, self._table.width()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = theme.px(10.0), width - theme.px(10.0)
        painter.fillRect(QRectF(left, 0, right - left, theme.line), theme.color("outline"))
        line = QRectF(left, theme.px(4), right - left, theme.px(_LINE))
        painter.setFont(theme.font())
        painter.setPen(theme.color("muted"))
        painter.drawText(line, _LEFT, self.label)
        used = painter.fontMetrics().horizontalAdvance(self.label) + theme.px(8)
        painter.setFont(theme.font(1.25, QFont.Weight.Bold))
        painter.setPen(theme.signed(rows.sum))
        draw_whole(painter, line.adjusted(used, 0, 0, 0), _RIGHT, self.text)
        scale = Scale.of(rows, width)
        zero, end = scale.x(0), scale.x(rows.sum)
        top, thick = theme.px(29.0), theme.px(12.0)
        bar = QRectF(min(zero, end), top, abs(end - zero), thick)
        painter.fillRect(bar, theme.signed(rows.sum))
        for x, role in ((zero, "outline"), (end, "ink")):
            painter.setPen(QPen(theme.color(role), 1.5 * theme.line))
            painter.drawLine(QPointF(x, top - 2), QPointF(x, top + thick + 2))
