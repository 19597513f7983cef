"""The cards of the network graph that hold an input or an output."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from gui.look.box import Box, pixel_box
from gui.look.painting import CENTER, LEFT, RIGHT, shortened, stamp, write
from gui.look.theme import look
from gui.panels.network.layout import NodeStyle
from gui.session import Session
from gui.session.paste import paste_inputs, paste_targets
from gui.widgets.number_field import NumberField, plain_tip, rename
from model.phase import Phase
from model.words import numbers
from model.words.step import DASH, GraphMoment, output_in_words

SMALL = 0.85
# Size of an output's prediction relative to the theme's type.
PRED_TYPE = {NodeStyle.STACK: 1.7, NodeStyle.ROW: 1.15, NodeStyle.NARROW: 1.0}
# More figures than this are set in smaller type.
_MOST_LARGE_FIGURES = 9


def label_size(style: NodeStyle) -> float:
    """Size of an output's target, delta and error relative to the theme's type."""
    return 0.92 if style is NodeStyle.STACK else SMALL


class InputParts(NamedTuple):
    """Where things are on an input's card."""

    name: Box
    value: Box


class OutputParts(NamedTuple):
    """Where things are on an output's card."""

    name: Box
    pred: Box
    target_label: Box
    target: Box
    delta: Box
    error: Box


def input_parts(style: NodeStyle, w: int, h: int, scale: float) -> InputParts:
    """The parts of an input's card of w x h pixels; scale is relative to 13 pixel type."""

    s = scale
    if style is NodeStyle.ROW:
        return InputParts(
            name=pixel_box(9 * s, 0, w - 127 * s, h),
            value=pixel_box(w - 116 * s, h / 2 - 12 * s, 112 * s, 24 * s),
        )
    top = h / 2 - 27 * s
    return InputParts(
        name=pixel_box(6 * s, top + 5 * s, w - 12 * s, 18 * s),
        value=pixel_box(w / 2 - 57 * s, top + 24 * s, 114 * s, 25 * s),
    )


def output_parts(style: NodeStyle, w: int, h: int, scale: float) -> OutputParts:
    """The parts of an output's card of w x h pixels; scale is relative to 13 pixel type."""

    def box(x: float, y: float, width: float, height: float) -> Box:
        return pixel_box(x, y, width, height, scale)

    w, h = round(w / scale), round(h / scale)
    if style is NodeStyle.ROW:
        gap = max(0, (h - 54) / 4)
        second, third = 21 + 2 * gap, 38 + 3 * gap
        return OutputParts(
            name=box(10, 3 + gap, w - 118, 18),
            pred=box(w - 106, 3 + gap, 96, 18),
            target_label=box(10, second, 60, 17),
            target=box(w - 113, second, 106, 17),
            delta=box(10, third, 98, 14),
            error=box(w - 102, third, 98, 14),
        )
    if style is NodeStyle.NARROW:
        gap = max(0, (h - 64) / 5)
        lines = [3 + gap, 21 + 2 * gap, 36 + 3 * gap, 49 + 4 * gap]
        return OutputParts(
            name=box(7, lines[0], w - 91, 18),
            pred=box(w - 84, lines[0], 76, 18),
            target_label=box(7, lines[1], 33, 15),
            target=box(40, lines[1], w - 44, 15),
            delta=box(7, lines[2], w - 15, 13),
            error=box(7, lines[3], w - 15, 13),
        )
    return OutputParts(
        name=box(10, 7, w - 20, 17),
        pred=box(10, 24, w - 20, 30),
        target_label=box(11, 57, 40, 19),
        target=box(52, 57, w - 59, 19),
        delta=box(11, 77, w - 22, 16),
        error=box(11, 94, w - 22, 16),
    )


