"""The card of one weight in the network graph, with its padlock."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.look.box import Box, pixel_box
from gui.look.painting import stamp
from gui.look.theme import look
from gui.panels.network.card import Card
from gui.panels.network.card_words import Lines, one_line, two_lines
from gui.panels.network.layout import CardStyle
from gui.panels.network.writing import SMALL, Text, labelled
from gui.session import Session
from gui.session.paste import paste_weights
from gui.widgets.number_field import NumberField, rename
from gui.widgets.tips import plain_tip
from model.door import say
from model.phase import StepPart
from model.words.step import Focus, GraphMoment
from model.words.terms import WEIGHT_TERMS, weight_terms

_TOGGLE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
VALUE_TYPE = {
    CardStyle.TALL: 1.3, CardStyle.WIDE: 1.15, CardStyle.SLIM: 1.0, CardStyle.MINI: 1.0,
}  # fmt: skip
ONE_LINED = (CardStyle.WIDE, CardStyle.MINI)


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
            first_line=box(9, 23, w - 17, 15),
            second_line=box(9, 23, 0, 15),
        )
    if style is CardStyle.SLIM:
        return WeightParts(
            disc=box(5, 4, 18, 18),
            value=box(24, 3, w - 47, 20),
            padlock=box(w - 22, 3, 20, 20),
            first_line=box(7, 25, w - 14, 15),
            second_line=box(7, 41, w - 14, 15),
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

    def nextCheckState(self) -> None:
        """Leave the state to whoever owns it."""

    def sizeHint(self) -> QSize:
        return QSize(look.theme.px(22), look.theme.px(22))

    def event(self, event: QEvent) -> bool:
        # While the padlock has the focus these keys are its own, not shortcuts of the window.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in _TOGGLE_KEYS
            and not event.modifiers()
        ):
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
    """A weight's letter, value and padlock, and what the update does to it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(NumberField(say("weight")), session, parent)
        self._style = CardStyle.TALL
        self._letter = self._full_name = ""
        self._lines: tuple[Lines, Lines] = ((), ())
        self._frozen = False
        self.output = self.column = 0
        self.field.alignment = Qt.AlignmentFlag.AlignLeft
        self.field.in_row = True
        self.field.edited.connect(self._edited)
        self.field.pasted.connect(self._pasted)
        self.padlock = Padlock(self)
        self.padlock.clicked.connect(self._padlock_clicked)

    @property
    def focus(self) -> Focus:
        return self.output, self.column

    @property
    def lines(self) -> tuple[str, str]:
        """The small lines below the value as they are written; the second may be empty."""
        first, second = (
            " ".join(text.text for text in self._line(lines, box))
            for lines, box in zip(self._lines, self._boxes(), strict=True)
        )
        return first, second

    def show_weight(self, moment: GraphMoment, output: int, column: int, style: CardStyle) -> None:
        """Stand for one of the weights."""
        self.output, self.column, self.moment = output, column, moment
        self._rename(moment)
        if style is not self._style:
            self._style = style
            self.restyle()
        value = float(moment.weights[output, column])
        self.field.show_value(value, look.theme.signed(value))
        self.fit_field(VALUE_TYPE[style])
        frozen = bool(moment.frozen[output, column])
        lines: tuple[Lines, Lines] = two_lines(moment, output, column)
        if style in ONE_LINED:
            lines = one_line(moment, output, column), ()
        if (lines, frozen) != (self._lines, self._frozen):
            self._lines, self._frozen = lines, frozen
            self.update()
        self.padlock.setChecked(frozen)
        lit = moment.part is StepPart.COMPARE or moment.moved(output, column)
        used = moment.part is StepPart.PREDICT
        self.set_box(
            "frozen_wash" if frozen else "accent_wash" if lit else "panel",
            "frozen" if frozen else "accent" if lit or used else "outline",
            2 if lit else 1.5 if used or frozen else 1,
        )

    def describe(self) -> None:
        assert self.moment is not None
        words = weight_terms(self.moment, self.output, self.column)
        self.setAccessibleDescription(words)
        self.field.setAccessibleDescription(words)

    def _rename(self, moment: GraphMoment) -> None:
        """Names, which differ only when another weight is shown."""
        experiment = moment.experiment
        letter = moment.name(self.output, self.column)
        names = {
            "letter": letter,
            "input": experiment.inputs[self.column],
            "output": experiment.outputs[self.output],
        }
        full_name = say("weight {letter}, {input} to {output}", **names)
        if full_name == self._full_name:
            return
        self._letter, self._full_name = letter, full_name
        self.setAccessibleName(full_name)
        rename(self.field, full_name)
        freeze = say("Freeze weight {letter} ({input} to {output})", **names)
        self.padlock.setAccessibleName(freeze)
        self.padlock.setToolTip(
            plain_tip(
                say("Freeze weight {letter} ({input} to {output}): it keeps its value", **names)
            )
        )
        self.update()

    def restyle(self) -> None:
        parts = self._parts()
        self.field.setGeometry(*parts.value)
        self.fit_field(VALUE_TYPE[self._style])
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
        painter.setFont(self.type.letters(size, QFont.Weight.Bold).font)
        painter.setPen(theme.color("panel"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self._letter)

    def _parts(self) -> WeightParts:
        return weight_parts(self._style, self.width(), self.height(), self.type.scale)

    def texts(self) -> tuple[Text, ...]:
        first, second = self._boxes()
        return (*self._line(self._lines[0], first), *self._line(self._lines[1], second))

    def _boxes(self) -> tuple[Box, Box]:
        """Where the small lines are; a single one has the room of both."""
        parts = self._parts()
        if self._lines[1]:
            return parts.first_line, parts.second_line
        return (parts.first_line.united(parts.second_line),) * 2

    def _line(self, lines: Lines, box: Box) -> tuple[Text, ...]:
        if not lines:
            return ()
        quiet = "frozen" if self._frozen else "muted"
        # Numbers stand out where there is room for two lines.
        loud = self._style not in ONE_LINED and bool(self._lines[1])
        roles = (quiet, "ink" if loud else quiet)
        weight = QFont.Weight.Medium if loud else QFont.Weight.Normal
        return labelled(
            box, lines, self.type, SMALL, roles, (QFont.Weight.Normal, weight), spread=loud
        )

    def term_at(self, place: QPoint) -> str:
        assert self.moment is not None
        moment, cell = self.moment, (self.output, self.column)
        if self._lines[1]:
            for family, tell in WEIGHT_TERMS.items():
                if self.part_rect(family).contains(place):
                    return tell(moment, *cell)
        return say("{name}: {words}", name=self.accessibleName(), words=weight_terms(moment, *cell))

    @Slot(float, object)
    def _edited(self, value: float, gesture: object) -> None:
        self.session.edits.set_weight(self.output, self.column, value, gesture)

    @Slot(object)
    def _pasted(self, values: tuple[float, ...]) -> None:
        paste_weights(self.session, self.output, self.column, values)

    @Slot()
    def _padlock_clicked(self) -> None:
        self.session.edits.set_frozen(self.output, self.column, not self.padlock.isChecked())

    def part_rect(self, family: str) -> QRect:
        """Where a named part is on the card: weight_delta, next or padlock; else all of it.

        Where only one line is written, it is all that is said of both.
        """
        first, second = self._boxes()
        boxes = {"weight_delta": first, "next": second, "padlock": self._parts().padlock}
        return QRect(*boxes[family]) if family in boxes else self.rect()
