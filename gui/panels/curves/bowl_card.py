"""A card for one weight: its letter, its slope, its bowl; the dot can be dragged."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from gui.look.painting import lettering, shade
from gui.look.theme import look
from gui.panels.curves.bowl_plot import BowlPlot
from gui.panels.curves.ranges import Shown
from gui.plots.plot_card import PlotCard
from gui.session import Session
from gui.session.weight_choice import Cell
from model.curves import Bowl, round_step
from model.door import mark, say
from model.path import State
from model.words import numbers
from model.words.names import weight_name

_TIP = mark(
    "Error of the output when this weight alone changes.\n"
    "Drag the dot, or press ← →, to change the weight (Shift: ten times as far).\n"
    "Wheel, drag, + and − zoom; 0 or a double-click fits."
)
# By the sign of the slope.
_SLOPES = {
    -1: mark(
        "The true slope of the error along weight {weight} is 2 × weight_delta = 2 × {half} = "
        "{slope}. More weight makes the error smaller, so an update adds to it."
    ),
    0: mark(
        "The true slope of the error along weight {weight} is 2 × weight_delta = 2 × {half} = "
        "{slope}. Neither a little more weight nor a little less changes the error."
    ),
    1: mark(
        "The true slope of the error along weight {weight} is 2 × weight_delta = 2 × {half} = "
        "{slope}. Less weight makes the error smaller, so an update takes from it."
    ),
}
_FROZEN_SLOPE = mark(
    "The true slope of the error along weight {weight} is 2 × weight_delta = 2 × {half} = "
    "{slope}. The weight is frozen, so an update leaves it as it is."
)
# By the side that is warmer.
_PROBES = {
    1: mark(
        "hot and cold: {step} less has error {less}, {step} more has error {more}; more is "
        "warmer, as the slope is negative"
    ),
    -1: mark(
        "hot and cold: {step} less has error {less}, {step} more has error {more}; less is "
        "warmer, as the slope is positive"
    ),
}
_NUDGES_ACROSS = 40
# Smaller type is taken before the number gets a line of its own.
_SLOPE_SIZES = (0.92, 0.85)


class BowlCard(PlotCard):
    """The error along one weight. Its values are the session's; it keeps only its zoom."""

    plot: BowlPlot

    def __init__(
        self, session: Session, cell: Cell, names: Sequence[str], parent: QWidget | None = None
    ) -> None:
        letter = weight_name(session.experiment, *cell)
        title = say(
            "Error curve of weight {weight}, {input} to {output}", weight=letter,
            input=session.experiment.inputs[cell[1]], output=session.experiment.outputs[cell[0]],
        )  # fmt: skip
        super().__init__(BowlPlot(title), parent)
        self._session = session
        self.cell = cell
        self._names = names
        self._letter = letter
        self._frozen = self._slope_hidden = False
        self._gesture: object = None
        self._before_drag = 0.0
        self.setAccessibleName(title)
        self.setToolTip(say(_TIP))
        self.plot.setParent(self)
        self._slope = _Slope(self)
        self._shown_name = names[0]
        self.plot.bowls.grabbed.connect(self._grabbed)
        self.plot.bowls.dragged.connect(self._dragged)
        self.plot.bowls.released.connect(self._released)
        look.follow(self, self._place)

    @property
    def slope_text(self) -> str:
        """What the card says about the slope."""
        return say("slope {number}", number=self._slope.number)

    @property
    def slope_sentence(self) -> str:
        """What the slope is, with the numbers of this moment."""
        bowl = self.plot.bowls.current
        if self._slope_hidden:
            return say("The slope of the error along weight {weight} is hidden for now.",
                       weight=self._letter)  # fmt: skip
        sentence = _SLOPES[(bowl.slope > 0.0) - (bowl.slope < 0.0)]
        if self._frozen and bowl.slope:
            sentence = _FROZEN_SLOPE
        return say(
            sentence, weight=self._letter, half=numbers.plain(bowl.delta * bowl.inputs),
            slope=numbers.plain(bowl.slope),
        )  # fmt: skip

    @property
    def _slope_seen(self) -> float:
        """The slope; NaN where it is hidden."""
        return math.nan if self._slope_hidden else self.plot.bowls.current.slope

    @property
    def frozen(self) -> bool:
        """Whether the weight was frozen when the card was last drawn."""
        return self._frozen

    def show_states(self, now: State, earlier: Sequence[State], first: State) -> None:
        """Show another moment; ``earlier`` newest first."""
        output, veils = self.cell[0], self._session.parts.veils
        self.set_covered(veils.covers_bowl(now, *self.cell))
        self._slope.setVisible(not self.covered)
        self._slope_hidden = veils.hides_slope(now, *self.cell)
        self.plot.bowls.show_tangent(not self._slope_hidden)
        scale = max(abs(float(now.target[output])), abs(float(now.pred[output])))
        frozen = bool(now.setup.frozen[self.cell])
        self.plot.show_bowls(
            Shown(
                self._bowl(now),
                [self._bowl(state) for state in earlier],
                self._bowl(first),
                scale,
                self.plot.bowls.probing,
            )
        )
        outgrown = self._slope.show_number(numbers.short(self._slope_seen, 3))
        if outgrown or frozen != self._frozen:
            self._frozen = frozen
            self._place()

    def part_widget(self, family: str) -> QWidget:
        """What shows a named part: the slope, the plot with the floor, or all of the card."""
        shown: dict[str, QWidget] = {"slope": self._slope, "floor": self.plot}
        return shown.get(family, self)

    def describe(self) -> None:
        """Say the current values in words, for those who cannot see the picture."""
        if self.covered:
            return
        bowl = self.plot.bowls.current
        template = mark("weight {weight}, frozen") if self._frozen else mark("weight {weight}")
        weight = say(template, weight=numbers.short(bowl.weight))
        parts = [
            weight,
            say("error {error}", error=numbers.short(bowl.delta**2)),
            say("slope of the error {slope}, which is 2 × weight_delta",
                slope=numbers.short(self._slope_seen, 3)),
            self._floor_in_words(bowl),
        ]  # fmt: skip
        if self.plot.bowls.probing and not self._slope_hidden:
            parts.append(self.probes_sentence)
        told = "; ".join(parts)
        self.setAccessibleDescription(told)
        self.plot.setAccessibleDescription(told)

    @property
    def probes_sentence(self) -> str:
        """What the two probes beside the dot say, and what an update makes of it."""
        probes = self.plot.probes
        if probes is None:
            return say("hot and cold: a little less or more makes no difference that can be told")
        return say(
            _PROBES[probes.warmer], step=numbers.plain(probes.step),
            less=numbers.short(probes.less), more=numbers.short(probes.more),
        )  # fmt: skip

    def _floor_in_words(self, bowl: Bowl) -> str:
        if bowl.floor is not None:
            return say("the error is 0 at weight {floor}", floor=numbers.short(bowl.floor))
        if bowl.inputs == 0.0:
            return say("flat, because its input is 0")
        return say("as good as flat, because its input is next to nothing")

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
        if self.covered:
            super().keyPressEvent(event)
            return
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
        step = round_step(self.plot.view.width / _NUDGES_ACROSS)
        weight = self.plot.bowls.current.weight + nudges * step
        figures = max(0, 1 - math.floor(math.log10(step)))
        self._session.edits.set_weight(*self.cell, round(weight, figures), self._gesture)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_tab = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        if by_tab and not self.covered:
            self._slope.explain()

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
        plain = lettering()
        painter.setFont(plain.font)
        painter.setPen(shade("frozen" if self._frozen else "ink"))
        painter.drawText(QPointF(left, middle + plain.half_cap + 0.5), self._shown_name)

    def header_parts(self) -> list[tuple[QRectF, str]]:
        """Place in pixels and text of what stands in the header: letter, name and slope."""
        line, plain = self._header(), lettering()
        left = line.left() + letter_width(self._letter)
        disc = QRectF(line.left(), line.top(), letter_width(self._letter), line.height())
        name = QRectF(left, line.top(), plain.width(self._shown_name), line.height())
        return [(disc, self._letter), (name, self._shown_name), *self._slope.places()]

    def _header(self) -> QRect:
        px = look.theme.px
        return QRect(px(9), px(6), max(1, self.width() - px(19)), px(20))

    @Slot()
    def _place(self) -> None:
        """Give the slope its place, the name what is left, and the plot all below."""
        px = look.theme.px
        line = self._header()
        room = line.width() - letter_width(self._letter)
        slope_width = self._slope.fit(room)
        lines = 2 if self._slope.stacked else 1
        self._slope.setGeometry(
            line.right() + 1 - slope_width, line.top(), slope_width, lines * line.height()
        )
        self._shown_name = self._fitting_name(max(room - px(7) - slope_width, 0.0))
        top = line.top() + lines * line.height() + px(2)
        self.plot.setGeometry(2, top, max(1, self.width() - 4), max(1, self.height() - top - 4))
        self.update()

    def _fitting_name(self, room: float) -> str:
        """The name as far as there is room for it; that it is frozen is the first to give way."""
        letters = lettering()
        names = [*self._names]
        if self._frozen:
            names.insert(0, say("{name} · frozen", name=names[0]))
        for name in names:
            if letters.width(name) <= room:
                return name
        short = letters.metrics.elidedText(names[-1], Qt.TextElideMode.ElideRight, room)
        # A letter and an ellipsis say nothing, and half a number says something untrue.
        says = len(short) > 3 and len(self._names) == 1 and letters.width(short) <= room
        return short if says else ""