class Card(QWidget):
    """A rounded box that stands out a little when something about it is new."""

    accessible_role = QAccessible.Role.Grouping

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill, self._edge, self._edge_width = "panel", "outline", 1.0
        look.changed.connect(self._look_changed)

    @Slot()
    def _look_changed(self) -> None:
        # A slot of its own: a connection to one that is overridden outlives the widget.
        self.restyle()

    def restyle(self) -> None:
        """Take up another theme, or another size."""
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.restyle()

    def set_box(self, fill: str, edge: str, edge_width: float) -> None:
        """Roles of the theme for the surface and the line around it."""
        if (fill, edge, edge_width) != (self._fill, self._edge, self._edge_width):
            self._fill, self._edge, self._edge_width = fill, edge, edge_width
            self.update()

    def begin_paint(self) -> QPainter:
        """Paint the box, and hand on the painter for what is in it."""
        painter = QPainter(self)
        key = f"{self._fill} {self._edge} {self._edge_width} {self.still_key()}"
        stamp(painter, self, key, self.paint_still)
        return painter

    def still_key(self) -> str:
        """What distinguishes this card's still part from that of others."""
        return ""

    def paint_still(self, painter: QPainter) -> None:
        """Paint what stays while numbers change."""
        theme = look.theme
        width = self._edge_width * theme.line
        painter.setPen(QPen(theme.color(self._edge), width))
        painter.setBrush(theme.color(self._fill))
        inset = width / 2
        radius = theme.px(8)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius
        )


def _error_text(error: float) -> str:
    """An error is the square of a small number more often than not: it needs more figures."""
    return numbers.short(error, 6 if error < 1 else 4)


