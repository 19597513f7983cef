"""Arranges a network in the room there is: which cards, where, and how large they are written.

The first arrangement that fits is taken, the most readable ones first.
"""

from __future__ import annotations

import math

from gui.look.box import Box
from gui.panels.network.layout import (
    CARD_SIZES,
    INPUT_SIZES,
    OUTPUT_SIZES,
    BoxGrid,
    CardStyle,
    GraphLayout,
    NodeStyle,
    Shape,
)

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
_MAX_FAN = 12
_MARGIN_X, _MARGIN_Y = 20, 6
_GAP, _MAX_GAP = 4, 44
_GROUP_GAP = 12
_COLUMN_GAP, _MAX_COLUMN_GAP = 24, 240
_MAX_PITCH = 170
# A matrix has lanes for the lines between its cells.
_MATRIX_MARGIN_X = 10
_LANE, _MAX_LANE = 14, 28
_HEADER_GAP = 14
# Type grows up to this much with the room there is, as long as lines keep this much of it.
_MAX_ZOOM = 2.0
_EASY_COLUMN_GAP, _EASY_GAP = 64, 14
# To show every weight_delta, type may become this much smaller, but never below so many pixels.
_MIN_ZOOM, _MIN_PX = 0.75, 12


def graph_layout(
    n_inputs: int, n_outputs: int, width: int, height: int, scale: float = 1.0, bar: int = 0
) -> GraphLayout:
    """Arrange a network in a view of width x height pixels.

    ``scale`` is the size of the type relative to 13 pixels. Where something has to scroll,
    ``bar`` pixels are left for a scroll bar.
    """
    return _arranged(n_inputs, n_outputs, (width, height), scale, bar)


def _arranged(
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
    if not single and n_inputs * n_outputs > _MAX_FAN:
        return None
    fans = [_FanSizes(n_inputs, n_outputs, scale, *styles) for styles in _FANS]
    for fan in fans:
        if fan.width <= view[0] and fan.height <= view[1]:
            return _build_fan(fan, view)
    if not single:
        return None
    narrow = [fan for fan in fans if fan.width <= view[0]] or fans
    return _build_fan(min(narrow, key=lambda fan: (fan.height, fan.width)), view)


class _FanSizes:
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
        self.height = max(self.inputs_height, self.cards_height) + 2 * self.px(_MARGIN_Y)
        self.width = self.columns + 2 * self.px(_MARGIN_X) + 2 * self.px(_COLUMN_GAP)

    @property
    def columns(self) -> int:
        return self.input[0] + self.card[0] + self.output[0]

    def px(self, pixels: float) -> int:
        return round(pixels * self.scale)

    def group(self, gap: int) -> int:
        """Height of the weights of one output, or of the output if that is more."""
        return max(self.n_inputs * (self.card[1] + gap) - gap, self.output[1])


def _build_fan(fan: _FanSizes, view: tuple[int, int]) -> GraphLayout:
    n_inputs, n_outputs, px = fan.n_inputs, fan.n_outputs, fan.px
    content = (max(view[0], fan.width), max(view[1], fan.height))
    room = content[1] - 2 * px(_MARGIN_Y)

    # Spare height widens the gaps, those between groups twice as much.
    shares = n_outputs * (n_inputs - 1) + 2 * (n_outputs - 1) + 2
    spare = min((room - fan.cards_height) // shares, px(_MAX_GAP - _GAP))
    gap = px(_GAP) + spare
    in_step = n_outputs == 1 and fan.height > view[1]
    if in_step:  # every input stands beside its weight
        gap = max(gap, fan.input[1] + px(_GAP) - fan.card[1])
    card_step = fan.card[1] + gap
    group = fan.group(gap)
    group_step = group + fan.group_gap + 2 * spare if n_outputs > 1 else 0
    top = (content[1] - (group_step * (n_outputs - 1) + group)) // 2
    cards = n_inputs * card_step - gap

    column_gap = (content[0] - fan.columns - 2 * px(_MARGIN_X)) // 2
    column_gap = min(column_gap, px(_MAX_COLUMN_GAP))
    left = (content[0] - fan.columns - 2 * column_gap) // 2
    card_x = left + fan.input[0] + column_gap
    output_x = card_x + fan.card[0] + column_gap

    if n_inputs == 1:
        input_step = 0
    elif in_step:
        input_step = card_step
    else:
        widest = max(card_step, px(_MAX_PITCH))
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
        found = _build_matrix(n_inputs, n_outputs, view, scale, card, output)
        if found.most_scroll == (0, 0):
            return found
    return _build_matrix(n_inputs, n_outputs, view, scale, CardStyle.MINI, NodeStyle.ROW)


def _build_matrix(
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

    margin_x, margin_y = px(_MATRIX_MARGIN_X), px(_MARGIN_Y)
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
    return max(round(_LANE * scale), min(room // lanes, round(_MAX_LANE * scale)))


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return round(size[0] * scale), round(size[1] * scale)


def graph_layout_in_room(
    n_inputs: int, n_outputs: int, width: int, height: int, font_px: int, bar: int = 0
) -> tuple[GraphLayout, int]:
    """The arrangement that makes the most of a view, and the pixels of its type.

    ``font_px`` is the type of the theme. What fits easily is written larger, up to twice as
    large; what would leave out numbers is written a little smaller where that shows them.
    """
    view = (width, height)
    found = _arranged(n_inputs, n_outputs, view, font_px / 13, bar)
    if found.most_scroll == (0, 0) and found.card is not CardStyle.MINI:
        largest = _largest_type(found, font_px)
        if largest == font_px:
            return found, font_px
        return _arranged(n_inputs, n_outputs, view, largest / 13, bar), largest
    least = max(_MIN_PX, math.ceil(font_px * _MIN_ZOOM))
    for smaller in range(font_px - 1, least - 1, -1):
        other = _arranged(n_inputs, n_outputs, view, smaller / 13, bar)
        if other.most_scroll == (0, 0) and other.card is not CardStyle.MINI:
            return other, smaller
    return found, font_px


def _largest_type(found: GraphLayout, font_px: int) -> int:
    """The largest type at which the same cards fit with room for their lines."""
    for larger in range(int(font_px * _MAX_ZOOM), font_px, -1):
        scale = larger / 13
        width, height = _easy_size(found, scale)
        if width <= found.view[0] and height <= found.view[1]:
            return larger
    return font_px


def _easy_size(found: GraphLayout, scale: float) -> tuple[int, int]:
    """The width and height at which an arrangement has room for its lines."""
    n_inputs, n_outputs = found.n_inputs, found.n_outputs
    if found.shape is Shape.FAN:
        fan = _FanSizes(n_inputs, n_outputs, scale, found.card, found.input, found.output)
        width = fan.columns + 2 * fan.px(_MARGIN_X) + 2 * fan.px(_EASY_COLUMN_GAP)
        cards = fan.group(fan.px(_EASY_GAP)) * n_outputs
        cards += (fan.group_gap + fan.px(_EASY_GAP)) * (n_outputs - 1)
        inputs = n_inputs * (fan.input[1] + fan.px(_EASY_GAP))
        return width, max(cards, inputs) + 2 * fan.px(_MARGIN_Y)
    grown = _build_matrix(n_inputs, n_outputs, (0, 0), scale, found.card, found.output)
    return grown.content