class _Slope(QWidget):
    """The slope in the corner of a card: the one part of its header that changes at each step."""

    def __init__(self, card: BowlCard) -> None:
        super().__init__(card)
        self._card = card
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.number = ""
        self.stacked = False
        self._size = _SLOPE_SIZES[0]
        self._room = 0

    def show_number(self, number: str) -> bool:
        """Show another number; returns whether it needs more room than there is, or less."""
        if number != self.number:
            self.number = number
            self.update()
        return self._width_needed() != self._room

    def fit(self, room: float) -> int:
        """Take the pixels that the word and the number need, returned.

        In a very narrow card the number stands in a line of its own below the word.
        """
        for self._size in _SLOPE_SIZES:
            self._room = self._width_needed()
            self.stacked = self._room > room
            if not self.stacked:
                return self._room
        return math.ceil(max(room, 1.0))

    def places(self) -> list[tuple[QRectF, str]]:
        """Place in the card's pixels and text of what is written."""
        letters, height = lettering(self._size), self.height() / (2 if self.stacked else 1)
        right, top = self.x() + self.width(), float(self.y())
        texts = [say("slope"), self.number] if self.stacked else [self._card.slope_text]
        wides = [letters.width(text) for text in texts]
        return [
            (QRectF(right - wide, top + at * height, wide, height), text)
            for at, (wide, text) in enumerate(zip(wides, texts, strict=True))
        ]

    def explain(self) -> None:
        """Say in a tool tip below what the slope is, with the numbers of this moment."""
        at = self.mapToGlobal(QPoint(0, self.height()))
        QToolTip.showText(at, self._card.slope_sentence, self)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self.explain()
            return True
        return super().event(event)

    def _width_needed(self) -> int:
        letters = lettering(self._size)
        usual = say("slope {number}", number="\u22120.000")
        return math.ceil(max(letters.width(self._card.slope_text), letters.width(usual))) + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        letters = lettering(self._size)
        painter = QPainter(self)
        painter.fillRect(self.rect(), shade("panel"))
        painter.setFont(letters.font)
        painter.setPen(shade("muted"))
        painter.translate(-self.pos())
        for place, text in self.places():
            # On the baseline of the name, which is written a little larger.
            baseline = place.center().y() + lettering().half_cap + 0.5
            painter.drawText(QPointF(place.left(), baseline), text)


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
