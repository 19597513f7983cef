"""The cards of the network graph that hold an input or an output."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from gui.look.box import Box, pixel_box
from gui.look.painting import CENTER, LEFT, RIGHT, shortened
from gui.look.theme import look
from gui.panels.network.card import Card
from gui.panels.network.layout import NodeStyle
from gui.panels.network.writing import SMALL, Text, labelled
from gui.session import Session
from gui.session.paste import paste_inputs, paste_targets
from gui.widgets.number_field import NumberField, rename
from gui.widgets.tips import put_tip
from model.door import say
from model.phase import StepPart
from model.words import numbers
from model.words.names import input_label
from model.words.step import DASH, Focus, GraphMoment, output_in_words
from model.words.terms import OUTPUT_TERMS, output_terms
from model.words.why import HIDDEN_WHY, why_input

# Size of an output's prediction relative to the graph's type.
PRED_TYPE = {NodeStyle.STACK: 1.7, NodeStyle.ROW: 1.15, NodeStyle.NARROW: 1.0}
_NAME_TYPE = 0.92
# More figures than this are set in smaller type.
_MAX_LARGE_FIGURES = 9
_PLAIN, _MEDIUM = QFont.Weight.Normal, QFont.Weight.DemiBold


def label_size(style: NodeStyle) -> float:
    """Size of an output's target, delta and error relative to the graph's type."""
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


class InputCard(Card):
    """An input's name and its value, which can be edited."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(NumberField(say("input")), session, parent)
        self._name = ""
        self._style = NodeStyle.STACK
        self.column = 0
        self.field.digits = None
        self.field.in_row = True
        self.field.edited.connect(self._edited)
        self.field.pasted.connect(self._pasted)

    @property
    def focus(self) -> Focus:
        return None, self.column

    def show_input(self, moment: GraphMoment, column: int, style: NodeStyle) -> None:
        """Stand for one of the inputs."""
        self.column, self.moment = column, moment
        name = input_label(moment.experiment, column)
        if name != self._name:
            self._name = name
            self.setAccessibleName(say("input {name}", name=name))
            rename(self.field, say("input {name}", name=name))
            self.update()
        if style is not self._style:
            self._style = style
            self.restyle()
        self.field.show_value(float(moment.state.inputs[column]))
        self._fit_type()
        lit = moment.part is StepPart.PREDICT
        # A constant is no part of the data: it stands out from the inputs that are.
        fill = "background" if self._is_constant else "panel"
        self.set_box(fill, "accent" if lit else "outline", 1.5 if lit else 1)

    def describe(self) -> None:
        words = self._in_words()
        self.field.setAccessibleDescription(words)
        put_tip(self, words)

    @property
    def _is_constant(self) -> bool:
        return self.moment is not None and self.column == self.moment.experiment.setup.constant

    def _fit_type(self) -> None:
        roomy = self._style is NodeStyle.STACK and len(self.field.text) <= _MAX_LARGE_FIGURES
        self.fit_field(1.3 if roomy else 1.0)

    def restyle(self) -> None:
        self.field.setGeometry(*self._parts().value)
        self._fit_type()
        self.update()

    def _parts(self) -> InputParts:
        return input_parts(self._style, self.width(), self.height(), self.type.scale)

    def texts(self) -> tuple[Text, ...]:
        box = self._parts().name
        letters = self.type.letters(_NAME_TYPE)
        align = CENTER if self._style is NodeStyle.STACK else LEFT
        return (Text(box, shortened(self._name, letters.font, box.w), letters, "muted", align),)

    @Slot(float, object)
    def _edited(self, value: float, gesture: object) -> None:
        self.session.edits.set_input(self.column, value, gesture)

    @Slot(object)
    def _pasted(self, values: tuple[float, ...]) -> None:
        paste_inputs(self.session, self.column, values)

    def term_at(self, place: QPoint) -> str:
        return self._in_words()

    def _in_words(self) -> str:
        """What the input does to its weights."""
        if self.moment is None:
            return ""
        if self._is_constant:
            return say(
                "{name}: always 1, so that its weight is added to every prediction",
                name=self._name,
            )
        if self.session.parts.veils.covers("why"):
            return say("{name}: {why}", name=self._name, why=say(HIDDEN_WHY))
        return " ".join(why_input(self.moment, self.column))

    def part_rect(self, _: str) -> QRect:
        """Where a named part is on the card: an input is all of it."""
        return self.rect()


