"""Where everything in the network graph goes: pure geometry, in whole pixels.

Two arrangements. A *fan* has the inputs on the left, the weights in the middle grouped by
output, and the outputs on the right. A *matrix* reads like weights[output][input]: inputs
across the top, one row of weights for each output, the output at the end of its row. What is
larger than the view scrolls; in a matrix the inputs and outputs then stay at the edges, as
headings do. Boxes lie at equal distances, so each is found without looking at the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

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

# What a fan is built of, the most readable first; the first that fits is taken.
_FANS = (
    (CardStyle.TALL, NodeStyle.STACK, NodeStyle.STACK),
    (CardStyle.TALL, NodeStyle.STACK, NodeStyle.ROW),
    (CardStyle.WIDE, NodeStyle.STACK, NodeStyle.STACK),
    (CardStyle.WIDE, NodeStyle.ROW, NodeStyle.STACK),
    (CardStyle.WIDE, NodeStyle.STACK, NodeStyle.ROW),
    (CardStyle.WIDE, NodeStyle.ROW, NodeStyle.ROW),
    (CardStyle.TALL, NodeStyle.ROW, NodeStyle.STACK),
)
_MATRICES = (
    (CardStyle.TALL, NodeStyle.ROW),
    (CardStyle.SLIM, NodeStyle.ROW),
    (CardStyle.SLIM, NodeStyle.NARROW),
    (CardStyle.MINI, NodeStyle.ROW),
    (CardStyle.MINI, NodeStyle.NARROW),
)
_LARGEST_FAN = 12
MARGIN_X, MARGIN_Y = 20, 6
_GAP, _LARGEST_GAP = 4, 44
_GROUP_GAP = 12
_COLUMN_GAP, _LARGEST_COLUMN_GAP = 24, 240
_LARGEST_PITCH = 170
# A matrix has lanes for the lines between its cells.
_MATRIX_MARGIN_X = 10
_LANE, _LARGEST_LANE = 14, 28
_HEADER_GAP = 14

Offset = tuple[int, int]


@dataclass(frozen=True)
class BoxGrid:
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


@dataclass(frozen=True)
class GraphLayout:
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


def graph_layout(
    n_inputs: int, n_outputs: int, width: int, height: int, scale: float = 1.0, bar: int = 0
) -> GraphLayout:
    """Arrange a network in a view of width x height pixels.

    ``scale`` is the size of the type relative to 13 pixels. Where something has to scroll,
    ``bar`` pixels are left for a scroll bar.
    """
    return arranged(n_inputs, n_outputs, (width, height), scale, bar)


def arranged(
    n_inputs: int, n_outputs: int, size: tuple[int, int], scale: float, bar: int
) -> GraphLayout:
    """The most readable arrangement of a view, or one that scrolls in it."""
    view = width, height = size
    for _ in range(3):
        found = _fan(n_inputs, n_outputs, view, scale) or _matrix(n_inputs, n_outputs, view, scale)
        most = found.most_scroll
        room = (
            min(view[0], max(1, width - (bar if most[1] else 0))),
            min(view[1], max(1, height - (bar if most[0] else 0))),
        )
        if room == view:
            break
        view = room
    return found


def _fan(n_inputs: int, n_outputs: int, view: tuple[int, int], scale: float) -> GraphLayout | None:
    """The most readable fan that fits; where only one side is long, one that scrolls."""
    single = min(n_inputs, n_outputs) == 1
    if not single and n_inputs * n_outputs > _LARGEST_FAN:
        return None
    fans = [FanSizes(n_inputs, n_outputs, scale, *styles) for styles in _FANS]
    for fan in fans:
        if fan.width <= view[0] and fan.height <= view[1]:
            return _build_fan(fan, view)
    if not single:
        return None
    narrow = [fan for fan in fans if fan.width <= view[0]] or fans
    return _build_fan(min(narrow, key=lambda fan: (fan.height, fan.width)), view)


class FanSizes:
    """How much room a fan of certain styles takes at the least."""

    def __init__(
        self,
        n_inputs: int,
        n_outputs: int,
        scale: float,
        card: CardStyle,
        input_style: NodeStyle,
        output_style: NodeStyle,
    ) -> None:
        self.n_inputs, self.n_outputs, self.scale = n_inputs, n_outputs, scale
        self.styles = (card, input_style, output_style)
        self.card = _scaled(CARD_SIZES[card], scale)
        self.input = _scaled(INPUT_SIZES[input_style], scale)
        self.output = _scaled(OUTPUT_SIZES[output_style], scale)
        self.group_gap = self.px(_GROUP_GAP if n_inputs > 1 else _GAP) if n_outputs > 1 else 0
        self.inputs_height = n_inputs * (self.input[1] + self.px(_GAP)) - self.px(_GAP)
        self.cards_height = self.group(self.px(_GAP)) * n_outputs + self.group_gap * (n_outputs - 1)
        self.height = max(self.inputs_height, self.cards_height) + 2 * self.px(MARGIN_Y)
        self.width = self.columns + 2 * self.px(MARGIN_X) + 2 * self.px(_COLUMN_GAP)

    @property
    def columns(self) -> int:
        return self.input[0] + self.card[0] + self.output[0]

    def px(self, pixels: float) -> int:
        return round(pixels * self.scale)

    def group(self, gap: int) -> int:
        """Height of the weights of one output, or of the output if that is more."""
        return max(self.n_inputs * (self.card[1] + gap) - gap, self.output[1])


def _build_fan(fan: FanSizes, view: tuple[int, int]) -> GraphLayout:
    n_inputs, n_outputs, px = fan.n_inputs, fan.n_outputs, fan.px
    content = (max(view[0], fan.width), max(view[1], fan.height))
    room = content[1] - 2 * px(MARGIN_Y)

    # Spare height widens the gaps, those between groups twice as much.
    shares = n_outputs * (n_inputs - 1) + 2 * (n_outputs - 1) + 2
    spare = min((room - fan.cards_height) // shares, px(_LARGEST_GAP - _GAP))
    gap = px(_GAP) + spare
    in_step = n_outputs == 1 and fan.height > view[1]
    if in_step:  # every input stands beside its weight
        gap = max(gap, fan.input[1] + px(_GAP) - fan.card[1])
    card_step = fan.card[1] + gap
    group = fan.group(gap)
    group_step = group + fan.group_gap + 2 * spare if n_outputs > 1 else 0
    top = (content[1] - (group_step * (n_outputs - 1) + group)) // 2
    cards = n_inputs * card_step - gap

    column_gap = (content[0] - fan.columns - 2 * px(MARGIN_X)) // 2
    column_gap = min(column_gap, px(_LARGEST_COLUMN_GAP))
    left = (content[0] - fan.columns - 2 * column_gap) // 2
    card_x = left + fan.input[0] + column_gap
    output_x = card_x + fan.card[0] + column_gap

    if n_inputs == 1:
        input_step = 0
    elif in_step:
        input_step = card_step
    else:
        widest = max(card_step, px(_LARGEST_PITCH))
        input_step = min(widest, (room - fan.input[1]) // (n_inputs - 1))
    # A single node stays in the middle of the view while the others scroll past it.
    single_in, input_y = _pin(n_inputs, fan.input[1], view[1], content[1])
    single_out, output_y = _pin(n_outputs, fan.output[1], view[1], content[1])
    if n_inputs > 1:
        input_y = (content[1] - input_step * (n_inputs - 1) - fan.input[1]) // 2
    if n_outputs > 1:
        output_y = top + (group - fan.output[1]) // 2
    return GraphLayout(
        Shape.FAN, n_inputs, n_outputs, *fan.styles, view, content,
        BoxGrid(Box(left, input_y, *fan.input), by_input=(0, input_step), pinned_y=single_in),
        BoxGrid(
            Box(card_x, top + (group - cards) // 2, *fan.card),
            (0, group_step),
            (0, card_step if n_inputs > 1 else 0),
        ),
        BoxGrid(Box(output_x, output_y, *fan.output), (0, group_step), pinned_y=single_out),
        header=0, side=view[0],
    )  # fmt: skip


def _pin(count: int, height: int, view: int, content: int) -> tuple[bool, int]:
    """Whether a node stays in place while the rest scrolls, and its top."""
    pinned = count == 1 and height <= view
    return pinned, ((view if pinned else content) - height) // 2


def _matrix(n_inputs: int, n_outputs: int, view: tuple[int, int], scale: float) -> GraphLayout:
    """The most readable matrix that fits, or one that scrolls."""
    for card, output in _MATRICES:
        found = build_matrix(n_inputs, n_outputs, view, scale, card, output)
        if found.most_scroll == (0, 0):
            return found
    return build_matrix(n_inputs, n_outputs, view, scale, CardStyle.MINI, NodeStyle.ROW)


def build_matrix(
    n_inputs: int,
    n_outputs: int,
    view: tuple[int, int],
    scale: float,
    style: CardStyle,
    output_style: NodeStyle,
) -> GraphLayout:
    """A matrix of certain styles, which scrolls where the view is too small for it."""

    def px(pixels: float) -> int:
        return round(pixels * scale)

    margin_x, margin_y = px(_MATRIX_MARGIN_X), px(MARGIN_Y)
    card = _scaled(CARD_SIZES[style], scale)
    input_h, header_gap = px(INPUT_SIZES[NodeStyle.STACK][1]), px(_HEADER_GAP)
    header = margin_y + input_h + header_gap
    output_w, output_h = _scaled(OUTPUT_SIZES[output_style], scale)
    between = px(4)
    side_w = output_w + margin_x
    lane_x = _lane(view[0] - margin_x - side_w - n_inputs * card[0], n_inputs + 1, scale)
    lane_y = _lane(view[1] - header - margin_y - n_outputs * card[1], n_outputs, scale)
    step_x, step_y = card[0] + lane_x, max(card[1] + lane_y, output_h + between)
    columns_w = margin_x + n_inputs * step_x + lane_x
    rows_h = n_outputs * step_y + margin_y
    content = (max(view[0], columns_w + side_w), max(view[1], header + rows_h))

    # Headings stay in sight if that leaves room for at least one weight.
    pinned_x = view[0] >= margin_x + step_x + lane_x + side_w
    pinned_y = view[1] >= header + step_y
    # What room there is to spare is left around the whole.
    left = (content[0] - columns_w - side_w) // 2 + margin_x
    top = (content[1] - header - rows_h) // 2
    output_x = left - margin_x + columns_w
    if pinned_x:
        output_x = min(output_x, view[0] - side_w)
    first = Box(left + lane_x, header + top, *card)
    # An input is as wide as its column and an output as tall as its row, lanes included, so
    # that every line begins and ends at its card.
    input_box = Box(left + between, margin_y + top, step_x - between, input_h)
    output_box = Box(output_x, header + top, output_w, step_y - between)
    return GraphLayout(
        Shape.MATRIX, n_inputs, n_outputs, style, NodeStyle.STACK, output_style, view, content,
        BoxGrid(input_box, by_input=(step_x, 0), pinned_y=pinned_y),
        BoxGrid(first, (0, step_y), (step_x, 0)),
        BoxGrid(output_box, (0, step_y), pinned_x=pinned_x),
        header=header + top if pinned_y else 0, side=output_x if pinned_x else view[0],
    )  # fmt: skip


def _lane(room: int, lanes: int, scale: float) -> int:
    """Width of the lanes between cells when that much room is left for so many."""
    return max(round(_LANE * scale), min(room // lanes, round(_LARGEST_LANE * scale)))


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return round(size[0] * scale), round(size[1] * scale)


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
