"""A card for one weight: its letter, its slope, its bowl; the dot can be dragged."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from gui.look.painting import lettering, shade
from gui.look.theme import look
from gui.panels.curves.bowl_plot import BowlPlot
from gui.plots.plot_card import PlotCard
from gui.session import Session
from gui.session.weight_choice import Cell
from model.curves import Bowl
from model.path import State
from model.words import numbers
from model.words.names import weight_name

_TIP = (
    "Error of the output when this weight alone changes.\n"
    "slope of the error = 2 × weight_delta\n"
    "Drag the dot, or press ← →, to change the weight (Shift: ten times as far).\n"
    "Wheel, drag, + and − zoom; 0 or a double-click fits."
)
_NUDGES_ACROSS = 40


class BowlCard(PlotCard):
    """The error along one weight. Its values are the session's; it keeps only its zoom."""

    plot: BowlPlot

    def __init__(
        self, session: Session, cell: Cell, name: str, parent: QWidget | None = None
    ) -> None:
        letter = weight_name(session.experiment, *cell)
        joins = name.replace(" → ", " to ")
        if " → " not in name:
            joins = f"{name} to {session.experiment.outputs[cell[0]]}"
        title = f"Error curve of weight {letter}, {joins}"
        super().__init__(BowlPlot(title), parent)
        self._session = session
        self.cell = cell
        self._name = name
        self._letter = letter
        self._frozen = False
        self._gesture: object = None
        self._before_drag = 0.0
        self.setAccessibleName(title)
        self.setToolTip(_TIP)
        self.plot.setParent(self)
        self._slope = _Slope(self)
        self._shown_name = name
        self.plot.bowls.grabbed.connect(self._grabbed)
        self.plot.bowls.dragged.connect(self._dragged)
        self.plot.bowls.released.connect(self._released)
        look.changed.connect(self._place)

    @property
    def slope_text(self) -> str:
        """What the card says about the slope."""
        return f"slope {self._slope.number}"

    @property
    def frozen(self) -> bool:
        """Whether the weight was frozen when the card was last drawn."""
        return self._frozen

    def show_states(self, now: State, earlier: Sequence[State], first: State) -> None:
        """Show another moment; ``earlier`` newest first."""
        output = self.cell[0]
        scale = max(abs(float(now.target[output])), abs(float(now.pred[output])))
        frozen = bool(now.setup.frozen[self.cell])
        self.plot.show_bowls(
            self._bowl(now), [self._bowl(state) for state in earlier], self._bowl(first), scale
        )
        outgrown = self._slope.show_number(numbers.short(self.plot.bowls.current.slope, 3))
        if outgrown or frozen != self._frozen:
            self._frozen = frozen
            self._place()

    def describe(self) -> None:
        """Say the current values in words, for those who cannot see the picture."""
        bowl = self.plot.bowls.current
        parts = [
            f"weight {numbers.short(bowl.weight)}" + (", frozen" if self._frozen else ""),
            f"error {numbers.short(bowl.delta**2)}",
            f"slope of the error {numbers.short(bowl.slope, 3)}",
            "flat, because its input is 0"
            if bowl.floor is None
            else f"the error is 0 at weight {numbers.short(bowl.floor)}",
        ]
        self.setAccessibleDescription("; ".join(parts))

    def _bowl(self, state: State) -> Bowl:
        output, column = self.cell
        return Bowl(
            float(state.weights[output, column]),
            float(state.inputs[column]),
            float(state.delta[output]),
        )

    # -- dragging the dot and keys ------------------------------------------------------

    @Slot()
    def _grabbed(self) -> None:
        self._gesture = object()
        self._before_drag = self.plot.bowls.current.weight

    @Slot(float)
    def _dragged(self, weight: float) -> None:
        if weight != self.plot.bowls.current.weight:
            self._session.edits.set_weight(*self.cell, weight, self._gesture)

    @Slot()
    def _released(self) -> None:
        self._gesture = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        ten = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if not event.isAutoRepeat():
                self._gesture = object()
            self._nudge(ten if key == Qt.Key.Key_Right else -ten)
        elif key == Qt.Key.Key_Escape and self.plot.bowls.held:
            self.plot.bowls.let_go()
            self._session.edits.set_weight(*self.cell, self._before_drag, self._gesture)
        else:
            super().keyPressEvent(event)

    def _nudge(self, nudges: int) -> None:
        """Move the weight along its bowl: a fortieth of what is in sight, as a round number."""
        raw = self.plot.view.width / _NUDGES_ACROSS
        exponent = math.floor(math.log10(raw))
        power = 10.0**exponent
        step = max(power * nice for nice in (1, 2, 5) if power * nice <= raw)
        weight = self.plot.bowls.current.weight + nudges * step
        self._session.edits.set_weight(
            *self.cell, round(weight, max(0, 1 - exponent)), self._gesture
        )

    # -- painting -----------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self._header()
        middle = line.top() + line.height() / 2
        left = draw_letter(painter, self._letter, line.left(), middle)
        plain, bold = lettering(), lettering(1.0, QFont.Weight.DemiBold)
        baseline = middle + plain.half_cap + 0.5
        painter.setFont(plain.font)
        painter.setPen(shade("ink"))
        painter.drawText(QPointF(left, baseline), self._shown_name)
        painter.setFont(bold.font)
        painter.setPen(shade("frozen"))
        left += plain.width(self._shown_name)
        painter.drawText(QPointF(left, baseline), self._frozen_text)

    @property
    def _frozen_text(self) -> str:
        return " · frozen" if self._frozen else ""

    def _header(self) -> QRect:
        px = look.theme.px
        return QRect(px(9), px(6), max(1, self.width() - px(19)), px(20))

    @Slot()
    def _place(self) -> None:
        """Give the slope its place, the name what is left, and the plot all below."""
        px, plain = look.theme.px, lettering()
        line = self._header()
        frozen_width = lettering(1.0, QFont.Weight.DemiBold).width(self._frozen_text)
        room = line.width() - letter_width(self._letter) - frozen_width - px(5)
        slope_width = self._slope.fit(room - plain.width(self._name))
        self._slope.setGeometry(
            line.right() + 1 - slope_width, line.top(), slope_width, line.height()
        )
        self._shown_name = plain.metrics.elidedText(
            self._name, Qt.TextElideMode.ElideRight, max(room - slope_width, 0.0)
        )
        top = line.bottom() + 1 + px(2)
        self.plot.setGeometry(2, top, max(1, self.width() - 4), max(1, self.height() - top - 4))
        self.update()


