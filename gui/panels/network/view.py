"""The scrolling view of the network graph: makes cards for what is in sight, and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from gui.look.box import Box
from gui.look.theme import look
from gui.panels.network.arrange import graph_layout, graph_layout_in_room
from gui.panels.network.edges import EdgePane
from gui.panels.network.layout import (
    BoxGrid,
    GraphLayout,
    Offset,
)
from gui.panels.network.node_cards import InputCard, OutputCard
from gui.panels.network.weight_card import WeightCard
from gui.panels.network.writing import GraphType
from gui.session import Session
from gui.widgets.tab_order import chain
from model.door import say
from model.words.parts import Part
from model.words.step import Focus, GraphMoment

_LINE = 24
GraphCard = InputCard | WeightCard | OutputCard
AnyCard = TypeVar("AnyCard", bound=GraphCard)


class CardPool(Generic[AnyCard]):
    """Cards by what they stand for; those no longer in sight are used again."""

    def __init__(self, make: Callable[[], AnyCard]) -> None:
        self._make = make
        self.shown: dict[tuple[int, int], AnyCard] = {}
        self._spare: list[AnyCard] = []
        # Whether the spare ones are those of another network.
        self._begins = False

    @property
    def size(self) -> int:
        """How many cards there are, shown or spare."""
        return len(self.shown) + len(self._spare)

    def show_only(self, keys: set[tuple[int, int]]) -> None:
        """Have cards for these keys; one in which a person is at work also stays."""
        for key in [key for key in self.shown if key not in keys]:
            if not _is_busy(self.shown[key]):
                card = self.shown.pop(key)
                card.hide()
                self._spare.append(card)
        for key in keys - self.shown.keys():
            self.shown[key] = self._spare.pop() if self._spare else self._make()
        if self._begins:
            self._begins = False
            for card in self._spare:
                card.deleteLater()
            self._spare.clear()

    def clear(self) -> None:
        """Show nothing; another network, to which half-typed numbers mean nothing, may use cards.

        A card in which a person is at work is given up with what was typed.
        """
        for card in self.shown.values():
            if _is_busy(card):
                card.field.blockSignals(True)
                card.deleteLater()
            else:
                self._spare.append(card)
            card.hide()
        for card in self._spare:
            card.moment = None
        self.shown.clear()
        self._begins = True


class GraphView(QAbstractScrollArea):
    """Places cards and lines for the part of a network that is in sight.

    Signals
    -------
    picked(output, column) : a card was pressed, by what it stands for; None and None beside all
    cards_shown : the cards in sight show something else than before
    """

    picked = Signal(object, object)
    cards_shown = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(say("Network, inputs to outputs"))
        self.viewport().setAutoFillBackground(False)
        self.setCornerWidget(QWidget(self))  # the style would mark an empty corner
        self._body, self._header, self._side = (EdgePane(self.viewport()) for _ in range(3))
        for pane in (self._body, self._header, self._side):
            pane.pressed.connect(self._pane_pressed)
        self._inputs: CardPool[InputCard] = CardPool(self._new_input)
        self._weights: CardPool[WeightCard] = CardPool(self._new_weight)
        self._outputs: CardPool[OutputCard] = CardPool(self._new_output)
        self._moment: GraphMoment | None = None
        self._selected: Focus = (None, None)
        self._type = GraphType()
        self._reach = 1.0
        self._arranged_for: tuple[int, ...] = ()
        self._placing = self._place_again = False
        self.arrangement: GraphLayout = graph_layout(1, 1, 0, 0)
        for scroll_bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            scroll_bar.setSingleStep(_LINE)

    @property
    def card_count(self) -> int:
        """How many cards of all kinds exist."""
        return self._inputs.size + self._weights.size + self._outputs.size

    def clear(self) -> None:
        """Show no network, and keep nothing of the one before."""
        self._moment = None
        self._arranged_for = ()
        for pool in (self._inputs, self._weights, self._outputs):
            pool.clear()
        for pane in (self._body, self._header, self._side):
            pane.clear()

    def start_over(self, reach: float) -> None:
        """Another network: ``reach`` is the |weight × input| of a thick line."""
        self._reach = reach

    def show_moment(self, moment: GraphMoment) -> None:
        """Show another moment of the network."""
        self._moment = moment
        if not self._arrange():
            self._fill_cards()

    def set_flow(self, flow: float) -> None:
        """How far to the right a prediction has come: 0 to 1."""
        for pane in (self._body, self._header, self._side):
            pane.set_flow(flow)

    # -- cards, brought into sight ---------------------------------------------------------

    def input_card(self, column: int) -> InputCard:
        """The card of an input; scrolls to it if need be."""
        layout = self.arrangement
        box = layout.input_box(column, self._scroll)
        self._reveal(layout.inputs, box, layout.input_pane)
        return self._inputs.shown[0, column]

    def weight_card(self, output: int, column: int) -> WeightCard:
        """The card of a weight; scrolls to it if need be."""
        layout = self.arrangement
        box = layout.weight_box(output, column, self._scroll)
        self._reveal(layout.weights, box, layout.body_pane)
        return self._weights.shown[output, column]

    def output_card(self, output: int) -> OutputCard:
        """The card of an output; scrolls to it if need be."""
        layout = self.arrangement
        box = layout.output_box(output, self._scroll)
        self._reveal(layout.outputs, box, layout.output_pane)
        return self._outputs.shown[output, 0]

    def card_of(self, part: Part) -> GraphCard:
        """The card that has a named part on it; scrolls to it if need be."""
        if part.family == "input":
            return self.input_card(part.cell[0])
        if len(part.cell) == 1:
            return self.output_card(part.cell[0])
        return self.weight_card(part.cell[0], part.cell[1])

    def card_in_sight(self, part: Part) -> GraphCard | None:
        """The card that has a named part on it, if it is in sight already."""
        if part.family == "input":
            return self._inputs.shown.get((0, part.cell[0]))
        if len(part.cell) == 1:
            return self._outputs.shown.get((part.cell[0], 0))
        return self._weights.shown.get((part.cell[0], part.cell[1]))

    def focused_cell(self) -> Focus:
        """The output and input that the widget with the focus belongs to, as far as any."""
        card = self._focused_card()
        return (None, None) if card is None else card.focus

    # -- keyboard --------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go through inputs, weights with their padlocks, and targets, in sight or not."""
        # Qt also asks when a card with the focus is taken from its pane, though nobody pressed Tab.
        here = None if self._placing else self._stop_in_focus()
        if here is not None and self._moment is not None:
            there = here + (1 if forward else -1)
            stop = self._stop(there)
            if stop is not None:
                reason = Qt.FocusReason.TabFocusReason
                stop.setFocus(reason if forward else Qt.FocusReason.BacktabFocusReason)
                return True
        return super().focusNextPrevChild(forward)

    def _stop_in_focus(self) -> int | None:
        """The place of the focus in the order of all stops of the network."""
        card = self._focused_card()
        n_inputs, n_outputs = self.arrangement.n_inputs, self.arrangement.n_outputs
        if isinstance(card, InputCard):
            return card.column
        if isinstance(card, WeightCard):
            at_padlock = card.padlock.hasFocus()
            return n_inputs + 2 * (card.output * n_inputs + card.column) + at_padlock
        if isinstance(card, OutputCard):
            return n_inputs + 2 * n_inputs * n_outputs + card.output
        return None

    def _stop(self, number: int) -> QWidget | None:
        n_inputs, n_outputs = self.arrangement.n_inputs, self.arrangement.n_outputs
        if 0 <= number < n_inputs:
            return self.input_card(number).field
        number -= n_inputs
        if 0 <= number < 2 * n_inputs * n_outputs:
            card = self.weight_card(*divmod(number // 2, n_inputs))
            return card.padlock if number % 2 else card.field
        number -= 2 * n_inputs * n_outputs
        return self.output_card(number).field if 0 <= number < n_outputs else None

    def _focused_card(self) -> GraphCard | None:
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, GraphCard):
            widget = widget.parentWidget()
        pools = (self._inputs, self._weights, self._outputs)
        return widget if any(widget in pool.shown.values() for pool in pools) else None

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at of what is in sight, in order, behind the body that keeps the place."""
        stops: list[QWidget] = [card.field for _, card in sorted(self._inputs.shown.items())]
        for _, card in sorted(self._weights.shown.items()):
            stops += [card.field, card.padlock]
        stops += [card.field for _, card in sorted(self._outputs.shown.items())]
        return [self._body, *stops]

    # -- placing ---------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._place()

    @property
    def _scroll(self) -> Offset:
        return self.horizontalScrollBar().value(), self.verticalScrollBar().value()

    def _reveal(self, boxes: BoxGrid, box: Box, pane: Box) -> None:
        x, y = self.arrangement.scroll_to(boxes, box, pane, self._scroll)
        self.horizontalScrollBar().setValue(x)
        self.verticalScrollBar().setValue(y)

    def _arrange(self) -> bool:
        """Arrange anew if the network, the size or the type is another; returns whether."""
        if self._moment is None:
            return False
        n_outputs, n_inputs = self._moment.state.weights.shape
        theme = look.theme
        width, height = max(1, self.width()), max(1, self.height())
        wanted = (n_inputs, n_outputs, width, height, theme.font_px)
        if wanted == self._arranged_for:
            return False
        self._arranged_for = wanted
        self.arrangement, font_px = graph_layout_in_room(*wanted, theme.px(10))
        self._type = GraphType(font_px)
        for scroll_bar, most, page, set_policy in zip(
            (self.horizontalScrollBar(), self.verticalScrollBar()),
            self.arrangement.most_scroll,
            (self.arrangement.body_pane.w, self.arrangement.body_pane.h),
            (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy),
            strict=True,
        ):
            policies = Qt.ScrollBarPolicy
            set_policy(policies.ScrollBarAlwaysOn if most else policies.ScrollBarAlwaysOff)
            scroll_bar.setRange(0, most)
            scroll_bar.setPageStep(max(_LINE, page))
        self._place()
        return True

    def _place(self) -> None:
        """Put panes and cards where they belong at this scrolling.

        Moving a card can end the typing in it, and that edit can lead back here.
        """
        self._place_again = True
        if self._placing:
            return
        self._placing = True
        try:
            while self._place_again:
                self._place_again = False
                self._place_once()
        finally:
            self._placing = False

    def _place_once(self) -> None:
        layout, scroll = self.arrangement, self._scroll
        panes = {
            self._body: layout.body_pane,
            self._header: layout.header_pane,
            self._side: layout.side_pane,
        }
        empty = [pane for pane, area in panes.items() if not (area.w and area.h)]
        for pane, area in panes.items():
            pane.setGeometry(*area)
            if pane not in empty:
                pane.show()
        rows, columns = layout.visible_weights(scroll)
        self._inputs.show_only({(0, column) for column in layout.visible_inputs(scroll)})
        self._weights.show_only({(row, column) for row in rows for column in columns})
        self._outputs.show_only({(output, 0) for output in layout.visible_outputs(scroll)})
        self._fill_cards()
        over_inputs = self._header if layout.header else self._body
        over_outputs = self._side if layout.side < layout.view[0] else self._body
        for (_, column), input_card in self._inputs.shown.items():
            _put(input_card, over_inputs, layout.input_box(column, scroll))
        for (row, column), weight_card in self._weights.shown.items():
            _put(weight_card, self._body, layout.weight_box(row, column, scroll))
        for (output, _), output_card in self._outputs.shown.items():
            _put(output_card, over_outputs, layout.output_box(output, scroll))
        for pane in empty:  # only now: hiding what has the focus would send it elsewhere
            pane.hide()
        chain(self.tab_stops)

    def _fill_cards(self) -> None:
        """Have every card show the moment."""
        moment = self._moment
        if moment is None:
            return
        layout = self.arrangement
        for (_, column), input_card in self._inputs.shown.items():
            input_card.set_type(self._type)
            input_card.show_input(moment, column, layout.input)
        for (row, column), weight_card in self._weights.shown.items():
            weight_card.set_type(self._type)
            weight_card.show_weight(moment, row, column, layout.card)
        for (output, _), output_card in self._outputs.shown.items():
            output_card.set_type(self._type)
            output_card.show_output(moment, output, layout.output)
        for pane in (self._body, self._header, self._side):
            if not pane.isHidden():
                pane.show_edges(layout, moment, self._scroll, self._reach, self._type)
        self._mark_selected()
        self.cards_shown.emit()

    def describe(self) -> None:
        """Say in words what the cards in sight show."""
        for pool in (self._inputs, self._weights, self._outputs):
            for card in pool.shown.values():
                card.describe()

    def select(self, selected: Focus) -> None:
        """Mark the card of what is looked at, if there is any."""
        self._selected = selected
        self._mark_selected()

    def _mark_selected(self) -> None:
        for pool in (self._inputs, self._weights, self._outputs):
            for card in pool.shown.values():
                card.set_selected(card.focus == self._selected)

    @Slot()
    def _card_pressed(self) -> None:
        card = self.sender()
        assert isinstance(card, GraphCard)
        self.picked.emit(*card.focus)

    @Slot()
    def _pane_pressed(self) -> None:
        self.picked.emit(None, None)

    def _new_input(self) -> InputCard:
        return self._heard(InputCard(self._session, self._body))

    def _new_weight(self) -> WeightCard:
        return self._heard(WeightCard(self._session, self._body))

    def _new_output(self) -> OutputCard:
        return self._heard(OutputCard(self._session, self._body))

    def _heard(self, card: AnyCard) -> AnyCard:
        card.pressed.connect(self._card_pressed)
        return card


def _is_busy(card: GraphCard) -> bool:
    focus = QApplication.focusWidget()
    return card.field.editor is not None or (focus is not None and card.isAncestorOf(focus))


def _put(card: GraphCard, pane: QWidget, box: Box) -> None:
    if card.parentWidget() is not pane:
        focus = QApplication.focusWidget() if _is_busy(card) else None
        card.setParent(pane)
        card.show()
        if focus is not None:  # a line that was typed in is gone, and its number taken
            (card.field if focus.isHidden() else focus).setFocus()
    card.setGeometry(box.x - pane.x(), box.y - pane.y(), box.w, box.h)
    card.show()
