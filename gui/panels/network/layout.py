"""Where everything in the network graph goes: pure geometry, in whole pixels.

Two arrangements. A *fan* has the inputs on the left, the weights in the middle grouped by
output, and the outputs on the right. A *matrix* reads like weights[output][input]: inputs
across the top, one row of weights for each output, the output at the end of its row. What is
larger than the view scrolls; in a matrix the inputs and outputs then stay at the edges, as
headings do. Boxes lie at equal distances, so each is found without looking at the others.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from gui.look.box import Box


class Shape(Enum):
    """How the graph is arranged."""

    FAN = "fan"
    MATRIX = "matrix"


class CardStyle(Enum):
    """How a weight is written: on three lines, on two, or with the least there can be.

    A slim one has the three lines of a tall one, in smaller type.
    """

    TALL = "tall"
    WIDE = "wide"
    SLIM = "slim"
    MINI = "mini"


class NodeStyle(Enum):
    """How an input or output is written: one thing under the other, or side by side.

    Only an output can be narrow.
    """

    STACK = "stack"
    ROW = "row"
    NARROW = "narrow"


# Sizes for type of 13 pixels.
CARD_SIZES = {
    CardStyle.TALL: (166, 68), CardStyle.WIDE: (240, 40), CardStyle.SLIM: (134, 60),
    CardStyle.MINI: (116, 44),
}  # fmt: skip
INPUT_SIZES = {NodeStyle.STACK: (142, 54), NodeStyle.ROW: (178, 38)}
OUTPUT_SIZES = {NodeStyle.STACK: (164, 118), NodeStyle.ROW: (210, 54), NodeStyle.NARROW: (134, 64)}

Offset = tuple[int, int]


class BoxGrid(NamedTuple):
    """Boxes of one size at equal distances, by output and input.

    A pinned direction does not scroll.
    """

    first: Box
    by_output: Offset = (0, 0)
    by_input: Offset = (0, 0)
    pinned_x: bool = False
    pinned_y: bool = False

    def box(self, output: int, column: int, scroll: Offset) -> Box:
        """One of the boxes in the view, when that much was scrolled."""
        dx = output * self.by_output[0] + column * self.by_input[0]
        dy = output * self.by_output[1] + column * self.by_input[1]
        return self.first.moved(
            dx - (0 if self.pinned_x else scroll[0]), dy - (0 if self.pinned_y else scroll[1])
        )


class GraphLayout(NamedTuple):
    """A finished arrangement. ``view`` and ``content`` are (width, height).

    Above ``header`` only inputs are shown, and right of ``side`` only outputs; 0 and the
    view's width where there are no such borders.
    """

    shape: Shape
    n_inputs: int
    n_outputs: int
    card: CardStyle
    input: NodeStyle
    output: NodeStyle
    view: tuple[int, int]
    content: tuple[int, int]
    inputs: BoxGrid
    weights: BoxGrid
    outputs: BoxGrid
    header: int
    side: int

    @property
    def most_scroll(self) -> Offset:
        """How far it can be scrolled."""
        return max(0, self.content[0] - self.view[0]), max(0, self.content[1] - self.view[1])

    @property
    def body_pane(self) -> Box:
        """The part of the view that shows weights."""
        return Box(0, self.header, self.side, max(0, self.view[1] - self.header))

    @property
    def header_pane(self) -> Box:
        """The part that shows inputs, where they stay at the top."""
        return Box(0, 0, self.side, self.header)

    @property
    def side_pane(self) -> Box:
        """The part that shows outputs, where they stay at the right."""
        return Box(self.side, self.header, self.view[0] - self.side, self.body_pane.h)

    @property
    def input_pane(self) -> Box:
        """Wherever inputs are shown."""
        return self.header_pane if self.header else self.body_pane

    @property
    def output_pane(self) -> Box:
        """Wherever outputs are shown."""
        return self.side_pane if self.side < self.view[0] else self.body_pane

    def input_box(self, column: int, scroll: Offset = (0, 0)) -> Box:
        """Where an input is in the view."""
        return self.inputs.box(0, column, scroll)

    def weight_box(self, output: int, column: int, scroll: Offset = (0, 0)) -> Box:
        """Where a weight is in the view."""
        return self.weights.box(output, column, scroll)

    def output_box(self, output: int, scroll: Offset = (0, 0)) -> Box:
        """Where an output is in the view."""
        return self.outputs.box(output, 0, scroll)

    def visible_inputs(self, scroll: Offset) -> range:
        """The inputs of which anything is seen."""
        boxes, pane = self.inputs, self.input_pane
        return _seen(boxes.box(0, 0, scroll), pane, self.n_inputs, boxes.by_input)

    def visible_outputs(self, scroll: Offset) -> range:
        """The outputs of which anything is seen."""
        boxes, pane = self.outputs, self.output_pane
        return _seen(boxes.box(0, 0, scroll), pane, self.n_outputs, boxes.by_output)

    def visible_weights(self, scroll: Offset) -> tuple[range, range]:
        """The rows (outputs) and columns (inputs) of the weights of which anything is seen."""
        boxes, box = self.weights, self.weights.box(0, 0, scroll)
        if self.shape is Shape.FAN and min(self.n_inputs, self.n_outputs) > 1:
            return range(self.n_outputs), range(self.n_inputs)
        rows, columns = boxes.by_output, boxes.by_input
        return (
            _seen(box, self.body_pane, self.n_outputs, rows, columns),
            _seen(box, self.body_pane, self.n_inputs, columns, rows),
        )

    def scroll_to(self, boxes: BoxGrid, box: Box, pane: Box, scroll: Offset) -> Offset:
        """The least scrolling that brings one of the boxes, as it is in the view, into a pane."""
        dx = 0 if boxes.pinned_x else _least_move(box.x, box.right, pane.x, pane.right)
        dy = 0 if boxes.pinned_y else _least_move(box.y, box.bottom, pane.y, pane.bottom)
        most = self.most_scroll
        return min(most[0], max(0, scroll[0] + dx)), min(most[1], max(0, scroll[1] + dy))


def _least_move(start: int, stop: int, low: int, high: int) -> int:
    """How far low..high has to move to hold start..stop, or its beginning if it is too long."""
    return min(start - low, max(0, stop - high)) if stop > high else min(0, start - low)


def _seen(box: Box, pane: Box, count: int, step: Offset, across: Offset = (0, 0)) -> range:
    """Those of some boxes, the first given, of which anything is inside a pane.

    ``across`` is a direction in which there are more boxes, about which nothing is said.
    """
    first, last = 0, count
    for at, end, low, high, by, other in (
        (box.x, box.right, pane.x, pane.right, step[0], across[0]),
        (box.y, box.bottom, pane.y, pane.bottom, step[1], across[1]),
    ):
        if by:
            first, last = max(first, (low - end) // by + 1), min(last, -((at - high) // by))
        elif not other and (end <= low or at >= high):
            last = first
    return range(first, max(first, last))