class OutputCard(Card):
    """An output's name, its pred, its target, which can be edited, its delta and error."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(NumberField(say("target")), session, parent)
        self._style = NodeStyle.STACK
        self._name = self._pred = ""
        self._delta = self._error = DASH
        self._lit_pred = self._lit_error = False
        self.output = 0
        self.field.digits = None
        self.field.alignment = Qt.AlignmentFlag.AlignRight
        self.field.in_row = True
        self.field.edited.connect(self._edited)
        self.field.pasted.connect(self._pasted)

    @property
    def focus(self) -> Focus:
        return self.output, None

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

    def show_output(self, moment: GraphMoment, output: int, style: NodeStyle) -> None:
        """Stand for one of the outputs."""
        self.output, self.moment = output, moment
        state = moment.state
        name = moment.experiment.outputs[output]
        if name != self._name:
            self.setAccessibleName(say("output {name}", name=name))
            rename(self.field, say("target of {name}", name=name))
        if style is not self._style:
            self._style = style
            self.restyle()
        lit_pred, lit_error = moment.part is StepPart.PREDICT, moment.part is StepPart.COMPARE
        color = look.theme.color("accent") if lit_error else None
        self.field.show_value(float(state.target[output]), color)
        self.fit_field(label_size(self._style))
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

    def describe(self) -> None:
        assert self.moment is not None
        self.setAccessibleDescription(output_in_words(self.moment, self.output))
        self.field.setAccessibleDescription(output_terms(self.moment, self.output))

    def _shown(self) -> tuple[str, str, str, str, bool, bool]:
        return (
            self._name, self._pred, self._delta, self._error, self._lit_pred, self._lit_error
        )  # fmt: skip

    def restyle(self) -> None:
        self.field.setGeometry(*self._parts().target)
        self.fit_field(label_size(self._style))
        self.update()

    def _parts(self) -> OutputParts:
        return output_parts(self._style, self.width(), self.height(), self.type.scale)

    def texts(self) -> tuple[Text, ...]:
        style, parts, of = self._style, self._parts(), self.type
        size, stacked = label_size(style), style is NodeStyle.STACK
        letters = of.letters(_NAME_TYPE)
        name = shortened(self._name, letters.font, parts.name.w)
        pred_font = of.fitting(self._pred, parts.pred.w, PRED_TYPE[style], QFont.Weight.Bold)
        roles = ("accent", "accent") if self._lit_error else ("muted", "ink")
        weights = (_MEDIUM if self._lit_error else _PLAIN, _MEDIUM)
        target = say("target")
        label_font = of.fitting(target, parts.target_label.w, size, weights[0])
        texts = [
            Text(parts.name, name, letters, "muted", CENTER if stacked else LEFT),
            Text(
                parts.pred, self._pred, pred_font, "accent" if self._lit_pred else "ink",
                CENTER if stacked else RIGHT,
            ),
            Text(parts.target_label, target, label_font, roles[0]),
        ]  # fmt: skip
        spread = style is not NodeStyle.ROW
        for box, label, value in (
            (parts.delta, say("delta"), self._delta),
            (parts.error, say("error"), self._error),
        ):
            texts += labelled(box, [(label, value)], of, size, roles, weights, spread)
        return tuple(texts)

    @Slot(float, object)
    def _edited(self, value: float, gesture: object) -> None:
        self.session.edits.set_target(self.output, value, gesture)

    @Slot(object)
    def _pasted(self, values: tuple[float, ...]) -> None:
        paste_targets(self.session, self.output, values)

    def term_at(self, place: QPoint) -> str:
        if self.moment is None:
            return ""
        for family, tell in OUTPUT_TERMS.items():
            if self.part_rect(family).contains(place):
                return tell(self.moment, self.output)
        return output_in_words(self.moment, self.output)

    def part_rect(self, family: str) -> QRect:
        """Where a named part is on the card: pred, target, delta or error; else all of it."""
        parts = self._parts()
        boxes = {
            "pred": parts.pred,
            "target": parts.target_label.united(parts.target),
            "delta": parts.delta,
            "error": parts.error,
        }
        return QRect(*boxes[family]) if family in boxes else self.rect()


def _error_text(error: float) -> str:
    """An error is the square of a small number more often than not: it needs more figures."""
    return numbers.short(error, 6 if error < 1 else 4)