class InputCard(Card):
    """An input's name and its value, which can be edited."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._name = ""
        self._style = NodeStyle.STACK
        self._type = 0.0
        self.column = 0
        self.field = NumberField("input", self)
        self.field.digits = None
        self.field.in_row = True
        self.field.edited.connect(self._edited)
        self.field.pasted.connect(self._pasted)

    def show_input(self, moment: GraphMoment, column: int, style: NodeStyle) -> None:
        """Stand for one of the inputs."""
        self.column = column
        name = moment.experiment.inputs[column]
        if name != self._name:
            self._name = name
            self.setAccessibleName(f"input {name}")
            self.setToolTip(plain_tip(name))
            rename(self.field, f"input {name}")
            self.update()
        if style is not self._style:
            self._style = style
            self.restyle()
        self.field.show_value(float(moment.state.inputs[column]))
        self._fit_type()
        lit = moment.phase is Phase.PREDICTED
        self.set_box("panel", "accent" if lit else "outline", 1.5 if lit else 1)

    def _fit_type(self) -> None:
        roomy = self._style is NodeStyle.STACK and len(self.field.text) <= _MOST_LARGE_FIGURES
        size = 1.3 if roomy else 1.0
        if size != self._type:
            self._type = size
            self.field.set_type(size)

    def restyle(self) -> None:
        parts = input_parts(self._style, self.width(), self.height(), look.theme.font_px / 13)
        self.field.setGeometry(*parts.value)
        self._fit_type()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.theme
        painter = self.begin_paint()
        parts = input_parts(self._style, self.width(), self.height(), theme.font_px / 13)
        align = CENTER if self._style is NodeStyle.STACK else LEFT
        font = theme.font(0.92)
        name = shortened(self._name, font, parts.name.w)
        write(painter, parts.name, name, font, theme.color("muted"), align)

    @Slot(float, object)
    def _edited(self, value: float, gesture: object) -> None:
        self._session.edits.set_input(self.column, value, gesture)

    @Slot(object)
    def _pasted(self, values: tuple[float, ...]) -> None:
        paste_inputs(self._session, self.column, values)

    def part_rect(self, _: str) -> QRect:
        """Where a named part is on the card: an input is all of it."""
        return self.rect()


class OutputCard(Card):
    """An output's name, its pred, its target, which can be edited, its delta and error."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._style = NodeStyle.STACK
        self._name = self._pred = ""
        self._delta = self._error = DASH
        self._lit_pred = self._lit_error = False
        self.output = 0
        self.field = NumberField("target", self)
        self.field.digits = None
        self.field.alignment = Qt.AlignmentFlag.AlignRight
        self.field.in_row = True
        self.field.edited.connect(self._edited)
        self.field.pasted.connect(self._pasted)

    @property
    def pred_text(self) -> str:
        """The prediction as it is written on the card."""
        return self._pred

    @property
    def delta_text(self) -> str:
        """The delta as it is written on the card, or a dash before it is made."""
        return self._delta

    @property
    def error_text(self) -> str:
        """The error as it is written on the card, or a dash before it is made."""
        return self._error

    def show_output(
        self, moment: GraphMoment, output: int, style: NodeStyle, in_words: bool
    ) -> None:
        """Stand for one of the outputs; ``in_words`` for assistive technology, too."""
        self.output = output
        state = moment.state
        name = moment.experiment.outputs[output]
        if name != self._name:
            self.setAccessibleName(f"output {name}")
            self.setToolTip(plain_tip(name))
            rename(self.field, f"target of {name}")
        if style is not self._style:
            self._style = style
            self.restyle()
        lit_pred = moment.phase is Phase.PREDICTED
        lit_error = moment.phase is Phase.COMPARED
        color = look.theme.color("accent") if lit_error else None
        self.field.show_value(float(state.target[output]), color)
        shown = (
            name,
            numbers.short(float(state.pred[output])),
            numbers.short(float(state.delta[output])) if moment.compared else DASH,
            _error_text(float(state.error[output])) if moment.compared else DASH,
            lit_pred,
            lit_error,
        )
        if shown != self._shown():
            self._name, self._pred, self._delta, self._error, *_ = shown
            self._lit_pred, self._lit_error = lit_pred, lit_error
            self.update()
        lit = lit_pred or lit_error
        self.set_box("accent_wash" if lit else "panel", "accent" if lit else "outline", 1 + lit)
        if in_words:
            self.setAccessibleDescription(output_in_words(moment, output))

    def _shown(self) -> tuple[str, str, str, str, bool, bool]:
        return (
            self._name, self._pred, self._delta, self._error, self._lit_pred, self._lit_error
        )  # fmt: skip

    def restyle(self) -> None:
        parts = output_parts(self._style, self.width(), self.height(), look.theme.font_px / 13)
        self.field.setGeometry(*parts.target)
        self.field.set_type(label_size(self._style))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.theme
        painter = self.begin_paint()
        stacked, side_by_side = self._style is NodeStyle.STACK, self._style is NodeStyle.ROW
        parts = output_parts(self._style, self.width(), self.height(), theme.font_px / 13)
        ink, muted, accent = (theme.color(role) for role in ("ink", "muted", "accent"))
        small = theme.font(label_size(self._style))
        bold = theme.font(label_size(self._style), QFont.Weight.DemiBold)
        align = CENTER if stacked else LEFT
        font = theme.font(0.92)
        name = shortened(self._name, font, parts.name.w)
        write(painter, parts.name, name, font, muted, align)
        write(
            painter, parts.pred, self._pred,
            theme.font(PRED_TYPE[self._style], QFont.Weight.Bold),
            accent if self._lit_pred else ink, CENTER if stacked else RIGHT,
        )  # fmt: skip
        color, strong = (accent, accent) if self._lit_error else (muted, ink)
        label_font = bold if self._lit_error else small
        write(painter, parts.target_label, "target", label_font, color)
        for box, label, text in (
            (parts.delta, "delta", self._delta),
            (parts.error, "error", self._error),
        ):
            write(painter, box, label, label_font, color)
            value_box = box.without_left(theme.px(36)) if side_by_side else box
            write(painter, value_box, text, bold, strong, LEFT if side_by_side else RIGHT)

    @Slot(float, object)
    def _edited(self, value: float, gesture: object) -> None:
        self._session.edits.set_target(self.output, value, gesture)

    @Slot(object)
    def _pasted(self, values: tuple[float, ...]) -> None:
        paste_targets(self._session, self.output, values)

    def part_rect(self, family: str) -> QRect:
        """Where a named part is on the card: pred, target, delta or error; else all of it."""
        parts = output_parts(self._style, self.width(), self.height(), look.theme.font_px / 13)
        boxes = {
            "pred": parts.pred,
            "target": parts.target_label.united(parts.target),
            "delta": parts.delta,
            "error": parts.error,
        }
        return QRect(*boxes[family]) if family in boxes else self.rect()
