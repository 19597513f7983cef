"""The card of one weight in the network graph, with its padlock."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QFont,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QToolTip, QWidget

from gui.look.box import Box, pixel_box
from gui.look.painting import RIGHT, stamp, write
from gui.look.theme import look
from gui.panels.network.layout import CardStyle
from gui.panels.network.node_cards import SMALL, Card
from gui.session import Session
from gui.session.paste import paste_weights
from gui.widgets.number_field import NumberField, rename
from gui.widgets.tips import plain_tip
from model.phase import Phase
from model.words.names import weight_name
from model.words.step import DASH, GraphMoment, figure, weight_in_words

_TOGGLE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
VALUE_TYPE = {CardStyle.TALL: 1.3, CardStyle.WIDE: 1.15, CardStyle.MINI: 1.0}


class WeightParts(NamedTuple):
    """Where things are on a weight's card; a line of width 0 is not written."""

    disc: Box
    value: Box
    padlock: Box
    first_line: Box
    second_line: Box


def weight_parts(style: CardStyle, w: int, h: int, scale: float) -> WeightParts:
    """The parts of a card of w x h pixels; scale is relative to 13 pixel type."""

    def box(x: float, y: float, width: float, height: float) -> Box:
        return pixel_box(x, y, width, height, scale)

    w, h = round(w / scale), round(h / scale)
    if style is CardStyle.WIDE:
        return WeightParts(
            disc=box(7, 3, 18, 18),
            value=box(27, 2, 96, 20),
            padlock=box(w - 25, 2, 21, 21),
            first_line=box(9, 23, 132, 15),
            second_line=box(143, 23, w - 151, 15),
        )
    if style is CardStyle.MINI:
        return WeightParts(
            disc=box(5, 4, 18, 18),
            value=box(25, 3, w - 28, 20),
            padlock=box(w - 22, 23, 19, 19),
            first_line=box(7, 25, w - 30, 15),
            second_line=box(7, 25, 0, 0),
        )
    return WeightParts(
        disc=box(8, 7, 20, 20),
        value=box(30, 5, 106, 25),
        padlock=box(w - 28, 6, 23, 23),
        first_line=box(11, 32, w - 19, 15),
        second_line=box(11, 48, w - 19, 15),
    )


