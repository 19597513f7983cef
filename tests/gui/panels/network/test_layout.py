"""Nothing in the network graph lies on anything else, whatever the network and the view."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.look.box import Box
from gui.panels.network.arrange import graph_layout
from gui.panels.network.layout import (
    CARD_SIZES,
    INPUT_SIZES,
    OUTPUT_SIZES,
    CardStyle,
    GraphLayout,
    Shape,
)
from gui.panels.network.node_cards import input_parts, output_parts
from gui.panels.network.weight_card import weight_parts

SCALES = (1.0, 17 / 13)
sizes = st.integers(1, 12)
widths = st.integers(1, 2600)
heights = st.integers(1, 1600)
scales = st.sampled_from(SCALES)
parts_of_whole = st.floats(0, 1)


def scrolled(layout: GraphLayout, x: float, y: float) -> tuple[int, int]:
    most = layout.most_scroll
    return round(x * most[0]), round(y * most[1])


def seen_boxes(layout: GraphLayout, scroll: tuple[int, int]) -> Iterator[tuple[str, Box]]:
    """Every card's part in sight, by asking each card in turn."""
    for i in range(layout.n_inputs):
        yield f"input {i}", layout.input_box(i, scroll).cut(layout.input_pane)
        for o in range(layout.n_outputs):
            yield f"weight {o} {i}", layout.weight_box(o, i, scroll).cut(layout.body_pane)
    for o in range(layout.n_outputs):
        yield f"output {o}", layout.output_box(o, scroll).cut(layout.output_pane)


def overlap(one: Box, other: Box) -> bool:
    cut = one.cut(other)
    return cut.w > 0 and cut.h > 0


@given(sizes, sizes, widths, heights, scales, parts_of_whole, parts_of_whole)
def test_no_two_cards_overlap(
    n_in: int, n_out: int, width: int, height: int, scale: float, x: float, y: float
) -> None:
    layout = graph_layout(n_in, n_out, width, height, scale, bar=10)
    boxes = [
        (name, box) for name, box in seen_boxes(layout, scrolled(layout, x, y)) if box.w * box.h
    ]

    assert [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if overlap(one, two)] == []


@given(sizes, sizes, widths, heights, scales, parts_of_whole, parts_of_whole)
def test_cards_are_made_for_what_is_in_sight_and_no_more(
    n_in: int, n_out: int, width: int, height: int, scale: float, x: float, y: float
) -> None:
    layout = graph_layout(n_in, n_out, width, height, scale)
    scroll = scrolled(layout, x, y)
    in_sight = {name for name, box in seen_boxes(layout, scroll) if box.w * box.h}

    rows, columns = layout.visible_weights(scroll)
    found = {f"input {i}" for i in layout.visible_inputs(scroll)}
    found |= {f"output {o}" for o in layout.visible_outputs(scroll)}
    found |= {f"weight {o} {i}" for o in rows for i in columns}
    assert found == in_sight


@given(sizes, sizes, widths, heights, scales, parts_of_whole, parts_of_whole, st.data())
def test_every_card_can_be_brought_into_sight(
    n_in: int, n_out: int, width: int, height: int, scale: float, x: float, y: float,
    data: st.DataObject,
) -> None:  # fmt: skip
    layout = graph_layout(n_in, n_out, width, height, scale, bar=10)
    scroll = scrolled(layout, x, y)
    i, o = data.draw(st.integers(0, n_in - 1)), data.draw(st.integers(0, n_out - 1))
    for series, pane in (
        (layout.inputs, layout.input_pane),
        (layout.weights, layout.body_pane),
        (layout.outputs, layout.output_pane),
    ):
        there = layout.scroll_to(series, series.box(o, i, scroll), pane, scroll)
        box = series.box(o, i, there)
        in_sight = box.cut(pane)
        assert in_sight.w == min(box.w, pane.w)
        assert in_sight.h == min(box.h, pane.h)


@given(sizes, sizes, widths, heights, scales)
def test_panes_and_scroll_bars_share_the_view(
    n_in: int, n_out: int, width: int, height: int, scale: float
) -> None:
    layout = graph_layout(n_in, n_out, width, height, scale, bar=10)
    most_x, most_y = layout.most_scroll

    assert layout.view[0] <= max(1, width - (10 if most_y else 0))
    assert layout.view[1] <= max(1, height - (10 if most_x else 0))
    whole = Box(0, 0, *layout.view)
    panes = [layout.body_pane, layout.header_pane, layout.side_pane]
    assert all(pane.cut(whole) == pane for pane in panes if pane.w * pane.h)
    assert not any(overlap(one, other) for one, other in combinations(panes, 2))


@given(sizes, sizes, widths, heights)
def test_small_networks_are_fans_and_large_ones_read_like_weights_output_input(
    n_in: int, n_out: int, width: int, height: int
) -> None:
    layout = graph_layout(n_in, n_out, width, height)
    a, b = layout.weight_box(0, 0), layout.weight_box(n_out - 1, n_in - 1)

    if layout.shape is Shape.FAN:
        assert n_in * n_out <= 12
        assert layout.input_box(0).right < a.x == b.x
        assert a.right < layout.output_box(0).x
    else:
        assert min(n_in, n_out) > 1
        assert b.x > a.x
        assert b.y > a.y
        assert layout.input_box(0).bottom < a.y
        assert layout.output_box(n_out - 1).y == b.y


@pytest.mark.parametrize(("n_in", "n_out"), [(3, 1), (1, 3), (3, 3)])
@pytest.mark.parametrize(("width", "height"), [(819, 438), (1228, 700)])
def test_the_built_in_networks_are_fans_that_fit(
    n_in: int, n_out: int, width: int, height: int
) -> None:
    layout = graph_layout(n_in, n_out, width, height)

    assert layout.shape is Shape.FAN
    assert layout.most_scroll == (0, 0)


def test_nine_weights_fit_the_smallest_window() -> None:
    assert graph_layout(3, 3, 563, 330).most_scroll == (0, 0)


@pytest.mark.parametrize(("n_in", "n_out"), [(100, 100), (1, 10_000), (10_000, 1), (784, 10)])
def test_of_a_very_large_network_little_is_in_sight(n_in: int, n_out: int) -> None:
    layout = graph_layout(n_in, n_out, 1228, 700)
    rows, columns = layout.visible_weights(scrolled(layout, 0.5, 0.5))

    assert 0 < len(rows) * len(columns) <= 120


@pytest.mark.parametrize("scale", SCALES)
@given(stretch_x=st.floats(1, 2), stretch_y=st.floats(1, 2))
def test_what_is_on_a_card_does_not_overlap(
    scale: float, stretch_x: float, stretch_y: float
) -> None:
    def size(base: tuple[int, int]) -> tuple[int, int]:
        return round(base[0] * scale * stretch_x), round(base[1] * scale * stretch_y)

    cards: list[tuple[tuple[int, int], tuple[Box, ...]]] = []
    for card in CardStyle:
        w, h = size(CARD_SIZES[card])
        cards.append(((w, h), weight_parts(card, w, h, scale)))
    for node, base in INPUT_SIZES.items():
        w, h = size(base)
        cards.append(((w, h), input_parts(node, w, h, scale)))
    for node, base in OUTPUT_SIZES.items():
        w, h = size(base)
        cards.append(((w, h), output_parts(node, w, h, scale)))
    for whole, parts in cards:
        assert all(part.cut(Box(0, 0, *whole)) == part for part in parts)
        assert not any(overlap(one, other) for one, other in combinations(parts, 2))