class _Slope(QWidget):
    """The slope in the corner of a card: the one part of its header that changes at each step."""

    def __init__(self, card: BowlCard) -> None:
        super().__init__(card)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.number = ""
        self._number_width = 0
        self._with_word = True

    def show_number(self, number: str) -> bool:
        """Show another number; returns whether it needs more room than there is, or less."""
        if number != self.number:
            self.number = number
            self.update()
        return self._width_needed() != self._number_width

    def fit(self, room: float) -> int:
        """Make do with so many pixels, without the word if need be; returns the width taken."""
        self._number_width = self._width_needed()
        word = math.ceil(lettering(0.92).width("slope "))
        # The number alone says as much; the tool tip of the card names it.
        self._with_word = word + self._number_width <= room
        return self._number_width + (word if self._with_word else 0)

    def _width_needed(self) -> int:
        letters = lettering(0.92)
        return math.ceil(max(letters.width(self.number), letters.width("\u22120.000"))) + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        letters = lettering(0.92)
        painter = QPainter(self)
        painter.fillRect(self.rect(), shade("panel"))
        painter.setFont(letters.font)
        painter.setPen(shade("muted"))
        text = f"slope {self.number}" if self._with_word else self.number
        # On the baseline of the name, which is written a little larger.
        baseline = self.height() / 2 + lettering().half_cap + 0.5
        painter.drawText(QPointF(self.width() - letters.width(text), baseline), text)


def letter_width(letter: str) -> float:
    """Pixels that a weight's letter takes, with the gap after it."""
    px = look.theme.px
    return max(px(18), lettering(0.85, QFont.Weight.Bold).width(letter) + px(9)) + px(7)


def draw_letter(painter: QPainter, letter: str, left: float, middle: float) -> float:
    """A weight's letter on a dark disc; returns where the next thing may begin."""
    px = look.theme.px
    high = px(18)
    after = left + letter_width(letter)
    disc = QRectF(left, middle - high / 2, after - left - px(7), high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade("ink"))
    painter.drawRoundedRect(disc, high / 2, high / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(shade("panel"))
    painter.setFont(lettering(0.85, QFont.Weight.Bold).font)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, letter)
    return after
