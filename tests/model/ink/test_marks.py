"""Marks are the parts that a flood fill finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.ink.marks import labelled, marks_of
from model.network import Mask

masks = arrays(np.bool_, st.tuples(st.integers(1, 14), st.integers(1, 14)))


def flooded(mask: Mask) -> list[set[tuple[int, int]]]:
    """Parts of a mask, corners included, each a set of places."""
    left = {(int(i), int(j)) for i, j in np.argwhere(mask)}
    parts = []
    while left:
        part, edge = set(), [left.pop()]
        while edge:
            i, j = edge.pop()
            part.add((i, j))
            for near in [(i + a, j + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]:
                if near in left:
                    left.remove(near)
                    edge.append(near)
        parts.append(part)
    return parts


@given(mask=masks)
def test_the_parts_are_those_of_a_flood_fill(mask: Mask) -> None:
    labels, n = labelled(mask)

    parts = [{(int(i), int(j)) for i, j in np.argwhere(labels == k + 1)} for k in range(n)]
    assert sorted(map(sorted, parts)) == sorted(map(sorted, flooded(mask)))
    assert (labels[~mask] == 0).all()


@given(mask=masks)
def test_their_figures_are_those_of_their_pixels(mask: Mask) -> None:
    depth = np.linspace(0.1, 1, mask.size, dtype=np.float32).reshape(mask.shape)
    marks = marks_of(mask, depth, np.ones_like(depth))

    for k in range(len(marks)):
        places = np.argwhere(marks.labels == k + 1)
        assert (marks.top[k], marks.left[k]) == tuple(places.min(axis=0))
        assert (marks.bottom[k], marks.right[k]) == tuple(places.max(axis=0) + 1)
        assert marks.area[k] == len(places)
        assert np.isclose(marks.ink[k], depth[marks.labels == k + 1].sum())
        assert 1 <= marks.rim[k] <= marks.area[k]
        assert np.isclose(marks.sharpness[k], 1)
        assert np.isclose(marks.evenness[k], 1)


def test_a_spiral_is_one_mark() -> None:
    mask = np.zeros((60, 60), dtype=bool)
    i = j = 30
    for turn in range(28):
        down, right = [(0, 1), (1, 0), (0, -1), (-1, 0)][turn % 4]
        for _ in range(2 * (turn // 2 + 1)):
            i, j = i + down, j + right
            mask[i, j] = True

    assert labelled(mask)[1] == 1