class Padlock(QAbstractButton):
    """A padlock that asks for its weight to be frozen or freed.

    It does not close by itself: whoever freezes the weight says so with ``setChecked``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self.update)

    def nextCheckState(self) -> None:
        """Leave the state to whoever owns it."""

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(22), look.theme.px(22))

    def event(self, event: QEvent) -> bool:
        # While the padlock has the focus these keys are its own, not shortcuts of the window.
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if event.key() in _TOGGLE_KEYS and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        key = f"padlock {self.isChecked()} {self.hasFocus()} {self.underMouse()}"
        stamp(QPainter(self), self, key, self._draw)

    def _draw(self, painter: QPainter) -> None:
        theme = look.theme
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "outline"), 1))
            painter.setBrush(theme.color("panel"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        closed = self.isChecked()
        color = theme.color("frozen" if closed else "ink" if self.underMouse() else "muted")
        unit = min(self.width(), self.height()) / 22
        painter.translate(self.width() / 2 - 11 * unit, self.height() / 2 - 11 * unit)
        painter.scale(unit, unit)
        painter.setPen(QPen(color, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        shackle = QPainterPath(QPointF(8, 10.5))
        shackle.lineTo(8, 7.5 if closed else 6)
        shackle.arcTo(QRectF(8, 4.5 if closed else 3, 6, 6), 180, -180)
        shackle.lineTo(14, 10.5 if closed else 7)
        painter.drawPath(shackle)
        painter.setBrush(color if closed else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(6, 10.5, 10, 7.5), 1.2, 1.2)
        if closed:
            keyhole = QPen(theme.color("frozen_wash"), 1.6)
            keyhole.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(keyhole)
            painter.drawLine(QPointF(11, 13.5), QPointF(11, 15))


class WeightCard(Card):
    """A weight's letter, value and padlock, and what the next update would do to it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._style = CardStyle.TALL
        self._letter = self._full_name = self._first = self._second = ""
        self._moment: GraphMoment | None = None
        self._frozen = False
        self.output = self.column = 0
        self.field = NumberField("weight", self)
        self.field.alignment = Qt.AlignmentFlag.AlignLeft
        self.field.in_row = True
        self.field.edited.connect(self._edited)
        self.field.pasted.connect(self._pasted)
        self.padlock = Padlock(self)
        self.padlock.clicked.connect(self._padlock_clicked)

    @property
    def lines(self) -> tuple[str, str]:
        """The small lines below the value; the second may be empty."""
        return self._first, self._second

    def show_weight(
        self, moment: GraphMoment, output: int, column: int, style: CardStyle, in_words: bool
    ) -> None:
        """Stand for one of the weights; ``in_words`` for assistive technology, too."""
        self.output, self.column, self._moment = output, column, moment
        state = moment.state
        self._rename(moment)
        if style is not self._style:
            self._style = style
            self.restyle()
        value = float(state.weights[output, column])
        self.field.show_value(value, look.theme.signed(value))
        frozen = bool(state.setup.frozen[output, column])
        first, second = self._write_lines(moment, frozen)
        if (first, second, frozen) != (self._first, self._second, self._frozen):
            self._first, self._second, self._frozen = first, second, frozen
            self.update()
        self.padlock.setChecked(frozen)
        lit = moment.moved is not None and bool(moment.moved[output, column])
        used = moment.phase is Phase.PREDICTED
        self.set_box(
            "accent_wash" if lit else "frozen_wash" if frozen else "panel",
            "frozen" if frozen and not lit else "accent" if lit or used else "outline",
            2 if lit else 1.5 if used or frozen else 1,
        )
        if in_words:
            self.setAccessibleDescription(weight_in_words(moment, output, column))
            self.field.setAccessibleDescription(self.accessibleDescription())

    def _rename(self, moment: GraphMoment) -> None:
        """Names, which differ only when another weight is shown."""
        experiment = moment.experiment
        letter = weight_name(self._session.experiment, self.output, self.column)
        ends = f"{experiment.inputs[self.column]} to {experiment.outputs[self.output]}"
        if (letter, ends) == (self._letter, self._full_name):
            return
        self._letter, self._full_name = letter, ends
        self.setAccessibleName(f"weight {letter}, {ends}")
        rename(self.field, f"weight {letter}, {ends}")
        self.padlock.setAccessibleName(f"Freeze weight {letter} ({ends})")
        self.padlock.setToolTip(plain_tip(f"Freeze weight {letter} ({ends}): it keeps its value"))
        self.update()

    def _write_lines(self, moment: GraphMoment, frozen: bool) -> tuple[str, str]:
        known = moment.at_rest
        change = figure(float(moment.change[self.output, self.column]), signed=True)
        weight_delta = figure(float(moment.state.weight_delta[self.output, self.column]))
        following = f"next {change if known else DASH}"
        if frozen and self._style is CardStyle.MINI:
            return f"held {change}" if known else "held", ""
        if frozen:
            return f"held · would be {change}" if known else "held", ""
        if self._style is CardStyle.MINI:
            return following, ""
        return f"weight_delta {weight_delta if known else DASH}", following

    def restyle(self) -> None:
        parts = self._parts()
        self.field.setGeometry(*parts.value)
        self.field.set_type(VALUE_TYPE[self._style])
        self.padlock.setGeometry(*parts.padlock)
        self.update()

    def still_key(self) -> str:
        return f"{self._style.value} {self._letter} {self._frozen}"

    def paint_still(self, painter: QPainter) -> None:
        super().paint_still(painter)
        theme = look.theme
        disc = QRectF(*self._parts().disc)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("frozen" if self._frozen else "ink"))
        painter.drawEllipse(disc)
        size = {1: SMALL, 2: 0.75}.get(len(self._letter), 0.6)
        painter.setFont(theme.font(size, QFont.Weight.Bold))
        painter.setPen(theme.color("panel"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self._letter)

    def _parts(self) -> WeightParts:
        return weight_parts(self._style, self.width(), self.height(), look.theme.font_px / 13)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, parts = look.theme, self._parts()
        painter = self.begin_paint()
        small = theme.font(SMALL)
        color = theme.color("frozen" if self._frozen else "muted")
        if not self._second:
            write(painter, parts.first_line.united(parts.second_line), self._first, small, color)
            return
        for box, text in ((parts.first_line, self._first), (parts.second_line, self._second)):
            if self._style is CardStyle.TALL:
                label, _, value = text.rpartition(" ")
                write(painter, box, label, small, color)
                write(
                    painter,
                    box,
                    value,
                    theme.font(SMALL, QFont.Weight.Medium),
                    theme.color("ink"),
                    RIGHT,
                )
            else:
                write(painter, box, text, small, color)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._moment is not None:
            assert isinstance(event, QHelpEvent)
            QToolTip.showText(event.globalPos(), plain_tip(self._tip(self._moment)), self)
            return True
        return super().event(event)

    def _tip(self, moment: GraphMoment) -> str:
        words = weight_in_words(moment, self.output, self.column)
        return f"{self.accessibleName()}: {words}"

    @Slot(float, object)
    def _edited(self, value: float, gesture: object) -> None:
        self._session.edits.set_weight(self.output, self.column, value, gesture)

    @Slot(object)
    def _pasted(self, values: tuple[float, ...]) -> None:
        paste_weights(self._session, self.output, self.column, values)

    @Slot()
    def _padlock_clicked(self) -> None:
        self._session.edits.set_frozen(self.output, self.column, not self.padlock.isChecked())

    def part_rect(self, family: str) -> QRect:
        """Where a named part is on the card: weight_delta, next or padlock; else all of it.

        Where only one line is written, it is all that is said of both.
        """
        parts = self._parts()
        lines = parts.first_line, parts.second_line
        if not self._second:
            lines = 2 * (parts.first_line.united(parts.second_line),)
        boxes = {"weight_delta": lines[0], "next": lines[1], "padlock": parts.padlock}
        return QRect(*boxes[family]) if family in boxes else self.rect()
