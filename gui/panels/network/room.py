"""How large the network graph is written: what the room it has allows."""

from __future__ import annotations

import math

from gui.panels.network.layout import (
    MARGIN_X,
    MARGIN_Y,
    CardStyle,
    FanSizes,
    GraphLayout,
    Shape,
    arranged,
    build_matrix,
)

# Type grows up to this much with the room there is, as long as lines keep this much of it.
_MOST_ZOOM = 2.0
_EASY_COLUMN_GAP, _EASY_GAP = 64, 14
# To show every weight_delta, type may become this much smaller, but never below so many pixels.
_LEAST_ZOOM, _LEAST_PX = 0.75, 12


def graph_layout_in_room(
    n_inputs: int, n_outputs: int, width: int, height: int, font_px: int, bar: int = 0
) -> tuple[GraphLayout, int]:
    """The arrangement that makes the most of a view, and the pixels of its type.

    ``font_px`` is the type of the theme. What fits easily is written larger, up to twice as
    large; what would leave out numbers is written a little smaller where that shows them.
    """
    view = (width, height)
    found = arranged(n_inputs, n_outputs, view, font_px / 13, bar)
    if found.most_scroll == (0, 0) and found.card is not CardStyle.MINI:
        largest = _largest_type(found, font_px)
        if largest == font_px:
            return found, font_px
        return arranged(n_inputs, n_outputs, view, largest / 13, bar), largest
    least = max(_LEAST_PX, math.ceil(font_px * _LEAST_ZOOM))
    for smaller in range(font_px - 1, least - 1, -1):
        other = arranged(n_inputs, n_outputs, view, smaller / 13, bar)
        if other.most_scroll == (0, 0) and other.card is not CardStyle.MINI:
            return other, smaller
    return found, font_px


def _largest_type(found: GraphLayout, font_px: int) -> int:
    """The largest type at which the same cards fit with room for their lines."""
    for larger in range(int(font_px * _MOST_ZOOM), font_px, -1):
        scale = larger / 13
        width, height = _easy_size(found, scale)
        if width <= found.view[0] and height <= found.view[1]:
            return larger
    return font_px


def _easy_size(found: GraphLayout, scale: float) -> tuple[int, int]:
    """The width and height at which an arrangement has room for its lines."""
    n_inputs, n_outputs = found.n_inputs, found.n_outputs
    if found.shape is Shape.FAN:
        fan = FanSizes(n_inputs, n_outputs, scale, found.card, found.input, found.output)
        width = fan.columns + 2 * fan.px(MARGIN_X) + 2 * fan.px(_EASY_COLUMN_GAP)
        cards = fan.group(fan.px(_EASY_GAP)) * n_outputs
        cards += (fan.group_gap + fan.px(_EASY_GAP)) * (n_outputs - 1)
        inputs = n_inputs * (fan.input[1] + fan.px(_EASY_GAP))
        return width, max(cards, inputs) + 2 * fan.px(MARGIN_Y)
    grown = build_matrix(n_inputs, n_outputs, (0, 0), scale, found.card, found.output)
    return grown.content
